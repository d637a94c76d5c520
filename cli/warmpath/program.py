"""The command line."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from shared.errors import CrmError
from warmpath import asking, calendar, chat, completion, contacts, mail, signing_in
from warmpath.api import Api, ApiError
from warmpath.settings import login
from warmpath.terminal import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FAILED, _INTERRUPTED = 1, 130
FILES: dict[str, Callable[[argparse.Namespace, Api, str], int]] = {
    "mail": mail.run, "calendar": calendar.run, "chat": chat.run, "import": contacts.run,
}  # fmt: skip
COMMANDS = FILES | {
    "search": asking.search, "path": asking.path, "due": asking.due, "note": asking.note, "log": asking.log, "export": asking.export, "sync": asking.sync,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its status: 0 done, 1 refused, 2 wrongly called, 130 interrupted."""
    options = _parser().parse_args(arguments)
    try:
        sys.exit(_run(options))
    except (ApiError, CrmError, OSError) as error:
        say(f"warmpath: {error}")
        sys.exit(_FAILED)
    except KeyboardInterrupt:
        say("Stopped. The same command goes on where it was.")
        sys.exit(_INTERRUPTED)


def _run(options: argparse.Namespace) -> int:
    if options.command == "completion":
        print(completion.script(_parser(), options.shell), end="")
        return 0
    chosen = login(options.url, options.token)
    if options.command == "login":
        return signing_in.run(options, chosen)
    if options.command in FILES and not options.path.exists():
        raise ApiError(f'"{options.path}" does not exist')

    def on_wait(seconds: float) -> None:
        say(f"{chosen.url} is busy or away; trying again in {seconds:.0f} s")

    with closing(Api(chosen, on_wait)) as api:
        return COMMANDS[options.command](options, api, chosen.url)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--url", help="address of Warmpath (default: the last login, else http://localhost:8080)")
    common.add_argument("--token", help="a personal token (default: the last login; or WARMPATH_TOKEN)")
    parser = argparse.ArgumentParser(prog="warmpath", description="Warmpath from the terminal.")
    commands = parser.add_subparsers(dest="command", required=True)
    signing = commands.add_parser("login", parents=[common], help="store where Warmpath is and who you are")
    signing.add_argument("--device", action="store_true", help="show a code to type in a browser on another machine")
    signing.add_argument("--email", help="sign in to a local stack (`make run`) as this address")
    _add_questions(commands, common)
    for name, words in (
        ("mail", "read who wrote to whom out of mbox, Takeout, Maildir, .eml or PST, and send it"),
        ("calendar", "read who met whom out of .ics or Takeout, and send it"),
        (
            "chat",
            "read who wrote to or called whom out of LinkedIn's or Slack's zip, WhatsApp, Telegram, SMS Backup & Restore",
        ),
    ):
        command = commands.add_parser(name, parents=[common], help=words, description=words)
        command.add_argument("path", type=Path, help="the file or folder")
        command.add_argument(
            "--mine", action="append", default=[], metavar="ADDRESS", help="an address of yours; may be repeated"
        )
        command.add_argument("--name", help="name of the source (default: the file's)")
        command.add_argument("--dry-run", action="store_true", help="look through the file and send nothing")
        command.add_argument("--json", action="store_true", help="print the outcome as JSON, and nothing else")
    words = "import contacts: CSV, Excel, vCard, JSON, LDIF, a zip of LinkedIn's export"
    importing = commands.add_parser("import", parents=[common], help=words, description=words)
    importing.add_argument("path", type=Path, help="the file")
    importing.add_argument("--dry-run", action="store_true", help="only report what would change")
    importing.add_argument(
        "--on-duplicate", choices=("update", "newest", "skip"), help="how contacts that exist are treated"
    )
    importing.add_argument(
        "--map", action="append", default=[], type=_mapping, metavar="COLUMN=FIELD", help="read a column as a field"
    )
    importing.add_argument("--tag", action="append", default=[], help="a tag for all contacts of the file")
    importing.add_argument("--tie-to-me", type=float, metavar="STRENGTH", help="tie each to yourself, from 0 to 1")
    importing.add_argument("--json", action="store_true", help="print the outcome as JSON, and nothing else")
    return parser


def _add_questions(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    def add(name: str, words: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, parents=[common], help=words, description=words)
        command.add_argument("--json", action="store_true", help="print the answer as JSON, and nothing else")
        return command

    who = "an id, an e-mail address, or the full name"
    searching = add("search", "find people by any words, the best match first")
    searching.add_argument("words", nargs="+", metavar="WORDS")
    searching.add_argument("--limit", type=int, default=10)
    finding = add("path", "who can introduce me, the likeliest path first")
    finding.add_argument("person", metavar="PERSON", help=who)
    finding.add_argument("--paths", type=int, choices=range(1, 6), default=3, help="how many")
    add("due", "whom to talk to today").add_argument("--limit", type=int, default=20)
    noting = add("note", "add a note to a person")
    noting.add_argument("person", metavar="PERSON", help=who)
    noting.add_argument("text", nargs="*", help="the note; standard input when left out")
    logging = add("log", "record that you met, called or wrote to a person")
    logging.add_argument("person", metavar="PERSON", help=who)
    logging.add_argument("--kind", choices=("call", "meeting", "message", "email"), default="call")
    logging.add_argument("--direction", choices=("in", "out", "both"), default="both")
    logging.add_argument("--at", type=_time, help="when, such as 2026-11-30T09:00 (default: now)")
    logging.add_argument("--note", help="a line about it")
    exporting = add("export", "all contacts, to a file or standard output")
    exporting.add_argument("--format", choices=("csv", "vcf", "json"), default="csv")
    exporting.add_argument("--output", type=Path, metavar="FILE")
    syncing = add("sync", "the sources and accounts: how far they are, or read them now")
    syncing.add_argument("what", nargs="?", choices=("status", "now"), default="status")
    completing = commands.add_parser(
        "completion", help='print what a shell completes: eval "$(warmpath completion bash)"'
    )
    completing.add_argument("shell", choices=completion.SHELLS)


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise argparse.ArgumentTypeError(f"write a time such as 2026-11-30T09:00, not {json.dumps(text)}") from None


def _mapping(text: str) -> tuple[str, str]:
    column, _, target = text.rpartition("=")
    if not column or not target:
        raise argparse.ArgumentTypeError(f"write COLUMN=FIELD, not {json.dumps(text)}")
    return column, target
