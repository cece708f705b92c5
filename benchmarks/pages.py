"""A website of policies in our own words: pages that differ from one another, editions that differ in few clauses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from random import Random

_WHO = ("You", "A member", "The account holder", "Every guest", "Anyone who keeps a shop", "A partner", "A guardian")
_MUST = ("may not", "must", "may", "shall not", "agrees to", "has the right to", "is not allowed to")
_WHAT = (
    "publish", "sell", "copy", "share with others", "keep a record of", "ask us to delete", "transfer", "rent out",
    "report to us", "translate", "collect", "take back", "hand over to a third party", "store on another device",
)  # fmt: skip
_THING = (
    "lanterns", "personal data", "photographs of other members", "any content of the service", "an order",
    "the licence", "lamp oil", "the password of an account", "letters of complaint", "a paid subscription",
    "a gift card",
    "advertising for gambling", "medical advice", "the results of a search", "recordings of a call",
)  # fmt: skip
_WHEN = (
    "within {n} days of the purchase", "unless we have agreed to it in writing", "except as section {n} allows",
    "if the law of the country asks for it", "for longer than {n} months", "as long as the account is open",
    "without the consent of the person concerned", "more than {n} times a year", "before the age of {n}",
)  # fmt: skip
_THEN = (
    "We may close the account of anyone who does otherwise, after a notice of {n} days.",
    "This does not limit the rights that consumers have by law.",
    "We keep what we need for that purpose no longer than {n} days.",
    "Write to us if you think that we were wrong, and a person will look at it.",
    "The fee for this is {n} crowns, taxes included.",
    "We tell you by letter before this changes.",
)
_HEAD = (
    "Your account", "What you may do", "What you may not do", "Payments and refunds", "Your content", "Privacy",
    "How long we keep data", "Children", "Complaints", "Ending the agreement", "Liability", "Changes to these terms",
)  # fmt: skip
CLAUSES = 130


@lru_cache(maxsize=4096)
def clause(page: int, place: int, edition: int = 0) -> str:
    """A clause as it stands in that edition; the same for the same numbers, ever."""
    chance = Random(f"{page}/{place}/{edition}")
    sentence = f"{chance.choice(_WHO)} {chance.choice(_MUST)} {chance.choice(_WHAT)} {chance.choice(_THING)}"
    first = f"{sentence} {chance.choice(_WHEN)}, item {page}-{place}."
    rest = " ".join(chance.sample(_THEN, 2))
    return f"{first} {rest}".replace("{n}", str(chance.randint(2, 90)))


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says."""

    number: int
    edition: int = 0
    """Each differs from that before it in two clauses."""

    @property
    def title(self) -> str:
        return f"Terms of the Lamplighters' Guild, part {self.number}"

    def clauses(self) -> list[str]:
        """One at least differs from those of every other edition."""
        changed = {each % CLAUSES: each for each in range(1, self.edition + 1)}
        found = [clause(self.number, place, changed.get(place, 0)) for place in range(CLAUSES)]
        if self.edition:
            found[-1] = clause(self.number, CLAUSES - 1, self.edition)
        return found


def html(page: Page) -> str:
    """Some 60 KB, with the dressing that such pages have."""
    style = "\n".join(f".c{n} .box-{n}{{margin:{n}px auto;color:#{n:06x};padding:0 {n}em}}" for n in range(180))
    links = "".join(f'<li><a class="c{n}" href="/shop/{n}">{_THING[n % len(_THING)]}</a></li>' for n in range(60))
    body = [f"<h1>{escape(page.title)}</h1>"]
    for place, text in enumerate(page.clauses()):
        if place % 11 == 0:
            body.append(f'<h2 class="c{place}" id="s{place}">{place // 11 + 1}. {_HEAD[place // 11 % len(_HEAD)]}</h2>')
        body.append(f'<p class="c{place} text--{place % 7}" data-block="{place}">{escape(text)}</p>')
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(page.title)}</title>'
        f"<style>{style}</style></head><body><header><nav><ul>{links}</ul></nav></header>"
        f"<main><article>{''.join(body)}</article></main><footer><ul>{links}</ul><p>© The Guild</p></footer>"
        f"<script>window.settings = {{{', '.join(f'k{n}: {n}' for n in range(400))}}}</script></body></html>"
    )
