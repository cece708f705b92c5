"""`[history]` and `[[significance]]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clausetrail.model import Confirmation, Significance, UserRule
from clausetrail.settings.shape import Mistake
from clausetrail.settings.times import span

_BECOMES = ("raise", "lower")
_LISTS = ("signals", "words", "documents")


def confirmation(history: Mapping[str, Any]) -> Confirmation:
    given = history.get("confirm_after")
    return Confirmation(span(given) if given else Confirmation().after, history.get("confirm_observations"))


def rules(given: Sequence[Mapping[str, Any]]) -> tuple[UserRule, ...]:
    """In the order of the file."""
    return tuple(_rule(rule, number) for number, rule in enumerate(given, 1))


def _rule(given: Mapping[str, Any], number: int) -> UserRule:
    key = next(name for name in _BECOMES if name in given)
    signals, words, documents = (tuple(given.get(name, ())) for name in _LISTS)
    name, pattern = given.get("name") or f"rule {number}", given.get("pattern", "")
    whole = given.get("within") == "clause"
    return UserRule(name, Significance(given[key]), key == "raise", signals, words, pattern, documents, whole=whole)


def rule_mistakes(given: Sequence[Mapping[str, Any]]) -> Iterator[Mistake]:
    """What a schema cannot see."""
    for number, rule in enumerate(given):
        where = f"`significance[{number + 1}]"
        if not any(rule.get(name) for name in (*_LISTS, "pattern")):
            yield Mistake(
                ("significance", number), f"{where}` fits every change; give it signals, words, a pattern or documents"
            )
        for place, word in enumerate(rule.get("words", ())):
            if not any(map(str.isalnum, word)):
                yield Mistake(
                    ("significance", number, "words", place), f"{where}.words` has {word!r}, which is no word; say one"
                )
        if problem := _unreadable(rule.get("pattern", "")):
            yield Mistake(("significance", number, "pattern"), f"{where}.pattern` {problem}")


def _unreadable(pattern: str) -> str:
    """Why a pattern is no regular expression, or cannot be read here."""
    if not pattern:
        return ""
    try:
        import re2
    except ImportError:
        return "needs RE2: pip install 'clausetrail[rules]'"
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        return f"is no regular expression for RE2 ({_said(error)}); see https://github.com/google/re2/wiki/Syntax"
    return ""


def _said(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
