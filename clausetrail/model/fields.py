"""Which header fields and languages a page can be asked for with."""

from __future__ import annotations

import re

_OURS = re.compile(
    "accept-encoding|connection|content-length|expect|host|if-.*|keep-alive|proxy-.*|range|te|trailer|"
    "transfer-encoding|upgrade|user-agent",
    re.IGNORECASE,
)
"""Fields that a source cannot set: they are the transport's, or say who we are."""
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\uffff]{0,8000}")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")


def field_problem(name: str, value: str) -> str:
    """Why a header field cannot be sent for a source; empty where it can.  The value is never repeated."""
    if _OURS.fullmatch(name):
        return f"the header field {name} cannot be set for a source; take it away"
    if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
        return f"{name[:40]!r} cannot be sent as a header field"
    return ""


def language_problem(tag: str) -> str:
    """Why a language cannot be asked for; empty where it can (BCP 47)."""
    return "" if _TAG.fullmatch(tag) else f"{tag!r} is no language tag; write it as en, de or pt-BR"
