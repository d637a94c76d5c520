"""A server killed at any moment of a request with an `Idempotency-Key`: exactly one effect once the client got its answer."""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dev.processes import free_port

CONTACTS = "/api/crm/contacts"
SERVER = "tests.integration.edge.dying_server"


@contextlib.contextmanager
def serving(step, port):
    with subprocess.Popen(
        [sys.executable, "-m", SERVER, step, str(port)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        try:
            yield process
        finally:
            process.kill()


def send(port, api, name, key):
    """The answer's status, whether it is a replay, and the contact's id; an OSError where the server died."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(connection):
        headers = {
            "Authorization": f"Bearer {api.issuer.token(api.email, 'Uma User')}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        connection.request("POST", CONTACTS, json.dumps({"name": name, "enrich": False}), headers)
        answer = connection.getresponse()
        return answer.status, answer.headers["Idempotent-Replayed"], json.loads(answer.read()).get("id")


def names(api):
    return sorted(contact["name"] for contact in api.get(CONTACTS).json["items"] if not contact["is_self"])


@pytest.mark.slow
@pytest.mark.parametrize(("step", "kept"), [("take", 0), ("keep", 0), ("commit", 0), ("answer", 1)])
def test_a_process_that_dies_at_any_step_leaves_all_or_nothing(api, user_id, step, kept):
    key, port = str(uuid.uuid4()), free_port()
    with serving(step, port), pytest.raises((OSError, http.client.HTTPException)):
        send(port, api, "Ana", key)
    assert len(names(api)) == kept

    again = api.post(CONTACTS, json={"name": "Ana", "enrich": False}, headers={"Idempotency-Key": key})
    assert again.status_code == 201
    assert again.headers.get("Idempotent-Replayed") == ("true" if kept else None)
    assert names(api) == ["Ana"]


@pytest.mark.slow
def test_under_kills_and_twenty_senders_each_request_is_done_once(api, user_id):
    """Every key is sent by four senders until they have an answer, while the server is killed again and again."""
    port, chance = free_port(), random.Random(24)
    wanted = {f"Contact {no:02}": str(uuid.uuid4()) for no in range(40)}
    over, answers, unexpected = threading.Event(), [], set()

    def until_answered(named):
        name, key = named
        while not over.is_set():
            try:
                status, _, contact_id = send(port, api, name, key)
            except (OSError, http.client.HTTPException, ValueError):
                status = 0
            if status == 201:
                answers.append((name, contact_id))
                return
            unexpected.update({status} - {0, 409, 503})
            time.sleep(0.02)

    def kill_again_and_again():
        kills = 0
        while not over.is_set():
            with serving("none", port) as process:
                if kills < 8:
                    over.wait(chance.uniform(0.02, 0.4))
                    process.send_signal(signal.SIGKILL)
                    kills += 1
                else:
                    over.wait(60)

    killer = threading.Thread(target=kill_again_and_again)
    killer.start()
    try:
        with ThreadPoolExecutor(20) as pool:
            deadline = threading.Timer(60, over.set)
            deadline.start()
            list(pool.map(until_answered, [named for named in wanted.items() for _ in range(4)]))
            deadline.cancel()
    finally:
        over.set()
        killer.join()

    assert unexpected == set()
    assert names(api) == sorted(wanted)
    assert len(answers) == 160
    assert len(set(answers)) == 40
