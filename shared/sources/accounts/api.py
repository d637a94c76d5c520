"""Questions to the API of a provider, with its refusals as reasons why reading ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from shared.sources.accounts.account import NeedsAttention, TryLater

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shared.sources.accounts.http import Http
    from shared.sources.accounts.oauth import Provider, Tokens

_OK, _BAD, _UNAUTHORIZED, _FORBIDDEN, _NO_SUCH, _GONE = 200, 400, 401, 403, 404, 410
# Refusals with 403 that are limits (https://developers.google.com/workspace/gmail/api/guides/handle-errors).
_LIMITS = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"})
_LIMIT_S = 300.0


class Expired(Exception):
    """The place in the account is not known any more, or what was asked for is gone."""


class Api:
    """The API.

    Args:
        http: sends requests.
        provider: whose API.
        tokens: of the account.
    """

    def __init__(self, http: Http, provider: Provider, tokens: Tokens) -> None:
        self._http, self.provider, self.tokens = http, provider, tokens

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get(
        self, url: str, query: Sequence[tuple[str, str]] = (), headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """The answer to a question.

        Raises:
            Expired: 400 for a page, 404 or 410.
            NeedsAttention: access was withdrawn, or not granted.
            TryLater: a limit, or no answer as it should be.
        """
        asked = f"{url}?{urlencode(query)}" if query else url
        for last in (False, True):
            answer = self._http.ask("GET", asked, {**self.tokens.headers(), **(headers or {})})
            if answer.status != _UNAUTHORIZED or last:
                break
            self.tokens.refresh()
        if answer.status == _OK:
            return answer.json()
        if answer.status in {_BAD, _NO_SUCH, _GONE}:
            raise Expired(asked)
        reason = _reason(answer.body and answer.json())
        if answer.status == _FORBIDDEN and reason in _LIMITS:
            raise TryLater(f"{self.provider.name} has a limit that is reached: {reason}", _LIMIT_S)
        if answer.status in {_UNAUTHORIZED, _FORBIDDEN}:
            raise NeedsAttention(
                f"{self.provider.name} refuses access ({reason or answer.status}): sign in again, and leave all boxes ticked"
            )
        raise TryLater(f"{self.provider.name} answers {answer.status}")


def _reason(document: Any) -> str:
    error = document.get("error") if isinstance(document, dict) else None
    if not isinstance(error, dict):
        return ""
    details = error.get("errors")
    if isinstance(details, list) and details and isinstance(details[0], dict):
        return str(details[0].get("reason", ""))
    return str(error.get("code") or error.get("status") or "")
