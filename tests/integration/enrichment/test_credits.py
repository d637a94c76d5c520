from __future__ import annotations

import uuid

import pg8000.exceptions
import pytest

from shared.enrichment import credits as ledger
from shared.errors import Conflict, NotFound
from shared.plumbing.events.outbox import Priority

LEDGER = "/api/crm/enrichment/credits/ledger"
CREDITS = "/api/crm/enrichment/credits"


def grant(database, user_id, amount, note="test"):
    with database.transaction(None) as tx:
        return ledger.grant(tx, user_id, amount, note)


def lines(owner, user_id):
    return owner.run(
        "select kind, credits, balance_after from crm.credit_ledger where user_id = :id order by seq", id=user_id
    )


def test_a_new_user_starts_with_a_grant_of_a_hundred_credits(api):
    assert api.get(CREDITS).json == {"balance": 100}
    page = api.get(LEDGER).json

    assert page["next_cursor"] is None
    (line,) = page["items"]
    assert (line["kind"], line["credits"], line["contact_id"], line["provider"]) == ("grant", 100, None, None)
    assert set(line) == {"id", "kind", "credits", "contact_id", "provider", "at"}


def test_the_ledger_is_paged_latest_first_and_adds_up(api, database, owner, user_id):
    for amount in (1, 2, 3, 4):
        grant(database, user_id, amount)

    seen, cursor = [], None
    while True:
        page = api.get(LEDGER, query_string={"limit": 2} | ({"cursor": cursor} if cursor else {})).json
        seen += [line["credits"] for line in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert seen == [4, 3, 2, 1, 100]
    assert api.get(CREDITS).json == {"balance": sum(seen)}


def test_a_cursor_of_another_list_is_refused(api):
    assert api.get(LEDGER, query_string={"cursor": "nonsense"}).status_code == 422


def test_nobody_sees_the_ledger_of_somebody_else(api, database, user_id):
    grant(database, user_id, 7)

    assert [line["credits"] for line in api.as_user(f"{uuid.uuid4().hex}@example.com").get(LEDGER).json["items"]] == [
        100
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "update crm.credit_ledger set credits = 1000 where user_id = :id",
        "delete from crm.credit_ledger where user_id = :id",
    ],
)
def test_not_even_the_owner_changes_the_ledger(owner, user_id, statement):
    with pytest.raises(pg8000.exceptions.DatabaseError, match="append-only"):
        owner.run(statement, id=user_id)


def test_erasing_a_user_erases_their_ledger(owner, user_id):
    owner.run("delete from crm.users where id = :id", id=user_id)

    assert lines(owner, user_id) == []


def test_a_constraint_keeps_the_balance_at_or_above_zero(owner, user_id):
    with pytest.raises(pg8000.exceptions.DatabaseError, match="credit_balance"):
        owner.run("update crm.users set credit_balance = -1 where id = :id", id=user_id)


def test_functions_cannot_set_a_balance(database, user_id):
    from shared.plumbing.postgres.sql import Query

    query = Query.parse("cheat", "none", "update crm.users set credit_balance = 1000 where id = :id::uuid")
    with pytest.raises(Exception, match="permission denied"), database.transaction(user_id) as tx:
        tx.run(query, id=user_id)


def test_a_grant_to_nobody_is_refused(database):
    with pytest.raises(NotFound):
        grant(database, uuid.uuid4(), 5)


def test_a_user_is_found_by_address_without_regard_to_case(database, user_id, user_email):
    with database.read(None) as tx:
        assert ledger.find_user(tx, user_email.upper()) == user_id
        with pytest.raises(NotFound):
            ledger.find_user(tx, "nobody@example.com")


def test_an_address_of_several_users_is_refused_with_their_ids(database, owner, user_id, user_email):
    owner.run("select crm.sign_in('elsewhere', :email, :email, 'Uma')", email=user_email)

    with database.read(None) as tx, pytest.raises(Conflict, match=str(user_id)):
        ledger.find_user(tx, user_email)


class Reserving:
    """The functions of the database, called as the consumer's functions call them."""

    def __init__(self, owner, user_id):
        self.owner, self.user_id = owner, user_id
        self.contact, self.run = uuid.uuid4(), uuid.uuid4()

    def reserve(self, cost=1, run=None, paid_after="now() - interval '7 days'", lease="1 minute", contact=None):
        return self.owner.run(
            f"select crm.reserve_credits(:uid, :contact, 'hunter', sha256('x'), :cost, :run, now() + :lease::interval, {paid_after})",
            uid=self.user_id, contact=contact or self.contact, cost=cost, run=run or self.run, lease=lease,
        )[0][0]  # fmt: skip

    def end(self, *, answered, run=None):
        return self.owner.run(
            "select crm.end_reservation(:uid, :contact, 'hunter', sha256('x'), :run, :answered, now())",
            uid=self.user_id, contact=self.contact, run=run or self.run, answered=answered,
        )[0][0]  # fmt: skip

    def lines(self):
        return [(kind, amount) for kind, amount, _ in lines(self.owner, self.user_id)][1:]

    def balance(self):
        return self.owner.run("select credit_balance from crm.users where id = :id", id=self.user_id)[0][0]


@pytest.fixture
def reserving(owner, user_id):
    return Reserving(owner, user_id)


def test_an_answer_is_charged_when_it_is_asked_for_and_kept_when_it_comes(reserving):
    assert reserving.reserve(2) == "reserved"
    assert reserving.balance() == 98
    assert reserving.end(answered=True) == 2
    assert (reserving.lines(), reserving.balance()) == ([("charge", -2)], 98)


def test_no_answer_gives_the_credits_back(reserving):
    reserving.reserve(2)

    assert reserving.end(answered=False) == 0
    assert (reserving.lines(), reserving.balance()) == ([("charge", -2), ("release", 2)], 100)


def test_a_run_that_takes_over_from_a_dead_one_is_not_charged_again(reserving):
    reserving.reserve()
    heir = uuid.uuid4()

    assert reserving.reserve(run=heir) == "reserved"
    assert reserving.end(answered=True) is None  # the dead one, come back to life
    assert reserving.end(answered=True, run=heir) == 1
    assert reserving.lines() == [("charge", -1)]


def test_what_was_paid_for_is_not_charged_again(reserving):
    reserving.reserve()
    reserving.end(answered=True)

    assert reserving.reserve() == "paid"
    assert reserving.reserve(paid_after="now() + interval '1 s'") == "reserved"  # a fresh answer was asked for since
    assert reserving.lines() == [("charge", -1), ("charge", -1)]


def test_what_was_given_back_can_be_reserved_again(reserving):
    reserving.reserve()
    reserving.end(answered=False)

    assert reserving.reserve() == "reserved"
    assert reserving.lines() == [("charge", -1), ("release", 1), ("charge", -1)]


def test_nothing_is_reserved_beyond_the_balance(reserving):
    assert reserving.reserve(101) == "no_credits"
    assert (reserving.lines(), reserving.balance()) == ([], 100)
    assert reserving.reserve(100) == "reserved"
    assert reserving.reserve(contact=uuid.uuid4()) == "no_credits"


def test_what_a_dead_run_reserved_is_given_back_once(reserving, database):
    reserving.reserve(lease="-1 second")
    with database.transaction(None) as tx:
        assert ledger.release_reservations(tx, 1000) >= 1
        assert ledger.release_reservations(tx, 1000) == 0

    assert reserving.end(answered=True) is None
    assert (reserving.lines(), reserving.balance()) == ([("charge", -1), ("release", 1)], 100)


def test_what_a_living_run_reserved_is_left_alone(reserving, database):
    reserving.reserve()
    with database.transaction(None) as tx:
        ledger.release_reservations(tx, 1000)

    assert reserving.lines() == [("charge", -1)]


def test_priorities_are_ordered():
    assert sorted(Priority) == [Priority.HIGH, Priority.NORMAL, Priority.LOW]
