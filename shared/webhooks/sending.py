"""Sending what webhooks wait for: one process drains a webhook at a time, so a slow receiver holds one thread and no more.

An event of the topic `webhooks` says only that a webhook may have something to send. Whoever takes it leases the webhook and sends what is
due, the oldest first; who finds it leased has nothing to do, as the other looks again after the lease. A failed attempt lets the webhook rest,
and what else waits for it is not tried meanwhile. A process that dies leaves its lease, which ends; `wake_webhooks` then wakes the webhook.
"""

from __future__ import annotations

import json
import logging
import random
import time
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

from shared.email import service as email
from shared.plumbing.events.outbox import Priority
from shared.plumbing.outbound.public import Outside, Refused, Unreachable
from shared.plumbing.secrets.keys import SecretUnreadable
from shared.plumbing.telemetry.recording import count
from shared.webhooks import repository, signing
from shared.webhooks.repository import Outcome
from shared.webhooks.service import TOPIC, place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from shared.plumbing.postgres.database import Database
    from shared.plumbing.secrets.envelope import Sealer
    from shared.webhooks.repository import Message

# Of a message, seconds after the attempt before: ten attempts in three days and three hours.
PAUSES_S = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
JITTER = 0.1
# Of a webhook, seconds after its first, second, ... failure in a row, the last for all further ones.
RESTS_S = (5, 15, 60, 300)
# After that long without any message that has arrived, a webhook is switched off.
DEAD_AFTER = timedelta(days=5)
TIMEOUT_S = 15.0
MAX_ANSWER_BYTES, MAX_KEPT_CHARACTERS, MAX_ERROR_CHARACTERS = 16_384, 1_000, 500
MAX_WAIT_S = 86_400.0
BATCH = 20
# A drain ends after this long, so that webhooks take turns; the lease outlasts it by an attempt.
DRAIN_S, LEASE_S = 30.0, 60
SWITCHED_OFF = "webhook.switched_off"
_OK = range(200, 300)

log = logging.getLogger(__name__)


class Sender(NamedTuple):
    """The sender of webhooks' messages.

    Attributes:
        database: Postgres.
        outside: the hands that reach receivers.
        sealer: opens the secrets.
        now: returns the time.
    """

    database: Database
    outside: Outside
    sealer: Sealer
    now: Callable[[], datetime]

    def drain(self, user_id: UUID, webhook_id: UUID) -> int:
        """Send what is due to a webhook, and have it drained again when more is; return how many attempts were made.

        Raises:
            Unavailable: the database or the key is out of reach.
        """
        lease = uuid4()
        with self.database.transaction(user_id) as tx:
            taken = repository.begin_drain(tx, webhook_id, lease, LEASE_S)
        attempts = 0
        if taken is not None:
            try:
                attempts = self._send_due(user_id, webhook_id, *taken)
            finally:
                with self.database.transaction(user_id) as tx:
                    repository.end_drain(tx, webhook_id, lease)
        # After the lease is free: who came while it was held has left what is new to this process.
        with self.database.transaction(user_id) as tx:
            due = repository.next_due(tx, webhook_id)
            if due is not None:
                at, failures = due
                # Receivers that fail get the places that others leave: the lowest priority fills the fewest threads.
                repository.queue(tx, webhook_id, at, Priority.LOW if failures else Priority.NORMAL)
                tx.topics.add(TOPIC)
        return attempts

    def _send_due(self, user_id: UUID, webhook_id: UUID, url: str, sealed: list[bytes], failures: int) -> int:
        try:
            keys = [self.sealer.open(secret, place(user_id, webhook_id)) for secret in sealed]
        except SecretUnreadable:
            log.exception("webhook.secret_unreadable", extra={"webhook_id": str(webhook_id)})
            self._switch_off(user_id, webhook_id, "its secret cannot be read any more: rotate it")
            return 0
        until, attempts = time.monotonic() + DRAIN_S, 0
        while time.monotonic() < until:
            with self.database.transaction(user_id) as tx:
                messages = repository.list_due(tx, webhook_id, BATCH)
            if not messages:
                break
            for message in messages:
                attempts += 1
                outcome = attempt(self.outside, url, keys, message, self.now())
                if outcome.error:
                    self._note_failed(user_id, webhook_id, message, outcome, failures)
                    return attempts
                failures = 0
                count("warmpath.webhooks", outcome="delivered")
                with self.database.transaction(user_id) as tx:
                    repository.note_delivered(tx, message.id, outcome)
                if time.monotonic() > until:
                    break
        return attempts

    def _note_failed(self, user_id: UUID, webhook_id: UUID, message: Message, outcome: Outcome, failures: int) -> None:
        """Note an attempt that failed, after a number of failures in a row: when the next one is, or that it was the last."""
        count("warmpath.webhooks", outcome="failed")
        if outcome.status == HTTPStatus.GONE:
            with self.database.transaction(user_id) as tx:
                repository.note_failed(tx, message.id, outcome, None, 0)
            self._switch_off(user_id, webhook_id, "the receiver answered 410: it wants no more messages")
            return
        now = self.now()
        next_at = None
        if message.attempts < len(PAUSES_S):
            pause_s = PAUSES_S[message.attempts] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load
            next_at = now + timedelta(seconds=max(pause_s, outcome.wait_s))
        with self.database.transaction(user_id) as tx:
            rest_s = max(RESTS_S[min(failures, len(RESTS_S) - 1)], outcome.wait_s)
            since = repository.note_failed(tx, message.id, outcome, next_at, rest_s)
        if since is not None and now - since > DEAD_AFTER:
            self._switch_off(user_id, webhook_id, f"no message has arrived since {since:%d %B %Y}")

    def _switch_off(self, user_id: UUID, webhook_id: UUID, because: str) -> None:
        with self.database.transaction(user_id) as tx:
            off = repository.switch_off(tx, webhook_id, because)
            times, address = off or (0, None)
            if address is not None:
                email.queue(
                    tx, SWITCHED_OFF, [address], subject_id=webhook_id, position=times, now=self.now(),
                    because="WebhookSwitchedOff",
                )  # fmt: skip


def attempt(outside: Outside, url: str, keys: list[bytes], message: Message, now: datetime) -> Outcome:
    """Send a message once; never raises because of the receiver."""
    document = {
        "type": message.type,
        "timestamp": message.happened_at.isoformat(),
        "version": 1,
        "data": json.loads(message.data),
    }
    body = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    signed = signing.headers(f"msg_{message.id.hex}", int(now.timestamp()), body, keys)
    headers = {**signed, "Content-Type": "application/json", "User-Agent": "Warmpath-Webhooks/1"}
    started = time.monotonic()
    status, text, error, wait_s = None, "", "", 0.0
    try:
        answer = outside.send("POST", url, headers, body, timeout_s=TIMEOUT_S, max_bytes=MAX_ANSWER_BYTES)
    except (Refused, Unreachable) as failed:
        error = str(failed)[:MAX_ERROR_CHARACTERS].replace("\0", "")
    else:
        status = answer.status
        text = answer.body[:MAX_KEPT_CHARACTERS].decode(errors="replace").replace("\0", "")
        if status not in _OK:
            error, wait_s = f"the receiver answered {status}", asked_s(answer.headers)
    return Outcome(status, text, error, round((time.monotonic() - started) * 1000), wait_s)


def asked_s(headers: Mapping[str, str]) -> float:
    """How long an answer asks to wait, by `Retry-After` in seconds; at most a day."""
    text = headers.get("retry-after", "").strip()
    return min(float(text), MAX_WAIT_S) if text.isascii() and text.isdigit() and len(text) < 10 else 0.0  # noqa: PLR2004
