"""`warmpath login`: by the browser on this machine, by a code that is typed in any browser, or by a token."""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import time
import webbrowser
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from warmpath.api import Api, ApiError
from warmpath.settings import Login, store_login
from warmpath.terminal import plain, say

if TYPE_CHECKING:
    import argparse

_ACCESS = "/api/crm/access"
_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_FORM = "application/x-www-form-urlencoded"
_SCOPES = "read write"
_RETURN = "/signed-in"
_BROWSER_WAITS_S = 300.0
_DONE_PAGE = b"<!doctype html><title>Warmpath</title><p>The terminal is signed in. You can close this window.</p>"


def run(options: argparse.Namespace, chosen: Login) -> int:
    """Sign in and store that; return the exit status."""
    if options.email:
        with closing(Api(Login(chosen.url, ""))) as door:
            answer = door.call("POST", "/dev/token", {"email": options.email})
        chosen = Login(chosen.url, str(answer["access_token"]))
    elif not options.token:
        chosen = _by_code(chosen.url) if options.device else _by_browser(chosen.url)
    with closing(Api(chosen)) as api:
        me = api.call("GET", "/api/crm/users/me")
    path = store_login(chosen)
    say(f"Signed in to {chosen.url} as {plain(me.get('name') or me.get('email') or me['id'])}; kept in {path}")
    return 0


def _by_browser(url: str) -> Login:
    """Open the browser of this machine and wait for its return (RFC 8252, PKCE)."""
    with closing(Api(Login(url, ""))) as api, closing(_Return()) as back:
        client = _register(api, redirect_uris=[back.address], grant_types=["authorization_code", "refresh_token"])
        verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code", "client_id": client, "redirect_uri": back.address, "scope": _SCOPES, "state": state,
            "code_challenge": challenge, "code_challenge_method": "S256", "resource": f"{url}/api/crm",
        }  # fmt: skip
        page = f"{url}/connect?{urlencode(asked)}"
        say(f"Sign in in the browser. If none opens, open this address:\n  {page}\nor use: warmpath login --device")
        webbrowser.open(page)
        answer = back.wait()
        if answer.get("state") != state:
            raise ApiError("The browser came back with the answer to another question: try again")
        if "code" not in answer:
            raise ApiError(
                "Not let in: " + plain(answer.get("error_description") or answer.get("error") or "no answer")
            )
        form = {
            "grant_type": "authorization_code", "client_id": client, "code": answer["code"], "redirect_uri": back.address,
            "code_verifier": verifier, "resource": asked["resource"],
        }  # fmt: skip
        return _login_of(url, client, _token(api, form))


def _by_code(url: str) -> Login:
    """Show a code that is typed at `/connect` in any browser, and wait for the answer (RFC 8628)."""
    with closing(Api(Login(url, ""))) as api:
        client = _register(api, redirect_uris=[], grant_types=[_DEVICE_GRANT, "refresh_token"])
        form = {"client_id": client, "scope": _SCOPES}
        asked = api.call("POST", f"{_ACCESS}/device", urlencode(form).encode(), media_type=_FORM)
        say(f"Open {asked['verification_uri']} in a browser and type this code:\n\n    {asked['user_code']}\n")
        pause_s = float(asked.get("interval", 5))
        until = time.monotonic() + float(asked["expires_in"])
        poll = {"grant_type": _DEVICE_GRANT, "client_id": client, "device_code": asked["device_code"]}
        while time.monotonic() < until:
            time.sleep(pause_s)
            try:
                return _login_of(url, client, _token(api, poll))
            except ApiError as error:
                if error.code == "slow_down":
                    pause_s += 5
                elif error.code != "authorization_pending":
                    raise
        raise ApiError("Nobody has typed the code in time: try again")


def renewed(login: Login) -> Login | None:
    """Exchange the refresh token for new tokens and store them; None where that is refused."""
    form = {"grant_type": "refresh_token", "client_id": login.client_id, "refresh_token": login.refresh_token}
    try:
        with closing(Api(Login(login.url, ""))) as api:
            made = _login_of(login.url, login.client_id, _token(api, form))
    except ApiError:
        return None
    store_login(made)
    return made


def _register(api: Api, **more: Any) -> str:
    asked = {"client_name": f"warmpath on {socket.gethostname()}"[:100], **more}
    return str(api.call("POST", f"{_ACCESS}/register", asked)["client_id"])


def _token(api: Api, form: dict[str, str]) -> dict[str, Any]:
    answer: dict[str, Any] = api.call("POST", f"{_ACCESS}/token", urlencode(form).encode(), media_type=_FORM)
    return answer


def _login_of(url: str, client: str, answer: dict[str, Any]) -> Login:
    return Login(url, str(answer["access_token"]), str(answer.get("refresh_token", "")), client)


class _Return:
    """A server on this machine for the one request with which the browser comes back."""

    def __init__(self) -> None:
        self._answer: dict[str, str] = {}
        answers = self._answer

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                if parts.path != _RETURN:
                    self.send_error(404)
                    return
                answers.update({name: values[0] for name, values in parse_qs(parts.query).items()})
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(_DONE_PAGE)))
                self.end_headers()
                self.wfile.write(_DONE_PAGE)

            def log_message(self, *_: Any) -> None:
                """Nothing: the address holds the code."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}{_RETURN}"

    def wait(self) -> dict[str, str]:
        """The query with which the browser came back."""
        until = time.monotonic() + _BROWSER_WAITS_S
        while not self._answer:
            self._server.timeout = max(0.0, until - time.monotonic())
            if time.monotonic() >= until:
                raise ApiError("The browser has not come back in five minutes: try again, or warmpath login --device")
            self._server.handle_request()
        return self._answer

    def close(self) -> None:
        """Stop listening."""
        self._server.server_close()
