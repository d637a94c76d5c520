"""What devices write and remove: a card becomes its contact's fields, and nothing of either side is lost (decisions 0101 and 0102).

Locks are taken in one order: the contact, then the address book, then cards. So readers, who number under the lock of the book, never wait
for an import that holds contacts.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from shared.contacts import mailboxes
from shared.contacts import repository as contacts
from shared.contacts.importing.one_card import read_card
from shared.contacts.merging import comparing
from shared.contacts.sizes import MAX_CUSTOM_TOTAL, MAX_LIST, MAX_NAME
from shared.devices import card_fields, repository
from shared.devices.card_lines import cleaned, names
from shared.devices.card_text import text_of
from shared.devices.carrying import EDITABLE, carried_over, united
from shared.devices.reports import Refused
from shared.devices.xml import card
from shared.errors import BadRequest, CrmError, NotFound, PreconditionFailed, Unavailable
from shared.history import service as history
from shared.plumbing.postgres.connection import ConstraintViolated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from shared.contacts.importing.one_card import SaidCard
    from shared.devices.repository import Device, HeldCard
    from shared.plumbing.postgres.database import Session

MAX_UID = 255
# A device that writes more kinds of properties than any program is not remembered further.
MAX_WRITES = 300
# The brake: a device may not remove more than half of a book of more than so many cards within this time.
BRAKE_FROM, BRAKE_WITHIN_S = 20, 600
_VERSION = re.compile(r"(?im)^VERSION:\s*([0-9.]+)")


class UidTaken(CrmError):
    """Another card has this UID.

    Attributes:
        href: the name of that card.
    """

    def __init__(self, href: str) -> None:
        super().__init__()
        self.href = href


class Wanted(NamedTuple):
    """A card as it was sent.

    Attributes:
        href: its name.
        body: its bytes.
        if_match: the versions that the client means; None: it does not say.
        is_new: the client takes the name for free.
    """

    href: str
    body: bytes
    if_match: str | None
    is_new: bool


def put(tx: Session, device: Device, wanted: Wanted) -> bool:
    """Keep a card, and write what it changed to its contact. The same card sent again, after a lost answer, changes nothing.

    Returns:
        Whether the card is new.

    Raises:
        PreconditionFailed: the name is taken or free where the client says the opposite, or its version is too old to be merged.
        UidTaken: another card has the UID, or this one had another.
        Refused: the body is not one card of version 3.0 or 4.0.
    """
    text, said = _read(wanted.body)
    held = repository.find_card(tx, wanted.href)
    is_there = held is not None and not held.is_removed
    is_again = is_there and wanted.is_new and held is not None and held.uid == said.uid and not said.is_group
    if is_again and held is not None and held.body == text:
        return True
    if (is_there and wanted.is_new and not is_again) or (not is_there and wanted.if_match is not None):
        raise PreconditionFailed
    uid = (said.uid or (held.uid if is_there and held is not None else "") or str(uuid4()))[:MAX_UID]
    other = repository.card_of_uid(tx, uid)
    if other is not None and not other[1] and other[0] != wanted.href:
        raise UidTaken(other[0])
    if is_there and held is not None and held.uid != uid:
        raise UidTaken(wanted.href)
    writing = _Writing(tx, device, wanted.href, wanted.if_match, _Sent(text, said, uid))
    try:
        if said.is_group or (is_there and held is not None and held.contact_no is None):
            writing.save_group(held if is_there else None)
        elif is_there and held is not None:
            writing.update(held, adds_only=is_again)
        elif not writing.revive(held, other):
            writing.create()
    except ConstraintViolated as error:
        # what was free a moment ago, another has taken: the client sends it again
        raise Unavailable("two devices wrote at the same moment") from error
    return not is_there or is_again


def _read(body: bytes) -> tuple[str, SaidCard]:
    text = cleaned(body.decode("utf-8", "replace"))
    version = _VERSION.search(text)
    if version is not None and version[1] not in {"3.0", "4.0"}:
        raise Refused(403, card("supported-address-data"))
    try:
        return text, read_card(text)
    except BadRequest:
        raise Refused(403, card("valid-address-data")) from None


class _Sent(NamedTuple):
    text: str
    said: SaidCard
    uid: str


class _Writing:
    """One card on its way to its contact."""

    def __init__(self, tx: Session, device: Device, href: str, if_match: str | None, sent: _Sent) -> None:
        self._tx = tx
        self._href = href
        self._if_match = if_match
        self._text, self._said, self._uid = sent
        self._seen, before = repository.find_habits(tx, device.id)
        # a new card counts too, but not what this very card lacks
        self._writes = before | names(self._text)
        if self._writes != before and len(self._writes) <= MAX_WRITES:
            repository.note_writes(tx, device.id, self._writes)

    def save_group(self, held: HeldCard | None) -> None:
        """Keep a list of members whole; it is nobody's card, and nobody's card becomes one."""
        if held is not None and (held.contact_no is None) is not self._said.is_group:
            raise Refused(403, card("valid-address-data"))
        repository.lock_book(self._tx)
        self._save(None, self._text, None)

    def update(self, held: HeldCard, *, adds_only: bool) -> None:
        """Write what the card changed to the contact that is there.

        Args:
            held: the card as it is.
            adds_only: the device takes the card for new: the answer to its first one was lost, and it was edited since. It has not seen what
                is here, and removes nothing of it.
        """
        if held.contact_id is None:
            raise PreconditionFailed
        self._apply(held, held.contact_id, self._position(held), adds_only=adds_only)

    def _position(self, held: HeldCard) -> int:
        """The position that the device had seen the card at.

        Raises:
            PreconditionFailed: none that this card ever had.
        """
        if self._if_match is None or self._if_match.strip() == "*":
            return min(self._seen, held.position) if self._seen else held.position
        known = [at for at in positions(self._if_match) if 0 < at <= held.position]
        if not known:
            raise PreconditionFailed
        return max(known)

    def _apply(
        self, held: HeldCard, contact_id: UUID, position: int, *, into: int | None = None, adds_only: bool = False
    ) -> None:
        """Merge by three values: what the device had seen, what it says, what is there.

        Args:
            held: the card that the device had.
            contact_id: the contact to change.
            position: the position that the device had seen the card at.
            into: the number of the contact, where it is not that of the card: it keeps its own card.
            adds_only: no entry of a list was removed.
        """
        now = _locked(self._tx, contact_id)
        assert held.contact_no is not None
        undone = repository.changes_since(self._tx, held.contact_no, position) if into is None else []
        if not undone and held.position > position and not repository.knows_position(self._tx, position):
            raise PreconditionFailed
        is_stale = bool(undone) or held.position > position or into is not None or adds_only
        seen = dict(held.base or {}) if into is not None else dict(now)
        for before in undone:
            seen |= before
        served = text_of(seen, held.uid, held.body, held.base)
        base = read_card(served).fields
        kept = carried_over(self._text, served, EDITABLE | self._writes)
        if is_stale and held.body is not None and into is None:
            kept = united(kept, held.body)
        mine = self._said.fields if kept is self._text else read_card(kept).fields
        if adds_only:
            base = card_fields.in_common(base, mine)
        self._write(contact_id, now, card_fields.merged(base, now, mine, is_stale=is_stale))
        repository.lock_book(self._tx)
        if into is None:
            self._save(held.contact_no, kept, mine)

    def revive(self, held: HeldCard | None, other: tuple[str, bool, int | None] | None) -> bool:
        """Write a card that was removed: its contact comes back from the trash, or is the one that it was merged into.

        Args:
            held: the removed card of the same name.
            other: the removed card of the same UID.

        Returns:
            Whether it was such a card.
        """
        if other is not None and other[2] is not None and (held is None or held.contact_no != other[2]):
            gone = repository.find_card(self._tx, other[0])
        else:
            gone = held
        if gone is None or gone.contact_no is None:
            return False
        end = repository.end_of_contact(self._tx, gone.contact_no)
        if end is None:
            return False
        contact_id, how, winner = end
        if how == "m" and winner is not None:
            into = repository.contact_of_no(self._tx, winner)
            if into is None:
                return False
            self._apply(gone, into, gone.position, into=winner)
            repository.show_again(self._tx, (repository.card_of_contact(self._tx, winner) or ("",))[0])
            return True
        if how != "d":
            return False
        history.restore_contact(self._tx, contact_uuid(contact_id))
        if gone is not held and other is not None:
            repository.lock_book(self._tx)
            repository.drop_card(self._tx, other[0])
        self._apply(gone, contact_uuid(contact_id), gone.position)
        return True

    def create(self) -> None:
        """Add the contact of a new card, or fill the blanks of the one that it is of and whose card no device wrote."""
        tx, fields = self._tx, dict(self._said.fields)
        same = repository.same_person(tx, self._uid, fields)
        if same is not None:
            contact_id, no = same
            place = repository.card_of_contact(tx, no)
            if place is None or not place[1]:
                now = _locked(tx, contact_id)
                self._write(contact_id, now, card_fields.filled(now, fields))
                repository.lock_book(tx)
                if place is not None and place[0] != self._href:
                    repository.drop_card(tx, place[0])
                self._save(no, self._text, self._said.fields)
                return
        settled = _settled(tx, fields, None)
        _, no = repository.create_contact(tx, settled, self._uid)
        comparing.ask(tx)
        repository.lock_book(tx)
        self._save(no, self._text, self._said.fields)

    def _save(self, contact_no: int | None, body: str, base: Mapping[str, Any] | None) -> None:
        repository.save_card(self._tx, self._href, body, uid=self._uid, contact_no=contact_no, base=base)

    def _write(self, contact_id: UUID, now: Mapping[str, Any], fields: Mapping[str, Any]) -> None:
        wanted = _settled(self._tx, fields, contact_id)
        changed = {name for name in (*card_fields.FIELDS, "email") if wanted.get(name) != now.get(name)}
        if changed:
            repository.replace_contact(self._tx, contact_id, wanted)
            if changed & comparing.FIELDS:
                comparing.ask(self._tx)


def contact_uuid(text: str) -> UUID:
    """An id of the journal."""
    from uuid import UUID  # noqa: PLC0415 - few cards come back

    return UUID(text)


def positions(header: str) -> list[int]:
    """The positions that an `If-Match` names."""
    versions = (part.strip().removeprefix("W/").strip('"') for part in header.split(","))
    return [int(version) for version in versions if version.isascii() and version.isdigit() and len(version) < 19]  # noqa: PLR2004 - of a bigint


def _locked(tx: Session, contact_id: UUID) -> dict[str, Any]:
    """A contact that nobody else changes until the transaction ends.

    Raises:
        PreconditionFailed: it went at this moment.
    """
    try:
        contacts.lock_contact(tx, contact_id)
        found: dict[str, Any] = json.loads(contacts.get_contact(tx, contact_id))
    except CrmError:
        raise PreconditionFailed from None
    return found


def _settled(tx: Session, fields: Mapping[str, Any], contact_id: UUID | None) -> dict[str, Any]:
    """The fields within the bounds of a contact, without a first address or a profile that another contact has: people may share one, keys cannot."""
    result = dict(fields)
    for name in card_fields.LISTS:
        result[name] = list(result.get(name) or [])[:MAX_LIST]
    custom: dict[str, str] = {}
    left = MAX_CUSTOM_TOTAL
    for key, value in list((result.get("custom") or {}).items())[:MAX_LIST]:
        left -= len(key.encode()) + len(value.encode())
        if left >= 0:
            custom[key] = value
    result["custom"] = custom
    office = mailboxes.settled(result["name"], result["company"], result["emails"]) if result["emails"] else None
    if office is not None:
        result |= {"email": office.email, "emails": office.emails}
    if result["emails"] or result["linkedin_url"]:
        taken = repository.holders(tx, contact_id, result)
        if ("email", (result["email"] or "").lower()) in taken:
            own = office.of_offices if office else ()
            free = [email for email in result["emails"] if ("email", email.lower()) not in taken and email not in own]
            result["email"] = free[0] if free else None
        if any(kind == "profile" for kind, _ in taken):
            result["linkedin_url"] = None
    if not (result["name"] or result["email"] or result["linkedin_url"]):
        result["name"] = next(iter([*result["emails"], *result["phones"]]), "(no name)")[:MAX_NAME]
    return result


def remove(tx: Session, device: Device, href: str, if_match: str | None) -> bool:
    """Remove a card; its contact goes to the trash.

    Returns:
        False where the brake held the device back; the card is then shown to it again.

    Raises:
        NotFound: it is not there.
        PreconditionFailed: it was changed since the device saw it.
    """
    held = repository.find_card(tx, href)
    if held is None or held.is_removed:
        raise NotFound
    if held.contact_id is None:
        repository.lock_book(tx)
    else:
        _locked(tx, held.contact_id)  # as every PUT of this card does
    held = repository.find_card(tx, href)
    if held is None or held.is_removed:
        raise NotFound
    if if_match is not None and if_match.strip() != "*":
        is_seen = held.position in positions(if_match) and not held.is_dirty
        if not is_seen or (held.contact_no and repository.changes_since(tx, held.contact_no, held.position)):
            raise PreconditionFailed
    removals, cards = repository.count_removal(tx, device.id, BRAKE_WITHIN_S)
    if cards > BRAKE_FROM and removals * 2 > cards:
        repository.note_held_back(tx, device.id)
        repository.lock_book(tx)
        repository.show_again(tx, href)
        return False
    if held.contact_id is None:
        repository.drop_card(tx, href)
    else:
        # the book is not locked: what hangs on a contact may be held by an import, and readers must not wait for that
        repository.delete_contact(tx, held.contact_id)
    return True
