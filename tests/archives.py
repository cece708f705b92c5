"""A web archive on this machine: an index as the Wayback Machine's, and captures played as it plays them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import format_datetime
from urllib.parse import parse_qs, quote, unquote, urlsplit

from clausetrail.model import WaybackService
from clausetrail.net import Allowed, Gate, GateTransport, Limits, user_agent
from clausetrail.scraper.wayback.captures import moment_of, sha1
from tests.net.site import FakeClock, Reply, Seen, Site, reply

URL = "https://lampion.example/rules"
FIELDS = ["timestamp", "original", "mimetype", "statuscode", "digest", "length"]
HTML = "text/html; charset=utf-8"


def gate(clock: FakeClock) -> Gate:
    """One that asks this machine, and waits for nothing."""
    transport = GateTransport(allowed=Allowed.of(["127.0.0.1"]))
    return Gate(user_agent(), transport=transport, clock=clock, limits=Limits(idle=5, total=60))


@dataclass
class Kept:
    """A capture as an archive has it."""

    timestamp: str
    body: bytes = b""
    status: int = 200
    url: str = URL
    media_type: str = "text/html"
    location: str = ""
    listed: dict[str, str] = field(default_factory=dict)
    """What the index says in place of the truth."""

    def row(self) -> list[str]:
        said = {
            "timestamp": self.timestamp,
            "original": self.url,
            "mimetype": self.media_type,
            "statuscode": str(self.status),
            "digest": sha1(self.body),
            "length": str(len(self.body)),
        }
        return [{**said, **self.listed}[name] for name in FIELDS]

    def played(self, base: str) -> bytes:
        headers = {
            "memento_datetime": format_datetime(moment_of(self.timestamp), usegmt=True),
            "x_archive_orig_server": "lampion",
            "x_archive_orig_content_type": HTML,
            "x_archive_src": "crawl-7.warc.gz",
            "server": "archive",
            "content_type": HTML,
        }
        if self.location:
            headers["location"] = f"{base}/web/{self.timestamp}id_/{self.location}"
        return reply(self.status, self.body, **headers)


class Archive(dict[str, Reply]):
    """Answers of a site: `/cdx` lists, `/web/TIMEid_/ADDRESS` plays.  What is set by path goes before."""

    def __init__(self, site: Site, *kept: Kept, clock: FakeClock | None = None) -> None:
        super().__init__()
        self.kept, self.site, self.clock = list(kept), site, clock
        self.asked: list[str] = []
        """Captures that were asked for: `TIME ADDRESS`."""
        self.questions: list[dict[str, str]] = []
        self.times: list[float] = []
        """When each question came, by the clock."""
        self.first: Callable[[Seen], Reply | None] = lambda seen: None
        """Answers in the place of the archive, where it gives something."""
        self.rows: Callable[[list[list[str]]], list[object]] = lambda rows: [FIELDS, *rows]
        """The rows as they are written."""
        site.pages = self

    @property
    def service(self) -> WaybackService:
        return WaybackService(f"{self.site.url}/cdx", f"{self.site.url}/web")

    @property
    def toml(self) -> str:
        return f'[wayback]\ncdx_url = "{self.service.cdx_url}"\nreplay_url = "{self.service.replay_url}"\n'

    def get(self, path: str, default: object = None) -> Reply:  # type: ignore[override]
        return lambda seen: self._answer(seen, path)

    def _answer(self, seen: Seen, path: str) -> Reply:
        if path.startswith("/cdx"):
            self.questions.append({k: v[0] for k, v in parse_qs(urlsplit(path).query).items()})
            self.times.append(self.clock.time if self.clock else 0.0)
        else:
            self.asked.append(unquote(path.removeprefix("/web/")).replace("id_/", " "))
        found = self.first(seen)
        if found is not None:
            return found
        if path in self:
            return self[path]
        return self._list(self.questions[-1]) if path.startswith("/cdx") else self._play(path)

    def _list(self, asked: dict[str, str]) -> bytes:
        rows = sorted(one.row() for one in self.kept)
        rows = [r for r in rows if asked.get("from", "") <= r[0] and r[0] <= asked.get("to", "9")]
        start, limit = int(unquote(asked.get("resumeKey", "0"))), int(asked["limit"])
        page, more = rows[start : start + limit], len(rows) > start + limit
        trailer: list[object] = [[], [quote(f"{start + limit}")]] if more else []
        return reply(200, json.dumps([*self.rows(page), *trailer]), content_type="application/json")

    def _play(self, path: str) -> bytes:
        timestamp, _, url = path.removeprefix("/web/").partition("id_/")
        for one in self.kept:
            if one.timestamp == timestamp and one.url == url:
                return one.played(self.site.url)
        near = [one for one in self.kept if one.url == url]
        if not near:
            return reply(404, "not archived")
        nearest = min(near, key=lambda one: abs(moment_of(one.timestamp) - moment_of(timestamp)))
        return reply(302, location=f"/web/{nearest.timestamp}id_/{url}")
