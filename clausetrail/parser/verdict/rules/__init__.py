"""The rules that find a page to be no policy, in order: the first that speaks decides.

A rule takes a `Look` and gives the evidence in a few words, or nothing.  A rule that can be wrong about a real policy,
however short, is no rule: what must be compared with the last good version to be known is left to `steps`.
"""

from __future__ import annotations

from collections.abc import Callable

from clausetrail.model import VerdictReason
from clausetrail.parser.verdict.look import Look
from clausetrail.parser.verdict.phrases import CHALLENGE, ERROR, GEO, LOGIN, NOT_FOUND, REDIRECT, SCRIPT
from clausetrail.parser.verdict.rules.bot_challenge import bot_challenge
from clausetrail.parser.verdict.rules.empty import empty
from clausetrail.parser.verdict.rules.error_page import error_page
from clausetrail.parser.verdict.rules.geo_block import geo_block
from clausetrail.parser.verdict.rules.listing import listing
from clausetrail.parser.verdict.rules.login_wall import login_wall
from clausetrail.parser.verdict.rules.marketing import marketing
from clausetrail.parser.verdict.rules.redirect_stub import redirect_stub
from clausetrail.parser.verdict.rules.script_shell import script_shell
from clausetrail.parser.verdict.rules.soft_404 import soft_404

Rule = Callable[[Look], str]

IN_FRONT: tuple[tuple[VerdictReason, Rule], ...] = (
    (VerdictReason.BOT_CHALLENGE, bot_challenge),
    (VerdictReason.GEO_BLOCK, geo_block),
    (VerdictReason.REDIRECT_STUB, redirect_stub),
    (VerdictReason.SOFT_404, soft_404),
    (VerdictReason.ERROR_PAGE, error_page),
    (VerdictReason.LOGIN_WALL, login_wall),
)
"""What stands in front of a page.  Such a page says little but what `PHRASES` explain."""
PHRASES = (CHALLENGE, GEO, REDIRECT, NOT_FOUND, ERROR, LOGIN, SCRIPT)
INSTEAD: tuple[tuple[VerdictReason, Rule], ...] = (
    (VerdictReason.SCRIPT_SHELL, script_shell),
    (VerdictReason.EMPTY, empty),
    (VerdictReason.LISTING, listing),
    (VerdictReason.MARKETING, marketing),
)
"""What the page itself is."""
RULES = IN_FRONT + INSTEAD
"""Reason -> rule, in order."""
