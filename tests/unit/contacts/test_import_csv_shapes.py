"""Tables that programs and people have put together in their own ways: paths, tables below, strays, columns twice."""

from __future__ import annotations

from typing import Any

import pytest

from shared.errors import UnsupportedFormat
from tests.unit.contacts.reading import facts, read

ANA = {"name": "Ana Diaz", "email": "ana@x.org", "emails": ["ana@x.org"], "company": "Acme"}


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Id,Name / First Name,Name / Last Name,Emails / Primary Email,Company / Name,Company / Owner,Created by / Name", "1,Ana,Diaz,ana@x.org,Acme,Tim,Tim"),
        ("_,FirstName,LastName,Email,Account,Account.Name,Account.Phone,Owner,Owner.Name,Owner.Email,ReportsTo.Name,LastModifiedBy.Email", "[Contact],Ana,Diaz,ana@x.org,[Account],Acme,5551234,[User],Olga,o@y.org,Boss,t@y.org"),
        ("id,name,email,parent_id/name,user_id/name,user_id/email,company_id/name,child_ids/email,create_uid/name", "1,Ana Diaz,ana@x.org,Acme,Olga,o@y.org,Bookkeepers,kid@y.org,Bot"),
        ("Name,Email,Name (from Company),Email (from Owner)", "Ana Diaz,ana@x.org,Acme,o@y.org"),
        ("Display Name,Email,Organization Name,Current Employer", "Ana Diaz,ana@x.org,,Acme"),
    ],
)  # fmt: skip
def test_a_column_named_by_a_path_counts_where_it_is_the_contact_s(header: str, row: str) -> None:
    contact = read(f"{header}\n{row}\n").only
    assert {key: value for key, value in facts(contact).items() if key not in ("custom", "phones")} == ANA
    assert contact.phones == []


def test_lists_in_json_are_taken_apart() -> None:
    got = read(
        'Name,Emails / Primary Email,Emails / Additional Emails,Phones / Additional Phones\nAna,a@x.org,"[""b@x.org""]","[{""number"":""600100"",""callingCode"":""+34""}]"\nBo,,[],[]\n'
    )
    assert [(each.name, each.emails, each.phones) for each in got.contacts] == [
        ("Ana", ["a@x.org", "b@x.org"], ["+34 600100"]),
        ("Bo", [], []),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "ID,First Name,Email ID (Email IDs),Is Primary (Email IDs),Number (Contact Numbers)\n1,Ana,a@x.org,1,+34 600 100 200\n,,b@x.org,0,+34 600 100 201\n2,Bo,,,\n",
        "External ID,Name,Email,Contacts/Name,Phones/Number,Emails/Email\nx1,Ana,a@x.org,Kid,+34 600 100 200,\n,,,Kim,+34 600 100 201,b@x.org\nx2,Bo,,,,\n",
    ],
)
def test_rows_that_continue_the_one_above_are_that_contact_s(table: str) -> None:
    got = read(table)
    assert got.errors == []
    assert [(each.name, each.emails, each.phones) for each in got.contacts] == [
        ("Ana", ["a@x.org", "b@x.org"], ["+34 600 100 200", "+34 600 100 201"]),
        ("Bo", [], []),
    ]


def test_a_row_with_an_address_alone_is_somebody() -> None:
    for header in ("ID,Name,Email (Work)", "ID,Name,Email"):
        got = read(f"{header}\n1,Ana,ana@x.org\n,,bo@x.org\n")
        assert [each.email for each in got.contacts] == ["ana@x.org", "bo@x.org"]


@pytest.mark.parametrize(
    "row",
    [
        "name , EMAIL,Phone",
        "\ufeffName,Email,Phone",
        "Total,2,",
        "Grand Total:,,7",
        "Exported on 2025-01-01 by Olga,,",
        "2 records,,",
        "Page 1 of 3,,",
        "---,---,---",
        "Gesamt,,2",
    ],
)
def test_a_header_again_and_what_a_report_says_of_itself_are_nobody(row: str) -> None:
    got = read(f"Name,Email,Phone\nAna,a@x.org,\n{row}\nBo,,5551234\n")
    assert (got.names, got.errors) == (["Ana", "Bo"], [])


def test_a_row_that_is_filled_beyond_the_header_alone_is_reported() -> None:
    got = read("Name,Email\nAna,a@x.org\n,,c,d\nBo,b@x.org\n")
    assert [(each.name, each.custom) for each in got.contacts] == [("Ana", {}), ("Bo", {})]
    assert [(error.line, error.value, error.lost) for error in got.errors] == [(3, "c d", True)]


def test_people_whose_names_look_like_such_are_people() -> None:
    got = read("Name,Email,Company\nTotal,t@x.org,\nSumma Cum,,Laude\nTotal Energies,,Paris Office\n")
    assert got.names == ["Total", "Summa Cum", "Total Energies"]


def test_of_two_columns_for_a_field_the_filled_one_counts_and_both_are_kept() -> None:
    got = read(
        "Name,Company,Employer,Notes,Comments,Birthday,Date of Birth\nAna,Acme,,a,,1985-04-12,\nBo,,Bolt,,b,,1990-01-02\nCy,Eta,Zeta,c,d,,\n"
    )
    assert [(each.company, each.notes, each.birthday, each.custom) for each in got.contacts] == [
        ("Acme", "a", "1985-04-12", {}), ("Bolt", "b", "1990-01-02", {}), ("Eta", "c", None, {"Employer": "Zeta", "Comments": "d"}),
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "|"])
def test_a_blank_before_a_quoted_cell_does_not_tear_it(delimiter: str) -> None:
    rows = (
        ["Name", "Company", "Email"],
        ['"Ana Diaz"', f'"Diaz{delimiter} Li & Co"', '"ana@x.org"'],
        ["Bo", '"Acme ""A"""', "bo@x.org"],
    )
    got = read("\n".join(f"{delimiter} ".join(row) for row in rows))
    assert [(each.name, each.company, each.email) for each in got.contacts] == [
        ("Ana Diaz", f"Diaz{delimiter} Li & Co", "ana@x.org"),
        ("Bo", 'Acme "A"', "bo@x.org"),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('Complete Name,Email\n"Azure Interior, Brandon Frey",brandon@azure.org\n"Deco, Doug Flint",doug@deco.org\nDeco,info@deco.org\n', [("Brandon Frey", "Azure Interior"), ("Doug Flint", "Deco"), ("Deco", None)]),
        ('Name,Email\n"Acme Ltd, Ana Diaz",a@acme.org\n"Bolt GmbH, Bo Li",b@bolt.org\n"Acme Ltd, Cy Ray",c@acme.org\n', [("Ana Diaz", "Acme Ltd"), ("Bo Li", "Bolt GmbH"), ("Cy Ray", "Acme Ltd")]),
        ('Name,Email\n"Diaz, Ana",ana.diaz@diaz.org\n"Li, Bo",bo@li.org\n"Ray, Cy",cray@y.org\n', [("Ana Diaz", None), ("Bo Li", None), ("Cy Ray", None)]),
        ('Display Name,Email\n"García López, Ana María",agarcia@x.org\n"Ruiz Mora, Juan",juan@ruiz.org\n"Paz, Eva",eva@x.org\n', [("Ana María García López", None), ("Juan Ruiz Mora", None), ("Eva Paz", None)]),
    ],
)  # fmt: skip
def test_a_company_before_the_comma_is_told_from_a_family_name(rows: str, expected: list[Any]) -> None:
    assert [(each.name, each.company) for each in read(rows).contacts] == expected


@pytest.mark.parametrize(
    ("spoilt", "meant"),
    [
        ("O&#039;Brien", "O'Brien"), ("J&uuml;rgen Gro&szlig;", "Jürgen Groß"), ("Ben &amp;amp; Jerry&#39;s", "Ben & Jerry's"), ("AT&T; Co", "AT&T; Co"),
        ("JosÃ© NÃºÃ±ez", "José Núñez"), ("FranÃ§ois", "François"), ("Oâ€™Brien", "O’Brien"), ("Ã‰lodie", "Élodie"), ("山田太郎", "山田太郎"), ("Zoë Ångström", "Zoë Ångström"), ("São Â", "São Â"),
    ],
)  # fmt: skip
def test_text_that_was_spoilt_on_its_way_is_mended(spoilt: str, meant: str) -> None:
    assert read(f"Name,Company\nAna,{spoilt}\n").only.company == meant


def test_the_other_lists_of_linkedin_s_archive_are_refused_by_their_names() -> None:
    with pytest.raises(UnsupportedFormat, match="invitations, not contacts: choose Connections"):
        read(
            "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\nMe,Ana,x,,OUTGOING,https://linkedin.com/in/me-t,https://linkedin.com/in/ana\n"
        )
