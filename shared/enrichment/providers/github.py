"""`github`: people who show their address on GitHub, by a search and then a look at each profile found. Free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from shared.enrichment.providers import values
from shared.enrichment.providers.http import requested_wait_s
from shared.enrichment.providers.provider import NoAnswer, NotFound, RetryLater, Unauthorised

if TYPE_CHECKING:
    from shared.enrichment.providers.http import Answer, JsonClient
    from shared.enrichment.providers.provider import Found, Hints

BASE_URL = "https://api.github.com"
CONFIDENCE = 0.7
# GitHub refuses longer searches.
_MAX_QUERY = 256


class GitHub:
    """The provider that searches people by their public address."""

    name: ClassVar[str] = "github"
    cost_credits: ClassVar[int] = 0
    shared: ClassVar[bool] = True
    remote: ClassVar[bool] = True

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    @staticmethod
    def headers(key: str) -> dict[str, str]:
        """Send the token, if any: GitHub allows 10 searches a minute without one, 30 with one."""
        version = {"X-GitHub-Api-Version": "2022-11-28"}
        return {**version, "Authorization": f"Bearer {key}"} if key else version

    def enrich(self, email: str, hints: Hints) -> Found | NotFound:
        """Find the person with an address; of several profiles prefer the one with the name that the user wrote."""
        question = f"{email} in:email"
        if len(question) > _MAX_QUERY or any(mark in email for mark in ' :"'):
            return NotFound()  # GitHub would read these marks as search syntax
        found = _checked(self._client.ask("GET", "/search/users", {"q": question}))
        items = found.body.get("items")
        logins = [
            item["login"]
            for item in (items if isinstance(items, list) else [])
            if values.part(item, "type") == "User" and isinstance(item.get("login"), str)
        ]
        people = [self._person(login) for login in logins[:3]]
        confirmed = [person for person in people if _may_have(person, email)]
        if not confirmed:
            return NotFound()
        named = [person for person in confirmed if hints.name and values.text(person.get("name")) == hints.name]
        return _read((named or confirmed)[0])

    def _person(self, login: str) -> dict[str, Any]:
        answer = self._client.ask("GET", f"/users/{quote(login, safe='')}")
        return {} if answer.status == 404 else _checked(answer).body  # noqa: PLR2004 - renamed since the search


def _may_have(person: dict[str, Any], email: str) -> bool:
    """Whether a profile may have an address: the search also finds addresses that only contain it."""
    shown = person.get("email")
    return bool(person) and (not isinstance(shown, str) or not shown or shown.lower() == email.lower())


def _checked(answer: Answer) -> Answer:
    match answer.status:
        case 200:
            return answer
        case 401:
            raise Unauthorised(answer.status)
        case 403 | 429:
            # Both mean "slow down". 403 also means "not allowed" where requests are left.
            wait = requested_wait_s(answer.headers)
            if wait is None and answer.headers.get("x-ratelimit-remaining") == "0":
                wait = requested_wait_s(answer.headers, "x-ratelimit-reset")
            if wait is None and answer.status == 403 and "rate limit" not in str(answer.body.get("message")).lower():  # noqa: PLR2004
                raise Unauthorised(answer.status)
            raise RetryLater(wait)
    raise NoAnswer(f"status {answer.status}")


def _read(person: dict[str, Any]) -> Found | NotFound:
    company = values.text(person.get("company")).removeprefix("@")
    handle = values.text(person.get("twitter_username"))
    return values.found(
        {
            "name": person.get("name"),
            "company": company,
            "location": person.get("location"),
            "bio": person.get("bio"),
            "website": person.get("blog"),
            "github_url": person.get("html_url"),
            "avatar_url": person.get("avatar_url"),
            "twitter_url": f"https://x.com/{handle}" if handle else None,
        },
        CONFIDENCE,
    )
