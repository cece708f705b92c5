"""Every folder of `cases/`: what changed, in which order, how sure, how significant and why."""

from __future__ import annotations

import pytest

from clausetrail.differ import replay
from clausetrail.model import JOINT, OperationKind
from tests.differ.loader import Case, cases, shown, told


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.name)
def test_case(case: Case) -> None:
    changes = case.compare().changes
    assert [shown(c) for c in changes] == case.expected
    assert set(case.told) <= set(told(changes))


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.name)
def test_operations_replay_joined_words(case: Case) -> None:
    old, new = list(case.old.walk()), list(case.new.walk())
    for change in case.compare().changes:
        before = JOINT.join(old[p].words for p in change.old)
        after = JOINT.join(new[p].words for p in change.new)
        assert replay(change.operations) == ((before, after) if before != after else ("", ""))
        if not change.old or not change.new:
            kind = OperationKind.INSERT if change.new else OperationKind.DELETE
            assert [o.kind for o in change.operations] == [kind]
