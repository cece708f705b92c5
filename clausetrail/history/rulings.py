"""Corrections by hand, applied: a person's word stands against the machine's, and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from clausetrail.model import (
    Change,
    Clause,
    Correction,
    CorrectionKind,
    DeclaredDate,
    Sighting,
    Signal,
    Significance,
    SnapshotKey,
    Version,
)

BY_HAND = "corrected by hand"
"""Name of the signal that every corrected change carries."""


def told(correction: Correction) -> str:
    """Why, by whom and when: `read by hand (Ada, 2024-05-17)`."""
    return f"{correction.why} ({correction.who}, {correction.when.isoformat()})"


_Pair = tuple[int, int]


@dataclass(slots=True)
class Rulings:
    """The corrections of one document.  `unused` tells which of them fitted nothing so far."""

    corrections: Sequence[Correction] = ()
    _used: set[int] = field(default_factory=set)

    @property
    def link(self) -> bool:
        """Whether any of them bears on which clause became which, or on what a change weighs."""
        return any(
            c.kind in (CorrectionKind.LINK, CorrectionKind.UNLINK, CorrectionKind.FALSE_ALARM) for c in self.corrections
        )

    def unused(self) -> tuple[Correction, ...]:
        return tuple(c for i, c in enumerate(self.corrections) if i not in self._used)

    def judge(self, sightings: Iterable[tuple[Sighting, bool]]) -> Iterator[Sighting]:
        """Sightings with the parser's verdict (true: policy), judged again: junk loses its state."""
        for sighting, policy in sightings:
            for i, c in self._of(CorrectionKind.JUNK, CorrectionKind.POLICY):
                if sighting.key.sha256.startswith(c.snapshot):
                    self._used.add(i)
                    policy = c.kind is CorrectionKind.POLICY
            yield sighting if policy else replace(sighting, state="")

    def policies(self, keys: Iterable[SnapshotKey]) -> frozenset[SnapshotKey]:
        """Snapshots that a person has called a policy."""
        ruled = tuple(c.snapshot for _, c in self._of(CorrectionKind.POLICY))
        return frozenset(key for key in keys if ruled and key.sha256.startswith(ruled))

    def dates(
        self, versions: Iterable[Version], declared: Callable[[str], tuple[DeclaredDate, ...]]
    ) -> dict[int, tuple[DeclaredDate, ...]]:
        """Dates of the versions about which a person has ruled, by number; `declared` gives those of a print."""
        ruled: dict[int, tuple[DeclaredDate, ...]] = {}
        for version in versions:
            for i, c in self._of(CorrectionKind.DATE):
                if c.declared and any(key.sha256.startswith(c.snapshot) for key in version.snapshots):
                    self._used.add(i)
                    read = ruled.get(version.number) or declared(version.variants[0].print)
                    others = tuple(d for d in read if d.kind is not c.declared.kind)
                    ruled[version.number] = (replace(c.declared, text=f"{BY_HAND}: {told(c)}"), *others)
        return ruled

    def pins(
        self, version: Version | None, old: Sequence[Clause], new: Sequence[Clause]
    ) -> tuple[tuple[tuple[tuple[int, ...], tuple[int, ...]], ...], frozenset[_Pair]]:
        """(links, pairs to keep apart) for the step to `version`; None: for two versions however far apart.  Where a
        pair is both linked and unlinked, the later ruling holds."""
        links: dict[int, int] = {}
        apart: set[_Pair] = set()
        for i, c in self._of(CorrectionKind.LINK, CorrectionKind.UNLINK):
            for a, b in _fits(c, version, old, new):
                self._used.add(i)
                if c.kind is CorrectionKind.UNLINK:
                    apart.add((a, b))
                    if links.get(a) == b:
                        del links[a]
                elif a not in links and b not in links.values():
                    links[a] = b
                    apart.discard((a, b))
        return tuple(((a,), (b,)) for a, b in sorted(links.items())), frozenset(apart)

    def mark(
        self, version: Version | None, old: Sequence[Clause], new: Sequence[Clause], changes: Iterable[Change]
    ) -> Iterator[Change]:
        """Changes that a correction bears on, with a signal that says so; false alarms count as editorial."""
        ruled = [(i, c, set(_fits(c, version, old, new))) for i, c in self._of(CorrectionKind.FALSE_ALARM)]
        linked = [(i, c, set(_fits(c, version, old, new))) for i, c in self._of(CorrectionKind.LINK)]
        apart = [
            (i, c, {pair for a, b in _fits(c, version, old, new) for pair in ((a, -1), (-1, b))})
            for i, c in self._of(CorrectionKind.UNLINK)
        ]
        for change in changes:
            for i, c, fits in (*ruled, *linked, *apart):
                if not any(_bears_on(change, a, b) for a, b in fits):
                    continue
                self._used.add(i)
                change = replace(change, signals=(Signal(BY_HAND, new=told(c)), *change.signals))
                if c.kind is CorrectionKind.FALSE_ALARM:
                    change = replace(change, significance=Significance.EDITORIAL, importance=0.0)
            yield change

    def _of(self, *kinds: CorrectionKind) -> list[tuple[int, Correction]]:
        return [(i, c) for i, c in enumerate(self.corrections) if c.kind in kinds]


def _bears_on(change: Change, a: int, b: int) -> bool:
    return (a < 0 or a in change.old) and (b < 0 or b in change.new) and (a, b) != (-1, -1)


def _fits(
    correction: Correction, version: Version | None, old: Sequence[Clause], new: Sequence[Clause]
) -> Iterator[_Pair]:
    """Pairs of positions with the correction's words; -1 for a side for which it names none."""
    shown = () if version is None else version.snapshots
    if correction.snapshot and shown and not any(k.sha256.startswith(correction.snapshot) for k in shown):
        return
    left = [i for i, c in enumerate(old) if c.words == correction.old] if correction.old else [-1]
    right = [i for i, c in enumerate(new) if c.words == correction.new] if correction.new else [-1]
    yield from product(left, right) if -1 in (*left, *right) else zip(left, right, strict=False)
