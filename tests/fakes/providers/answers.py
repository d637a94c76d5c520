"""The providers' answers, in the form of their documentation: what is found, what is not, and every refusal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

Answer = tuple[int, dict[str, str], Any]  # status, headers, body: an object for JSON, bytes as they are


@dataclass(frozen=True)
class Person:
    """Somebody the providers know."""

    email: str
    name: str = "Matthew Tharp"
    title: str = "Chief Executive Officer"
    company: str = "Hunter"
    location: str = "Framingham, Massachusetts, United States"
    linkedin: str = "matttharp"
    domain: str = "hunter.io"


def gravatar(person: Person | None) -> Answer:
    if person is None:
        return 404, {}, {"error": "User not found", "code": "uid-not-found"}
    digest = hashlib.sha256(person.email.lower().encode()).hexdigest()
    return (
        200,
        {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "99", "X-RateLimit-Reset": "1735689600"},
        {
            "hash": digest,
            "display_name": person.name,
            "profile_url": f"https://gravatar.com/{person.linkedin}",
            "avatar_url": f"https://0.gravatar.com/avatar/{digest}",
            "avatar_alt_text": "",
            "location": person.location,
            "description": "I like long walks.",
            "job_title": person.title,
            "company": person.company,
            "verified_accounts": [
                {
                    "service_type": "github",
                    "service_label": "GitHub",
                    "service_icon": "https://gravatar.com/icons/github.svg",
                    "url": f"https://github.com/{person.linkedin}",
                    "is_hidden": False,
                }
            ],
            "pronunciation": "",
            "pronouns": "",
        },
    )


def github_search(person: Person | None) -> Answer:
    items = [] if person is None else [{"login": person.linkedin, "id": 1, "type": "User", "score": 1.0}]
    return 200, {"x-ratelimit-remaining": "9"}, {"total_count": len(items), "incomplete_results": False, "items": items}


def github_user(person: Person | None) -> Answer:
    if person is None:
        return 404, {}, {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}
    return (
        200,
        {},
        {
            "login": person.linkedin,
            "html_url": f"https://github.com/{person.linkedin}",
            "avatar_url": "https://avatars.githubusercontent.com/u/1?v=4",
            "name": person.name,
            "company": f"@{person.company}",
            "blog": f"{person.domain}/about",
            "location": person.location,
            "email": person.email,
            "bio": "I write code.",
            "twitter_username": person.linkedin,
            "followers": 20,
        },
    )


def hunter(person: Person | None) -> Answer:
    if person is None:
        return 404, {}, {"errors": [{"id": "not_found", "code": 404, "details": "The person could not be found."}]}
    given, _, family = person.name.partition(" ")
    found = {
        "id": "b3ae14fb-0000-4000-8000-000000000000",
        "name": {"fullName": person.name, "givenName": given, "familyName": family},
        "email": person.email,
        "location": person.location,
        "timeZone": "America/New_York",
        "utcOffset": -5,
        "geo": {"city": "Framingham", "state": "Massachusetts", "stateCode": "MA", "country": "United States"},
        "employment": {
            "domain": person.domain,
            "name": person.company,
            "title": person.title,
            "role": "executive",
            "subRole": None,
            "seniority": "executive",
        },
        "twitter": {"handle": person.linkedin},
        "linkedin": {"handle": person.linkedin},
        "fuzzy": False,
        "emailProvider": "google.com",
        "indexedAt": "2025-08-30",
        "phone": None,
        "activeAt": "2025-09-03",
        "inactiveAt": None,
    }
    company = {"name": person.company, "domain": person.domain, "category": {"industry": "Internet Software"}}
    return 200, {}, {"data": {"person": found, "company": company}, "meta": {"email": person.email}}


def pdl(person: Person | None) -> Answer:
    if person is None:
        message = "No records were found matching your request"
        return 404, {}, {"status": 404, "error": {"type": "not_found", "message": message}}
    return (
        200,
        {"x-call-credits-spent": "1", "x-call-credits-type": "enrichment", "x-totallimit-remaining": "99"},
        {
            "status": 200,
            "likelihood": 10,
            "data": {
                "id": "qEnOZ5Oh0poWnQ1luFBfVw_0000",
                "full_name": person.name,
                "first_name": person.name.partition(" ")[0],
                "last_name": person.name.partition(" ")[2],
                "linkedin_url": f"linkedin.com/in/{person.linkedin}",
                "github_url": None,
                "twitter_url": None,
                "work_email": True,
                "emails": True,
                "job_title": person.title,
                "job_company_name": person.company,
                "job_company_website": person.domain,
                "industry": "Internet",
                "location_name": person.location,
                "skills": [],
            },
            "matched": ["email"],
        },
    )


def apollo(person: Person | None) -> Answer:
    headers = {"x-rate-limit-minute": "50", "x-minute-requests-left": "49"}
    if person is None:
        return 200, headers, {"person": None}
    city, state, country = person.location.split(", ")
    return (
        200,
        headers,
        {
            "person": {
                "id": "587cf802f65125cad923a266",
                "first_name": person.name.partition(" ")[0],
                "last_name": person.name.partition(" ")[2],
                "name": person.name,
                "linkedin_url": f"http://www.linkedin.com/in/{person.linkedin}",
                "title": person.title,
                "email": person.email,
                "email_status": "verified",
                "photo_url": "https://media.licdn.com/dms/image/1",
                "twitter_url": None,
                "github_url": None,
                "headline": person.title,
                "city": city,
                "state": state,
                "country": country,
                "organization": {"name": person.company, "website_url": f"http://{person.domain}"},
            }
        },
    )


def _hunter_error(status: int, name: str) -> Answer:
    return status, {}, {"errors": [{"id": name, "code": status, "details": "see the documentation"}]}


def _pdl_error(status: int, name: str, headers: dict[str, str] | None = None) -> Answer:
    return status, headers or {}, {"status": status, "error": {"type": name, "message": "see the documentation"}}


# What each says when it limits the rate; `{wait}` is in seconds.
def rate_limited(provider: str, wait_s: float) -> Answer:
    wait = f"{wait_s:g}"
    return {
        "gravatar": (429, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": wait}, {"error": "rate limited"}),
        "github": (
            403,
            {"x-ratelimit-remaining": "0", "retry-after": wait},
            {"message": "API rate limit exceeded for 127.0.0.1.", "documentation_url": "https://docs.github.com"},
        ),
        "hunter": (403, {"retry-after": wait}, _hunter_error(403, "too_many_requests")[2]),
        "pdl": _pdl_error(429, "rate_limit_error", {"x-ratelimit-reset": wait}),
        "apollo": (429, {"retry-after": wait}, {"message": "The maximum number of api calls allowed is 50 times per minute."}),
    }[provider]  # fmt: skip


def out_of_quota(provider: str) -> Answer:
    return {
        "hunter": _hunter_error(429, "usage_exceeded"),
        "pdl": _pdl_error(402, "payment_required"),
        "apollo": (402, {}, {"error": "insufficient credits"}),
    }[provider]


def unauthorised(provider: str) -> Answer:
    return {
        "gravatar": (401, {}, {"error": "invalid key"}),
        "github": (401, {}, {"message": "Bad credentials", "status": "401"}),
        "hunter": _hunter_error(401, "authentication_failed"),
        "pdl": _pdl_error(401, "authentication_error"),
        "apollo": (401, {"Content-Type": "text/plain"}, b"Invalid access credentials."),
    }[provider]


def removed(provider: str) -> Answer:
    return {
        "hunter": _hunter_error(451, "claimed_email"),
        "pdl": _pdl_error(451, "subject_request"),
        "apollo": (451, {}, {"error": "unavailable for legal reasons"}),
    }[provider]
