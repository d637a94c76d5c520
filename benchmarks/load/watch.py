"""What processes use, read from /proc: processor time, and memory that is their own."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_TICKS_MS = 1000 / os.sysconf("SC_CLK_TCK")


def cpu_ms(pid: int) -> float:
    """Processor time of a process and all its children, ended ones included, in steps of 10 ms."""
    ticks = 0
    for process in _family(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks * _TICKS_MS


def memory(pid: int) -> int:
    """Bytes that a process and its children have for themselves: not files, not what is shared, say, as buffers."""
    total = 0
    for process in _family(pid):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss_Anon:"):
                    total += int(line.split()[1]) * 1024
    return total


def _family(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        process = waiting.pop()
        found.append(process)
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{process}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
    return found
