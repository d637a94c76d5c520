"""The bodies of requests about notes, as models."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, StringConstraints

from shared.models import Model
from shared.parameters import NO_NUL


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("a note needs some text")
    return text


NoteText = Annotated[str, StringConstraints(max_length=100_000, pattern=NO_NUL), AfterValidator(_written)]


class NoteCreate(Model):
    """A note in Markdown. `[@Ana Diaz](contact:ID)` names another contact; `at` is the time it speaks of, now when left out."""

    text: NoteText
    at: AwareDatetime | None = None
    pinned: bool = False


class NotePatch(Model):
    """A change of a note by a merge patch."""

    text: NoteText | None = None
    at: AwareDatetime | None = None
    pinned: bool | None = None
