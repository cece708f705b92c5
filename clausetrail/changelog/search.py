"""`search` on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausetrail.changelog import dates
from clausetrail.changelog.styled import BLANK, Line, Span, Style, line
from clausetrail.model import SearchHit

_AROUND = 120


def search_lines(hits: Sequence[SearchHit], notes: Sequence[str] = ()) -> list[Line]:
    """Each hit with where and when its wording stood, and the words around what matched: highlighted; then `notes`."""
    found = [each for hit in hits for each in (*_hit_lines(hit), BLANK)][:-1] or [line("Nothing found.")]
    return [*found, *(line(Span(f"note: {note}", Style.WARNING), indent=6) for note in notes)]


def _hit_lines(hit: SearchHit) -> Iterator[Line]:
    yield line(
        Span(hit.document, Style.HEADING),
        Span(f"  {hit.path}", Style.STRONG),
        Span(f"  {stood(hit)}", Style.MUTED if hit.current else Style.REMOVED),
        indent=4,
    )
    yield line("    ", *(Span(text, Style.MATCH) if match else Span(text) for text, match in snippet(hit)), indent=4)


def stood(hit: SearchHit) -> str:
    """When the wording stood, as observed: it began in an interval too."""
    began = dates.changed(hit.first)
    since = f"there {began}" if hit.first.before is None else f"began {began}"
    state = "in the latest version" if hit.current else "gone from the latest version"
    return f"{dates.utc(f'{since}, last seen {dates.day(hit.last.last_seen)}')}; {state}"


def snippet(hit: SearchHit) -> Iterator[tuple[str, bool]]:
    """(text, whether it matched): what matched with some of the words around, `…` for the rest."""
    done, end = _window(hit)
    if done:
        yield "…", False
    for start, stop in hit.marks:
        yield hit.words[done:start], False
        yield hit.words[start:stop], True
        done = stop
    yield hit.words[done:end], False
    if end < len(hit.words):
        yield "…", False


def _window(hit: SearchHit) -> tuple[int, int]:
    """What to show of the words: some before the first mark and after the last one, cut between words."""
    first, last = (hit.marks[0][0], hit.marks[-1][1]) if hit.marks else (0, _AROUND)
    start, end = max(0, first - _AROUND), min(len(hit.words), last + _AROUND)
    if start:
        start = hit.words.find(" ", start, first) + 1 or start
    if end < len(hit.words):
        end = max(hit.words.rfind(" ", last, end), last) if " " in hit.words[last:end] else end
    return start, end
