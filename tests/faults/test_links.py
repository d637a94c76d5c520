"""What a link does to a connection, seen from both ends."""

from __future__ import annotations

import contextlib
import socket
import threading

import pytest

from tests.faults.links import Links


@pytest.fixture
def links():
    made = Links()
    yield made
    made.close()


@pytest.fixture
def heard():
    """A server that answers what it hears, and what it heard."""
    server = socket.create_server(("127.0.0.1", 0))
    words: list[bytes] = []

    def serve():
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()

    def answer(connection):
        with contextlib.suppress(OSError), connection:
            while word := connection.recv(100):
                words.append(word)
                connection.sendall(word)

    threading.Thread(target=serve, daemon=True).start()
    words_and_port = (words, server.getsockname()[1])
    yield words_and_port
    server.close()


def call(link):
    connection = socket.create_connection(("127.0.0.1", link.port), 5)
    connection.settimeout(0.3)
    return connection


def ask(connection, word):
    connection.sendall(word)
    return connection.recv(100)


def test_an_open_link_carries_both_ways(links, heard):
    with call(links.open(heard[1])) as connection:
        assert ask(connection, b"hello") == b"hello"


def test_a_cut_ends_what_there_is_and_serves_what_comes(links, heard):
    link = links.open(heard[1])
    with call(link) as connection:
        ask(connection, b"hello")
        link.cut()
        with pytest.raises(ConnectionResetError):
            connection.recv(100)
    with call(link) as again:
        assert ask(again, b"hello") == b"hello"


def test_a_refused_link_serves_nobody(links, heard):
    link = links.open(heard[1])
    link.set("refused")
    with pytest.raises(OSError, match=r"reset|refused"), call(link) as connection:
        ask(connection, b"hello")


@pytest.mark.parametrize(("mode", "arrives"), [("swallowed", False), ("mute", True)])
def test_a_link_that_says_nothing_says_nothing_until_it_is_healed(links, heard, mode, arrives):
    link = links.open(heard[1])
    with call(link) as connection:
        ask(connection, b"first")
        link.set(mode)
        with pytest.raises(TimeoutError):
            ask(connection, b"second")
        assert (b"second" in heard[0]) == arrives
        link.set("open")
        connection.settimeout(5)
        with pytest.raises(ConnectionResetError):
            connection.recv(100)
