"""The requests of e-mail."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field, model_validator

from shared.models import Line, Model

MAX_LETTERS = 100_000

Letters = Annotated[int, Field(ge=0, le=MAX_LETTERS)]


class LetterDecision(Model):
    """The decision of an operator about the letters of one sender.

    Attributes:
        email: of the sender, or of a mailbox that is only looked at.
        letters: how many letters in 24 hours; 0: none. Without it the settings count.
        asks: how many introductions among them.
        until: when the settings count again.
        note: the reason.
        reset: the settings count again now.
    """

    email: Annotated[Line, Field(min_length=3)]
    letters: Letters | None = None
    asks: Letters | None = None
    until: Annotated[AwareDatetime | None, Field(strict=False)] = None
    note: Line = ""
    reset: bool = False

    @model_validator(mode="after")
    def _one_decision(self) -> LetterDecision:
        decides = self.letters is not None or self.asks is not None
        if self.reset and decides:
            raise ValueError("must either set letters or asks, or reset them")
        if self.until is not None and not decides:
            raise ValueError("until needs letters or asks")
        return self
