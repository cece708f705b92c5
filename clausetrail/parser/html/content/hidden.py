"""Hidden text that nothing on the page opens is chrome that waits: a menu, a dialog, the same page for small screens.

Hidden panels with sentences (accordions, tabs) stay.  Where next to nothing is left without the rest of the hidden
text, the page hides itself until a script runs, and nothing is dropped.
"""

from __future__ import annotations

from clausetrail.parser.html.layout import Layout

_SHARE = 0.25


def hidden(layout: Layout) -> None:
    boxes = layout.marked("hidden")
    inside = {i for box in boxes for i in range(box.start, box.end)}
    total = layout.total("prose", 0, len(layout.blocks))
    lost = sum(layout.prose[i] for i in inside)
    if total - lost >= _SHARE * total:
        layout.drop(inside, "hidden")
