"""The choice of an introduction's path among those whose people can be asked."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from shared.contacts import mailboxes
from shared.contacts.merging.repository import no_contact
from shared.errors import Conflict, FieldError, ValidationFailed
from shared.graph import service as graph
from shared.graph.parameters import PathQuery
from shared.introductions import repository
from shared.introductions.repository import Step
from shared.names import visible_name

if TYPE_CHECKING:
    from datetime import datetime

    from shared.config import LetterLimits
    from shared.introductions.models import IntroductionRequest
    from shared.introductions.repository import MailboxState, PathContact, Requester
    from shared.plumbing.postgres.database import Session

# A setting limits how often a person may be asked within this time; beyond it another path is taken.
ASKED_WINDOW = timedelta(days=30)
# Paths to try besides the best one; more than the search shows, because some may have people who cannot be asked.
ALTERNATIVES = 10
MAX_HOPS = 6

_REASONS = {
    "asked_often": "{name} was asked for introductions {asked} times in the last month: choose another path, or ask later",
    "unavailable": "{name} cannot be asked",
    "no_email": "{name} has no e-mail address in your contacts: add one, then ask again",
    "nobodys": "{address} is the address of an office, a program or a list, which cannot introduce anybody: give {name} an address of their own, then ask again",
    "same_mailbox": "{name} has the same e-mail address as somebody else on this path",
}
# Fewer digits than this could be a year or a price.
_MIN_PHONE_DIGITS = 7


class Way(NamedTuple):
    """A path as the search knows it.

    Attributes:
        contact_ids: from the first connector to the target.
        strength: the product of the ties' strengths.
        strengths: of the tie to each contact.
    """

    contact_ids: list[UUID]
    strength: float | None
    strengths: list[float | None]


class Choice(NamedTuple):
    """A path whose people can be asked.

    Attributes:
        steps: the people to ask, in order; the target is last.
        strength: product of the strengths of its ties.
        passed_over: contacts whose better paths were not taken, each with the reason.
    """

    steps: list[Step]
    strength: float | None
    passed_over: list[dict[str, Any]]


class Obstacle(NamedTuple):
    """The contact because of whom a path cannot be used, and the reason."""

    contact: PathContact
    reason: str
    asked: int = 0

    def __str__(self) -> str:
        address = _machines_address(self.contact) if self.reason == "nobodys" else self.contact.email
        return _REASONS[self.reason].format(name=shown_name(self.contact), asked=self.asked, address=address)

    def as_passed_over(self) -> dict[str, Any]:
        """The form of the API."""
        reason = "unavailable" if self.reason in {"same_mailbox", "nobodys"} else self.reason
        return {"contact_id": self.contact.id, "name": shown_name(self.contact), "reason": reason}


def choose_path(
    tx: Session, request: IntroductionRequest, requester: Requester, limits: LetterLimits, now: datetime
) -> Choice:
    """Choose the path that the user names, else the best one whose people can be asked.

    Raises:
        NotFound: the target does not exist.
        ValidationFailed: the named path does not exist, or the user's words contain the target's contact data.
        Conflict: no path exists, or each has a person who cannot be asked; the message says who and why.
    """
    target = repository.list_people(tx, [request.target_id])
    if not target:
        return _through_colleague(tx, request, requester, limits, now)
    if request.target_id == requester.self_id:
        raise ValidationFailed([FieldError("target_id", "this contact is you")])
    _refuse_contact_data(target[0], message=request.message, purpose=request.purpose)
    paths = _named_path(tx, request, requester, now) if request.path else _found_paths(tx, request.target_id)
    obstacles: list[Obstacle] = []
    for way in paths:
        people = _with_address(repository.list_people(tx, way.contact_ids), request)
        obstacle = _obstacle(tx, people, requester, limits, now)
        if obstacle is None:
            passed_over = {passed.contact.id: passed.as_passed_over() for passed in obstacles}
            return Choice(_steps(people, way.strengths), way.strength, list(passed_over.values()))
        obstacles.append(obstacle)
    raise Conflict(str(obstacles[0]))


def _through_colleague(
    tx: Session, request: IntroductionRequest, requester: Requester, limits: LetterLimits, now: datetime
) -> Choice:
    """Check a path that a search through the team has found against the present state."""
    path = [contact_id for contact_id in request.path or [] if contact_id != requester.self_id]
    people, strength = repository.list_people_through_colleague(tx, path, now)
    if not people or path[-1] != request.target_id:
        message = f"contact {request.target_id} does not exist, or no path through a colleague leads to it any more"
        raise no_contact(tx, request.target_id, message)
    _refuse_contact_data(people[-1], message=request.message, purpose=request.purpose)
    obstacle = _obstacle(tx, people, requester, limits, now)
    if obstacle is not None:
        raise Conflict(str(obstacle))
    return Choice(_steps(people, [None] * len(people)), strength, [])


def _with_address(people: list[PathContact], request: IntroductionRequest) -> list[PathContact]:
    """The people with the address that the user gives for the first of them.

    Raises:
        ValidationFailed: no path is named, or the contact has an address.
    """
    if request.connector_email is None:
        return people
    if request.path is None:
        raise ValidationFailed([FieldError("connector_email", "needs a path, whose first person has this address")])
    if people[0].email is not None:
        message = f"{shown_name(people[0])} has an e-mail address already: leave this out, or change the contact"
        raise ValidationFailed([FieldError("connector_email", message)])
    given = request.connector_email
    return [people[0]._replace(email=given, emails=[*people[0].emails, given]), *people[1:]]


def shown_name(contact: PathContact) -> str:
    """The name as others may read it; an address in its place is contact data and is left out."""
    name = visible_name(contact.name)
    return name if name and "@" not in name else "a contact without a name"


def _named_path(tx: Session, request: IntroductionRequest, requester: Requester, now: datetime) -> list[Way]:
    assert request.path is not None
    path = request.path[1:] if request.path[0] == requester.self_id else request.path
    if path[-1] != request.target_id:
        raise ValidationFailed([FieldError("path", "must end with target_id")])
    if len(set(path)) < len(path) or requester.self_id in path:
        raise ValidationFailed([FieldError("path", "names a contact twice")])
    connected, strength, strengths = repository.measure_path(tx, [requester.self_id, *path], now)
    if not connected:
        raise ValidationFailed(
            [FieldError("path", "two neighbours on the path have no tie, or are not among your contacts")]
        )
    if len(path) == 1:
        raise _known_already()
    return [Way(path, strength, strengths)]


def _found_paths(tx: Session, target_id: UUID) -> list[Way]:
    answer = json.loads(
        graph.find_paths(tx, PathQuery(to=target_id, max_hops=MAX_HOPS, order="shortest", alternatives=ALTERNATIVES))
    )
    paths = [
        Way([UUID(contact["id"]) for contact in path["contacts"]][1:], path["strength"], path["strengths"])
        for path in answer["paths"]
    ]
    longer = [path for path in paths if len(path.contact_ids) > 1]
    if paths and not longer:
        raise _known_already()
    if not longer:
        raise Conflict(
            "no path leads from you to this contact: add a tie to them, or import more contacts; programs, lists and offices introduce nobody"
        )
    return longer


def _known_already() -> Conflict:
    return Conflict("you know this contact directly: write to them")


def _obstacle(
    tx: Session, people: list[PathContact], requester: Requester, limits: LetterLimits, now: datetime
) -> Obstacle | None:
    """Find the first reason why a path cannot be used."""
    if _machines_address(people[0]) is not None:
        return Obstacle(people[0], "nobodys")
    if people[0].email is None:
        return Obstacle(people[0], "no_email")
    addresses = [contact.email for contact in people if contact.email]
    states = repository.mailbox_states(tx, addresses, now - ASKED_WINDOW)
    seen = {(requester.email or "").lower()}
    for contact in people:
        if mailboxes.is_machine(contact.name, contact.email, contact.emails):
            return Obstacle(contact, "nobodys")
        if contact.email is None:
            continue
        if contact.email.lower() in seen:
            return Obstacle(contact, "same_mailbox")
        seen.add(contact.email.lower())
        reason = _mailbox_reason(states[contact.email], limits.mailbox_asks_per_month)
        if reason:
            return Obstacle(contact, reason, states[contact.email].asked)
    return None


def _machines_address(contact: PathContact) -> str | None:
    """The address because of which a contact cannot be asked: a program's among all, or an office's where it has no other; None without one."""
    if mailboxes.is_machine(contact.name, contact.email, contact.emails):
        return next((address for address in contact.emails if mailboxes.is_program(address)), contact.email)
    if contact.email is None:
        return next((address for address in contact.emails if mailboxes.is_role_address(address)), None)
    return None


def _mailbox_reason(state: MailboxState, most_asks: int) -> str | None:
    if state.never or state.bounced:
        return "unavailable"
    return "asked_often" if most_asks and state.asked >= most_asks else None


def _steps(people: list[PathContact], strengths: list[float | None]) -> list[Step]:
    last = len(people)
    return [
        Step(
            position=position,
            role="target" if position == last else "connector",
            contact_id=contact.id,
            name=shown_name(contact),
            company=_shown(contact.company),
            title=_shown(contact.title),
            email=contact.email,
            strength=strength,
        )
        for position, (contact, strength) in enumerate(zip(people, strengths, strict=True), 1)
    ]


def _shown(text: str | None) -> str | None:
    return None if text is None or "@" in text else text


def _refuse_contact_data(target: PathContact, **texts: str) -> None:
    """Refuse texts that contain contact data of the target, who has not agreed yet.

    Raises:
        ValidationFailed: a text contains some; the error names the field.
    """
    for field, text in texts.items():
        lower, digits = text.lower(), re.sub(r"\D", "", text)
        phones = (re.sub(r"\D", "", phone) for phone in target.phones)
        if (
            any(email.lower() in lower for email in [*target.emails, target.email] if email)
            or any(phone in digits for phone in phones if len(phone) >= _MIN_PHONE_DIGITS)
            or (target.linkedin_slug and f"/in/{target.linkedin_slug.lower()}" in lower)
        ):
            raise ValidationFailed(
                [
                    FieldError(
                        field, "must not contain contact data of the target: they give it themselves, when they agree"
                    )
                ]
            )
