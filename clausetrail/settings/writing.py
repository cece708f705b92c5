"""Adding documents and pages to a settings file: what is there stays as it is, to the byte, comments and order too.

The text is added where it belongs, and read back; there is no need for a library that keeps a file's layout.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from clausetrail.errors import UsageError
from clausetrail.model import MAIN, Declaration, Extraction, Range, Selector, Source
from clausetrail.settings.places import places
from clausetrail.settings.reading import documents_in
from clausetrail.settings.times import spelled

Options = dict[str, str]
"""Key -> value, as TOML writes it."""


def document_text(declaration: Declaration) -> str:
    """A document as a settings file writes it, from its line `[[document]]` on."""
    said = {name: getattr(declaration, name) for name in _DOCUMENT if getattr(declaration, name)}
    lines = ["[[document]]", *_pairs({name: _quoted(text) for name, text in said.items()})]
    sources = declaration.sources
    own = [(_options(source), _earlier(source)) for source in sources]
    if sources and sources[0].name == MAIN and all(each == own[0] for each in own):
        (options, earlier), rest = own[0], sources[1:]
        lines += [f"url = {_quoted(sources[0].url)}", *_pairs(options), *_tables("document.earlier", earlier)]
        lines += [line for source in rest for line in _page(source, {}, [])]
    else:
        lines += [
            line
            for source, (options, earlier) in zip(sources, own, strict=True)
            for line in _page(source, options, earlier)
        ]
    return "\n".join(lines) + "\n"


def with_documents(path: Path, text: str, declarations: Iterable[Declaration]) -> str:
    """The text of a settings file with documents added at its end.

    Raises UsageError where it could not be read back, `path` being what it is called in the message."""
    added = "\n".join(map(document_text, declarations))
    end = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    return _read_back(path, text, f"{text}{end}{added}")


def with_page(path: Path, text: str, slug: str, source: Source) -> str:
    """The text of a settings file with a page added after the others of a document, which must be there.

    Raises UsageError as `with_documents` does."""
    number = next(i for i, each in enumerate(documents_in(path, text)) if each.slug == slug)
    lines, own = text.splitlines(), ("document", number)
    known = places(text)
    others = [line for key, line in known.items() if key[:2] != own and key != own[:1] and line > known[own]]
    at = min(others, default=len(lines) + 1) - 1
    while at and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#")) and at < len(lines):
        at -= 1  # the comment above a table is about that table
    while at and not lines[at - 1].strip():
        at -= 1
    block = _page(source, _options(source), _earlier(source))
    return _read_back(path, text, "\n".join([*lines[:at], *block, *lines[at:]]) + "\n")


def save(path: Path, text: str) -> None:
    """Replace a file in one step; it keeps its permissions."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _read_back(path: Path, before: str, text: str) -> str:
    known = documents_in(path, before)
    try:
        now = documents_in(path, text)
    except UsageError as error:
        said = "; ".join(line.partition(": ")[2] for line in str(error).splitlines())
        raise UsageError(f"{path}: nothing was added: {said}") from error
    pages = [sum(len(each.sources) for each in some) for some in (known, now)]
    if text != before and pages[1] <= pages[0]:
        raise UsageError(f"{path}: nothing was added: write its documents as tables [[document]] first")
    return text


_DOCUMENT = ("slug", "publisher", "title", "licence", "attribution", "jurisdiction")


def _page(source: Source, options: Options, earlier: list[Options]) -> list[str]:
    pairs = {"name": _quoted(source.name), "url": _quoted(source.url), **options}
    return ["", "[[document.page]]", *_pairs(pairs), *_tables("document.page.earlier", earlier)]


def _options(source: Source) -> Options:
    """What is said of a page beside its name and address."""
    said: Options = {}
    if source.language:
        said["language"] = _quoted(source.language)
    if source.interval is not None:
        said["interval"] = _quoted(spelled(source.interval))
    if source.rendering is not None:
        said["browser"] = _quoted(source.rendering.value)
    if source.headers:
        said["headers"] = _inline({_quoted(name): _quoted(value) for name, value in source.headers})
    today = [each for each in source.extractions if each.until is None]
    return said | _extraction(today[0] if today else Extraction())


def _earlier(source: Source) -> list[Options]:
    return [
        {"until": each.until.isoformat().replace("+00:00", "Z"), **_extraction(each)}
        for each in source.extractions
        if each.until is not None
    ]


def _extraction(given: Extraction) -> Options:
    said = {"select": given.select, "remove": given.remove}
    return {name: _selectors(value) for name, value in said.items() if value}


def _selectors(given: Sequence[Selector]) -> str:
    written = [_quoted(each) if isinstance(each, str) else _range(each) for each in given]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def _range(given: Range) -> str:
    start, end = (
        "start_after" if given.start_after else "start_before",
        "end_after" if given.end_after else "end_before",
    )
    return _inline({start: _quoted(given.start), end: _quoted(given.end)})


def _tables(name: str, tables: Iterable[Options]) -> Iterator[str]:
    for each in tables:
        yield from ("", f"[[{name}]]", *_pairs(each))


def _pairs(said: Options) -> list[str]:
    return [f"{name} = {value}" for name, value in said.items()]


def _inline(said: Options) -> str:
    return "{" + ", ".join(_pairs(said)) + "}"


def _quoted(text: str) -> str:
    import tomli_w

    said: dict[str, Any] = {"x": text}
    return tomli_w.dumps(said).removeprefix("x = ").rstrip("\n")
