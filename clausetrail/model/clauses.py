"""Clauses, trees, and what a page says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class ClauseKind(StrEnum):
    SECTION = "section"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One heading, paragraph, list item, table row or quoted block.

    Texts are plain: no markup, white space collapsed, otherwise as printed.  `words` is their normal form, made by
    the parser, and the only thing that operations, replay and hashes are over.
    """

    kind: ClauseKind
    words: str
    """Normal form of `heading`, or of `lead` and `text` joined by a space.  No line breaks; never empty, except for
    the root and for an item that holds only children."""
    label: str = ""
    """As printed, with its punctuation: `1.`, `(a)`, `§ 3`, `Article 5`, `第三条`.  Bullets have none."""
    heading: str = ""
    """Sections only; without the label."""
    lead: str = ""
    """Bold opening of a paragraph or item, with its own punctuation: `Protect people.`"""
    text: str = ""
    """Own text after label and lead, without that of children."""
    links: tuple[Link, ...] = ()
    depth: int = 0
    """Sections: level of the heading, skipped levels mended, 1 at the top.  Others: how many list items enclose the
    clause, itself counted if it is one (so a top-level item has 1 and a plain paragraph 0)."""
    line: int = 0
    """1-based line of the source where it begins; 0 unknown."""
    anchor: str = ""
    """Element id in the source, if any."""
    children: tuple[Clause, ...] = ()
    columns: tuple[str, ...] = ()
    """Rows only: for each of its cells, which ` | ` parts, what the header of the table calls its column, `""` where
    it calls it nothing.  Empty for the rows of the header itself, and in a table without one.  They are words of the
    header, which is a clause of its own, and belong to no words, state or print."""

    @property
    def printed(self) -> str:
        """Heading, or lead and text, as printed; without the label."""
        return self.heading or f"{self.lead} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Place:
    """A clause where it stands in its tree."""

    position: int
    clause: Clause
    parent: int
    """Position of the parent; -1 for the root's children."""
    path: str
    """Outline path for people: `2 › Respect privacy › 3`.  Unique within the tree."""


PATH_SEPARATOR = " › "
_PATH_PART = 60


@dataclass(frozen=True, slots=True)
class ClauseTree:
    """A page, or a document, as clauses.  `root` is a nameless section of depth 0 and is not itself a clause of the
    text: it has no position."""

    root: Clause

    def walk(self) -> Iterator[Clause]:
        """Every clause in reading order, parents before children, the root left out."""
        stack = list(reversed(self.root.children))
        while stack:
            clause = stack.pop()
            yield clause
            stack.extend(reversed(clause.children))

    def places(self) -> tuple[Place, ...]:
        """`walk()` with positions, parents and paths."""
        return tuple(_places(self.root))


def _places(root: Clause) -> Iterator[Place]:
    stack: list[tuple[Clause, int, str]] = [(c, -1, p) for c, p in _named(root.children, "")]
    stack.reverse()
    position = 0
    while stack:
        clause, parent, path = stack.pop()
        yield Place(position, clause, parent, path)
        stack.extend(reversed([(c, position, p) for c, p in _named(clause.children, path)]))
        position += 1


def _named(siblings: tuple[Clause, ...], above: str) -> Iterator[tuple[Clause, str]]:
    """Siblings with their full paths; a name that stands twice gets `#2`, `#3`, …"""
    taken: dict[str, int] = {}
    for ordinal, clause in enumerate(siblings, 1):
        name = _path_part(clause) or str(ordinal)
        seen = taken[name] = taken.get(name, 0) + 1
        name = name if seen == 1 else f"{name}#{seen}"
        yield clause, f"{above}{PATH_SEPARATOR}{name}" if above else name


def _path_part(clause: Clause) -> str:
    label = clause.label.strip(" .:–—-()[]*、．）（")
    name = label or clause.heading or clause.lead.rstrip(" .:：。")
    return name if len(name) <= _PATH_PART else name[: _PATH_PART - 1].rstrip() + "…"


class DateKind(StrEnum):
    EFFECTIVE = "effective"
    UPDATED = "updated"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class DeclaredDate:
    """A date that the document declares for itself."""

    kind: DateKind
    on: date
    """First day of the month where `precision` is `month`."""
    text: str
    """The words that declare it, as printed."""
    position: int
    """Of the clause that holds them."""
    precision: str = "day"
    """`day` or `month`."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One entry of the publisher's own changelog."""

    on: date
    text: str
    position: int


class VerdictReason(StrEnum):
    """Why what came is not the policy."""

    EMPTY = "empty"
    SCRIPT_SHELL = "script-shell"
    ERROR_PAGE = "error-page"
    SOFT_404 = "soft-404"
    GEO_BLOCK = "geo-block"
    LOGIN_WALL = "login-wall"
    BOT_CHALLENGE = "bot-challenge"
    REDIRECT_STUB = "redirect-stub"
    LISTING = "listing"
    """A hub, a table of contents of a help centre, a page of search results."""
    MARKETING = "marketing"
    """A home page or one that sells."""
    OTHER_DOCUMENT = "other-document"
    OTHER_LANGUAGE = "other-language"
    COLLAPSE = "collapse"
    """Most words gone with no sign of a rewrite: provisional, as histories decide by how long it stands."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether what came is the policy."""

    policy: bool
    reason: str = ""
    """Empty for a policy; else a `VerdictReason`, or `unreadable: …` with what was wrong with the bytes."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Why one block of a page was read as part of the policy, or was not."""

    kept: bool
    rule: str
    """Name of the rule that dropped it; of a kept block, what it was kept as: `main`, `article`, `panel`, `declared`,
    `text`."""
    line: int
    """1-based line of the source; 0 unknown."""
    path: str
    """XPath of its element in the page as parsed; empty for what is no HTML."""
    text: str
    """As printed, white space collapsed."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What an HTML page says of itself to machines.  Every field is as printed, and empty where it says nothing."""

    language: str = ""
    """BCP 47 tag of the page's `lang`."""
    canonical: str = ""
    """Canonical address, made absolute where the page's own is known."""
    modified: str = ""
    """`dateModified`, from JSON-LD, meta elements or microdata, the first of them that has one."""
    published: str = ""
    """`datePublished`, likewise."""
    times: tuple[tuple[str, str], ...] = ()
    """(`datetime`, text) of the first fifty `time` elements."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the parser made of one snapshot."""

    tree: ClauseTree
    verdict: Verdict
    declared: tuple[DeclaredDate, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    language: str = ""
    """ISO 639-1 code; empty where unknown."""
    title: str = ""
    facts: PageFacts = field(default_factory=PageFacts)
    flags: tuple[str, ...] = ()
    """What was wrong with the bytes, and was read all the same: `charset-mismatch`, `broken-characters`,
    `double-encoded`."""
