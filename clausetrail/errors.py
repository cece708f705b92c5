"""Every error that Clausetrail raises on purpose.

One base class; one subclass per stage.  A message says what happened, to which document, and what to do next;
the command line prints it as one line and exits with the class's `exit_code`.
"""

from __future__ import annotations


class ClausetrailError(Exception):
    """Base of all errors.

    `document` is the slug of the document concerned, or "" where none is.  `transient` is true when the same call
    may succeed later without anybody changing anything.
    """

    exit_code = 2

    def __init__(self, message: str, *, document: str = "", transient: bool = False) -> None:
        super().__init__(message)
        self.document = document
        self.transient = transient


class UsageError(ClausetrailError):
    """What was asked for cannot be: an unknown document, date, version or clause, or options that contradict."""


class ScrapeError(ClausetrailError):
    """A source could not be read: a missing file or repository, a git command that failed."""

    exit_code = 3


class ParseError(ClausetrailError):
    """Bytes could not be read as a policy: empty, binary, too large."""

    exit_code = 4


class DiffError(ClausetrailError):
    """Two trees could not be compared, or operations do not replay."""

    exit_code = 5


class StoreError(ClausetrailError):
    """The database cannot be used: locked, damaged, written by a newer Clausetrail, not a Clausetrail database."""

    exit_code = 6


class CorrectionError(ClausetrailError):
    """The corrections file cannot be read, or an entry does not say what it must."""

    exit_code = 7


class PublishError(ClausetrailError):
    """A rendering or a server could not be produced."""

    exit_code = 8


class NetError(ClausetrailError):
    """A request that was refused before it was sent, or came to nothing.

    `cause` is one word for it: `address`, `answer`, `body`, `dns`, `encoding`, `headers`, `protocol`, `redirects`,
    `refused`, `robots`, `size`, `timeout`, `tls`, `url`, `wait`.
    """

    exit_code = 9

    def __init__(self, message: str, *, cause: str, document: str = "", transient: bool = False) -> None:
        super().__init__(message, document=document, transient=transient)
        self.cause = cause
