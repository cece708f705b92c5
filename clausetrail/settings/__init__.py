"""The workspace's settings, `clausetrail.toml`:

    database = "policies.db"        # beside this file, or where else it is

    [fetch]
    contact = "desk@newsroom.example"
    interval = "24h"

    [history]
    confirm_after = "48h"           # m, h or d

    [[significance]]                # as many as are wanted; the first that fits a change decides
    raise = "substantive"           # or lower = "editorial"
    words = ["tribunal*"]           # and signals, pattern, documents, within, name

    [[document]]                    # as many as are followed
    slug = "acme/privacy-policy"
    url = "https://acme.example/privacy"

All of it may be left out.  Its shape is `data/schemas/clausetrail.schema.json`; what that cannot see (two documents of
one name, a selector that is none) is looked for beside it.  A key that is not known is an error, so that a slip of the
pen is never taken for the default.
"""

from clausetrail.settings.headers import headers_of, unset
from clausetrail.settings.reading import documents_in, find, governing, read, text_of
from clausetrail.settings.shape import schema_text
from clausetrail.settings.times import spelled
from clausetrail.settings.values import DATABASE, FILE, Fetching, Settings
from clausetrail.settings.writing import document_text, save, with_documents, with_page

__all__ = [
    "DATABASE",
    "FILE",
    "Fetching",
    "Settings",
    "document_text",
    "documents_in",
    "find",
    "governing",
    "headers_of",
    "read",
    "save",
    "schema_text",
    "spelled",
    "text_of",
    "unset",
    "with_documents",
    "with_page",
]
