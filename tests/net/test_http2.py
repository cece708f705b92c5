"""HTTP/2, spoken by a small server of our own."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from clausetrail.net import Allowed, Gate, GateTransport, Limits, target, tls


def answer(context: ssl.SSLContext, listener: socket.socket, body: bytes) -> None:
    """Accepts one connection and answers all that is asked on it, until the other side goes."""
    plain, _ = listener.accept()
    with context.wrap_socket(plain, server_side=True) as stream:
        stream.settimeout(10)
        connection = H2Connection(H2Configuration(client_side=False))
        connection.initiate_connection()
        stream.sendall(connection.data_to_send())
        while data := stream.recv(65536):
            for event in connection.receive_data(data):
                if isinstance(event, RequestReceived):
                    asked = dict(event.headers or [])
                    connection.send_headers(event.stream_id, [(":status", "200"), ("x-for", asked[b":authority"])])
                    connection.send_data(event.stream_id, body, end_stream=True)
            stream.sendall(connection.data_to_send())


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    context.set_alpn_protocols(["h2"])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=(context, listener, b"x" * 5_000))
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


def test_a_server_that_speaks_http_2_is_spoken_to_in_it(port: int, tmp_path: Path) -> None:
    transport = GateTransport(allowed=Allowed.of(["127.0.0.1"]), context=tls(tmp_path / "ca.pem"))
    gate = Gate("Test", transport=transport)
    try:
        whole = gate.send(target(f"https://127.0.0.1:{port}/"))
        large = gate.send(target(f"https://127.0.0.1:{port}/"), limits=Limits(body=1_000))
    finally:
        gate.close()
    assert (whole.body, whole.hop.http_version, whole.error) == (b"x" * 5_000, "HTTP/2", None)
    assert whole.header("x-for") == f"127.0.0.1:{port}"
    assert whole.hop.certificate
    assert large.error is not None
    assert large.error.cause == "size"
