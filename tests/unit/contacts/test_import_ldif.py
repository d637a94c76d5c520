"""LDIF of Thunderbird and of directories."""

from __future__ import annotations

import base64
import contextlib

import pytest

from shared.errors import CrmError
from tests.unit.contacts.reading import facts, read

NOTE = base64.b64encode("Met in Zürich\nat a fair".encode()).decode()
THUNDERBIRD = f"""dn: cn=Ana Diaz,mail=ana@acme.example
objectclass: top
objectclass: person
objectclass: inetOrgPerson
objectclass: mozillaAbPersonAlpha
givenName: Ana
sn: Diaz
cn: Ana Diaz
mozillaNickname: Anita
mail: ana@acme.example
mozillaSecondEmail: ana@home.example
modifytimestamp: 1700000000
telephoneNumber: +34 91 000 100
mobile: +34 600 100 200
facsimiletelephonenumber: +34 91 000 101
street: Calle Mayor 1
l: Madrid
postalCode: 28001
c: Spain
mozillaHomeLocalityName: Toledo
mozillaHomeCountryName: Spain
title: CTO
ou: Research
o: Acme
birthyear: 1990
birthmonth: 02
birthday: 03
description:: {NOTE}

"""


def test_a_person_of_thunderbird_is_read_whole() -> None:
    got = read(THUNDERBIRD)

    assert (got.file.format, got.errors) == ("ldif", [])
    assert facts(got.only) == {
        "name": "Ana Diaz", "email": "ana@acme.example", "emails": ["ana@acme.example", "ana@home.example"],
        "phones": ["+34 91 000 100", "+34 600 100 200"], "company": "Acme", "title": "CTO", "location": "Madrid",
        "birthday": "1990-02-03", "notes": "Met in Zürich\nat a fair",
        "custom": {
            "Nickname": "Anita", "facsimiletelephonenumber": "+34 91 000 101", "Country Code": "Spain", "Department": "Research",
            "Home": "Toledo, Spain", "address": "Calle Mayor 1, Madrid, 28001",
        },
    }  # fmt: skip


def test_folded_lines_comments_and_values_in_base64_are_undone() -> None:
    name = base64.b64encode("Zoë Quick".encode()).decode()
    text = f"version: 1\n# written by a directory\n\ndn:: {name}\ncn:: {name}\nmail: zoe@qu\n ick.example\n# a comment\n  that goes on\njpegPhoto:: /9j/4AAQ\n"
    assert facts(read(text).only) == {
        "name": "Zoë Quick",
        "email": "zoe@quick.example",
        "emails": ["zoe@quick.example"],
    }


@pytest.mark.parametrize(
    ("name", "codec"), [("José Núñez", "latin-1"), ("Иван Петров", "cp1251"), ("José Núñez", "utf-8")]
)
def test_base64_in_a_code_page_is_text_and_a_picture_is_none(name: str, codec: str) -> None:
    spelt = base64.b64encode(name.encode(codec)).decode()
    picture = base64.b64encode(b"\xff\xd8\xff\xe0\0\x10JFIF\0").decode()
    contact = read(
        f"dn: cn=x\ncn:: {spelt}\nmail: a@x.example\npicture:: {picture}\nsn:: {base64.b64encode(name.split()[1].encode(codec)).decode()}\n"
    ).only
    assert (contact.name, contact.custom) == (name, {})


def test_several_values_languages_and_what_is_elsewhere() -> None:
    text = "dn: uid=1\nuid: 1\ncn;lang-en: Bo Li\nmail: bo@x.example\nmail: li@x.example\njpegPhoto:< file:///bo.jpg\n"
    contact = read(text).only
    assert (contact.name, contact.emails, contact.custom) == ("Bo Li", ["bo@x.example", "li@x.example"], {"uid": "1"})


def test_groups_units_and_deletions_are_no_people() -> None:
    entries = (
        "dn: ou=people\nobjectClass: organizationalUnit\nou: people",
        "dn: cn=Friends\nobjectClass: groupOfNames\ncn: Friends\nmember: cn=Ana",
        "dn: cn=Gone\nchangetype: delete",
        "dn: cn=Ana\nobjectClass: person\ncn: Ana",
    )
    assert read("\n\n".join(entries)).names == ["Ana"]


def test_a_bad_address_is_told_with_the_line_of_its_entry() -> None:
    (error,) = read("dn: cn=Ana\ncn: Ana\n\ndn: cn=Bo\ncn: Bo\nmail: nobody\n").errors
    assert (error.line, error.field, error.value) == (4, "email", "nobody")


def test_an_entry_that_identifies_nobody_is_told() -> None:
    (error,) = read("dn: cn=x\nobjectClass: person\ntelephoneNumber: 123456\n").errors
    assert (error.line, error.lost) == (1, True)


def test_any_cut_and_any_garbage_is_read_without_a_crash() -> None:
    for size in range(len(THUNDERBIRD)):
        with contextlib.suppress(CrmError):
            read(THUNDERBIRD[:size])
    read("dn: x\n" + " \n" * 1000 + ":::\n\0\n::" + "=" * 50 + "\ncn: Ana")


def test_white_space_before_something_else_costs_no_time() -> None:
    assert read(" \n" * 30_000 + "name,email\nAna,ana@x.example\n").names == ["Ana"]
