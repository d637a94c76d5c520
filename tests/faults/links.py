"""A TCP proxy between the functions and what they need: it cuts, delays, swallows and mutes connections when told to."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import socket
import struct
import threading
from typing import Any

from dev.processes import LOOPBACK, free_port

CHUNK_BYTES = 65_536
BACKLOG = 256


class Link:
    """One address in front of one or several servers of a kind, taken in turn.

    Attributes:
        port: where to connect instead.
        mode: `open`; `refused`: connections are reset, new ones at once; `swallowed`: nothing comes through, and nobody
            is told; `mute`: what is asked arrives, and the answer does not.
        delay_s: before each piece of data.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, upstreams: tuple[int, ...]) -> None:
        self.port = free_port()
        self.mode = "open"
        self.delay_s = 0.0
        self._loop = loop
        self._upstreams = itertools.cycle(upstreams)
        self._healed = asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, LOOPBACK, self.port, backlog=BACKLOG)

    def set(self, mode: str, *, delay_s: float = 0.0) -> None:
        """Changes how it behaves; connections that were swallowed or muted are reset, for their ends are out of step."""

        def change() -> None:
            self.mode, self.delay_s = mode, delay_s
            if mode == "refused":
                self._reset()
            if mode == "open":
                self._healed.set()
                self._healed = asyncio.Event()

        self._loop.call_soon_threadsafe(change)

    def cut(self) -> None:
        """Resets every connection; new ones are served."""
        self._loop.call_soon_threadsafe(self._reset)

    def close(self) -> None:
        """Serves nobody any more; in the loop's thread."""
        if self._server is not None:
            self._server.close()
        self._reset()

    def _reset(self) -> None:
        for writer in list(self._writers):
            _abort(writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.mode == "refused":
            _abort(writer)
            return
        try:
            beyond, onward = await asyncio.open_connection(LOOPBACK, next(self._upstreams))
        except OSError:
            _abort(writer)
            return
        ends = {writer, onward}
        self._writers |= ends
        pumps = [
            asyncio.ensure_future(self._pump(reader, onward, answers=False)),
            asyncio.ensure_future(self._pump(beyond, writer, answers=True)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            self._writers -= ends
            for end in ends:
                _abort(end)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(CHUNK_BYTES):
                if self.delay_s:
                    await asyncio.sleep(self.delay_s)
                if self._swallows(answers=answers):
                    break
                writer.write(chunk)
                await writer.drain()
        if self._swallows(answers=answers):  # also the end of a connection is not passed on
            await self._healed.wait()
            return
        with contextlib.suppress(OSError):  # what was said last arrives before the end does
            writer.close()
            await writer.wait_closed()

    def _swallows(self, *, answers: bool) -> bool:
        return self.mode == "swallowed" or (self.mode == "mute" and answers)


def _abort(writer: asyncio.StreamWriter) -> None:
    raw: Any = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):  # closed already
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class Links:
    """All links, in a thread of their own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="links", daemon=True)
        self._thread.start()
        self._links: list[Link] = []

    def open(self, *upstreams: int) -> Link:
        """A link to the servers at these ports."""
        link = Link(self._loop, upstreams)
        self._links.append(link)
        asyncio.run_coroutine_threadsafe(link.open(), self._loop).result()
        return link

    def close(self) -> None:
        """Ends every connection."""

        async def end() -> None:
            for link in self._links:
                link.close()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await asyncio.sleep(0)  # what was aborted is closed with the next turn

        asyncio.run_coroutine_threadsafe(end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
