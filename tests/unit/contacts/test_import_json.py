"""JSON of other programs, whole and broken."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.errors import UnsupportedFormat, ValidationFailed
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
