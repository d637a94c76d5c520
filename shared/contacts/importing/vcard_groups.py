"""Find the groups of a vCard file: cards that list members (`KIND:group`, also in the form of Apple), whose names become tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.contacts.importing.labels import clean_tags
from shared.contacts.importing.vcard_contact import display_name, uid_of
from shared.formats.vcard import unescape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shared.contacts.importing.parsed import ParsedContact
    from shared.formats.source import Source
    from shared.formats.vcard import Card

# The words of a group's card in any encoding that has the letters of ASCII as such, perhaps with NULs between them.
_GROUP = re.compile(
    b'[:"]\\s*' + b"".join(b"\\0?" + bytes([letter]) for letter in b"group") + b'\\0?(?:[\\s"]|$)', re.IGNORECASE
)
_WIDEST = 64  # bytes of such words, which may stand across two chunks


class Groups:
    """The groups of a file, by who is in them.

    A group may stand behind its members. So a file that has groups is read once more for them alone; whether it has any is
    seen from its bytes (`has_groups`).

    Args:
        cards: those of the file; none where it has no groups.
    """

    def __init__(self, cards: Iterable[Card]) -> None:
        self._tags: dict[str, list[str]] = {}
        for card in filter(is_group, cards):
            self._add(card)

    def _add(self, card: Card) -> None:
        name = " ".join(display_name(card).split())
        for entry in card.properties:
            if name and entry.head.name in ("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"):
                self._tags.setdefault(uid_of(unescape(entry.text)).lower().removeprefix("mailto:"), []).append(name)

    def tag(self, contact: ParsedContact) -> None:
        """Give a contact the names of its groups as tags."""
        if not self._tags:
            return
        for key in (contact.source_uid, *contact.emails):
            if key and (names := self._tags.get(key.lower())):
                contact.tags = list(dict.fromkeys(contact.tags + clean_tags(names)))


def is_group(card: Card) -> bool:
    """Whether a card is a list of members."""
    return any(
        entry.head.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND") and entry.text.strip().lower() == "group"
        for entry in card.properties
    )


def has_groups(source: Source) -> bool:
    """Whether any line may be that of a group."""
    before = b""
    for chunk in source.chunks():
        if _GROUP.search(before + chunk[:_WIDEST]) or _GROUP.search(chunk):
            return True
        before = chunk[-_WIDEST:]
    return False
