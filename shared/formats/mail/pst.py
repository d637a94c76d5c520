"""Outlook's PST and OST files, by libpff (`libpff-python`, an extra of the command line: 6 MB, LGPL 3)."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from shared.errors import BadRequest, UnsupportedFormat, quoted
from shared.formats.mail.machines import folder_kind
from shared.formats.mail.stores import Stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# Properties of a message and of a recipient, by their numbers in MS-OXPROPS.
_SENDER_ADDRESS, _SENDER_SMTP, _SENDER_NAME, _MESSAGE_ID = 0x0C1F, 0x5D01, 0x0C1A, 0x1035
_ROLE, _NAME, _ADDRESS, _SMTP = 0x0C15, 0x3001, 0x3003, 0x39FE
_ROLES = {1: "To", 2: "Cc", 3: "Bcc"}
_TEXTS = (0x1E, 0x1F)
_MAIL_CLASSES = ("IPM.Note", "REPORT.IPM.Note")
_CLASS = 0x001A
_DEEPEST = 50


def pst_messages(path: Path) -> Iterator[Stored]:
    """The messages of all folders.

    Raises:
        BadRequest: the file is damaged.
        UnsupportedFormat: libpff is not installed.
    """
    try:
        pypff: Any = importlib.import_module("pypff")
    except ImportError as error:
        raise UnsupportedFormat(
            f"{quoted(path.name)} is a file of Outlook, which needs libpff: `pip install libpff-python` (or `pipx inject warmpath "
            "libpff-python`), or convert it by `readpst -r -o FOLDER FILE` and give the folder"
        ) from error
    file = pypff.file()
    try:
        file.open(str(path))
        yield from _in_folder(file.get_root_folder(), "", 0)
    except OSError as error:
        raise BadRequest(
            f"{quoted(path.name)} is damaged: repair it in Outlook (scanpst) or export it again"
        ) from error
    finally:
        file.close()


def _in_folder(folder: Any, kind: str, depth: int) -> Iterator[Stored]:
    kind = folder_kind(folder.name or "") or kind
    for at in range(folder.number_of_sub_messages):
        try:
            head = _head(folder.get_sub_message(at))
        except (OSError, ValueError):  # one message that cannot be read loses only itself
            continue
        if head:
            yield Stored(head, b"", kind)
    for at in range(folder.number_of_sub_folders if depth < _DEEPEST else 0):
        yield from _in_folder(folder.get_sub_folder(at), kind, depth + 1)


def _head(message: Any) -> bytes:
    """The header block: as it was sent, else, for mail that was written here, out of the properties."""
    headers = (message.transport_headers or "").replace("\r\n", "\n")
    if "\nfrom:" in f"\n{headers}".lower():
        return str(headers).encode()
    values = _texts(message.get_record_set(at) for at in range(message.number_of_record_sets))
    if not values.get(_CLASS, "IPM.Note").startswith(_MAIL_CLASSES):
        return b""
    lines = [
        f"From: {_mailbox(values.get(_SENDER_NAME, ''), values.get(_SENDER_SMTP) or values.get(_SENDER_ADDRESS, ''))}"
    ]
    recipients = message.recipients
    for at in range(recipients.number_of_recipients if recipients else 0):
        recipient = _texts([recipients.get_recipient(at)])
        role = _ROLES.get(int(recipient.get(_ROLE, "1")), "To")
        lines.append(
            f"{role}: {_mailbox(recipient.get(_NAME, ''), recipient.get(_SMTP) or recipient.get(_ADDRESS, ''))}"
        )
    if sent_at := message.client_submit_time:
        lines.append(f"Date: {sent_at:%Y-%m-%dT%H:%M:%SZ}")
    if identity := values.get(_MESSAGE_ID):
        lines.append(f"Message-ID: {identity}")
    return "\n".join([*lines, headers]).encode()


def _texts(record_sets: Iterable[Any]) -> dict[int, str]:
    """The properties of an item by their numbers, as text."""
    found: dict[int, str] = {}
    for record_set in record_sets:
        for entry in record_set.entries:
            if entry.value_type in _TEXTS:
                found[entry.entry_type] = entry.get_data_as_string() or ""
            elif entry.entry_type == _ROLE and entry.data:
                found[_ROLE] = str(int.from_bytes(entry.data[:4], "little"))
    return found


def _mailbox(name: str, address: str) -> str:
    text = name.replace('"', " ").replace("\n", " ")
    return f'"{text}" <{address}>' if "@" in address else f'"{text}"'
