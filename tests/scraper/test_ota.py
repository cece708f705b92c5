"""Made-up repositories of recorded versions: `at TIME SUBJECT` begins a commit, `put PATH TEXT` and `drop PATH` are
what it does, `say LINE` is more of its message."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clausetrail.errors import ScrapeError
from clausetrail.scraper import git as reader
from clausetrail.scraper import ota
from tests.conftest import blocks
from tests.histories import git

FOLDER = Path(__file__).parent / "cases"
CASES = [
    (*case, kinds)
    for file, kinds in (("ota.txt", ota.VERSIONS), ("ota_snapshots.txt", ota.SNAPSHOTS))
    for case in blocks(FOLDER / file)
]
FILE = re.compile(r"(.*?\.(?:md|html|pdf|yml)) (.*)")


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
            path, text = FILE.fullmatch(rest).groups()
            stream.append(f'M 100644 inline "{path}"\n{data(text)}')
        elif verb == "say":
            stream[-1] = said(stream[-1], rest)
        else:
            stream.append(f"D {rest}")
    git(folder, "init", "-q", "--bare", "-b", "main")
    git(folder, "fast-import", "--quiet", feed="\n".join([*stream, ""]).encode())
    return folder


def said(commit: str, line: str) -> str:
    """The commit with one more line in its message."""
    head, _, message = commit.partition("\ndata ")
    return f"{head}\n{data(message.partition(chr(10))[2] + chr(10) + line)}"


def data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}"


def short(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M").removesuffix(":00")


def told(source: Path, kinds: Mapping[str, str]) -> Iterator[str]:
    found = ota.documents(source, kinds=kinds)
    for (service, terms_type), one in sorted(found.items(), key=lambda item: item[1].records[0].at):
        yield f"{service} {terms_type}"
        texts = dict(reader.blobs(source, {r.blob for r in one.records}))
        lines = []
        for record in one.records:
            until = f" until {short(record.seen_until)}" if record.seen_until else ""
            text = texts[record.blob].decode()
            page = "" if record.source == "main" else f" ({record.source})"
            of = f" of {record.location} by {record.fetcher}" if record.location else ""
            lines.append(f"  {short(record.at)}{page} {record.kind.value} {text}{until}{of}")
        for away in one.withdrawals:
            said = dict(away.provenance)
            now = f", now {said['renamed']}" if "renamed" in said else ""
            lines.append(f"  {short(away.at)} away: {said['message']}{now}")
        yield from sorted(lines)


@pytest.mark.parametrize(("name", "given", "expected", "kinds"), CASES, ids=[c[0] for c in CASES])
def test_case(tmp_path: Path, name: str, given: str, expected: str, kinds: Mapping[str, str]) -> None:
    source = repository(tmp_path / "source", given)
    if expected.startswith("refused: "):
        with pytest.raises(ScrapeError, match=expected.removeprefix("refused: ")):
            ota.documents(source, kinds=kinds)
    else:
        assert "\n".join(told(source, kinds)) == expected
