"""Time-stamps of an authority, by the Time-Stamp Protocol (RFC 3161; over HTTP, its section 3.4).

Reading and checking is rfc3161-client's, an extra that is imported late.  What an authority sends is as hostile as any
other answer: it is a time-stamp of what was asked for, or a NetError.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clausetrail.errors import NetError, UsageError
from clausetrail.net.follow import PASSING, REDIRECTS
from clausetrail.net.gate import Answer, Gate
from clausetrail.net.limits import Limits
from clausetrail.net.urls import printable, target

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

LIMITS = Limits(connect=15, idle=20, total=60, body=1_000_000)
"""A time-stamp with its certificates has some 6 KB."""
_HEADERS = (("Content-Type", "application/timestamp-query"), ("Accept", "application/timestamp-reply"))
_SHA256 = "2.16.840.1.101.3.4.2.1"
_GRANTED = 0
_SIGNED_DATA = (0, 1, 1, 0)
"""The way to it: the response, its token, the token's content, and what that is."""
_CERTIFICATES = 0xA0
_NEEDED = "time-stamps need a library: pip install 'clausetrail[timestamps]'"
_LONGEST_SAID = 200


@dataclass(frozen=True, slots=True)
class Trust:
    """Certificates that a signature must lead to."""

    roots: tuple[Certificate, ...]
    """Those that vouch for themselves; at least one."""
    others: tuple[Certificate, ...]


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a time-stamp says, once it is known to speak of what it should."""

    at: datetime
    """When the authority had seen it, UTC, by its own clock."""
    signed: bool
    """Whether its signature leads to a certificate that was named; False: it was not checked."""


def trust(file: Path) -> Trust:
    """The certificates in a file (PEM).  Raises UsageError where it holds none that vouches for itself, and where the
    library is missing."""
    _check_library()
    from cryptography.x509 import load_pem_x509_certificates

    try:
        found = load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{file}: holds no certificates that can be read ({error})") from error
    roots = tuple(each for each in found if each.subject == each.issuer)
    if not roots:
        raise UsageError(f"{file}: holds no root certificate; add the one that the time-stamp authority publishes")
    return Trust(roots, tuple(each for each in found if each not in roots))


def request(gate: Gate, url: str, data: bytes, trusted: Trust | None = None) -> tuple[bytes, Stamped]:
    """Have `data` time-stamped by the authority at `url`, of which it is told the SHA-256: its answer as it came (a
    TimeStampResp in DER, certificates included), and what it says.

    The answer is granted, speaks of this SHA-256, repeats the request's own nonce, and its signature leads to
    `trusted` where that is given.  A redirect is not followed.  Raises NetError for anything else, UsageError where the
    library is missing."""
    _check_library()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    asked = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = gate.send(target(url), _HEADERS, method="POST", content=asked.as_bytes(), limits=LIMITS)
    _check_answer(url, answer)
    return answer.body, read(answer.body, hashlib.sha256(data).hexdigest(), trusted, nonce=asked.nonce)


def read(token: bytes, sha256: str, trusted: Trust | None = None, *, nonce: int | None = None) -> Stamped:
    """What a time-stamp (a TimeStampResp in DER) says of the bytes with this SHA-256.

    Certificates need to hold at the time that it states, and may have run out since.  Whether one was revoked is not
    asked.  Raises NetError where it does not speak of them, is not granted, carries another nonce than one that is
    given, or its signature does not lead to `trusted`; UsageError where the library is missing."""
    _check_library()
    from rfc3161_client import decode_timestamp_response

    try:
        found = decode_timestamp_response(_ordered(token))
        _check_granted(found)
        said = found.tst_info
        imprint, algorithm = said.message_imprint.message, said.message_imprint.hash_algorithm.dotted_string
        same_nonce, at = nonce in (None, said.nonce), said.gen_time.astimezone(UTC)
    except NetError:
        raise
    except Exception as error:  # Whatever the library finds wrong with hostile bytes.
        raise _refused(f"is no time-stamp (RFC 3161) that can be read ({_text(error)})") from error
    if algorithm != _SHA256 or imprint.hex() != sha256:
        raise _refused("speaks of other bytes than those that were to be time-stamped")
    if not same_nonce:
        raise _refused("does not repeat the request's nonce: it may be an old one, played back")
    if trusted is not None:
        _check_signature(found, imprint, trusted)
    return Stamped(at, trusted is not None)


def _check_library() -> None:
    try:
        import rfc3161_client  # noqa: F401
    except ImportError as error:
        raise UsageError(_NEEDED) from error


def _check_answer(url: str, answer: Answer) -> None:
    status = answer.hop.status
    if status in REDIRECTS:
        to = printable(answer.header("location"))[:_LONGEST_SAID]
        raise NetError(f"{url} redirects, which is not followed for a time-stamp (to {to})", cause="redirects")
    if status != 200:
        passing = status in PASSING
        raise NetError(f"{url} answered {status} when asked for a time-stamp", cause="answer", transient=passing)
    if answer.error is not None:
        raise answer.error


def _ordered(token: bytes) -> bytes:
    """The same with its certificates in the order of DER (X.690, 11.6), on which the library insists, and which
    authorities that run on OpenSSL do not keep.  Nothing that is signed depends on it (RFC 5652, 5.4)."""
    try:
        start, end = 0, len(token)
        for place in _SIGNED_DATA:
            _, start, end = _values(token, start, end)[place]
        start, end = next((start, end) for at, start, end in _values(token, start, end) if token[at] == _CERTIFICATES)
        ordered = b"".join(sorted(token[at:after] for at, _, after in _values(token, start, end)))
    except (IndexError, StopIteration):
        return token
    return token[:start] + ordered + token[end:] if len(ordered) == end - start else token


def _values(der: bytes, start: int, end: int) -> list[tuple[int, int, int]]:
    """(where it begins, where its content does, where it ends) of the values in a stretch of DER."""
    found = []
    while start < end:
        length, content = der[start + 1], start + 2
        if length > 127:
            content += length - 128
            length = int.from_bytes(der[start + 2 : content], "big")
        found.append((start, content, content + length))
        start = content + length
    return found


def _check_granted(found: TimeStampResponse) -> None:
    if found.status != _GRANTED:
        why = printable("; ".join(found.status_string))[:_LONGEST_SAID] or "without a reason"
        raise _refused(f"is a refusal of the authority (status {found.status}: {why})")


def _check_signature(found: TimeStampResponse, imprint: bytes, trusted: Trust) -> None:
    from rfc3161_client import VerifierBuilder

    verifier = VerifierBuilder(roots=list(trusted.roots), intermediates=list(trusted.others)).build()
    try:
        verifier.verify(found, imprint)
    except Exception as error:  # A certificate that came with it may be anything.
        raise _refused(f"is not signed by an authority whose certificates are at hand ({_text(error)})") from error


def _text(error: Exception) -> str:
    return printable(str(error))[:_LONGEST_SAID]


def _refused(why: str) -> NetError:
    return NetError(f"the authority's answer {why}", cause="answer")
