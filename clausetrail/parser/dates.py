"""Dates that a document declares for itself: `Effective: …`, `Last updated …`, `Stand: …`, `更新日期：…`.

A date counts where a keyword of `date_words` stands beside it and its clause is a date line, or a short clause near
the top or the end of a page.  Dates of statutes, of earlier versions and of changelog entries are not the document's.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from clausetrail.model import Clause, ClauseKind, DateKind, DeclaredDate
from clausetrail.parser import date_words
from clausetrail.parser.calendar_forms import YEAR, PrintedDate, printed_dates, short_dates
from clausetrail.parser.months import WEEKDAY

_LONGEST = 320
_NEAR = 12
"""Clauses at the top and at the end of a page among which a sentence may declare its date."""
_REACH = 120
"""Characters before a date among which its keyword is looked for."""
_SHORT = 60
"""Characters of a line that could be a title, or a label above a date."""
_LINE_REST = 30
"""Characters that a date line may hold besides keyword and date."""

_TOP = 4
"""Clauses at the very top among which a bare date is the document's."""

_DATED = re.compile(rf"(?=\d)(?:{YEAR}|\d[./-]\d\d?[./-]\d\d(?!\d)|[12１２][0-9０-９]{{3}})")
_KINDS = list(date_words.KEYWORDS)
_KEYWORD = re.compile(
    "|".join(
        f"(?P<k{n}>(?<![a-zà-ÿа-яёіїєґά-ώ])(?:{'|'.join(date_words.KEYWORDS[kind])}))" for n, kind in enumerate(_KINDS)
    ),
    re.IGNORECASE,
)
_BETWEEN = re.compile(date_words.CONNECTORS, re.IGNORECASE)
_AFTER = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in date_words.AFTER]
_RANGE = re.compile(date_words.RANGE, re.IGNORECASE)
_EARLIER = re.compile(date_words.EARLIER_VERSIONS, re.IGNORECASE)
_STATUTE = re.compile(date_words.STATUTES, re.IGNORECASE)
_DAY_NAME = re.compile(rf"[\s*_(\[|·•–—-]*(?:(?:on|le|el|il|am|den|den)\s)?(?:{WEEKDAY})?[,.\s]*", re.IGNORECASE)
_CLOSES = re.compile(r"[\s*_)\].,;|·•–—-]*(?:г\.?|р\.?|r\.?|года?|року)?[\s)\].]*", re.IGNORECASE)
# A date with no other keyword than `dated`, `as of`, `version` is the document's only if the clause begins with it.
_WEAK = re.compile(
    r"(?:dated|date|version(?: dated)?|datum|datée? du|fecha|data(?: di)?|as of|updates?|stand|日期|日付|날짜|publicat"
    r"|changed|geändert|gewijzigd|adopted|enacted|established|issued|dato|päiväys|tarih|дата|ημερομηνία|tanggal|ngày"
    r"|التاريخ|утвержден\w*|ban hành|změn(?:a|y)|endret|ändra[dt])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A declared date within one clause."""

    kind: DateKind
    printed: PrintedDate
    text: str
    is_line: bool
    """The clause says little else."""


def declared_dates(
    clauses: Sequence[Clause], language: str, skipped: frozenset[int] = frozenset()
) -> tuple[DeclaredDate, ...]:
    """In reading order.  `skipped` holds positions of changelog entries.

    `8/11/2026` is read in the order that another declared date proves, else by the language.
    """
    found = [(i, f) for i, f in _candidates(clauses) if i not in skipped]
    if not found:
        return ()
    listed = _listed_versions(clauses, [i for i, _ in found])
    edges = _edges(clauses)
    first = month_first({f.printed.order for _, f in found}, language)
    return tuple(
        _declared(i, f, month_comes_first=first)
        for i, f in found
        if i not in listed and (f.is_line or _is_near(i, edges)) and not _is_of_earlier_version(clauses, i)
    )


def month_first(orders: Collection[str], language: str) -> bool:
    """Whether `8/11/2026` is read as 11 August, on a page whose other dates prove these orders (`PrintedDate.order`).

    `language` is a tag such as `en` or `en-GB`: of those that print the month first only American English is common.
    """
    if "day" in orders or "month" in orders:
        return "day" not in orders
    return language.lower() in ("en", "en-us", "en-ph")


def _declared(position: int, found: _Found, *, month_comes_first: bool) -> DeclaredDate:
    return DeclaredDate(
        found.kind, found.printed.read(month_comes_first), found.text, position, found.printed.precision
    )


def _candidates(clauses: Sequence[Clause]) -> Iterator[tuple[int, _Found]]:
    for i in [i for i, clause in enumerate(clauses) if _may_declare(clause.words)]:
        in_clause = _in_text(clauses[i].printed)
        for found in in_clause:
            yield i, found
        if not in_clause and (bare := bare_date(clauses[i].printed)):
            below = _below_keyword(clauses[i - 1].printed, clauses[i].printed, bare) if i else None
            if below or _is_byline(clauses, i):
                yield (
                    i,
                    below or _Found(DateKind.PUBLISHED, bare, clauses[i].printed[bare.start : bare.end], is_line=True),
                )


@lru_cache(maxsize=1 << 16)
def _may_declare(words: str) -> bool:
    return len(words) <= _LONGEST and bool(_DATED.search(words))


def date_line(text: str) -> tuple[PrintedDate, ...]:
    """The dates in a text that does little more than declare them, or is nothing but a date; else none.

    A function of the text alone.
    """
    if not _may_declare(text):
        return ()
    found = _in_text(text)
    if not found:
        bare = bare_date(text)
        return (bare,) if bare else ()
    if not found[0].is_line:
        return ()
    return printed_dates(text) or tuple(f.printed for f in found)


def bare_date(text: str) -> PrintedDate | None:
    """The date that a text is, but for the name of its weekday and marks around it."""
    printed = next(iter(printed_dates(text)), None)
    if printed is None or len(text) > printed.end - printed.start + _LINE_REST:
        return None
    alone = _DAY_NAME.fullmatch(text, 0, printed.start) and _CLOSES.fullmatch(text, printed.end)
    return printed if alone else None


def _is_byline(clauses: Sequence[Clause], position: int) -> bool:
    """A bare date under the title, before anything else is said: there is one of them, and no list of them."""
    if position >= _TOP or clauses[position].kind not in (ClauseKind.PARAGRAPH, ClauseKind.SECTION):
        return False
    above, below = clauses[:position], clauses[position + 1 : position + 2]
    return all(c.kind is ClauseKind.SECTION or len(c.words) <= _SHORT for c in above) and not any(
        bare_date(c.printed) for c in (*above, *below)
    )


@lru_cache(maxsize=1 << 14)
def _in_text(text: str) -> tuple[_Found, ...]:
    spans = list(_spans(text))
    if not spans:
        return ()
    tail = text[spans[-1][1] :]
    said = 0 if _EARLIER.search(tail) else len(tail)
    rest = spans[0][0] + said + sum(b[0] - a[1] for a, b in itertools.pairwise(spans))
    return tuple(_Found(kind, printed, text[start:end], rest <= _LINE_REST) for start, end, kind, printed in spans)


def _spans(text: str) -> Iterator[tuple[int, int, DateKind, PrintedDate]]:
    """(start, end, kind, date) of each declaration, keyword included."""
    before_from = 0
    for printed in printed_dates(text) or (short_dates(text) if len(text) <= _SHORT else ()):
        before = text[before_from : printed.start]
        if _EARLIER.search(before):
            return
        ends_range = before_from > 0 and _RANGE.fullmatch(before)
        declared = None if ends_range else _declaration(text, before_from, printed)
        if declared:
            yield (*declared, printed)
        before_from = printed.end


def _declaration(text: str, start: int, printed: PrintedDate) -> tuple[int, int, DateKind] | None:
    start = max(start, printed.start - _REACH)
    before = text[start : printed.start]
    for keyword in reversed(list(_KEYWORD.finditer(before))):
        if not _BETWEEN.fullmatch(before, keyword.end()):
            break
        opens = start == 0 and not before[: keyword.start()].strip(" ([*_>")
        if opens or not (_WEAK.fullmatch(keyword.group().strip()) or _STATUTE.search(before)):
            return start + keyword.start(), printed.end, _kind(keyword)
    for kind, pattern in _AFTER:
        if after := pattern.match(text, printed.end):
            return printed.start, after.end(), kind
    return None


def _kind(keyword: re.Match[str]) -> DateKind:
    return _KINDS[int((keyword.lastgroup or "k0")[1:])]


def _below_keyword(above: str, text: str, printed: PrintedDate) -> _Found | None:
    """A date alone in its clause, under a clause that is its keyword."""
    keyword = _KEYWORD.match(above) if len(above) <= _SHORT else None
    if keyword is None or not _BETWEEN.fullmatch(above, keyword.end()):
        return None
    return _Found(_kind(keyword), printed, f"{above} {text}", is_line=True)


def _listed_versions(clauses: Sequence[Clause], positions: list[int]) -> set[int]:
    """Items and rows that stand in a row of three or more, each with a date: a list of versions."""
    items = sorted({i for i in positions if clauses[i].kind in (ClauseKind.ITEM, ClauseKind.ROW)})
    return {i for i in items if sum(j in items for j in range(i - 2, i + 3)) >= 3}


def _edges(clauses: Sequence[Clause]) -> list[int]:
    """Positions at which a page begins, and the one after the last."""
    tops = [
        i
        for i, c in enumerate(clauses)
        if c.depth == 1 and c.kind is ClauseKind.SECTION and any(d.kind is ClauseKind.SECTION for d in c.children)
    ]
    return [0, *tops, len(clauses)]


def _is_near(position: int, edges: list[int]) -> bool:
    return any(-_NEAR <= position - edge <= _NEAR for edge in edges)


def _is_of_earlier_version(clauses: Sequence[Clause], position: int) -> bool:
    """Whether a heading above it speaks of earlier versions."""
    level = clauses[position].depth if clauses[position].kind is ClauseKind.SECTION else 99
    for clause in reversed(clauses[max(0, position - 200) : position]):
        if clause.kind is ClauseKind.SECTION and clause.depth < level:
            level = clause.depth
            if _EARLIER.search(clause.heading):
                return True
    return False
