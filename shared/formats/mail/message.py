"""A header block as a fact, or the reason why it is left out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from shared.formats.facts import Message, Person, made_up_id
from shared.formats.mail.addresses import addresses, normal_address
from shared.formats.mail.dates import rfc3339, seconds_of
from shared.formats.mail.fields import fields_of
from shared.formats.mail.machines import flags_of, label_kinds
from shared.formats.mail.text import header_text, spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

_ID = re.compile(r"<([^<>\s]+)>", re.ASCII)
_LONGEST_ID = 500
# The date of a From_ line: asctime, or Takeout's with a zone before the year.
_FROM_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +([A-Za-z]{3}) +(\d{1,2}) +(\d\d:\d\d(?::\d\d)?) +(?:([+-]\d{4}) +|[A-Z]{3,4} +)?(\d{4})",
    re.ASCII,
)
_FROM_SENDER = re.compile(r"From +([^\s<>\"]+@[^\s<>\"]+\.[^\s<>\"]+) ", re.ASCII)
# Mail did not exist before; a date beyond tomorrow is a wrong clock.
EARLIEST = 631152000  # 1990
_TOMORROW = 86400
_LEFT_OUT = ("spam", "trash", "draft", "chat")


class Read(NamedTuple):
    """A message that was read.

    Attributes:
        message: the fact; None where it is left out.
        left_out: why: `spam`, `trash`, `draft`, `chat`, `no_sender`, `no_recipient`, `no_date`.
        mine: addresses that are the reader's if this mailbox is, each with the kind of hint: `sent`, `delivered`, `written`.
    """

    message: Message | None
    left_out: str = ""
    mine: tuple[tuple[str, str], ...] = ()


def read_message(head: bytes, *, now: float, from_line: bytes = b"", is_sent: bool = False) -> Read:
    """Read a header block.

    Args:
        head: its lines, without the empty line behind it.
        now: seconds since 1970; later dates are not believed.
        from_line: the line of an mbox before it, which has a time of its own.
        is_sent: whether it lies in a folder of sent mail.
    """
    fields = fields_of(head)
    labels = label_kinds(fields[b"x-gmail-labels"]) if b"x-gmail-labels" in fields else frozenset()
    for kind in _LEFT_OUT:
        if kind in labels:
            return Read(None, kind)
    sender = _sender(fields, from_line)
    mine = _mine(fields, sender, is_sent=is_sent or "sent" in labels)
    if sender is None:
        return Read(None, "no_sender", mine)
    to, cc, bcc = (_people(fields, role) for role in (b"to", b"cc", b"bcc"))
    if not (to or cc or bcc):
        to = _delivered(fields)  # a blind copy says only for whom it was kept
        if not to:
            return Read(None, "no_recipient", mine)
    at = _time(fields, from_line, now)
    if at is None:
        return Read(None, "no_date", mine)
    identity = _identity(fields) or made_up_id(
        rfc3339(at), sender.address, *(person.address for person in (*to, *cc, *bcc))
    )
    return Read(Message(identity, at, sender, to, cc, bcc, flags_of(fields, sender.address, labels)), "", mine)


def is_placeholder(address: str) -> bool:
    """Whether an address is one that reaches nobody: no dot in the domain, or a domain that no network has."""
    domain = address.rpartition("@")[2]
    return "." not in domain or domain.endswith((".local", ".localdomain", ".invalid", ".internal"))


def _people(fields: Mapping[bytes, bytes], role: bytes) -> tuple[Person, ...]:
    return _people_of(fields[role]) if role in fields else ()


@lru_cache(maxsize=4096)  # people write to the same people again and again
def _people_of(field: bytes) -> tuple[Person, ...]:
    seen = set()
    people = []
    for address, name in addresses(spaced(header_text(field))):
        if address and address not in seen and not is_placeholder(address):
            seen.add(address)
            people.append(Person(address, name))
    return tuple(people)


def _sender(fields: Mapping[bytes, bytes], from_line: bytes) -> Person | None:
    for role in (b"from", b"sender"):
        if people := _people(fields, role):
            return people[0]
    if b"from" not in fields and (match := _FROM_SENDER.match(header_text(from_line))):
        address = normal_address(match[1])
        return Person(address) if address and not is_placeholder(address) else None
    return None


def _delivered(fields: Mapping[bytes, bytes]) -> tuple[Person, ...]:
    return _people(fields, b"delivered-to") or _people(fields, b"x-original-to")


def _mine(fields: Mapping[bytes, bytes], sender: Person | None, *, is_sent: bool) -> tuple[tuple[str, str], ...]:
    hints = [(person.address, "delivered") for person in _delivered(fields)[:1]]
    if sender and is_sent:
        hints.append((sender.address, "sent"))
    elif sender and b"received" not in fields and b"delivered-to" not in fields:
        hints.append((sender.address, "written"))  # no server has taken it yet: it was written here
    return tuple(hints)


def _identity(fields: Mapping[bytes, bytes]) -> str:
    field = spaced(header_text(fields.get(b"message-id", b"")))
    match = _ID.search(field)
    return (match[1] if match else field)[:_LONGEST_ID].strip(" ")


def _time(fields: Mapping[bytes, bytes], from_line: bytes, now: float) -> int | None:
    """The time by the date, else by the last server, else by the mailbox."""
    texts = [spaced(header_text(fields.get(b"date", b"")))]
    if b"received" in fields:
        texts.append(spaced(header_text(fields[b"received"]).rpartition(";")[2]))
    for text in texts:
        at = seconds_of(text)
        if at is not None and EARLIEST <= at <= now + _TOMORROW:
            return at
    if match := _FROM_DATE.search(header_text(from_line)):
        at = seconds_of(f"{match[2]} {match[1]} {match[5]} {match[3]} {match[4] or '+0000'}")
        if at is not None and EARLIEST <= at <= now + _TOMORROW:
            return at
    return None
