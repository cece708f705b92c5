"""The text of a page → an lxml tree that holds all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

Root = etree._Element

_TAG = re.compile(r"<[^<>]*>")
_END = re.compile(r"</(?i:body|html)\s*>")
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style|svg|noscript|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_RAW = ("iframe", "title", "textarea", "noembed", "noframes", "xmp")
"""Elements whose content is no markup."""
_MARKUP = re.compile(r"<(?:p|div|h[1-6]|li|section|main|article)\b", re.IGNORECASE)
_SHADOW = "shadowrootmode"
_SWALLOWERS = ("iframe", "noscript", "object", "select", "textarea", "svg", "math", "canvas", "template")
"""Elements that may hold the page against its author's will; of templates, those alone that are shadow roots."""
_SUBSTANCE = ("p", "h1", "h2", "h3", "li", "main", "article")
_MUCH = 3
_SHORT = 400
"""Characters between its tags, below which a page is worth a second look."""
_SOUP_SIZE = 1 << 20
_SOUP_GAIN = 2.0


def parse(text: str) -> Root | None:
    """The root of the page's tree; None where there is nothing to parse.

    Guaranteed: what follows a premature `</body>` is there; what an unclosed `iframe` or `noscript` swallowed stands
    beside it; text nested beyond the parser's depth is kept, though without its structure.  Of what shows next to
    nothing, ask `second_look`.
    """
    root, complete = _parsed(_one_end(text))
    if root is not None and (unclosed := _unclosed(root)):
        text = re.sub(rf"</?(?:{'|'.join(unclosed)})\b[^>]*>", " ", text, flags=re.IGNORECASE)
        root, complete = _parsed(_one_end(text))
    if not complete:
        # The parser gives up beyond a depth that no page has; what stands between the tags is still to be read.
        root = _parsed(f"<p>{_TAG.sub('<p>', text)}")[0]
    if root is not None:
        _mend(root)
    return root


def _parsed(text: str) -> tuple[Root | None, bool]:
    """The tree, and whether it holds all of the text."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None, True
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _one_end(text: str) -> str:
    """The text without the end tags of the page that more text follows: the parser would stop at the first."""
    found = _END.search(text)
    if found is None or not _TAG.sub("", text[found.end() :]).strip():
        return text
    return _END.sub("", text)


def _unclosed(root: Root) -> list[str]:
    """Names of elements that hold the markup of the page as mere characters, because nothing closed them."""
    return sorted({str(e.tag) for e in root.iter(*_RAW) if e.text and len(_MARKUP.findall(e.text)) >= _MUCH})


def second_look(root: Root | None, text: str) -> Root | None:
    """The tree of a lenient parser, where that of `parse` shows next to nothing of a source that holds much more than
    tags and scripts, and this one clearly more; else None."""
    if len(text) > _SOUP_SIZE or (root is not None and _visible(root, _SHORT) >= _SHORT):
        return None
    if len("".join(_TAG.sub("", _UNSEEN.sub("", text)).split())) < _SHORT:
        return None
    from lxml.html import soupparser  # Takes longer to load than most pages to read, and hardly a page needs it.

    try:
        other: Root = soupparser.fromstring(text)
    except (ValueError, AssertionError, RecursionError):
        return None
    _mend(other)
    size = 0 if root is None else _visible(root, len(text))
    return other if _visible(other, len(text)) > _SOUP_GAIN * size else None


def _visible(root: Root, enough: int) -> int:
    """Characters of text outside of machinery, white space left out; counted no further than `enough`."""
    size = 0
    for piece in _pieces(root):
        size += len("".join(piece.split()))
        if size >= enough:
            break
    return size


def _pieces(root: Root) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            yield element.tail or ""
        elif element.tag in ("script", "style", "noscript", "svg", "head", "template", "iframe"):
            walk.skip_subtree()
        else:
            yield element.text or ""


def _mend(root: Root) -> None:
    """Let the tree hold what stands in frames, in shadow roots, and in elements that were never closed."""
    found = list(root.iter(*_SWALLOWERS))
    if sum(_open_frame(element) for element in found if element.tag == "iframe"):
        found = list(root.iter(*_SWALLOWERS))
    for element in found:
        if element.tag == "template":
            swallowed = element.get(_SHADOW) is not None
        else:
            swallowed = len(element) > 0 and _holds_page(element)
            swallowed = swallowed and (element.tag != "noscript" or _visible(root, _SHORT) < _SHORT)
        if swallowed:
            element.tag = "div"


def _open_frame(frame: Root) -> bool:
    """A frame with a document of its own in `srcdoc` is read where it stands.  Whether it was one."""
    text = frame.get("srcdoc") or ""
    inner = _parsed(text)[0] if len(_TAG.sub("", text)) >= _SHORT else None
    body = inner.find("body") if inner is not None else None
    if body is None:
        return False
    frame.text, frame.tag = None, "div"
    body.tag = "div"
    frame.append(body)
    return True


def _holds_page(element: Root) -> bool:
    """Whether several headings, paragraphs or items with text lie within."""
    count = 0
    for inner in element.iter(*_SUBSTANCE):
        count += bool((inner.text or "").strip() or len(inner))
        if count > _MUCH:
            return True
    return False
