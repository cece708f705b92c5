"""Ordered snapshots with their trees -> versions, confirmations, flaps, lineages, reinstatements.  Pure."""

from clausetrail.history.dates import declared, end_of, gap_after, observed, ruling_date
from clausetrail.history.derive import HISTORY_REVISION, derive
from clausetrail.history.digests import combined, print_digest, state_digest
from clausetrail.history.far import related
from clausetrail.history.pages import joined
from clausetrail.history.rulings import BY_HAND, Rulings
from clausetrail.history.sequence import Confirmation, sequence

__all__ = [
    "BY_HAND",
    "HISTORY_REVISION",
    "Confirmation",
    "Rulings",
    "combined",
    "declared",
    "derive",
    "end_of",
    "gap_after",
    "joined",
    "observed",
    "print_digest",
    "related",
    "ruling_date",
    "sequence",
    "state_digest",
]
