"""Undoing the compression of an answer (Content-Encoding), with a bound on what may come out.

A few hundred bytes of brotli unfold to gigabytes, so nothing is ever decompressed but in pieces of `PIECE` bytes, and
whoever asks for the next piece has counted the last.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli
import zstandard

from clausetrail.errors import NetError

ACCEPTED = "gzip, br, zstd, deflate"
PIECE = 64 * 1024
MOST_CODINGS = 2
"""Codings on top of one another: two are seen in the wild, by mistake; more are an attack."""
ZSTD_WINDOW = 8 * 1024 * 1024
"""RFC 9659: a decoder for the web need not support more."""

_SIP = 256

Pieces = Iterator[bytes]


def decoded(chunks: Iterable[bytes], codings: str) -> Pieces:
    """The bytes behind the codings that a `Content-Encoding` names, in pieces of at most `PIECE` bytes.

    A coding that is not known stays, as browsers do it.  Raises NetError (`encoding`) for what is damaged or ends too
    early.  It asks `chunks` for no more than it needs.
    """
    names = [name.strip().lower() for name in codings.split(",")]
    known = [_DECODERS[name] for name in names if name in _DECODERS]
    if len(known) > MOST_CODINGS:
        raise NetError(f"the answer is compressed {len(known)} times over", cause="encoding")
    pieces = _in_pieces(chunks)
    for undo in reversed(known):
        pieces = undo(pieces)
    return pieces


def _in_pieces(chunks: Iterable[bytes]) -> Pieces:
    for chunk in chunks:
        for start in range(0, len(chunk), PIECE):
            yield chunk[start : start + PIECE]


def _gzip(pieces: Pieces) -> Pieces:
    """Members one after the other, as RFC 1952 allows; what follows the last and is none is left, as browsers do."""
    wrapped = zlib.MAX_WBITS | 16
    machine, started, whole = zlib.decompressobj(wrapped), False, False
    for piece in pieces:
        rest = piece
        while rest:
            if whole and not rest.startswith(b"\x1f"):
                return
            if machine.eof:
                machine, whole = zlib.decompressobj(wrapped), False
            out = _inflate(machine, rest)
            started, whole = True, machine.eof
            if out:
                yield out
            rest = machine.unused_data if machine.eof else machine.unconsumed_tail
            yield from _leftover(machine, rest)
    if started and not whole:
        raise _broken_off("gzip")


def _leftover(machine: zlib._Decompress, rest: bytes) -> Pieces:
    """What the machine holds back though it has read all of its input."""
    while not rest and not machine.eof:
        out = _inflate(machine, b"")
        if not out:
            return
        yield out


def _deflate(pieces: Pieces) -> Pieces:
    """With the wrapper of zlib as RFC 9110 says, or without it as some servers do."""
    machine: zlib._Decompress | None = None
    for piece in pieces:
        if machine is None:
            wrapped = piece[0] & 0x0F == 8 and (len(piece) < 2 or int.from_bytes(piece[:2], "big") % 31 == 0)
            machine = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        rest = piece
        while rest and not machine.eof:
            out = _inflate(machine, rest)
            if out:
                yield out
            rest = machine.unconsumed_tail
            yield from _leftover(machine, rest)
    if machine is not None and not machine.eof:
        raise _broken_off("deflate")


def _inflate(machine: zlib._Decompress, data: bytes) -> bytes:
    try:
        return machine.decompress(data, PIECE)
    except zlib.error as error:
        raise NetError(f"the answer is not the gzip that it says it is ({error})", cause="encoding") from error


def _brotli(pieces: Pieces) -> Pieces:
    machine = brotli.Decompressor()
    started = False
    try:
        for piece in pieces:
            started = True
            data = piece
            while True:
                out = machine.process(data, output_buffer_limit=PIECE)
                data = b""
                yield from _in_pieces((out,))
                if machine.is_finished():
                    return
                # It takes more input while it still holds output back, so ask until there is none.
                if not out and machine.can_accept_more_data():
                    break
    except brotli.error as error:
        raise NetError(f"the answer is not the brotli that it says it is ({error})", cause="encoding") from error
    if started:
        raise _broken_off("brotli")


def _zstd(pieces: Pieces) -> Pieces:
    """Frames one after the other.  A block of 4 bytes can stand for 128 KiB, and the library gives all that its input
    holds: it is fed so little at a time that this is at most 8 MiB."""
    maker = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
    machine, started = maker.decompressobj(), False
    try:
        for sip in (piece[i : i + _SIP] for piece in pieces for i in range(0, len(piece), _SIP)):
            rest = sip
            while rest:
                if machine.eof:
                    machine = maker.decompressobj()
                started = True
                yield from _in_pieces((machine.decompress(rest),))
                rest = machine.unused_data if machine.eof else b""
    except zstandard.ZstdError as error:
        raise NetError(f"the answer is not the zstd that it says it is ({error})", cause="encoding") from error
    if started and not machine.eof:
        raise _broken_off("zstd")


def _broken_off(coding: str) -> NetError:
    return NetError(f"the answer breaks off in the middle of its {coding}", cause="encoding", transient=True)


_DECODERS: dict[str, Callable[[Pieces], Pieces]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
