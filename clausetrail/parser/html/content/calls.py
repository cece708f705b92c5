"""The box under the text that asks the reader to sign up: a heading, a line of praise, a button."""

from __future__ import annotations

from clausetrail.parser.html.layout import Box, Layout, is_heading
from clausetrail.parser.verdict.phrases import CALL
from clausetrail.parser.verdict.policy_words import binding_in

_SIZE = 600
_PROSE = 300
_SHARE = 0.2
_CALL = 40
_LAST = 8
_PASSIVE = ("learn more", "read more", "explore", "see ", "view ")
_PRAISE = 160


def calls(layout: Layout) -> None:
    """Drop the widest small box round a button or link that calls to start, buy or try, if no sentence follows it and
    none of its own words binds or informs anybody.  Where the link only leads on, there must be a heading and no more
    than a line of praise."""
    for i, active in reversed(_positions(layout)[-_LAST:]):
        boxes = (box for box in layout.boxes if box.start <= i < box.end and _is_invitation(layout, box, active=active))
        box = next(boxes, None)
        if box and not layout.total("prose", box.end, len(layout.blocks)):
            layout.drop(range(box.start, box.end), "invitation")


def _positions(layout: Layout) -> list[tuple[int, bool]]:
    """Blocks that are such a link, or that stand right before such a button; and whether it does more than lead on."""
    lines = [
        (i, block.text)
        for i, block in enumerate(layout.blocks)
        if layout.dropped[i] in ("", "line") and layout.linked[i] >= layout.mass[i]
    ]
    controls = (gap for gap in layout.gaps if gap.rule == "control" and gap.position)
    buttons = [(gap.position - 1, "".join(gap.element.itertext()).strip()) for gap in controls]
    return sorted((i, not text.lower().startswith(_PASSIVE)) for i, text in (*lines, *buttons) if _calls(text))


def _calls(text: str) -> bool:
    return len(text) <= _CALL and bool(CALL.match(text.lower()))


def _is_invitation(layout: Layout, box: Box, *, active: bool) -> bool:
    mass, prose = layout.total("mass", box.start, box.end), layout.total("prose", box.start, box.end)
    headed = any(is_heading(layout.blocks[i]) for i in layout.standing(box.start, box.end))
    if not active and not (headed and mass <= _PRAISE):
        return False
    if not 0 < mass <= min(_SIZE, _SHARE * layout.total("prose", 0, len(layout.blocks))) or prose > _PROSE:
        return False
    text = " ".join(layout.blocks[i].text for i in layout.standing(box.start, box.end))
    return "@" not in text and not binding_in(text.lower())
