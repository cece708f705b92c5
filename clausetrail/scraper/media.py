"""What a page is, by what its server says of it."""

from __future__ import annotations

import re

from clausetrail.model import Headers

MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf"})
"""What a policy can be."""

_MEDIA_TYPE = re.compile(r"\s*([\w.+-]+/[\w.+-]+)\s*(?:;|$)", re.ASCII)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.ASCII | re.IGNORECASE)


def content_type(headers: Headers) -> tuple[str, str]:
    """(media type, charset) as the `Content-Type` declares them, each lower case or empty."""
    given = next((value for name, value in headers if name.lower() == "content-type"), "")
    media, charset = _MEDIA_TYPE.match(given), _CHARSET.search(given)
    return media[1].lower() if media else "", charset[1].lower() if charset else ""
