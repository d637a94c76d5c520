"""The resumable uploads of a self-hosted server, at `/uploads/`: what the bucket's own address is in the cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from shared.plumbing.uploads.disk import PATH

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from shared.plumbing.uploads.disk import DiskUploads

__all__ = ["PATH", "receive_upload"]


def receive_upload(uploads: DiskUploads, request: Request) -> tuple[Response, str]:
    """Answer a PUT of a session.

    Returns:
        The answer, and what is wrong with the request; empty where nothing is.

    Raises:
        NotFound: no session has this address.
        Unavailable: the disk refuses the bytes.
    """
    secret = request.path.removeprefix(PATH)
    length = request.content_length or 0
    stated = request.headers.get("Content-Range", "")
    received = uploads.receive(secret, stated, length, request.stream)
    answer = Response(status=received.status)
    if received.status == 308 and received.has:  # noqa: PLR2004 - Resume Incomplete
        answer.headers["Range"] = f"bytes=0-{received.has - 1}"
    answer.headers["Cache-Control"] = "no-store"
    return answer, received.fault
