"""The use cases of custom fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.errors import FieldError, ValidationFailed, quoted
from shared.fields import repository
from shared.fields.values import read_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.fields.models import FieldCreate, FieldPatch
    from shared.fields.repository import Definition
    from shared.plumbing.postgres.database import Session


def create_field(tx: Session, body: FieldCreate) -> UUID:
    """Add a field and return its id.

    Raises:
        Conflict: another field has the name or the key, or there are too many.
        ValidationFailed: the choices do not fit the kind.
    """
    _check_choices(body.kind, body.choices)
    return repository.create_field(
        tx, key=body.key or body.name, name=body.name, kind=body.kind, choices=body.choices, place=body.place
    )


def update_field(tx: Session, field_id: UUID, body: FieldPatch) -> str:
    """Change a field by a merge patch, and return it as JSON.

    Raises:
        NotFound: the user has no such field.
        Conflict: another field has the name.
        ValidationFailed: the choices do not fit the kind, or a value is null.
    """
    field = repository.lock_field(tx, field_id)
    given = body.model_dump(exclude_unset=True)
    nulls = [name for name, value in given.items() if value is None]
    if nulls:
        raise ValidationFailed([FieldError(name, "cannot be null") for name in nulls])
    if given.get("kind", field.kind) != field.kind and "choices" not in given:
        given["choices"] = []
    changed = field._replace(**given)
    _check_choices(changed.kind, changed.choices)
    repository.update_field(tx, changed)
    return repository.get_field(tx, field_id)


def delete_field(tx: Session, field_id: UUID) -> None:
    """Delete a field; its values stay in the contacts, as loose ones.

    Raises:
        NotFound: the user has no such field.
    """
    repository.lock_field(tx, field_id)
    repository.delete_field(tx, field_id)


def settle(tx: Session, custom: Mapping[str, Any], present: Mapping[str, str]) -> dict[str, Any]:
    """Custom values as they are kept: those of fields under their keys, checked and in the form of their kind.

    Args:
        tx: a transaction.
        custom: the new values by names; None removes a value.
        present: the values that the contact has. Those that stay as they are may be of no kind at all.

    Raises:
        ValidationFailed: names every value that does not fit its field.
    """
    fields = by_name(tx) if any(present.get(name) != value for name, value in custom.items()) else {}
    if not fields:
        return dict(custom)
    settled: dict[str, Any] = {}
    faults: list[FieldError] = []
    links: dict[UUID, str] = {}
    for name, value in custom.items():
        field = fields.get(name.casefold())
        if field is None or present.get(name) == value or not value:
            settled[field.key if field else name] = value
            continue
        try:
            settled[field.key] = read_value(field.kind, field.choices, value)
        except ValueError as error:
            faults.append(FieldError(f"custom.{name}", str(error)))
            continue
        if field.kind == "contact":
            links[UUID(settled[field.key])] = name
    if links:
        missing = links.keys() - repository.find_contacts(tx, list(links))
        faults += [FieldError(f"custom.{links[one]}", f"no contact has the id {one}") for one in missing]
    if faults:
        raise ValidationFailed(faults)
    return settled


def by_name(tx: Session) -> dict[str, Definition]:
    """The fields of the user by their names and, before these, by their keys; all in lower case."""
    fields = repository.list_definitions(tx)
    return {field.name.casefold(): field for field in fields} | {field.key.casefold(): field for field in fields}


def get_by_name(tx: Session, name: str, parameter: str) -> Definition:
    """The field that a parameter names by its key or its name.

    Raises:
        ValidationFailed: the user has no such field.
    """
    field = by_name(tx).get(name.casefold())
    if field is None:
        raise ValidationFailed([FieldError(parameter, f"{quoted(name)} is not a custom field")])
    return field


def check_ranges(tx: Session, *ranges: tuple[str, Mapping[str, str]], prefix: str = "") -> None:
    """Refuse a range of what is not a field, and a bound that does not fit its field.

    Args:
        tx: a session.
        ranges: the name of a filter, and its bounds by the names of fields.
        prefix: what stands before the name of the filter in a body.

    Raises:
        ValidationFailed: names every bound at fault.
    """
    if not any(bounds for _, bounds in ranges):
        return
    fields = by_name(tx)
    faults = []
    for filter_name, bounds in ranges:
        for name, value in bounds.items():
            field = fields.get(name.casefold())
            try:
                if field is None:
                    raise ValueError(f"{quoted(name)} is not a custom field")  # noqa: TRY301 - one place makes the fault
                read_value(field.kind, field.choices, value)
            except ValueError as error:
                faults.append(FieldError(f"{prefix}{filter_name}.{name}", str(error)))
    if faults:
        raise ValidationFailed(faults)


def _check_choices(kind: str, choices: list[str]) -> None:
    if (kind == "choice") != bool(choices):
        raise ValidationFailed(
            [FieldError("choices", "a choice needs at least one" if kind == "choice" else f"a {kind} has none")]
        )
