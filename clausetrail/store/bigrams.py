"""Words of scripts written without spaces, made findable by a tokenizer that looks for spaces.

The way of Lucene's CJKBigramFilter: every two neighbouring characters are a token, and the last of a run stands
alone too, so that a single character is always the beginning of some token.
"""

from __future__ import annotations

import re

# Han, kana, bopomofo and hangul; the middle dot and the voicing marks are punctuation to FTS5.
CJK = (
    "々〇ぁ-ゖゝ-ゟァ-ヺー-ヿㄅ-ㄯㇰ-ㇿ"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\u1100-\u11ff\uff66-\uff9f\U00020000-\U0003ffff"
)
RUN = re.compile(f"[{CJK}]+")


def bigrams(words: str) -> str | None:
    """The words with every run of such characters as overlapping pairs, the last one alone: `ABC` -> `AB BC C`.

    None where there is no such run.
    """
    if words.isascii() or RUN.search(words) is None:
        return None
    return " ".join(RUN.sub(lambda run: f" {' '.join(tokens(run[0]))} ", words).split())


def tokens(run: str) -> list[str]:
    """The tokens of one run."""
    return [run[i : i + 2] for i in range(len(run))]
