"""Many contacts are changed by one call, which is one operation with one undo; thousands by a job that can be cancelled and may die."""

from __future__ import annotations

import threading
from uuid import UUID, uuid4

import pytest

from shared.bulk import service
from shared.edge.deps import deps
from shared.edge.jobs import make_kinds
from shared.jobs import repository as jobs
from shared.jobs.service import Jobs, resume

CONTACTS = "/api/crm/contacts"
BULK = f"{CONTACTS}/bulk"
OPERATIONS = "/api/crm/operations"


class People:
    """The contacts of one user, through the API."""

    def __init__(self, api):
        self.api = api

    def add(self, name, **fields):
        answer = self.api.post(CONTACTS, json={"name": name, "enrich": False, **fields})
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    def get(self, contact):
        return self.api.get(f"{CONTACTS}/{contact}").json

    def load(self, count):
        rows = "".join(f"Person {n},p{n}@many.example,Acme\n" for n in range(count))
        answer = self.api.post(f"{CONTACTS}/import", data="Name,E-mail,Company\n" + rows, content_type="text/csv")
        assert answer.json["created"] == count, answer.json

    def bulk(self, status=200, **request):
        answer = self.api.post(BULK, json=request)
        assert answer.status_code == status, answer.json
        return answer.json

    def total(self, **query):
        return self.api.get(CONTACTS, query_string={"include_total": "true", **query}).json["total"]

    def undo(self, operation):
        answer = self.api.post(f"{OPERATIONS}/{operation}/undo", json={})
        assert answer.status_code == 200, answer.json
        return answer.json


@pytest.fixture
def people(api):
    return People(api)


@pytest.fixture
def hand(gateway):
    """A worker of this process."""
    return Jobs(deps().database, make_kinds(deps()))


def test_tags_are_given_and_taken_whatever_their_case_and_one_undo_takes_all_back(people):
    ana, rui, zoe = people.add("Ana Lima", tags=["VIP"]), people.add("Rui Lima", tags=["old"]), people.add("Zoe Ray")

    given = people.bulk(ids=[ana, rui, zoe, ana], action="tag", value="vip")

    assert (given["changed"], given["unchanged"], given["failed"]) == (2, 1, [])
    assert [people.get(one)["tags"] for one in (ana, rui, zoe)] == [["VIP"], ["old", "vip"], ["vip"]]
    operation = people.api.get(f"{OPERATIONS}/{given['operation_id']}").json
    assert (operation["kind"], operation["counts"]["updated"]) == ("change_contacts", 2)
    assert operation["details"] == {"action": "tag", "tags": ["vip"]}
    taken = people.bulk(ids=[ana, rui, zoe], action="untag", value=["Víp", "none"])
    assert taken["changed"] == 3
    assert [people.get(one)["tags"] for one in (ana, rui, zoe)] == [[], ["old"], []]
    people.undo(taken["operation_id"])
    assert people.undo(given["operation_id"])["reverted"] == 2
    assert [people.get(one)["tags"] for one in (ana, rui, zoe)] == [["VIP"], ["old"], []]


def test_a_change_that_changes_nothing_leaves_etags_alone_and_names_no_operation(people):
    ana = people.add("Ana Lima", tags=["vip"], company="Acme")
    before = people.api.get(f"{CONTACTS}/{ana}").headers["ETag"]

    for change in (
        {"action": "tag", "value": "VIP"},
        {"action": "untag", "value": "x"},
        {"action": "set", "value": {"company": "Acme"}},
    ):
        outcome = people.bulk(ids=[ana], **change)
        assert (outcome["changed"], outcome["unchanged"], outcome["operation_id"]) == (0, 1, None)

    assert people.api.get(f"{CONTACTS}/{ana}").headers["ETag"] == before


def test_fields_are_set_as_by_a_merge_patch(people):
    ana = people.add("Ana Lima", company="Acme", title="CTO", custom={"Team": "Red", "Desk": "4"})
    rui = people.add("Rui Lima", location="Porto")

    value = {"company": "Zeta", "title": None, "custom": {"Desk": None, "Floor": "2"}}
    outcome = people.bulk(ids=[ana, rui], action="set", value=value)

    assert outcome["changed"] == 2
    first, second = people.get(ana), people.get(rui)
    assert (first["company"], first["title"], first["custom"]) == ("Zeta", None, {"Team": "Red", "Floor": "2"})
    assert (second["company"], second["location"], second["custom"]) == ("Zeta", "Porto", {"Floor": "2"})
    assert people.api.get(f"{OPERATIONS}/{outcome['operation_id']}").json["details"]["fields"] == [
        "company",
        "title",
        "custom",
    ]
    people.undo(outcome["operation_id"])
    assert people.get(ana)["custom"] == {"Team": "Red", "Desk": "4"}


def test_contacts_that_cannot_have_the_change_are_passed_over_and_listed(people):
    myself = next(c["id"] for c in people.api.get(CONTACTS).json["items"] if c["is_self"])
    full = people.add("Full Tags", tags=[f"t{n}" for n in range(100)])
    ana, double, nobody = people.add("Ana Lima"), people.add("Ana M Lima"), str(uuid4())
    people.api.post(f"{CONTACTS}/merge", json={"ids": [ana, double]})

    tagged = people.bulk(ids=[full, ana, double, nobody], action="tag", value="new")
    assert tagged["changed"] == 1
    assert {(f["id"], f["code"]) for f in tagged["failed"]} == {
        (full, "validation_failed"), (double, "merged"), (nobody, "not_found"),
    }  # fmt: skip
    assert ana in next(f["detail"] for f in tagged["failed"] if f["id"] == double)
    for action in ("hide", "delete"):
        outcome = people.bulk(ids=[myself, ana], action=action)
        assert (outcome["changed"], [(f["id"], f["code"]) for f in outcome["failed"]]) == (1, [(myself, "conflict")])
    asked = people.bulk(ids=[full], action="enrich")
    assert (asked["failed"][0]["code"], asked["operation_id"]) == ("validation_failed", None)
    crowded = people.add("Crowded", custom={f"k{n}": "v" for n in range(100)})
    refused = people.bulk(ids=[crowded, full], action="set", value={"custom": {"one more": "x"}})
    assert (refused["changed"], refused["failed"][0]["id"]) == (1, crowded)


def test_a_filter_chooses_what_the_list_shows(people):
    people.load(30)
    people.add("Ana Lima", company="Zeta", custom={"Team": "Red"})

    assert people.bulk(filter={"company": "acme", "has_email": True}, action="tag", value="acme")["changed"] == 30
    assert people.total(tag="acme") == 30
    assert (
        people.bulk(filter={"tag": ["acme"], "tag_mode": "none", "custom": {"team": "red"}}, action="tag", value="red")[
            "changed"
        ]
        == 1
    )
    deleted = people.bulk(filter={"tag": "acme"}, action="delete")
    assert (deleted["changed"], people.total()) == (30, 2)
    assert people.bulk(filter={}, action="restore")["changed"] == 30
    assert people.total(tag="acme") == 30


def test_deleted_contacts_come_back_by_id_with_their_ties(people):
    ana, rui = people.add("Ana Lima"), people.add("Rui Lima")
    people.api.put("/api/crm/graph/relationships", json={"from_contact_id": ana, "to_contact_id": rui, "strength": 0.5})
    for contact in (ana, rui):
        people.api.delete(f"{CONTACTS}/{contact}")
    gone = people.add("Gone Once")
    people.api.delete(f"{CONTACTS}/{gone}")
    people.api.delete(f"{CONTACTS}/trash/{gone}")

    back = people.bulk(ids=[ana, rui, gone, str(uuid4())], action="restore")

    assert (back["changed"], sorted(f["code"] for f in back["failed"])) == (2, ["gone", "not_found"])
    assert len(people.api.get(f"/api/crm/graph/relationships?contact_id={ana}").json["items"]) >= 1
    assert people.bulk(ids=[ana], action="restore")["unchanged"] == 1


def test_contacts_are_hidden_and_queued_for_enrichment(people, owner, user_id):
    ana, rui = people.add("Ana Lima", email="ana@a.example"), people.add("Rui Lima", email="rui@a.example")

    assert people.bulk(ids=[ana, rui], action="hide")["changed"] == 2
    assert people.bulk(ids=[ana, rui], action="hide")["unchanged"] == 2
    assert len(people.api.get("/api/crm/teams/hidden").json["items"]) == 2
    assert people.bulk(ids=[ana, rui], action="enrich")["changed"] == 2
    assert owner.run("select count(*) from crm.enrichments where user_id = :u", u=user_id) == [[2]]


BAD = {
    "neither": ({"action": "delete"}, "body"),
    "both": ({"action": "delete", "ids": [str(uuid4())], "filter": {}}, "body"),
    "no ids": ({"action": "delete", "ids": []}, "ids"),
    "no uuid": ({"action": "delete", "ids": ["x"]}, "ids.0"),
    "an unknown action": ({"action": "explode", "ids": [str(uuid4())]}, "action"),
    "an unknown filter": ({"action": "delete", "filter": {"colour": "red"}}, "filter.colour"),
    "a page": ({"action": "delete", "filter": {"limit": 5}}, "filter.limit"),
    "a filter of the wrong kind": ({"action": "delete", "filter": {"company": {"is": "Acme"}}}, "filter.company"),
    "two values of one": ({"action": "delete", "filter": {"company": ["a", "b"]}}, "filter.company"),
    "custom without a name": ({"action": "delete", "filter": {"custom": "red"}}, "filter.custom"),
    "no tag": ({"action": "tag", "filter": {}}, "value"),
    "a blank tag": ({"action": "tag", "filter": {}, "value": " "}, "value.0"),
    "a long tag": ({"action": "tag", "filter": {}, "value": "x" * 101}, "value.0"),
    "a field that is one contact's": ({"action": "set", "filter": {}, "value": {"email": "a@b.example"}}, "value.email"),
    "no field": ({"action": "set", "filter": {}, "value": {}}, "value"),
    "no date": ({"action": "set", "filter": {}, "value": {"birthday": "soon"}}, "value.birthday"),
    "a value for nothing": ({"action": "delete", "filter": {}, "value": "now"}, "value"),
    "a filter of the trash": ({"action": "restore", "filter": {"company": "Acme"}}, "filter"),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "field"), [pytest.param(*case, id=name) for name, case in BAD.items()])
def test_a_bad_request_is_refused_by_the_name_of_its_field_and_changes_nothing(people, request_, field):
    people.add("Ana Lima", company="Acme")
    answer = people.api.post(BULK, json=request_)

    assert answer.status_code == 422, answer.json
    assert field in {error["field"] for error in answer.json["errors"]}, answer.json
    assert people.total() == 2


def start(people, **request):
    answer = people.api.post(BULK, json=request)
    assert answer.status_code == 202, answer.json
    assert answer.headers["Location"] == f"/api/crm/jobs/{answer.json['id']}"
    return answer.json["id"]


def test_thousands_are_a_job_with_progress_that_is_one_operation(people, user_id, hand, monkeypatch):
    monkeypatch.setattr("shared.bulk.work.PART", 400)
    people.load(1200)
    job = start(people, filter={"company": "Acme"}, action="tag", value="acme")
    waiting = people.api.get(f"/api/crm/jobs/{job}").json
    assert (waiting["kind"], waiting["status"], waiting["progress"]) == (
        "change_contacts",
        "running",
        {"done": 0, "total": 1200},
    )
    late = people.add("Late Comer", company="Acme")

    hand.work(user_id, UUID(job))

    ended = people.api.get(f"/api/crm/jobs/{job}").json
    assert (ended["status"], ended["progress"]["done"]) == ("done", 1200)
    assert ended["result"] == {"changed": 1200, "unchanged": 0, "failed": [], "failed_total": 0, "operation_id": job}
    assert people.get(late)["tags"] == []
    assert [item["id"] for item in people.api.get(f"{OPERATIONS}?kind=change_contacts").json["items"]] == [job]
    undo = people.api.post(f"{OPERATIONS}/{job}/undo", json={})
    hand.work(user_id, UUID(undo.json["id"]))
    assert people.total(tag="acme") == 0


def test_a_job_that_a_program_asked_for_is_that_programs(people, user_id, hand):
    token = people.api.post(
        "/api/crm/access/tokens", json={"name": "n8n", "scopes": ["read", "write"], "days": 1}
    ).json["token"]
    people.load(1200)
    asked = {"filter": {"company": "Acme"}, "action": "tag", "value": "acme"}
    answer = people.api.anonymous().post(BULK, json=asked, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 202, answer.json
    hand.work(user_id, UUID(answer.json["id"]))
    operation = people.api.get(f"{OPERATIONS}/{answer.json['id']}").json
    assert (operation["kind"], operation["actor"]) == ("change_contacts", "program:n8n")


def test_a_cancelled_job_leaves_what_it_did_and_its_operation_takes_that_back(people, user_id, hand, monkeypatch):
    monkeypatch.setattr("shared.bulk.work.PART", 400)
    people.load(1200)
    job = start(people, filter={"company": "Acme"}, action="delete")
    apply, calls = service.apply, []

    def apply_and_cancel(tx, change, ids, now):
        calls.append(len(ids))
        if len(calls) == 2:
            assert people.api.delete(f"/api/crm/jobs/{job}").status_code == 204
        return apply(tx, change, ids, now)

    monkeypatch.setattr(service, "apply", apply_and_cancel)
    hand.work(user_id, UUID(job))

    ended = people.api.get(f"/api/crm/jobs/{job}").json
    assert (ended["status"], ended["result"]["changed"], ended["result"]["operation_id"]) == ("cancelled", 400, job)
    assert people.total() == 801
    assert people.undo(job)["restored"] == 400
    assert people.total() == 1201
    with deps().database.transaction(None) as tx:
        assert jobs.remove_left_contacts(tx, 100) == 2


def test_a_worker_that_dies_loses_its_part_and_another_one_goes_on(people, owner, user_id, hand, monkeypatch):
    monkeypatch.setattr("shared.bulk.work.PART", 400)
    people.load(1200)
    job = start(people, filter={"company": "Acme"}, action="set", value={"title": "CTO"})
    apply, calls = service.apply, []

    def dies(tx, change, ids, now):
        calls.append(len(ids))
        outcome = apply(tx, change, ids, now)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return outcome

    with monkeypatch.context() as patched:
        patched.setattr(service, "apply", dies)
        with pytest.raises(KeyboardInterrupt):
            hand.work(user_id, UUID(job))
    assert owner.run("select count(*) from crm.contacts where user_id = :u and title = 'CTO'", u=user_id) == [[400]]
    owner.run(
        "update crm.jobs set leased_until = now(), updated_at = now() - interval '1 hour' where user_id = :u", u=user_id
    )

    assert resume(deps().database, 10) >= 1
    hand.work(user_id, UUID(job))

    ended = people.api.get(f"/api/crm/jobs/{job}").json
    assert (ended["status"], ended["result"]["changed"]) == ("done", 1200)


def test_two_changes_of_the_same_contacts_at_once_are_both_kept(people):
    people.load(600)

    def tag(value):
        people.bulk(filter={"company": "Acme"}, action="tag", value=value)

    threads = [threading.Thread(target=tag, args=(value,)) for value in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert people.total(tag=["one", "two", "three"]) == 600


def test_another_users_contacts_are_not_found(people, api):
    ana = people.add("Ana Lima")
    stranger = People(api.as_user("bulk-stranger@example.com"))

    assert stranger.bulk(ids=[ana], action="delete")["failed"][0]["code"] == "not_found"
    assert stranger.bulk(filter={}, action="tag", value="mine")["changed"] == 1
    assert people.get(ana)["tags"] == []


def test_the_trash_is_emptied_for_good_by_a_call_or_a_job(people, owner, user_id, hand, monkeypatch):
    monkeypatch.setattr("shared.history.work.EMPTY_PART", 400)
    ana, rui = people.add("Ana Lima"), people.add("Rui Lima")
    people.api.put("/api/crm/graph/relationships", json={"from_contact_id": ana, "to_contact_id": rui, "strength": 0.5})
    people.bulk(ids=[ana], action="delete")
    assert people.api.delete(f"{CONTACTS}/trash").json == {"forgotten": 1}
    assert people.bulk(ids=[ana], action="restore")["failed"][0]["code"] == "gone"
    assert owner.run(
        "select count(*) from crm.changes where user_id = :u and before::text like '%Ana%'", u=user_id
    ) == [[0]]
    assert owner.run("select sum(cardinality(from_nos)) from crm.tie_changes where user_id = :u", u=user_id)[0][0] in {
        0,
        None,
    }

    people.load(1200)
    job = start(people, filter={"company": "Acme"}, action="delete")
    hand.work(user_id, UUID(job))
    answer = people.api.delete(f"{CONTACTS}/trash")
    assert answer.status_code == 202
    again = people.api.get(f"{CONTACTS}/trash").json["items"][0]["id"]
    people.bulk(ids=[again], action="restore")
    hand.work(user_id, UUID(answer.json["id"]))
    ended = people.api.get(f"/api/crm/jobs/{answer.json['id']}").json
    assert (ended["status"], ended["result"]) == ("done", {"forgotten": 1199})
    assert people.api.get(f"{CONTACTS}/trash").json["items"] == []
    assert people.get(again)["company"] == "Acme"


def test_many_sure_duplicates_are_merged_by_a_job_with_one_undo(people, owner, user_id, hand):
    for n in range(120):
        for email in (f"{'{'}p{n}@a.example{'}'}", f"{'{'}x{n}@b.example,p{n}@a.example{'}'}"):
            owner.run(
                "insert into crm.contacts (user_id, source, name, emails) values (:u, 'csv', :n, :e)",
                u=user_id, n=f"Person{chr(97 + n % 26)}{chr(97 + n // 26)} Nummer{chr(97 + n % 26)}x{chr(97 + n // 26)}", e=email,
            )  # fmt: skip
    answer = people.api.post(f"{CONTACTS}/duplicates/merge-sure")
    assert answer.status_code == 202, answer.json
    job = answer.json["id"]

    hand.work(user_id, UUID(job))

    ended = people.api.get(f"/api/crm/jobs/{job}").json
    assert ended["result"] == {"operation_id": job, "kept": 120, "merged": 120, "left": 0}
    assert ended["progress"] == {"done": 120, "total": 120}
    assert people.total() == 121
    people.undo(job)
    assert people.total() == 241
