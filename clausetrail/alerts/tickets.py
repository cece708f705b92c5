"""Links that confirm a subscription: signed, and good for a while.  They hold no address."""

from __future__ import annotations

from itsdangerous import BadData, URLSafeTimedSerializer

from clausetrail.errors import UsageError
from clausetrail.store.asks import FOR

_SALT = "clausetrail.confirm"
LONGEST = 400
"""Characters of a ticket."""


def ticket(key: str, name: str) -> str:
    """What stands in the link of a letter."""
    return str(URLSafeTimedSerializer(key, salt=_SALT).dumps(name))


def name_of(key: str, given: str) -> str:
    """The letter that a ticket belongs to.  Raises UsageError, the same for each, for one that is altered, too old or
    none of ours."""
    try:
        found = URLSafeTimedSerializer(key, salt=_SALT).loads(given[:LONGEST], max_age=int(FOR.total_seconds()))
    except BadData as error:
        raise UsageError(OLD) from error
    return str(found)


OLD = "this link is not good any more; ask for the subscription again"
