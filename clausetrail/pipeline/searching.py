"""Recorded removals, looked for outside their documents.

What is written of one document decides what may be said of the publisher's others, so this follows the writing.  What
it records is a function of all that is recorded of the publisher, in whatever order that came.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from clausetrail.differ import MOST_SEARCHED, Sought, still_said
from clausetrail.errors import ParseError, StoreError
from clausetrail.pipeline.elsewhere import HTML, Texts, left_out
from clausetrail.store import Finding, Scene

if TYPE_CHECKING:
    from clausetrail.store import Store

_UNREAD = "the page that was kept can no longer be searched"
_DIGEST = 7
"""Bytes; SQLite holds eight, with a sign."""


def search(store: Store) -> None:
    """Look for the firm removals of every publisher of whom something was written since the last time.

    One that stands in what the parser left out of the new page, or in another of the publisher's documents as it stood
    when the new version was last seen, is recorded as likely, as `compare.diff` tells it; all others are firm.  What
    was looked for in the same texts before is not looked for again.  Stopped at any moment and called again, it ends
    the same."""
    for publisher in store.unsearched():
        while not _searched(store, publisher):
            pass


def _searched(store: Store, publisher: str) -> bool:
    """False where somebody else wrote of the publisher meanwhile; nothing is recorded then."""
    scenes = store.scenes(publisher)
    found = list(_findings(store, scenes))
    with store.transaction():
        if store.scenes(publisher) != scenes:
            return False
        store.searched(publisher, found)
    return True


@dataclass(frozen=True, slots=True)
class _Case:
    """The removals of one version, and where to look for them."""

    slug: str
    number: int
    changes: tuple[int, ...]
    has_parts: bool
    """Whether some page of it has parts that the parser may have left out."""
    others: tuple[tuple[str, int], ...]
    """(slug, tree) of the publisher's other documents, as they stood."""
    digest: int
    """Of all texts that are to be searched."""


def _findings(store: Store, scenes: Sequence[Scene]) -> Iterator[Finding]:
    cases = [case for scene in scenes for case in _cases(scene, scenes)]
    words = store.words_gone(change for case in cases for change in case.changes)
    shelf = _Shelf.of(store, cases, words)
    for case in cases:
        gone = {change: words[change] for change in case.changes}
        found = _elsewhere(store, case, gone, shelf)
        yield from (Finding(change, case.digest, found.get(change, "")) for change in case.changes)


def _cases(scene: Scene, scenes: Sequence[Scene]) -> Iterator[_Case]:
    """Versions with removals that were not looked for yet, or in other texts than are there now."""
    for number, removals in scene.removals.items():
        moment = scene.versions[number - 1].last_seen
        pages = [page.sha256 for page in scene.pages[number] if page.media_type in HTML]
        standing = [
            (other.slug, other.versions[count - 1])
            for other in scenes
            if other is not scene and (count := bisect_right(other.versions, moment, key=lambda v: v.first_seen))
        ]
        digest = _digest([*pages, *(part for slug, version in standing for part in (slug, version.state))])
        if any(one.searched != digest for one in removals):
            others = tuple((slug, version.tree) for slug, version in standing)
            yield _Case(scene.slug, number, tuple(one.change for one in removals), bool(pages), others, digest)


def _digest(parts: Sequence[str]) -> int:
    return int.from_bytes(hashlib.blake2b("\n".join(parts).encode(), digest_size=_DIGEST).digest(), "big")


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The publisher's documents, each wording read once."""

    trees: Mapping[int, Sequence[int]]
    """The wordings of each, in reading order."""
    words: Mapping[int, str]
    likely: frozenset[int]
    """Wordings that hold enough of something that is gone."""

    @classmethod
    def of(cls, store: Store, cases: Sequence[_Case], gone: Mapping[int, str]) -> _Shelf:
        trees, words = store.wordings({tree for case in cases for _, tree in case.others})
        sought = Sought(gone.values())
        return cls(trees, words, frozenset(at for at, text in words.items() if sought.within(text)))

    def size(self, tree: int) -> int:
        return sum(len(self.words[at]) for at in self.trees[tree])

    def texts(self, slug: str, tree: int, *, whole: bool) -> Texts:
        """Of one document; unless `whole`, only those that are likely to matter."""
        return ((f"in {slug}", self.words[at]) for at in self.trees[tree] if whole or at in self.likely)


def _elsewhere(store: Store, case: _Case, gone: Mapping[int, str], shelf: _Shelf) -> dict[int, str]:
    try:
        apart = list(left_out(store, store.pages(case.slug, case.number))) if case.has_parts else []
    except (ParseError, StoreError) as error:
        if error.transient:
            raise
        return dict.fromkeys(gone, _UNREAD)
    size = sum(len(text) for _, text in apart) + sum(shelf.size(tree) for _, tree in case.others)
    others = (shelf.texts(slug, tree, whole=size > MOST_SEARCHED) for slug, tree in case.others)
    return still_said(gone, chain(apart, chain.from_iterable(others)))
