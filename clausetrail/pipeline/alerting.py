"""Events: raised in the transaction that records what happened, and looked over whenever history is written anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from clausetrail.history import overturned, raised
from clausetrail.model import Event, EventKind, Version
from clausetrail.store import Store

_AWAY = (EventKind.WITHDRAWN, EventKind.RETURNED)


def raise_events(
    store: Store, document: str, alarms: Iterable[tuple[str, str]], at: datetime, *, gone: bool | None = None
) -> None:
    """Raise what a look at a document found: changes of its words, of its pages' health ((page, why; empty: it is
    well again)), and whether it is `gone` from all of them, or was seen (False; None: neither).  To be called in the
    transaction that records the look."""
    found = raised(document, store.versions(document), store.live_keys(document), store.heard(document), at)
    for event in found.events:
        store.add_event(event)
    for page, why in alarms:
        store.add_event(Event(EventKind.HEALTH, document, at, page=page, note=why))
    told = [event.kind for event in store.events(document=document) if event.kind in _AWAY]
    if gone is not None and gone != (told[-1:] == [EventKind.WITHDRAWN]):
        store.add_event(Event(EventKind.WITHDRAWN if gone else EventKind.RETURNED, document, at))
    if found.heard != store.heard(document):
        store.hear(document, found.heard)


def correct_events(store: Store, document: str, versions: Iterable[Version]) -> None:
    """Say of each change that was told and does not hold any more that it does not, once.  To be called in the
    transaction that writes the history."""
    told = store.events(document=document)
    for event, reason in overturned(told, tuple(versions)) if told else ():
        notice = Event(
            EventKind.CORRECTION,
            document,
            event.at,
            *(event.old, event.new, event.state_before, event.state_after, event.before, event.first_seen),
            note=reason,
            corrects=event.id,
        )
        store.supersede(event.id, store.add_event(notice))
