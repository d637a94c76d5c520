"""Mail by IMAP: the headers of all folders but those of spam, trash and drafts, from where the last run ended."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from shared.formats.mail.fields import WANTED
from shared.formats.mail.machines import folder_kind
from shared.formats.mail.message import read_message
from shared.sources.accounts.account import Part, TryLater
from shared.sources.accounts.imap_client import ImapClient, date_of, uid_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shared.sources.accounts.imap_client import Folder, Response

# A range of UIDs begins with this width. It grows where messages are sparse, and shrinks where they are dense.
WIDTH = 500
_WIDEST = 2**31
_FEW, _MANY = 100, 2_000
# Lines of one transaction.
BATCH = 2_000
MAX_READ_FOLDERS = 200
_FIELDS = " ".join(sorted(name.decode().upper() for name in WANTED - {b"x-gmail-labels"}))
_LEFT_OUT = ("spam", "trash", "draft", "chat")
_SPECIAL = {b"\\junk": "spam", b"\\trash": "trash", b"\\drafts": "draft", b"\\sent": "sent", b"\\all": "all"}
_DATE = re.compile(r"\s*(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4})", re.ASCII)


class ImapAccount:
    """An account.

    Args:
        connect: opens and signs in a connection.
        clock: the present time, seconds since 1970.
    """

    def __init__(self, connect: Callable[[], ImapClient], clock: Callable[[], float] = time.time) -> None:
        self._connect = connect
        self._clock = clock

    def check(self) -> None:
        """See `Account`."""
        self._connect().close()

    def close(self) -> None:
        """See `Account`: each reading has a connection of its own."""

    def parts(self, cursor: dict[str, Any]) -> Iterator[Part]:
        """See `Account`. The cursor has the next UID of each folder, with the UIDVALIDITY that it belongs to."""
        client = self._connect()
        try:
            folders = chosen(client.folders())
            if not folders:
                raise TryLater("the server shows no folder")
            places: dict[str, Any] = {
                name: place for name, place in cursor.get("folders", {}).items() if name in folders
            }
            shown = given = 0
            for name, folder in folders.items():
                yield from self._folder(client, folder, name, places)
                place = places.get(name, {})
                shown, given = shown + place.get("shown", 0), given + place.get("given", 0)
            if shown and not given:
                raise TryLater(f"the server shows {shown:,} messages and gives none of them")
            words = f"{len(folders)} folders with {shown:,} messages are read to their end."
            yield Part([], "messages", {"folders": places, "words": words}, is_last=True)
        finally:
            client.close()

    def _folder(self, client: ImapClient, folder: Folder, name: str, places: dict[str, Any]) -> Iterator[Part]:
        opened = client.open(folder)
        if opened is None:
            return
        place = places.get(name)
        if place is None or place["validity"] != opened.validity:
            place = {"validity": opened.validity, "next": 1, "given": 0}
        place["shown"] = opened.exists
        places[name] = place
        last = client.last_uid() if opened.exists else 0
        is_sent = _kind(folder) == "sent"
        first, width = place["next"], WIDTH
        while first <= last:
            end = min(first + width - 1, last)
            lines: list[bytes] = []
            left_out: Counter[str] = Counter()
            met, highest = 0, 0
            for response in client.headers(first, end, _FIELDS):
                uid = uid_of(response)
                if not first <= uid <= end or not response.literals:
                    continue  # servers answer with the last message where a range has none
                met, highest = met + 1, max(highest, uid)
                self._read(response, lines, left_out, is_sent=is_sent)
                if len(lines) >= BATCH:
                    # the place stays: an answer that is cut begins again, and what is counted is known
                    yield Part(lines, "messages", self._cursor(places, name), left_out)
                    lines, left_out = [], Counter()
            if highest:
                # Only what was given moves the place: a last UID that is too high would hide the messages to come.
                place["next"], place["given"] = highest + 1, place["given"] + met
            first = end + 1
            if met:
                yield Part(lines, "messages", self._cursor(places, name), left_out)
            width = min(width * 4, _WIDEST) if met < _FEW else max(width // 2, WIDTH) if met > _MANY else width

    def _read(self, response: Response, lines: list[bytes], left_out: Counter[str], *, is_sent: bool) -> None:
        if b"\\draft" in response.text.lower():
            left_out["draft"] += 1
            return
        read = read_message(
            response.literals[0], now=self._clock(), from_line=_from_line(date_of(response)), is_sent=is_sent
        )
        if read.message is None:
            left_out[read.left_out] += 1
        else:
            lines.append(read.message.line().encode())

    def _cursor(self, places: dict[str, Any], name: str) -> dict[str, Any]:
        place = places[name]
        words = f"{_readable(name)}: {place['given']:,} of {place['shown']:,} messages."
        return {"folders": {key: dict(value) for key, value in places.items()}, "words": words}


def chosen(folders: list[Folder]) -> dict[str, Folder]:
    """The folders to read by name: the one of all mail where there is one, else all but those of spam, trash and drafts."""
    every = [folder for folder in folders if b"\\all" in folder.flags]
    read = every[:1] or [folder for folder in folders if _kind(folder) not in _LEFT_OUT]
    return {folder.name.decode("latin-1"): folder for folder in read[:MAX_READ_FOLDERS]}


def _kind(folder: Folder) -> str:
    for flag in folder.flags & _SPECIAL.keys():
        return _SPECIAL[flag]
    return folder_kind(_readable(folder.name.decode("latin-1")))


def _readable(name: str) -> str:
    """The name of a folder out of modified UTF-7 (RFC 3501, 5.1.3)."""

    def decoded(match: re.Match[str]) -> str:
        if match[1] == "":
            return "&"
        try:
            return f"+{match[1].replace(',', '/')}-".encode("ascii").decode("utf-7")
        except UnicodeError:
            return match[0]

    return re.sub(r"&([^-]*)-", decoded, name)


def _from_line(date: str) -> bytes:
    """The time of the server in the form in which a mailbox file has it, for messages without a date of their own."""
    match = _DATE.match(date)
    if not match:
        return b""
    day, month, year, clock, zone = match.groups()
    return f"From - Mon {month} {day} {clock} {zone} {year}".encode()
