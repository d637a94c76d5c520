"""The addresses below /dav/: root, principal, home, address book, cards.

A user's id stands in them, not a word for the caller: a program with two accounts tells its books apart by their addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from shared.errors import NotFound

if TYPE_CHECKING:
    from uuid import UUID

ROOT = "/dav/"
BOOK = "contacts"
# Kinds by the number of segments behind the root.
_KINDS = ("root", "principal", "home", "book", "card")
# Characters that clients leave as they are in a segment.
_SAFE = "@:!$&'()*+,;=~"
MAX_NAME = 255


def segments(raw: str) -> list[str]:
    """The segments behind the root of an address as it was sent, each decoded once: a name may hold an encoded slash."""
    path = raw.partition("?")[0]
    if "://" in path:
        path = "/" + path.split("://", 1)[1].partition("/")[2]
    return [unquote(part) for part in path.removeprefix(ROOT).split("/") if part]


def principal(user_id: UUID) -> str:
    """The address of a user."""
    return f"{ROOT}{user_id}/"


def home(user_id: UUID) -> str:
    """The address of the folder of the user's address book."""
    return f"{principal(user_id)}books/"


def book(user_id: UUID) -> str:
    """The address of the address book."""
    return f"{home(user_id)}{BOOK}/"


def encoded(name: str) -> str:
    """The name of a card as a segment."""
    return quote(name, safe=_SAFE)


def kind_of(user_id: UUID, parts: list[str]) -> str:
    """What is at an address: `root`, `principal`, `home`, `book` or `card`.

    Raises:
        NotFound: nothing of this user is there.
    """
    expected = [str(user_id), "books", BOOK]
    if parts[:3] != expected[: len(parts[:3])] or len(parts) >= len(_KINDS):
        raise NotFound
    return _KINDS[len(parts)]


def card_name(user_id: UUID, address: str) -> str | None:
    """The name of the card at an address as a client wrote it, relative or absolute; None where it is no card of this user."""
    parts = segments(address if "://" in address or address.startswith("/") else "/" + address)
    try:
        return parts[-1] if kind_of(user_id, parts) == "card" else None
    except NotFound:
        return None
