"""The site's own pages, in this process: every route, and what each must never do."""

from __future__ import annotations

import hashlib
import html
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.changelog import life_json, log_json
from clausetrail.model import Agenda, Look, Outcome, Source
from clausetrail.pipeline import compare
from clausetrail.store import Store
from clausetrail.web.pages import POLICY
from clausetrail.web.routes import ROUTES
from tests.web.conftest import asker

Get = Callable[..., Any]
Examples = dict[str, tuple[str, int]]

POLICY_PAGE = "/-/policy/tamsorrel/usage-policy"
EVIL = "/-/policy/evil/terms"
SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
MARKUP = ("<script>alert", "<img", "onerror=alert(1)>", "<svg onload", "<b>", 'onclick="', 'onmouseover="')
"""What only a page that somebody fetched would put into ours."""
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
CHOICE = re.compile(r"[?&](?:kind|significance)=")
HREF = re.compile(r'(?:href|src|action)="([^"]*)"')


@pytest.fixture(scope="module")
def examples(site: Path) -> Examples:
    """Name of a route -> an address of it, and the status that answers."""
    with Store.open(site) as store:
        (page,) = store.pages("evil/terms", 2)
        permalink = store.blame("evil/terms", 2)[5].permalink
    return {
        "home": ("/-/policy", 200),
        "search": ("/-/policy/search?q=words", 200),
        "clause": (f"/-/policy/{permalink}", 200),
        "alike": (f"/-/policy/{permalink}/alike", 200),
        "lineage": (f"{EVIL}/clause/L6", 302),
        "evidence": (f"{EVIL}/evidence/{page.key.sha256}", 200),
        "compare": (f"{EVIL}/compare?from=1&to=2", 302),
        "comparison": (f"{EVIL}/1...2", 200),
        "document": (EVIL, 200),
    }


def addresses(page: str) -> set[str]:
    """Where a page leads on the same site; addresses of anchors without what follows the mark."""
    found = (html.unescape(address).partition("#")[0] for address in HREF.findall(page))
    return {address for address in found if address.startswith("/-/policy")}


def check_text(text: str) -> None:
    for markup in MARKUP:
        assert markup not in text
    assert not UNSAFE.search(text)
    for address in HREF.findall(text):
        assert address.startswith(("/", "#", "http://localhost/", "https://")), address
    assert " style=" not in text
    assert not re.search(r"<script(?! src=\"/-/policy/assets/keys\.js\?v=[0-9a-f]{12}\" defer></script>)", text)


def test_every_route_has_an_example(examples: Examples) -> None:
    assert examples.keys() == {route.name for route in ROUTES}


@pytest.mark.parametrize("name", [route.name for route in ROUTES])
def test_a_route_answers_under_the_policy_of_the_site(visit: Get, examples: Examples, name: str) -> None:
    address, status = examples[name]
    response = visit(address)
    assert response.status_code == status
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in POLICY


@pytest.mark.parametrize("name", [route.name for route in ROUTES])
def test_a_route_is_for_reading_only(visit: Get, examples: Examples, name: str) -> None:
    assert visit(examples[name][0], method="POST").status_code in (403, 405)


@pytest.mark.parametrize("name", [route.name for route in ROUTES])
def test_who_may_not_see_the_database_sees_none_of_its_pages(site: Path, examples: Examples, name: str) -> None:
    for closed in (
        {"databases": {"policies": {"allow": False}}},
        {"databases": {"policies": {"tables": {"wordings": {"allow": False}}}}},
    ):
        response = asker(site, follow=False, metadata=closed)(examples[name][0])
        assert response.status_code == 403
        assert "evil" not in response.text.replace("evil/terms", "")


def test_all_pages_can_be_walked_show_hostile_text_as_text_and_change_nothing(visit: Get, site: Path) -> None:
    files = [site, site.with_name("policies.evidence.db")]
    before = [hashlib.sha256(path.read_bytes()).digest() for path in files]
    waiting, seen = ["/"], {"/"}
    while waiting:
        response = visit(waiting.pop())
        assert response.status_code in (200, 302)
        kind = response.headers["content-type"].partition(";")[0]
        if kind == "text/html":
            check_text(response.text)
            new = addresses(response.text) - seen
        else:
            new = {response.headers["location"]} - seen if response.status_code == 302 else set()
            assert kind in ("application/json", "text/plain", "text/css", "text/javascript")
        seen |= new
        waiting += [
            address for address in new if not re.search(r"[?&](kind|significance)=.*(kind|significance)=", address)
        ]
    kinds = [next((route.name for route in ROUTES if re.match(route.pattern, a.partition("?")[0])), a) for a in seen]
    assert set(kinds) >= {route.name for route in ROUTES} - {"lineage"}
    assert [hashlib.sha256(path.read_bytes()).digest() for path in files] == before


def test_hostile_text_is_there_to_be_read(visit: Get, examples: Examples) -> None:
    for name in ("document", "clause", "comparison", "search"):
        text = html.unescape(visit(examples[name][0]).text)
        assert '<script>alert("publisher")</script>' in text, name
        assert "good\\u202ebye" in text, name
    text = html.unescape(visit(EVIL).text)
    assert '<script>alert("words")</script>' in text
    assert "{{ title }} {% raw %} ${alert(5)}" in text
    assert "[31mred" in text
    assert "javascript:alert(3)" in text
    assert len(text) > 1_000_000


def test_links_of_a_page_that_lead_nowhere_safe_are_text(visit: Get, site: Path) -> None:
    with Store.open(site) as store:
        line = next(one for one in store.blame("evil/terms", 2) if one.place.clause.links)
    text = html.unescape(visit(f"/-/policy/{line.permalink}").text)
    assert "Links in it" in text
    assert not re.search('href="(javascript|data):', text)


def test_bytes_are_given_whole_and_never_shown(visit: Get, site: Path, examples: Examples) -> None:
    address = examples["evidence"][0]
    response = visit(address)
    sha256 = address.rpartition("/")[2]
    assert hashlib.sha256(response.content).hexdigest() == sha256
    assert response.headers["content-type"].startswith("text/plain")
    assert response.headers["content-disposition"] == f'attachment; filename="{sha256[:16]}.html.txt"'
    assert visit(f"{POLICY_PAGE}/evidence/{sha256}").status_code == 404, "bytes of another document"


def test_bytes_that_were_taken_out_are_gone(tmp_path: Path, site: Path) -> None:
    for path in (site, site.with_name("policies.evidence.db")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with Store.open(tmp_path / "policies.db", write=True) as store:
        sha256 = store.pages("evil/terms", 2)[0].key.sha256
        store.redact(sha256, "a <b>name</b> of somebody")
    response = asker(tmp_path / "policies.db")(f"{EVIL}/evidence/{sha256}")
    assert response.status_code == 410
    assert "a &lt;b&gt;name&lt;/b&gt; of somebody" in response.text


def test_bytes_that_are_kept_elsewhere_are_not_here(tmp_path: Path, site: Path, examples: Examples) -> None:
    (tmp_path / "policies.db").write_bytes(site.read_bytes())
    response = asker(tmp_path / "policies.db")(examples["evidence"][0])
    assert response.status_code == 404
    assert "kept elsewhere" in response.text
    assert not (tmp_path / "policies.evidence.db").exists()


def test_json_of_a_page_is_that_of_the_command(visit: Get, site: Path, examples: Examples) -> None:
    with Store.open(site) as store:
        info, entries = store.document("evil/terms"), store.log("evil/terms")
        life = life_json("evil/terms", 6, store.life("evil/terms", 6))
    assert visit(f"{EVIL}.json").json() == log_json(info, list(reversed(entries)))
    assert visit(f"{examples['clause'][0]}.json").json() == life
    diff = visit(f"{EVIL}/1...2.json").json()
    jsonschema.validate(diff, json.loads((SCHEMAS / "diff.schema.json").read_text("utf-8")))
    assert [one["document"] for one in visit("/-/policy.json").json()] == ["evil/terms", "tamsorrel/usage-policy"]
    assert visit("/-/policy/search.json", q="邮件").json()[0]["marks"]
    assert visit(f"{EVIL}.json", on="2024-04-01").json()["version"] == 1
    assert visit(f"{EVIL}/clause/L6.json").headers["location"].endswith(".json")
    assert visit("/-/policy/no/body.json").json()["status"] == 404


def test_a_document_tells_intervals_silence_flaps_and_gaps(visit: Get) -> None:
    text = visit(POLICY_PAGE).text
    assert "between 2024-09-11 and 2024-09-12" in text
    assert ">silent</span>" in text
    assert "the page showed other words for no more than" in text
    assert "lies in a gap" in visit(POLICY_PAGE, on="2026-01-01").text
    assert "Text of version 1" in visit(POLICY_PAGE, on="2024-06-01").text
    assert "in force on 2024-06-01 by its own words" in visit(POLICY_PAGE, on="2024-06-01", by="declared").text


def test_neighbours_are_read_and_what_is_far_is_compared_once(visit: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[object, ...]] = []
    real = compare.diff

    def counted(*args: Any, **options: Any) -> Any:
        calls.append(args)
        return real(*args, **options)

    monkeypatch.setattr(compare, "diff", counted)
    assert "1 edited" in visit(f"{POLICY_PAGE}/2...3").text or calls == []
    assert calls == []
    first, second = visit(f"{POLICY_PAGE}/2024-03-20...latest").text, visit(f"{POLICY_PAGE}/2024-03-20...latest").text
    assert first == second
    assert len(calls) == 1


def test_a_choice_hides_other_changes_and_says_so(visit: Get) -> None:
    whole = visit(f"{POLICY_PAGE}/1...2").text
    chosen = visit(f"{POLICY_PAGE}/1...2", kind="added").text
    assert whole.count("<article") == 3
    assert chosen.count("<article") == 1
    assert "2 changes are hidden" in chosen
    assert visit(f"{POLICY_PAGE}/1...2", significance="editorial").text.count("<article") < 3
    assert visit(f"{POLICY_PAGE}/1...2", kind="<script>").status_code == 404


def test_both_views_show_both_sides(visit: Get) -> None:
    for view in ("inline", "split"):
        text = visit(f"{POLICY_PAGE}/1...2", view=view).text
        assert "<del>30</del>" in text
        assert "<ins>90</ins>" in text
        assert 'dir="auto"' in text


def test_search_tells_where_and_when_words_stood(visit: Get) -> None:
    page = visit("/-/policy/search", q='"30 days"').text
    assert "Wordings that stand today: 0" in page
    assert "<mark>30 days</mark>" in page
    assert "gone from the latest version" in page
    assert "<mark>30 days</mark>" in visit("/-/policy/search", q="30 days".join('""'), on="2024-05-01").text
    assert "Nothing found" in visit("/-/policy/search", q='"30 days"', publisher="evil").text
    assert "is no date" in visit("/-/policy/search", q="words", on="then").text
    assert visit("/-/policy/search", q='"', document="no/body").status_code == 200


def test_what_is_not_there_says_so(visit: Get) -> None:
    for address in ("/-/policy/no/body", f"{POLICY_PAGE}/1...99", f"{POLICY_PAGE}@20240101T000000Z-abcdef:1"):
        response = visit(address)
        assert response.status_code == 404
        assert "<h1>Not found</h1>" in response.text


def test_a_permalink_of_a_version_leads_to_its_text(visit: Get, site: Path) -> None:
    with Store.open(site) as store:
        permalink = store.log("tamsorrel/usage-policy")[0].permalink
    location = visit(f"/-/policy/{permalink}").headers["location"]
    assert "Text of version 1" in visit(location).text


def test_a_page_that_fails_is_told_on_the_front_page_and_on_its_document(tmp_path: Path, site: Path) -> None:
    for path in (site, site.with_name("policies.evidence.db")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    at = datetime(2024, 7, 1, tzinfo=UTC)
    look = Look(Outcome.BLOCKED, at, at, cause="challenge", reason="a <b>challenge</b> stood in its place", times=9)
    with Store.open(tmp_path / "policies.db", write=True) as store:
        store.declare_sources("evil/terms", [Source("https://evil.example/<script>alert(1)")], at)
        store.add_look("evil/terms", "main", look, Agenda(datetime(2999, 1, 1, tzinfo=UTC)))
    visit = asker(tmp_path / "policies.db")
    front, document = visit("/").text, visit(EVIL).text
    for text in (front, document):
        check_text(text)
        assert "a &lt;b&gt;challenge&lt;/b&gt; stood in its place" in text
    assert "1 page watched, 1 of them not well" in front
    assert "has failed since 2024-07-01" in document


def test_more_is_shown_where_there_is_more(visit: Get) -> None:
    page = visit("/-/policy/search", q="words", limit="1").text
    assert "Wordings that stand today: 1 or more" in page
    assert "limit=200" in page
    assert visit("/-/policy/search", q="words", limit="-1").status_code == 200


def test_a_heading_tells_what_stands_under_it(visit: Get, site: Path) -> None:
    with Store.open(site) as store:
        line = next(one for one in store.blame("tamsorrel/usage-policy", 2) if one.place.clause.heading == "Data")
    text = visit(f"/-/policy/{line.permalink}").text
    assert "What stands under it in version 2" in text
    assert "We delete prompts 90 days after" in text
    assert "between 2024-09-11 and 2024-09-12" in text


def test_the_life_of_a_clause_leads_to_the_change_in_its_comparison(visit: Get, site: Path) -> None:
    with Store.open(site) as store:
        line = next(one for one in store.blame("tamsorrel/usage-policy", 2) if "90 days" in one.place.clause.words)
    address = re.search(rf'href="({POLICY_PAGE}/1\.\.\.2)#(new-\d+)"', visit(f"/-/policy/{line.permalink}").text)
    assert address
    assert f'id="{address[2]}"' in visit(address[1]).text


def test_citations_name_the_evidence(visit: Get, examples: Examples) -> None:
    address = examples["clause"][0]
    text = html.unescape(visit(address).text)
    assert "@misc{evil-terms-v2-c5," in text
    assert f'"URL": "http://localhost{address}"' in text
    assert "SHA-256" in text


def test_the_front_page_is_ours_on_a_site_of_ours_alone(visit: Get) -> None:
    assert visit("/").text == visit("/-/policy").text
    assert "Policy histories" not in visit("/").text
    assert "data-database" in visit("/-/").text or "policies" in visit("/-/").text


def test_of_two_databases_of_ours_the_site_shows_the_first(site: Path, database: Path, tmp_path: Path) -> None:
    (tmp_path / "second.db").write_bytes(database.read_bytes())
    both = asker(site, immutables=[str(tmp_path / "second.db")])
    assert 'class="index"' in both("/").text
    assert both("/-/policy").status_code == 200


def test_a_site_below_a_path_links_to_itself(site: Path) -> None:
    page = asker(site, settings={"base_url": "/below/"})("/-/policy/evil/terms").text
    assert all(a.startswith(("/below/", "#", "http")) for a in HREF.findall(page))


def test_crawlers_are_kept_from_searches(visit: Get) -> None:
    assert "Disallow: /-/policy/search" in visit("/robots.txt").text


def test_an_older_schema_is_left_as_it_is(tmp_path: Path, site: Path) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(site.read_bytes())
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA user_version = 3")
    before = old.read_bytes()
    get = asker(old)
    response = get("/-/policy")
    assert response.status_code == 404
    assert "clausetrail serve" in response.text
    assert get("/").status_code == 200
    assert old.read_bytes() == before


def test_assets_may_be_kept(visit: Get) -> None:
    for address in HREF.findall(visit("/").text):
        if "/assets/" in address:
            response = visit(html.unescape(address))
            assert response.status_code == 200
            assert "immutable" in response.headers["cache-control"]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["/-/policy/", f"{POLICY_PAGE}/", f"{POLICY_PAGE}@", f"{POLICY_PAGE}/1...", f"{EVIL}/clause/L"]),
    st.text(max_size=30),
    st.dictionaries(
        st.sampled_from(["on", "by", "q", "document", "kind", "view", "from", "limit"]), st.text(max_size=20)
    ),
)
def test_no_address_is_a_mistake_of_ours(visit: Get, start: str, rest: str, query: dict[str, str]) -> None:
    asked = {name: value for name, value in query.items() if not re.search("[\ud800-\udfff]", value)}
    address = start + quote(rest.encode("utf-8", "replace"))
    response = visit(f"{address}?{urlencode(asked)}")
    assert response.status_code < 500
    if response.headers["content-type"].startswith("text/html"):
        check_text(response.text)
