"""The use cases of saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from shared.errors import FieldError, ValidationFailed
from shared.views import repository
from shared.views.repository import View

if TYPE_CHECKING:
    from uuid import UUID

    from shared.plumbing.postgres.database import Session
    from shared.views.models import ViewCreate, ViewPatch
    from shared.views.repository import SavedView


def create_view(tx: Session, body: ViewCreate) -> UUID:
    """Add a view and return its id.

    Raises:
        Conflict: another view has the name, or there are too many.
        ValidationFailed: the filter is none of the list of contacts.
    """
    _check_filter(tx, body.filter)
    return repository.create_view(tx, View(body.name, body.filter, body.sort, body.columns, body.place))


def update_view(tx: Session, view_id: UUID, body: ViewPatch) -> dict[str, Any]:
    """Change a view by a merge patch, and return it as the API answers it.

    Raises:
        NotFound: the user has no such view.
        Conflict: another view has the name.
        ValidationFailed: the filter is none of the list of contacts, or a value is null.
    """
    view = repository.lock_view(tx, view_id)
    given = body.model_dump(exclude_unset=True)
    nulls = [name for name, value in given.items() if value is None]
    if nulls:
        raise ValidationFailed([FieldError(name, "cannot be null") for name in nulls])
    if "filter" in given:
        _check_filter(tx, given["filter"])
    repository.update_view(tx, view_id, view._replace(**given))
    return get_view(tx, view_id)


def get_view(tx: Session, view_id: UUID) -> dict[str, Any]:
    """A view as the API answers it.

    Raises:
        NotFound: the user has no such view.
    """
    return described(repository.get_view(tx, view_id))


def delete_view(tx: Session, view_id: UUID) -> None:
    """Delete a view.

    Raises:
        NotFound: the user has no such view.
    """
    repository.lock_view(tx, view_id)
    repository.delete_view(tx, view_id)


def described(saved: SavedView) -> dict[str, Any]:
    """A view as the API answers it."""
    return {
        "id": str(saved.id),
        **saved.view._asdict(),
        "query": _query(saved.view),
        "created_at": saved.created_at.isoformat(),
        "updated_at": saved.updated_at.isoformat(),
    }


def _query(view: View) -> str:
    """The query string that lists the contacts of a view."""
    pairs: list[tuple[str, str]] = []
    for name, value in view.filter.items():
        if isinstance(value, dict):
            pairs += [(f"{name}.{key}", _text(item)) for key, item in value.items()]
        else:
            pairs += [(name, _text(item)) for item in (value if isinstance(value, list) else [value])]
    return urlencode([*pairs, ("sort", view.sort)])


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_filter(tx: Session, given: dict[str, Any]) -> None:
    from shared.contacts.filters import read_filter  # noqa: PLC0415 - few requests have a filter
    from shared.contacts.service import checked_filters  # noqa: PLC0415 - as above

    checked_filters(tx, read_filter(given), "filter.")
