"""Comparisons of versions far apart, kept as long as the database stays what it was."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from clausetrail.model import Diff
from clausetrail.store import Store

_KEPT = 32
_AT_ONCE = 2
"""Comparisons worked out at one time: a machine that is busy with them answers other pages still."""

Key = tuple[str, ...]

_known: OrderedDict[tuple[object, ...], Diff] = OrderedDict()
_lock = threading.Lock()
_turn = threading.BoundedSemaphore(_AT_ONCE)


def remembered(store: Store, key: Key, make: Callable[[], Diff]) -> Diff:
    """What `make` answers, or answered for the same key while nobody wrote to the database.  Raises what it does."""
    whole = (*_state(store), *key)
    if (found := _recalled(whole)) is not None:
        return found
    with _turn:
        found = _recalled(whole)
        if found is None:
            found = make()
            _keep(whole, found)
    return found


def _state(store: Store) -> tuple[object, ...]:
    """What changes whenever somebody writes, or sets other rules."""
    beside = (store.path, *(store.path.with_name(name) for name in (f"{store.path.name}-wal", "clausetrail.toml")))
    return tuple(
        (str(path), stat.st_mtime_ns, stat.st_size) for path in beside if path.exists() and (stat := path.stat())
    )


def _recalled(key: tuple[object, ...]) -> Diff | None:
    with _lock:
        if key in _known:
            _known.move_to_end(key)
        return _known.get(key)


def _keep(key: tuple[object, ...], diff: Diff) -> None:
    with _lock:
        _known[key] = diff
        while len(_known) > _KEPT:
            _known.popitem(last=False)
