"""On which line of a TOML file each value stands.

`tomllib` does not tell, and tomlkit, which keeps the layout, has no public way to ask for it either.  The text has been
read by `tomllib` before, so that nothing here has to decide what is TOML: quotes, brackets and lines are all that is
looked at.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

Key = tuple[str | int, ...]
"""`("document", 0, "url")`: keys of tables, and places in lists from 0."""

_TOKEN = re.compile(
    r"""(?P<none>[ \t\r]+|\#[^\n]*)
    |(?P<line>\n)
    |(?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<mark>[\[\]{}=,.])
    |(?P<bare>[^\s\[\]{}=,."'\#]+)""",
    re.VERBOSE | re.DOTALL,
)


def places(text: str) -> dict[Key, int]:
    """The line, from 1, on which each value of a TOML text begins; `text` must be one that `tomllib` reads."""
    reader = _Reader(text)
    reader.read()
    return reader.lines


def line_of(lines: dict[Key, int], key: Iterable[str | int]) -> int:
    """The line of a value, or of the nearest one around it; 1 for the file itself."""
    path = tuple(key)
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Reader:
    def __init__(self, text: str) -> None:
        self.lines: dict[Key, int] = {}
        self._tables: dict[Key, int] = {}
        """How many tables of a list of tables there were."""
        self._tokens: list[tuple[str, str, int]] = []
        line = 1
        for found in _TOKEN.finditer(text):
            if found.lastgroup != "none":
                self._tokens.append((found.lastgroup or "", found[0], line))
            line += found[0].count("\n")
        self._tokens.append(("end", "", line))
        self._at = 0

    def read(self) -> None:
        table: Key = ()
        while self._kind != "end":
            if self._kind == "line":
                self._at += 1
            elif self._text == "[":
                table = self._header()
            else:
                self._pair(table)

    @property
    def _kind(self) -> str:
        return self._tokens[self._at][0]

    @property
    def _text(self) -> str:
        return self._tokens[self._at][1]

    def _note(self, key: Key) -> None:
        self.lines.setdefault(key, self._tokens[self._at][2])

    def _header(self) -> Key:
        """`[table]` or `[[one of a list of tables]]`."""
        start = self._at
        listed = self._tokens[start + 1][1] == "["
        self._at += 2 if listed else 1
        *above, last = self._key()
        after, self._at = self._at, start
        table: Key = ()
        for part in above:
            table += (part,)
            if table in self._tables:
                table += (self._tables[table] - 1,)
            self._note(table)
        table += (last,)
        self._note(table)
        if listed:
            number = self._tables.get(table, 0)
            self._tables[table] = number + 1
            table += (number,)
            self._note(table)
        self._at = after + (2 if listed else 1)
        return table

    def _pair(self, table: Key) -> None:
        start = self._at
        names = self._key()
        after, self._at = self._at, start
        for size in range(1, len(names) + 1):
            self._note((*table, *names[:size]))
        self._at = after + 1
        self._value((*table, *names))

    def _key(self) -> list[str]:
        """The parts of a key, up to the mark that ends it."""
        names: list[str] = []
        while self._text not in ("]", "=") and self._kind != "end":
            if self._kind == "text":
                names.append(tomllib.loads(f"x = {self._text}")["x"])
            elif self._kind == "bare":
                names.append(self._text)
            self._at += 1
        return names

    def _value(self, key: Key) -> None:
        if self._text == "[":
            self._list(key)
        elif self._text == "{":
            self._inline(key)
        else:
            while self._kind not in ("line", "end") and self._text not in (",", "]", "}"):
                self._at += 1

    def _list(self, key: Key) -> None:
        self._at += 1
        number = 0
        while self._text != "]" and self._kind != "end":
            if self._kind == "line" or self._text == ",":
                self._at += 1
            else:
                self._note((*key, number))
                self._value((*key, number))
                number += 1
        self._at += 1

    def _inline(self, key: Key) -> None:
        self._at += 1
        while self._text != "}" and self._kind != "end":
            if self._kind == "line" or self._text == ",":
                self._at += 1
            else:
                self._pair(key)
        self._at += 1
