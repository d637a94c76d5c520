"""The records that reading a file of contacts yields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMATS = ("CSV", "vCard", "JSON")  # in which to export contacts, as messages call them
MAX_QUOTED = 200  # characters of a value that a RowError repeats


@dataclass(slots=True)
class ParsedContact:
    """One contact of a file, cleaned and within the sizes of `shared.contacts.sizes`.

    Attributes:
        line: the physical line of the decoded file on which the record begins, counted from 1.
        name: as people write it; empty where only an e-mail or a profile is known.
        email: the primary address; None without addresses of the contact's own.
        emails: every address without repetition, the primary one first.
        phones: as written, without repetition.
        linkedin_url: `https://www.linkedin.com/in/<slug>`; always set together with `linkedin_slug`.
        linkedin_slug: lower case, percent-decoded; identifies the profile.
        birthday: `YYYY-MM-DD`, or `--MM-DD` where the year is not known.
        custom: values that no other field takes, under their names in the file.
        source_uid: UID of the card or record id of the export; the contact's own id in Warmpath's exports.
        company_emails: those of `emails` that the file gives as the company's, and not as the contact's own.
    """

    line: int
    name: str = ""
    email: str | None = None
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    company: str | None = None
    title: str | None = None
    location: str | None = None
    linkedin_url: str | None = None
    linkedin_slug: str | None = None
    birthday: str | None = None
    notes: str | None = None
    tags: list[str] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)
    source_uid: str | None = None
    company_emails: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RowError:
    """One error of a record; its other fields are still imported where they identify a contact.

    Attributes:
        line: the line on which the record begins, as in `ParsedContact`.
        field: the field of the contact at fault; None for the record as a whole.
        message: the fault and how to correct it.
        value: the text at fault, cut to 200 characters.
        lost: whether the record yields no contact; true for exactly one error of such a record.
    """

    line: int
    field: str | None
    message: str
    value: str | None = None
    lost: bool = False

    def __post_init__(self) -> None:
        if self.value is not None and len(self.value) > MAX_QUOTED:
            self.value = self.value[:MAX_QUOTED] + "…"
        if self.value is not None:
            self.value = self.value.replace("\0", "\N{SYMBOL FOR NULL}")


Record = ParsedContact | RowError


class Reading(NamedTuple):
    """How a file is to be read, where its user says so; None: as the file itself suggests.

    Attributes:
        mapping: column -> field (one of `csv_columns.FIELDS`).
        date_order: of dates such as 3/4/1985: `day_first` or `month_first`.
        name_order: of a column of whole names: `given_first`, or `family_first` ("Diaz, Ana").
        is_draft: whether a file without a recognised column is read all the same, so that its user can say which is which.
    """

    mapping: Mapping[str, str] = {}
    date_order: str | None = None
    name_order: str | None = None
    is_draft: bool = False


@dataclass(slots=True)
class LastRow:
    """The row of a delimited file that was read last: its cells as they stand there, None for other formats."""

    cells: list[str] | None = None


@dataclass(slots=True)
class ContactFile:
    """A recognised file and its records, which are read while they are consumed.

    Attributes:
        format: `linkedin_csv google_csv google_csv_old outlook_csv hubspot_csv salesforce_csv thunderbird_csv
            warmpath_csv csv vcard warmpath_vcard json warmpath_json jscontact jcard ldif recipients`.
        mapping: column -> field, as recognised or as the caller mapped it; `custom` = kept in `custom` under the column's
            name, `ignore` = dropped (photos, `E-mail Type`). Empty for formats without columns.
        tie_to_me: strength of the tie to the self contact that this kind of file implies, 0.5 for LinkedIn's, else None.
        records: contacts and errors in file order; an error about a contact precedes it.
        facts: how it is read: `charset`, and for delimited files `columns`, `delimiter`, `header_line`, `date_order`, `name_order`.
        doubts: what it leaves open, and how it is read, as `field` and `message`.
        last_row: the row of the latest record.
    """

    format: str
    mapping: dict[str, str]
    tie_to_me: float | None
    records: Iterator[Record]
    facts: dict[str, Any] = field(default_factory=dict)
    doubts: list[dict[str, Any]] = field(default_factory=list)
    last_row: LastRow = field(default_factory=LastRow)
