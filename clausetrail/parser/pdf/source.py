"""Opens a PDF with PDFium, which is an optional dependency, and reads off what stands where on its pages."""

from __future__ import annotations

import ctypes
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from clausetrail.errors import ParseError
from clausetrail.parser.decode import check_size, is_pdf
from clausetrail.parser.pdf.guard import guard
from clausetrail.parser.pdf.page import HYPHEN, Piece, RawPage, Rule, Style

MAX_PAGES = 1_000
MAX_CHARACTERS = 1_000_000
MAX_PIECES = 300_000
"""Words, about."""
MAX_LINKS = 500
"""Links of one page that are looked at."""
MAX_OBJECTS = 200_000
"""Objects on all pages that are looked at for ruled lines."""

_NEEDS_PASSWORD = 4
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_PROGRAM = re.compile(r"^Microsoft \w+ - ")
_FILE = re.compile(r"\.(?:docx?|indd|odt|rtf|pdf|pages|qxd|html?)$", re.IGNORECASE)
_LONGEST = 200
"""Characters of a piece: pieces grow by one character after the other."""
_MOST_RULES = 500
_LINK_TESTS = 20_000_000
_THIN = 3.0
_SHORTEST_RULE = 30.0
_RAISED = 0.8
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Loaded:
    pages: list[RawPage]
    title: str = ""
    """As the file's own properties say."""
    drawn: bool = False
    """Something stands on a page, be it text or picture."""
    reason: str = ""
    """Why there are no pages; empty where there are some."""


def load(body: bytes) -> Loaded:
    """The pages.  Raises ParseError for a file that is damaged or beyond the limits, and where PDFium is missing."""
    check_size(body)
    if not is_pdf(body):
        raise ParseError("is no PDF, though it is said to be one; give it as what it is")
    library = _library()
    guard(body)
    try:
        document = library.PdfDocument(body)
    except library.PdfiumError as error:
        if getattr(error, "err_code", None) == _NEEDS_PASSWORD:
            return Loaded([], reason="encrypted")
        raise ParseError("is a damaged PDF, which cannot be opened; fetch it again, or give it as text") from error
    try:
        if library.raw.FPDF_GetSecurityHandlerRevision(document) >= 0:
            guard(_without_encryption(document, library))
        if len(document) > MAX_PAGES:
            raise ParseError(
                f"has {len(document)} pages, and more than {MAX_PAGES} are not read; give the policy alone"
            )
        pages = _pages(document, library)
        return Loaded(pages, _title(document), drawn=any(page.objects for page in pages))
    finally:
        document.close()


def _library() -> Any:
    try:
        import pypdfium2
    except ImportError as error:
        raise ParseError("is a PDF, and what reads those is not installed: pip install 'clausetrail[pdf]'") from error
    return pypdfium2


def _without_encryption(document: Any, library: Any) -> bytes:
    """The file as it would be without: many can be read by anyone, and are encrypted so that nobody changes them."""
    plain = io.BytesIO()
    document.save(plain, flags=library.raw.FPDF_REMOVE_SECURITY)
    return plain.getvalue()


def _title(document: Any) -> str:
    """What the program that wrote the file put there unasked is no title."""
    title = " ".join(document.get_metadata_value("Title").replace("\0", " ").split())
    title = _PROGRAM.sub("", title)
    return "" if title.casefold() in ("untitled", "(anonymous)", "unknown", "title") or _FILE.search(title) else title


def _pages(document: Any, library: Any) -> list[RawPage]:
    pages: list[RawPage] = []
    characters = objects = pieces = 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except library.PdfiumError:
            continue
        text = page.get_textpage()
        characters += text.count_chars()
        if characters > MAX_CHARACTERS:
            raise ParseError(f"holds more than {MAX_CHARACTERS:,} characters, and is not read; give the policy alone")
        reader = _Reader(page, text, number, library.raw)
        objects += reader.out.objects
        pages.append(reader.read(with_rules=objects <= MAX_OBJECTS))
        pieces += len(pages[-1].pieces)
        if pieces > MAX_PIECES:
            raise ParseError(f"holds more than {MAX_PIECES:,} pieces of text, and is not read; give the policy alone")
        text.close()
        page.close()
    return pages


class _Reader:
    """One page, character by character."""

    def __init__(self, page: Any, text: Any, number: int, raw: Any) -> None:
        self.page, self.text, self.raw = page, text, raw
        self.width, self.height = page.get_size()
        self.turn = page.get_rotation()
        self.box = page.get_mediabox(fallback_ok=True)
        self.out = RawPage(number, self.width, self.height, raw.FPDFPage_CountObjects(page))
        self.styled = -1
        self.style = (Style(10.0), 0)
        self.bold: dict[int, bool] = {}
        self.links = list(islice(self._links(), MAX_LINKS))
        if len(self.links) * text.count_chars() > _LINK_TESTS:
            self.links = []

    def read(self, *, with_rules: bool) -> RawPage:
        self._read_text()
        if with_rules:
            rules = (rule for i in range(self.out.objects) for rule in self._rules(i))
            self.out.rules = list(islice(rules, _MOST_RULES))
        return self.out

    def _read_text(self) -> None:
        raw, text = self.raw, self.text.raw
        x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        to_x, to_y, to_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
        space = True
        for i in range(self.text.count_chars()):
            character = _character(raw.FPDFText_GetUnicode(text, i))
            if not character:
                space = True
                continue
            style, turned = self._style(i)
            raw.FPDFText_GetCharOrigin(text, i, to_x, to_y)
            raw.FPDFText_GetLooseCharBox(text, i, to_box)
            place = self._placed(box.left, box.right, box.bottom, box.top, x.value, y.value)
            if turned == self.turn and all(map(math.isfinite, place)):
                link = self._link_at((box.left + box.right) / 2, (box.bottom + box.top) / 2) if self.links else ""
                self._put(character, *place, style, link, apart=space)
                space = False

    def _put(
        self, character: str, left: float, right: float, base: float, style: Style, link: str, *, apart: bool
    ) -> None:
        """One more character, in the latest piece if it goes on with it."""
        last = self.out.pieces[-1] if self.out.pieces else None
        if last is not None and _is_raised(last, style, base, left):
            last.text += character.translate(_SUPERSCRIPTS)
            last.x1 = right
        elif last is not None and not apart and _continues(last, style, base, left, link):
            last.text += character
            last.x1 = max(last.x1, right)
        else:
            glued = last is not None and not apart and _is_beside(last, base, left)
            self.out.pieces.append(Piece(character, left, right, base, style, link, glued))

    def _placed(self, *numbers: float) -> tuple[float, float, float]:
        """Left, right and base line as seen on the page when it is turned the way it is shown."""
        left, right, bottom, top, x, y = numbers
        x0, y0, x1, y1 = self.box
        if self.turn == 90:
            return bottom - y0, top - y0, x - x0
        if self.turn == 180:
            return x1 - right, x1 - left, y - y0
        if self.turn == 270:
            return y1 - top, y1 - bottom, x1 - x
        return left - x0, right - x0, y1 - y

    def _style(self, i: int) -> tuple[Style, int]:
        """Style of a character, and by how many degrees it is turned against the page."""
        raw = self.raw
        thing = raw.FPDFText_GetTextObject(self.text, i)
        key = ctypes.addressof(thing.contents) if thing else 0
        # Those of one object follow one another.
        if key != self.styled:
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(self.text, i, ctypes.byref(matrix))
            size = raw.FPDFText_GetFontSize(self.text, i) * math.hypot(matrix.c, matrix.d)
            angle = math.atan2(matrix.b, matrix.a)
            turned = round(math.degrees(angle)) % 360 if math.isfinite(angle) else 0
            size = min(max(round(2 * size) / 2, 1.0), 500.0) if math.isfinite(size) else 10.0
            self.styled, self.style = key, (Style(size, bool(thing) and self._is_bold(thing)), turned)
        return self.style

    def _is_bold(self, thing: Any) -> bool:
        font = self.raw.FPDFTextObj_GetFont(thing)
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self.bold:
            self.bold[key] = bool(font) and self._is_bold_font(font)
        return self.bold[key]

    def _is_bold_font(self, font: Any) -> bool:
        name = ctypes.create_string_buffer(256)
        self.raw.FPDFFont_GetBaseFontName(font, name, 256)
        named = name.value.decode("utf-8", "replace").lower()
        return any(word in named for word in _BOLD_NAMES) or self.raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT

    def _links(self) -> Iterator[tuple[float, float, float, float, str]]:
        """Left, bottom, right, top and target of what leads elsewhere."""
        raw = self.raw
        start, link, area = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
        while raw.FPDFLink_Enumerate(self.page, ctypes.byref(start), ctypes.byref(link)):
            action = raw.FPDFLink_GetAction(link)
            target = self._target(action) if action else ""
            if target and raw.FPDFLink_GetAnnotRect(link, ctypes.byref(area)):
                yield area.left, area.bottom, area.right, area.top, target

    def _target(self, action: Any) -> str:
        document = self.page.pdf
        size = self.raw.FPDFAction_GetURIPath(document, action, None, 0)
        if not 1 < size <= 10_000:
            return ""
        buffer = ctypes.create_string_buffer(size)
        self.raw.FPDFAction_GetURIPath(document, action, buffer, size)
        return buffer.value.decode("utf-8", "replace")

    def _link_at(self, x: float, y: float) -> str:
        for left, bottom, right, top, target in self.links:
            if left <= x <= right and bottom <= y <= top:
                return target
        return ""

    def _rules(self, i: int) -> Iterator[Rule]:
        raw = self.raw
        thing = raw.FPDFPage_GetObject(self.page, i)
        if not thing or raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_PATH or self.turn:
            return
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, (left, bottom, right, top)))
        x0, _, _, y1 = self.box
        if right.value - left.value < _SHORTEST_RULE:
            return
        yield Rule(left.value - x0, right.value - x0, y1 - top.value)
        if top.value - bottom.value > _THIN:
            yield Rule(left.value - x0, right.value - x0, y1 - bottom.value)


def _character(code: int) -> str:
    """Empty for white space and for what is no character."""
    if code in (2, 0xFFFE):
        return HYPHEN
    character = "" if 0xD800 <= code <= 0xDFFF or code < 0x20 else chr(code)
    return "" if character.isspace() else character


def _is_beside(piece: Piece, base: float, left: float) -> bool:
    size = piece.style.size
    # Both letters of a ligature stand where it does.
    return abs(base - piece.y) <= 0.5 * size and -1.2 * size <= left - piece.x1 <= 0.25 * size


def _continues(piece: Piece, style: Style, base: float, left: float, link: str) -> bool:
    if len(piece.text) > _LONGEST:
        return False
    return style == piece.style and link == piece.link and abs(base - piece.y) < 1 and _is_beside(piece, base, left)


def _is_raised(piece: Piece, style: Style, base: float, left: float) -> bool:
    """The number of a footnote behind a word."""
    smaller = style.size <= _RAISED * piece.style.size
    return smaller and 0.1 * piece.style.size < piece.y - base and _is_beside(piece, base, left)
