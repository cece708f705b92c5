"""Two clause trees → an alignment → changes.  Pure: no I/O but reading the rules that ship with it, no clock."""

from clausetrail.differ.align import align
from clausetrail.differ.compare import compare
from clausetrail.differ.elsewhere import looked_for
from clausetrail.differ.judging import SIGNALS, overruled
from clausetrail.differ.words import operations, replay

DIFFER_REVISION = 3
"""Raised when alignments or operations may come out otherwise than before."""
RULES_REVISION = 3
"""Raised when significance, signals or order of changes may come out otherwise than before."""

__all__ = [
    "DIFFER_REVISION",
    "RULES_REVISION",
    "SIGNALS",
    "align",
    "compare",
    "looked_for",
    "operations",
    "overruled",
    "replay",
]
