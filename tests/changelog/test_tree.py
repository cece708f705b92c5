"""A tree as Markdown reads back to the same clauses."""

from __future__ import annotations

import pytest

from clausetrail.changelog import tree_markdown
from clausetrail.model import ClauseTree
from clausetrail.parser import read

PAGES = {
    "nested": """
# Usage policy

We keep a few things in mind.

**Be careful.** You may not harm others.

## 1. Protect people

* (a) **Be kind.** Always be kind to others.
    * no threats
    * no gambling
* (b) Keep to the law.

## 2. Privacy

1. We keep prompts for a while.
2. We delete them later.

   Unless you ask us not to.
3. That is all.
""",
    "tables and quotes": """
# Plans

The prices follow.

| Plan | Seats | Price |
| --- | --- | --- |
| Small | 3 | 12 |
| Large | a \\| b | |

> Prices may change.
>
> * but not often

Ask us for more.

* one

  | A | B |
  | --- | --- |
  | 1 | 2 |

  > a quote in a list
""",
    "labels": """
# Terms

§ 1 Keep to the law of the land.

§ 2 Do not sell the service.

## Article 5 – Changes

1.1 We may change these terms.

1.2 We tell you before.

第一条 用户不得分享生成的内容。

第二条 用户应当注明来源。
""",
    "what looks like markup": """
# 5 \\* 3 \\_is\\_ &lt;b&gt;15&lt;/b&gt; & more

\\#1 is \\`code\\` and \\[not a link\\](https://a.example) or &lt;script&gt;alert(1)&lt;/script&gt;

\\+ plus, - minus, = equals, &gt; more, | pipe, \\~~struck\\~~, $x$, \\\\ back

\\- no item

2024\\. A year.

https://a.example and www.a.example &amp;lt; here ![picture](https://a.example/x.png)
""",
}


@pytest.mark.parametrize("name", PAGES)
def test_reads_back_to_the_same_clauses(name: str) -> None:
    tree = read(PAGES[name].encode(), "text/markdown").tree
    again = read(tree_markdown(tree).encode(), "text/markdown").tree
    assert told(again) == told(tree)
    assert tree_markdown(again) == tree_markdown(tree)


def told(tree: ClauseTree) -> list[tuple[str, int, str, str]]:
    return [(clause.kind.value, clause.depth, clause.label, clause.words) for clause in tree.walk()]
