"""The answers about sources, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.models import Answer
from shared.sources.parameters import Kind, PersonState, Security, State


class AccountShown(Answer):
    """The account of a source, without its credentials."""

    host: str | None = None
    port: int | None = None
    security: Security | None = None
    url: str | None = None
    username: str | None = None


class Source(Answer):
    """A source and what came of it.

    `read` counts distinct messages and events, `counted` those of them that say something of a tie, `left_out` the others by
    reason. `progress` says in words how far the source is read; `problem` why the last run ended early. `account` is what is
    read by itself; in the state `needs_attention` it is not, until the user does what `problem` says.
    """

    id: UUID
    kind: Kind
    name: str
    addresses: list[str]
    state: State
    problem: str | None
    created_at: datetime
    last_run_at: datetime | None
    next_at: datetime | None
    read: int
    counted: int
    left_out: dict[str, int]
    first_at: datetime | None
    last_at: datetime | None
    account: AccountShown | None
    progress: str


class SourceList(Answer):
    """All sources, the oldest first; `providers` are the kinds that this installation can sign in to."""

    items: list[Source]
    providers: list[Kind]


class SignInBegun(Answer):
    """The address at which the user consents; the provider sends the user back to the app's page `/sources/connected`."""

    url: str


class LineError(Answer):
    """A line that cannot be used: its number, the field at fault, what would be right, and what it has there."""

    line: int
    field: str
    message: str
    value: str | None


class Counted(Answer):
    """What became of the lines of a batch; `received` is the sum of the others.

    `known` were brought before, by this source or another one of the user. `left_out` say nothing of a tie, by reason: list,
    auto, role, spam, trash, draft, not_mine, no_address, alone, forgotten; of events cancelled, declined, all_day, future, big.
    """

    received: int
    counted: int
    known: int
    left_out: dict[str, int]
    failed: int
    errors: list[LineError]


class ContactName(Answer):
    """A contact by id and name."""

    id: UUID
    name: str


class PersonFound(Answer):
    """A person in the sources: `address` is the one that is used most, `addresses` are all that certainly belong to the person.

    `maybe` are addresses of other people found that may be the same person: join them, or say that they are apart.
    `contact` is a contact that has one of the addresses already. `strength` is today's strength of the tie.
    """

    address: str
    addresses: list[str]
    name: str | None
    sent: int
    received: int
    meetings: int
    calls: int
    last_at: datetime
    strength: float
    state: PersonState
    contact: ContactName | None
    maybe: list[str]


class PeopleFound(Answer):
    """A page of people found, the strongest tie first."""

    items: list[PersonFound]
    next_cursor: str | None
    total: int


class AddedPerson(Answer):
    """A contact that was added for an address."""

    id: UUID
    address: str


class PeopleChanged(Answer):
    """How many people were added as contacts, got further addresses, and so on, and the first 200 of the contacts that were added."""

    added: int
    updated: int
    ignored: int
    proposed: int
    joined: int
    apart: int
    forgotten: int
    contacts: list[AddedPerson]
