from __future__ import annotations

import csv
import io
import random
import uuid

import pytest

from shared.contacts.importing.file_kind import ContactFiles
from shared.edge.deps import deps
from shared.edge.jobs import make_kinds
from shared.imports import repository as imports
from shared.imports import work
from shared.jobs import repository, service
from shared.jobs.service import Jobs, resume
from tests.integration.imports.conftest import IMPORTS

HEADER = "Name,E-mail,Phone,Company,Title,Birthday,LinkedIn,Notes\n"
STRANGERS = (
    HEADER
    + "Ana Diaz,info@acme.com,,Acme,,,,\n"
    + "".join(f"Filler {number},f{number}@x.org,,,,,,\n" for number in range(9))
    + "Bo Li,info@acme.com,,Acme,,,,knows Ana\n"
    + "Bo Li,,,Acme,,,,\n"
    + "Ana Diaz,,,,Director,,,\n"
    + "Cem Oz,info@acme.com,,,,,in/cem-oz,\n"
)
LATE_DATE = (
    HEADER + "Ana,a@x.org,,,,03/04/1985,,\n" * 1 + "Bo,b@x.org,,,,04/03/1990,,\n" * 1 + "Cy,c@x.org,,,,25/12/1979,,\n"
)
SEPARATOR = "sep=;\nName;E-mail;Company\nAna;a@x.org;Acme, Inc.\nBo;b@x.org;\n"
CHAIN = (
    HEADER
    + "Ana Rao,a@a.example,,,,,,first\n"
    + "Zed,z@a.example,,,,,,\n"
    + "A. Rao,,,,Boss,,in/ana-rao,\n"
    + "Yan,y@a.example,,,,,,\n"
    + "Ana Rao,a@a.example,,,,,in/ana-rao,\n"
)
CARDS = "".join(
    f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL:{phone}\r\nEND:VCARD\r\n"
    for name, phone in [
        ("Ana", "+1 555 123456"),
        ("Bo", "555 1"),
        ("Ana", "+1 555 123456"),
        ("Ana", ""),
        ("Bo", "99 88 77"),
    ]
)
LINKEDIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ana,Diaz,https://www.linkedin.com/in/ana,a@x.org,Acme,CTO,01 Jan 2024\n"
    "Bo,Li,https://www.linkedin.com/in/bo,,Acme,CEO,02 Jan 2024\n"
    "Ana,Diaz,https://www.linkedin.com/in/ana2,a@x.org,,,03 Jan 2024\n"
)
LINKEDIN_BEFORE = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ana,Diaz,https://www.linkedin.com/in/ana,a@x.org,Acme,CTO,01 Jan 2024\n"
    "Cy,Rao,,,Acme,CEO,02 Jan 2024\n"
    "Dee,Oz,,d@x.org,Acme,Clerk,03 Jan 2024\n"
)
# The row that tells how new the list is stands last, and those without an address are merged behind the others.
LINKEDIN_AGAIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ana,Diaz,https://www.linkedin.com/in/ana,a@x.org,Newco,Chair,01 Jan 2024\n"
    "Cy,Rao,,,Acme,Chair,02 Jan 2024\n"
    "Dee,Oz,,d@x.org,Bolt,,03 Jan 2024\n"
    "Eve,Li,,e@x.org,Bolt,CFO,{day}\n"
)


def tangled(seed: int, rows: int = 40) -> str:
    """Few names, addresses, numbers and profiles in many rows: nearly every row has something in common with others."""
    draw = random.Random(seed)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER.strip().split(","))
    first, last = ["Ana", "Bo", "Bob", "Robert", "A."], ["Diaz", "Li", "Rao"]
    for _ in range(rows):
        writer.writerow(
            [
                f"{draw.choice(first)} {draw.choice(last)}" if draw.random() < 0.9 else "",
                draw.choice(["info@acme.com", *(f"p{number}@x.org" for number in range(12))])
                if draw.random() < 0.5
                else "",
                f"+1 555 {draw.randrange(1000, 1008)}00" if draw.random() < 0.3 else "",
                draw.choice(["", "Acme", "Globex"]),
                draw.choice(["", "CTO"]),
                draw.choice(["", "1980-01-02", "1990-05-06"]) if draw.random() < 0.2 else "",
                f"linkedin.com/in/p{draw.randrange(12)}" if draw.random() < 0.3 else "",
                draw.choice(["", "note", "other"]),
            ]
        )
    return text.getvalue()


OFFICES = """Name,Email,Company Email,Company
Ana Diaz,front9@acme.example,,Acme
Bo Li,p3@x.org,front9@acme.example,Acme
Cy Ray,front9@acme.example,,Acme
,info@acme.example,,Acme
Dee Poe,info@acme.example,,Acme
A. Diaz,,front9@acme.example,Acme
Dee Poe,info@bolt.example,,Acme
Eve Fox,sales@bolt.example,eve@bolt.example,Bolt
Eve Fox,eve@bolt.example,,
"""
BATCHES = (1, 7, 1000)
CORPUS = {
    "strangers on a shared address": STRANGERS,
    "a late row settles the dates": LATE_DATE,
    "a separator line": SEPARATOR,
    "a chain of keys": CHAIN,
    "cards": CARDS,
    "addresses of offices": OFFICES,
    "linkedin": LINKEDIN,
    "a newer list of linkedin": LINKEDIN_AGAIN.format(day="04 Feb 2025"),
    "an older list of linkedin": LINKEDIN_AGAIN.format(day="31 Feb 2023").replace("03 Jan 2024", "03 Jan 2020"),
    **{f"tangled {seed}": tangled(seed) for seed in range(2)},
}


def contacts_of(owner, user_id):
    rows = owner.run(
        """
        select to_jsonb(c) - '{id,no,user_id,created_at,updated_at,tsv}'::text[] ||
            jsonb_build_object('tie', (select r.strength from crm.relationships r join crm.contacts s on s.user_id = r.user_id and s.no = r.from_no
                where r.user_id = c.user_id and r.to_no = c.no and s.is_self))
        from crm.contacts c where c.user_id = :user_id and not c.is_self
        """,
        user_id=user_id,
    )
    return sorted((row for (row,) in rows), key=str)


@pytest.mark.parametrize("name", CORPUS)
def test_a_job_makes_the_same_contacts_as_one_request_with_any_number_of_rows_at_a_time(
    importing, another, owner, name
):
    data = CORPUS[name].encode()
    ways = [importing, *(another(f"{uuid.uuid4().hex}@example.com") for _ in BATCHES)]
    for each in ways:  # somebody is known already
        each.api.post("/api/crm/contacts", json={"name": "Bo Li", "email": "p3@x.org", "phones": ["+1 555 100200"]})
        each.api.post("/api/crm/contacts", json={"name": "Ana Diaz"})
        if "list of linkedin" in name:
            each.api.post("/api/crm/contacts/import", data=LINKEDIN_BEFORE, content_type="text/csv")
    wanted = importing.api.post("/api/crm/contacts/import", data=data, content_type="text/csv").json
    contacts = contacts_of(owner, importing.user_id)

    for each, batch_rows in zip(ways[1:], BATCHES, strict=True):
        each.batch_rows = batch_rows
        planned = each.plan(data)
        assert (planned["status"], planned["phase"]) == ("waiting", "plan")
        assert planned["plan"]["on_duplicate"] == ("newest" if "newer" in name else "update")
        done = each.start(planned["id"])

        assert contacts_of(owner, each.user_id) == contacts
        assert done["result"] | {"import_id": ""} == wanted | {"import_id": ""}
        assert [planned["counts"][word] for word in ("received", "new", "changed", "known", "refused")] == [
            wanted[word] for word in ("received", "created", "updated", "unchanged", "failed")
        ]


@pytest.mark.parametrize("name", [*CORPUS, *(f"more tangled {seed}" for seed in (1, 2))])
def test_what_becomes_of_rows_beyond_the_preview_is_counted_exactly_and_without_writing(
    importing, another, name, monkeypatch, owner
):
    data = (CORPUS.get(name) or tangled(int(name[-1]) + 100, 120)).encode()
    half = b"".join(data.splitlines(keepends=True)[::2])
    other = another(f"{uuid.uuid4().hex}@example.com")
    for each in (importing, other):
        each.api.post("/api/crm/contacts", json={"name": "Bo Li", "email": "p3@x.org", "phones": ["+1 555 100200"]})
        if name != "cards":
            each.api.post("/api/crm/contacts/import", data=half, content_type="text/csv")
    monkeypatch.setattr(work, "PREVIEW_ROWS", 0)

    for _ in range(2):  # as a file of which some is known, and of which everything is
        before = contacts_of(owner, importing.user_id)
        planned = importing.plan(data)
        assert contacts_of(owner, importing.user_id) == before
        wanted = other.api.post("/api/crm/contacts/import", data=data, content_type="text/csv").json
        assert [planned["counts"][word] for word in ("received", "new", "changed", "known", "refused")] == [
            wanted[word] for word in ("received", "created", "updated", "unchanged", "failed")
        ]
        importing.start(planned["id"])


@pytest.mark.parametrize(
    ("known", "row"),
    [
        ({"custom": {"LinkedIn": "https://www.linkedin.com/in/ana-d"}}, "Ana Diaz,,,,,,linkedin.com/in/ana-d,"),
        ({"emails": ["a@x.org", "ana@y.org"]}, "Ana Diaz,ana@y.org,,,,,,"),
        ({"phones": ["+1 (555) 010-2030"]}, "Ana Diaz,,555 010 2030,,,,,"),
    ],
)
def test_a_row_that_has_a_further_key_of_a_contact_is_counted_as_known(importing, known, row):
    importing.api.post("/api/crm/contacts", json={"name": "Ana Diaz", "email": "a@x.org"} | known)
    planned = importing.plan(f"{HEADER}{row}\nBo Li,bo@x.org,,,,,,\n".encode())
    result = importing.start(planned["id"])["result"]

    assert (planned["counts"]["new"], planned["counts"]["known"] + planned["counts"]["changed"]) == (1, 1)
    assert (result["created"], result["unchanged"] + result["updated"]) == (1, 1)


def test_rows_that_are_surely_known_are_counted_without_merging_them(importing, monkeypatch):
    people = "Name,E-mail,Title\n" + "".join(f"P{number} Quill,p{number}@x.org,\n" for number in range(9))
    importing.run(people.encode())
    merged = []
    real = ContactFiles.merge

    def merge(self, tx, batch, *more):
        merged.extend(batch.row_nos)
        return real(self, tx, batch, *more)

    monkeypatch.setattr(ContactFiles, "merge", merge)
    monkeypatch.setattr(work, "PREVIEW_ROWS", 4)

    changed = people.replace("p7@x.org,", "p7@x.org,CTO").replace("P6 Quill", "Zed Oz")
    planned = importing.plan(changed.encode())

    assert planned["counts"] == {"received": 9, "new": 1, "changed": 1, "known": 7, "refused": 0}
    assert merged == [1, 2, 3, 4, 7], "those of the preview, and one with an address that stands under another name"


def test_the_plan_says_whether_a_list_of_linkedin_is_newer_and_the_user_may_choose_otherwise(importing, owner):
    importing.api.post("/api/crm/contacts/import", data=LINKEDIN_BEFORE, content_type="text/csv")
    planned = importing.plan(LINKEDIN_AGAIN.format(day="04 Feb 2025").encode())
    assert planned["plan"]["on_duplicate"] == "newest"
    assert next(doubt["message"] for doubt in planned["doubts"] if doubt["kind"] == "on_duplicate").startswith(
        'the latest "Connected On" of this list is 2025-02-04'
    )

    done = importing.start(planned["id"], plan=planned["plan"] | {"on_duplicate": "update"})

    ana = next(contact for contact in contacts_of(owner, importing.user_id) if contact["email"] == "a@x.org")
    assert (ana["company"], ana["title"]) == ("Acme", "CTO")
    assert done["result"]["kept"] == len(done["result"]["notices"]) == 4


def test_a_newer_list_of_linkedin_replaces_no_job_that_was_written_by_hand(importing, owner):
    importing.api.post("/api/crm/contacts/import", data=LINKEDIN_BEFORE, content_type="text/csv")
    ids = {item["name"]: item["id"] for item in importing.api.get("/api/crm/contacts").json["items"]}
    importing.api.patch(f"/api/crm/contacts/{ids['Ana Diaz']}", json={"title": "Interim chief"})
    importing.api.patch(f"/api/crm/contacts/{ids['Dee Oz']}", json={"location": "Oslo"})
    importing.api.post("/api/crm/contacts", json={"name": "Eve Li", "email": "e@x.org", "company": "Home"})

    done = importing.run(LINKEDIN_AGAIN.format(day="04 Feb 2025").encode())

    jobs = {each["name"]: (each["company"], each["title"]) for each in contacts_of(owner, importing.user_id)}
    assert jobs == {
        "Ana Diaz": ("Acme", "Interim chief"), "Cy Rao": ("Acme", "Chair"), "Dee Oz": ("Bolt", "Clerk"), "Eve Li": ("Home", "CFO"),
    }  # fmt: skip
    (ana,) = [each for each in contacts_of(owner, importing.user_id) if each["name"] == "Ana Diaz"]
    assert {key.split(" (")[0]: value for key, value in ana["custom"].items() if "LinkedIn, " in key} == {
        "Company": "Newco", "Title": "Chair",
    }  # fmt: skip
    own = [
        (notice["line"], notice["field"])
        for notice in done["result"]["notices"]
        if "you wrote yourself" in notice["message"]
    ]
    assert own == [(2, "company"), (2, "title"), (5, "company")]
    assert importing.run(LINKEDIN_AGAIN.format(day="04 Feb 2025").encode())["result"]["unchanged"] == 4


def test_a_worker_that_is_killed_at_any_moment_loses_and_doubles_nothing(importing, another, owner, monkeypatch):
    data = tangled(9, 40).encode()
    other = another(f"{uuid.uuid4().hex}@example.com")
    other.run(data)
    importing.batch_rows = 3
    import_id = importing.send(data, start=True)
    importing.get(import_id)
    steps = 0

    class Killed(BaseException):
        pass

    def save(*arguments, **named):
        nonlocal steps
        steps += 1
        if steps % 2:
            raise Killed  # the work of this step is done and not committed
        return real(*arguments, **named)

    real = repository.save
    monkeypatch.setattr(repository, "save", save)
    monkeypatch.setattr(service, "LEASE_S", 0)
    for _ in range(400):
        try:
            importing.work(import_id)
        except Killed:
            continue
        if importing.get(import_id)["status"] == "done":
            break

    assert steps > 20
    assert importing.get(import_id)["status"] == "done"
    assert contacts_of(owner, importing.user_id) == contacts_of(owner, other.user_id)
    assert owner.run("select count(*) from crm.import_rows where import_id = :id", id=import_id) == [[0]]


def test_an_import_that_is_cancelled_stops_and_keeps_what_was_merged(importing, owner):
    importing.batch_rows = 2
    planned = importing.plan(("Name,E-mail\n" + "".join(f"P{n},p{n}@x.org\n" for n in range(10))).encode())
    importing.api.post(f"{IMPORTS}/{planned['id']}/start", json={})
    clock = iter(range(0, 100_000, 1_000))
    one_step = Jobs(deps().database, make_kinds(deps(), batch_rows=2), clock=lambda: next(clock))
    half = importing.work(planned["id"], one_step)
    assert (half["status"], half["phase"], half["progress"]) == ("running", "merge", {"done": 2, "total": 10})

    assert importing.api.delete(f"{IMPORTS}/{planned['id']}").status_code == 204

    assert importing.work(planned["id"])["status"] == "cancelled"
    assert len(contacts_of(owner, importing.user_id)) == 2


def test_corrections_of_the_plan_hold_for_the_whole_file(importing, owner):
    data = b'Name,E-mail,Birthday,Firma\n"Diaz, Ana",a@x.org,03/04/1985,Acme\n"Li, Bo",b@x.org,,Globex\n"Rao, Cy",c@x.org,,\n'
    planned = importing.plan(data)
    assert planned["plan"]["date_order"] == "month_first"
    assert planned["plan"]["name_order"] == "family_first"
    assert {doubt["kind"] for doubt in planned["doubts"]} >= {"date_order", "name_order"}
    corrected = planned["plan"] | {
        "date_order": "day_first",
        "name_order": "given_first",
        "mapping": planned["plan"]["mapping"] | {"Firma": "custom"},
        "tags": ["fair"],
    }

    again = importing.start(planned["id"], plan=corrected, preview=True)
    assert [row["contact"]["birthday"] for row in again["preview"]] == ["1985-04-03", None, None]
    assert (again["plan"]["mapping"]["Firma"], again["phase"]) == ("custom", "plan")
    importing.start(planned["id"])

    ana = next(contact for contact in contacts_of(owner, importing.user_id) if contact["email"] == "a@x.org")
    assert (ana["name"], ana["birthday"], ana["custom"], ana["tags"]) == (
        "Diaz, Ana",
        "1985-04-03",
        {"Firma": "Acme"},
        ["fair"],
    )


def test_all_batches_of_an_import_are_one_operation_of_the_journal(importing, owner):
    importing.batch_rows = 1

    done = importing.run(b"Name,E-mail\nAna,a@x.org\nBo,b@x.org\nCy,c@x.org\n")

    found = owner.run(
        "select id, kind, contacts_created from crm.operations where user_id = :u and kind = 'import_contacts'",
        u=importing.user_id,
    )
    assert found == [[uuid.UUID(done["id"]), "import_contacts", 3]]


def test_the_preview_shows_contacts_as_they_will_be(importing):
    importing.api.post("/api/crm/contacts", json={"name": "Ana Diaz", "email": "a@x.org", "company": "Acme"})

    planned = importing.plan(
        b"Name,E-mail,Company,Title\nAna Diaz,a@x.org,Other,CTO\nBo Li,b@x.org,,\n,not an address,,\nAna Diaz,a@x.org,,\n"
    )

    shown = [
        (row["line"], row["outcome"], row.get("contact") and row["contact"]["company"]) for row in planned["preview"]
    ]
    assert shown == [(2, "changed", "Acme"), (3, "new", None), (4, "refused", None), (5, "known", "Acme")]
    assert planned["preview"][0]["contact"]["title"] == "CTO"


def test_refused_rows_come_back_as_a_file_that_can_be_mended_and_sent_again(importing, owner):
    done = importing.run(b"Name,E-mail,City\nAna,a@x.org,Berlin\n,broken address,Rome\n")
    assert done["result"]["failed"] == 1

    text = importing.api.get(f"{IMPORTS}/{done['id']}/refused").data.decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text))
    assert header[:3] == ["Name", "E-mail", "City"]
    assert row[:3] == ["", "broken address", "Rome"]
    assert row[4] == "3"

    assert importing.run(text.replace("broken address", "bo@x.org").encode())["result"]["created"] == 1
    bo = next(contact for contact in contacts_of(owner, importing.user_id) if contact["email"] == "bo@x.org")
    assert (bo["location"], bo["custom"]) == ("Rome", {})


@pytest.mark.parametrize("batch_rows", [1, 1000])
def test_ties_and_interactions_are_imported_as_jobs(importing, owner, batch_rows):
    importing.batch_rows = batch_rows
    importing.run(b"Name,E-mail\nAna,a@x.org\nBo,b@x.org\n")
    ties = importing.run(
        b"from_email,to_email,strength\na@x.org,b@x.org,0.4\nb@x.org,a@x.org,0.6\na@x.org,nobody@x.org,1\na@x.org,b@x.org,9\n",
        kind="ties",
    )
    met = importing.run(
        b"email,kind,at\na@x.org,call,2025-01-01\na@x.org,call,2025-01-01\nx@x.org,call,2025-01-01\n",
        kind="interactions",
    )

    assert {name: ties["result"][name] for name in ("created", "unchanged", "failed", "received")} == {
        "created": 1, "unchanged": 1, "failed": 2, "received": 4,
    }  # fmt: skip
    assert [error["line"] for error in ties["result"]["errors"]] == [4, 5]
    strengths = owner.run(
        "select distinct strength from crm.relationships where user_id = :u and fades_from_s is null",
        u=importing.user_id,
    )
    assert [round(value, 2) for (value,) in strengths] == [0.6]
    assert (met["result"]["created"], met["result"]["unchanged"], met["result"]["failed"]) == (1, 1, 1)
    assert "nobody@x.org" in importing.api.get(f"{IMPORTS}/{ties['id']}/refused").text


def test_a_file_that_is_no_list_fails_the_import_with_a_reason(importing):
    failed = importing.plan(b"%PDF-1.7 ...", filename="cv.pdf")

    assert (failed["status"], failed["problem"]["code"]) == ("failed", "unsupported_format")
    assert importing.api.post(f"{IMPORTS}/{failed['id']}/start", json={}).status_code == 409


def test_columns_that_nobody_knows_are_shown_to_be_named(importing):
    planned = importing.plan(b"Ana Diaz,Berlin\nBo Li,Rom\n")

    assert (planned["status"], planned["counts"]["refused"]) == ("waiting", 2)
    assert "no column was recognised" in planned["doubts"][0]["message"]
    assert [row["cells"] for row in planned["preview"]] == [["Ana Diaz", "Berlin"], ["Bo Li", "Rom"]]

    first, second = planned["plan"]["columns"]
    done = importing.start(planned["id"], plan={"mapping": {first: "name", second: "location"}})
    assert done["result"]["created"] == 2


def test_another_user_sees_nothing_of_an_import(importing, another):
    planned = importing.plan(b"Name,E-mail\nAna,a@x.org\n")
    stranger = another(f"{uuid.uuid4().hex}@example.com").api

    path = f"{IMPORTS}/{planned['id']}"
    assert [
        stranger.get(path).status_code, stranger.delete(path).status_code, stranger.get(f"{path}/refused").status_code,
        stranger.post(f"{path}/start", json={}).status_code, stranger.get(f"/api/crm/jobs/{planned['id']}").status_code,
    ] == [404] * 5  # fmt: skip
    assert stranger.get(IMPORTS).json == {"items": [], "next_cursor": None}


def test_past_imports_are_listed_the_latest_first(importing):
    ids = [importing.run(b"Name,E-mail\nAna,a@x.org\n")["id"] for _ in range(3)]

    first = importing.api.get(f"{IMPORTS}?limit=2").json
    second = importing.api.get(f"{IMPORTS}?limit=2&cursor={first['next_cursor']}").json

    assert [item["id"] for item in first["items"] + second["items"]] == ids[::-1]
    assert second["next_cursor"] is None
    assert first["items"][0]["result"]["unchanged"] == 1


def test_the_schedule_goes_on_with_what_a_dead_worker_left(importing, owner):
    import_id = importing.send(b"Name,E-mail\nAna,a@x.org\n", start=True)
    importing.get(import_id)
    owner.run("delete from crm.outbox where topic = 'jobs'")
    owner.run("update crm.jobs set updated_at = now() - interval '1 hour' where id = :id", id=import_id)
    assert resume(deps().database, 100) >= 1

    assert owner.run("select count(*) from crm.outbox where data->>'job_id' = :id", id=import_id) == [[1]]


def test_a_plan_that_nobody_comes_back_for_expires_with_its_rows(importing, owner):
    planned = importing.plan(b"Name,E-mail\nAna,a@x.org\n")
    owner.run("update crm.jobs set expires_at = now() - interval '1 second' where id = :id", id=planned["id"])
    with deps().database.transaction(None) as tx:
        repository.expire(tx, 1000)
        imports.remove_left(tx, 1000)

    assert importing.get(planned["id"])["problem"]["code"] == "expired"
    assert owner.run("select count(*) from crm.import_rows where import_id = :id", id=planned["id"]) == [[0]]


def test_a_first_address_that_another_contact_has_is_no_first_address_of_a_contact_known_by_its_profile(importing):
    """Each address and profile stands under several names, in another order in the first file than in the second."""
    data = tangled(100, 120).encode()
    half = b"".join(data.splitlines(keepends=True)[::2])
    importing.api.post("/api/crm/contacts", json={"name": "Bo Li", "email": "p3@x.org", "phones": ["+1 555 100200"]})

    for file in (half, data):
        answer = importing.api.post("/api/crm/contacts/import", data=file, content_type="text/csv")
        assert answer.status_code == 200, answer.json


@pytest.mark.parametrize("seed", [100, 148, 156, *(pytest.param(n, marks=pytest.mark.slow) for n in range(101, 148))])
def test_the_same_file_again_creates_nothing_however_its_rows_hang_together(api, seed):
    """Whom a row means depends on the rows beside it, and half of the file came before."""
    lines = tangled(seed, rows=120).splitlines(keepends=True)

    def created(*rows: str) -> int:
        answer = api.post("/api/crm/contacts/import", data="".join(rows).encode(), headers={"Content-Type": "text/csv"})
        return int(answer.json["created"])

    assert created(*lines[:61]) > 0
    created(*lines)
    assert [created(*lines), created(*lines)] == [0, 0]


def test_a_row_leads_to_the_contact_that_it_became_after_edits_and_merges_until_that_is_deleted(api, owner, user_id):
    file = b"Name,Company,Phone\nAna Diaz,Acme,+1 555 300 4001\nBo Li,Bolt,\n"

    def imported() -> dict[str, int]:
        answer = api.post("/api/crm/contacts/import", data=file, headers={"Content-Type": "text/csv"}).json
        return {name: answer[name] for name in ("created", "unchanged")}

    assert imported()["created"] == 2
    ana, bo = (
        item["id"]
        for item in api.get("/api/crm/contacts?fields=id,name&sort=name&tag_mode=none").json["items"]
        if item["name"] in {"Ana Diaz", "Bo Li"}
    )
    api.patch(f"/api/crm/contacts/{ana}", json={"name": "Anna Rao", "company": "Globex", "phones": ["+1 555 999 0000"]})
    assert imported()["created"] == 0
    kept = api.post("/api/crm/contacts", json={"name": "Bo Li", "email": "bo@x.example"}).json["id"]
    api.post("/api/crm/contacts/merge", json={"ids": [kept, bo]})
    api.patch(f"/api/crm/contacts/{kept}", json={"name": "Robert Lee", "company": "Elsewhere"})
    assert imported()["created"] == 0
    api.delete(f"/api/crm/contacts/{ana}")
    assert imported()["created"] == 1
    assert owner.run("select count(*) from crm.imported_rows where user_id = :u", u=user_id) == [[2]]
