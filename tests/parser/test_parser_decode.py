"""Bytes that are not what they say they are, and what is told of them."""

from __future__ import annotations

import pytest

from clausetrail.parser.decode import decode
from clausetrail.parser.language import language_of, with_region

HTML, PLAIN = "text/html", "text/plain"
FRENCH = "Les lampes sont prêtées à l’usager, qui règle l’éclairage. Il est interdit de prêter la lampe à d’autres."


def twice(text: str) -> str:
    """The text as it looks when its UTF-8 is taken for Windows-1252."""
    return "".join(
        bytes([b]).decode("windows-1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b) for b in text.encode()
    )


@pytest.mark.parametrize("text", [FRENCH, "Лампы для всех", "灯具和条款", "日本語の規約です", "Łódź jest żółta"])
def test_text_encoded_twice_is_mended_and_told(text: str) -> None:
    assert decode(text.encode(), HTML) == (text, ())
    assert decode(twice(text).encode(), HTML) == (text, ("double-encoded",))
    assert decode(twice(twice(text)).encode(), PLAIN) == (text, ("double-encoded",))


@pytest.mark.parametrize("text", ["NÃO É ASSIM, AMANHÃ", "Ã©", "â, ã and ä", "5 Â"])
def test_what_may_be_meant_is_left(text: str) -> None:
    assert decode(text.encode(), HTML) == (text, ())


@pytest.mark.parametrize(
    ("body", "expected", "flags"),
    [
        (b'<meta charset="latin1">caf\xc3\xa9', "café", ("charset-mismatch",)),
        (b'<meta charset="utf-8">' + FRENCH.encode("windows-1252"), FRENCH, ("charset-mismatch",)),
        (b"caf\xc3\xa9 na\xc3\xafve \xe9 x", "café naïve \ufffd x", ("broken-characters",)),
        (b"<script>" + b"x" * 9_000 + b'</script><meta charset="iso-8859-2">\xa3\xf3d\xbc', "Łódź", ()),
        (b'<?xml version="1.0" encoding="shift_jis"?>' + "灯具".encode("shift_jis"), "灯具", ()),
        (b'<meta charset="iso-2022-jp">' + "灯具".encode("iso2022_jp"), "灯具", ()),
        ("<p>Café".encode("utf-16-le"), "Café", ()),
        ("<p>Café".encode("utf-16-be"), "Café", ()),
    ],
)
def test_charsets_and_flags(body: bytes, expected: str, flags: tuple[str, ...]) -> None:
    text, raised = decode(body, HTML)
    assert text.endswith(expected)
    assert raised == flags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lampen må ikke lånes ut til andre, og vi tar bare imot lamper fra dere når noen er hjemme", "no"),
        ("Lampen må ikke lånes ud til andre, og vi tager kun imod lamper af jer når nogle er hjemme", "da"),
        ("Lampan får inte lånas ut till andra, och vi tar bara emot lampor från er när någon är hemma", "sv"),
        ("U mag de lamp niet aan een ander geven, en wij nemen hem alleen van u aan als het licht is", "nl"),
        ("Die Lampe ist nicht für andere, und wir nehmen sie nur von Ihnen an, wenn es hell ist", "de"),
        ("灯具只借给客人，不得转借他人。", "zh"),
        ("灯具は客に貸すもので、他人に渡してはならない。", "ja"),
        ("Лампы выдаются гостям, и только на одну ночь", "ru"),
        ("Лампи видаються гостям, і тільки на одну ніч", "uk"),
        ("A lámpa nem adható át másnak, és csak az veheti el, aki a lámpa gazdája, ha kell", "hu"),
        ("Đèn là của khách và không được cho người khác mượn", "vi"),
        ("Lampu ini untuk tamu dan tidak dapat dipinjamkan kepada yang lain oleh kami", "id"),
        ("Lamp", ""),
    ],
)
def test_languages(text: str, expected: str) -> None:
    assert language_of([text]) == expected


def test_a_region_is_taken_from_the_tag_of_the_same_language() -> None:
    assert with_region("en", "en_GB") == "en-gb"
    assert with_region("de", "en-GB") == "de"
    assert with_region("", "en-GB") == ""
