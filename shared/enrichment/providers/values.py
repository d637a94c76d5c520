"""Values from vendors' answers: only clean text of the expected form is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shared.contacts.addresses import linkedin_profile
from shared.enrichment.providers.provider import Found, NotFound, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TEXT = 500
MAX_URL = 2000
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_PROFILES = ("github_url", "twitter_url", "avatar_url", "profile_url", "website")


def text(value: Any) -> str:
    """The text of a value, on one line, trimmed and cut to MAX_TEXT; empty for anything but a text."""
    if not isinstance(value, str):
        return ""
    return " ".join(_CONTROL.sub(" ", value).split())[:MAX_TEXT].strip()


def url(value: Any) -> str:
    """A web address; empty for anything else, such as `javascript:`."""
    address = value.strip() if isinstance(value, str) else ""
    if not address or len(address) > MAX_URL or _CONTROL.search(address) or " " in address:
        return ""
    if "://" not in address:
        address = "https://" + address
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and "." in host else ""


def linkedin(value: Any) -> str:
    """The canonical address of a LinkedIn profile, from its address, path or name; empty for anything else."""
    if not isinstance(value, str) or len(value) > MAX_URL:
        return ""
    profile = linkedin_profile(value, is_handle=True)
    return profile[0] if profile else ""


def part(value: Any, *path: str) -> Any:
    """The value at a path of nested objects; None where a step is missing or is not an object."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def found(values: Mapping[str, Any], confidence: float) -> Found | NotFound:
    """Make an answer from the values that are not empty.

    Args:
        values: by field; None, blanks and values of the wrong form are left out.
        confidence: of every value.
    """
    fields: dict[str, Value] = {}
    for name, value in values.items():
        clean = linkedin(value) if name == "linkedin_url" else url(value) if name in _PROFILES else text(value)
        if clean:
            fields[name] = Value(clean, round(confidence, 2))
    return Found(fields) if fields else NotFound()
