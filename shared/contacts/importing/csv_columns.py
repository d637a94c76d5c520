"""Find the field of each column: by its name in the languages of `column_names`, by the caller's mapping, by its values."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from shared.contacts import addresses
from shared.contacts import fields as contact_fields
from shared.contacts.importing import values
from shared.contacts.importing.column_names import (
    ADDRESS_WORDS,
    COLUMN_NAMES,
    COMPANY_WORDS,
    KIND_WORDS,
    LINK_WORDS,
    SAME_KIND,
    WEAK_NAMES,
)
from shared.errors import FieldError, ValidationFailed, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CUSTOM = "custom"
IGNORE = "ignore"
# The parts that a name and a birthday are put together from, where a file has them in columns of their own.
NAME_PARTS = ("first_name", "middle_name", "last_name", "prefix", "suffix")
BIRTHDAY_PARTS = ("birth_year", "birth_month", "birth_day")
# The fields that a caller's mapping may name: those of a contact, and the parts they are put together from.
FIELDS = (
    *(field.name for field in contact_fields.FIELDS if field.imported and field.name != CUSTOM),
    *NAME_PARTS,
    *("street", "city", "region", "postal_code", "po_box", "country"),
    *BIRTHDAY_PARTS,
    *("website", "fax", "source_uid"),
    *(CUSTOM, IGNORE),
)
ADDRESS_PARTS = frozenset({"street", "po_box", "city", "region", "postal_code", "country", "formatted"})
_NUMBERED = re.compile(r"(emails?|phones?|location|website)_?([1-9]\d?)")
_ALIASES = {
    "phone": "phones",
    "url": "website",
    "id": "source_uid",
    "": CUSTOM,
    "address": "street",
    "state": "region",
    "zip": "postal_code",
    "linkedin": "linkedin_url",
    "job_title": "title",
    "organization": "company",
}
# "E-mail 1 - Value" of Google's exports; also written "E-mail 1 – Wert" and the like.
_GROUPED = re.compile(r"(.+?)\s*(\d+)\s+[-\u2013]\s+(.+)")
_GROUPED_ADDRESS = {
    "formatted": "formatted", "street": "street", "extendedaddress": "street", "city": "city", "region": "region", "state": "region",
    "pobox": "po_box", "postalcode": "postal_code", "country": "country",
}  # fmt: skip
# The last word of such a name, in the languages of the programs.
_LABEL_PARTS = frozenset(
    [
        "label",
        "type",
        "libelle",
        "etiquette",
        "etiqueta",
        "rotulo",
        "etichetta",
        "tipo",
        "beschriftung",
        "typ",
        "ラベル",
        "标签",
        "標籤",
        "라벨",
    ]
)
_VALUE_PARTS = frozenset(["value", "valeur", "valor", "valore", "wert", "waarde", "値", "值", "값"])
# Remarks that say nothing about a column: `[Required]` of Google's administrators, `(from Companies)` of Airtable.
_REMARK = re.compile(r"\s*(?:\[[^\]]*\]|\(from [^)]*\))\s*$")
_MAX_REMARKED = 200
# `Person - Email - Work` of Pipedrive, `contact.email`: the text that most columns begin with is the table's name.
_TABLE = re.compile(r"([^\W\d_]{3,})(?:\s+[-\u2013]\s+|:\s*|\.)(?=\w)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(slots=True)
class Column:
    """One column.

    Attributes:
        index: from 0.
        name: as the file has it; made unique with ` (2)` where it repeats.
        field: one of FIELDS, or one that the plan decides: `contact connected_on formatted labelled email_name`.
        group: the common name of the columns of one address or one labelled value (`Home`, `Address 1`).
        label_index: the index of the column with the label of this one's value, -1 for none.
        weak: whether any other column of the same field comes before this one.
        is_child: whether it belongs to a table below, which may have several rows for a contact (see `csv_paths`).
        code_index: the index of the column with the calling code of this one's phone, -1 for none.
        is_company: whether it is a column of e-mails that names the company or its office.
    """

    index: int
    name: str
    field: str = CUSTOM
    group: str = ""
    label_index: int = -1
    weak: bool = False
    is_child: bool = False
    is_company: bool = False
    code_index: int = -1


# The words for a company and its office in languages that write words together.
_COMPANY_SIGNS = ("公司", "单位", "單位", "企业", "企業", "会社", "代表", "회사", "대표")
# Letters with a stroke, which Unicode does not decompose, and their plain letters.
_PLAIN_LETTERS = str.maketrans("łøđı", "lodi")


def squash(name: str) -> str:
    """A column's name without case, accents, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_PLAIN_LETTERS)
    return "".join(c for c in plain if c.isalnum() and not "\u0300" <= c <= "\u036f")


@cache
def _fields_by_name() -> dict[str, str]:
    """Every known name, squashed -> its field; built at the first import of a file."""
    table: dict[str, str] = {}
    for field, names in COLUMN_NAMES.items():
        for name in re.split(r"[\n;,]", re.sub(r"(?<![\w])[a-z]{2}:", "", names)):
            if key := squash(name):
                table.setdefault(key, field)
    return table


@cache
def _words(kind: str) -> frozenset[str]:
    words = {"kind": KIND_WORDS, "link": LINK_WORDS, "address": ADDRESS_WORDS, "company": COMPANY_WORDS}[kind]
    return frozenset(squash(word) for word in words.split())


@cache
def _same_kinds() -> dict[str, str]:
    pairs = (pair.split(":") for pair in SAME_KIND.split(","))
    return {squash(word): squash(kind) for word, kind in pairs}


def kind_key(group: str) -> str:
    """The key that the columns of one address share, whatever the grammatical gender of its words: `Altra via` and `Altro CAP`."""
    key = squash(group)
    return _INFLECTION.sub("", _same_kinds().get(key, key))


_INFLECTION = re.compile(r"(?<=\w{3})(?:er)?(?:e[rs]?|[ao])?$")


@cache
def _weak_names() -> frozenset[str]:
    return frozenset(squash(name) for name in WEAK_NAMES.split(","))


def is_known(name: str) -> bool:
    """Whether a name as a whole is one that programs give to a column (`Zip/Postal Code`)."""
    return squash(name) in _fields_by_name()


def is_weak(name: str) -> bool:
    """Whether a column gives way to any other of its field (`Account` beside `Company`)."""
    return squash(name) in _weak_names()


def is_of_company(name: str) -> bool:
    """Whether a name says that its values are the company's or its office's (`Company Email`, `E-Mail (Firma)`, `公司邮箱`)."""
    words = {squash(word) for word in _WORD.findall(_CAMEL.sub(" ", name))}
    return not words.isdisjoint(_words("company")) or squash(name).startswith(_COMPANY_SIGNS)


def is_handle(name: str) -> bool:
    """Whether a column for LinkedIn holds the name of a profile, not its address (`LinkedIn Handle`, `publicIdentifier`)."""
    return squash(name).endswith(("handle", "username", "identifier", "slug", "vanityname", "linkedinid"))


# A field that an organisation has added to Salesforce, with the package that it is of.
_OF_SALESFORCE = re.compile(r"(?:[A-Za-z]\w*?__)?([A-Za-z]\w*?)__c")


def field_of(name: str) -> tuple[str, str] | None:
    """The field that a column's name means.

    Returns:
        The field, and the word that says which one of several it is (`Home` in `Home City`), empty without such a word; None
        for an unknown name.
    """
    table = _fields_by_name()
    if (added := _OF_SALESFORCE.fullmatch(name)) is not None:
        name = added[1]
    key = squash(name)
    if not key:
        return None
    words = _WORD.findall(_CAMEL.sub(" ", unicodedata.normalize("NFKC", name)))
    kind = [word for word in words if squash(word) in _words("kind")]
    group = " ".join(kind)
    if key in table:
        return table[key], group
    without_numbers = [word for word in words if not word.isdecimal()]
    for remaining in (
        without_numbers,
        [word for word in without_numbers if squash(word) not in _words("kind")],
        plain := [word for word in without_numbers if squash(word) not in _words("kind") | _words("link")],
    ):
        found = table.get(squash("".join(remaining))) if remaining else None
        if found is not None and (remaining is without_numbers or found in _QUALIFIED):
            return found, group
    part = table.get(squash("".join(word for word in plain if squash(word) not in _words("address"))))
    return (part, group) if part in ADDRESS_PARTS else None


def says_kind_only(name: str) -> bool:
    """Whether a name says only which one of several a column is and not its field, as `Home` and `Ufficio 2` do."""
    words = [word for word in _WORD.findall(name) if not word.isdecimal()]
    return bool(words) and all(squash(word) in _words("kind") for word in words)


# Fields that stay the same with a word beside their name: a work e-mail is an e-mail. Other fields do not: a parent company is
# not the company of the contact.
_QUALIFIED = ADDRESS_PARTS | {"email", "phones", "fax", "website", "linkedin_url"}


def unique_names(header: Sequence[str]) -> list[str]:
    """The names of the columns, trimmed; repeated ones become `Name (2)`, empty ones `Column 5`."""
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(header, start=1):
        base = " ".join(cell.replace("\0", "").split()) or f"Column {position}"
        name, number = base, 2
        while name in taken:
            name, number = f"{base} ({number})", number + 1
        taken.add(name)
        names.append(name)
    return names


def recognise(names: Sequence[str]) -> list[Column]:
    """Recognise the columns by their names alone."""
    columns = [Column(index, name) for index, name in enumerate(names)]
    labels: dict[str, int] = {}
    table = _table_name(names)
    for column in columns:
        base = re.sub(r" \(\d+\)$", "", column.name)
        if squash(base) not in _fields_by_name():
            base = base.removeprefix(table)
        if len(base) <= _MAX_REMARKED:
            base = _REMARK.sub("", base) or base
        grouped = _GROUPED.fullmatch(base)
        if grouped:
            _recognise_grouped(column, *grouped.groups(), labels=labels)
            continue
        found = field_of(base)
        if found is not None:
            column.field, column.group = found
            column.weak = is_weak(base)
            column.is_company = column.field in ("email", "emails") and is_of_company(base)
        if _EMAIL_NAME.search(base) or squash(base) in _SORTED_NAMES:
            column.field = "email_name"
        elif is_about_others(base):
            column.field = CUSTOM
    for column in columns:
        column.label_index = labels.get(column.group, -1) if column.group else -1
    return columns


def _table_name(names: Sequence[str]) -> str:
    """The text that more than half of the columns begin with, with its separator; empty where they have none in common."""
    found = Counter(match[0] for name in names if (match := _TABLE.match(name)))
    (table, times), *_ = found.most_common(1) or [("", 0)]
    return table if times > max(1, len(names) / 2) else ""


# The name as a program files it, which repeats the name.
_SORTED_NAMES = frozenset(["fileas", "sortas", "sortname", "filedas"])
# The names of Outlook's columns beside an e-mail address, which hold "Ana Diaz (ana@x.org)".
_EMAIL_NAME = re.compile(
    r"mail.*(?:display name|angezeigter name|anzeigename|affich|nombre.*mostrar|visualizzat|weerge(?:ven|gave))|"
    r"(?:nom complet|nome visualizzato|nombre de pantalla|nome para exibi|weergavenaam|nazwa wyświetlana|краткое имя).*"
    r"(?:mail|messagerie|posta|correo|почты)|(?:电子邮件|電子メール)(?: \d )?\s*(?:显示名|表示名)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"assistant|asst\b|spouse|manager|company main|owner|created|modified|referred|yomi|phonetic|display name|opt.?out|do not call|valid|status|"
    r"\bcount\b|bounce|password|parent|assistent|vorgesetzt|supervisor|salesperson|reports.?to|emergency|secretary|superior|\bboss\b|next of kin|"
    r"recruiter|updated|\bauthor\b|assigned",
    re.IGNORECASE,
)


def is_about_others(name: str) -> bool:
    """Whether a name contains a field's name but means somebody or something else (`Assistant's Phone`, `E-mail Display Name`)."""
    return bool(_ASIDE.search(name)) and squash(name) not in _fields_by_name()


def _recognise_grouped(column: Column, what: str, number: str, part: str, *, labels: dict[str, int]) -> None:
    """Recognise `E-mail 1 - Value`, `Address 2 - City`, `Organization 1 - Title` of Google's exports."""
    kind, part_name, part = squash(what), part, squash(part)
    column.group = f"{what} {number}"
    if part in _LABEL_PARTS:
        labels[column.group] = column.index
        column.field = IGNORE
    elif kind in _words("address"):
        found = field_of(part_name)
        column.field = _GROUPED_ADDRESS.get(part) or (found[0] if found and found[0] in ADDRESS_PARTS else CUSTOM)
    elif kind == "organization":
        column.field = {"name": "company", "title": "title"}.get(part, CUSTOM)
        column.group = ""
    elif part in _VALUE_PARTS:
        found = field_of(what)
        column.field = found[0] if found and found[0] in ("email", "phones") else "labelled"


def apply_mapping(columns: list[Column], mapping: Mapping[str, str]) -> None:
    """Override the recognised fields with those of the caller's mapping.

    Raises:
        ValidationFailed: the mapping names a column that the file lacks, or a field that a contact lacks.
    """
    by_name = {each.name: each for each in columns}
    by_key: dict[str, Column] = {}
    for each in columns:
        by_key.setdefault(squash(each.name) or each.name, each)
    errors: list[FieldError] = []
    for name, wanted in mapping.items():
        column: Column | None = by_name.get(name) or by_key.get(squash(name) or name)
        field = known_field(wanted)
        if column is None:
            present = ", ".join(quoted(each.name) for each in columns[:30])
            errors.append(FieldError(f"mapping.{name}", f"the file has no column {quoted(name)}; it has {present}"))
        elif field is None:
            errors.append(
                FieldError(
                    f"mapping.{name}", f"{quoted(wanted)} is not a field of a contact; use one of {', '.join(FIELDS)}"
                )
            )
        else:
            column.field, column.weak, column.label_index = field, False, -1
            if field not in ADDRESS_PARTS:
                column.group = ""
    if errors:
        raise ValidationFailed(errors)


def known_field(wanted: object) -> str | None:
    """The field that a caller's mapping names; None for an unknown name."""
    name = wanted.strip().lower() if isinstance(wanted, str) else ("" if wanted is None else "?")
    name = _ALIASES.get(name, name)
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        name = {"email": "email", "emails": "emails", "phone": "phones", "phones": "phones"}.get(
            numbered[1], numbered[1]
        )
    return name if name in FIELDS else None


def recognise_by_values(columns: list[Column], rows: Sequence[Sequence[str]]) -> None:
    """Decide by the first rows the columns that their names leave open.

    These are a `Contact` column, e-mails and profiles under unknown names, and a name column with e-mails.
    """
    fields = {column.field for column in columns}
    for column in columns:
        cells = [cell for row in rows if column.index < len(row) and (cell := row[column.index].strip())]
        if cells and all(map(_OBJECT.fullmatch, cells)):
            column.field = IGNORE
        if column.field not in ("contact", "name", CUSTOM):
            continue
        kind = kind_of_values(cells)
        if column.field == "name":
            if kind == "email" and "email" not in fields:
                column.field = kind
                fields.add(kind)
        elif column.field == "contact":
            column.field = (
                kind if kind in ("email", "phones", "linkedin_url") else CUSTOM if "name" in fields else "name"
            )
            fields.add(column.field)
        elif cells and _ADDRESS_KINDS.issuperset(cells):
            column.field = IGNORE
        elif kind == "phones" and says_kind_only(column.name):
            column.field = kind
        elif (kind == "email" and "email" not in fields) or (kind == "linkedin_url" and kind not in fields):
            column.field = kind
            fields.add(kind)


# The values of Outlook's column "E-mail Type", whose name differs by language.
_OBJECT = re.compile(r"\[\w+\]")  # what Salesforce Inspector writes beside `Account.Name` in a column `Account`
_ADDRESS_KINDS = frozenset({"SMTP", "EX"})


def kind_of_values(cells: Sequence[str]) -> str:
    """The kind of most of the cells: `email`, `linkedin_url`, `phones`, `text`, or empty."""
    if not cells:
        return ""
    most = len(cells) * 0.6
    if sum(addresses.is_email(addresses.visible(cell)) or values.display_name(cell) != "" for cell in cells) >= most:
        return "email"
    if sum(addresses.linkedin_profile(cell) is not None for cell in cells) >= most:
        return "linkedin_url"
    if sum(values.looks_like_phone(cell) for cell in cells) >= most:
        return "phones"
    return "text" if sum(any(c.isalpha() for c in cell) for cell in cells) >= most else ""
