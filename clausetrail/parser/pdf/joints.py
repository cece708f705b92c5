"""Where a line ends and the next begins: with a space, with nothing, or in the middle of a word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clausetrail.parser.pdf.lines import Line
from clausetrail.parser.pdf.page import HYPHEN

_ALWAYS = re.compile("e|ex|first|full|half|high|long|low|non|off|one|opt|open|quasi|real|self|short|third|two|well")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(rf"([^\W\d_]+)[-{HYPHEN}]$")
_FIRST = re.compile(r"[^\W\d_]+")
_CJK = re.compile(r"[\u2e80-\u2fdf\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")


class Joints:
    """Knows the words of a document, and mends those that the ends of its lines broke."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.words: set[str] = set()
        for line in lines:
            found = _WORD.findall(line.text.casefold())
            # The first and the last may be parts of words.
            self.words.update(found[1:-1] if line.text.endswith((HYPHEN, "-")) else found[1:])

    def between(self, before: str, after: str) -> tuple[str, str]:
        """The end of a line without a hyphen that is none of the word's, and what stands between it and `after`."""
        if before.endswith(HYPHEN):
            kept = self._is_kept(before, after)
            return before[:-1] + ("-" if kept else ""), ""
        if before.endswith("-") and len(before) > 1 and before[-2].isalnum():
            kept = not _LAST.search(before) or self._is_kept(before, after)
            return before if kept else before[:-1], ""
        return before, "" if _CJK.match(before[-1:]) and _CJK.match(after[:1]) else " "

    def _is_kept(self, before: str, after: str) -> bool:
        """Whether the hyphen belongs to the word: the rest of the document decides, else what stands before it."""
        last, first = _LAST.search(before), _FIRST.match(after)
        if last is None or first is None:
            return True
        head, tail = last[1].casefold(), first.group().casefold()
        if head + tail in self.words:
            return False
        return f"{head}-{tail}" in self.words or first.group()[0].isupper() or bool(_ALWAYS.fullmatch(head))
