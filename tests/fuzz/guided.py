"""Atheris (libFuzzer): what a damaged page reaches in the parser decides which pages are damaged further.

The first byte of an input is its media type.  Half of the damage is ours, half is libFuzzer's.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import NoReturn

import atheris

with atheris.instrument_imports(include=["clausetrail"]):
    import clausetrail.parser.reading  # noqa: F401

from tests.fuzz.engine import KEPT, KINDS, REAL, report, tried
from tests.fuzz.mutators import mutated
from tests.fuzz.pages import own_pages, real_pages

_SIZE = 200_000
_TYPES = sorted(KINDS)


class _Run:
    def __init__(self, minutes: float, corpus: Path) -> None:
        self.corpus = corpus
        self.counts = Counter[str]()
        self.began = time.monotonic()
        self.ends = self.began + 60 * minutes

    def one(self, data: bytes) -> None:
        if time.monotonic() > self.ends:
            self.end()
        if data:
            self.counts[tried("guided", _TYPES[data[0] % len(_TYPES)], data[1:])] += 1

    def end(self) -> NoReturn:
        code = report(self.counts, time.monotonic() - self.began)
        shutil.rmtree(self.corpus)
        # libFuzzer takes every other way out of a target for a crash.
        os._exit(code)


def _damaged(data: bytes, size: int, seed: int) -> bytes:
    chance = Random(seed)
    if not data or chance.random() < 0.5:
        return bytes(atheris.Mutate(data, size))
    return data[:1] + mutated(data[1:], chance)[: max(0, size - 1)]


def fuzz_guided(minutes: float, seed: int) -> NoReturn:
    """Ends the process with the exit code.  The pages are in a temporary folder for as long as it takes."""
    KEPT.mkdir(parents=True, exist_ok=True)
    corpus = Path(tempfile.mkdtemp(prefix="clausetrail-fuzz-"))
    for _, media_type, body in [*own_pages(), *real_pages(REAL)]:
        if len(body) < _SIZE:
            data = bytes([_TYPES.index(media_type)]) + body
            (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    run = _Run(minutes, corpus)
    flags = [f"-max_len={_SIZE}", "-timeout=60", f"-seed={seed + 1}", "-rss_limit_mb=4096", f"-artifact_prefix={KEPT}/"]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], run.one, custom_mutator=_damaged)
    atheris.Fuzz()
    run.end()
