"""Ask the providers of a waterfall about one contact, each at most once, even when events repeat and processes die.

Two short transactions surround every call. The first takes the right to ask this provider about this address and reserves the
credits. The second keeps the answer and charges the credits, or gives them back. No transaction is open between them.
"""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from shared.contacts.mailboxes import is_role_address
from shared.enrichment import repository
from shared.enrichment.merge import Entry, Statement, open_fields
from shared.enrichment.providers.provider import (
    Found,
    Hints,
    NoAnswer,
    NotFound,
    OutOfQuota,
    ProviderError,
    RemovedBySubject,
    RetryLater,
    Unauthorised,
)
from shared.errors import Unavailable
from shared.plumbing.telemetry.recording import count, measure, span

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from shared.enrichment.providers.provider import Provider
    from shared.enrichment.repository import LookupResult, LookupVerdict, Run, Subject
    from shared.plumbing.postgres.database import Database

log = logging.getLogger(__name__)

FOUND_TTL_S = 7 * 86400
NOT_FOUND_TTL_S = 86400
# For this time no other run asks the same question: the longest time-out with all tries, and a margin.
ASK_S = 45
# How long to wait for another run with the same question before this run is put off.
ASKED_WAIT_S = 2.0
ASKED_POLL_S = 0.1
ASKED_AGAIN_S = 3.0
# A provider without an answer is asked again after RETRY_S, then after twice the delay each time.
RETRY_S, MAX_RETRY_S = 3.0, 900.0
# A provider that refuses the installation (its key, its quota) is not asked for this time.
REFUSED_S = 600.0


class BreakersLike(Protocol):
    """The circuit breakers that look-ups need; see `shared.plumbing.redis.breaker`."""

    def wait_s(self, name: str) -> float:
        """Seconds until the service may be called; 0 where it may be called now."""
        ...

    def succeeded(self, name: str) -> None:
        """Record that the service answered."""
        ...

    def failed(self, name: str) -> None:
        """Record that the service did not answer."""
        ...

    def pause(self, name: str, seconds: float) -> None:
        """Keep everybody from calling the service for some seconds."""
        ...


@dataclass(slots=True)
class Findings:
    """The findings of a run.

    Attributes:
        statements: the answers of providers, in the order in which they were asked.
        attempts: one for each provider whose turn came.
        waits: seconds until each provider that was put off may be asked again.
        removed_by: the provider at which the person has objected to processing; None where none reported it.
    """

    statements: list[Statement] = field(default_factory=list)
    attempts: list[Entry] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    removed_by: str | None = None


class Lookups:
    """The look-ups of one run.

    Args:
        database: opens the short transactions.
        breakers: say which providers are not to be called for a while.
        waterfall: the providers in the order in which they are asked.
        now: returns the time.
        user_id: the user whose contact it is.
        run: the run.
        subject: the contact, as it was when the run began.
    """

    def __init__(
        self,
        *,
        database: Database,
        breakers: BreakersLike,
        waterfall: tuple[Provider, ...],
        now: Callable[[], datetime],
        user_id: UUID,
        run: Run,
        subject: Subject,
    ) -> None:
        self._database = database
        self._breakers = breakers
        self._waterfall = waterfall
        self._now = now
        self._user_id = user_id
        self._run = run
        self._subject = subject
        self._email = subject.email or ""
        self._hints = Hints(subject.columns.get("name") or "")
        self.findings = Findings()

    def ask_all(self) -> Findings:
        """Ask the providers in order until every field is filled, or one reports that the person has objected to processing.

        Raises:
            Unavailable: this run has lost its contact to another one.
        """
        subject, findings = self._subject, self.findings
        written, refill = subject.enrichment.get("fields", {}), subject.fresh_after is not None
        for provider in self._waterfall:
            if not open_fields(subject.columns, written, findings.statements, refill=refill):
                break
            kept = subject.answers.get(provider.name)
            if not provider.remote:
                self._add_answer(provider, provider.enrich(self._email, self._hints))
            elif kept is not None:
                self._add_finding(provider, kept.found, kept.credits, kept.at)
            elif provider.cost_credits and is_role_address(self._email) and not refill:
                self._add_attempt(
                    provider, "skipped"
                )  # an office is not a person; a request for fresh answers asks all the same
            elif not self._ask(provider):
                break
        return findings

    def _ask(self, provider: Provider) -> bool:
        """Ask one provider, if it may be asked; False where no further provider is to be asked."""
        if self._breakers.wait_s(_refusal_breaker(provider)) > 0:
            self._add_attempt(provider, "refused")
            return True
        wait_s = self._breakers.wait_s(provider.name)
        if wait_s > 0:
            self._add_attempt(provider, NoAnswer.outcome)
            self.findings.waits.append(wait_s)
            return True
        verdict, answer = self._begin(provider)
        match verdict:
            case "ask":
                return self._call(provider)
            case "answered":
                self._add_finding(provider, answer, 0, self._now().isoformat())
            case "no_credits":
                self._add_attempt(provider, "no_credits")
            case "suppressed":
                self.findings.removed_by = provider.name
                return False
            case "asked":
                # The answer to the other run may fill all fields, so the remaining providers wait for it.
                self.findings.waits.append(ASKED_AGAIN_S)
                return False
            case "lost":
                raise Unavailable("another run has taken over this contact")
        return True

    def _begin(self, provider: Provider) -> tuple[LookupVerdict, dict[str, Any] | None]:
        deadline = time.monotonic() + ASKED_WAIT_S
        while True:
            with self._database.transaction(self._user_id) as tx:
                verdict, answer = repository.begin_lookup(
                    tx,
                    self._run,
                    self._subject.email_hash,
                    provider=provider.name,
                    shared=provider.shared,
                    cost=provider.cost_credits,
                    ask_s=ASK_S,
                    paid_for_s=FOUND_TTL_S,
                )
            if verdict != "asked" or time.monotonic() > deadline:
                return verdict, answer
            time.sleep(ASKED_POLL_S)

    def _call(self, provider: Provider) -> bool:
        try:
            answer = self._answer(provider)
        except ProviderError as error:
            return self._end_failed(provider, error)
        except Exception as error:  # an answer that the provider's code does not understand must not cost credits
            log.exception("provider.not_understood", extra={"provider": provider.name})
            return self._end_failed(provider, NoAnswer(repr(error)))
        self._breakers.succeeded(provider.name)
        found = _as_json(answer) if isinstance(answer, Found) else None
        credits_charged = self._end(provider, "not_found" if found is None else "found", found)
        if credits_charged:
            count("warmpath.credits.charged", credits_charged, provider=provider.name)
            log.info("credits.charged", extra={"provider": provider.name, "credits": credits_charged})
        self._add_finding(provider, found, credits_charged, self._now().isoformat())
        return True

    def _answer(self, provider: Provider) -> Found | NotFound:
        started = time.monotonic()
        outcome = NoAnswer.outcome
        try:
            with span("provider", provider.name):
                answer = provider.enrich(self._email, self._hints)
            outcome = "found" if isinstance(answer, Found) else "not_found"
        except ProviderError as error:
            outcome = error.outcome
            raise
        finally:
            seconds = time.monotonic() - started
            measure("warmpath.provider.duration", seconds, provider=provider.name, outcome=outcome)
        return answer

    def _end_failed(self, provider: Provider, error: ProviderError) -> bool:
        """Give the credits back and decide when to ask again; False where no further provider is to be asked."""
        name, postponed = provider.name, self._subject.postponed
        # Only the type is logged: the text may quote the address or the answer.
        cause = type(error.__cause__ or error).__qualname__
        log.info("provider.no_answer", extra={"provider": name, "outcome": error.outcome, "error": cause})
        self._end(provider, "removed" if isinstance(error, RemovedBySubject) else "failed", None)
        self._add_attempt(provider, error.outcome)
        match error:
            case RemovedBySubject():
                self.findings.removed_by = name
                return False
            case OutOfQuota() | Unauthorised():
                log.error("provider.refuses", extra={"provider": name, "outcome": error.outcome})
                self._breakers.pause(_refusal_breaker(provider), REFUSED_S)
            case RetryLater():
                wait_s = error.retry_after_s if error.retry_after_s is not None else backoff_s(postponed)
                self._breakers.pause(name, wait_s)
                self.findings.waits.append(wait_s)
            case _:
                self._breakers.failed(name)
                self.findings.waits.append(backoff_s(postponed))
        return True

    def _end(self, provider: Provider, result: LookupResult, found: dict[str, Any] | None) -> int:
        with self._database.transaction(self._user_id) as tx:
            charged = repository.end_lookup(
                tx,
                self._run,
                self._subject.email_hash,
                provider=provider.name,
                shared=provider.shared,
                cost=provider.cost_credits,
                result=result,
                found=found,
                keep_s=NOT_FOUND_TTL_S if found is None else FOUND_TTL_S,
            )
        if charged is None:
            raise Unavailable("another run has taken over this contact")
        return charged

    def _add_answer(self, provider: Provider, answer: Found | NotFound) -> None:
        found = _as_json(answer) if isinstance(answer, Found) else None
        self._add_finding(provider, found, 0, self._now().isoformat())

    def _add_finding(self, provider: Provider, found: dict[str, Any] | None, credits_charged: int, at: str) -> None:
        if found is not None:
            self.findings.statements.append(Statement(provider.name, at, found))
        self._add_attempt(provider, "not_found" if found is None else "found", credits_charged, at)

    def _add_attempt(self, provider: Provider, outcome: str, credits_charged: int = 0, at: str | None = None) -> None:
        self.findings.attempts.append({
            "provider": provider.name,
            "outcome": outcome,
            "credits": credits_charged,
            "at": at or self._now().isoformat(),
        })  # fmt: skip


def backoff_s(postponed: int) -> float:
    """Seconds until a provider without an answer is asked again; random within 25 %, so that not all runs return at once."""
    return float(min(MAX_RETRY_S, RETRY_S * 2**postponed) * random.uniform(0.75, 1.25))  # noqa: S311 - no secret


def _refusal_breaker(provider: Provider) -> str:
    return f"{provider.name}:refuses"


def _as_json(found: Found) -> dict[str, Any]:
    return {name: {"value": value.value, "confidence": value.confidence} for name, value in found.fields.items()}
