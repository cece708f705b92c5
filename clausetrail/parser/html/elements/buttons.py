"""Buttons: the title of a panel of the policy, a word in a line of text, or a control."""

from __future__ import annotations

from clausetrail.parser.html.content.phrases import is_toggle
from clausetrail.parser.html.elements.around import Around, is_unseen, runs_on
from clausetrail.parser.html.fate import Fate, dropped, heading
from clausetrail.parser.html.names import HEADINGS
from clausetrail.parser.html.paths import Element

_TITLED = frozenset((*HEADINGS, "summary"))
_CONTROLS = frozenset(("button", "summary"))
_OPENERS = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")
_LEVELS = frozenset("123456")


def button(element: Element, around: Around) -> Fate | None:
    """What opens a panel with sentences is the panel's heading, unless a heading already stands around or within it, or
    it says no more than `Learn more`; a button inside a line of text is a word of it; every other one is a control, and
    dropped."""
    role = element.get("role")
    if role == "heading":
        return _by_level(element)
    if element.tag not in _CONTROLS and role not in ("button", "tab") and not _is_link_control(element):
        return None
    if _is_tab(element):
        _name_panel(element, around)
        return dropped("tab")
    if _has_heading(element):
        return None
    if is_toggle("".join(map(str, element.itertext())).strip()) or _is_toggle_about(element):
        return dropped("control")
    if element.tag == "summary" or _opens_panel(element, around):
        return heading("accordion")
    if runs_on(element):
        return None
    return dropped("control")


def _is_link_control(element: Element) -> bool:
    return element.tag == "a" and any(element.get(name) is not None for name in _OPENERS)


def _is_tab(element: Element) -> bool:
    return "tab" in (element.get("role"), element.get("data-toggle"), element.get("data-bs-toggle"))


def _name_panel(element: Element, around: Around) -> None:
    """The panel that a tab opens, if it holds sentences and does not begin with a heading, bears the tab's words."""
    for panel in _panels(element, around):
        if around.holds_prose(panel) and next(panel.iter(*HEADINGS), None) is None:
            around.tab_titles[panel.get("id") or ""] = " ".join("".join(map(str, element.itertext())).split())


def _panels(element: Element, around: Around) -> list[Element]:
    names = (element.get("aria-controls") or "").split() or [(element.get("href") or "").lstrip("#")]
    return [panel for name in names[:3] if (panel := around.named(name)) is not None]


def _by_level(element: Element) -> Fate | None:
    if element.tag in HEADINGS or _has_heading(element):
        return None
    level = (element.get("aria-level") or "").strip()
    return heading("role", int(level)) if level in _LEVELS else heading("role")


def _has_heading(element: Element) -> bool:
    parent = element.getparent()
    if parent is not None and parent.tag in _TITLED:
        return True
    return next(element.iter(*HEADINGS), None) is not None


def _is_toggle_about(element: Element) -> bool:
    """`Learn more`, and in an element of its own what about: words for screen readers."""
    own = (element.text or "").strip()
    return len(element) == 1 and element[0].tag == "span" and " " in own and is_toggle(own)


def _opens_panel(element: Element, around: Around) -> bool:
    panels = _panels(element, around)
    if not panels:
        after = [panel for panel in (element.getnext(), _after_parent(element)) if panel is not None]
        panels = after if element.get("aria-expanded") is not None else [one for one in after if is_unseen(one)]
    return any(around.holds_prose(panel) for panel in panels)


def _after_parent(element: Element) -> Element | None:
    parent = element.getparent()
    alone = element.getprevious() is None and element.getnext() is None
    return parent.getnext() if parent is not None and alone else None
