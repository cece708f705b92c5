"""The Wayback Machine, and archives that speak as it does: which captures they have, and the bytes of each.

`Index` lists captures (the CDX server), `Thinner` chooses among them, `Replay` gives one as it was archived.  All
asking goes through one `Asker`, which keeps the archive's pace, pauses where it refuses, and gives up in time.
"""

from clausetrail.scraper.wayback.asking import PACE, ArchiveBusyError, Asker
from clausetrail.scraper.wayback.captures import Capture, Listing, read_listing
from clausetrail.scraper.wayback.index import SPACING, Index, Question
from clausetrail.scraper.wayback.replay import NotPlayed, Played, Replay
from clausetrail.scraper.wayback.thinning import Every, Thinner

__all__ = [
    "PACE",
    "SPACING",
    "ArchiveBusyError",
    "Asker",
    "Capture",
    "Every",
    "Index",
    "Listing",
    "NotPlayed",
    "Played",
    "Question",
    "Replay",
    "Thinner",
    "read_listing",
]
