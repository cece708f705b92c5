"""A memory for pure functions of short texts.

Successive versions of a page share most of their lines, and what was found out of a line need not be found out again.
Long texts are not kept, so that a hostile page cannot fill the memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_T = TypeVar("_T")


def remembered(*, longest: int, most: int = 1 << 13) -> Callable[[Callable[[str], _T]], Callable[[str], _T]]:
    """Keep the answers for the `most` latest texts of up to `longest` characters."""

    def remember(function: Callable[[str], _T]) -> Callable[[str], _T]:
        known = lru_cache(maxsize=most)(function)

        @wraps(function)
        def remembering(text: str) -> _T:
            return known(text) if len(text) <= longest else function(text)

        return remembering

    return remember
