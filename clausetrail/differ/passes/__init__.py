"""The passes of an alignment, in order.

A pass takes the `Matching` that the earlier ones left, links what its one rule finds among the clauses that are still
free, and returns nothing.  A new rule is a new file and its place in `PASSES`.
"""

from __future__ import annotations

from collections.abc import Callable

from clausetrail.differ.matching import Matching
from clausetrail.differ.passes import (
    containers,
    copies,
    fragments,
    head,
    identical,
    leftover,
    near,
    phrases,
    pieces,
    quoted,
    repeated,
    rewritten,
    subtrees,
)

Pass = Callable[[Matching], None]

PASSES: tuple[Pass, ...] = (
    head.run,
    subtrees.run,
    identical.run,
    repeated.run,
    leftover.at_length,
    repeated.run,
    containers.run,
    near.run,
    containers.run,
    repeated.run,
    near.in_place,
    containers.run,
    repeated.run,
    near.headings,
    pieces.run,
    containers.run,
    quoted.run,
    rewritten.run,
    phrases.run,
    fragments.run,
    containers.run,
    repeated.run,
    leftover.run,
    copies.run,
)

__all__ = ["PASSES", "Pass"]
