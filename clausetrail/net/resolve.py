"""Names → addresses, in bounded time."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable

from clausetrail.errors import NetError
from clausetrail.net.addresses import Address

Resolver = Callable[[str, int, float], list[Address]]
"""(host, port, seconds) -> addresses, best first, at least one.  Raises NetError (`dns`)."""

_Found = list[Address] | OSError | ValueError


def system_resolver(host: str, port: int, seconds: float) -> list[Address]:
    """What the system resolves the name to.

    The system's own call cannot be told when to stop; it is left behind in a thread that holds nothing up.
    """
    answers: queue.SimpleQueue[_Found] = queue.SimpleQueue()
    threading.Thread(target=lambda: answers.put(_ask(host, port)), daemon=True, name=f"resolve {host}").start()
    try:
        found = answers.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise NetError(f"{host} was not found within {seconds:.0f} s", cause="dns", transient=True) from None
    if isinstance(found, list):
        return found
    code = getattr(found, "errno", None)
    if code in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
        # A name that is gone and a name server that is down look alike from here, so this may pass too.
        raise NetError(f"there is no host named {host}", cause="dns", transient=True) from found
    reason = getattr(found, "strerror", None) or found
    raise NetError(f"{host} could not be looked up ({reason})", cause="dns", transient=True) from found


def _ask(host: str, port: int) -> _Found:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        return list(dict.fromkeys(ipaddress.ip_address(entry[4][0]) for entry in found))
    except (OSError, ValueError) as error:
        return error
