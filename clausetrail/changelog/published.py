"""What a published changelog says of each version, worked out once for Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from clausetrail.changelog import dates, folding, phrases
from clausetrail.changelog.items import Item, Teller
from clausetrail.model import DatedChanges, RelationKind, Version, VersionOrigin

LIMIT = 25
"""Changes told in full in one entry; the rest is counted.  0: all of them."""

_PATHS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One version, told.  Texts are as fetched, not yet made safe."""

    number: int
    title: str
    permalink: str
    summary: str
    remarks: tuple[str, ...]
    """What the document declares, whether it was silent, how the version stands."""
    quotes: tuple[tuple[str, str], ...]
    """(day, text) of new entries in the publisher's own changelog."""
    main: tuple[Item, ...]
    """Changes to tell in full, most important first."""
    left_out: int
    """How many such changes were one too many for `main`."""
    small: tuple[Item, ...]
    """Editorial, typographic and structural changes."""
    small_line: str
    """All of them on one line; empty where there are none."""


@dataclass(frozen=True, slots=True)
class Fold:
    """A flap and the way back, told in one sentence."""

    number: int
    text: str
    permalink: str


@dataclass(frozen=True, slots=True)
class Told:
    """A whole changelog, newest first."""

    entries: tuple[Entry | Fold, ...]
    unattributed: tuple[Entry, ...]
    """Versions that came with an upgrade of the archive: shown apart, since the publisher may have no part in them."""


def told(entries: Iterable[DatedChanges], limit: int = LIMIT) -> Told:
    """Entries in any order, as a reader should see them: flaps folded together with the version that went back,
    UNATTRIBUTED apart, TECHNICAL nowhere."""
    known = [one for one in entries if _version(one).origin is not VersionOrigin.TECHNICAL]
    apart = [one for one in known if _version(one).origin is VersionOrigin.UNATTRIBUTED]
    plain = [one for one in known if _version(one).origin is not VersionOrigin.UNATTRIBUTED]
    newest_first = sorted(apart, key=lambda one: _version(one).number, reverse=True)
    return Told(
        tuple(reversed([_tell(run, limit) for run in folding.runs(plain, _version)])),
        tuple(_entry(one, limit) for one in newest_first),
    )


def _tell(run: Sequence[DatedChanges], limit: int) -> Entry | Fold:
    versions = [_version(one) for one in run]
    if not folding.is_flap(versions):
        return _entry(run[0], limit)
    return Fold(versions[-1].number, folding.sentence(versions), run[0].entry.permalink)


def _version(one: DatedChanges) -> Version:
    return one.entry.version


def _entry(one: DatedChanges, limit: int) -> Entry:
    items = Teller(one.comparison).ranked() if one.comparison else []
    main = [item for item in items if item.significance not in phrases.SMALL]
    small = tuple(item for item in items if item.significance in phrases.SMALL)
    groups = "; ".join(_small_groups(small, _PATHS if limit else len(small)))
    return Entry(
        number=one.entry.version.number,
        title=_title(one),
        permalink=one.entry.permalink,
        summary=phrases.summary(one.comparison.changes) if one.comparison else "",
        remarks=tuple(_remarks(one)),
        quotes=tuple((entry.on.isoformat(), entry.text) for entry in one.entry.announced.entries),
        main=tuple(main[:limit] if limit else main),
        left_out=max(0, len(main) - limit) if limit else 0,
        small=small,
        small_line=f"{'Also' if main else 'Only small changes'}: {groups}." if groups else "",
    )


def _title(one: DatedChanges) -> str:
    version = one.entry.version
    title = phrases.sentence(dates.utc(dates.changed(version)))
    return f"{title}: {phrases.FIRST}" if version.origin is VersionOrigin.FIRST else title


def _remarks(one: DatedChanges) -> Iterator[str]:
    version, announced = one.entry.version, one.entry.announced
    if announced.new_dates:
        yield f"The document declares: {dates.declarations(announced.new_dates)}."
    elif announced.dates and announced.entries:
        yield f"The document still declares: {dates.declarations(announced.dates)}."
    if phrases.is_silent(version, announced):
        yield f"{phrases.sentence(phrases.SILENT)}."
    for text in (phrases.standing(version), phrases.reverts(version)):
        if text:
            yield f"{phrases.sentence(text)}."
    for ruling in one.entry.rulings:
        yield f"{phrases.sentence(phrases.ruled(ruling))}."


def _small_groups(items: Sequence[Item], limit: int) -> Iterator[str]:
    """`2 edited (editorial): 2 › 1, 4 › 2`, with no more than `limit` paths each."""
    order = sorted(items, key=_group)
    for (_, kind, weight), members in groupby(order, key=_group):
        group = list(members)
        paths = ", ".join(item.path for item in group[:limit])
        more = f" and {len(group) - limit} more" if len(group) > limit else ""
        yield f"{len(group)} {phrases.kind_word(RelationKind(kind))} ({weight}): {paths}{more}"


def _group(item: Item) -> tuple[int, str, str]:
    order = list(RelationKind).index(item.kind)
    return order, item.kind.value, item.significance.value if item.significance else ""


def standfirst(item: Item) -> tuple[str, str, str]:
    """A change as the beginning of a sentence: what happened, a preposition, a place."""
    claim = phrases.sentence(item.claim)
    if item.kind is RelationKind.ADDED:
        return (claim, "under", item.under) if item.under else (claim, "at the top level", "")
    if item.kind is RelationKind.REMOVED:
        return (claim, "from", item.under) if item.under else (claim, "from the top level", "")
    return claim, "", item.path
