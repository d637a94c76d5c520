"""Sends requests at a rate, whatever becomes of those before them, and measures each from when it was to start.

Arrivals are drawn (a Poisson process, from a seed), as people do not wait for each other.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.load import watch
from benchmarks.load.client import HttpClient
from benchmarks.load.metrics import Sample, Step, summed_up
from benchmarks.load.mix import draw
from benchmarks.load.workload import Nothing, Workload, Wrong

if TYPE_CHECKING:
    from benchmarks.load.client import Answer
    from benchmarks.load.stack import Stack

# A server that is far behind is not helped by more; each of those that are not sent counts as an error.
MOST_WAITING = 2000
MEMORY_EVERY_S = 5.0
DRAIN_CHECKS, DRAIN_CHECK_S = 120, 0.5
CLIENT = "client"


class Driver:
    """Sends the workload to a stack.

    Args:
        stack: where to.
        seed: draws the same arrivals and requests again.
    """

    def __init__(self, stack: Stack, seed: int = 1) -> None:
        self._stack = stack
        self._client = HttpClient()
        self._chance = random.Random(seed)
        self.workload = Workload(stack.people, self._send, stack.issuer, stack.mailbox, seed)
        self.memory: dict[str, list[tuple[float, float]]] = {}

    async def _send(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        return await self._client.send(self._stack.port(method, path), method, path, headers, body)

    async def step(self, rate: float, duration_s: float) -> Step:
        """One rate for a while, until its last answer.

        Args:
            rate: requests a second.
            duration_s: in which requests start.
        """
        before = self._cpu()
        samples = await self._arrivals(rate, duration_s)
        used = {name: after - before[name] for name, after in self._cpu().items()}
        step = summed_up(rate, duration_s, samples)
        for kind, metrics in step.kinds.items():
            if kind in used:
                metrics["cpu"] = used[kind] / metrics["requests"]
        cpu = {name: total / max(1, step.requests) for name, total in used.items()}
        return replace(step, cpu=cpu)

    async def drain(self) -> None:
        """Waits until every event has been carried to its consumer, so that a step is not paid for by the next."""
        for _ in range(DRAIN_CHECKS):
            if not await asyncio.to_thread(self._stack.waiting_events):
                return
            await asyncio.sleep(DRAIN_CHECK_S)

    async def note_memory(self, duration_s: float) -> None:
        """Reads the memory of every process now and then."""
        started = time.monotonic()
        while (at := time.monotonic() - started) < duration_s:
            for name, pid in self._stack.processes.items():
                self.memory.setdefault(name, []).append((at, await asyncio.to_thread(watch.memory, pid)))
            await asyncio.sleep(MEMORY_EVERY_S)

    async def _arrivals(self, rate: float, duration_s: float) -> list[Sample]:
        clock = asyncio.get_running_loop().time
        samples: list[Sample] = []
        under_way: set[asyncio.Task[None]] = set()
        started = intended = clock()
        while intended < started + duration_s:
            # Also when late: the answers must be read in between.
            await asyncio.sleep(max(0, intended - clock()))
            kind = draw(self.workload.chance)
            if len(under_way) >= MOST_WAITING:
                samples.append(Sample(kind, intended, clock(), clock(), f"not sent: {MOST_WAITING} wait already"))
            else:
                task = asyncio.create_task(self._one(kind, intended, samples))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            intended += self._chance.expovariate(rate)
        await asyncio.gather(*under_way)
        return samples

    async def _one(self, kind: str, intended: float, samples: list[Sample]) -> None:
        clock = asyncio.get_running_loop().time
        sent, error = clock(), ""
        try:
            try:
                await self.workload.act(kind)
            except Nothing:
                kind = "get_contact"
                await self.workload.act(kind)
        except Wrong as wrong:
            error = f"{kind}: {wrong}"
        except (OSError, EOFError, TimeoutError, asyncio.IncompleteReadError) as failure:
            error = f"{kind}: {type(failure).__name__}"
        samples.append(Sample(kind, intended, sent, clock(), error))

    def _cpu(self) -> dict[str, float]:
        used = {name: watch.cpu_ms(pid) for name, pid in self._stack.processes.items()}
        return {**used, CLIENT: time.process_time() * 1000}

    def close(self) -> None:
        """Closes its connections."""
        self._client.close()
