"""A mail server on 127.0.0.1 that keeps what it is given, or refuses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller


class Mailbox:
    """What came, and what is answered to whom."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refusing: dict[str, str] = {}
        """Address -> the server's answer to it."""
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refusing:
            return self.refusing[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.messages.append(cast(EmailMessage, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [each for each in self.messages if each["To"] == address]


class _Anywhere(Controller):
    """On a port that the system chooses, which the first caller must be told."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mailbox(**options: Any) -> Iterator[Mailbox]:
    box = Mailbox()
    controller = _Anywhere(box, hostname="127.0.0.1", port=0, **options)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()
