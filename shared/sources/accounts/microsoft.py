"""Outlook and Exchange Online by Microsoft Graph: messages by the delta of each folder, and what has begun in the calendar.

https://learn.microsoft.com/graph/delta-query-messages and https://learn.microsoft.com/graph/api/calendar-list-calendarview
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.formats.facts import Message, Person
from shared.formats.mail.addresses import normal_address
from shared.formats.mail.machines import is_program
from shared.sources.accounts.account import Part, TryLater
from shared.sources.accounts.api import Expired
from shared.sources.accounts.meetings import meeting_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shared.sources.accounts.api import Api

PAGE = 200
MAX_FOLDERS = 300
_PREFER = {"Prefer": f'odata.maxpagesize={PAGE}, IdType="ImmutableId", outlook.timezone="UTC"'}
_FIELDS = "internetMessageId,from,toRecipients,ccRecipients,bccRecipients,sentDateTime,receivedDateTime,isDraft"
_EVENT_FIELDS = "iCalUId,start,end,isAllDay,isCancelled,organizer,attendees,originalStart"
# Folders that are not read, by the names that Graph knows in every language.
_LEFT_OUT = ("junkemail", "deleteditems", "drafts", "outbox")
_FIRST_YEARS = timedelta(days=5 * 365)
_LOOK_BACK = timedelta(days=2)
_TO_THE_SECOND = 19


class MicrosoftAccount:
    """An account.

    Args:
        api: of Microsoft.
        clock: the present time, seconds since 1970.
    """

    def __init__(self, api: Api, clock: Callable[[], float] = time.time) -> None:
        self._api = api
        self._url = api.provider.api
        self._clock = clock

    def check(self) -> None:
        """See `Account`."""
        self.address()

    def close(self) -> None:
        """See `Account`."""
        self._api.close()

    def address(self) -> str:
        """The address of the mailbox."""
        me = self._api.get(self._url, [("$select", "mail,userPrincipalName")])
        return str(me.get("mail") or me.get("userPrincipalName") or "")

    def parts(self, cursor: dict[str, Any]) -> Iterator[Part]:
        """See `Account`. The cursor has the link of each folder, and until when the calendar was read."""
        places: dict[str, Any] = dict(cursor.get("folders", {}))
        read, calendar = int(cursor.get("read", 0)), cursor.get("calendar", {})
        folders, shown = self._folders()
        for folder in folders:
            for part in self._messages(folder, places):
                read += len(part.lines) + sum(part.left_out.values())
                part.cursor = {
                    "folders": dict(places),
                    "calendar": calendar,
                    "read": read,
                    "words": f"Mail: {read:,} messages.",
                }
                yield self._with_secret(part)
        if shown and not read:
            raise TryLater(f"Microsoft shows {shown:,} messages and gives none of them")
        now = self._clock()
        done = {"folders": {folder: places[folder] for folder in folders if folder in places}, "read": read}
        since = (
            datetime.fromtimestamp(calendar["at"], UTC) - _LOOK_BACK
            if calendar.get("at")
            else datetime.fromtimestamp(now, UTC) - _FIRST_YEARS
        )
        for part in self._events(since, datetime.fromtimestamp(now, UTC)):
            part.cursor = {
                **done,
                "calendar": calendar,
                "words": "Mail is read to its end, and the calendar is being read.",
            }
            yield self._with_secret(part)
        words = f"{read:,} messages and the calendar are read to their end."
        yield self._with_secret(Part([], "messages", {**done, "calendar": {"at": now}, "words": words}, is_last=True))

    def _with_secret(self, part: Part) -> Part:
        part.secret, self._api.tokens.changed = self._api.tokens.changed, None
        return part

    def _folders(self) -> tuple[list[str], int]:
        """The folders to read, and how many messages they show."""
        left_out = set()
        for name in _LEFT_OUT:
            try:
                left_out.add(self._api.get(f"{self._url}/mailFolders/{name}", [("$select", "id")]).get("id"))
            except Expired:  # not every mailbox has each
                continue
        found: dict[str, int] = {}
        waiting = [f"{self._url}/mailFolders"]
        while waiting and len(found) < MAX_FOLDERS:
            place = waiting.pop()
            for row in self._rows(place, [("$top", "100"), ("$select", "id,totalItemCount,childFolderCount")]):
                if row.get("id") not in left_out:
                    found[str(row["id"])] = int(row.get("totalItemCount") or 0)
                    if row.get("childFolderCount"):
                        waiting.append(f"{self._url}/mailFolders/{row['id']}/childFolders")
        return list(found), sum(found.values())

    def _rows(self, url: str, query: list[tuple[str, str]]) -> Iterator[dict[str, Any]]:
        listed = self._api.get(url, query, _PREFER)
        while True:
            yield from listed.get("value", [])
            if not listed.get("@odata.nextLink"):
                return
            listed = self._api.get(self._checked(listed["@odata.nextLink"]), (), _PREFER)

    def _messages(self, folder: str, places: dict[str, Any]) -> Iterator[Part]:
        beginning = f"{self._url}/mailFolders/{folder}/messages/delta"
        while True:
            link = places.get(folder)
            try:
                listed = self._api.get(
                    self._checked(link) if link else beginning, () if link else [("$select", _FIELDS)], _PREFER
                )
            except Expired:
                if not places.pop(folder, None):
                    return  # the folder was deleted meanwhile
                continue  # the link is too old: all of the folder again
            part = self._read(listed.get("value", []))
            following = listed.get("@odata.nextLink")
            places[folder] = self._checked(str(following or listed.get("@odata.deltaLink", "")))
            if part.lines or part.left_out or not link:
                yield part
            if not following:
                return

    def _read(self, rows: list[dict[str, Any]]) -> Part:
        lines: list[bytes] = []
        left_out: Counter[str] = Counter()
        for row in rows:
            if "@removed" in row:
                continue
            if row.get("isDraft"):
                left_out["draft"] += 1
                continue
            sender = _person(row.get("from"))
            at = _seconds(row.get("sentDateTime")) or _seconds(row.get("receivedDateTime"))
            if sender is None or at is None or not row.get("internetMessageId"):
                left_out["no_sender" if sender is None else "no_date"] += 1
                continue
            to, cc, bcc = (
                tuple(person for each in row.get(f"{role}Recipients") or () if (person := _person(each)))
                for role in ("to", "cc", "bcc")
            )
            # lists cannot be told here: the headers of many messages cannot be asked for together
            flags = ("auto",) if is_program(sender.address) else ()
            lines.append(
                Message(str(row["internetMessageId"]).strip("<> "), at, sender, to, cc, bcc, flags).line().encode()
            )
        return Part(lines, "messages", {}, left_out)

    def _events(self, since: datetime, until: datetime) -> Iterator[Part]:
        query = [
            ("startDateTime", since.isoformat()),
            ("endDateTime", until.isoformat()),
            ("$top", str(PAGE)),
            ("$select", _EVENT_FIELDS),
        ]
        lines: list[bytes] = []
        for row in self._rows(f"{self._url}/calendarView", query):
            line = _line(row)
            if line:
                lines.append(line)
            if len(lines) >= PAGE:
                yield Part(lines, "events", {})
                lines = []
        yield Part(lines, "events", {})

    def _checked(self, link: str) -> str:
        """A link of an answer, which must lead to the same place: the token goes with it."""
        if not link.startswith(self._url.removesuffix("/me")):
            raise TryLater("Microsoft's answer leads elsewhere")
        return link


def _person(entry: Any) -> Person | None:
    text, name = _named(entry)
    address = normal_address(text)
    return Person(address, name) if address else None


def _seconds(text: Any) -> int | None:
    try:
        return int(datetime.fromisoformat(str(text)).timestamp())
    except ValueError:
        return None


def _line(event: dict[str, Any]) -> bytes | None:
    start, end = (str((event.get(name) or {}).get("dateTime", ""))[:_TO_THE_SECOND] for name in ("start", "end"))
    if event.get("isAllDay") or not event.get("attendees"):
        return None
    return meeting_line(
        uid=str(event.get("iCalUId", "")),
        original=str(event.get("originalStart") or start)[:_TO_THE_SECOND],
        start=start,
        end=end,
        organizer=_named(event.get("organizer")),
        people=[
            (*_named(each), str((each.get("status") or {}).get("response", "")))
            for each in event["attendees"]
            if each.get("type") != "resource"
        ],
        status="cancelled" if event.get("isCancelled") else "confirmed",
    )


def _named(entry: Any) -> tuple[str, str]:
    found = entry.get("emailAddress") if isinstance(entry, dict) else None
    return (str(found.get("address", "")), str(found.get("name") or "")) if isinstance(found, dict) else ("", "")
