"""Lines that belong to the site: `Skip to content`, `Print`, `1–10 of 14`, the question of a feedback box, lists of
languages, and how long ago the page was edited, which is true for the day of the visit alone."""

from __future__ import annotations

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block
from clausetrail.parser.html.content.endonyms import are_languages, is_language
from clausetrail.parser.html.content.phrases import (
    is_button,
    is_copyright,
    is_feedback,
    is_line,
    is_note,
    is_toggle,
    turns_page,
)
from clausetrail.parser.html.layout import Layout
from clausetrail.parser.passing import is_age, is_aged
from clausetrail.parser.remembered import remembered

_SHORT = 100
_LAST = 6
_MOST = 20
_LANGUAGES = 5


def lines(layout: Layout) -> None:
    asked = 0
    for i in layout.standing():
        text = layout.blocks[i].text
        if len(text) > _SHORT or layout.blocks[i].kind is ClauseKind.ROW:
            continue
        said = _said(text)
        if not said and layout.links[i] and _is_pager(layout.blocks[i]):
            said = "line"
        if not said:
            continue
        if said == "feedback" and asked < _MOST:
            layout.drop(_box_of(layout, i), "feedback")
            asked += 1
        elif said == "line" or (said == "button" and (_is_control(layout, i) or _opens_panel(layout, i))):
            layout.mark((i,), "line")
        elif said == "age":
            beside = [j for j in (i - 1, i + 1) if 0 <= j < len(layout.blocks) and is_aged(layout.blocks[j].text)]
            layout.mark((i, *beside), "age")
    _languages(layout)
    _copyright(layout)
    layout.settle()


@remembered(longest=_SHORT)
def _said(text: str) -> str:
    """What a line says that does not belong to the policy; empty where it says something else."""
    if is_feedback(text):
        return "feedback"
    if is_line(text) or is_note(text):
        return "line"
    if is_button(text) or is_toggle(text):
        return "button"
    return "age" if is_age(text) else ""


def _is_pager(block: Block) -> bool:
    """`1-10 of 14` with links to the page before and after, in one line."""
    if not all(turns_page(link.text) for link in block.links):
        return False
    rest = block.text
    for link in block.links:
        rest = rest.replace(link.text, " ", 1)
    return is_line(rest.strip())


def _opens_panel(layout: Layout, i: int) -> bool:
    """`Learn more` right before hidden text, and in no item or heading."""
    block = layout.blocks[i]
    if block.kind is not ClauseKind.PARAGRAPH or not is_toggle(block.text):
        return False
    return any(box.start == i + 1 for box in layout.marked("panel"))


def _is_control(layout: Layout, i: int) -> bool:
    """A line that is all link, and no heading, item or mail address."""
    block = layout.blocks[i]
    if block.kind is not ClauseKind.PARAGRAPH or block.depth or layout.linked[i] < layout.mass[i]:
        return False
    return is_button(block.text)


def _box_of(layout: Layout, i: int) -> range:
    """The widest box around a question that holds no sentence."""
    widest = range(i, i + 1)
    for box in layout.boxes:
        if box.start <= i < box.end and not layout.total("prose", box.start, box.end):
            return range(box.start, box.end)
    return widest


def _languages(layout: Layout) -> None:
    """Five and more languages in a row, each named in itself."""
    run: list[int] = []
    for i in [*layout.standing(), -1]:
        if i >= 0 and is_language(layout.blocks[i].text):
            run.append(i)
            continue
        if len(run) >= _LANGUAGES:
            layout.mark(run, "languages")
        run = []
        if i >= 0 and are_languages(layout.blocks[i].text):
            layout.mark((i,), "languages")


def _copyright(layout: Layout) -> None:
    """Among the last lines, that of the site's copyright, with what follows it."""
    last = layout.standing()[-_LAST:]
    for at, i in enumerate(last):
        if is_copyright(layout.blocks[i].text) and not any(layout.prose[j] for j in last[at + 1 :]):
            layout.mark(last[at:], "copyright")
            return
