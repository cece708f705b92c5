"""How values are written in a column, and read back."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import accumulate, chain
from operator import sub
from typing import Any

from clausetrail.model import DateKind, DeclaredDate

_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Text that UTF-8 can hold: lone surrogates, which no honest page has, become U+FFFD one for one."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC; as text it sorts like the time itself, with or without microseconds."""
    return moment.astimezone(UTC).isoformat()


def stamp_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def day(text: str) -> date:
    return date.fromisoformat(text)


def dumps(value: object) -> str:
    """Compact JSON; lone surrogates survive as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text if _SURROGATE.search(text) is None else json.dumps(value, separators=(",", ":"))


def loads(text: str) -> Any:
    return json.loads(text)


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """A JSON list of two-item lists."""
    return tuple((name, value) for name, value in json.loads(text))


def pack(*columns: Sequence[int]) -> bytes:
    """Columns of equal length as one blob: differences of neighbours, little-endian, zlib.  Values fit 31 bits."""
    deltas = [*chain.from_iterable(map(sub, column, chain((0,), column)) for column in columns)]
    return zlib.compress(struct.pack(f"<{len(deltas)}i", *deltas), 6)


def unpack(blob: bytes, columns: int) -> tuple[tuple[int, ...], ...]:
    """The `columns` columns of `pack`."""
    raw = zlib.decompress(blob)
    deltas = struct.unpack(f"<{len(raw) // 4}i", raw)
    size = len(deltas) // columns
    return tuple(tuple(accumulate(deltas[i * size : (i + 1) * size])) for i in range(columns))


def ids(numbers: Iterable[int]) -> str:
    """A JSON array for `json_each`: any number of ids in one statement."""
    return json.dumps(list(numbers))


def date_row(declared: DeclaredDate) -> list[Any]:
    return [declared.kind.value, declared.on.isoformat(), clean(declared.text), declared.position, declared.precision]


def declared_date(row: Sequence[Any]) -> DeclaredDate:
    kind, on, text, position, precision = row
    return DeclaredDate(DateKind(kind), day(on), text, position, precision)
