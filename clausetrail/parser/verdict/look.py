"""What verdicts need to know of a page, as facts: no page, no tree, no network.

Made from the clauses that were read and, for HTML, from the marks of the page around them; Markdown and plain text
have no marks, and are judged by their words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clausetrail.model import Clause, ClauseKind
from clausetrail.parser.verdict.marks import Marks
from clausetrail.parser.verdict.phrases import CALL
from clausetrail.parser.verdict.policy_words import NAMED, binding_in, duties_in, kinds_of

_LINES = 80
_LINE = 240
_CALL = 40
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDS = re.compile(r"[.!?;:…][\"')\]»]?(?:\s|$)|[。！？；]")
_SEGMENTS = re.compile(r"\s*(?:[|·•»›—–:]|\s-\s|\s/\s)\s*")
_NOISE = re.compile(
    r"^\W*(?:(?:©|\(c\)|copyright)\W*(?:\(c\) ?)?(?:19|20)?\d\d|all rights reserved|"
    r"(?:we|(?:this|our) (?:web)?site|wir|nous|utilizamos|utilizziamo)\b.{0,30}\b(?:use[sn]?|verwenden|utilis\w+)? ?"
    r"(?:cookies|des cookies)|accept (?:all )?cookies|by (?:continuing|using|clicking)\b.{0,60}cookies|skip to |"
    r"(?:only )?(?:allow|accept|reject|manage)\b.{0,30}cookies|"
    r"you can (?:learn more about|manage|review)\b.{0,20}cookies)"
)
_SENTENCE_WORDS = 6
_LINKED_SHARE = 0.6
_NAME = 8
"""Words of a line that may be a name; one with more says something."""
_SAYS = 4
"""Words of a line, below which it is a label or a button."""
_BEYOND = 15
"""Words after a phrase in the line that it explains."""


@dataclass(frozen=True, slots=True)
class Line:
    """One clause of the content."""

    text: str
    """Words in lower case, cut at a few hundred characters."""
    words: int
    """Words in writing with spaces, about half the characters in writing without."""
    heading: bool
    linked: bool
    """Most of it is a link."""
    sentence: bool
    """Long enough, or so punctuated, that somebody says something."""


@dataclass(frozen=True, slots=True)
class Look:
    """The facts.  All counts are of words as `Line.words` counts them."""

    title: str
    """Of the page's head, in lower case; where there is none, the first heading."""
    segments: tuple[str, ...]
    """The title, cut where publishers join page and site: `terms | example` is two."""
    language: str
    lines: tuple[Line, ...]
    """The first clauses: pages that are no policy show it early."""
    words: int
    """In all clauses."""
    plain: int
    """Neither in headings nor mostly in links."""
    prose: int
    """In sentences outside of links."""
    sentences: int
    binding: int
    """Occurrences of words that bind, permit or inform, in prose of the first lines."""
    duties: int
    """Of these, such as only a text of rules has."""
    links: int
    """Clauses that are mostly a link."""
    policy_links: int
    """Of these, those named as policies are."""
    calls: int
    """Different calls to sign up, buy or read on."""
    kinds: frozenset[str]
    """Kinds of policy that the title and the first headings name."""
    marks: Marks

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines if line.heading)

    @property
    def opening(self) -> tuple[str, ...]:
        """What a reader takes for the page's name: parts of its title, its first heading, or where there is none the
        first lines of a few words."""
        if headings := self.headings[:1]:
            return (*self.segments, *headings)
        return (*self.segments, *(line.text for line in self.lines[:2] if line.words <= _NAME))

    @property
    def unread(self) -> bool:
        """Whether the page shows a sentence that is not in the content: it is then not for its content to say that
        nothing is there."""
        known = " ".join(line.text for line in self.lines)
        return any(
            piece.count(" ") >= _NAME and piece.lower() not in known and not _NOISE.match(piece.lower())
            for piece in self.marks.pieces
        )


def look_of(clauses: Iterable[Clause], *, title: str = "", language: str = "", marks: Marks | None = None) -> Look:
    """The facts of one page: the clauses of its content, its title and language, and its marks where it was HTML."""
    marks = marks or Marks()
    everything = clauses if isinstance(clauses, Sequence) else tuple(clauses)
    lines = [line_of(clause) for clause in everything[:_LINES] if clause.words]
    rest = [line_of(clause) for clause in everything[_LINES:] if clause.words]
    title = (title or marks.title).lower()
    headings = [line.text for line in lines if line.heading]
    title = title or (headings[0] if headings else "")
    prose = [line for line in (*lines, *rest) if line.sentence]
    linked = [line for line in (*lines, *rest) if line.linked]
    return Look(
        title=title,
        segments=tuple(part for part in _SEGMENTS.split(title) if part),
        language=language,
        lines=tuple(lines),
        words=sum(line.words for line in lines) + sum(line.words for line in rest),
        plain=sum(line.words for line in (*lines, *rest) if not line.heading and not line.linked),
        prose=sum(line.words for line in prose),
        sentences=len(prose),
        binding=sum(binding_in(line.text) for line in lines if line.sentence),
        duties=sum(duties_in(line.text) for line in lines if line.sentence),
        links=len(linked),
        policy_links=sum(NAMED.search(line.text) is not None for line in linked),
        calls=calls_in(everything[:_LINES]),
        kinds=kinds_of(" \n ".join((title, *headings[:3]))),
        marks=marks,
    )


def line_of(clause: Clause) -> Line:
    """One clause as verdicts see it."""
    words = clause.words
    count = word_count(words)
    heading = clause.kind is ClauseKind.SECTION
    linked = bool(clause.links) and sum(len(link.text) for link in clause.links) > _LINKED_SHARE * len(words)
    text = words[:_LINE].lower()
    said = not heading and not linked and (count >= 2 * _SENTENCE_WORDS or _said(text, count))
    return Line(text, count, heading, linked, said and not _NOISE.match(text))


def _said(text: str, count: int) -> bool:
    return count >= _SENTENCE_WORDS and _ENDS.search(text) is not None


def calls_in(clauses: Sequence[Clause]) -> int:
    """Different calls to sign up, buy or read on, in links and in lines of a few words."""
    texts = {link.text.lower() for clause in clauses for link in clause.links}
    texts.update(clause.words.lower() for clause in clauses if len(clause.words) <= _CALL)
    return sum(CALL.match(text) is not None for text in texts if len(text) <= _CALL)


def word_count(text: str) -> int:
    """Words between spaces; of writing without them, two characters count as one."""
    spaces = text.count(" ") + 1
    return spaces if text.isascii() else spaces + len(_WIDE.findall(text)) // 2


@dataclass(frozen=True, slots=True)
class Rest:
    """What of a page is left once a rule's phrases have explained what they can."""

    words: int
    """In lines of four words and more, outside of headings and links, that no phrase explains."""
    binding: int
    """Words in these lines that bind, permit or inform."""
    explained: int
    """Number of lines that a phrase explains."""


def rest_of(look: Look, *patterns: re.Pattern[str]) -> Rest:
    """A phrase explains the line that it opens, if the line says little beyond it and nothing that binds.  A line that
    stands several times counts once."""
    words = look.words - sum(line.words for line in look.lines)
    binding = explained = 0
    for line in {line.text: line for line in look.lines}.values():
        if any(explains(pattern, line.text) for pattern in patterns):
            explained += 1
        elif line.words >= _SAYS and not line.heading and not line.linked and not _NOISE.match(line.text):
            words += line.words
            binding += binding_in(line.text)
    return Rest(words, binding, explained)


def explains(pattern: re.Pattern[str], text: str) -> bool:
    match = pattern.match(text)
    if not match:
        return False
    beyond = text[match.end() :]
    return word_count(beyond) <= _BEYOND and not binding_in(beyond)


def says(look: Look, pattern: re.Pattern[str]) -> str:
    """The first line of the content that the phrase explains, else such a piece of what stands around it."""
    for line in look.lines:
        if explains(pattern, line.text):
            return line.text
    for piece in look.marks.pieces:
        if explains(pattern, piece.lower()):
            return piece.lower()
    return ""


def is_called(look: Look, pattern: re.Pattern[str], *, slack: int = 24) -> str:
    """The part of the page's name that is little more than the phrase."""
    for name in look.opening:
        match = pattern.match(name)
        if match and len(name) - match.end() <= slack and not binding_in(name[match.end() :]):
            return name
    return ""
