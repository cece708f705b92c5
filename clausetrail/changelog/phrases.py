"""The words in which every surface tells the same things: one vocabulary for terminal, changelog, mail and web."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from clausetrail.changelog import dates
from clausetrail.model import (
    Announced,
    Certainty,
    Change,
    ClauseKind,
    Correction,
    Junk,
    Origin,
    RelationKind,
    Signal,
    Significance,
    Standing,
    Version,
    VersionOrigin,
    Withdrawal,
)

MARKS = {
    RelationKind.SAME: " ",
    RelationKind.RELABELLED: "#",
    RelationKind.EDITED: "~",
    RelationKind.MOVED: ">",
    RelationKind.MOVED_EDITED: "»",
    RelationKind.SPLIT: "÷",
    RelationKind.MERGED: "&",
    RelationKind.REWRITTEN: "≈",
    RelationKind.ADDED: "+",
    RelationKind.REMOVED: "-",
}
"""Gutter marks; the word always stands beside them."""

WORDS = {
    RelationKind.SAME: "unchanged",
    RelationKind.MOVED_EDITED: "moved and edited",
}

SHAPES = {
    ClauseKind.SECTION: "heading",
    ClauseKind.PARAGRAPH: "paragraph",
    ClauseKind.ITEM: "list item",
    ClauseKind.ROW: "table row",
    ClauseKind.QUOTE: "quote",
}

BEFORE_HEADINGS = "(before the first heading)"
NOTHING_CHANGED = "Nothing changed: the words of both ends are the same."
NOT_ASSESSED = "not assessed (no rules for this language)"
SILENT = "silent: no new date, no changelog entry"
FIRST = "first observed"
UNATTRIBUTED = "unattributed: came with an upgrade of the archive, and may not be the publisher's doing"
TECHNICAL = "technical: only the reading of the page changed"
PENDING = "pending: not confirmed by a later observation yet"
FLAP = "flap: the words went back before they were confirmed"
SUPERSEDED = "superseded: other words followed before these were confirmed"

GRADES = {
    Origin.LIVE: "the page as it was served",
    Origin.BROWSER: "the page as a browser drew it, not as it was served",
    Origin.WAYBACK: "the page as the Wayback Machine kept it",
    Origin.WARC: "the page as a web archive kept it",
    Origin.OTA_HTML: "the page as Open Terms Archive kept it",
    Origin.OTA_MARKDOWN: "text that Open Terms Archive took from the page, which itself is not here",
    Origin.FILE: "a file that somebody brought",
}
"""What the bytes of a snapshot are: the grade of the evidence, in words."""

SMALL = frozenset({Significance.EDITORIAL, Significance.TYPOGRAPHIC, Significance.STRUCTURAL})
"""What a reader in a hurry may skip.  A change that was not assessed is none of them."""

BULK_SIGNALS = {"added": "new words", "removed": "words gone", "new-text": "much other text"}
"""Signals whose words are those of the change itself, which stand beside them anyway."""

_SIGNALS_SHOWN = 4
_QUOTED = 60


def kind_word(kind: RelationKind) -> str:
    """`added`, `moved and edited`, …"""
    return WORDS.get(kind, kind.value)


def claim(change: Change) -> str:
    """What is said to have happened, with how sure: `removed`, `likely removed`."""
    word = kind_word(change.kind)
    return word if change.certainty is Certainty.FIRM else f"likely {word}"


def quoted(text: str, limit: int = _QUOTED) -> str:
    """In quotation marks, cut after `limit` characters."""
    return f"“{shortened(text, limit)}”"


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, ended by `…` where cut, at a space if one is near."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ", limit * 2 // 3)
    return (head[:cut] if cut > 0 else head).rstrip() + "…"


def counted(count: int, thing: str) -> str:
    """`1 change`, `2 changes`."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


BY_HAND = "corrected by hand"
"""Name of the signal of a ruling; its words are the reason that was given."""


def ruled(one: Correction) -> str:
    """`corrected by hand: junk, by Ada on 2024-05-17: a login wall (snapshot 0a1b2c3d4e5f)`."""
    day = f" {one.declared.kind.value} {one.declared.on.isoformat()}" if one.declared else ""
    which = f" (snapshot {one.snapshot[:12]})" if one.snapshot else ""
    return f"{BY_HAND}: {one.kind.value}{day}, by {one.who} on {one.when.isoformat()}: {one.why}{which}"


def signal(one: Signal) -> str:
    """`modal “may” → “must”`, `exception “except …” added`, `number “13” gone`."""
    if one.name in BULK_SIGNALS:
        return BULK_SIGNALS[one.name]
    if one.name == BY_HAND:
        return f"{BY_HAND}: {one.new}"
    name = one.name.replace("-", " ").replace("_", " ")
    if one.old and one.new:
        return f"{name} {quoted(one.old)} → {quoted(one.new)}"
    if one.new:
        return f"{name} {quoted(one.new)} added"
    return f"{name} {quoted(one.old)} gone" if one.old else name


def signals(all_of_them: Sequence[Signal]) -> str:
    """In few words; what does not fit is counted."""
    shown = list(dict.fromkeys(map(signal, all_of_them)))
    rest = len(shown) - _SIGNALS_SHOWN
    return ", ".join(shown[:_SIGNALS_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def significance(value: Significance) -> str:
    """The word for it; for one without rules, why there is none."""
    return NOT_ASSESSED if value is Significance.NOT_ASSESSED else value.value


def weight(change: Change) -> str:
    """Significance and what decided it: `substantive: modal “may” → “must”`."""
    word = significance(change.significance)
    return f"{word}: {signals(change.signals)}" if change.signals else word


def kind_counts(kinds: Iterable[RelationKind]) -> tuple[tuple[RelationKind, int], ...]:
    """How many of each, in the order of `RelationKind`, kinds with none left out."""
    counts = Counter(kinds)
    return tuple((kind, counts[kind]) for kind in RelationKind if counts[kind])


def kinds(counts: Iterable[tuple[RelationKind, int]]) -> str:
    """`3 added, 2 edited`."""
    return ", ".join(f"{count:,} {kind_word(kind)}" for kind, count in counts)


def significances(changes: Iterable[Change]) -> str:
    """`4 substantive, 2 editorial`."""
    counts = Counter(change.significance for change in changes)
    return ", ".join(f"{counts[value]:,} {value.value}" for value in Significance if counts[value])


def summary(changes: Sequence[Change]) -> str:
    """One sentence on all changes of a comparison."""
    if not changes:
        return NOTHING_CHANGED
    told = kinds(kind_counts(change.kind for change in changes))
    return f"{counted(len(changes), 'change')}: {told} ({significances(changes)})"


def standing(version: Version) -> str:
    """What stands against taking the version at face value; empty where nothing does."""
    told = {Standing.PENDING: PENDING, Standing.FLAP: FLAP, Standing.SUPERSEDED: SUPERSEDED}
    return told.get(version.standing, "")


def origin(version: Version) -> str:
    """Who made the version, where it is not plainly the publisher."""
    told = {
        VersionOrigin.FIRST: FIRST,
        VersionOrigin.UNATTRIBUTED: UNATTRIBUTED,
        VersionOrigin.TECHNICAL: TECHNICAL,
    }
    return told.get(version.origin, "")


def reverts(version: Version) -> str:
    """That a version is an earlier one again; empty where it is not."""
    return f"goes back to the words of version {version.reverts_to}" if version.reverts_to else ""


def is_silent(version: Version, announced: Announced) -> bool:
    """Whether to say that nothing announced the version: a change of the publisher's own that stood."""
    return version.origin is VersionOrigin.CHANGE and announced.silent


def withdrawn(one: Withdrawal) -> str:
    """When a document was taken away, and whether it came back."""
    back = f", back by {dates.day(one.returned)}" if one.returned else ""
    now = next((f", renamed to {name}" for key, name in one.provenance if key == "renamed"), "")
    seen = any(key == "gone" for key, _ in one.provenance)
    what = "its server said that it is gone" if seen else "withdrawn, or no longer tracked: the archive does not say"
    return f"taken away {dates.day(one.at)}{now}{back} ({what})"


def passed_over(one: Junk) -> str:
    """What was seen in the place of a policy, how often and when."""
    span = " to ".join(dict.fromkeys((dates.day(one.first), dates.day(one.last))))
    return f"no policy: {one.reason}, {counted(one.count, 'snapshot')}, {span} (kept as evidence; no version)"


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]
