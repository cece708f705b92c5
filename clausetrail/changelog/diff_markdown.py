"""A comparison as a Markdown page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from clausetrail.changelog import ends, phrases
from clausetrail.changelog.items import GAP, Item, Teller
from clausetrail.changelog.operations import shown, tightened
from clausetrail.changelog.safe import is_punctuation, markdown_link, markdown_text, visible
from clausetrail.model import Diff, End, Operation, OperationKind, RelationKind

_MARKERS = {OperationKind.DELETE: "~~", OperationKind.INSERT: "**"}


def diff_markdown(diff: Diff, *, context: int = 0, only: Collection[RelationKind] = ()) -> str:
    """The ends, a summary, and the changes in reading order, insertions `**bold**` and deletions `~~struck~~`; the
    options are those of `diff_lines`.

    No text of the pages can become markup; see `safe.markdown_text`."""
    parts = [f"# {markdown_text(ends.title(diff))}", "\n".join(_ends(diff))]
    parts.append(markdown_text(ends.summary(diff)))
    parts += filter(None, [ends.selection(diff, only)])
    items = Teller(diff.comparison).reading_order(context=context, only=only)
    parts += ["…" if item is GAP else _item(item) for item in items]
    return "\n\n".join(parts) + "\n"


def _ends(diff: Diff) -> Iterator[str]:
    yield from _end("From", diff.old)
    yield from _end("To", diff.new)
    if diff.between:
        yield f"- {ends.between(diff)}"


def _end(side: str, end: End) -> Iterator[str]:
    told = "".join(f"; {markdown_text(fact)}" for fact in ends.facts(end))
    yield f"- {side} **{markdown_link(ends.name(end), end.permalink)}**{told}"
    for note in ends.warnings(end):
        yield f"    - Note: {markdown_text(note)}"


def _item(item: Item) -> str:
    if not item.rank:
        return f"*{markdown_text(item.path)}* ({item.claim}): {word_diff(item.operations)}".rstrip(": ")
    head = f"## {phrases.sentence(item.claim)}: {markdown_text(item.path)}"
    notes = [f"*{markdown_text(item.shape)}; {markdown_text(item.weight)}*", *map(markdown_text, item.details)]
    body = cell_diff(item.cells)
    return "\n\n".join([head, "  \n".join(notes), *([f"> {body}"] if body else [])])


def cell_diff(cells: Iterable[tuple[str, Sequence[Operation]]]) -> str:
    """`word_diff` of a row in its cells, each after what its column is called, in italics and brackets."""
    told = ((markdown_text(name.strip()), word_diff(operations)) for name, operations in cells)
    return " ".join(f"*\\[{name}:\\]* {words}" if name else words for name, words in told).strip()


def word_diff(operations: Sequence[Operation]) -> str:
    """Operations on one line of Markdown.  Where a marker would not be read as one between a word and a sign of
    punctuation (CommonMark's rule of flanking), a space is put before or after it."""
    out = ""
    safe = [Operation(each.kind, visible(each.text)) for each in shown(operations)]
    pieces = [piece for piece in tightened(safe) if piece.text]
    for index, piece in enumerate(pieces):
        text = _inline(piece.text)
        marker = _MARKERS.get(piece.kind, "")
        if marker:
            after = pieces[index + 1] if index + 1 < len(pieces) else None
            text = f"{_space(out[-1:], text[0])}{marker}{text}{marker}"
            text += _space(after.text[0], text[-3]) if after and after.kind is OperationKind.EQUAL else ""
            if out.endswith(("**", "~~")) and not text.startswith(" "):
                text = f" {text}"
        out += text
    return out.strip()


def _inline(text: str) -> str:
    """Visible text as Markdown, the spaces at its ends kept."""
    body = text.strip()
    if not body:
        return text
    start = text.index(body)
    return f"{text[:start]}{markdown_text(body)}{text[start + len(body) :]}"


def _space(outside: str, inside: str) -> str:
    """A space where a marker would stand between `outside`, a letter, and `inside`, a sign of punctuation."""
    open_side = not outside or outside.isspace() or is_punctuation(outside)
    return " " if is_punctuation(inside) and not open_side else ""
