"""Whether what came is the policy: from the page by itself (`judge`), and against the last good version (`against`)."""

from clausetrail.parser.verdict.continuity import against
from clausetrail.parser.verdict.look import Look, look_of
from clausetrail.parser.verdict.marks import Marks, marks_of
from clausetrail.parser.verdict.page import Finding, finding, judge
from clausetrail.parser.verdict.sketch import Sample, Sketch, sketch_of

__all__ = [
    "Finding",
    "Look",
    "Marks",
    "Sample",
    "Sketch",
    "against",
    "finding",
    "judge",
    "look_of",
    "marks_of",
    "sketch_of",
]
