"""The published changelog of a document, as Markdown and as a standalone HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from clausetrail.changelog import phrases
from clausetrail.changelog.diff_markdown import cell_diff
from clausetrail.changelog.items import Item
from clausetrail.changelog.operations import elided
from clausetrail.changelog.published import LIMIT, Entry, Fold, standfirst, told
from clausetrail.changelog.safe import markdown_link, markdown_text
from clausetrail.changelog.templating import render
from clausetrail.model import DatedChanges, DocumentInfo, Operation, OperationKind, RelationKind

INTRODUCTION = (
    "Dates are those on which Clausetrail observed the page, in UTC; what the document declares is given apart. "
    "Where two dates stand, the change happened somewhere between them."
)
UNATTRIBUTED_TITLE = "Differences that came with an upgrade of the archive"
UNATTRIBUTED_NOTE = "The archive changed how it reads the page at these times; the publisher may have changed nothing."
NOTHING = "No versions are recorded in this period."

_KEEP = 160
_WHOLE = frozenset({RelationKind.ADDED, RelationKind.REMOVED})


def heading(document: DocumentInfo) -> str:
    """`Example AI: Usage Policy`, or the slug where no names are known."""
    return ": ".join(filter(None, (document.publisher, document.title))) or document.slug


def credit(document: DocumentInfo) -> str:
    """Whom the text comes from and under which licence; empty where neither is known."""
    told_of = [f"Text collected by {document.attribution}" if document.attribution else ""]
    told_of.append(f"licence: {document.licence}" if document.licence else "")
    text = "; ".join(filter(None, told_of))
    return f"{phrases.sentence(text)}." if text else ""


def changelog_markdown(document: DocumentInfo, entries: Iterable[DatedChanges], *, limit: int = LIMIT) -> str:
    """Newest first; in each entry at most `limit` changes in full (0: all), small ones on one line.  Deletions are
    `~~struck~~`, insertions `**bold**`; no text of the pages can become markup."""
    story = told(entries, limit)
    parts = [f"# Changes of {markdown_text(heading(document))}", INTRODUCTION]
    if document.url:
        parts.append(f"Page: {markdown_link(document.url, document.url)}")
    parts += [part for entry in story.entries for part in _parts(entry)]
    if not story.entries and not story.unattributed:
        parts.append(NOTHING)
    if story.unattributed:
        parts += [f"## {UNATTRIBUTED_TITLE}", UNATTRIBUTED_NOTE]
        parts += [part for entry in story.unattributed for part in _entry_parts(entry, "###")]
    parts += filter(None, [markdown_text(credit(document))])
    return "\n\n".join(parts) + "\n"


def _parts(entry: Entry | Fold) -> Iterator[str]:
    if isinstance(entry, Entry):
        return _entry_parts(entry, "##")
    return iter((f"*{markdown_text(entry.text)}*{_permalink(entry.permalink)}",))


def _permalink(link: str) -> str:
    """A permalink is no address: it is what commands take.  Backticks cannot be in it."""
    return f" Permalink: `{link.replace('`', '')}`" if link else ""


def _entry_parts(entry: Entry, level: str) -> Iterator[str]:
    yield f"{level} {markdown_text(entry.title)}"
    remarks = " ".join(filter(None, (entry.summary and f"{entry.summary}.", *entry.remarks)))
    yield f"Version {entry.number}. {markdown_text(remarks)}".strip() + _permalink(entry.permalink)
    for day, text in entry.quotes:
        yield f"> Announced {day}: {markdown_text(text)}"
    bullets = [_bullet(item) for item in entry.main]
    if entry.left_out:
        bullets.append(f"- … and {phrases.counted(entry.left_out, 'more change')} of this weight.")
    if bullets:
        yield "\n".join(bullets)
    if entry.small_line:
        yield markdown_text(entry.small_line)


def _bullet(item: Item) -> str:
    claim, preposition, path = standfirst(item)
    head = " ".join(filter(None, (f"**{claim}**", preposition, path and f"*{markdown_text(path)}*")))
    details = "".join(f" ({markdown_text(detail)})" for detail in item.details)
    body = cell_diff((name, _body(item.kind, operations)) for name, operations in item.cells)
    return f"- {head}{details}{f': {body}' if body else ''} — *{markdown_text(item.weight)}*"


def _body(kind: RelationKind, operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """What to quote: the words of a clause that came or went as they are, others with their edits."""
    if kind in _WHOLE:
        return tuple(Operation(OperationKind.EQUAL, each.text) for each in operations)
    return elided(operations, _KEEP)


def changelog_html(document: DocumentInfo, entries: Iterable[DatedChanges], *, limit: int = LIMIT) -> str:
    """The same as one page without script or outside resources; small changes can be unfolded."""
    story = told(entries, limit)
    return render(
        "changelog.html",
        title=f"Changes of {heading(document)}",
        document=document,
        entries=story.entries,
        unattributed=story.unattributed,
        introduction=INTRODUCTION,
        unattributed_title=UNATTRIBUTED_TITLE,
        unattributed_note=UNATTRIBUTED_NOTE,
        nothing=NOTHING,
        credit=credit(document),
        standfirst=standfirst,
        language=document.language,
    )
