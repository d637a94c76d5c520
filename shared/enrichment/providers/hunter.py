"""`hunter`: people and companies at hunter.io.

Hunter's status codes do not mean what they mean elsewhere: 403 asks to slow down, 429 says that the credits of the
account are used up, 451 that the person asked not to be processed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from shared.enrichment.providers import values
from shared.enrichment.providers.http import wait_of
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
    """Asks for a person and their company at once; see the module."""

    name: ClassVar[str] = "hunter"
    cost_credits: ClassVar[int] = 1
    shared: ClassVar[bool] = True
    remote: ClassVar[bool] = True

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    @staticmethod
    def headers(key: str) -> dict[str, str]:
        """The key as a header: addresses end up in logs."""
        return {"X-API-KEY": key}

    def enrich(self, email: str, hints: Hints) -> Found | NotFound:  # noqa: ARG002 - the protocol's form
        """Finds the person of an address."""
        answer = self._client.ask("GET", "/v2/combined/find", {"email": email})
        match answer.status:
            case 200:
                return _read(answer.body, email)
            case 404 | 400 | 422:
                return NotFound()  # 400: not an address in Hunter's eyes
            case 401:
                raise Unauthorised(answer.status)
            case 403:
                raise RetryLater(wait_of(answer.headers))
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
    said = values.part(person, "email")
    if isinstance(said, str) and said.lower() != email.strip().lower():
        raise NoAnswer("the answer is about somebody else")
    handle = values.part(person, "twitter", "handle")
    told = {
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
    return values.found(told, FUZZY_CONFIDENCE if values.part(person, "fuzzy") is True else CONFIDENCE)
