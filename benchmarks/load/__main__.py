"""How much one machine serves: a mix of requests at growing rates, and at one rate for long.

    python -m benchmarks.load                          the highest rate that holds, then two thirds of it for 15 minutes
    python -m benchmarks.load --find-knee              the highest rate alone
    python -m benchmarks.load --rate 150 --minutes 15  one rate alone: errors, latency, memory

Seven of ten requests read a contact or a list; the others search, look for paths, write, import, introduce, invite. Every
answer is checked, reads against what was confirmed before. The client is open-loop: requests start when they are due,
and latency counts from then, so a server that falls behind shows it. Client and servers share the machine.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from benchmarks.load import report
from benchmarks.load.drive import Driver
from benchmarks.load.metrics import find_knee
from benchmarks.load.stack import FORMS, Size, running
from benchmarks.results import run

if TYPE_CHECKING:
    import argparse

    from benchmarks.load.metrics import Step
    from benchmarks.load.stack import Stack
    from benchmarks.results import Table

# Until every process has its connections, their plans and its caches.
WARM_UP_RATE, WARM_UP_S = 60.0, 40.0
# Where the long run is, below the knee: arrivals come in bunches, and the schedules come on top.
SHARE_OF_KNEE = 0.65


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    parser.add_argument("--find-knee", action="store_true", help="only the highest rate that holds")
    parser.add_argument("--rate", type=float, help="only this one, in requests a second")
    parser.add_argument("--minutes", type=float, default=15.0, help="how long one rate is kept")
    parser.add_argument("--first", type=float, default=60.0, help="where looking for the highest rate begins")
    parser.add_argument("--step-seconds", type=float, default=30.0, help="how long each rate is kept meanwhile")
    parser.add_argument(
        "--form", choices=FORMS, default=FORMS[0], help="functions as in the cloud, or make run's gateway"
    )
    parser.add_argument("--contacts", type=int, default=Size.most, help="of the user who has the most")
    parser.add_argument("--seed", type=int, default=1)


def measure(options: argparse.Namespace) -> list[Table]:
    """Runs what is asked for."""
    with running(options.form, Size(most=options.contacts)) as stack:
        return asyncio.run(_measured(stack, options))


async def _measured(stack: Stack, options: argparse.Namespace) -> list[Table]:
    driver, tables, rate = Driver(stack, options.seed), [], options.rate
    report.say(await driver.step(WARM_UP_RATE, WARM_UP_S))
    if rate is None:
        knee, steps = await _knee(driver, options)
        tables.append(report.knee_table(knee, steps))
        rate = max(1.0, round(knee * SHARE_OF_KNEE))
    if not options.find_knee:
        await driver.drain()
        duration_s = options.minutes * 60
        step, _ = await asyncio.gather(driver.step(rate, duration_s), driver.note_memory(duration_s))
        report.say(step)
        tables += report.steady_tables(step, driver.memory, options.minutes)
    driver.close()
    return tables


async def _knee(driver: Driver, options: argparse.Namespace) -> tuple[float, list[Step]]:
    loop = asyncio.get_running_loop()

    async def measured(rate: float) -> Step:
        await driver.drain()
        step = await driver.step(rate, options.step_seconds)
        report.say(step)
        return step

    def at(rate: float) -> Step:
        return asyncio.run_coroutine_threadsafe(measured(rate), loop).result()

    return await asyncio.to_thread(find_knee, at, first=options.first)


if __name__ == "__main__":
    run(__doc__, measure, arguments)
