"""Fetched text made safe to print.  Every word of a page passes through here before it reaches a reader.

The rules: no character may move the cursor, colour the terminal, turn the direction of writing, start a new line of
a log or hide between two others; what would do so is shown as an escape.  In Markdown no text may become markup.
HTML is escaped by the templates (`templating.py`), which call `visible` on every value too.
"""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_INVISIBLE = re.compile("[\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_MARKUP = re.compile(r"[\\`*_\[\]<>~|$]")
_ENTITY = re.compile(r"&(?=#|\w)")
_LINE_START = re.compile(r"^(\d+(?=[.)])|(?=[#+=:-]))")
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.|(?<=\s)#", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|mailto:)[^\s\\<>\"'`{}|^]+", re.IGNORECASE)
_LOCAL = re.compile(r"/(?![/\\])[^\s\\<>\"'`{}|^]*")


def visible(text: str) -> str:
    """`text` with control characters (C0, C1, DEL), line and paragraph separators, marks that turn the direction of
    writing, and invisible characters replaced by something that shows them: `␛`, `␊`, `\\u202e`.

    Guarantees one line that an encoder for UTF-8 accepts; other characters stay as they are.
    """
    return _UNSAFE.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def without_invisible(text: str) -> str:
    """`text` without soft hyphens, joiners, zero-width spaces and all that turns the direction of writing: none of it
    is in the words of a clause either.  For showing a text as it is read, where no difference is to be shown."""
    return _INVISIBLE.sub("", text)


def json_visible(dumped: str) -> str:
    """A JSON document with the characters that `visible` would not pass written as `\\uXXXX`; the data it stands for
    stays the same.  `dumped` must hold such characters inside strings only, save line feeds between values."""
    return _UNSAFE.sub(_json_escape, dumped)


def _json_escape(match: re.Match[str]) -> str:
    character = match.group()
    if character == "\n":
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def safe_link(target: str) -> str:
    """`target` if a reader may be sent there: an absolute http, https or mailto address, or a path on the same site;
    "" for anything else."""
    fits = _LINK.fullmatch(target) or _LOCAL.fullmatch(target)
    return target if fits and visible(target) == target else ""


def markdown_text(text: str) -> str:
    """`text` as Markdown that renders to it, on one line: no heading, list, quote, emphasis, code, link, image, table
    cell, formula or HTML can come of it, and addresses are not linked."""
    text = _MARKUP.sub(r"\\\g<0>", visible(text).strip())
    text = _ADDRESS.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text))
    return _LINE_START.sub(r"\1\\", text)


def markdown_link(text: str, target: str) -> str:
    """A Markdown link, or the bare text where the target is not safe; `text` may be any text."""
    shown = markdown_text(text)
    return f"[{shown}](<{target}>)" if safe_link(target) else shown


def is_punctuation(character: str) -> bool:
    """Whether CommonMark takes it for punctuation: the Unicode categories P and S."""
    return unicodedata.category(character)[0] in "PS"
