"""Addresses of offices: they identify nobody, are nobody's first address, and stay among the addresses."""

from __future__ import annotations

import json
import uuid

import pytest

from shared.plumbing.postgres.migration_files import read_migrations

CONTACTS = "/api/crm/contacts"
TRIO = "Name,Email,Company\nAna Diaz,front9@acme.example,Acme\nBo Li,front9@acme.example,Acme\nCy Ray,front9@acme.example,Acme\n"


@pytest.fixture
def stranger(api):
    return api.as_user(f"{uuid.uuid4().hex}@example.com")


def send(api, data, content_type="text/csv", **query):
    answer = api.post(f"{CONTACTS}/import", data=data, content_type=content_type, query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json


def addresses(api):
    """Name -> first address, and all."""
    items = api.get(CONTACTS).json["items"]
    return {item["name"] or item["email"]: (item["email"], item["emails"]) for item in items if not item["is_self"]}


def rows(text):
    """A file for each row of a file."""
    header, *lines = text.splitlines()
    return [f"{header}\n{line}\n" for line in lines]


@pytest.mark.parametrize(
    ("file", "first"),
    [
        # a role's address, alone and beside one of the contact's own, in the first place too
        ("Name,Email,Company\nAna Diaz,info@acme.example,Acme\n", {"Ana Diaz": None}),
        ("Name,Email,Email 2\nAna Diaz,Ventas@acme.example,ana@acme.example\n", {"Ana Diaz": "ana@acme.example"}),
        ("Name,E-Mail\nJürgen Groß,büro@acme.example\nZoé Lé,service-client@acme.example\n", {"Jürgen Groß": None, "Zoé Lé": None}),
        # a column of the company's addresses
        ("Name,Office e-mail,Firma\nAna Diaz,acme@mail.example,Acme\nBo Li,acme@mail.example,Acme\n", {"Ana Diaz": None, "Bo Li": None}),
        ("氏名,会社メールアドレス\n佐藤花子,acme@mail.example\n鈴木一郎,acme@mail.example\n", {"佐藤花子": None, "鈴木一郎": None}),
        # which holds the addresses at work of those who are named so
        ("Name,Company Email\nAna Diaz,a.diaz@acme.example\nBo Li,bli@acme.example\n", {"Ana Diaz": "a.diaz@acme.example", "Bo Li": "bli@acme.example"}),
        # three people of one company
        (TRIO, {"Ana Diaz": None, "Bo Li": None, "Cy Ray": None}),
        # whose own address it is, if it is named so
        (TRIO.replace("front9", "ana.diaz"), {"Ana Diaz": "ana.diaz@acme.example", "Bo Li": None, "Cy Ray": None}),
        # a family, and three spellings of one person
        (TRIO.replace("front9@acme.example,Acme", "family@diaz.example,"), {"Ana Diaz": "family@diaz.example", "Bo Li": None, "Cy Ray": None}),
        (TRIO.replace("Bo Li", "A. Diaz").replace("Cy Ray", '"Diaz, Ana"'), {"Ana Diaz": "front9@acme.example"}),
        # the office itself, and people whose domain it is
        ("Name,Email,Company\n,info@acme.example,Acme\nAcme,kontakt@acme.example,Acme\nBolt GmbH,info@b.example,\nAcme Support,support@acme.example,\n",
            {"info@acme.example": "info@acme.example", "Acme": "kontakt@acme.example", "Bolt GmbH": "info@b.example", "Acme Support": "support@acme.example"}),
        ("Name,Email\nJane Baker,info@janebaker.example\nPeter Jones,mail@jones.example\nEmily Post,post@x.example\n",
            {"Jane Baker": "info@janebaker.example", "Peter Jones": "mail@jones.example", "Emily Post": "post@x.example"}),
        # an office without a name, and the people behind its address
        ("Name,Email,Company\n,info@acme.example,Acme\nAna Diaz,info@acme.example,Acme\n", {"info@acme.example": "info@acme.example", "Ana Diaz": None}),
    ],
)  # fmt: skip
def test_an_address_of_an_office_is_nobodys_first_one_in_one_file_and_row_by_row(api, stranger, file, first):
    answer = send(api, file)
    told = {(error["value"] or "").lower() for error in answer["errors"]}
    found = addresses(api)
    assert {name: email for name, (email, _) in found.items()} == first
    assert all(email or emails[0].lower() in told for email, emails in found.values())

    for row in rows(file):
        send(stranger, row)
    assert addresses(stranger) == found
    for each in (api, stranger):
        again = send(each, file)
        assert (again["created"], again["updated"]) == (0, 0)
        assert addresses(each) == found


def test_an_address_becomes_the_offices_with_the_third_of_its_people_and_the_first_loses_it(api):
    for row in rows(TRIO)[:2]:
        send(api, row)
    assert addresses(api)["Ana Diaz"][0] == "front9@acme.example"

    answer = send(api, rows(TRIO)[2].replace("front9", "FRONT9"))

    assert answer["errors"][0]["message"].startswith('is an address of three and more people of "Acme"')
    assert {email for email, _ in addresses(api).values()} == {None}
    assert addresses(api)["Ana Diaz"][1] == ["front9@acme.example"]


def test_a_json_key_of_the_company_names_its_address(api):
    people = [{"name": name, "companyEmail": "acme@mail.example"} for name in ("Ana Diaz", "Bo Li")]
    send(api, json.dumps(people), "application/json")
    assert addresses(api) == {name: (None, ["acme@mail.example"]) for name in ("Ana Diaz", "Bo Li")}


def test_single_contacts_follow_the_same_rules(api):
    def post(**fields):
        answer = api.post(CONTACTS, json=fields)
        return answer.status_code, (answer.json["name"], answer.json["email"], answer.json["emails"])

    info = "info@acme.example"
    assert post(name="Ana", email=info) == (201, ("Ana", None, [info]))
    assert post(name="Bo", email=info) == (201, ("Bo", None, [info]))
    assert post(name="Ana", email=info) == (200, ("Ana", None, [info]))
    assert post(email=info) == (201, ("", info, [info])), "the office itself"
    assert post(email=info) == (200, ("", info, [info]))
    assert post(name="Cy", emails=[info, "cy@acme.example"]) == (
        201,
        ("Cy", "cy@acme.example", ["cy@acme.example", info]),
    )

    desk = "front9@b.example"
    for name, own in (("Ann Wu", desk), ("Ben Poe", "ben@b.example"), ("Cleo Fox", "cleo@b.example")):
        assert post(name=name, email=own, emails=[own, desk], company="B")[0] == 201
    assert addresses(api)["Ann Wu"] == (None, [desk]), "three people have it now"
    assert post(name="Dan Hill", email=desk, company="B") == (201, ("Dan Hill", None, [desk]))


def test_a_contact_that_is_edited_keeps_its_own_address_first(api):
    made = api.post(CONTACTS, json={"name": "Ana Diaz", "email": "ana@acme.example"}).json
    path = f"{CONTACTS}/{made['id']}"

    def patch(**fields):
        answer = api.patch(path, json=fields)
        assert answer.status_code == 200, answer.text
        return answer.json["email"], answer.json["emails"]

    assert patch(emails=["info@acme.example", "ana@acme.example"]) == (
        "ana@acme.example",
        ["ana@acme.example", "info@acme.example"],
    )
    assert patch(email="office@acme.example") == (None, ["office@acme.example", "info@acme.example"])
    assert patch(email="ana@b.example") == (
        "ana@b.example",
        ["ana@b.example", "office@acme.example", "info@acme.example"],
    )
    assert patch(email=None) == (None, ["office@acme.example", "info@acme.example"])
    assert patch(name="Acme", company="Acme", email="info@acme.example")[0] == "info@acme.example", "the office itself"


def test_a_further_address_becomes_the_first_and_none_is_lost(api):
    made = api.post(
        CONTACTS, json={"name": "Ana Diaz", "emails": ["ana@a.example", "ana@b.example", "ana@c.example"]}
    ).json
    path = f"{CONTACTS}/{made['id']}"

    def patch(**fields):
        answer = api.patch(path, json=fields)
        return answer.status_code, answer.json.get("email"), answer.json.get("emails")

    assert patch(email="ANA@b.example") == (200, "ANA@b.example", ["ANA@b.example", "ana@a.example", "ana@c.example"])
    assert patch(email="ana@new.example") == (
        200,
        "ana@new.example",
        ["ana@new.example", "ana@a.example", "ana@c.example"],
    )
    assert patch(emails=["ana@c.example"]) == (200, "ana@c.example", ["ana@c.example"])
    assert patch(email="ana@a.example") == (200, "ana@a.example", ["ana@a.example"]), (
        "an address that was removed before"
    )
    assert patch(email="jose\u0301@x.example")[1] == "jos\u00e9@x.example"
    same = api.post(CONTACTS, json={"name": "Ana Diaz", "email": "jos\u00e9@x.example"})
    assert (same.status_code, same.json["id"]) == (200, made["id"])


def test_the_account_of_an_office_keeps_its_address(api):
    me = next(item for item in api.get(CONTACTS).json["items"] if item["is_self"])
    answer = api.patch(f"{CONTACTS}/{me['id']}", json={"name": "Jane Miller", "email": "info@bakery.example"})
    assert (answer.status_code, answer.json["email"]) == (200, "info@bakery.example")


def test_an_address_of_an_office_is_found_by_search_and_filter(api):
    send(api, "Name,Email,Company\nAna Diaz,info@acme.example,Acme\n")
    for query in ({"q": "info@acme.example"}, {"q": "@acme.example"}):
        found = api.get(f"{CONTACTS}/search", query_string=query).json["items"]
        assert [item["name"] for item in found] == ["Ana Diaz"]
    assert [item["name"] for item in api.get(CONTACTS, query_string={"email": "info@acme.example"}).json["items"]] == [
        "Ana Diaz"
    ]


def test_each_line_has_one_message_of_an_offices_address(api):
    trio = TRIO.replace("front9", "info")
    stated = TRIO.replace("Email", "Company Email").replace("front9", "desk").replace("acme.example", "b.example")
    further = "Name,Email,Email 2,Company\n" + "".join(
        f"{name},{name[:2].lower()}@c.example,front9@c.example,C\n" for name in ("Ann Wu", "Ben Poe", "Cleo Fox")
    )
    for file in (TRIO, trio, stated, further):
        assert [error["line"] for error in send(api, file)["errors"]] == [2, 3, 4]


def test_two_more_of_its_people_in_one_file_make_an_address_the_offices_as_two_files_do(api, stranger):
    header, *people = TRIO.splitlines(keepends=True)
    people.append("Dee Poe,front9@acme.example,Acme\n")
    send(api, header + "".join(people[:2]))
    send(api, header + "".join(people[2:]))
    for row in people:
        send(stranger, header + row)
    assert addresses(api) == addresses(stranger)
    assert {email for email, _ in addresses(api).values()} == {None}


def test_contacts_of_before_lose_an_offices_first_address_and_the_office_keeps_it(api, owner, user_id):
    before = {
        "Ana Diaz": ["info@acme.example", "ana@acme.example"],
        "Bo Li": ["sales@acme.example"],
        "Acme": ["office@acme.example"],
        "Bolt GmbH": ["info@bolt.example"],
        "Jane Baker": ["mail@janebaker.example"],
        "Cy Ray": ["cy@acme.example", "info@cy.example"],
    }
    for number, (name, emails) in enumerate(before.items()):
        made = api.post(CONTACTS, json={"name": name, "email": f"p{number}@x.example", "company": "Acme"}).json
        owner.run(
            "update crm.contacts set email = :email, emails = :emails where user_id = :user_id and id = :id",
            email=emails[0], emails=emails, user_id=user_id, id=made["id"],
        )  # fmt: skip
    file = next(each for each in read_migrations() if each.name.startswith("0240"))

    for _ in range(2):
        owner.run(file.sql)
        assert addresses(api) == {
            name: (None if name == "Bo Li" else emails[0], emails)
            for name, emails in (before | {"Ana Diaz": ["ana@acme.example", "info@acme.example"]}).items()
        }
