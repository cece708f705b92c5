"""Bytes of one page → `Reading`."""

from __future__ import annotations

from clausetrail.errors import ParseError
from clausetrail.model import Clause, ClauseKind, Reading, Verdict
from clausetrail.parser.announcements import announcements
from clausetrail.parser.block import Page
from clausetrail.parser.dates import declared_dates
from clausetrail.parser.decode import MARKDOWN, MEDIA_TYPES, PLAIN, decode
from clausetrail.parser.html import read_html
from clausetrail.parser.language import language_of
from clausetrail.parser.markdown import read_line, read_markdown
from clausetrail.parser.plain import lines_are_blocks, read_lines, read_paragraphs
from clausetrail.parser.rules import decide, finish
from clausetrail.parser.tree import tree


def read(body: bytes, media_type: str, *, url: str = "") -> Reading:
    """The page as a tree of clauses, with what it declares of itself.  A pure function of its arguments.

    `media_type` is `text/markdown`, `text/html`, `application/xhtml+xml` or `text/plain`, without parameters.
    Bytes that are no valid UTF-8 are decoded all the same; a page without words gets the verdict `empty`.
    Raises ParseError for another media type, for more than `MAX_BYTES` and for binary content.
    """
    if media_type not in MEDIA_TYPES:
        raise ParseError(
            f"has the media type {media_type or 'unknown'!r}, which is not read; use one of {', '.join(MEDIA_TYPES)}"
        )
    page = _page(decode(body, media_type), media_type)
    decide(page)
    clauses_tree = tree(page)
    clauses = tuple(clauses_tree.walk())
    if not clauses:
        return Reading(clauses_tree, Verdict(False, "empty"), title=page.title)
    language = language_of(c.words for c in clauses)
    entries, taken = announcements(clauses)
    return Reading(
        tree=clauses_tree,
        verdict=Verdict(True),
        declared=declared_dates(clauses, language, taken),
        announcements=entries,
        language=language,
        title=_title(clauses_tree.root.children) or page.title,
    )


def _page(text: str, media_type: str) -> Page:
    if "\0" in text or "\r" in text:
        text = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    if media_type == MARKDOWN:
        if lines_are_blocks(text):
            return Page(*read_lines(text, read_line), markup_lost=True)
        return Page(*read_markdown(text))
    if media_type == PLAIN:
        whole = lines_are_blocks(text)
        return Page(*(read_lines(text) if whole else read_paragraphs(text)), markup_lost=True)
    blocks, title = read_html(text)
    blocks = finish(blocks)
    return Page(blocks, [block.line for block in blocks], title=title)


def _title(top: tuple[Clause, ...]) -> str:
    """The first heading of the outermost level."""
    return next((clause.heading for clause in top if clause.kind is ClauseKind.SECTION), "")
