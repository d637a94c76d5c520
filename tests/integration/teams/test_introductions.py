from __future__ import annotations

import pytest

from tests.integration.teams.conftest import GRAPH, TEAMS

CLOSED = ({"ties": False}, "left", "removed", "hidden", "untied", "deleted")


@pytest.fixture
def target(person):
    """Mei, who knows Carl and nobody else."""
    return f"mei-{person('mark').user_id[:8]}@target.example"


@pytest.fixture
def mei(carl, target):
    return carl.knows("Mei Tanaka", 0.9, email=target, company="Globex", title="CTO", phones=["+81 3 5550 1234"])


def ask(uma, path, **fields):
    body = {"target_id": path[-1], "path": path, "message": "I build telescopes.", "purpose": "a lens", **fields}
    return uma.api.post(f"{GRAPH}/introduce", json=body)


def found(uma, target):
    [path] = uma.finds(to_email=target)
    return [contact["id"] for contact in path["contacts"]]


def respond(uma, token, decision, **fields):
    path = f"{GRAPH}/introductions/respond/{token}"
    return uma.api.anonymous().post(path, json={"decision": decision, **fields})


def close(how, uma, carl, mei):
    """What ends a path through Carl."""
    if how == "left":
        carl.api.delete(f"{TEAMS}/mine/members/me")
    elif how == "removed":
        uma.api.delete(f"{TEAMS}/mine/members/{carl.user_id}")
    elif how == "hidden":
        carl.api.put(f"{TEAMS}/hidden/{mei}")
    elif how == "untied":
        carl.api.delete(f"{GRAPH}/relationships/{carl.me}/{mei}")
    elif how == "deleted":
        carl.api.delete(f"/api/crm/contacts/{mei}")
    else:
        carl.shares(ties=False)


def test_a_colleague_is_asked_first_and_gives_the_address(uma, carl, mei, target, deliver, mail):
    answer = ask(uma, found(uma, target))

    assert answer.status_code == 201, answer.text
    asked = answer.json
    assert [person["name"] for person in asked["path"]] == ["Uma User", "Uma User", "Mei Tanaka"]
    assert asked["strength"] == pytest.approx(0.4)
    deliver()
    assert "Uma User would like to meet Mei Tanaka (CTO, Globex)" in " ".join(mail.last(carl.email)["text"].split())
    assert mail.to(target) == []
    token = mail.token(carl.email)
    assert uma.api.anonymous().get(f"{GRAPH}/introductions/respond/{token}").json["needs_email"] is True
    assert respond(uma, token, "accept").status_code == 422, "nothing is taken from his book"

    assert respond(uma, token, "accept", email=target, note="She is kind.").json["status"] == "connector_accepted"
    deliver()
    assert target not in uma.api.get(f"{GRAPH}/introductions/{asked['id']}").text
    assert respond(uma, mail.token(target), "accept").json["status"] == "introduced"
    deliver()
    assert sorted(mail.last(target)["to"]) == sorted([target, uma.email])


def test_who_shares_only_that_ties_exist_tells_no_strength_when_asked_either(uma, carl, mei, target):
    carl.api.put("/api/crm/teams/mine/sharing", json={"ties": True, "strengths": False})
    answer = ask(uma, found(uma, target))
    assert answer.status_code == 201, answer.text
    assert answer.json["strength"] == pytest.approx(0.25)


def test_an_address_that_i_know_myself_is_used(uma, carl, mei, target, deliver, mail):
    uma.knows("Mei", None, email=target)
    assert ask(uma, found(uma, target)).status_code == 201
    deliver()
    assert respond(uma, mail.token(carl.email), "accept").status_code == 200
    deliver()
    assert len(mail.to(target)) == 1


def test_a_longer_path_asks_whom_the_colleague_names(uma, carl, mei, target, deliver, mail):
    far = f"noa-{target}"
    noa = carl.knows("Noa Adler", None, email=far)
    carl.tie(mei, noa, 0.4)
    answer = ask(uma, found(uma, far))
    assert answer.json["hops"] == 3
    assert answer.json["strength"] == pytest.approx(0.5 * 0.8 * 0.5)
    deliver()
    assert respond(uma, mail.token(carl.email), "accept", email=target).status_code == 200
    deliver()
    assert respond(uma, mail.token(target), "accept", email=far).status_code == 200
    deliver()
    assert len(mail.to(far)) == 1


@pytest.mark.parametrize("how", CLOSED, ids=str)
def test_what_ended_between_the_search_and_the_request_is_not_asked_about(uma, carl, mei, target, deliver, mail, how):
    path = found(uma, target)
    close(how, uma, carl, mei)

    answer = ask(uma, path)

    assert answer.status_code == 404
    assert "Mei" not in answer.text
    deliver()
    assert [letter for letter in mail.to(carl.email) if "introduce" in letter["subject"]] == []


@pytest.mark.parametrize("how", CLOSED, ids=str)
def test_what_ends_between_the_question_and_the_answer_is_the_colleagues_to_answer(
    uma, carl, mei, target, deliver, mail, how
):
    """The question was put to a person, who may still say yes by giving the address, or no; nothing more of the book is read."""
    asked = ask(uma, found(uma, target)).json
    deliver()
    close(how, uma, carl, mei)
    token = mail.token(carl.email)

    assert respond(uma, token, "accept").status_code == 422
    for text in (uma.api.get(f"{GRAPH}/introductions/{asked['id']}").text, uma.api.get(f"{GRAPH}/introductions").text):
        assert target not in text
        assert "5550" not in text
    assert uma.finds(to_email=target) == []
    assert respond(uma, token, "decline").json["status"] == "declined"
    deliver()
    assert mail.to(target) == []


def test_strangers_and_made_up_paths_are_told_nothing(person, uma, carl, mei, target):
    path = found(uma, target)
    stranger = person("stranger")
    hers = stranger.knows("Ana Diaz")
    assert ask(stranger, [stranger.me, *path[1:]]).status_code == 404
    assert ask(stranger, [stranger.me, hers, mei]).status_code == 404
    ana = uma.knows("Ana Diaz")
    apart = carl.knows("Apart", None)
    for made_up in (
        [uma.me, ana, mei],
        [uma.me, carl.me, apart],
        [carl.me, carl.me],
        [uma.me, mei, mei],
        [carl.me, mei, apart],
    ):
        answer = ask(uma, made_up)
        assert answer.status_code == 404, made_up
        assert "Mei" not in answer.text
    assert uma.api.post(f"{GRAPH}/introduce", json={"target_id": mei, "message": "Hello"}).status_code == 404


def test_i_am_not_introduced_through_myself(uma, carl, mei):
    me = carl.knows("Uma", 0.9, email=uma.email)
    carl.tie(me, mei, 0.9)
    assert ask(uma, [carl.me, me, mei]).status_code == 404


def test_a_colleague_who_wants_no_questions_is_left_in_peace(uma, carl, mei, target, deliver, mail):
    asked = ask(uma, found(uma, target)).json
    deliver()
    assert respond(uma, mail.token(carl.email), "never").status_code == 200
    assert uma.api.get(f"{GRAPH}/introductions/{asked['id']}").json["status"] == "declined"
    assert ask(uma, found(uma, target)).status_code == 409
