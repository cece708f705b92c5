"""Addresses of pages: which are asked for, and in which one spelling.

Programs disagree about addresses, and the disagreement is a way past a gate: what one reads as the host, another reads
as a password.  So there is no guessing here: whatever two readers could read differently is refused, and the
host that was checked is the host that is connected to.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from clausetrail.errors import NetError

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 8_192
"""Characters of an address: more than any server takes."""

_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_KEPT = "!$%&'()*+,-./:;=?@[]_|~"
"""What stands in a path or a query as it is; the rest is written in percent."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address that is well formed and names one host beyond doubt."""

    url: str
    """In one spelling: lower-case host, no default port, no fragment, ASCII only."""
    scheme: str
    host: str
    """A name in ASCII, or an address without brackets."""
    port: int

    @property
    def origin(self) -> str:
        """`https://example.org`, with the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}")


def target(url: str) -> Target:
    """The address as it is asked for.  Raises NetError (`url`), with what is wrong with it."""
    if len(url) > MAX_LENGTH:
        raise _refused(url[:60] + "...", f"is longer than {MAX_LENGTH} characters")
    scheme, separator, rest = url.partition("://")
    scheme = scheme.lower()
    if not separator or scheme not in DEFAULT_PORTS:
        raise _refused(url, "is no address of the web; it must begin with https:// or http://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if "\\" in url or _CONTROL.search(authority):
        raise _refused(url, "holds a backslash, a space or a character that cannot be seen")
    if "@" in authority:
        raise _refused(url, "holds a user name before the host; take everything up to the @ away")
    host, port = _host_and_port(url, authority, DEFAULT_PORTS[scheme])
    path, query = _path_and_query(url)
    return Target(_join(scheme, host, port) + path + query, scheme, host, port)


def follow(base: str, location: str) -> Target:
    """Where a redirect leads.  Raises NetError as `target` does."""
    if "\\" in location:
        raise _refused(location, "holds a backslash")
    try:
        return target(urljoin(base, location.strip(" \t")))
    except ValueError as error:
        raise _refused(location, f"cannot be read ({error})") from error


def _host_and_port(url: str, authority: str, default: int) -> tuple[str, int]:
    found = re.fullmatch(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?", authority)
    if found is None:
        raise _refused(url, "has a host or a port that cannot be read")
    port = int(found[2]) if found[2] else default
    if not 0 < port < 65_536:
        raise _refused(url, f"names port {port}, and there is none")
    return (_bracketed(url, found[1][1:-1]) if found[1].startswith("[") else _name(url, found[1])), port


def _bracketed(url: str, text: str) -> str:
    try:
        if "%" in text:
            raise ValueError("with a zone")
        return str(ipaddress.IPv6Address(text))
    except ValueError as error:
        raise _refused(url, "has no address in its brackets that can be reached from everywhere") from error


def _name(url: str, text: str) -> str:
    """A host name in lower-case ASCII (UTS 46), without the dot of the root; or four numbers with dots."""
    if "%" in text:
        raise _refused(url, "has a percent sign in its host")
    name = text.lower()
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise _refused(url, f"has a host that is no name ({error})") from error
    name = name.removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _plain_address(url, name)
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused(url, "has a host that is no name")
    return name


def _plain_address(url: str, name: str) -> str:
    """The WHATWG reads 127.1, 0x7f.1 and 2130706433 as addresses, and so do some resolvers; nobody writes a policy's
    address so."""
    try:
        return str(ipaddress.IPv4Address(name))
    except ValueError as error:
        raise _refused(url, "has a number for a host that is no plain address") from error


def _path_and_query(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise _refused(url, f"cannot be read ({error})") from error
    path = _quoted(parts.path)
    return path if path.startswith("/") else "/" + path, "?" + _quoted(parts.query) if parts.query else ""


def _quoted(text: str) -> str:
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe=_KEPT, errors="replace")


def _join(scheme: str, host: str, port: int) -> str:
    return Target("", scheme, host, port).origin


def _refused(url: str, why: str) -> NetError:
    return NetError(printable(f"{url[:200]}: {why}"), cause="url")


def printable(text: str) -> str:
    """The text for a message: one line, nothing that steers a terminal or turns words round."""
    return "".join(c if c.isprintable() else "?" for c in text[:400])
