"""A local OIDC issuer: tokens for every caller, signed with a key of the data folder.

The functions verify these tokens like those of any issuer, with keys read over HTTP. Only the local stack runs the issuer.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from dev.processes import LOOPBACK, secret_file

if TYPE_CHECKING:
    from pathlib import Path

# A name rather than an address: the same on every PORT, so that users keep their contacts when the port changes.
ISSUER = "http://localhost/warmpath/dev"
AUDIENCE = "warmpath"
DISCOVERY_PATH = "/.well-known/openid-configuration"
JWKS_PATH = "/.well-known/jwks.json"
# In the data folder.
KEY_FILE = "issuer-key.pem"
TOKEN_PATH = "/dev/token"  # noqa: S105 - a path

DEMO_EMAIL = "demo@warmpath.example"
DEMO_NAME = "Dana Demo"

# Set where the stack itself publishes the keys, at OIDC_JWKS_URL.
PUBLISHED = "DEV_ISSUER"

LIFETIME_S = 12 * 3600
KEY_BITS = 2048
PUBLIC_EXPONENT = 65537


class Issuer:
    """The signer of tokens, with the public half of its key."""

    def __init__(self, key_file: Path) -> None:
        """Read the key, or make it at the first use.

        Args:
            key_file: file of the private key in PEM, readable by this user only.
        """
        self._key_file = key_file
        if not key_file.exists():
            self.rotate()
        self._load()

    def rotate(self) -> None:
        """Replace the key; tokens signed with the key before are not valid any more."""
        key = rsa.generate_private_key(public_exponent=PUBLIC_EXPONENT, key_size=KEY_BITS)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        secret_file(self._key_file, pem.decode("ascii"))
        self._load()

    def token(self, email: str = DEMO_EMAIL, name: str | None = None, **claims: Any) -> str:
        """Sign a token.

        Args:
            email: address of the user; the subject follows from it without regard to case.
            name: name of the user; made from the address when missing.
            claims: further claims, or replacements of the usual ones; None leaves a claim out.
        """
        now = int(time.time())
        usual = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": subject_of(email),
            "iat": now,
            "exp": now + LIFETIME_S,
            "email": email,
            "email_verified": True,
            "name": name or name_of(email),
        }
        kept = {claim: value for claim, value in (usual | claims).items() if value is not None}
        return jwt.encode(kept, self._key, algorithm="RS256", headers={"kid": self._key_id})

    def jwks(self) -> dict[str, Any]:
        """Return the public keys as RFC 7517 writes them."""
        return {"keys": [{**self._public, "kid": self._key_id, "use": "sig", "alg": "RS256"}]}

    @staticmethod
    def discovery(address: str) -> dict[str, Any]:
        """Return the document of OpenID Connect Discovery.

        Args:
            address: address of this stack, e.g. `http://localhost:8080`.
        """
        return {
            "issuer": ISSUER,
            "jwks_uri": f"{address}{JWKS_PATH}",
            "token_endpoint": f"{address}{TOKEN_PATH}",
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _load(self) -> None:
        key = serialization.load_pem_private_key(self._key_file.read_bytes(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError(f"{self._key_file} does not hold an RSA key; delete it and a new one is made")
        self._key = key
        public: dict[str, str] = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
        self._public = {field: public[field] for field in ("kty", "n", "e")}
        # RFC 7638: the id follows from the key, so two keys never share one.
        thumbprint = json.dumps(self._public, sort_keys=True, separators=(",", ":")).encode()
        self._key_id = base64.urlsafe_b64encode(hashlib.sha256(thumbprint).digest()).rstrip(b"=").decode()


def publish(issuer: Issuer, port: int) -> ThreadingHTTPServer:
    """Serve the public keys to the functions on a separate port.

    The gateway cannot serve them: its threads might all wait for the keys, and so for each other.

    Returns:
        The listening server, in a thread that ends with the process.
    """

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(issuer.jwks()).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Write no log."""

    server = ThreadingHTTPServer((LOOPBACK, port), Keys)
    threading.Thread(target=server.serve_forever, name="issuer-keys", daemon=True).start()
    return server


def subject_of(email: str) -> str:
    """Return the subject of an address, equal for every capitalisation."""
    return f"dev|{email.strip().lower()}"


def name_of(email: str) -> str:
    """Make a name of an address, e.g. "Ana Silva" for ana.silva@example.com."""
    local = email.split("@", maxsplit=1)[0].replace(".", " ").replace("_", " ").replace("-", " ")
    return " ".join(word.capitalize() for word in local.split()) or email
