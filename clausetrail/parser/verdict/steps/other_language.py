"""The policy in another language."""

from __future__ import annotations

from clausetrail.parser.verdict.step import Step


def other_language(step: Step) -> bool:
    """Both languages are known and differ, and less than half of the wording is common: a page of two languages that
    tips from one to the other keeps its wording.

    A page that declares the same language as before and is now written in it is no other one: there the publisher
    has changed the text, and not the reader's side of the page.
    """
    old, new = step.old, step.new
    if not step.languages_differ or new.language == new.declares == old.declares:
        return False
    return max(step.kept, step.known) < 0.5 and not step.finds_its_name
