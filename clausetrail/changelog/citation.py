"""How to cite one clause as it stood: plain text, Markdown, BibTeX, CSL-JSON.

Every form names the publisher, the document, the place, the version, when it was observed and what it declares, the
permalink, and the hash of the evidence.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from clausetrail.changelog import dates
from clausetrail.changelog.safe import json_visible, markdown_text, visible, without_invisible
from clausetrail.model import DateKind, DocumentInfo, End, Place

_TEX = re.compile(r"[\\{}$&#%_^~]")
_TEX_WORDS = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Citation:
    """One clause of one version."""

    document: DocumentInfo
    end: End
    place: Place
    permalink: str
    address: str
    """Where the clause can be read."""

    def plain(self) -> str:
        """One line."""
        return visible(
            f"{self._publisher}, {self._title}, {self._path} ({self._version}), {self.address},"
            f" permalink {self.permalink}, SHA-256 {self.end.sha256}"
        )

    def markdown(self) -> str:
        """One line; the title leads to the clause."""
        title = f"[{markdown_text(self._title)}](<{self.address}>)"
        return (
            f"{markdown_text(self._publisher)}, {title}, {markdown_text(self._path)}"
            f" ({markdown_text(self._version)}), permalink `{self.permalink}`, SHA-256 `{self.end.sha256}`"
        )

    def bibtex(self) -> str:
        """An entry of the type `misc`."""
        fields = {
            "author": f"{{{_tex(self._publisher)}}}",
            "title": f"{{{_tex(self._title)}: {_tex(self._path)}}}",
            "year": str(self._issued[0]),
            "howpublished": rf"\url{{{self.address}}}",
            "note": _tex(f"{self._version}, permalink {self.permalink}, SHA-256 {self.end.sha256}"),
        }
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{{self._key},\n{body}}}"

    def csl(self) -> str:
        """An array of one item, as CSL-JSON 1.0.2 has it."""
        item: dict[str, Any] = {
            "id": self._key,
            "type": "webpage",
            "title": self._title,
            "section": self._path,
            "version": str(self._number),
            "author": [{"literal": self._publisher}],
            "issued": {"date-parts": [list(self._issued)]},
            "accessed": {"date-parts": [list(self._last)]},
            "URL": self.address,
            "archive_location": self.permalink,
            "note": f"{self._version}; SHA-256 {self.end.sha256}",
        }
        return json_visible(json.dumps([item], ensure_ascii=False, indent=2))

    @property
    def _publisher(self) -> str:
        return without_invisible(self.document.publisher)

    @property
    def _title(self) -> str:
        return without_invisible(self.document.title)

    @property
    def _path(self) -> str:
        return without_invisible(self.place.path)

    @property
    def _number(self) -> int:
        return self.end.version.number if self.end.version else 0

    @property
    def _version(self) -> str:
        """`version 3, observed 2024-01-10 to 2024-03-02 (UTC), declares effective 2024-01-10`."""
        told = [f"version {self._number}"]
        if self.end.version:
            told.append(dates.utc(f"observed {dates.seen(self.end.version)}"))
        if self.end.dates:
            told.append(f"declares {dates.declarations(self.end.dates)}")
        return ", ".join(told)

    @property
    def _issued(self) -> tuple[int, ...]:
        """What the version declares, best of all when it takes effect; else when it was first seen."""
        effective = [one for one in self.end.dates if one.kind is DateKind.EFFECTIVE]
        declared = next(iter(effective or self.end.dates), None)
        if declared is None:
            return self._parts(dates.day(self.end.version.first_seen)) if self.end.version else (0,)
        day = declared.on.isoformat()
        return self._parts(day[:7] if declared.precision == "month" else day)

    @property
    def _last(self) -> tuple[int, ...]:
        return self._parts(dates.day(self.end.version.last_seen)) if self.end.version else (0,)

    @staticmethod
    def _parts(day: str) -> tuple[int, ...]:
        return tuple(int(part) for part in day.split("-"))

    @property
    def _key(self) -> str:
        name = _KEY.sub("-", self.document.slug.casefold()).strip("-") or "policy"
        return f"{name}-v{self._number}-c{self.place.position}"


def _tex(text: str) -> str:
    """Characters that TeX would obey, written so that it prints them."""
    return _TEX.sub(lambda match: _TEX_WORDS.get(match[0], f"\\{match[0]}"), visible(text))
