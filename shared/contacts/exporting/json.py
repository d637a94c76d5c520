"""Write contacts as JSON: `{"format": "warmpath-contacts", "version": 1, "items": [...]}`, one contact on each line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.contacts.importing.own import OWN_JSON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CHUNK_BYTES = 64 * 1024
VERSION = 1


def write_json(contacts: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Write contacts as they come.

    Args:
        contacts: documents with the fields of Contact, written whole.

    Yields:
        The file in pieces of about 64 KiB.
    """
    pending = [f'{{"format": "{OWN_JSON}", "version": {VERSION}, "items": ['.encode()]
    size = 0
    separator = b"\n"
    for contact in contacts:
        line = json.dumps(contact, ensure_ascii=False, separators=(",", ":"), default=str).encode()
        pending += (separator, line)
        separator = b",\n"
        size += len(line)
        if size >= CHUNK_BYTES:
            yield b"".join(pending)
            pending, size = [], 0
    pending.append(b"\n]}\n")
    yield b"".join(pending)
