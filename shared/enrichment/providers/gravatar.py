"""`gravatar`: public profiles at gravatar.com. Free; shown with a link to the profile, as Gravatar's terms require."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, ClassVar

from shared.enrichment.providers import values
from shared.enrichment.providers.http import requested_wait_s
from shared.enrichment.providers.provider import NoAnswer, NotFound, RetryLater, Unauthorised

if TYPE_CHECKING:
    from shared.enrichment.providers.http import JsonClient
    from shared.enrichment.providers.provider import Found, Hints

BASE_URL = "https://api.gravatar.com"
# Written by the person, but seldom kept up to date.
CONFIDENCE = 0.75
_ACCOUNTS = {"linkedin": "linkedin_url", "github": "github_url", "twitter": "twitter_url", "x": "twitter_url"}


class Gravatar:
    """The provider that reads public profiles."""

    name: ClassVar[str] = "gravatar"
    cost_credits: ClassVar[int] = 0
    shared: ClassVar[bool] = True
    remote: ClassVar[bool] = True

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    @staticmethod
    def headers(key: str) -> dict[str, str]:
        """Send the key, if any: Gravatar allows 100 requests an hour without one, 1,000 with one."""
        return {"Authorization": f"Bearer {key}"} if key else {}

    def enrich(self, email: str, hints: Hints) -> Found | NotFound:  # noqa: ARG002 - the protocol's form
        """Find the profile by the hash of an address."""
        digest = hashlib.sha256(email.strip().lower().encode()).hexdigest()
        answer = self._client.ask("GET", f"/v3/profiles/{digest}")
        match answer.status:
            case 200:
                return _read(answer.body, digest)
            case 404:
                return NotFound()
            case 401 | 403:
                raise Unauthorised(answer.status)
            case 429:
                raise RetryLater(requested_wait_s(answer.headers, "x-ratelimit-reset"))
        raise NoAnswer(f"status {answer.status}")


def _read(body: dict[str, object], digest: str) -> Found | NotFound:
    if body.get("hash") not in (None, digest):
        raise NoAnswer("the answer is about another address")
    facts: dict[str, object] = {
        "name": body.get("display_name"),
        "title": body.get("job_title"),
        "company": body.get("company"),
        "location": body.get("location"),
        "bio": body.get("description"),
        "avatar_url": body.get("avatar_url"),
        "profile_url": body.get("profile_url"),
        "timezone": body.get("timezone"),
    }
    accounts = body.get("verified_accounts")
    for account in accounts if isinstance(accounts, list) else []:
        field = _ACCOUNTS.get(str(values.part(account, "service_type")).lower())
        if field and not values.part(account, "is_hidden"):
            facts.setdefault(field, values.part(account, "url"))
    return values.found(facts, CONFIDENCE)
