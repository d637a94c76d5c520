from __future__ import annotations

import io
from typing import Any

import pytest

from selfhost.bodies import BodyTooLarge, admit


def environ(body: bytes, **headers: str) -> dict[str, Any]:
    return {"wsgi.input": io.BytesIO(body), **headers}


def test_a_body_within_the_limit_is_left_unread() -> None:
    request = environ(b"12345", CONTENT_LENGTH="5")
    admit(request, 5)
    assert request["wsgi.input"].tell() == 0


def test_a_body_that_announces_too_much_is_refused_unread() -> None:
    request = environ(b"123456", CONTENT_LENGTH="6")
    with pytest.raises(BodyTooLarge):
        admit(request, 5)
    assert request["wsgi.input"].tell() == 0


def test_a_body_in_chunks_gets_its_length() -> None:
    request = environ(b"12345", HTTP_TRANSFER_ENCODING="chunked")
    collected = admit(request, 5)
    assert collected is not None
    assert (request["CONTENT_LENGTH"], request["wsgi.input"].read()) == ("5", b"12345")
    assert "HTTP_TRANSFER_ENCODING" not in request
    collected.close()


def test_a_body_in_chunks_is_refused_once_it_is_too_large() -> None:
    with pytest.raises(BodyTooLarge):
        admit(environ(b"123456", HTTP_TRANSFER_ENCODING="chunked"), 5)


def test_a_length_that_is_no_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="many"):
        admit(environ(b"", CONTENT_LENGTH="many"))
