"""Who hears of which event.  Pure: a wish and what there is to tell in, the changes that it asks for out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from clausetrail.alerts.telling import Telling
from clausetrail.errors import UsageError
from clausetrail.model import PATH_SEPARATOR, Change, Diff, Event, EventKind, Place, Significance, Wish

LONGEST_PATTERN = 2_000
LONGEST_SEARCHED = 200_000
"""Characters of one side of a change that words and patterns look at: more than any clause has."""
_QUIET_KINDS = frozenset({Significance.TYPOGRAPHIC})
"""What nobody hears of who did not ask."""
_AWAY = (EventKind.WITHDRAWN, EventKind.RETURNED)

Follow = Callable[[str], int | None]
"""Permalink of a clause -> its lineage today; None where it leads nowhere."""


def in_scope(wish: Wish, event: Event) -> bool:
    """Whether the wish speaks of this kind of event, and of its document.  A correction goes to those who were told
    what it corrects, which is no matter of wishes."""
    kinds = {EventKind.SEEN if wish.immediate else EventKind.CHANGE, *_AWAY}
    kinds |= {EventKind.VARIANT} if wish.variants else set()
    kinds = {EventKind.HEALTH} if wish.health else kinds
    if event.kind not in kinds:
        return False
    publisher = event.document.partition("/")[0]
    return wish.publisher.casefold() in ("", publisher.casefold()) and wish.document in ("", event.document)


def heard(wish: Wish, telling: Telling, follow: Follow) -> tuple[Change, ...] | None:
    """The changes that a subscriber with this wish hears of, most important first; None: they hear nothing.

    An event without changes of words (other links, a page's health) is heard whole, by those in whose scope it is."""
    if not in_scope(wish, telling.event):
        return None
    if telling.event.kind in _AWAY:
        # Whoever follows words through all documents asked for no news of documents.
        return () if wish.document or not (wish.words or wish.pattern) else None
    if wish.silent and not telling.silent:
        return None
    diff = telling.diff
    if diff is None:
        return () if telling.event.kind in (EventKind.VARIANT, EventKind.HEALTH) else None
    lineage = follow(wish.clause) if wish.clause else None
    if wish.clause and lineage is None:
        return None
    wanted = _wanted(wish, diff, lineage)
    found = tuple(change for change in diff.comparison.changes if wanted(change))
    # Words that are nested otherwise are a change too, though no clause tells of it.
    whole = not diff.comparison.changes and wish == Wish(
        publisher=wish.publisher, document=wish.document, immediate=wish.immediate, silent=wish.silent
    )
    return found if found or whole else None


def _wanted(wish: Wish, diff: Diff, lineage: int | None) -> Callable[[Change], bool]:
    old, new = diff.comparison.old.places(), diff.comparison.new.places()
    sides = ((diff.old.lineages, old), (diff.new.lineages, new))

    def wanted(change: Change) -> bool:
        at = (change.old, change.new)
        return (
            _weighs(wish, change)
            and (not wish.kinds or change.kind in wish.kinds)
            and (not wish.clause or lineage in set[int | None](_lineages(sides, at)))
            and (not wish.path or any(_below(wish.path, place) for place in _places(sides, at)))
            and _says(wish, sides, at)
        )

    return wanted


Side = tuple[Sequence[int], Sequence[Place]]
"""Lineages and places of all clauses, by position."""
Sides = tuple[Side, Side]
At = tuple[Collection[int], Collection[int]]
"""Positions on both sides."""


def _weighs(wish: Wish, change: Change) -> bool:
    if wish.significances:
        return change.significance in wish.significances
    return change.significance not in _QUIET_KINDS


def _lineages(sides: Sides, at: At) -> Iterator[int]:
    for (lineages, _), positions in zip(sides, at, strict=True):
        yield from (lineages[position] for position in positions if position < len(lineages))


def _places(sides: Sides, at: At) -> Iterator[Place]:
    for (_, places), positions in zip(sides, at, strict=True):
        yield from (places[position] for position in positions)


def _below(path: str, place: Place) -> bool:
    """Whether a clause stands at a path, or below it; case and white space are no matter."""
    wanted, own = _parts(path), _parts(place.path)
    return own[: len(wanted)] == wanted


def _parts(path: str) -> list[str]:
    return [" ".join(part.split()).casefold() for part in re.split(f"[{PATH_SEPARATOR.strip()}>]", path)]


def _says(wish: Wish, sides: Sides, at: At) -> bool:
    if not wish.words and not wish.pattern:
        return True
    texts = [place.clause.words[:LONGEST_SEARCHED] for place in _places(sides, at)]
    return any(_matches(_words(wish.words), texts)) or any(_matches(_pattern(wish.pattern), texts))


def _matches(find: Callable[[str], object] | None, texts: Iterable[str]) -> Iterator[bool]:
    return (find(text) is not None for text in texts) if find else iter(())


@lru_cache(maxsize=256)
def _words(words: tuple[str, ...]) -> Callable[[str], object] | None:
    """Finds any of the words as whole ones; where a script writes no spaces, as a part of the text."""
    return re.compile("|".join(map(_word, words)), re.IGNORECASE).search if words else None


def _word(word: str) -> str:
    text, star = word.removesuffix("*"), word.endswith("*")
    escaped = r"\s+".join(map(re.escape, text.split()))
    before = r"(?<!\w)" if _spaced(text[:1]) else ""
    after = r"(?!\w)" if _spaced(text[-1:]) and not star else ""
    return f"{before}{escaped}{after}"


def _spaced(character: str) -> bool:
    """Whether its script divides words by spaces: what stands before the scripts of East Asia does."""
    return character.isalnum() and character < "\u0e00"


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> Callable[[str], object] | None:
    """RE2 takes time in proportion to the text, whatever the expression."""
    return compiled(pattern) if pattern else None


def compiled(pattern: str) -> Callable[[str], object]:
    """Raises UsageError for what is no regular expression, or where RE2 is missing."""
    if len(pattern) > LONGEST_PATTERN:
        raise UsageError(f"the pattern is longer than {LONGEST_PATTERN:,} characters; make it two subscriptions")
    try:
        import re2
    except ImportError as error:
        raise UsageError("patterns need RE2: pip install 'clausetrail[rules]'") from error
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    try:
        search: Callable[[str], object] = re2.compile(pattern, options).search
    except re2.error as error:
        raise UsageError(f"{pattern[:60]!r} is no regular expression for RE2") from error
    return search


def check(wish: Wish) -> None:
    """Raises UsageError for a wish that can never be heard."""
    if wish.pattern:
        compiled(wish.pattern)
    for word in wish.words:
        if not any(map(str.isalnum, word)):
            raise UsageError(f"{word!r} is no word to look for")
    if wish.health and (wish.clause or wish.path or wish.words or wish.pattern or wish.immediate or wish.variants):
        raise UsageError("a page's health has no clauses and no words; ask for it by a subscription of its own")
