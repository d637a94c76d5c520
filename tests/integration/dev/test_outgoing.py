from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from selfhost import outgoing
from selfhost.outgoing import ANSWER_S, ClientTooSlow, Kept, Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATA = bytes(range(256)) * 20_000


# Of a connection: ours, and a client's.
Ends = tuple[socket.socket, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """Of a connection: ours, and a client's that reads nothing by itself."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with ours, theirs:
        yield ours, theirs


def read(theirs: socket.socket, sent: Outgoing, size: int) -> bytes:
    """All that the client gets when it reads in the end, while the loop goes on to send."""
    received = b""
    while len(received) < size:
        received += theirs.recv(100_000)
        sent.flush()
    return received


def test_what_a_client_does_not_take_is_kept_in_order_and_nobody_waits(ends: Ends) -> None:
    kept = Kept(2 * len(DATA))
    sent = Outgoing(ends[0], kept)
    began = time.monotonic()
    for start in range(0, len(DATA), 100_000):
        sent.sendall(DATA[start : start + 100_000])
    assert time.monotonic() - began < 1
    assert sent.is_waiting
    assert 0 < kept.size <= len(DATA)
    assert read(ends[1], sent, len(DATA)) == DATA
    assert not sent.is_waiting
    assert kept.size == 0


def test_a_file_is_sent_from_where_it_is_with_what_is_before_and_behind_it(ends: Ends, tmp_path: Path) -> None:
    kept = Kept(10)
    sent = Outgoing(ends[0], kept)
    (tmp_path / "file").write_bytes(DATA)
    sent.sendall(b"head")
    with (tmp_path / "file").open("rb") as file:
        assert sent.sendfile(file, 256, len(DATA) - 256) == len(DATA) - 256
    sent.sendall(b"tail")
    assert sent.is_waiting
    assert read(ends[1], sent, len(DATA) - 256 + 8) == b"head" + DATA[256:] + b"tail"
    assert kept.size == 0


def test_who_needs_more_than_there_is_room_for_is_hung_up_on(ends: Ends) -> None:
    kept = Kept(1000)
    sent = Outgoing(ends[0], kept)
    with pytest.raises(ClientTooSlow):
        sent.sendall(DATA)
    sent.close()
    assert kept.size == 0


def test_an_answer_without_end_waits_for_its_client_and_not_for_ever(
    ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "MOST_WAITING", 1_000_000)
    monkeypatch.setattr(outgoing, "ANSWER_S", 0.3)
    sent = Outgoing(ends[0], Kept(2_000_000))
    began = time.monotonic()
    with pytest.raises(ClientTooSlow):
        for _ in range(100):
            sent.sendall(DATA[:100_000])
    assert 0.2 < time.monotonic() - began < 5
    sent.close()


def test_an_answer_longer_than_what_may_wait_arrives_whole(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "MOST_WAITING", 300_000)
    sent = Outgoing(ends[0], Kept(1_000_000))
    received = bytearray()

    def take() -> None:
        while data := ends[1].recv(50_000):
            received.extend(data)
            time.sleep(0.001)

    reader = threading.Thread(target=take)
    reader.start()
    for start in range(0, len(DATA), 100_000):
        sent.sendall(DATA[start : start + 100_000])
    while not sent.flush():
        time.sleep(0.01)
    ends[0].shutdown(socket.SHUT_WR)
    reader.join(30)
    assert received == DATA


def test_the_time_to_take_an_answer_begins_when_the_client_takes_no_more(ends: Ends) -> None:
    sent = Outgoing(ends[0], Kept(len(DATA)))
    sent.sendall(DATA)
    assert sent.deadline - time.monotonic() <= ANSWER_S
    deadline = sent.deadline
    ends[1].recv(100_000)
    sent.flush()
    assert sent.deadline > deadline
    sent.close()
