"""What the models of all areas are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

# Postgres text cannot hold NUL.
NO_NUL = r"^[^\x00]*$"


class Model(BaseModel):
    """A shape of the API: unknown fields are refused, so that a misspelt one is never silently dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


Line = Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)]
Text = Annotated[str, StringConstraints(max_length=100_000, pattern=NO_NUL)]


class Problem(BaseModel):
    """An error as RFC 9457 tells it (`application/problem+json`)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[ProblemField] | None = None


class ProblemField(BaseModel):
    """One field that fails validation."""

    field: str
    message: str


class Page(Model):
    """Which part of a list: at most `limit` items, from where the `cursor` of the last answer points on."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, StringConstraints(max_length=2000)] | None = None
