"""`apollo`: people at apollo.io. The answer for an unknown address is a 200 without a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from shared.enrichment.providers import values
from shared.enrichment.providers.http import requested_wait_s
from shared.enrichment.providers.provider import (
    NoAnswer,
    NotFound,
    OutOfQuota,
    RemovedBySubject,
    RetryLater,
    Unauthorised,
)

if TYPE_CHECKING:
    from shared.enrichment.providers.http import JsonClient
    from shared.enrichment.providers.provider import Found, Hints

BASE_URL = "https://api.apollo.io"
CONFIDENCE = 0.8
_BY_MATCH = {"none": 0.0, "low": 0.45, "medium": 0.65, "high": 0.85}


class Apollo:
    """The provider that matches an address with a person."""

    name: ClassVar[str] = "apollo"
    cost_credits: ClassVar[int] = 1
    # Apollo's terms forbid passing its data on.
    shared: ClassVar[bool] = False
    remote: ClassVar[bool] = True

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    @staticmethod
    def headers(key: str) -> dict[str, str]:
        """Send the key as a header, because URLs end up in logs."""
        return {"X-Api-Key": key, "Cache-Control": "no-cache"}

    def enrich(self, email: str, hints: Hints) -> Found | NotFound:  # noqa: ARG002 - the protocol's form
        """Find the person with an address, without phone numbers and private addresses, which cost extra."""
        answer = self._client.ask("POST", "/api/v1/people/match", {"email": email})
        match answer.status:
            case 200:
                return _read(answer.body, email)
            case 404 | 422:
                return NotFound()
            case 401 | 403:
                raise Unauthorised(answer.status)
            case 402:
                raise OutOfQuota(answer.status)
            case 429:
                raise RetryLater(requested_wait_s(answer.headers))
            case 451:
                raise RemovedBySubject(answer.status)
        raise NoAnswer(f"status {answer.status}")


def _read(body: dict[str, Any], email: str) -> Found | NotFound:
    if "person" not in body:
        raise NoAnswer("the answer has no field person")
    person = body["person"]
    if not isinstance(person, dict):
        return NotFound()
    answered = person.get("email")
    if isinstance(answered, str) and "@" in answered and answered.lower() != email.strip().lower():
        raise NoAnswer("the answer is about another address")
    match_of = body.get("match_confidence", person.get("match_confidence"))
    confidence = _BY_MATCH.get(match_of.lower(), CONFIDENCE) if isinstance(match_of, str) else CONFIDENCE
    if confidence == 0:
        return NotFound()
    places = [values.text(person.get(name)) for name in ("city", "state", "country")]
    return values.found(
        {
            "name": person.get("name"),
            "title": person.get("title"),
            "company": values.part(person, "organization", "name"),
            "location": ", ".join(place for place in places if place),
            "linkedin_url": person.get("linkedin_url"),
            "github_url": person.get("github_url"),
            "twitter_url": person.get("twitter_url"),
            "avatar_url": person.get("photo_url"),
            "website": values.part(person, "organization", "website_url"),
        },
        confidence,
    )
