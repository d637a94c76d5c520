"""Server processes that end with this one, their accounts, folders and ports."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pwd
import random
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from shared.errors import CrmError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LAUNCHER = Path(__file__).parent.parent / "selfhost" / "launch.py"
LOOPBACK = "127.0.0.1"

# Below Linux's ephemeral range (32768 to 60999): a client that polls a closed port inside that range can be given
# the very same port as its own end and connect to itself.
PORTS = range(20_000, 32_000)
PORT_ATTEMPTS = 200
OTHER_PORT = 8090

LOCK_TIMEOUT_S = 3.0
POLL_S = 0.02

LOG_LIMIT_BYTES = 10_000_000
OTHERS_MAY_ENTER = 0o001
ROOT = 0


class StackError(CrmError):
    """The local stack cannot go on; the message is one sentence for the person at the terminal."""

    code = "stack_stopped"


@dataclass(frozen=True, slots=True)
class Account:
    """The user that a server runs as when this process is root; Postgres refuses to run as root."""

    uid: int
    gid: int
    may_enter_all: bool = False

    def __str__(self) -> str:
        """The account in the form that `launch.py` reads."""
        return f"{self.uid}:{self.gid}" + (":read" if self.may_enter_all else "")


def account_for(folder: Path, *needed: Path) -> Account | None:
    """Return the account that a server should run as.

    Args:
        folder: the server's data folder, which may not exist yet.
        needed: other files that the server must be able to open.

    Returns:
        None for an ordinary user (the server is the same one); for root the owner of the data, or a system user
        that owns nothing.
    """
    if os.geteuid() != ROOT:
        return None
    owner = folder.stat() if folder.exists() else None
    if owner is not None and owner.st_uid != ROOT:
        uid, gid = owner.st_uid, owner.st_gid
    else:
        user = _system_user()
        uid, gid = user.pw_uid, user.pw_gid
    closed = any(not is_open_to_others(path) for path in (folder, *needed))
    return Account(uid, gid, may_enter_all=closed)


def _system_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise StackError("this machine has no user `nobody` to run Postgres as: start as an ordinary user instead of root")


def is_open_to_others(path: Path) -> bool:
    """Whether any user may pass through all the folders above `path`."""
    return all(parent.stat().st_mode & OTHERS_MAY_ENTER for parent in path.absolute().parents if parent.exists())


def spawn(
    command: Sequence[str | Path],
    *,
    account: Account | None,
    folder: Path,
    log: Path,
    death_signal: signal.Signals = signal.SIGKILL,
    standard_input: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a server that ends with this process, however this ends (on Linux; elsewhere only when it is stopped).

    Call this from the main thread: Linux watches the thread that started the child.

    Args:
        command: an absolute path and its arguments.
        account: account of the server; None for that of this process.
        folder: working folder of the server.
        log: file for the server's output; emptied first when it has become long.
        death_signal: signal to the server when this process has ended.
        standard_input: standard input of the server.
    """
    too_long = log.exists() and log.stat().st_size > LOG_LIMIT_BYTES
    with log.open("wb" if too_long else "ab") as output:
        # A new session: Ctrl-C at the terminal reaches only this process, which stops the servers in order.
        return subprocess.Popen(
            launched(command, account, death_signal),
            cwd=folder,
            stdin=standard_input,
            stdout=output,
            stderr=output,
            start_new_session=True,
            env=server_environment(),
        )


def launched(
    command: Sequence[str | Path], account: Account | None = None, death_signal: signal.Signals = signal.SIGKILL
) -> list[str]:
    """Return the command line that runs a command under `launch.py`, so that it ends with this process."""
    who = "-" if account is None else str(account)
    options = [str(os.getpid()), str(int(death_signal)), who]
    return [sys.executable, "-I", "-S", str(LAUNCHER), *options, *map(str, command)]


def server_environment() -> dict[str, str]:
    """Return a small fixed environment: the caller's PGOPTIONS, LANG or TZ must not change the servers' behaviour."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def stop(process: subprocess.Popen[bytes], *signals: signal.Signals, timeout_s: float) -> None:
    """End a process by signals of increasing force.

    Args:
        process: the process, which may have ended already.
        signals: sent in turn, the next one when `timeout_s` has passed; SIGKILL follows the last.
        timeout_s: seconds to wait after each signal.
    """
    for number in (*signals, signal.SIGKILL):
        if process.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout_s)


def free_port() -> int:
    """Find a port on the loopback address that no process listens on now."""
    for _ in range(PORT_ATTEMPTS):
        port = random.choice(PORTS)
        with contextlib.suppress(StackError):
            reserve_port(port).close()
            return port
    raise StackError(f"no free port between {PORTS.start} and {PORTS.stop}")


def reserve_port(port: int) -> socket.socket:
    """Bind a port without listening: no other process can take it, and clients are refused until the server listens.

    Raises:
        StackError: the port is in use or needs more rights.
    """
    reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind((LOOPBACK, port))
    except (OSError, OverflowError) as error:
        reserved.close()
        code = error.errno if isinstance(error, OSError) else errno.EINVAL
        reason = {
            errno.EADDRINUSE: "is in use by another program",
            errno.EACCES: "may be opened by root only",
        }.get(code or 0, "cannot be opened")
        raise StackError(f"port {port} {reason}: choose another one, as in `make run PORT={OTHER_PORT}`") from error
    return reserved


@contextlib.contextmanager
def data_folder(path: Path) -> Iterator[Path]:
    """Make the data folder when it is missing, and hold its lock: one run at a time.

    Args:
        path: data folder of the stack.

    Yields:
        The absolute path.

    Raises:
        StackError: the folder cannot be written, or another run holds its lock.
    """
    folder = path.absolute()
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
            # The server's user must be able to enter the folder; the files inside have stricter modes.
            folder.chmod(0o711)
        lock = (folder / "lock").open("a+", encoding="ascii")
    except OSError as error:
        raise StackError(
            f"cannot write in {folder} ({error.strerror}): choose another folder with DATA_DIR=..."
        ) from error
    with lock:
        if not _locked(lock):
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise StackError(
                f"{folder} is in use by another run (process {holder}): stop it, or choose another DATA_DIR"
            )
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield folder
        lock.truncate(0)


def _locked(file: IO[str]) -> bool:
    """Take the lock; wait a moment for a run that is stopping."""
    deadline = time.monotonic() + LOCK_TIMEOUT_S
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(POLL_S)
        else:
            return True


def secret_file(path: Path, content: str) -> None:
    """Write a file that only this user may read; it is never readable by others or half-written, not even briefly."""
    temporary = path.with_name(f"{path.name}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
    temporary.replace(path)


def last_lines(log: Path, count: int = 5) -> str:
    """Return the last lines of a log, for the message about a server that did not start."""
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
    except OSError:
        return ""


def say(text: str) -> None:
    """Print one line of progress."""
    print(f"warmpath: {text}", flush=True)
