"""Figures over the labelled sets: by the scorers that lie beside the labels, with our commands called in process.

The sets hold the words of real policies and are therefore no part of this repository: `CLAUSETRAIL_BENCH` names their
folder.  Every figure is a share, 0 to 1, and higher is better.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.measure import CORPUS

BENCH = Path(os.environ.get("CLAUSETRAIL_BENCH", CORPUS.parent / "bench")).resolve()
ABSENT = f"no labelled sets at {BENCH}: set CLAUSETRAIL_BENCH"
FEWEST_CHANGES = 6
"""Changes that a pair must have for it to count which of them comes first."""
DIFFERENT = (0, 1)
"""Exit codes of a comparison."""

Figures = dict[str, float]


def present() -> bool:
    return (BENCH / "run.py").is_file()


def align() -> Figures:
    """What became of each clause, on pairs labelled link by link."""
    score, runner, folder = _tool("align/score.py"), _runner(), BENCH / "align" / "gold-dev"
    predicted, firm = {}, _Firm(score)
    for gold in golds():
        files = [str(folder / gold["id"] / f"{side}.md") for side in ("old", "new")]
        answer, links, *maps, _, _ = runner.predict_pair([], gold, *files)
        predicted[gold["id"]] = {"links": links}
        firm.add(gold, answer, *maps)
    found = score.score(predicted, str(folder))
    micro = found["micro"]
    return {
        "easy_f1": micro["easy"]["f1"],
        "hard_f1": micro["hard"]["f1"],
        "macro_hard_f1": found["macro_f1"]["hard"],
        "hard_kinds": micro["kind_acc_hard"],
        "removed_precision": micro["deleted"]["p"],
        "added_precision": micro["added"]["p"],
        **firm.figures(),
    }


def golds() -> list[dict[str, Any]]:
    """The labelled pairs."""
    folder = BENCH / "align" / "gold-dev"
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def linked(gold: Mapping[str, Any], clauses: list[list[dict[str, Any]]], links: list[dict[str, Any]]) -> dict[str, Any]:
    """Links between the printed clauses of two sides, as links between the clauses of the labels."""
    runner = _runner()
    old, new = (runner.map_ids(side, gold[name]) for side, name in zip(clauses, ("old", "new"), strict=True))
    texts = [{g["id"]: g["text"] for g in gold[name]} for name in ("old", "new")]
    return {"links": runner.edges(links, old, new, *texts)}


def link_f1(predicted: Mapping[str, Any]) -> tuple[float, float]:
    """Of easy and of hard links."""
    micro = _tool("align/score.py").score(dict(predicted), str(BENCH / "align" / "gold-dev"))["micro"]
    return micro["easy"]["f1"], micro["hard"]["f1"]


class _Firm:
    """Counts how many of the claims that are called firm are right."""

    def __init__(self, score: ModuleType) -> None:
        self._score = score
        self._right: dict[str, list[bool]] = {"firm_links": [], "firm_removed": [], "firm_added": []}

    def add(
        self, gold: Mapping[str, Any], answer: Mapping[str, Any], old: dict[int, list[int]], new: dict[int, list[int]]
    ) -> None:
        known = self._score.edges(gold["links"])
        firm = [r for r in answer["relations"] if r["certainty"] == "firm"]
        for relation in firm:
            olds = {g for o in relation["old"] for g in old.get(o, ())}
            news = {g for n in relation["new"] for g in new.get(n, ())}
            for name, right in self._claims(gold, known, olds, news, relation["kind"]):
                self._right[name].append(right)

    def _claims(
        self, gold: Mapping[str, Any], known: Mapping[tuple[int, int], str], olds: set[int], news: set[int], kind: str
    ) -> Iterator[tuple[str, bool]]:
        unsure = gold.get("ambiguous", [])
        for o in olds:
            yield from (
                ("firm_links", (o, n) in known)
                for n in news
                if (o, n) in known or not self._score.is_ambiguous((o, n), unsure)
            )
        for at, mine, name in ((0, olds, "removed"), (1, news, "added")):
            left_out = {g for m in unsure for g in m[("old", "new")[at]] if not m[("new", "old")[at]]}
            if kind == name:
                yield from ((f"firm_{name}", all(edge[at] != g for edge in known)) for g in mine - left_out)

    def figures(self) -> Figures:
        return {name: sum(right) / len(right) for name, right in self._right.items() if right}


def memos() -> Figures:
    """Whether the change that an expert wrote about comes first, and whether noise is told from substance."""
    runner, segment, scorer = _runner(), _tool("memos/segment.py"), _tool("memos/score_rank.py")
    path = BENCH / "memos" / "gold-dev.json"
    gold, predicted = json.loads(path.read_text("utf-8")), {}
    for entry in gold:
        files = runner.memo_files(entry)
        sides = {s: segment.segment(Path(f).read_text("utf-8")) for s, f in zip(("old", "new"), files, strict=True)}
        answer, _, old, new, *_ = runner.predict_pair([], sides, *files)
        predicted[entry["id"]] = [
            {
                "old": sorted({g for o in change["old"] for g in old.get(o, ())}),
                "new": sorted({g for n in change["new"] for g in new.get(n, ())}),
                "label": "substantive" if change["significance"] == "substantive" else "editorial",
            }
            for change in answer["changes"]
        ]
    found, _ = scorer.score(gold, predicted, FEWEST_CHANGES)
    return {
        "hit_at_1": found["hit@1"],
        "hit_at_3": found["hit@3"],
        "auc": found["AUC_within"],
        "editorial_hidden": found["editorial_hidden"],
        "substantive_shown": found["memo+subst_shown"],
    }


def extract() -> Figures:
    """The policy's words and structure in a real page."""
    runner, scorer, folder = _runner(), _tool("noise/score_extract.py"), BENCH / "noise" / "dev"
    rows = []
    for document in documents():
        gold = folder / "gold-text" / f"{document['doc_id']}.md"
        if gold.exists():
            last = [s for s in document["snapshots"] if not s["junk"]][-1]
            with tempfile.TemporaryDirectory() as work:
                page = Path(work) / "page.html"
                page.write_bytes(gzip.decompress((folder / last["file"]).read_bytes()))
                blocks, _ = runner.extract_one([], str(page), document.get("url") or "https://policy.example/")
            known = [(scorer.ALIAS.get(b["kind"], b["kind"]), b["depth"] or 0, b["text"]) for b in blocks]
            rows.append(scorer.score([b for b in known if b[2].strip()], scorer.gold(str(gold))))
    names = {"token_f1": "tok_f1", "block_f1": "block_f1", "depth": "depth_ok"}
    return {name: sum(row[theirs] for row in rows) / len(rows) for name, theirs in names.items()}


def documents() -> list[dict[str, Any]]:
    """The labelled series of pages."""
    return list(json.loads((BENCH / "noise" / "dev" / "manifest.json").read_text("utf-8")))


def pages(*, every: bool) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of pages of these that are a policy: of each series the last, or every one."""
    for document in documents():
        good = [s for s in document["snapshots"] if not s["junk"]]
        for snapshot in good if every else good[-1:]:
            packed = (BENCH / "noise" / "dev" / snapshot["file"]).read_bytes()
            yield document.get("url") or "https://policy.example/", gzip.decompress(packed)


def noise() -> Figures:
    """Which pages of a series made a version, and which are no policy at all."""
    series = documents()
    with tempfile.TemporaryDirectory() as work:
        outcomes = _imported(series, Path(work))
    predicted = [
        {"doc_id": d["doc_id"], "old": p["old"], "new": p["new"], "pred": _became(outcomes[p["new"]])}
        for d in series
        for p in d["pairs"]
    ]
    found, *_ = _tool("noise/score_noise.py").score(predicted, series)
    return {
        "unchanged_kept": 1 - found["false_alarm_rate"],
        "substantive_seen": 1 - found["substantive_miss_rate"],
        "substantive_told": found["substantive_exact"],
        "junk_caught": found["junk_caught"],
        "good_pages_kept": 1 - found["good_page_called_junk"] / found["pairs"],
        "recoveries_silent": 1 - found["recovery_false_version"],
    }


def _imported(series: list[dict[str, Any]], work: Path) -> dict[str, dict[str, Any]]:
    """Outcome of each page, by its name in the labels."""
    lines = []
    for document in series:
        host = "".join(c for c in document["service"].lower() if c.isalnum())
        for snapshot in document["snapshots"]:
            page = work / f"{snapshot['sha']}.html"
            page.write_bytes(gzip.decompress((BENCH / "noise" / "dev" / snapshot["file"]).read_bytes()))
            lines.append(
                {
                    "path": str(page),
                    "document": document["doc_id"],
                    "fetched_at": snapshot["date"],
                    "media_type": "text/html",
                    "url": document.get("url") or f"https://{host}.example/{document['doc_id']}",
                }
            )
    manifest = work / "manifest.jsonl"
    manifest.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    database = str(work / "policies.db")
    printed, _ = _answer([], "--database", database, "import", "files", str(manifest), "--format", "json")
    return {Path(r["path"]).stem: r for r in map(json.loads, printed.splitlines())}


def _became(outcome: Mapping[str, Any]) -> str:
    if outcome["outcome"] == "version":
        return "substantive" if outcome.get("significance") == "substantive" else "editorial"
    return "none" if outcome["outcome"] == "unchanged" else "junk"


SETS: dict[str, Callable[[], Figures]] = {"align": align, "memos": memos, "extract": extract, "noise": noise}


@cache
def _runner() -> ModuleType:
    """The sets' own runner; where it would start our command, the command is called here."""
    runner = _tool("run.py")
    runner.call = _answer  # type: ignore[attr-defined]
    return runner


def _answer(_command: list[str], *arguments: str) -> tuple[str, float]:
    from click.testing import CliRunner

    from clausetrail.cli import cli

    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    if result.exit_code not in DIFFERENT:
        raise RuntimeError(f"clausetrail {' '.join(arguments)}: exit {result.exit_code}: {result.stderr[-500:]}")
    return result.stdout, 0.0


@cache
def _tool(path: str) -> ModuleType:
    """A script that lies beside the labels."""
    name = "labelled_" + path.removesuffix(".py").replace("/", "_")
    spec = importlib.util.spec_from_file_location(name, BENCH / path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(BENCH / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
