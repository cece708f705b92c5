"""PDFs that are damaged, locked, scanned, or made to hurt."""

from __future__ import annotations

import contextlib
import io
import sys
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from clausetrail.errors import ParseError
from clausetrail.model import Verdict
from clausetrail.parser import media_type_of, read
from clausetrail.parser.pdf import guard, source
from tests.parser.pdf_maker import pdf_of
from tests.parser.test_parser_properties import check

PDF = "application/pdf"
PAGE = pdf_of(
    "title: Terms\np: The lamp is lit at dusk, and put out at dawn.\nb1: by the keeper\nrow: a | b\nrow: c | d"
)


def made_by_hand(*objects: bytes) -> bytes:
    """A PDF of the objects, numbered from 1; the first is the catalogue."""
    body = b"%PDF-1.7\n"
    for number, about in enumerate(objects, 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, about)
    return body + b"trailer\n<< /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1)


def stream(packed: bytes, about: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (about, len(packed), packed)


def of_one_page(content: bytes) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 500] /Contents 4 0 R >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return made_by_hand(b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, content)


def drawn(draw: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    if draw == "picture":
        canvas.rect(72, 72, 400, 600, fill=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def refused(body: bytes) -> str:
    with pytest.raises(ParseError) as caught:
        read(body, PDF)
    return str(caught.value)


@pytest.mark.parametrize(("draw", "reason"), [("picture", "no text layer"), ("nothing", "empty")])
def test_pages_without_text_say_why(draw: str, reason: str) -> None:
    assert read(drawn(draw), PDF).verdict == Verdict(False, reason)


def test_a_locked_file_is_no_error() -> None:
    assert read(pdf_of("@password key\np: Locked"), PDF).verdict == Verdict(False, "encrypted")


def test_what_is_no_pdf_is_refused() -> None:
    assert refused(b"<html><p>Not found</p></html>").startswith("is no PDF")
    assert "cannot be opened" in refused(b"%PDF-1.7\nnothing else")


def test_pdfs_are_known_by_their_bytes() -> None:
    assert media_type_of("terms.pdf", b"") == PDF
    assert media_type_of("terms.html", PAGE) == PDF


def test_without_the_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert refused(PAGE) == "is a PDF, and what reads those is not installed: pip install 'clausetrail[pdf]'"


@pytest.mark.parametrize("stages", [1, 2, 3])
def test_what_unpacks_to_a_mountain_is_refused_before_it_does(monkeypatch: pytest.MonkeyPatch, stages: int) -> None:
    monkeypatch.setattr(guard, "MAX_UNPACKED", 20_000_000)
    packed = bytes(25_000_000)
    for _ in range(stages):
        packed = zlib.compress(packed)
    about = b"/Filter [" + b"/FlateDecode " * stages + b"]"
    assert "unpacks to more than 20 MB" in refused(of_one_page(stream(packed, about)))


def test_a_stream_of_more_than_one_piece_ends() -> None:
    assert read(of_one_page(stream(zlib.compress(b"q Q " * 300_000 + bytes(1_000_000)))), PDF).verdict.reason == "empty"


def test_a_word_without_end_is_read() -> None:
    words = [clause.words for clause in read(pdf_of("@width 400\np: " + "a" * 3_000), PDF).tree.walk()]
    assert "".join(words).replace(" ", "") == "a" * 3_000


def test_what_draws_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_DRAWN", 1_000)
    assert "draws more than 1,000" in refused(of_one_page(stream(zlib.compress(b"(a) Tj " * 2_000))))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_PAGES", 2)
    assert refused(pdf_of("p: a\npage:\np: b\npage:\np: c")).startswith("has 3 pages")


def test_too_many_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_CHARACTERS", 10)
    assert "holds more than 10 characters" in refused(PAGE)


@pytest.mark.parametrize(
    "body",
    [
        made_by_hand(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>"),
        made_by_hand(b"<< /Type /Catalog /Pages 1 0 R >>"),
        made_by_hand(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 99999999 >>"),
        of_one_page(stream(b"q " * 200_000, b"")),
        of_one_page(stream(b"[" * 200_000, b"")),
        of_one_page(stream(b"4 0 R Do", b"/Filter 4 0 R")),
    ],
    ids=[
        "pages-in-a-ring",
        "catalogue-is-its-page",
        "pages-that-are-not",
        "saved-states",
        "open-brackets",
        "own-filter",
    ],
)
def test_hostile_structure_ends(body: bytes) -> None:
    with contextlib.suppress(ParseError):
        check(read(body, PDF))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(PAGE) - 1), st.binary(max_size=4)), max_size=8), st.integers(0, len(PAGE)))
def test_damage_is_read_or_refused(damage: list[tuple[int, bytes]], cut: int) -> None:
    body = PAGE[: cut or None]
    for at, what in damage:
        body = body[:at] + what + body[at + len(what) :]
    with contextlib.suppress(ParseError):
        check(read(body, PDF))


def test_the_same_bytes_make_the_same_tree() -> None:
    assert read(PAGE, PDF) == read(PAGE, PDF)
