"""A page's bytes → a `Reading`: clause tree, verdict, declared dates, the publisher's own changelog, language.

What reads pages is imported when it is first asked for: commands that only compare what was read do without it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clausetrail.parser.decode import MAX_BYTES, MEDIA_TYPES, media_type_of
    from clausetrail.parser.reading import explain, read
    from clausetrail.parser.selectors import selector_problem

PARSER_REVISION = 4
"""Raised whenever the same bytes would be read differently than before."""

__all__ = ["MAX_BYTES", "MEDIA_TYPES", "PARSER_REVISION", "explain", "media_type_of", "read", "selector_problem"]


_ROOMS = {
    **dict.fromkeys(("MAX_BYTES", "MEDIA_TYPES", "media_type_of"), "decode"),
    **dict.fromkeys(("explain", "read"), "reading"),
    "selector_problem": "selectors",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_ROOMS[name]}"), name)
