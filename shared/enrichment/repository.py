"""The queries of enrichment: requests, runs of the consumer, look-ups at providers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from shared.contacts.fields import ENRICHED
from shared.contacts.merging.repository import no_contact
from shared.plumbing.postgres import sql
from shared.plumbing.telemetry.recording import span, trace_attributes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.events.outbox import Priority
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
TOPIC = "contact-enrichment"

# The verdicts of the database when a run begins, when a look-up begins, and when a run ends; the results of a look-up.
RunVerdict = Literal["run", "over", "busy"]
LookupVerdict = Literal["ask", "answered", "asked", "no_credits", "suppressed", "lost"]
LookupResult = Literal["found", "not_found", "failed", "removed"]
EndVerdict = Literal["written", "changed", "taken", "lost"]


class KeptAnswer(NamedTuple):
    """A provider's answer from an earlier look-up.

    Attributes:
        found: the fields; None where the provider knows nobody with this address.
        credits: the credits charged for this contact.
        at: the time of the answer.
    """

    found: dict[str, Any] | None
    credits: int
    at: str


class Subject(NamedTuple):
    """The contact of a run, as it was when the run began.

    Attributes:
        columns: the columns that enrichment fills, by name; empty or None where blank.
        email: its address; None where it has none any more.
        enrichment: the document in the form of the API.
        version: changes with every change to the contact.
        email_hash: SHA-256 of the address, in hex.
        fresh_after: answers from before this time do not count; None where all earlier answers count.
        postponed: how often a provider was put off before this run.
        suppressed_by: the provider at which this person has objected to processing; None where none reported it.
        answers: earlier answers, by provider.
    """

    columns: dict[str, str | None]
    email: str | None
    enrichment: dict[str, Any]
    version: str
    email_hash: str
    fresh_after: datetime | None
    postponed: int
    suppressed_by: str | None
    answers: dict[str, KeptAnswer]


class Run(NamedTuple):
    """One run of the consumer for one event.

    Attributes:
        event_id: the event.
        contact_id: of the contact.
        token: proves to the database that a step belongs to this run.
        lease_s: seconds after its latest step until the run counts as dead.
    """

    event_id: UUID
    contact_id: UUID
    token: UUID
    lease_s: int


def request(
    tx: Session,
    contacts: Iterable[UUID],
    priority: Priority,
    *,
    force: bool,
) -> int:
    """Queue any number of contacts of the user in one statement.

    Returns:
        How many were queued; contacts without an e-mail address, and those already queued, are not counted.
    """
    with span("outbox", TOPIC):
        queued = tx.value(
            QUERIES.request_enrichments,
            contacts="{" + ",".join(map(str, contacts)) + "}",
            priority=int(priority),
            force=force,
            attributes=json.dumps(trace_attributes()),
        )
    if queued:
        tx.topics.add(TOPIC)
    return int(queued)


def find_enrichable(tx: Session, contact_id: UUID) -> tuple[bool, bool]:
    """Whether a contact has an e-mail address to ask about, and whether it is queued.

    Raises:
        NotFound, MergedAway: the user has no contact with this id, or it was merged into another.
    """
    row = tx.one(QUERIES.find_enrichable, user_id=tx.user_id, contact_id=contact_id)
    if row is None:
        raise no_contact(tx, contact_id)
    return row[0], row[1]


def begin_run(tx: Session, run: Run, providers: Iterable[str]) -> tuple[RunVerdict, Subject | None]:
    """Begin a run: take the contact's lease, and read everything that the run needs."""
    row = tx.one(
        QUERIES.begin_enrichment,
        event=run.event_id,
        contact=run.contact_id,
        run=run.token,
        lease_s=run.lease_s,
        providers="{" + ",".join(providers) + "}",
    )
    if row is None:  # the contact was removed at this moment
        return "over", None
    verdict, email, enrichment, version, email_hash, fresh_after, postponed, suppressed_by, answers, *columns = row
    if verdict != "run":
        return verdict, None
    return verdict, Subject(
        columns=dict(zip(ENRICHED, columns, strict=True)),
        email=email,
        enrichment=json.loads(enrichment),
        version=version,
        email_hash=email_hash,
        fresh_after=fresh_after,
        postponed=postponed,
        suppressed_by=suppressed_by,
        answers={
            provider: KeptAnswer(kept["answer"], kept["credits"], kept["at"])
            for provider, kept in json.loads(answers).items()
        },
    )


def begin_lookup(
    tx: Session, run: Run, email_hash: str, *, provider: str, shared: bool, cost: int, ask_s: int, paid_for_s: int
) -> tuple[LookupVerdict, dict[str, Any] | None]:
    """Get permission to ask a provider, and reserve the credits; with "answered" comes the answer to another user's look-up."""
    row = tx.one(
        QUERIES.begin_lookup,
        contact=run.contact_id,
        run=run.token,
        provider=provider,
        email_hash=email_hash,
        shared=shared,
        cost=cost,
        ask_s=ask_s,
        lease_s=run.lease_s,
        paid_for_s=paid_for_s,
    )
    assert row is not None
    verdict, _, answer = row
    return verdict, json.loads(answer) if answer else None


def end_lookup(
    tx: Session,
    run: Run,
    email_hash: str,
    *,
    provider: str,
    shared: bool,
    cost: int,
    result: LookupResult,
    found: Mapping[str, Any] | None,
    keep_s: int,
) -> int | None:
    """Keep a provider's answer and end the reservation, in one statement.

    Returns:
        The credits charged; None where the run has lost its contact to another one, and nothing is kept.
    """
    charged: int | None = tx.value(
        QUERIES.end_lookup,
        contact=run.contact_id,
        run=run.token,
        provider=provider,
        email_hash=email_hash,
        shared=shared,
        cost=cost,
        result=result,
        found=None if found is None else json.dumps(found),
        keep_s=keep_s,
    )
    return charged


def end_run(
    tx: Session,
    run: Run,
    *,
    version: str,
    fields: Mapping[str, Any],
    document: Mapping[str, Any],
    result: str | None,
    again_in_s: float | None,
) -> EndVerdict:
    """Write the findings of a run and confirm its event, both or neither.

    Args:
        tx: a transaction of the contact's user.
        run: the run.
        version: of the contact when it was read.
        fields: columns to set.
        document: the new `contact.enrichment`.
        result: the final status; None where the run goes on later.
        again_in_s: seconds until the run goes on, where a provider was put off; None where the run is over.
    """
    verdict: EndVerdict = tx.value(
        QUERIES.end_enrichment,
        event=run.event_id,
        contact=run.contact_id,
        run=run.token,
        version=version,
        fields=json.dumps(fields),
        document=json.dumps(document),
        result=result,
        again_in_s=again_in_s,
    )
    if again_in_s is not None:
        tx.topics.add(TOPIC)
    return verdict


def fail_buried(tx: Session, most: int) -> int:
    """Set the enrichment of contacts whose event is a dead letter to failed; return how many."""
    return int(tx.value(QUERIES.fail_buried_enrichments, most=most))


def remove_expired_answers(tx: Session, most: int) -> int:
    """Remove the answers of providers that have expired; return how many."""
    return int(tx.value(QUERIES.remove_expired_answers, most=most))
