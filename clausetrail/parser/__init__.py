"""A page's bytes → a `Reading`: clause tree, verdict, declared dates, the publisher's own changelog, language."""

from clausetrail.parser.decode import MAX_BYTES, MEDIA_TYPES, media_type_of
from clausetrail.parser.normal import normal
from clausetrail.parser.reading import read

PARSER_REVISION = 1
"""Raised whenever the same bytes would be read differently than before."""

__all__ = ["MAX_BYTES", "MEDIA_TYPES", "PARSER_REVISION", "media_type_of", "normal", "read"]
