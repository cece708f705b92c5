"""One regular expression for many words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def one_of(words: Iterable[str]) -> str:
    """Matches the longest of the words that stands at a place.

    Words that begin alike share a branch (a trie), so that a long list costs little more than a short one; the module
    `re` would try one alternative after the other.
    """
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _written(trie)


def _written(node: dict[str, Any]) -> str:
    branches = [re.escape(character) + _written(rest) for character, rest in node.items() if character]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if "" in node else "")
