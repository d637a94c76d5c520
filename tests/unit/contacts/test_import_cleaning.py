"""What is done to the values of every contact, whatever the format of its file."""

from __future__ import annotations

import pytest

from shared.contacts.importing.bounds import enforce
from shared.contacts.importing.cleaning import clean, clean_records
from shared.contacts.importing.parsed import ParsedContact, RowError
from shared.contacts.importing.placeholders import is_placeholder


def cleaned(**fields):
    contact = ParsedContact(line=7, **{"name": "Ana Diaz"} | fields)
    contact.email = contact.emails[0] if contact.emails else None
    return contact, clean(contact)


@pytest.mark.parametrize(
    "text",
    [
        "n/a",
        "N.A.",
        "-",
        "--",
        "?",
        "#N/A",
        "#REF!",
        "#DIV/0!",
        "(none)",
        "k.A.",
        "Keine Angabe",
        "néant",
        "nie dotyczy",
        "žádný",
        "不明",
        "нет",
        "لا يوجد",
    ],
)
def test_a_placeholder_is_no_value(text):
    contact, errors = cleaned(company=text, title=text, location=text, notes=text, phones=[text])
    assert (contact.company, contact.title, contact.location, contact.notes, contact.phones) == (
        None,
        None,
        None,
        None,
        [],
    )
    assert errors == []


@pytest.mark.parametrize("text", ["Acme", "X", "C#", "R&D", "Nonesuch", "N26", "3M", "不二家"])
def test_a_short_value_is_a_value(text):
    assert not is_placeholder(text, short=True)


def test_na_is_no_company_but_a_place():
    contact, _ = cleaned(company="NA", location="NA")
    assert (contact.company, contact.location) == (None, "NA")


@pytest.mark.parametrize(
    ("name", "left"),
    [("null Diaz", "Diaz"), ("Ana NULL", "Ana"), ("#N/A Li", "Li"), ("Chris Null", "Chris Null"), ("CHRIS NULL", "CHRIS NULL"), ("Ana-Lia", "Ana-Lia"),
     ("Bo\u00a0Li", "Bo Li"), ("\u202aAna\u202c", "Ana"), ("Zoe\u0308", "Zoë"), ("می\u200cخواهم", "می\u200cخواهم"), ("Bo\u200d Li", "Bo Li")],
)  # fmt: skip
def test_a_name_is_what_a_person_reads(name, left):
    assert cleaned(name=name)[0].name == left


@pytest.mark.parametrize(
    ("phone", "numbers"),
    [("447911123456.0", ["447911123456"]), ("447,911,123,456", ["447911123456"]), ("=+447911123456", ["+447911123456"]), ("0", []),
     ("+34 600 100 200,+34 600 100 201", ["+34 600 100 200", "+34 600 100 201"]), ("Home: +1 555 300 4002", ["+1 555 300 4002"]),
     ("+1 555 300 4000,,123#", ["+1 555 300 4000,,123#"]), ("1-800-FLOWERS", ["1-800-FLOWERS"]), ("030/1234567", ["030/1234567"]),
     ("٠٥٠١٢٣٤٥٦٧", ["٠٥٠١٢٣٤٥٦٧"]), ("unlisted", [])],
)  # fmt: skip
def test_a_phone_is_mended_where_nothing_is_lost(phone, numbers):
    assert cleaned(phones=[phone])[0].phones == numbers


@pytest.mark.parametrize("phone", ["4.47911E+11", "4,47911E+11", "4E+11", "+4.47911e11"])
def test_a_rounded_phone_is_reported_with_its_line(phone):
    contact, errors = cleaned(phones=[phone, "+34 600 100 200"])
    assert contact.phones == ["+34 600 100 200"]
    assert [(error.line, error.field, error.value) for error in errors] == [(7, "phones", phone)]


def test_words_and_labels_beside_a_phone_are_kept():
    contact, _ = cleaned(phones=["see notes", "Yacht: +44 20 7946 0018"])
    assert contact.phones == ["+44 20 7946 0018"]
    assert contact.custom == {"Phone": "see notes", "Yacht": "+44 20 7946 0018"}


def test_an_address_that_stands_for_none_is_not_one():
    assert cleaned(emails=["noemail@acme.example", "ana@acme.example"])[0].email == "ana@acme.example"
    assert cleaned(emails=["nora@acme.example"])[0].email == "nora@acme.example"
    assert cleaned(name="", emails=["noemail@acme.example"])[0].email == "noemail@acme.example"


def test_a_row_of_placeholders_alone_is_lost_with_a_word():
    (error,) = clean_records([ParsedContact(line=3, name="N/A N/A", phones=["+34 600 100 200"])])
    assert isinstance(error, RowError)
    assert (error.line, error.lost, error.value) == (3, True, "+34 600 100 200")


def test_more_columns_than_fit_are_one_message():
    contact = ParsedContact(line=2, name="Ana", custom={f"Prop {n}": "v" for n in range(200)})
    (error,) = enforce(contact)
    assert (error.line, error.field, len(contact.custom)) == (2, "custom", 100)
    assert error.value is not None
    assert error.value.startswith("Prop 100, Prop 101")
