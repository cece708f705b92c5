"""Boxes that speak for the site and not for the policy: cookie notice, newsletter, chat, a bar of buttons.

Words decide only where structure agrees: the box is small beside the rest of the page and holds controls.
"""

from __future__ import annotations

from collections import defaultdict

from clausetrail.parser.html.content.phrases import asks_consent, decides, greets, invites
from clausetrail.parser.html.layout import Box, Layout

_SHARE = 0.35
_SIZE = 1500
_INVITATION = 500
_BAR = 200
_CONTROLS = frozenset(("control", "field", "form"))


def controls(layout: Layout) -> None:
    """Drop boxes of at most 1,500 bytes with buttons that ask for consent, invite to subscribe or to chat, or say next
    to nothing beside their buttons."""
    total = layout.total("prose", 0, len(layout.blocks))
    done = 0
    for index, labels in sorted(_labels(layout).items()):
        box = layout.boxes[index]
        if box.start < done:
            continue
        mass = layout.total("mass", box.start, box.end)
        if mass and layout.total("prose", box.start, box.end) <= _SHARE * total:
            kind = _kind(layout, box, labels, mass)
            if kind:
                layout.mark(range(box.start, box.end), kind)
                done = box.end
    layout.settle()


def _kind(layout: Layout, box: Box, labels: list[str], mass: int) -> str:
    text = " ".join(layout.blocks[i].text for i in layout.standing(box.start, box.end))
    if any(map(decides, labels)) and asks_consent(f"{text} {' '.join(labels)}"):
        return "consent"
    if mass <= _INVITATION and invites(text):
        return "newsletter"
    if mass <= _INVITATION and greets(text):
        return "chat"
    few = layout.total("ones", box.start, box.end) <= 2 * len(labels)
    if len(labels) > 1 and few and mass <= _BAR and not layout.total("prose", box.start, box.end):
        return "controls"
    return ""


def _labels(layout: Layout) -> dict[int, list[str]]:
    """Index of a box -> the texts of all controls that were dropped within it, for boxes that are not too large."""
    found: dict[int, list[str]] = defaultdict(list)
    for gap in layout.gaps:
        if gap.rule in _CONTROLS:
            _note(layout, found, gap.box, " ".join("".join(gap.element.itertext()).split()))
    inner = _innermost(layout)
    for i in layout.standing():
        if layout.linked[i] >= layout.mass[i] and decides(layout.blocks[i].text):
            _note(layout, found, inner[i], layout.blocks[i].text)
    return found


def _note(layout: Layout, found: dict[int, list[str]], index: int, label: str) -> None:
    while index >= 0 and layout.total("mass", layout.boxes[index].start, layout.boxes[index].end) <= _SIZE:
        found[index].append(label)
        index = layout.boxes[index].parent


def _innermost(layout: Layout) -> list[int]:
    """Beside each block, the index of the innermost box around it."""
    inner = [-1] * len(layout.blocks)
    stack: list[int] = []
    at = 0
    for i in range(len(layout.blocks)):
        while stack and layout.boxes[stack[-1]].end <= i:
            stack.pop()
        while at < len(layout.boxes) and layout.boxes[at].start <= i:
            if layout.boxes[at].end > i:
                stack.append(at)
            at += 1
        inner[i] = stack[-1] if stack else -1
    return inner
