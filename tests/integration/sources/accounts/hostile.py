"""A small IMAP server that lies, stalls and cuts."""

from __future__ import annotations

import re
import socket
import threading
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass
class Hostile:
    """A server with one folder, whose messages are the values of `mails` by UID.

    Attributes:
        validity: UIDVALIDITY of the folder.
        given_uid: the UID that is said of a message; the true one unless set.
        last_uid: what `FETCH *` says; the true one unless set.
        cut_after: so many messages are sent, in all connections together, and then every connection is cut; None: never.
        refuse: the answer to a command, by its first word.
        before: lines before the messages of an answer.
        header: made of a message's text, as bytes of the literal.
    """

    mails: dict[int, str] = field(default_factory=dict)
    validity: int = 1
    given_uid: Any = None
    last_uid: int | None = None
    cut_after: int | None = None
    refuse: dict[str, str] = field(default_factory=dict)
    before: list[bytes] = field(default_factory=list)
    sent: int = 0
    commands: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rwb") as file:
                file.write(b"* OK hostile\r\n")
                file.flush()
                while line := file.readline():
                    tag, _, command = line.strip().decode().partition(" ")
                    self.commands.append(command)
                    if not self._answer(file, tag, command):
                        return
                    file.flush()
        except OSError:
            return

    def _answer(self, file: Any, tag: str, command: str) -> bool:  # noqa: C901 - a table of commands
        word = command.split(maxsplit=1)[0].upper()
        if word in self.refuse:
            file.write(f"{tag} {self.refuse[word]}\r\n".encode())
            return True
        if word == "CAPABILITY":
            file.write(b"* CAPABILITY IMAP4rev1\r\n")
        elif word == "LIST":
            file.write(b'* LIST () "/" INBOX\r\n')
        elif word == "EXAMINE":
            file.write(f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] it\r\n".encode())
        elif word == "FETCH":
            last = self.last_uid if self.last_uid is not None else max(self.mails, default=0)
            file.write(f"* {len(self.mails)} FETCH (UID {last})\r\n".encode())
        elif word == "UID":
            match = re.match(r"UID FETCH (\d+):(\d+)", command)
            assert match
            for line in self.before:
                file.write(line)
            for number, (uid, text) in enumerate(sorted(self.mails.items()), 1):
                if not int(match[1]) <= uid <= int(match[2]):
                    continue
                if self.cut_after is not None and self.sent >= self.cut_after:
                    file.flush()
                    return False
                self.sent += 1
                said = self.given_uid(uid) if self.given_uid else uid
                head = text.encode() if isinstance(text, str) else text
                file.write(
                    b"* %d FETCH (UID %d BODY[HEADER.FIELDS (FROM)] {%d}\r\n" % (number, said, len(head))
                    + head
                    + b")\r\n"
                )
        file.write(f"{tag} OK done\r\n".encode())
        return True
