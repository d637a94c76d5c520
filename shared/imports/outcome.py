"""The outcome of merging a file: counts, and the errors of single rows."""

from __future__ import annotations

from typing import NamedTuple

MAX_ERRORS = 1_000  # the most errors that are listed for one file; further ones are only counted


class Merged(NamedTuple):
    """The counts of the rows of a file by outcome; `errors` is a JSON array."""

    created: int
    updated: int
    unchanged: int
    failed: int
    errors: str
