"""What the models of all areas are made of."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

# None is used; looking for some among the installed packages takes 10 ms of a cold start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from shared.errors import BadRequest, CrmError, FieldError, ValidationFailed
from shared.names import visible_name
from shared.parameters import NO_NUL, NUL_REFUSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

ModelT = TypeVar("ModelT", bound=BaseModel)


class Model(BaseModel):
    """What callers send: unknown fields are refused, so that a misspelt one is never silently dropped.

    Nothing is made of something else: a number is no boolean, and no text a number.

    A model is built when it is first used: a cold start pays for the one that its function takes.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, defer_build=True)


class Answer(BaseModel):
    """What is answered; most answers leave Postgres as JSON, and their models only describe them."""

    model_config = ConfigDict(defer_build=True)


def named(text: str) -> str:
    """A name without blanks around it.

    Raises:
        ValueError: nobody can see it.
    """
    if not visible_name(text):
        raise ValueError("a name needs something that can be seen")
    return text.strip()


def named_or_empty(text: str) -> str:
    """The same, where there may be no name at all."""
    return named(text) if text else text


Line = Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)]
Text = Annotated[str, StringConstraints(max_length=100_000, pattern=NO_NUL)]


class Problem(Answer):
    """An error as RFC 9457 tells it (`application/problem+json`)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[ProblemField] | None = None


class ProblemField(Answer):
    """One field that fails validation."""

    field: str
    message: str


def validated(model: type[ModelT], data: bytes | Mapping[str, Any]) -> ModelT:
    """A model of JSON text or of values.

    Raises:
        BadRequest: the text is no JSON.
        ValidationFailed: it does not fit; names every field at fault.
    """
    try:
        return model.model_validate_json(data) if isinstance(data, bytes) else model.model_validate(data)
    except ValidationError as error:
        raise _readable(error) from None


def _readable(error: ValidationError) -> CrmError:
    entries = error.errors(include_url=False, include_input=False)
    if entries[0]["type"] == "json_invalid":
        return BadRequest(f"the body is no JSON: {entries[0]['msg']}")
    return ValidationFailed(
        [FieldError(".".join(str(part) for part in entry["loc"]) or "body", _words(entry)) for entry in entries]
    )


def _words(entry: ErrorDetails) -> str:
    """What is wrong; of a pattern, which is for machines, what it stands for."""
    if entry["type"] == "string_pattern_mismatch" and entry["ctx"]["pattern"] == NO_NUL:
        return NUL_REFUSED
    return entry["msg"].removeprefix("Value error, ")
