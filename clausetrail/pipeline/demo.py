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
from clausetrail.resources import collection, data_path
from clausetrail.store import Store

NAMES = ("Tamsorrel", "Usage Policy")
SILENT = ("2024-03-14", "2024-09-12")
"""The change that nobody announced."""

NEXT = """
What to type next, in {folder}:

  clausetrail log {document} --flaps
  clausetrail diff {document} 2022-06-01 2023-12-31
  clausetrail show {document} --on 2023-06-01
  clausetrail blame {document}
  clausetrail evidence {document} --on 2023-06-01
  clausetrail search children
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
        slug = store.documents()[0].slug
        own = collection("demo")
        store.declare(slug, *NAMES, licence=own.licence, attribution=own.attribution, url=own.url)
        return Demo(database, store.document(slug), len(outcomes), store.log(slug), diff(store, slug, *SILENT))
