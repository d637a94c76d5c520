"""What a team must never show, from every side."""

from __future__ import annotations

import pytest
from pg8000.exceptions import DatabaseError

from tests.conftest import connected
from tests.integration.teams.conftest import CONTACTS, GRAPH, TEAMS

TARGET = "mei@target.example"
SECRETS = {
    "emails": ["mei.private@secret.example"],
    "phones": ["+81 3 5550 1234"],
    "notes": "secret notes",
    "tags": ["secret-tag"],
    "location": "Secret Bay",
    "birthday": "1990-02-03",
    "custom": {"secret": "custom"},
}


@pytest.fixture
def mei(carl):
    return carl.knows("Mei Tanaka", 0.62, email=TARGET, company="Globex", title="CTO", **SECRETS)


def reach(someone):
    """How many paths lead to Mei."""
    return len(someone.finds(to_email=TARGET, alternatives=10, mode="strongest"))


@pytest.fixture(autouse=True)
def there_is_a_path(request, uma, mei):
    """What the tests below take away."""
    assert reach(uma) == 1


def test_who_is_in_no_team_finds_nothing(person):
    assert reach(person("stranger")) == 0


def test_who_is_in_another_team_finds_nothing(person):
    otto = person("otto")
    otto.api.post(TEAMS, json={"name": "Lens makers"})
    assert reach(otto) == 0


def test_who_is_only_invited_finds_nothing(person, uma):
    dora = person("dora")
    uma.api.post(f"{TEAMS}/mine/invitations", json={"email": dora.email})
    assert reach(dora) == 0


def test_who_left_finds_nothing(uma):
    assert uma.api.delete(f"{TEAMS}/mine/members/me").status_code == 204
    assert reach(uma) == 0


def test_who_was_removed_finds_nothing(person, uma):
    dora = person("dora")
    dora.joins(uma)
    assert reach(dora) == 1
    uma.api.delete(f"{TEAMS}/mine/members/{dora.user_id}")
    assert reach(dora) == 0


def test_the_contacts_of_a_colleague_who_left_are_not_found(uma, carl):
    carl.api.delete(f"{TEAMS}/mine/members/me")
    assert reach(uma) == 0


def test_the_contacts_of_a_colleague_who_was_removed_are_not_found(uma, carl):
    uma.api.delete(f"{TEAMS}/mine/members/{carl.user_id}")
    assert reach(uma) == 0


def test_who_comes_back_shares_nothing_before_saying_so_again(uma, carl):
    carl.api.delete(f"{TEAMS}/mine/members/me")
    carl.joins(uma)
    assert reach(uma) == 0
    carl.shares()
    assert reach(uma) == 1


def test_the_contacts_of_a_colleague_who_erased_themselves_are_not_found(uma, carl):
    assert carl.api.delete("/api/crm/users/me").status_code == 204
    assert reach(uma) == 0


def test_sharing_is_revoked_from_the_next_question_on(uma, carl):
    carl.shares(ties=False)
    assert reach(uma) == 0
    carl.shares()
    assert reach(uma) == 1


def test_sharing_of_one_colleague_is_not_that_of_another(person, uma):
    dora = person("dora")
    dora.joins(uma)
    dora.knows("Mei Tanaka", 0.9, email=TARGET)
    assert reach(uma) == 1
    dora.shares()
    assert reach(uma) == 2


def test_a_hidden_contact_is_neither_reached_nor_on_the_way(uma, carl, mei):
    noa = carl.knows("Noa Adler", None, email="noa@target.example")
    carl.tie(mei, noa, 0.9)
    assert len(uma.finds(to_email="noa@target.example")) == 1

    assert carl.api.put(f"{TEAMS}/hidden/{mei}").status_code == 204

    assert reach(uma) == 0
    assert uma.finds(to_email="noa@target.example", max_hops=6) == []
    assert uma.finds(to_email="noa@target.example", max_hops=6, mode="strongest", alternatives=10) == []
    carl.api.delete(f"{TEAMS}/hidden/{mei}")
    assert len(uma.finds(to_email="noa@target.example")) == 1


def test_a_hidden_contact_is_not_the_last_but_one_of_three_either(uma, carl, mei):
    """The far side of a path is read from the target, the near side from the colleague: both know what is hidden."""
    ben, noa = carl.knows("Ben", None), carl.knows("Noa Adler", None, email="noa@target.example")
    carl.tie(mei, ben, 0.9)
    carl.tie(ben, noa, 0.9)
    assert [path["hops"] for path in uma.finds(to_email="noa@target.example")] == [4]
    for hidden in (mei, ben):
        carl.api.put(f"{TEAMS}/hidden/{hidden}")
        assert uma.finds(to_email="noa@target.example") == []
        carl.api.delete(f"{TEAMS}/hidden/{hidden}")


def test_what_one_hides_is_hidden_of_oneself_only(uma, carl, mei, person):
    dora = person("dora")
    dora.joins(uma)
    dora.shares()
    hers = dora.knows("Mei Tanaka", 0.9, email=TARGET)
    dora.api.put(f"{TEAMS}/hidden/{hers}")
    assert [path["colleague"]["email"] for path in uma.finds(to_email=TARGET)] == [carl.email]


def test_a_deleted_contact_or_tie_is_not_found(uma, carl, mei):
    carl.api.delete(f"{GRAPH}/relationships/{carl.me}/{mei}")
    assert reach(uma) == 0
    carl.tie(carl.me, mei, 0.5)
    assert reach(uma) == 1
    carl.api.delete(f"{CONTACTS}/{mei}")
    assert reach(uma) == 0


def test_an_answer_tells_no_contact_data(uma, carl, mei):
    noa = carl.knows("Noa Adler", None, email="noa@target.example", notes="secret")
    carl.tie(mei, noa, 0.9)
    for query in ({"to_email": TARGET}, {"to_email": "noa@target.example", "mode": "strongest", "alternatives": 10}):
        answer = uma.api.get(f"{GRAPH}/path", query_string={"through_team": "true", **query})
        for secret in ("target.example", "ecret", "5550", "1990", "0.62", "0.9"):
            assert secret not in answer.text, secret
        for path in answer.json["paths"]:
            assert all(set(contact) == {"id", "name", "company", "title"} for contact in path["contacts"])
            assert set(path["strengths"][1:]) <= {0.2, 0.5, 0.8}


def test_strengths_of_colleagues_are_told_in_steps_from_which_nothing_else_follows(uma, carl, mei):
    told = set()
    for strength in (0.60, 0.62, 0.9, 1.0):
        carl.tie(carl.me, mei, strength)
        [path] = uma.finds(to_email=TARGET)
        told.add((*path["strengths"], path["strength"]))
    assert told == {(0.5, 0.8, 0.4)}


def test_an_address_in_the_place_of_a_name_is_not_told(uma, carl):
    carl.knows("zoe@secret.example", 0.9, email="zoe@secret.example", company="ask zoe@secret.example")
    [path] = uma.finds(to_email="zoe@secret.example")
    assert path["contacts"][-1]["name"] == "a contact without a name"
    assert path["contacts"][-1]["company"] is None


def test_the_id_of_a_colleagues_contact_opens_nothing(uma, carl, mei):
    for contact in (mei, carl.me):
        for path in (f"{CONTACTS}/{contact}", f"{GRAPH}/network/{contact}", f"{GRAPH}/path?to={contact}",
                     f"{GRAPH}/path?through_team=true&to={contact}", f"{CONTACTS}/{contact}/strength"):  # fmt: skip
            assert uma.api.get(path).status_code == 404, path
        assert uma.api.patch(f"{CONTACTS}/{contact}", json={"name": "Stolen"}).status_code == 404
        assert uma.api.delete(f"{CONTACTS}/{contact}").status_code == 404


def test_other_questions_see_nothing_of_the_team(uma, mei):
    for path in (CONTACTS, f"{CONTACTS}/search?q=mei", f"{GRAPH}/insights/connectors", f"{GRAPH}/insights/suggestions",
                 f"{GRAPH}/path?to_company=Globex", f"{CONTACTS}/export?format=json"):  # fmt: skip
        answer = uma.api.get(path)
        assert answer.status_code == 200
        assert "Mei" not in answer.text


def test_other_facts_than_address_and_profile_make_nobody_the_same(uma, mei):
    alike = uma.knows("Mei Tanaka", None, company="Globex", title="CTO", phones=["+81 3 5550 1234"])
    assert uma.finds(to=alike) == []


def test_the_search_goes_no_further_than_colleagues_of_ones_own(person, uma, carl):
    """Carl's colleague of an earlier team, who shares, is nobody to Uma."""
    otto, paul = person("otto"), person("paul")
    otto.api.post(TEAMS, json={"name": "Others"})
    paul.joins(otto)
    paul.shares()
    paul.knows("Zoe", 0.9, email="zoe@target.example")
    carl.knows("Paul", 0.9, email=paul.email)
    assert len(otto.finds(to_email="zoe@target.example")) == 1
    assert uma.finds(to_email="zoe@target.example") == []


def test_a_revocation_holds_from_its_commit_on_also_against_an_open_connection(uma, carl, owner_url):
    """A question sees sharing and ties of one moment: before the commit both, after it none."""
    question = "select crm.find_team_paths(null, :email, null, 4, false, 1)"
    with connected(owner_url) as asking, connected(owner_url) as revoking:
        asking.run("set role crm_app")
        asking.run("select set_config('app.user_id', :u, false)", u=uma.user_id)
        revoking.run("begin")
        revoking.run("update crm.team_members set shares_ties = false where user_id = :u", u=carl.user_id)
        assert "Mei" in asking.run(question, email=TARGET)[0][0]
        revoking.run("commit")
        assert asking.run(question, email=TARGET)[0][0] == '{"paths":[]}'


@pytest.fixture
def as_app(owner_url, uma):
    """The functions' role, asking for Uma."""
    with connected(owner_url) as connection:
        connection.run("set role crm_app")
        connection.run("select set_config('app.user_id', :u, false)", u=uma.user_id)
        yield connection


def refused(connection, statement, **parameters):
    with pytest.raises(DatabaseError) as failure:
        connection.run(statement, **parameters)
    return failure.value.args[0]


def test_the_tables_show_and_change_ones_own_rows_only(as_app, uma, carl, mei):
    carl.api.put(f"{TEAMS}/hidden/{mei}")
    uma.api.post(f"{TEAMS}/mine/invitations", json={"email": "invited@example.com"})

    assert as_app.run("select cast(user_id as text) from crm.team_members") == [[uma.user_id]]
    assert as_app.run("select count(*) from crm.teams") == [[1]]
    assert as_app.run("select count(*) from crm.hidden_contacts") == [[0]]
    assert as_app.run("delete from crm.hidden_contacts returning 1") == []
    assert as_app.run("update crm.team_members set shares_ties = true returning cast(user_id as text)") == [
        [uma.user_id]
    ]
    as_app.run("select set_config('app.user_id', '', false)")
    for table in ("teams", "team_members", "team_invitations", "hidden_contacts"):
        assert as_app.run(f"select count(*) from crm.{table}") == [[0]]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into crm.team_members (user_id, team_id, joined_at, self_no) select :u, id, now(), 1 from crm.teams",
        "update crm.team_members set team_id = gen_random_uuid()",
        "delete from crm.team_members",
        "insert into crm.teams (name, created_at) values ('x', now())",
        "update crm.teams set name = 'x'",
        "insert into crm.team_invitations (team_id, user_id, email, address_hash, sent_at) select id, :u, 'x@y', '', now() from crm.teams",
        "insert into crm.hidden_contacts values (:other, 1, now())",
    ],
)  # fmt: skip
def test_membership_is_made_by_the_functions_of_the_owner_alone(as_app, uma, carl, statement):
    parameters = {"u": uma.user_id} if ":u" in statement else {"other": carl.user_id} if ":other" in statement else {}
    message = refused(as_app, statement, **parameters)["M"]
    assert "permission denied" in message or "row-level security" in message


def test_the_wall_is_kept_by_a_role_that_the_functions_cannot_become(owner):
    rows = owner.run(
        """select p.proname, pg_get_userbyid(p.proowner), pg_has_role('crm_app', p.proowner, 'member'), cast(p.proconfig as text)
        from pg_proc p where p.pronamespace = 'crm'::regnamespace and p.prosecdef and p.proname ~ 'team'"""
    )
    assert {"find_team_paths", "get_team", "join_team"} <= {name for name, *_ in rows}
    for name, role, may_become, settings in rows:
        assert role != "crm_app", name
        assert not may_become, name
        assert "search_path=pg_catalog, pg_temp" in settings, name


def test_without_a_user_the_functions_refuse(as_app):
    as_app.run("select set_config('app.user_id', '', false)")
    for call in ("find_team_paths(null, 'x@y', null, 4, false, 1)", "get_team()", "create_team('x', now())",
                 "join_team(gen_random_uuid(), now())", "remove_from_team(gen_random_uuid())",
                 "invite_to_team('x@y', now(), 9)", "cancel_team_invitation(gen_random_uuid())"):  # fmt: skip
        assert refused(as_app, f"select crm.{call}")["C"] == "42501", call
