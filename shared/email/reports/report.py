"""A report of a mail provider about one recipient of one e-mail."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import UUID

from shared.errors import BadRequest, FieldError, ValidationFailed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

Kind = TypeVar("Kind")

_NAMES = {str: "a text", dict: "an object", list: "a list", bool: "true or false"}


class Report(NamedTuple):
    """A letter that came back after it was accepted, or that its reader called spam.

    Attributes:
        kind: `bounce`: the mailbox takes no mail, for good; `complaint`: its owner reported the letter as spam.
        address: the mailbox.
        at: the time in the report.
        reason: the words of the other mail server; may be empty.
        email_id: the e-mail; None where the report does not name it.
    """

    kind: Literal["bounce", "complaint"]
    address: str
    at: datetime
    reason: str = ""
    email_id: UUID | None = None


if TYPE_CHECKING:
    # (body of the request, its `Authorization` header) -> reports; a reader raises `Unauthenticated` for a request that the
    # provider has not sent, and returns nothing for reports about anything else.
    Reader = Callable[[bytes, str | None], list[Report]]


def read_object(body: bytes | str, what: str) -> dict[str, Any]:
    """Parse a JSON object.

    Raises:
        BadRequest: the text is not a JSON object.
    """
    try:
        value = json.loads(body)
    except ValueError as error:
        raise BadRequest(f"{what} is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise BadRequest(f"{what} must be a JSON object")
    return value


def invalid(path: str, message: str) -> ValidationFailed:
    """Make the error of one field."""
    return ValidationFailed([FieldError(path, message)])


def read_field(value: dict[str, Any], path: str, kind: type[Kind]) -> Kind:
    """Return a value inside of nested objects.

    Args:
        value: the outermost object.
        path: names of the fields, with dots between them.
        kind: type of the value.

    Raises:
        ValidationFailed: the value is missing, or of another type.
    """
    found: Any = value
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, kind):
        raise invalid(path, f"{quoted(json.dumps(found))} is not {_NAMES[kind]}")
    return found


def read_time(text: str, path: str) -> datetime:
    """Parse a time of ISO 8601.

    Raises:
        ValidationFailed: the text is not such a time.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise invalid(path, f"{quoted(text)} is not a time such as 2026-01-31T09:59:00Z") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def email_id_of(message_id: object) -> UUID | None:
    """Return the id of the e-mail that has a Message-ID, which `message_of` made of it; None for any other text."""
    local = str(message_id or "").strip().strip("<>").partition("@")[0]
    try:
        return UUID(local)
    except ValueError:
        return None
