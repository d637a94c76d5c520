"""The queries of introductions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from shared.errors import Conflict, NotFound
from shared.names import NOBODY, UNNAMED_SELF, sender_name
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.connection import ConstraintViolated

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

# The first page begins before the latest introduction that can exist.
_LATEST = ("infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff")


class Requester(NamedTuple):
    """The user who asks for an introduction.

    Attributes:
        name: never empty.
        email: verified by the identity provider; None where it gave none.
        self_id: the contact of the user, where all paths begin.
    """

    name: str
    email: str | None
    self_id: UUID


class PathContact(NamedTuple):
    """A contact of a path, with data that must not be passed on.

    Attributes:
        id: of the contact.
        name: as the user wrote it; may be empty or an address.
        company: the employer.
        title: the position there.
        email: the address to ask at.
        emails: all addresses.
        phones: all numbers.
        linkedin_slug: name of the LinkedIn profile.
    """

    id: UUID
    name: str
    company: str | None
    title: str | None
    email: str | None
    emails: list[str]
    phones: list[str]
    linkedin_slug: str | None


class MailboxState(NamedTuple):
    """The state of a mailbox before a letter is sent to it.

    Attributes:
        asked: how often it was asked for introductions lately, by all users together.
        never: whether its owner has answered "never".
        bounced: whether it does not exist.
    """

    asked: int
    never: bool
    bounced: bool


class Step(NamedTuple):
    """A person on the path and the state of their question; see `crm.introduction_steps`.

    Attributes:
        position: on the path; 1 is the person whom the requester knows.
        role: connector or target.
        contact_id: the requester's contact.
        name: as others may read it; never an address.
        company: as others may read it.
        title: as others may read it.
        email: None where the connector before has to give it.
        strength: of the tie to this person when the path was chosen; None behind a colleague, and in steps that were read.
    """

    position: int
    role: str
    contact_id: UUID
    name: str
    company: str | None
    title: str | None
    email: str | None
    asked_at: datetime | None = None
    expires_at: datetime | None = None
    reminded_at: datetime | None = None
    decision: str | None = None
    note: str = ""
    strength: float | None = None


class Introduction(NamedTuple):
    """An introduction with the people on its path.

    Attributes:
        id: of the introduction.
        status: see `crm.introductions`.
        turn: position that is asked now, or was asked last.
        target_id: the contact whom the user wants to meet.
        message: the words of the user.
        purpose: what the introduction is about, in a few words; may be empty.
        reason: undeliverable where an address did not work; else None.
        steps: the connectors in order, then the target.
    """

    id: UUID
    status: str
    turn: int
    target_id: UUID
    message: str
    purpose: str
    reason: str | None
    steps: list[Step]

    @property
    def target(self) -> Step:
        """The person whom the user wants to meet."""
        return self.steps[-1]

    @property
    def current(self) -> Step:
        """The person who is asked now, or was asked last."""
        return self.steps[self.turn - 1]


def get_requester(tx: Session) -> Requester:
    """Get the calling user.

    Raises:
        NotFound: the user was erased meanwhile.
    """
    row = tx.one(QUERIES.find_requester, user_id=tx.user_id)
    if row is None:
        raise NotFound("this user was erased")
    name, self_name, email, self_id = row
    # A token without a name makes a self contact that is called by its address, which no letter may show.
    names = [text for text in (name, self_name) if text != UNNAMED_SELF and "@" not in normalize("NFKC", text)]
    return Requester(sender_name(*names, NOBODY), email, self_id)


def list_people(tx: Session, contact_ids: list[UUID]) -> list[PathContact]:
    """List the contacts with these ids, in this order; ids without a contact are left out."""
    return [PathContact(*row) for row in tx.many(QUERIES.list_people, user_id=tx.user_id, ids=contact_ids)]


def list_people_through_colleague(
    tx: Session, contact_ids: list[UUID], now: datetime
) -> tuple[list[PathContact], float | None]:
    """List the people on a path through a colleague's contacts, the colleague first, and the path's strength.

    The list is empty unless the colleague shares ties now, nobody on the path is hidden, and each person has a tie to the
    next. Only the colleague's address is included, and the target's where it is among the user's contacts.
    """
    rows = tx.many(QUERIES.list_people_through_colleague, ids=contact_ids, now=now)
    people = [PathContact(row[0], row[1], row[2], row[3], row[4], [], [], None) for row in rows]
    return people, rows[0][5] if rows else None


def measure_path(tx: Session, contact_ids: list[UUID], now: datetime) -> tuple[bool, float | None, list[float | None]]:
    """Whether each contact has a tie to the next one, the product of the strengths of these ties, and each of them."""
    row = tx.one(QUERIES.measure_path, user_id=tx.user_id, ids=contact_ids, now=now)
    return (False, None, []) if row is None else (bool(row[0]), row[1], row[2] or [])


def mailbox_states(tx: Session, addresses: list[str], since: datetime) -> dict[str, MailboxState]:
    """The states of mailboxes, by address."""
    rows = tx.many(QUERIES.mailbox_states, addresses=addresses, since=since)
    return {address: MailboxState(asked, never, bounced) for address, asked, never, bounced in rows}


def create_introduction(
    tx: Session,
    *,
    target_id: UUID,
    message: str,
    purpose: str,
    strength: float | None,
    passed_over: list[dict[str, Any]],
    steps: list[Step],
    now: datetime,
) -> UUID:
    """Add an introduction; its first connector is still to be asked.

    Raises:
        Conflict: the user already asks for an introduction to this contact.
    """
    try:
        introduction_id: UUID = tx.value(
            QUERIES.create_introduction,
            user_id=tx.user_id,
            target_id=target_id,
            message=message,
            purpose=purpose,
            strength=strength,
            passed_over=json.dumps(passed_over, default=str),
            now=now,
        )
    except ConstraintViolated as error:
        if error.constraint != "introductions_open":
            raise
        raise Conflict(
            "you already ask for an introduction to this contact: wait for its outcome, or withdraw it"
        ) from error
    rows = json.dumps([step._asdict() for step in steps], default=str)
    tx.run(
        QUERIES.create_steps,
        user_id=tx.user_id,
        introduction_id=introduction_id,
        steps=rows,
        contact_ids=[step.contact_id for step in steps],
        now=now,
    )
    return introduction_id


def get_introduction(tx: Session, introduction_id: UUID, *, lock: bool = False) -> Introduction:
    """Get an introduction of the user.

    Args:
        tx: the session; with `lock` a transaction.
        introduction_id: of the introduction.
        lock: keep other transactions from changing it until this one ends.

    Raises:
        NotFound: the user has no introduction with this id.
    """
    query = QUERIES.lock_introduction if lock else QUERIES.read_introduction
    row = tx.one(query, user_id=tx.user_id, id=introduction_id)
    if row is None:
        raise NotFound("no introduction has this id")
    steps = [Step(*step) for step in tx.many(QUERIES.list_steps, user_id=tx.user_id, id=introduction_id)]
    status, turn, target_id, message, purpose, reason = row
    return Introduction(introduction_id, status, turn, target_id, message, purpose, reason, steps)


def ask_step(
    tx: Session, introduction_id: UUID, position: int, *, email: str, now: datetime, expires_at: datetime
) -> None:
    """Record that a person is asked now."""
    tx.run(
        QUERIES.ask_step,
        user_id=tx.user_id,
        id=introduction_id,
        position=position,
        email=email,
        now=now,
        expires_at=expires_at,
    )


def remind_step(tx: Session, introduction_id: UUID, position: int, now: datetime) -> None:
    """Record that a person is reminded now."""
    tx.run(QUERIES.remind_step, user_id=tx.user_id, id=introduction_id, position=position, now=now)


def decide_step(
    tx: Session, introduction_id: UUID, position: int, decision: str, *, note: str = "", now: datetime
) -> None:
    """Record how a question ended."""
    tx.run(
        QUERIES.decide_step,
        user_id=tx.user_id,
        id=introduction_id,
        position=position,
        decision=decision,
        note=note,
        now=now,
    )


def move(
    tx: Session, introduction_id: UUID, status: str, turn: int, now: datetime, *, reason: str | None = None
) -> None:
    """Set the status, and the position that is asked now."""
    tx.run(
        QUERIES.move_introduction,
        user_id=tx.user_id,
        id=introduction_id,
        status=status,
        turn=turn,
        reason=reason,
        now=now,
    )


def get_document(tx: Session, introduction_id: UUID) -> str:
    """Get an introduction as JSON, in the form for its requester, else in the form for a person who was asked.

    Raises:
        NotFound: the user neither requested this introduction nor was asked about it.
    """
    document: str | None = tx.value(QUERIES.find_introduction, user_id=tx.user_id, id=introduction_id)
    if document is not None:
        return document
    asked = list_asked(tx, role=None, status=None, only=introduction_id, after=None, most=1)
    if not asked:
        raise NotFound("no introduction has this id")
    return asked[0][2]


def list_requested(
    tx: Session, *, status: str | None, after: tuple[Any, Any] | None, most: int
) -> list[tuple[UUID, datetime, str]]:
    """List the introductions that the user requested: id, time and document, newest first."""
    before, before_id = after or _LATEST
    rows = tx.many(
        QUERIES.list_requested, user_id=tx.user_id, status=status, before=before, before_id=before_id, most=most
    )
    return [(row[0], row[1], row[2]) for row in rows]


def list_asked(
    tx: Session, *, role: str | None, status: str | None, only: UUID | None, after: tuple[Any, Any] | None, most: int
) -> list[tuple[UUID, datetime, str]]:
    """List the introductions that the user was asked about: id, time and document, newest first."""
    before, before_id = after or _LATEST
    rows = tx.many(
        QUERIES.list_asked, role=role, status=status, only=only, before=before, before_id=before_id, most=most
    )
    return [(row[0], row[1], row[2]) for row in rows]


def due_introductions(tx: Session, now: datetime, asked_before: datetime, most: int) -> list[tuple[UUID, UUID]]:
    """List user and id of the introductions of all users that have expired, or were asked before a time without a reminder."""
    rows = tx.many(QUERIES.due_introductions, now=now, asked_before=asked_before, most=most)
    return [(row[0], row[1]) for row in rows]
