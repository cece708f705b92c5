"""A page of links."""

from __future__ import annotations

import re

from clausetrail.parser.verdict.look import Look

_LINKS = 5
_PROSE = 120
_HUB = re.compile(
    r"(?:welcome to (?:our|the) |our |all |\w+ )?(?:legal(?: (?:cent(?:er|re)|hub|library|documents|information|terms|"
    r"pages|resources|portal|policies))?|(?:trust|policy|privacy|transparency) (?:cent(?:er|re)|hub|library)|policies|"
    r"terms (?:and|&) policies|policies (?:and|&) (?:terms|guidelines|legal)|legal (?:and|&) (?:policies|privacy)|"
    r"rechtliches|rechtliche (?:hinweise|dokumente)|documents juridiques|informations juridiques|documentos legales|"
    r"documentos legais|documenti legali|juridische documenten|dokumenty prawne|法律中心|政策中心|法律文件|規約一覧|"
    r"約款一覧|ポリシー一覧|약관 및 정책)\W*$"
)


def listing(look: Look) -> str:
    """A hub: most clauses are links, most of these lead to policies, and what is said between them binds nobody; or
    the page is called a hub, links to many policies, and says as little.  A list of firms, licences or rules is none,
    nor is a hub whose own words do what a policy does: those are left to the comparison with the last good version."""
    if look.prose > _PROSE or look.duties:
        return ""
    linked = look.marks.policy_links
    if linked >= _LINKS and linked > 2 * look.sentences and (name := next(filter(_HUB.match, look.opening), "")):
        return f"{name}: {linked} links to policies"
    if look.policy_links < _LINKS or look.policy_links * 3 < look.links * 2:
        return ""
    clauses = sum(not line.heading for line in look.lines)
    many = 2 * look.links > clauses and look.sentences <= 1 + look.links // 2
    return f"{look.policy_links} links to policies" if many else ""
