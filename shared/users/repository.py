"""The queries of users."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.errors import FieldError, NotFound, ValidationFailed
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.config import LetterLimits
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
# Of one user in all, not of one request.
MAX_SETTINGS = 50
MAX_SETTINGS_BYTES = 10_000


def sign_in(
    tx: Session,
    *,
    issuer: str,
    subject: str,
    email: str | None,
    name: str,
    session: str = "",
    once_in_s: float = 3600.0,
) -> UUID:
    """Get the id of the user that a token names; the first call creates the user and the self contact.

    Args:
        tx: a session of no user.
        issuer: of the token.
        subject: of the token.
        email: the verified address, if any.
        name: of the person.
        session: names the session at the identity provider, for the audit log.
        once_in_s: the sign-in is added to the audit log once in this time for each session.
    """
    user_id: UUID = tx.value(
        QUERIES.sign_in, issuer=issuer, subject=subject, email=email, name=name, session=session, once_in_s=once_in_s
    )
    return user_id


def get_user(tx: Session, limits: LetterLimits, now: datetime) -> str:
    """Get the calling user as JSON.

    Args:
        tx: a session of the user.
        limits: of letters to strangers.
        now: the time.

    Raises:
        NotFound: the user was erased meanwhile.
    """
    user: str | None = tx.value(QUERIES.find_user, user_id=tx.user_id, limits=json.dumps(limits._asdict()), now=now)
    if user is None:
        raise NotFound("this user was erased")
    return user


def update_user(tx: Session, *, name: str | None, settings: dict[str, Any] | None) -> None:
    """Set the name and merge the settings; None leaves either unchanged.

    Raises:
        ValidationFailed: the settings would exceed MAX_SETTINGS or MAX_SETTINGS_BYTES.
    """
    merged = None if settings is None else json.dumps(settings)
    changed = tx.run(
        QUERIES.update_user,
        user_id=tx.user_id,
        name=name,
        settings=merged,
        most_settings=MAX_SETTINGS,
        most_bytes=MAX_SETTINGS_BYTES,
    )
    if not changed and settings is not None:
        too_much = (
            f"a user may have at most {MAX_SETTINGS} settings with {MAX_SETTINGS_BYTES:,} bytes; null removes one"
        )
        raise ValidationFailed([FieldError("settings", too_much)])
    if name is not None:
        tx.run(QUERIES.rename_self_contact, user_id=tx.user_id, name=name)


def erase_user(tx: Session) -> None:
    """Remove the calling user and all their data."""
    tx.run(QUERIES.erase_user, user_id=tx.user_id)
