from __future__ import annotations

import io
import itertools
import threading
import uuid
from typing import Any

import pytest
from openpyxl import Workbook

RELATIONSHIPS = "/api/crm/graph/relationships"
PATH = "/api/crm/graph/path"


@pytest.fixture
def person(api):
    def add(name, **fields):
        answer = api.post("/api/crm/contacts", json={"name": name, "enrich": False, **fields})
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    return add


@pytest.fixture
def me(api):
    return api.get("/api/crm/users/me").json["self_contact_id"]


def tie(api, from_id, to_id, **rest):
    return api.put(RELATIONSHIPS, json={"from_contact_id": from_id, "to_contact_id": to_id, **rest})


def path_names(api, **query):
    answer = api.get(PATH, query_string=query)
    assert answer.status_code == 200, answer.json
    return [[contact["name"] for contact in path["contacts"]] for path in answer.json["paths"]]


def test_a_new_tie_is_mutual_and_half_strong_unless_said_otherwise(api, person):
    ana, bo = person("Ana"), person("Bo")
    answer = tie(api, ana, bo)
    assert answer.status_code == 201
    assert answer.json == {
        "from_contact_id": ana, "to_contact_id": bo, "strength": 0.5, "mutual": True, "set_by": "hand",
    }  # fmt: skip
    assert path_names(api, **{"from": bo, "to": ana}) == [["Bo", "Ana"]]


def test_setting_a_tie_again_changes_it(api, person):
    ana, bo = person("Ana"), person("Bo")
    tie(api, ana, bo, strength=0.2)
    again = tie(api, ana, bo, strength=0.9)
    assert again.status_code == 200
    assert again.json["strength"] == 0.9
    back = api.get(PATH, query_string={"from": bo, "to": ana}).json
    assert back["paths"][0]["strengths"] == [0.9]


def test_a_one_way_tie_leads_one_way_and_leaves_the_way_back(api, person):
    ana, bo = person("Ana"), person("Bo")
    assert tie(api, ana, bo, strength=0.4, mutual=False).json["mutual"] is False
    assert path_names(api, **{"from": bo, "to": ana}) == []
    assert tie(api, bo, ana, strength=0.7, mutual=False).json["mutual"] is True
    there = api.get(PATH, query_string={"from": ana, "to": bo}).json["paths"][0]
    assert there["strength"] == 0.4


def test_the_answer_tells_people_strengths_and_product(api, person, me):
    ana, bo = person("Ana", company="Acme", title="Head"), person("Bo")
    tie(api, me, ana, strength=0.9)
    tie(api, ana, bo, strength=0.8)
    assert api.get(PATH, query_string={"to": bo}).json == {
        "paths": [
            {
                "contacts": [
                    {"id": me, "name": "Uma User", "company": None, "title": None},
                    {"id": ana, "name": "Ana", "company": "Acme", "title": "Head"},
                    {"id": bo, "name": "Bo", "company": None, "title": None},
                ],
                "strengths": [0.9, 0.8],
                "hops": 2,
                "strength": 0.72,
                "likelihood": pytest.approx(0.72 * 0.36**2, rel=1e-5),
                "ties": [{"kind": "stated", "strength": strength, "evidence": None} for strength in (0.9, 0.8)],
                "advice": {
                    "do": "ask",
                    "why": "you say that you know Ana well enough",
                    "how": "by message: no e-mail address is known",
                    "when": None,
                },
            }
        ]
    }


def test_who_leads_into_a_company(api, person, me):
    ana, bo, cy = person("Ana"), person("Bo", company="Zürich Re"), person("Cy", company="Zürich Re")
    tie(api, me, ana, strength=0.9)
    tie(api, ana, bo, strength=0.5)
    tie(api, ana, cy, strength=0.7)
    assert path_names(api, to_company="zurich re", alternatives=5) == [
        ["Uma User", "Ana", "Cy"],
        ["Uma User", "Ana", "Bo"],
    ]


def test_ties_go_with_their_contact(api, person, me, owner, user_id):
    ana, bo = person("Ana"), person("Bo")
    tie(api, me, ana)
    tie(api, ana, bo)
    assert api.delete(f"/api/crm/contacts/{ana}").status_code == 204
    assert path_names(api, to=bo) == []
    assert owner.run("select count(*) from crm.relationships where user_id = :u", u=user_id) == [[0]]


def test_ties_go_with_their_user(api, person, me, owner, user_id):
    tie(api, me, person("Ana"))
    owner.run("delete from crm.users where id = :u", u=user_id)
    assert owner.run("select count(*) from crm.relationships where user_id = :u", u=user_id) == [[0]]


@pytest.mark.parametrize(("mutual", "left"), [("true", []), ("false", [["Bo", "Ana"]])])
def test_a_tie_is_removed_both_ways_or_one_way(api, person, mutual, left):
    ana, bo = person("Ana"), person("Bo")
    tie(api, ana, bo)
    assert api.delete(f"{RELATIONSHIPS}/{ana}/{bo}", query_string={"mutual": mutual}).status_code == 204
    assert path_names(api, **{"from": ana, "to": bo}) == []
    assert path_names(api, **{"from": bo, "to": ana}) == left
    assert api.delete(f"{RELATIONSHIPS}/{ana}/{bo}", query_string={"mutual": "false"}).status_code == 404


def test_a_list_tells_the_strongest_first_and_a_mutual_tie_once(api, person):
    ana, bo, cy, di = (person(name) for name in ("Ana", "Bo", "Cy", "Di"))
    tie(api, ana, bo, strength=0.3)
    tie(api, ana, cy, strength=0.8, mutual=False)
    tie(api, di, ana, strength=0.6, mutual=False)
    first = api.get(RELATIONSHIPS, query_string={"contact_id": ana, "limit": 2}).json
    rest = api.get(RELATIONSHIPS, query_string={"contact_id": ana, "limit": 2, "cursor": first["next_cursor"]}).json
    told = [
        (item["contact"]["name"], item["strength"], item["mutual"], item["from_contact_id"] == ana)
        for item in first["items"] + rest["items"]
    ]
    assert told == [("Cy", 0.8, False, True), ("Di", 0.6, False, False), ("Bo", 0.3, True, True)]
    assert rest["next_cursor"] is None


def test_all_relationships_are_listed_page_by_page(api, person):
    people = [person(f"P{number}") for number in range(6)]
    for a, b in itertools.pairwise(people):
        tie(api, b, a, strength=0.25)
    tie(api, people[5], people[0], mutual=False)
    seen, cursor = [], None
    while True:
        page = api.get(RELATIONSHIPS, query_string={"limit": 2} | ({"cursor": cursor} if cursor else {})).json
        seen += [({item["from_contact_id"], item["to_contact_id"]}, item["mutual"]) for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == 6
    assert [pair for pair, mutual in seen if not mutual] == [{people[5], people[0]}]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"strength": 0}, "strength"),
        ({"strength": 1.1}, "strength"),
        ({"strength": 1e-30}, "strength"),
        ({"strength": "NaN"}, "strength"),
        ({"to_contact_id": "x"}, "to_contact_id"),
        ({"stregth": 0.5}, "stregth"),
    ],
)
def test_a_tie_that_makes_no_sense_is_refused(api, person, body, field):
    answer = api.put(RELATIONSHIPS, json={"from_contact_id": person("Ana"), "to_contact_id": person("Bo"), **body})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == field


def test_nobody_is_tied_to_oneself(api, person):
    ana = person("Ana")
    assert tie(api, ana, ana).status_code == 422


@pytest.mark.parametrize(
    "query",
    [{}, {"to": "x"}, {"max_hops": 7}, {"max_hops": 0}, {"mode": "best"}, {"alternatives": 11}, {"to_company": ""}],
)
def test_a_question_that_makes_no_sense_is_refused(api, me, query):
    to = {} if query in ({}, {"to_company": ""}) or "to" in query else {"to": me}
    assert api.get(PATH, query_string=to | query).status_code == 422


def test_what_belongs_to_somebody_else_is_not_there(api, person):
    theirs = api.as_user(f"{uuid.uuid4().hex}@example.com").post(
        "/api/crm/contacts", json={"name": "X", "enrich": False}
    )
    other, mine = theirs.json["id"], person("Ana")
    assert tie(api, mine, other).status_code == 404
    assert tie(api, other, mine).status_code == 404
    assert api.get(PATH, query_string={"to": other}).status_code == 404
    assert api.get(PATH, query_string={"to": mine, "from": other}).status_code == 404
    assert api.get(RELATIONSHIPS, query_string={"contact_id": other}).status_code == 404
    assert api.delete(f"{RELATIONSHIPS}/{mine}/{other}").status_code == 404


def test_two_who_set_the_same_tie_at_once_both_succeed(api, person):
    ana, bo = person("Ana"), person("Bo")
    answers: list[Any] = []

    def work(from_id, to_id):
        answers.extend(tie(api, from_id, to_id, strength=0.5).status_code for _ in range(25))

    threads = [threading.Thread(target=work, args=pair) for pair in ((ana, bo), (bo, ana), (ana, bo), (bo, ana))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {200, 201}
    assert len(answers) == 100


def upload(api, text, **query):
    answer = api.post(f"{RELATIONSHIPS}/import", data=text.encode(), content_type="text/csv", query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json


def counts(answer):
    return tuple(answer[name] for name in ("received", "created", "updated", "unchanged", "failed"))


def test_an_import_ties_people_by_address_and_a_second_one_changes_nothing(api, person):
    ana, bo, _ = (
        person("Ana", email="Ana@x.example"),
        person("Bo", email="bo@x.example"),
        person("Cy", email="cy@x.example"),
    )
    file = "from_email,to_email,strength,mutual\nana@X.example,BO@x.example,0.4,\nbo@x.example,cy@x.example,0.9,false\n"
    first = upload(api, file)
    assert counts(first) == (2, 2, 0, 0, 0)
    assert first["mapping"] == {
        "from_email": "from_email", "to_email": "to_email", "strength": "strength", "mutual": "mutual",
    }  # fmt: skip
    assert counts(upload(api, file)) == (2, 0, 0, 2, 0)
    assert path_names(api, **{"from": ana, "to": bo}) == [["Ana", "Bo"]]
    assert counts(upload(api, file.replace("0.9", "0.8"))) == (2, 0, 1, 1, 0)


def test_an_import_takes_ids_too_and_can_be_tried(api, person):
    ana, bo = person("Ana"), person("Bo")
    file = f"strength;to_id;from_id\n0,25;{ana};{bo}\n"
    assert counts(upload(api, file, dry_run="true")) == (1, 1, 0, 0, 0)
    assert path_names(api, **{"from": ana, "to": bo}) == []
    assert counts(upload(api, file)) == (1, 1, 0, 0, 0)
    assert api.get(PATH, query_string={"from": ana, "to": bo}).json["paths"][0]["strength"] == 0.25


def test_bad_rows_of_an_import_are_told_and_stop_nothing(api, person):
    person("Ana", email="ana@x.example"), person("Bo", email="bo@x.example")
    answer = upload(
        api,
        "from_email,to_email,strength,mutual\nana@x.example,no@x.example,0.4,\n\nana@x.example,bo@x.example,2,\n"
        "ana@x.example,ana@x.example,0.5,\n,bo@x.example,0.5,\nana@x.example,bo@x.example,0.5,maybe\n"
        '"ana@x.example","bo@x.example",0.5,yes\n',
    )
    assert counts(answer) == (6, 1, 0, 0, 5)
    assert [(error["line"], error["field"], error["value"]) for error in answer["errors"]] == [
        (2, "to_email", "no@x.example"),
        (4, "strength", "2"),
        (5, "to_email", "ana@x.example"),
        (6, "from_email", ""),
        (7, "mutual", "maybe"),
    ]


def test_a_row_without_a_strength_ties_and_says_nothing_of_how_well(api, person, me):
    ana, bo = person("Ana"), person("Bo")
    rows = f"from_id,to_id,strength\n{me},{ana},\n{ana},{bo},\n"
    set_by = lambda: [item["set_by"] for item in api.get("/api/crm/graph/relationships").json["items"]]  # noqa: E731
    assert counts(upload(api, rows)) == (2, 2, 0, 0, 0)
    assert set_by() == ["import", "import"]

    body = {"kind": "meeting", "at": "2026-01-02T03:04:05Z", "direction": "both"}
    api.post(f"/api/crm/contacts/{ana}/interactions", json=body)
    tie(api, ana, bo, strength=0.5)
    assert set_by() == ["interactions", "hand"]
    assert counts(upload(api, rows)) == (2, 0, 0, 2, 0)
    assert set_by() == ["interactions", "hand"]


def test_a_row_with_the_strength_that_an_import_took_for_granted_states_it(api, person, me):
    ana = person("Ana")
    upload(api, f"from_id,to_id\n{me},{ana}\n")
    assert counts(upload(api, f"from_id,to_id,strength\n{me},{ana},0.5\n{me},{ana},\n")) == (2, 0, 1, 1, 0)

    answer = api.get(f"/api/crm/contacts/{ana}/strength").json
    assert (answer["strength"], answer["set_by"]) == (0.5, "hand")


def test_a_tie_made_anew_by_an_import_is_as_strong_as_interactions_say(api, person, me):
    ana = person("Ana")
    body = {"kind": "meeting", "at": "2026-01-02T03:04:05Z", "direction": "both"}
    api.post(f"/api/crm/contacts/{ana}/interactions", json=body)
    api.delete(f"/api/crm/graph/relationships/{me}/{ana}")
    assert counts(upload(api, f"from_id,to_id\n{ana},{me}\n")) == (1, 1, 0, 0, 0)

    assert api.get(f"/api/crm/contacts/{ana}/strength").json["set_by"] == "interactions"


def test_the_release_before_sets_a_strength_by_hand_too(api, person, me, owner, user_id):
    ana = person("Ana")
    upload(api, f"from_id,to_id\n{me},{ana}\n")

    owner.run(
        "update crm.relationships set strength = 0.5, fades_from_s = null where user_id = :user_id", user_id=user_id
    )

    assert api.get(f"/api/crm/contacts/{ana}/strength").json["set_by"] == "hand"


def test_the_last_row_of_a_pair_wins(api, person):
    ana, bo = person("Ana", email="ana@x.example"), person("Bo", email="bo@x.example")
    file = "from_email,to_email,strength\nana@x.example,bo@x.example,0.1\nbo@x.example,ana@x.example,0.7\n"
    assert counts(upload(api, file)) == (2, 1, 0, 1, 0)
    assert api.get(PATH, query_string={"from": ana, "to": bo}).json["paths"][0]["strength"] == 0.7
    assert counts(upload(api, file)) == (2, 0, 0, 2, 0)


@pytest.mark.parametrize(
    ("data", "status"), [(b"", 400), (b"a,b,c\n1,2,3\n", 400), (b"%PDF-1.7\n%\xff\xfe\n", 415), (b"<html><body>", 415)]
)
def test_a_file_that_is_no_list_of_ties_is_refused(api, data, status):
    assert api.post(f"{RELATIONSHIPS}/import", data=data, content_type="text/csv").status_code == status


def test_ties_come_in_any_charset_and_out_of_workbooks(api, person):
    ana, zoe = person("Ana", email="ana@x.example"), person("Zoë", email="zoë@x.example")
    rows: list[list[Any]] = [["strength", "from_email", "to_email"], [0.25, "ana@x.example", "ZOË@x.example"]]
    text = "\n".join(",".join(map(str, row)) for row in rows)
    book = Workbook()
    for row in [["Who knows whom"], *rows]:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)

    for data in (text.encode("cp1252"), text.replace(",", ";").encode("utf-16"), packed.getvalue()):
        answer = api.post(f"{RELATIONSHIPS}/import", data=data, content_type="application/octet-stream").json
        assert counts(answer) in {(1, 1, 0, 0, 0), (1, 0, 0, 1, 0)}
        assert answer["mapping"] == {name: name for name in rows[0]}
    assert api.get(PATH, query_string={"from": ana, "to": zoe}).json["paths"][0]["strength"] == 0.25


def test_bytes_that_are_no_text_are_reported_row_by_row(api, person):
    person("Ana", email="ana@x.example"), person("Bo", email="bo@x.example")
    data = b"from_email,to_email\n\xff\xfe,x\nana@x.example,bo@x.example\n"
    answer = api.post(f"{RELATIONSHIPS}/import", data=data, content_type="text/csv").json
    assert counts(answer) == (2, 1, 0, 0, 1)
    assert answer["errors"][0]["line"] == 2
