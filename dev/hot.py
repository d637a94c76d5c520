"""`make dev`: the app with hot reload at http://localhost:5173, in front of the local stack.

A running stack at PORT is used; otherwise one is started, and stopped with this program.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from dev.environment import PROJECT
from dev.frontend import FRONTEND, BuildFailed, install, npm_environment
from dev.processes import LOOPBACK, StackError, launched, say
from dev.stack import Options
from selfhost.launch import end_with_parent

if TYPE_CHECKING:
    from collections.abc import Iterator

APP_PORT = "5173"
STARTED_WITHIN_S = 120.0
POLL_S = 0.2
ANSWER_WITHIN_S = 5.0


def main() -> None:
    """Serve until Ctrl-C, or exit with the reason in one sentence."""
    if os.environ.get("MAKELEVEL"):
        end_with_parent(os.getppid(), signal.SIGTERM)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        port = Options.from_environment().port
        npm = install(say)
        with _stack(port):
            serve(npm, port)
    except KeyboardInterrupt:
        pass
    except (BuildFailed, StackError) as error:
        sys.exit(f"warmpath: {error}")


def serve(npm: list[str], port: int) -> None:
    """Run Vite until it ends.

    Args:
        npm: command of npm.
        port: port of the stack.
    """
    environment = {**npm_environment(npm), "GATEWAY_URL": f"http://localhost:{port}"}
    command = [*npm, "exec", "--", "vite", "--port", os.environ.get("APP_PORT") or APP_PORT, "--strictPort"]
    vite = subprocess.Popen(launched(command), cwd=FRONTEND, env=environment, start_new_session=True)
    with _ending(vite):
        vite.wait()


@contextlib.contextmanager
def _stack(port: int) -> Iterator[None]:
    """Use the running stack, or run one while the block lasts."""
    if answers(port):
        say(f"using the stack at http://localhost:{port}")
        yield
        return
    process = subprocess.Popen(
        launched([sys.executable, "-m", "dev.stack"]),
        cwd=PROJECT,
        env={**os.environ, "FRONTEND": "none"},
        start_new_session=True,
    )
    with _ending(process):
        deadline = time.monotonic() + STARTED_WITHIN_S
        while not answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise StackError("the stack did not start; its messages above say why")
            time.sleep(POLL_S)
        yield


@contextlib.contextmanager
def _ending(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a process and its children when the block ends."""
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def answers(port: int) -> bool:
    """Whether a healthy stack answers at a port of this machine."""
    with contextlib.closing(http.client.HTTPConnection(LOOPBACK, port, timeout=ANSWER_WITHIN_S)) as connection:
        try:
            connection.request("GET", "/api/crm/health")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


if __name__ == "__main__":
    main()
