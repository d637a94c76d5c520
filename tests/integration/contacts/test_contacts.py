from __future__ import annotations

import json
import uuid

import pytest

CONTACTS = "/api/crm/contacts"


@pytest.fixture
def ana(api):
    answer = api.post(
        CONTACTS, json={"name": "Ana Díaz", "email": "Ana@Acme.example", "company": "Acme", "tags": ["vip"]}
    )
    assert answer.status_code == 201
    return answer.json


def path(contact):
    return f"{CONTACTS}/{contact['id']}"


def test_a_created_contact_is_answered_whole_with_its_address(api):
    answer = api.post(
        CONTACTS,
        json={
            "name": " Bo Chen ",
            "emails": ["bo@x.example", "BO@x.example", "bo@home.example"],
            "custom": {"Desk": "4"},
        },
    )

    assert answer.status_code == 201
    contact = answer.json
    assert answer.headers["Location"] == path(contact)
    assert contact | {"id": "", "created_at": "", "updated_at": ""} == {
        "id": "", "name": "Bo Chen", "email": "bo@x.example", "emails": ["bo@x.example", "bo@home.example"],
        "phones": [], "company": None, "title": None, "location": None, "linkedin_url": None, "birthday": None,
        "notes": None, "tags": [], "custom": {"Desk": "4"}, "enrichment": {"status": "pending"}, "source": "manual", "is_self": False,
        "created_at": "", "updated_at": "",
    }  # fmt: skip
    assert api.get(path(contact)).json == contact


def test_an_email_that_is_there_already_answers_the_existing_contact_unchanged(api, ana):
    answer = api.post(CONTACTS, json={"name": "A. Diaz", "email": "ANA@ACME.EXAMPLE"})

    assert answer.status_code == 200
    assert answer.json == ana


class TestAnotherName:
    def test_is_never_answered_with_the_stranger(self, api):
        ana = api.post(CONTACTS, json={"name": "Ana Diaz", "email": "shared@x.org"}).json

        answer = api.post(CONTACTS, json={"name": "Bo Li", "email": "SHARED@x.org"})

        assert (answer.status_code, answer.json["code"]) == (409, "shared_address")
        assert "Ana Diaz" in answer.json["detail"]
        assert ana["id"] in answer.json["detail"]

    def test_is_answered_with_whom_has_the_address_on_request(self, api):
        ana = api.post(CONTACTS, json={"name": "Ana Diaz", "email": "shared@x.org"}).json
        bo = {"name": "Bo Li", "email": "shared@x.org"}

        answer = api.post(f"{CONTACTS}?on_conflict=return", json=bo)

        assert (answer.status_code, answer.json) == (200, ana)
        assert api.post(f"{CONTACTS}?on_conflict=error", json=bo | {"name": "Ana Diaz"}).status_code == 409
        assert api.post(f"{CONTACTS}?on_conflict=guess", json=bo).status_code == 422

    def test_in_a_variant_of_the_same_is_the_same_person(self, api):
        ana = api.post(CONTACTS, json={"name": "Ana Diaz", "email": "shared@x.org"}).json
        assert api.post(CONTACTS, json={"name": "Diaz, A.", "email": "shared@x.org"}).json["id"] == ana["id"]

    def test_with_a_known_profile_is_refused_as_well(self, api):
        profile = "https://www.linkedin.com/in/ana-diaz"
        api.post(CONTACTS, json={"name": "Ana Diaz", "linkedin_url": profile})
        answer = api.post(CONTACTS, json={"name": "Bo Li", "linkedin_url": profile})
        assert (answer.status_code, answer.json["code"]) == (409, "shared_address")

    def test_gives_way_to_whom_has_the_name_and_the_profile(self, api):
        api.post(CONTACTS, json={"name": "Ana Diaz", "email": "shared@x.org"})
        bo = {"name": "Bo Li", "linkedin_url": "https://www.linkedin.com/in/bo-li"}
        there = api.post(CONTACTS, json=bo).json
        assert api.post(CONTACTS, json=bo | {"email": "shared@x.org"}).json["id"] == there["id"]

    def test_may_keep_the_address_among_others_and_be_edited(self, api):
        api.post(CONTACTS, json={"name": "Ana Diaz", "email": "shared@x.org"})
        bo = api.post(CONTACTS, json={"name": "Bo Li"}).json
        path = f"{CONTACTS}/{bo['id']}"

        kept = api.patch(path, json={"emails": ["shared@x.org"]})
        assert (kept.status_code, kept.json["email"], kept.json["emails"]) == (200, None, ["shared@x.org"])
        titled = api.patch(path, json={"title": "Cook"})
        assert (titled.status_code, titled.json["email"], titled.json["emails"]) == (200, None, ["shared@x.org"])
        put = api.put(path, json={"name": "Bo Li", "email": None, "emails": ["shared@x.org"]})
        assert (put.status_code, put.json["email"], put.json["emails"]) == (200, None, ["shared@x.org"])
        assert api.patch(path, json={"email": "shared@x.org"}).status_code == 409
        own = api.patch(path, json={"email": "bo@x.org"}).json
        assert (own["email"], own["emails"]) == ("bo@x.org", ["bo@x.org", "shared@x.org"])


@pytest.mark.parametrize("word", ["none", "Connected", "ana", "https://www.linkedin.com/in/me"])
@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_no_bare_word_is_taken_for_a_profile(api, ana, method, word):
    path = CONTACTS if method == "post" else f"{CONTACTS}/{ana['id']}"
    answer = getattr(api, method)(path, json={"name": "Ana", "linkedin_url": word})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "linkedin_url")
    assert word in answer.json["errors"][0]["message"]


def test_a_profile_that_is_there_already_answers_the_existing_contact(api):
    first = api.post(CONTACTS, json={"name": "Li", "linkedin_url": "https://www.linkedin.com/in/Li-Wei"}).json

    again = api.post(CONTACTS, json={"name": "Li Wei", "linkedin_url": "uk.linkedin.com/in/li-wei/?x=1"})

    assert again.status_code == 200
    assert again.json["id"] == first["id"]
    assert first["linkedin_url"] == "https://www.linkedin.com/in/li-wei"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"),
        ({"name": "  "}, "name"),
        ({"name": "A", "email": "not an address"}, "email"),
        ({"name": "A", "birthday": "2023-02-29"}, "birthday"),
        ({"name": "A", "birthday": "--02-30"}, "birthday"),
        ({"name": "A", "linkedin_url": "https://example.com/a"}, "linkedin_url"),
        ({"name": "A", "id": str(uuid.uuid4())}, "id"),
        ({"name": "A", "is_self": True}, "is_self"),
        ({"name": "A", "tags": "vip"}, "tags"),
        ({"name": "A", "name2": "B"}, "name2"),
        ({"name": "A\0"}, "name"),
        ({"name": "x" * 501}, "name"),
        ({"name": "A", "custom": {"k": [1]}}, "custom.k"),
        ({"name": "A", "email": ["a@b.example"]}, "email"),
        ([], "body"),
    ],
)
def test_a_field_that_does_not_fit_is_named(api, body, field):
    answer = api.post(CONTACTS, json=body)

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == "validation_failed"
    assert field in [error["field"] for error in answer.json["errors"]]


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({"name": "A\0"}, "name", "a text cannot hold the character NUL"),
        ({"name": "A", "tags": ["a", "b\0"]}, "tags.1", "a text cannot hold the character NUL"),
        (
            {"name": "A", "birthday": "3.2.1990"},
            "birthday",
            '"3.2.1990" is not a date: write YYYY-MM-DD, or --MM-DD without a year',
        ),
        (
            {"name": "A", "birthday": "1990-02-03\n"},
            "birthday",
            '"1990-02-03\n" is not a date: write YYYY-MM-DD, or --MM-DD without a year',
        ),
    ],
)
def test_a_text_that_does_not_fit_is_refused_in_words(api, body, field, message):
    answer = api.post(CONTACTS, json=body)
    assert (answer.status_code, answer.json["errors"]) == (422, [{"field": field, "message": message}])


@pytest.mark.parametrize("birthday", ["1980-02-29", "--02-29", "0001-01-01"])
def test_a_birthday_may_lack_its_year(api, birthday):
    assert api.post(CONTACTS, json={"name": "A", "birthday": birthday}).json["birthday"] == birthday


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b'{"name": "\\ud800"}', b"[" * 100_000])
def test_a_body_that_is_no_json_is_a_bad_request(api, data):
    answer = api.post(CONTACTS, data=data, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json["code"] == "bad_request"


def test_a_body_of_another_kind_is_refused(api):
    assert api.post(CONTACTS, data="name=Ana", content_type="application/x-www-form-urlencoded").status_code == 415


def test_a_body_that_is_too_large_is_refused(api):
    assert api.post(CONTACTS, json={"name": "A", "notes": "x" * 10_000_000}).status_code == 413


@pytest.mark.parametrize("contact_id", ["1", "not-a-uuid", str(uuid.UUID(int=7)), "%00", "a" * 5000])
@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_an_id_that_is_not_there_is_not_found(api, method, contact_id):
    body = {} if method in {"get", "delete"} else {"json": {"name": "A"}}

    answer = getattr(api, method)(f"{CONTACTS}/{contact_id}", **body)

    assert answer.status_code == 404
    assert answer.json["code"] == "not_found"


def test_put_replaces_and_empties_what_is_left_out(api, ana):
    answer = api.put(path(ana), json={"name": "Ana D.", "email": "ana@new.example"})

    assert answer.status_code == 200
    assert answer.json["company"] is None
    assert answer.json["tags"] == []
    assert answer.json["emails"] == ["ana@new.example"]
    assert answer.json["created_at"] == ana["created_at"]
    assert answer.json["updated_at"] > ana["updated_at"]
    assert api.get(path(ana)).json == answer.json


def test_patch_changes_what_is_given_and_empties_what_is_null(api, ana):
    api.patch(path(ana), json={"custom": {"a": "1", "b": "2"}, "notes": "met in Rome"})

    answer = api.patch(path(ana), json={"company": None, "title": "CTO", "custom": {"a": None, "c": "3"}})

    assert answer.status_code == 200
    assert answer.json["company"] is None
    assert answer.json["title"] == "CTO"
    assert answer.json["custom"] == {"b": "2", "c": "3"}
    assert answer.json["notes"] == "met in Rome"
    assert answer.json["tags"] == ["vip"]


def test_a_new_primary_email_takes_the_place_of_the_old_one(api, ana):
    api.patch(path(ana), json={"emails": ["Ana@Acme.example", "ana@home.example"]})

    changed = api.patch(path(ana), json={"email": "ana@globex.example"}).json
    removed = api.patch(path(ana), json={"email": None}).json

    assert changed["emails"] == ["ana@globex.example", "ana@home.example"]
    assert removed["email"] == "ana@home.example"
    assert removed["emails"] == ["ana@home.example"]


def test_a_patch_may_not_take_away_all_that_identifies_a_contact(api, ana):
    assert api.patch(path(ana), json={"name": None, "email": None}).status_code == 422
    assert api.get(path(ana)).json == ana


@pytest.mark.parametrize("method", ["put", "patch"])
def test_an_email_of_another_contact_is_a_conflict(api, ana, method):
    bo = api.post(CONTACTS, json={"name": "Bo", "email": "bo@acme.example"}).json

    answer = getattr(api, method)(path(bo), json={"name": "Bo", "email": "ana@acme.EXAMPLE"})

    assert answer.status_code == 409
    assert "e-mail" in answer.json["detail"]


def test_delete_removes_a_contact(api, ana):
    assert api.delete(path(ana)).status_code == 204
    assert api.get(path(ana)).status_code == 404
    assert api.delete(path(ana)).status_code == 404


def test_the_self_contact_cannot_be_deleted(api):
    me = api.get("/api/crm/users/me").json["self_contact_id"]

    assert api.delete(f"{CONTACTS}/{me}").status_code == 409


def test_an_etag_guards_against_lost_updates(api, ana):
    etag = api.get(path(ana)).headers["ETag"]
    assert api.patch(path(ana), json={"title": "CEO"}, headers={"If-Match": etag}).status_code == 200

    for method, body in (("patch", {"title": "CFO"}), ("put", {"name": "A"}), ("delete", None)):
        answer = getattr(api, method)(path(ana), headers={"If-Match": etag}, **({"json": body} if body else {}))
        assert answer.status_code == 412

    assert api.get(path(ana)).json["title"] == "CEO"


def test_an_unchanged_contact_is_not_sent_again(api, ana):
    etag = api.get(path(ana)).headers["ETag"]

    answer = api.get(path(ana), headers={"If-None-Match": etag})

    assert answer.status_code == 304
    assert answer.data == b""
    api.patch(path(ana), json={"title": "CEO"})
    assert api.get(path(ana), headers={"If-None-Match": etag}).status_code == 200


def test_fields_trims_what_is_answered(api, ana):
    assert api.get(f"{path(ana)}?fields=id,name").json == {"id": ana["id"], "name": ana["name"]}
    assert api.get(f"{path(ana)}?fields=id,secret").status_code == 422
    assert set(api.get(f"{CONTACTS}?fields=name,email").json["items"][0]) == {"name", "email"}


def names_of(api, query):
    names, cursor = [], ""
    while cursor is not None:
        page = api.get(f"{CONTACTS}?{query}{cursor and '&cursor='}{cursor}").json
        names += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
    return names


@pytest.fixture
def eleven(api):
    for number in range(10):
        company = {"company": f"Firm {number % 3}"} if number % 4 else {}
        api.post(CONTACTS, json={"name": f"{'éE'[number % 2]}va {number}", **company})
    return api


@pytest.mark.parametrize("sort", ["name", "-created_at", "-updated_at", "company"])
@pytest.mark.parametrize("limit", [1, 3, 200])
def test_pages_hold_every_contact_once_in_any_order(eleven, sort, limit):
    whole = [item["name"] for item in eleven.get(f"{CONTACTS}?sort={sort}").json["items"]]

    assert len(whole) == len(set(whole)) == 11
    assert names_of(eleven, f"sort={sort}&limit={limit}") == whole


def test_accents_and_case_do_not_change_the_order_of_names(eleven):
    assert names_of(eleven, "sort=name")[:3] == ["éva 0", "Eva 1", "éva 2"]


def test_contacts_without_a_company_come_last(eleven):
    companies = [item["company"] for item in eleven.get(f"{CONTACTS}?sort=company").json["items"]]

    assert companies == sorted(filter(None, companies)) + [None] * companies.count(None)


def test_pages_stay_stable_while_contacts_are_added(eleven):
    first = eleven.get(f"{CONTACTS}?sort=name&limit=5").json
    eleven.post(CONTACTS, json={"name": "Aaron"})

    second = eleven.get(f"{CONTACTS}?sort=name&limit=50&cursor={first['next_cursor']}").json

    names = [item["name"] for item in first["items"] + second["items"]]
    assert len(names) == len(set(names)) == 11


def test_the_total_is_counted_when_asked_for(eleven):
    assert "total" not in eleven.get(CONTACTS).json
    assert eleven.get(f"{CONTACTS}?include_total=true&limit=2").json["total"] == 11


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=x", "sort=age", "cursor=abc", "cursor=%00", "page=2", "has_email=perhaps",
     "cursor=WyJuYW1lIiwiXHUwMDAwIiwiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIl0"],
)  # fmt: skip
def test_a_bad_query_is_refused_by_name(api, query):
    answer = api.get(f"{CONTACTS}?{query}")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == query.split("=")[0]


def test_a_cursor_of_another_order_is_refused(eleven):
    cursor = eleven.get(f"{CONTACTS}?sort=name&limit=2").json["next_cursor"]

    assert eleven.get(f"{CONTACTS}?sort=company&cursor={cursor}").status_code == 422


def test_large_answers_are_compressed_where_the_caller_takes_it(eleven):
    import gzip

    plain = eleven.get(CONTACTS)
    packed = eleven.get(CONTACTS, headers={"Accept-Encoding": "gzip, br"})

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert json.loads(gzip.decompress(packed.data)) == plain.json
