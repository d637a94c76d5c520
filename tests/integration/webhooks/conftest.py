from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from standardwebhooks import Webhook

from selfhost.deliveries import Deliveries
from selfhost.gateway import Functions
from shared.edge.deps import deps
from shared.manifest import functions
from shared.plumbing.events import outbox
from shared.plumbing.outbound.public import Outside

WEBHOOKS = "/api/crm/webhooks"


class Receiver:
    """A receiver of webhooks on a laptop: keeps what it was sent, and answers each path as told.

    `receiver.answers["/a"] = 500`, or a function of the request's handler that answers by itself.
    """

    def __init__(self):
        self.answers: dict[str, Any] = {}
        self.got: list[tuple[str, dict[str, str], bytes, float]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((self.path, dict(self.headers), body, time.monotonic()))
                answer = receiver.answers.get(self.path, 204)
                if callable(answer):
                    answer(self)
                else:
                    self.send_response(answer)
                    self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def verified(self, secret, path=None):
        """The messages to a path, each verified as a receiver does with the official package."""
        mine = [(headers, body) for to, headers, body, _ in self.got if path is None or to == path]
        return [Webhook(secret).verify(body, headers) for headers, body in mine]

    def ids(self, path):
        return [{k.lower(): v for k, v in headers.items()}["webhook-id"] for to, headers, *_ in self.got if to == path]


@pytest.fixture
def receiver(gateway):
    made = Receiver()
    deps().__dict__["outside"] = Outside(made.url + "/")
    deps().__dict__.pop("webhook_sender", None)
    yield made
    deps().__dict__.pop("outside", None)
    deps().__dict__.pop("webhook_sender", None)
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def add(api, receiver):
    """Adds a webhook of the user for a path of the receiver."""

    def adding(path="/hook", events=("*",)):
        answer = api.post(WEBHOOKS, json={"url": receiver.url + path, "events": list(events)})
        assert answer.status_code == 201, answer.text
        return answer.json

    return adding


@pytest.fixture
def drain(gateway, database, owner, user_id):
    """Delivers the user's events of the topic until none is available."""
    carrier = Deliveries(functions(), Functions().app, lambda: database)
    owner.run("delete from crm.outbox where topic = 'webhooks'")

    def run():
        count = 0
        for _ in range(50):
            with database.transaction(None) as tx:
                events = outbox.take(tx, "webhooks", 500, max_in_flight=(None, None, None), retake_after_s=60)
            if not events:
                return count
            for event in events:
                count += 1
                assert carrier.deliver(event) < 300, event
        raise AssertionError("events without end")

    return run


@pytest.fixture
def later(owner, user_id):
    """Lets time pass for webhooks: what waits for a time is due now."""

    def passes():
        owner.run(
            "update crm.webhook_deliveries set next_at = now() where user_id = :u and next_at is not null", u=user_id
        )
        owner.run("update crm.webhooks set rests_until = null where user_id = :u", u=user_id)
        owner.run("update crm.outbox set available_at = now() where user_id = :u and topic = 'webhooks'", u=user_id)

    return passes
