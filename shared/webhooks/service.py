"""The use cases of webhooks: add, change, test, rotate, read the log, send again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from shared.errors import Conflict, FieldError, NotFound, ValidationFailed
from shared.paging import decode_cursor, encode_cursor, json_page
from shared.plumbing.events import outbox
from shared.plumbing.events.outbox import Priority
from shared.plumbing.outbound.public import Outside, Refused
from shared.plumbing.secrets.envelope import Place
from shared.webhooks import repository, signing
from shared.webhooks.events import TEST

if TYPE_CHECKING:
    from shared.plumbing.postgres.database import Session
    from shared.plumbing.secrets.envelope import Sealer
    from shared.webhooks.models import WebhookCreate, WebhookPatch
    from shared.webhooks.parameters import DeliveryQuery

TOPIC = "webhooks"
TABLE = "webhooks"
MAX_WEBHOOKS = 20
LOG_KEPT_FOR = timedelta(days=30)
_NEWEST = 2**63 - 1


def place(user_id: UUID | None, webhook_id: UUID) -> Place:
    """Where a webhook's secrets are stored."""
    assert user_id is not None
    return Place(TABLE, user_id, webhook_id)


def create(tx: Session, wanted: WebhookCreate, outside: Outside, sealer: Sealer) -> dict[str, Any]:
    """Add a webhook; return it with its secret, which nobody can ask for again.

    Raises:
        ValidationFailed: the address is not a public https address.
        Conflict: the user has MAX_WEBHOOKS webhooks.
    """
    _check(outside, wanted.url)
    webhook_id, secret = uuid4(), signing.make_secret()
    sealed = sealer.seal(secret, place(tx.user_id, webhook_id))
    if not repository.create(tx, webhook_id, wanted.url, list(wanted.events), sealed, most=MAX_WEBHOOKS):
        raise Conflict(f"you have {MAX_WEBHOOKS} webhooks: delete one that is no longer used")
    return get(tx, webhook_id) | {"secret": signing.shown(secret)}


def get(tx: Session, webhook_id: UUID) -> dict[str, Any]:
    """One webhook, as the API answers it.

    Raises:
        NotFound: the user has no webhook with this id.
    """
    found = repository.find(tx, webhook_id)
    if found is None:
        raise _none()
    return found


def update(tx: Session, webhook_id: UUID, patch: WebhookPatch, outside: Outside) -> dict[str, Any]:
    """Change a webhook.

    Raises:
        ValidationFailed: the address is not a public https address.
        NotFound: the user has no webhook with this id.
    """
    if patch.url is not None:
        _check(outside, patch.url)
    events = None if patch.events is None else list(patch.events)
    if not repository.update(tx, webhook_id, url=patch.url, events=events, active=patch.active):
        raise _none()
    return get(tx, webhook_id)


def delete(tx: Session, webhook_id: UUID) -> None:
    """Remove a webhook with its log.

    Raises:
        NotFound: the user has no webhook with this id.
    """
    if not repository.delete(tx, webhook_id):
        raise _none()


def rotate(tx: Session, webhook_id: UUID, overlap_hours: int, sealer: Sealer) -> dict[str, Any]:
    """Replace the secret of a webhook; return the webhook with the new one.

    Raises:
        NotFound: the user has no webhook with this id.
    """
    secret = signing.make_secret()
    if not repository.rotate(tx, webhook_id, sealer.seal(secret, place(tx.user_id, webhook_id)), overlap_hours):
        raise _none()
    return get(tx, webhook_id) | {"secret": signing.shown(secret)}


def send_test(tx: Session, webhook_id: UUID) -> dict[str, Any]:
    """Send a message of type `webhook.test`.

    Raises:
        NotFound: the user has no webhook with this id.
        Conflict: it is off.
    """
    if not get(tx, webhook_id)["active"]:
        raise _off()
    message_id = uuid4()
    repository.add_message(tx, message_id, webhook_id, TEST, {"webhook_id": str(webhook_id)})
    return _queued(tx, message_id, webhook_id)


def redeliver(tx: Session, message_id: UUID) -> dict[str, Any]:
    """Send a message again, under the same id.

    Raises:
        NotFound: the user has no message with this id.
        Conflict: its webhook is off.
    """
    found = repository.redeliver(tx, message_id)
    if found is None:
        raise NotFound("no webhook of yours was sent a message with this id in the last 30 days")
    webhook_id, is_on = found
    if not is_on:
        raise _off()
    return _queued(tx, message_id, webhook_id)


def list_deliveries(tx: Session, webhook_id: UUID, query: DeliveryQuery) -> str:
    """A page of what a webhook was sent, newest first, as the API answers it.

    Raises:
        NotFound: the user has no webhook with this id.
    """
    get(tx, webhook_id)
    before_no = _NEWEST if query.cursor is None else int(decode_cursor(query.cursor, int)[0])
    items, last_no, more = repository.list_deliveries(tx, webhook_id, before_no, query.limit, query.state)
    return json_page(items, encode_cursor(last_no) if more else None)


def list_all(tx: Session) -> str:
    """The webhooks of the user, as the API answers them."""
    return f'{{"items":{repository.list_all(tx)}}}'


def _queued(tx: Session, message_id: UUID, webhook_id: UUID) -> dict[str, Any]:
    data = {"user_id": str(tx.user_id), "webhook_id": str(webhook_id)}
    outbox.append(tx, TOPIC, data, priority=Priority.NORMAL)
    return {"id": str(message_id), "webhook_id": str(webhook_id)}


def read_event(data: str) -> tuple[UUID, UUID]:
    """The user and the webhook that an event is about."""
    read = json.loads(data)
    return UUID(read["user_id"]), UUID(read["webhook_id"])


def _check(outside: Outside, url: str) -> None:
    try:
        outside.check(url)
    except Refused as refused:
        raise ValidationFailed([FieldError("url", f"{refused}")]) from None


def _none() -> NotFound:
    return NotFound("you have no webhook with this id")


def _off() -> Conflict:
    return Conflict("the webhook is off: switch it on first, with active: true")
