"""The bodies of requests about interactions, as models."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, StringConstraints

from shared.interactions.parameters import Direction, Kind
from shared.models import Model
from shared.parameters import NO_NUL

MAX_NOTE_CHARACTERS = 10_000


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("write some text, or null for none")
    return text.strip()


InteractionNote = Annotated[
    str, StringConstraints(max_length=MAX_NOTE_CHARACTERS, pattern=NO_NUL), AfterValidator(_written)
]


class InteractionCreate(Model):
    """An e-mail, message, call or meeting with a contact; direction `in` came from the contact."""

    kind: Kind
    at: AwareDatetime
    direction: Direction = "both"
    note: InteractionNote | None = None


class InteractionPatch(Model):
    """A correction of an interaction by a merge patch; a `note` of null removes the note."""

    kind: Kind | None = None
    at: AwareDatetime | None = None
    direction: Direction | None = None
    note: InteractionNote | None = None
