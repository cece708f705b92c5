"""Word operations: the one place that knows rapidfuzz and diff-match-patch.

Texts are cut into tokens (words, numbers, spaces, punctuation marks, single characters of unspaced scripts), each token
becomes one character, and the two strings are compared: bit-parallel longest common subsequence (Hyyrö 2004) by
rapidfuzz, then diff-match-patch's semantic clean-up, so that a reader sees phrases and not crumbs.  A token is never
cut.  Work is bounded by tokens alone, so the result never depends on the machine's speed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from clausetrail.differ.tokens import MARKS, UNSPACED
from clausetrail.model import Operation, OperationKind

LARGEST_TABLE = 600_000_000
"""Old tokens times new tokens (bits of the comparison's table, 75 MB) up to which tokens are compared.  Beyond, what
lies between the common beginning and the common end is compared by sentences, and beyond that replaced as a whole."""
_MOST_TOKENS = 800_000
"""Tokens of both sides together that can each have a character of their own."""

_ASCII_TOKEN = re.compile(r"[0-9]+(?:[.,:/][0-9]+)*|[a-zA-Z][a-zA-Z0-9]*(?:['\-][a-zA-Z]+)*|[^\S\n]+|.", re.DOTALL)
"""For a text that is all ASCII the same as `_token()`, several times faster."""
_CLOSING = frozenset(".!?;:\n。！？；")

Step = tuple[OperationKind, str]
Diff = tuple[int, str]
"""As diff-match-patch has it: -1 for what is gone, 0 for what is kept, 1 for what has come."""

_KINDS = {-1: OperationKind.DELETE, 0: OperationKind.EQUAL, 1: OperationKind.INSERT}
_WORD_AREA, _MARK_AREA = 0x4E00, 0xF0000
_LAST = 0x10FFFD
_FIRST_OF_PLANE_1, _SURROGATES = 0x10000, 0xD800


def operations(old: str, new: str) -> tuple[Operation, ...]:
    """How `old` became `new`: runs of whole tokens, no two neighbours of one kind, a deletion before an insertion.

    `replay(operations(old, new)) == (old, new)` for all texts."""
    if old == new:
        return (Operation(OperationKind.EQUAL, old),) if old else ()
    if not old or not new:
        return (Operation(OperationKind.DELETE, old) if old else Operation(OperationKind.INSERT, new),)
    a, b = _cut(old), _cut(new)
    head, tail = _common_ends(a, b)
    middle = _compare(a[head : len(a) - tail], b[head : len(b) - tail], head, tail, a)
    return tuple(_tidy(middle))


def replay(done: Iterable[Operation]) -> tuple[str, str]:
    """The old and the new text that operations stand for."""
    steps = list(done)
    old = "".join(o.text for o in steps if o.kind is not OperationKind.INSERT)
    new = "".join(o.text for o in steps if o.kind is not OperationKind.DELETE)
    return old, new


def _cut(text: str) -> list[str]:
    return (_ASCII_TOKEN if text.isascii() else _token()).findall(text)


@cache
def _token() -> re.Pattern[str]:
    """Made when it is first wanted: its sets take longer to read than a short page."""
    letter = rf"(?:[^\W\d_{UNSPACED}]|[{MARKS}])"
    return re.compile(
        rf"\d+(?:[.,:/\u066b\u066c]\d+)*|{letter}(?:{letter}|\d)*(?:['’\-]{letter}+)*|[^\S\n]+|.", re.DOTALL
    )


def _common_ends(a: list[str], b: list[str]) -> tuple[int, int]:
    shorter = min(len(a), len(b))
    head = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    left = shorter - head
    tail = next((i for i in range(left) if a[-1 - i] != b[-1 - i]), left)
    return head, tail


def _compare(a: list[str], b: list[str], head: int, tail: int, whole: list[str]) -> list[Step]:
    """Steps over a middle, with the common ends put back around it."""
    before, after = "".join(whole[:head]), "".join(whole[len(whole) - tail :])
    middle = _by_tokens(a, b) if _fits(a, b) else list(_by_sentences(a, b))
    return [(OperationKind.EQUAL, before), *middle, (OperationKind.EQUAL, after)]


def _by_tokens(a: list[str], b: list[str]) -> list[Step]:
    letters = _Letters()
    x, y = letters.write(a), letters.write(b)
    diffs = _opcodes(x, y)
    fewer = _without_crumbs(diffs)
    _tool(merges=fewer is not diffs).diff_cleanupSemantic(fewer)
    return [(_KINDS[side], letters.read(text)) for side, text in fewer]


def _fits(a: Sequence[str], b: Sequence[str], table: int = LARGEST_TABLE) -> bool:
    return len(a) * len(b) <= table and len(a) + len(b) <= _MOST_TOKENS


def _by_sentences(a: list[str], b: list[str]) -> Iterator[Step]:
    """Whole sentences kept or replaced; the words of a replaced run are compared where that is not too much."""
    sentences_a, sentences_b = _sentences(a), _sentences(b)
    if not _fits(sentences_a, sentences_b):
        yield from ((OperationKind.DELETE, "".join(a)), (OperationKind.INSERT, "".join(b)))
        return
    letters = _Letters()
    diffs = _opcodes(letters.write(sentences_a), letters.write(sentences_b))
    for kept, run in groupby(diffs, key=lambda d: d[0] == 0):
        parts = list(run)
        if kept:
            yield from ((OperationKind.EQUAL, letters.read(text)) for _, text in parts)
        else:
            gone, come = (letters.read("".join(t for side, t in parts if side == s)) for s in (-1, 1))
            yield from _replaced(gone, come)


def _sentences(found: list[str]) -> list[str]:
    """Tokens joined up to and with each mark that closes a sentence or part of one."""
    sentences, start = [], 0
    for at, token in enumerate(found, 1):
        if token in _CLOSING or at == len(found):
            sentences.append("".join(found[start:at]))
            start = at
    return sentences


def _replaced(gone: str, come: str) -> list[Step]:
    a, b = _cut(gone), _cut(come)
    if a and b and _fits(a, b, LARGEST_TABLE // 100):
        return _by_tokens(a, b)
    return [(OperationKind.DELETE, gone), (OperationKind.INSERT, come)]


def _opcodes(x: str, y: str) -> list[Diff]:
    from rapidfuzz.distance import Indel

    diffs = []
    for code in Indel.opcodes(x, y):
        gone, come = x[code.src_start : code.src_end], y[code.dest_start : code.dest_end]
        diffs += [(0, gone)] if code.tag == "equal" else [(s, t) for s, t in ((-1, gone), (1, come)) if t]
    return diffs


def _without_crumbs(diffs: list[Diff]) -> list[Diff]:
    """Kept runs that are no longer than the changes on either side of them, made part of these until none is left.

    The first step of the clean-up, and the same list where there is nothing to do.  The tool starts over after each
    such run: on rewritten texts that would take time in the square of their length."""
    runs = [("", "", "")]  # a kept run with what is gone and what has come after it
    for side, text in diffs:
        kept, gone, come = runs[-1]
        if side == 0:
            _absorb(runs)
            runs.append((text, "", ""))
        else:
            runs[-1] = (kept, gone + text, come) if side < 0 else (kept, gone, come + text)
    _absorb(runs)
    if len(runs) > sum(side == 0 for side, _ in diffs):
        return diffs
    return [(side, text) for run in runs for side, text in zip((0, -1, 1), run, strict=True) if text]


def _absorb(runs: list[tuple[str, str, str]]) -> None:
    """Make the last kept run part of the changes around it, if it is a crumb, and then the one before."""
    while len(runs) > 1:
        (before, gone_before, come_before), (kept, gone, come) = runs[-2:]
        if len(kept) > min(max(len(gone_before), len(come_before)), max(len(gone), len(come))):
            return
        runs[-2:] = [(before, gone_before + kept + gone, come_before + kept + come)]


@cache
def _tool(*, merges: bool) -> Any:
    """diff-match-patch; with `merges` its clean-up joins neighbouring changes, as it does after its own first step."""
    from diff_match_patch import diff_match_patch  # type: ignore[import-untyped]

    class Tool(diff_match_patch):  # type: ignore[misc]
        def diff_cleanupSemanticLossless(self, diffs: list[Diff]) -> None:  # noqa: N802 - the name it overrides
            if merges:
                self.diff_cleanupMerge(diffs)
            super().diff_cleanupSemanticLossless(diffs)

    tool = Tool()
    tool.Diff_Timeout = 0
    return tool


def _tidy(steps: Iterable[Step]) -> Iterator[Operation]:
    """Between two kept runs one deletion and one insertion at most; no empty runs."""
    for kept, run in groupby((s for s in steps if s[1]), key=lambda s: s[0] is OperationKind.EQUAL):
        parts = list(run)
        kinds = (OperationKind.EQUAL,) if kept else (OperationKind.DELETE, OperationKind.INSERT)
        for kind in kinds:
            text = "".join(t for k, t in parts if k is kind)
            if text:
                yield Operation(kind, text)


class _Letters:
    """One character for each distinct token.

    Words get letters and marks get characters that are none, because the clean-up prefers to cut at what is no
    letter; white space stands for itself.  Where an area is used up, tokens share the rest of the code space."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self._token: dict[str, str] = {}
        self._next_word, self._next_mark = _WORD_AREA, _MARK_AREA

    def write(self, found: Iterable[str]) -> str:
        known = self._of
        return "".join([known.get(t) or self._learn(t) for t in found])

    def read(self, text: str) -> str:
        return "".join([self._token[c] for c in text])

    def _learn(self, token: str) -> str:
        letter = token if token in {" ", "\n"} else self._fresh(token)
        self._of[token] = letter
        self._token[letter] = token
        return letter

    def _fresh(self, token: str) -> str:
        if not token[0].isalnum() and self._next_mark <= _LAST:
            self._next_mark += 1
            return chr(self._next_mark - 1)
        if self._next_word == _SURROGATES:
            self._next_word = _FIRST_OF_PLANE_1
        self._next_word += 1
        return chr(self._next_word - 1)
