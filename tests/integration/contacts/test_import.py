from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

CONTACTS = "/api/crm/contacts"
IMPORT = f"{CONTACTS}/import"
CSV = "Name,E-mail,Company\nAna Díaz,ana@acme.example,Acme\nBo Chen,bo@globex.example,\nBroken,not-an-address,\n,,\n"
LINKEDIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ana,Díaz,https://www.linkedin.com/in/ana-diaz,,Acme,CTO,12 Mar 2024\n"
    "Bo,Chen,https://www.linkedin.com/in/bo-chen,,Globex,CEO,13 Mar 2024\n"
)
SAMPLES = sorted(
    path for path in (Path(__file__).parents[4] / "shared" / "samples").glob("*") if path.suffix in {".csv", ".vcf"}
)


def send(api, data, content_type="text/csv", **query):
    return api.post(IMPORT, data=data, content_type=content_type, query_string=query)


def counts(answer):
    assert answer.status_code == 200, answer.text
    return tuple(answer.json[name] for name in ("received", "created", "updated", "unchanged", "failed"))


def names(api):
    return [item["name"] for item in api.get("/api/crm/contacts").json["items"] if not item["is_self"]]


def test_a_file_is_imported_and_what_cannot_be_read_is_told(api):
    answer = send(api, CSV)

    assert counts(answer) == (3, 3, 0, 0, 0)
    assert names(api) == ["Ana Díaz", "Bo Chen", "Broken"]
    assert answer.json["mapping"] == {"Name": "name", "E-mail": "email", "Company": "company"}
    error = answer.json["errors"][0]
    assert (error["line"], error["field"], error["value"]) == (4, "email", "not-an-address")


def test_the_same_file_again_changes_nothing(api):
    send(api, CSV)
    before = api.get("/api/crm/contacts").json

    assert counts(send(api, CSV)) == (3, 0, 0, 3, 0)
    assert api.get("/api/crm/contacts").json == before


def test_blanks_are_filled_and_nothing_is_overwritten(api):
    send(api, "Name,Email,Company,Title\nAna,ana@acme.example,Acme,\n")

    assert counts(send(api, "Name,Email,Company,Title\nAnna,ANA@acme.example,Globex,CTO\n")) == (1, 0, 1, 0, 0)

    ana = next(item for item in api.get("/api/crm/contacts").json["items"] if item["name"] == "Ana")
    assert (ana["company"], ana["title"]) == ("Acme", "CTO")


def test_known_contacts_can_be_left_alone(api):
    send(api, "Name,Email,Title\nAna,ana@acme.example,\n")

    assert counts(send(api, "Name,Email,Title\nAna,ana@acme.example,CTO\n", on_duplicate="skip")) == (1, 0, 0, 1, 0)


def test_a_preview_tells_what_would_happen_and_changes_nothing(api):
    assert counts(send(api, CSV, dry_run="true")) == (3, 3, 0, 0, 0)
    assert names(api) == []


def test_a_mapping_overrides_what_is_recognised(api):
    data = "Spitzname,Post\nAna,ana@acme.example\n"

    answer = send(api, data, mapping=json.dumps({"Spitzname": "name", "Post": "email"}))

    assert counts(answer) == (1, 1, 0, 0, 0)
    assert names(api) == ["Ana"]


@pytest.mark.parametrize(
    "mapping", ["{", "[]", '{"Name": 1}', '{"Name": "shoe size"}', '{"No such column": "name"}', "[" * 10_000]
)
def test_a_mapping_that_makes_no_sense_is_refused(api, mapping):
    assert send(api, CSV, mapping=mapping).status_code == 422


def test_tags_are_given_to_every_contact_of_the_file(api):
    send(api, CSV, tags="met in Rome, 2026")

    assert all(
        item["tags"] == ["met in Rome", "2026"]
        for item in api.get("/api/crm/contacts").json["items"]
        if not item["is_self"]
    )


def ties(owner, user_id):
    return owner.run(
        """select c.name, m.is_self, r.strength from crm.relationships r
        join crm.contacts c on c.user_id = r.user_id and c.no = r.to_no join crm.contacts m on m.user_id = r.user_id and m.no = r.from_no
        where r.user_id = :user_id order by c.is_self, c.name, m.name""",
        user_id=user_id,
    )


def test_linkedin_contacts_are_tied_to_oneself_both_ways(api, user_id, owner):
    answer = send(api, LINKEDIN)
    send(api, LINKEDIN)

    assert answer.json["format"] == "linkedin_csv"
    assert ties(owner, user_id) == [
        ["Ana Díaz", True, pytest.approx(0.01)], ["Bo Chen", True, pytest.approx(0.01)], ["Uma User", False, pytest.approx(0.01)],
        ["Uma User", False, pytest.approx(0.01)],
    ]  # fmt: skip


def test_other_files_are_tied_only_when_asked(api, user_id, owner):
    send(api, CSV)
    assert ties(owner, user_id) == []

    send(api, CSV, tie_to_me="0.25")
    assert len(ties(owner, user_id)) == 6
    assert {strength for _, _, strength in ties(owner, user_id)} == {0.25}


def strength_of(api, name):
    (person,) = [item for item in api.get("/api/crm/contacts").json["items"] if item["name"] == name]
    answer = api.get(f"/api/crm/contacts/{person['id']}/strength").json
    (listed,) = api.get("/api/crm/graph/relationships", query_string={"contact_id": person["id"]}).json["items"]
    assert listed["set_by"] == answer["set_by"]
    return person["id"], answer


def note(api, contact_id):
    body = {"kind": "meeting", "at": datetime.now(UTC).isoformat(), "direction": "both"}
    return api.post(f"/api/crm/contacts/{contact_id}/interactions", json=body)


@pytest.mark.parametrize("strength", [None, "0.9"])
def test_a_tie_that_an_import_took_for_granted_gives_way_to_interactions(api, strength):
    query = {"tie_to_me": strength} if strength else {}
    send(api, LINKEDIN, **query)
    ana, before = strength_of(api, "Ana Díaz")
    note(api, ana)
    send(api, LINKEDIN, **query)
    _, after = strength_of(api, "Ana Díaz")

    assert (before["strength"], before["set_by"], before["computed"]) == (float(strength or 0.01), "import", None)
    assert before["sentence"].startswith("Assumed to be")
    assert after["set_by"] == "interactions"
    assert after["strength"] == pytest.approx(after["computed"], abs=1e-4)
    assert strength_of(api, "Bo Chen")[1]["set_by"] == "import"


def test_a_tie_set_by_hand_wins_over_imports_and_interactions(api):
    send(api, LINKEDIN)
    ana, _ = strength_of(api, "Ana Díaz")
    me = api.get("/api/crm/users/me").json["self_contact_id"]
    tie = {"from_contact_id": me, "to_contact_id": ana, "strength": 0.5}
    assert api.put("/api/crm/graph/relationships", json=tie).json["set_by"] == "hand"
    note(api, ana)
    send(api, LINKEDIN)

    _, answer = strength_of(api, "Ana Díaz")
    assert (answer["strength"], answer["set_by"]) == (0.5, "hand")
    assert "yourself" in answer["sentence"]


def test_an_import_makes_no_tie_that_was_removed_in_spite_of_interactions(api, user_id, owner):
    send(api, LINKEDIN)
    ana, _ = strength_of(api, "Ana Díaz")
    note(api, ana)
    me = api.get("/api/crm/users/me").json["self_contact_id"]
    assert api.delete(f"/api/crm/graph/relationships/{me}/{ana}").status_code == 204
    send(api, LINKEDIN)

    assert "Ana Díaz" not in {name for name, _, _ in ties(owner, user_id)}


def test_linkedin_contacts_need_not_be_tied(api, user_id, owner):
    send(api, LINKEDIN, tie_to_me="0")

    assert ties(owner, user_id) == []


def test_a_file_may_come_in_a_form_or_an_archive_or_without_a_type(api):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("Basic_LinkedInDataExport/Connections.csv", LINKEDIN)

    form = api.post(IMPORT, data={"file": (io.BytesIO(LINKEDIN.encode()), "anything.bin")})
    assert counts(form) == (2, 2, 0, 0, 0)
    assert counts(send(api, archive.getvalue(), "application/zip")) == (2, 0, 0, 2, 0)
    assert counts(send(api, LINKEDIN, "")) == (2, 0, 0, 2, 0)
    assert counts(send(api, json.dumps([{"name": "Cy"}]), "application/json")) == (1, 1, 0, 0, 0)
    assert counts(send(api, "BEGIN:VCARD\nVERSION:4.0\nFN:Di\nEND:VCARD\n", "text/vcard")) == (1, 1, 0, 0, 0)


def bomb():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written, written.open("Connections.csv", "w") as member:
        for _ in range(400):
            member.write(b"a,b\n" * 250_000)
    return archive.getvalue()


@pytest.mark.parametrize(
    ("make", "statuses"),
    [
        (lambda: b"", {400, 415, 422}),
        (lambda: b"\0" * 1000, {400, 415, 422}),
        (lambda: b"%PDF-1.7", {415}),
        (lambda: b"PK\x03\x04 not really an archive", {400, 415}),
        (lambda: b"{" * 100_000, {400, 415, 422}),
        (lambda: b"x" * (33 * 1024 * 1024), {413}),
        (bomb, {413}),
        (lambda: b"\n" * 1_000_000, {400, 415, 422}),
    ],
    ids=["empty", "nul", "pdf", "broken archive", "braces", "33 MB", "bomb", "a million empty lines"],
)
@pytest.mark.parametrize("content_type", ["text/csv", "application/json", "application/zip", "multipart/form-data"])
def test_what_is_no_list_of_contacts_is_refused(api, make, statuses, content_type):
    if content_type == "multipart/form-data":
        answer = api.post(IMPORT, data={"file": (io.BytesIO(make()), "f.csv")})
    else:
        answer = send(api, make(), content_type)

    assert answer.status_code in statuses
    assert answer.content_type == "application/problem+json"
    assert len(answer.json["detail"]) > 20


def test_a_million_empty_lines_behind_a_header_are_nothing(api):
    assert counts(send(api, "Name,Email\n" + "\n" * 1_000_000 + "Ana,\n")) == (1, 1, 0, 0, 0)


def test_a_form_without_a_file_is_refused(api):
    assert api.post(IMPORT, data={"other": "x"}, content_type="multipart/form-data").status_code == 400


@pytest.mark.parametrize(
    "query", [{"on_duplicate": "erase"}, {"tie_to_me": "2"}, {"tie_to_me": "nan"}, {"dry_run": "maybe"}, {"x": "1"}]
)
def test_an_option_that_does_not_fit_is_refused(api, query):
    answer = send(api, CSV, **query)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == next(iter(query))


@pytest.mark.skipif(not SAMPLES, reason="the sample files are not beside this checkout")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_real_file_is_imported_once_and_the_second_time_nothing_changes(api, path):
    first = send(api, path.read_bytes(), "application/octet-stream")
    if path.name == "folkerkinzel_empty.vcf":
        assert first.status_code == 400
        return
    received, created, updated, unchanged, failed = counts(first)
    second = send(api, path.read_bytes(), "application/octet-stream")

    assert created + updated >= 1
    assert counts(second) == (received, 0, 0, created + updated + unchanged, failed)


def test_contacts_that_an_import_changed_are_answered_anew(api):
    send(api, "Name,Email,Title\nAna,ana@acme.example,\n")
    ana = next(item for item in api.get("/api/crm/contacts").json["items"] if not item["is_self"])
    assert api.get(f"/api/crm/contacts/{ana['id']}").json["title"] is None  # and cached

    send(api, "Name,Email,Title\nAna,ana@acme.example,CTO\n")

    assert api.get(f"/api/crm/contacts/{ana['id']}").json["title"] == "CTO"


class TestFurtherAddresses:
    """A contact is found by every address it has, whoever asks."""

    @pytest.fixture
    def ana(self, api):
        send(api, "Name,Email,Email 2\nAna Diaz,ana@acme.example,Ana.D@home.example\nBo Li,bo@bolt.example,\n")
        return next(item for item in api.get(CONTACTS).json["items"] if item["name"] == "Ana Diaz")

    def test_posting_a_contact_with_a_known_second_address_answers_who_has_it(self, api, ana):
        answer = api.post(CONTACTS, json={"name": "A. Diaz", "email": "ANA.D@home.example"})
        assert (answer.status_code, answer.json["id"]) == (200, ana["id"])
        answer = api.post(CONTACTS, json={"name": "Ana", "emails": ["new@x.example", "ana.d@home.example"]})
        assert (answer.status_code, answer.json["id"]) == (200, ana["id"])
        answer = api.post(CONTACTS, json={"name": "Luis Rey", "email": "ana.d@home.example"})
        assert (answer.status_code, answer.json["email"]) == (201, "ana.d@home.example")

    def test_interactions_ties_and_paths_go_by_a_second_address(self, api, ana):
        table = "email,kind,at\nana.d@home.example,meeting,2026-01-02T10:00:00Z\n"
        assert api.post(f"{CONTACTS}/interactions/import", data=table, content_type="text/csv").json["created"] == 1
        ties = "from_email,to_email,strength\nbo@bolt.example,ANA.D@home.example,0.9\n"
        assert api.post("/api/crm/graph/relationships/import", data=ties, content_type="text/csv").json["created"] == 1
        answer = api.get("/api/crm/graph/path", query_string={"to_email": "ana.d@HOME.example"})
        assert answer.json["paths"][0]["contacts"][-1]["id"] == ana["id"]
        assert api.get("/api/crm/graph/path", query_string={"to_email": "nobody@home.example"}).status_code == 404

    def test_an_address_that_several_share_and_none_has_first_means_nobody(self, api):
        send(
            api, "Name,Email,Email 2\nAna Diaz,ana@x.example,home@x.example\nLuis Diaz,luis@x.example,home@x.example\n"
        )
        table = "email,kind,at\nhome@x.example,meeting,2026-01-02T10:00:00Z\n"
        answer = api.post(f"{CONTACTS}/interactions/import", data=table, content_type="text/csv").json
        assert (answer["created"], answer["failed"]) == (0, 1)
        assert "several contacts have this address" in answer["errors"][0]["message"]


def test_linkedins_next_file_says_who_has_changed_jobs(api):
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    line = "Ana,Diaz,https://www.linkedin.com/in/ana-diaz,,{},01 Jan 2023\n"
    send(api, head + line.format("Acme,CTO"))
    answer = send(api, head + line.format("Newco,CEO")).json
    assert (answer["updated"], answer["kept"]) == (1, 2)
    assert [(notice["line"], notice["field"], notice["value"]) for notice in answer["notices"]] == [
        (2, "company", "Newco"),
        (2, "title", "CEO"),
    ]
    (ana,) = [c for c in api.get(CONTACTS).json["items"] if not c["is_self"]]
    assert (ana["company"], ana["title"]) == ("Newco", "CEO")
    assert sorted(value for key, value in ana["custom"].items() if "until" in key) == ["Acme", "CTO"]


CARD = "BEGIN:VCARD\nVERSION:3.0\nUID:9f1c2e7a-0001\nFN:{}\nEMAIL:{}\nTEL:{}\nEND:VCARD\n"


@pytest.mark.parametrize(
    ("card", "people"),
    [
        (("Karla Meier", "karla@home.example", "+34 600 100 200"), ["Mausi"]),  # renamed: the phone is still the same
        (("Mausi Meier", "karla@home.example", "+34 600 100 299"), ["Mausi"]),  # a name that can be the same
        (("Karl Ek", "karl@ek.example", "+46 70 333 44 55"), ["Karl Ek", "Mausi"]),
    ],
)
def test_a_record_id_under_another_name_is_the_same_contact_only_with_another_fact_in_common(api, card, people):
    send(api, CARD.format("Mausi", "m@x.example", "600100200"), "text/vcard")

    for _ in range(2):
        send(api, CARD.format(*card), "text/vcard")
        assert names(api) == people
    assert counts(send(api, CARD.format(*card), "text/vcard")) == (1, 0, 0, 1, 0)


@pytest.mark.parametrize(
    ("first", "second"), [("Иван Петров", "Борис Лоев"), ("王伟", "李娜"), ("علي حسن", "فاطمة حسن")]
)
def test_people_of_any_script_who_share_an_address_are_as_many(api, first, second):
    send(api, f"Name,Email\n{first},us@x.example\n{second},us@x.example\n")

    assert {*names(api)} == {first, second}
    assert counts(send(api, f"Name,Email\n{second},us@x.example\n{first},us@x.example\n")) == (2, 0, 0, 2, 0)
    answer = api.post(CONTACTS, json={"name": second, "email": "us@x.example"}, query_string={"on_conflict": "return"})
    assert answer.json["name"] == second


def test_many_contacts_are_changed_at_once_behind_a_single_one_in_one_connection(owner, user_id):
    people = "select :user_id, 'P' || n, 'p' || n || '@x.org', 'csv' from generate_series(1, 12000) n"
    owner.run(f"insert into crm.contacts (user_id, name, email, source) {people}", user_id=user_id)
    for title in ("a", "b"):
        owner.run(
            "update crm.contacts set title = :title where user_id = :user_id and name = 'P1'",
            title=title,
            user_id=user_id,
        )
    owner.run("set statement_timeout = '30s'")  # compared each with each, they take a minute
    try:
        owner.run("update crm.contacts set title = 'c' where user_id = :user_id", user_id=user_id)
    finally:
        owner.run("reset statement_timeout")
