"""What a PDF would unpack to, found out before the library is let near it.

The streams of a PDF lie in the open, each compressed by itself, and a megabyte can unpack to a gigabyte.  They are
unpacked here one after the other and thrown away, up to a limit for all of them together; what draws (the operators
that show text and build paths) is counted on the way, since each becomes an object in memory.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from clausetrail.errors import ParseError

MAX_UNPACKED = 150_000_000
"""Bytes that all streams together may hold."""
MAX_DRAWN = 600_000
"""Drawing operators that all streams together may hold."""

_STREAM = re.compile(rb">>\s*stream\r?\n?")
_CHUNK = 1 << 20
_DICTIONARY = 2_000
_MOST_STAGES = 4
_FLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
_LZW = re.compile(rb"/(?:L|#4[cC])(?:Z|#5[aA])(?:W|#57)")
_LZW_RATIO = 700
_DRAWN = re.compile(rb"T[jJ*]|Do|BI|re|sh|(?<=[\s)>\]])['\"lcvymfFSsbBn](?=[\s/\[(<])")


def guard(body: bytes) -> None:
    """Raises ParseError where the streams hold more than the limits allow.  Work is bounded by the limits."""
    unpacked = drawn = 0
    for part in _parts(body):
        unpacked += len(part)
        drawn += sum(1 for _ in _DRAWN.finditer(part))
        if unpacked > MAX_UNPACKED:
            raise ParseError(
                f"unpacks to more than {MAX_UNPACKED / 1e6:.0f} MB, and such a PDF is not read; give the policy alone"
            )
        if drawn > MAX_DRAWN:
            raise ParseError(f"draws more than {MAX_DRAWN:,} things, and such a PDF is not read; give the policy alone")


def _parts(body: bytes) -> Iterator[bytes]:
    """What the streams hold, in pieces of at most `_CHUNK`."""
    for match in _STREAM.finditer(body):
        about = body[max(0, match.start() - _DICTIONARY) : match.start()]
        about = about[max(0, about.rfind(b" obj")) :]
        end = body.find(b"endstream", match.end())
        packed = body[match.end() : end if end >= 0 else len(body)]
        if _LZW.search(about):
            # Its ratio is not found out but presumed: nobody has written LZW for decades.
            yield from (b"\0" * _CHUNK for _ in range(len(packed) * _LZW_RATIO // _CHUNK))
        parts = iter([packed])
        for _ in range(min(max(1, len(_FLATE.findall(about))), _MOST_STAGES)):
            parts = _inflated(parts)
        yield from parts


def _inflated(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Unpacked by zlib, piece by piece; as it was from where that fails."""
    engine = zlib.decompressobj()
    for part in parts:
        while part and not engine.eof:
            try:
                yield engine.decompress(part, _CHUNK)
            except zlib.error:
                yield part
                break
            part = engine.unconsumed_tail
