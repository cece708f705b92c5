"""What a view answers with, and how that becomes bytes.  No Datasette here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from clausetrail.changelog import ends, json_text, rows
from clausetrail.changelog.templating import environment
from clausetrail.store import Store
from clausetrail.web import words
from clausetrail.web.links import Links

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
"""What our pages may load: two files of our own."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
TYPES = {"site.css": "text/css; charset=utf-8", "keys.js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, as far as a view may know of it."""

    store: Store
    links: Links
    path: Mapping[str, str]
    """Parts of the address."""
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Parameters; none is empty."""

    @property
    def slug(self) -> str:
        return f"{self.path['publisher']}/{self.path['name']}"

    def one(self, name: str) -> str:
        """The first value of a parameter, trimmed; empty where there is none."""
        return next(iter(self.query.get(name, ())), "").strip()

    def each(self, name: str) -> tuple[str, ...]:
        return tuple(self.query.get(name, ()))


@dataclass(frozen=True, slots=True)
class Page:
    """A page for people, and the same for machines."""

    template: str
    title: str
    address: str
    """Its own, the one that lasts where there are several."""
    values: Mapping[str, Any]
    data: Callable[[], Any]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Redirect:
    address: str


@dataclass(frozen=True, slots=True)
class Download:
    """Bytes as they were served, to be kept and never shown."""

    body: bytes
    name: str
    """Of the file; letters, digits, dots and hyphens."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    media_type: str


def answer(found: Page | Redirect | Download, links: Links, *, machine: bool = False) -> Answer:
    if isinstance(found, Redirect):
        address = links.json(found.address) if machine else found.address
        return Answer(302, {**HEADERS, "Location": address}, b"", "text/plain; charset=utf-8")
    if isinstance(found, Download):
        disposition = {"Content-Disposition": f'attachment; filename="{found.name}"'}
        return Answer(200, HEADERS | disposition, found.body, "text/plain; charset=utf-8")
    if machine:
        return Answer(200, HEADERS, json_text(found.data()).encode(), "application/json; charset=utf-8")
    text = rendered(found.template, found.title, found.values, links, found.address, found.description)
    return Answer(200, HEADERS, text.encode(), "text/html; charset=utf-8")


def failure(status: int, title: str, message: str, links: Links, *, machine: bool = False) -> Answer:
    """An error, told in the form that was asked for."""
    if machine:
        body = json_text({"ok": False, "error": message, "status": status, "title": title})
        return Answer(status, HEADERS, body.encode(), "application/json; charset=utf-8")
    text = rendered("error.html", title, {"message": message}, links, "", "")
    return Answer(status, HEADERS, text.encode(), "text/html; charset=utf-8")


def rendered(template: str, title: str, values: Mapping[str, Any], links: Links, address: str, description: str) -> str:
    made = environment("clausetrail.web").get_template(template)
    return made.render(
        {**values, "title": title, "links": links, "address": address, "description": description},
        ends=ends,
        rows=rows,
        words=words,
        policy=POLICY.partition("; frame-ancestors")[0],
        style=links.asset("site.css", digest("site.css")),
        script=links.asset("keys.js", digest("keys.js")),
    )


def asset(name: str) -> Answer:
    """One of the files that pages load.  They are named with their digest, so a browser may keep them."""
    kept = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Answer(200, kept, _asset(name), TYPES[name])


@cache
def _asset(name: str) -> bytes:
    """The style sheet of the reports, which have the same changes to show, goes before that of the site."""
    own = files("clausetrail.web").joinpath("assets", name).read_bytes()
    shared = files("clausetrail.changelog").joinpath("templates", "style.css")
    return shared.read_bytes() + own if name == "site.css" else own


@cache
def digest(name: str) -> str:
    return hashlib.sha256(_asset(name)).hexdigest()[:12]
