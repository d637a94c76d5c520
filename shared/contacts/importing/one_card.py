"""Read one vCard as a device sends it."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

from shared.contacts.fields import EDITED
from shared.contacts.importing import bounds
from shared.contacts.importing.vcard_contact import contact_of, display_name
from shared.contacts.importing.vcard_groups import is_group
from shared.errors import BadRequest
from shared.formats.encoding import ERRORS, Survey
from shared.formats.source import Source
from shared.formats.vcard import read_cards, unescape

_UTF8 = Survey("utf-8", ERRORS, has_nul=True)
_FIELDS = tuple(field.name for field in EDITED)


class SaidCard(NamedTuple):
    """The content of a card.

    Attributes:
        fields: the fields of the contact that people edit, by name.
        uid: its UID as written; empty where it has none.
        is_group: whether it is a list of members and nobody's card.
        members: the UIDs of the members of a list, without `urn:uuid:`.
    """

    fields: dict[str, Any]
    uid: str
    is_group: bool
    members: list[str]


def read_card(body: str) -> SaidCard:
    """Read the body of a request that must be exactly one card.

    Raises:
        BadRequest: it is not a card, is cut off, or is more than one.
    """
    data = body.encode("utf-8", "replace")
    cards = list(read_cards(Source(lambda: io.BytesIO(data), "contacts"), _UTF8))
    if len(cards) != 1 or not cards[0].complete or cards[0].has_nul:
        raise BadRequest(f"the body must be one vCard, from BEGIN:VCARD to END:VCARD; it has {len(cards)}")
    card = cards[0]
    uid = next((unescape(entry.text).strip() for entry in card.properties if entry.head.name == "UID"), "")
    if is_group(card):
        members = [
            unescape(entry.text).strip().removeprefix("urn:uuid:")
            for entry in card.properties
            if entry.head.name in {"MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"}
        ]
        return SaidCard({"name": display_name(card)}, uid, is_group=True, members=members)
    contact, _ = contact_of(card)
    bounds.enforce(contact)
    return SaidCard({name: getattr(contact, name) for name in _FIELDS}, uid, is_group=False, members=[])
