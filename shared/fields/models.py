"""The bodies of requests about custom fields, as models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from shared.fields.values import MAX_CHOICES
from shared.models import Model, named
from shared.parameters import NO_NUL

FieldKind = Literal["text", "number", "date", "choice", "url", "contact"]


def _distinct(choices: list[str]) -> list[str]:
    if len({choice.casefold() for choice in choices}) < len(choices):
        raise ValueError("two of the choices are the same")
    return choices


Name = Annotated[str, StringConstraints(max_length=100, pattern=NO_NUL), AfterValidator(named)]
Choices = Annotated[list[Name], Field(max_length=MAX_CHOICES), AfterValidator(_distinct)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=NO_NUL)]
Place = Annotated[int, Field(ge=0, le=1000)]


class FieldCreate(Model):
    """A custom field.

    Attributes:
        name: another field may not have it, whatever its case and accents.
        kind: of its values.
        key: its name in `custom` of contacts, in files and in filters; its name when left out. It stays when the field is renamed.
        choices: of the kind `choice`, in their order.
        place: among the fields; behind the others when left out.
    """

    name: Name
    kind: FieldKind
    key: Key | None = None
    choices: Choices = []
    place: Place | None = None


class FieldPatch(Model):
    """A change of a field. Values that do not fit its new kind or choices are kept, and counted as `unfit`."""

    name: Name | None = None
    kind: FieldKind | None = None
    choices: Choices | None = None
    place: Place | None = None


class Promotion(Model):
    """The loose values that become those of a field.

    Attributes:
        name: their name in `custom` of contacts; the key of the field when left out.
    """

    name: Key | None = None
