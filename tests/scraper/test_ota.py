"""Made-up repositories of recorded versions: `at TIME SUBJECT` begins a commit, `put PATH TEXT` and `drop PATH` are
what it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clausetrail.errors import ScrapeError
from clausetrail.scraper import git as reader
from clausetrail.scraper import ota
from tests.conftest import blocks
from tests.histories import git

CASES = blocks(Path(__file__).parent / "cases" / "ota.txt")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text if ":" in text else f"{text}:00").replace(tzinfo=UTC)


def repository(folder: Path, lines: str) -> Path:
    stream: list[str] = []
    for line in lines.splitlines():
        verb, _, rest = line.partition(" ")
        if verb == "at":
            time, _, subject = rest.partition(" ")
            who = f"A <a@example.org> {int(moment(time).timestamp())} +0000"
            stream.append(f"commit refs/heads/main\nauthor {who}\ncommitter {who}\n{data(subject)}")
        elif verb == "put":
            path, _, text = rest.partition(".md ")
            stream.append(f'M 100644 inline "{path}.md"\n{data(text)}')
        else:
            stream.append(f"D {rest}")
    git(folder, "init", "-q", "--bare", "-b", "main")
    git(folder, "fast-import", "--quiet", feed="\n".join([*stream, ""]).encode())
    return folder


def data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}"


def short(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M").removesuffix(":00")


def told(source: Path) -> Iterator[str]:
    found = ota.documents(source)
    for (service, terms_type), one in sorted(found.items(), key=lambda item: item[1].records[0].at):
        yield f"{service} {terms_type}"
        texts = dict(reader.blobs(source, {r.blob for r in one.records}))
        lines = []
        for record in one.records:
            until = f" until {short(record.seen_until)}" if record.seen_until else ""
            text = texts[record.blob].decode()
            lines.append(f"  {short(record.at)} {record.kind.value} {text}{until}")
        for away in one.withdrawals:
            said = dict(away.provenance)
            now = f", now {said['renamed']}" if "renamed" in said else ""
            lines.append(f"  {short(away.at)} away: {said['message']}{now}")
        yield from sorted(lines)


@pytest.mark.parametrize(("name", "given", "expected"), CASES, ids=[c[0] for c in CASES])
def test_case(tmp_path: Path, name: str, given: str, expected: str) -> None:
    source = repository(tmp_path / "source", given)
    if expected.startswith("refused: "):
        with pytest.raises(ScrapeError, match=expected.removeprefix("refused: ")):
            ota.documents(source)
    else:
        assert "\n".join(told(source)) == expected
