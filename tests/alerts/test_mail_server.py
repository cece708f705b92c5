"""Handing mail in: nothing without TLS where TLS was asked for, and no password in the clear or in an error."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from clausetrail.alerts.channels.base import Sending
from clausetrail.alerts.channels.mail import MailSender, MailServer
from clausetrail.alerts.telling import Telling
from clausetrail.alerts.views import Site, Told
from clausetrail.errors import UsageError
from clausetrail.model import Cadence, Channel, DocumentInfo, Event, EventKind, Message, Subscriber, Subscription, Wish
from tests.alerts.receivers import mailbox
from tests.net.site import START

PERSON = Subscriber(1, Channel.MAIL, "ann@reader.example")
MESSAGE = Message("0" * 32, Subscription(1, PERSON, Wish(), Cadence.NOW, "token", START), ("1",), START)
SENDING = Sending(
    MESSAGE,
    (
        Told(
            Telling(
                Event(EventKind.HEALTH, "lampion/rules", START, page="main", note="nobody answers"),
                DocumentInfo("lampion/rules", "Lampion", "Rules"),
            )
        ),
    ),
    Site(),
    START,
)


def sent(server: MailServer, authorities: Path | None = None) -> str:
    """What came of it; empty: it was taken."""
    sender = MailSender(server, "trail@policies.example", authorities=authorities)
    outcome = sender.send(sender.pack(SENDING))
    sender.close()
    assert outcome.taken == (not outcome.reason)
    return outcome.reason


def test_starttls_with_a_password(tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    said: list[bytes] = []

    def login(server: object, session: object, envelope: object, mechanism: str, data: object) -> object:
        from aiosmtpd.smtp import AuthResult

        said.append(data.password)  # type: ignore[attr-defined]
        return AuthResult(success=True)

    options = {"tls_context": context, "require_starttls": True, "authenticator": login, "auth_required": True}
    with mailbox(**options) as box:
        server = MailServer.of(f"smtp://trail:p%40ss@127.0.0.1:{box.port}")
        assert sent(server, tmp_path / "ca.pem") == ""
        assert said == [b"p@ss"]
        (mail,) = box.messages
        assert mail["Subject"] == "Lampion: Rules: Page fails"
        assert mail["List-Unsubscribe-Post"] is None
        assert mail["List-Unsubscribe"].startswith("<mailto:trail@policies.example?subject=unsubscribe")
        assert "certificate" in sent(server)
        assert len(box.messages) == 1


def test_nothing_is_sent_where_starttls_is_not_offered() -> None:
    with mailbox() as box:
        assert "STARTTLS" in sent(MailServer.of(f"smtp://trail:secret@127.0.0.1:{box.port}"))
        assert box.messages == []


def test_a_server_that_is_not_there() -> None:
    with mailbox() as box:
        port = box.port
    assert "127.0.0.1" in sent(MailServer.of(f"smtp+plain://127.0.0.1:{port}"))


@pytest.mark.parametrize(
    "address",
    ["", "mail.example", "http://mail.example", "smtp://", "smtp://u:secret@h:x", "smtp+plain://u:secret@127.0.0.1"],
)
def test_addresses_of_servers(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        MailServer.of(address)
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(MailServer("h", 1, "u", "secret"))
