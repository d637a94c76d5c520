"""The keys that wrap: in a file that its owner alone may read, or in Cloud KMS."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import quote

from shared.config import ConfigurationError
from shared.errors import CrmError, Unavailable
from shared.plumbing.google_api import CLOUD_SCOPE, AccessToken, Refused, ask

if TYPE_CHECKING:
    from collections.abc import Callable

KEY_BYTES = 32
NONCE_BYTES = 12
KMS_API = "https://cloudkms.googleapis.com"
_KMS_TIMEOUT_S = 5.0
_BAD_REQUEST = 400
_FORBIDDEN = 403
# Others have no rights on the file.
_OF_OTHERS = 0o077
_OWNER_ONLY = 0o600
_FILE = "file://"


class SecretUnreadable(CrmError):
    """A stored secret cannot be read with the key of this installation."""

    code = "secret_unreadable"


class Wrapped(NamedTuple):
    """A wrapped data key.

    Attributes:
        version: the version of the key that wraps it.
        key: the wrapped data key.
    """

    version: str
    key: bytes


class Keys(Protocol):
    """A key that wraps data keys, in all of its versions."""

    def wrap(self, data_key: bytes, context: bytes) -> Wrapped:
        """Wrap a data key with the newest version; unwrapping needs the same context.

        Raises:
            Unavailable: the key is out of reach.
        """
        ...

    def unwrap(self, wrapped: Wrapped, context: bytes) -> bytes:
        """Unwrap a data key.

        Raises:
            SecretUnreadable: it was wrapped by another key or with another context, or was changed.
            Unavailable: the key is out of reach.
        """
        ...


class KeyFile:
    """Keys in a file: each line a version and 32 random bytes in Base64, the newest last. It is made when it is first used.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._read: tuple[int, ...] | None = None
        self._keys: dict[str, bytes] = {}

    def wrap(self, data_key: bytes, context: bytes) -> Wrapped:
        """See `Keys`."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - paid by who keeps secrets

        version, key = list(self._current().items())[-1]
        nonce = secrets.token_bytes(NONCE_BYTES)
        return Wrapped(version, nonce + AESGCM(key).encrypt(nonce, data_key, context))

    def unwrap(self, wrapped: Wrapped, context: bytes) -> bytes:
        """See `Keys`."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

        key = self._current().get(wrapped.version)
        if key is None:
            raise SecretUnreadable(
                f'a stored secret needs version "{wrapped.version}" of the key, which {self._path} has not'
            )
        nonce, text = wrapped.key[:NONCE_BYTES], wrapped.key[NONCE_BYTES:]
        try:
            return AESGCM(key).decrypt(nonce, text, context)
        except (InvalidTag, ValueError) as error:
            raise SecretUnreadable from error

    def add_version(self) -> str:
        """Add a version, which wraps from then on, and return its name."""
        keys = dict(self._current())
        version = str(max(map(int, keys)) + 1)
        keys[version] = secrets.token_bytes(KEY_BYTES)
        beside = self._write_beside(keys)
        beside.replace(self._path)
        return version

    def _current(self) -> dict[str, bytes]:
        """The keys by version; read again when the file has changed, so that a running server takes a new version."""
        with self._lock:
            try:
                found = self._path.stat()
            except FileNotFoundError:
                self._make()
                found = self._path.stat()
            except OSError as error:
                raise ConfigurationError(f"the key file {self._path} cannot be read: {error.strerror}") from error
            if found.st_mode & _OF_OTHERS:
                raise ConfigurationError(f"others may read the key file {self._path}: run chmod 600 {self._path}")
            seen = (found.st_mtime_ns, found.st_size, found.st_ino)
            if seen != self._read:
                self._keys, self._read = self._parse(), seen
            return self._keys

    def _parse(self) -> dict[str, bytes]:
        try:
            lines = [line.split(" ") for line in self._path.read_text(encoding="ascii").splitlines()]
            keys = {version: base64.b64decode(text, validate=True) for version, text in lines}
        except (OSError, ValueError):
            keys = {}
        if not keys or any(not version.isdecimal() or len(key) != KEY_BYTES for version, key in keys.items()):
            raise ConfigurationError(f"the key file {self._path} is broken: restore it from where you keep a copy")
        return keys

    def _make(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._write_beside({"1": secrets.token_bytes(KEY_BYTES)})
        # of several processes that make it at once, the first one's stays
        with contextlib.suppress(FileExistsError):
            os.link(beside, self._path)
        beside.unlink()

    def _write_beside(self, keys: dict[str, bytes]) -> Path:
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        lines = "".join(f"{version} {base64.b64encode(key).decode()}\n" for version, key in keys.items())
        with os.fdopen(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "w", encoding="ascii"
        ) as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        return beside


class CloudKms:
    """A key in Cloud KMS, by its REST API; it never leaves there. Cloud KMS rotates it, and unwraps with the version that wrapped.

    Args:
        name: `projects/P/locations/L/keyRings/R/cryptoKeys/K`.
        api: where the API is.
        token: returns an access token; that of this instance's service account unless given.
    """

    def __init__(self, name: str, api: str = KMS_API, token: Callable[[], str] | None = None) -> None:
        self._url = f"{api.rstrip('/')}/v1/{quote(name)}"
        self._token = token or AccessToken(CLOUD_SCOPE).current

    def wrap(self, data_key: bytes, context: bytes) -> Wrapped:
        """See `Keys`."""
        answer = self._ask("encrypt", {"plaintext": _encoded(data_key)}, context, ("ciphertext", "name"))
        return Wrapped(answer["name"].rpartition("/")[2], base64.b64decode(answer["ciphertext"]))

    def unwrap(self, wrapped: Wrapped, context: bytes) -> bytes:
        """See `Keys`."""
        try:
            answer = self._ask("decrypt", {"ciphertext": _encoded(wrapped.key)}, context, ("plaintext",))
        except Refused as refused:
            if refused.status != _BAD_REQUEST:
                raise Unavailable(f"Cloud KMS refuses this service the key: {refused}") from refused
            raise SecretUnreadable from refused
        return base64.b64decode(answer["plaintext"])

    def _ask(self, action: str, body: dict[str, str], context: bytes, needed: tuple[str, ...]) -> dict[str, str]:
        try:
            return ask(
                f"{self._url}:{action}", needed, headers={"Authorization": f"Bearer {self._token()}"}, timeout_s=_KMS_TIMEOUT_S,
                body=body | {"additionalAuthenticatedData": _encoded(context)},
            )  # fmt: skip
        except Refused as refused:
            if refused.status in {_BAD_REQUEST, _FORBIDDEN} and action == "decrypt":
                raise
            raise Unavailable(f"Cloud KMS does not answer as it should: {refused}") from refused
        except ConnectionError as error:
            raise Unavailable(f"Cloud KMS does not answer as it should: {error}") from error


def open_keys(setting: str) -> Keys:
    """The keys that `SECRETS_KEY` names.

    Args:
        setting: `file:///path` or a path; or `projects/P/locations/L/keyRings/R/cryptoKeys/K`.

    Raises:
        ConfigurationError: it names none.
    """
    if setting.startswith("projects/"):
        return CloudKms(setting)
    path = setting.removeprefix(_FILE)
    if not path.startswith("/"):
        raise ConfigurationError(
            f'SECRETS_KEY must be file:///path or projects/P/locations/L/keyRings/R/cryptoKeys/K, not "{setting}"'
        )
    return KeyFile(Path(path))


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()
