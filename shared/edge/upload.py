"""A file in a request: the body itself, or the part `file` of a form."""

from __future__ import annotations

import shutil
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Self, cast

from shared.errors import BadRequest

if TYPE_CHECKING:
    from flask import Request

# What the form around a file may add.
FORM_BYTES = 64 * 1024
# Up to here a body stays in memory; the temporary folder of a function is memory too, on a server it is not.
_SPOOL_BYTES = 4 * 1024 * 1024


class Upload(NamedTuple):
    """A file as it was sent; leaving the block closes it.

    Attributes:
        stream: its bytes, at their beginning; can be read again.
        filename: what the sender calls it; empty when nothing is said.
        content_type: what the sender says it is.
    """

    stream: BinaryIO
    filename: str
    content_type: str

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()


def read_upload(request: Request) -> Upload:
    """The file of a request whose size is bounded already.

    Raises:
        BadRequest: a form without a part `file`.
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
