"""`pdl`: People Data Labs. Only matches are billed; each has the likelihood that it is the right person."""

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

BASE_URL = "https://api.peopledatalabs.com"
# PDL advises not to rely on a match below it.
MIN_LIKELIHOOD = 5
MAX_LIKELIHOOD = 10
# A match by address is reliable, but records may be months old.
MAX_CONFIDENCE = 0.92


class PeopleDataLabs:
    """The provider that matches an address with a person."""

    name: ClassVar[str] = "pdl"
    cost_credits: ClassVar[int] = 2
    # PDL's terms forbid passing its data on.
    shared: ClassVar[bool] = False
    remote: ClassVar[bool] = True

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    @staticmethod
    def headers(key: str) -> dict[str, str]:
        """Send the key as a header, because URLs end up in logs."""
        return {"X-Api-Key": key}

    def enrich(self, email: str, hints: Hints) -> Found | NotFound:  # noqa: ARG002 - the protocol's form
        """Find the person with an address."""
        query = {"email": email, "min_likelihood": str(MIN_LIKELIHOOD), "titlecase": "true"}
        answer = self._client.ask("GET", "/v5/person/enrich", query)
        kind = str(values.part(answer.body, "error", "type"))
        if "subjectrequest" in kind.replace("_", ""):
            raise RemovedBySubject(kind)
        match answer.status:
            case 200:
                return _read(answer.body)
            case 404 | 400:
                return NotFound()  # not billed; 400: PDL does not accept the address
            case 401 | 403:
                raise Unauthorised(answer.status)
            case 402:
                raise OutOfQuota(answer.status)
            case 429:
                raise RetryLater(requested_wait_s(answer.headers, "x-ratelimit-reset"))
            case 451:
                raise RemovedBySubject(answer.status)
        raise NoAnswer(f"status {answer.status}")


def _read(body: dict[str, Any]) -> Found | NotFound:
    data, likelihood = body.get("data"), body.get("likelihood", MIN_LIKELIHOOD)
    if not isinstance(data, dict) or isinstance(likelihood, bool) or not isinstance(likelihood, int | float):
        raise NoAnswer("the answer has no data, or its likelihood is not a number")
    if likelihood < MIN_LIKELIHOOD:
        return NotFound()
    # For a free account PDL answers `true` in place of hidden values; `values` leaves out everything but texts.
    facts = {
        "name": data.get("full_name"),
        "title": data.get("job_title"),
        "company": data.get("job_company_name"),
        "location": data.get("location_name"),
        "linkedin_url": data.get("linkedin_url"),
        "github_url": data.get("github_url"),
        "twitter_url": data.get("twitter_url"),
        "website": data.get("job_company_website"),
        "industry": data.get("industry"),
    }
    return values.found(facts, MAX_CONFIDENCE * min(likelihood, MAX_LIKELIHOOD) / MAX_LIKELIHOOD)
