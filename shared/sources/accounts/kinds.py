"""The kinds of accounts, each made of its settings and credentials."""

from __future__ import annotations

import time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.sources.accounts.account import NeedsAttention, TryLater
from shared.sources.accounts.api import Api
from shared.sources.accounts.caldav import CalendarAccount
from shared.sources.accounts.dav import Dav
from shared.sources.accounts.google import GoogleAccount
from shared.sources.accounts.http import Http
from shared.sources.accounts.imap import ImapAccount
from shared.sources.accounts.imap_client import ImapClient
from shared.sources.accounts.microsoft import MicrosoftAccount
from shared.sources.accounts.oauth import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shared.sources.accounts.account import Account
    from shared.sources.accounts.connecting import Gate
    from shared.sources.accounts.oauth import Provider

# Kinds that are read by a password.
BY_PASSWORD = frozenset({"imap", "caldav"})
# Kinds that are read by a consent.
BY_CONSENT: dict[str, Callable[[Api, Callable[[], float]], GoogleAccount | MicrosoftAccount]] = {
    "google": GoogleAccount,
    "microsoft": MicrosoftAccount,
}
_TLS_PORT, _PLAIN_PORT = 993, 143


class Door(NamedTuple):
    """What all accounts of an installation are opened with.

    Attributes:
        gate: which servers may be reached.
        clock: the present time, seconds since 1970.
        providers: those that are signed in to by consent, by kind.
    """

    gate: Gate
    clock: Callable[[], float] = time.time
    providers: Mapping[str, Provider] = MappingProxyType({})


def open_account(kind: str, settings: Mapping[str, Any], secret: Mapping[str, Any], door: Door) -> Account:
    """An account that can be read.

    Args:
        kind: of the source.
        settings: `account` of the source.
        secret: its credentials.
        door: of the installation.

    Raises:
        NeedsAttention: accounts of the kind are not read, or something is missing.
    """
    if kind == "imap":
        return ImapAccount(lambda: _imap(settings, secret, door.gate), door.clock)
    if kind == "caldav":
        dav = Dav(Http(door.gate), settings["username"], secret.get("password", ""))
        return CalendarAccount(dav, settings["url"], door.clock)
    if kind in BY_CONSENT and secret:
        provider, http = door.providers[kind], Http(door.gate)
        api = Api(http, provider, Tokens(http, provider, secret, door.clock))
        return BY_CONSENT[kind](api, door.clock)
    raise NeedsAttention(f"accounts of the kind {kind} are not read here")


def _imap(settings: Mapping[str, Any], secret: Mapping[str, Any], gate: Gate) -> ImapClient:
    host, security = str(settings["host"]), str(settings.get("security", "tls"))
    port = settings.get("port") or (_TLS_PORT if security == "tls" else _PLAIN_PORT)
    sock = gate.connect(host, port, security)
    try:
        client = ImapClient(sock, (lambda plain: gate.wrap(plain, host)) if security == "starttls" else None)
        client.sign_in(
            settings["username"], password=secret.get("password", ""), access_token=secret.get("access_token", "")
        )
    except OSError as error:
        sock.close()
        raise TryLater(f"{host} does not answer: {error}") from error
    except BaseException:
        sock.close()
        raise
    return client
