"""The use cases of devices: giving one a password, signing it in, revoking it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from shared.devices import repository
from shared.errors import Conflict, NotFound

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.devices.models import DeviceCreate
    from shared.devices.repository import Device
    from shared.plumbing.postgres.database import Session

# Without i, l, o, 0 and 1: it may have to be typed from a screen. 27 of 31 characters are 133 bits.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH, _GROUP = 27, 9
MAX_DEVICES = 50
LINK_MINUTES = 10
REMOVED_DAYS = 365


def create_device(
    tx: Session, asked: DeviceCreate, username: str, urls: tuple[str, str], now: datetime
) -> dict[str, Any]:
    """Give a device a password, which is shown this once.

    Args:
        tx: a transaction.
        asked: its name.
        username: the name that it signs in with.
        urls: where the address book is, and where the app is.
        now: the time.

    Raises:
        Conflict: the user has as many devices as anybody may have.
    """
    if repository.count_devices(tx) >= MAX_DEVICES:
        raise Conflict(f"you have {MAX_DEVICES} devices, as many as one may have: revoke one that is not used any more")
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    token = secrets.token_urlsafe(32)
    until = now + timedelta(minutes=LINK_MINUTES)
    device_id, created_at = repository.create_device(
        tx,
        name=asked.name,
        username=username,
        secret_hash=hash_of(secret),
        link_hash=hash_of(token),
        link_until=until,
        link_sealed=_sealed(secret, token).hex(),
    )
    return {
        "id": str(device_id),
        "name": asked.name,
        "url": urls[0],
        "username": username,
        "password": "-".join(secret[place : place + _GROUP] for place in range(0, _LENGTH, _GROUP)),
        "connect_url": f"{urls[1]}/api/crm/devices/connect/{token}",
        "connect_until": until.isoformat(),
        "created_at": created_at,
    }


def delete_device(tx: Session, device_id: UUID) -> None:
    """Revoke a device.

    Raises:
        NotFound: the user has no such device.
    """
    if not repository.delete_device(tx, device_id):
        raise NotFound(f"no device has the id {device_id}")


def credentials_of(authorization: str | None) -> tuple[str, str] | None:
    """The name and the password of an `Authorization: Basic` header, as they were made; None for any other header."""
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic" or len(encoded) > 2000:  # noqa: PLR2004 - no name and password are longer
        return None
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    username, colon, secret = text.partition(":")
    return (username.strip().lower(), secret.replace("-", "").replace(" ", "").lower()) if colon else None


def sign_in(tx: Session, username: str, secret: str, agent: str) -> Device | None:
    """The device with a name and a password; None where there is none. Nothing is remembered, so a revoked device is out at once.

    Args:
        tx: a session of no user.
        username: the name, in lower case.
        secret: the password, without the marks between its groups.
        agent: the program, as it names itself.
    """
    device = repository.device_of(tx, hash_of(secret), agent.replace("\0", ""))
    return device if device is not None and device.username.lower() == username else None


def hash_of(secret: str) -> str:
    """What is kept of a secret: its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def _sealed(secret: str, token: str) -> bytes:
    """A password under a one-time token of 256 bits, by whose digits it is masked; the same again opens it."""
    return _masked(secret.encode(), token)


def _masked(data: bytes, token: str) -> bytes:
    mask = hashlib.shake_256(b"device password" + token.encode("utf-8", "replace")).digest(len(data))
    return bytes(one ^ other for one, other in zip(data, mask, strict=True))


def opened(sealed: str, token: str) -> str:
    """The password that a link carries, in groups as it is shown."""
    secret = _masked(bytes.fromhex(sealed), token).decode()
    return "-".join(secret[place : place + _GROUP] for place in range(0, len(secret), _GROUP))


def purge_cards(tx: Session, now: datetime, held_before: datetime) -> int:
    """Remove what is too old to be reported to devices, and what cards held that went before a time; how many rows."""
    return repository.purge_cards(tx, now - timedelta(days=REMOVED_DAYS), held_before)
