"""Bytes of one page → `Reading`."""

from __future__ import annotations

from collections.abc import Sequence

from clausetrail.errors import ParseError
from clausetrail.model import Clause, ClauseKind, Decision, Reading, Selector, Verdict, VerdictReason
from clausetrail.parser.announcements import announcements, summary_of_changes
from clausetrail.parser.block import Block, Page
from clausetrail.parser.dates import declared_dates
from clausetrail.parser.decode import HTML, MARKDOWN, MEDIA_TYPES, PDF, PLAIN, XHTML, decode
from clausetrail.parser.html import decisions, read_html
from clausetrail.parser.language import language_of, with_region
from clausetrail.parser.limits import check_html, check_markdown, check_plain
from clausetrail.parser.markdown import read_line, read_markdown
from clausetrail.parser.plain import lines_are_blocks, read_lines, read_paragraphs
from clausetrail.parser.rules import decide, finish
from clausetrail.parser.tree import tree
from clausetrail.parser.verdict import Marks, judge, look_of

_PARAGRAPHS = 8
_CHECKS = {MARKDOWN: check_markdown, PLAIN: check_plain, HTML: check_html, XHTML: check_html}


def read(
    body: bytes,
    media_type: str,
    *,
    url: str = "",
    charset: str = "",
    select: Sequence[Selector] = (),
    remove: Sequence[Selector] = (),
) -> Reading:
    """The page as a tree of clauses, with what it declares of itself.  A pure function of its arguments.

    `media_type` is `text/markdown`, `text/html`, `application/xhtml+xml`, `text/plain` or `application/pdf`,
    without parameters; `charset` is what the server said of it, if it did, and is believed as far as `decode` tells.
    Bytes that are no valid UTF-8 are decoded all the same; a page without words gets the verdict
    `empty`.  `select` and `remove` are CSS selectors and ranges that the source declares for HTML: with `select`, the
    text that they find is all that is read; what `remove` finds is not read.
    Raises ParseError for another media type, for more than `MAX_BYTES` or what `limits` allows, for binary content, and
    for a selector that is none.
    """
    if media_type not in MEDIA_TYPES:
        raise ParseError(
            f"has the media type {media_type or 'unknown'!r}, which is not read; use one of {', '.join(MEDIA_TYPES)}"
        )
    page, why_empty = (
        _pdf_page(body) if media_type == PDF else (_text_page(body, media_type, url, charset, select, remove), "empty")
    )
    page.base = page.base or url
    decide(page)
    clauses_tree = tree(page)
    clauses = tuple(clauses_tree.walk())
    if not clauses:
        return Reading(clauses_tree, _why(page, why_empty), title=page.title, facts=page.facts, flags=page.flags)
    language = language_of(c.words for c in clauses)
    entries, taken = announcements(clauses)
    declared = declared_dates(clauses, with_region(language, page.language), taken)
    summary = summary_of_changes(clauses, declared, taken)
    return Reading(
        tree=clauses_tree,
        verdict=_verdict(page, clauses, language),
        declared=declared,
        announcements=(summary, *entries) if summary else entries,
        language=language,
        title=_title(clauses_tree.root.children) or page.title,
        facts=page.facts,
        flags=page.flags,
    )


def explain(
    body: bytes,
    media_type: str,
    *,
    url: str = "",
    charset: str = "",
    select: Sequence[Selector] = (),
    remove: Sequence[Selector] = (),
) -> tuple[Decision, ...]:
    """Why each block of an HTML page was read or was not, in reading order.  What is no HTML is kept whole.

    Takes the same arguments and raises the same errors as `read`.
    """
    if media_type not in (HTML, XHTML):
        clauses = read(body, media_type, url=url, charset=charset).tree.walk()
        return tuple(Decision(True, "text", c.line, "", f"{c.label} {c.printed}".strip()) for c in clauses)
    text, _ = decode(body, media_type, charset)
    page = read_html(_one_kind_of_line_break(text), url=url, select=select, remove=remove)
    return tuple(decisions(page.layout, page.elements))


def _verdict(page: Page, clauses: tuple[Clause, ...], language: str) -> Verdict:
    """The verdict of a page with words.  What is no HTML was cut out of its page already: it is not called empty."""
    found = judge(look_of(clauses, title=page.title, language=language, marks=page.marks or Marks))
    return Verdict(True) if page.marks is None and found.reason == VerdictReason.EMPTY else found


def _why(page: Page, otherwise: str) -> Verdict:
    """The verdict of a page without words: a script shell and a bot challenge show nothing but their marks."""
    found = judge(look_of((), title=page.title, marks=page.marks)) if page.marks else Verdict(True)
    return Verdict(False, otherwise) if found.policy else found


def _pdf_page(body: bytes) -> tuple[Page, str]:
    """The page, and what its verdict is if nothing is on it."""
    from clausetrail.parser.pdf import read_pdf

    read = read_pdf(body)
    return Page(*finish(read.blocks), title=read.title), read.reason or "empty"


def _text_page(
    body: bytes, media_type: str, url: str, charset: str, select: Sequence[Selector], remove: Sequence[Selector]
) -> Page:
    text, flags = decode(body, media_type, charset)
    _CHECKS[media_type](text)
    page = _page(text, media_type, url, select, remove)
    page.flags = flags
    return page


def _page(text: str, media_type: str, url: str, select: Sequence[Selector], remove: Sequence[Selector]) -> Page:
    text = _one_kind_of_line_break(text)
    if media_type == MARKDOWN:
        if lines_are_blocks(text):
            return Page(*read_lines(text, read_line), markup_lost=True)
        return Page(*read_markdown(text))
    if media_type == PLAIN:
        whole = lines_are_blocks(text)
        return Page(*(read_lines(text) if whole else read_paragraphs(text)), markup_lost=True)
    html = read_html(text, url=url, select=select, remove=remove)
    blocks, lines = finish(html.blocks)
    return Page(
        blocks,
        lines,
        markup_lost=_is_unmarked(blocks),
        title=html.title,
        facts=html.facts,
        marks=html.marks,
        base=html.base,
        language=html.facts.language,
    )


def _is_unmarked(blocks: list[Block]) -> bool:
    """Whether a page of many paragraphs marks none of them as a heading below its title: no tag, no bold type."""
    marked = sum(block.title_like or (block.kind is ClauseKind.SECTION and block.level > 1) for block in blocks)
    return not marked and sum(block.kind is ClauseKind.PARAGRAPH for block in blocks) >= _PARAGRAPHS


def _one_kind_of_line_break(text: str) -> str:
    if "\0" in text or "\r" in text:
        return text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    return text


def _title(top: tuple[Clause, ...]) -> str:
    """The first heading of the outermost level."""
    return next((clause.heading for clause in top if clause.kind is ClauseKind.SECTION), "")
