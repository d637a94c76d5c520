"""`warmpath calendar`: who met whom, out of calendar files."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from shared.formats.calendar.meetings import Calendar, calendar_meetings
from warmpath.sending import send
from warmpath.terminal import Progress, choose, print_json, reasons, say

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from warmpath.api import Api

_MOST_CANDIDATES = 12


def run(options: argparse.Namespace, api: Api, url: str) -> int:
    """Look through calendars, ask, and send; return the exit status."""
    path: Path = options.path
    now = time.time()
    calendar = Calendar(now)
    meetings = sum(1 for _ in calendar_meetings(path, calendar))
    common = calendar.mine.most_common(_MOST_CANDIDATES)
    candidates = [(address, "the calendar's name") for address in sorted(calendar.named)]
    candidates += [(address, f"in {times:,} meetings") for address, times in common if address not in calendar.named]
    marked = sorted(calendar.named) or [address for address, times in common[:1] if times * 2 > meetings]
    mine = options.mine or choose("Which addresses are yours?", candidates, marked)
    if not mine:
        listed = ", ".join(address for address, _ in candidates) or "none found"
        say(f"Say which addresses are yours: --mine me@example.com (likely ones: {listed})")
        return 2
    outcome: dict[str, Any] = {"meetings": meetings, "left_out": dict(calendar.left_out), "mine": mine}
    if not options.json:
        say(f"{meetings:,} meetings")
        for reason in reasons(calendar.left_out):
            say(f"  left out: {reason}")
    if not options.dry_run:
        progress = Progress(f"Sending {path.name}", path.stat().st_size, quiet=options.json)
        lines = (meeting.line() for meeting in calendar_meetings(path, Calendar(now), progress.bytes_read))
        name = options.name or path.name
        sent = send(api, path, lines, kind="calendar_file", of="events", name=name, mine=mine, url=url)
        progress.end()
        outcome["sent"] = sent.as_dict()
        if not options.json:
            say(f"{sent.counted:,} meetings counted, {sent.known:,} known before")
            for reason in reasons(sent.left_out):
                say(f"  left out: {reason}")
    if options.json:
        print_json(outcome)
    return 0
