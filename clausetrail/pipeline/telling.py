"""Events with all that there is to tell of them: both sides as they are read today, and the changes between."""

from __future__ import annotations

from collections import OrderedDict

from clausetrail.alerts.telling import Telling
from clausetrail.errors import UsageError
from clausetrail.model import Diff, DocumentInfo, Event, EventKind, LogEntry, SnapshotKey, Version, VersionOrigin
from clausetrail.pipeline.compare import diff
from clausetrail.store import Store

_OF_WORDS = (EventKind.CHANGE, EventKind.SEEN)
_KEPT = 64


class Teller:
    """Tells of events, and remembers the last ones told."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[str, Telling | None] = OrderedDict()

    def tell(self, event: Event) -> Telling | None:
        """None where the document, or what shows one side of a change, is gone."""
        if event.id not in self._kept:
            self._kept[event.id] = self._told(event)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[event.id]

    def follow(self, permalink: str) -> int | None:
        """The lineage of a clause today; None where the link leads nowhere."""
        try:
            return self._store.resolve_permalink(permalink).lineage
        except UsageError:
            return None

    def _told(self, event: Event) -> Telling | None:
        info = self._store.document(event.document)
        if event.kind not in _OF_WORDS:
            return Telling(event, info)
        return _of_words(self._store, event, info)


def _of_words(store: Store, event: Event, info: DocumentInfo) -> Telling | None:
    versions = store.versions(info.slug)
    old, new = (_showing(versions, key) for key in (event.old, event.new))
    if old is None or new is None or old.number >= new.number:
        return None
    compared: Diff = diff(store, info.slug, str(old.number), str(new.number))
    return Telling(event, info, compared, silent(store.log(info.slug)[old.number : new.number]))


def _showing(versions: tuple[Version, ...], key: SnapshotKey | None) -> Version | None:
    return next((version for version in versions if key in version.snapshots), None)


def silent(way: tuple[LogEntry, ...]) -> bool:
    """Whether the publisher announced nothing on the way from one state to another; what only flapped announced
    nothing that counts."""
    own = [entry for entry in way if entry.version.origin is VersionOrigin.CHANGE]
    return all(entry.announced.flap or entry.announced.silent for entry in own)
