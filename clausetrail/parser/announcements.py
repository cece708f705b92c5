"""The publisher's own changelog: dated entries under a heading that says so, dated entries one after the other that
speak of changes, and a summary of changes without dates, which is of the day that the page declares."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from clausetrail.model import Announcement, Clause, ClauseKind, DateKind, DeclaredDate
from clausetrail.parser import announcement_words
from clausetrail.parser.calendar_forms import YEAR, PrintedDate, printed_dates
from clausetrail.parser.dates import bare_date

_HEADING = re.compile(
    # Of a text in lower case: without IGNORECASE the search skips what cannot begin an alternative.
    r"change\s?-?log|change history|revision history|version history|history of (?:changes|revisions)|update history"
    r"|what['’]s (?:new|changed)|summary of (?:recent |key |the )?(?:changes|updates)|recent (?:changes"
    r"|updates)|updates? log|release notes"
    r"|policy updates|latest updates|document history|log of changes"
    r"|historique des (?:modifications|versions|mises à jour|changements)|journal des modifications|nouveautés"
    r"|résumé des modifications"
    r"|änderungs(?:verlauf|protokoll|historie|übersicht)|versions(?:verlauf|historie)|was ist neu"
    r"|zusammenfassung der änderungen"
    r"|historial de (?:cambios|versiones|revisiones)|registro de cambios|novedades|resumen de (?:los )?cambios"
    r"|histórico de (?:alterações|versões|revisões)|registro de alterações|novidades|resumo das alterações"
    r"|cronologia delle (?:modifiche|versioni|revisioni)|registro delle modifiche|novità|riepilogo delle modifiche"
    r"|wijzigingsgeschiedenis|wijzigingenlog|versiegeschiedenis|wat is er nieuw|overzicht van (?:de )?wijzigingen"
    r"|historia (?:zmian|wersji)|dziennik zmian|co nowego|podsumowanie zmian"
    r"|istoricul (?:modificărilor|versiunilor|actualizărilor)|jurnal(?:ul)? de modificări|noutăți"
    r"|rezumatul modificărilor"
    r"|更新(?:日志|记录|历史|内容)|修订(?:记录|历史)"
    r"|变更(?:记录|日志)|版本(?:历史|记录)|変更履歴"
    r"|改[定訂]履歴|更新履歴|개정 ?이력|변경 ?(?:이력|내역)"
)
_HEADING_SIZE = 80
_PREFIX = re.compile(
    r"[\s(\[*•–-]*(?:(?:on|the|updated?|effective|version|le|am|vom|el|em|il|op|dnia|la"
    r"|den)\s+){0,2}(?:v?\d[\d.]*\s*[:–—-]?\s*)?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"[\s:：|.,–—)\]-]*")

_SUMMARY = re.compile(announcement_words.SUMMARIES)
_OF_CHANGE = re.compile(announcement_words.OF_CHANGE, re.IGNORECASE)
_YEAR = re.compile(YEAR)
_FEWEST = 3
_ORDERED = 0.8
"""Share of neighbours whose dates are in order: publishers mistype them too."""
_SHORTEST = 12
_BEGINS_SUMMARY = 0.5
"""Share of the page within which a summary of changes stands."""


def announcements(clauses: Sequence[Clause]) -> tuple[tuple[Announcement, ...], frozenset[int]]:
    """Entries in reading order, and the positions of all clauses that they are made of.

    An entry is a clause that begins with a date, with all that stands beneath it; its text is without the date.  A
    date alone in its clause takes what follows, up to the next date.
    """
    made: list[Announcement] = []
    taken: set[int] = set()
    for start, end in sorted({*_changelogs(clauses), *_runs(clauses)}):
        i = max(start, max(taken, default=-1) + 1)
        while i < end:
            beneath = i + 1
            if printed := opening_date(clauses[i]):
                beneath = _reach(clauses, i, end)
                texts = [_rest(clauses[i], printed), *(c.printed for c in clauses[i + 1 : beneath])]
                made.append(Announcement(printed.on, " ".join(filter(None, texts)), i))
                taken.update(range(i, beneath))
            i = beneath
    return tuple(a for a in made if a.text), frozenset(taken)


def summary_of_changes(
    clauses: Sequence[Clause], declared: Sequence[DeclaredDate], taken: frozenset[int]
) -> Announcement | None:
    """What stands under `Summary of changes` without dates of its own: news of the day that the page declares for
    its last update, or else its latest day.  None where the page declares no day."""
    days = [d.on for d in declared if d.kind is DateKind.UPDATED] or [d.on for d in declared]
    if not days:
        return None
    for i, clause in enumerate(clauses[: int(len(clauses) * _BEGINS_SUMMARY) + 1]):
        if clause.kind is ClauseKind.SECTION and i not in taken and _summarises(clause.words):
            beneath = clauses[i + 1 : _beneath(clauses, i)]
            text = " ".join(c.printed for c in beneath if c.printed)
            if text and not taken.intersection(range(i + 1, i + 1 + len(beneath))):
                return Announcement(max(days), text, i)
    return None


def _summarises(heading: str) -> bool:
    return len(heading) <= _HEADING_SIZE and bool(_SUMMARY.search(heading.lower()))


def _reach(clauses: Sequence[Clause], i: int, end: int) -> int:
    """The position after the entry that begins at i."""
    reach = min(end, _beneath(clauses, i))
    if bare_date(clauses[i].printed) and reach == i + 1:
        while reach < end and clauses[reach].kind is not ClauseKind.SECTION and not opening_date(clauses[reach]):
            reach += 1
    return reach


def _runs(clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """(first, end) of entries that follow one another, newest first or oldest first, and mostly speak of changes."""
    run: list[tuple[int, date]] = []
    end = 0
    for i, clause in enumerate(clauses):
        if i < end:
            continue
        printed = opening_date(clause) if _may_open(clause) else None
        if printed is None or len(_rest(clause, printed)) < _SHORTEST:
            continue
        if run and not (i == end and _is_like(clause, clauses[run[0][0]])):
            yield from _run(clauses, run, end)
            run = []
        run.append((i, printed.on))
        end = _beneath(clauses, i)
    yield from _run(clauses, run, end)


def _may_open(clause: Clause) -> bool:
    return clause.kind in (ClauseKind.ITEM, ClauseKind.PARAGRAPH) and bool(_YEAR.search(clause.words, 0, 60))


def _is_like(clause: Clause, other: Clause) -> bool:
    return clause.kind is other.kind and clause.depth == other.depth


def _run(clauses: Sequence[Clause], run: list[tuple[int, date]], end: int) -> Iterator[tuple[int, int]]:
    days = [day for _, day in run]
    falling, rising = (sum(map(follows, days, days[1:])) for follows in (operator.ge, operator.le))
    ordered = max(falling, rising) >= _ORDERED * (len(days) - 1)
    told = sum(bool(_OF_CHANGE.search(clauses[i].words)) for i, _ in run)
    if len(run) >= _FEWEST and ordered and 2 * told >= len(run):
        yield run[0][0], end


def opening_date(clause: Clause) -> PrintedDate | None:
    """The date that the clause begins with."""
    text = clause.printed
    prefix = _PREFIX.match(text)
    for reach in {0, prefix.end() if prefix else 0}:
        printed = next(iter(printed_dates(text[reach : reach + 40])), None)
        if printed and printed.start <= 1:
            return PrintedDate(reach + printed.start, reach + printed.end, printed.on, printed.other, printed.precision)
    return None


def _rest(clause: Clause, printed: PrintedDate) -> str:
    text = clause.printed[printed.end :]
    gap = _SUFFIX.match(text)
    return text[gap.end() :] if gap else text


def _changelogs(clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """(first clause, end) of each section that is a changelog, if it holds a dated entry."""
    end = 0
    for i, clause in enumerate(clauses):
        if clause.kind is ClauseKind.SECTION and i >= end and _names_changelog(clause.words):
            end = _beneath(clauses, i)
            if any(opening_date(c) for c in clauses[i + 1 : end]):
                yield i + 1, end


@lru_cache(maxsize=1 << 14)
def _names_changelog(heading: str) -> bool:
    return len(heading) <= _HEADING_SIZE and bool(_HEADING.search(heading.lower()))


def _beneath(clauses: Sequence[Clause], i: int) -> int:
    """The position after the last descendant."""
    stack, count = [clauses[i]], 0
    while stack:
        clause = stack.pop()
        count += 1
        stack.extend(clause.children)
    return i + count
