"""A client of IMAP (RFC 3501, RFC 6154) that only reads, and holds no more than a line and a header in memory.

The standard library's imaplib collects all untagged responses of a command and any literal, however large, in memory; IMAPClient stands on
it. A server that is broken or hostile must not fill the memory of a worker, and an answer of a million headers is worked on while it comes.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, NamedTuple

from shared.sources.accounts.account import NeedsAttention, TryLater

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

MAX_LINE = 64 * 1024
# What is kept of a literal; the rest is read and dropped.
MAX_LITERAL = 256 * 1024
# Beyond this a single response is an attack and not a header.
MAX_DROPPED = 64 * 1024 * 1024
_BUFFER = 64 * 1024
MAX_FOLDERS = 2_000
_LITERAL = re.compile(rb"\{(\d{1,12})\+?\}$")
_CODE = re.compile(rb"\[([A-Z0-9-]+)", re.ASCII)
# Refusals of a sign-in that are no fault of the credentials (RFC 5530, and what servers say of limits).
_FOR_NOW = frozenset({b"UNAVAILABLE", b"INUSE", b"LIMIT", b"OVERQUOTA", b"SERVERBUG", b"THROTTLED"})
_LIMITS = re.compile(rb"too many|rate.?limit|bandwidth|over ?quota|exceeded|try again|temporar", re.IGNORECASE)
# An hour: vendors count traffic by the day.
OVER_QUOTA_S = 3600.0


class Response(NamedTuple):
    """An untagged response.

    Attributes:
        text: its line without `* `; each literal is left out, and its place marked by its length in braces.
        literals: the beginning of each literal.
    """

    text: bytes
    literals: list[bytes]


class Folder(NamedTuple):
    r"""A folder.

    Attributes:
        name: as the server writes it (modified UTF-7).
        flags: in lower case, such as `\sent`.
    """

    name: bytes
    flags: frozenset[bytes]


class Opened(NamedTuple):
    """An opened folder.

    Attributes:
        exists: how many messages it has.
        validity: its UIDVALIDITY; 0 where the server has none.
    """

    exists: int
    validity: int


class ImapClient:
    """A connection.

    Args:
        sock: connected to the server, with TLS where it is implicit.
        wrap: puts TLS onto a socket, for STARTTLS; None where the connection is encrypted already, or is to stay as it is.
    """

    def __init__(self, sock: socket.socket, wrap: Callable[[socket.socket], socket.socket] | None = None) -> None:
        self._sock = sock
        self._file = sock.makefile("rb", _BUFFER)
        self._tag = 0
        self._capabilities: frozenset[bytes] = frozenset()
        greeting = self._line()
        if not greeting.startswith((b"* OK", b"* PREAUTH")):
            raise TryLater(f"the server says: {_shown(greeting)}")
        if wrap is not None:
            self._start_tls(wrap)
        self._ask_capabilities()

    def sign_in(self, username: str, *, password: str = "", access_token: str = "") -> None:
        """Sign in by a password (PLAIN, LOGIN), or an access token (XOAUTH2).

        Raises:
            NeedsAttention: the server refuses.
            TryLater: it refuses for now.
        """
        if access_token:
            data = f"user={username}\x01auth=Bearer {access_token}\x01\x01"
            tagged = self._authenticate(b"XOAUTH2", data.encode())
        elif b"AUTH=PLAIN" in self._capabilities:
            tagged = self._authenticate(b"PLAIN", b"\0" + username.encode() + b"\0" + password.encode())
        elif b"LOGINDISABLED" in self._capabilities:
            raise NeedsAttention("the server takes no password on this connection: choose TLS")
        else:
            self._send(b"LOGIN", _quoted(username.encode()), _quoted(password.encode()))
            tagged = self._finish()
        if not tagged.startswith(b"OK"):
            code = _CODE.search(tagged)
            if (code and code[1] in _FOR_NOW) or (
                _LIMITS.search(tagged) and not (code and code[1] == b"AUTHENTICATIONFAILED")
            ):
                raise TryLater(f"the server refuses the sign-in for now: {_shown(tagged)}", OVER_QUOTA_S)
            raise NeedsAttention(f"the server refuses the user name or the password: {_shown(tagged)}")
        self._ask_capabilities()

    def folders(self) -> list[Folder]:
        """All folders that can be opened."""
        command: tuple[bytes, ...] = (b'""', b'"*"')
        if b"SPECIAL-USE" in self._capabilities:
            command += (b"RETURN", b"(SPECIAL-USE)")
        self._send(b"LIST", *command)
        found: list[Folder] = []
        for response in self._responses():
            folder = _folder(response)
            if folder and not folder.flags & {b"\\noselect", b"\\nonexistent"} and len(found) < MAX_FOLDERS:
                found.append(folder)
        return found

    def open(self, folder: Folder) -> Opened | None:
        """Open a folder for reading alone; None for one that is gone or may not be read."""
        self._send(b"EXAMINE", _quoted(folder.name))
        exists = validity = 0
        for response in self._responses(fails=False):
            if match := re.match(rb"(\d{1,10}) EXISTS$", response.text, re.IGNORECASE):
                exists = int(match[1])
            elif match := re.match(rb"OK \[UIDVALIDITY (\d{1,10})\]", response.text, re.IGNORECASE):
                validity = int(match[1])
        return Opened(exists, validity) if self._last.startswith(b"OK") else None

    def last_uid(self) -> int:
        """The UID of the last message of the open folder; 0 without one."""
        self._send(b"FETCH", b"*", b"(UID)")
        uids = [int(match[1]) for response in self._responses() if (match := _UID.search(response.text))]
        return max(uids, default=0)

    def headers(self, first: int, last: int, fields: str) -> Iterator[Response]:
        """The headers of the messages of a range of UIDs, while they come; no flag is changed.

        Args:
            first: the first UID of the range.
            last: the last one.
            fields: names of header fields, with blanks between them.
        """
        self._send(
            b"UID",
            b"FETCH",
            b"%d:%d" % (first, last),
            b"(UID FLAGS INTERNALDATE BODY.PEEK[HEADER.FIELDS (%s)])" % fields.encode(),
        )
        yield from (response for response in self._responses() if b"FETCH" in response.text[:24].upper())

    def close(self) -> None:
        """End the connection; never raises."""
        try:
            self._sock.sendall(b"Z LOGOUT\r\n")
        except (OSError, ValueError):
            pass
        finally:
            self._file.close()
            self._sock.close()

    def _start_tls(self, wrap: Callable[[socket.socket], socket.socket]) -> None:
        self._send(b"STARTTLS")
        if not self._finish().startswith(b"OK"):
            raise NeedsAttention("the server does not encrypt this connection (STARTTLS): choose TLS")
        # What came unencrypted behind the answer is dropped with the buffer: it must not be taken for an encrypted answer.
        self._file.close()
        self._sock = wrap(self._sock)
        self._file = self._sock.makefile("rb", _BUFFER)

    def _ask_capabilities(self) -> None:
        self._send(b"CAPABILITY")
        words = [response.text.upper().split() for response in self._responses()]
        self._capabilities = frozenset(word for line in words if line[:1] == [b"CAPABILITY"] for word in line)

    def _authenticate(self, mechanism: bytes, data: bytes) -> bytes:
        self._send(b"AUTHENTICATE", mechanism)
        line = self._line()
        while line.startswith(b"* "):
            line = self._line()
        if not line.startswith(b"+"):
            return line.partition(b" ")[2]
        self._sock.sendall(base64.b64encode(data) + b"\r\n")
        return self._finish()

    def _send(self, *words: bytes) -> None:
        self._tag += 1
        try:
            self._sock.sendall(b"A%d " % self._tag + b" ".join(words) + b"\r\n")
        except OSError as error:
            raise TryLater(f"the connection was cut: {error}") from error

    def _finish(self) -> bytes:
        """Read up to the tagged line of the command; return it without the tag."""
        for _ in self._responses(fails=False):
            pass
        return self._last

    def _responses(self, *, fails: bool = True) -> Iterator[Response]:
        """The untagged responses of the command; its tagged line is `_last`.

        Raises:
            TryLater: the server refuses the command (with `fails`), ends the connection, or breaks the protocol.
        """
        tag = b"A%d " % self._tag
        while True:
            line = self._line()
            if line.startswith(tag):
                self._last = line[len(tag) :]
                if fails and not self._last.upper().startswith(b"OK"):
                    raise refused(self._last)
                return
            if line[:5].upper() == b"* BYE":
                raise refused(line[2:])
            if line.startswith(b"+"):
                # a refused XOAUTH2 explains itself, and wants an empty answer
                self._sock.sendall(b"\r\n")
            elif line.startswith(b"* "):
                yield self._whole(line[2:])
            else:
                raise TryLater(f"the server does not keep to IMAP: {_shown(line)}")

    def _whole(self, line: bytes) -> Response:
        """A response with its literals, which its line announces."""
        text, literals = line, []
        while match := _LITERAL.search(line):
            size = int(match[1])
            if size > MAX_DROPPED:
                raise TryLater("the server sends a header of more than 64 MB")
            literals.append(self._read(min(size, MAX_LITERAL)))
            self._drop(size - MAX_LITERAL)
            line = self._line()
            text += line
            if len(text) > MAX_LINE:
                raise TryLater("the server's response is longer than any")
        return Response(text, literals)

    def _line(self) -> bytes:
        """A line without its end; of one that is too long the beginning."""
        try:
            line = self._file.readline(MAX_LINE)
            end, dropped = line, 0
            while end and not end.endswith(b"\n"):
                end = self._file.readline(MAX_LINE)
                dropped += len(end)
                if dropped > MAX_DROPPED:
                    raise TryLater("the server's response is longer than any")
        except (OSError, ValueError) as error:
            raise TryLater(f"the connection was cut: {error}") from error
        if not end:
            raise TryLater("the connection was cut")
        return line.rstrip(b"\r\n")

    def _read(self, size: int) -> bytes:
        try:
            data: bytes = self._file.read(size)
        except (OSError, ValueError) as error:
            raise TryLater(f"the connection was cut: {error}") from error
        if len(data) < size:
            raise TryLater("the connection was cut")
        return data

    def _drop(self, size: int) -> None:
        while size > 0:
            size -= len(self._read(min(size, _BUFFER)))


_UID = re.compile(rb"\bUID (\d{1,10})\b", re.IGNORECASE)
_DATE = re.compile(rb'INTERNALDATE "([^"]{10,40})"', re.IGNORECASE)


def uid_of(response: Response) -> int:
    """The UID of a fetched message; 0 where the response has none."""
    match = _UID.search(response.text)
    return int(match[1]) if match else 0


def date_of(response: Response) -> str:
    """The time at which the server took a fetched message, as it writes it; empty where it does not say."""
    match = _DATE.search(response.text)
    return match[1].decode("ascii", "replace") if match else ""


def refused(line: bytes) -> TryLater:
    """A refusal as an error; one for too much traffic is kept for an hour."""
    code = _CODE.search(line)
    later = OVER_QUOTA_S if (code and code[1] in _FOR_NOW) or _LIMITS.search(line) else None
    return TryLater(f"the server says: {_shown(line)}", later)


_LIST = re.compile(rb'LIST \(([^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (.+)$', re.IGNORECASE | re.DOTALL)


def _folder(response: Response) -> Folder | None:
    match = _LIST.match(response.text)
    if not match:
        return None
    name = match[2].strip()
    if _LITERAL.search(name) and response.literals:
        name = response.literals[0]
    elif name.startswith(b'"'):
        name = re.sub(rb"\\(.)", rb"\1", name[1:-1])
    return Folder(name, frozenset(match[1].lower().split()))


def _quoted(text: bytes) -> bytes:
    if b"\r" in text or b"\n" in text or b"\0" in text:
        raise NeedsAttention("a user name or password has no line breaks")
    return b'"' + text.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def _shown(line: bytes) -> str:
    return line[:200].decode("utf-8", "replace").replace("\0", "")
