"""What people and programs write for an e-mail address or a LinkedIn profile, in the form in which it is compared."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

from shared.contacts.sizes import MAX_EMAIL, MAX_SLUG, MAX_URL

# Deliberately wide: names of any script on both sides, and domains without a dot, because address books of companies hold
# `ana@intranet`. What it refuses is what no mail program could have meant as one address.
# Marks that nobody sees are no part of an address, nor is what follows a question mark in one of the web.
EMAIL = re.compile(
    r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
    r"@[^\s@<>()\[\]\\,;:\"'/?&=#|%!{}^~+*$`\x00-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[^\W_]"
)
# Zero-width and directional marks that copying from a web page or WhatsApp leaves around a value.
_INVISIBLE = dict.fromkeys(
    map(ord, "\xad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)

_PROFILE = re.compile(
    r"(?:https?:/{1,2})?(?:[a-z0-9-]{1,10}\.){0,2}(?<![\w-])linkedin\.(?:com|cn)/(?:mwlite/|m/|comm/)?in/+([^/?#\s\"'<>,;]+)",
    re.IGNORECASE,
)
_PROFILE_PATH = re.compile(r"/?in/([^/?#\s]+)/?", re.IGNORECASE)
_BARE_SLUG = re.compile(r"@?([\w%-]{3,100})")
# The commonest form by far, decided by one match: no escapes, nothing after the slug but a slash.
_PLAIN_PROFILE = re.compile(r"(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/in/([a-z0-9-]{1,100})/?", re.ASCII)


def visible(text: str) -> str:
    """The text without invisible marks and surrounding white space (of any script)."""
    return text.strip() if text.isascii() else text.translate(_INVISIBLE).strip()


def is_email(text: str) -> bool:
    """Whether the text is one e-mail address and nothing else."""
    return len(text) <= MAX_EMAIL and EMAIL.fullmatch(text) is not None


def linkedin_profile(text: str, *, slug_allowed: bool = False) -> tuple[str, str] | None:
    """The profile that a text names.

    Args:
        text: an address in any of the forms LinkedIn has used (country and mobile hosts, queries, no scheme).
        slug_allowed: the text comes from a field for LinkedIn alone, so `in/ana-rao`, `@ana-rao` and `ana-rao` count too.

    Returns:
        The canonical address `https://www.linkedin.com/in/<slug>` and the slug (lower case, percent-decoded), or None
        where there is no personal profile (a company page, another site).
    """
    plain = _PLAIN_PROFILE.fullmatch(text)
    if plain is not None:
        slug = plain[1]
        return "https://www.linkedin.com/in/" + slug, slug
    if len(text) > MAX_URL:
        return None
    text = visible(text)
    found = _PROFILE.search(text)
    if found is None and slug_allowed:
        found = _PROFILE_PATH.fullmatch(text) or _BARE_SLUG.fullmatch(text)
    if found is None:
        return None
    slug = unicodedata.normalize("NFC", unquote(found[1])).strip().lower()
    if not slug or len(slug) > MAX_SLUG or not slug.isprintable() or "\ufffd" in slug or "/" in slug:
        return None
    return "https://www.linkedin.com/in/" + quote(slug, safe="-_.~"), slug


def email_address(text: str) -> str:
    """An address without spaces and invisible marks around it.

    Raises:
        ValueError: it is none.
    """
    text = visible(text)
    if not is_email(text):
        raise ValueError(f'"{text}" is no e-mail address')
    return text


def linkedin_slug(text: str) -> str:
    """The last part of a profile's address, which tells it from all others.

    Raises:
        ValueError: it is none.
    """
    profile = linkedin_profile(text, slug_allowed=True)
    if profile is None:
        raise ValueError(f'"{text}" is no LinkedIn profile: pass its address')
    return profile[1]
