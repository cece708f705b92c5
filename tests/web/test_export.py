"""The site as files: every link leads to a file, whatever folder the site stands in."""

from __future__ import annotations

import hashlib
import html
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from clausetrail.changelog import log_json
from clausetrail.errors import PublishError
from clausetrail.store import Store
from clausetrail.web.export import export
from tests.web.test_site import MARKUP, UNSAFE

URL = "https://site.example/below"
ID = re.compile(r'id="([^"]*)"')
LINK = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported site, written by the command."""
    folder = tmp_path_factory.mktemp("export") / "site"
    command = [sys.executable, "-m", "clausetrail", "--database", str(site), "export", "site", str(folder)]
    told = subprocess.run([*command, "--url", URL], check=True, capture_output=True, text=True)
    assert re.search(r"Wrote \d+ pages", told.stdout + told.stderr)
    return folder


def test_every_link_leads_to_a_file_and_a_place_in_it(folder: Path) -> None:
    pages = {path.resolve(): path.read_text("utf-8") for path in folder.rglob("*.html")}
    places = {path: set(ID.findall(text)) for path, text in pages.items()}
    for path, text in pages.items():
        for link in map(html.unescape, LINK.findall(text)):
            if re.match(r"https?:", link):
                continue
            assert not link.startswith("/"), link
            address, _, place = link.partition("#")
            target = (path.parent / unquote(address.partition("?")[0])).resolve() if address else path
            assert target.is_file(), (path, link)
            assert target.is_relative_to(folder.resolve())
            assert not place or place in places[target], (path, link)


def test_each_page_has_a_policy_an_address_and_no_markup_of_others(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        text = path.read_text("utf-8")
        assert 'http-equiv="Content-Security-Policy"' in text
        assert "<form" not in text
        assert not UNSAFE.search(text)
        assert not any(markup in text for markup in MARKUP)
        name = html.unescape(re.findall('rel="canonical" href="([^"]*)"', text)[0])
        assert name == f"{URL}/{path.relative_to(folder).as_posix()}"


def test_there_is_a_page_for_each_version_change_and_clause(folder: Path, site: Path) -> None:
    with Store.open(site) as store:
        for info in store.documents():
            own = folder / info.slug
            assert len(list(own.glob("version-*.html"))) == info.versions
            assert len(list(own.glob("*...*.html"))) == info.versions - 1
            assert len(list((own / "clause").glob("*.html"))) == len(store.lineages(info.slug))
            told = log_json(info, list(reversed(store.log(info.slug))))
            assert json.loads((own / "index.json").read_text("utf-8")) == told


def test_bytes_are_those_of_their_hash(folder: Path) -> None:
    kept = list(folder.rglob("evidence/*.txt"))
    assert kept
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.stem for path in kept)


def test_citations_say_where_the_site_stands(folder: Path) -> None:
    text = (folder / "evil" / "terms" / "clause" / "L6.html").read_text("utf-8")
    assert f"{URL}/evil/terms/clause/L6.html" in text


@pytest.mark.parametrize("url", ["site.example", "javascript:alert(1)", ""])
def test_an_address_that_is_none_is_refused(site: Path, tmp_path: Path, url: str) -> None:
    with Store.open(site) as store, pytest.raises(PublishError, match="is no address"):
        export(store, tmp_path / "new", url)


def test_a_folder_that_holds_something_is_refused(site: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with Store.open(site) as store, pytest.raises(PublishError, match="holds something already"):
        export(store, tmp_path, URL)
