"""A user's address book as devices read it: where it stands, what it lists, its cards, and what has changed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.devices import card_text, repository
from shared.errors import CrmError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

MAX_CARD_BYTES = 2_000_000
# Changes of one answer; no client has as many, and one that says fewer gets fewer.
MAX_CHANGES = 1_000_000
_TOKEN = re.compile(r"urn:warmpath:sync:([0-9a-f]+):(\d{1,18})")


class InvalidToken(CrmError):
    """This token is of no use any more: begin anew."""


class Place(NamedTuple):
    """Where an address book stands.

    Attributes:
        epoch: changes when the database is restored.
        position: of the last numbered change.
        forgotten: removals up to it are forgotten.
    """

    epoch: str
    position: int
    forgotten: int

    def token(self, position: int | None = None) -> str:
        """What a client brings back to hear of later changes; a URI, as RFC 6578 wants it."""
        return f"urn:warmpath:sync:{self.epoch}:{self.position if position is None else position}"

    def since(self, token: str) -> int:
        """The position of a token; 0 for an empty one.

        Raises:
            InvalidToken: it is of another book, from before a restore, or so old that removals since are forgotten.
        """
        if not token:
            return 0
        found = _TOKEN.fullmatch(token)
        if found is None or found[1] != self.epoch or not self.forgotten <= int(found[2]) <= self.position:
            raise InvalidToken
        return int(found[2])


class Card(NamedTuple):
    """A card as it is answered.

    Attributes:
        href: its name in the book.
        etag: its version, in quotes.
        text: the whole card.
        updated_at: of its contact, RFC 3339; empty without one.
    """

    href: str
    etag: str
    text: str
    updated_at: str = ""


class Change(NamedTuple):
    """A change of the book: the card's name, the position, and whether the card is gone."""

    href: str
    position: int
    is_gone: bool


def etag(position: int) -> str:
    """The version of a card."""
    return f'"{position}"'


def opened(tx: Session) -> Place:
    """Number what has changed, and return where the book stands. To be called before anything is read, in a transaction that writes nothing.

    Raises:
        NotFound: the user has no address book.
    """
    return Place(*repository.number_cards(tx))


def listing(tx: Session) -> list[tuple[str, int]]:
    """Names and positions of all cards."""
    return repository.list_cards(tx)


def changes(tx: Session, place: Place, since: int, limit: int) -> list[Change]:
    """What has changed since a position, oldest first."""
    return [Change(*row) for row in repository.cards_since(tx, since, place.position, limit)]


def cards(tx: Session, hrefs: Sequence[str]) -> Iterator[Card]:
    """Cards by their names; those that are not there are left out."""
    for row in repository.find_cards(tx, hrefs):
        made = _card(row)
        if made is not None:
            yield made


def _card(row: list[Any]) -> Card | None:
    href, position, uid, body, base, document, _ = row
    if document is None:
        return None if body is None else Card(href, etag(position), body)
    contact = json.loads(document)
    text = card_text.text_of(contact, uid, body, None if base is None else json.loads(base))
    return Card(href, etag(position), text, contact["updated_at"])


def note_seen(tx: Session, device_id: UUID, place: Place) -> None:
    """Remember that a device has seen the whole book as it is here."""
    repository.note_seen(tx, device_id, place.position)
