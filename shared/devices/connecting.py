"""The one-time link that sets up a phone: its page, Apple's profile, and the address that DAVx5 opens.

The page itself shows no secret and uses nothing up, so that a program that previews links does no harm; choosing the phone on it does.
"""

from __future__ import annotations

import uuid
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

from shared.devices import paths, repository, service
from shared.errors import NotFound
from shared.introductions.page import framed, message_page

if TYPE_CHECKING:
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

PROFILE = "application/x-apple-aspen-config"

# Of one link; a person opens it once or twice.
OPENED_PER_MINUTE = 20
_HTTPS = 443


class Connection(NamedTuple):
    """What a phone needs.

    Attributes:
        device_id: the device.
        user_id: its user.
        name: the device's name.
        username: the name to sign in with.
        password: the password; empty where the link is only looked at.
    """

    device_id: UUID
    user_id: UUID
    name: str
    username: str
    password: str


def find(tx: Session, token: str, *, take: bool) -> Connection:
    """The device of a link.

    Args:
        tx: a session of no user.
        token: the token of the link.
        take: use the link up, and return the password.

    Raises:
        NotFound: the link is not known, was used, or is too old.
    """
    row = repository.device_of_link(tx, service.hash_of(token), take=take)
    if row is None:
        raise NotFound("It works once, and for ten minutes. Make another one in Warmpath: Settings, Phones.")
    user_id, device_id, name, username, sealed = row
    return Connection(device_id, user_id, name, username, service.opened(sealed, token) if take else "")


def refused_page(reason: str) -> str:
    """The page of a link that is of no use."""
    return message_page("This link is not good any more", reason)


def choice_page(connection: Connection) -> str:
    """The page of a link, which asks for the kind of phone."""
    choices = (
        ("apple", "iPhone, iPad, Mac", "Downloads a profile. Then open Settings, Profile Downloaded, Install."),
        ("android", "Android", "Opens DAVx5, which keeps contacts of any address book. Install it first (F-Droid or Google Play)."),
        ("other", "Something else", "Shows address, name and password, to type or to copy."),
    )  # fmt: skip
    form = "".join(
        f'<div class="choice"><button name="for" value="{value}"{" class=first" if value == "apple" else ""}>{label}</button>'
        f"<span>{text}</span></div>"
        for value, label, text in choices
    )
    return framed(
        "Add your contacts",
        f"<h1>Add your contacts to this phone</h1><p>{escape(connection.name)} gets all contacts of {escape(connection.username)}, "
        "and what is changed on either side reaches the other. The link works once: choose what this phone is.</p>"
        f'<form method="get">{form}</form>',
    )


def profile(connection: Connection, url: str) -> bytes:
    """The configuration profile of Apple's devices, not signed. Installed again it replaces itself; removed, the contacts go from the phone only."""
    import plistlib  # noqa: PLC0415 - for Apple's devices alone

    host = urlsplit(url)
    of_device = uuid.uuid5(uuid.NAMESPACE_URL, f"{url}/devices/{connection.device_id}")
    account = {
        "PayloadType": "com.apple.carddav.account",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"dev.warmpath.carddav.{connection.device_id}",
        "PayloadUUID": str(of_device).upper(),
        "PayloadDisplayName": "Warmpath contacts",
        "CardDAVAccountDescription": "Warmpath",
        "CardDAVHostName": host.hostname or "",
        "CardDAVPort": host.port or (_HTTPS if host.scheme == "https" else 80),
        "CardDAVUseSSL": host.scheme == "https",
        "CardDAVPrincipalURL": paths.principal(connection.user_id),
        "CardDAVUsername": connection.username,
        "CardDAVPassword": connection.password,
    }
    document = {
        "PayloadType": "Configuration",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"dev.warmpath.profile.{connection.device_id}",
        "PayloadUUID": str(uuid.uuid5(of_device, "profile")).upper(),
        "PayloadDisplayName": "Warmpath",
        "PayloadDescription": "Keeps the contacts of this device and of Warmpath the same.",
        "PayloadOrganization": "Warmpath",
        "PayloadRemovalDisallowed": False,
        "PayloadContent": [account],
    }
    return plistlib.dumps(document)


def davx5_address(connection: Connection, url: str) -> str:
    """The address that DAVx5 takes name and password from; it splits them at the first colon."""
    host = urlsplit(url)
    scheme = "davx5" if host.scheme == "https" else "http"
    signed_in = f"{quote(connection.username, safe='')}:{quote(connection.password, safe='')}"
    return f"{scheme}://{signed_in}@{host.netloc}{paths.ROOT}"


def secrets_page(connection: Connection, url: str, phone: str) -> str:
    """The page with the address, the name and the password; for Android with the link that opens DAVx5."""
    button = ""
    if phone == "android":
        address = escape(davx5_address(connection, url), quote=True)
        button = (
            f'<p><a href="{address}"><button class="first" style="width:100%">Open DAVx5</button></a></p>'
            '<p class="quiet">In DAVx5: Create account, then tick the address book. If nothing opens, install DAVx5 and choose '
            "Login with URL and user name there.</p>"
        )
    facts = (("Address", url), ("User name", connection.username), ("Password", connection.password))
    rows = "".join(
        f'<label>{label}</label><input readonly value="{escape(value, quote=True)}">' for label, value in facts
    )
    return framed(
        "Add your contacts",
        f"<h1>{escape(connection.name)}</h1>{button}{rows}<p class=quiet>This page is shown once. The password is good for this device only, "
        "and can be revoked in Warmpath: Settings, Phones.</p>",
    )
