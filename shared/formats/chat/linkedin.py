"""LinkedIn's export of a member's data: messages, invitations, endorsements and recommendations, and who the member is."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from shared.formats.csv_reader import MAX_CELL
from shared.formats.facts import Message, Person, made_up_id
from shared.formats.mail.addresses import normal_address
from shared.formats.mail.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.formats.packed import Member

_LEFT_OUT_FOLDERS = frozenset({"SPAM", "SPONSORED", "ARCHIVE_SPAM"})
_COLD = re.compile(r"linkedin inmail|sponsored", re.IGNORECASE)
_DATES = (
    "%Y-%m-%d %H:%M:%S UTC",
    "%m/%d/%y, %I:%M %p",
    "%m/%d/%Y, %I:%M %p",
    "%Y/%m/%d %H:%M:%S UTC",
    "%Y-%m-%d",
    "%m/%d/%y",
    "%Y/%m/%d",
    "%d %b %Y",
)
_MOST_HEADER_LINES = 20


def profile(address: str) -> str:
    """The address of a profile as `linkedin:slug`; empty for others."""
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:  # brackets around something else than an address
        return ""
    path = [part for part in parts.path.split("/") if part]
    is_profile = (parts.hostname or "").endswith("linkedin.com") and len(path) > 1 and path[0] in {"in", "pub"}
    return f"linkedin:{unquote(path[1]).strip().lower()}" if is_profile else ""


def rows(member: Member, required: str) -> Iterator[dict[str, str]]:
    """The rows of a table by the names of its columns in lower case; none where a sentence stands in its place."""
    csv.field_size_limit(MAX_CELL)  # the limit is the process's: the same for every reader
    text = io.TextIOWrapper(io.BufferedReader(_Raw(member)), encoding="utf-8-sig", errors="replace", newline="")
    reader = csv.reader(text)
    titles: list[str] = []
    try:
        for number, cells in enumerate(reader):
            if not titles:
                lowered = [cell.strip().lower() for cell in cells]
                titles = lowered if required in lowered else []
                if not titles and number > _MOST_HEADER_LINES:
                    return
            elif any(cells):
                yield dict(zip(titles, cells, strict=False))
    except csv.Error:  # a cell without an end: what was read before it counts
        return


class LinkedIn:
    """An export while it is read, file by file.

    Attributes:
        mine: the member's addresses.
        name: the member's name.
        left_out: the reasons of rows that say nothing.
    """

    def __init__(self) -> None:
        self.mine: set[str] = set()
        self.name = ""
        self.left_out: dict[str, int] = {}

    def facts(self, member: Member) -> Iterator[Message]:
        """The facts of a file of the export; none of a file that says nothing of ties."""
        name = member.parts[-1].lower()
        if name == "messages.csv":
            yield from self._messages(member)
        elif name == "invitations.csv":
            yield from self._invitations(member)
        elif name.startswith(("endorsement_received", "endorsement_given")):
            yield from self._acts(member, "endorsement date", "endorsement", received="received" in name)
        elif name.startswith(("recommendations_received", "recommendations_given")):
            yield from self._acts(member, "creation date", "recommendation", received="received" in name)

    def learn(self, member: Member) -> None:
        """Take who the member is from `Profile.csv` and `Email Addresses.csv`, and from the sender of what was sent."""
        learnt = {
            "email addresses.csv": self._learn_addresses,
            "profile.csv": self._learn_name,
            "invitations.csv": self._learn_from_invitations,
            "messages.csv": self._learn_from_messages,
        }.get(member.parts[-1].lower())
        if learnt:
            learnt(member)

    def _learn_addresses(self, member: Member) -> None:
        for row in rows(member, "email address"):
            self._mine(normal_address(row["email address"]))

    def _learn_name(self, member: Member) -> None:
        for row in rows(member, "first name"):
            self.name = shown(f"{row.get('first name', '')} {row.get('last name', '')}")
            self._mine(f"name:{self.name.lower()}" if self.name else "")

    def _learn_from_invitations(self, member: Member) -> None:
        for row in rows(member, "direction"):
            field = "inviterprofileurl" if row["direction"].strip().upper() == "OUTGOING" else "inviteeprofileurl"
            self._mine(profile(row.get(field, "")))

    def _learn_from_messages(self, member: Member) -> None:
        for row in rows(member, "from"):
            if self.name and shown(row["from"]) == self.name:
                self._mine(profile(row.get("sender profile url", "")))

    def _mine(self, address: str) -> None:
        if address:
            self.mine.add(address)

    def _me(self) -> Person:
        profiles = sorted(address for address in self.mine if address.startswith("linkedin:"))
        return Person((profiles or sorted(self.mine) or ["name:me"])[0], self.name)

    def _leave_out(self, reason: str) -> None:
        self.left_out[reason] = self.left_out.get(reason, 0) + 1

    def _messages(self, member: Member) -> Iterator[Message]:
        for row in rows(member, "from"):
            at = seconds_of(row.get("date", ""))
            sender = _person(row["from"], row.get("sender profile url", ""))
            recipients = _people(row.get("to", ""), row.get("recipient profile urls", ""))
            if row.get("folder", "").strip().upper() in _LEFT_OUT_FOLDERS:
                self._leave_out("spam")
            elif row.get("is message draft", "").strip().lower() in {"yes", "true"}:
                self._leave_out("draft")
            elif _COLD.search(row.get("conversation title", "")) or _COLD.search(row.get("subject", "")):
                self._leave_out("list")
            elif at is None:
                self._leave_out("no_date")
            elif sender is None or not recipients:
                self._leave_out("no_sender" if sender is None else "no_recipient")
            else:
                identity = made_up_id(
                    row.get("conversation id", ""), row.get("date", ""), sender.address, row.get("content", "")
                )
                yield Message(f"linkedin-{identity}", at, sender, tuple(recipients), flags=("chat",))

    def _invitations(self, member: Member) -> Iterator[Message]:
        for row in rows(member, "direction"):
            is_mine = row["direction"].strip().upper() == "OUTGOING"
            field, name = ("inviteeprofileurl", "to") if is_mine else ("inviterprofileurl", "from")
            other = _person(row.get(name, ""), row.get(field, ""))
            yield from self._act(other, row.get("sent at", ""), "invitation", is_mine=is_mine)

    def _acts(self, member: Member, date_title: str, kind: str, *, received: bool) -> Iterator[Message]:
        for row in rows(member, date_title):
            prefix = next((title.removesuffix("first name") for title in row if title.endswith("first name")), "")
            name = f"{row.get(prefix + 'first name', '')} {row.get(prefix + 'last name', '')}"
            other = _person(name, row.get(prefix + "public url", ""))
            yield from self._act(other, row[date_title], kind, is_mine=not received)

    def _act(self, other: Person | None, date: str, kind: str, *, is_mine: bool) -> Iterator[Message]:
        at = seconds_of(date)
        if other is None or at is None:
            self._leave_out("no_date" if other else "no_sender")
            return
        sender, recipient = (self._me(), other) if is_mine else (other, self._me())
        identity = made_up_id(kind, date, other.address, str(is_mine))
        yield Message(f"linkedin-{identity}", at, sender, (recipient,), flags=("chat",))


def seconds_of(text: str) -> int | None:
    """Seconds since 1970 of a date as one of the export's files writes it."""
    cleaned = shown(text)
    for form in _DATES:
        try:
            return int(datetime.strptime(cleaned, form).replace(tzinfo=UTC).timestamp())
        except ValueError:
            continue
    return None


def _person(name: str, url: str) -> Person | None:
    cleaned = shown(name)
    address = profile(url)
    if cleaned.lower() == "linkedin member" and not address:  # a deleted account
        return None
    if not address and not cleaned:
        return None
    return Person(address or f"name:{cleaned.lower()}", cleaned)


def _people(names: str, urls: str) -> list[Person]:
    """The recipients: by their profiles, with names where there are as many."""
    addresses = [address for url in re.split(r"[,;\s]+", urls) if (address := profile(url))]
    listed = [shown(name) for name in names.split(",") if name.strip()]
    if not addresses:
        return [person for name in listed if (person := _person(name, "")) is not None]
    if len(addresses) == 1:
        return [Person(addresses[0], shown(names))]
    names_of = listed if len(listed) == len(addresses) else [""] * len(addresses)
    return [Person(address, name) for address, name in zip(addresses, names_of, strict=True)]


class _Raw(io.RawIOBase):
    """A member as Python's text layer takes it."""

    def __init__(self, member: Member) -> None:
        self._member = member

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed says WriteableBuffer
        """Read what the member has, up to the buffer's size."""
        data = self._member.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
