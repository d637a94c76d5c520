"""Write contacts as CSV in the columns of Outlook, on the desktop and on the web; values without a column end the notes."""

from __future__ import annotations

from codecs import BOM_UTF8
from itertools import chain
from typing import TYPE_CHECKING, Any

from shared.contacts.exporting import standard
from shared.contacts.exporting.csv import write_rows
from shared.contacts.importing.own import guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_EMAILS = ("E-mail Address", "E-mail 2 Address", "E-mail 3 Address")
# The columns of each kind of phone, in the order in which they are filled.
_PHONES = {
    "cell": ("Mobile Phone",), "work": ("Business Phone", "Business Phone 2"), "home": ("Home Phone", "Home Phone 2"),
    "main": ("Primary Phone",), "fax": ("Business Fax", "Other Fax"), "pager": ("Pager",),
    "": ("Primary Phone", "Other Phone", "Mobile Phone", "Business Phone", "Home Phone", "Business Phone 2", "Home Phone 2"),
}  # fmt: skip
_PLACES = {"work": "Business", "home": "Home", "": "Business"}
_PARTS = ("Street", "City", "State", "Postal Code", "Country/Region")
_HEADER = (
    *("First Name", "Middle Name", "Last Name", "Title", "Suffix", "Nickname", *_EMAILS),
    *dict.fromkeys(chain.from_iterable(_PHONES.values())),
    *("Job Title", "Department", "Company"),
    *(f"{place} {part}" for place in ("Business", "Home", "Other") for part in _PARTS),
    *("Personal Web Page", "Web Page", "Birthday", "Categories", "Notes"),
)


def write_csv(contacts: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Write contacts as they come.

    Args:
        contacts: documents with the fields of Contact; missing ones are empty.

    Yields:
        The file in pieces of about 64 KiB, in UTF-8 with its mark, by which Outlook and Excel recognise it.
    """
    rows = ([guard(cells.get(name, "")) for name in _HEADER] for cells in map(_cells, contacts))
    yield BOM_UTF8
    yield from write_rows(_HEADER, rows)


def _cells(contact: Mapping[str, Any]) -> dict[str, str]:
    name = standard.name_of(contact)
    notes = [str(contact.get("notes") or "")]
    cells = {
        "First Name": name.given, "Middle Name": name.additional, "Last Name": name.family, "Title": name.prefix, "Suffix": name.suffix,
        "Nickname": standard.nickname_of(contact), "Job Title": contact.get("title") or "", "Department": standard.department_of(contact),
        "Company": contact.get("company") or "", "Web Page": contact.get("linkedin_url") or "", "Categories": ";".join(contact.get("tags") or []),
    }  # fmt: skip
    birthday = str(contact.get("birthday") or "")
    if birthday.startswith("--"):
        notes.append(f"Birthday: {birthday[2:]}")  # Outlook has no day without a year
    else:
        cells["Birthday"] = birthday
    emails = contact.get("emails") or []
    cells |= dict(zip(_EMAILS, emails, strict=False))
    notes += [f"E-mail: {email}" for email in emails[len(_EMAILS) :]]
    notes += [f"Phone: {phone}" for phone in _add_phones(contact, cells)]
    links = standard.links_of(contact)
    cells["Personal Web Page"] = links[0] if links else ""
    notes += [f"Web page: {link}" for link in links[1:]]
    notes += [f"Address: {whole}" for whole in _add_addresses(contact, cells)]
    notes += [f"{key}: {value}" for key, value in standard.rest_of(contact).items()]
    cells["Notes"] = "\n".join(filter(None, notes))
    return cells


def _add_phones(contact: Mapping[str, Any], cells: dict[str, str]) -> list[str]:
    """Put each phone into the first free column of its kind.

    Returns:
        The phones that no column was left for.
    """
    labels = standard.labels_of(contact, "phones")
    kinds = [(standard.kind_of(labels.get(phone, "")), phone) for phone in contact.get("phones") or []]
    kinds += [(kind.partition(",")[0], number) for number, kind in standard.faxes_of(contact)]
    surplus = []
    for kind, phone in sorted(kinds, key=lambda item: not item[0]):  # those of a kind first
        column = next(
            (
                each
                for each in (*_PHONES[kind], *(_PHONES[""] if kind not in ("fax", "pager") else ()))
                if not cells.get(each)
            ),
            "",
        )
        if column:
            cells[column] = phone
        else:
            surplus.append(phone)
    return surplus


def _add_addresses(contact: Mapping[str, Any], cells: dict[str, str]) -> list[str]:
    """Put each address into the columns of its kind.

    Returns:
        The addresses that no columns were left for.
    """
    surplus = []
    for address in standard.addresses_of(contact):
        place = next(
            (
                each
                for each in (_PLACES[address.kind], "Other")
                if not any(cells.get(f"{each} {part}") for part in _PARTS)
            ),
            "",
        )
        if place:
            cells.update({f"{place} {part}": text for part, text in zip(_PARTS, address[:5], strict=True)})
        else:
            surplus.append(", ".join(filter(None, address[:5])))
    return surplus
