"""The demo network has a past; and nothing of it is ever sent to anybody."""

from __future__ import annotations

import pytest

from dev.issuer import DEMO_EMAIL
from dev.seed.load import seed
from dev.seed.past.story import DUE, NOT_YET_DUE
from tests.conftest import connected, new_database


@pytest.fixture(scope="module")
def demo(owner_url):
    """The demo's database, which the tests leave as it is."""
    with new_database(owner_url, migrated=True) as url, connected(url) as owner:
        seed(url, say=lambda _line: None)
        yield owner


def test_the_demo_is_consistent_with_what_the_product_would_have_written(demo):
    ((users, adding_up, active),) = demo.run(
        "select count(*), count(*) filter (where u.credit_balance = l.sum and l.last = l.sum), count(*) filter (where m.activated_at is null "
        "  or (select count(*) from crm.contacts c where c.user_id = u.id and not c.is_self) >= 5) "
        "from crm.users u join crm.members m on m.user_id = u.id cross join lateral (select sum(credits), "
        "  (array_agg(balance_after order by seq desc))[1] as last from crm.credit_ledger l where l.user_id = u.id) l"
    )
    assert users > 40
    assert adding_up == users
    assert active == users
    # made anew, the standings are the same
    standings = "select period, user_id, introductions, invitations from crm.leaderboard order by 1, 2"
    before = demo.run(standings)
    demo.run("select crm.rebuild_leaderboard(now())")
    assert demo.run(standings) == before
    # nobody becomes active, or is rewarded, a second time
    assert demo.run("select crm.note_all_activity(now(), 1000)") == [[0]]
    assert demo.run("select count(*) from crm.joins where activated_at is not null and rewarded_at is null") == [[0]]


def test_no_email_ever_leaves_for_it(demo):
    assert demo.run("select count(*) from crm.outbox") == [[0]]
    assert demo.run("select count(*) from crm.emails") == [[0]]
    soon = "now() + interval '3 years'"
    assert demo.run(f"select count(*) from crm.due_introductions({soon}, {soon}, 100)") == [[0]]
    assert demo.run("select count(*) from crm.users where email !~ '\\.example$'") == [[0]]


def test_all_of_it_is_marked(demo):
    assert demo.run(
        "select count(*) from crm.contacts where not is_self and (source <> 'demo' or not 'demo' = any (tags))"
    ) == [[0]]


def test_where_somebody_is_already_nobody_is_made_up(migrated_url):
    with connected(migrated_url) as owner:
        owner.run("select crm.sign_in('issuer', 'somebody', 'somebody@example.com', 'Some Body')")
        seed(migrated_url, say=lambda _line: None)
        emails = {email for (email,) in owner.run("select email from crm.users")}
        assert emails == {"somebody@example.com", DEMO_EMAIL}
        assert owner.run("select count(*) from crm.introductions") == [[0]]


def test_somebody_is_to_be_talked_to_today_and_somebody_is_not_yet(demo):
    ((due, later),) = demo.run(
        "select count(*) filter (where crm.due_on(d.from_s, d.every_days, 'UTC') <= current_date), "
        "  count(*) filter (where crm.due_on(d.from_s, d.every_days, 'UTC') > current_date) from crm.due d"
    )
    assert (due, later) == (DUE, NOT_YET_DUE)
