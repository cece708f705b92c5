"""The rules that find a page to be no policy because of what its last good version was, in order.

A rule takes a `Step` and says whether it holds.  None may fire on a real rewrite: a policy that is written anew keeps
its name or its kind, speaks as policies do, and is not a small remainder of the old text.
"""

from __future__ import annotations

from collections.abc import Callable

from clausetrail.model import VerdictReason
from clausetrail.parser.verdict.step import Step
from clausetrail.parser.verdict.steps.collapse import collapse
from clausetrail.parser.verdict.steps.listing import listing
from clausetrail.parser.verdict.steps.marketing import marketing
from clausetrail.parser.verdict.steps.other_document import other_document
from clausetrail.parser.verdict.steps.other_language import other_language

StepRule = Callable[[Step], bool]

STEPS: tuple[tuple[VerdictReason, StepRule], ...] = (
    (VerdictReason.LISTING, listing),
    (VerdictReason.MARKETING, marketing),
    (VerdictReason.OTHER_DOCUMENT, other_document),
    (VerdictReason.OTHER_LANGUAGE, other_language),
    (VerdictReason.COLLAPSE, collapse),
)
"""Reason -> rule, in order: a page that is no policy at all comes before one that is another."""
