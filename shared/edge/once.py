"""Answer calls with an `Idempotency-Key`: the whole call is one transaction, which also keeps its answer."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from shared.edge.reply import Reply
from shared.errors import BadRequest
from shared.plumbing.idempotency.keys import Answer, Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.edge.call import Call

MAX_KEY_LENGTH = 255
# The longest body of a function that does not take a file.
MAX_BODY_BYTES = 8 * 1024 * 1024
REPLAYED = {"Idempotent-Replayed": "true"}


def answer_once(call: Call, handler: Callable[[Call], Reply], key: str) -> Reply:
    """Return the answer of a handler, or the one that this key had before.

    A call that fails changes nothing, keeps no answer, and leaves the key free.

    Raises:
        BadRequest: the key is empty, too long, or not printable ASCII.
        KeyBusy: the same request is under way.
        KeyReused: the key was used for another request.
        AnswerNotKept: the request was done, and its answer was not kept.
    """
    if not 0 < len(key) <= MAX_KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise BadRequest(f"Idempotency-Key must have 1 to {MAX_KEY_LENGTH} printable ASCII characters")
    request_hash = _hash_of(call)
    with call.one_transaction() as tx:
        once = Key(tx, key, request_hash)
        if (answer := once.take()) is not None:
            return Reply(answer.status, answer.body, answer.content_type, answer.headers | REPLAYED, answer.etag)
        reply = handler(call)
        once.keep(_answer_of(reply, call))
    return reply


def _hash_of(call: Call) -> bytes:
    call.limit_body(MAX_BODY_BYTES)
    request = call.request
    parts = [request.method, request.path, request.query_string.decode("latin-1"), request.mimetype]
    return hashlib.sha256(json.dumps(parts).encode() + request.get_data()).digest()


def _answer_of(reply: Reply, call: Call) -> Answer | None:
    body = reply.body
    if isinstance(body, dict):
        data: bytes | None = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    elif isinstance(body, str):
        data = body.encode()
    elif body is None or isinstance(body, bytes):
        data = body
    else:
        return None
    return Answer(reply.status, data, reply.content_type, reply.etag, reply.headers | call.notes)
