"""The SQL side of devices and of their address book."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.contacts.repository import linkedin_slug
from shared.devices.card_fields import FIELDS
from shared.errors import NotFound
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)


class Device(NamedTuple):
    """What signs in beside its user.

    Attributes:
        id: its id.
        user_id: whose contacts it sees.
        username: the name that it signs in with.
    """

    id: UUID
    user_id: UUID
    username: str


class HeldCard(NamedTuple):
    """A card as it is held.

    Attributes:
        contact_no: number of its contact, also where that is in the trash; None for a list of members, and where another card took its place.
        position: of its last change.
        is_dirty: whether it was written since it was numbered.
        is_removed: whether it is gone.
        uid: its UID.
        body: as a device wrote it.
        base: the fields of the contact as the body says them.
        contact_id: id of its contact; None where that is not there.
    """

    contact_no: int | None
    position: int
    is_dirty: bool
    is_removed: bool
    uid: str
    body: str | None
    base: dict[str, Any] | None
    contact_id: UUID | None


def create_device(tx: Session, **values: Any) -> tuple[UUID, str]:
    """Add a device; return its id and the time."""
    row = tx.one(QUERIES.create_device, user_id=tx.user_id, **values)
    assert row is not None
    tx.run(QUERIES.open_book, user_id=tx.user_id)
    return row[0], row[1]


def count_devices(tx: Session) -> int:
    """How many devices the user has."""
    return int(tx.value(QUERIES.count_devices, user_id=tx.user_id))


def list_devices(tx: Session) -> str:
    """All devices as a JSON array, the latest first."""
    return str(tx.value(QUERIES.list_devices, user_id=tx.user_id))


def delete_device(tx: Session, device_id: UUID) -> bool:
    """Remove a device, whose password is worth nothing from then on; return whether it was there."""
    return bool(tx.run(QUERIES.delete_device, user_id=tx.user_id, device_id=device_id))


def device_exists(tx: Session, device_id: UUID) -> bool:
    """Whether a device of the user is still there."""
    return bool(tx.value(QUERIES.device_exists, user_id=tx.user_id, device_id=device_id))


def device_of(tx: Session, secret_hash: str, agent: str) -> Device | None:
    """The device with a password, and note that it was used; in a session of no user."""
    row = tx.one(QUERIES.device_of, secret_hash=secret_hash, agent=agent)
    return None if row is None else Device(*row)


def device_of_link(tx: Session, link_hash: str, *, take: bool) -> list[Any] | None:
    """User id, id, name, username and sealed password of the device that a link connects; in a session of no user."""
    return tx.one(QUERIES.device_of_link, link_hash=link_hash, take=take)


def number_cards(tx: Session) -> tuple[str, int, int]:
    """Number what has changed; return epoch, position and what is forgotten.

    Raises:
        NotFound: the user has no address book.
    """
    row = tx.one(QUERIES.number_cards)
    if row is None or row[0] is None:
        raise NotFound("this user has no address book")
    return row[0], int(row[1]), int(row[2])


def list_cards(tx: Session) -> list[tuple[str, int]]:
    """Names and positions of all cards."""
    return [(row[0], int(row[1])) for row in tx.many(QUERIES.list_cards, user_id=tx.user_id)]


def cards_since(tx: Session, since: int, until: int, limit: int) -> list[list[Any]]:
    """Name, position and whether it is gone, of the cards that changed between two positions."""
    return tx.many(QUERIES.cards_since, user_id=tx.user_id, since=since, until=until, limit=limit)


def find_cards(tx: Session, hrefs: Sequence[str]) -> list[list[Any]]:
    """Name, position, UID, body, base, document of the contact, and the contact's number, of cards."""
    return tx.many(QUERIES.find_cards, user_id=tx.user_id, hrefs=list(hrefs))


def note_seen(tx: Session, device_id: UUID, position: int) -> None:
    """Note the position at which a device has seen the whole book."""
    tx.run(QUERIES.note_seen, user_id=tx.user_id, device_id=device_id, position=position)


def find_me_card(tx: Session) -> str:
    """The address of the card that a device takes for its user's own; empty without."""
    return tx.value(QUERIES.find_me_card, user_id=tx.user_id) or ""


def set_me_card(tx: Session, address: str) -> None:
    """Note the address of the card that a device takes for its user's own."""
    tx.run(QUERIES.set_me_card, user_id=tx.user_id, me_card=address)


def lock_book(tx: Session) -> None:
    """Let no other device write and nobody number until the transaction ends. Contacts are locked before it, never after."""
    tx.one(QUERIES.lock_book, user_id=tx.user_id)


def find_card(tx: Session, href: str) -> HeldCard | None:
    """A card, also one that is gone."""
    row = tx.one(QUERIES.find_card, user_id=tx.user_id, href=href)
    if row is None:
        return None
    contact_no, position, is_dirty, is_removed, uid, body, base, contact_id = row
    return HeldCard(
        contact_no, int(position), is_dirty, is_removed, uid, body, json.loads(base) if base else None, contact_id
    )


def card_of_uid(tx: Session, uid: str) -> tuple[str, bool, int | None] | None:
    """Name, whether it is gone, and contact number of the card with a UID."""
    row = tx.one(QUERIES.card_of_uid, user_id=tx.user_id, uid=uid)
    return None if row is None else (row[0], row[1], row[2])


def card_of_contact(tx: Session, contact_no: int) -> tuple[str, bool] | None:
    """Name of the card of a contact, and whether a device wrote it."""
    row = tx.one(QUERIES.card_of_contact, user_id=tx.user_id, contact_no=contact_no)
    return None if row is None else (row[0], row[1])


def contact_of_no(tx: Session, contact_no: int) -> UUID | None:
    """The id of a contact; None for the self contact and for one that is not there."""
    row = tx.one(QUERIES.contact_of_no, user_id=tx.user_id, contact_no=contact_no)
    return None if row is None or row[1] else row[0]


def no_of_contact(tx: Session, contact_id: UUID) -> int | None:
    """The number of a contact."""
    no: int | None = tx.value(QUERIES.no_of_contact, user_id=tx.user_id, contact_id=contact_id)
    return no


def end_of_contact(tx: Session, contact_no: int) -> tuple[str, str, int | None] | None:
    """The id of a contact that is gone, how it went, and the number of the one that it was merged into."""
    row = tx.one(QUERIES.end_of_contact, user_id=tx.user_id, contact_no=contact_no)
    return None if row is None else (row[0], row[1], row[2])


def same_person(tx: Session, uid: str, fields: Mapping[str, Any]) -> tuple[UUID, int] | None:
    """Id and number of the contact that a new card is of."""
    row = tx.one(QUERIES.same_person, user_id=tx.user_id, uid=uid, email=fields["email"], name=fields["name"])
    return None if row is None else (row[0], row[1])


def holders(tx: Session, contact_id: UUID | None, fields: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Which first addresses (`email`) and profiles (`profile`) of these fields other contacts have."""
    rows = tx.many(
        QUERIES.holders,
        user_id=tx.user_id,
        contact_id=contact_id,
        emails=fields["emails"],
        slug=linkedin_slug(fields["linkedin_url"]),
    )
    return {(row[0], row[1]) for row in rows}


def create_contact(tx: Session, fields: Mapping[str, Any], uid: str) -> tuple[UUID, int]:
    """Add the contact of a card; return its id and number."""
    row = tx.one(QUERIES.create_contact, user_id=tx.user_id, source_uid=uid, **_columns(fields))
    assert row is not None
    return row[0], row[1]


def replace_contact(tx: Session, contact_id: UUID, fields: Mapping[str, Any]) -> None:
    """Set every field of a contact that cards have."""
    tx.run(QUERIES.replace_contact, user_id=tx.user_id, contact_id=contact_id, **_columns(fields))


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    columns = {name: fields.get(name) for name in (*FIELDS, "email")}
    columns["custom"] = json.dumps(columns["custom"], ensure_ascii=False)
    columns["linkedin_slug"] = linkedin_slug(fields["linkedin_url"])
    return columns


def knows_position(tx: Session, position: int) -> bool:
    """Whether it is still known what readers had seen at a position."""
    return bool(tx.value(QUERIES.snapshot_at, user_id=tx.user_id, position=position))


def changes_since(tx: Session, contact_no: int, position: int) -> list[dict[str, Any]]:
    """What changes of a contact since a position have changed, newest first: the fields as they were before."""
    rows = tx.many(QUERIES.changes_since, user_id=tx.user_id, contact_no=contact_no, position=position)
    return [json.loads(row[0]) for row in rows]


def find_habits(tx: Session, device_id: UUID) -> tuple[int, frozenset[str]]:
    """The position that a device has seen, and the names of properties that it has written."""
    row = tx.one(QUERIES.find_habits, user_id=tx.user_id, device_id=device_id)
    return (0, frozenset()) if row is None else (int(row[0]), frozenset((row[1] or "").split()))


def note_writes(tx: Session, device_id: UUID, names: Iterable[str]) -> None:
    """Note the names of properties that a device has written."""
    tx.run(QUERIES.note_writes, user_id=tx.user_id, device_id=device_id, names=sorted(names))


def save_card(
    tx: Session, href: str, body: str, *, uid: str, contact_no: int | None, base: Mapping[str, Any] | None
) -> None:
    """Keep a card as a device wrote it."""
    tx.run(
        QUERIES.save_card,
        user_id=tx.user_id,
        href=href,
        uid=uid,
        contact_no=contact_no,
        body=body,
        base=None if base is None else json.dumps(base, ensure_ascii=False),
    )


def drop_card(tx: Session, href: str) -> None:
    """Let a card be gone while its contact lives on under another one."""
    tx.run(QUERIES.drop_card, user_id=tx.user_id, href=href)


def show_again(tx: Session, href: str) -> None:
    """Have every device read a card again."""
    tx.run(QUERIES.show_again, user_id=tx.user_id, href=href)


def delete_contact(tx: Session, contact_id: UUID) -> None:
    """Delete a contact, which goes to the trash."""
    tx.run(QUERIES.delete_contact, user_id=tx.user_id, contact_id=contact_id)


def count_removal(tx: Session, device_id: UUID, within_s: int) -> tuple[int, int]:
    """Count a removal by a device; the removals of this time, and how many cards there were before them."""
    row = tx.one(QUERIES.count_removal, user_id=tx.user_id, device_id=device_id, within_s=within_s)
    return (1, 1) if row is None else (int(row[0]), int(row[1]))


def note_held_back(tx: Session, device_id: UUID) -> None:
    """Note that a device was kept from removing more."""
    tx.run(QUERIES.note_held_back, user_id=tx.user_id, device_id=device_id)


def purge_cards(tx: Session, removed_before: datetime, held_before: datetime) -> int:
    """Remove removals from before a time, and what gone cards held before another; how many rows."""
    return int(tx.value(QUERIES.purge_cards, removed_before=removed_before, held_before=held_before))
