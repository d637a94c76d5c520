from __future__ import annotations

import uuid

import pytest

from tests.integration.teams.conftest import TEAMS


def test_a_team_grows_by_invitations_that_their_readers_accept(person, uma, deliver, mail):
    carl = person("carl")

    team = uma.api.post(f"{TEAMS}/mine/invitations", json={"email": carl.email.upper()}).json["team"]

    assert [invitation["email"] for invitation in team["invitations"]] == [carl.email.upper()]
    deliver()
    letter = mail.last(carl.email.upper())
    assert letter["subject"] == "Uma User invites you to the team Lens makers"
    assert "/team" in letter["text"]
    [invitation] = carl.team()["invitations"]
    assert (invitation["team"], invitation["inviter"]) == ("Lens makers", "Uma User")

    joined = carl.api.post(f"{TEAMS}/invitations/{invitation['id']}/accept").json

    assert joined["invitations"] == []
    assert joined["team"]["shares_ties"] is False
    members = [(member["email"], member["shares_ties"], member["is_me"]) for member in joined["team"]["members"]]
    assert members == [(uma.email, False, False), (carl.email, False, True)]
    assert uma.team()["team"]["invitations"] == []


def test_a_letter_of_a_team_comes_from_an_address_where_a_name_shows_nothing(person, uma, deliver, mail, owner):
    carl = person("carl")
    uma.api.post(TEAMS, json={"name": "Lens \u202emakers"})
    owner.run("update crm.users set name = '   ' where id = :id", id=uma.user_id)
    uma.api.post(f"{TEAMS}/mine/invitations", json={"email": carl.email})
    deliver()

    assert mail.to(carl.email)[0]["subject"].strip() == f"{uma.email} invites you to the team Lens makers"


def test_an_invitation_is_for_its_address_alone(person, uma):
    carl, eve = person("carl"), person("eve")
    uma.api.post(f"{TEAMS}/mine/invitations", json={"email": carl.email})
    invitation = carl.team()["invitations"][0]["id"]

    assert eve.team() == {"team": None, "invitations": []}
    assert eve.api.post(f"{TEAMS}/invitations/{invitation}/accept").status_code == 404
    assert eve.api.delete(f"{TEAMS}/mine/invitations/{invitation}").status_code == 404
    assert eve.team()["team"] is None


def test_an_invitation_taken_back_is_gone_and_its_letter_with_it(person, uma, deliver, mail):
    carl = person("carl")
    team = uma.api.post(f"{TEAMS}/mine/invitations", json={"email": carl.email}).json["team"]
    [invitation] = team["invitations"]

    assert uma.api.delete(f"{TEAMS}/mine/invitations/{invitation['id']}").status_code == 204
    deliver()

    assert mail.to(carl.email) == []
    assert carl.api.post(f"{TEAMS}/invitations/{invitation['id']}/accept").status_code == 404
    assert uma.api.delete(f"{TEAMS}/mine/invitations/{invitation['id']}").status_code == 404


def test_whoever_is_invited_twice_gets_one_letter_and_a_colleague_none(person, uma, carl, deliver, mail):
    dora = person("dora")
    for _ in range(2):
        assert uma.api.post(f"{TEAMS}/mine/invitations", json={"email": dora.email}).status_code == 201
    assert uma.api.post(f"{TEAMS}/mine/invitations", json={"email": carl.email}).status_code == 409
    deliver()
    assert len(mail.to(dora.email)) == 1


def test_one_is_in_one_team(person, uma, carl):
    other = person("otto")
    other.api.post(TEAMS, json={"name": "Others"})
    other.api.post(f"{TEAMS}/mine/invitations", json={"email": carl.email})
    invitation = carl.team()["invitations"][0]["id"]

    assert carl.api.post(TEAMS, json={"name": "Mine"}).status_code == 409
    assert carl.api.post(f"{TEAMS}/invitations/{invitation}/accept").status_code == 409
    assert carl.team()["invitations"], "the refusal keeps it"
    assert carl.api.delete(f"{TEAMS}/mine/members/me").status_code == 204
    assert carl.api.post(f"{TEAMS}/invitations/{invitation}/accept").json["team"]["name"] == "Others"
    assert [member["email"] for member in uma.team()["team"]["members"]] == [uma.email]


def test_only_who_has_been_there_longest_removes_others(person, uma, carl):
    dora = person("dora")
    dora.joins(carl)

    assert carl.api.delete(f"{TEAMS}/mine/members/{dora.user_id}").status_code == 409
    assert uma.api.delete(f"{TEAMS}/mine/members/{dora.user_id}").status_code == 204
    assert dora.team()["team"] is None
    assert uma.api.delete(f"{TEAMS}/mine/members/me").status_code == 204
    assert carl.team()["team"]["members"][0]["is_me"], "now he is"


def roles(one):
    return {member["email"]: member["role"] for member in one.team()["team"]["members"]}


def test_an_owner_passes_the_team_on_and_the_new_one_alone_removes_others(person, uma, carl):
    dora = person("dora")
    dora.joins(carl)
    assert roles(uma) == {uma.email: "owner", carl.email: "member", dora.email: "member"}

    assert carl.api.put(f"{TEAMS}/mine/owner", json={"id": str(carl.user_id)}).status_code == 409
    assert uma.api.put(f"{TEAMS}/mine/owner", json={"id": str(uuid.uuid4())}).status_code == 404
    assert uma.api.put(f"{TEAMS}/mine/owner", json={"id": "nobody"}).status_code == 422
    assert uma.api.put(f"{TEAMS}/mine/owner", json={"id": str(dora.user_id)}).status_code == 200
    assert roles(carl) == {uma.email: "member", carl.email: "member", dora.email: "owner"}
    assert uma.api.delete(f"{TEAMS}/mine/members/{carl.user_id}").status_code == 409
    assert dora.api.delete(f"{TEAMS}/mine/members/{carl.user_id}").status_code == 204


def test_where_an_owner_leaves_or_is_erased_the_member_who_joined_first_follows(person, uma, carl, owner):
    dora = person("dora")
    dora.joins(carl)
    assert uma.api.put(f"{TEAMS}/mine/owner", json={"id": str(dora.user_id)}).status_code == 200
    assert dora.api.delete(f"{TEAMS}/mine/members/me").status_code == 204
    assert roles(carl) == {uma.email: "owner", carl.email: "member"}
    assert owner.run("select owner_id from crm.teams where id = :t", t=carl.team()["team"]["id"]) == [[None]]
    assert uma.api.delete("/api/crm/users/me").status_code == 204
    assert roles(carl) == {carl.email: "owner"}


def test_a_stranger_is_no_member_to_remove(person, uma, carl):
    stranger = person("stranger")

    for member in (stranger.user_id, uuid.uuid4(), "nobody"):
        assert uma.api.delete(f"{TEAMS}/mine/members/{member}").status_code == 404
    assert stranger.api.delete(f"{TEAMS}/mine/members/{carl.user_id}").status_code == 404
    assert stranger.api.delete(f"{TEAMS}/mine/members/me").status_code == 404
    assert len(uma.team()["team"]["members"]) == 2


def test_a_team_that_everybody_left_is_over(person, uma, carl, owner):
    team = uma.team()["team"]["id"]
    uma.api.post(f"{TEAMS}/mine/invitations", json={"email": f"{uuid.uuid4().hex}@example.com"})
    uma.api.delete(f"{TEAMS}/mine/members/me")
    assert carl.api.delete("/api/crm/users/me").status_code == 204
    assert owner.run("select 1 from crm.teams where id = :id", id=team) == []
    assert owner.run("select 1 from crm.team_invitations where team_id = :id", id=team) == []


def test_a_team_has_room_for_so_many(uma, carl, monkeypatch):
    monkeypatch.setattr("shared.teams.service.MAX_MEMBERS", 3)
    invite = [
        uma.api.post(f"{TEAMS}/mine/invitations", json={"email": f"{uuid.uuid4().hex}@example.com"}) for _ in range(2)
    ]
    assert [answer.status_code for answer in invite] == [201, 409]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "mine/invitations", {"email": "x@example.com"}),
        ("PUT", "mine/sharing", {"ties": True}),
        ("DELETE", "mine/members/me", None),
    ],
)
def test_without_a_team_there_is_nothing_to_do(person, method, path, body):
    answer = person("lone").api.open(f"{TEAMS}/{path}", method=method, json=body)
    assert answer.status_code == 404


def test_hidden_contacts_are_listed_page_by_page_and_go_with_the_contact(uma, carl, owner):
    ids = sorted(carl.knows(f"Person {number}") for number in range(3))
    for contact_id in (*ids, ids[0]):
        assert carl.api.put(f"{TEAMS}/hidden/{contact_id}").status_code == 204

    first = carl.api.get(f"{TEAMS}/hidden?limit=2").json
    second = carl.api.get(f"{TEAMS}/hidden", query_string={"limit": 2, "cursor": first["next_cursor"]}).json

    assert [item["id"] for item in (*first["items"], *second["items"])] == ids
    assert second["next_cursor"] is None
    assert carl.api.delete(f"{TEAMS}/hidden/{ids[0]}").status_code == 204
    assert carl.api.delete(f"/api/crm/contacts/{ids[1]}").status_code == 204
    assert [item["id"] for item in carl.api.get(f"{TEAMS}/hidden").json["items"]] == [ids[2]]
    rows = owner.run("select count(*) from crm.hidden_contacts where user_id = :u", u=carl.user_id)
    assert rows == [[1]], "the deleted contact's row is gone as well"


def test_nobody_hides_somebody_elses_contact_or_themselves(uma, carl):
    mei = carl.knows("Mei Tanaka")

    for contact_id in (mei, uma.me, uuid.uuid4()):
        assert uma.api.put(f"{TEAMS}/hidden/{contact_id}").status_code == 404
        assert uma.api.delete(f"{TEAMS}/hidden/{contact_id}").status_code == 404
    assert uma.api.get(f"{TEAMS}/hidden").json["items"] == []
