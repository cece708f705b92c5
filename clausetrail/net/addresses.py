"""Which addresses may be connected to: those of the public internet, and those that were expressly allowed."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from clausetrail.errors import UsageError
from clausetrail.net.urls import DEFAULT_PORTS, Target

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

REFUSED_V4 = {
    "0.0.0.0/8": "of this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared by the customers of a provider",
    "127.0.0.0/8": "of this machine",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "kept for protocols",
    "192.0.2.0/24": "kept for documentation",
    "192.31.196.0/24": "kept for protocols",
    "192.52.193.0/24": "kept for protocols",
    "192.88.99.0/24": "kept for protocols",
    "192.168.0.0/16": "private",
    "192.175.48.0/24": "kept for protocols",
    "198.18.0.0/15": "kept for measurements",
    "198.51.100.0/24": "kept for documentation",
    "203.0.113.0/24": "kept for documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
"""IANA's registry of special-purpose IPv4 addresses (RFC 6890 and those that it lists), and multicast (RFC 5771)."""
REFUSED_V6 = {
    "2001::/23": "kept for protocols (Teredo and others)",
    "2001:db8::/32": "kept for documentation",
    "2002::/16": "6to4",
    "2620:4f:8000::/48": "kept for protocols",
    "3fff::/20": "kept for documentation",
}
"""The same for IPv6, within what is unicast at all."""
BEYOND_V6 = {
    "::1/128": "of this machine",
    "64:ff9b:1::/48": "private",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}
"""What the rest is called, where it has a name."""
_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
"""An IPv4 address as a network without IPv4 writes it (RFC 6052)."""
_V4 = tuple((IPv4Network(net), why) for net, why in REFUSED_V4.items())
_V6 = tuple((IPv6Network(net), why) for net, why in REFUSED_V6.items())
_BEYOND = tuple((IPv6Network(net), why) for net, why in BEYOND_V6.items())
_LOCAL = ("localhost", "local", "internal", "home.arpa", "localdomain", "intranet", "lan", "onion")
"""Ends of names that mean nothing outside of a network or a machine (RFC 6761, 6762, 8375, 7686, and custom)."""


def special(address: Address) -> str:
    """What an address is, where it is not one of the public internet; empty where it is."""
    if isinstance(address, IPv4Address):
        return next((why for network, why in _V4 if address in network), "")
    if address.scope_id is not None:
        return "link-local"
    if address in _NAT64:
        inner = special(IPv4Address(int(address) & 0xFFFF_FFFF))
        return f"{inner}, behind NAT64" if inner else ""
    if address.ipv4_mapped is not None:
        return "IPv4 in the dress of IPv6"
    if address not in _UNICAST:
        return next((why for network, why in _BEYOND if address in network), "reserved")
    if (int(address) >> 32) & 0xFCFF_FFFF == 0x5EFE:
        return "ISATAP"
    return next((why for network, why in _V6 if address in network), "")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the user lets in beyond the public internet, for an intranet or a test.  By itself: nothing."""

    hosts: frozenset[str] = frozenset()
    """Names; whatever address they resolve to is reached."""
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[str]) -> Allowed:
        """From `127.0.0.1`, `10.2.0.0/16`, `policies.intranet`.  Raises UsageError for what is neither."""
        hosts, networks = set(), []
        for entry in entries:
            try:
                networks.append(ipaddress.ip_network(entry))
            except ValueError:
                if not entry or "/" in entry or ":" in entry or entry[-1].isdigit():
                    raise UsageError(f"{entry!r} is no host name, address or network; write 10.2.0.0/16") from None
                hosts.add(entry.lower().removesuffix("."))
        return cls(frozenset(hosts), tuple(networks))

    def names(self, host: str) -> bool:
        return host in self.hosts

    def holds(self, address: Address) -> bool:
        return any(address in network for network in self.networks if network.version == address.version)


NOTHING = Allowed()


def literal(host: str) -> Address | None:
    """The address that a host is; None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def refusal_of_address(host: str, address: Address, allowed: Allowed = NOTHING) -> str:
    """Why the address that `host` resolved to may not be connected to; empty where it may."""
    if allowed.names(host) or allowed.holds(address):
        return ""
    what = special(address)
    return f"{host} is at {address}, which is not on the public internet ({what})" if what else ""


def refusal_of_target(target: Target, allowed: Allowed = NOTHING) -> str:
    """Why a target may not be asked for, by what is written in its address alone; empty where it may.

    A port below 1024 that is not the web's is refused: a gate for pages is no way to talk to a mail server.
    """
    if allowed.names(target.host):
        return ""
    address = literal(target.host)
    if address is None:
        if "." not in target.host or target.host.endswith(tuple(f".{end}" for end in _LOCAL)):
            return f"{target.host} is the name of a machine on a private network"
    elif allowed.holds(address):
        return ""
    elif what := special(address):
        return f"{target.host} is not on the public internet ({what})"
    if target.port < 1024 and target.port not in DEFAULT_PORTS.values():
        return f"port {target.port} is not one of the web"
    return ""
