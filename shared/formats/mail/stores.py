"""Where mail is kept: mbox files, also packed (ZIP, TAR, gzip), folders of mbox, Maildir or .eml files, and Outlook's PST."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from shared.errors import UnsupportedFormat, quoted
from shared.formats.mail.machines import folder_kind
from shared.formats.mail.mbox import LONGEST_HEAD, heads, looks_like_mbox
from shared.formats.packed import members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from shared.formats.packed import Member

_PST = b"!BDN"
_NO_MAIL = (".msf", ".json", ".html", ".htm", ".pdf", ".jpg", ".png", ".csv", ".ics", ".vcf", ".sqlite", ".db")


class Stored(NamedTuple):
    """A message where it is kept.

    Attributes:
        head: its header block.
        line: the line of an mbox before it.
        folder: what its folder's name says: `sent`, `spam`, `trash`, `draft`; else empty.
    """

    head: bytes
    line: bytes = b""
    folder: str = ""


def stored_messages(path: Path, on_bytes: Callable[[int], None] = lambda _: None) -> Iterator[Stored]:
    """The messages of a file or a folder, one after the other; nothing is unpacked to disk.

    Args:
        path: the file or the folder.
        on_bytes: called with how many bytes of the file, or of the folder's files, were read so far.

    Raises:
        BadRequest: it is damaged or encrypted.
        TooLarge: it unpacks to far more than mail does.
        UnsupportedFormat: it does not hold mail.
    """
    messages = _messages(path, on_bytes)
    first = next(messages, None)
    if first is None:
        raise UnsupportedFormat(
            f"{quoted(path.name)} has no mail in it: give an mbox, a Takeout archive, .eml files or a Maildir"
        )
    yield first
    yield from messages


def _messages(path: Path, on_bytes: Callable[[int], None]) -> Iterator[Stored]:
    for member in members(path, on_bytes, wanted=lambda name: not name.lower().endswith(_NO_MAIL)):
        head = member.peek()
        if head.startswith(_PST) and member.path:
            from shared.formats.mail.pst import pst_messages  # noqa: PLC0415 - its library may be absent

            yield from pst_messages(member.path)
        else:
            yield from _in_member(member, head)


def _in_member(member: Member, head: bytes) -> Iterator[Stored]:
    """The messages of a file; of one that is not mail, none."""
    folder = next((kind for part in reversed(member.parts) if (kind := folder_kind(part))), "")
    if looks_like_mbox(head):
        for found in heads(cast("BinaryIO", member)):
            yield Stored(found.block, found.line, folder)
    elif (block := _single(head, member.name)) is not None:
        yield Stored(block, b"", folder)


def _single(head: bytes, name: str) -> bytes | None:
    """The header block of a file that is one message; None for other files."""
    block = head[:LONGEST_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if name.lower().endswith(".emlx"):  # Apple Mail writes the length on a line before
        first, _, rest = block.partition(b"\n")
        block = rest if first.strip().isdigit() else block
    ends = [end for mark in (b"\n\n", b"\n\r\n") if (end := block.find(mark)) >= 0]
    block = block[: min(ends) + 1] if ends else block
    names = {
        line.partition(b":")[0].lower() for line in block.split(b"\n") if b":" in line and line[:1] not in {b" ", b"\t"}
    }
    return block if b"from" in names and names & {b"date", b"to", b"message-id", b"received", b"subject"} else None
