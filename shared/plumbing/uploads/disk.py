"""Uploaded files in a folder, and the server's side of the resumable protocol (see `store`)."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from shared.errors import NotFound, Unavailable
from shared.plumbing.uploads.store import CHUNK_UNIT_BYTES, LIFE_S, UploadSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

PATH = "/uploads/"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,200}")
_RANGE = re.compile(r"bytes (?:(\d{1,18})-(\d{1,18})|\*)/(\d{1,18})")


class Received(NamedTuple):
    """The answer to a request of a session.

    Attributes:
        status: of HTTP.
        has: how many bytes have arrived.
        fault: what is wrong with the request; empty where nothing is.
    """

    status: int
    has: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class DiskUploads:
    """The store.

    Attributes:
        folder: holds a file for each upload, with `.part` behind its name until it is whole, and one for each session.
        base_url: where the gateway answers.
    """

    folder: Path
    base_url: str

    def begin(self, name: str, size: int, origin: str) -> UploadSession:  # noqa: ARG002 - the gateway has the app's origin
        """See `Uploads`."""
        secret = secrets.token_urlsafe(32)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._remove_old()
            if shutil.disk_usage(self.folder).free < size:
                raise Unavailable(f"a file of {size:,} bytes does not fit right now", retry_after_s=60)
            self._session(secret).write_text(json.dumps({"name": name, "size": size}), encoding="ascii")
        except OSError as error:
            raise Unavailable("files cannot be stored right now; try again") from error
        return UploadSession(f"{self.base_url}{PATH}{secret}", {})

    def find_size(self, name: str) -> int | None:
        """See `Uploads`."""
        with contextlib.suppress(OSError):
            return self._file(name).stat().st_size
        return None

    def open(self, name: str) -> BinaryIO:
        """See `Uploads`."""
        try:
            return self._file(name).open("rb")
        except FileNotFoundError:
            raise NotFound("the file is gone: send it again") from None
        except OSError as error:
            raise Unavailable("files cannot be read right now; try again") from error

    def delete(self, name: str) -> None:
        """See `Uploads`."""
        for path in (self._file(name), self._part(name)):
            path.unlink(missing_ok=True)

    def receive(self, secret: str, content_range: str, length: int, body: IO[bytes]) -> Received:
        """Take a chunk of a session, or say how far it is.

        Args:
            secret: the last part of the session's address.
            content_range: the header `Content-Range`; empty for a body that is the whole file.
            length: the size of the body.
            body: the chunk.

        Raises:
            NotFound: no session has this address.
            Unavailable: the disk refuses the bytes; those that were taken before stay.
        """
        name, size = self._opened(secret)
        if self.find_size(name) is not None:
            return Received(200, size)
        try:
            with self._locked(name) as part:
                stated = content_range or f"bytes 0-{length - 1}/{size}"
                received = self._append(part, size, stated, length, body)
                if received.status == 200:  # noqa: PLR2004 - it is whole
                    part.flush()
                    self._part(name).rename(self._file(name))
                return received
        except OSError as error:
            raise Unavailable("the file cannot be stored right now; go on in a moment") from error

    def _append(self, part: IO[bytes], size: int, stated: str, length: int, body: IO[bytes]) -> Received:
        has = part.seek(0, 2)
        found = _RANGE.fullmatch(stated)
        if found is None:
            return Received(400, has, f'Content-Range must be such as "bytes 0-524287/2000000", not "{stated[:100]}"')
        if int(found[3]) != size:
            return Received(400, has, f"the session is for {size:,} bytes, not {int(found[3]):,}")
        if found[1] is not None:
            first, last = int(found[1]), int(found[2])
            if last - first + 1 != length or last >= size:
                return Received(400, has, f"Content-Range says bytes {first} to {last}, and the body has {length:,}")
            if last != size - 1 and length % CHUNK_UNIT_BYTES:
                return Received(400, has, f"a chunk before the last is a multiple of {CHUNK_UNIT_BYTES:,} bytes")
            if first <= has <= last:  # what is there already is passed over
                if has > first:
                    body.read(has - first)
                shutil.copyfileobj(body, part)
                has = part.tell()
        return Received(200 if has == size else 308, has)

    @contextlib.contextmanager
    def _locked(self, name: str) -> Iterator[IO[bytes]]:
        """Open what has arrived; one request at a time."""
        with self._part(name).open("ab") as part:
            fcntl.flock(part, fcntl.LOCK_EX)
            yield part

    def _opened(self, secret: str) -> tuple[str, int]:
        try:
            document = json.loads(self._session(secret).read_text(encoding="ascii"))
        except (OSError, ValueError):
            raise NotFound("no upload has this address, or its day is over: start it again") from None
        return document["name"], document["size"]

    def _remove_old(self) -> None:
        """Remove what is older than a day."""
        for path in self.folder.iterdir():
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < time.time() - LIFE_S:
                    path.unlink()

    def _session(self, secret: str) -> Path:
        return self.folder / f"{hashlib.sha256(secret.encode()).hexdigest()}.session"

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise NotFound("no file has this name")
        return self.folder / name

    def _part(self, name: str) -> Path:
        return self._file(name).with_suffix(".part")


def folder_of(url: str) -> Path:
    """The folder that a `file://` address or a path names."""
    return Path(url.removeprefix("file://")).expanduser()
