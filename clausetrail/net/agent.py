"""Who we say we are."""

from __future__ import annotations

import re

from clausetrail import __version__
from clausetrail.errors import UsageError

NAME = "Clausetrail"
"""The product token: what robots.txt calls us by (RFC 9309, 2.2.1)."""
_CONTACT = re.compile(r"https?://[!-'*-~]{3,200}|(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII)


def user_agent(contact: str = "") -> str:
    """`Clausetrail/0.1.0 (+https://example.org/about-us)`: an honest name, with an address of whoever runs it.

    Raises UsageError for a contact that is neither a web address nor one of e-mail.
    """
    if not contact:
        return f"{NAME}/{__version__}"
    if not _CONTACT.fullmatch(contact):
        raise UsageError(f"{contact!r} is no contact; write a web address (https://...) or one of e-mail")
    return f"{NAME}/{__version__} (+{contact})"
