"""Mail: text and HTML, threads by document, and one click to leave (RFC 2369, 2919, 8058)."""

from __future__ import annotations

import hashlib
import re
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from clausetrail.alerts.channels.base import Outcome, Sending
from clausetrail.alerts.sandbox import render
from clausetrail.alerts.views import Site, event_view, subject
from clausetrail.changelog.safe import visible
from clausetrail.changelog.subscribing import wish_phrase
from clausetrail.errors import UsageError
from clausetrail.model import Message
from clausetrail.net import tls
from clausetrail.store.asks import FOR, Ask

TIMEOUT = 30.0
"""Seconds for each word with the server."""
_ADDRESS = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}",
    re.ASCII | re.IGNORECASE,
)
_WHY = "You get this because you asked to hear of changes of policies."
_CONFIRM = "Please confirm that you want to hear of changes"
_FOREVER = range(500, 600)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    secure: str = "starttls"
    """`starttls`: refused where the server does not offer it; `tls`: from the first byte; `none`: for a server on the
    same machine."""

    @classmethod
    def of(cls, address: str) -> MailServer:
        """From `smtp://USER:PASSWORD@HOST:587` (STARTTLS), `smtps://…:465`, or `smtp+plain://127.0.0.1:25`.  Raises
        UsageError, without the password, for anything else."""
        ways = {"smtp": ("starttls", 587), "smtps": ("tls", 465), "smtp+plain": ("none", 25)}
        try:
            parts = urlsplit(address)
            way, port = ways[parts.scheme]
            found = cls(
                *(parts.hostname or "", parts.port or port, unquote(parts.username or "")),
                *(unquote(parts.password or ""), way),
            )
        except (KeyError, ValueError) as error:
            raise UsageError(_NO_SERVER) from error
        if not found.host or (way == "none" and found.password):
            raise UsageError(_NO_SERVER)
        return found


_NO_SERVER = "the mail server is smtp://USER:PASSWORD@HOST:PORT, smtps://… or, on this machine, smtp+plain://HOST:PORT"


def mail_address(text: str) -> str:
    """A plain address of mail.  Raises UsageError for anything else: names, lists, line ends."""
    if len(text) > 254 or not _ADDRESS.fullmatch(text):
        raise UsageError(f"{visible(text[:80])!r} is no address of mail; write it as name@example.org")
    return text


@dataclass(slots=True)
class MailSender:
    """Hands messages to one mail server, over one connection while it lasts."""

    server: MailServer
    sender: str
    """Address that mail comes from, and that answers go to."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """Sources of `mail.txt` and `mail.html` in the place of our own."""
    authorities: Path | None = None
    """File of further certificate authorities (PEM) that the server's certificate may lead to."""
    _open: smtplib.SMTP | None = None

    def target(self, message: Message) -> str:
        return f"smtp {self.server.host}:{self.server.port}"

    def pack(self, sending: Sending) -> EmailMessage:
        """The whole message.  Raises PublishError where a template cannot be rendered."""
        message, key = EmailMessage(policy=WIRE), sending.message.key
        user, _, domain = mail_address(self.sender).rpartition("@")
        message["From"] = Address("Clausetrail", user, domain)
        message["To"] = Address(addr_spec=mail_address(sending.message.subscription.subscriber.address))
        message["Subject"] = subject(sending.told)
        message["Date"] = format_datetime(sending.now)
        message["Message-ID"] = f"<{key}@{domain}>"
        thread = _thread(sending, domain)
        if thread:
            message["References"] = message["In-Reply-To"] = thread
        message["List-Id"] = f"<clausetrail.{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        leave = _unsubscribing(message, sending, self.sender)
        values = {
            "subject": subject(sending.told),
            "events": [event_view(told, sending.site) for told in sending.told],
            "why": _WHY,
            "leave": leave,
        }
        message.set_content(render(self._template("mail.txt"), html=False, **values))
        message.add_alternative(render(self._template("mail.html"), html=True, **values), subtype="html")
        return message

    def letter(self, ask: Ask, ticket: str, site: Site, now: datetime) -> EmailMessage:
        """Asks whoever has an address whether they asked for a subscription."""
        message = EmailMessage(policy=WIRE)
        user, _, domain = mail_address(self.sender).rpartition("@")
        message["From"] = Address("Clausetrail", user, domain)
        message["To"] = Address(addr_spec=mail_address(ask.address))
        message["Subject"] = _CONFIRM
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<{hashlib.sha256(ask.name.encode()).hexdigest()[:32]}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        values = {"subject": _CONFIRM, "wish": wish_phrase(ask.wish), "link": site.confirm(ticket), "days": FOR.days}
        message.set_content(render(self._template("confirm.txt"), html=False, **values))
        message.add_alternative(render(self._template("confirm.html"), html=True, **values), subtype="html")
        return message

    def _template(self, name: str) -> str:
        own = files("clausetrail.alerts").joinpath("templates", name)
        return self.templates[name] if name in self.templates else own.read_text("utf-8")

    def send(self, packed: object) -> Outcome:
        assert isinstance(packed, EmailMessage)  # noqa: S101 - made by `pack`
        try:
            self._connected().send_message(packed)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            return self._refused(code, said)
        except smtplib.SMTPResponseException as error:
            down = not isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused)
            return self._refused(error.smtp_code, error.smtp_error, down=down)
        except (OSError, smtplib.SMTPException, UsageError) as error:
            self.close()
            return Outcome(taken=False, reason=visible(f"{self.server.host}: {error}")[:300], down=True)
        return Outcome(taken=True)

    def _refused(self, code: int, said: bytes | str, *, down: bool = False) -> Outcome:
        self.close()
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return Outcome(
            taken=False,
            reason=visible(f"the mail server says {code} {text}")[:300],
            down=down,
            forever=code in _FOREVER and not down,
        )

    def _connected(self) -> smtplib.SMTP:
        if self._open is None:
            server = self.server
            if server.secure == "tls":
                self._open = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=tls(self.authorities))
            else:
                self._open = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
                if server.secure == "starttls":
                    self._open.starttls(context=tls(self.authorities))
            if server.user:
                self._open.login(server.user, server.password)
        return self._open

    def close(self) -> None:
        """Ends the connection, politely where it still stands."""
        opened, self._open = self._open, None
        if opened is not None:
            try:
                opened.quit()
            except (OSError, smtplib.SMTPException):
                opened.close()


def _thread(sending: Sending, domain: str) -> str:
    """What all messages about one document refer to, so that mail readers put them together."""
    slugs = {told.telling.event.document for told in sending.told}
    name = hashlib.sha256("\n".join(sorted(slugs)).encode()).hexdigest()[:24]
    return f"<document-{name}@{domain}>" if len(slugs) == 1 else ""


def _unsubscribing(message: EmailMessage, sending: Sending, sender: str) -> str:
    """The fields by which a mail reader offers to leave; the address of the page where somebody can."""
    token = sending.message.subscription.token
    leave = sending.site.leave(token)
    mailto = f"<mailto:{sender}?subject={quote(f'unsubscribe {token}')}>"
    message["List-Unsubscribe"] = f"<{leave}>, {mailto}" if leave else mailto
    if leave and sending.site.secure:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return leave
