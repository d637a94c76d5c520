"""Google and Microsoft as their references describe them: consent, tokens, Gmail's metadata and history, calendars, Graph's deltas.

https://developers.google.com/workspace/gmail/api/reference/rest, https://developers.google.com/workspace/calendar/api/v3/reference/events/list,
https://learn.microsoft.com/graph/api/message-delta, https://learn.microsoft.com/graph/errors
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from shared.sources.accounts.oauth import providers

CLIENT = {
    "GOOGLE_CLIENT_ID": "google-client", "GOOGLE_CLIENT_SECRET": "google-secret",
    "MICROSOFT_CLIENT_ID": "microsoft-client", "MICROSOFT_CLIENT_SECRET": "microsoft-secret",
}  # fmt: skip
ADDRESS = "me@example.com"


class Refusal(Exception):
    """An answer that is not 200."""

    def __init__(self, status: int, document: Any = None, **headers: str) -> None:
        self.status, self.document, self.headers = status, document or {}, headers
        super().__init__(status)


@dataclass
class MailApis:
    """The server.

    Attributes:
        messages: Gmail's by id, as `messages.get` has them.
        history: ids of added messages, each with its history id.
        oldest_history: an older start is 404.
        events: of the main calendar.
        changed_events: those since the last token.
        folders: Graph's by id: rows of each page of the delta.
        graph_events: rows of the calendar view.
        refuse: what is answered to a path that holds the key, once for each entry.
        granted: scopes that the user grants; None: those that were asked for.
        valid: access tokens.
        asked: the paths of all requests, with their queries.
    """

    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    history: list[tuple[int, str]] = field(default_factory=list)
    oldest_history: int = 0
    events: list[dict[str, Any]] = field(default_factory=list)
    changed_events: list[dict[str, Any]] = field(default_factory=list)
    event_token: str = "t1"
    folders: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    delta: int = 1
    graph_events: list[dict[str, Any]] = field(default_factory=list)
    refuse: dict[str, list[Refusal]] = field(default_factory=dict)
    granted: str | None = None
    valid: set[str] = field(default_factory=set)
    withdrawn: bool = False
    revoked: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length).decode()
                headers: dict[str, str] = {}
                try:
                    status, document = (
                        200,
                        fake.answer(self.command, self.path, body, self.headers.get("Authorization", "")),
                    )
                except Refusal as refusal:
                    status, document, headers = refusal.status, refusal.document, refusal.headers
                text = json.dumps(document).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = _answer  # noqa: N815 - names of the library

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def providers(self) -> Any:
        """The providers with this server in their place."""
        made = providers(CLIENT)
        google = made["google"]._replace(
            authorize_url=f"{self.url}/consent", token_url=f"{self.url}/token", revoke_url=f"{self.url}/revoke",
            api=f"{self.url}/gmail/v1/users/me", calendar_api=f"{self.url}/calendar/v3",
        )  # fmt: skip
        microsoft = made["microsoft"]._replace(
            authorize_url=f"{self.url}/consent", token_url=f"{self.url}/token", api=f"{self.url}/v1.0/me"
        )
        return {"google": google, "microsoft": microsoft}

    def consent(self, url: str) -> dict[str, str]:
        """What the user is sent back with, after a yes."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return {"state": query["state"], "code": code}

    def answer(self, method: str, path: str, body: str, authorization: str) -> Any:
        self.asked.append(path)
        for key, refusals in self.refuse.items():
            if key in path and refusals:
                raise refusals.pop(0)
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/token":
            return self._token({name: values[0] for name, values in parse_qs(body).items()})
        if parts.path == "/revoke":
            self.revoked.append(parse_qs(body)["token"][0])
            return {}
        if authorization.removeprefix("Bearer ") not in self.valid:
            raise Refusal(401, {"error": {"code": 401, "status": "UNAUTHENTICATED"}})
        assert method == "GET"
        if parts.path.startswith("/gmail/v1/users/me"):
            return self._gmail(parts.path.removeprefix("/gmail/v1/users/me/"), query, path)
        if parts.path == "/calendar/v3/calendars/primary/events":
            return self._calendar(query)
        if parts.path.startswith("/v1.0/me"):
            return self._graph(parts.path.removeprefix("/v1.0/me").lstrip("/"), query)
        raise Refusal(404)

    def _token(self, form: dict[str, str]) -> dict[str, Any]:
        if form["client_secret"] not in CLIENT.values():
            raise Refusal(401, {"error": "invalid_client"})
        if form["grant_type"] == "authorization_code":
            asked = self.codes.pop(form["code"], None)
            challenge = (
                base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
            )
            if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form["redirect_uri"]:
                raise Refusal(400, {"error": "invalid_grant"})
            scope = asked["scope"] if self.granted is None else self.granted
        elif self.withdrawn or form["refresh_token"] != "refresh":
            raise Refusal(400, {"error": "invalid_grant"})
        else:
            scope = ""
        token = f"access-{len(self.valid)}"
        self.valid.add(token)
        return {
            "access_token": token,
            "refresh_token": "refresh",
            "expires_in": 3600,
            "scope": scope,
            "token_type": "Bearer",
        }

    def _gmail(self, path: str, query: dict[str, str], asked: str) -> Any:
        if path == "profile":
            last = max((number for number, _ in self.history), default=1)
            return {"emailAddress": ADDRESS, "messagesTotal": len(self.messages), "historyId": str(last)}
        if path == "messages":
            return self._page(
                "messages", [{"id": each, "threadId": each} for each in self.messages], query, "nextPageToken"
            )
        if path == "history":
            start = int(query["startHistoryId"])
            if start < self.oldest_history:
                raise Refusal(404, {"error": {"code": 404, "status": "NOT_FOUND"}})
            rows = [
                {"id": str(n), "messagesAdded": [{"message": {"id": each}}]} for n, each in self.history if n > start
            ]
            last = max((number for number, _ in self.history), default=start)
            return self._page("history", rows, query, "nextPageToken") | {"historyId": str(last)}
        assert "format=metadata" in asked
        assert "Subject" not in asked
        message = self.messages.get(path.removeprefix("messages/"))
        if message is None:
            raise Refusal(404)
        return message

    def _calendar(self, query: dict[str, str]) -> Any:
        if "syncToken" in query:
            assert not {"timeMin", "timeMax", "q", "orderBy"} & query.keys()
            if query["syncToken"] != self.event_token:
                raise Refusal(410, {"error": {"code": 410, "errors": [{"reason": "fullSyncRequired"}]}})
            rows = self.changed_events
        elif "timeMin" in query:
            rows = [e for e in self.events if query["timeMin"] <= e["start"].get("dateTime", "") <= query["timeMax"]]
        else:
            rows = self.events
        page = self._page("items", rows, query, "nextPageToken")
        return page if "nextPageToken" in page else page | {"nextSyncToken": self.event_token}

    def _graph(self, path: str, query: dict[str, str]) -> Any:
        if path == "":
            return {"mail": ADDRESS, "userPrincipalName": ADDRESS}
        if path == "mailFolders":
            return {
                "value": [
                    {"id": each, "totalItemCount": len(rows), "childFolderCount": 0}
                    for each, rows in self.folders.items()
                ]
            }
        if path == "calendarView":
            return self._linked(
                path,
                [
                    e
                    for e in self.graph_events
                    if query["startDateTime"][:19] <= e["start"]["dateTime"][:19] <= query["endDateTime"][:19]
                ],
                query,
            )
        parts = path.split("/")
        if parts[-1] != "delta":
            if parts[1] in self.folders:
                return {"id": parts[1]}
            raise Refusal(404, {"error": {"code": "ErrorItemNotFound"}})
        rows = self.folders[parts[1]]
        token = query.get("$deltatoken")
        if token is not None:
            delta, _, seen = token.partition("-")
            if int(delta) != self.delta:
                raise Refusal(410, {"error": {"code": "SyncStateNotFound"}})
            rows = rows[int(seen) :]
        page = self._linked(path, rows, query)
        if "@odata.nextLink" not in page:
            page["@odata.deltaLink"] = (
                f"{self.url}/v1.0/me/{path}?$deltatoken={self.delta}-{len(self.folders[parts[1]])}"
            )
        return page

    def _linked(self, path: str, rows: list[Any], query: dict[str, str]) -> dict[str, Any]:
        first, size = int(query.get("$skiptoken", 0)), 10
        page: dict[str, Any] = {"value": rows[first : first + size]}
        if first + size < len(rows):
            kept = "".join(
                f"&{name}={value}"
                for name, value in query.items()
                if name in {"startDateTime", "endDateTime", "$deltatoken"}
            )
            page["@odata.nextLink"] = f"{self.url}/v1.0/me/{path}?$skiptoken={first + size}{kept.replace('+', '%2B')}"
        return page

    @staticmethod
    def _page(name: str, rows: list[Any], query: dict[str, str], following: str) -> dict[str, Any]:
        size = min(int(query.get("maxResults", 100)), 20)  # pages may be shorter than was asked for
        first = int(query.get("pageToken", 0))
        page: dict[str, Any] = {name: rows[first : first + size]} if rows else {}
        return page | ({following: str(first + size)} if first + size < len(rows) else {})
