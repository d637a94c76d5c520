"""Telegram Desktop's export (`result.json`): chats of two and of groups; texts are passed over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shared.errors import BadRequest, TooLarge, quoted
from shared.formats.facts import MOST_PEOPLE, Message, Person
from shared.formats.json_stream import parse_json
from shared.formats.mail.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.formats.packed import Member

MAX_BYTES = 512 * 1024 * 1024
_CHANNELS = frozenset({"public_channel", "private_channel", "bot_chat", "saved_messages", "replies"})


def messages(member: Member) -> Iterator[Message]:
    """The messages of an export of all chats, or of one.

    Raises:
        BadRequest: it is not JSON.
        TooLarge: it is larger than 512 MB.
    """
    content = member.read_up_to(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TooLarge(
            f"{quoted(member.name)} is larger than {MAX_BYTES // 1024 // 1024} MB: export fewer chats at once, without media"
        )
    try:
        document = parse_json(content.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"{quoted(member.name)} is not JSON: export it again as machine-readable JSON") from error
    del content
    for chat in _chats(document):
        yield from _of_chat(chat)


def _chats(document: Any) -> list[dict[str, Any]]:
    if not isinstance(document, dict):
        return []
    if "messages" in document:
        return [document]
    chats = document.get("chats")
    listed = chats.get("list") if isinstance(chats, dict) else None
    return [chat for chat in listed if isinstance(chat, dict)] if isinstance(listed, list) else []


def _of_chat(chat: dict[str, Any]) -> Iterator[Message]:
    listed = chat.get("messages")
    if chat.get("type") in _CHANNELS or not isinstance(listed, list):
        return
    people = _people(chat, listed)
    flags = ("chat",) if len(people) <= 2 else ("chat", "group")  # noqa: PLR2004 - the user and another
    for each in listed:
        if not isinstance(each, dict) or each.get("type") not in {"message", "service"}:
            continue
        sender = people.get(str(each.get("from_id") or each.get("actor_id")))
        at = _seconds(each)
        is_call = each.get("action") == "phone_call"
        if sender is None or at is None or (each["type"] == "service" and not is_call):
            continue
        others = tuple(person for person in people.values() if person != sender)
        if others:
            identity = f"telegram-{chat.get('id')}-{each.get('id')}"
            yield Message(identity, at, sender, others, flags=("call",) if is_call else flags)


def _people(chat: dict[str, Any], listed: list[Any]) -> dict[str, Person]:
    """Everybody who wrote in a chat by the ids of Telegram; in a chat of two, the other one too."""
    people: dict[str, Person] = {}
    for each in listed:
        if isinstance(each, dict) and len(people) < MOST_PEOPLE:
            for key, name in (("from_id", "from"), ("actor_id", "actor")):
                identity = each.get(key)
                if isinstance(identity, str) and identity.startswith("user"):
                    people.setdefault(identity, _person(shown(str(each.get(name) or "")), identity))
    if chat.get("type") == "personal_chat":
        partner = f"user{chat.get('id')}"
        people.setdefault(partner, _person(shown(str(chat.get("name") or "")), partner))
    return people


def _person(name: str, identity: str) -> Person:
    return Person(f"name:{name.lower()}", name) if name else Person(f"name:telegram {identity}")


def _seconds(each: dict[str, Any]) -> int | None:
    text = str(each.get("date_unixtime") or "")
    if text.isascii() and text.isdecimal() and len(text) < 12:  # noqa: PLR2004 - seconds until the year 5138
        return int(text)
    try:
        return int(datetime.fromisoformat(str(each.get("date"))).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None
