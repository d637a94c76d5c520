"""WebDAV at the edge: devices sign in with a password of their own, and their requests reach the area without the framework."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from shared.devices import server, service
from shared.edge.deps import deps
from shared.edge.reply import Reply
from shared.errors import Unavailable
from shared.plumbing.postgres.origin import acting, origin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from shared.devices.repository import Device
    from shared.edge.call import Call
    from shared.plumbing.postgres.database import Session

# DAVx5 fetches ten cards at a time, so 10,000 contacts are a thousand requests within a minute.
REQUESTS_PER_MINUTE = 6_000
# Of one name: a device whose password was revoked asks a few times an hour.
WRONG_PASSWORDS_PER_MINUTE = 60
CHALLENGE = {"WWW-Authenticate": 'Basic realm="Warmpath", charset="UTF-8"'}


class DavExchange:
    """A request of a device, as `shared.devices.server` takes it."""

    def __init__(self, call: Call, device: Device) -> None:
        request = call.request
        environ = request.environ
        self.method = request.method
        # as it was sent: a name may hold an encoded slash; WSGI gives the bytes of a text as Latin-1
        raw: str = environ.get("RAW_URI") or environ.get("REQUEST_URI") or quote(request.path)
        self.raw_path = raw.encode("latin-1", "replace").decode("utf-8", "replace")
        self.media_type = request.mimetype
        self._call = call
        self._device = device

    def header(self, name: str) -> str | None:
        """A header; None where it was not sent."""
        return self._call.request.headers.get(name)

    def body(self, max_bytes: int) -> bytes:
        """Read the body.

        Raises:
            TooLarge: it exceeds `max_bytes`.
        """
        self._call.limit_body(max_bytes)
        return self._call.request.get_data(cache=False)

    def reading(self) -> contextlib.AbstractContextManager[Session]:
        """Open a transaction on the primary that writes no contact."""
        return self._call.database.transaction(self._device.user_id)

    @contextlib.contextmanager
    def writing(self, contact_id: UUID | None) -> Iterator[Session]:
        """Open a transaction that may change a contact; None: any of them."""
        user_id, cache = self._device.user_id, self._call.cache
        changing = (
            cache.changing_contacts(user_id) if contact_id is None else cache.changing_contact(user_id, contact_id)
        )
        # the journal says of the change which device it was
        named = acting(origin().kind, "user", details={"device_id": str(self._device.id)})
        with named, changing, self._call.transaction(as_user=user_id) as tx:
            yield tx


def answer_device(call: Call) -> Reply:
    """Answer a request to the address book."""
    device = _device(call)
    if device is None:
        return Reply(401, b"", server.PLAIN, {**CHALLENGE, **server.HEADERS})
    _limit(call, f"device:{device.id}", REQUESTS_PER_MINUTE)
    answer = server.respond(device, DavExchange(call, device))
    headers = {**server.HEADERS, **answer.headers}
    return Reply(answer.status, answer.body, answer.content_type, headers, answer.etag)


def _device(call: Call) -> Device | None:
    """The device that the request signs in as; None without valid credentials: programs of Apple ask without any first, which counts for nothing."""
    given = service.credentials_of(call.request.headers.get("Authorization"))
    if given is None:
        return None
    username, secret = given
    with call.database.single(None) as tx:
        device = service.sign_in(tx, username, secret, call.request.headers.get("User-Agent", ""))
    if device is None:
        _limit(call, f"password:{service.hash_of(username)}", WRONG_PASSWORDS_PER_MINUTE)
    return device


def _limit(call: Call, owner: str, per_minute: int) -> None:
    """Count a request against a limit. The refusal is 503: DAVx5 waits after it, and takes 429 for a failure.

    Raises:
        Unavailable: the limit is used up.
    """
    if deps().settings.rate_limit_per_minute == 0:
        return
    allowance = call.cache.take_token(owner, per_minute=per_minute, burst=per_minute)
    if allowance is not None and allowance.retry_after_ms:
        raise Unavailable("too many requests", retry_after_s=max(1, allowance.retry_after_ms / 1000))
