"""Doubts about a file of rows, and the choices of its user that settle them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.contacts.importing.csv_columns import CUSTOM
from shared.contacts.importing.csv_plan import make_plan
from shared.errors import ValidationFailed, quoted

if TYPE_CHECKING:
    from shared.contacts.importing.csv_plan import Plan
    from shared.contacts.importing.parsed import Reading
    from shared.formats.csv_dialect import Dialect

_ORDERS = {"day_first": "the day first", "month_first": "the month first"}


def planned(dialect: Dialect, reading: Reading) -> tuple[Plan, list[dict[str, Any]]]:
    """Plan a file, and return the doubts about it; a draft may have no column that identifies a contact.

    Raises:
        As `make_plan`.
    """
    try:
        plan, doubts = make_plan(dialect, reading.mapping), []
    except ValidationFailed as error:
        if not reading.is_draft or any(each.field != "mapping" for each in error.errors):
            raise
        plan, doubts = make_plan(dialect, reading.mapping, is_draft=True), [_doubt("mapping", None, error.message)]
    return plan, doubts + plan_with(plan, reading)


def plan_with(plan: Plan, reading: Reading) -> list[dict[str, Any]]:
    """Settle the order of names as the user says; return the doubts about columns and names."""
    doubts: list[dict[str, Any]] = []
    if reading.name_order is not None:
        plan.flip_names = reading.name_order == "family_first"
    elif plan.flip_names:
        column = plan.columns[plan.single["name"]].name
        message = f'{quoted(column)} has the family name first in nearly all rows, so "Diaz, Ana" is read as Ana Diaz'
        doubts.append(_doubt("name_order", column, message))
    extra = [each.name for each in plan.columns if each.field == CUSTOM and each.name not in reading.mapping]
    return doubts + [_doubt("column", name, f"{quoted(name)} is kept as a field of its own") for name in extra]


def date_doubts(plan: Plan, *, is_known: bool) -> list[dict[str, Any]]:
    """The doubt about the order of day and month, where neither the user nor a row of the file settles it."""
    if is_known:
        return []
    column = plan.columns[plan.single["birthday"]].name
    order = _ORDERS[plan.date_order.value]
    return [_doubt("date_order", column, f"dates such as 3/4/1985 in {quoted(column)} are read with {order}")]


def _doubt(kind: str, column: str | None, message: str) -> dict[str, Any]:
    return {"kind": kind, "line": None, "field": column, "message": message, "value": None}
