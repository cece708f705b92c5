"""What must hold of every page that is read, however damaged."""

from __future__ import annotations

import time

from clausetrail.errors import ParseError
from clausetrail.parser import read
from tests.parser.test_parser_properties import check

SECONDS = 5.0
"""Of processor time, for a page of up to 5 MB."""


class FindingError(AssertionError):
    """A page that breaks a promise."""


def examine(body: bytes, media_type: str, *, seconds: float = SECONDS) -> str:
    """`read` or `refused`.

    Raises FindingError for another error than ParseError, for a tree that breaks the promises of `Clause`, for two
    readings of the same bytes that differ, and for a page that takes too long."""
    began = time.process_time()
    try:
        reading = read(body, media_type)
    except ParseError as error:
        if "\n" in str(error) or not str(error):
            raise FindingError(f"an error that is not one line: {error!r}") from error
        return _in_time(began, seconds, "refused")
    except Exception as error:
        raise FindingError(f"{type(error).__name__}: {error}"[:500]) from error
    done = _in_time(began, seconds, "read")
    try:
        check(reading)
    except AssertionError as error:
        raise FindingError(f"broken promise: {error}"[:500]) from error
    if read(body, media_type) != reading:
        raise FindingError("two readings of the same bytes differ")
    return done


def _in_time(began: float, seconds: float, done: str) -> str:
    took = time.process_time() - began
    if took > seconds:
        raise FindingError(f"took {took:.1f} s")
    return done
