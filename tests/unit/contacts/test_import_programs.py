"""Exports of programs in shapes of their own: a table of files and the contacts that they stand for."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from shared.contacts.importing import staging
from shared.contacts.importing.parsed import ParsedContact
from shared.contacts.importing.reader import open_contacts


def contacts_of(data: str | bytes) -> list[ParsedContact]:
    """The contacts of a file, cleaned as every import cleans them."""
    file = open_contacts(io.BytesIO(data.encode() if isinstance(data, str) else data))
    return [record for record in staging.cleaned(file.records, file.format) if isinstance(record, ParsedContact)]


def said(contact: ParsedContact, wanted: dict[str, Any]) -> dict[str, Any]:
    """The fields of a contact that a test names."""
    return {name: getattr(contact, name) for name in wanted}


ANA: dict[str, Any] = {"name": "Ana Diaz", "emails": ["ana@acme.example", "ana@home.example"], "company": "Acme"}
ESPO = {
    "list": [
        {"id": "5d1", "name": "Ana Diaz", "accountName": "Acme", "emailAddress": "ana@acme.example", "createdByName": "Olga",
         "emailAddressData": [{"emailAddress": "ana@acme.example", "lower": "ana@acme.example", "primary": True, "optOut": False},
             {"emailAddress": "ana@home.example", "primary": False}],
         "phoneNumberData": [{"phoneNumber": "+34600100201", "type": "Mobile"}, {"phoneNumber": "+34910000000", "type": "Office"}]},
    ]
}  # fmt: skip
FILES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "EspoCRM's list with further addresses": (
        json.dumps(ESPO), [ANA | {"phones": ["+34600100201", "+34910000000"], "custom": {"id": "5d1", "createdByName": "Olga"}}]),
    "EspoCRM's columns of lists": (
        'id,name,emailAddress,emailAddressData,accountName\n5d1,Ana Diaz,ana@acme.example,"[{""emailAddress"":""ana@acme.example""},{""emailAddress"":""ana@home.example""}]",Acme\n', [ANA]),
    "SuiteCRM's further addresses with their marks": (
        'First Name,Last Name,Account Name,Email Address,Non Primary E-mails\nAna,Diaz,Acme,ana@acme.example,"ana@home.example,1,0"\n', [ANA]),
    "Korean given and family name": ("이름,성,이메일\n민준,김,mj@x.example\n", [{"name": "김민준"}]),
    "Korean whole names": ("이름,성,이메일\n김민준,김,mj@x.example\n", [{"name": "김민준"}]),
    "a first name called name": ("Name,Surname,Email\nAna,Diaz,ana@x.example\nBo,Li,bo@x.example\n", [{"name": "Ana Diaz"}, {"name": "Bo Li"}]),
    "whole names beside the surname": ("Name,Surname,Email\nAna Diaz,Diaz,ana@x.example\n", [{"name": "Ana Diaz"}]),
    "monday.com's groups": (
        "People\nOur people\nActive\nName,Email,Company\nAna Diaz,ana@acme.example,Acme\n,,\nFormer\nName,Email,Company\nBo Li,bo@x.example,Bolt\nCy Ray,,\n",
        [{"name": "Ana Diaz"}, {"name": "Bo Li"}, {"name": "Cy Ray"}]),
    "rows of a name alone are people": ("Name,Email\nAna Diaz,\nBo Li,\nCy Ray,cy@x.example\nDee Poe,\n", [{"name": name} for name in ("Ana Diaz", "Bo Li", "Cy Ray", "Dee Poe")]),
    "Twenty's calling code in a column": (
        "Name / First Name,Name / Last Name,Phones / Primary Phone Number,Phones / Primary Phone Calling Code\nAna,Diaz,600100201,+34\nBo,Li,+4420,+44\nIda,Neri,06123456,39\n",
        [{"name": "Ana Diaz", "phones": ["+34 600100201"]}, {"phones": ["+4420"]}, {"phones": ["+39 06123456"]}]),
    "the people of a company in Odoo": (
        "id,Name,Is a Company,Email,Contact/Name,Contact/Email\nres_7,Acme,True,acme@acme.example,Ana Diaz,ana@acme.example\n,,,,Bo Li,bo@acme.example\nres_8,Cy Ray,False,cy@x.example,,\n",
        [{"name": "Acme", "emails": ["acme@acme.example"], "custom": {"id": "res_7", "Is a Company": "True", "Contact/Name": "Ana Diaz; Bo Li", "Contact/Email": "ana@acme.example; bo@acme.example"}},
         {"name": "Cy Ray", "emails": ["cy@x.example"]}]),
    "Microsoft Graph's chat addresses are no place": (
        json.dumps({"value": [{"displayName": "Ana Diaz", "imAddresses": ["ana@im.example"], "businessAddress": {"city": "Madrid"}}]}),
        [{"name": "Ana Diaz", "emails": [], "location": "Madrid", "custom": {"imAddresses": "ana@im.example"}}]),
    "Intercom's lists": (
        json.dumps({"data": [{"type": "contact", "name": "Ana Diaz", "email": "ana@x.example", "companies": {"type": "list", "data": [{"id": "9", "name": "Acme"}]}, "tags": {"data": [{"name": "vip"}]}}]}),
        [{"name": "Ana Diaz", "company": "Acme", "tags": ["vip"]}]),
    "Dynamics 365": (
        json.dumps({"value": [{"contactid": "c1", "fullname": "Ana Diaz", "_parentcustomerid_value": "a1",
            "_parentcustomerid_value@OData.Community.Display.V1.FormattedValue": "Acme", "_ownerid_value@OData.Community.Display.V1.FormattedValue": "Olga"}]}),
        [{"name": "Ana Diaz", "company": "Acme"}]),
    "UTF-8 that went wrong twice": ("Name,Company,Email\nJosÃƒÂ© NÃƒÂºÃƒÂ±ez,CafÃƒÂ©,jose@x.example\n", [{"name": "José Núñez", "company": "Café"}]),
    "Mailchimp's region of the address of a computer": (
        'Email Address,First Name,Last Name,Address,REGION\nana@x.example,Ana,Diaz,"1 Street, Madrid",md\n', [{"name": "Ana Diaz", "location": "1 Street, Madrid, md"}]),
    "the name as it is filed": ('First Name,Last Name,File As,Organization Name\nAna,Diaz,"Diaz, Ana",Acme\n,,Bolt,\n', [{"name": "Ana Diaz", "custom": {}}, {"name": "Bolt", "custom": {}}]),
    "cells that were guarded from spreadsheets": ("Name,Title,Phone\nAna Diaz,'=cmd,'+34600100201\nJan 't Hooft,'t Veld,\n", [
        {"name": "Ana Diaz", "title": "=cmd", "phones": ["+34600100201"]}, {"name": "Jan 't Hooft", "title": "'t Veld"}]),
    "a dump of a database": ("name,email,company,phone\nAna Diaz,\\N,\\N,\\N\n\\N,bo@x.example,Bolt,\\N\n", [
        {"name": "Ana Diaz", "email": None, "company": None, "phones": [], "custom": {}}, {"name": "", "company": "Bolt", "custom": {}}]),
    "words for nothing in many languages": (
        (
        "Name,Email,Company,Phone\nAna,[empty],None given,no phone\nBo,kein Eintrag,nicht hinterlegt,ohne\nCy,sin correo,no tiene,no consta\nDee,non communiqué,non précisé,néant\n"
        "Eve,未填写,空,无\nFay,なし,未入力,該当なし\nGus,미입력,없음,정보 없음\nHal,не заполнено,нет данных,нет телефона\nIda,nie podano,brak danych,brak telefonu\n"
        ),
        [{"name": name, "emails": [], "company": None, "phones": [], "custom": {}} for name in ("Ana", "Bo", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal", "Ida")]),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_the_export_of_a_program_is_read_as_the_contacts_that_it_stands_for(name):
    data, wanted = FILES[name]
    found = contacts_of(data)
    assert len(found) == len(wanted), [contact.name for contact in found]
    assert [said(contact, each) for contact, each in zip(found, wanted, strict=True)] == wanted
