"""The SQL side of saved views."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import Conflict, NotFound, quoted
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.connection import ConstraintViolated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
MAX_VIEWS = 200


class View(NamedTuple):
    """What a user may set of a view.

    Attributes:
        name: its name.
        filter: the filters of the list, as they were given.
        sort: the order of the list.
        columns: names of columns; empty: as the app shows them.
        place: among the views; None: behind the others.
    """

    name: str
    filter: dict[str, Any]
    sort: str
    columns: list[str]
    place: int | None


class SavedView(NamedTuple):
    """A view with its id and times."""

    id: UUID
    view: View
    created_at: datetime
    updated_at: datetime


def create_view(tx: Session, view: View) -> UUID:
    """Add a view and return its id.

    Raises:
        Conflict: another view has the name, or there are `MAX_VIEWS`.
    """
    with _name_free(view.name):
        view_id: UUID | None = tx.value(QUERIES.create_view, user_id=tx.user_id, most=MAX_VIEWS, **_columns(view))
    if view_id is None:
        raise Conflict(f"there are {MAX_VIEWS} saved views: delete one first")
    return view_id


def list_views(tx: Session, view_id: UUID | None = None) -> list[SavedView]:
    """The views in their order; all, or the one with an id."""
    rows = tx.many(QUERIES.list_views, user_id=tx.user_id, view_id=view_id)
    return [
        SavedView(found, View(name, json.loads(filters), sort, columns, place), created_at, updated_at)
        for found, name, filters, sort, columns, place, created_at, updated_at in rows
    ]


def get_view(tx: Session, view_id: UUID) -> SavedView:
    """A view.

    Raises:
        NotFound: the user has no such view.
    """
    views = list_views(tx, view_id)
    if not views:
        raise _missing(view_id)
    return views[0]


def lock_view(tx: Session, view_id: UUID) -> View:
    """Keep others from changing a view until the transaction ends, and return it.

    Raises:
        NotFound: the user has no such view.
    """
    row = tx.one(QUERIES.lock_view, user_id=tx.user_id, view_id=view_id)
    if row is None:
        raise _missing(view_id)
    name, filters, sort, columns, place = row
    return View(name, json.loads(filters), sort, columns, place)


def update_view(tx: Session, view_id: UUID, view: View) -> None:
    """Set a view; write nothing where nothing differs.

    Raises:
        Conflict: another view has the name.
    """
    with _name_free(view.name):
        tx.run(QUERIES.update_view, user_id=tx.user_id, view_id=view_id, **_columns(view))


def delete_view(tx: Session, view_id: UUID) -> None:
    """Delete a view."""
    tx.run(QUERIES.delete_view, user_id=tx.user_id, view_id=view_id)


def _columns(view: View) -> dict[str, Any]:
    return view._asdict() | {"filter": json.dumps(view.filter, ensure_ascii=False)}


def _missing(view_id: UUID) -> NotFound:
    return NotFound(f"no saved view has the id {view_id}")


@contextlib.contextmanager
def _name_free(name: str) -> Iterator[None]:
    """Turn the violation of the unique name into a conflict."""
    try:
        yield
    except ConstraintViolated as error:
        if error.constraint != "views_name":
            raise
        raise Conflict(f"another saved view is called {quoted(name)}") from error
