"""What came of asking for a page, in one word and in plain ones.  Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from clausetrail.model import Hop, Outcome, PageRequest
from clausetrail.net import PASSING, REDIRECTS, Answer, Trail
from clausetrail.scraper.moves import Place, place


class Judgement(NamedTuple):
    outcome: Outcome
    reason: str = ""
    cause: str = ""
    transient: bool = False


GOOD = (200, 203)
_MISSING = {404: "the server has no such page (404)", 410: "the server says that the page is gone for good (410)"}
_CHALLENGES = {
    "cf-mitigated": (re.compile("challenge|block|managed"), "Cloudflare"),
    "x-amzn-waf-action": (re.compile("challenge|captcha"), "AWS WAF"),
    "x-vercel-mitigated": (re.compile("challenge|deny"), "Vercel"),
    "x-sucuri-block": (re.compile(""), "Sucuri"),
}
"""Fields that say, whatever the status, that this is no page but a test of whether we are a person."""
_GUARDS = {"x-datadome": "DataDome", "x-dd-b": "DataDome", "x-kpsdk-ct": "Kasada", "x-iinfo": "Imperva"}
"""Fields that the vendors send with good pages too: they name who refused where somebody did."""
_REFUSALS = {
    401: "the server asks for a login (401)",
    402: "the server asks for money (402)",
    403: "the server refuses to show the page (403)",
    429: "the server says that it is asked too often (429)",
    451: "the page is withheld for legal reasons (451)",
}


def judge(request: PageRequest, trail: Trail) -> Judgement:
    """The outcome of what the trail shows."""
    answer = trail.answer
    if trail.error is not None and (answer is None or answer.error is None or answer.hop.status in GOOD):
        return _failed(trail)
    if answer is None:
        return Judgement(Outcome.ERROR, "nothing was answered", "connection", True)
    if vendor := _challenger(answer):
        return Judgement(Outcome.BLOCKED, f"{vendor} asks whether we are a person", "challenge", True)
    status = answer.hop.status
    if status in GOOD:
        return judge_place(request, answer.hop.url)
    if status == 304:
        return _unchanged(answer.hop)
    if status in _MISSING:
        return Judgement(Outcome.GONE, _MISSING[status], f"status-{status}")
    if status in _REFUSALS:
        guard = next((name for field, name in _GUARDS.items() if answer.header(field)), "")
        by = f", by {guard}" if guard else ""
        return Judgement(Outcome.BLOCKED, _REFUSALS[status] + by, f"status-{status}", status in PASSING)
    return _useless(status)


def _failed(trail: Trail) -> Judgement:
    error = trail.error
    if error is None:
        return Judgement(Outcome.OK)
    outcome = Outcome.DISALLOWED if error.cause == "robots" else Outcome.ERROR
    return Judgement(outcome, str(error), error.cause, error.transient)


def _challenger(answer: Answer) -> str:
    return next(
        (who for field, (test, who) in _CHALLENGES.items() if (v := answer.header(field)) and test.search(v.lower())),
        "",
    )


def _unchanged(hop: Hop) -> Judgement:
    asked = {name.lower() for name, _ in hop.request_headers}
    if asked & {"if-none-match", "if-modified-since"}:
        return Judgement(Outcome.NOT_MODIFIED, "the server says that the page is what it was (304)")
    return Judgement(Outcome.ERROR, "the server said 304 though nothing was compared", "status-304", True)


_ENDS = {
    Place.HOME: (Outcome.REDIRECTED, "leads to the front page or a heading above it", "redirect-home"),
    Place.LOGIN: (Outcome.BLOCKED, "leads to a login", "redirect-login"),
    Place.MISSING: (Outcome.REDIRECTED, "leads to a page for missing pages", "redirect-missing"),
    Place.ELSEWHERE: (Outcome.REDIRECTED, "leads to another site", "redirect-elsewhere"),
}


def judge_place(request: PageRequest, final: str) -> Judgement:
    """The outcome of a good answer from the address where the redirects ended."""
    end = _ENDS.get(place(request.url, final, request.settled))
    if end is None:
        return Judgement(Outcome.OK)
    outcome, what, cause = end
    return Judgement(outcome, f"it {what} now: {final}", cause)


def _useless(status: int) -> Judgement:
    passing = status in PASSING
    if status in REDIRECTS:
        what = f"the server redirects, and does not say where to ({status})"
    elif 200 <= status < 300:
        what, passing = f"the server took the request and sent no page ({status})", status == 202
    elif status >= 500:
        what = f"the server failed ({status})"
    else:
        what = f"the server did not accept the request ({status})"
    return Judgement(Outcome.ERROR, what, f"status-{status}", passing)
