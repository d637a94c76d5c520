"""Write contacts as CSV in the columns of Google Contacts, which it imports as they are.

Google's custom fields take the values without a column, and the end of the notes takes those beyond them. Several values
beyond the last numbered column share that one, with ` ::: ` between, as Google itself writes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.contacts.exporting import standard
from shared.contacts.exporting.csv import write_rows
from shared.contacts.importing.own import guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_EMAILS, _PHONES, _ADDRESSES, _SITES, _CUSTOM = 3, 4, 2, 2, 4
_HEADER = (
    *(
        "First Name",
        "Middle Name",
        "Last Name",
        "Name Prefix",
        "Name Suffix",
        "Nickname",
        "File As",
        "Organization Name",
    ),
    *("Organization Title", "Organization Department", "Birthday", "Notes", "Labels"),
    *(f"E-mail {number} - {part}" for number in range(1, _EMAILS + 1) for part in ("Label", "Value")),
    *(f"Phone {number} - {part}" for number in range(1, _PHONES + 1) for part in ("Label", "Value")),
    *(
        f"Address {number} - {part}"
        for number in range(1, _ADDRESSES + 1)
        for part in (
            "Label",
            "Formatted",
            "Street",
            "City",
            "PO Box",
            "Region",
            "Postal Code",
            "Country",
            "Extended Address",
        )
    ),
    *(f"Website {number} - {part}" for number in range(1, _SITES + 1) for part in ("Label", "Value")),
    *(f"Custom Field {number} - {part}" for number in range(1, _CUSTOM + 1) for part in ("Label", "Value")),
)
_LABELS = {"cell": "Mobile", "work": "Work", "home": "Home", "main": "Main", "fax": "Work Fax", "pager": "Pager"}


def write_csv(contacts: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Write contacts as they come.

    Args:
        contacts: documents with the fields of Contact; missing ones are empty.

    Yields:
        The file in pieces of about 64 KiB, the header in the first.
    """
    return write_rows(_HEADER, (list(map(guard, _row(contact))) for contact in contacts))


def _row(contact: Mapping[str, Any]) -> list[str]:
    name, rest = standard.name_of(contact), standard.rest_of(contact)
    fields = list(rest.items())[:_CUSTOM]
    surplus = [f"{key}: {value}" for key, value in list(rest.items())[_CUSTOM:]]
    sites = [("LinkedIn", str(contact.get("linkedin_url") or "")), *(("", link) for link in standard.links_of(contact))]
    return [
        *(name.given, name.additional, name.family, name.prefix, name.suffix, standard.nickname_of(contact)),
        *(str(contact.get("name") or ""), str(contact.get("company") or ""), str(contact.get("title") or "")),
        *(standard.department_of(contact), _birthday(str(contact.get("birthday") or ""))),
        "\n".join(filter(None, [str(contact.get("notes") or ""), *surplus])),
        " ::: ".join(["* myContacts", *(contact.get("tags") or [])]),
        *_pairs(_labelled(contact, "emails"), _EMAILS),
        *_pairs(_labelled(contact, "phones"), _PHONES),
        *_addresses(contact),
        *_pairs([site for site in sites if site[1]], _SITES),
        *_pairs(fields, _CUSTOM),
    ]


def _labelled(contact: Mapping[str, Any], values: str) -> list[tuple[str, str]]:
    labels = standard.labels_of(contact, values)
    listed = [
        (_LABELS.get(standard.kind_of(labels.get(value, "")), labels.get(value, "")), value)
        for value in contact.get(values) or []
    ]
    if values == "phones":
        listed += [(_LABELS[kinds.partition(",")[0]], number) for number, kinds in standard.faxes_of(contact)]
    return listed


def _pairs(values: Sequence[tuple[str, str]], count: int) -> list[str]:
    """The cells of so many labels and values; those beyond them share the last."""
    shown = list(values[:count])
    if len(values) > count:
        shown[-1] = (shown[-1][0], " ::: ".join(value for _, value in values[count - 1 :]))
    cells = [cell for pair in shown for cell in pair]
    return cells + [""] * (2 * count - len(cells))


def _addresses(contact: Mapping[str, Any]) -> list[str]:
    cells: list[str] = []
    for address in standard.addresses_of(contact)[:_ADDRESSES]:
        whole = ", ".join(filter(None, address[:5]))
        cells += [
            address.kind.title(),
            whole,
            address.street,
            address.city,
            "",
            address.region,
            address.postal_code,
            address.country,
            "",
        ]
    return cells + [""] * (9 * _ADDRESSES - len(cells))


def _birthday(day: str) -> str:
    """Google writes a day without a year with a blank before it, which keeps a spreadsheet from reckoning with it."""
    return f" {day}" if day.startswith("--") else day
