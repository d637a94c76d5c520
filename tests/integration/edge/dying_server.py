"""The gateway in a process that kills itself (SIGKILL) at a step of the first call with a key; run by `test_killed.py`."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from werkzeug.serving import make_server

from selfhost.gateway import create_gateway
from selfhost.serve import disk_uploads
from shared.edge import once
from shared.manifest import functions
from shared.plumbing.idempotency.keys import Key
from shared.plumbing.postgres.database import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.edge.web import Call, Reply


def die_before(owner: Any, name: str, *, when: Any = lambda *_: True) -> None:
    """Kill the process where a method is called."""
    method = getattr(owner, name)

    def dying(*arguments: Any, **named: Any) -> Any:
        if when(*arguments):
            os.kill(os.getpid(), signal.SIGKILL)
        return method(*arguments, **named)

    setattr(owner, name, dying)


def die_after_commit() -> None:
    """Kill the process between the commit and the answer."""
    answer_once = once.answer_once

    def dying(call: Call, handler: Callable[[Call], Reply], key: str) -> Reply:
        reply = answer_once(call, handler, key)
        os.kill(os.getpid(), signal.SIGKILL)
        return reply

    once.answer_once = dying


step, port = sys.argv[1], int(sys.argv[2])
if step == "take":
    die_before(Key, "take")
elif step == "keep":
    die_before(Key, "keep")
elif step == "commit":
    die_before(Session, "commit", when=lambda session: session.user_id is not None)
elif step == "answer":
    die_after_commit()
app = create_gateway(functions(), uploads=disk_uploads, push_token="push")
server = make_server("127.0.0.1", port, app, threaded=True)
print("ready", flush=True)
server.serve_forever()
