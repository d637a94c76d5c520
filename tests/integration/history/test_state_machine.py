"""Creating, editing, importing, merging, tying, deleting, restoring and undoing in any order leaves what a model says, exactly.

The model keeps whole books: each operation as what the book was before it and after it, and takes it back by the three-way rule.
"""

from __future__ import annotations

import copy
import io
import json
import os
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shared.contacts.importing.reader import open_contacts
from shared.contacts.importing.staging import import_contacts
from shared.contacts.merging import repository as merging
from shared.history import repository
from shared.history.service import restore_contact
from shared.plumbing.postgres.sql import Query

if TYPE_CHECKING:
    from collections.abc import Iterable

PEOPLE = 6
# What is asked here is whether a state is right, on machines that do much beside it.
TIMEOUT_S = 60.0
SCALARS = ("title", "company")
STATE = Query.parse(
    "state", "one",
    """select (select coalesce(jsonb_object_agg(c.id, jsonb_build_object('name', c.name, 'title', c.title, 'company', c.company,
               'tags', (select coalesce(jsonb_agg(t order by t), '[]') from unnest(c.tags) t), 'custom', c.custom)), '{}')
           from crm.contacts c where c.user_id = :user_id::uuid and not c.is_self)::text,
        (select coalesce(jsonb_object_agg(f.id || ' ' || t.id, r.strength), '{}') from crm.relationships r
           join crm.contacts f on f.user_id = r.user_id and f.no = r.from_no join crm.contacts t on t.user_id = r.user_id and t.no = r.to_no
           where r.user_id = :user_id::uuid)::text""",
)  # fmt: skip
ADD = Query.parse(
    "add", "none", "insert into crm.contacts (user_id, id, name) values (:user_id::uuid, :id::uuid, :name)"
)
EDIT = Query.parse(
    "edit", "none",
    "update crm.contacts set title = :title, company = :company, tags = :tags::text[], custom = :custom::jsonb"
    " where user_id = :user_id::uuid and id = :id::uuid",
)  # fmt: skip
DELETE = Query.parse(
    "delete", "none", "delete from crm.contacts where user_id = :user_id::uuid and id = any (:ids::uuid[])"
)
TIE = Query.parse(
    "tie", "none",
    """insert into crm.relationships (user_id, from_no, to_no, strength) select :user_id::uuid, f.no, t.no, :strength::real
       from crm.contacts f, crm.contacts t where f.user_id = :user_id::uuid and t.user_id = :user_id::uuid and f.id = :first::uuid and t.id = :second::uuid
       on conflict (user_id, from_no, to_no) do update set strength = excluded.strength""",
)  # fmt: skip
UNTIE = Query.parse(
    "untie", "none",
    """delete from crm.relationships r using crm.contacts f, crm.contacts t where f.user_id = :user_id::uuid and t.user_id = :user_id::uuid
       and f.id = :first::uuid and t.id = :second::uuid and r.user_id = :user_id::uuid and r.from_no = f.no and r.to_no = t.no""",
)  # fmt: skip

Contact = dict[str, Any]
WORDS = st.sampled_from(["a", "b", "c", None])
TAGS = st.sets(st.sampled_from("xyz"), max_size=3).map(sorted)
CUSTOM = st.dictionaries(st.sampled_from("kl"), st.sampled_from("12"), max_size=2)


class Operation:
    """One operation of the model: of each contact and each tie the value before and after, None for what is not there."""

    def __init__(self, before: Book, after: Book) -> None:
        self.contacts = _differing(before.contacts, after.contacts)
        self.ties = _differing(before.ties, after.ties)
        self.undone = False
        self.undoes: Operation | None = None


class Book:
    """Contacts by id, ties by their two ends."""

    def __init__(self) -> None:
        self.contacts: dict[str, Contact] = {}
        self.ties: dict[str, float] = {}


def _differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        key: (before.get(key), after.get(key))
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    }


def three_way(name: str, was: Any, became: Any, now: Any) -> Any:
    """The rule of `crm.taken_back`, in other words."""
    if was == became:
        return now
    if name == "tags":
        return sorted((set(now) - (set(became) - set(was))) | (set(was) - set(became)))
    if name == "custom":
        keys = was.keys() | became.keys() | now.keys()
        kept = {key: was.get(key) if now.get(key) == became.get(key) else now.get(key) for key in keys}
        return {key: value for key, value in kept.items() if value is not None}
    return was if now == became else now


class Model(Book):
    """A book with the operations that made it, and the trash."""

    def __init__(self) -> None:
        super().__init__()
        self.operations: dict[uuid.UUID, Operation] = {}
        # of each deleted contact what it was, and the ties that come back with it
        self.deletions: dict[str, tuple[uuid.UUID, Contact]] = {}
        self.waiting: dict[uuid.UUID, dict[str, float]] = {}
        # of each merge the contact that is left
        self.merges: dict[uuid.UUID, str] = {}

    def snapshot(self) -> Book:
        """The book as it is now."""
        book = Book()
        book.contacts, book.ties = copy.deepcopy(self.contacts), dict(self.ties)
        return book

    def note(self, operation: uuid.UUID, before: Book) -> Operation:
        """Keep what an operation changed, if anything."""
        made = Operation(before, self.snapshot())
        self.operations[operation] = made
        for contact, (was, became) in made.contacts.items():
            if became is None:
                self.deletions[contact] = (operation, was)
        self.waiting[operation] = {
            tie: was for tie, (was, became) in made.ties.items() if became is None and was is not None
        }
        return made

    def drop(self, ids: set[str]) -> None:
        """Remove contacts with their ties."""
        for contact in ids:
            self.contacts.pop(contact, None)
        self.ties = {tie: strength for tie, strength in self.ties.items() if not ids & set(tie.split())}

    def bring_back(self, operation: uuid.UUID, ids: set[str], images: dict[str, Contact]) -> None:
        """Put contacts back, with the ties that went with them; those to a deleted contact wait for it."""
        back = {contact for contact in ids if contact not in self.contacts}
        for contact in back:
            self.contacts[contact] = copy.deepcopy(images[contact])
        for tie, strength in list(self.waiting.get(operation, {}).items()):
            ends = set(tie.split())
            if not ends & back:
                continue
            missing = ends - self.contacts.keys()
            if not missing:
                self.ties.setdefault(tie, strength)
            for other in missing:
                elsewhere = self.deletions[other][0]
                if elsewhere != operation:
                    self.waiting[elsewhere].setdefault(tie, strength)

    def undo(self, done: uuid.UUID) -> None:
        """Take an operation back by the three-way rule."""
        operation = self.operations[done]
        created = {c for c, (was, became) in operation.contacts.items() if was is None and became is not None}
        kept = {c for c in created if c in self.contacts and self._is_more(c, operation)}
        for tie, (was, became) in operation.ties.items():
            if became is None or self.ties.get(tie) != became or (set(tie.split()) & kept and was is None):
                continue
            if was is None:
                del self.ties[tie]
            else:
                self.ties[tie] = was
        self.drop(created - kept)
        for contact, (was, became) in operation.contacts.items():
            if was is not None and became is not None and contact in self.contacts:
                now = self.contacts[contact]
                self.contacts[contact] = {name: three_way(name, was[name], became[name], now[name]) for name in now}
        ended = {c: was for c, (was, became) in operation.contacts.items() if became is None and was is not None}
        self.bring_back(done, set(ended), ended)
        for tie, strength in self.waiting.get(done, {}).items():
            if set(tie.split()) <= self.contacts.keys():
                self.ties.setdefault(tie, strength)

    def _is_more(self, contact: str, operation: Operation) -> bool:
        if self.contacts[contact] != operation.contacts[contact][1]:
            return True
        if any(left == contact and not self.operations[merge].undone for merge, left in self.merges.items()):
            return True
        return any(
            contact in tie.split() and operation.ties.get(tie, (None, None))[1] != strength
            for tie, strength in self.ties.items()
        )


def machine(database: Any, new_user: Any) -> type[RuleBasedStateMachine]:  # noqa: C901 - one small method for each rule
    """The state machine, on a database."""

    class AnyOrder(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.model = Model()
            self.user_id = new_user()
            self.number = 0
            # the place of each contact in the order in which they came
            self.ages: dict[str, int] = {}

        def change(self, statements: Any, model: Any) -> None:
            before = self.model.snapshot()
            with database.transaction(self.user_id, timeout_s=TIMEOUT_S) as tx:
                statements(tx)
            model()
            if _differing(before.contacts, self.model.contacts) or _differing(before.ties, self.model.ties):
                self.model.note(tx.operation_id, before)
            for contact in sorted(
                self.model.contacts.keys() - self.ages.keys(), key=lambda one: str(self.model.contacts[one]["name"])
            ):
                self.ages[contact] = len(self.ages)

        def by_age(self, ids: Iterable[str]) -> list[str]:
            # Ids are random, and merged contacts share a name: the same draws must pick the same contact again.
            return sorted(ids, key=self.ages.__getitem__)

        def pick(self, place: int) -> str:
            return self.by_age(self.model.contacts)[place % len(self.model.contacts)]

        @rule()
        def create(self) -> None:
            if len(self.model.contacts) >= PEOPLE:
                return
            self.number += 1
            contact, name = str(uuid.uuid4()), f"Person {self.number}"
            self.change(
                lambda tx: tx.run(ADD, user_id=self.user_id, id=contact, name=name),
                lambda: self.model.contacts.update(
                    {contact: {"name": name, "title": None, "company": None, "tags": [], "custom": {}}}
                ),
            )

        @precondition(lambda self: self.model.contacts)
        @rule(place=st.integers(0, 99), title=WORDS, company=WORDS, tags=TAGS, custom=CUSTOM)
        def edit(self, place: int, title: Any, company: Any, tags: Any, custom: Any) -> None:
            contact = self.pick(place)
            fields = {"title": title, "company": company, "tags": tags, "custom": custom}
            self.change(
                lambda tx: tx.run(EDIT, user_id=self.user_id, id=contact, **fields | {"custom": json.dumps(custom)}),
                lambda: self.model.contacts[contact].update(copy.deepcopy(fields)),
            )

        @rule(count=st.integers(1, 2), title=st.sampled_from("abc"), place=st.integers(0, 99))
        def load(self, count: int, title: str, place: int) -> None:
            """A file with new people, and one that is known, whose blanks it fills."""
            # of a name with another title the importer makes somebody else, and the names here are one for each
            known = self.pick(place) if self.model.contacts else None
            if known is not None and self.model.contacts[known]["title"] not in {None, title}:
                known = None
            rows = [] if known is None else [self.model.contacts[known]["name"]]
            for _ in range(count if len(self.model.contacts) < PEOPLE else 0):
                self.number += 1
                rows.append(f"Person {self.number}")
            data = "Name,Job Title\n" + "".join(f"{name},{title}\n" for name in rows)

            def statements(tx: Any) -> None:
                import_contacts(
                    tx, open_contacts(io.BytesIO(data.encode()), content_type="text/csv").records, source="generic_csv"
                )

            def model() -> None:
                with database.read(self.user_id) as tx:
                    there = json.loads(tx.one(STATE, user_id=self.user_id)[0])
                # Whom a row means and what it fills are the importer's matters, with tests of their own.
                assert there.keys() >= self.model.contacts.keys()
                self.model.contacts = there

            self.change(statements, model)

        @precondition(lambda self: len(self.model.contacts) > 1)
        @rule(first=st.integers(0, 99), second=st.integers(0, 99), strength=st.sampled_from([0.25, 0.5, 0.75, None]))
        def tie(self, first: int, second: int, strength: float | None) -> None:
            ends = {"first": self.pick(first), "second": self.pick(second)}
            if ends["first"] == ends["second"]:
                return
            key = f"{ends['first']} {ends['second']}"
            if strength is None:
                self.change(
                    lambda tx: tx.run(UNTIE, user_id=self.user_id, **ends), lambda: self.model.ties.pop(key, None)
                )
            else:
                self.change(
                    lambda tx: tx.run(TIE, user_id=self.user_id, strength=strength, **ends),
                    lambda: self.model.ties.update({key: strength}),
                )

        @precondition(lambda self: self.model.contacts)
        @rule(places=st.sets(st.integers(0, 99), min_size=1, max_size=3))
        def delete(self, places: set[int]) -> None:
            ids = {self.pick(place) for place in places}
            self.change(lambda tx: tx.run(DELETE, user_id=self.user_id, ids=sorted(ids)), lambda: self.model.drop(ids))

        @precondition(lambda self: self.model.deletions.keys() - self.model.contacts.keys())
        @rule(place=st.integers(0, 99))
        def restore(self, place: int) -> None:
            gone = self.by_age(self.model.deletions.keys() - self.model.contacts.keys())
            contact = gone[place % len(gone)]
            operation, image = self.model.deletions[contact]
            if operation in self.model.merges:  # it is refused; the undo of the merge brings the contact back
                return
            self.change(
                lambda tx: restore_contact(tx, uuid.UUID(contact)),
                lambda: self.model.bring_back(operation, {contact}, {contact: image}),
            )

        @precondition(lambda self: len(self.model.contacts) > 1)
        @rule(place=st.integers(0, 99), others=st.integers(1, 2), step=st.integers(1, 5))
        def merge(self, place: int, others: int, step: int) -> None:
            """What a merge makes of its contacts is tested elsewhere: here it is what the database says, and its undo is up to the model."""
            keep = self.pick(place)
            group = list(dict.fromkeys([keep, *(self.pick(place + step * number) for number in range(1, others + 1))]))
            if len(group) == 1:
                return

            def statements(tx: Any) -> None:
                merging.lock_contacts(tx, [uuid.UUID(contact) for contact in group])
                merging.merge_contacts(tx, uuid.UUID(keep), [uuid.UUID(contact) for contact in group[1:]], {})

            def as_the_database_says() -> None:
                tags = {tag for contact in group for tag in self.model.contacts[contact]["tags"]}
                with database.read(self.user_id) as tx:
                    self.model.contacts, self.model.ties = map(json.loads, tx.one(STATE, user_id=self.user_id))
                assert not set(group[1:]) & self.model.contacts.keys()
                assert set(self.model.contacts[keep]["tags"]) == tags

            before = set(self.model.operations)
            self.change(statements, as_the_database_says)
            self.model.merges |= dict.fromkeys(self.model.operations.keys() - before, keep)

        @precondition(lambda self: self.model.operations)
        @rule(place=st.integers(0, 99))
        def undo(self, place: int) -> None:
            choices = list(self.model.operations)
            chosen = choices[-1 - place % len(choices)]
            operation = self.model.operations[chosen]
            if operation.undone:
                return
            before = self.model.snapshot()
            with database.transaction(self.user_id, timeout_s=TIMEOUT_S) as tx:
                repository.undo_operation(tx, chosen)
            self.model.undo(chosen)
            made = self.model.note(tx.operation_id, before)
            operation.undone, made.undoes = True, operation
            if operation.undoes is not None:
                operation.undoes.undone = False

        @invariant()
        def the_database_is_what_the_model_says(self) -> None:
            with database.read(self.user_id) as tx:
                contacts, ties = map(json.loads, tx.one(STATE, user_id=self.user_id))
            assert contacts == self.model.contacts
            assert ties == self.model.ties

    return AnyOrder


@pytest.fixture
def new_user(owner: Any) -> Any:
    """Make a user; the id."""

    def make() -> uuid.UUID:
        name = f"journal-{uuid.uuid4()}"
        ((made,),) = owner.run("select user_id from crm.sign_in('journal', :n, null, 'Uma')", n=name)
        found: uuid.UUID = made
        return found

    return make


def run(database: Any, new_user: Any, *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine(database, new_user),
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck),
            derandomize=not os.environ.get("ANY_SEED"), database=None,
        ),
    )  # fmt: skip


def test_any_order_of_changes_and_undos_leaves_the_state_of_the_model(database, new_user):
    run(database, new_user, examples=8, steps=20)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_ten_thousand_steps_leave_the_state_of_the_model(database, new_user):
    run(database, new_user, examples=200, steps=50)
