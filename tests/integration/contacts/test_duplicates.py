"""Contacts that may be one person are found with their reasons; families, namesakes and offices are not taken for one."""

from __future__ import annotations

import itertools
import random
from typing import Any
from uuid import UUID

import pytest

CONTACTS = "/api/crm/contacts"
DUPLICATES = f"{CONTACTS}/duplicates"


def add(owner, user_id, name, email=None, **fields):
    """A contact as an earlier import may have left it: `POST /contacts` answers many of these with the contact that is there."""
    columns = {"name": name, "email": email, "emails": [email] if email else [], "phones": []} | fields
    names = ", ".join(columns)
    values = ", ".join(f":{column}" for column in columns)
    row = owner.run(
        f"insert into crm.contacts (user_id, source, {names}) values (:u, 'csv', {values}) returning id::text",
        u=user_id, **columns,
    )  # fmt: skip
    return row[0][0]


def found(api, **query):
    answer = api.get(DUPLICATES, query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json


def pairs(api):
    """The bands of the pairs, by the names of their contacts."""
    return {tuple(sorted(c["name"] for c in item["contacts"])): item["band"] for item in found(api)["items"]}


SURE = {
    "an address among others": [("Ana Lima", "ana@a.example"), ("Ana Lima", None, {"emails": ["x@a.example", "ANA@a.example"]})],
    "a number in two spellings": [("Ana Lima", None, {"phones": ["+49 151 2345678"]}), ("Lima, Ana", None, {"phones": ["0151 2345678"]})],
    "a short form": [("Robert Smith", None, {"phones": ["+1 555 010 0200"]}), ("Bob Smith", None, {"phones": ["(555) 010-0200"]})],
    "a middle name": [("Ana Maria Lima", None, {"phones": ["+351 912345678"]}), ("Ana Lima", None, {"phones": ["+351 912345678"]})],
}  # fmt: skip
LIKELY = {
    "nothing but a rare name": [("Ana Lima", "ana@a.example"), ("Ana Lima", "lima@b.example")],
    "an old job": [("Ana Lima", None, {"company": "Acme"}), ("Lima, Ana", None, {"company": "Zeta"})],
    "a short form at one company": [("Robert Smith", None, {"company": "Acme"}), ("Bob Smith", None, {"company": "Acme", "title": "CTO"})],
    "a typing error and a number": [("Ana Limma", None, {"phones": ["+49 151 2345678"]}), ("Ana Lima", None, {"phones": ["+49 151 2345678"]})],
    "an address alone": [("", "ana@a.example"), ("Ana Lima", None, {"emails": ["x@a.example", "ana@a.example"]})],
    "an initial and a number": [("J. Smith", None, {"phones": ["+49 151 2345678"]}), ("John Smith", None, {"phones": ["+49 151 2345678"]})],
}  # fmt: skip
NEVER = {
    "a family with one number": [("Ana Lima", None, {"phones": ["+351 212345678"]}), ("Rui Lima", None, {"phones": ["+351 212345678"]})],
    "a family with one address": [("Luis Diaz", "family@diaz.example"), ("Carmen Diaz", None, {"emails": ["family@diaz.example"]})],
    "an office": [("Ana Lima", None, {"emails": ["info@acme.example"], "company": "Acme"}), ("Bob Ray", None, {"emails": ["info@acme.example"], "company": "Acme"})],
    "a switchboard": [(f"{name} Ray", None, {"phones": ["+49 30 1234567"], "company": "Acme"}) for name in ("Ana", "Bob", "Carl", "Dora")],
    "father and son": [("John Smith Jr.", None, {"phones": ["+1 555 010 0200"]}), ("John Smith Sr.", None, {"phones": ["+1 555 010 0200"]})],
    "namesakes born on other days": [("Ana Lima", None, {"birthday": "1980-04-01"}), ("Ana Lima", None, {"birthday": "1991-12-05"})],
    "namesakes with profiles of their own": [("Ana Lima", None, {"linkedin_slug": "ana-lima"}), ("Ana Lima", None, {"linkedin_slug": "ana-lima-2"})],
    "almost one first name": [("Daniel Roth", None, {"phones": ["+49 30 1234567"]}), ("Danielle Roth", None, {"phones": ["+49 30 1234567"]})],
    "a couple in titles": [("Mr Paul Roth", None, {"phones": ["+49 30 1234567"]}), ("Mrs Paul Roth", None, {"phones": ["+49 30 1234567"]})],
    "names that differ in a number alone": [(f"Anne Dubois{number}", None, {"company": "Acme", "title": "CTO"}) for number in (1973, 11973, "")],
    "first names that differ in a number alone": [(f"Test{number} Dubois", None, {"company": "Acme"}) for number in (1, 11, 2)],
    "names that differ in a number alone, and one phone": [(f"Anne Dubois{number}", None, {"phones": ["+49 30 1234567"]}) for number in (1973, 11973)],
    "colleagues": [("Ana Lima", None, {"company": "Acme", "title": "CTO"}), ("Bob Ray", None, {"company": "Acme", "title": "CTO"})],
}  # fmt: skip
CASES: list[tuple[str | None, str, Any]] = [
    (band, name, people)
    for band, cases in (("sure", SURE), ("likely", LIKELY), (None, NEVER))
    for name, people in cases.items()
]


@pytest.mark.parametrize(("band", "people"), [pytest.param(band, people, id=name) for band, name, people in CASES])
def test_pairs_are_sure_or_likely_or_not_shown(api, owner, user_id, band, people):
    for name, email, *more in people:
        add(owner, user_id, name, email, **(more[0] if more else {}))

    assert set(pairs(api).values()) == ({band} if band else set())


def test_the_short_way_to_the_words_of_a_name_leads_to_the_same_words(owner):
    names = [
        *(
            "Ana Lima",
            "ana",
            "A B",
            "Dr Ana Lima",
            "Ana Lima PHD",
            "Mr",
            "Lima, Ana",
            "Ana  Lima",
            " Ana",
            "Ana-Maria",
            "José Sá",
            "Anne Dubois1973",
            "O'Neil",
            "",
        ),
        *(f"Ana {word} Lima" for (words,) in owner.run("select crm.titles_and_degrees()") for word in words),
    ]
    rows = owner.run(
        "select n, crm.profile_words(n), crm.name_words(n) from unnest(cast(:names as text[])) n", names=names
    )
    assert [name for name, short, whole in rows if short != whole] == []


def test_a_shared_number_of_three_is_not_sure(api, owner, user_id):
    for name in ("Ana Lima", "Lima, Ana", "Rui Lima"):
        add(owner, user_id, name, phones=["+351 212345678"])
    assert pairs(api) == {("Ana Lima", "Lima, Ana"): "likely"}


def test_a_pair_names_its_reasons_and_both_contacts(api, owner, user_id):
    add(owner, user_id, "Robert Smith", phones=["+1 555 010 0200"], company="Acme")
    add(owner, user_id, "Bob Smith", phones=["(555) 010-0200"], company="Zeta")

    (item,) = found(api)["items"]

    assert {reason["code"]: reason.get("value") for reason in item["reasons"]} == {
        "same_phone": "15550100200", "short_form": None, "another_company": None,
    }  # fmt: skip
    assert [contact["company"] for contact in item["contacts"]] == ["Acme", "Zeta"]
    assert 0.9 < item["score"] < 1


def test_what_is_dismissed_is_not_found_again_also_after_a_merge_and_undo_shows_it(api, owner, user_id):
    ana = add(owner, user_id, "Ana Lima", "ana@a.example")
    add(owner, user_id, "Ana Lima", "ana@b.example")
    (item,) = found(api)["items"]

    dismissed = api.post(f"{DUPLICATES}/{item['id']}/dismiss")

    assert dismissed.status_code == 204
    assert api.post(f"{DUPLICATES}/{item['id']}/dismiss").status_code == 404
    assert api.post(f"{DUPLICATES}/scan").json["counts"] == {"sure": 0, "likely": 0}
    third = add(owner, user_id, "Ana Lima", "ana@c.example")
    assert api.post(f"{CONTACTS}/merge", json={"ids": [third, ana]}).status_code == 200
    assert api.post(f"{DUPLICATES}/scan").json["counts"] == {"sure": 0, "likely": 0}
    api.post(f"/api/crm/operations/{dismissed.headers['Operation-Id']}/undo", json={})
    assert len(found(api)["items"]) == 0


def test_a_merge_that_was_undone_is_not_suggested_again(api, owner, user_id):
    keep, other = (add(owner, user_id, "Ana Lima", phones=["+49 151 2345678"]) for _ in range(2))
    assert found(api)["counts"]["sure"] == 1
    merged = api.post(f"{CONTACTS}/merge", json={"ids": [keep, other]}).json
    assert found(api)["counts"]["sure"] == 0
    api.post(f"/api/crm/operations/{merged['operation_id']}/undo", json={})

    assert found(api)["counts"] == {"sure": 0, "likely": 0}


def test_a_list_begins_with_a_scan_where_contacts_changed_and_ids_of_pairs_stay(api, owner, user_id):
    first = add(owner, user_id, "Ana Lima", "ana@a.example")
    assert found(api)["items"] == []
    add(owner, user_id, "Ana Lima", "ana@b.example")
    before = found(api)
    assert (len(before["items"]), before["scan"]["contacts"], before["scan"]["stale"]) == (1, 3, False)
    api.patch(f"{CONTACTS}/{first}", json={"title": "CTO"})

    assert found(api)["items"][0]["id"] == before["items"][0]["id"]


def test_pages_hold_every_pair_once(api, owner, user_id):
    for n in range(5):
        for _ in range(2):
            add(owner, user_id, f"Person{n} Family{n}", phones=[f"+49 151 234567{n}"])
    everything = [item["id"] for item in found(api)["items"]]
    cursor, paged = None, []
    for _ in range(5):
        page = found(api, limit=2, band="sure", **({"cursor": cursor} if cursor else {}))
        paged += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert len(everything) == 5
    assert paged == everything


def test_all_sure_ones_are_merged_in_one_operation_and_undone(api, owner, user_id):
    ids = [
        add(owner, user_id, "Ana Lima", phones=["+49 151 2345678"]),
        add(owner, user_id, "Lima, Ana", phones=["0151 2345678"]),
    ]
    ids += [
        add(owner, user_id, "Robert Smith", "rob@a.example"),
        add(owner, user_id, "Bob Smith", None, emails=["b@a.example", "rob@a.example"]),
    ]
    add(owner, user_id, "Carl Ray", company="Acme")
    likely = add(owner, user_id, "Carl Ray")

    outcome = api.post(f"{DUPLICATES}/merge-sure").json

    assert (outcome["kept"], outcome["merged"], outcome["left"]) == (2, 2, 0)
    assert [api.get(f"{CONTACTS}/{contact}").status_code for contact in [*ids, likely]] == [200, 410, 200, 410, 200]
    assert api.post(f"{DUPLICATES}/merge-sure").json["merged"] == 0
    api.post(f"/api/crm/operations/{outcome['operation_id']}/undo", json={})
    assert [api.get(f"{CONTACTS}/{contact}").status_code for contact in ids] == [200] * 4


def test_two_that_contradict_are_not_joined_by_a_third(api, owner, user_id):
    """The groups of `merge-sure` are of contacts that are all sure of each other."""
    from shared.contacts.merging.duplicates import groups_of

    a, b, c, d = (UUID(int=n) for n in range(4))
    assert groups_of([(a, b), (b, c), (c, d)]) == [[a, b], [c, d]]
    assert groups_of([(a, b), (b, c), (a, c)]) == [[a, b, c]]
    assert groups_of(itertools.combinations((a, b, c, d), 2)) == [[a, b, c, d]]


def test_pairs_of_one_user_are_not_another_s(api, owner, user_id):
    for _ in range(2):
        add(owner, user_id, "Ana Lima")
    (item,) = found(api)["items"]
    stranger = api.as_user("stranger-duplicates@example.com")

    assert found(stranger)["items"] == []
    assert stranger.post(f"{DUPLICATES}/{item['id']}/dismiss").status_code == 404
    assert len(found(api)["items"]) == 1


def waiting(owner, user_id):
    return owner.run("select count(*) from crm.outbox where user_id = :u and topic = 'contact-duplicates'", u=user_id)[
        0
    ][0]


@pytest.fixture
def compare(owner, user_id):
    """Do what the consumer does with the waiting events."""
    from shared.contacts.merging import comparing
    from shared.edge.deps import deps

    def handle():
        owner.run("delete from crm.outbox where user_id = :u and topic = 'contact-duplicates'", u=user_id)
        with deps().database.transaction(user_id) as tx:
            comparing.compare(tx)

    return handle


def known(owner, user_id):
    """The pairs that are kept, without a look at the list, which compares what changed."""
    rows = owner.run(
        "select a.name, b.name, d.band, d.points from crm.duplicates d join crm.contacts a on a.user_id = d.user_id and a.no = d.contact_no "
        "join crm.contacts b on b.user_id = d.user_id and b.no = d.other_no where d.user_id = :u order by 1, 2, 4",
        u=user_id,
    )  # fmt: skip
    return [tuple(row) for row in rows]


def test_contacts_are_compared_behind_an_import_and_then_one_by_one(api, owner, user_id, compare):
    assert api.post(CONTACTS, json={"name": "Zoe Ray", "enrich": False}).status_code == 201
    assert waiting(owner, user_id) == 0  # nobody has looked at duplicates, and one contact is not worth a scan
    draw = random.Random(7)
    words = ["".join(draw.choices("abdefgiklmnoprstuvz", k=8)).title() for _ in range(120)]
    rows = "".join(f"{words[2 * n]} {words[2 * n + 1]},p{n}@a.example,+49 30 55{n:05}\n" for n in range(60))
    api.post(
        f"{CONTACTS}/import",
        data="Name,E-mail,Phone\nAna Lima,ana@a.example,+49 151 2345678\n" + rows,
        content_type="text/csv",
    )
    assert waiting(owner, user_id) == 1
    compare()
    assert known(owner, user_id) == []

    made = api.post(CONTACTS, json={"name": "Lima, Ana", "phones": ["0151 2345678"], "enrich": False}).json["id"]
    for n in range(3):
        api.post(CONTACTS, json={"name": f"Somebody Else{n}", "enrich": False})
    assert waiting(owner, user_id) == 1  # four contacts are compared together
    compare()
    assert [row[2] for row in known(owner, user_id)] == ["sure"]
    compare()  # the event came twice
    assert len(known(owner, user_id)) == 1

    api.patch(f"{CONTACTS}/{made}", json={"title": "CTO"})
    assert waiting(owner, user_id) == 0
    api.patch(f"{CONTACTS}/{made}", json={"name": "Rui Costa"})
    assert waiting(owner, user_id) == 1
    compare()
    assert known(owner, user_id) == []


def test_contacts_compared_one_by_one_end_as_by_a_scan(api, owner, user_id, compare):
    """Over all cases of this file, each contact after the other in a mixed order."""
    add(owner, user_id, "Zoe Ray")
    assert api.post(f"{DUPLICATES}/scan").status_code == 200
    people = [person for _, _, group in CASES for person in group]
    for name, email, *more in people[::2] + people[1::2]:
        fields = more[0] if more else {}
        if not owner.run(
            "select 1 from crm.contacts where user_id = :u and (email = :e or linkedin_slug = :s)",
            u=user_id,
            e=email,
            s=fields.get("linkedin_slug"),
        ):
            add(owner, user_id, name, email, **fields)
        compare()
    one_by_one = known(owner, user_id)

    assert api.post(f"{DUPLICATES}/scan").status_code == 200

    assert {row[:2] for row in one_by_one} == {row[:2] for row in known(owner, user_id)}
    assert len(one_by_one) > 10


def test_a_contact_written_while_others_are_compared_is_compared_by_the_next_event(
    api, owner, user_id, compare, database
):
    add(owner, user_id, "Ana Lima", phones=["+49 151 2345678"])
    api.post(f"{DUPLICATES}/scan")
    with database.transaction(user_id) as slow:
        from shared.contacts import repository
        from shared.contacts.models import ContactFields

        repository.create_contact(slow, ContactFields(name="Lima, Ana", phones=["0151 2345678"]), source="manual")
        compare()
        assert known(owner, user_id) == []
    compare()

    assert [row[2] for row in known(owner, user_id)] == ["sure"]


def test_a_large_book_is_compared_by_a_job(api, owner, user_id, compare, monkeypatch):
    from shared.contacts.merging import duplicates
    from shared.edge.deps import deps
    from shared.edge.jobs import make_kinds
    from shared.jobs.service import Jobs

    monkeypatch.setattr(duplicates, "SCANNED_AT_ONCE", 2)
    for _ in range(2):
        add(owner, user_id, "Ana Lima", phones=["+49 151 2345678"])
    answer = api.post(f"{DUPLICATES}/scan")
    assert (answer.status_code, answer.headers["Location"]) == (202, f"/api/crm/jobs/{answer.json['id']}")
    assert found(api)["items"] == []  # a look at the list does not compare so many
    compare()
    assert owner.run("select count(*) from crm.jobs where user_id = :u", u=user_id) == [[1]]  # one scan is enough

    Jobs(deps().database, make_kinds(deps())).work(user_id, UUID(answer.json["id"]))

    ended = api.get(f"/api/crm/jobs/{answer.json['id']}").json
    assert (ended["status"], ended["result"]["counts"]) == ("done", {"sure": 1, "likely": 0})
