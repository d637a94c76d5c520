"""The bodies of requests about sources, as models."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from shared.errors import FieldError, ValidationFailed
from shared.models import Model, named
from shared.parameters import NO_NUL
from shared.sources.addresses import own_address
from shared.sources.parameters import Kind, Security

_ONE_LINE = r"^[^\x00\r\n]*$"
Name = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL), AfterValidator(named)]
OwnAddress = Annotated[str, StringConstraints(max_length=320, pattern=NO_NUL), AfterValidator(own_address)]
Address = Annotated[str, StringConstraints(min_length=1, max_length=320, pattern=NO_NUL)]
OwnAddresses = Annotated[list[OwnAddress], Field(max_length=100)]
Addresses = Annotated[list[Address], Field(max_length=1_000)]
Group = Annotated[list[Address], Field(min_length=2, max_length=50)]


class AccountBody(Model):
    """An account to read by itself, of the kinds imap, caldav and carddav; its credentials are never shown again.

    Attributes:
        host: the server of mail; `port` and `security` where they are not 993 and TLS.
        url: the address of the server of calendars or contacts.
        username: the name to sign in with, mostly the address.
        password: best one that is made for this program alone (an app password).
        access_token: instead of a password, for mail by XOAUTH2.
    """

    host: Annotated[str, StringConstraints(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9.:_-]+$")] | None = None
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: Security = "tls"
    url: Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\s<>\"\\]+$")] | None = None
    username: Annotated[str, StringConstraints(min_length=1, max_length=320, pattern=_ONE_LINE)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=_ONE_LINE)] | None = None
    access_token: Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=_ONE_LINE)] | None = None

    @model_validator(mode="after")
    def _signs_in(self) -> AccountBody:
        if (self.password is None) == (self.access_token is None):
            raise ValueError("give either a password or an access_token")
        return self

    def parts(self, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """What may be shown of the account, and its credentials.

        Raises:
            ValidationFailed: a field is missing that the kind needs.
        """
        needed = "host" if kind == "imap" else "url"
        if getattr(self, needed) is None:
            raise ValidationFailed([FieldError(f"account.{needed}", f"is required for a source of the kind {kind}")])
        shown = (
            {"host": self.host, "port": self.port, "security": self.security} if kind == "imap" else {"url": self.url}
        )
        secret = {"password": self.password, "access_token": self.access_token}
        return {**shown, "username": self.username}, {name: text for name, text in secret.items() if text is not None}


class SourceCreate(Model):
    """A source to read; `addresses` are the user's own in it, beside the one that the user signs in with.

    With `account` it is signed in to at once, and then kept current by itself.
    """

    kind: Kind
    name: Name
    addresses: OwnAddresses = []
    account: AccountBody | None = None


class SignInBody(Model):
    """What a provider sends the user back to the app with: `state`, and either `code` or `error`."""

    state: Annotated[str, StringConstraints(min_length=1, max_length=8000, pattern=_ONE_LINE)]
    code: Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=_ONE_LINE)] | None = None
    error: Annotated[str, StringConstraints(max_length=200, pattern=_ONE_LINE)] = ""


class SourcePatch(Model):
    """A change of a source. Own addresses can only be changed before anything is counted by them.

    `account` replaces the account with its credentials, such as a password that was changed, and has it read.
    """

    name: Name | None = None
    addresses: OwnAddresses | None = None
    account: AccountBody | None = None


class PeopleAnswer(Model):
    """What the user says of people who were found.

    Attributes:
        add: addresses of people to add as contacts, each with all of its addresses.
        add_all: add everybody who is proposed, from `min_strength` on.
        min_strength: of `add_all`.
        ignore: addresses of people who are not wanted, and not proposed any more.
        propose: addresses of ignored people, to propose again.
        join: groups of addresses that belong to one person each.
        apart: groups of addresses that belong to different people, however alike they look.
        forget: addresses to forget for good; no source brings them back.
    """

    add: Addresses = []
    add_all: bool = False
    min_strength: Annotated[float, Field(ge=0, le=1)] = 0.0
    ignore: Addresses = []
    propose: Addresses = []
    join: Annotated[list[Group], Field(max_length=500)] = []
    apart: Annotated[list[Group], Field(max_length=500)] = []
    forget: Addresses = []

    @model_validator(mode="after")
    def _says_something(self) -> PeopleAnswer:
        if not (self.add or self.add_all or self.ignore or self.propose or self.join or self.apart or self.forget):
            raise ValueError("name somebody in add, ignore, propose, join, apart or forget, or set add_all")
        if self.add and self.add_all:
            raise ValueError("either add or add_all: add_all adds everybody who is proposed")
        return self
