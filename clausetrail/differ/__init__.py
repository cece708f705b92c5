"""Two clause trees → an alignment → changes.  Pure: no I/O but reading the rules that ship with it, no clock."""

from clausetrail.differ.align import align
from clausetrail.differ.compare import compare
from clausetrail.differ.elsewhere import MOST_SEARCHED, Sought, looked_for, still_said
from clausetrail.differ.judging import SIGNALS, overruled
from clausetrail.differ.words import operations, replay

DIFFER_REVISION = 3
"""Raised when alignments or operations may come out otherwise than before."""
RULES_REVISION = 3
"""Raised when significance, signals or order of changes may come out otherwise than before."""

__all__ = [
    "DIFFER_REVISION",
    "MOST_SEARCHED",
    "RULES_REVISION",
    "SIGNALS",
    "Sought",
    "align",
    "compare",
    "looked_for",
    "operations",
    "overruled",
    "replay",
    "still_said",
]
