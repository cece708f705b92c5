"""Templates of messages, rendered where they can do nothing but arrange what they are given.

A template may be somebody's own, so it gets an immutable sandbox (jinja2.sandbox) and less than that: no calls but of
its own macros, no methods, few filters, no inclusion of others, no state that grows from loop to loop beyond a bound,
always autoescaped where it makes HTML, and limits on its length, its output and its time.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import FrameType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from clausetrail.changelog.safe import safe_link, visible
from clausetrail.errors import PublishError

LONGEST_TEMPLATE = 50_000
"""Characters."""
LONGEST_OUTPUT = 1_000_000
LONGEST_VALUE = 2_000_000
"""Characters of a text, or items of a list, that a template makes for itself."""
SECONDS = 5.0
"""Of processor time for one rendering."""
_FILTERS = re.findall(
    r"\w+",
    "abs batch capitalize count default e escape first groupby int join last length list lower reverse round slice"
    " sort string title trim truncate unique upper",
)
_REFUSED = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.EvalContextModifier)
_FILE = "<template>"


class Sandbox(ImmutableSandboxedEnvironment):
    """Renders what `render` is given; see above."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, *, html: bool) -> None:
        super().__init__(
            autoescape=html, undefined=StrictUndefined, finalize=_visible, trim_blocks=True, lstrip_blocks=True
        )
        self.filters = {name: self.filters[name] for name in _FILTERS} | {"safe_link": safe_link}
        self.globals = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Nothing that could be called, and nothing that begins with an underscore."""
        return not attr.startswith("_") and not callable(value) and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Sums of numbers; products of texts and lists, and formats, could take all memory in one step."""
        if not all(isinstance(each, int | float) for each in (left, right)) or operator == "**":
            raise SecurityError(f"{operator} is for numbers")
        return super().call_binop(context, operator, left, right)


def _visible(value: Any) -> Any:
    """Plain text through `visible`; what a macro rendered has been through it."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


@lru_cache(maxsize=64)
def _compiled(source: str, html: bool) -> Template:
    if len(source) > LONGEST_TEMPLATE:
        raise PublishError(f"the template is longer than {LONGEST_TEMPLATE:,} characters")
    sandbox = Sandbox(html=html)
    tree = sandbox.parse(source)
    for refused in _REFUSED:
        if found := tree.find(refused):
            raise PublishError(f"line {found.lineno} of the template: {type(found).__name__} is not for templates here")
    code = sandbox.compile(tree, filename=_FILE)
    return sandbox.template_class.from_code(sandbox, code, {})


def render(source: str, *, html: bool, **values: object) -> str:
    """The template with these values: lines of visible text, or HTML in which every value is escaped.

    Raises PublishError for a template that is none, that reaches for more than it was given, or that takes longer or
    makes more than the limits."""
    try:
        template = _compiled(source, html)
        with _limited():
            return "".join(_bounded(template.generate(**values)))
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError, SyntaxError) as error:
        raise PublishError(f"the template cannot be rendered ({visible(str(error))[:200]})") from error


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LONGEST_OUTPUT:
            raise PublishError(f"the template makes more than {LONGEST_OUTPUT:,} characters")
        yield piece


@contextmanager
def _limited() -> Iterator[None]:
    """Looks at every line that a template runs, and at what it made: a loop within a loop yields nothing to count."""
    end, before = time.process_time() + SECONDS, sys.gettrace()

    def line(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        if time.process_time() > end:
            raise PublishError(f"the template takes longer than {SECONDS:g} seconds")
        if any(isinstance(each, str | list | tuple) and len(each) > LONGEST_VALUE for each in frame.f_locals.values()):
            raise PublishError(f"the template makes a value of more than {LONGEST_VALUE:,} characters")
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        return line if frame.f_code.co_filename == _FILE else None

    sys.settrace(call)
    try:
        yield
    finally:
        sys.settrace(before)
