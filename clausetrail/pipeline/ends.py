"""Which version is meant by `2024-01-10`, `3`, `latest`, `previous` or a version's id."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from clausetrail.errors import UsageError
from clausetrail.history import declared, end_of, gap_after, observed
from clausetrail.model import End, Version

if TYPE_CHECKING:
    from clausetrail.store import Store

FORMS = (
    "a date (2024-01-10, 2024-01, 2024), a version number (3), first, latest, previous, or a version's id"
    " (its snapshot's hash)"
)

_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?\b")
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")
_NUMBER = re.compile(r"v?(\d{1,6})")
_HASH = re.compile(r"[0-9a-f]{8,64}")


def resolve(store: Store, document: str, asked: str, *, by: str = "observed") -> End:
    """The end of a comparison that `asked` means, with what must be said of it.

    A date means the version last observed by the end of that day, UTC; with `by` = `declared`, the one in force by
    the dates that the versions declare.  Raises UsageError where there is none.
    """
    versions = store.versions(document)
    if not versions:
        raise UsageError(f"{document}: has no version yet; import one first", document=document)
    version, notes = _meant(store, document, versions, asked.strip(), by)
    end = store.end(document, version.number, asked=asked)
    return replace(end, notes=(*end.notes, *notes))


def _meant(
    store: Store, document: str, versions: Sequence[Version], asked: str, by: str
) -> tuple[Version, tuple[str, ...]]:
    number = _number(document, len(versions), asked.lower())
    if number is not None:
        return versions[number - 1], ()
    if _DATE.match(asked) or _MONTH.fullmatch(asked):
        return _on_day(store, document, versions, asked, by)
    if _HASH.fullmatch(asked.lower()) or "@" in asked:
        return _by_id(store, document, versions, asked)
    raise UsageError(f"{document}: {asked!r} names no version; give {FORMS}", document=document)


def _number(document: str, count: int, asked: str) -> int | None:
    """The number that is asked for, or None where it is no number.  Four digits that no version has are a year."""
    named = {"latest": count, "previous": count - 1, "first": 1}
    match = _NUMBER.fullmatch(asked)
    number = named.get(asked, int(match[1]) if match else None)
    if number is None or 1 <= number <= count:
        return number
    if asked == "previous":
        raise UsageError(f"{document}: has one version only, and none before it", document=document)
    if len(asked) == 4 and "1990" <= asked <= "2999":
        return None
    has = "1 version" if count == 1 else f"{count} versions"
    raise UsageError(
        f"{document}: has no version {number}; it has {has} (see `clausetrail log {document}`)", document=document
    )


def _by_id(store: Store, document: str, versions: Sequence[Version], asked: str) -> tuple[Version, tuple[str, ...]]:
    if "@" in asked:
        link = store.resolve_permalink(asked)
        if link.document != document:
            raise UsageError(f"{document}: {asked} leads to another document, {link.document}", document=document)
        return versions[link.version - 1], ()
    shown = [s.version for s in store.find_snapshot(asked) if s.document == document and s.version]
    if not shown:
        raise UsageError(f"{document}: no version has a snapshot {asked}", document=document)
    return versions[shown[-1] - 1], ()


def moment_of(asked: str) -> datetime:
    """The last moment of a day, month or year, or the moment itself, in UTC.  Raises UsageError where it is no date."""
    try:
        if match := _MONTH.fullmatch(asked):
            return _end_of_month(int(match[1]), int(match[2] or 12))
        if _DATE.fullmatch(asked):
            return end_of(date.fromisoformat(asked))
        found = datetime.fromisoformat(asked)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{asked!r} is no date; write it as 2024-01-10 or 2024-01-10T12:00Z") from error


def start_of(asked: str) -> datetime:
    """The first moment of a day, month or year, or of a moment's day, in UTC.  Raises UsageError where it is none."""
    if match := _MONTH.fullmatch(asked):
        moment_of(asked)
        return datetime(int(match[1]), int(match[2] or 1), 1, tzinfo=UTC)
    return moment_of(asked).replace(hour=0, minute=0, second=0, microsecond=0)


def _end_of_month(year: int, month: int) -> datetime:
    return end_of(date(year, month, monthrange(year, month)[1]))


def _on_day(
    store: Store, document: str, versions: Sequence[Version], asked: str, by: str
) -> tuple[Version, tuple[str, ...]]:
    moment = moment_of(asked)
    if by == "declared":
        found = declared(versions, store.declared_dates(document), moment.date())
        if found is None:
            raise UsageError(
                f"{document}: no version declares a date up to {asked}; leave out --by declared", document=document
            )
        version, ruling = found
        return version, (f"in force on {asked} by its own words: {ruling.text}",)
    seen = observed(versions, moment)
    if seen is None:
        raise UsageError(
            f"{document}: was not observed before {_day(versions[0].first_seen)}; ask for that day or later",
            document=document,
        )
    return seen, _gap_notes(versions, seen, moment, asked)


def _gap_notes(versions: Sequence[Version], seen: Version, moment: datetime, asked: str) -> tuple[str, ...]:
    gap = gap_after(versions, seen, moment)
    if gap is None:
        return ()
    last, following = gap
    then = f"next looked on {_day(following)}, other words stood there" if following else "have not looked since"
    day = asked if _DATE.fullmatch(asked) else _day(moment)
    return (f"{day} lies in a gap: we last saw these words on {_day(last)} and {then}",)


def _day(when: datetime) -> str:
    return when.strftime("%Y-%m-%d")
