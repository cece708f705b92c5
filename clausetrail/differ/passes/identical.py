"""Anchors: words that stand once on each side, wherever they stand.

Unique common lines as the first anchors are those of patience diff (Cohen 2008) and of Heckel, "A technique for
isolating differences between files", CACM 21(4), 1978.
"""

from __future__ import annotations

from collections.abc import Sequence

from clausetrail.differ.matching import Matching


def run(matching: Matching) -> None:
    _anchor(matching, matching.old.words, matching.new.words, "same words")
    _anchor(matching, matching.old.keys, matching.new.keys, "same words but for case and punctuation")


def _anchor(matching: Matching, old: Sequence[str], new: Sequence[str], why: str) -> None:
    places = _once(matching.free_new(), new)
    for key, o in _once(matching.free_old(), old).items():
        n = places.get(key)
        if n is not None:
            matching.link(o, n, why)


def _once(free: list[int], keys: Sequence[str]) -> dict[str, int]:
    """Position of each key that occurs once among the free clauses."""
    found: dict[str, int] = {}
    again: set[str] = set()
    for at in free:
        key = keys[at]
        if key in found:
            again.add(key)
        elif key:
            found[key] = at
    return {k: at for k, at in found.items() if k not in again}
