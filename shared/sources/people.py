"""The people found in sources: who is proposed as a contact, and what the user says of them."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.contacts.sizes import MAX_LIST
from shared.errors import FieldError, ValidationFailed, quoted
from shared.paging import decode_cursor, encode_cursor
from shared.sources import identity, repository
from shared.sources.addresses import address_of
from shared.sources.facts import EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shared.plumbing.postgres.database import Session
    from shared.sources.models import PeopleAnswer
    from shared.sources.parameters import PeopleQuery
    from shared.sources.repository import Correspondent

HALF_LIFE_S = 180 * 86_400
# Who only met the user is proposed from this strength on: a meeting of two or three, or several larger ones.
LEAST_BY_MEETINGS = 0.25
MAX_SHOWN = 200
_MAX_NAME = 500


class Person(NamedTuple):
    """A person and the addresses that certainly belong to them, the one used most first.

    Attributes:
        addresses: their correspondents.
        name: the fullest name; None where none appears.
        sent, received, meetings, calls: how many.
        last_s: the last of them, in seconds since 2020-01-01.
        strength: of the tie to the user, at the time of the question.
        state: see `PeopleQuery`.
        contact: the correspondent that is a contact already; None where none is.
        maybe: addresses of other people who may be the same.
    """

    addresses: list[Correspondent]
    name: str | None
    sent: int
    received: int
    meetings: int
    calls: int
    last_s: int
    strength: float
    state: str
    contact: Correspondent | None
    maybe: list[str]

    @property
    def address(self) -> str:
        """The address that is used most."""
        return self.addresses[0].address


def find_people(tx: Session, now: datetime) -> list[Person]:
    """Everybody in the sources, the strongest tie first."""
    known = repository.list_correspondents(tx)
    addresses = [identity.Address(one.address, one.names, one.person_no) for one in known]
    groups = identity.same_people(addresses)
    alike = identity.maybe_same(addresses, groups)
    people = []
    for place, group in enumerate(groups):
        mine = sorted((known[index] for index in group), key=lambda one: (-(one.sent + one.received), one.address))
        maybe = sorted(
            max((known[index] for index in groups[other]), key=lambda one: one.sent + one.received).address
            for other in alike.get(place, ())
        )
        people.append(_person(mine, maybe, now))
    return sorted(people, key=lambda person: (-person.strength, person.address))


def list_people(tx: Session, query: PeopleQuery, now: datetime) -> dict[str, Any]:
    """A page of the people found, as the API answers it. All pages show strengths as they were at the time of the first."""
    after = (-math.inf, "")
    if query.cursor is not None:
        state, now, strength, address = decode_cursor(query.cursor, str, datetime, float, str)
        if state != query.state:
            raise ValidationFailed(
                [FieldError("cursor", f"belongs to state={quoted(state)}, not to state={query.state}")]
            )
        after = (-strength, address)
    found = [
        person
        for person in find_people(tx, now)
        if person.state == query.state and person.strength >= query.min_strength
    ]
    rest = [person for person in found if (-person.strength, person.address) > after]
    page = rest[: query.limit]
    more = len(rest) > len(page)
    next_cursor = encode_cursor(query.state, now.isoformat(), page[-1].strength, page[-1].address) if more else None
    return {"items": [_shown(person) for person in page], "next_cursor": next_cursor, "total": len(found)}


def answer_people(tx: Session, body: PeopleAnswer, now: datetime) -> dict[str, Any]:
    """Do what the user says of people: join and part them first, then forget, ignore or propose them, then add them as contacts.

    Raises:
        ValidationFailed: an address is not one, or nobody in the sources has it; names each, and changes nothing.
    """
    people = find_people(tx, now)
    by_address = {one.address: person for person in people for one in person.addresses}
    wanted = {
        field: _resolved(field, getattr(body, field), by_address) for field in ("add", "ignore", "propose", "forget")
    }
    groups = {
        field: [_resolved(field, group, by_address) for group in getattr(body, field)] for field in ("join", "apart")
    }
    faults = [fault for _, given in wanted.items() for fault in given[1]] + [
        fault for lists in groups.values() for given in lists for fault in given[1]
    ]
    if faults:
        raise ValidationFailed(faults)

    joined = [given[0] for given in groups["join"]]
    labels = {one.address: one.person_no for person in people for one in person.addresses}
    for given in groups["apart"]:
        for address in given[0]:
            labels[address] = _number(by_address, address)
        repository.set_apart(tx, [_number(by_address, address) for address in given[0]])
    for addresses in joined:
        numbers = [_number(by_address, address) for address in addresses]
        label = next((labels[address] for address in addresses if labels[address] is not None), None) or min(numbers)
        labels |= dict.fromkeys(addresses, label)
        repository.set_person(tx, numbers, label)
    if joined or groups["apart"]:
        people = find_people(tx, now)
        by_address = {one.address: person for person in people for one in person.addresses}
    # the addresses of people of whom one is a contact become the contact's
    chosen = [by_address[addresses[0]] for addresses in joined if by_address[addresses[0]].contact is not None]
    forgotten = _of(wanted["forget"][0], by_address)
    if forgotten:
        repository.forget_correspondents(tx, [one.address for person in forgotten for one in person.addresses])
    ignored = _of(wanted["ignore"][0], by_address)
    repository.set_ignored(tx, [one.no for person in ignored for one in person.addresses], ignored=True)
    proposed = _of(wanted["propose"][0], by_address)
    repository.set_ignored(tx, [one.no for person in proposed for one in person.addresses], ignored=False)
    if body.add_all:
        chosen += [person for person in people if person.state == "proposed" and person.strength >= body.min_strength]
    chosen += _of(wanted["add"][0], by_address)
    unwanted = {person.address for person in (*forgotten, *ignored)}
    added, updated = _add(tx, [person for person in _once(chosen) if person.address not in unwanted])
    return {
        "added": len(added), "updated": updated, "ignored": len(ignored), "proposed": len(proposed), "joined": len(joined),
        "apart": len(groups["apart"]), "forgotten": len(forgotten),
        "contacts": [{"id": str(contact_id), "address": address} for contact_id, address in added[:MAX_SHOWN]],
    }  # fmt: skip


def _person(mine: list[Correspondent], maybe: list[str], now: datetime) -> Person:
    last_s = max(one.last_s for one in mine)
    growth = 2.0 ** (last_s / HALF_LIFE_S)
    o, i, c = (
        sum(sums) / growth
        for sums in zip(*((one.sent_sum, one.received_sum, one.together_sum) for one in mine), strict=True)
    )
    weight = 3 * (0.25 * (o + i) / 2 + 0.75 * math.sqrt(o * i)) + 0.2 * c
    at_last = weight / (weight + 10)
    age_s = max((now - EPOCH).total_seconds() - last_s, 0)
    sent, received, meetings, calls = (
        sum(counts) for counts in zip(*((one.sent, one.received, one.meetings, one.calls) for one in mine), strict=True)
    )
    names = [name for one in mine for name in one.names]
    contact = next((one for one in mine if one.contact_no is not None), None)
    loose = [one for one in mine if one.contact_no is None]
    if not loose:
        state = "added"
    elif not all(identity.is_one_person(one.address, one.names) for one in mine):
        state = "machine"
    elif all(one.ignored for one in loose):
        state = "ignored"
    elif (sent and received) or ((meetings or calls) and at_last >= LEAST_BY_MEETINGS):
        state = "proposed"
    else:
        state = "seen"
    strength = round(at_last * 0.5 ** (age_s / HALF_LIFE_S), 6)
    return Person(
        mine, identity.best_name(names), sent, received, meetings, calls, last_s, strength, state, contact, maybe
    )


def _shown(person: Person) -> dict[str, Any]:
    contact = person.contact
    return {
        "address": person.address, "addresses": [one.address for one in person.addresses], "name": person.name, "sent": person.sent,
        "received": person.received, "meetings": person.meetings, "calls": person.calls,
        "last_at": (EPOCH + timedelta(seconds=person.last_s)).astimezone(UTC).isoformat(), "strength": person.strength, "state": person.state,
        "contact": {"id": str(contact.contact_id), "name": contact.contact_name} if contact else None, "maybe": person.maybe,
    }  # fmt: skip


def _resolved(field: str, given: Sequence[str], known: dict[str, Person]) -> tuple[list[str], list[FieldError]]:
    """Addresses in the form in which they are kept, and what is wrong with the others."""
    found, faults = [], []
    for text in given:
        address = address_of(text)
        if address is None:
            faults.append(FieldError(field, f"{quoted(text)} is not an address"))
        elif address not in known:
            faults.append(FieldError(field, f"nobody in the sources has the address {quoted(text)}"))
        else:
            found.append(address)
    return found, faults


def _number(by_address: dict[str, Person], address: str) -> int:
    return next(one.no for one in by_address[address].addresses if one.address == address)


def _of(addresses: Iterable[str], by_address: dict[str, Person]) -> list[Person]:
    return _once([by_address[address] for address in addresses])


def _once(people: Iterable[Person]) -> list[Person]:
    return list({person.address: person for person in people}.values())


def _add(tx: Session, people: list[Person]) -> tuple[list[tuple[Any, str]], int]:
    """Add people as contacts, and give those who are contacts their further addresses; return the contacts added, and how many got addresses."""
    new, further = [], []
    for person in people:
        loose = [one.address for one in person.addresses if one.contact_no is None]
        emails = [address for address in loose if "@" in address][:MAX_LIST]
        if person.contact is not None:
            if emails:
                further.append({"contact_no": person.contact.contact_no, "emails": emails})
            continue
        bare = next((address.removeprefix("name:").title() for address in loose if address.startswith("name:")), None)
        slug = next((address.removeprefix("linkedin:") for address in loose if address.startswith("linkedin:")), None)
        phones = [address.removeprefix("tel:") for address in loose if address.startswith("tel:")][:MAX_LIST]
        name = (person.name or bare or "")[:_MAX_NAME]
        if not name and not emails and not slug:
            name = phones[0] if phones else person.address
        new.append(
            {"name": name, "email": emails[0] if emails else None, "emails": emails, "phones": phones, "slug": slug}
        )
    added = repository.create_people(tx, new) if new else []
    updated = repository.add_addresses(tx, further) if further else 0
    return added, updated
