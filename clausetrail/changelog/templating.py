"""The one way to a jinja2 environment: everything that a template prints is made visible, then escaped."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from clausetrail.changelog import dates, phrases
from clausetrail.changelog.operations import shown
from clausetrail.changelog.safe import safe_link, visible, without_invisible

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache
def environment(*packages: str) -> Environment:
    """Autoescaping, strict about names, with the templates of `packages`, then those of this one."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in (*packages, "clausetrail.changelog")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "safe_link": safe_link,
        "shown": shown,
        "sentence": phrases.sentence,
        "utc": dates.utc,
        "readable": without_invisible,
    }
    made.globals |= {"phrases": phrases, "dates": dates}
    return made


def _visible(value: Any) -> Any:
    """Plain text through `visible`; what a macro rendered has been through it."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def render(template: str, **values: object) -> str:
    """The template as a standalone page."""
    return environment().get_template(template).render(values)
