"""Draws the PDFs that the tests read, from lines of `style: text`.

Styles: `title`, `h1`, `h2`, `p`, `small`, `bold` (a paragraph of the body's size), `indented` (its first line), `cjk`,
`b1`, `b2` (bullets of two depths), `under1` (a paragraph that goes on with a bullet), `n1`, `n2` (numbered by hand,
hanging), `row` (cells parted by `|`), `plainrow` (without ruled lines), `page` (a new page).

Options stand first, as `@name value`: `columns`, `header`, `footer` (`#` is the number of the page), `password`,
`owner` (encrypted, open to all), `property` (the title in the file's properties), `width`, `height` (of the text, in
points).
"""

from __future__ import annotations

import io
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Table

_BODY = ParagraphStyle("p", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=7)
STYLES = {
    "title": ParagraphStyle("title", _BODY, fontName="Helvetica-Bold", fontSize=20, leading=25, spaceAfter=14),
    "h1": ParagraphStyle("h1", _BODY, fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=8),
    "h2": ParagraphStyle("h2", _BODY, fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=6),
    "p": _BODY,
    "cjk": ParagraphStyle("cjk", _BODY, wordWrap="CJK"),
    "bold": ParagraphStyle("bold", _BODY, fontName="Helvetica-Bold"),
    "small": ParagraphStyle("small", _BODY, fontSize=8, leading=10),
    "indented": ParagraphStyle("indented", _BODY, firstLineIndent=15, spaceAfter=0),
    "b1": ParagraphStyle("b1", _BODY, leftIndent=18, bulletIndent=4, spaceAfter=3),
    "b2": ParagraphStyle("b2", _BODY, leftIndent=36, bulletIndent=22, spaceAfter=3),
    "under1": ParagraphStyle("under1", _BODY, leftIndent=18, spaceAfter=3),
    "n1": ParagraphStyle("n1", _BODY, leftIndent=24, firstLineIndent=-24),
    "n2": ParagraphStyle("n2", _BODY, leftIndent=48, firstLineIndent=-24),
}
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
_RULED = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
_MARGIN = 72


def pdf_of(source: str) -> bytes:
    """The same bytes for the same source."""
    lines = [line for line in source.splitlines() if line.strip()]
    options = dict(line[1:].split(" ", 1) for line in lines if line.startswith("@"))
    body = [(kind, text.strip()) for kind, _, text in (x.partition(":") for x in lines if not x.startswith("@"))]
    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, title=options.get("property"), encrypt=_encryption(options), invariant=1, pageCompression=1
    )
    document.addPageTemplates(PageTemplate(frames=_frames(options), onPage=lambda c, d: _dress(c, d.page, options)))
    document.build([flowable for kind, group in groupby(body, lambda x: x[0]) for flowable in _flowables(kind, group)])
    return out.getvalue()


def _encryption(options: dict[str, str]) -> StandardEncryption | None:
    if "owner" in options:
        return StandardEncryption("", ownerPassword=options["owner"], canModify=0, strength=128)
    return StandardEncryption(options["password"], strength=128) if "password" in options else None


def _frames(options: dict[str, str]) -> list[Frame]:
    count = int(options.get("columns", 1))
    width = float(options.get("width", A4[0] - 2 * _MARGIN))
    gap = 24 if count > 1 else 0
    each = (width - gap * (count - 1)) / count
    height = float(options.get("height", A4[1] - 2 * _MARGIN - 20))
    return [
        Frame(_MARGIN + i * (each + gap), A4[1] - _MARGIN - 10 - height, each, height, leftPadding=0, rightPadding=0)
        for i in range(count)
    ]


def _dress(canvas: Any, page: int, options: dict[str, str]) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(_MARGIN, A4[1] - 40, options.get("header", "").replace("#", str(page)))
    canvas.drawCentredString(A4[0] / 2, 36, options.get("footer", "").replace("#", str(page)))


def _flowables(kind: str, group: Any) -> list[Flowable]:
    texts = [text for _, text in group]
    if kind == "page":
        return [PageBreak() for _ in texts]
    if kind in ("row", "plainrow"):
        cells = [[Paragraph(_marked(cell.strip()), STYLES["p"]) for cell in text.split("|")] for text in texts]
        return [Table(cells, style=_RULED if kind == "row" else [], hAlign="LEFT")]
    bullet = {"b1": "\u2022", "b2": "\u2013"}.get(kind)
    return [Paragraph(_marked(text), STYLES[kind], bulletText=bullet) for text in texts]


def _marked(text: str) -> str:
    """Reportlab's own markup, of which the tests use `<b>`, `<a href>`, `<super>` and `<br/>`, is let through."""
    text = text if "<" in text else escape(text)
    return f'<font name="STSong-Light">{text}</font>' if any("\u4e00" <= c <= "\u9fff" for c in text) else text
