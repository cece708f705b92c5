"""PDF → blocks.

What is on the pages (`source`) is put into lines and columns (`lines`), relieved of headers, footers and page numbers
(`furniture`), gathered into tables (`tables`) and paragraphs (`paragraphs`, `joints`), and given kinds (`shape`).
Positions are in points, from the upper left corner of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from clausetrail.parser.block import Block
from clausetrail.parser.pdf.furniture import without_furniture
from clausetrail.parser.pdf.joints import Joints
from clausetrail.parser.pdf.lines import Line, lines_of
from clausetrail.parser.pdf.paragraphs import Layout, Paragraph, paragraphs
from clausetrail.parser.pdf.shape import shape
from clausetrail.parser.pdf.source import load
from clausetrail.parser.pdf.tables import Table, with_tables


@dataclass(frozen=True, slots=True)
class PdfText:
    """What was read from a PDF."""

    blocks: list[Block] = field(default_factory=list)
    """Not yet finished; `line` is the number of the page: a PDF has no lines."""
    title: str = ""
    """As the file's own properties say."""
    reason: str = ""
    """Why there are no blocks: `encrypted`, `no text layer` (a scan), `empty`.  Empty where there are some."""


def read_pdf(body: bytes) -> PdfText:
    """The blocks of a PDF in reading order.  A pure function of its argument and of the installed PDFium.

    Raises ParseError for a damaged file, for one beyond the limits of `source` and `guard`, and without PDFium.
    """
    loaded = load(body)
    if loaded.reason:
        return PdfText(reason=loaded.reason)
    lines = without_furniture([line for page in loaded.pages for line in lines_of(page)])
    if not lines:
        return PdfText(title=loaded.title, reason="no text layer" if loaded.drawn else "empty")
    layout, joints = Layout(lines), Joints(lines)
    parts: list[Paragraph | Table] = []
    for is_line, group in groupby(with_tables(lines, layout.pitch(layout.body.size)), lambda x: isinstance(x, Line)):
        found = list(group)
        parts += paragraphs([x for x in found if isinstance(x, Line)], layout) if is_line else []
        parts += [x for x in found if isinstance(x, Table)]
    return PdfText(shape(parts, layout, joints), loaded.title)
