"""Tables as other programs export them, and what spreadsheets do to a table on its way."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contacts.importing.csv_columns import recognise
from tests.unit.contacts.reading import facts, read

ANA = {"name": "Ana Diaz", "email": "ana@x.org", "emails": ["ana@x.org"]}

EXPORTS: dict[str, tuple[str, dict[str, Any]]] = {
    "Apollo": (
        "First Name,Last Name,Title,Company,Email,Contact Owner,Corporate Phone,Lists,Account Owner,Keywords,Person Linkedin Url,Company Linkedin Url\nAna,Diaz,CTO,Acme,ana@x.org,me@y.org,'+1 555 300 4000,Hot,,\"saas, crm\",http://www.linkedin.com/in/ana,http://www.linkedin.com/company/acme\n",
        {
            "title": "CTO", "company": "Acme", "phones": ["+1 555 300 4000"], "tags": ["Hot"],
            "linkedin_url": "https://www.linkedin.com/in/ana", "linkedin_slug": "ana",
            "custom": {"Contact Owner": "me@y.org", "Keywords": "saas, crm", "Company Linkedin Url": "http://www.linkedin.com/company/acme"},
        },
    ),
    "Pipedrive": (
        "Person - ID,Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Mobile,Person - Owner\n12,Ana Diaz,Acme,ana@x.org,+34 600 100 200,Somebody\n",
        {"company": "Acme", "phones": ["+34 600 100 200"], "custom": {"Person - ID": "12", "Person - Owner": "Somebody"}, "source_uid": "personid:12"},
    ),
    "an API's dotted names": (
        "contact.first_name,contact.last_name,contact.email,contact.phone\nAna,Diaz,ana@x.org,+34 600 100 200\n",
        {"phones": ["+34 600 100 200"]},
    ),
    "Google Workspace": (
        "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Mobile Phone\nAna,Diaz,ana@x.org,secret,+34 600 100 200\n",
        {"phones": ["+34 600 100 200"]},
    ),
    "HubSpot in German": (
        "Datensatz-ID,Vorname,Nachname,E-Mail,Mobiltelefonnummer,Unternehmensname,Jobbezeichnung\n1,Ana,Diaz,ana@x.org,+34 600 100 200,Acme,CTO\n",
        {"phones": ["+34 600 100 200"], "company": "Acme", "title": "CTO", "custom": {"Datensatz-ID": "1"}, "source_uid": "datensatzid:1"},
    ),
    "Google Contacts in Spanish": (
        "Nombre,Apellidos,Correo electrónico 1 - Etiqueta,Correo electrónico 1 - Valor,Teléfono 1 - Etiqueta,Teléfono 1 - Valor,Nombre de la organización,Título de la organización\nAna,Diaz,Trabajo,ana@x.org,Móvil,+34 600 100 200,Acme,CTO\n",
        {"phones": ["+34 600 100 200"], "company": "Acme", "title": "CTO"},
    ),
    "Calendly": (
        "User Name,User Email,Invitee Name,Invitee Email,Event Type Name\nHost,host@y.org,Ana Diaz,ana@x.org,30 minutes\n",
        {"custom": {"User Name": "Host", "User Email": "host@y.org", "Event Type Name": "30 minutes"}},
    ),
    "Thunderbird in German": (
        "Vorname,Nachname,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,Mobil-Tel.-Nr.,Arbeitstitel,Organisation\nAna,Diaz,ana@x.org,,+34 600 100 200,CTO,Acme\n",
        {"phones": ["+34 600 100 200"], "title": "CTO", "company": "Acme"},
    ),
    "Mailchimp": (
        'Email Address,First Name,Last Name,TAGS\nana@x.org,Ana,Diaz,"""vip"",""press"""\n',
        {"tags": ["vip", "press"]},
    ),
    "Notion": (
        "Name,Company,Email\nAna Diaz,Acme (https://www.notion.so/Acme-123),ana@x.org\n",
        {"company": "Acme"},
    ),
    "Airtable": (
        "Name,Email,Company (from Companies)\nAna Diaz,ana@x.org,Acme\n",
        {"company": "Acme"},
    ),
    "names and addresses in one column": ("Name,Company\nAna Diaz <ana@x.org>,Acme\n", {"company": "Acme"}),
    "a heading with both names": ('"Surname, Given",Mail\n"Diaz, Ana",ana@x.org\n"Li, Bo",\n"Quick, Zoë",\n', {}),
    "cells that a spreadsheet is to leave alone": (
        'Name,Email,Phone,Code\n="Ana Diaz",ana@x.org,="0034600100200",="007"\n',
        {"phones": ["0034600100200"], "custom": {"Code": "007"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("table", "more"), EXPORTS.values(), ids=EXPORTS.keys())
def test_an_export_is_read_as_its_owner_means_it(table: str, more: dict[str, Any]) -> None:
    got = read(table)
    assert got.errors == []
    assert facts(got.contacts[0]) == ANA | more


def test_a_common_beginning_of_two_columns_is_no_name_of_a_table() -> None:
    assert read("E-Mail,E-Mail 2,Name\nana@x.org,ana@y.org,Ana\n").only.emails == ["ana@x.org", "ana@y.org"]


def test_a_phone_that_a_spreadsheet_has_rounded_is_told_and_not_kept() -> None:
    got = read("Name,Phone\nAna,4.47911E+11\nBo,447911123456\n")
    assert [contact.phones for contact in got.contacts] == [[], ["447911123456"]]
    (error,) = got.errors
    assert (error.line, error.field, error.value, error.lost) == (2, "phones", "4.47911E+11", False)


def test_the_members_of_a_chat_are_read_by_the_names_they_were_saved_under() -> None:
    got = read("Country Code,Phone Number,Saved Name,Public Display Name\n34,600100200,Ana Diaz,anita\n")
    assert (got.only.name, got.only.phones) == ("Ana Diaz", ["600100200"])


@pytest.mark.parametrize("name", ["[" * 100_000, "(from " * 20_000, "a" * 100_000 + " - b", ":" * 100_000])
def test_a_heading_without_end_costs_no_time(name: str) -> None:
    assert [column.field for column in recognise([name, "Name"])] == ["custom", "name"]
