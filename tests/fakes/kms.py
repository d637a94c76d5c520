"""Cloud KMS as its REST reference describes it: encrypt and decrypt of one symmetric key with versions.

https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys/encrypt
"""

from __future__ import annotations

import base64
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

KEY = "projects/crm-test/locations/europe-west1/keyRings/warmpath/cryptoKeys/secrets"
TOKEN = "kms-token"


class FakeKms:
    """The server; use it as a context manager.

    Attributes:
        version: number of the primary version.
        status: what is answered instead; 0: what was asked for.
    """

    def __init__(self) -> None:
        self.version = 1
        self.status = 0
        self._kept: dict[str, tuple[str, str]] = {}
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                allowed = self.headers["Authorization"] == f"Bearer {TOKEN}"
                status, answer = fake.answer(self.path, body) if allowed else (401, {})
                text = json.dumps(answer).encode()
                self.send_response(fake.status or status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, body: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Status and body of an answer."""
        aad = body.get("additionalAuthenticatedData", "")
        if path == f"/v1/{KEY}:encrypt":
            ciphertext = base64.b64encode(secrets.token_bytes(60)).decode()
            self._kept[ciphertext] = (body["plaintext"], aad)
            return 200, {
                "name": f"{KEY}/cryptoKeyVersions/{self.version}",
                "ciphertext": ciphertext,
                "protectionLevel": "SOFTWARE",
            }
        if path == f"/v1/{KEY}:decrypt":
            plaintext, of = self._kept.get(body["ciphertext"], ("", ""))
            if not plaintext or of != aad:
                return 400, {
                    "error": {
                        "code": 400,
                        "message": "Decryption failed: the ciphertext is invalid.",
                        "status": "INVALID_ARGUMENT",
                    }
                }
            return 200, {"plaintext": plaintext, "usedPrimary": True, "protectionLevel": "SOFTWARE"}
        return 404, {"error": {"code": 404, "status": "NOT_FOUND"}}
