"""What each kind of fault does, and how it is healed."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import signal
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dev.processes import LOOPBACK, StackError
from selfhost.deliveries import PROJECT_ID, push_body
from shared.plumbing.events.outbox import Event
from shared.plumbing.postgres.owner import connected
from tests.faults.world import PUSH_TOKEN, children, send

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dev.postgres import Postgres
    from dev.redis_server import Redis
    from dev.stack import Gateway
    from tests.faults.schedule import Fault
    from tests.faults.world import Functions, World

BAD_ANSWERS = ("busy", "error", "rate_limited", "hang", "reset", "no_json", "truncated", "stranger", "list")
BAD_SHARE = 0.6
MOST_WRONG_S = 600
MOST_DELAY_S = 0.25
REMEMBERED = 300
AGAIN = 12
RECOVERY_S = 60.0
SPARED_BYTES = 65_536


@dataclass(slots=True)
class Happened:
    """A fault that was.

    Attributes:
        began: seconds of `time.monotonic`.
        healed: the same; when healing began.
        well: when everything answered again.
        noted: what went wrong with the fault itself.
    """

    fault: Fault
    began: float
    healed: float = 0.0
    well: float = 0.0
    noted: str = ""

    @property
    def name(self) -> str:
        return f"{self.fault.kind} {self.fault.target.rstrip('-01')}"


@dataclass(slots=True)
class Faults:
    """Makes faults in a world.

    Attributes:
        remembered: events that were once on their way, by id.
        happened: what was done.
    """

    world: World
    remembered: dict[str, Event] = field(default_factory=dict)
    happened: list[Happened] = field(default_factory=list)

    def make(self, fault: Fault) -> None:
        """Begins a fault, waits, heals it, and waits until all is well."""
        happened = Happened(fault, time.monotonic())
        self.happened.append(happened)
        try:
            self._begin(fault)
            time.sleep(fault.lasts_s)
        finally:
            happened.healed = time.monotonic()
            try:
                self._heal(fault)
            except StackError as error:
                happened.noted = str(error)
        if self._is_well():
            happened.well = time.monotonic()

    def _begin(self, fault: Fault) -> None:
        world, target = self.world, fault.target
        match fault.kind, target:
            case _, "postgres" | "redis" | "pubsub":
                self._disturb_server(fault)
            case _, "functions-0" | "functions-1":
                self._disturb_functions(fault, world.functions[int(target[-1])])
            case "busy" | "deaf", _:
                world.postbox.mode = fault.kind
            case "bad answers", _:
                world.providers.chance = _bad_answers(random.Random(fault.luck))
            case "full", _:
                self._fill_disk()
            case "deliver again", _:
                self._deliver_again(random.Random(fault.luck))
            case "cut", _:
                world.all_links()[target].cut()
            case _:
                modes = {"refuse": "refused", "swallow": "swallowed", "mute": "mute", "delay": "open"}
                delay_s = MOST_DELAY_S * fault.luck if fault.kind == "delay" else 0.0
                world.all_links()[target].set(modes[fault.kind], delay_s=delay_s)

    def _disturb_server(self, fault: Fault) -> None:
        world = self.world
        match fault.kind, fault.target:
            case "pause", "postgres":
                self._signal_postgres(signal.SIGSTOP)
            case "pause", "redis":
                _signal(world.redis.process, signal.SIGSTOP)
            case "pause", "pubsub":
                assert world.emulator
                world.emulator.signal(signal.SIGSTOP)
            case "kill", "postgres":
                world.run(world.postgres.kill)
            case "restart", "postgres":
                world.run(world.postgres.stop)
            case "kill hard", "pubsub":
                assert world.emulator
                world.run(world.emulator.kill)
            case "kill hard", _:  # as the kernel does for lack of memory: nobody tells the children
                server = world.postgres if fault.target == "postgres" else world.redis
                _signal(server.process, signal.SIGKILL)
                if server.process is not None:
                    server.process.wait()

    def _disturb_functions(self, fault: Fault, process: Functions) -> None:
        match fault.kind:
            case "kill hard":
                _signal(process.process, signal.SIGKILL)
            case "kill worker":
                send(signal.SIGKILL, *process.workers())
            case "restart":
                self.world.run(process.stop)
            case "pause":
                process.signal(signal.SIGSTOP)
            case "wrong clock":
                process.wrong_by(MOST_WRONG_S * (2 * fault.luck - 1))

    def _heal(self, fault: Fault) -> None:
        world, target = self.world, fault.target
        match fault.kind, target:
            case "pause", _:
                self._go_on(target)
            case "wrong clock", _:
                world.functions[int(target[-1])].wrong_by(0)
            case "busy" | "deaf", _:
                world.postbox.mode = "open"
            case "bad answers", _:
                world.providers.chance = None
            case "full", _:
                self._ballast.unlink(missing_ok=True)
                world.run(self.start_what_ended)
            case "cut" | "deliver again", _:
                pass
            case _, "postgres" | "redis" | "pubsub" | "functions-0" | "functions-1":
                world.run(self.start_what_ended)
            case _:
                world.all_links()[target].set("open")

    def _go_on(self, target: str) -> None:
        world = self.world
        match target:
            case "postgres":
                self._signal_postgres(signal.SIGCONT)
            case "redis":
                _signal(world.redis.process, signal.SIGCONT)
            case "pubsub":
                assert world.emulator
                world.emulator.signal(signal.SIGCONT)
            case _:
                world.functions[int(target[-1])].signal(signal.SIGCONT)

    def _signal_postgres(self, number: signal.Signals) -> None:
        process = self.world.postgres.process
        if process is not None:
            send(number, process.pid, *children(process.pid))

    def start_what_ended(self) -> None:
        """As `dev.stack` does for the local stack and the cloud for its own; in the thread that starts servers."""
        world = self.world
        servers: list[Postgres | Redis | Gateway] = [world.postgres, world.redis, *world.functions]
        for server in servers:
            if server.process is None or server.process.poll() is not None:
                server.start()
        if world.emulator and world.emulator.process is None:
            world.start_emulator()

    @property
    def _ballast(self) -> Path:
        return self.world.folder / "ballast"

    def _fill_disk(self) -> None:
        with contextlib.suppress(OSError), self._ballast.open("wb") as file:
            left = os.statvfs(self.world.folder)
            os.posix_fallocate(file.fileno(), 0, max(1, left.f_bavail * left.f_frsize - SPARED_BYTES))
            while True:
                file.write(b"\0" * 4096)
                file.flush()

    def remember(self) -> None:
        """Looks at what is on its way, for `deliver again`."""
        with contextlib.suppress(Exception), connected(self.world.postgres.url()) as owner:
            rows = owner.run("select id::text, topic, data::text, priority from crm.outbox order by seq limit 100")
            for event_id, topic, data, _ in rows or []:
                if len(self.remembered) < REMEMBERED:
                    self.remembered[event_id] = Event(event_id, topic, data, {})

    def _deliver_again(self, rng: random.Random) -> None:
        """As Pub/Sub may, hours later: events that were done long ago are delivered once more."""
        self.remember()
        known = sorted(self.remembered.values(), key=lambda event: str(event.id))
        for event in rng.sample(known, min(AGAIN, len(known))):
            process = rng.choice(self.world.functions)
            path = f"/projects/{PROJECT_ID}/topics/{event.topic}?token={PUSH_TOKEN}"
            connection = http.client.HTTPConnection(LOOPBACK, process.port, timeout=5)
            with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
                body = json.dumps(push_body(event))
                connection.request("POST", path, body, {"Content-Type": "application/json"})
                with connection.getresponse() as answer:
                    answer.read()

    def _is_well(self) -> bool:
        """Waits until every process says that it and its database are healthy."""
        deadline = time.monotonic() + RECOVERY_S
        return all(_is_healthy(process.port, deadline) for process in self.world.functions)

    def heal_all(self) -> None:
        """Ends whatever is left of any fault."""
        world = self.world
        for link in world.all_links().values():
            link.set("open")
        world.postbox.mode, world.providers.chance = "open", None
        self._ballast.unlink(missing_ok=True)
        for target in ("postgres", "redis", *(("pubsub",) if world.emulator else ()), "functions-0", "functions-1"):
            self._go_on(target)
        for process in world.functions:
            process.wrong_by(0)
        world.run(self.start_what_ended)


def _bad_answers(rng: random.Random) -> Callable[[str, str], str]:
    def chance(provider: str, _email: str) -> str:
        behaviour = rng.choice(BAD_ANSWERS) if rng.random() < BAD_SHARE else "hit"
        # what pdl answers does not say whom it is about
        return "error" if (provider, behaviour) == ("pdl", "stranger") else behaviour

    return chance


def _signal(process: Any, number: signal.Signals) -> None:
    if process is not None and process.poll() is None:
        process.send_signal(number)


def _is_healthy(port: int, deadline: float) -> bool:
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=RECOVERY_S)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", "/api/crm/health")
            with connection.getresponse() as answer:
                answer.read()
                if answer.status == 200:
                    return True
        time.sleep(0.05)
    return False
