"""Connections to AlloyDB over its private address: through the proxy inside of each instance, as Google's connectors make them.

The API gives a certificate for the client, and the authority that has signed the server's. Terraform's provider exports no such
authority, and nothing documents what a server shows at Postgres's own port, so that port is never used (decision 0065).
"""

from __future__ import annotations

import ssl
import struct
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pg8000.core import CoreConnection

from shared.plumbing import google_api
from shared.plumbing.postgres.cloud_sql import socket_to
from shared.plumbing.postgres.pool import CONNECT_TIMEOUT_S

if TYPE_CHECKING:
    from collections.abc import Mapping

PROXY_PORT = 5433
API = "https://alloydb.googleapis.com"
# For signing in, and for nothing else; the API knows no narrower scope than the one of all of Google Cloud.
LOGIN_SCOPE = "https://www.googleapis.com/auth/alloydb.login"
_CERTIFICATE_S = 3600
# A certificate is asked for again this long before its end.
_RESERVE_S = 240
_KEY_BITS = 2048
_MOST_ANSWERED = 1 << 16
# The proxy's own message, in protocol buffers: google.cloud.alloydb.connectors.v1.MetadataExchangeRequest and its response.
_USER_AGENT, _AUTH_TYPE, _TOKEN = b"\x0a", b"\x10", b"\x1a"
_BY_PASSWORD, _BY_IAM = b"\x01", b"\x02"
_ANSWER_IS_OK = b"\x08\x01"


class Door:
    """The proxy of one AlloyDB instance.

    Args:
        instance: `projects/P/locations/L/clusters/C/instances/I`.
        address: private address of the instance; `host:port` where the proxy listens elsewhere than at 5433. The server's certificate
            must name the host.
        api: address of the AlloyDB API.

    Raises:
        ValueError: the instance's name has another form.
    """

    def __init__(self, instance: str, address: str, api: str = "") -> None:
        cluster, separator, _ = instance.partition("/instances/")
        if not separator or not address:
            raise ValueError(
                f'an AlloyDB instance is projects/P/locations/L/clusters/C/instances/I and an address, not "{instance}" and "{address}"'
            )
        self._host, _, port = address.partition(":")
        self._port = int(port or PROXY_PORT)
        self._certificates = f"{api or API}/v1/{cluster}:generateClientCertificate"
        self._login, self._admin = google_api.AccessToken(LOGIN_SCOPE), google_api.AccessToken(google_api.CLOUD_SCOPE)
        self._lock = threading.Lock()
        self._context: ssl.SSLContext | None = None
        self._until = 0.0

    def open(self, *, by_iam: bool) -> ssl.SSLSocket:
        """Open a connection that speaks Postgres's protocol, to a server whose certificate is verified.

        Args:
            by_iam: whether the service account that this instance runs as signs in, rather than a user with a password.

        Raises:
            OSError: Google or the instance does not answer in time, or refuses.
        """
        context, token = self._verified(), self._login.current()
        try:
            with socket_to(self._host, self._port) as raw:
                secured = context.wrap_socket(raw, server_hostname=self._host)
                try:
                    _exchange(secured, token, _BY_IAM if by_iam else _BY_PASSWORD)
                except BaseException:
                    secured.close()
                    raise
                return secured
        except BaseException:
            # The cluster may have another authority by now, so the next connection asks.
            with self._lock:
                self._context = None if self._context is context else self._context
            raise

    def _verified(self) -> ssl.SSLContext:
        with self._lock:
            if self._context is None or time.monotonic() > self._until:
                self._context, self._until = self._certified(), time.monotonic() + _CERTIFICATE_S - _RESERVE_S
            return self._context

    def _certified(self) -> ssl.SSLContext:
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - only where a function uses AlloyDB
        from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 - as above

        key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        answer = self._ask(public.decode())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        with tempfile.TemporaryDirectory() as folder:  # OpenSSL reads a certificate of ours from files only
            chain = Path(folder, "chain.pem")
            chain.touch(mode=0o600)
            chain.write_bytes(private + "\n".join(answer["pemCertificateChain"]).encode())
            try:
                context.load_cert_chain(chain)
                context.load_verify_locations(cadata=answer["caCert"])
            except ssl.SSLError as error:
                raise ConnectionError(f"the AlloyDB API's certificates cannot be used: {error}") from error
        return context

    def _ask(self, public_key: str) -> Mapping[str, Any]:
        asked = {"publicKey": public_key, "certDuration": f"{_CERTIFICATE_S}s", "useMetadataExchange": True}
        headers = {"Authorization": f"Bearer {self._admin.current()}"}
        try:
            return google_api.ask(
                self._certificates,
                ("caCert", "pemCertificateChain"),
                headers=headers,
                timeout_s=CONNECT_TIMEOUT_S,
                body=asked,
            )
        except ConnectionError as error:
            raise ConnectionError(f"the AlloyDB API gives no certificate: {error}") from error


class ByIam:
    """A function that opens connections as the service account that this instance runs as.

    Args:
        door: of the instance.
        user: IAM database user: the account's address without `.gserviceaccount.com`.
        database: database name.
    """

    def __init__(self, door: Door, user: str, database: str) -> None:
        self._door, self._user, self._database = door, user, database

    def __call__(self) -> CoreConnection:
        """Open a connection.

        Raises:
            OSError, InterfaceError, DatabaseError: Google or the instance does not answer in time, or refuses.
        """
        sock = self._door.open(by_iam=True)
        try:
            return CoreConnection(
                user=self._user, database=self._database, application_name="warmpath", ssl_context=False, sock=sock
            )
        except BaseException:
            sock.close()
            raise


def _exchange(secured: ssl.SSLSocket, token: str, by: bytes) -> None:
    """Tell the proxy who comes, and how the user signs in.

    Raises:
        OSError: the proxy refuses, or says what nobody understands.
    """
    message = _USER_AGENT + _text("warmpath") + _AUTH_TYPE + by + _TOKEN + _text(token)
    secured.sendall(struct.pack(">I", len(message)) + message)
    (length,) = struct.unpack(">I", _exactly(secured, 4))
    answer = _exactly(secured, min(length, _MOST_ANSWERED))
    if not answer.startswith(_ANSWER_IS_OK):
        raise ConnectionRefusedError(f"AlloyDB refuses the connection: {answer[4:].decode(errors='replace')}")


def _text(value: str) -> bytes:
    """A string of a protocol buffer: its length, seven bits a byte, and its bytes."""
    data = value.encode()
    length, left = bytearray(), len(data)
    while left > 0x7F:  # noqa: PLR2004 - seven bits
        length.append(left & 0x7F | 0x80)
        left >>= 7
    return bytes([*length, left]) + data


def _exactly(sock: ssl.SSLSocket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = sock.recv(count - len(data))
        if not more:
            raise ConnectionResetError("AlloyDB's proxy ended the connection")
        data += more
    return data
