"""Where uploaded files are kept, and the session by which a client sends one.

A session is an address that only its holder knows. The client sends the bytes there in chunks with `PUT` and
`Content-Range: bytes 0-8388607/30000000`; the answer is 308 with `Range: bytes=0-8388607` until all are there, then 200 or
201. After an interruption `Content-Range: bytes */30000000` without a body asks how far it came. This is the protocol of
Google Cloud Storage's resumable uploads, which sends to the bucket itself in the cloud.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from typing import BinaryIO

# Every chunk but the last is a multiple of this.
CHUNK_UNIT_BYTES = 256 * 1024
# A session and its file are removed after a day.
LIFE_S = 24 * 3600


class UploadSession(NamedTuple):
    """An address to send a file to.

    Attributes:
        url: the address; a client that knows it may write the file.
        headers: headers that every request to it must have.
    """

    url: str
    headers: dict[str, str]


class Uploads(Protocol):
    """A bucket, or a folder."""

    def begin(self, name: str, size: int, origin: str) -> UploadSession:
        """Begin an upload.

        Args:
            name: the name of the file, new and unguessable.
            size: its size in bytes.
            origin: the web origin whose pages may send it; empty for none.

        Raises:
            Unavailable: the store is out of reach.
        """

    def find_size(self, name: str) -> int | None:
        """Return the size of a file that has arrived whole; None until then."""

    def open(self, name: str) -> BinaryIO:
        """Open a file that has arrived, to be read from any place.

        Raises:
            NotFound: the file has not arrived, or is gone.
            Unavailable: the store is out of reach.
        """

    def delete(self, name: str) -> None:
        """Remove a file, and what has arrived of it; do nothing where nothing has arrived."""
