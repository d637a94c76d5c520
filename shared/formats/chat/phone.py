"""Backups of a phone's short messages and calls (SMS Backup & Restore), as XML that may be of any size."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

# Declarations of entities are refused before anything is expanded.
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate  # nosec B407

from shared.errors import BadRequest, quoted
from shared.formats.facts import Message, Person, made_up_id
from shared.formats.mail.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.formats.packed import Member

ME = "name:me"
_CHUNK = 256 * 1024
# Emoji are written as the two halves that Java has, which XML forbids.
_HALVES = re.compile(rb"&#(5[5-7]\d{3});")
_LAST_REFERENCE = 10
_RECEIVED, _SENT = "1", "2"
_CALL_KINDS = {"1": "in", "2": "out", "3": "missed"}
_MMS_SENDER, _MMS_RECIPIENTS = "137", frozenset({"151", "130", "129"})
_DIGITS = re.compile(r"\+?\d{6,20}")
_MS = 1000


class _Doctype(ValueError):
    """The file declares entities."""


def looks_like_backup(head: bytes) -> bool:
    """Whether a file begins as a backup does."""
    return re.search(rb"<(?:smses|calls)[\s>]", head[:4096]) is not None


def messages(member: Member) -> Iterator[Message]:
    """The messages and calls of a backup; drafts, failed ones and hidden numbers are left out.

    Raises:
        BadRequest: it is not XML, or it declares entities.
    """
    found: list[Message] = []
    current: dict[str, str] = {}
    people: list[tuple[str, str]] = []

    def start(name: str, values: dict[str, str]) -> None:
        if name in {"sms", "call", "mms"}:
            current.clear()
            current.update(values)
            people.clear()
        elif name == "addr" and len(people) < 500:  # noqa: PLR2004 - as many as a fact has
            people.append((values.get("type", ""), values.get("address", "")))

    def end(name: str) -> None:
        fact = {"sms": _sms, "call": _call}.get(name, lambda _: None)(current)
        if name == "mms":
            fact = _mms(current, people)
        if fact is not None:
            found.append(fact)

    parser = ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    rest = b""
    try:
        while chunk := member.read(_CHUNK):
            data = _HALVES.sub(b"?", rest + chunk)
            cut = data.rfind(b"&", max(0, len(data) - _LAST_REFERENCE))
            cut = cut if cut >= 0 else len(data)
            parser.Parse(data[:cut], False)
            rest = data[cut:]
            yield from found
            found.clear()
        parser.Parse(_HALVES.sub(b"?", rest), True)
        yield from found
    except ExpatError as error:
        yield from found
        raise BadRequest(
            f"{quoted(member.name)} is damaged in line {error.lineno} ({ErrorString(error.code)}): make the backup again"
        ) from error
    except _Doctype as error:
        raise BadRequest(
            f"{quoted(member.name)} declares entities, which no backup does: make the backup again"
        ) from error


def _refuse(*_: object) -> None:
    raise _Doctype


def _sms(values: dict[str, str]) -> Message | None:
    other = _person(values.get("address", ""), values.get("contact_name", ""))
    kind = values.get("type")
    at = _seconds(values)
    if other is None or at is None or kind not in {_RECEIVED, _SENT}:
        return None
    sender, recipient = (other, Person(ME)) if kind == _RECEIVED else (Person(ME), other)
    return Message(f"sms-{made_up_id(values['date'], other.address, kind)}", at, sender, (recipient,), flags=("chat",))


def _call(values: dict[str, str]) -> Message | None:
    other = _person(values.get("number", ""), values.get("contact_name", ""))
    kind = _CALL_KINDS.get(values.get("type", ""))
    at = _seconds(values)
    lasted = values.get("duration", "0")
    if other is None or at is None or kind not in {"in", "out"} or not lasted.isdecimal() or int(lasted) == 0:
        return None
    sender, recipient = (other, Person(ME)) if kind == "in" else (Person(ME), other)
    return Message(f"call-{made_up_id(values['date'], other.address, kind)}", at, sender, (recipient,), flags=("call",))


def _mms(values: dict[str, str], people: list[tuple[str, str]]) -> Message | None:
    at = _seconds(values)
    mine = values.get("msg_box") == _SENT
    senders = [_person(address, "") for kind, address in people if kind == _MMS_SENDER]
    sender = Person(ME) if mine else next((person for person in senders if person), None)
    others = [_person(address, "") for kind, address in people if kind in _MMS_RECIPIENTS]
    recipients = tuple(dict.fromkeys(person for person in others if person and person != sender))
    if not mine:
        recipients = (Person(ME), *recipients)
    if at is None or sender is None or not recipients:
        return None
    addresses = sorted(person.address for person in recipients)
    return Message(
        f"mms-{made_up_id(values['date'], sender.address, *addresses)}", at, sender, recipients, flags=("chat",)
    )


def _person(number: str, name: str) -> Person | None:
    digits = re.sub(r"[^\d+]", "", number)
    if not _DIGITS.fullmatch(digits):  # names of companies, short codes, hidden numbers
        return None
    known = shown(name)
    return Person(f"tel:{digits}", "" if known in {"(Unknown)", "null"} else known)


def _seconds(values: dict[str, str]) -> int | None:
    date = values.get("date", "")
    return int(date) // _MS if date.isascii() and date.isdecimal() and len(date) < 16 else None  # noqa: PLR2004
