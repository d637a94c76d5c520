"""Plan how the reader uses each recognised column: which export the file is, and which column fills a field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shared.contacts import mailboxes
from shared.contacts.fields import SINGLE as SINGLE_FIELDS
from shared.contacts.importing import values
from shared.contacts.importing.birthdays import DateOrder
from shared.contacts.importing.csv_columns import (
    ADDRESS_PARTS,
    BIRTHDAY_PARTS,
    CUSTOM,
    IGNORE,
    NAME_PARTS,
    Column,
    apply_mapping,
    kind_key,
    kind_of_values,
    recognise,
    recognise_by_values,
    squash,
    unique_names,
)
from shared.contacts.importing.csv_names import refuse_other_exports, writes_company_first
from shared.contacts.importing.csv_paths import settle_paths
from shared.contacts.importing.csv_strays import header_key
from shared.errors import BadRequest, FieldError, UnsupportedFormat, ValidationFailed, quoted
from shared.formats.csv_dialect import MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shared.formats.csv_dialect import Dialect

# Fields that one column fills; a second column of the same field is kept in custom.
SINGLE = (*SINGLE_FIELDS, *NAME_PARTS, *BIRTHDAY_PARTS, "source_uid")
_SPARED = frozenset(SINGLE_FIELDS) | {"first_name", "last_name"}
_HONORIFIC_COLUMNS = {"title", "titre", "titel", "titulo", "titolo", "tytul", "肩書き"}
_FAMILY_FIRST_LANGUAGES = {"vezeteknev", "csaladnev", "ho"}  # Hungarian and Vietnamese headers: family name first
_CALLING_CODE = re.compile(
    r"(?:calling|dial|dialing|dialling|phonecountry|mobilecountry|phone|telephone)code$|(?:landes|länder)?vorwahl$|indicatif(?:pays)?$"
)
_CODE = re.compile(r"(?:\+|00)?[1-9][0-9]{0,3}", re.ASCII)
_FEW_ROWS = 2  # one value repeats in none
_SAMPLE_NAMES = 3  # fewer rows do not show how a file writes names
_PROFILE_PREAMBLE = "linkedin"


@dataclass(slots=True)
class Address:
    """The columns of one address.

    Attributes:
        key: the name of the custom field that holds the whole address.
        parts: part of the address -> its columns, in file order.
    """

    key: str
    parts: dict[str, list[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """The use of each column; indexes begin at 0, and -1 stands for "the file has no such column".

    `guarded`: whether cells are written `="0049123"`, which makes a spreadsheet show them unchanged. `company_first`: whether names
    are written "Acme, Ana Diaz". `has_lists`: whether cells hold lists in JSON. `spares`: a column -> others of its field, of which
    the first that is filled stands in where the column is empty. `header`: see `csv_strays.header_key`.
    """

    format: str
    columns: list[Column]
    single: dict[str, int]
    emails: list[Column]
    phones: list[Column]
    tags: list[int]
    addresses: list[Address]
    labelled: list[Column]
    email_names: list[Column]
    custom: list[tuple[int, str]]
    date_order: DateOrder = DateOrder.MONTH_FIRST
    family_first: bool = False
    flip_names: bool = False
    guarded: bool = False
    company_first: bool = False
    has_lists: bool = False
    spares: dict[int, list[int]] = field(default_factory=dict)
    header: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, str | None]:
        """The order of dates and of names, each None where the file has none of them."""
        return {
            "date_order": self.date_order.value if self.single["birthday"] >= 0 else None,
            "name_order": ("family_first" if self.flip_names else "given_first") if self.single["name"] >= 0 else None,
        }

    @property
    def mapping(self) -> dict[str, str]:
        """Column -> field, as an answer shows it and a caller may send it back."""
        shown = {
            "labelled": CUSTOM,
            "formatted": "street",
            "label": IGNORE,
            "connected_on": CUSTOM,
            "contact": CUSTOM,
            "email_name": CUSTOM,
        }
        return {column.name: shown.get(column.field, column.field) for column in self.columns}


def make_plan(dialect: Dialect, mapping: Mapping[str, str], *, is_draft: bool = False) -> Plan:
    """Decide the use of every column.

    Raises:
        BadRequest: the file has more than 1,000 columns.
        UnsupportedFormat: the file is text, but not a list.
        ValidationFailed: the mapping is wrong, or no column can identify a contact.
    """
    width = len(dialect.header) if dialect.header is not None else max((len(row) for row in dialect.rows), default=1)
    if width > MAX_COLUMNS:
        raise BadRequest(f"The file has {width} columns, more than {MAX_COLUMNS}: export only those of the contacts")
    names = unique_names(dialect.header if dialect.header is not None else [""] * width)
    columns = recognise(names) if dialect.header is not None else _recognise_headless(names, dialect.rows)
    settle_paths(columns)
    recognise_by_values(columns, dialect.rows)
    file_format = _format(columns, dialect)
    if file_format == "linkedin_csv":
        _settle_linkedin(columns)
    _settle_honorific(columns)
    _settle_birth_day(columns)
    _settle_lone_name(columns, dialect.rows)
    if mapping:
        apply_mapping(columns, mapping)
    single, spares = _settle_single(columns, pinned={squash(name) for name in mapping})
    _settle_company_emails(columns, single, dialect.rows)
    _settle_calling_codes(columns, dialect.rows)
    company_first = writes_company_first(columns, single, dialect.rows)
    plan = Plan(
        format=file_format,
        columns=columns,
        single=single,
        emails=[column for column in columns if column.field in ("email", "emails")],
        phones=[column for column in columns if column.field == "phones"],
        tags=[column.index for column in columns if column.field == "tags"],
        addresses=_addresses(columns),
        labelled=[column for column in columns if column.field == "labelled"],
        email_names=[column for column in columns if column.field == "email_name"],
        custom=[],
        family_first=any(squash(name) in _FAMILY_FIRST_LANGUAGES for name in names),
        company_first=company_first,
        flip_names=not company_first and _writes_last_first(columns, single, dialect.rows),
        spares=spares,
        header=header_key(dialect.header or ()),
        has_lists=any(cell.startswith(('["', "[{", "[]", "{}")) for row in dialect.rows for cell in row),
        guarded=any(cell.startswith('="') for row in dialect.rows for cell in row),
    )
    refuse_other_exports(names)
    if not is_draft:
        _check_identity(plan, names, dialect)
    kept = {CUSTOM, "fax", "website", "connected_on", "contact", "source_uid"}
    plan.custom = [(column.index, column.name) for column in columns if column.field in kept]
    for place, column in enumerate(plan.emails):
        column.field = "email" if place == 0 else "emails"
    return plan


def _settle_company_emails(columns: list[Column], single: Mapping[str, int], rows: Sequence[Sequence[str]]) -> None:
    """Take `Company Email` for the contacts' own addresses at work where most of its values are made of their names.

    Without names that can be compared, such a column is theirs where no two rows have the same value and none is an office's.
    """
    places = [single[field] for field in ("name", "first_name", "last_name") if single[field] >= 0]
    for column in columns:
        if not column.is_company:
            continue
        pairs = [
            (cell, " ".join(row[place] for place in places if place < len(row)))
            for row in rows
            if column.index < len(row) and "@" in (cell := row[column.index].strip())
        ]
        compared = [mailboxes.spells_name(cell, name) for cell, name in pairs if mailboxes.can_compare(name)]
        cells = [cell.lower() for cell, _ in pairs]
        column.is_company = (
            sum(compared) * 2 < len(compared)
            if compared
            else len(set(cells)) < max(len(cells), _FEW_ROWS) or any(map(mailboxes.is_role_address, cells))
        )


def _settle_calling_codes(columns: list[Column], rows: Sequence[Sequence[str]]) -> None:
    """Take `Calling Code` for the beginning of the phone beside it."""
    phones = [column for column in columns if column.field == "phones"]
    for column in columns:
        if not _CALLING_CODE.search(squash(column.name)):
            continue
        cells = [cell for row in rows if column.index < len(row) and (cell := row[column.index].strip())]
        others = [phone for phone in phones if phone is not column and phone.code_index < 0]
        if cells and all(map(_CODE.fullmatch, cells)) and others:
            nearest = min(others, key=lambda phone: abs(phone.index - column.index))
            nearest.code_index, column.field = column.index, IGNORE


def _check_identity(plan: Plan, names: list[str], dialect: Dialect) -> None:
    if plan.emails or any(
        plan.single[part] >= 0 for part in ("name", "first_name", "last_name", "linkedin_url", "company")
    ):
        return
    if dialect.header is None and len(names) == 1:
        raise UnsupportedFormat(
            f"The file is not a list of contacts in CSV, vCard or JSON; it begins {quoted(''.join(dialect.rows[0]) if dialect.rows else '')}"
        )
    seen = ", ".join(quoted(name) for name in (dialect.header or next(iter(dialect.rows), names))[:30])
    message = f'no column was recognised as a name, an e-mail or a LinkedIn profile among {seen}; say which is which, as in {{{quoted(names[0])}: "name"}}'
    raise ValidationFailed([FieldError("mapping", message)])


def _recognise_headless(names: list[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Recognise the columns of a file without a header by their values: e-mails, profiles, phones, and the first text as the name."""
    columns = [Column(index, name) for index, name in enumerate(names)]
    cells = [[cell for row in rows if index < len(row) and (cell := row[index].strip())] for index in range(len(names))]
    texts: list[Column] = []
    for column in columns:
        kind = kind_of_values(cells[column.index])
        if kind in ("email", "phones", "linkedin_url"):
            column.field = kind
        elif kind == "text":
            texts.append(column)
    if not texts or not any(column.field in ("email", "phones", "linkedin_url") for column in columns):
        return columns
    first = texts[0]
    first.field = "name"
    second = texts[1] if len(texts) > 1 and texts[1].index == first.index + 1 else None
    if second is not None:
        _settle_second_text(first, second, columns, rows)
    return columns


def _settle_second_text(first: Column, second: Column, columns: list[Column], rows: Sequence[Sequence[str]]) -> None:
    """Decide the second column of text: a family name where both are single words, a company where it stands in the e-mail's domain."""
    email = next((column.index for column in columns if column.field == "email"), -1)
    in_domain = in_local = 0
    single_words = True
    for row in rows:
        if max(first.index, second.index, email) >= len(row):
            continue
        word = squash(row[second.index])
        local, _, domain = row[email].lower().partition("@") if email >= 0 else ("", "", "")
        in_domain += bool(word) and word in squash(domain)
        in_local += bool(word) and word in squash(local)
        single_words = single_words and len(row[first.index].split()) <= 1
    if in_domain > in_local:
        second.field = "company"
    elif single_words:
        first.field, second.field = "first_name", "last_name"


def _format(columns: list[Column], dialect: Dialect) -> str:  # noqa: PLR0911  # one return for each export
    keys = {squash(column.name) for column in columns}
    fields = {column.field for column in columns}
    if {"first_name", "last_name"} <= fields:
        profiles = "phones" not in fields and any(
            squash(column.name) == "url" and _holds_profiles(column, dialect.rows) for column in columns
        )
        if (
            "connected_on" in fields
            or (_PROFILE_PREAMBLE in dialect.preamble.lower() and {"company", "title"} <= fields)
            or (profiles and {"company", "title"} <= fields)
        ):
            return "linkedin_csv"
    if (
        any(key.startswith(("email1label", "phone1label", "address1label", "website1label")) for key in keys)
        or {"organizationname", "organizationtitle", "labels"} <= keys
    ):
        return "google_csv"
    if (
        any(key.startswith(("email1type", "phone1type", "address1type", "organization1type")) for key in keys)
        or {"groupmembership", "givenname"} <= keys
        or {"yominame", "givenname"} <= keys
    ):
        return "google_csv_old"
    if "personlinkedinurl" in keys:  # Apollo's export, which also has columns of Salesforce and HubSpot
        return "csv"
    if {"primaryemail", "displayname"} <= keys:
        return "thunderbird_csv"
    if keys & {"mailingcity", "mailingstreet", "accountowner", "mailingstateprovince"} or (
        "accountname" in keys and keys & {"leadsource", "contactid"}
    ):
        return "salesforce_csv"
    if keys & {
        "lifecyclestage",
        "contactowner",
        "hsobjectid",
        "associatedcompanyids",
        "recordid",
        "datensatzid",
    } and not any(
        " > " in column.name
        for column in columns  # Attio's
    ):
        return "hubspot_csv"
    if keys & {
        "email2address",
        "emaildisplayname",
        "businessstreet",
        "businessphone",
        "email2adresse",
        "adressedemessagerie2",
        "strassegeschaftlich",
        "ruebureau",
        "email2displayname",
        "calledeltrabajo",
        "indirizzopostaelettronica",
        "ruadoenderecocomercial",
        "werkadresstraat",
        "adressluzbowyulica",
        "улицарабадрес",
        "番地会社",
        "商务地址街道",
    }:
        return "outlook_csv"
    return "csv"


def _holds_profiles(column: Column, rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell for row in rows if column.index < len(row) and (cell := row[column.index].strip())]
    return kind_of_values(cells) == "linkedin_url"


def _settle_linkedin(columns: list[Column]) -> None:
    """Take `URL` of LinkedIn's export for the profile."""
    if not any(column.field == "linkedin_url" for column in columns):
        for column in columns:
            if column.field == "website":
                column.field = "linkedin_url"
                return


def _settle_honorific(columns: list[Column]) -> None:
    """Take `Title` beside `Job Title` for Outlook's "Dr.", which is not a position."""
    titles = [column for column in columns if column.field == "title"]
    if any(column.field == "first_name" for column in columns):
        for column in titles:
            if squash(column.name) in _HONORIFIC_COLUMNS and any(
                not other.weak for other in titles if other is not column
            ):
                column.field = "prefix"


def _settle_birth_day(columns: list[Column]) -> None:
    """Take `Birth Day` beside `Birth Month` for the day of the month."""
    if any(column.field == "birth_month" for column in columns):
        for column in columns:
            if column.field == "birthday":
                column.field = "birth_day"


def _settle_lone_name(columns: list[Column], rows: Sequence[Sequence[str]]) -> None:
    """Take `Name` beside `Vorname` for the family name, and beside `Nachname` for the first name, unless it contains the other one as well."""
    by_field = {column.field: column for column in columns}
    if "name" in by_field and "first_name" in by_field and "last_name" not in by_field:
        name, first = by_field["name"].index, by_field["first_name"].index
        pairs = [
            (row[first], row[name])
            for row in rows
            if max(first, name) < len(row) and row[first].strip() and row[name].strip()
        ]
        if pairs and sum(values.same_words(given, full) for given, full in pairs) * 2 < len(pairs):
            by_field["name"].field = "last_name"
    elif "name" in by_field and "last_name" in by_field and "first_name" not in by_field:
        name, last = by_field["name"].index, by_field["last_name"].index
        pairs = [
            (row[last], row[name])
            for row in rows
            if max(last, name) < len(row) and row[last].strip() and row[name].strip()
        ]
        if pairs and sum(_stands_in(family, full) for family, full in pairs) * 2 < len(pairs):
            by_field["name"].field = "first_name"


def _stands_in(part: str, name: str) -> bool:
    """Whether a part of a name stands in it; names in Han and Hangul have no blanks."""
    return values.same_words(part, name) or (not part.isascii() and part.strip() in name)


def _settle_single(columns: list[Column], *, pinned: set[str]) -> tuple[dict[str, int], dict[int, list[int]]]:
    """Choose one column for each single field: the caller's first, then one with a strong name, then the first in the file.

    Returns:
        The columns by their fields, and the spares: for such a column, the others of its field.
    """
    single = dict.fromkeys(SINGLE, -1)
    spares: dict[int, list[int]] = {}
    ranked = sorted(columns, key=lambda column: (squash(column.name) not in pinned, column.weak, column.index))
    for column in ranked:
        if column.field in single:
            if single[column.field] < 0:
                single[column.field] = column.index
            else:
                if column.field in _SPARED:
                    spares.setdefault(single[column.field], []).append(column.index)
                column.field = CUSTOM
    return single, spares


def _addresses(columns: list[Column]) -> list[Address]:
    groups: dict[str, Address] = {}
    for column in columns:
        if column.field in ADDRESS_PARTS:
            address = groups.setdefault(kind_key(column.group), Address(""))
            address.parts.setdefault(column.field, []).append(column.index)
    for address in groups.values():
        first = (address.parts.get("formatted") or address.parts.get("street") or [-1])[0]
        indexes = [index for part in address.parts.values() for index in part]
        address.key = columns[first if first >= 0 else min(indexes)].name
        if first < 0 and len(indexes) > 1:
            address.key = f"{columns[min(indexes)].group} Address".strip()
    return list(groups.values())


def _writes_last_first(columns: list[Column], single: dict[str, int], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a lone column of names has "Diaz, Ana" in nearly all rows."""
    index = single["name"]
    if index < 0 or single["first_name"] >= 0 or any(column.field == "last_name" for column in columns):
        return False
    names = [row[index] for row in rows if index < len(row) and row[index].strip()]
    return len(names) >= _SAMPLE_NAMES and sum(flipped(name) != name for name in names) >= 0.8 * len(names)


def flipped(name: str) -> str:
    """`Ana Diaz` for `Diaz, Ana`; a name with credentials (`Ana Diaz, CPA`) or two commas stays."""
    family, comma, given = name.partition(",")
    family, given = family.strip(), given.strip()
    if (
        not comma
        or not family
        or not given
        or "," in given
        or "." in given[1:]
        or (given.isupper() and not family.isupper())
    ):
        return name
    return f"{given} {family}"
