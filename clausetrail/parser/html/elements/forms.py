"""Forms: fields and their labels are no text; what a form wraps may be the whole page."""

from __future__ import annotations

from clausetrail.parser.html.elements.around import Around
from clausetrail.parser.html.fate import Fate, dropped, marked
from clausetrail.parser.html.paths import Element


def form(element: Element, around: Around) -> Fate | None:
    """The label of a field goes with the field.  A form is marked: old servers wrap every page in one."""
    if element.tag == "label":
        labels = element.get("for") is not None or next(element.iter("select", "input", "textarea"), None) is not None
        return dropped("field") if labels else None
    return marked("form") if element.tag == "form" and around.holds_prose(element) else dropped("field")
