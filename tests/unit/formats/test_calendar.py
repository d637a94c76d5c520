from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from shared.errors import TooLarge, UnsupportedFormat
from shared.formats.calendar import lines, meetings, rules
from shared.formats.calendar.meetings import Calendar, calendar_meetings
from shared.formats.calendar.rules import Budget, occurrences, rule_of

# The same table is run by frontend/src/features/sources/reading/calendar.test.ts.
CASES = json.loads((Path(__file__).parents[2] / "fixtures" / "calendar_cases.json").read_text(encoding="utf-8"))
EVENT = "BEGIN:VEVENT\nUID:{uid}\nDTSTART:{start}\n{more}ATTENDEE:mailto:ben@globex.example\nEND:VEVENT\n"


def of(*events: str) -> str:
    return "BEGIN:VCALENDAR\n" + "".join(events) + "END:VCALENDAR\n"


@pytest.mark.parametrize("chunk", [7, 1024 * 1024])
@pytest.mark.parametrize("case", CASES["calendars"], ids=lambda case: case["name"])
def test_a_calendar_becomes_one_line_for_each_meeting(
    case: dict[str, Any], chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "CHUNK_BYTES", chunk)
    calendar = Calendar(CASES["now"])
    found = calendar.meetings(io.BytesIO(case["content"].encode()))
    assert [meeting.line() for meeting in found] == case["lines"]
    assert dict(calendar.left_out) == case["left_out"]
    assert dict(calendar.mine) == case["mine"]
    assert sorted(calendar.named) == case["named"]


def test_a_takeout_and_a_folder_read_like_the_calendars_in_them(tmp_path: Path) -> None:
    content = [of(EVENT.format(uid=uid, start="20240110T090000Z", more="")) for uid in "ab"]
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w") as archive:
        archive.writestr("Takeout/Kalender/Arbeit.ics", content[0])
        archive.writestr("Takeout/Kalender/Privat.ics", content[1])
        archive.writestr("Takeout/archive_browser.html", "<html>")
    (tmp_path / "folder").mkdir()
    for name, text in zip("ab", content, strict=True):
        (tmp_path / "folder" / f"{name}.ics").write_text("\ufeff" + text)
    for path in (tmp_path / "takeout.zip", tmp_path / "folder"):
        assert [meeting.id[0] for meeting in calendar_meetings(path, Calendar(CASES["now"]))] == ["a", "b"]


def test_a_file_without_a_calendar_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "notes.ics").write_text("hello")
    with pytest.raises(UnsupportedFormat, match=r"notes\.ics"):
        list(calendar_meetings(tmp_path / "notes.ics", Calendar(CASES["now"])))


def test_rules_that_never_fit_end_in_a_refusal_and_not_in_days_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_DAYS", 100_000)
    never = EVENT.format(uid="a", start="19710110T090000Z", more="RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31\n")
    calendar = Calendar(CASES["now"])
    calendar._budget = Budget(100_000)
    with pytest.raises(TooLarge, match="repeat too often"):
        list(calendar.meetings(io.BytesIO(of(*[never.replace("UID:a", f"UID:{n}") for n in range(50)]).encode())))


def test_a_calendar_of_endless_series_ends_in_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetings, "MOST_MEETINGS", 1000)
    daily = EVENT.format(uid="a", start="20200110T090000Z", more="RRULE:FREQ=DAILY\n")
    with pytest.raises(TooLarge, match="1000 meetings"):
        list(Calendar(CASES["now"]).meetings(io.BytesIO(of(daily).encode())))


def test_a_line_that_never_ends_is_cut() -> None:
    text = b"BEGIN:VCALENDAR\nX:" + b"x" * 5_000_000 + b"\n y\nBEGIN:VEVENT\n"
    found = list(lines.unfolded(io.BytesIO(text)))
    assert [len(line) <= lines.LONGEST_LINE for line in found] == [True, True, True]
    assert found[2] == b"BEGIN:VEVENT"


@pytest.mark.parametrize(
    "line",
    [
        "ATTENDEE" + ';A="' * 10_000,
        "ATTENDEE" + ";A=b,c" * 10_000,
        "X" * 60_000,
        ";" * 60_000,
        ":" * 60_000,
        'A;B="' + "x" * 60_000,
    ],
)
def test_a_line_made_to_be_slow_is_read_within_the_test_s_time(line: str) -> None:
    lines.property_of(line)
    lines.property_of(line + ":mailto:ben@globex.example")


def test_a_rule_gives_no_time_before_its_start_and_none_twice() -> None:
    start = datetime(2024, 1, 10, 9)  # noqa: DTZ001 - on the calendar's clock
    for text in (
        "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        "FREQ=MONTHLY;BYMONTHDAY=1,10,-1",
        "FREQ=YEARLY;BYWEEKNO=1,2,53",
        "FREQ=YEARLY;BYDAY=MO",
    ):
        found = occurrences(start, rule_of(text), until=datetime(2025, 1, 1), most=500)  # noqa: DTZ001
        assert found[0] == start
        assert found == sorted(set(found))
