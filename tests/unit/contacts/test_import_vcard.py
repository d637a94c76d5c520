"""vCards of every version and in every state of repair."""

from __future__ import annotations

from typing import Any

import pytest

from shared.errors import ValidationFailed
from shared.formats.vcard import MAX_PROPERTIES
from tests.unit.contacts.reading import facts, read


def card(*lines: str, version: str = "3.0") -> str:
    """A card of these lines."""
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["FN:Ana Diaz"], {"name": "Ana Diaz"}),
        (["fn:Ana Diaz", "email;type=internet:ana@x.org"], {"name": "Ana Diaz", "email": "ana@x.org", "emails": ["ana@x.org"]}),
        (["N:Diaz;Ana;Maria;Dr.;Jr."], {"name": "Dr. Ana Maria Diaz Jr."}),
        (["N:Diaz;Ana;;;CPA"], {"name": "Ana Diaz, CPA"}),
        (["N:王;伟"], {"name": "王伟"}),
        (["FN:Ana", "N:Diaz;Ana;;;"], {"name": "Ana", "custom": {"Full Name": "Ana Diaz"}}),
        (["EMAIL:ana@x.org"], {"email": "ana@x.org", "emails": ["ana@x.org"]}),
        (["ORG:Acme;Sales;EMEA"], {"name": "Acme", "company": "Acme", "custom": {"Department": "Sales, EMEA"}}),
        (["N:;;;;", "FN:Acme Inc", "ORG:Acme Inc;", "X-ABShowAs:COMPANY"], {"name": "Acme Inc", "company": "Acme Inc"}),
        (["NICKNAME:Ani"], {"name": "Ani", "custom": {"NICKNAME": "Ani"}}),
        (["FN:Ana", "EMAIL;TYPE=home:b@x.org", "EMAIL;TYPE=work,pref:a@x.org"], {"name": "Ana", "email": "a@x.org", "emails": ["a@x.org", "b@x.org"], "custom": {"Work e-mail": "a@x.org", "Home e-mail": "b@x.org"}}),
        (["FN:Ana", "EMAIL:B@x.org", "EMAIL;PREF=1:a@x.org", "EMAIL:b@X.org"], {"name": "Ana", "email": "a@x.org", "emails": ["a@x.org", "B@x.org"]}),
        (["FN:Ana", "TEL;VALUE=uri:tel:+1-555-1234;ext=7"], {"name": "Ana", "phones": ["+1-555-1234 ext. 7"]}),
        (["FN:Ana", "TEL;WORK;FAX:1", "TEL;TYPE=pager:2", "TEL;TYPE=cell:3", "TEL:3"], {"name": "Ana", "phones": ["3"], "custom": {"Work Fax": "1", "Pager": "2"}}),
        (["FN:Ana", r"NOTE:a\nb\, c\; d\\e \"f\" C:\Temp"], {"name": "Ana", "notes": 'a\nb, c; d\\e "f" C:\\Temp'}),
        (["FN:Ana", "NOTE:one", " two", "\tthree"], {"name": "Ana", "notes": "onetwothree"}),
        (["FN:Ana", "NOTE:one", "two without a blank", "EMAIL:a@x.org"], {"name": "Ana", "notes": "one\ntwo without a blank", "email": "a@x.org", "emails": ["a@x.org"]}),
        (["FN:Ana", r"CATEGORIES:A\,B,C,My Contacts"], {"name": "Ana", "tags": ["A,B", "C"]}),
        (["FN:Ana", "TITLE:CTO", "ROLE:Boss"], {"name": "Ana", "title": "CTO", "custom": {"ROLE": "Boss"}}),
        (["FN:Ana", "ROLE:Boss"], {"name": "Ana", "title": "Boss"}),
        (["FN:Ana", "UID:urn:uuid:1-2"], {"name": "Ana", "source_uid": "1-2"}),
        (["FN:Ana", "item1.X-ABDATE:2010-05-01", "item1.X-ABLabel:_$!<Anniversary>!$_"], {"name": "Ana", "custom": {"Anniversary": "2010-05-01"}}),
        (["FN:Ana", "item1.TEL:5551234", "item1.X-ABLabel:Beach house"], {"name": "Ana", "phones": ["5551234"], "custom": {"Beach house": "5551234"}}),
        (["FN:Ana", "X-QQ:123", "X-QQ:456", "X-QQ:123"], {"name": "Ana", "custom": {"X-QQ": "123", "X-QQ 2": "456"}}),
        (["FN:Ana", "PHOTO;ENCODING=b:AAAA", " BBBB", "LOGO:x", "EMAIL:a@x.org"], {"name": "Ana", "email": "a@x.org", "emails": ["a@x.org"]}),
        (["FN:Ana", "PHOTO;BASE64:", "AAAA", "BBBB", "", "EMAIL:a@x.org"], {"name": "Ana", "email": "a@x.org", "emails": ["a@x.org"]}),
        (["FN:Ana", r"AGENT:BEGIN:VCARD\nFN:Susan\nEND:VCARD\n"], {"name": "Ana", "custom": {"AGENT": "Susan"}}),
        (["FN:Ana", "ADR;TYPE=home:;;1 Main;Austin;TX;78701;USA"], {"name": "Ana", "location": "Austin, TX, USA", "custom": {"Home Address": "1 Main, Austin, TX, 78701, USA"}}),
        (["FN:Ana", 'ADR;LABEL="1 Main: Street, Austin, the capital', ' of Texas";TYPE=home:;;1 Main;Austin;;;'], {"name": "Ana", "location": "Austin", "custom": {"Home Address": "1 Main, Austin", "LABEL": "1 Main: Street, Austin, the capitalof Texas"}}),
        (["FN:Ana", "TEL;TYPE=work;X-VERY-LONG=value", " s;TYPE=cell", " :5551234"], {"name": "Ana", "phones": ["5551234"]}),
        (["FN:Ana", "NOTE:one", "two; three", "EMAIL:a@x.org"], {"name": "Ana", "notes": "one\ntwo; three", "email": "a@x.org", "emails": ["a@x.org"]}),
        (["FN:Ana", 'TEL;TYPE="cell:5551234', "EMAIL:a@x.org"], {"name": "Ana", "phones": ["5551234"], "email": "a@x.org", "emails": ["a@x.org"]}),
        (["FN:Ana", "ADR:;;;Austin;;;USA"], {"name": "Ana", "location": "Austin, USA"}),
        (["FN:Ana", 'ADR;LABEL="1; Main: St":;;1 Main;Austin;;;'], {"name": "Ana", "location": "Austin", "custom": {"Address": "1 Main, Austin", "LABEL": "1; Main: St"}}),
        (["FN:Ana", 'ADR;LABEL="Ana^n1 ^\'A^\' St^nYork":;;;;;;'], {"name": "Ana", "location": '1 "A" St, York'}),
        (["FN;LANGUAGE=ja:山田太郎", "N;LANGUAGE=ja:山田;太郎;;;", "FN;LANGUAGE=en;PREF=1:Taro Yamada", "N;LANGUAGE=en:Yamada;Taro;;;"], {"name": "Taro Yamada", "custom": {"Full Name": "山田太郎"}}),
        (["FN:Ana", "EMAIL;PREF=50:c@x.org", "EMAIL:d@x.org", "EMAIL;PREF=7:b@x.org", "EMAIL;TYPE=PREF:a@x.org"], {"name": "Ana", "email": "a@x.org", "emails": ["a@x.org", "b@x.org", "c@x.org", "d@x.org"]}),
        (["FN:Ana", "TEL;PREF=3:5551113", "TEL;PREF=2:5551112", "TEL;TYPE=CELL,PREF:5551111"], {"name": "Ana", "phones": ["5551111", "5551112", "5551113"], "custom": {"Mobile": "5551111"}}),
        (["FN:Ana", "IMPP;X-SERVICE-TYPE=Telegram:x-apple:anatg", "IMPP;SERVICE-TYPE=Matrix:matrix:u/ana", "IMPP;TYPE=home:xmpp:ana@j.org"], {"name": "Ana", "custom": {"Telegram": "anatg", "Matrix": "matrix:u/ana", "IMPP": "xmpp:ana@j.org"}}),
        (["FN:Diaz\\, Dr. Ana", "N:Diaz;Ana;Maria;Dr.;"], {"name": "Dr. Ana Diaz", "custom": {"Full Name": "Ana Maria Diaz"}}),
        (["FN:Diaz\\, Ana", "N:Diaz, Ana;;;;"], {"name": "Diaz, Ana"}),
    ],
)  # fmt: skip
def test_a_card_becomes_a_contact(lines: list[str], expected: dict[str, Any]) -> None:
    got = read(card(*lines))
    assert got.errors == []
    assert facts(got.only) == expected


@pytest.mark.parametrize(
    ("line", "birthday", "custom"),
    [
        ("BDAY:1985-03-14", "1985-03-14", {}),
        ("BDAY:19850314", "1985-03-14", {}),
        ("BDAY;VALUE=date:1985-03-14", "1985-03-14", {}),
        ("BDAY:1985-03-14T00:00:00Z", "1985-03-14", {}),
        ("BDAY:19531015T231000Z", "1953-10-15", {}),
        ("BDAY:19560411230000", "1956-04-11", {}),
        ("BDAY:--0314", "--03-14", {}),
        ("BDAY:--03-14", "--03-14", {}),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-14", "--03-14", {}),
        ("BDAY;X-APPLE-OMIT-YEAR=1604;VALUE=date:16040314", "--03-14", {}),
        ("BDAY:1604-02-29", "--02-29", {}),
        ("BDAY:14.03.1985", "1985-03-14", {}),
        ("BDAY:1985-02-30", None, {"BDAY": "1985-02-30"}),
        ("BDAY:1985", None, {"BDAY": "1985"}),
        ("BDAY;VALUE=text:circa 1800", None, {"BDAY": "circa 1800"}),
        ("BDAY:", None, {}),
    ],
)
def test_birthdays_of_all_shapes_are_read_or_kept(line: str, birthday: str | None, custom: dict[str, str]) -> None:
    contact = read(card("FN:Ana", line)).only
    assert (contact.birthday, contact.custom) == (birthday, custom)


@pytest.mark.parametrize(
    "line",
    [
        "URL:https://www.linkedin.com/in/Ana-Diaz/",
        "item1.URL:http\\://de.linkedin.com/in/ana-diaz?trk=x",
        "X-SOCIALPROFILE;type=linkedin:http://www.linkedin.com/in/ana-diaz",
        "X-SOCIALPROFILE;TYPE=LinkedIn;X-USER=ana-diaz:x-apple:ana-diaz",
        "SOCIALPROFILE;SERVICE-TYPE=LinkedIn:https://linkedin.com/in/ana-diaz",
        "X-CUSTOM1:linkedin.com/in/ana-diaz",
    ],
)
def test_a_linkedin_profile_is_found_wherever_it_stands(line: str) -> None:
    assert facts(read(card("FN:Ana", line)).only) == {
        "name": "Ana", "linkedin_url": "https://www.linkedin.com/in/ana-diaz", "linkedin_slug": "ana-diaz",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Zo=C3=AB"], "Zoë"),
        (["FN;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Zo=EB"], "Zoë"),
        (["FN;ENCODING=QUOTED-PRINTABLE:Zo=C3=", "=AB Li"], "Zoë Li"),
        (["FN;ENCODING=QUOTED-PRINTABLE:Zo=C3=", "", "=AB Li"], "Zoë Li"),
        (["FN;ENCODING=QUOTED-PRINTABLE:Zoe=", "", "EMAIL:z@x.org"], "Zoe"),
        (["N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8E=52=93=63;=91=BE=98=59"], "山田太郎"),
        (["FN;CHARSET=UTF-8;ENCODING=BASE64:Wm/Dqw=="], "Zoë"),
    ],
)
def test_transfer_encodings_and_charsets_are_undone(lines: list[str], name: str) -> None:
    got = read(card(*lines, version="2.1"))
    assert got.names == [name]


@pytest.mark.parametrize("encoding", ["cp1251", "gb18030", "cp932", "cp949", "cp1253", "cp1250"])
def test_cards_in_a_code_page_that_nothing_declares_are_read(encoding: str) -> None:
    names = {
        "cp1251": "Иван Петров",
        "gb18030": "王伟 李娜",
        "cp932": "山田太郎 様",
        "cp949": "김민수",
        "cp1253": "Γιώργος Παππάς",
        "cp1250": "Jiří Dvořák",
    }
    assert read(card(f"FN:{names[encoding]}", "EMAIL:a@x.org", version="2.1").encode(encoding)).names == [
        names[encoding]
    ]


def test_a_file_put_together_from_two_encodings_keeps_both() -> None:
    data = card("FN:Zoë").encode() + card("FN:José").encode("cp1252")
    assert read(data).names == ["Zoë", "José"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_line_ends_of_every_system_are_understood(end: str) -> None:
    text = (card("FN:Ana", "NOTE:a", " b") + card("FN:Bo")).replace("\r\n", end)
    got = read(text)
    assert got.names == ["Ana", "Bo"]
    assert got.contacts[0].notes == "ab"


def test_content_decides_over_content_type_and_name() -> None:
    assert (
        read("some junk\r\n" + card("FN:Ana"), content_type="text/csv", filename="contacts.csv").file.format == "vcard"
    )
    assert (
        read('Name,Note\nAna,"x\nBEGIN:VCARD\ny"\n', content_type="text/vcard", filename="a.vcf").file.format == "csv"
    )


def test_cards_cut_off_are_told_and_the_others_kept() -> None:
    text = (
        card("FN:Ana")
        + "BEGIN:VCARD\r\nFN:Bo\r\n"
        + card("FN:Cy")
        + "BEGIN:VCARD\r\nFN:Di\r\nNOTE;ENCODING=QUOTED-PRINTABLE:=C3="
    )
    got = read(text)
    assert [(each.line, each.name, each.notes) for each in got.contacts] == [
        (1, "Ana", None),
        (5, "Bo", None),
        (7, "Cy", None),
        (11, "Di", None),
    ]
    assert [(error.line, error.value) for error in got.errors] == [(5, "Bo"), (11, "Di")]


@pytest.mark.parametrize("indent", ["  ", "\t", " "])
def test_cards_of_which_every_line_is_indented_are_read_with_their_folds(indent: str) -> None:
    text = card("FN:Ana Diaz", "NOTE:long", "  and folded", "EMAIL:a@x.org") + card("FN:Bo", "EMAIL:b@x.org")
    got = read("".join(indent + line for line in text.splitlines(keepends=True)))
    assert [(contact.name, contact.email, contact.notes) for contact in got.contacts] == [
        ("Ana Diaz", "a@x.org", "long and folded"),
        ("Bo", "b@x.org", None),
    ]


def test_a_card_inside_a_card_does_not_become_a_contact() -> None:
    text = "BEGIN:VCARD\nVERSION:2.1\nFN:Ana\nAGENT:\nBEGIN:VCARD\nFN:Susan\nEND:VCARD\nEMAIL:a@x.org\nEND:VCARD\n"
    assert facts(read(text).only) == {"name": "Ana", "email": "a@x.org", "emails": ["a@x.org"]}


@pytest.mark.parametrize(
    "between",
    ["", " ", "\ufeff", "\r\n\ufeff", "\n\u200b", "\n\u2068\u202a", "\u00a0\r", "\n\ufeff\n\ufeff "],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_cards_joined_with_anything_between_them_are_as_many(between: str, encoding: str) -> None:
    one, other = (card(f"FN:{name}", f"EMAIL:{name}@x.org").rstrip() for name in ("ana", "bo"))
    got = read((between + one + between + other).encode(encoding))
    assert got.errors == []
    assert [(contact.name, contact.emails) for contact in got.contacts] == [
        ("ana", ["ana@x.org"]),
        ("bo", ["bo@x.org"]),
    ]


@pytest.mark.parametrize("before", [True, False])
def test_a_group_gives_its_name_to_its_members(before: bool) -> None:
    people = (
        card("FN:Ana", "UID:urn:uuid:A1")
        + card("FN:Bo", "UID:b2", "CATEGORIES:x")
        + card("FN:Cy", "EMAIL:cy@x.org")
        + card("FN:Dee", "UID:d4")
    )
    group = card("FN:Crew", "KIND:group", "MEMBER:urn:uuid:a1", "MEMBER:mailto:Cy@x.org") + card(
        "N:Team",
        "X-ADDRESSBOOKSERVER-KIND:group",
        "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b2",
        "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:a1",
    )
    got = read(group + people if before else people + group)
    assert got.errors == []
    assert {contact.name: contact.tags for contact in got.contacts} == {
        "Ana": ["Crew", "Team"],
        "Bo": ["x", "Team"],
        "Cy": ["Crew"],
        "Dee": [],
    }


def test_a_group_of_contacts_is_no_contact() -> None:
    got = read(card("FN:Friends", "X-ADDRESSBOOKSERVER-KIND:group") + card("FN:Team", "KIND:group") + card("FN:Ana"))
    assert (got.names, got.errors) == (["Ana"], [])


def test_a_card_that_names_nobody_is_an_error_and_an_empty_one_is_nothing() -> None:
    got = read(card("TEL:5551234") + card())
    assert got.contacts == []
    assert [(error.line, error.value, error.lost) for error in got.errors] == [(1, "5551234", True)]


def test_a_nul_character_fails_its_card_only() -> None:
    got = read(card("FN:A\0na") + card("FN;ENCODING=QUOTED-PRINTABLE:B=00o") + card("FN:Cy"))
    assert got.names == ["Cy"]
    assert [(error.line, error.lost) for error in got.errors] == [(1, True), (5, True)]


def test_a_bad_address_is_an_error_of_its_field() -> None:
    got = read(card("FN:Ana", "EMAIL:nowhere", "EMAIL:a@x.org"))
    assert facts(got.only) == {"name": "Ana", "email": "a@x.org", "emails": ["a@x.org"]}
    assert [(error.field, error.value) for error in got.errors] == [("email", "nowhere")]


def test_more_properties_than_a_card_can_have_are_reported() -> None:
    got = read(card("FN:Ana", *(f"X-A{number}:b" for number in range(MAX_PROPERTIES))))
    assert got.only.name == "Ana"
    assert any("more than" in error.message for error in got.errors)
    assert len(got.only.custom) == 100


def test_a_mapping_has_nothing_to_map() -> None:
    with pytest.raises(ValidationFailed, match="Name"):
        read(card("FN:Ana"), mapping={"Name": "name"})


def test_an_address_that_a_phone_keeps_under_its_maker_s_name_is_one() -> None:
    card = "BEGIN:VCARD\nVERSION:2.1\nN:Tanaka;Misaki\nX-SAMSUNGADR:;;1-1 Chiyoda;Tokyo;;100-0001;Japan\nX-MS-SIGNATURE:YES\nEND:VCARD\n"
    contact = read(card).only
    assert (contact.location, contact.custom) == ("Tokyo, Japan", {"Address": "1-1 Chiyoda, Tokyo, 100-0001, Japan"})
