"""Postgres and Redis together, for the local stack and the tests."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dev.postgres import Postgres
from dev.redis_server import Redis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Servers:
    """The running servers; None for one that runs elsewhere."""

    postgres: Postgres | None
    redis: Redis | None


@contextlib.contextmanager
def servers(
    folder: Path, *, postgres: bool = True, redis: bool = True, throwaway: bool = False, binaries: Path | None = None
) -> Iterator[Servers]:
    """Start servers, and stop them when the block ends, however it ends.

    Args:
        folder: the data folder, held by `processes.data_folder`.
        postgres: whether to run Postgres.
        redis: whether to run Redis.
        throwaway: see `Postgres`.
        binaries: see `Postgres`.
    """
    with contextlib.ExitStack() as stack:
        running = Servers(
            Postgres(folder, binaries=binaries, throwaway=throwaway) if postgres else None,
            Redis(folder) if redis else None,
        )
        for server in (running.postgres, running.redis):
            if server is not None:
                stack.callback(server.stop)
                server.start()
        yield running
