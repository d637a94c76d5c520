"""One change of many contacts: which contacts, and what is done to them, set by set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self
from uuid import UUID

from shared.bulk import repository
from shared.circles import service as circles
from shared.contacts.merging import comparing
from shared.contacts.merging import repository as merging
from shared.enrichment.service import queue_contacts, require_credits
from shared.errors import FieldError, ValidationFailed, quoted
from shared.fields import service as custom_fields
from shared.history.service import restore_contacts
from shared.plumbing.events.outbox import Priority
from shared.teams.service import hide_contacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from shared.bulk.models import BulkChange
    from shared.plumbing.postgres.database import Session

# More contacts are the work of a job.
AT_ONCE = 1_000
# Failures that an answer lists.
MOST_LISTED = 1_000
ITSELF = "this contact is you"


class Failure(NamedTuple):
    """A contact that a change passed over, with the code and the sentence of the same change of one contact."""

    id: str
    code: str
    detail: str


class Outcome(NamedTuple):
    """What a change came to.

    Attributes:
        changed: how many contacts became another.
        unchanged: how many were so before.
        failed: contacts that were passed over, and why; the first of `failed_total`.
        failed_total: how many were passed over.
    """

    changed: int = 0
    unchanged: int = 0
    failed: list[Failure] = []  # noqa: RUF012 - a tuple, nobody writes it
    failed_total: int = 0

    def plus(self, other: Outcome) -> Outcome:
        """Both together."""
        return Outcome(
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            (self.failed + other.failed)[:MOST_LISTED],
            self.failed_total + other.failed_total,
        )

    def described(self, change: Change, operation_id: UUID | None) -> dict[str, Any]:
        """The outcome as the API answers it; an operation is named where there is something to undo."""
        operation = str(operation_id) if self.changed and change.is_undoable else None
        failed = [failure._asdict() for failure in self.failed]
        return self._asdict() | {"failed": failed, "operation_id": operation}


class Change(NamedTuple):
    """What is done to contacts.

    Attributes:
        action: the word of the API.
        value: tags, a merge patch, or a circle by `add` or `remove`; None for the other actions.
    """

    action: str
    value: Any = None

    @classmethod
    def of(cls, request: BulkChange) -> Self:
        """The change that a request asks for.

        Raises:
            ValidationFailed: the value does not fit the action.
        """
        from shared.bulk.models import CircleValue, SetValue, TagValue  # noqa: PLC0415 - pydantic, which a job does not need
        from shared.models import validated  # noqa: PLC0415 - as above

        if request.action in {"tag", "untag"}:
            given = [request.value] if isinstance(request.value, str) else request.value
            return cls(request.action, validated(TagValue, {"value": given}).value)
        if request.action == "set":
            patch = validated(SetValue, {"value": request.value}).value.model_dump(exclude_unset=True)
            if not patch:
                raise ValidationFailed([FieldError("value", "names no field that is to be set")])
            return cls("set", patch)
        if request.action == "circle":
            choice = {"add": request.value} if isinstance(request.value, str) else request.value
            chosen = validated(CircleValue, {"value": choice}).value
            return cls("circle", chosen.model_dump(mode="json", exclude_none=True))
        if request.action == "restore" and request.filter:
            raise ValidationFailed([FieldError("filter", "the trash has no filters: name ids, or {} for all of it")])
        if request.value is not None:
            raise ValidationFailed(
                [FieldError("value", f"{request.action} takes no value, not {quoted(request.value)}")]
            )
        return cls(request.action)

    @property
    def is_undoable(self) -> bool:
        """Whether the journal keeps what the change does."""
        return self.action != "enrich"

    @property
    def details(self) -> dict[str, Any]:
        """What the journal notes of the change: no values of fields, which a forgotten contact takes with it."""
        noted: dict[str, Any] = {"action": self.action}
        if self.action in {"tag", "untag"}:
            noted["tags"] = self.value
        elif self.action == "set":
            noted["fields"] = list(self.value)
        elif self.action == "circle":
            noted["circle"] = self.value
        return noted


def checked(tx: Session, change: Change, cheapest: int) -> Change:
    """Refuse a change that no contact can have now; return it with the values of custom fields in their form.

    Raises:
        ValidationFailed: a value does not fit its custom field.
        OutOfCredits: providers are to be asked, some cost credits, and the balance is too low for each of them.
        NotFound: the user has no such circle.
        Conflict: a filter finds the members of the circle.
    """
    if change.action == "circle":
        circles.require_named(tx, UUID(next(iter(change.value.values()))))
    if change.action == "enrich":
        require_credits(tx, cheapest)
    if change.action == "set" and change.value.get("custom"):
        custom = custom_fields.settle(tx, change.value["custom"], {})
        return change._replace(value=change.value | {"custom": custom})
    return change


def apply(tx: Session, change: Change, ids: Sequence[UUID], now: datetime) -> Outcome:
    """Do a change to contacts, which nobody else changes until the transaction ends.

    Args:
        tx: a transaction.
        change: what is done.
        ids: the contacts; those that cannot have the change are passed over and listed.
        now: the present time.
    """
    if change.action == "restore":
        restored, problems = restore_contacts(tx, ids)
        comparing.ask(tx)
        return _outcome(len(ids), restored, [Failure(str(contact_id), *why) for contact_id, why in problems.items()])
    found = merging.lock_contacts(tx, ids)
    failed = _missing(tx, [contact_id for contact_id in ids if contact_id not in found])
    myself = [contact_id for contact_id, is_self in found.items() if is_self]
    present = list(found)
    if change.action == "tag":
        changed, refused = repository.tag_contacts(tx, present, change.value)
        failed += _failures(refused, "validation_failed", "more than 100 tags are too many for one contact")
    elif change.action == "untag":
        changed = repository.untag_contacts(tx, present, change.value)
    elif change.action == "set":
        changed, refused = repository.set_fields(tx, present, change.value)
        failed += _failures(
            refused, "validation_failed", "more than 100 custom fields, or 75,000 bytes of them, are too many"
        )
    elif change.action == "delete":
        changed = repository.delete_contacts(tx, present)
        failed += _failures(myself, "conflict", f"{ITSELF}: every path begins here, so it cannot be deleted")
    elif change.action == "hide":
        changed = hide_contacts(tx, present, now)
        failed += _failures(myself, "conflict", f"{ITSELF}, and cannot be hidden")
    elif change.action == "circle":
        ((way, circle),) = change.value.items()
        change_members = circles.add_contacts if way == "add" else circles.remove_contacts
        changed = change_members(tx, UUID(circle), present)
        failed += _failures(myself, "conflict", f"{ITSELF}: circles are of others") if way == "add" else []
    else:
        bare = set(repository.without_email(tx, present))
        changed = queue_contacts(tx, [one for one in present if one not in bare], priority=Priority.LOW)
        failed += _failures(
            bare, "validation_failed", "this contact has no e-mail address, and providers are asked by address"
        )
    return _outcome(len(ids), changed, failed)


def _missing(tx: Session, ids: Sequence[UUID]) -> list[Failure]:
    into = merging.merged_into(tx, ids) if ids else {}
    return [
        Failure(str(one), "merged", f"this contact was merged into {into[one]}: use that id")
        if one in into
        else Failure(str(one), "not_found", f"no contact has the id {one}")
        for one in ids
    ]


def _failures(ids: Iterable[UUID], code: str, detail: str) -> list[Failure]:
    return [Failure(str(contact_id), code, detail) for contact_id in ids]


def _outcome(asked: int, changed: int, failed: list[Failure]) -> Outcome:
    return Outcome(changed, asked - changed - len(failed), failed[:MOST_LISTED], len(failed))
