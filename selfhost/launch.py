"""Become a server: drop root, arrange to end with the parent, then exec the command.

This runs as a separate script (`python -I -S launch.py ...`) between fork and exec, because its steps are not safe in the
forked half of a process with threads. It needs the standard library only and exists for a few milliseconds; the server
then has the process id that the parent sees.

Usage: launch.py PARENT_PID DEATH_SIGNAL ACCOUNT COMMAND...
where ACCOUNT is `-` (the present user), `UID:GID`, or `UID:GID:read` (with the right to enter all folders).
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from pathlib import Path

# From linux/prctl.h and linux/capability.h; Python has no names for them.
PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 1 << 2
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
CAPABILITY_VERSION_3 = 0x20080522

# sysexits.h: by these the parent distinguishes a failed start from the server's own exit codes.
EX_NOPERM = 77
EX_UNAVAILABLE = 69


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityData(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def main(arguments: list[str]) -> None:
    """Become the server; never returns, except by raising or exiting."""
    parent_pid, death_signal, account, *command = arguments
    if account != "-":
        uid, gid, *right = account.split(":")
        become(int(uid), int(gid), may_enter_all=bool(right))
    end_with_parent(int(parent_pid), int(death_signal))  # after the change of user, which would clear the setting
    os.execv(command[0], command)  # noqa: S606 - becoming the command is the point; no shell is wanted


def end_with_parent(parent_pid: int, death_signal: int = signal.SIGKILL) -> None:
    """Make Linux send this process a signal when its parent ends, however it ends; the setting survives exec.

    Args:
        parent_pid: the parent. Its end before this call would not be noticed, so in that case this process exits.
        death_signal: the signal.
    """
    if sys.platform != "linux":
        return
    _libc().prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent_pid:
        sys.exit(EX_UNAVAILABLE)


def become(uid: int, gid: int, *, may_enter_all: bool) -> None:
    """Change this process permanently from root to another user.

    Args:
        uid: id of the user.
        gid: id of its group, the only one kept.
        may_enter_all: keep the right to enter folders of mode 0700 (say, a checkout under /root), so that no folder has
            to be opened to all users. The server then reads more than an ordinary user can, and writes no more.
    """
    libc = _libc()
    kept = readable_capability() if may_enter_all else None
    if kept is not None:
        # Otherwise the change of user would remove all rights, and access(2), by which Postgres checks its files, would answer
        # as without the right.
        _checked(libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0))
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if kept is None:
        return
    mask = 1 << kept
    header = _CapabilityHeader(CAPABILITY_VERSION_3, 0)
    data = (_CapabilityData * 2)(_CapabilityData(mask, mask, mask), _CapabilityData(0, 0, 0))
    _checked(libc.capset(ctypes.byref(header), ctypes.byref(data)))
    # Ambient, so that it outlives exec (initdb starts postgres through a shell).
    _checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, kept, 0, 0))


def readable_capability() -> int:
    """Return the smallest capability of this root that opens closed folders; containers often have only the larger one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    permitted = int(status.split("CapPrm:")[1].split()[0], 16)
    for capability in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
        if permitted & (1 << capability):
            return capability
    raise PermissionError("this root has no capability that lets the server enter closed folders")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> None:
    if result != 0:
        code = ctypes.get_errno()
        raise PermissionError(code, os.strerror(code))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(EX_NOPERM)
