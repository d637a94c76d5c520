"""Find out from the first rows of a table how it writes names ("Acme, Ana Diaz" or "Diaz, Ana"), and whether it lists people at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.contacts.importing.csv_columns import Column, squash
from shared.errors import UnsupportedFormat

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LEGAL = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|gmbh|ag|kg|corp|corporation|co|company|bv|nv|plc|srl|s\.?l|s\.?a|sas|spa|oy|ab|as|group|holding|"
    r"foundation|university|school|bank|institute)\b\.?$",
    re.IGNORECASE,
)
_SHORTEST = 3  # letters of a word that says something
# Odoo calls a person by the company, then the name.
_COMPANY_FIRST = frozenset({"completename"})
# LinkedIn's archive has these lists beside that of the connections; by a column that only they have.
_OTHER_EXPORTS = {
    "inviterprofileurl": "invitations", "inviteeprofileurl": "invitations", "conversationid": "messages", "followedon": "followed companies", "finishedon": "positions", "joburl": "jobs", "endorsementdate": "endorsements",
}  # fmt: skip


def refuse_other_exports(names: Sequence[str]) -> None:
    """Refuse a list out of LinkedIn's archive that is not one of people.

    Raises:
        UnsupportedFormat: it is one.
    """
    for name in names:
        if (what := _OTHER_EXPORTS.get(squash(name))) is not None:
            raise UnsupportedFormat(
                f"The file lists LinkedIn's {what}, not contacts: choose Connections.csv from the same archive"
            )


def writes_company_first(columns: Sequence[Column], single: Mapping[str, int], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a lone column of names has "Acme, Ana Diaz": the first rows have to show it, as most lists with commas have "Diaz, Ana"."""
    index = single["name"]
    if index < 0 or single["first_name"] >= 0 or single["last_name"] >= 0:
        return False
    email = next((column.index for column in columns if column.field in ("email", "emails")), -1)
    names = [row[index].strip() if index < len(row) else "" for row in rows]
    alone = {name.casefold() for name in names if name and "," not in name}
    is_usual = squash(columns[index].name) in _COMPANY_FIRST
    company = person = total = 0.0
    for name, row in zip(names, rows, strict=True):
        head, comma, rest = name.partition(", ")
        if not comma or not rest:
            continue
        total += 1
        address = row[email] if 0 <= email < len(row) else ""
        here = row[single["company"]].strip() if 0 <= single["company"] < len(row) else ""
        for_company, for_person = _evidence(head, rest, address)
        company += for_company + (head.casefold() in alone) + (here.casefold() == head.casefold()) + 0.5 * is_usual
        person += for_person
    return total > 0 and company > person and company * 2 >= total


def _evidence(head: str, rest: str, address: str) -> tuple[float, float]:
    """How much speaks for a company before the comma, and for a family name."""
    local, _, domain = squash_address(address)
    words = [squash(word) for word in head.split() if len(word) >= _SHORTEST]
    in_domain = any(word in domain for word in words)
    in_local = any(word in local for word in words)
    telling = len(head.split()) > 1 or (len(rest.split()) > 1 and not in_local)
    return (1.0 if _LEGAL.search(head) else 0.0) + (1.0 if in_domain and telling else 0.0), 1.0 if in_local else 0.0


def squash_address(address: str) -> tuple[str, str, str]:
    """The parts of an address before and behind the @, without signs and the last part of the domain."""
    local, at, domain = address.strip().lower().partition("@")
    return squash(local), at, squash(domain.rpartition(".")[0])
