"""The front page: who changed what, of late and at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from clausetrail.changelog import document_json
from clausetrail.errors import UsageError
from clausetrail.model import Glance, Health
from clausetrail.store import Store
from clausetrail.web.pages import Asked, Page
from clausetrail.web.timeline import HEIGHT, sparks

_LATEST = 12


def home(asked: Asked) -> Page:
    """Publishers and documents with their last changes, the latest changes of all, and how the sources fare."""
    store = asked.store
    with store.reading():
        glances, latest = store.glances(), store.latest(_LATEST)
    names = {one.slug: one for one in glances}
    return Page(
        "home.html",
        "Policies and how they changed",
        asked.links.home(),
        {
            "publishers": [(name, tuple(own)) for name, own in groupby(glances, lambda one: one.publisher)],
            "sparks": sparks(glances),
            "spark_height": HEIGHT,
            "latest": [(names[slug], entry) for slug, entry in latest if slug in names],
            "counts": _counts(glances),
            "health": _health(store),
        },
        lambda: [document_json(one) for one in store.documents()],
        description="The trail of policy documents: clause by clause, version by version, with the evidence.",
    )


def _counts(glances: Sequence[Glance]) -> dict[str, int]:
    return {
        "publisher": len({one.publisher for one in glances}),
        "document": len(glances),
        "version": sum(one.versions for one in glances),
        "clause change": sum(one.changes for one in glances),
    }


def _health(store: Store) -> Health | None:
    """Of the pages that are watched; None where none is, as in a database that was only imported."""
    if not store.watched():
        return None
    from clausetrail.pipeline.health import health  # loads the fetcher; most sites are served without one

    try:
        return health(store, datetime.now(UTC))
    except UsageError:  # settings beside the database that cannot be read are for whoever runs it to mend
        return None
