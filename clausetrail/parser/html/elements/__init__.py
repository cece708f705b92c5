"""What an element's own tag, role and attributes say: dropped at sight, or marked for the layout rules to decide.

Every rule is asked about the elements with the tags and attributes that it names, and answers with a fate or with
nothing.  Class names are never asked: the same words must be read the same way whatever a designer calls them.  (The
only names that are known are those of consent platforms; see `consent`.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from clausetrail.parser.html.elements.around import Around
from clausetrail.parser.html.elements.buttons import button
from clausetrail.parser.html.elements.forms import form
from clausetrail.parser.html.elements.hidden import hidden
from clausetrail.parser.html.elements.landmarks import landmark
from clausetrail.parser.html.elements.notes import note
from clausetrail.parser.html.elements.sized import sized
from clausetrail.parser.html.elements.widgets import widget
from clausetrail.parser.html.fate import Fate
from clausetrail.parser.html.paths import Element

ElementRule = Callable[[Element, Around], Fate | None]


@dataclass(frozen=True, slots=True)
class Interest:
    """A rule with the tags and the attributes of the elements that it is asked about."""

    rule: ElementRule
    tags: str = ""
    attributes: str = ""


ELEMENT_RULES = (
    Interest(widget, attributes="aria-label"),
    Interest(note, tags="span small i em sup div a"),
    Interest(hidden, attributes="hidden aria-hidden style"),
    Interest(button, tags="button summary", attributes="role aria-expanded aria-controls data-toggle data-bs-toggle"),
    Interest(landmark, tags="nav header footer aside main article dialog", attributes="role"),
    Interest(form, tags="form search label"),
    Interest(sized, attributes="style"),
)


def _by(kind: str) -> dict[str, tuple[ElementRule, ...]]:
    found: dict[str, list[ElementRule]] = defaultdict(list)
    for interest in ELEMENT_RULES:
        for name in getattr(interest, kind).split():
            found[name].append(interest.rule)
    return {name: tuple(rules) for name, rules in found.items()}


_BY_TAG = _by("tags")
_BY_ATTRIBUTE = _by("attributes")


_ASKED_FOR = frozenset(_BY_ATTRIBUTE)


@lru_cache(maxsize=1_024)
def _rules(name: str, attributes: frozenset[str]) -> tuple[ElementRule, ...]:
    """The rules for a tag with these of the attributes that rules ask for, in their order."""
    found = {*_BY_TAG.get(name, ()), *(rule for attribute in attributes for rule in _BY_ATTRIBUTE[attribute])}
    return tuple(interest.rule for interest in ELEMENT_RULES if interest.rule in found)


_OF_THE_SITE: frozenset[ElementRule] = frozenset((widget, landmark, form))


class Fates:
    """The fate of every element of a tree, decided when it is asked for."""

    def __init__(self, root: Element, *, declared: bool = False) -> None:
        """`declared`: a person has chosen what is read, and only the rules for controls, notes and hidden text run."""
        self.around = Around(root)
        self._muted = _OF_THE_SITE if declared else frozenset()
        self._given: dict[Element, Fate] = {}

    def give(self, element: Element, fate: Fate) -> None:
        """Decide an element beforehand."""
        self._given[element] = fate

    def of(self, element: Element, name: str, attributes: list[str]) -> Fate | None:
        """What the rules say of an element with this tag and these attributes: the first to drop it, else the first to
        say anything."""
        if self._given and element in self._given:
            return self._given[element]
        if _ASKED_FOR.isdisjoint(attributes):
            rules = _BY_TAG.get(name, ())
        else:
            rules = _rules(name, _ASKED_FOR.intersection(attributes))
        answer: Fate | None = None
        for rule in rules:
            fate = rule(element, self.around) if rule not in self._muted else None
            if fate is not None and fate.drop:
                return fate
            answer = answer or fate
        return answer


__all__ = ["ELEMENT_RULES", "Around", "ElementRule", "Fates"]
