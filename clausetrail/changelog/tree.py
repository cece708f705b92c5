"""A clause tree as an outline for a terminal, and as clean Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clausetrail.changelog import dates, ends, paint
from clausetrail.changelog.operations import in_cells
from clausetrail.changelog.safe import markdown_text, without_invisible
from clausetrail.changelog.styled import BLANK, Line, Span, Style, line
from clausetrail.model import Clause, ClauseKind, ClauseTree, End, Operation, OperationKind, Reading

MARKS = {
    ClauseKind.SECTION: "#",
    ClauseKind.PARAGRAPH: "",
    ClauseKind.ITEM: "•",
    ClauseKind.ROW: "|",
    ClauseKind.QUOTE: "❝",
}
"""Kind marks of the outline; a heading repeats its mark once for each level, a paragraph has none."""

_STEP = 2
_NUMBER = re.compile(r"(\d{1,9})([.)])")


def outline(tree: ClauseTree) -> list[Line]:
    """One line per clause in reading order, indented below its parent: kind mark, label, lead, heading or text.  Where
    rows stand without the header of their table, each cell comes after what its column is called."""
    lines: list[Line] = []
    levels: dict[int, int] = {}
    headed = False
    for place in tree.places():
        level = levels[place.position] = levels.get(place.parent, -1) + 1
        row = place.clause.kind is ClauseKind.ROW
        headed = row and (headed or not place.clause.columns)
        lines.append(clause_line(place.clause, indent=_STEP * level, columns=not headed))
    return lines


def clause_line(clause: Clause, *, indent: int = 0, before: tuple[Span, ...] = (), columns: bool = False) -> Line:
    """One clause as printed, after `before` and `indent` columns.  `columns`: with what the columns of a row are
    called."""
    mark = MARKS[clause.kind] * (max(1, clause.depth) if clause.kind is ClauseKind.SECTION else 1)
    hang = sum(len(span.text) for span in before) + indent + (len(mark) + 1 if mark else 0)
    return line(
        *before,
        " " * indent,
        Span(f"{mark} " if mark else "", Style.MUTED),
        Span(without_invisible(f"{clause.label} ") if clause.label else "", Style.LABEL),
        Span(without_invisible(clause.heading), Style.HEADING),
        Span(without_invisible(clause.lead), Style.STRONG),
        *_text_spans(clause, clause.columns if columns else ()),
        indent=hang,
    )


def _text_spans(clause: Clause, columns: tuple[str, ...]) -> Iterator[Span]:
    text = f"{' ' if clause.lead and clause.text else ''}{clause.text}"
    for name, cell in in_cells((Operation(OperationKind.EQUAL, text),), columns):
        yield paint.column(name)
        yield Span(without_invisible("".join(each.text for each in cell)))


def end_lines(title: str, end: End) -> list[Line]:
    """`show`: what it is, which version answers, then the outline of its tree."""
    told = "; ".join(ends.facts(end))
    answer = Span(f"  {ends.name(end)}", Style.STRONG)
    head = [line(Span(title, Style.HEADING), answer, Span(f"  {told}" if told else "", Style.MUTED), indent=2)]
    head += [line(Span(f"note: {note}", Style.WARNING), indent=6) for note in ends.warnings(end)]
    return [*head, BLANK, *outline(end.tree)]


def reading_lines(reading: Reading) -> list[Line]:
    """`parse --format outline`: what the page says of itself, the verdict where it is no policy, then the outline."""
    facts = [
        ("title", reading.title),
        ("language", reading.language),
        ("declares", dates.declarations(reading.declared)),
        ("changelog", _span_of_entries(reading)),
    ]
    head = [paint.fact(name, value, width=11) for name, value in facts if value]
    if not reading.verdict.policy:
        head.append(line(Span(f"no policy: {reading.verdict.reason}", Style.WARNING)))
    return [*head, *([BLANK] if head else []), *outline(reading.tree)]


def _span_of_entries(reading: Reading) -> str:
    days = sorted(one.on for one in reading.announcements)
    return f"{len(days)} dated from {days[0].isoformat()} to {days[-1].isoformat()}" if days else ""


def tree_markdown(tree: ClauseTree) -> str:
    """The tree as Markdown that reads back to clauses of the same words: ATX headings, paragraphs with bold leads,
    nested lists with their labels, tables of one column per cell mark, quotes."""
    return "\n".join(_blocks(tree.root.children, "")).strip("\n") + "\n"


def _blocks(clauses: Sequence[Clause], prefix: str) -> Iterator[str]:
    previous: Clause | None = None
    for clause in clauses:
        tight = previous is not None and _tight(previous, clause)
        if previous is not None and not tight:
            yield prefix.rstrip() if clause.kind is not ClauseKind.QUOTE else ""
        if clause.kind is ClauseKind.ROW and not tight:
            yield from _table_head(clause, prefix)
        yield from _block(clause, prefix)
        previous = clause


def _tight(before: Clause, after: Clause) -> bool:
    """Whether no empty line need stand between two siblings: rows, and items of one list."""
    if before.kind is not after.kind or after.kind not in (ClauseKind.ITEM, ClauseKind.ROW):
        return False
    return after.kind is ClauseKind.ROW or _marker(before)[-1] == _marker(after)[-1]


def _block(clause: Clause, prefix: str) -> Iterator[str]:
    text = _inline(clause)
    inner = prefix
    if clause.kind is ClauseKind.SECTION:
        yield f"{prefix}{'#' * min(6, max(1, clause.depth))} {_labelled(clause, text)}"
    elif clause.kind is ClauseKind.ITEM:
        marker = _marker(clause)
        yield f"{prefix}{marker} {text if _NUMBER.fullmatch(clause.label) else _labelled(clause, text)}".rstrip()
        inner = prefix + " " * (len(marker) + 1)
    elif clause.kind is ClauseKind.ROW:
        yield f"{prefix}{_row(clause)}"
    else:
        inner = f"{prefix}> " if clause.kind is ClauseKind.QUOTE else prefix
        yield f"{inner}{_labelled(clause, text)}"
    if clause.children:
        first = clause.children[0]
        if not (clause.kind is first.kind is ClauseKind.ITEM and _marker(first) in ("-", "1.")):
            yield inner.rstrip()
        yield from _blocks(clause.children, inner)


def _inline(clause: Clause) -> str:
    if clause.heading:
        return _text(clause.heading)
    lead = f"**{_text(clause.lead)}**" if clause.lead else ""
    return f"{lead} {_text(clause.text)}".strip()


def _text(text: str) -> str:
    return markdown_text(without_invisible(text))


def _labelled(clause: Clause, text: str) -> str:
    return f"{_text(clause.label)} {text}".strip() if clause.label else text


def _marker(clause: Clause) -> str:
    """A label that Markdown has itself becomes its marker; any other stands before the text of a bullet."""
    return clause.label if _NUMBER.fullmatch(clause.label) else "-"


def _cells(clause: Clause) -> list[str]:
    return [cell.strip() for cell in clause.printed.split(" | ")]


def _row(clause: Clause) -> str:
    return "| " + " | ".join(map(_text, _cells(clause))) + " |"


def _table_head(clause: Clause, prefix: str) -> Iterator[str]:
    """Markdown has no table without a head: an empty one, so that every row stays a row."""
    count = len(_cells(clause))
    yield f"{prefix}|{'  |' * count}"
    yield f"{prefix}|{' --- |' * count}"
