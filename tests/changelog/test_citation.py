"""Citations say where, when and by what evidence, and cannot be turned into anything else by what they cite."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from markdown_it import MarkdownIt

from clausetrail.changelog.citation import Citation
from tests.changelog import views

ADDRESS = "https://site.example/-/policy/northlight/terms@20240203T000000Z-abababababab:1~9f3a1c"
LINK = "northlight/terms@20240203T000000Z-abababababab:1~9f3a1c"


def citation(title: str = "Usage policy") -> Citation:
    document = replace(views.info(), title=title)
    return Citation(document, views.end(), views.tree().places()[1], LINK, ADDRESS)


def every(one: Citation) -> tuple[str, ...]:
    return one.plain(), one.markdown(), one.bibtex(), one.csl()


def test_each_form_names_all_that_a_reader_needs() -> None:
    for text in every(citation()):
        plain = text.replace("\\", "")
        for part in ("Northlight", "Usage policy", "version 2", ADDRESS, LINK, "ab" * 32, "2024-02-03"):
            assert part in plain, (part, text)
        assert "declares effective 2024-01-10" in plain


def test_it_goes_by_the_date_that_the_version_declares() -> None:
    (item,) = json.loads(citation().csl())
    assert item["issued"] == {"date-parts": [[2024, 1, 10]]}
    assert "year = {2024}" in citation().bibtex()


def test_without_a_declared_date_it_goes_by_the_first_sight() -> None:
    bare = citation()
    (item,) = json.loads(replace(bare, end=replace(bare.end, dates=())).csl())
    assert item["issued"] == {"date-parts": [[2024, 2, 3]]}


def test_hostile_names_stay_names() -> None:
    one = citation(views.EVIL + " \\input{/etc/passwd} } , ~")
    for text in every(one):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text)
    shown = MarkdownIt().render(one.markdown())
    assert "<script" not in shown
    assert shown.count("<a ") == 1
    assert f'href="{ADDRESS}"' in shown
    assert "\\input" not in one.bibtex()
    assert re.sub(r"\\[{}]", "", one.bibtex()).count("{") == re.sub(r"\\[{}]", "", one.bibtex()).count("}")
    assert json.loads(one.csl())[0]["title"].startswith("<script>")
