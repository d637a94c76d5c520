"""The command line."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from shared.errors import CrmError
from warmpath import calendar, chat, contacts, mail
from warmpath.api import Api, ApiError
from warmpath.settings import Login, login, store_login
from warmpath.terminal import say

if TYPE_CHECKING:
    from collections.abc import Sequence

_FAILED, _INTERRUPTED = 1, 130


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
    chosen = login(options.url, options.token)
    if options.command == "login":
        return _login(options, chosen)
    if not options.path.exists():
        raise ApiError(f'"{options.path}" does not exist')

    def on_wait(seconds: float) -> None:
        say(f"{chosen.url} is busy or away; trying again in {seconds:.0f} s")

    commands = {"mail": mail.run, "calendar": calendar.run, "chat": chat.run, "import": contacts.run}
    with closing(Api(chosen, on_wait)) as api:
        return commands[options.command](options, api, chosen.url)


def _login(options: argparse.Namespace, chosen: Login) -> int:
    if options.email:
        with closing(Api(Login(chosen.url, ""))) as door:
            answer = door.call("POST", "/dev/token", {"email": options.email})
        chosen = Login(chosen.url, str(answer["access_token"]))
    if not chosen.token:
        raise ApiError(
            "Give a personal token: --token wmp_... (Settings in the app makes one), or with `make run`: --email you@example.com"
        )
    with closing(Api(chosen)) as api:
        me = api.call("GET", "/api/crm/users/me")
    path = store_login(chosen)
    say(f"Signed in to {chosen.url} as {me.get('name') or me.get('email') or me['id']}; kept in {path}")
    return 0


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--url", help="address of Warmpath (default: the last login, else http://localhost:8080)")
    common.add_argument("--token", help="a personal token (default: the last login; or WARMPATH_TOKEN)")
    parser = argparse.ArgumentParser(prog="warmpath", description="Warmpath from the terminal.")
    commands = parser.add_subparsers(dest="command", required=True)
    signing = commands.add_parser("login", parents=[common], help="store where Warmpath is and who you are")
    signing.add_argument("--email", help="sign in to a local stack (`make run`) as this address")
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


def _mapping(text: str) -> tuple[str, str]:
    column, _, target = text.rpartition("=")
    if not column or not target:
        raise argparse.ArgumentTypeError(f"write COLUMN=FIELD, not {json.dumps(text)}")
    return column, target
