"""JSON of other programs, whole and broken."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.errors import CrmError, UnsupportedFormat, ValidationFailed
from tests.unit.contacts.reading import facts, read

ANA = {"name": "Ana Diaz", "email": "ana@x.org", "emails": ["ana@x.org"]}


@pytest.mark.parametrize(
    "text",
    [
        '[{"name": "Ana Diaz", "email": "ana@x.org"}]',
        '{"items": [{"name": "Ana Diaz", "email": "ana@x.org"}], "next": null}',
        '{"total": 1, "contacts": [{"firstName": "Ana", "lastName": "Diaz", "emails": ["ana@x.org"]}]}',
        '{"name": "Ana Diaz", "email": "ana@x.org"}',
        '\ufeff\n{"full_name": "Ana Diaz", "E-Mail": "ana@x.org"}\n',
        '{"connections": [{"names": [{"givenName": "Ana", "familyName": "Diaz"}], "emailAddresses": [{"value": "ana@x.org", "type": "work"}]}]}',
        '{"value": [{"displayName": "Ana Diaz", "emailAddresses": [{"address": "ana@x.org"}]}]}',
    ],
)
def test_the_same_contact_is_read_from_any_shape(text: str) -> None:
    got = read(text)
    assert (got.file.format, got.errors) == ("json", [])
    assert facts(got.only) == ANA


def test_a_google_person_is_taken_apart() -> None:
    person = {
        "resourceName": "people/c1", "names": [{"displayName": "Ana Diaz"}], "phoneNumbers": [{"value": "+1 555 1234", "type": "mobile"}],
        "organizations": [{"name": "Acme", "title": "CTO"}], "birthdays": [{"date": {"year": 1985, "month": 3, "day": 14}}],
        "addresses": [{"streetAddress": "1 Main", "city": "Austin", "country": "USA"}], "urls": [{"value": "https://linkedin.com/in/ana"}],
    }  # fmt: skip
    assert facts(read(json.dumps([person])).only) == {
        "name": "Ana Diaz", "phones": ["+1 555 1234"], "company": "Acme", "title": "CTO", "birthday": "1985-03-14", "location": "Austin, USA",
        "linkedin_url": "https://www.linkedin.com/in/ana", "linkedin_slug": "ana",
        "custom": {"resourceName": "people/c1", "address": "1 Main, Austin, USA"},
    }  # fmt: skip


def test_what_no_field_takes_is_kept_and_numbers_stay_as_written() -> None:
    item = {
        "name": "Ana",
        "id": 12345678901234567890,
        "phone": 491234567,
        "vip": True,
        "score": 1.50,
        "social": {"mastodon": "@ana"},
        "empty": None,
        "none": [],
    }
    contact = read(json.dumps([item]).replace("1.5", "1.50")).only
    assert contact.phones == ["491234567"]
    assert contact.custom == {"id": "12345678901234567890", "vip": "true", "score": "1.50", "social.mastodon": "@ana"}


def test_an_object_a_line_is_read_and_a_broken_line_costs_itself_alone() -> None:
    got = read('{"name": "Ana"}\n{"name": "Bo"\n{"name": "Cy"}\nnonsense\n{"name": "Di"}\n')
    assert [(each.line, each.name) for each in got.contacts] == [(1, "Ana"), (3, "Cy"), (5, "Di")]
    assert [error.line for error in got.errors] == [2, 4]
    assert all(error.lost for error in got.errors)


def test_a_list_cut_off_keeps_what_came_before_and_says_so() -> None:
    got = read('[\n{"name": "Ana"},\n{"name": "Bo", "ema')
    assert got.names == ["Ana"]
    assert [(error.line, error.lost) for error in got.errors] == [(3, True)]
    assert "everything after it was left out" in got.errors[0].message


def test_lines_are_counted_over_large_files() -> None:
    items = ",\n".join(json.dumps({"name": f"P{number}", "notes": "x\n" * 50}) for number in range(9000))
    got = read(f"[\n{items}\n]")
    assert got.errors == []
    assert [each.line for each in got.contacts] == list(range(2, 9002))


@pytest.mark.parametrize(
    ("item", "field"),
    [({"x": 1}, None), (5, None), ({"email": "nobody"}, "email"), ({"name": "A\0"}, None), ({}, None)],
)
def test_an_item_that_is_nobody_is_an_error_and_the_next_is_read(item: Any, field: str | None) -> None:
    got = read(json.dumps([item, {"name": "Bo"}]))
    assert got.names == ["Bo"]
    assert [(error.field, error.lost) for error in got.errors] == ([] if item == {} else [(field, True)])


def test_half_a_character_is_replaced() -> None:
    assert read('[{"name": "A\\ud83d", "tags": ["\\ud83d"]}]').only.name == "A?"


@pytest.mark.parametrize("text", ["[1, 2]", "[" * 100_000, '{"a":' * 100_000, "[{", '["a"'])
def test_json_without_contacts_is_refused(text: str) -> None:
    with pytest.raises(UnsupportedFormat, match="no contacts"):
        read(text)


def test_a_mapping_names_keys() -> None:
    assert read('[{"kunde": "Ana"}]', mapping={"kunde": "name"}).names == ["Ana"]
    with pytest.raises(ValidationFailed, match="kundin"):
        read('[{"kunde": "Ana"}]', mapping={"kundin": "name"})


def test_a_table_that_begins_with_a_bracket_is_no_json() -> None:
    assert read("[Export] contacts,,\nName,Email\nAna,ana@x.org\n").names == ["Ana"]


def test_people_in_a_list_within_the_file_are_a_contact_each() -> None:
    telegram = {
        "about": "Here is the data you requested.",
        "contacts": {"about": "Your contacts", "list": [{"first_name": "Ana", "last_name": "Diaz", "phone_number": "0034600100200"}, {"first_name": "Bo"}]},
        "frequent_contacts": {"list": [{"type": "user", "name": "Ana"}]},
    }  # fmt: skip
    friends = {"friends_v2": [{"name": "Ana Diaz", "timestamp": 1574516581}, {"name": "Bo", "timestamp": 1574516582}]}
    assert read(json.dumps(telegram)).names == read(json.dumps(friends)).names == ["Ana Diaz", "Bo"]
    assert read(json.dumps(telegram)).contacts[0].phones == ["0034600100200"]


def test_somebody_with_people_about_them_is_one_contact() -> None:
    person = {"name": "Ana", "reports": [{"name": "Bo"}, {"name": "Cy"}]}
    google = {
        "names": [{"displayName": "Ana"}, {"displayName": "Anita"}],
        "emailAddresses": [{"value": "ana@x.org"}, {"value": "ana@y.org"}],
    }
    assert [read(json.dumps(each)).names for each in (person, google)] == [["Ana"], ["Ana"]]


def test_text_that_was_decoded_wrongly_is_mended() -> None:
    text = json.dumps(
        [{"name": "Zo\u00c3\u00ab \u00d0\u0090\u00d0\u00bd\u00d0\u00bd\u00d0\u00b0", "company": "Gar\u00e7on"}]
    )
    assert (read(text).only.name, read(text).only.company) == ("Zoë Анна", "Garçon")


BOSS = {"Name": "Big Boss", "email": "boss@y.org", "phone": "+1 555 9999", "linkedin": "https://linkedin.com/in/boss"}
NOTION = {
    "Who": {"id": "title", "type": "title", "title": [{"plain_text": "Ana "}, {"plain_text": "Diaz"}]},
    "Mail": {"id": "a", "type": "email", "email": "ana@x.org"},
    "Company": {"id": "b", "type": "rich_text", "rich_text": [{"plain_text": "Acme"}]},
    "Owner": {"id": "c", "type": "people", "people": [{"name": "Big Boss", "person": {"email": "boss@y.org"}}]},
    "Created by": {
        "id": "d",
        "type": "created_by",
        "created_by": {"name": "Big Boss", "person": {"email": "boss@y.org"}},
    },
    "Job title": {"id": "e", "type": "select", "select": {"name": "CTO"}},
}


@pytest.mark.parametrize(
    "item",
    [
        {"owner_id": BOSS, "name": "Ana Diaz", "email": [{"value": "ana@x.org", "label": "work"}], "org_id": {"name": "Acme", "cc_email": "x@y.org", "value": 3}, "job_title": "CTO", "owner_name": "Big Boss"},
        {"attributes": {"type": "Contact", "url": "/x"}, "Account": {"Name": "Acme", "Owner": BOSS, "Phone": "+1 555 1"}, "ReportsTo": BOSS, "CreatedBy": BOSS, "FirstName": "Ana", "LastName": "Diaz", "Email": "ana@x.org", "Title": "CTO"},
        {"manager": BOSS, "displayName": "Ana Diaz", "emailAddresses": [{"name": "Ana D.", "address": "ana@x.org"}], "companyName": "Acme", "jobTitle": "CTO"},
        {"createdBy": BOSS, "name": {"firstName": "Ana", "lastName": "Diaz"}, "emails": {"primaryEmail": "ana@x.org", "additionalEmails": None}, "company": {"name": "Acme", "accountOwner": BOSS}, "jobTitle": "CTO"},
        {"id": "5", "owner": BOSS, "propertiesWithHistory": {"email": [{"value": "old@x.org"}]}, "properties": {"firstname": "Ana", "lastname": "Diaz", "email": "ana@x.org", "company": "Acme", "jobtitle": "CTO"}},
        {"id": "rec1", "fields": {"Created By": BOSS, "Name": "Ana Diaz", "Email": "ana@x.org", "Company": ["recAAAAAAAAAAAAAA"], "Name (from Company)": ["Acme"], "Position": "CTO"}},
        {"fields": {"Name": "Ana Diaz", "Email": "ana@x.org", "Company": ["recAAAAAAAAAAAAAA"], "Organisation (from Companies)": ["Acme"], "Position": "CTO"}},
        {"object": "page", "created_by": BOSS, "properties": NOTION, "url": "https://www.notion.so/x"},
        {"display_name": "Acme, Ana Diaz", "email": "ana@x.org", "mobile": False, "linkedin": True, "comment": False, "title": [3, "Mister"], "function": "CTO", "parent_id": [7, "Acme"], "company_id": [1, "Bookkeepers"], "user_id": [2, "Big Boss"], "name": "Ana Diaz"},
        {"cursor": "x", "node": {"assistant": BOSS, "fullName": "Ana Diaz", "email": "ana@x.org", "employer": "Acme", "title": "CTO"}},
        {"values": {"created_by": [BOSS], "name": [{"full_name": "Ana Diaz"}], "email_addresses": [{"email_address": "ana@x.org"}], "company": [{"value": "Acme"}], "job_title": [{"value": "CTO"}]}},
        {"contact": {"email": "ana@x.org"}, "supervisor": BOSS, "name": "Ana Diaz", "organisation": BOSS | {"Name": "Acme"}, "role": "CTO"},
    ],
)  # fmt: skip
def test_only_a_contact_s_own_values_are_the_contact_s(item: dict[str, Any]) -> None:
    got = read(json.dumps({"results": [item, {"name": "Bo"}]}))
    contact = got.contacts[0]
    assert got.errors == []
    assert (contact.name, contact.emails, contact.phones, contact.linkedin_slug) == (
        "Ana Diaz",
        ["ana@x.org"],
        [],
        None,
    )
    assert (contact.company, contact.title) == ("Acme", "CTO")
    assert "Big Boss" in str(contact.custom) or "boss" not in json.dumps(item)


@pytest.mark.parametrize(
    "file",
    [
        {"data": {"people": {"edges": [{"node": {"name": "Ana"}}, {"node": {"name": "Bo"}}]}}},
        {"contacts": {"-Na": {"name": "Ana"}, "-Nb": {"name": "Bo"}}},
        {"companies": [{"name": "X"}, {"name": "Y"}, {"name": "Z"}], "users": [BOSS, BOSS, BOSS], "people": [{"name": "Ana"}, {"name": "Bo"}]},
        {"export": {"deals": [{"name": "Big", "owner": BOSS}] * 3, "contacts": [{"name": "Ana"}, {"name": "Bo"}]}},
        {"accounts": [{"name": "Acme", "phone": "1234567", "contacts": [{"name": "Ana"}]}, {"name": "Bolt", "contacts": [{"name": "Bo"}]}]},
        {"response": {"result": {"contact": [{"name": "Ana"}]}, "more": [{"x": 1}]}, "contacts": [{"name": "Ana"}, {"name": "Bo"}]},
    ],
)  # fmt: skip
def test_people_are_found_where_they_stand_and_nobody_beside_them(file: dict[str, Any]) -> None:
    assert read(json.dumps(file)).names == ["Ana", "Bo"]


def test_the_people_of_a_company_are_of_that_company() -> None:
    got = read(
        json.dumps(
            [{"name": "Acme", "domain": "acme.org", "employees": [{"name": "Ana"}, {"name": "Bo", "company": "Bolt"}]}]
        )
    )
    assert [(each.name, each.company) for each in got.contacts] == [("Ana", "Acme"), ("Bo", "Bolt")]
    assert got.contacts[0].custom == {"company.domain": "acme.org"}


def test_false_for_a_record_that_is_not_there_is_nothing() -> None:
    contact = read(
        json.dumps(
            [
                {
                    "name": "Ana",
                    "parent_id": False,
                    "user_id": False,
                    "phone": False,
                    "country_id": [68, "Spain"],
                    "vip": False,
                }
            ]
        )
    ).only
    assert facts(contact) == {"name": "Ana", "location": "Spain", "custom": {"vip": "false"}}


def test_further_values_of_a_field_are_kept() -> None:
    item = {
        "name": "Ana",
        "last_name": "Diaz",
        "account": "Old",
        "company": "Acme",
        "notes": "a",
        "comment": "b",
        "addresses": [{"city": "Oslo"}, {"city": "Rome"}],
    }
    contact = read(json.dumps([item])).only
    assert (contact.name, contact.company, contact.notes, contact.location) == ("Ana", "Acme", "a", "Oslo")
    assert contact.custom == {"account": "Old", "comment": "b", "last_name": "Diaz", "address": "Rome"}


def test_an_account_of_monica_is_its_people_with_what_stands_beside_them() -> None:
    def of(kind: str, *found: dict[str, Any]) -> dict[str, Any]:
        return {
            "count": len(found),
            "type": kind,
            "values": [{"uuid": f"{kind}{place}", "properties": each} for place, each in enumerate(found)],
        }

    people = of(
        "contact",
        {"first_name": "Ana", "last_name": "Diaz", "job": "CTO", "company": "Acme", "tags": ["vip"], "is_partial": False, "number_of_views": 3,
         "birthdate": {"uuid": "d", "properties": {"date": "1985-04-12T00:00:00Z", "is_year_unknown": True}}, "first_met_through": "contact1", "gender": "g1"},
        {"first_name": "Bo", "is_partial": False, "birthdate": {"is_age_based": True, "date": "1990-01-01"}},
        {"first_name": "Mia", "is_partial": True},
    )  # fmt: skip
    people["values"][0]["data"] = [
        of("contact_field", {"data": "ana@x.org", "type": "t1"}, {"data": "+34 600 100 200", "type": "t2"}, {"data": "@ana", "type": "t3"}),
        of("note", {"body": "Met at fair"}, {"body": "Likes tea"}), of("address", {"street": "1 Main", "city": "Oslo"}), of("pet", {"name": "Rex", "category": "dog"}),
    ]  # fmt: skip
    account = {
        "data": [people, of("relationship", {"type": "child", "contact_is": "contact0", "of_contact": "contact2"})],
        "properties": {
            "contact_field_types": [{"uuid": "t2", "properties": {"name": "Phone", "protocol": "tel:"}}, {"uuid": "t3", "properties": {"name": "Mastodon"}}],
            "genders": [{"uuid": "g1", "properties": {"name": "Woman"}}],
        },
    }  # fmt: skip
    got = read(json.dumps({"version": "1.0-preview.1", "account": account}))
    assert (got.names, got.errors) == (["Ana Diaz", "Bo"], [])
    assert facts(got.contacts[0]) == {
        "name": "Ana Diaz", "email": "ana@x.org", "emails": ["ana@x.org"], "phones": ["+34 600 100 200"], "company": "Acme", "title": "CTO",
        "location": "Oslo", "birthday": "--04-12", "notes": "Met at fair\n\nLikes tea", "tags": ["vip"], "source_uid": "uuid:contact0",
        "custom": {"uuid": "contact0", "First met through": "Bo", "Gender": "Woman", "Mastodon": "@ana", "Pet": "Rex; dog", "Relationships": "child: Mia", "address": "1 Main, Oslo"},
    }  # fmt: skip


JSCONTACT = {
    "@type": "Card", "version": "1.0", "uid": "urn:uuid:u1", "kind": "individual",
    "name": {"components": [{"kind": "title", "value": "Dr."}, {"kind": "given", "value": "Ana"}, {"kind": "surname", "value": "Diaz"}]},
    "emails": {"a": {"address": "b@x.org"}, "b": {"address": "a@x.org", "pref": 1}},
    "phones": {"a": {"number": "tel:+1-555-1234", "features": {"mobile": True}}, "b": {"number": "5559", "features": {"fax": True}, "contexts": {"work": True}}},
    "organizations": {"a": {"name": "Acme", "units": [{"name": "R&D"}]}}, "titles": {"a": {"name": "CTO"}, "b": {"kind": "role", "name": "Lead"}},
    "anniversaries": {"a": {"kind": "birth", "date": {"month": 4, "day": 2}}}, "notes": {"a": {"note": "x, y\nz"}}, "keywords": {"vip": True},
    "addresses": {"a": {"components": [{"kind": "number", "value": "5"}, {"kind": "name", "value": "Oak St"}, {"kind": "locality", "value": "Oslo"}], "contexts": {"private": True}}},
    "onlineServices": {"a": {"service": "LinkedIn", "uri": "https://linkedin.com/in/ana"}, "b": {"service": "Mastodon", "user": "@ana"}},
    "links": {"a": {"uri": "https://ana.org", "label": "Blog"}}, "speakToAs": {"pronouns": {"k": {"pronouns": "she/her"}}},
}  # fmt: skip
JCARD = [
    ["version", {}, "text", "4.0"], ["fn", {}, "text", "Dr. Ana Diaz"], ["n", {}, "text", ["Diaz", "Ana", "", "Dr.", ""]], ["uid", {}, "uri", "urn:uuid:u1"],
    ["email", {}, "text", "b@x.org"], ["email", {"pref": "1"}, "text", "a@x.org"], ["tel", {"type": ["cell", "voice"]}, "uri", "tel:+1-555-1234"],
    ["tel", {"type": ["work", "fax"]}, "text", "5559"], ["org", {}, "text", ["Acme", "R&D"]], ["title", {}, "text", "CTO"], ["role", {}, "text", "Lead"],
    ["bday", {}, "date", "--04-02"], ["note", {}, "text", "x, y\nz"], ["categories", {}, "text", "vip"],
    ["adr", {"type": "home"}, "text", ["", "", ["5 Oak St"], "Oslo", "", "", ""]], ["x-socialprofile", {"type": "linkedin"}, "uri", "https://linkedin.com/in/ana"],
    ["impp", {"x-service-type": "Mastodon"}, "text", "@ana"], ["url", {"group": "g"}, "uri", "https://ana.org"], ["x-ablabel", {"group": "g"}, "text", "Blog"],
    ["x-pronouns", {}, "text", "she/her"],
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "kind", "pronouns"),
    [
        ([JSCONTACT, {"@type": "Card", "kind": "group", "name": {"full": "Crew"}, "members": {"u1": True}}], "jscontact", "speakToAs"),
        ([["vcard", JCARD], ["vcard", [["kind", {}, "text", "group"], ["fn", {}, "text", "Crew"], ["member", {}, "uri", "urn:uuid:u1"]]]], "jcard", "X-PRONOUNS"),
    ],
)  # fmt: skip
def test_the_two_standards_of_cards_in_json_say_what_a_vcard_says(file: list[Any], kind: str, pronouns: str) -> None:
    got = read(json.dumps(file))
    assert (got.file.format, got.errors) == (kind, [])
    assert facts(got.only) == {
        "name": "Dr. Ana Diaz", "email": "a@x.org", "emails": ["a@x.org", "b@x.org"], "phones": ["+1-555-1234"], "company": "Acme", "title": "CTO",
        "location": "Oslo", "linkedin_url": "https://www.linkedin.com/in/ana", "linkedin_slug": "ana", "birthday": "--04-02", "notes": "x, y\nz",
        "tags": ["vip", "Crew"], "source_uid": "u1",
        "custom": {"Work Fax": "5559", "Department": "R&D", "ROLE": "Lead", "Mastodon": "@ana", "Blog": "https://ana.org", pronouns: "she/her", "Home Address": "5 Oak St, Oslo"},
    }  # fmt: skip


def test_entries_of_a_card_may_stand_in_a_list_or_alone() -> None:
    card = {
        "@type": "Card",
        "fullName": "Ana Diaz",
        "emails": ["ana@x.org", {"address": "b@x.org"}],
        "phones": "555 010",
    }
    got = read(
        json.dumps(
            card | {"organizations": [{"name": "Acme", "units": 5}], "name": {"full": "Ana Diaz", "components": 7}}
        )
    )
    assert facts(got.contacts[0]) == {"name": "Ana Diaz", "email": "ana@x.org", "emails": ["ana@x.org", "b@x.org"], "phones": ["555 010"],
        "company": "Acme", "custom": {"Department": "5"}}  # fmt: skip


def test_one_card_alone_in_a_file_is_read_and_a_broken_one_is_told() -> None:
    assert read(json.dumps(["vcard", JCARD])).names == read(json.dumps(JSCONTACT)).names == ["Dr. Ana Diaz"]
    got = read(json.dumps([["vcard", JCARD], ["vcard"], 5, ["vcard", [["fn"], "x", ["fn", {}, "text", "Bo"]]]]))
    assert (got.names, [error.lost for error in got.errors]) == (["Dr. Ana Diaz", "Bo"], [True, True])


_KEYS = st.sampled_from(
    [
        "name",
        "email",
        "emails",
        "phones",
        "company",
        "org_id",
        "addresses",
        "birthday",
        "tags",
        "linkedin",
        "notes",
        "title",
        "owner",
        "contact",
        "data",
        "values",
        "type",
        "id",
        "value",
        "properties",
        "account",
        "fields",
        "label",
        "components",
        "kind",
        "units",
        "members",
        "@type",
        "x_id",
        "full",
        "features",
        "contexts",
        "pref",
        "year",
        "month",
        "day",
        "uuid",
        "contacts",
        "0",
        "é",
    ]
)
_VALUES = st.sampled_from(
    [
        "",
        "Ana",
        "a@x.org",
        "Card",
        "title",
        "vcard",
        "contact",
        "linkedin.com/in/ana",
        "group",
        1,
        4.5,
        True,
        False,
        None,
    ]
)
_ANY = st.recursive(
    _VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5), max_leaves=25
)


@given(_ANY)
@settings(max_examples=150, deadline=None)
def test_any_json_ends_in_contacts_errors_or_a_refusal(value: Any) -> None:
    with contextlib.suppress(CrmError):
        read(json.dumps([value, {"name": "Bo"}]))
