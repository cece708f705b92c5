"""`clausetrail serve`: what Datasette is called with, and what is refused before."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from clausetrail.errors import PublishError
from clausetrail.web.serve import arguments, serve


def test_serves_the_database_alone_and_not_as_immutable(tmp_path: Path) -> None:
    words = arguments(tmp_path / "policies.db", host="127.0.0.1", port=8001, open_browser=False)
    assert [word for word in words if word.startswith(str(tmp_path))] == [str(tmp_path / "policies.db")]
    assert "--immutable" not in words
    assert "--open" not in words
    assert words[words.index("suggest_facets") + 1] == "off"


def test_a_file_name_is_never_taken_for_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert not arguments(Path("--get.db"), host="::1", port=0, open_browser=True)[1].startswith("-")


def test_every_setting_is_one_that_datasette_knows() -> None:
    from datasette.app import DEFAULT_SETTINGS

    from clausetrail.web.serve import SETTINGS

    assert SETTINGS.keys() <= DEFAULT_SETTINGS.keys()


def test_a_missing_database_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="import something first"):
        serve(tmp_path / "none.db")


def test_a_taken_port_says_what_to_do(tmp_path: Path) -> None:
    database = tmp_path / "policies.db"
    database.touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PublishError, match=f"port {port}.*choose another"):
            serve(database, port=port)


def test_an_address_that_is_not_ours_says_so(tmp_path: Path) -> None:
    database = tmp_path / "policies.db"
    database.touch()
    with pytest.raises(PublishError, match="cannot listen on 192\\.0\\.2\\.1"):
        serve(database, host="192.0.2.1", port=0)
