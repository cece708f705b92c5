"""Made-up histories: git repositories of the form that archives publish, and what a database holds of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from clausetrail.store import Store

_VERBS = ("collect", "share", "store", "sell", "publish", "profile", "resell", "archive")
_THINGS = (
    "personal data",
    "voice recordings",
    "location history",
    "uploaded files",
    "payment records",
    "contact lists",
)
_LIMITS = ("without consent", "for longer than 30 days", "outside the agreed purpose", "unless the law requires it")


def sentence(random: Random) -> str:
    return f"You may not {random.choice(_VERBS)} {random.choice(_THINGS)} {random.choice(_LIMITS)}."


def revisions(random: Random, count: int) -> Iterator[str]:
    """Markdown states of a policy, each a few edits from the one before; now and then one returns to an earlier."""
    sections = [[sentence(random) for _ in range(random.randint(2, 6))] for _ in range(4)]
    earlier: list[str] = []
    for _ in range(count):
        text = "# Usage rules\n\n" + "\n".join(
            f"## {n}. Part {n}\n\n" + "\n".join(f"* {clause}" for clause in section) + "\n"
            for n, section in enumerate(sections, 1)
        )
        earlier.append(text)
        yield random.choice(earlier) if random.random() < 0.2 else text
        section = random.choice(sections)
        action = random.randrange(3)
        if action == 0 or len(section) < 2:
            section.insert(random.randrange(len(section) + 1), sentence(random))
        elif action == 1:
            section.pop(random.randrange(len(section)))
        else:
            random.shuffle(section)


def page(random: Random, text: str) -> str:
    """A state as a web page with the noise that real ones have: another nonce and token each time."""
    marks = {"## ": "h2", "# ": "h1", "* ": "p"}
    lines = []
    for line in filter(None, text.splitlines()):
        mark = next(mark for mark in marks if line.startswith(mark))
        lines.append(f"<{marks[mark]}>{line.removeprefix(mark)}</{marks[mark]}>")
    head = f'<title>Usage rules</title><script nonce="{random.random()}">var token = "{random.random()}";</script>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main>{"".join(lines)}</main></body></html>'


def repository(folder: Path, *, documents: int = 6, commits: int = 10, seed: int = 1, raw: bool = False) -> Path:
    """A repository of recorded versions, or of `raw` pages, made through `git fast-import`; commit order is not the
    order of times."""
    random = Random(seed)
    states = {(f"Service {i}", "Privacy Policy"): list(revisions(random, commits)) for i in range(documents)}
    entries = [(n, name, text) for name, texts in states.items() for n, text in enumerate(texts)]
    entries.sort(key=lambda e: (e[0], random.random()))
    stream, start = [], datetime(2023, 1, 1, tzinfo=UTC)
    for mark, (number, (service, kind), text) in enumerate(entries, 1):
        when = int((start + timedelta(days=2 * number, minutes=random.randrange(40))).timestamp())
        what = "First record of" if number == 0 else "Record new changes of"
        if random.random() < 0.1:
            what = "Apply technical or declaration upgrade on"
        message = f"{what} {service} {kind}\n\nX-engine-version: 1.0.0\n".encode()
        body = (page(random, text) if raw else text).encode()
        suffix = b"html" if raw else b"md"
        stream.append(
            b"commit refs/heads/main\nmark :%d\nauthor A <a@example.org> %d +0000\n"
            b"committer A <a@example.org> %d +0000\ndata %d\n%s\nM 100644 inline %s/%s.%s\ndata %d\n%s\n"
            % (mark, when, when, len(message), message, service.encode(), kind.encode(), suffix, len(body), body)
        )
    git(folder, "init", "-q", "--bare", "-b", "main")
    git(folder, "fast-import", "--quiet", feed=b"".join(stream))
    return folder


def git(folder: Path, *arguments: str, feed: bytes = b"") -> str:
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    run = subprocess.run(["git", *arguments], cwd=folder, input=feed, capture_output=True, env=environment, check=True)
    return run.stdout.decode()


def content(database: Path) -> dict[str, object]:
    """All that a database says, by natural keys: documents, snapshots, versions, lineages, spans, changes, bytes."""
    with Store.open(database) as store:
        return {
            info.slug: (
                info,
                store.snapshots(info.slug),
                store.versions(info.slug),
                store.past(info.slug),
                [store.comparison(info.slug, v.number) for v in store.versions(info.slug)],
                [store.body(row.key.sha256) for row in store.snapshots(info.slug)],
            )
            for info in store.documents()
        }
