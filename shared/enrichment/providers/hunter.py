"""`hunter`: people and companies at hunter.io.

Hunter's status codes have unusual meanings: 403 asks to slow down, 429 means that the credits of the account are used up, and
451 that the person has objected to processing.
"""

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

BASE_URL = "https://api.hunter.io"
CONFIDENCE, FUZZY_CONFIDENCE = 0.9, 0.55


class Hunter:
    """The provider that finds a person and their company in one request."""

    name: ClassVar[str] = "hunter"
    cost_credits: ClassVar[int] = 1
    shared: ClassVar[bool] = True
    remote: ClassVar[bool] = True

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    @staticmethod
    def headers(key: str) -> dict[str, str]:
        """Send the key as a header, because URLs end up in logs."""
        return {"X-API-KEY": key}

    def enrich(self, email: str, hints: Hints) -> Found | NotFound:  # noqa: ARG002 - the protocol's form
        """Find the person with an address."""
        answer = self._client.ask("GET", "/v2/combined/find", {"email": email})
        match answer.status:
            case 200:
                return _read(answer.body, email)
            case 404 | 400 | 422:
                return NotFound()  # 400: Hunter does not accept the address
            case 401:
                raise Unauthorised(answer.status)
            case 403:
                raise RetryLater(requested_wait_s(answer.headers))
            case 429:
                raise OutOfQuota(answer.status)
            case 451:
                raise RemovedBySubject(answer.status)
        raise NoAnswer(f"status {answer.status}")


def _read(body: dict[str, Any], email: str) -> Found | NotFound:
    person, company = values.part(body, "data", "person"), values.part(body, "data", "company")
    if not isinstance(person, dict) and not isinstance(company, dict):
        if isinstance(body.get("data"), dict):
            return NotFound()
        raise NoAnswer("the answer has no data")
    answered = values.part(person, "email")
    if isinstance(answered, str) and answered.lower() != email.strip().lower():
        raise NoAnswer("the answer is about another address")
    handle = values.part(person, "twitter", "handle")
    facts = {
        "name": values.part(person, "name", "fullName"),
        "title": values.part(person, "employment", "title"),
        "company": values.part(person, "employment", "name") or values.part(company, "name"),
        "location": values.part(person, "location"),
        "linkedin_url": values.part(person, "linkedin", "handle"),
        "twitter_url": f"https://x.com/{values.text(handle)}" if values.text(handle) else None,
        "timezone": values.part(person, "timeZone"),
        "seniority": values.part(person, "employment", "seniority"),
        "industry": values.part(company, "category", "industry"),
        "company_domain": values.part(company, "domain") or values.part(person, "employment", "domain"),
    }
    return values.found(facts, FUZZY_CONFIDENCE if values.part(person, "fuzzy") is True else CONFIDENCE)
