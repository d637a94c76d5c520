"""A Dovecot of the tests' own, and accounts whose events are delivered by hand."""

from __future__ import annotations

import getpass
import json
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from dev.processes import free_port
from shared.edge.deps import deps

ME = "me@example.com"
PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
{identities}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail/%u:LAYOUT=fs
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users/%u
}}
userdb {{
  driver = static
  args = uid={mail} gid={group} home={folder}/home/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Junk {{
    auto = create
    special_use = \\Junk
  }}
  mailbox Drafts {{
    auto = create
    special_use = \\Drafts
  }}
}}
"""


class Dovecot:
    """A running Dovecot."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._count = 0

    def start(self) -> None:
        for name in ("run", "state", "mail", "home", "users"):
            (self.folder / name).mkdir(exist_ok=True)
        config = CONFIG.format(
            folder=self.folder, port=self.port, identities=self._identities(), mail=self.uid, group=self.gid
        )
        (self.folder / "dovecot.conf").write_text(config)
        self._own(self.folder / "mail", self.folder / "home")
        self._process = subprocess.Popen([PROGRAM, "-F", "-c", str(self.folder / "dovecot.conf")])
        for _ in range(500):
            if (self.folder / "log").exists() and "starting up" in (self.folder / "log").read_text():
                break
            time.sleep(0.02)

    def _identities(self) -> str:
        """Dovecot never runs as root: then its own users do, and the mail belongs to one of them."""
        if os.getuid() == 0:
            self.uid, self.gid = pwd.getpwnam("dovecot")[2:4]
            return ""
        self.uid, self.gid = os.getuid(), os.getgid()
        return "\n".join(
            f"default_{name} = {getpass.getuser()}" for name in ("internal_user", "internal_group", "login_user")
        )

    def _own(self, *paths: Path) -> None:
        for path in paths:
            os.chown(path, self.uid, self.gid)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def user(self, name: str, password: str = "secret") -> None:
        """Makes a user, or changes the password of one."""
        file = self.folder / "users" / name
        if file.exists():
            time.sleep(1.1)  # Dovecot looks at a file once a second
        file.write_text(f"{name}:{{PLAIN}}{password}\n")

    def deliver(self, user: str, text: str, folder: str = "", flags: str = "") -> Path:
        """Puts a message into a folder."""
        self._count += 1
        cur = self.folder / "mail" / user / folder / "cur"
        for name in ("cur", "new", "tmp"):
            (cur.parent / name).mkdir(parents=True, exist_ok=True)
        self._own(cur.parent.parent, cur.parent, *(cur.parent / name for name in ("cur", "new", "tmp")))
        path = cur / f"{1_700_000_000 + self._count}.{self._count}.test:2,{flags}"
        path.write_text(text)
        self._own(path)
        return path


def mail(
    number: int | str, sender: str = "Ana Lima <ana@acme.example>", to: str = ME, days: float = 1.0, more: str = ""
) -> str:
    """A message with a body that must not be read."""
    at = format_datetime(datetime.now(UTC) - timedelta(days=days))
    return f"From: {sender}\r\nTo: {to}\r\nDate: {at}\r\nMessage-ID: <{number}@test>\r\nSubject: A secret\r\n{more}\r\n{'body ' * 400}\r\n"


@pytest.fixture(scope="session")
def dovecot() -> Any:
    if not Path(PROGRAM).exists():
        pytest.skip("Dovecot is not installed: apt-get install dovecot-imapd")
    # others must be able to enter the folder, and the path of a socket has at most 107 characters
    with tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        running = Dovecot(Path(folder))
        running.start()
        yield running
        running.stop()


@pytest.fixture
def box(dovecot, user_id):
    """The name of a fresh mail user."""
    name = f"u{user_id.hex[:12]}"
    dovecot.user(name)
    return name


@pytest.fixture
def deliver(api, owner, user_id):
    """Delivers the events of accounts, slice after slice, until none is queued."""

    def run(most: int = 50) -> int:
        for delivered in range(most):
            rows = owner.run(
                "delete from crm.outbox where id in (select id from crm.outbox where topic = 'source-sync' and user_id = :u::uuid limit 1) returning data::text",
                u=user_id,
            )
            if not rows:
                return delivered
            deps().accounts.process(rows[0][0])
        return most

    return run


@pytest.fixture
def connect(api):
    """Connects an IMAP account, and returns its source."""

    def make(port: int, username: str, password: str = "secret", **more: Any) -> dict[str, Any]:
        account = {
            "host": "127.0.0.1",
            "port": port,
            "security": "none",
            "username": username,
            "password": password,
            **more,
        }
        answer = api.post(
            "/api/crm/sources", json={"kind": "imap", "name": "Mail", "addresses": [ME], "account": account}
        )
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    return make


@pytest.fixture
def shown(api):
    """A source as the API shows it."""
    return lambda source: api.get(f"/api/crm/sources/{source['id']}").json


@pytest.fixture
def sync(api, deliver, shown):
    """Reads an account to its end, and returns the source."""

    def run(source: dict[str, Any]) -> Any:
        assert api.post(f"/api/crm/sources/{source['id']}/sync").status_code == 202
        deliver()
        return shown(source)

    return run


def evidence(owner: Any, user_id: Any) -> dict[str, list[int]]:
    """For each address how often it was written to and wrote."""
    rows = owner.run(
        "select c.address, sum(e.n_ab)::int, sum(e.n_ba)::int from crm.evidence e join crm.correspondents c on c.user_id = e.user_id and c.no = e.b where e.user_id = :u::uuid and e.a = 0 group by 1 order by 1",
        u=user_id,
    )
    return {address: [sent, received] for address, sent, received in rows}


def stored(owner: Any, user_id: Any) -> str:
    """Everything in the tables of sources, as text."""
    tables = ("sources", "source_accounts", "correspondents", "correspondent_names", "counted", "evidence", "jobs")
    return json.dumps(
        [
            owner.run(f"select to_jsonb(t)::text from crm.{name} t where user_id = :u::uuid", u=user_id)
            for name in tables
        ]
    )
