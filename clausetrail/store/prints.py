"""What was printed, told by what it differs in from the normal form: curly quotes, long dashes, odd spaces."""

from __future__ import annotations

from itertools import groupby

from clausetrail.store.codec import dumps, loads


def patch(usual: str, text: str) -> str | None:
    """`text` as replacements of characters of `usual`: a JSON list of place, characters, place, characters, …

    None where the two are not of one length, or where the text itself is shorter.
    """
    if len(usual) != len(text):
        return None
    places = [i for i, (a, b) in enumerate(zip(usual, text, strict=True)) if a != b]
    runs: list[int | str] = []
    for _, group in groupby(enumerate(places), lambda entry: entry[1] - entry[0]):
        run = [place for _, place in group]
        runs += [run[0], text[run[0] : run[-1] + 1]]
    found = dumps(runs)
    return found if len(found) < len(text) else None


def patched(usual: str, runs: str) -> str:
    """The text again."""
    values = loads(runs)
    parts, end = [], 0
    for place, characters in zip(values[::2], values[1::2], strict=True):
        parts += [usual[end:place], characters]
        end = place + len(characters)
    return "".join([*parts, usual[end:]])
