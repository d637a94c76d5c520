"""Google's Pub/Sub emulator as a process that may be killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request

from dev.processes import LOOPBACK, StackError, free_port, launched

GCLOUD = shutil.which("gcloud")
START_S = 60.0
POLL_S = 0.1


class Emulator:
    """One emulator; what it held is gone when it ends.

    Attributes:
        address: where it listens, also after a restart.
        process: the running one, None when stopped.
    """

    def __init__(self) -> None:
        self.address = f"{LOOPBACK}:{free_port()}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it; returns when it answers.

        Raises:
            StackError: there is none on this machine, or it does not start.
        """
        if GCLOUD is None:
            raise StackError("no emulator: gcloud components install pubsub-emulator")
        command = ["beta", "emulators", "pubsub", "start", "--project=warmpath", f"--host-port={self.address}"]
        self.process = subprocess.Popen(
            launched([GCLOUD, *command]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_S
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise StackError("the emulator does not start: gcloud beta emulators pubsub start")
            time.sleep(POLL_S)

    def kill(self) -> None:
        """Ends it and what it has started, at once."""
        if self.process is not None:
            self.signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to all its processes."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(f"http://{self.address}", timeout=1).close()
            return True
        return False
