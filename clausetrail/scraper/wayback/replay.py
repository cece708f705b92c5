"""Captures as they were archived: raw replay (`id_`), with what the archive says of each (Memento, RFC 7089).

Three things come under the same statuses, and are told apart here: what the site itself answered that day (with
`Memento-Datetime` or the site's fields under `X-Archive-Orig-`), the archive's way of leading to another capture, and
the archive's own trouble.  Nothing but the archive is ever asked: an archived redirect is followed within it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urljoin

from clausetrail.errors import NetError
from clausetrail.model import Headers, Hop, Outcome, PageRequest
from clausetrail.net import REDIRECTS, Answer, follow, http_date, target
from clausetrail.scraper.media import MEDIA_TYPES, content_type
from clausetrail.scraper.moves import same_page
from clausetrail.scraper.outcomes import GOOD, judge_place
from clausetrail.scraper.wayback.asking import ORIGINAL, Asker, is_capture
from clausetrail.scraper.wayback.captures import Capture, moment_of, sha1

NEAR = timedelta(days=1)
"""How far from a redirect the page that it leads to may have been captured, to count as what a reader would see."""
_HOPS = 8
_PLACE = re.compile(r"/?([0-9]{14})(?:[a-z]{2}_)?/(.+)", re.DOTALL)
_SCHEME = re.compile(r"(https?):/+", re.IGNORECASE)
_TROUBLE = "x-archive-wayback-runtime-error"


@dataclass(frozen=True, slots=True)
class Played:
    """What a site served at the time of a capture, as its archive gives it."""

    at: datetime
    """When it was captured, UTC; of a redirect, what it led to."""
    url: str
    """Its address in its day, after redirects."""
    status: int
    media_type: str
    headers: Headers
    """The site's own, as far as the archive hands them on."""
    body: bytes = field(repr=False)
    request: Headers
    """What was sent to the archive."""
    hops: tuple[Hop, ...]
    """The site's own redirects."""
    provenance: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NotPlayed:
    """Why a capture gives no page."""

    reason: str
    lasting: bool = True
    """Whether asking again is of no use."""


class _NoPageError(Exception):
    def __init__(self, reason: str, *, lasting: bool = True) -> None:
        self.result = NotPlayed(reason, lasting)


@dataclass(slots=True)
class _Visit:
    """Where a capture has led so far."""

    capture: Capture
    timestamp: str
    url: str
    hops: list[Hop] = field(default_factory=list)


class Replay:
    """Plays captures of one archive."""

    def __init__(self, asker: Asker, replay_url: str) -> None:
        self._asker = asker
        self._base = target(replay_url.rstrip("/"))

    def play(self, capture: Capture) -> Played | NotPlayed:
        """Raises ArchiveBusyError where the archive is to be asked later; nothing else that the archive does."""
        visit = _Visit(capture, capture.timestamp, capture.original)
        try:
            for _ in range(_HOPS):
                found = self._step(visit)
                if found is not None:
                    return found
        except _NoPageError as no:
            return no.result
        except NetError as error:
            # Damage and size are the capture's own; the rest may be another day's.
            return NotPlayed(f"the archive could not play it ({error.cause})", lasting=not error.transient)
        return NotPlayed("redirects in a circle, or without end")

    def address(self, timestamp: str, url: str) -> str:
        """Where the archive plays the bytes as they were archived."""
        return f"{self._base.url.rstrip('/')}/{timestamp}id_/{url}"

    def _step(self, visit: _Visit) -> Played | None:
        """One request; None where it leads on."""
        answer = self._asker.ask(target(self.address(visit.timestamp, visit.url)))
        location, archived = answer.header("location"), is_capture(answer)
        if answer.hop.status in REDIRECTS and location:
            self._lead(visit, answer, location, archived=archived)
            return None
        if not archived:
            raise _unplayable(answer)
        if answer.hop.status not in GOOD:
            raise _NoPageError(f"the site answered with {answer.hop.status} that day")
        if answer.error:
            raise answer.error
        return self._page(visit, answer)

    # Redirects

    def _lead(self, visit: _Visit, answer: Answer, location: str, *, archived: bool) -> None:
        """Go where it leads, in the archive: by the site's own redirect, or the archive's to the nearest capture."""
        timestamp, url = self._place(visit, location, archived=archived)
        if archived:
            at = _captured(answer) or moment_of(visit.timestamp)
            if (
                not visit.hops
                and at != visit.capture.at
                and not _agreement(visit.capture, answer).startswith("digest agrees")
            ):
                raise _elsewhen()
            visit.hops.append(_hop(visit, answer, at, url))
        elif not visit.hops and timestamp != visit.timestamp:
            raise _elsewhen()
        elif not same_page(url.casefold(), visit.url.casefold()):
            raise _NoPageError("the archive plays another page in its place")
        self._check_near(visit, moment_of(timestamp))
        if (timestamp, url) == (visit.timestamp, visit.url):
            raise _NoPageError("redirects to itself")
        visit.timestamp, visit.url = timestamp, url

    def _place(self, visit: _Visit, location: str, *, archived: bool) -> tuple[str, str]:
        """(time, address) in the archive that a redirect means."""
        here = self.address(visit.timestamp, visit.url)
        try:
            if inside := self._inside(urljoin(here, location)):
                return inside
            if archived:
                return visit.timestamp, follow(visit.url, location).url
        except (NetError, ValueError) as error:
            raise _NoPageError("redirects to what is no address") from error
        raise _NoPageError("the archive leads away from itself, and was not followed", lasting=False)

    def _inside(self, location: str) -> tuple[str, str] | None:
        """What an address within the archive stands for; None for any other.  The scheme makes no difference, for it
        is always the configured one that is asked."""
        base = self._base.url.partition("://")[2].rstrip("/")
        _, _, rest = location.partition("://")
        found = _PLACE.fullmatch(rest[len(base) :]) if rest.casefold().startswith(base.casefold()) else None
        if found is None:
            return None
        moment_of(found[1])
        address = _SCHEME.sub(r"\1://", found[2], count=1)
        return found[1], target(address if "://" in address else f"http://{address}").url

    def _check_near(self, visit: _Visit, at: datetime) -> None:
        if abs(at - visit.capture.at) > NEAR:
            raise _NoPageError("redirects to what was not archived that day")

    # Pages

    def _page(self, visit: _Visit, answer: Answer) -> Played:
        capture = visit.capture
        at = _captured(answer) or moment_of(visit.timestamp)
        digest = _agreement(capture, answer) if not visit.hops else ""
        if visit.hops:
            self._check_near(visit, at)
            judged = judge_place(PageRequest(capture.original), visit.url)
            if judged.outcome is not Outcome.OK:
                raise _NoPageError(f"{judged.reason.partition(' now: ')[0].replace('leads', 'led')} that day")
        elif at != capture.at:
            # A capture of bytes that were archived before is played from there, and says so; they are the same bytes.
            if not digest.startswith("digest agrees"):
                raise _elsewhen()
            at = capture.at
        headers = _own_headers(answer)
        media_type = content_type(headers)[0]
        if media_type not in MEDIA_TYPES:
            raise _NoPageError(f"is {media_type or 'of no known media type'}")
        return Played(
            at=at,
            url=visit.url,
            status=answer.hop.status,
            media_type=media_type,
            headers=headers,
            body=answer.body,
            request=answer.hop.request_headers,
            hops=tuple(visit.hops),
            provenance=_provenance(capture, answer, digest),
        )


def _unplayable(answer: Answer) -> _NoPageError:
    """The archive's own word on why there is nothing."""
    status, said = answer.hop.status, answer.header(_TROUBLE)
    if "AccessControl" in said or status in (401, 403, 451):
        return _NoPageError("the archive does not show it (excluded)")
    if status == 404:
        return _NoPageError("the archive lists it and does not have it")
    if status < 300:
        return _NoPageError("the archive showed a page of its own in its place", lasting=False)
    return _NoPageError(f"the archive could not play it ({status})", lasting=False)


def _elsewhen() -> _NoPageError:
    return _NoPageError("the archive plays another capture in its place")


def _captured(answer: Answer) -> datetime | None:
    return http_date(answer.header("memento-datetime"))


def _hop(visit: _Visit, answer: Answer, at: datetime, url: str) -> Hop:
    """A redirect of the site's, as the site answered it; where it led is the archive's spelling of it."""
    own = _own_headers(answer)
    if not any(name.lower() == "location" for name, _ in own):
        own = (*own, ("Location", url))
    return Hop(visit.url, answer.hop.status, at, answer.hop.request_headers, own, certificate="")


def _own_headers(answer: Answer) -> Headers:
    """The site's fields.  Those without the prefix are the archive's, but for the type of what it gives."""
    sent = answer.hop.response_headers
    own = tuple((_title(name[len(ORIGINAL) :]), value) for name, value in sent if name.lower().startswith(ORIGINAL))
    if any(name == "Content-Type" for name, _ in own):
        return own
    return (*own, *(("Content-Type", value) for name, value in sent if name.lower() == "content-type"))


def _title(name: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in name.split("-"))


def _agreement(capture: Capture, answer: Answer) -> str:
    """Whether the bytes are those of the digest in the index, which archives take before or after decompression."""
    if len(capture.digest) != 32:
        return "no digest to compare"
    if sha1(answer.body) == capture.digest:
        return "digest agrees"
    if answer.encoded is not answer.body and sha1(answer.encoded) == capture.digest:
        return "digest agrees, as compressed"
    return "digest differs (it may be that of the compressed bytes)"


def _provenance(capture: Capture, answer: Answer, digest: str) -> tuple[tuple[str, str], ...]:
    said = (
        ("capture", capture.key),
        ("digest", capture.digest),
        ("checked", digest),
        ("replay", answer.hop.url),
        ("memento", answer.header("memento-datetime")),
        ("file", answer.header("x-archive-src")),
    )
    return tuple((name, value) for name, value in said if value)
