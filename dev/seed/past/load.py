"""Writes the past of the demo network, in the transaction of its loading."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dev.issuer import ISSUER, subject_of
from dev.seed.past.growth import JOINED_AGE
from dev.seed.past.story import enrichment
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from dev.seed.network import Network
    from dev.seed.past.story import Past
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
AGE = "_age"


class PastLoader:
    """Two steps: who is there, before the demo user's network is; and what they did, after it.

    Args:
        past: what has happened.
        now: the moment from which its ages count.
    """

    def __init__(self, past: Past, now: datetime) -> None:
        self._past = past
        self._now = now

    def users(self, tx: Session) -> None:
        """The demo user and everybody else, as members without anything."""
        members = [
            {**asdict(member), "issuer": ISSUER, "subject": subject_of(member.email)}
            for member in self._past.growth.members
        ]
        tx.run(QUERIES.insert_users, rows=self._rows(members))
        tx.run(QUERIES.set_activity, rows=self._rows(members))
        tx.run(QUERIES.insert_selves)

    def events(self, tx: Session, user_id: UUID, network: Network) -> None:
        """All that happened, around the network of the demo user."""
        self._books(tx, user_id)
        self._growth(tx)
        self._own(tx, user_id, network)
        self._introductions(tx)
        tx.many(QUERIES.score_invitations)
        tx.many(QUERIES.score_introductions)

    def _books(self, tx: Session, user_id: UUID) -> None:
        joined = {member.id: member.activated_age or member.joined_age for member in self._past.growth.members}
        people = [
            {"user_id": book.user_id, "person": person, "happened_age": joined[book.user_id]}
            for book in self._past.books
            for person in book.people
        ]
        ties = [
            {"user_id": book.user_id, "source": source, "target": target, "strength": strength, "mutual": mutual}
            for book in self._past.books
            for source, target, strength, mutual in book.ties
        ]
        tx.run(QUERIES.insert_contacts, rows=self._rows(people), user_id=user_id)
        tx.run(QUERIES.insert_ties, rows=self._rows(ties))

    def _growth(self, tx: Session) -> None:
        tx.run(QUERIES.insert_invitations, rows=self._rows(map(asdict, self._past.growth.invitations)))
        tx.run(QUERIES.insert_joins, rows=self._rows(map(asdict, self._past.growth.joins)))
        team = [{"user_id": member.id, "happened_age": (member.activated_age or 0) - 1} for member in self._past.team]
        tx.run(QUERIES.insert_team, rows=self._rows(team), name=self._past.team_name, at=self._moment(JOINED_AGE - 1))

    def _own(self, tx: Session, user_id: UUID, network: Network) -> None:
        met = [
            {"person": person, "happened_age": age, "kind": kind, "direction": direction}
            for person, age, kind, direction in self._past.interactions
        ]
        tx.run(QUERIES.insert_interactions, rows=self._rows(met), user_id=user_id)
        tx.run(QUERIES.forget_hand_set, user_id=user_id)
        tx.value(QUERIES.compute_ties, user_id=user_id)
        cadences = [{"person": person, "every_days": days} for person, days in self._past.cadences]
        tx.run(QUERIES.insert_cadences, rows=self._rows(cadences), user_id=user_id)
        documents = [
            {"person": person, "document": enrichment(network.people[person], attempts, self._moment(age))}
            for person, age, attempts in self._past.enriched
        ]
        tx.run(QUERIES.set_enrichments, rows=self._rows(documents), user_id=user_id)
        ledger = [
            {
                "no": number, "user_id": user, "happened_age": age, "credits": credits_, "note": note or None, "person": person,
                "provider": provider,
            }
            for number, (user, age, credits_, note, person, provider) in enumerate(self._past.ledger)
        ]  # fmt: skip
        tx.run(QUERIES.insert_ledger, rows=self._rows(ledger))
        tx.run(QUERIES.set_balances)

    def _introductions(self, tx: Session) -> None:
        asked = [
            {**asdict(introduction), "target": introduction.steps[-1].person}
            for introduction in self._past.introductions
        ]
        steps = [
            {**asdict(step), "introduction_id": introduction.id}
            for introduction in self._past.introductions
            for step in introduction.steps
        ]
        tx.run(QUERIES.insert_introductions, rows=self._rows(asked))
        tx.run(QUERIES.insert_steps, rows=self._rows(steps))

    def _rows(self, rows: Iterable[dict[str, Any]]) -> str:
        """JSON of rows, in which `joined_age`, days, has become `joined_at`."""
        return json.dumps([self._dated(row) for row in rows], default=str)

    def _dated(self, row: dict[str, Any]) -> dict[str, Any]:
        ages = {name: value for name, value in row.items() if name.endswith(AGE)}
        return row | {f"{name.removesuffix(AGE)}_at": self._at(age) for name, age in ages.items()}

    def _at(self, age: float | None) -> str | None:
        return None if age is None else self._moment(age)

    def _moment(self, age: float) -> str:
        return (self._now - timedelta(days=age)).isoformat(timespec="seconds")
