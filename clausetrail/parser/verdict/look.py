"""What verdicts need to know of a page, as facts: no page, no tree, no network.

Made from the clauses that were read and, for HTML, from the marks of the page around them; Markdown and plain text
have no marks, and are judged by their words alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from clausetrail.model import Clause, ClauseKind
from clausetrail.parser.verdict.marks import Marks
from clausetrail.parser.verdict.phrases import CALL, Opening
from clausetrail.parser.verdict.policy_words import NAMED, binding_in, duties_in, kinds_of

LONG = 1_200
"""Words of prose beyond which no page is anything but a document, whatever its name is."""
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


class Line(NamedTuple):
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


class Look:
    """The facts, each worked out when it is first asked for.  All counts are of words as `Line.words` counts them."""

    def __init__(self, clauses: Sequence[Clause], title: str, language: str, marks: Callable[[], Marks]) -> None:
        self._clauses = clauses
        self._title = title
        self._marks = marks
        self.language = language

    @cached_property
    def marks(self) -> Marks:
        return self._marks()

    @cached_property
    def title(self) -> str:
        """Of the page's head, in lower case; where there is none, the first heading."""
        title = (self._title or self.marks.title).lower()
        return title or next(iter(self.headings), "")

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The title, cut where publishers join page and site: `terms | example` is two."""
        return tuple(part for part in _SEGMENTS.split(self.title) if part)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The first clauses: pages that are no policy show it early."""
        return tuple(line_of(clause) for clause in self._clauses[:_LINES] if clause.words)

    @cached_property
    def _all_lines(self) -> tuple[Line, ...]:
        return *self.lines, *(line_of(clause) for clause in self._clauses[_LINES:] if clause.words)

    @cached_property
    def words(self) -> int:
        """In all clauses."""
        return sum(line.words for line in self._all_lines)

    @cached_property
    def plain(self) -> int:
        """Neither in headings nor mostly in links."""
        return sum(line.words for line in self._all_lines if not line.heading and not line.linked)

    @cached_property
    def prose(self) -> int:
        """In sentences outside of links."""
        return sum(line.words for line in self._all_lines if line.sentence)

    @cached_property
    def sentences(self) -> int:
        return sum(line.sentence for line in self._all_lines)

    @cached_property
    def binding(self) -> int:
        """Occurrences of words that bind, permit or inform, in prose of the first lines."""
        return sum(binding_in(line.text) for line in self.lines if line.sentence)

    @cached_property
    def duties(self) -> int:
        """Of these, such as only a text of rules has."""
        return sum(duties_in(line.text) for line in self.lines if line.sentence)

    @cached_property
    def links(self) -> int:
        """Clauses that are mostly a link."""
        return sum(line.linked for line in self._all_lines)

    @cached_property
    def policy_links(self) -> int:
        """Of these, those named as policies are."""
        return sum(NAMED.search(line.text) is not None for line in self._all_lines if line.linked)

    @cached_property
    def calls(self) -> int:
        """Different calls to sign up, buy or read on."""
        return calls_in(self._clauses[:_LINES])

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Kinds of policy that the title and the first headings name."""
        return kinds_of(" \n ".join((self.title, *self.headings[:3])))

    @property
    def is_long(self) -> bool:
        """Whether sentences outside of links come to more than `LONG` words.  Reads no further than it must."""
        prose = (line.words for line in map(line_of, self._clauses) if line.sentence)
        return any(total > LONG for total in accumulate(prose))

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


def look_of(
    clauses: Sequence[Clause], *, title: str = "", language: str = "", marks: Callable[[], Marks] = Marks
) -> Look:
    """The facts of one page: the clauses of its content, its title and language, and what finds its marks where it was
    HTML."""
    return Look(clauses, title, language, marks)


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


def rest_of(look: Look, *openings: Opening) -> Rest:
    """A phrase explains the line that it opens, if the line says little beyond it and nothing that binds.  A line that
    stands several times counts once."""
    words = _beyond(look)
    binding = explained = 0
    for line in {line.text: line for line in look.lines}.values():
        if any(explains(opening, line.text) for opening in openings):
            explained += 1
        elif _says_something(line):
            words += line.words
            binding += binding_in(line.text)
    return Rest(words, binding, explained)


def leaves_more(look: Look, words: int, *openings: Opening) -> bool:
    """Whether `rest_of` these openings, and so of any of them, has more words.  Reads the longest lines first, and no
    more of them than it must."""
    lines = [line for line in {line.text: line for line in look.lines}.values() if _says_something(line)]
    lines.sort(key=lambda line: -line.words)
    left = (line.words for line in lines if not any(explains(opening, line.text) for opening in openings))
    return any(total > words for total in accumulate(left, initial=_beyond(look)))


def _beyond(look: Look) -> int:
    """Words after the first lines."""
    return look.words - sum(line.words for line in look.lines)


def _says_something(line: Line) -> bool:
    return line.words >= _SAYS and not line.heading and not line.linked and not _NOISE.match(line.text)


def explains(opening: Opening, text: str) -> bool:
    end = opening.end(text)
    if end < 0:
        return False
    beyond = text[end:]
    return word_count(beyond) <= _BEYOND and not binding_in(beyond)


def says(look: Look, opening: Opening) -> str:
    """The first line of the content that the phrase explains, else such a piece of what stands around it."""
    for line in look.lines:
        if explains(opening, line.text):
            return line.text
    for piece in look.marks.pieces:
        if explains(opening, piece.lower()):
            return piece.lower()
    return ""


def is_called(look: Look, opening: Opening, *, slack: int = 24) -> str:
    """The part of the page's name that is little more than the phrase."""
    for name in look.opening:
        end = opening.end(name)
        if end >= 0 and len(name) - end <= slack and not binding_in(name[end:]):
            return name
    return ""
