"""Read columns that are named by a path through several tables (`Name / First Name`, `Account.Name`, `Number (Contact Numbers)`).

The first part says whose value it is. Rows that have nothing but such values of a table below continue the row above them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from shared.contacts.importing.csv_columns import (
    ADDRESS_PARTS,
    CUSTOM,
    NAME_PARTS,
    Column,
    field_of,
    is_about_others,
    is_known,
    says_kind_only,
    squash,
)
from shared.formats.csv_reader import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shared.formats.csv_reader import Row

_STEP = re.compile(r"\s*[/>»]\s*|\.(?=[A-Za-z_])")
_IN_BRACKETS = re.compile(r"(.{1,80}) \((?!from )([^()]{1,80})\)")
_LOOKED_UP = re.compile(r"(.{1,80}) \(from ([^()]{1,80})\)")  # of Airtable
_ODOO_ID = re.compile(r"_ids?$")
_ORGANISATIONS = frozenset(
    [
        "company",
        "companies",
        "organization",
        "organisation",
        "account",
        "accounts",
        "relatedcompany",
        "parent",
        "employer",
    ]
)
# Tables that are the contact's own, so that only the last part counts.
_OWN = frozenset(
    [
        "contact",
        "person",
        "lead",
        "properties",
        "fields",
        "attributes",
        "profile",
        "basics",
        "details",
        "contactinfo",
        "data",
        "values",
    ]
)
_PEOPLE = frozenset(["contact", "contacts", "person", "people", "child", "children"])
_NAME_WORDS = frozenset(["name", "displayname", "fullname", "completename", "value", "title", "text"])
_NAMES = frozenset({"name", *NAME_PARTS})
_IDS = frozenset(["id", "externalid", "recordid", "contactid", "uid", "no", "nr", "key"])
_CELL_KEYS = ("number", "email", "emailAddress", "phoneNumber", "address", "url", "value", "name", "label")


def settle_paths(columns: Sequence[Column]) -> None:
    """Decide the fields of the columns that are named by a path."""
    named = any(column.field in _NAMES and "/" not in column.name for column in columns)
    for column in columns:
        field, is_child = path_field(column.name)
        column.is_child = is_child
        if (
            named
            and "/" in column.name
            and " / " not in column.name
            and squash(column.name.partition("/")[0]) in _PEOPLE
        ):
            field, column.is_child = CUSTOM, True  # the people of a company that has a name of its own
        if field is not None:
            column.field, column.group, column.label_index = field, "", -1


def path_field(name: str) -> tuple[str | None, bool]:
    """The field of a path, None where the name is not one, and whether it leads into a table with rows of its own."""
    if (found := _LOOKED_UP.fullmatch(name)) is not None:
        is_company, value = squash(found[2]) in _ORGANISATIONS, field_of(found[1])
        named = squash(found[1]) in _NAME_WORDS or (value is not None and value[0] == "company")
        aside = named or is_company or is_about_others(found[2])
        return "company" if named and is_company else CUSTOM if aside else None, False
    if (found := _IN_BRACKETS.fullmatch(name)) is not None:
        if says_kind_only(found[2]) or is_known(name):
            return None, False
        return _of_table(found[1], found[2])
    first, *inner = _STEP.split(name)
    if not inner or not first or not inner[-1] or is_known(name):
        return None, False
    is_child = "/" in name and " / " not in name
    if (whole := field_of(name)) is not None and squash(first) not in _ORGANISATIONS and not is_about_others(first):
        return None, is_child and field_of(first) == whole
    return _of_path(first, inner[-1], is_odoo=_ODOO_ID.search(first) is not None), is_child


def _of_table(last: str, table: str) -> tuple[str | None, bool]:
    """The field of a column of a table below (Frappe's `Number (Contact Numbers)`)."""
    key, found = squash(table), field_of(last)
    if last.startswith("Is "):
        return CUSTOM, True
    if found is not None and found[0] in ("email", "phones"):
        return found[0], True
    if "number" in squash(last) and ("number" in key or "phone" in key):
        return "phones", True
    return ("email" if squash(last) == "emailid" else None), "ids" in key or key.endswith("s")


def _of_path(first: str, last: str, *, is_odoo: bool) -> str | None:  # noqa: PLR0911, C901  # one return for each kind of table
    """The field of a column of a table that the first part names."""
    table = squash(_ODOO_ID.sub("", first))
    one, other = field_of(_ODOO_ID.sub("", first)), field_of(last)
    meant, inner = one[0] if one else None, other[0] if other else None
    names = squash(last) in _NAME_WORDS or squash(last) == f"{table}name"
    if is_odoo and table == "parent":  # the company, where the contact is a person
        return "company" if names else CUSTOM
    if is_about_others(first) or is_about_others(last) or (is_odoo and table == "company"):
        return CUSTOM
    if table == "title":
        return "prefix" if names else CUSTOM
    if table in _OWN:
        return inner or CUSTOM
    if meant is not None and meant == inner:
        return meant
    if table in _ORGANISATIONS:
        return "company" if names else CUSTOM
    if meant in _NAMES:
        return inner if inner in _NAMES else None if inner else CUSTOM
    if meant in ("email", "phones"):
        return meant if squash(last) in ("number", "value", "address", "email") else CUSTOM
    if meant == "linkedin_url":
        return meant if squash(last).endswith(("url", "link")) else CUSTOM
    if (meant in ADDRESS_PARTS or meant == "location") and inner in ADDRESS_PARTS:
        return inner
    return meant if names and meant is not None else CUSTOM


def continued(rows: Iterator[Row | Flaw], columns: Sequence[Column]) -> Iterator[Row | Flaw]:
    """The rows with those that continue one above joined to it, in files that have such rows; else the rows as they are.

    A row continues the one above when all that it says stands in columns of tables below, and it has neither an id nor a name
    of its own where the file has a column for these. A tag alone names nobody: in a file of records with ids it is the next one of
    the record above.
    """
    has_ids = any(squash(column.name) in _IDS for column in columns)
    children = frozenset(column.index for column in columns if column.is_child or (has_ids and column.field == "tags"))
    owners = [
        column.index
        for column in columns
        if not column.is_child
        and (squash(column.name) in _IDS or column.field in _NAMES or column.field == "source_uid")
    ]
    return _joined(rows, children, owners) if children and owners else rows


def _joined(rows: Iterator[Row | Flaw], children: frozenset[int], owners: Sequence[int]) -> Iterator[Row | Flaw]:
    above: Row | None = None
    for row in rows:
        if not isinstance(row, Flaw) and above is not None and _continues(row[1], children):
            line, cells, size = above
            cells += [""] * (len(row[1]) - len(cells))
            for index, cell in enumerate(row[1]):
                if cell.strip():
                    cells[index] = f"{cells[index]}; {cell}" if cells[index].strip() else cell
            above = line, cells, size + row[2]
            continue
        if above is not None:
            yield above
            above = None
        if isinstance(row, Flaw):
            yield row
        elif any(index < len(row[1]) and row[1][index].strip() for index in owners):
            above = row
        else:
            yield row
    if above is not None:
        yield above


def _continues(cells: Sequence[str], children: frozenset[int]) -> bool:
    return all(index in children or not cell.strip() for index, cell in enumerate(cells))


def plain_cell(cell: str) -> str:
    """The texts of a cell that holds a list in JSON (`["a@x.org"]`), with semicolons between; any other cell as it is."""
    if cell in ("[]", "{}"):
        return ""
    if not cell.startswith(('["', "[{")):
        return cell
    try:
        items = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    return "; ".join(filter(None, map(_item_text, items)))


def _item_text(item: Any) -> str:
    if isinstance(item, dict):
        text = next((str(item[key]) for key in _CELL_KEYS if item.get(key)), "")
        calling = str(item.get("callingCode") or "")
        return f"{calling} {text}" if text and calling.startswith("+") and not text.startswith("+") else text
    return "" if item is None else str(item)
