"""Gmail by the metadata of messages, and the main calendar of Google, each from where the last run ended.

https://developers.google.com/workspace/gmail/api/guides/sync and https://developers.google.com/workspace/calendar/api/guides/sync
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.formats.mail.fields import WANTED
from shared.formats.mail.message import read_message
from shared.sources.accounts.account import Part, TryLater
from shared.sources.accounts.api import Expired
from shared.sources.accounts.meetings import meeting_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shared.sources.accounts.api import Api

# Messages of one transaction; each is a request.
BATCH = 100
EVENTS = 1_000
_LABELS = {"SPAM": "spam", "TRASH": "trash", "DRAFT": "draft", "CHAT": "chat"}
_LISTS = frozenset({"CATEGORY_PROMOTIONS", "CATEGORY_UPDATES", "CATEGORY_SOCIAL", "CATEGORY_FORUMS"})
_HEADERS = [("metadataHeaders", name.decode()) for name in sorted(WANTED - {b"x-gmail-labels"})]
_LOOK_BACK = timedelta(days=2)


class GoogleAccount:
    """An account.

    Args:
        api: of Google.
        clock: the present time, seconds since 1970.
    """

    def __init__(self, api: Api, clock: Callable[[], float] = time.time) -> None:
        self._api = api
        self._mail = api.provider.api
        self._events_url = f"{api.provider.calendar_api}/calendars/primary/events"
        self._clock = clock

    def check(self) -> None:
        """See `Account`."""
        self.address()

    def close(self) -> None:
        """See `Account`."""
        self._api.close()

    def address(self) -> str:
        """The address of the mailbox."""
        return str(self._api.get(f"{self._mail}/profile").get("emailAddress", ""))

    def parts(self, cursor: dict[str, Any]) -> Iterator[Part]:
        """See `Account`. The cursor has Gmail's history id, the page of a first run, the calendar's token, and when it was read."""
        mail, calendar = dict(cursor.get("mail", {})), dict(cursor.get("calendar", {}))
        places = {"mail": mail, "calendar": calendar}
        for part in self._messages(mail):
            yield self._placed(part, places, f"Mail: {mail.get('read', 0):,} messages.")
        for part in self._events(calendar):
            yield self._placed(part, places, "Mail is read to its end, and the calendar is being read.")
        words = f"{mail.get('read', 0):,} messages and the calendar are read to their end."
        yield self._placed(Part([], "messages", {}, is_last=True), places, words)

    def _placed(self, part: Part, places: dict[str, Any], words: str) -> Part:
        part.cursor = {name: dict(place) for name, place in places.items()} | {"words": words}
        part.secret, self._api.tokens.changed = self._api.tokens.changed, None
        return part

    def _messages(self, place: dict[str, Any]) -> Iterator[Part]:
        if place.get("history"):
            try:
                yield from self._new_messages(place)
            except Expired:  # it is kept for about a week
                place.clear()
            else:
                return
        yield from self._all_messages(place)

    def _all_messages(self, place: dict[str, Any]) -> Iterator[Part]:
        profile = self._api.get(f"{self._mail}/profile")
        # what changes while the pages are read is found by the history that begins here
        began = place.setdefault("began", str(profile.get("historyId", "")))
        read = int(place.get("read", 0))
        while True:
            query = [("maxResults", str(BATCH)), *([("pageToken", place["page"])] if place.get("page") else [])]
            try:
                listed = self._api.get(f"{self._mail}/messages", query)
            except Expired:
                if not place.pop("page", None):
                    raise TryLater("Google does not list the messages") from None
                continue
            ids = [str(each["id"]) for each in listed.get("messages", [])]
            read += len(ids)
            place |= {"read": read, "page": str(listed.get("nextPageToken", ""))}
            if not place["page"]:
                break
            yield self._read(ids)
        if not read and int(profile.get("messagesTotal", 0)):
            raise TryLater(f"Google shows {profile['messagesTotal']:,} messages and gives none of them")
        place |= {"history": began}
        place.pop("page"), place.pop("began")
        yield self._read(ids)

    def _new_messages(self, place: dict[str, Any]) -> Iterator[Part]:
        page, start = "", place["history"]
        while True:
            query = [("startHistoryId", start), ("historyTypes", "messageAdded"), ("maxResults", str(BATCH))]
            listed = self._api.get(f"{self._mail}/history", query + ([("pageToken", page)] if page else []))
            added = [
                each["message"]["id"] for row in listed.get("history", []) for each in row.get("messagesAdded", [])
            ]
            page = str(listed.get("nextPageToken", ""))
            place["read"] = int(place.get("read", 0)) + len(added)
            if not page:
                place["history"] = str(listed.get("historyId") or start)
            if added or not page:
                yield self._read(added)
            if not page:
                return

    def _read(self, ids: list[str]) -> Part:
        lines: list[bytes] = []
        left_out: Counter[str] = Counter()
        for each in dict.fromkeys(ids):
            try:
                message = self._api.get(f"{self._mail}/messages/{each}", [("format", "metadata"), *_HEADERS])
            except Expired:  # deleted meanwhile
                continue
            labels = set(message.get("labelIds", []))
            reason = next((_LABELS[label] for label in sorted(labels & _LABELS.keys())), "")
            read = (
                None
                if reason
                else read_message(
                    _head(message), now=self._clock(), from_line=_from_line(message), is_sent="SENT" in labels
                )
            )
            if read is None or read.message is None:
                left_out[reason or (read.left_out if read else "unreadable")] += 1
                continue
            flags = read.message.flags
            if labels & _LISTS and "list" not in flags:
                flags = ("list", *flags)
            lines.append(read.message._replace(flags=flags).line().encode())
        return Part(lines, "messages", {}, left_out)

    def _events(self, place: dict[str, Any]) -> Iterator[Part]:
        """Events that have changed since the last run, and those that have begun since then, changed or not."""
        now = datetime.fromtimestamp(self._clock(), UTC)
        try:
            found = list(self._pages([("syncToken", place["token"])] if place.get("token") else [], place))
        except Expired:
            place.clear()
            found = list(self._pages([], place))
        yield from found
        if place.get("at"):
            since = datetime.fromtimestamp(place["at"], UTC) - _LOOK_BACK
            window = [("timeMin", since.isoformat()), ("timeMax", now.isoformat())]
            yield from self._pages(window, {})
        place["at"] = now.timestamp()
        yield Part([], "events", {})

    def _pages(self, query: list[tuple[str, str]], place: dict[str, Any]) -> Iterator[Part]:
        page = ""
        while True:
            asked = [
                ("singleEvents", "true"),
                ("maxResults", str(EVENTS)),
                *query,
                *([("pageToken", page)] if page else []),
            ]
            listed = self._api.get(self._events_url, asked)
            lines = [line for each in listed.get("items", []) if (line := _line(each))]
            page = str(listed.get("nextPageToken", ""))
            if listed.get("nextSyncToken"):
                place["token"] = str(listed["nextSyncToken"])
            yield Part(lines, "events", {})
            if not page:
                return


def _head(message: dict[str, Any]) -> bytes:
    fields = message.get("payload", {}).get("headers", [])
    text = "\r\n".join(
        f"{each.get('name', '')}: {each.get('value', '')}".replace("\r", " ").replace("\n", " ") for each in fields
    )
    return text.encode("utf-8", "replace")


def _from_line(message: dict[str, Any]) -> bytes:
    text = str(message.get("internalDate", ""))
    if not text.isdecimal() or len(text) > 14:  # noqa: PLR2004 - milliseconds until the year 5000
        return b""
    return f"From - {datetime.fromtimestamp(int(text) / 1000, UTC):%a %b %d %H:%M:%S %Y}".encode()


def _line(event: dict[str, Any]) -> bytes | None:
    start, end = event.get("start", {}), event.get("end", {})
    if not event.get("attendees") or event.get("eventType", "default") != "default":
        return None
    people = [
        (each.get("email", ""), each.get("displayName", ""), each.get("responseStatus", ""))
        for each in event["attendees"]
        if not each.get("resource")
    ]
    organizer = event.get("organizer", {})
    original = event.get("originalStartTime") or start
    return meeting_line(
        uid=str(event.get("iCalUID", "")),
        original=original.get("dateTime") or original.get("date", ""),
        start=start.get("dateTime") or start.get("date", ""),
        end=end.get("dateTime") or end.get("date", ""),
        organizer=(organizer.get("email", ""), organizer.get("displayName", "")),
        people=people,
        status=str(event.get("status", "")),
    )
