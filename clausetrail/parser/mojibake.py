"""Text that was UTF-8, was read as Windows-1252, and was written as UTF-8 again: `donâ€™t`, `cafÃ©`.

Sequences are those that the Encoding Standard's windows-1252 makes of the well-formed bytes of RFC 3629, so that what
is mended could not well have been meant; one pair alone (`Ã©`) is left, since a single one may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice


def _character(byte: int) -> str:
    try:
        return bytes([byte]).decode("windows-1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTES = {_character(byte): byte for byte in range(0x80, 0x100)}


def _class(first: int, last: int) -> str:
    return "[" + re.escape("".join(map(_character, range(first, last + 1)))) + "]"


_REST = _class(0x80, 0xBF)
_DOUBLE = re.compile(f"{_class(0xC2, 0xDF)}{_REST}|{_class(0xE0, 0xEF)}{_REST}{{2}}|{_class(0xF0, 0xF4)}{_REST}{{3}}")
# Looked for first, in the bytes, because most pages hold none: in UTF-8 the first character of a sequence is C3 82 to
# C3 B4, and the second begins with one of these.
_SIGN = re.compile(rb"\xc3[\x82-\xb4][\xc2\xc5\xc6\xcb\xe2]")
_ROUNDS = 3
_ASCII = re.compile(r"[\x00-\x7f]")
_PART = 1 << 16


def mended(text: str, body: bytes) -> str:
    """The text as it was before it was encoded twice (or three times); the same object if it was not.

    `body` is the text in UTF-8.
    """
    if not _SIGN.search(body):
        return text
    for _ in range(_ROUNDS):
        found = [len(match.group()) for match in islice(_DOUBLE.finditer(text), 2)]
        if len(found) < 2 and max(found, default=0) < 3:
            break
        text = "".join(_DOUBLE.sub(_once, part) for part in _parts(text))
    return text


def _parts(text: str) -> Iterator[str]:
    """The text in parts that divide no sequence: a long one is mended without holding all of its pieces at once."""
    start = 0
    while start < len(text):
        cut = _ASCII.search(text, start + _PART)
        end = cut.start() if cut else len(text)
        yield text[start:end]
        start = end


def _once(match: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[c] for c in match.group()).decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
