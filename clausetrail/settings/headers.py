"""Header fields of a source whose values the environment holds, so that no key stands in a file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from clausetrail.errors import UsageError
from clausetrail.model import Headers, Source, field_problem
from clausetrail.settings.documents import ENVIRONMENT


def headers_of(source: Source, environment: Mapping[str, str] | None = None) -> Headers:
    """The header fields of a source as they are sent.

    Raises UsageError, naming the variable and never a value, where one is not set or cannot be sent."""
    held = os.environ if environment is None else environment
    for name, variable in unset(source, held):
        raise UsageError(
            f"{source.url}: its header field {name} takes its value from the environment variable {variable}, which is"
            f" not set; set it where Clausetrail runs"
        )
    found = tuple((name, held[_variable(value)] if _variable(value) else value) for name, value in source.headers)
    for name, value in found:
        if problem := field_problem(name, value):
            raise UsageError(f"{source.url}: {problem}")
    return found


def unset(source: Source, environment: Mapping[str, str] | None = None) -> Iterator[tuple[str, str]]:
    """(header field, variable) for each variable that a source needs and that is not set."""
    held = os.environ if environment is None else environment
    for name, value in source.headers:
        if (variable := _variable(value)) and variable not in held:
            yield name, variable


def _variable(value: str) -> str:
    return value.removeprefix(ENVIRONMENT) if value.startswith(ENVIRONMENT) else ""
