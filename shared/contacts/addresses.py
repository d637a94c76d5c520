"""What people type for an e-mail address or a LinkedIn profile, in the form in which it is compared; for models and query strings."""

from __future__ import annotations

from shared.contacts.importing import values


def email_address(text: str) -> str:
    """An address without spaces around it.

    Raises:
        ValueError: it is none.
    """
    text = text.strip()
    if not values.is_email(text):
        raise ValueError(f'"{text}" is no e-mail address')
    return text


def linkedin_slug(text: str) -> str:
    """The last part of a profile's address, which tells it from all others.

    Raises:
        ValueError: it is none.
    """
    profile = values.linkedin_profile(text, slug_allowed=True)
    if profile is None:
        raise ValueError(f'"{text}" is no LinkedIn profile: pass its address')
    return profile[1]
