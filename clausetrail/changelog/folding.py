"""Flaps folded: a page that showed other words for a while and went back is one event, not two changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from clausetrail.changelog import dates
from clausetrail.model import Standing, Version

T = TypeVar("T")


def runs(items: Iterable[T], version_of: Callable[[T], Version]) -> Iterator[list[T]]:
    """Items one by one in ascending order of versions, but consecutive flaps in one run, ended by the version that
    went back to the words before them where it is among the items."""
    run: list[T] = []
    for item in sorted(items, key=lambda one: version_of(one).number):
        version = version_of(item)
        flap = version.standing is Standing.FLAP
        if run and not flap and version.reverts_to == version_of(run[0]).number - 1:
            yield [*run, item]
            run = []
            continue
        if run and not (flap and version.number == version_of(run[-1]).number + 1):
            yield run
            run = []
        if flap:
            run.append(item)
        else:
            yield [item]
    if run:
        yield run


def is_flap(run: Sequence[Version]) -> bool:
    return run[0].standing is Standing.FLAP


def sentence(run: Sequence[Version]) -> str:
    """What happened in a run of flaps.  The length is an upper bound: from the last sight of the words before to the
    first sight of them again."""
    first, last = run[0], run[-1]
    text = f"On {dates.utc(dates.day(first.first_seen))} the page showed other words"
    if last.standing is Standing.FLAP:
        text += ", which did not last"
    else:
        longest = last.first_seen - (first.before or first.first_seen)
        text += f" for no more than {dates.duration(longest)} and went back"
    numbers = (" and " if len(run) == 2 else " to ").join(dict.fromkeys((str(first.number), str(last.number))))
    return f"{text} (version{'s' if len(run) > 1 else ''} {numbers})."
