"""Slack's export of a workspace (ZIP): who wrote in which channel or direct message, by the members' addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.errors import BadRequest, TooLarge, quoted
from shared.formats.facts import Message, Person
from shared.formats.json_stream import parse_json
from shared.formats.mail.addresses import normal_address
from shared.formats.mail.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.formats.packed import Member

MAX_BYTES = 64 * 1024 * 1024  # of a day of a channel
MOST_MEMBERS = 30  # of a channel in which a message says something of a tie
_LISTS = ("channels.json", "groups.json", "dms.json", "mpims.json")
_SILENT = frozenset(
    {"channel_join", "channel_leave", "bot_message", "channel_topic", "channel_purpose", "channel_name"}
)


class Slack:
    """An export while it is read: first its lists, then its days.

    Attributes:
        left_out: how many messages say nothing, by reason.
    """

    def __init__(self) -> None:
        self._users: dict[str, Person] = {}
        self._members: dict[str, list[str]] = {}
        self.left_out: dict[str, int] = {}

    def learn(self, member: Member) -> None:
        """Take users and the members of channels from the lists of the export."""
        if len(member.parts) != 1:
            return
        if member.name == "users.json":
            for user in _items(member):
                if not user.get("is_bot"):
                    self._users[str(user.get("id"))] = _person(user)
        elif member.name in _LISTS:
            for channel in _items(member):
                people = [str(each) for each in channel.get("members") or []]
                self._members[str(channel.get("name") or channel.get("id"))] = people

    def facts(self, member: Member) -> Iterator[Message]:
        """The messages of a day of a channel."""
        if len(member.parts) < 2 or not member.name.endswith(".json"):  # noqa: PLR2004 - channel and day
            return
        channel = member.parts[-2]
        people = [person for each in self._members.get(channel, []) if (person := self._users.get(each))]
        for each in _items(member):
            sender = self._users.get(str(each.get("user")))
            at = _seconds(each.get("ts"))
            reason = self._reason(each, sender, at, people)
            if reason or sender is None or at is None:
                self.left_out[reason] = self.left_out.get(reason, 0) + 1
                continue
            others = tuple(person for person in people if person != sender)
            flags = ("chat",) if len(others) == 1 else ("chat", "group")
            yield Message(f"slack-{channel}-{each['ts']}", at, sender, others, flags=flags)

    @staticmethod
    def _reason(each: dict[str, Any], sender: Person | None, at: int | None, people: list[Person]) -> str:
        if each.get("type") != "message" or each.get("subtype") in _SILENT:
            return "auto"
        if sender is None:
            return "no_sender"
        if at is None:
            return "no_date"
        return "" if 1 < len(people) <= MOST_MEMBERS else ("big" if people else "no_recipient")


def _items(member: Member) -> list[dict[str, Any]]:
    content = member.read_up_to(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TooLarge(
            f"{quoted(member.name)} is larger than {MAX_BYTES // 1024 // 1024} MB, which no day of a channel is"
        )
    try:
        document = parse_json(content.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"{quoted(member.name)} is not a list of Slack's export: export it again") from error
    return [item for item in document if isinstance(item, dict)] if isinstance(document, list) else []


def _person(user: dict[str, Any]) -> Person:
    found = user.get("profile")
    values = found if isinstance(found, dict) else {}
    name = shown(str(values.get("real_name") or user.get("real_name") or user.get("name") or ""))
    address = normal_address(str(values.get("email") or ""))
    return Person(address or f"name:{name.lower()}", name)


def _seconds(text: Any) -> int | None:
    whole = str(text).partition(".")[0]
    return int(whole) if whole.isascii() and whole.isdecimal() and len(whole) < 12 else None  # noqa: PLR2004
