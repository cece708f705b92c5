"""`Term`, blank line, `: what it means` is a term and its definition too."""

from __future__ import annotations

from dataclasses import replace

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Page
from clausetrail.parser.normal import normal

_MARK = ": "
_TERM_SIZE = 80


def loose_definitions(page: Page) -> None:
    found = [i for i, block in enumerate(page.blocks) if i and block.text.startswith(_MARK)]
    for i in reversed(found):
        term, block = page.blocks[i - 1], page.blocks[i]
        plain = page.kinds[i - 1] is page.kinds[i] is ClauseKind.PARAGRAPH and term.depth == block.depth
        if not plain or term.label or term.lead or len(term.text) > _TERM_SIZE:
            continue
        text = block.text.removeprefix(_MARK).strip()
        page.blocks[i] = replace(
            block,
            lead=term.text,
            text=text,
            words=normal(f"{term.text} {text}"),
            links=term.links + block.links,
            listed=True,
        )
        page.kinds[i], page.lines[i] = ClauseKind.ITEM, page.lines[i - 1]
        page.depths[i] += 1
        page.drop(i - 1)
