"""A file in a request: the body itself, or the part `file` of a form."""

from __future__ import annotations

import shutil
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Self, cast

from shared.errors import BadRequest

if TYPE_CHECKING:
    from flask import Request

# The largest size of a form without its file.
FORM_BYTES = 64 * 1024
# A longer body goes into a temporary file: that is memory in a Cloud Function, and disk on a server.
_SPOOL_BYTES = 4 * 1024 * 1024


class Upload(NamedTuple):
    """An uploaded file; leaving the block closes it.

    Attributes:
        stream: the file's bytes, at their beginning; can be read again.
        filename: the sender's name of the file; empty where the request has none.
        content_type: the media type that the sender states.
    """

    stream: BinaryIO
    filename: str
    content_type: str

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()


def read_upload(request: Request) -> Upload:
    """Read the file of a request whose size is limited already.

    Raises:
        BadRequest: the form has no part `file`.
    """
    if request.mimetype == "multipart/form-data":
        part = request.files.get("file")
        if part is None:
            raise BadRequest('the form has no part "file"')
        return Upload(cast(BinaryIO, part.stream), part.filename or "", part.mimetype)
    spooled = cast(BinaryIO, SpooledTemporaryFile(_SPOOL_BYTES))  # noqa: SIM115 - `Upload` closes it
    try:
        shutil.copyfileobj(request.stream, spooled)
        spooled.seek(0)
    except BaseException:
        spooled.close()
        raise
    return Upload(spooled, "", request.mimetype)
