"""Slugs of publishers and documents."""

from __future__ import annotations

import unicodedata


def slug(name: str) -> str:
    """Lower-case words joined by hyphens: `DALL·E` -> `dall-e`, `Société` -> `societe`, `文心一言` as it is.

    Letters, marks and digits of other scripts stay what they are; a name without any becomes `unnamed`.
    """
    plain = (c for c in unicodedata.normalize("NFKD", name) if not "\u0300" <= c <= "\u036f")
    kept = unicodedata.normalize("NFC", "".join(plain)).casefold()
    return "-".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in kept).split()) or "unnamed"


def document_slug(publisher: str, title: str) -> str:
    """`publisher/document`."""
    return f"{slug(publisher)}/{slug(title)}"
