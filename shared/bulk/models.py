"""The body of a change of many contacts."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from shared.contacts.filters import FILTER_SCHEMA
from shared.contacts.models import Birthday, CustomKey, CustomValue, Name, Tag
from shared.models import Model, Text

Action = Literal["tag", "untag", "set", "delete", "restore", "enrich", "hide", "circle"]
# As many as a body of the usual limit has room for; a filter names any number.
MOST_IDS = 20_000
MOST_TAGS = 20

Id = Annotated[UUID, Field(strict=False)]
Tags = Annotated[list[Annotated[Tag, Field(min_length=1)]], Field(min_length=1, max_length=MOST_TAGS)]


class BulkFields(Model):
    """Fields that many contacts can have alike, as a merge patch: null empties a field, `custom` is merged key by key."""

    company: Name | None = None
    title: Name | None = None
    location: Name | None = None
    birthday: Birthday | None = None
    notes: Text | None = None
    custom: dict[CustomKey, CustomValue | None] | None = None


class TagValue(Model):
    """Tags to be given or taken."""

    value: Tags


class SetValue(Model):
    """Fields to be set."""

    value: BulkFields


class CircleChoice(Model):
    """A circle, and whether contacts come into it or leave it."""

    add: Id | None = None
    remove: Id | None = None

    @model_validator(mode="after")
    def _one(self) -> CircleChoice:
        if (self.add is None) == (self.remove is None):
            raise ValueError('names a circle: {"add": id} or {"remove": id}')
        return self


class CircleValue(Model):
    """The circle of a change."""

    value: CircleChoice


_VALUE_SCHEMA: dict[str, Any] = {
    "description": '`tag`, `untag`: a tag, or several; `set`: fields and their values; `circle`: `{"add": id}` or `{"remove": id}` of a circle, or an id to add to; left out otherwise.',
    "anyOf": [
        {"type": "string", "minLength": 1, "maxLength": 100},
        {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 100}, "minItems": 1, "maxItems": MOST_TAGS},
        {"type": "object"},
        {"type": "null"},
    ],
}  # fmt: skip


class BulkChange(Model):
    """What is done to which contacts.

    Attributes:
        ids: the contacts; or
        filter: the filters of the list, `{}` for all contacts. `restore` takes `{}` for the whole trash, and no filters.
        action: what is done: `tag` and `untag` give and take tags, `set` sets fields, `delete` moves to the trash, `restore` brings back from
            it, `enrich` asks the providers, `hide` hides from colleagues, `circle` puts into a circle or takes out of it.
        value: what it is done with.
    """

    ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_IDS)] | None = None
    filter: Annotated[dict[str, Any], Field(json_schema_extra=FILTER_SCHEMA)] | None = None
    action: Action
    value: Annotated[Any, Field(json_schema_extra=_VALUE_SCHEMA)] = None

    @model_validator(mode="after")
    def _one_choice(self) -> BulkChange:
        if (self.ids is None) == (self.filter is None):
            raise ValueError("name the contacts either by ids or by a filter")
        return self
