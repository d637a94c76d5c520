"""Looks whether every promise was kept; each function tells what was not."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.faults import audit_doings, audit_requests
from tests.faults.evidence import some
from tests.faults.journal import YES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.evidence import Evidence

COST = {"hunter": 1, "pdl": 2}


def contacts(evidence: Evidence) -> list[str]:
    """Every acknowledged contact is there once and as it was acknowledged; every other one once at the most."""
    rows: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for user_id, contact_id, name, notes in evidence.rows(
        "select user_id, id::text, name, coalesce(notes, '') from crm.contacts where not is_self"
    ):
        rows[evidence.email_of(user_id), name].append((contact_id, notes))
    found = []
    for contact in evidence.journal.contacts:
        there = rows.get((contact.user, contact.name), [])
        if len(there) > 1:
            found.append(f"{contact.name} is there {len(there)} times")
        elif there and contact.removed == YES:
            found.append(f"{contact.name} was removed and is there")
        elif not there and contact.created == YES and not contact.removed:
            found.append(f"{contact.name} was acknowledged and is not there")
        elif there and contact.id and there[0][0] != contact.id:
            found.append(f"{contact.name} is another one: {there[0][0]}, not {contact.id}")
        elif there and there[0][1] not in contact.notes:
            found.append(f"{contact.name} holds {there[0][1]!r}, not {contact.notes}")
    return found


def addresses(evidence: Evidence) -> list[str]:
    """No address is twice in an address book."""
    return [
        f"{evidence.email_of(user)} has {email} {count} times"
        for user, email, count in evidence.rows(
            "select user_id, email, count(*) from crm.contacts where email is not null group by 1, 2 having count(*) > 1"
        )
    ]


def ties(evidence: Evidence) -> list[str]:
    """Every acknowledged tie is there, both ways and as strong."""
    there: dict[tuple[str, str, str], float] = {
        (evidence.email_of(user), one, other): round(strength, 2)
        for user, one, other, strength in evidence.rows(
            """select r.user_id, a.id::text, b.id::text, r.strength from crm.relationships r
            join crm.contacts a on a.user_id = r.user_id and a.no = r.from_no
            join crm.contacts b on b.user_id = r.user_id and b.no = r.to_no"""
        )
    }
    found = []
    for (user, one, other), allowed in evidence.journal.ties.items():
        ways = {there.get((user, one, other), 0), there.get((user, other, one), 0)}
        if len(ways) > 1 or not ways <= allowed:
            found.append(f"a tie of {user} is {sorted(ways)} strong, not {sorted(allowed)}")
    return found


def interactions(evidence: Evidence) -> list[str]:
    """Every acknowledged interaction is there once, and no other."""
    there: dict[str, Counter[datetime]] = defaultdict(Counter)
    for contact_id, at in evidence.rows(
        """select c.id::text, i.at from crm.interactions i
        join crm.contacts c on c.user_id = i.user_id and c.no = i.contact_no"""
    ):
        there[contact_id][at] += 1
    found = []
    for contact in evidence.journal.contacts:
        missing = [at for at in contact.interactions if there[contact.id][datetime.fromisoformat(at)] != 1]
        if missing:
            found.append(f"{len(missing)} interactions with {contact.name} are not there once")
    return found


def orphans(evidence: Evidence) -> list[str]:
    """Nothing belongs to what is not there."""
    questions = {
        "ties without a contact": """select count(*) from crm.relationships r where not exists (select from crm.contacts c
            where c.user_id = r.user_id and c.no = r.from_no) or not exists (select from crm.contacts c
            where c.user_id = r.user_id and c.no = r.to_no)""",
        "interactions without a contact": """select count(*) from crm.interactions i where not exists (select from
            crm.contacts c where c.user_id = i.user_id and c.no = i.contact_no)""",
        "hidden contacts that are none": """select count(*) from crm.hidden_contacts h where not exists (select from
            crm.contacts c where c.user_id = h.user_id and c.no = h.contact_no)""",
        "users without themselves as a contact": """select count(*) from crm.users u where (select count(*) from
            crm.contacts c where c.user_id = u.id and c.is_self) <> 1""",
        "users who are no members": """select count(*) from crm.users u where not exists (select from crm.members m
            where m.user_id = u.id)""",
        "lines of the ledger without a user": """select count(*) from crm.credit_ledger l where not exists (select from
            crm.users u where u.id = l.user_id)""",
        "teams without members": """select count(*) from crm.teams t where not exists (select from crm.team_members m
            where m.team_id = t.id)""",
    }
    return [
        f"{count} {what}" for what, question in questions.items() for ((count,),) in [evidence.rows(question)] if count
    ]


def books(evidence: Evidence) -> list[str]:
    """A balance is the sum of its ledger, line by line, and nothing is reserved any more."""
    found = [
        f"the balance of {evidence.email_of(user)} is {balance}, its ledger says {total}"
        for user, balance, total in evidence.rows(
            """select u.id, u.credit_balance, coalesce(sum(l.credits), 0) from crm.users u
            left join crm.credit_ledger l on l.user_id = u.id group by u.id having u.credit_balance <> coalesce(sum(l.credits), 0)"""
        )
    ]
    found += [
        f"line {line} of the ledger of {evidence.email_of(user)} does not add up"
        for user, line in evidence.rows(
            """select user_id, seq from (select user_id, seq, balance_after,
            sum(credits) over (partition by user_id order by seq) as total from crm.credit_ledger) l where balance_after <> total"""
        )
    ]
    ((held,),) = evidence.rows("select count(*) from crm.credit_reservations where state = 'reserved'")
    return [*found, *([f"{held} reservations were never ended"] if held else [])]


def charges(evidence: Evidence) -> list[str]:
    """Nothing is charged but what providers delivered, at its price; what got lost on the way, nobody pays for."""
    emails = {row[0]: row[1] for row in evidence.rows("select id, email from crm.contacts")}
    net: dict[tuple[Any, Any, str], int] = {
        (user, contact, provider): int(total)
        for user, contact, provider, total in evidence.rows(
            """select user_id, contact_id, provider, -sum(credits) from crm.credit_ledger where kind <> 'grant'
            group by 1, 2, 3 having sum(credits) <> 0"""
        )
    }
    delivered = Counter(
        (entry.provider, entry.email) for entry in evidence.delivered if entry.delivered and entry.provider in COST
    )
    found = []
    charged: Counter[tuple[str, str]] = Counter()
    for (user, contact, provider), total in net.items():
        if total < 0 or total % COST[provider]:
            found.append(f"{evidence.email_of(user)} was charged {total} by {provider}")
        charged[provider, (emails.get(contact) or "").lower()] += total // COST[provider]
    found += [
        f"{provider} delivered {email} {delivered[provider, email]} times, charged were {times}: "
        f"{[(e.behaviour, e.delivered) for e in evidence.delivered if (e.provider, e.email) == (provider, email)]}"
        for (provider, email), times in charged.items()
        if email and times > delivered[provider, email]
    ]
    return found


def events(evidence: Evidence) -> list[str]:
    """Every event is done; dead letters have been raised, and none is left."""
    found = [
        f"{count} events of {topic} are not done: {error}"
        for topic, error, count in evidence.rows("select topic, last_error, count(*) from crm.outbox group by 1, 2")
    ]
    found += [
        f"{count} dead letters of {topic}: {reason}"
        for topic, reason, count in evidence.rows("select topic, reason, count(*) from crm.dead_letters group by 1, 2")
    ]
    found += [
        f"the enrichment of {count} contacts never ended"
        for ((count,),) in [evidence.rows("select count(*) from crm.enrichments where outcome is null")]
        if count
    ]
    for status, count in evidence.rows(
        "select status, count(*) from crm.emails where status in ('queued', 'sending') group by 1"
    ):
        found.append(f"{count} e-mails are {status}")
    return found


AUDITS: tuple[Callable[[Evidence], list[str]], ...] = (
    contacts, addresses, ties, interactions, orphans, books, charges, events,
    audit_doings.introductions, audit_doings.consent, audit_doings.emails, audit_doings.joins, audit_doings.points,
    audit_doings.teams, audit_requests.answers, audit_requests.sessions, audit_requests.caches, audit_requests.capacity,
)  # fmt: skip


def audit(evidence: Evidence) -> dict[str, list[str]]:
    """What was found, by the promise that was not kept; empty when all were."""
    kept = {check.__name__: some(check(evidence)) for check in AUDITS}
    if evidence.journal.findings:
        kept["at once"] = some(evidence.journal.findings)
    return {name: found for name, found in kept.items() if found}
