"""What a page calls itself."""

from __future__ import annotations

from lxml import etree


def title_of(root: etree._Element) -> str:
    """The words of the page's own `title`; pictures have titles too."""
    for title in root.iter("title"):
        parent = title.getparent()
        if parent is None or parent.tag in ("head", "html", "body"):
            return " ".join("".join(map(str, title.itertext())).split())
    return ""
