"""The export that a file or folder is, and its facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from shared.errors import UnsupportedFormat, quoted
from shared.formats.chat import phone, telegram, whatsapp
from shared.formats.chat.linkedin import LinkedIn
from shared.formats.chat.slack import Slack
from shared.formats.packed import members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from shared.formats.facts import Message

_MAX_CHAT_BYTES = 256 * 1024 * 1024
_LINKEDIN = frozenset({"connections.csv", "invitations.csv", "messages.csv", "profile.csv"})


@dataclass
class ChatExport:
    """An export of chats.

    Attributes:
        kind: `linkedin`, `slack`, `telegram`, `whatsapp` or `phone`.
        mine: addresses that are surely the user's.
        people: how many messages each address wrote.
        left_out: how many say nothing, by reason.
        messages: how many facts there were.
    """

    path: Path
    kind: str = ""
    mine: set[str] = field(default_factory=set)
    people: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    messages: int = 0

    def facts(self, on_bytes: Callable[[int], None] = lambda _: None) -> Iterator[Message]:
        """The facts, always in the same order.

        Raises:
            BadRequest: a part of it is damaged.
            TooLarge: it is larger than such an export can be.
            UnsupportedFormat: it is none of these.
        """
        self.people, self.left_out, self.messages = {}, {}, 0
        names = {member.parts[-1].lower(): member.parts for member in members(self.path)}
        if len(_LINKEDIN & names.keys()) > 1:
            found = self._linkedin(on_bytes)
        elif "users.json" in names and names["users.json"] == ("users.json",):
            found = self._slack(on_bytes)
        else:
            found = self._others(on_bytes)
        for message in found:
            self.messages += 1
            address = message.sender.address
            self.people[address] = self.people.get(address, 0) + 1
            yield message
        if not self.kind:
            raise UnsupportedFormat(
                f"{quoted(self.path.name)} is none of the exports that are read: LinkedIn's or Slack's zip, WhatsApp's chat (.txt or .zip), "
                "Telegram's result.json, SMS Backup & Restore's .xml"
            )

    def _linkedin(self, on_bytes: Callable[[int], None]) -> Iterator[Message]:
        self.kind = "linkedin"
        export = LinkedIn()
        for wanted in ("profile.csv", "email addresses.csv", "invitations.csv", "messages.csv"):  # the name comes first
            for member in members(self.path, wanted=partial(_is_called, wanted)):
                export.learn(member)
        self.mine |= export.mine
        for member in members(self.path, on_bytes):
            yield from export.facts(member)
        self.left_out = export.left_out

    def _slack(self, on_bytes: Callable[[int], None]) -> Iterator[Message]:
        self.kind = "slack"
        export = Slack()
        for member in members(self.path, wanted=lambda name: "/" not in name):
            export.learn(member)
        for member in members(self.path, on_bytes):
            yield from export.facts(member)
        self.left_out = export.left_out

    def _others(self, on_bytes: Callable[[int], None]) -> Iterator[Message]:
        for member in members(
            self.path, on_bytes, wanted=lambda name: name.lower().endswith((".txt", ".json", ".xml"))
        ):
            head = member.peek()
            if phone.looks_like_backup(head):
                self.kind = "phone"
                self.mine.add(phone.ME)
                yield from phone.messages(member)
            elif member.name.lower().endswith(".json") and b"{" in head[:16]:
                self.kind = "telegram"
                yield from telegram.messages(member)
            elif whatsapp.looks_like_chat(head.decode("utf-8", "replace").splitlines()):
                self.kind = "whatsapp"
                lines = member.read_up_to(_MAX_CHAT_BYTES).decode("utf-8", "replace").splitlines()
                name = self.path.name if member.name.endswith("_chat.txt") else member.name
                yield from whatsapp.messages(lines, name)


def _is_called(base: str, name: str) -> bool:
    return name.lower().endswith(base)
