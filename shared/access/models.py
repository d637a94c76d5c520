"""The requests of access."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from shared.access.scopes import SCOPES, Scope
from shared.models import Model, named
from shared.parameters import NO_NUL


def _each_once(scopes: list[Scope]) -> list[Scope]:
    return [scope for scope in SCOPES if scope in scopes]


class TokenCreate(Model):
    """A personal token to make; `days` is how long it is good for."""

    name: Annotated[str, StringConstraints(max_length=100, pattern=NO_NUL), AfterValidator(named)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(SCOPES)), AfterValidator(_each_once)]
    days: Annotated[int, Field(ge=1, le=365)] = 90
