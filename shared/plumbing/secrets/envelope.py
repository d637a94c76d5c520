"""Sealing and opening of secrets (decision 0088).

A sealed secret is, in this order: `W1`, the length of the version's name (1 byte), the name, the length of the wrapped data key (2 bytes,
big-endian), the wrapped data key, the nonce (12 bytes), and the ciphertext of AES-256-GCM with its tag. The data key is used once. The place of
a secret is authenticated twice, with the data key and with the secret: moved to another row, it cannot be opened.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, NamedTuple

from shared.plumbing.secrets.keys import KEY_BYTES, NONCE_BYTES, SecretUnreadable, Wrapped

if TYPE_CHECKING:
    from uuid import UUID

    from shared.plumbing.secrets.keys import Keys

_MARK = b"W1"
_VERSION_AT = len(_MARK) + 1
_LENGTH_BYTES = 2


class Place(NamedTuple):
    """Where a secret is stored.

    Attributes:
        table: name of the table, without the schema.
        user_id: whose secret it is.
        row_id: `id` of the row.
    """

    table: str
    user_id: UUID
    row_id: UUID

    def context(self) -> bytes:
        """The place as bytes; no two places have the same."""
        return json.dumps([self.table, str(self.user_id), str(self.row_id)]).encode()


class Sealer:
    """Seals and opens.

    Args:
        keys: wraps the data keys.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def seal(self, secret: bytes, place: Place) -> bytes:
        """Seal a secret for a column of the type `crm.sealed`.

        Raises:
            Unavailable: the key is out of reach.
        """
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - paid by who keeps secrets

        data_key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
        wrapped = self._keys.wrap(data_key, place.context())
        return _head(wrapped) + nonce + AESGCM(data_key).encrypt(nonce, secret, place.context())

    def open(self, sealed: bytes, place: Place) -> bytes:
        """Open a sealed secret.

        Raises:
            SecretUnreadable: it was sealed for another place or by another key, or was changed.
            Unavailable: the key is out of reach.
        """
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

        wrapped, rest = _parts(sealed)
        data_key = self._keys.unwrap(wrapped, place.context())
        try:
            return AESGCM(data_key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.context())
        except (InvalidTag, ValueError) as error:
            raise SecretUnreadable from error

    def rewrap(self, sealed: bytes, place: Place) -> bytes | None:
        """Wrap the data key of a sealed secret with the newest version of the key; the secret itself is not opened.

        Returns:
            what to store instead; None where the newest version wraps it already.

        Raises:
            SecretUnreadable: as `open`.
            Unavailable: the key is out of reach.
        """
        wrapped, rest = _parts(sealed)
        again = self._keys.wrap(self._keys.unwrap(wrapped, place.context()), place.context())
        return None if again.version == wrapped.version else _head(again) + rest


def _head(wrapped: Wrapped) -> bytes:
    version = wrapped.version.encode("ascii")
    return _MARK + bytes([len(version)]) + version + len(wrapped.key).to_bytes(_LENGTH_BYTES) + wrapped.key


def _parts(sealed: bytes) -> tuple[Wrapped, bytes]:
    """The wrapped data key, and what follows it."""
    version_end = _VERSION_AT + int.from_bytes(sealed[_VERSION_AT - 1 : _VERSION_AT])
    key_at = version_end + _LENGTH_BYTES
    key_end = key_at + int.from_bytes(sealed[version_end:key_at])
    if not sealed.startswith(_MARK) or len(sealed) < key_end + NONCE_BYTES:
        raise SecretUnreadable
    return Wrapped(sealed[_VERSION_AT:version_end].decode("ascii", "replace"), sealed[key_at:key_end]), sealed[key_end:]
