"""Ordered snapshots with their trees -> versions, confirmations, flaps, lineages, reinstatements.  Pure."""

from clausetrail.history.continuity import Weighed, weigh
from clausetrail.history.dates import declared, end_of, gap_after, observed, ruling_date
from clausetrail.history.derive import derive
from clausetrail.history.digests import combined, print_digest, state_digest
from clausetrail.history.events import Raised, overturned, raised, steps
from clausetrail.history.far import related
from clausetrail.history.pages import joined
from clausetrail.history.rulings import BY_HAND, Rulings
from clausetrail.history.sequence import sequence

__all__ = [
    "BY_HAND",
    "Raised",
    "Rulings",
    "Weighed",
    "combined",
    "declared",
    "derive",
    "end_of",
    "gap_after",
    "joined",
    "observed",
    "overturned",
    "print_digest",
    "raised",
    "related",
    "ruling_date",
    "sequence",
    "state_digest",
    "steps",
    "weigh",
]
