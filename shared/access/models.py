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


Parameter = Annotated[str, StringConstraints(max_length=2_000, pattern=NO_NUL)]


class AuthorizationRequest(Model):
    """The query string with which a program sent its user here, or the code that a device shows.

    Attributes:
        user_code: what a device shows; nothing else is needed with it.
    """

    # a program may send parameters that nobody here knows
    model_config = {**Model.model_config, "extra": "ignore"}

    client_id: Parameter = ""
    redirect_uri: Parameter | None = None
    response_type: Parameter | None = None
    response_mode: Parameter | None = None
    scope: Parameter | None = None
    state: Parameter | None = None
    code_challenge: Parameter | None = None
    code_challenge_method: Parameter | None = None
    resource: Parameter | None = None
    user_code: Parameter | None = None

    def parameters(self) -> dict[str, str]:
        """The parameters that were given."""
        return {name: value for name, value in self if isinstance(value, str)}


class Approval(AuthorizationRequest):
    """A request with the user's answer: what is granted; nothing says no."""

    granted: Annotated[list[Scope], Field(max_length=len(SCOPES))]
