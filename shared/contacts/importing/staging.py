"""Stream parsed contacts into a temporary table and merge them there: one transaction for each file, in constant memory."""

from __future__ import annotations

import dataclasses
import json
import time
from array import array
from dataclasses import dataclass, field
from random import getrandbits
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.contacts.importing import duplicates
from shared.contacts.importing.bounds import SURPLUS
from shared.contacts.importing.cleaning import clean_records
from shared.contacts.importing.parsed import ParsedContact, RowError
from shared.contacts.sizes import MAX_LIST
from shared.errors import quoted
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from shared.contacts.importing.parsed import Record
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

_WISH = "the person with this address has asked not to be kept in this installation: the row was left out"
_FORGOTTEN = (
    "you have deleted this contact for good: the row was left out; import with bring_back to have the contact again"
)
MAX_ERRORS = 1_000  # the most errors that are listed for one file; further ones are only counted

# The words for a value that a row shares with a contact of another name, and for what happens to the value in the row.
_SHARED = {
    "email": ("the first address", "it is a further address here"),
    "emails": ("an address", "both keep it"),
    "linkedin_url": ("the profile", "it is kept among the custom fields here"),
}
_OFFICE = "office"  # in the place of a field: the address is the company's
_ROWS_PER_CHUNK = 1_000
# Between fields: a control character that no field needs, so only line ends and backslashes have to be escaped.
_DELIMITER = "\x1e"
_DELIMITERS_PER_ROW = 15
_JSON_NUL = "\\u0000"
_REMOVED = str.maketrans("", "", _DELIMITER + "\0")


@dataclass(slots=True)
class ImportResult:
    """The outcome of the records of a file.

    Attributes:
        received: all records; the sum of the four counts below.
        created: records that made a contact.
        updated: records that filled blanks of a contact.
        unchanged: records that held nothing new, or were the same person as another record.
        failed: records that could not be read at all.
        kept: values that differ from those of a contact, and were kept beside them.
        notices: the first `MAX_ERRORS` of these, and of values that took the place of others, each with its line.
        errors: the first `MAX_ERRORS` errors; also those of records that were imported without a field, and those of
            addresses and profiles that records of clearly different names share.
    """

    received: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    kept: int = 0
    notices: list[RowError] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


def import_contacts(
    tx: Session,
    records: Iterable[Record],
    *,
    source: str,
    on_duplicate: str | None = "update",
    tags: Sequence[str] = (),
    brings_back: bool = False,
) -> ImportResult:
    """Stage the records of a file and merge them with the user's contacts.

    Args:
        tx: a transaction; rolling it back makes the import a dry run.
        records: consumed once; the errors of a contact precede it.
        source: the format of the file, kept with the contacts that the import creates.
        on_duplicate: "update" fills blanks of existing contacts and keeps what differs beside them, "newest" lets the file's values
            take the place of others, "skip" leaves contacts unchanged; None: as `duplicates.decide` finds.
        tags: added to every contact of the file.
        brings_back: also contacts that the user has deleted for good.
    """
    result = ImportResult()
    lines = array("L", [0])
    days = {""}
    contacts = _contacts(cleaned(records, source), result)
    if on_duplicate is None and source == duplicates.DATED_FORMAT:
        contacts = _noting_days(contacts, days)
    stage_rows(tx, _chunks(contacts, tags, lines))
    withheld = withhold_rows(tx, lines, brings_back=brings_back)
    result.failed += len(withheld)
    result.errors += withheld[: MAX_ERRORS - len(result.errors)]
    chosen = on_duplicate or duplicates.decide(tx, source, max(days)).on_duplicate
    result.created, result.updated, result.unchanged = merge_rows(tx, source=source, on_duplicate=chosen)
    result.errors += list_shares(tx, lines, MAX_ERRORS - len(result.errors))
    result.kept, result.notices = list_kept(tx, lines, MAX_ERRORS)
    result.errors.sort(key=lambda error: error.line)
    result.received = result.created + result.updated + result.unchanged + result.failed
    return result


def cleaned(records: Iterable[Record], source: str) -> Iterable[Record]:
    """The records without what is not a value; those of our own files as they are, which have it to the letter."""
    return records if source.startswith("warmpath") else clean_records(records)


def stage_rows(tx: Session, chunks: Iterable[bytes]) -> None:
    """Copy rows into the table of the import.

    Args:
        tx: a transaction, in which nothing was merged before.
        chunks: the rows, as `row_line` writes them.
    """
    tx.run(QUERIES.begin_import)
    tx.copy_in(QUERIES.copy_contacts, chunks)


def withhold_rows(tx: Session, lines: Mapping[int, int] | Sequence[int], *, brings_back: bool) -> list[RowError]:
    """Take out the staged rows that must not become contacts without a question, and return an error for each.

    Args:
        tx: the transaction in which they were staged.
        lines: the line of each row by its number.
        brings_back: the user wants contacts again that they have deleted for good.
    """
    errors = []
    for row_no, value, is_wish in tx.many(QUERIES.withhold_rows, brings_back=brings_back):
        message = _WISH if is_wish else _FORGOTTEN
        errors.append(RowError(lines[row_no], "email" if "@" in (value or "") else "name", message, value, lost=True))
    return errors


def merge_rows(tx: Session, *, source: str, on_duplicate: str) -> tuple[int, int, int]:
    """Merge the staged rows with the user's contacts; return how many were created, updated and unchanged.

    Args:
        tx: the transaction in which they were staged.
        source: the format of the file.
        on_duplicate: "update", "newest" or "skip", as in `import_contacts`.
    """
    counts = tx.one(QUERIES.merge_imported, source=source, on_duplicate=on_duplicate)
    assert counts is not None
    created, updated, unchanged = counts
    return created, updated, unchanged


def count_rows(tx: Session, *, source: str, on_duplicate: str) -> tuple[int, int, int]:
    """As `merge_rows`, without writing a contact; exact for rows whose contacts no other of the rows makes or changes."""
    tx.run(QUERIES.only_count)
    return merge_rows(tx, source=source, on_duplicate=on_duplicate)


def list_shares(tx: Session, lines: Mapping[int, int] | Sequence[int], limit: int) -> list[RowError]:
    """An error for each value that a row of this merge shares with a contact of another name.

    Args:
        tx: the transaction of the merge.
        lines: the line of each row by its number.
        limit: the most errors.
    """
    errors: list[RowError] = []
    for row_no, field_name, value, holder_row, holder in tx.many(QUERIES.list_shares, limit=limit):
        if field_name == _OFFICE:
            message = f"is an address of three and more people of {quoted(holder)}: it identifies none of them, and is nobody's first one"
            errors.append(RowError(lines[row_no], "emails", message, value))
            continue
        where = f" (line {lines[holder_row]})" if holder_row is not None else ""
        what, kept = _SHARED[field_name]
        message = f"is {what} of {quoted(holder)}{where}, whose name is another: two people, and {kept}"
        errors.append(RowError(lines[row_no], field_name, message, value))
    return errors


def preview_outcomes(tx: Session, upto: int) -> dict[int, tuple[str, dict[str, Any]]]:
    """Row number -> its outcome and its contact as the merge of this transaction left it, for rows up to a number."""
    rows = tx.many(QUERIES.preview_outcomes, user_id=tx.user_id, upto=upto)
    return {row_no: (outcome, json.loads(document)) for row_no, outcome, document in rows}


def list_kept(tx: Session, lines: Mapping[int, int] | Sequence[int], limit: int) -> tuple[int, list[RowError]]:
    """How many second values of fields this merge kept, or let take the place of the first, and a notice for each.

    Args:
        tx: the transaction of the merge.
        lines: the line of each row by its number.
        limit: the most notices.
    """
    count: int = tx.value(QUERIES.count_kept)
    notices: list[RowError] = []
    for row_no, field_name, value, place, replaced, yields in tx.many(QUERIES.list_kept, limit=limit) if count else ():
        if yields and place is not None:
            message = f"differs from the job that you wrote yourself, which stays: it is kept as the custom field {quoted(place)}"
        elif place is None:
            message = "differs from what the contact has, which stays, and has no room among the custom fields: it was left out"
        elif replaced is None:
            message = f"differs from what the contact has, which stays: it is kept as the custom field {quoted(place)}"
        else:
            message = f"took the place of {quoted(replaced)}, which is kept as the custom field {quoted(place)}"
        notices.append(RowError(lines[row_no], field_name, message, value))
    return count, notices


def list_created(tx: Session) -> list[UUID]:
    """The ids of the contacts that the import of this transaction created, in the order of the file."""
    ids: str = tx.value(QUERIES.list_created)
    return [UUID(contact_id) for contact_id in ids.split()]


def tie_to_self(tx: Session, strength: float) -> None:
    """Tie every contact of the import of this transaction to the self contact, unless it is tied already.

    Args:
        tx: the transaction of the import.
        strength: in (0, 1], of both directions.
    """
    tx.run(QUERIES.tie_imported, user_id=tx.user_id, strength=strength)


def _contacts(records: Iterable[Record], result: ImportResult) -> Iterator[ParsedContact]:
    """Yield the contacts, count the records without one, and keep the errors."""
    surplus: set[str | None] = set()  # the columns of these errors are reported once, or they hide all others
    for record in records:
        if isinstance(record, RowError):
            result.failed += record.lost
            if record.field == SURPLUS and not record.lost:
                if record.value in surplus:
                    continue
                surplus.add(record.value)
            if len(result.errors) < MAX_ERRORS:
                result.errors.append(record)
        else:
            yield record


def _noting_days(contacts: Iterable[ParsedContact], days: set[str]) -> Iterator[ParsedContact]:
    """Yield the contacts, and add the days of LinkedIn's to a set."""
    for contact in contacts:
        days.add(duplicates.day_of(contact))
        yield contact


def _chunks(contacts: Iterable[ParsedContact], tags: Sequence[str], lines: array[int]) -> Iterator[bytes]:
    """Yield COPY data, a thousand rows at a time; append the line of each row to `lines`."""
    rows: list[str] = []
    make_id = id_maker()
    for number, contact in enumerate(contacts, 1):
        if tags:
            add_tags(contact, tags)
        lines.append(contact.line)
        rows.append(row_line(number, contact, make_id(number)))
        if len(rows) == _ROWS_PER_CHUNK:
            # JSON can spell half of a surrogate pair, which has no encoding.
            yield "".join(rows).encode(errors="replace")
            rows.clear()
    yield "".join(rows).encode(errors="replace")


def add_tags(contact: ParsedContact, tags: Sequence[str]) -> None:
    """Add the tags that every contact of a file gets."""
    contact.tags = list(dict.fromkeys([*contact.tags, *tags]))[:MAX_LIST]


def id_maker() -> Callable[[int], str]:
    """A function from the number of a row to a new id: ids grow with the rows, so that of equals the first is taken every time."""
    moment = f"{time.time_ns() // 1_000_000:012x}"
    head = f"{moment[:8]}-{moment[8:]}-7"

    def make(number: int) -> str:
        row = f"{number:08x}"
        return f"{head}{row[:3]}-8{row[3:6]}-{row[6:]}{getrandbits(40):010x}"  # a UUID of version 7

    return make


def row_line(number: int, contact: ParsedContact, contact_id: str) -> str:
    """Write a contact as a line of COPY data. Every import calls this for every row, so it is written for speed."""
    row = _joined(number, contact, contact_id)
    if "\0" in row or row.count(_DELIMITER) != _DELIMITERS_PER_ROW or _JSON_NUL in row:
        row = _joined(number, _cleaned(contact), contact_id)
    if "\\" in row or "\n" in row or "\r" in row:
        row = row.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return row + "\n"


def _joined(number: int, contact: ParsedContact, contact_id: str) -> str:
    emails = contact.emails
    return _DELIMITER.join(
        (
            str(number),
            contact_id,
            contact.name,
            contact.email or "",
            _array(emails)
            if len(emails) > 1 or (emails and not contact.email)
            else "",  # the table derives the list of one address from the address
            _array(contact.phones) if contact.phones else "",
            contact.company or "",
            contact.title or "",
            contact.location or "",
            contact.linkedin_url or "",
            contact.linkedin_slug or "",
            contact.birthday or "",
            contact.notes or "",
            _array(contact.tags) if contact.tags else "",
            json.dumps(contact.custom, ensure_ascii=False) if contact.custom else "",
            contact.source_uid or "",
        )
    )


def _array(items: list[str]) -> str:
    """A Postgres array literal."""
    joined = _DELIMITER.join(items) if len(items) > 1 else items[0]
    if '"' in joined or "\\" in joined:
        joined = joined.replace("\\", "\\\\").replace('"', '\\"')
    return '{"' + (joined.replace(_DELIMITER, '","') if len(items) > 1 else joined) + '"}'


def _cleaned(contact: ParsedContact) -> ParsedContact:
    """The contact without NUL and without the delimiter, which COPY data cannot hold in a value."""
    clean = {field.name: _without_them(getattr(contact, field.name)) for field in dataclasses.fields(contact)}
    return dataclasses.replace(contact, **clean)


def _without_them(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_REMOVED)
    if isinstance(value, list):
        return [_without_them(item) for item in value]
    if isinstance(value, dict):
        return {_without_them(key): _without_them(item) for key, item in value.items()}
    return value
