"""Views of every kind, made by hand, with hostile words in all of them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from clausetrail.model import (
    Announced,
    Announcement,
    BlameLine,
    Change,
    ClauseTree,
    DatedChanges,
    DateKind,
    DeclaredDate,
    DocumentInfo,
    End,
    LifeEvent,
    Operation,
    OperationKind,
    Reading,
    RelationKind,
    SearchHit,
    Significance,
    Stats,
    Verdict,
    Version,
)
from clausetrail.model import Certainty as Sure
from tests.changelog.loader import CASES, dated, document, facts_of, outline, version

EVIL = "<script>alert(1)</script> \x1b[31m \u202e [x](javascript:alert(1)) \n# heading"
TEXT = """
# Usage policy
  {§ 3} Keep to the law.
  * {(a)} **Be kind.** Always.
    * No gambling.
"""


def tree() -> ClauseTree:
    return outline(TEXT)


def first() -> Version:
    return version({"version": 1, "first_seen": datetime(2024, 1, 2, tzinfo=UTC)})


def second() -> Version:
    seen = {"before": datetime(2024, 2, 1, tzinfo=UTC), "first_seen": datetime(2024, 2, 3, tzinfo=UTC)}
    return version({"version": 2, **seen})


def dates() -> tuple[DeclaredDate, ...]:
    return (
        DeclaredDate(DateKind.EFFECTIVE, date(2024, 1, 10), "Effective 10 January 2024", 0),
        DeclaredDate(DateKind.UPDATED, date(2024, 1, 1), "Updated January 2024", 0, "month"),
        DeclaredDate(DateKind.EFFECTIVE, date(2023, 1, 10), "Effective 10 January 2023", 1),
    )


def reading() -> Reading:
    entries = (Announcement(date(2024, 1, 9), EVIL, 3), Announcement(date(2023, 1, 9), "Earlier.", 3))
    return Reading(tree(), Verdict(True), dates(), entries, "en", "Usage policy")


def end() -> End:
    return End("latest", tree(), second(), dates(), (EVIL,), (7, 8, 9, 10), "live", "ab" * 32)


def info() -> DocumentInfo:
    seen = datetime(2024, 1, 2, tzinfo=UTC)
    counts = {"snapshots": 12, "versions": 2, "changes": 1234, "flaps": 1}
    times = {"first_seen": seen, "last_seen": seen, "last_change": seen}
    return DocumentInfo("northlight/使用", "Northlight", EVIL, "ODC-By-1.0", "Some Archive", **counts, **times)


def blame() -> list[BlameLine]:
    versions = (first(), second(), second(), first())
    return [BlameLine(p, p.position + 7, first(), v) for p, v in zip(tree().places(), versions, strict=True)]


def life() -> list[LifeEvent]:
    edit = Change(
        RelationKind.EDITED,
        (0,),
        (0,),
        Sure.LIKELY,
        Significance.SUBSTANTIVE,
        operations=(Operation(OperationKind.EQUAL, "Be "), Operation(OperationKind.INSERT, EVIL)),
    )
    announced = Announced(dates(), dates()[:1], (Announcement(date(2024, 1, 9), EVIL, 3),))
    return [
        LifeEvent("introduced", first(), "1 › a", "Be"),
        LifeEvent("edited", second(), "1 › a", "Be kind", edit, others=(4, 5)),
        LifeEvent("removed", second(), "1 › a", "Be kind", announced=announced),
        LifeEvent("reinstated", second(), "1 › a", "Be kind"),
    ]


def hits() -> list[SearchHit]:
    words = f"{'far away ' * 40}no gambling here {'after that ' * 40}{EVIL}"
    start = words.index("gambling")
    mark = ((start, start + 8),)
    gone = SearchHit("northlight/usage", 4, "1 › a", words, mark, first(), first(), False)
    return [gone, SearchHit("northlight/usage", 5, "2", "gambling", ((0, 8),), first(), second(), True)]


def stats() -> Stats:
    seen = datetime(2024, 1, 2, tzinfo=UTC)
    by_kind, by_weight = (("edited", 30), ("added", 3)), (("substantive", 33),)
    return Stats(3, 40, 20, 33, 100, 120, 2, seen, seen, 12_345_678, 999, by_kind, by_weight, (("live", 40),))


def published() -> tuple[DocumentInfo, list[DatedChanges]]:
    facts = facts_of(CASES / "published")
    return document(facts), [dated(one) for one in facts["entries"]]
