"""Read contacts from delimited files of any program, with or without a header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.contacts.importing import bounds
from shared.contacts.importing.birthdays import DateOrder, find_order
from shared.contacts.importing.column_names import COLUMN_NAMES
from shared.contacts.importing.csv_columns import squash
from shared.contacts.importing.csv_header import ContactColumns
from shared.contacts.importing.csv_paths import continued
from shared.contacts.importing.csv_reading import date_doubts, planned
from shared.contacts.importing.csv_records import RowBuilder
from shared.contacts.importing.csv_strays import without_titles
from shared.contacts.importing.own import OwnRowBuilder, is_own_header, own_mapping
from shared.contacts.importing.parsed import ContactFile, LastRow, Reading, Record, RowError
from shared.errors import BadRequest
from shared.formats.csv_dialect import Dialect, find_dialect
from shared.formats.csv_lines import LineFeed
from shared.formats.csv_reader import Flaw, Row, read_column, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.contacts.importing.csv_plan import Plan
    from shared.formats.encoding import Survey
    from shared.formats.source import Source

# Of the tie to a contact from LinkedIn. A bare connection says that the two have met once, so it is less than whatever mail or a meeting
# says (docs/strength.md).
LINKEDIN_STRENGTH = 0.01
MAX_ROWS_FOR_DATES = 200_000


def open_csv(source: Source, survey: Survey, reading: Reading) -> ContactFile:
    """Recognise the dialect and the columns of a file; its records are read while they are consumed.

    Raises:
        BadRequest: the file has no rows at all.
        ValidationFailed: the mapping is wrong, or no column can identify a contact.
    """
    mapping = reading.mapping
    dialect = find_dialect(LineFeed(source, survey.encoding, survey.errors), ContactColumns(mapping))
    if dialect is None:
        raise BadRequest("The file is empty: it has no rows")
    if (
        (header := dialect.header) is not None
        and is_own_header(header)
        and mapping.items() <= own_mapping(header).items()
    ):
        dialect.skips_blanks = False  # a blank was part of the cell
        rows, last = read_rows(source, survey, dialect, len(header)), LastRow()
        records = _records(rows, OwnRowBuilder(header), last, check_nul=survey.has_nul)
        return ContactFile("warmpath_csv", own_mapping(header), None, records, _facts(dialect, header), [], last)
    plan, doubts = planned(dialect, reading)
    if plan.single["birthday"] >= 0:
        found = (
            None
            if reading.date_order
            else find_order(read_column(source, survey, dialect, plan.single["birthday"], MAX_ROWS_FOR_DATES))
        )
        plan.date_order = DateOrder(reading.date_order) if reading.date_order else found or _order_by_language(plan)
        doubts += date_doubts(plan, is_known=bool(reading.date_order) or found is not None)
    read = without_titles(read_rows(source, survey, dialect, len(plan.columns)), plan.header)
    rows, last = continued(read, plan.columns), LastRow()
    records = _records(rows, RowBuilder(plan), last, check_nul=survey.has_nul)
    facts = _facts(dialect, [column.name for column in plan.columns]) | plan.facts
    strength = LINKEDIN_STRENGTH if plan.format == "linkedin_csv" else None
    return ContactFile(plan.format, plan.mapping, strength, records, facts, doubts, last)


def _facts(dialect: Dialect, columns: list[str]) -> dict[str, Any]:
    header_line = dialect.body_line - 1 if dialect.header is not None else None
    return {"delimiter": dialect.delimiter, "header_line": header_line, "columns": columns}


def _order_by_language(plan: Plan) -> DateOrder:
    """The meaning of `3/4/1985` in a file whose dates can all be read both ways, by the language of the column's name."""
    index = plan.single["birthday"]
    english = COLUMN_NAMES["birthday"].split("en:")[1].split("\n")[0]
    is_english = squash(plan.columns[index].name) in {squash(name) for name in english.split(",")}
    return DateOrder.MONTH_FIRST if is_english else DateOrder.DAY_FIRST


def _records(
    rows: Iterator[Row | Flaw], builder: RowBuilder | OwnRowBuilder, last: LastRow, *, check_nul: bool
) -> Iterator[Record]:
    """Yield the contact of each row, after the errors of the row."""
    build, errors = builder.build, builder.errors
    for entry in rows:
        if isinstance(entry, Flaw):
            last.cells = None
            what_to_do = "" if entry.lost else ": check this contact"
            yield RowError(entry.line, None, entry.message + what_to_do, entry.text, lost=entry.lost)
            continue
        line, cells, size = entry
        last.cells = cells
        if check_nul and "\0" in "".join(cells):
            yield bounds.has_nul(line, " ".join(cells))
            continue
        contact = build(line, cells, size)
        if errors:
            yield from errors
            errors.clear()
        if contact is not None:
            yield contact
