"""Calendars: bytes of iCalendar files (RFC 5545) to facts of who met whom.

- `lines`: unfolded lines and their parameters. `zones`: time zones, as the file describes them. `rules`: repeated events.
- `events`: one event. `meetings`: a whole file as meetings, each occurrence of a series by itself.

`frontend/src/features/sources/reading/` reads the same in the browser; `tests/fixtures/calendar_cases.json` holds both to one answer.
"""
