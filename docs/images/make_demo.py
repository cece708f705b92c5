"""Makes demo.svg from what the commands really print: `.venv/bin/python docs/images/make_demo.py`."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

PICTURE = Path(__file__).with_name("demo.svg")
COLUMNS = 104
COMMANDS = (
    ("log", "tamsorrel/usage-policy"),
    ("diff", "tamsorrel/usage-policy", "2024-03-14", "2024-09-12"),
)


def main() -> None:
    """Run the demonstration in a folder of its own, and draw the commands about it."""
    command = str(Path(sys.executable).with_name("clausetrail"))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([command, "demo", f"{folder}/demo"], check=True, stdout=subprocess.DEVNULL)
        screens = [(words, in_terminal([command, *words], f"{folder}/demo")) for words in COMMANDS]
    console = Console(record=True, width=COLUMNS, file=Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    for words, printed in screens:
        console.print(Text(f"$ clausetrail {' '.join(words)}", style="bold"))
        console.print(Text.from_ansi(printed))
    console.save_svg(str(PICTURE), title="clausetrail", code_format=without_web_fonts(CONSOLE_SVG_FORMAT))


def in_terminal(command: list[str], folder: str) -> str:
    """What a command prints when it believes that it writes to a terminal."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"COLUMNS": str(COLUMNS), "LINES": "50", "TERM": "xterm-256color", "NO_COLOR": ""}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=theirs, stdin=subprocess.DEVNULL):
        os.close(theirs)
        return b"".join(iter(lambda: _read(ours), b"")).decode("utf-8").replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def without_web_fonts(template: str) -> str:
    """A picture should not call other hosts for its letters."""
    start = template.index("@font-face")
    return template[:start] + template[template.index(".{unique_id}-matrix") :]


if __name__ == "__main__":
    main()
