"""Write contacts as CSV: one row for each contact, UTF-8, RFC 4180.

Several values share a cell as `a; b` and custom fields are a JSON object, so a spreadsheet shows them and an import takes
them apart again. A cell that a spreadsheet would run as a formula gets an apostrophe in front, which an import removes.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from shared.contacts.fields import EXPORTED
from shared.contacts.importing.own import guard, join_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

CHUNK_CHARS = 64 * 1024


def write_csv(contacts: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Write contacts as they come.

    Args:
        contacts: documents with the fields of Contact; missing ones are empty.

    Yields:
        The file in pieces of about 64 KiB, the header in the first.
    """
    return write_rows(EXPORTED, ([_cell(name, contact.get(name)) for name in EXPORTED] for contact in contacts))


def write_rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Write a table.

    Yields:
        The file in pieces of about 64 KiB, the header in the first.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    for row in rows:
        writer.writerow(row)
        if buffer.tell() >= CHUNK_CHARS:
            yield _drain(buffer)
    yield _drain(buffer)


def _cell(name: str, value: Any) -> str:
    if not value:
        return ""
    if name == "custom":
        return json.dumps(value, ensure_ascii=False)
    return guard(join_list(value) if isinstance(value, list) else str(value))


def _drain(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return data
