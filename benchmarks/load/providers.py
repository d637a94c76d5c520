"""The providers of enrichment as a process: the tests' own server, which knows everybody and takes its time.

Prints, as its first line, the settings that lead to it; ends when its parent does.
"""

from __future__ import annotations

import hashlib
import json
import threading
from typing import Any

from tests.fakes.providers.answers import Person
from tests.fakes.providers.server import fake_providers

# What vendors of such data take, more or less.
LATENCY_S = 0.15


class Everybody(dict[str, Person]):
    """Knows whoever is asked for, but one in three."""

    def get(self, email: str, default: Any = None) -> Any:
        """A person of that address."""
        digest = hashlib.sha256(email.encode()).hexdigest()
        return Person(email, linkedin=digest) if int(digest, 16) % 3 else default


class Forgetful(list[Any]):
    """The log of a server that runs for long."""

    def append(self, _entry: Any) -> None:
        """Keeps nothing."""


def main() -> None:
    """Serves until it is ended."""
    with fake_providers() as fake:
        fake.latency_s = LATENCY_S
        fake.people, fake.log, fake.requests = Everybody(), Forgetful(), Forgetful()
        print(json.dumps(fake.environ("domain", "hunter", timeout_s=5)), flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
