"""Printed labels (`1.2`, `(iv)`, `Article 5`, `§ 3`, `第三条`, `（一）`, `①`): where they end, and their number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clausetrail.parser.block import Ordinal
from clausetrail.parser.months import MONTHS
from clausetrail.parser.one_of import one_of

_UNITS = (
    "section|article|art|clause|paragraph|para|chapter|part|annex|appendix|schedule|exhibit|rule|step|title"
    "|titre|chapitre|section|partie|annexe|point"
    "|artikel|abschnitt|kapitel|teil|anhang|anlage|ziffer|absatz"
    "|artículo|articulo|sección|seccion|cláusula|clausula|capítulo|capitulo|anexo|apartado"
    "|articolo|sezione|clausola|capo|allegato|artigo|seção|secção"
    "|hoofdstuk|bijlage|artykuł|rozdział|dział|załącznik|articolul|capitolul|secțiunea|anexa|avsnitt|avdelning"
)
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,6}|[A-Z])"
_HAN = "零〇一二三四五六七八九十百"
_ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v|x))"
_WIDE = "、．，：）)."

_FORMS = [
    # 1.2.3  1.2.3.  1.2)  1.  1)  1、  1/
    r"(?P<multi>\d{1,3}(?:\.\d{1,3}){1,5}(?:[.)、．:]|(?=\s)|(?=[\u3400-\u9fff*（(]))\s*)",
    r"(?P<single>\d{1,3} ?(?:[.)/](?=\s|[A-ZÀ-Þ“\"\u3040-\u9fff])|[、．）]|\.\)|[:：](?=\s)))",
    # (1)  (a)  (iv)  （一）  [1]
    r"(?P<round>[(（\[](?:\d{1,3}|[a-zA-Z]{1,2}|(?i:"
    + _ROMAN
    + r")|["
    + _HAN
    + r"]{1,4})[)）\]]\.?(?=\s|[A-ZÀ-Þ“\"《【\u3040-\u9fff]))",
    # a)  iv)  a.  iv.  A.  IV.  aa)
    r"(?P<letter>(?:[a-zA-Z]|(?P<twice>[a-zA-Z])(?P=twice)(?=\))|(?:"
    + _ROMAN
    + "|"
    + _ROMAN.upper()
    + r"))[.)](?=\s)(?!\s[A-Z]\.))",
    # 第三条  第3章  제1조
    r"(?P<unit>第\s?["
    + _HAN
    + r"\d]{1,5}\s?[条條章节節款项項部分编編回]{1,2}|제\s?\d{1,3}\s?[조장항])(?=[\s　（(【《：:、.]|$)[：:、.]?",
    r"(?P<han>[" + _HAN + r"]{1,3}[、．.])",
    r"(?P<ring>[①-⓿❶-➓㈠-㈩])",
    r"(?P<sign>§{1,2}\s?\d{1,3}[a-z]?(?:\.\d{1,3})*[.:)]?(?=\s))",
    r"(?P<word>(?i:" + _UNITS + r")\.?[\s\u00a0]{1,2}" + _NUMBER + r"(?P<end>\s?[.:)](?=\s|$)|(?=\s[–—-]\s)|(?=\s)))",
]
_LABEL = re.compile(r"\s*(?:" + "|".join(_FORMS) + ")")
_MAY_BE_LABEL = re.compile(r"[\s(（\[\d§第제①-⓿❶-➓㈠-㈩" + _HAN + "]|[a-zA-Z]{1,5}[.)]|(?i:" + _UNITS + r")\b")
_BARE = re.compile(r"\s*(?P<bare>\d{1,2})\s+(?=[A-ZÀ-Þ])")
_DATE_FOLLOWS = re.compile(
    rf"\s*{one_of(MONTHS)}\b\.?(?=,?\s+\d|\s*$)|\s*\d{{1,2}}\.\s?\d{{4}}",
    re.IGNORECASE,
)
_DASHES = tuple("–—-")
_SEPARATOR = re.compile(r"\s*[–—-]\s+|\s*[:：]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a text."""

    text: str
    """As printed, without white space around it, and with the dash that parts it from the text."""
    end: int
    """Offset of what follows it."""
    ordinal: Ordinal | None


def find_label(text: str, *, heading: bool) -> Label | None:
    """The label that the text begins with.  None where there is none, and where nothing would be left beside it.

    In running text a word (`Section 3`) or a bare sign (`§ 3`) is a label only where punctuation ends it, for it may
    begin a sentence; in a heading it always is.
    """
    if not _MAY_BE_LABEL.match(text):
        return None
    match = _LABEL.match(text) or (_BARE.match(text) if heading else None)
    if match is None or _is_prose(match, text, heading=heading):
        return None
    number = printed = match.group().strip()
    end = match.end()
    if (gap := _SEPARATOR.match(text, end)) and match.lastgroup in ("word", "end", "unit", "sign", "bare"):
        end = gap.end()
        printed = f"{printed} {mark}" if (mark := gap.group().strip()) in _DASHES else f"{printed}{mark}"
    if not any(c.isalnum() for c in text[end:]):
        return None
    return Label(printed, end, ordinal(number))


def makes_date(text: str) -> bool:
    """Whether `24.` before the text is a day and no label: `Dezember 2023`."""
    return bool(_DATE_FOLLOWS.match(text))


def _is_prose(match: re.Match[str], text: str, *, heading: bool) -> bool:
    found = match.groupdict()
    if (found.get("single") or found.get("bare")) and makes_date(text[match.end() :]):
        return True
    if heading:
        return False
    if found.get("word"):
        return not (found["end"] or text[match.end() :].lstrip()[:1] in "–—-")
    return bool(found.get("sign")) and not match.group().rstrip().endswith((".", ":", ")"))


_DIGITS = dict(zip(_HAN, (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100), strict=True))
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_CORE = re.compile(r"\d+(?:\.\d+)*|[" + _HAN + r"]+|[a-zA-Z]+|[①-⓿❶-➓㈠-㈩]")
_WORDY = re.compile(r"\w\w.*?[\s\u00a0](?=\S+$)|§+\s?")
_RINGS = ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x2776, 10), (0x2780, 10), (0x278A, 10), (0x3220, 10))


def ordinal(label: str) -> Ordinal | None:
    """The number in a printed label; None where it has none."""
    prefix = _WORDY.match(label)
    start = prefix.end() if prefix else 0
    core = _CORE.search(label, start)
    if core is None:
        return None
    readings = tuple(_readings(core.group()))
    if not readings:
        return None
    style = readings[0][0]
    if style == "decimal":
        sample = "1"
    elif style in ("roman", "alpha"):
        sample = "a" if core.group().islower() else "A"
    else:
        sample = style
    mark = label[: core.start()].lower() + sample + label[core.end() :]
    return Ordinal("".join(mark.split()), readings) if mark else None


def _readings(core: str) -> list[tuple[str, tuple[int, ...]]]:
    if core[0].isdecimal():
        return [("decimal", tuple(int(part) for part in core.split(".")))]
    if core[0] in _DIGITS:
        return [("han", (_han(core),))]
    if core.isascii():
        return _letters(core.lower())
    for first, count in _RINGS:
        if first <= ord(core) < first + count:
            return [("ring", (ord(core) - first + 1,))]
    return []


def _letters(core: str) -> list[tuple[str, tuple[int, ...]]]:
    readings: list[tuple[str, tuple[int, ...]]] = []
    if set(core) <= _ROMAN_DIGITS.keys():
        readings.append(("roman", (_roman(core),)))
    if len(set(core)) == 1:
        # After z comes aa.
        readings.append(("alpha", (ord(core[0]) - 96 + 26 * (len(core) - 1),)))
    return readings if core[0] in "ivx" else readings[::-1]


def _roman(core: str) -> int:
    digits = [_ROMAN_DIGITS[c] for c in core]
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))


def _han(core: str) -> int:
    total, unit = 0, 0
    for digit in (_DIGITS[c] for c in core):
        if digit >= 10:
            total, unit = total + max(unit, 1) * digit, 0
        else:
            unit = unit * 10 + digit
    return total + unit
