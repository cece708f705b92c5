"""How rare each stem is over both documents; that takes the place of stop lists."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

from clausetrail.differ.tokens import Wording

_SCALE = 1000


class Vocabulary:
    """The stems of both sides of a comparison."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._wordings = list(dict.fromkeys(wordings))
        self._weights_of: dict[Wording, int] = {}
        self.weights = _rarity([w.bag for w in wordings])
        """Stem -> its inverse document frequency over the clauses, in whole thousandths, at least 1.

        Whole numbers, so that sums do not depend on their order."""
        self.rarest = max(self.weights.values(), default=1)
        """The weight of a stem that stands in one clause only."""

        self._paired = _rarity_of(2, len(wordings) + 1)

    def weight(self, stems: Iterable[str]) -> int:
        """Joint rarity of stems."""
        return sum(map(self.weights.__getitem__, stems))

    def points(self, stem: str) -> bool:
        """Whether a stem stands in two clauses only: where it is on both sides, in one of each."""
        return self.weights[stem] == self._paired

    def weight_of(self, wording: Wording) -> int:
        """That of all its stems."""
        known = self._weights_of.get(wording)
        if known is None:
            known = self._weights_of[wording] = self.weight(wording.bag)
        return known

    @cached_property
    def order(self) -> dict[str, int]:
        """Stem -> its number, in order of appearance."""
        stems = dict.fromkeys(chain.from_iterable(w.stems for w in self._wordings))
        return dict(zip(stems, range(len(stems)), strict=True))

    @cached_property
    def surface(self) -> dict[str, str]:
        """Stem -> the first token that was seen with it."""
        # Backwards, because the last one to be put into a dictionary stays.
        backwards = self._wordings[::-1]
        stems = chain.from_iterable(w.stems[::-1] for w in backwards)
        return dict(zip(stems, chain.from_iterable(w.tokens[::-1] for w in backwards), strict=True))


def _rarity(bags: Sequence[frozenset[str]]) -> dict[str, int]:
    seen = Counter(chain.from_iterable(bags))
    total = len(bags) + 1
    weights = {n: _rarity_of(n, total) for n in set(seen.values())}
    return {stem: weights[n] for stem, n in seen.items()}


def _rarity_of(places: int, total: int) -> int:
    return max(1, round(_SCALE * math.log(total / places)))
