"""A local stand-in of what stands between a function and Cloud SQL: metadata server, Admin API, and the instance's two doors.

The metadata server answers as https://cloud.google.com/compute/docs/metadata/querying-metadata says, the Admin API as the reference of
`connect.get` and `connect.generateEphemeral` (v1beta4). One door is the proxy at port 3307, which takes certificates that the Admin
API has signed; the other is Postgres's own, with TLS, where the access token is the password. Behind both is a real Postgres.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import json
import socket
import ssl
import struct
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pg8000.core
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.plumbing.postgres.cloud_sql import CONNECTOR_PORT, LOGIN_SCOPE
from shared.plumbing.postgres.pool import url_arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

INSTANCE = "acme-crm:europe-west1:warmpath-primary"
IAM_USER = "find-path@acme-crm.iam"
ADMIN_SCOPE = "https://www.googleapis.com/auth/sqlservice.admin"
SSL_REQUEST = struct.pack("!ii", 8, 80877103)
STARTUP_AUTHENTICATED = b"R" + struct.pack("!ii", 8, 0)
READY = b"Z" + struct.pack("!i", 5) + b"I"


@dataclass
class Authority:
    """A certificate authority with its key."""

    name: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def certificate(
        self, subject: str, public_key: Any, *, is_authority: bool = False, address: str = ""
    ) -> x509.Certificate:
        """A certificate of the subject, signed by this authority, valid for an hour."""
        now = dt.datetime.now(dt.UTC)
        builder = x509.CertificateBuilder(
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)]),
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]),
            public_key, x509.random_serial_number(), now - dt.timedelta(minutes=1), now + dt.timedelta(hours=1),
        )  # fmt: skip
        builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        if address:
            names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def pem(self) -> str:
        """The authority's own certificate."""
        return pem_of(self.certificate(self.name, self.key.public_key(), is_authority=True))


@dataclass
class FakeCloudSql:
    """The addresses of a running stand-in, and what it was asked.

    Attributes:
        database_url: the Postgres behind it, as the user whom certificates and tokens stand for.
        metadata_host: `host:port` for `GCE_METADATA_HOST`.
        api: address of the Admin API.
        direct: `host:port` of Postgres's own door.
        address: of the proxy at port 3307.
        tokens: scopes that access tokens were asked for, in order.
        certificates: how many the Admin API has signed.
        expires_in: how long a token lasts by its answer, in seconds.
        login_scope: of the tokens that sign in.
        failing: status that the metadata server and the Admin API answer instead; 0: none.
        silent: whether both doors take connections and never say a word.
        accepted: set by a connection that is met with silence.
        signed_in: how many connections have got past a door.
        at_the_end: what to close before the stand-in ends.
    """

    database_url: str
    metadata_host: str = ""
    api: str = ""
    direct: str = ""
    address: str = ""
    authority: Authority = field(default_factory=lambda: Authority("server"))
    clients: Authority = field(default_factory=lambda: Authority("clients"))
    tokens: list[str] = field(default_factory=list)
    certificates: int = 0
    expires_in: int = 3599
    login_scope: str = LOGIN_SCOPE
    failing: int = 0
    silent: bool = False
    accepted: threading.Event = field(default_factory=threading.Event)
    signed_in: int = 0
    at_the_end: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def environment(self) -> dict[str, str]:
        """What a deployed function finds in its environment, with this stand-in in the place of Google."""
        return {
            "CLOUD_SQL_INSTANCE": INSTANCE, "CLOUD_SQL_API": self.api, "DATABASE_USER": IAM_USER,
            "GCE_METADATA_HOST": self.metadata_host, "GCE_METADATA_IP": self.metadata_host,
            "GOOGLE_CLOUD_PROJECT": INSTANCE.partition(":")[0],
        }  # fmt: skip

    def token_of(self, scope: str) -> str:
        """A new token."""
        self.tokens.append(scope)
        return f"ya29.{len(self.tokens)}.{scope.rpartition('.')[2]}"

    def is_login_token(self, token: str) -> bool:
        """Whether the token was given out for signing in to a database."""
        number = token.split(".")[1] if token.count(".") == 2 else ""
        return number.isdigit() and self.login_scope in self.tokens[int(number) - 1]


@contextlib.contextmanager
def fake_cloud_sql(database_url: str, folder: Path, address: str = "127.53.7.1") -> Iterator[FakeCloudSql]:
    """Run the stand-in.

    Args:
        database_url: a Postgres and the user that connections become.
        folder: for the servers' keys.
        address: a loopback address whose port 3307 nobody else takes.
    """
    fake = FakeCloudSql(database_url, address=address)
    key = ec.generate_private_key(ec.SECP256R1())
    (folder / "server.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + pem_of(fake.authority.certificate("acme-crm:warmpath-primary", key.public_key())).encode()
    )
    with contextlib.ExitStack() as stack:
        http = stack.enter_context(serving(ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))))
        fake.metadata_host, fake.api = f"127.0.0.1:{http.server_port}", f"http://127.0.0.1:{http.server_port}"
        stack.enter_context(door(fake, (address, CONNECTOR_PORT), lambda sock: _proxied(fake, sock, folder)))
        port = stack.enter_context(door(fake, ("127.0.0.1", 0), lambda sock: _signed_in(fake, sock, folder)))
        fake.direct = f"127.0.0.1:{port}"
        with fake.at_the_end:
            yield fake


def pem_of(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def metadata(fake: FakeCloudSql, path: str) -> Any:
    parts = urlsplit(path)
    if parts.path.endswith("/token"):
        scope = ",".join(parse_qs(parts.query).get("scopes", [ADMIN_SCOPE]))
        return {"access_token": fake.token_of(scope), "expires_in": fake.expires_in, "token_type": "Bearer"}
    if "/service-accounts/" in parts.path:
        return {"email": "find-path@acme-crm.iam.gserviceaccount.com", "scopes": [ADMIN_SCOPE]}
    return "acme-crm" if parts.path.endswith("project-id") else ""


class Handler(BaseHTTPRequestHandler):
    """Answers with JSON or text, as Google's servers do."""

    def send(self, answer: Any, status: int = 200) -> None:
        """Send an answer with its headers."""
        body = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Metadata-Flavor", "Google")
        self.send_header("Content-Type", "text/plain" if isinstance(answer, str) else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Stay silent."""


def _handler(fake: FakeCloudSql) -> type[BaseHTTPRequestHandler]:
    class CloudSqlHandler(Handler):
        def do_GET(self) -> None:
            if fake.failing:
                return self.send({"error": {"message": "not now"}}, fake.failing)
            if self.path.endswith("/connectSettings"):
                return self.send(
                    {
                        "region": INSTANCE.split(":")[1], "databaseVersion": "POSTGRES_15", "backendType": "SECOND_GEN",
                        "serverCaCert": {"cert": fake.authority.pem()}, "ipAddresses": [{"type": "PRIVATE", "ipAddress": fake.address}],
                    }
                )  # fmt: skip
            if self.headers.get("Metadata-Flavor") != "Google":
                return self.send({}, 403)
            return self.send(metadata(fake, self.path))

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if fake.failing:
                return self.send({"error": {"message": "not now"}}, fake.failing)
            if not fake.is_login_token(asked.get("access_token", "")):
                return self.send({"error": {"message": "access_token is missing or not for login"}}, 400)
            fake.certificates += 1
            key = serialization.load_pem_public_key(asked["public_key"].encode())
            return self.send({"ephemeralCert": {"cert": pem_of(fake.clients.certificate(IAM_USER, key))}})

    return CloudSqlHandler


@contextlib.contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[ThreadingHTTPServer]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def door(fake: FakeCloudSql, address: tuple[str, int], serve: Callable[[socket.socket], None]) -> Iterator[int]:
    listener = socket.create_server(address)

    def accept() -> None:
        while True:
            try:
                taken, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_served, args=(fake, serve, taken), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _served(fake: FakeCloudSql, serve: Callable[[socket.socket], None], taken: socket.socket) -> None:
    with taken, contextlib.suppress(OSError, struct.error):
        if not fake.silent:
            serve(taken)
            return
        fake.accepted.set()
        while taken.recv(4096):
            pass


def _proxied(fake: FakeCloudSql, sock: socket.socket, folder: Path) -> None:
    """Port 3307: TLS 1.3 with a client's certificate, and then Postgres's protocol without a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(folder / "server.pem")
    context.load_verify_locations(cadata=fake.clients.pem())
    context.verify_mode = ssl.CERT_REQUIRED
    with context.wrap_socket(sock, server_side=True) as secured:
        startup(secured)
        splice_as_user(fake, secured)


def _signed_in(fake: FakeCloudSql, sock: socket.socket, folder: Path) -> None:
    """Postgres's own port: TLS after an SSLRequest, and an access token as the password in clear text."""
    if exactly(sock, 8) != SSL_REQUEST:
        return
    sock.sendall(b"S")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    with context.wrap_socket(sock, server_side=True) as secured:
        user = startup(secured)["user"]
        secured.sendall(b"R" + struct.pack("!ii", 8, 3))
        _, length = struct.unpack("!ci", exactly(secured, 5))
        password = exactly(secured, length - 4).rstrip(b"\0").decode()
        if user != IAM_USER or not fake.is_login_token(password):
            fields = (
                b"SFATAL\0C28P01\0M" + f'Cloud SQL IAM user authentication failed for user "{user}"'.encode() + b"\0\0"
            )
            secured.sendall(b"E" + struct.pack("!i", len(fields) + 4) + fields)
            return
        splice_as_user(fake, secured)


def startup(sock: socket.socket) -> dict[str, str]:
    length = struct.unpack("!i", exactly(sock, 4))[0]
    words = exactly(sock, length - 4)[4:].decode().split("\0")
    return dict(zip(words[::2], words[1::2], strict=False))


def splice_as_user(fake: FakeCloudSql, client: ssl.SSLSocket, **arguments: Any) -> None:
    """Sign in to the real Postgres and pass bytes on in both directions."""
    upstream = pg8000.core.CoreConnection(**url_arguments(fake.database_url) | arguments)
    statuses = b"".join(
        b"S" + struct.pack("!i", len(pair) + 4) + pair
        for pair in (f"{name}\0{value}\0".encode() for name, value in upstream.parameter_statuses.items())
    )
    fake.signed_in += 1
    client.sendall(STARTUP_AUTHENTICATED + statuses + READY)
    answers = threading.Thread(target=_pass_on, args=(upstream._usock, client), daemon=True)
    answers.start()
    _pass_on(client, upstream._usock)
    upstream._usock.close()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    source.settimeout(None)
    with contextlib.suppress(OSError, ValueError):
        while data := source.recv(65536):
            target.sendall(data)
    with contextlib.suppress(OSError, ValueError):
        target.shutdown(socket.SHUT_RDWR)


def exactly(sock: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = sock.recv(count - len(data))
        if not more:
            raise ConnectionResetError
        data += more
    return data
