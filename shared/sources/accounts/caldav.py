"""Calendars by CalDAV (RFC 4791): what has changed since the last run, and what has begun since then."""

from __future__ import annotations

import io
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from shared.errors import CrmError
from shared.formats.calendar.meetings import Calendar
from shared.sources.accounts.account import NeedsAttention, Part, TryLater
from shared.sources.accounts.dav import CAL, CS, NAMESPACES, D, escaped, is_gone, same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shared.sources.accounts.dav import Dav, Listed, Row

# Events of one request and one transaction.
BATCH = 100
MOST_LINES = 2_000
MAX_CALENDARS = 100
# An event of the last two days may have been shown as one to come.
_LOOK_BACK = timedelta(days=2)
# The properties that a meeting is made of; servers may send more, which is dropped.
_PARTS = "".join(
    f'<c:prop name="{name}"/>'
    for name in (
        "UID",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "SEQUENCE",
        "STATUS",
        "ORGANIZER",
        "ATTENDEE",
    )
)
_DATA = (
    '<c:calendar-data><c:comp name="VCALENDAR"><c:comp name="VTIMEZONE"><c:allprop/><c:allcomp/></c:comp>'
    f'<c:comp name="VEVENT">{_PARTS}</c:comp></c:comp></c:calendar-data>'
)


class CalendarAccount:
    """An account.

    Args:
        dav: the server.
        url: where it is, or where its calendars are.
        clock: the present time, seconds since 1970.
    """

    def __init__(self, dav: Dav, url: str, clock: Callable[[], float] = time.time) -> None:
        self._dav = dav
        self._url = url
        self._clock = clock

    def check(self) -> None:
        """See `Account`."""
        self._calendars()

    def close(self) -> None:
        """See `Account`."""
        self._dav.close()

    def parts(self, cursor: dict[str, Any]) -> Iterator[Part]:
        """See `Account`. The cursor has the token of each calendar, its ctag where it has no tokens, and when it was read."""
        calendars = self._calendars()
        places: dict[str, Any] = {url: place for url, place in cursor.get("calendars", {}).items() if url in calendars}
        for number, (url, row) in enumerate(calendars.items(), 1):
            place = dict(places.get(url, {}))
            began = self._clock()
            words = f"Calendar {number} of {len(calendars)}."
            for urls in self._changed(url, row, place):
                yield from self._read(url, urls, {"calendars": places, "words": words})
            if "at" in place:
                yield from self._begun(url, place["at"], {"calendars": places, "words": words})
            # only now: a run that is cut begins this calendar again, and what is counted is known
            places = {**places, url: {**place, "at": began}}
            yield Part([], "events", {"calendars": places, "words": words})
        yield Part(
            [],
            "events",
            {"calendars": places, "words": f"{len(calendars)} calendars are read to their end."},
            is_last=True,
        )

    def _changed(self, url: str, row: Row, place: dict[str, Any]) -> Iterator[list[str]]:
        """The events that are new or changed, some at a time; afterwards the place is behind them."""
        found = self._dav.changes(url, place.get("token", ""))
        if found is None and place.pop("token", ""):
            found = self._dav.changes(url, "")  # the token is too old: all of it again
        if found is None:
            ctag = row.text(f"{CS}getctag")
            if ctag and ctag == place.get("ctag"):
                return
            everything = self._dav.properties(url, "d:getetag", depth=1)
            yield from _some([each.url for each in everything if not same(each.url, url)])
            place["ctag"] = ctag
            return
        while True:
            yield from _some([each.url for each in found.rows if not is_gone(each) and not same(each.url, url)])
            before, place["token"] = place.get("token"), found.token
            if not found.is_cut or found.token == before:
                return
            following = self._dav.changes(url, found.token)
            if following is None:
                return
            found = following

    def _read(self, url: str, urls: list[str], cursor: dict[str, Any]) -> Iterator[Part]:
        """The meetings of some events."""
        hrefs = "".join(f"<d:href>{escaped(urlsplit(each).path)}</d:href>" for each in urls)
        found = self._dav.report(
            url, f"<c:calendar-multiget {NAMESPACES}><d:prop><d:getetag/>{_DATA}</d:prop>{hrefs}</c:calendar-multiget>"
        )
        if found is None:
            raise TryLater(f"{urlsplit(url).hostname} does not give the events of a calendar")
        yield from self._meetings(found, cursor)

    def _begun(self, url: str, since: float, cursor: dict[str, Any]) -> Iterator[Part]:
        """The meetings that have begun since the last run, changed or not: a series goes on without a change."""
        start = datetime.fromtimestamp(since, UTC) - _LOOK_BACK
        end = datetime.fromtimestamp(self._clock(), UTC) + timedelta(minutes=1)
        found = self._dav.report(
            url,
            f'<c:calendar-query {NAMESPACES}><d:prop><d:getetag/>{_DATA}</d:prop><c:filter><c:comp-filter name="VCALENDAR">'
            f'<c:comp-filter name="VEVENT"><c:time-range start="{start:%Y%m%dT%H%M%SZ}" end="{end:%Y%m%dT%H%M%SZ}"/></c:comp-filter>'
            "</c:comp-filter></c:filter></c:calendar-query>",
        )
        if found is not None and found.rows:
            yield from self._meetings(found, cursor)

    def _meetings(self, found: Listed, cursor: dict[str, Any]) -> Iterator[Part]:
        calendar = Calendar(self._clock())
        lines: list[bytes] = []
        left_out: Counter[str] = Counter()
        for row in found.rows:
            data = row.text(f"{CAL}calendar-data")
            if data:
                try:
                    lines += [meeting.line().encode() for meeting in calendar.meetings(io.BytesIO(data.encode()))]
                except CrmError:
                    left_out["unreadable"] += 1
        left_out["unreadable"] += calendar.left_out["unreadable"]
        for at in range(0, len(lines), MOST_LINES):
            yield Part(lines[at : at + MOST_LINES], "events", cursor)
        yield Part([], "events", cursor, {reason: count for reason, count in left_out.items() if count})

    def _calendars(self) -> dict[str, Row]:
        """The collections of events by address.

        Raises:
            NeedsAttention: there is none.
        """
        names = (
            "d:resourcetype",
            "d:current-user-principal",
            "c:calendar-home-set",
            "c:supported-calendar-component-set",
            "s:getctag",
        )
        for start in (self._url, urljoin(self._url, "/.well-known/caldav")):
            rows = self._dav.properties(start, *names)
            if not rows:
                continue
            home = rows[0].href(f"{CAL}calendar-home-set")
            principal = rows[0].href(f"{D}current-user-principal")
            if not home and principal:
                home = next(
                    (row.href(f"{CAL}calendar-home-set") for row in self._dav.properties(principal, *names)), ""
                )
            for place in (start, home):
                inside = self._dav.properties(place, *names, depth=1) if place else []
                calendars = {row.url: row for row in inside if _is_calendar(row)}
                if calendars:
                    return dict(list(calendars.items())[:MAX_CALENDARS])
        raise NeedsAttention(f"no calendar is at {self._url[:200]}")


def _is_calendar(row: Row) -> bool:
    kind, components = row.props.get(f"{D}resourcetype"), row.props.get(f"{CAL}supported-calendar-component-set")
    if kind is None or kind.find(f"{CAL}calendar") is None:
        return False
    return components is None or any(each.get("name") == "VEVENT" for each in components)


def _some(urls: list[str]) -> Iterator[list[str]]:
    yield from (urls[at : at + BATCH] for at in range(0, len(urls), BATCH))
