"""The bodies of requests about contacts, as models."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from shared.contacts.addresses import email_address, linkedin_profile
from shared.contacts.sizes import MAX_CUSTOM_KEY, MAX_CUSTOM_TOTAL, MAX_CUSTOM_VALUE, MAX_EMAIL, MAX_LIST, MAX_URL
from shared.errors import FieldError, ValidationFailed, quoted
from shared.models import Line, Model, Text, named_or_empty
from shared.parameters import NO_NUL

# 2000 was a leap year, so 29 February passes where the year is not known.
_LEAP_YEAR = "2000"
# Numbers beyond it have no exact digits; they are refused like other values that are not texts.
_GREATEST_NUMBER = 1e15


def _trimmed(text: str) -> str:
    return text.strip()


def _profile(text: str) -> str:
    profile = linkedin_profile(text, in_field=True)
    if profile is None:
        raise ValueError(f'"{text}" is not a LinkedIn profile: write https://www.linkedin.com/in/<name>')
    return profile[0]


_BIRTHDAY = re.compile(r"^(\d{4}|-)-\d\d-\d\d$", re.ASCII)


def _birthday(text: str) -> str:
    day = text.replace("-", _LEAP_YEAR, 1) if text.startswith("--") else text
    with contextlib.suppress(ValueError):
        if _BIRTHDAY.fullmatch(text) and date.fromisoformat(day):
            return text
    raise ValueError(f"{quoted(text)} is not a date: write YYYY-MM-DD, or --MM-DD without a year")


def _distinct(items: list[str]) -> list[str]:
    return list({item.casefold(): item for item in reversed(items) if item}.values())[::-1]


def _number_as_text(value: Any) -> Any:
    """A number of JSON as the text that a custom value is; anything else as it is."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return format(Decimal(repr(value)), "f") if is_number and abs(value) < _GREATEST_NUMBER else value


def _bounded(custom: dict[str, str]) -> dict[str, str]:
    if sum(len(key.encode()) + len(value.encode()) for key, value in custom.items()) > MAX_CUSTOM_TOTAL:
        raise ValueError(f"all keys and values together may have at most {MAX_CUSTOM_TOTAL:,} bytes")
    return custom


Name = Annotated[Line, AfterValidator(_trimmed)]
PersonName = Annotated[Line, AfterValidator(named_or_empty)]
Email = Annotated[str, StringConstraints(max_length=MAX_EMAIL, pattern=NO_NUL), AfterValidator(email_address)]
Profile = Annotated[str, StringConstraints(max_length=MAX_URL, pattern=NO_NUL), AfterValidator(_profile)]
Birthday = Annotated[str, Field(json_schema_extra={"pattern": _BIRTHDAY.pattern}), AfterValidator(_birthday)]
Tag = Annotated[str, StringConstraints(max_length=100, pattern=NO_NUL), AfterValidator(_trimmed)]
Emails = Annotated[list[Email], Field(max_length=MAX_LIST), AfterValidator(_distinct)]
Phones = Annotated[list[Name], Field(max_length=MAX_LIST), AfterValidator(_distinct)]
Tags = Annotated[list[Tag], Field(max_length=MAX_LIST), AfterValidator(_distinct)]
CustomKey = Annotated[str, StringConstraints(min_length=1, max_length=MAX_CUSTOM_KEY, pattern=NO_NUL)]
CustomValue = Annotated[
    str,
    StringConstraints(max_length=MAX_CUSTOM_VALUE, pattern=NO_NUL),
    BeforeValidator(_number_as_text),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "maxLength": MAX_CUSTOM_VALUE, "pattern": NO_NUL}, {"type": "number"}]},
        mode="validation",
    ),
]
Custom = Annotated[dict[CustomKey, CustomValue], Field(max_length=MAX_LIST), AfterValidator(_bounded)]


class ContactFields(Model):
    """The fields of a contact that people edit. `emails` are all addresses, `email` is the first of them.

    A contact that shares its only address with a contact of another name has `emails` and no `email`.
    """

    name: PersonName = ""
    email: Email | None = None
    emails: Emails = []
    phones: Phones = []
    company: Name | None = None
    title: Name | None = None
    location: Name | None = None
    linkedin_url: Profile | None = None
    birthday: Birthday | None = None
    notes: Text | None = None
    tags: Tags = []
    custom: Custom = {}

    _email_stated: bool = PrivateAttr(default=False)

    @property
    def email_stated(self) -> bool:
        """Whether `email` was given, and is not just the first of `emails`."""
        return self._email_stated

    @model_validator(mode="wrap")
    @classmethod
    def _validated(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        fields = handler(cls._primary_email_first(data))
        fields._email_stated = isinstance(data, dict) and data.get("email") is not None  # noqa: SLF001 - its own
        return fields

    @staticmethod
    def _primary_email_first(data: Any) -> Any:
        """Make `email` and `emails` agree, whichever of them was given."""
        if not isinstance(data, dict):
            return data
        email, emails = data.get("email"), data.get("emails") or []
        if not isinstance(emails, list):
            return data
        if email is None and emails:
            return data | {"email": emails[0]}
        if isinstance(email, str) and all(isinstance(other, str) for other in emails):
            others = [other for other in emails if other.strip().lower() != email.strip().lower()]
            return data | {"emails": [email, *others]}
        return data

    @model_validator(mode="after")
    def _identified(self) -> ContactFields:
        if not (self.name or self.email or self.linkedin_url):
            raise ValueError("a contact needs a name, an e-mail or a LinkedIn profile")
        return self


ReadOnly = Annotated[Any, Field(json_schema_extra={"readOnly": True})]


class ContactReplace(ContactFields):
    """All fields of a contact, as GET answers them; those that cannot be written may be left out."""

    id: ReadOnly = None
    enrichment: ReadOnly = None
    source: ReadOnly = None
    is_self: ReadOnly = None
    created_at: ReadOnly = None
    updated_at: ReadOnly = None

    def check_read_only(self, document: dict[str, Any]) -> None:
        """Refuse fields that cannot be written where they differ from the contact.

        Raises:
            ValidationFailed: names each of them.
        """
        given = self.model_fields_set - ContactFields.model_fields.keys()
        wrong = [name for name in type(self).model_fields if name in given and getattr(self, name) != document[name]]
        if wrong:
            raise ValidationFailed(
                [FieldError(name, "cannot be written: leave it out, or send what GET answers") for name in wrong]
            )


class ContactCreate(ContactFields):
    """A new contact.

    Attributes:
        enrich: let the configured providers fill the blank fields.
    """

    enrich: bool = True


class ContactPatch(Model):
    """A JSON merge patch (RFC 7396): omitted fields stay, null empties a field, `custom` is merged key by key."""

    name: PersonName | None = None
    email: Email | None = None
    emails: Emails | None = None
    phones: Phones | None = None
    company: Name | None = None
    title: Name | None = None
    location: Name | None = None
    linkedin_url: Profile | None = None
    birthday: Birthday | None = None
    notes: Text | None = None
    tags: Tags | None = None
    custom: dict[CustomKey, CustomValue | None] | None = None
