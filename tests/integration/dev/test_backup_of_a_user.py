"""A user's backup brings back what was theirs, with its ids, and touches nobody else."""

from __future__ import annotations

import time

import pytest

from dev.processes import StackError
from operate.backup.archive import reading, writing
from operate.backup.everything import save_everything
from operate.backup.users import USER_ROWS, restore_user, save_user
from shared.plumbing.postgres.migrate import migrate
from tests.conftest import connected
from tests.integration.dev.conftest import Life, contents
from tests.releases import RELEASES, bring

# Events and ledger lines are numbered among everybody's, in the order that they had.
NUMBERED_ANEW = frozenset(
    {
        "credit_ledger.seq",
        "outbox.seq",
        "operations.no",
        "changes.no",
        "tie_changes.no",
        "interaction_changes.no",
        "import_errors.no",
        "audit_entries.no",
    }
)
# Of the installation: it is recomputed every minute.
RECOMPUTED = {"viral_snapshots", "sequences"}

# Tables that the user of these tests has nothing in yet; their rows are saved and restored in the tests of their areas alone.
NOT_LIVED = {
    "address_books", "cadences", "cards", "circle_members", "circles", "dates", "devices", "imported_rows", "note_mentions", "notes", "program_calls",
    "source_accounts", "wishes",
}  # fmt: skip


def save(url, path, named):
    with writing(path) as writer:
        save_user(url, writer, str(named))
    return path


def restore(url, path, named=None):
    with reading(path) as reader:
        return restore_user(url, reader, named)


def everybody(url):
    found = {name: rows for name, rows in contents(url, NUMBERED_ANEW).items() if name not in RECOMPUTED}
    found["leaderboard_scores"] = [
        row for row in found["leaderboard_scores"] if not row.endswith(",0)")
    ]  # a score that nobody has
    return found


@pytest.fixture
def saved(life, owner_url, tmp_path):
    return save(owner_url, tmp_path / "user", life.email)


@pytest.fixture
def elsewhere(empty_url):
    """Another installation, up to date and with somebody in it."""
    with connected(empty_url) as owner:
        migrate(owner)
        owner.run("select crm.sign_in('issuer', 'somebody', 'somebody@example.com', 'Some Body')")
    return empty_url


def test_a_backup_holds_rows_of_every_table_that_a_user_may_have_rows_in(saved):
    with reading(saved) as reader:
        assert {table.name for table in reader.manifest.tables} == set(USER_ROWS)
        assert {table.name for table in reader.manifest.tables if not table.rows} == NOT_LIVED


def test_who_was_erased_is_back_row_by_row_and_nobody_else_has_changed(life, saved, owner_url):
    before, answers = everybody(owner_url), life.answers()
    assert life.api.delete("/api/crm/users/me").status_code == 204
    assert restore(owner_url, saved) == str(life.user_id)

    after = everybody(owner_url)
    for name, rows in before.items():
        assert after[name] == rows, name
    assert life.answers() == answers


def test_who_is_back_goes_on_as_before(life, saved, owner_url, deliver, mail):
    life.api.delete("/api/crm/users/me")
    restore(owner_url, saved)

    assert life.api.post("/api/crm/contacts", json={"name": "After"}).status_code == 201
    # the link in an e-mail of before
    path = f"/api/crm/graph/introductions/respond/{mail.token(life.asked)}"
    assert life.api.anonymous().post(path, json={"decision": "accept"}).status_code == 200
    assert life.api.get(f"/api/crm/graph/introductions/{life.open['id']}").json["status"] == "connector_accepted"
    # whom they brought still counts for them, and does not count twice
    invited = life.api.get("/api/crm/viral/stats").json["invitations"]
    assert (invited["accepted"], invited["activated"]) == (1, 1)


def test_another_user_of_the_file_is_not_in_it(life, saved, owner_url):
    with connected(owner_url) as owner:
        ((joiner,),) = owner.run("select id from crm.users where email = :email", email=life.joiner.email)
    with reading(saved) as reader:
        for table in reader.manifest.tables:
            rows = b"".join(reader.rows(table)).decode()
            # who came by whom is of both; nothing else of the joiner is
            assert str(joiner) not in rows or table.name == "joins", table.name


def test_in_another_installation_everything_is_as_it_was_but_for_that_ones_own_hashes(
    life, saved, owner_url, elsewhere
):
    restore(elsewhere, saved)

    with connected(owner_url) as there, connected(elsewhere) as here:
        for table in (
            "contacts",
            "relationships",
            "interactions",
            "introductions",
            "invitations",
            "emails",
            "hidden_contacts",
            "merged_contacts",
            "teams",
        ):
            whose = "" if table == "teams" else f"where user_id = '{life.user_id}'"
            leave_out = "address_hash" if table == "invitations" else ""
            query = f"select (to_jsonb(t) - '{leave_out}')::text from crm.{table} t {whose} order by 1"
            wanted = there.run(query)
            if table == "teams":
                wanted = [row for row in wanted if row in here.run(query)]
            assert here.run(query) == wanted, table
            assert wanted, table
        check = (
            "select m.address_hash = crm.address_hash(u.email), "
            "(select sum(l.credits) from crm.credit_ledger l where l.user_id = u.id) = u.credit_balance, "
            "(select count(*) from crm.score_events e join crm.introduction_steps s on s.user_id = u.id and s.role = 'target' "
            "   and e.subject = 'met ' || encode(s.address_hash, 'hex') where e.user_id = u.id), "
            "(select count(*) from crm.leaderboard l where l.user_id = u.id and l.period = 'all') "
            "from crm.members m join crm.users u on u.id = m.user_id where u.id = :user"
        )
        assert here.run(check, user=life.user_id) == [[True, True, 1, 1]]
        # no later contact meets a number that was brought
        for number in range(50):
            here.run(
                "insert into crm.contacts (user_id, name) values (:user, :name)",
                user=life.user_id,
                name=f"Later {number}",
            )


def test_who_is_there_is_not_overwritten(life, saved, owner_url):
    before = everybody(owner_url)
    with pytest.raises(StackError, match="this user exists already, since 20"):
        restore(owner_url, saved)
    assert everybody(owner_url) == before


def test_who_has_signed_in_again_since_is_not_overwritten_either(life, saved, owner_url):
    life.api.delete("/api/crm/users/me")
    assert life.api.get("/api/crm/users/me").status_code == 200
    before = everybody(owner_url)
    with pytest.raises(StackError, match="this user exists already"):
        restore(owner_url, saved)
    assert everybody(owner_url) == before


def test_one_user_is_taken_out_of_a_backup_of_everything(life, owner_url, tmp_path):
    with writing(tmp_path / "all") as writer:
        save_everything(owner_url, writer, None)
    before = everybody(owner_url)
    life.api.delete("/api/crm/users/me")
    restore(owner_url, tmp_path / "all", life.email)
    assert everybody(owner_url) == before
    made = "select count(*) from pg_database where datname like 'warmpath_restore_%'"
    until = time.monotonic() + 60
    with connected(owner_url) as owner:
        # Tests beside this one restore in the same server: theirs go, too.
        while owner.run(made) != [[0]]:
            assert time.monotonic() < until, "the database to restore in is still there"
            time.sleep(0.2)


def test_a_user_of_an_earlier_release_is_brought_up_to_date(elsewhere, owner_url, tmp_path):
    with connected(elsewhere) as owner:
        owner.run("drop schema crm cascade; drop extension pg_trgm; drop extension unaccent")
    bring(elsewhere, RELEASES[0])
    # tables of later migrations are not in such a file
    with writing(tmp_path / "all") as writer:
        save_everything(elsewhere, writer, None)
    user = restore(owner_url, tmp_path / "all", "uma@example.com")
    with connected(owner_url) as owner:
        assert owner.run("select count(*) from crm.members where user_id = :user", user=user) == [[1]]
        assert owner.run("select count(*) > 80 from crm.contacts where user_id = :user", user=user) == [[True]]
        owner.run("delete from crm.users where id = :user", user=user)


def test_a_team_that_lives_on_without_them_invites_them_anew(life, owner_url, tmp_path):
    carl = life.api.as_user(f"carl-{life.email}")
    life.api.post("/api/crm/teams/mine/invitations", json={"email": carl.email})
    invitation = carl.get("/api/crm/teams/mine").json["invitations"][0]["id"]
    assert carl.post(f"/api/crm/teams/invitations/{invitation}/accept").status_code == 200
    saved = save(owner_url, tmp_path / "user", life.email)
    life.api.delete("/api/crm/users/me")

    restore(owner_url, saved)

    assert life.api.get("/api/crm/teams/mine").json["team"] is None
    assert [member["email"] for member in carl.get("/api/crm/teams/mine").json["team"]["members"]] == [carl.email]


def test_nobody_and_an_empty_database_are_said_so(elsewhere, tmp_path):
    with pytest.raises(StackError, match=r"no user has the address or id x@example\.com"):
        save(elsewhere, tmp_path / "x", "x@example.com")
    assert list(tmp_path.iterdir()) == []


def test_of_two_with_one_address_the_id_tells(elsewhere, tmp_path):
    with connected(elsewhere) as owner:
        ((user, _),) = owner.run("select * from crm.sign_in('other issuer', 'x', 'Somebody@example.com', 'Some Body')")
    with pytest.raises(StackError, match=r"2 users have the address somebody@example\.com: give an id, "):
        save(elsewhere, tmp_path / "x", "somebody@example.com")
    save(elsewhere, tmp_path / "x", user)


def test_whoever_is_erased_is_named_nowhere_any_more(life: Life, owner_url, owner):
    """But among the points of connectors, by an id that means nothing by then: what they have earned stays theirs."""
    life.api.delete("/api/crm/users/me")
    left = {
        name: row
        for name, rows in contents(owner_url).items()
        for row in rows
        if str(life.user_id) in row or (life.email in row and f"joiner-{life.email}" not in row)
    }
    left.pop("score_events", None)
    assert left == {}
