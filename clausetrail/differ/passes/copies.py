"""A clause that stood once and now stands in several places, or the other way round: one split, or one merger.

Short words may repeat by chance; what has enough of them does not."""

from __future__ import annotations

from collections.abc import Sequence

from clausetrail.differ.matching import Matching

_FEWEST = 6
"""Distinct stems that make chance repetition unlikely."""


def run(matching: Matching) -> None:
    single_old, single_new = _single(matching.old.keys), _single(matching.new.keys)
    pairs = [(single_old.get(matching.new.keys[n], -1), n) for n in matching.free_new()]
    pairs += [(o, single_new.get(matching.old.keys[o], -1)) for o in matching.free_old()]
    for o, n in pairs:
        if o >= 0 and n >= 0 and len(matching.old.bags[o]) >= _FEWEST:
            matching.link(o, n, "copy of the same words")


def _single(keys: Sequence[str]) -> dict[str, int]:
    """Position of each key that stands once."""
    found: dict[str, int] = {}
    for at, key in enumerate(keys):
        found[key] = -1 if key in found else at
    return {key: at for key, at in found.items() if at >= 0}
