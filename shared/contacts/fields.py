"""A contact's fields, each declared once. Some code is derived from this list; a contract test compares the rest with it.

CONTRIBUTING.md lists the steps of adding a field; tests/contract/test_contact_fields.py fails at each place that lacks it.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from shared.contacts.sizes import MAX_EMAIL, MAX_NAME, MAX_NOTES, MAX_TAG, MAX_TEXT

# name: one line, never null. line: one line, null where blank. text: several lines, null where blank. lines: a list of lines.
# object: texts by name. Each of the other kinds is the kind of one field.
Kind = Literal[
    "name", "line", "text", "lines", "email", "emails", "profile", "day", "object", "id", "document", "flag", "moment"
]


class Field(NamedTuple):
    """One field of a contact.

    Attributes:
        name: its name in the API, in the table and in exports.
        kind: the kind of its values.
        longest: the most characters of its text, or of each of its texts; None where the kind sets the limit.
        edited: whether people write it, so that it stands in the body of a request.
        imported: whether a column of a user's file can become it.
        exported: whether the CSV export has a column for it.
        enriched: whether enrichment fills it where it is blank.
        searched: whether its words find the contact.
    """

    name: str
    kind: Kind
    longest: int | None = None
    edited: bool = False
    imported: bool = False
    exported: bool = False
    enriched: bool = False
    searched: bool = False

    @property
    def blank(self) -> Any:
        """The value of the field when nothing is known."""
        return {"name": "", "lines": [], "emails": [], "object": {}}.get(self.kind)


def _edited(
    name: str, kind: Kind, longest: int | None = None, *, enriched: bool = False, searched: bool = False
) -> Field:
    return Field(name, kind, longest, edited=True, imported=True, exported=True, enriched=enriched, searched=searched)


# In the order of a contact's JSON document.
FIELDS = (
    Field("id", "id", exported=True),
    _edited("name", "name", MAX_NAME, enriched=True, searched=True),
    _edited("email", "email", searched=True),
    _edited("emails", "emails", MAX_EMAIL, searched=True),
    _edited("phones", "lines", MAX_TEXT, searched=True),
    _edited("company", "line", MAX_TEXT, enriched=True, searched=True),
    _edited("title", "line", MAX_TEXT, enriched=True, searched=True),
    _edited("location", "line", MAX_TEXT, enriched=True),
    _edited("linkedin_url", "profile", enriched=True),
    _edited("birthday", "day"),
    _edited("notes", "text", MAX_NOTES, searched=True),
    _edited("tags", "lines", MAX_TAG, searched=True),
    _edited("custom", "object"),
    Field("enrichment", "document"),
    Field("source", "line", exported=True),
    Field("is_self", "flag"),
    Field("created_at", "moment", exported=True),
    Field("updated_at", "moment", exported=True),
)

NAMES = tuple(field.name for field in FIELDS)
EDITED = tuple(field for field in FIELDS if field.edited)
EXPORTED = tuple(field.name for field in FIELDS if field.exported)
ENRICHED = tuple(field.name for field in FIELDS if field.enriched)


def edited(*kinds: Kind) -> tuple[str, ...]:
    """The names of the fields of some kinds that people write."""
    return tuple(field.name for field in EDITED if field.kind in kinds)


# One text each, as it is written.
TEXTS = edited("name", "line", "text")
# One value each: where several columns of a file become such a field, one of them fills it.
SINGLE = edited("name", "line", "text", "profile", "day")
# Several texts each, as they are written.
LISTS = edited("lines")
