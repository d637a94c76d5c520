"""Kinds of files to import: each is opened, read row by row and merged. An area offers one `FileKind` for each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import BinaryIO
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024  # of an upload; ten million rows
KEY_SEPARATOR = "\x1c"
_NONE: Mapping[str, str] = MappingProxyType({})


class Choices(NamedTuple):
    """How a file is read and merged, as its user asked or corrected; None: as the file itself suggests.

    Attributes:
        filename: its name, a hint only.
        charset: its charset, where its bytes can be that.
        mapping: title of a column -> field.
        date_order: how dates such as 3/4/1985 are meant: `day_first` or `month_first`.
        name_order: how a column of whole names writes them: `given_first`, or `family_first` ("Diaz, Ana").
        on_duplicate: `update` fills blanks of contacts that exist and keeps what differs beside them, `newest` lets the file's values take
            the place of others, `skip` leaves them as they are.
        tags: for every contact.
        tie_to_me: strength of a tie to the self contact; 0 for none.
        enrich: whether new contacts are queued for enrichment.
        bring_back: whether contacts that the user has deleted for good come back.
    """

    filename: str = ""
    charset: str | None = None
    mapping: Mapping[str, str] = _NONE
    date_order: str | None = None
    name_order: str | None = None
    on_duplicate: str | None = None
    tags: tuple[str, ...] = ()
    tie_to_me: float | None = None
    enrich: bool = False
    bring_back: bool = False


class FileRow(NamedTuple):
    """A row of a file.

    Attributes:
        line: the line on which it begins.
        data: itself as a line for the COPY of its kind.
        keys: what it may share with others, joined by `KEY_SEPARATOR`: never two rows of one person without a common one.
        name: its name, by which rows without keys are distinguished.
        is_keyed: whether it is known by more than its name.
        cells: as they stand in the file, of a row that the merge may still refuse.
        shown: what the preview shows of it, by field.
        day: `YYYY-MM-DD` since when it holds, in files that say so: the latest of a file says how new it is.
    """

    line: int
    data: str
    keys: str
    name: str
    is_keyed: bool
    cells: list[str] | None
    shown: Callable[[], dict[str, Any]]
    day: str = ""


class FileFault(NamedTuple):
    """An error: a row, or one of its values, that could not be used.

    Attributes:
        line: the line on which the row begins.
        field: the field at fault; None for the row as a whole.
        message: what is wrong, and how to correct it.
        value: the text at fault.
        is_refused: whether the whole row is left out.
        cells: the row as it stands in the file, where it is refused.
    """

    line: int
    field: str | None
    message: str
    value: str | None
    is_refused: bool
    cells: list[str] | None = None


class OpenFile(NamedTuple):
    """A file that is being read.

    Attributes:
        format: as `ContactFile.format`; `csv` for tables of ties and interactions.
        mapping: title of a column -> its field.
        facts: how it is read, for the plan: `charset`, `header_line`, `columns`, `date_order`, `name_order`.
        doubts: what the file leaves open, and how it is taken, in sentences.
        merging: what merging its rows needs to know.
        entries: its rows and faults in order, read while they are consumed.
        cells: the cells of the row that was read last; None where it has none.
    """

    format: str
    mapping: dict[str, str]
    facts: dict[str, Any]
    doubts: list[dict[str, Any]]
    merging: dict[str, Any]
    entries: Iterator[FileRow | FileFault]
    cells: Callable[[], list[str] | None]


class Batch(NamedTuple):
    """Rows that are merged together.

    Attributes:
        data: their lines for COPY, in the order of the file.
        row_nos: their numbers in the file, in that order.
        lines: their lines in the file.
        cells: their cells; empty where they are not kept.
        last: the last place among them.
    """

    data: bytes
    row_nos: list[int]
    lines: list[int]
    cells: list[list[str]]
    last: int


class Outcome(NamedTuple):
    """The outcome of rows; `created` + `updated` + `unchanged` + `failed` are all of them.

    Attributes:
        kept: values that differ from those of contacts, and were kept beside them or took their place.
        notices: what became of each of these.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    faults: Sequence[FileFault] = ()
    kept: int = 0
    notices: Sequence[FileFault] = ()


class FileKind(Protocol):
    """Files of contacts, of ties or of interactions."""

    @property
    def joins_contacts(self) -> bool:
        """Whether rows become contacts: then a contact may connect two rows, and a row without any link is surely new."""

    def open(self, stream: BinaryIO, choices: Choices) -> OpenFile:
        """Recognise a file; the stream stays open while its entries are read."""

    def decide(self, tx: Session, merging: Mapping[str, Any], latest_day: str) -> tuple[str, str | None]:
        """The `on_duplicate` of a file that is read whole, and the reason, where its user does not say it."""

    def merge(self, tx: Session, batch: Batch, merging: Mapping[str, Any], choices: Choices) -> Outcome:
        """Merge rows into what the user has, inside the transaction."""

    def count_rows(self, tx: Session, batch: Batch, merging: Mapping[str, Any], choices: Choices) -> Outcome:
        """Return what `merge` would come to for rows that no other row has an effect on; on trial, as something may be written."""

    def end(self, tx: Session) -> None:
        """Do what follows when all rows are merged, in the transaction of the last step."""

    def preview(self, tx: Session, upto: int) -> dict[int, tuple[str, dict[str, Any] | None]]:
        """Row number -> its outcome and what became of it, after `merge` in the same transaction, for rows up to a number."""

    def note_change(self, user_id: UUID) -> Any:
        """Enclose a transaction that merges, for the cache."""
