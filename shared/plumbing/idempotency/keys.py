"""Keys of requests (draft-ietf-httpapi-idempotency-key-header): a request is done once, and answered alike for a day.

A key is taken by a lock of the transaction that changes something, and its answer is written by the same transaction: the
change and the answer are kept together, or neither is. A process that dies leaves nothing behind, so the key is free again.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import zlib
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.errors import AnswerNotKept, KeyBusy, KeyReused
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

# A longer answer, packed, is not kept: none of the API's answers to a change is as long.
MAX_ANSWER_BYTES = 256_000
# A user's newest keys are kept for a day, up to this many and this size; a request in `TRIM_EVERY` removes the others.
MAX_KEYS, MAX_BYTES, TRIM_EVERY = 50_000, 64_000_000, 500
_NONCE_BYTES = 12


class Answer(NamedTuple):
    """The answer to a request.

    Attributes:
        status: HTTP status.
        body: the body; None for an answer without one.
        content_type: media type of the body.
        etag: the body's version; empty where it has none.
        headers: further headers.
    """

    status: int
    body: bytes | None
    content_type: str
    etag: str
    headers: dict[str, str]

    def packed(self) -> bytes:
        """Return the answer as bytes."""
        head = [self.status, self.body is not None, self.content_type, self.etag, self.headers]
        return zlib.compress(json.dumps(head).encode() + b"\n" + (self.body or b""), 1)

    @classmethod
    def unpacked(cls, data: bytes) -> Answer:
        """Return the answer of `packed`."""
        head, _, body = zlib.decompress(data).partition(b"\n")
        status, has_body, content_type, etag, headers = json.loads(head)
        return cls(status, body if has_body else None, content_type, etag, headers)


class Key:
    """A key of the session's user.

    Args:
        tx: the transaction that does the request.
        text: the key, as the client sent it.
        request_hash: SHA-256 of the request.
    """

    def __init__(self, tx: Session, text: str, request_hash: bytes) -> None:
        self._tx = tx
        self._request_hash = request_hash
        owned = f"{tx.user_id} {text}".encode()
        self._hash = hashlib.sha256(b"key " + owned).digest()
        self._cipher = hashlib.sha256(b"answer " + owned).digest()

    def take(self) -> Answer | None:
        """Take the key until the transaction ends; return the answer that was given before, if any.

        Raises:
            KeyBusy: another transaction does the request at the moment.
            KeyReused: the key was used for another request.
            AnswerNotKept: the request was done, and its answer was not kept.
        """
        row = self._tx.one(QUERIES.take_key, key_hash=self._hash, request_hash=self._request_hash)
        assert row is not None
        state, kept = row
        if state == "busy":
            raise KeyBusy
        if state == "other":
            raise KeyReused
        if state == "free":
            return None
        if kept is None:
            raise AnswerNotKept
        return Answer.unpacked(AESGCM(self._cipher).decrypt(kept[:_NONCE_BYTES], kept[_NONCE_BYTES:], self._hash))

    def keep(self, answer: Answer | None) -> None:
        """Keep the answer with the transaction; None for an answer that cannot be kept.

        Raises:
            KeyBusy: another transaction has done the request meanwhile.
        """
        packed = None if answer is None else answer.packed()
        if packed is not None and len(packed) <= MAX_ANSWER_BYTES:
            nonce = os.urandom(_NONCE_BYTES)
            packed = nonce + AESGCM(self._cipher).encrypt(nonce, packed, self._hash)
        else:
            packed = None
        kept = self._tx.run(
            QUERIES.keep_answer,
            user_id=self._tx.user_id,
            key_hash=self._hash,
            request_hash=self._request_hash,
            answer=packed,
        )
        if not kept:
            raise KeyBusy
        if random.randrange(TRIM_EVERY) == 0:  # noqa: S311 - which request it is does not matter
            self._tx.value(QUERIES.trim_keys, most=MAX_KEYS, most_bytes=MAX_BYTES)


def remove_old(tx: Session, most: int) -> int:
    """Remove at most `most` keys of all users that are older than a day; return how many."""
    return int(tx.value(QUERIES.remove_old_keys, most=most))
