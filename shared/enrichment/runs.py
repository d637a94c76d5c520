"""One run of the consumer: process an enrichment event once, however often it is delivered."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from shared.contacts.addresses import linkedin_profile
from shared.enrichment import repository
from shared.enrichment.lookups import Findings, Lookups
from shared.enrichment.merge import Merged, erase, merge, merge_attempts
from shared.enrichment.repository import Run, Subject
from shared.errors import Unavailable, ValidationFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from shared.enrichment.lookups import BreakersLike
    from shared.enrichment.providers.provider import Provider
    from shared.plumbing.postgres.database import Database
    from shared.plumbing.redis.cache import Cache

log = logging.getLogger(__name__)

# A run without a step in this time counts as dead: longer than a step may take, shorter than Pub/Sub waits for an answer.
LEASE_S = 60
# How often providers that were put off are asked again before the run ends without them.
MAX_POSTPONED = 10
LEAST_WAIT_S = 0.5
# An edit of the contact during the run makes the write fail; it is then read and merged again, at most this many times in all.
WRITE_TRIES = 4


@dataclass(frozen=True, slots=True)
class Enricher:
    """The processor of enrichment events.

    Attributes:
        database: Postgres.
        cache: holds contacts; a write invalidates the contact there.
        breakers: say which providers are not to be called for a while.
        waterfall: the providers in the order in which they are asked.
        now: returns the time.
        lease_s: seconds without a step after which a run counts as dead.
    """

    database: Database
    cache: Cache
    breakers: BreakersLike
    waterfall: tuple[Provider, ...]
    now: Callable[[], datetime]
    lease_s: int = LEASE_S

    def process(self, event_id: UUID, data: str) -> bool:
        """Process an event, unless it was processed before.

        Args:
            event_id: the event's id.
            data: JSON object with `user_id` and `contact_id`.

        Returns:
                Whether the event was confirmed together with the data; False where nothing was to be done.

        Raises:
                ValidationFailed: the data is not a JSON object with both ids.
                Unavailable: another run has this contact, or a service does not answer; deliver the event again.
        """
        user_id, contact_id = _ids(data)
        run = Run(event_id, contact_id, uuid4(), self.lease_s)
        subject = self._begin(user_id, run)
        if subject is None:
            return False
        findings = Findings(removed_by=subject.suppressed_by)
        if subject.email and not subject.suppressed_by:
            findings = Lookups(
                database=self.database,
                breakers=self.breakers,
                waterfall=self.waterfall,
                now=self.now,
                user_id=user_id,
                run=run,
                subject=subject,
            ).ask_all()
        return self._write(user_id, run, subject, findings)

    def _begin(self, user_id: UUID, run: Run) -> Subject | None:
        # Repeating this transaction is harmless: the second time the database knows the token.
        with self.database.single(user_id) as tx:
            verdict, subject = repository.begin_run(tx, run, [provider.name for provider in self.waterfall])
        if verdict == "busy":
            raise Unavailable("another run has the lease of this contact")
        return subject

    def _write(self, user_id: UUID, run: Run, subject: Subject, findings: Findings) -> bool:
        """Write the contact; read it again where it was changed meanwhile."""
        with_profile = True
        for _ in range(WRITE_TRIES):
            merged = _merged(subject, findings, with_profile=with_profile)
            status, again_in_s = outcome(subject, findings, merged)
            document = self._document(subject, findings, merged, status)
            # Repeating this transaction is harmless: the second time the run no longer has the contact.
            with self.cache.changing_contact(user_id, run.contact_id), self.database.single(user_id) as tx:
                verdict = repository.end_run(
                    tx,
                    run,
                    version=subject.version,
                    fields=_columns(merged),
                    document=document,
                    result=None if again_in_s is not None else status,
                    again_in_s=again_in_s,
                )
            if verdict == "written":
                log.debug("contact.enriched", extra={"contact_id": str(run.contact_id), "status": status})
                return True
            if verdict == "lost":
                raise Unavailable("a newer event or another run has taken over this contact")
            with_profile = with_profile and verdict != "taken"
            reread = self._begin(user_id, run)
            if reread is None:
                return False
            subject = reread
        raise Unavailable(f"the contact was changed during each of {WRITE_TRIES} attempts to write it")

    def _document(self, subject: Subject, findings: Findings, merged: Merged, status: str) -> dict[str, Any]:
        before = [] if findings.removed_by else subject.enrichment.get("attempts", [])
        attempts = merge_attempts(before, findings.attempts)
        if findings.removed_by and not any(attempt["outcome"] == "removed" for attempt in attempts):
            attempts = [
                {"provider": findings.removed_by, "outcome": "removed", "credits": 0, "at": self.now().isoformat()}
            ]
        return {
            "status": status,
            "fields": merged.fields,
            "attempts": attempts,
            "enriched_at": self.now().isoformat() if merged.fields else subject.enrichment.get("enriched_at"),
        }


def outcome(subject: Subject, findings: Findings, merged: Merged) -> tuple[str, float | None]:
    """Get the contact's status, and the seconds until the run goes on where a provider was put off."""
    if findings.removed_by:
        return "not_found", None
    if findings.waits and subject.postponed < MAX_POSTPONED:
        return ("partial" if merged.fields else "pending"), max(LEAST_WAIT_S, min(findings.waits))
    outcomes = {attempt["outcome"] for attempt in findings.attempts}
    if "no_credits" in outcomes:
        return "no_credits", None
    incomplete = bool(findings.waits) or not outcomes <= {"found", "not_found", "skipped"}
    if incomplete:
        return ("partial" if merged.fields else "failed"), None
    return ("done" if merged.fields or not findings.attempts else "not_found"), None


def _merged(subject: Subject, findings: Findings, *, with_profile: bool) -> Merged:
    written: dict[str, Any] = subject.enrichment.get("fields", {})
    if findings.removed_by:
        return erase(subject.columns, written)
    merged = merge(subject.columns, written, findings.statements, refill=subject.fresh_after is not None)
    if with_profile or "linkedin_url" not in merged.columns:
        return merged
    # Another contact of the user has this profile, and a profile belongs to one contact only.
    columns = {name: value for name, value in merged.columns.items() if name != "linkedin_url"}
    fields = {name: entry for name, entry in merged.fields.items() if name != "linkedin_url"}
    return Merged(columns, fields)


def _columns(merged: Merged) -> dict[str, Any]:
    columns: dict[str, Any] = dict(merged.columns)
    if "linkedin_url" in columns:
        profile = linkedin_profile(columns["linkedin_url"] or "")
        columns["linkedin_slug"] = profile[1] if profile else None
    return columns


def _ids(data: str) -> tuple[UUID, UUID]:
    try:
        values = json.loads(data)
        return UUID(values["user_id"]), UUID(values["contact_id"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValidationFailed([], f"the event must be a JSON object with user_id and contact_id: {error!r}") from error
