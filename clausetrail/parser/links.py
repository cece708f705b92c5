"""The normal form of a link's target: what it leads to, without what only this visit, this visitor or this build of
the site put into it.

Lost, and to be had from the stored bytes only: http or https, credentials, a slash at the end, tracking parameters,
session ids, signatures and expiries of signed URLs, UUIDs in queries, the order of parameters, hashes in the names of
style sheets, scripts, pictures and fonts, the subject of a mail, text directives (`#:~:text=`), and the redirecting
address before the one that it leads to.  `javascript:` and `data:` lead nowhere and have no target.

Steps follow RFC 3986, section 6.2 (syntax- and scheme-based normalisation), and the URL Standard, section 4.4, for
white space inside a URL.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from clausetrail.parser import link_tokens as tokens

_PLAIN = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:/[A-Za-z0-9._~-]+)*")
"""Already normal, if no segment is `.` or `..` and the last names no file."""
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_BREAKS = re.compile(r"[\t\n\r]+")
_EDGES = "".join(map(chr, range(0x21))) + "\u00a0\u200b\ufeff"
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "%/:@!$&'()*+,;=-._~"
_LEADS_NOWHERE = frozenset(("javascript", "data", "vbscript", "blob", "about"))
_WEB = frozenset(("http", "https"))
_DEFAULT_PORTS = re.compile(r"(?::(?:80|443)?)+$")
_HOST = re.compile(r"(?:[^\s:%\[\]]+|\[[0-9a-f:.]+\])(?::\d+)?")
_LONGEST = 8_192
_MOST_REDIRECTS = 3


@lru_cache(maxsize=1 << 15)
def target(href: str, base_url: str = "") -> str:
    """The normal form of `href` on a page at `base_url`; empty where it leads nowhere.

    `#x` for a place on the page itself, also where it is written with the page's address; `mailto:` with the address
    alone, also where Cloudflare hides it; other schemes as they are; relative where neither says of what.
    `target(target(x, base), base) == target(x, base)`.  Never raises.
    """
    if _PLAIN.fullmatch(href) and not _has_more(href):
        return href
    href = _BREAKS.sub("", href.strip(_EDGES))[:_LONGEST]
    try:
        return _normal(href, base_url, _MOST_REDIRECTS)
    except ValueError:
        # No URL at all: no host, a port that is no number, brackets that hold no IPv6 address.
        return href


def _has_more(href: str) -> bool:
    return "/." in href or bool(tokens.ASSET.search(href)) or bool(tokens.REDIRECTING.search(href))


def _normal(href: str, base: str, redirects: int) -> str:
    if mail := protected_address(href):
        return f"mailto:{mail}"
    if href.startswith("#"):
        return _fragment(href[1:])
    scheme = _SCHEME.match(href)
    name = scheme[1].lower() if scheme else ""
    if name in _LEADS_NOWHERE:
        return ""
    if name == "mailto":
        return "mailto:" + _address(href[7:])
    if name == "tel":
        return "tel:" + re.sub(r"[^\d+*#]", "", unquote(href[4:]))
    if name and name not in _WEB:
        return href
    return _web(urljoin(base, href) if base and href else href, base, redirects)


def _web(url: str, base: str, redirects: int) -> str:
    parts = urlsplit(url)
    if (parts.scheme or parts.netloc) and not _HOST.fullmatch(_host(parts.netloc)):
        raise ValueError(url)
    query = tokens.kept(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200))
    if redirects and parts.netloc and (inner := _redirected(parts.netloc, parts.path, query)):
        return _normal(inner, base, redirects - 1)
    path = _path(parts.path)
    head = f"https://{_host(parts.netloc)}" if parts.netloc else ""
    if not head and path.startswith("//"):
        path = "/" + path.lstrip("/")
    page = f"{head}{path}{_query(query, path)}"
    fragment = _fragment(parts.fragment)
    return fragment if fragment and page == _page_of(base) else page + fragment


@lru_cache(maxsize=512)
def _page_of(base: str) -> str:
    """The page's own address in normal form, without a fragment."""
    return _web(base.partition("#")[0], "", 0) if base else ""


def _host(netloc: str) -> str:
    host = netloc.rpartition("@")[2].lower()
    return _DEFAULT_PORTS.sub("", host).rstrip(".")


def _path(path: str) -> str:
    path = tokens.SESSION_IN_PATH.sub("", _escaped(path))
    if "/." in path:
        path = _without_dots(path)
    return tokens.ASSET.sub(r"\1", path.rstrip("/"))


def _without_dots(path: str) -> str:
    """RFC 3986, section 5.2.4."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept)


def _escaped(text: str) -> str:
    """Percent-encoding in one form: capitals, and only where it is needed."""
    if "%" in text:
        text = _ESCAPE.sub(_one_escape, text)
    return quote(text, safe=_SAFE)


def _one_escape(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code in _UNRESERVED else f"%{match[1].upper()}"


def _query(pairs: list[tuple[str, str]], path: str) -> str:
    if tokens.is_asset(path):
        pairs = [pair for pair in pairs if pair[0].lower() not in tokens.BUILDS]
    made = sorted(f"{quote(name, safe='')}={quote(value, safe='*/:,')}" for name, value in pairs)
    return "?" + "&".join(made) if made else ""


def _fragment(text: str) -> str:
    text = text.partition(":~:")[0]
    return f"#{_escaped(text)}" if text else ""


def _redirected(netloc: str, path: str, query: list[tuple[str, str]]) -> str:
    """The address that a redirecting page was told to lead to."""
    if not (tokens.REDIRECTING.search(path) or tokens.REDIRECTING_HOST.match(netloc.lower())):
        return ""
    found = (value for name, value in query if name.lower() in tokens.INNER_TARGETS)
    return next((value for value in found if value.lower().startswith(("http://", "https://"))), "")


def _address(text: str) -> str:
    """The address of a mail link; the domain is in lower case."""
    local, at, domain = unquote(text.partition("?")[0]).strip().rpartition("@")
    return f"{local}{at}{domain.lower()}"


_PROTECTED = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-fA-F]{4,})")


def protected_address(href: str) -> str:
    """The e-mail address that Cloudflare's protection hides in a link; empty where there is none."""
    match = _PROTECTED.search(href)
    return decoded_address(match[1]) if match else ""


def decoded_address(key: str) -> str:
    """The address in an attribute `data-cfemail`: hexadecimal bytes, each XOR the first; empty if it is none.

    The scheme is Cloudflare's Email Address Obfuscation; whatever follows the address (`?subject=`) is left out.
    """
    try:
        first, *rest = bytes.fromhex(key[:1_000])
        text = bytes(byte ^ first for byte in rest).decode("utf-8")
    except ValueError:
        return ""
    address = _address(text)
    return address if "@" in address and address.isprintable() and " " not in address else ""
