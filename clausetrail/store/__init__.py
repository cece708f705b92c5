"""Records <-> SQLite: the evidence archive, documents, snapshots, versions, lineages, changes, full text.

All SQL lives in this room.  What worker processes need without a database is in `bundle` and in `packing`, which is
imported by name because a reader never needs its compressor.
"""

from clausetrail.model import SnapshotRow
from clausetrail.store.asks import Ask, Asks
from clausetrail.store.bundles import TreeBundle, bundle
from clausetrail.store.chain import canonical
from clausetrail.store.corrections import Mirrored, append_correction, read_corrections
from clausetrail.store.facade import Store
from clausetrail.store.outbox import Outbox
from clausetrail.store.permalinks import Resolved, permalink
from clausetrail.store.record import Revisions
from clausetrail.store.schema import HIDDEN_TABLES
from clausetrail.store.searches import Finding, Scene

__all__ = [
    "HIDDEN_TABLES",
    "Ask",
    "Asks",
    "Finding",
    "Mirrored",
    "Outbox",
    "Resolved",
    "Revisions",
    "Scene",
    "SnapshotRow",
    "Store",
    "TreeBundle",
    "append_correction",
    "bundle",
    "canonical",
    "permalink",
    "read_corrections",
]
