"""What HTML offers beyond the tree: declared selectors, facts, explanations, and trees that markup cannot change."""

from __future__ import annotations

import re

import pytest

from clausetrail.errors import ParseError
from clausetrail.parser import explain, read

HTML = "text/html"
PAGE = b"""<html lang="de-AT"><head><title>Laternen</title><base href="https://lamps.example/x/">
<link rel="canonical" href="rules"><meta property="article:modified_time" content="2024-01-01">
<script type="application/ld+json">{"@graph": [{"datePublished": "2020-02-02", "dateModified": "2024-05-02"}]}</script>
</head><body><nav><a href="/">Home</a></nav><main><h1 id="top">House rules</h1>
<p class="a" id="one">Guests put out their lamps before they go to sleep.</p>
<div><p>Keepers lock the oil away at the end of the evening.</p></div>
<p>Seen on <time datetime="2024-05-03">3 May</time>, when nobody was in the shed.</p>
<div class="box"><button>Share</button><p>A word from our friends on the other side of the harbour.</p></div></main>
<footer><p>Lantern Ltd, by the harbour since the days of sail.</p></footer></body></html>"""


def words(page: bytes, **declared: tuple[str, ...]) -> list[str]:
    return [clause.words for clause in read(page, HTML, **declared).tree.walk()]


def test_declared_selectors_win() -> None:
    assert words(PAGE, select=("p.a", "footer")) == [
        "Guests put out their lamps before they go to sleep.",
        "Lantern Ltd, by the harbour since the days of sail.",
    ]
    assert words(PAGE, select=("main", "main p")) == words(PAGE, select=("main",))
    assert "A word from" not in " ".join(words(PAGE, remove=(".box",)))
    assert not read(PAGE, HTML, select=("#nowhere",)).verdict.policy


def test_a_selector_that_is_none_is_refused() -> None:
    with pytest.raises(ParseError, match="selector 'p\\[\\['"):
        read(PAGE, HTML, select=("p[[",))


def test_facts() -> None:
    facts = read(PAGE, HTML, url="https://lamps.example/").facts
    assert (facts.language, facts.canonical) == ("de-AT", "https://lamps.example/rules")
    assert (facts.published, facts.modified) == ("2020-02-02", "2024-05-02")
    assert facts.times == (("2024-05-03", "3 May"),)


def test_every_block_is_explained() -> None:
    told = explain(PAGE, HTML)
    assert [(one.kept, one.rule, one.text.split()[0]) for one in told] == [
        (False, "navigation", "Home"),
        (True, "main", "House"),
        (True, "main", "Guests"),
        (True, "main", "Keepers"),
        (True, "main", "Seen"),
        (False, "control", "Share"),
        (True, "main", "A"),
        (False, "footer", "Lantern"),
    ]
    assert told[2].path == "/html/body/main/p[1]"
    assert told[2].line == 5
    assert explain(b"# Rules\n\nGuests sleep.", "text/markdown")[1].line == 3


@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        (r'class="\w+"', 'class="z9-x"'),
        (r"<p", '<p data-x="1" class="other"'),
        (r"</nav>", '<a href="/new">News</a></nav>'),
        (r"<main>", "<div><div><main>"),
        (r"</main>", "</main></div></div>"),
        (r"<p", "<!-- note --><script>f()</script><p"),
        (r">\s*<", ">\n\n  <"),
        (r"<footer>", '<aside><a href="/1">One more thing that we sell</a></aside><footer>'),
    ],
)
def test_markup_changes_nothing(pattern: str, by: str) -> None:
    assert words(re.sub(pattern, by, PAGE.decode()).encode()) == words(PAGE)
