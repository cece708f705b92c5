"""The addresses of the site, and what answers each: the one list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clausetrail.errors import UsageError
from clausetrail.web.links import ROOT
from clausetrail.web.pages import Asked, Download, Page, Redirect
from clausetrail.web.views import clause, comparison, document, evidence, home, search

View = Callable[[Asked], Page | Redirect | Download]

_DOCUMENT = rf"^{ROOT}/(?P<publisher>[^/]+)/(?P<name>[^/@]+?)"
_FORMAT = r"(?P<format>\.json)?$"


@dataclass(frozen=True, slots=True)
class Route:
    """One kind of page.  A GET of it changes nothing."""

    name: str
    pattern: str
    view: View


ROUTES = (
    Route("home", rf"^{ROOT}/?{_FORMAT}", home.home),
    Route("search", rf"^{ROOT}/search{_FORMAT}", search.search),
    Route("clause", rf"{_DOCUMENT}@(?P<place>[^/]+?){_FORMAT}", clause.clause),
    Route("alike", rf"{_DOCUMENT}@(?P<place>[^/]+?)/alike{_FORMAT}", clause.alike),
    Route("lineage", rf"{_DOCUMENT}/clause/L(?P<lineage>\d{{1,9}}){_FORMAT}", clause.lineage),
    Route("evidence", rf"{_DOCUMENT}/evidence/(?P<sha256>[0-9a-f]{{64}})$", evidence.evidence),
    Route("compare", rf"{_DOCUMENT}/compare$", comparison.between),
    Route("comparison", rf"{_DOCUMENT}/(?P<start>[^/]+?)\.\.\.(?P<end>[^/]+?){_FORMAT}", comparison.comparison),
    Route("document", rf"{_DOCUMENT}{_FORMAT}", document.document),
)
"""In the order in which they are tried."""


def _nothing(asked: Asked) -> Page:
    raise UsageError(f"{asked.path['rest']}: there is no such page here")


NOTHING = Route("nothing", rf"^{ROOT}/(?P<rest>.*?){_FORMAT}", _nothing)
"""Tried last: whatever else is asked for below our addresses."""

ASSETS = rf"^{ROOT}/assets/(?P<asset>site\.css|keys\.js)$"
ROBOTS = r"^/robots\.txt$"
FRONT = r"^/(\.(?P<format>never))?$"
"""The front page: ours, if the site serves one database of ours and nothing else.  What Datasette's own is asked with
must have a format, which is none here."""
DATABASES = r"^/-/(\.(?P<format>jsono?))?$"
"""Where Datasette's own front page stays reachable, as from Datasette 1.0 on."""
