"""Addresses of correspondents in one form: e-mail, telephone (tel:), LinkedIn profile (linkedin:), or a bare name of a chat (name:)."""

from __future__ import annotations

import re

from shared.contacts.addresses import EMAIL, linkedin_profile
from shared.contacts.mailboxes import MACHINES, ROLES
from shared.contacts.sizes import MAX_EMAIL

_PHONE = re.compile(r"(?:tel:)?\s*(\+?[\d\s().\-/]{6,30})", re.IGNORECASE)
_MIN_DIGITS = 6
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\"\\{}]")
_SPACES = re.compile(r"\s+")
_MACHINE = re.compile(MACHINES)
# Senders without a person that the rule of `shared.contacts.mailboxes` leaves in peace, because a contact may have such an address.
_SENDERS = re.compile(
    r"^(jira|confluence|jenkins|build|builds|ci|bugzilla|trac|gitlab|github|bitbucket|invitations?|invites?|calendar|calendar-notification"
    r"|drive-shares[^@]*|comments?-noreply|messages?-noreply|mailer|mail-?service|updates?|digest|alerts?|notify|news|newsletters?"
    r"|automail|autoresponder|auto|robot|bot|daemon|cron|system|sysadmin|service-?desk|tickets?|receipts?|payments?|shipping|order|orders-?update"
    r"|verify|verification|account-?security|security-?alerts?|feedback|survey|surveys|welcome|hello-?noreply|undisclosed-recipients)([-_.+][^@]*)?@"
    r"|^[^@]*(no|do-?not)[-_.]?reply[^@]*@|^[^@]*[-_.+=](bounces?|return)[-_.+=0-9][^@]*@|^[^@]*[0-9a-f]{24,}[^@]*@"
    r"|@(resource|group)\.calendar\.google\.com$|@(.*\.)?(bounce|bounces|mailer|newsletter|notifications?|notify|mktg)\.[^@]+\.[a-z]{2,}$"
    r"|@([^@]*\.)?(facebookmail\.com|amazonses\.com|mailchimpapp\.net|sendgrid\.net|mcsv\.net|rsgsv\.net|calendar\.google\.com|docs\.google\.com)$"
)
# The private address of one person, however much it looks like a program's.
_PRIVATE = "@users.noreply.github.com"
_PLACEHOLDER = re.compile(r"@(?:[^@.]+|.*\.(?:local|localdomain|lan|internal|invalid|home))$")


def address_of(text: str) -> str | None:
    """Return an address in the form in which it is kept; None for what is not an address of anybody."""
    text = text.strip()
    if "@" in text:
        low = text.lower()
        low = low.removeprefix("mailto:").removeprefix("smtp:").strip("<>' ")
        return low if len(low) <= MAX_EMAIL and EMAIL.fullmatch(low) and not _PLACEHOLDER.search(low) else None
    if text.lower().startswith("name:"):
        name = _SPACES.sub(" ", _UNSAFE.sub("", text[5:])).strip().casefold()
        return f"name:{name}"[:MAX_EMAIL] if name else None
    if text.lower().startswith("linkedin:"):
        slug = _UNSAFE.sub("", text[9:]).strip()
        return f"linkedin:{slug}"[:MAX_EMAIL] if slug else None
    profile = linkedin_profile(text)
    if profile is not None:
        return f"linkedin:{profile[1]}"
    phone = _PHONE.fullmatch(text)
    if phone is not None:
        digits = re.sub(r"\D", "", phone[1])
        if len(digits) >= _MIN_DIGITS:
            return f"tel:{'+' if phone[1].lstrip().startswith('+') else ''}{digits}"
    return None


def own_address(text: str) -> str:
    """Return one of the user's own addresses in the form in which it is kept.

    Raises:
        ValueError: the text is not an address.
    """
    address = address_of(text)
    if address is None:
        raise ValueError(
            f'"{text[:100]}" is not an address: write me@example.com, tel:+491234567, linkedin:SLUG or name:WORDS'
        )
    return address


def key_of(address: str) -> str:
    """Return the same key for all spellings of a mailbox, as `crm.correspondent_key` does."""
    if address.startswith("tel:"):
        return "+" + re.sub(r"\D", "", address)[-7:]
    if "@" not in address:
        return address
    mailbox, _, domain = address.strip().lower().rpartition("@")
    head, plus, _ = mailbox.partition("+")
    mailbox = head if plus and head else mailbox
    if domain in {"gmail.com", "googlemail.com"}:
        return mailbox.replace(".", "") + "@gmail.com"
    return f"{mailbox}@{domain}"


def is_machine(address: str) -> bool:
    """Whether mail from an address comes from a program or a list."""
    if "@" not in address or address.endswith(_PRIVATE):
        return False
    return _MACHINE.search(address) is not None or _SENDERS.search(address) is not None


def is_role(address: str) -> bool:
    """Whether an address belongs to an office and not to one person."""
    return "@" in address and address.rpartition("@")[0].partition("+")[0] in ROLES
