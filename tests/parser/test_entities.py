"""Entities that a page declares are never expanded, and none is fetched: pages are read as HTML, whatever they call
themselves."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from clausetrail.parser import explain, read

LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
BODY = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Terms</title></head><body><h1>Terms</h1>'
    "<p>One &j; two &ext; three &remote; four.</p><p>Lamps are lent for seven days.</p></body></html>"
)


def page(folder: Path, port: int) -> bytes:
    """A billion laughs (10^9 times `a`), a file of this machine, and a definition on a server."""
    (folder / "secret.txt").write_text("the lamp is under the bed", "utf-8")
    declared = f"""<!ENTITY a "Lamps are lent."> {LAUGHS}
    <!ENTITY ext SYSTEM "{(folder / "secret.txt").as_uri()}">
    <!ENTITY remote SYSTEM "http://127.0.0.1:{port}/x">
    <!ENTITY % all SYSTEM "http://127.0.0.1:{port}/x.dtd"> %all;"""
    return f'<?xml version="1.0"?><!DOCTYPE html [{declared}]>{BODY}'.encode()


@pytest.mark.parametrize("media_type", ["application/xhtml+xml", "text/html", "text/markdown", "text/plain"])
def test_no_entity_is_expanded_or_fetched(tmp_path: Path, media_type: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        body = page(tmp_path, listener.getsockname()[1])
        words = "\n".join(clause.words for clause in read(body, media_type).tree.walk())
        explain(body, media_type)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert len(words) < 2 * len(body)
    assert "under the bed" not in words
    assert "Lamps are lent for seven days." in words
    if "html" in media_type:
        assert "One &j; two &ext; three &remote; four." in words
