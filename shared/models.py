"""Base classes and field types of the models of all areas."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

# No plugins are used; looking for them among the installed packages takes 10 ms of a cold start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from shared.errors import BadRequest, CrmError, FieldError, ValidationFailed
from shared.names import imitates, visible_name
from shared.parameters import NO_NUL, NUL_REFUSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

ModelT = TypeVar("ModelT", bound=BaseModel)


class Model(BaseModel):
    """Base of request bodies: unknown fields are refused, so that a misspelt one is never silently dropped.

    Values are not converted: `1` is not accepted as a boolean, nor `"1"` as a number.

    Pydantic builds a model at its first use: a cold start pays only for the model of its function.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, defer_build=True)


class Answer(BaseModel):
    """Base of answers; most answers leave Postgres as JSON, and their models only describe them."""

    model_config = ConfigDict(defer_build=True)


def named(text: str) -> str:
    """Return a name without blanks around it.

    Raises:
        ValueError: no character of the name is visible.
    """
    if not visible_name(text):
        raise ValueError("a name needs at least one visible character")
    return text.strip()


def own_name(text: str) -> str:
    """Return a name that strangers will read as the sender's, without blanks around it.

    Raises:
        ValueError: no character of the name is visible, or the name imitates another.
    """
    if imitates(text):
        raise ValueError("a name may not mix alphabets in one word, and may not be that of the product")
    return named(text)


def named_or_empty(text: str) -> str:
    """Return a name without blanks around it, or an empty text as it is."""
    return named(text) if text else text


Line = Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)]
Text = Annotated[str, StringConstraints(max_length=100_000, pattern=NO_NUL)]


class Problem(Answer):
    """A problem document of RFC 9457 (`application/problem+json`)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[ProblemField] | None = None
    merged_into: str | None = None


class ProblemField(Answer):
    """One field that fails validation."""

    field: str
    message: str


def validated(model: type[ModelT], data: bytes | Mapping[str, Any]) -> ModelT:
    """Validate JSON text or values as a model.

    Raises:
        BadRequest: the text is not JSON.
        ValidationFailed: the data does not fit; names every field at fault.
    """
    try:
        return model.model_validate_json(data) if isinstance(data, bytes) else model.model_validate(data)
    except ValidationError as error:
        raise _readable(error) from None


def _readable(error: ValidationError) -> CrmError:
    entries = error.errors(include_url=False, include_input=False)
    if entries[0]["type"] == "json_invalid":
        return BadRequest(f"the body is not JSON: {entries[0]['msg']}")
    return ValidationFailed(
        [FieldError(".".join(str(part) for part in entry["loc"]) or "body", _words(entry)) for entry in entries]
    )


def _words(entry: ErrorDetails) -> str:
    """Return the message of a validation error; for the NUL pattern, a sentence in place of the pattern."""
    if entry["type"] == "string_pattern_mismatch" and entry["ctx"]["pattern"] == NO_NUL:
        return NUL_REFUSED
    return entry["msg"].removeprefix("Value error, ")
