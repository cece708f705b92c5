"""Addresses of the site's pages as files in a folder, which any web host can serve at any path."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from clausetrail.web.links import Links, Query

HOME = "index.html"


def document(slug: str, number: int | None = None) -> str:
    """The file of a document, or of its text in one version."""
    return f"{slug}/index.html" if number is None else f"{slug}/version-{number}.html"


def comparison(slug: str, start: object, end: object) -> str:
    return f"{slug}/{start}...{end}.html"


def clause(slug: str, lineage: int) -> str:
    return f"{slug}/clause/L{lineage}.html"


def evidence(slug: str, sha256: str) -> str:
    return f"{slug}/evidence/{sha256}.txt"


def asset(name: str) -> str:
    return f"assets/{name}"


@dataclass(frozen=True, slots=True)
class FileLinks(Links):
    """Links from one file to others, relative to it."""

    up: str = ""
    """From the folder of the file to that of the site: `../../`.  `origin` is the address of that folder, with its
    slash."""

    @property
    def live(self) -> bool:
        return False

    def home(self) -> str:
        return self._to(HOME)

    def document(self, slug: str, *query: tuple[str, str]) -> str:
        on = dict(query).get("on", "")
        return self._to(document(slug, int(on) if on else None))

    def comparison(self, slug: str, start: object, end: object, query: Query = ()) -> str:
        return self._to(comparison(slug, start, end))

    def clause(self, permalink: str, lineage: int = 0) -> str:
        return self._to(clause(permalink.partition("@")[0], lineage))

    def lineage(self, slug: str, number: int) -> str:
        return self._to(clause(slug, number))

    def evidence(self, slug: str, sha256: str) -> str:
        return self._to(evidence(slug, sha256))

    def asset(self, name: str, digest: str) -> str:
        return f"{self._to(asset(name))}?v={digest}"

    def json(self, address: str) -> str:
        return f"{address.removesuffix('.html')}.json"

    def absolute(self, address: str) -> str:
        return f"{self.origin}{address.removeprefix(self.up)}"

    def _to(self, path: str) -> str:
        return f"{self.up}{quote(path)}"
