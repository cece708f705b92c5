"""The demonstration corpus, built and looked at."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path

from clausetrail.errors import UsageError
from clausetrail.model import Diff, DocumentInfo, LogEntry
from clausetrail.pipeline.compare import diff
from clausetrail.pipeline.from_files import entries_of, import_entries
from clausetrail.pipeline.pool import Progress
from clausetrail.resources import data_path
from clausetrail.store import Store

NEXT = """
What to type next, in {folder}:

  clausetrail log {document}
  clausetrail diff {document} 2022-06-01 latest
  clausetrail show {document} --on 2023-06-01
  clausetrail blame {document}
  clausetrail search minors
  clausetrail changelog {document}
  clausetrail serve
"""


@dataclass(frozen=True, slots=True)
class Demo:
    database: Path
    info: DocumentInfo
    files: int
    log: tuple[LogEntry, ...]
    diff: Diff


def build(folder: Path, progress: Progress | None = None) -> Demo:
    """Make `folder` with a database of the demonstration corpus.  Raises UsageError where it is not empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: exists and is not empty; name a new folder: clausetrail demo FOLDER")
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "policies.db"
    with as_file(data_path("demo")) as corpus, Store.open(database, write=True, create=True) as store:
        outcomes = import_entries(store, entries_of(corpus / "manifest.jsonl"), progress)
        info = store.documents()[0]
        return Demo(database, info, len(outcomes), store.log(info.slug), diff(store, info.slug, None, None))
