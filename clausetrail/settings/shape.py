"""The shape of a settings file, by its JSON Schema: what is wrong with it, and how to mend it.

The schema is the one that editors use; `x-must-be` beside a value says in our words what it must be, and `x-needs` what
a table must have.  Validated with jsonschema-rs, which loads in a third of the time of the jsonschema package, takes
nothing else along, and names every mistake with its place.
"""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from clausetrail.resources import data_path
from clausetrail.settings.places import Key

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError


class Mistake(NamedTuple):
    """What is wrong with a value, and how to mend it."""

    key: Key
    said: str


def schema_text() -> str:
    """The schema, as it ships."""
    return data_path("schemas", "clausetrail.schema.json").read_text("utf-8")


def mistakes(data: Mapping[str, Any]) -> list[Mistake]:
    """Whatever of the data the schema does not allow, in no order."""
    if not data:
        return []
    return [mistake for error in _validator().iter_errors(_plain(data)) for mistake in _told(error, data)]


def called(key: Key) -> str:
    """`document[1].page[2].url`, lists counted from 1."""
    text = ""
    for part in key:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


@cache
def _schema() -> dict[str, Any]:
    found = json.loads(schema_text())
    assert isinstance(found, dict)  # noqa: S101 - it ships with us
    return found


@cache
def _validator() -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator  # only where there is a settings file

    return Draft202012Validator(_schema())


def _plain(value: Any) -> Any:
    """As JSON has it: times as text, what is no number as nothing."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _told(error: ValidationError, data: Mapping[str, Any]) -> Iterator[Mistake]:
    key: Key = tuple(error.instance_path)
    node = _node(error.schema_path[:-1])
    kind = error.kind.name
    if kind == "additionalProperties":
        known = sorted(node.get("properties", ()))
        yield from (Mistake((*key, name), _unknown(key, name, known)) for name in error.kind.as_dict()["unexpected"])
    elif kind == "required":
        name = error.kind.as_dict()["property"]
        yield Mistake(key, f"`{called(key)}` needs `{name}`, {_must_be(node['properties'][name])}")
    elif kind in ("anyOf", "oneOf") and "x-needs" in node:
        yield Mistake(key, f"`{called(key)}` needs {node['x-needs']}")
    else:
        yield Mistake(key, f"`{called(key)}` must be {_must_be(node)}")


def _unknown(key: Key, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1, 0.6)
    names = [called((*key, one)) for one in near or known]
    hint = f"did you mean `{names[0]}`?" if near else f"known are {', '.join(names)}"
    return f"`{called((*key, name))}` is no setting; {hint}"


def _node(path: list[str | int]) -> dict[str, Any]:
    node: Any = _schema()
    for part in path:
        node = node[part]
    return node if isinstance(node, dict) else {}


def _must_be(node: Mapping[str, Any]) -> str:
    if "x-must-be" not in node and "$ref" in node:
        node = _node(node["$ref"].removeprefix("#/").split("/"))
    return str(node.get("x-must-be", "something else"))
