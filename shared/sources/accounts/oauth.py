"""Signing in at Google and Microsoft by the installation's own client: OAuth 2.0 (RFC 6749) with PKCE (RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from shared.sources.accounts.account import NeedsAttention, TryLater

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shared.sources.accounts.http import Http

_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
# An access token is replaced this long before it ends.
RESERVE_S = 120
_OK, _UNAUTHORIZED = 200, 401


class Provider(NamedTuple):
    """Where accounts of a kind are signed in to and read.

    Attributes:
        name: for people.
        client_id: of the installation's client; empty: accounts of the kind are not offered.
        client_secret: of the client.
        authorize_url: where the user consents.
        token_url: where tokens are.
        revoke_url: where they are revoked; empty where the provider has no such place.
        api: where the data is, without a slash at the end.
        calendar_api: where events are, when they are elsewhere.
        scopes: what is asked for; all of `needed` must be granted.
        needed: of the scopes.
        more: further parameters of the consent.
    """

    name: str
    client_id: str
    client_secret: str
    authorize_url: str
    token_url: str
    revoke_url: str
    api: str
    calendar_api: str
    scopes: tuple[str, ...]
    needed: tuple[str, ...]
    more: tuple[tuple[str, str], ...] = ()


def providers(environ: Mapping[str, str]) -> dict[str, Provider]:
    """The providers by kind, with the clients of the environment."""
    tenant = environ.get("MICROSOFT_TENANT", "").strip() or "common"
    login = f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0"
    mail, events = (
        "https://www.googleapis.com/auth/gmail.metadata",
        "https://www.googleapis.com/auth/calendar.events.readonly",
    )
    return {
        "google": Provider(
            "Google", environ.get("GOOGLE_CLIENT_ID", "").strip(), environ.get("GOOGLE_CLIENT_SECRET", "").strip(),
            "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token", "https://oauth2.googleapis.com/revoke",
            "https://gmail.googleapis.com/gmail/v1/users/me", "https://www.googleapis.com/calendar/v3", (mail, events), (mail, events),
            # only then a refresh token comes each time
            (("access_type", "offline"), ("prompt", "consent")),
        ),
        "microsoft": Provider(
            "Microsoft", environ.get("MICROSOFT_CLIENT_ID", "").strip(), environ.get("MICROSOFT_CLIENT_SECRET", "").strip(),
            f"{login}/authorize", f"{login}/token", "", "https://graph.microsoft.com/v1.0/me", "",
            ("offline_access", "User.Read", "Mail.ReadBasic", "Calendars.ReadBasic"), ("Mail.ReadBasic", "Calendars.ReadBasic"),
        ),
    }  # fmt: skip


def consent_url(provider: Provider, redirect_uri: str, state: str, verifier: str) -> str:
    """Where the user consents."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return f"{provider.authorize_url}?" + urlencode(
        {
            "client_id": provider.client_id, "redirect_uri": redirect_uri, "response_type": "code", "scope": " ".join(provider.scopes),
            "state": state, "code_challenge": challenge, "code_challenge_method": "S256", **dict(provider.more),
        }
    )  # fmt: skip


def exchange(
    http: Http, provider: Provider, *, code: str, verifier: str, redirect_uri: str, now: float
) -> dict[str, Any]:
    """The credentials that a consent has led to.

    Raises:
        NeedsAttention: the code is not valid, or not everything was granted.
        TryLater: the provider does not answer.
    """
    tokens = _ask(
        http, provider, {"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "redirect_uri": redirect_uri}
    )  # fmt: skip
    granted = {scope.rpartition("/")[2].lower() for scope in str(tokens.get("scope", "")).split()}
    missing = [scope.rpartition("/")[2] for scope in provider.needed if scope.rpartition("/")[2].lower() not in granted]
    if missing:
        raise NeedsAttention(
            f"{provider.name} was not allowed to show {' and '.join(missing)}: sign in again, and leave all boxes ticked"
        )
    if not tokens.get("refresh_token"):
        raise NeedsAttention(
            f"{provider.name} gives access for an hour alone: remove this program from your account there, and sign in again"
        )
    return _credentials(tokens, {}, now)


class Tokens:
    """The access token of an account, refreshed when it ends.

    Attributes:
        changed: the credentials, where they are others than the stored ones; else None.
    """

    def __init__(self, http: Http, provider: Provider, secret: Mapping[str, Any], clock: Callable[[], float]) -> None:
        self._http, self._provider, self._clock = http, provider, clock
        self._secret = dict(secret)
        self.changed: dict[str, Any] | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a request.

        Raises:
            NeedsAttention: access was withdrawn.
            TryLater: the provider does not answer.
        """
        if float(self._secret.get("ends_at", 0)) < self._clock() + RESERVE_S:
            self.refresh()
        return {"Authorization": f"Bearer {self._secret['access_token']}", "Accept": "application/json"}

    def refresh(self) -> None:
        """Get another access token."""
        answer = _ask(
            self._http, self._provider, {"grant_type": "refresh_token", "refresh_token": str(self._secret.get("refresh_token", ""))}
        )  # fmt: skip
        self._secret = self.changed = _credentials(answer, self._secret, self._clock())


def revoke(http: Http, provider: Provider, secret: Mapping[str, Any]) -> None:
    """Give access back; where the provider has no way to, or does not answer, the user can do it there."""
    if provider.revoke_url and secret.get("refresh_token"):
        http.ask("POST", provider.revoke_url, _FORM, urlencode({"token": secret["refresh_token"]}).encode())


def _ask(http: Http, provider: Provider, form: dict[str, str]) -> dict[str, Any]:
    client = {"client_id": provider.client_id, "client_secret": provider.client_secret}
    answer = http.ask("POST", provider.token_url, _FORM, urlencode(form | client).encode())
    document = answer.json()
    if answer.status == _OK and document.get("access_token"):
        return document
    error = str(document.get("error", answer.status))
    if error in {"invalid_client", "unauthorized_client"}:
        raise NeedsAttention(
            f"{provider.name} does not know the client of this installation ({error}): tell whoever runs it"
        )
    if answer.status < 500 and error not in {"temporarily_unavailable", "slow_down"}:  # noqa: PLR2004 - faults of the request
        raise NeedsAttention(f"{provider.name} gives no access any more ({error}): sign in again")
    raise TryLater(f"{urlsplit(provider.token_url).hostname} answers {error}")


def _credentials(tokens: Mapping[str, Any], before: Mapping[str, Any], now: float) -> dict[str, Any]:
    ends_in = tokens.get("expires_in")
    return {
        # Microsoft gives another one each time, Google keeps the first
        "refresh_token": str(tokens.get("refresh_token") or before.get("refresh_token", "")),
        "access_token": str(tokens["access_token"]),
        "ends_at": now + (float(ends_in) if isinstance(ends_in, int | float) else 3600.0),
    }
