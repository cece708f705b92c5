"""A comparison looks for what was removed in the rest of the page, and in the publisher's other documents."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from clausetrail.cli import cli
from clausetrail.model import Change, RelationKind
from clausetrail.pipeline.compare import diff, diff_files
from clausetrail.store import Store

SOLD = "Keepers who sell lamp oil to visitors write each sale down in the green book."
REST = "Every keeper of the tower lights the lamp at dusk and puts it out at dawn, and writes the hour down."


def page(*paragraphs: str, footer: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        "<html><head><title>Lamp rules</title></head><body><main><h1>Lamp rules</h1>"
        f"{body}</main><footer><nav><p>{footer}</p></nav></footer></body></html>"
    )


def removal(changes: tuple[Change, ...]) -> Change:
    (found,) = (c for c in changes if c.kind is RelationKind.REMOVED)
    return found


def test_the_rest_of_the_page(tmp_path: Path) -> None:
    old, gone, kept = (tmp_path / f"{name}.html" for name in ("old", "gone", "kept"))
    old.write_text(page(REST, SOLD, REST + " Twice."), "utf-8")
    gone.write_text(page(REST, REST + " Twice."), "utf-8")
    kept.write_text(page(REST, REST + " Twice.", footer=SOLD), "utf-8")
    assert removal(diff_files(old, gone).comparison.changes).certainty == "firm"
    found = removal(diff_files(old, kept).comparison.changes)
    assert found.certainty == "likely"
    assert found.evidence.startswith("still said in a part of the page that was left out (")


def test_the_other_documents_of_the_publisher(tmp_path: Path) -> None:
    def take(document: str, day: str, *paragraphs: str) -> None:
        file = tmp_path / "page.md"
        file.write_text("# Lamp rules\n\n" + "\n\n".join(paragraphs), "utf-8")
        command = ["--database", str(tmp_path / "p.db"), "import", "file", str(file), "--document", document]
        assert CliRunner().invoke(cli, [*command, "--on", day], catch_exceptions=False).exit_code == 0

    def found(document: str) -> Change:
        with Store.open(tmp_path / "p.db") as store:
            return removal(diff(store, document, None, None).comparison.changes)

    for publisher in ("pier", "quay"):
        take(f"{publisher}/lamps", "2024-01-01", REST, SOLD)
        take(f"{publisher}/lamps", "2024-02-01", REST)
    take("pier/fees", "2024-01-15", "Oil costs four crowns.", SOLD)
    take("quay/fees", "2024-03-01", "Oil costs four crowns.", SOLD)
    assert (found("pier/lamps").certainty, found("pier/lamps").evidence) == (
        "likely", "still said in pier/fees: “Keepers who sell lamp oil to visitors write each…”",
    )  # fmt: skip
    assert found("quay/lamps").certainty == "firm"
