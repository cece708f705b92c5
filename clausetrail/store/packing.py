"""Bodies of one page, packed against each other.  Pure: worker processes may do it.

A page changes little between two visits, so each body is compressed by Zstandard (RFC 8878) with an earlier body as
its raw-content dictionary.  The dictionaries form a tree: the n-th body of a page is packed against the one whose
number has n's last ternary digit that is not zero set to zero, and every 6,561st stands alone.  So a body is at most
eight steps from one that stands alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import zstandard

from clausetrail.errors import StoreError

_DIGIT = 3
_DEPTH = 8
_GROUP: int = _DIGIT**_DEPTH
_KEY_LEVEL, _LEVEL = 12, 6
_LONGEST = 1 << 24
"""Bytes of the longest text that `unpack_words` gives."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A body, compressed.  `base` is the SHA-256 of the body it was packed against; empty where it stands alone."""

    sha256: str
    size: int
    """Of the body, in bytes."""
    ordinal: int
    """Its number among the bodies of its page, from 0."""
    base: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the packing of a page goes on: the number of its next body, and the bodies that may serve as bases."""

    ordinal: int = 0
    bodies: Mapping[int, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    def __reduce__(self) -> tuple[type[Head], tuple[int, dict[int, bytes]]]:
        return Head, (self.ordinal, dict(self.bodies))


def base_of(ordinal: int) -> int | None:
    """Number of the body that the one of this number is packed against."""
    place = ordinal % _GROUP
    if not place:
        return None
    unit = 1
    while place // unit % _DIGIT == 0:
        unit *= _DIGIT
    return ordinal - place // unit % _DIGIT * unit


def bases_from(ordinal: int) -> tuple[int, ...]:
    """Numbers, below this one, of the bodies that bodies from this one on are packed against."""
    found = set()
    for exponent in range(_DEPTH):
        unit = _DIGIT**exponent
        base = ordinal - ordinal % (unit * _DIGIT)
        if base < ordinal <= base + (_DIGIT - 1) * unit:
            found.add(base)
    return tuple(sorted(found))


def nearest(ordinal: int, bodies: Mapping[int, bytes]) -> bytes | None:
    """The body to pack this one against: the one that the tree says, or, where that is gone, the one above it."""
    base = base_of(ordinal)
    while base is not None and base not in bodies:
        base = base_of(base)
    return None if base is None else bodies[base]


def compress(body: bytes, base: bytes | None = None, *, ordinal: int = 0) -> Packed:
    """The body, packed against `base` if there is one."""
    sha256 = hashlib.sha256(body).hexdigest()
    if base is None:
        return Packed(sha256, len(body), ordinal, "", zstandard.ZstdCompressor(level=_KEY_LEVEL).compress(body))
    # The window must reach from the end of the body to the beginning of the base.
    window = max(zstandard.WINDOWLOG_MIN, min((len(base) + len(body)).bit_length(), zstandard.WINDOWLOG_MAX))
    parameters = zstandard.ZstdCompressionParameters.from_level(_LEVEL, window_log=window)
    compressor = zstandard.ZstdCompressor(compression_params=parameters, dict_data=_dictionary(base))
    return Packed(sha256, len(body), ordinal, hashlib.sha256(base).hexdigest(), compressor.compress(body))


def pack_page(bodies: Iterable[bytes], head: Head | None = None) -> tuple[Packed, ...]:
    """Bodies of one page in order, each packed once, those of `head` taken for granted."""
    head = head or Head()
    known = dict(head.bodies)
    seen = set(known.values())
    packed = []
    ordinal = head.ordinal
    for body in bodies:
        if body in seen:
            continue
        seen.add(body)
        packed.append(compress(body, nearest(ordinal, known), ordinal=ordinal))
        known[ordinal] = body
        ordinal += 1
    return tuple(packed)


def decompress(data: bytes, size: int, base: bytes | None) -> bytes:
    """The body again, of `size` bytes.  Raises StoreError where the data is damaged."""
    dictionary = None if base is None else _dictionary(base)
    try:
        body = zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=1 << 31).decompress(
            data, max_output_size=size
        )
    except zstandard.ZstdError as error:
        raise StoreError(f"bytes in the evidence archive are damaged: {error}") from error
    if len(body) != size:
        raise StoreError(f"bytes in the evidence archive are damaged: {len(body)} bytes instead of {size}")
    return body


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def pack_words(text: bytes, sample: bytes) -> bytes:
    """Short text, packed against one that is like it."""
    return zstandard.ZstdCompressor(level=_KEY_LEVEL, dict_data=_dictionary(sample)).compress(text)


def unpack_words(data: bytes, sample: bytes) -> bytes:
    """The text again.  Raises StoreError where the data is damaged."""
    try:
        return zstandard.ZstdDecompressor(dict_data=_dictionary(sample)).decompress(data, max_output_size=_LONGEST)
    except zstandard.ZstdError as error:
        raise StoreError(f"a row of the evidence archive is damaged: {error}") from error
