"""The bodies of requests about saved views, as models."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from shared.contacts.fields import NAMES
from shared.contacts.filters import FILTER_SCHEMA
from shared.contacts.parameters import ContactListQuery
from shared.errors import quoted
from shared.models import Model, named
from shared.parameters import NO_NUL

# What the list shows of a contact beside its fields.
_SHOWN = frozenset({*NAMES, "strength", "last_contact", "circles"})
_SORT = ContactListQuery.declared["sort"]


def _column(name: str) -> str:
    if name in _SHOWN or name.removeprefix("custom.") not in {"", name}:
        return name
    raise ValueError(f"{quoted(name)} is not a column: write the name of a field of a contact, or custom.NAME")


def _distinct(columns: list[str]) -> list[str]:
    if len(set(columns)) < len(columns):
        raise ValueError("names a column twice")
    return columns


Name = Annotated[str, StringConstraints(max_length=100, pattern=NO_NUL), AfterValidator(named)]
Filter = Annotated[dict[str, Any], Field(json_schema_extra=FILTER_SCHEMA)]
Sort = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=NO_NUL), AfterValidator(_SORT.read)]
Column = Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL), AfterValidator(_column)]
Columns = Annotated[list[Column], Field(max_length=50), AfterValidator(_distinct)]
Place = Annotated[int, Field(ge=0, le=1000)]


class ViewCreate(Model):
    """A saved view of the list of contacts.

    Attributes:
        name: another view may not have it, whatever its case.
        filter: the filters of the list; `{}` for all contacts.
        sort: the order of the list.
        columns: names of fields of a contact, `custom.NAME`, `strength`, `last_contact` or `circles`; empty: as the app shows them.
        place: among the views; behind the others when left out.
    """

    name: Name
    filter: Filter = {}
    sort: Sort = "name"
    columns: Columns = []
    place: Place | None = None


class ViewPatch(Model):
    """A change of a saved view."""

    name: Name | None = None
    filter: Filter | None = None
    sort: Sort | None = None
    columns: Columns | None = None
    place: Place | None = None
