"""The publisher's own changelog: dated entries under a heading that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from clausetrail.model import Announcement, Clause, ClauseKind
from clausetrail.parser.calendar_forms import PrintedDate, printed_dates

_HEADING = re.compile(
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
    r"|改[定訂]履歴|更新履歴|개정 ?이력|변경 ?(?:이력|내역)",
    re.IGNORECASE,
)
_HEADING_SIZE = 80
_PREFIX = re.compile(
    r"[\s(\[*•–-]*(?:(?:on|the|updated?|effective|version|le|am|vom|el|em|il|op|dnia|la"
    r"|den)\s+){0,2}(?:v?\d[\d.]*\s*[:–—-]?\s*)?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"[\s:：|.,–—)\]-]*")


def announcements(clauses: Sequence[Clause]) -> tuple[tuple[Announcement, ...], frozenset[int]]:
    """Entries in reading order, and the positions of all clauses that they are made of.

    An entry is a clause under such a heading that begins with a date, with all that stands beneath it; its text is
    without the date.
    """
    made: list[Announcement] = []
    taken: set[int] = set()
    for start, end in _changelogs(clauses):
        i = start + 1
        while i < end:
            beneath = i + 1
            if printed := opening_date(clauses[i]):
                beneath = _beneath(clauses, i)
                texts = [_rest(clauses[i], printed), *(c.printed for c in clauses[i + 1 : beneath])]
                made.append(Announcement(printed.on, " ".join(filter(None, texts)), i))
                taken.update(range(i, beneath))
            i = beneath
    return tuple(a for a in made if a.text), frozenset(taken)


def opening_date(clause: Clause) -> PrintedDate | None:
    """The date that the clause begins with."""
    text = clause.printed
    prefix = _PREFIX.match(text)
    for reach in {0, prefix.end() if prefix else 0}:
        printed = next(printed_dates(text[reach : reach + 40]), None)
        if printed and printed.start <= 1:
            return PrintedDate(reach + printed.start, reach + printed.end, printed.on, printed.other, printed.precision)
    return None


def _rest(clause: Clause, printed: PrintedDate) -> str:
    text = clause.printed[printed.end :]
    gap = _SUFFIX.match(text)
    return text[gap.end() :] if gap else text


def _changelogs(clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """(heading, end) of each section that is a changelog, if it holds a dated entry."""
    end = 0
    for i, clause in enumerate(clauses):
        if clause.kind is ClauseKind.SECTION and i >= end and _names_changelog(clause.words):
            end = _beneath(clauses, i)
            if any(opening_date(c) for c in clauses[i + 1 : end]):
                yield i, end


@lru_cache(maxsize=1 << 14)
def _names_changelog(heading: str) -> bool:
    return len(heading) <= _HEADING_SIZE and bool(_HEADING.search(heading))


def _beneath(clauses: Sequence[Clause], i: int) -> int:
    """The position after the last descendant."""
    stack, count = [clauses[i]], 0
    while stack:
        clause = stack.pop()
        count += 1
        stack.extend(clause.children)
    return i + count
