"""The starter set: names and addresses of policies, and nothing of their words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from clausetrail.net import target
from clausetrail.pipeline.workspace import starter_set
from clausetrail.resources import data_path
from clausetrail.scraper.slugs import slug
from clausetrail.settings import documents_in

STARTER = starter_set()


def test_there_are_many_and_providers_of_ai_come_first() -> None:
    assert len(STARTER) >= 40
    assert [document.slug for document in STARTER[:2]] == ["openai/usage-policies", "openai/terms-of-use"]
    publishers = {document.publisher for document in STARTER}
    assert {"OpenAI", "Anthropic", "Google", "Meta", "Microsoft", "Mistral AI", "Cohere", "xAI"} <= publishers


def test_every_one_has_its_own_name_and_address() -> None:
    slugs, urls = Counter(d.slug for d in STARTER), Counter(s.url for d in STARTER for s in d.sources)
    assert [name for name, count in (slugs + urls).items() if count > 1] == []


def test_every_address_is_one_and_safe() -> None:
    for document in STARTER:
        (source,) = document.sources
        assert target(source.url).scheme == "https", source.url
        assert source.extractions == ()
        assert source.language == "en"


def test_one_publisher_is_spelled_in_one_way_and_titles_make_the_slugs() -> None:
    names = {(document.slug.partition("/")[0], document.publisher) for document in STARTER}
    assert len(names) == len({name for name, _ in names})
    for document in STARTER:
        publisher, _, policy = document.slug.partition("/")
        assert policy == slug(document.title), document.slug
        assert publisher == slug(document.publisher), document.slug


def test_each_file_names_the_schema_for_editors() -> None:
    for entry in data_path("sources").iterdir():
        text = entry.read_text("utf-8")
        assert text.startswith("#:schema ../schemas/clausetrail.schema.json\n")
        assert documents_in(Path(entry.name), text)
    assert data_path("schemas", "clausetrail.schema.json").is_file()
