"""Save and restore from the terminal: `python -m operate.backup save|restore|show FILE`. See docs/recovery.md.

The database is the one of `DATABASE_URL`, or else the local stack's in `DATA_DIR`.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pg8000.exceptions import DatabaseError, InterfaceError

from dev.processes import data_folder, say
from dev.servers import servers
from dev.stack import Options
from operate.backup.archive import reading, writing
from operate.backup.everything import restore_everything, restore_files, save_everything
from operate.backup.users import restore_user, save_user
from operate.database import reachable
from shared.errors import CrmError
from shared.plumbing.redis.client import RedisUnavailable
from shared.plumbing.redis.opening import open_redis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from operate.backup.archive import Manifest


def main() -> None:
    """Run one command, or exit with the reason in one sentence."""
    asked = _parser().parse_args()
    try:
        {"save": _save, "restore": _restore, "show": _show}[asked.command](asked)
    except CrmError as error:
        sys.exit(f"warmpath: {error}")
    except DatabaseError as error:
        fields = error.args[0] if isinstance(error.args[0], dict) else {}
        sys.exit(f"warmpath: the database refuses, and nothing was changed: {fields.get('M', error)}")
    except (InterfaceError, OSError, RedisUnavailable) as error:
        sys.exit(f"warmpath: a server went away: {error!r}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m operate.backup", description="Backups of everything, or of one user."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    save = commands.add_parser("save", help="write a backup while the product runs")
    restore = commands.add_parser(
        "restore", help="put a backup into an empty database, or one user into a database with others"
    )
    show = commands.add_parser("show", help="list what a backup holds")
    for command in (save, restore, show):
        command.add_argument("file", type=Path)
    save.add_argument("--user", help="save this user alone: address or id")
    restore.add_argument("--user", help="restore this user alone from a backup of everything: address or id")
    restore.add_argument("--replace", action="store_true", help="also into a database with users, which are deleted")
    return parser


def _save(asked: argparse.Namespace) -> None:
    options = Options.from_environment()
    with reachable(options) as url, writing(asked.file) as writer:
        if asked.user:
            manifest = save_user(url, writer, asked.user)
        else:
            manifest = save_everything(url, writer, None if options.database_url else options.folder)
    say(f"{asked.file} holds {_summary(manifest)}; the file contains personal data, and only you can read it")


def _restore(asked: argparse.Namespace) -> None:
    options = Options.from_environment()
    with reading(asked.file) as reader:
        if asked.user or reader.manifest.user:
            with reachable(options) as url:
                user = restore_user(url, reader, asked.user)
            say(f"user {user} is restored, as of {reader.manifest.saved_at}")
            return
        if options.database_url:
            newer = restore_everything(options.database_url, reader, replace=asked.replace)
            empty_cache(os.environ)
        else:
            # While this process holds the folder's lock, the stack is stopped, and its Redis with it.
            with data_folder(options.folder) as folder, servers(folder, redis=False) as running:
                assert running.postgres is not None
                newer = restore_everything(running.postgres.url(), reader, replace=asked.replace)
                restore_files(folder, reader)
        say(f"restored {_summary(reader.manifest)}, and applied {len(newer)} newer migrations")


def empty_cache(environ: Mapping[str, str]) -> None:
    """Empty the cache, which may hold contacts of the database before the restore."""
    url = environ.get("REDIS_URL", "")
    if not url:
        say(
            "empty the cache before users return (or set REDIS_URL next time): it may hold contacts from before the restore"
        )
        return
    client = open_redis(url, environ.get("REDIS_CA_FILE", ""), cluster=environ.get("REDIS_MODE") == "cluster")
    client.on_every_server("FLUSHDB")
    client.close()


def _show(asked: argparse.Namespace) -> None:
    with reading(asked.file) as reader:
        manifest = reader.manifest
    print(f"{_summary(manifest)}; from Postgres {manifest.postgres}")
    for table in manifest.tables:
        print(f"{table.rows:>12,} {table.name:<22} {table.sha256}")


def _summary(manifest: Manifest) -> str:
    rows = sum(table.rows for table in manifest.tables)
    whose = f"user {manifest.user}" if manifest.user else "everything"
    return f"{whose} as of {manifest.saved_at}, schema {max(manifest.migrations)}, {rows:,} rows"


if __name__ == "__main__":
    main()
