"""Renderings of every view for terminal, Markdown, HTML, JSON and unified diff.  Pure: views in, text out.

Words of pages are hostile until a renderer has made them safe; see `safe`.
"""

from clausetrail.changelog.blame import blame_lines
from clausetrail.changelog.changelog import changelog_html, changelog_markdown
from clausetrail.changelog.decisions import decision_lines, decisions_json
from clausetrail.changelog.diff import diff_lines, stat_lines
from clausetrail.changelog.diff_html import diff_html
from clausetrail.changelog.diff_markdown import diff_markdown
from clausetrail.changelog.diff_unified import diff_unified
from clausetrail.changelog.evidence import evidence_json, evidence_lines, exhibit_json
from clausetrail.changelog.followed import followed_json, followed_lines
from clausetrail.changelog.json_diff import correction_json, diff_json
from clausetrail.changelog.json_views import (
    blame_json,
    changelog_json,
    document_json,
    end_json,
    hit_json,
    json_text,
    life_json,
    log_json,
    reading_json,
    stats_json,
)
from clausetrail.changelog.life import life_lines
from clausetrail.changelog.log import log_lines
from clausetrail.changelog.safe import visible
from clausetrail.changelog.search import search_lines
from clausetrail.changelog.styled import Line, Span, Style, ansi, plain
from clausetrail.changelog.tables import corrections_lines, documents_lines, stats_lines
from clausetrail.changelog.tree import end_lines, outline, reading_lines, tree_markdown

__all__ = [
    "Line",
    "Span",
    "Style",
    "ansi",
    "blame_json",
    "blame_lines",
    "changelog_html",
    "changelog_json",
    "changelog_markdown",
    "correction_json",
    "corrections_lines",
    "decision_lines",
    "decisions_json",
    "diff_html",
    "diff_json",
    "diff_lines",
    "diff_markdown",
    "diff_unified",
    "document_json",
    "documents_lines",
    "end_json",
    "end_lines",
    "evidence_json",
    "evidence_lines",
    "exhibit_json",
    "followed_json",
    "followed_lines",
    "hit_json",
    "json_text",
    "life_json",
    "life_lines",
    "log_json",
    "log_lines",
    "outline",
    "plain",
    "reading_json",
    "reading_lines",
    "search_lines",
    "stat_lines",
    "stats_json",
    "stats_lines",
    "tree_markdown",
    "visible",
]
