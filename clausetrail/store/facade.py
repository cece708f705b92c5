"""The store as the rest of Clausetrail sees it: one class, made of parts, each method one call into this room."""

from __future__ import annotations

from clausetrail.store.parts.documents import DocumentsPart
from clausetrail.store.parts.events import EventsPart
from clausetrail.store.parts.evidence import EvidencePart
from clausetrail.store.parts.history import HistoryPart
from clausetrail.store.parts.recording import RecordingPart
from clausetrail.store.parts.watching import WatchingPart


class Store(DocumentsPart, EvidencePart, RecordingPart, HistoryPart, WatchingPart, EventsPart):
    """A database of policies, and the evidence archive beside it.  A context manager.

    Every method raises StoreError, in one line that names the file, where the database is locked, damaged or cannot
    be written.  A method that takes a slug follows aliases and any case of letters, and raises UsageError for a
    document that is not known; one that takes the number of a version raises it for one that the document has not.
    What a method reads is of one moment; what it writes is written whole or not at all.
    """
