"""Addresses of the site's pages, below whatever path the site is mounted at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

ROOT = "/-/policy"

Query = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Links:
    """Every address that a page links to."""

    mount: Callable[[str], str]
    """A path of the application -> the same below the path that the site is mounted at."""
    database: str
    """Name of the database in Datasette."""
    origin: str = ""
    """`https://host`, for what leaves the site: citations and previews."""

    @property
    def live(self) -> bool:
        """Whether forms, searches and comparisons of any two versions are answered."""
        return True

    def home(self) -> str:
        return self._at("")

    def search(self, *query: tuple[str, str]) -> str:
        return self._at("/search", query)

    def document(self, slug: str, *query: tuple[str, str]) -> str:
        return self._at(f"/{_path(slug)}", query)

    def compare(self, slug: str) -> str:
        """Where the form goes that asks for two ends."""
        return self._at(f"/{_path(slug)}/compare")

    def comparison(self, slug: str, start: object, end: object, query: Query = ()) -> str:
        return self._at(f"/{_path(slug)}/{_part(str(start))}...{_part(str(end))}", query)

    def clause(self, permalink: str, lineage: int = 0) -> str:
        """By its permalink, which is its address; `lineage` is for a site that has a file for each."""
        slug, _, place = permalink.partition("@")
        return self._at(f"/{_path(slug)}@{_part(place)}")

    def alike(self, permalink: str) -> str:
        """What other documents say of the same."""
        return f"{self.clause(permalink)}/alike"

    def lineage(self, slug: str, number: int) -> str:
        return self._at(f"/{_path(slug)}/clause/L{number}")

    def evidence(self, slug: str, sha256: str) -> str:
        return self._at(f"/{_path(slug)}/evidence/{sha256}")

    def asset(self, name: str, digest: str) -> str:
        return self._at(f"/assets/{name}", (("v", digest),))

    def tables(self) -> str:
        """The database as Datasette shows it."""
        return self.mount(f"/{quote(self.database)}")

    def databases(self) -> str:
        """Datasette's own front page."""
        return self.mount("/-/")

    def json(self, address: str) -> str:
        """The same page as JSON."""
        path, mark, query = address.partition("?")
        return f"{path}.json{mark}{query}"

    def absolute(self, address: str) -> str:
        return f"{self.origin}{address}"

    def _at(self, path: str, query: Query = ()) -> str:
        asked = urlencode([(name, value) for name, value in query if value])
        return self.mount(f"{ROOT}{path}") + (f"?{asked}" if asked else "")


def _path(slug: str) -> str:
    return quote(slug, safe="/")


def _part(text: str) -> str:
    return quote(text, safe="@:~")
