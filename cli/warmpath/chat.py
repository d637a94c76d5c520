"""`warmpath chat`: who wrote to or called whom, out of LinkedIn's, WhatsApp's, Telegram's and Slack's exports and backups of a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.formats.chat.files import ChatExport
from warmpath.sending import send
from warmpath.terminal import Progress, choose, print_json, reasons, say

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from warmpath.api import Api

_MOST_CANDIDATES = 12


def run(options: argparse.Namespace, api: Api, url: str) -> int:
    """Look through an export, ask, and send; return the exit status."""
    path: Path = options.path
    export = ChatExport(path)
    for _ in export.facts():
        pass
    writers = sorted(export.people, key=lambda address: -export.people[address])[:_MOST_CANDIDATES]
    candidates = [(address, "says the export") for address in sorted(export.mine)]
    candidates += [(each, f"wrote {export.people[each]:,} times") for each in writers if each not in export.mine]
    mine = sorted({*options.mine, *export.mine}) if options.mine or export.mine else None
    mine = mine or choose("Who are you?", candidates, [])
    if not mine:
        listed = ", ".join(address for address, _ in candidates) or "nobody wrote"
        say(f'Say who you are in it, such as --mine "name:ana silva" (those who wrote: {listed})')
        return 2
    outcome: dict[str, Any] = {
        "kind": export.kind,
        "messages": export.messages,
        "left_out": dict(export.left_out),
        "mine": mine,
    }
    if not options.json:
        say(f"{export.messages:,} messages and calls ({export.kind}), {len(export.people):,} people wrote")
        for reason in reasons(export.left_out):
            say(f"  left out: {reason}")
    if not options.dry_run:
        progress = Progress(f"Sending {path.name}", path.stat().st_size, quiet=options.json)
        lines = (message.line() for message in ChatExport(path).facts(progress.bytes_read))
        kind = "linkedin" if export.kind == "linkedin" else "chat_file"
        sent = send(api, path, lines, kind=kind, of="messages", name=options.name or path.name, mine=mine, url=url)
        progress.end()
        outcome["sent"] = sent.as_dict()
        if not options.json:
            say(f"{sent.counted:,} counted, {sent.known:,} known before")
            for reason in reasons(sent.left_out):
                say(f"  left out: {reason}")
    if options.json:
        print_json(outcome)
    return 0
