"""Which clauses moved: the fewest moves that explain the order.

A clause moved when it stands in another section than its counterpart, or when it is not in the longest run of its
section that kept its order (Chawathe et al. 1996, "align children").  Clauses below a linked parent are weighed among
themselves, so that what moved with its section, or its list, did not move by itself.
"""

from __future__ import annotations

from clausetrail.differ.matching import Matching, Pair, Positions
from clausetrail.differ.order import heaviest_rising
from clausetrail.differ.sides import Side
from clausetrail.model import ClauseKind


def moved(matching: Matching) -> set[int]:
    """Old positions of one-to-one linked clauses that moved."""
    runs: dict[Pair, list[Pair]] = {}
    found: set[int] = set()
    for o, n in matching.singles:
        home = _home(matching, o, n)
        if home is None:
            found.add(o)
        else:
            runs.setdefault(home, []).append((o, n))
    for run in runs.values():
        kept = set(heaviest_rising([n for _, n in run], [_size(matching.old, o) for o, _ in run]))
        found.update(o for i, (o, _) in enumerate(run) if i not in kept)
    return found


def _home(matching: Matching, old: int, new: int) -> Pair | None:
    """The linked pair of clauses within which two linked clauses stand; None where there is no such pair."""
    parents = matching.old.parents[old], matching.new.parents[new]
    if matching.linked(*parents):
        return parents
    sections = _linked_section(matching, old), _linked_section_new(matching, new)
    return sections if matching.linked(*sections) else None


def _linked_section(matching: Matching, old: int) -> int:
    """Nearest enclosing section that is a section on the other side too: headings put in, taken out or turned into
    paragraphs above clauses move none of them."""
    at = matching.old.sections[old]
    while at >= 0 and not _has_section(matching.new, matching.old_groups[at].new):
        at = matching.old.sections[at]
    return at


def _linked_section_new(matching: Matching, new: int) -> int:
    at = matching.new.sections[new]
    while at >= 0 and not _has_section(matching.old, matching.new_groups[at].old):
        at = matching.new.sections[at]
    return at


def _has_section(side: Side, positions: Positions) -> bool:
    return any(side.clauses[p].kind is ClauseKind.SECTION for p in positions)


def _size(side: Side, at: int) -> int:
    """How much moves with a clause: its own words and a share for each clause below."""
    return len(side.wordings[at].stems) + 8 * (side.ends[at] - at)
