"""A local stand-in of what stands between a function and AlloyDB: metadata server, AlloyDB's API, and the proxy inside of an instance.

The API answers as https://cloud.google.com/alloydb/docs/reference/rest/v1/projects.locations.clusters/generateClientCertificate says.
The proxy takes certificates that the API has signed, and the message with which Google's connectors begin. Behind it is a real Postgres.
"""

from __future__ import annotations

import contextlib
import json
import ssl
import struct
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pg8000.exceptions import DatabaseError

from shared.plumbing.postgres.alloydb import LOGIN_SCOPE
from tests.fakes.cloud_sql import (
    IAM_USER,
    FakeCloudSql,
    Handler,
    door,
    exactly,
    metadata,
    pem_of,
    serving,
    splice_as_user,
    startup,
)

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

CLUSTER = "projects/acme-crm/locations/europe-west1/clusters/warmpath"
INSTANCE = f"{CLUSTER}/instances/primary"
API_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
PASSWORD = "of-the-owner"
BY_PASSWORD, BY_IAM = 1, 2
OK, ERROR = 1, 2


@dataclass
class FakeAlloyDb(FakeCloudSql):
    """As of Cloud SQL, with AlloyDB's API and proxy.

    Attributes:
        asked: bodies that the API was sent.
    """

    login_scope: str = LOGIN_SCOPE
    asked: list[dict[str, Any]] = field(default_factory=list)

    def is_api_token(self, header: str) -> bool:
        """Whether the header has a token that was given out for Google's APIs."""
        number = header.removeprefix("Bearer ").split(".")[1] if header.count(".") > 1 else ""
        return number.isdigit() and self.tokens[int(number) - 1] == API_SCOPE


@contextlib.contextmanager
def fake_alloydb(database_url: str, folder: Path, certified_for: str = "127.0.0.1") -> Iterator[FakeAlloyDb]:
    """Run the stand-in.

    Args:
        database_url: a Postgres and the user that connections become.
        folder: for the server's key.
        certified_for: the address that the server's certificate names.
    """
    fake = FakeAlloyDb(database_url)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = fake.authority.certificate("warmpath", key.public_key(), address=certified_for)
    (folder / "alloydb.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + pem_of(certificate).encode()
    )
    with contextlib.ExitStack() as stack:
        http = stack.enter_context(serving(ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))))
        fake.metadata_host, fake.api = f"127.0.0.1:{http.server_port}", f"http://127.0.0.1:{http.server_port}"
        port = stack.enter_context(door(fake, ("127.0.0.1", 0), lambda sock: _proxied(fake, sock, folder)))
        fake.address = f"127.0.0.1:{port}"
        yield fake


def _handler(fake: FakeAlloyDb) -> type[Handler]:
    class AlloyDbHandler(Handler):
        def do_GET(self) -> None:  # noqa: N802 - http.server's name
            if fake.failing or self.headers.get("Metadata-Flavor") != "Google":
                return self.send({}, fake.failing or 403)
            return self.send(metadata(fake, self.path))

        def do_POST(self) -> None:  # noqa: N802 - as above
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if fake.failing:
                return self.send({"error": {"message": "not now"}}, fake.failing)
            if self.path != f"/v1/{CLUSTER}:generateClientCertificate":
                return self.send({"error": {"message": "no such cluster"}}, 404)
            if not fake.is_api_token(self.headers.get("Authorization", "")):
                return self.send({"error": {"message": "insufficient scopes"}}, 403)
            fake.asked.append(body)
            fake.certificates += 1
            key = serialization.load_pem_public_key(body["publicKey"].encode())
            chain = [pem_of(fake.clients.certificate("client", key)), fake.clients.pem()]
            return self.send({"pemCertificateChain": chain, "caCert": fake.authority.pem()})

    return AlloyDbHandler


def _proxied(fake: FakeAlloyDb, sock: socket.socket, folder: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(folder / "alloydb.pem")
    context.load_verify_locations(cadata=fake.clients.pem())
    context.verify_mode = ssl.CERT_REQUIRED
    with context.wrap_socket(sock, server_side=True) as secured:
        (length,) = struct.unpack(">I", exactly(secured, 4))
        said = _decoded(exactly(secured, length))
        if not fake.is_login_token(said[3].decode()):
            _answer(secured, bytes([0x08, ERROR, 0x12, 12]) + b"token is bad")
            return
        _answer(secured, bytes([0x08, OK]))
        _signed_in(fake, secured, by=said[2])


def _answer(secured: ssl.SSLSocket, message: bytes) -> None:
    secured.sendall(struct.pack(">I", len(message)) + message)


def _signed_in(fake: FakeAlloyDb, secured: ssl.SSLSocket, by: int) -> None:
    asked = startup(secured)
    if by == BY_PASSWORD:
        secured.sendall(b"R" + struct.pack("!ii", 8, 3))
        _, length = struct.unpack("!ci", exactly(secured, 5))
        if exactly(secured, length - 4).rstrip(b"\0").decode() != PASSWORD:
            return _refuse(secured, "28P01", "password authentication failed")
    elif by != BY_IAM or asked["user"] != IAM_USER:
        return _refuse(secured, "28000", "IAM authentication failed")
    try:
        splice_as_user(fake, secured, database=asked["database"])
    except DatabaseError as error:
        _refuse(secured, error.args[0]["C"], error.args[0]["M"])


def _refuse(secured: ssl.SSLSocket, state: str, message: str) -> None:
    fields = f"SFATAL\0C{state}\0M{message}\0\0".encode()
    secured.sendall(b"E" + struct.pack("!i", len(fields) + 4) + fields)


def _decoded(message: bytes) -> dict[int, Any]:
    """Fields of a protocol buffer by their number: whole numbers and strings."""
    found: dict[int, Any] = {}
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        tag = varint()
        value = varint()
        if tag & 7 == 2:
            found[tag >> 3], at = message[at : at + value], at + value
        else:
            found[tag >> 3] = value
    return found
