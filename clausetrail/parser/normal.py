"""The normal form of words: what versions, operations and hashes are over.

Two texts that differ only in typography (Unicode compatibility forms, quotes, dashes, bullets, white space, characters
that do not print), in what passes (`passing`: ids of a visit, live counts, ages) or in how the date of a date line is
printed (`date_lines`) have one normal form.  What is printed stays in the clause beside its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from clausetrail.parser.date_lines import in_one_form
from clausetrail.parser.passing import without_passing

_QUOTES = dict.fromkeys("‘’‚‛´`ʼʹ′＇", "'") | dict.fromkeys("“”„‟«»″＂〝〞〟", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−⸺⸻﹘﹣－", "-")
# Soft hyphen, combining grapheme joiner, zero-width and word joiners, bidi marks, variation selectors, BOM.
_INVISIBLE = (
    *map(chr, (0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF)),
    *map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]),
    *map(chr, [*range(0xFE00, 0xFE10), *range(0xFFF9, 0xFFFC)]),
)
_TYPOGRAPHY = _QUOTES | _DASHES
_TYPOGRAPHIC = re.compile("[" + re.escape("".join(_TYPOGRAPHY)) + "]")
_UNSEEN = re.compile("[" + "".join(_INVISIBLE) + "]+")

# NFKC would turn 10² into 102, 1½ into 11⁄2, ① into 1 and ´ into a space with an accent: other words.
_KEPT = re.compile(r"([²³¹⁰-₎ªº℠™¼-¾⅐-↉①-⓿❶-➓´¨¯¸]+)")
_CJK = r"\u2e80-\u2fdf\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LOOSE = re.compile(f"(?<=[{_CJK}]) (?=[{_CJK}])|(?<=[{_CJK}][:;,!?.]) (?=[{_CJK}])")
_LOOSE_MARK = re.compile(r" (?=[.,;:!?](?: |$))")
_BULLETS = "•·▪▫◦‣⁃●○■□◆◇►▸▶➢➤✓✔❖ "
_BULLET = tuple(_BULLETS)
_COMMON = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("\u00a0", " "))
"""What most texts need and no more: steps of `_TYPOGRAPHIC_STEPS` taken beforehand."""
_LONGEST = 320
"""Characters of a date line, at most."""
_DIGIT = re.compile(r"\d")
_CJK_AROUND_SPACE = re.compile(f"[{_CJK}][:;,!?.]? ")


def _drop_invisible(text: str) -> str:
    return _UNSEEN.sub("", text)


def _compose(text: str) -> str:
    """NFKC, but for the characters whose compatibility form reads differently."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    parts = _KEPT.split(text)
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    return "".join(parts)


def _plain_marks(text: str) -> str:
    return _TYPOGRAPHIC.sub(lambda match: _TYPOGRAPHY[match.group()], text)


def _single_spaces(text: str) -> str:
    return " ".join(text.split())


def _join_ideographs(text: str) -> str:
    """No space between ideographs: it comes from line breaks and markup, never from the writer."""
    return _LOOSE.sub("", text) if _CJK_AROUND_SPACE.search(text) else text


def _close_marks(text: str) -> str:
    """No space before a mark that closes: French prints one, and markup leaves one behind a link."""
    return _LOOSE_MARK.sub("", text) if _may_be_loose(text) else text


def _may_be_loose(text: str) -> bool:
    """Nearly no text has such a mark, and plain searches for each take a fraction of the time."""
    return " ." in text or " ," in text or " ;" in text or " :" in text or " !" in text or " ?" in text


def _without_bullet(text: str) -> str:
    """A bullet that is printed as text is what a list item shows without one."""
    return text.lstrip(_BULLETS) if text.startswith(_BULLET) else text


_TYPOGRAPHIC_STEPS: tuple[Callable[[str], str], ...] = (
    _drop_invisible,
    _compose,
    _plain_marks,
    _single_spaces,
    _join_ideographs,
    _close_marks,
    _without_bullet,
)


def typographic(text: str) -> str:
    """The part of the normal form that is about typography alone: one line, single spaces, none at either end."""
    if not text.isascii():
        for printed, plain in _COMMON:
            text = text.replace(printed, plain)
    if text.isascii() and "`" not in text:
        return _close_marks(" ".join(text.split()))
    for step in _TYPOGRAPHIC_STEPS:
        text = step(text)
    return text


def normal(text: str) -> str:
    """The normal form: one line, single spaces, no space at either end.  `normal(normal(x)) == normal(x)`."""
    text = without_passing(typographic(text))
    return in_one_form(text) if len(text) <= _LONGEST and _DIGIT.search(text) else text
