"""What makes two readings the same state, or the same print."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from clausetrail.model import ClauseTree, Reading

_FIELD, _RECORD = "\x1f", "\x1e"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256(_RECORD.join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def state_digest(tree: ClauseTree) -> str:
    """Digest of the ordered (kind, depth, words) of a tree: equal digests, equal words.  Hexadecimal SHA-256."""
    return _digest(f"{c.kind.value}{_FIELD}{c.depth}{_FIELD}{c.words}" for c in tree.walk())


def print_digest(reading: Reading) -> str:
    """Digest of everything that a page prints and declares: labels, links, typography, places in the source, dates.

    Equal digests, equal `Reading`s, but for the header cells that rows carry: those are words of the header's own row.
    It names the reading in the store.
    """
    clauses = (
        _FIELD.join(
            (
                c.kind.value,
                str(c.depth),
                str(c.line),
                str(len(c.children)),
                c.label,
                c.heading,
                c.lead,
                c.text,
                c.anchor,
                *(f"{link.text}\x1d{link.target}" for link in c.links),
            )
        )
        for c in reading.tree.walk()
    )
    facts = (
        repr(reading.verdict),
        repr(reading.declared),
        repr(reading.announcements),
        reading.language,
        reading.title,
    )
    return _digest((*facts, *clauses))


def combined(digests: tuple[str, ...]) -> str:
    """Digest of a document of several pages, from those of its pages in order; of one page, that page's own."""
    return digests[0] if len(digests) == 1 else _digest(digests)
