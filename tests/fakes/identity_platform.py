"""A local HTTP server that answers like Identity Platform's REST API, for sign-in by password, errors included.

Paths, fields and error codes are those of its reference:
https://cloud.google.com/identity-platform/docs/use-rest-api
"""

from __future__ import annotations

import contextlib
import json
import secrets
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

API_KEY = "AIzaSyLocalOnly"
ACCOUNTS = "/identitytoolkit.googleapis.com/"
TOKENS = "/securetoken.googleapis.com/v1/token"
SHORTEST_PASSWORD = 6


class Refused(Exception):
    """Answered with 400 and this code."""


@dataclass
class Account:
    """Somebody who can sign in.

    Attributes:
        code: what their authenticator app shows; None where they have none.
    """

    password: str
    name: str = ""
    code: str | None = None
    disabled: bool = False


@dataclass
class FakeIdentityPlatform:
    """`url` is what an app is told as the emulator's; `token_of` makes the tokens that it hands out.

    Attributes:
        lasts_s: how long a token lasts by its answer.
        mails: what was sent, as (kind, address).
        renewals: how often a token was renewed.
    """

    token_of: Callable[[str], str]
    accounts: dict[str, Account] = field(default_factory=dict)
    lasts_s: int = 3600
    mails: list[tuple[str, str]] = field(default_factory=list)
    renewals: int = 0
    url: str = ""
    _refresh: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _pending: dict[str, str] = field(default_factory=dict)

    def answer(self, path: str, key: str, body: dict[str, Any]) -> dict[str, Any]:
        """What a call is answered; raises `Refused`."""
        if key != API_KEY:
            raise Refused("API key not valid. Please pass a valid API key.")
        if path == TOKENS:
            return self._renew(body)
        calls = {
            "v1/accounts:signInWithPassword": self._sign_in,
            "v1/accounts:signUp": self._sign_up,
            "v1/accounts:sendOobCode": self._send,
            "v2/accounts/mfaSignIn:finalize": self._finalize,
        }
        return calls[path.removeprefix(ACCOUNTS)](body)

    def forget_sessions(self) -> None:
        """As an administrator does who revokes them."""
        self._refresh.clear()

    def _sign_in(self, body: dict[str, Any]) -> dict[str, Any]:
        email = _address(body)
        account = self.accounts.get(email)
        # With protection against the guessing of addresses, which new projects have, both are one answer.
        if account is None or account.password != body["password"]:
            raise Refused("INVALID_LOGIN_CREDENTIALS")
        if account.disabled:
            raise Refused("USER_DISABLED")
        if account.code is None:
            return self._tokens(email) | {"registered": True}
        pending = secrets.token_hex(8)
        self._pending[pending] = email
        factor = {"mfaEnrollmentId": f"totp-{email}", "displayName": "Phone", "totpInfo": {}}
        return {"localId": email, "email": email, "mfaPendingCredential": pending, "mfaInfo": [factor]}

    def _finalize(self, body: dict[str, Any]) -> dict[str, Any]:
        email = self._pending.get(body["mfaPendingCredential"])
        if email is None:
            raise Refused("INVALID_MFA_PENDING_CREDENTIAL")
        if body["mfaEnrollmentId"] != f"totp-{email}":
            raise Refused("MFA_ENROLLMENT_NOT_FOUND")
        if body["totpVerificationInfo"]["verificationCode"] != self.accounts[email].code:
            raise Refused("INVALID_CODE")
        return self._tokens(email)

    def _sign_up(self, body: dict[str, Any]) -> dict[str, Any]:
        email = _address(body)
        if email in self.accounts:
            raise Refused("EMAIL_EXISTS")
        if len(body["password"]) < SHORTEST_PASSWORD:
            raise Refused("WEAK_PASSWORD : Password should be at least 6 characters")
        self.accounts[email] = Account(body["password"], body.get("displayName", ""))
        return self._tokens(email)

    def _send(self, body: dict[str, Any]) -> dict[str, Any]:
        kind = body["requestType"]
        if kind == "VERIFY_EMAIL":
            email = self._ids.get(body["idToken"])
            if email is None:
                raise Refused("INVALID_ID_TOKEN")
        else:
            email = _address(body)
            if email not in self.accounts:
                raise Refused("EMAIL_NOT_FOUND")
        self.mails.append((kind, email))
        return {"kind": "identitytoolkit#GetOobConfirmationCodeResponse", "email": email}

    def _renew(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("grant_type") != "refresh_token":
            raise Refused("INVALID_GRANT_TYPE")
        email = self._refresh.get(body["refresh_token"])
        if email is None:
            raise Refused("TOKEN_EXPIRED")
        self.renewals += 1
        made = self._tokens(email)
        return {
            "expires_in": made["expiresIn"],
            "token_type": "Bearer",
            "refresh_token": made["refreshToken"],
            "id_token": made["idToken"],
        }

    def _tokens(self, email: str) -> dict[str, Any]:
        token, refresh = self.token_of(email), secrets.token_hex(16)
        self._ids[token] = email
        self._refresh[refresh] = email
        return {
            "idToken": token,
            "email": email,
            "refreshToken": refresh,
            "expiresIn": str(self.lasts_s),
            "localId": email,
        }


def _address(body: dict[str, Any]) -> str:
    email = str(body["email"]).lower()
    if "@" not in email:
        raise Refused("INVALID_EMAIL")
    return email


@contextlib.contextmanager
def fake_identity_platform(token_of: Callable[[str], str]) -> Iterator[FakeIdentityPlatform]:
    """Serves one for as long as the block."""
    fake = FakeIdentityPlatform(token_of)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_OPTIONS(self) -> None:
            self._send(204, None)

        def do_POST(self) -> None:
            address = urlsplit(self.path)
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = "x-www-form-urlencoded" in self.headers["Content-Type"]
            body = {name: values[0] for name, values in parse_qs(text).items()} if form else json.loads(text)
            try:
                self._send(200, fake.answer(address.path, parse_qs(address.query)["key"][0], body))
            except Refused as refused:
                error = {"message": str(refused), "domain": "global", "reason": "invalid"}
                self._send(400, {"error": {"code": 400, "message": str(refused), "errors": [error]}})

        def _send(self, status: int, content: dict[str, Any] | None) -> None:
            data = b"" if content is None else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "Content-Type")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
