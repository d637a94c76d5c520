from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import NoMoreData

from selfhost.bodies import BODY_LIMIT_BYTES, BodyTooLarge
from selfhost.incoming import BODY_S, HEAD_S, IN_MEMORY_BYTES, LEAST_RATE, Incoming, NoRoom, TooManyChunks
from selfhost.outgoing import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator

GET = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
NEXT = b"GET /b HTTP/1.1\r\n"
POST = b"POST /a HTTP/1.1\r\nHost: x\r\n"


_made: list[Incoming] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    while _made:
        _made.pop().close()


def incoming(kept: Kept | None = None) -> Incoming:
    made = Incoming(Config(), ("127.0.0.1", 1), 1, 1000.0, kept or Kept(10**9))
    _made.append(made)
    return made


def fed(data: bytes, size: int, kept: Kept | None = None) -> tuple[Incoming, bytes]:
    """A request that comes in pieces of that size, and what is left."""
    made = incoming(kept)
    for start in range(0, len(data), size):
        rest = made.feed(data[start : start + size], 1000.0)
        if made.complete:
            return made, rest + data[start + size :]
    return made, b""


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (GET, b""),
        (POST + b"Content-Length: 5\r\n\r\nhello", b"hello"),
        (POST + b"Content-Length: 0\r\n\r\n", b""),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b""),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nX: y\r\n\r\n", b"hello"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n0003\r\n\r\n0\r\n0\r\n\r\n", b"\r\n0"),
    ],
)
def test_a_request_ends_where_it_ends_however_it_is_cut(data: bytes, body: bytes) -> None:
    for size in itertools.chain(range(1, 20), [len(data), len(data) + 5, 10_000]):
        made, rest = fed(data + NEXT, size)
        assert (made.complete, made.error, rest) == (True, None, NEXT)
        assert made.request is not None
        assert made.request.body.read() == body
        assert made.left_nothing()
        made.close()


@pytest.mark.parametrize(
    "data",
    [
        GET[:-1],
        POST + b"Content-Length: 5\r\n\r\nhell",
        POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
    ],
)
def test_a_part_of_a_request_is_none_and_its_end_makes_it_none(data: bytes) -> None:
    for size in (1, 7, len(data)):
        made, _ = fed(data, size)
        assert not made.complete
        made.end()
        assert made.complete
        assert isinstance(made.error, NoMoreData)


def test_a_body_that_the_app_has_not_read_is_read_before_the_next_request() -> None:
    made, _ = fed(POST + b"Content-Length: 5\r\n\r\nhello", 100)
    assert made.left_nothing()


def test_a_body_that_announces_too_much_is_the_app_s_to_refuse_and_the_connection_s_last() -> None:
    made, _ = fed(POST + b"Content-Length: %d\r\n\r\nx" % (BODY_LIMIT_BYTES + 1), 1000)
    assert made.complete
    assert made.error is None
    assert made.request is not None
    assert made.request.should_close()
    assert not made.left_nothing()


@pytest.mark.parametrize(
    ("chunks", "error"),
    [
        (b"1\r\na\r\n" * 5000, TooManyChunks),
        (b"%x\r\n" % (BODY_LIMIT_BYTES + 1), BodyTooLarge),
        (b"fffffffffffffffffffff\r\n", BodyTooLarge),
    ],
)
def test_chunks_that_are_too_many_or_too_much_are_refused_before_they_have_come(chunks: bytes, error: type) -> None:
    made, _ = fed(POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks, 1000)
    assert isinstance(made.error, error)


@pytest.mark.parametrize("chunks", [b"0x1\r\n", b"-1\r\n", b"\r\n", b"1_0\r\n", b"0\r\n" + b"X: y\r\n" * 20_000])
def test_what_is_no_chunk_is_left_to_the_reader_to_refuse(chunks: bytes) -> None:
    made, _ = fed(POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks, 1000)
    assert made.complete
    assert not made.left_nothing()


def test_the_time_for_a_body_grows_with_what_has_come_and_not_with_what_is_announced() -> None:
    made = incoming()
    assert made.deadline == 1000 + HEAD_S
    made.feed(POST + b"Content-Length: %d\r\n\r\n" % (10 * LEAST_RATE), 1005.0)
    assert made.deadline == 1005 + BODY_S
    made.feed(b"x" * LEAST_RATE, 1006.0)
    assert made.deadline == 1005 + BODY_S + 1


def test_large_bodies_share_a_room_and_small_ones_need_none() -> None:
    kept = Kept(100_000)
    head = POST + b"Content-Length: %d\r\n\r\n"
    size = IN_MEMORY_BYTES + 10_000
    first, _ = fed(head % size + b"x" * size, 20_000, kept)
    assert first.error is None
    assert kept.size > 0
    second, _ = fed(head % size * 2 + b"x" * size, 20_000, kept)
    third, _ = fed(head % (3 * size) + b"x" * 3 * size, 20_000, kept)
    assert isinstance(third.error, NoRoom)
    small, _ = fed(head % 1000 + b"x" * 1000, 300, kept)
    assert small.error is None
    for made in (first, second, third, small):
        made.close()
    assert kept.size == 0
