"""The SQL side of introductions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import Conflict, NotFound
from shared.names import NOBODY, visible_name
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.connection import ConstraintViolated

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

# A page begins behind the latest introduction that there can be.
_LATEST = ("infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff")


class Requester(NamedTuple):
    """Who asks.

    Attributes:
        name: never empty.
        email: verified by the identity provider; None where it gave none.
        self_id: the contact where all of their paths begin.
    """

    name: str
    email: str | None
    self_id: UUID


class PathContact(NamedTuple):
    """A contact of a path, with the data that must not leave.

    Attributes:
        id: of the contact.
        name: as the user has it; may be empty or an address.
        company: where they work.
        title: as what.
        email: where they can be asked.
        emails: all addresses.
        phones: all numbers.
        linkedin_slug: name of the profile.
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
    """What is known of a mailbox before it is written to.

    Attributes:
        asked: how often anybody has asked there lately.
        never: its people do not want to be asked.
        bounced: it does not exist.
    """

    asked: int
    never: bool
    bounced: bool


class Step(NamedTuple):
    """Somebody on the path, and how far they were asked; see `crm.introduction_steps`.

    Attributes:
        position: on the path; 1 is whom the requester knows.
        role: connector or target.
        contact_id: the requester's contact.
        name: what others may read; no address.
        company: the same.
        title: the same.
        email: None: the connector before will be asked for it.
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


class Introduction(NamedTuple):
    """An introduction with the people on its path.

    Attributes:
        id: of the introduction.
        status: see `crm.introductions`.
        turn: position of who is asked now, or was last.
        target_id: contact whom the user wants to meet.
        message: why, in the user's words.
        purpose: why, in a few words; may be empty.
        reason: undeliverable where an address did not work; else None.
        steps: connectors in order, last the target.
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
        """Whom the user wants to meet."""
        return self.steps[-1]

    @property
    def current(self) -> Step:
        """Whose turn it is, or was last."""
        return self.steps[self.turn - 1]


def get_requester(tx: Session) -> Requester:
    """The calling user.

    Raises:
        NotFound: erased meanwhile.
    """
    row = tx.one(QUERIES.find_requester, user_id=tx.user_id)
    if row is None:
        raise NotFound("this user was erased")
    name, self_name, email, self_id = row
    return Requester(visible_name(name, self_name, NOBODY), email, self_id)


def list_people(tx: Session, contact_ids: list[UUID]) -> list[PathContact]:
    """The contacts of those ids, in that order; fewer where some are not there."""
    return [PathContact(*row) for row in tx.many(QUERIES.list_people, user_id=tx.user_id, ids=contact_ids)]


def list_people_through_colleague(
    tx: Session, contact_ids: list[UUID], now: datetime
) -> tuple[list[PathContact], float | None]:
    """The people on a path through a colleague's book, the colleague first, and its strength.

    Empty unless the colleague shares their ties now, nobody on it is hidden, and each has a tie to the next. Of their
    addresses only the colleague's is told, and the last one's where it is among the user's own contacts.
    """
    rows = tx.many(QUERIES.list_people_through_colleague, ids=contact_ids, now=now)
    people = [PathContact(row[0], row[1], row[2], row[3], row[4], [], [], None) for row in rows]
    return people, rows[0][5] if rows else None


def measure_path(tx: Session, contact_ids: list[UUID], now: datetime) -> tuple[bool, float | None]:
    """Whether each contact has a tie to the next one, and the product of the strengths."""
    row = tx.one(QUERIES.measure_path, user_id=tx.user_id, ids=contact_ids, now=now)
    return (False, None) if row is None else (bool(row[0]), row[1])


def mailbox_states(tx: Session, addresses: list[str], since: datetime) -> dict[str, MailboxState]:
    """What is known of some mailboxes, by address."""
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
    """Adds an introduction whose first connector is still to be asked.

    Raises:
        Conflict: the user is asking for this person already.
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
        raise Conflict("you are asking for an introduction to this person already: see it, or withdraw it") from error
    rows = json.dumps([step._asdict() for step in steps], default=str)
    tx.run(QUERIES.create_steps, user_id=tx.user_id, introduction_id=introduction_id, steps=rows)
    return introduction_id


def get_introduction(tx: Session, introduction_id: UUID, *, lock: bool = False) -> Introduction:
    """An introduction of the user.

    Args:
        tx: the session; a transaction where it is locked.
        introduction_id: which one.
        lock: nobody else changes it until the transaction ends.

    Raises:
        NotFound: the user has none of this id.
    """
    query = QUERIES.lock_introduction if lock else QUERIES.read_introduction
    row = tx.one(query, user_id=tx.user_id, id=introduction_id)
    if row is None:
        raise NotFound("there is no introduction of this id")
    steps = [Step(*step) for step in tx.many(QUERIES.list_steps, user_id=tx.user_id, id=introduction_id)]
    status, turn, target_id, message, purpose, reason = row
    return Introduction(introduction_id, status, turn, target_id, message, purpose, reason, steps)


def ask_step(
    tx: Session, introduction_id: UUID, position: int, *, email: str, now: datetime, expires_at: datetime
) -> None:
    """Notes that somebody is asked now."""
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
    """Notes that somebody is reminded now."""
    tx.run(QUERIES.remind_step, user_id=tx.user_id, id=introduction_id, position=position, now=now)


def decide_step(
    tx: Session, introduction_id: UUID, position: int, decision: str, *, note: str = "", now: datetime
) -> None:
    """Notes how a question ended."""
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
    """Sets the state, and whose turn it is."""
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
    """An introduction as JSON: as its requester sees it, else as somebody who was asked.

    Raises:
        NotFound: it is none of the user's.
    """
    document: str | None = tx.value(QUERIES.find_introduction, user_id=tx.user_id, id=introduction_id)
    if document is not None:
        return document
    asked = list_asked(tx, role=None, status=None, only=introduction_id, after=None, most=1)
    if not asked:
        raise NotFound("there is no introduction of this id")
    return asked[0][2]


def list_own(
    tx: Session, *, status: str | None, after: tuple[Any, Any] | None, most: int
) -> list[tuple[UUID, datetime, str]]:
    """Those that the user asked for: id, time and document, newest first."""
    before, before_id = after or _LATEST
    rows = tx.many(
        QUERIES.list_introductions, user_id=tx.user_id, status=status, before=before, before_id=before_id, most=most
    )
    return [(row[0], row[1], row[2]) for row in rows]


def list_asked(
    tx: Session, *, role: str | None, status: str | None, only: UUID | None, after: tuple[Any, Any] | None, most: int
) -> list[tuple[UUID, datetime, str]]:
    """Those that the user was asked about: id, time and document, newest first."""
    before, before_id = after or _LATEST
    rows = tx.many(
        QUERIES.list_asked, role=role, status=status, only=only, before=before, before_id=before_id, most=most
    )
    return [(row[0], row[1], row[2]) for row in rows]


def due_introductions(tx: Session, now: datetime, asked_before: datetime, most: int) -> list[tuple[UUID, UUID]]:
    """User and id of introductions, of all users, that have expired or that nobody was reminded of since a time."""
    rows = tx.many(QUERIES.due_introductions, now=now, asked_before=asked_before, most=most)
    return [(row[0], row[1]) for row in rows]
