"""Uploaded files in a bucket of Google Cloud Storage, by its JSON API.

The function that announces an upload opens the resumable session with its own rights. The session's address is signed by
that: a client that has it writes this one object, and nothing else.
"""

from __future__ import annotations

import io
import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import urllib3
from urllib3.exceptions import HTTPError

from shared.errors import NotFound, Unavailable
from shared.plumbing.outbound.pool import Retry, pool_manager
from shared.plumbing.uploads.store import UploadSession

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

HOST = "https://storage.googleapis.com"
_SCOPE = "https://www.googleapis.com/auth/devstorage.read_write"
CONNECT_S, READ_S = 3.0, 30.0
BUFFER_BYTES = 1024 * 1024
# How often a stream that breaks is continued without a byte in between.
TRIES = 4
_BUSY = (408, 429, 500, 502, 503, 504)
_OK, _PARTIAL, _GONE, _BEYOND = 200, 206, 404, 416


class BucketUploads:
    """The store.

    Args:
        bucket: the name of the bucket.
        host: where the API is.
        token: returns an access token; that of the function's own service account unless given.
    """

    def __init__(self, bucket: str, host: str = HOST, token: Callable[[], str] | None = None) -> None:
        self._bucket = bucket
        self._host = host.rstrip("/")
        self._token = token or self._own_token

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        retries = Retry(
            TRIES - 1, status_forcelist=_BUSY, allowed_methods=None, backoff_factor=0.3, raise_on_status=False
        )
        return pool_manager({}, retries=retries, timeout=urllib3.Timeout(connect=CONNECT_S, read=READ_S))

    @cached_property
    def _credentials(self) -> Any:
        import google.auth  # noqa: PLC0415 - 60 ms, paid by functions that touch files

        credentials, _ = google.auth.default(scopes=[_SCOPE])
        return credentials

    def _own_token(self) -> str:
        from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415 - as above
        from google.auth.transport.urllib3 import Request  # noqa: PLC0415 - as above

        if not self._credentials.valid:
            try:
                self._credentials.refresh(Request(self._pool))  # type: ignore[no-untyped-call]
            except GoogleAuthError as error:
                raise Unavailable("the store of files is out of reach; try again") from error
        return str(self._credentials.token)

    def begin(self, name: str, size: int, origin: str) -> UploadSession:
        """See `Uploads`."""
        url = f"{self._host}/upload/storage/v1/b/{self._bucket}/o?uploadType=resumable&ifGenerationMatch=0&name={_quoted(name)}"
        headers = {
            "Content-Type": "application/json",
            "X-Upload-Content-Type": "application/octet-stream",
            "X-Upload-Content-Length": str(size),
        } | ({"Origin": origin} if origin else {})
        answer = self.ask("POST", url, headers, json.dumps({"name": name}).encode())
        session = answer.headers.get("Location")
        if answer.status != _OK or not session:
            raise Unavailable(f"the store of files answers {answer.status}; try again")
        return UploadSession(session, {})

    def find_size(self, name: str) -> int | None:
        """See `Uploads`."""
        answer = self.ask("GET", f"{self._object(name)}?fields=size")
        if answer.status == _GONE:
            return None
        if answer.status != _OK:
            raise Unavailable(f"the store of files answers {answer.status}; try again")
        return int(json.loads(answer.data)["size"])

    def open(self, name: str) -> BinaryIO:
        """See `Uploads`."""
        size = self.find_size(name)
        if size is None:
            raise NotFound("the file is gone: send it again")
        stream = _Object(self, f"{self._object(name)}?alt=media", size)
        return cast("BinaryIO", io.BufferedReader(stream, BUFFER_BYTES))

    def delete(self, name: str) -> None:
        """See `Uploads`."""
        self.ask("DELETE", self._object(name))

    def _object(self, name: str) -> str:
        return f"{self._host}/storage/v1/b/{self._bucket}/o/{_quoted(name)}"

    def ask(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None, **how: Any
    ) -> urllib3.BaseHTTPResponse:
        """Send a request with the function's rights.

        Raises:
            Unavailable: the store is out of reach.
        """
        try:
            return self._pool.request(
                method, url, body=body, headers={"Authorization": f"Bearer {self._token()}", **(headers or {})}, **how
            )
        except HTTPError as error:
            raise Unavailable("the store of files is out of reach; try again") from error


class _Object(io.RawIOBase):
    """An object, read from any place; a broken stream goes on where it broke."""

    def __init__(self, store: BucketUploads, url: str, size: int) -> None:
        self._store = store
        self._url = url
        self._size = size
        self._at = 0
        self._answer: urllib3.BaseHTTPResponse | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        target = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if target != self._at:
            self._hang_up()
            self._at = max(0, target)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed says WriteableBuffer
        """Read what has come, up to the buffer's size."""
        for _ in range(TRIES):
            if self._at >= self._size:
                return 0
            try:
                data = self._stream().read(len(buffer))
            except HTTPError:
                data = b""
            if data:
                buffer[: len(data)] = data
                self._at += len(data)
                return len(data)
            self._hang_up()
        raise Unavailable("the store of files breaks off; try again")

    def _stream(self) -> urllib3.BaseHTTPResponse:
        if self._answer is None:
            place = {"Range": f"bytes={self._at}-"}
            answer = self._store.ask("GET", self._url, place, preload_content=False)
            if answer.status not in ({_OK, _PARTIAL} if self._at == 0 else {_PARTIAL}):
                answer.release_conn()
                if answer.status in {_GONE, _BEYOND}:
                    raise NotFound("the file is gone: send it again")
                raise Unavailable(f"the store of files answers {answer.status}; try again")
            self._answer = answer
        return self._answer

    def _hang_up(self) -> None:
        if self._answer is not None:
            self._answer.close()
            self._answer = None

    def close(self) -> None:
        """Hang up."""
        self._hang_up()
        super().close()


def _quoted(name: str) -> str:
    return quote(name, safe="")
