"""Running headers and footers and page numbers are no part of the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import groupby

from clausetrail.parser.pdf.lines import Line

_OUTERMOST = 3
"""Lines at the top and at the bottom of a page that may be furniture."""
_MARGIN = 0.15
_SAME_HEIGHT = 6
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|página|pagina|strona|sida|side|страница|第)\s*)?(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:/|\||of|von|de|sur|di|z|av|van|из|共)\s*\d{1,4})?\s*[页頁]?\W*",
    re.IGNORECASE,
)
_AT_END = re.compile(r"^(\d{1,4})\s+(?=\S)|(?<=\S)\s+(\d{1,4})$")
_TITLES = re.compile(
    "(?:table of )?contents|inhalt(?:sverzeichnis)?|sommaire|table des matières|[ií]ndice|sumário|目次|目录|目錄|목차",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:[.·…_]\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})$")


def without_furniture(lines: list[Line]) -> list[Line]:
    """The lines without those that repeat in the margins of pages, page numbers, and a table of contents."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.style.size] += len(line.text)
    pages = [list(group) for _, group in groupby(lines, lambda line: line.page)]
    body = max(sizes, key=sizes.__getitem__, default=0.0)
    found = [*_page_numbers(pages), *_counted(pages, body), *_repeated(pages, body), *_contents(lines)]
    dropped = set(map(id, found))
    return [line for line in lines if id(line) not in dropped]


def _outermost(page: list[Line]) -> list[Line]:
    """Those lines at the top and the bottom that lie in the margins."""
    ordered = sorted(page, key=lambda line: line.y)
    ends = {id(line): line for line in [*ordered[:_OUTERMOST], *ordered[-_OUTERMOST:]]}
    return [line for line in ends.values() if not _MARGIN * line.height < line.y < (1 - _MARGIN) * line.height]


def _page_numbers(pages: list[list[Line]]) -> list[Line]:
    found = [line for page in pages for line in _outermost(page) if _PAGE_NUMBER.fullmatch(line.text)]
    # A lone number on one page of many may be anything; on a single page it says `Page`, or `1 / 1`.
    return found if len(found) > 1 or len(pages) == 1 else []


def _repeated(pages: list[list[Line]], body: float) -> list[Line]:
    """What stands, but for its numbers, at the same height on a good part of the pages.

    In what is larger than the body every word counts, and so does a number: it may be that of a heading."""
    alike: dict[tuple[str, float], list[Line]] = defaultdict(list)
    for page in pages:
        for line in _outermost(page):
            text = line.text if line.style.size > body else _NUMBER.sub("#", line.text)
            alike[text.casefold(), line.style.size].append(line)
    # Odd and even pages may have headers of their own.
    fewest = max(2, 0.3 * len(pages))
    return [line for group in alike.values() for line in _at_one_height(group, fewest)]


def _at_one_height(group: list[Line], fewest: float) -> list[Line]:
    heights = sorted(line.y for line in group)
    usual = heights[len(heights) // 2]
    near = [line for line in group if abs(line.y - usual) <= _SAME_HEIGHT]
    return near if len({line.page for line in near}) >= fewest else []


def _counted(pages: list[list[Line]], body: float) -> list[Line]:
    """The first or last line of a page that begins or ends with a number which goes up with the pages: the header of
    a chapter is on too few pages to be known by its words."""
    counted: dict[tuple[bool, int], list[Line]] = defaultdict(list)
    for page in pages:
        for line in (line for line in _outermost(page) if line.style.size <= body):
            top = line.y < line.height / 2
            numbers = {int(match[1] or match[2]) for match in _AT_END.finditer(line.text)}
            for number in numbers:
                counted[top, number - line.page].append(line)
    fewest = max(3, 0.3 * len(pages))
    return [line for group in counted.values() if len({x.page for x in group}) >= fewest for line in group]


def _contents(lines: list[Line]) -> list[Line]:
    """Lines that lead over dots to the number of a page, and the title above the first of them."""
    led = [i for i, line in enumerate(lines) if _LEADERS.search(line.text)]
    title = lines[led[0] - 1 : led[0]] if led else []
    return [lines[i] for i in led] + [line for line in title if _TITLES.fullmatch(line.text.strip(" :"))]
