"""Kinds of damage and of shapes, each in a form of its own: a table of files and the contacts that they stand for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.contacts.test_import_programs import contacts_of, said

OLGA = {"id": 7, "name": "Olga Owner", "email": "olga@me.example"}
ANA: dict[str, Any] = {"name": "Ana Diaz", "emails": ["ana@acme.example"], "company": "Acme", "title": "CTO"}
TWO: dict[str, Any] = ANA | {"emails": ["ana@acme.example", "a2@acme.example"]}
SPAIN = {"location": "Madrid, Spain"}


def of_records(*people: dict[str, Any], key: str = "data", **more: Any) -> str:
    return json.dumps({key: list(people), **more})


JSON: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "Pipedrive, with who owns the record and the company's own address": (
        of_records({"id": 1, "owner_id": OLGA, "org_id": {"name": "Acme", "cc_email": "acme@pipe.example", "owner_id": 7}, "name": "Ana Diaz", "job_title": "CTO",
            "phone": [{"value": "600 100 200", "primary": True}], "email": [{"value": "ana@acme.example", "primary": True}], "cc_email": "acme+1@pipe.example"}),
        [ANA | {"phones": ["600 100 200"]}]),
    "Salesforce, with the superior": (
        of_records({"attributes": {"type": "Contact"}, "FirstName": "Ana", "LastName": "Diaz", "Email": "ana@acme.example", "Phone": None, "Title": "CTO",
            "Account": {"Name": "Acme", "Phone": "+34910000000"}, "ReportsTo": {"Name": "Bea Boss", "Email": "bea@acme.example"}, "MailingAddress": {"city": "Madrid", "country": "Spain"}}, key="records"),
        [ANA | SPAIN | {"phones": []}]),
    "fields that an organisation and a package added to Salesforce": (
        json.dumps([{"Name": "Ana Diaz", "Account.Name": "Acme", "Title": "CTO", "npe01__WorkEmail__c": "ana@acme.example", "Home_Email__c": "a2@acme.example", "LinkedIn_URL__c": "linkedin.com/in/ana-diaz"}]),
        [TWO | {"linkedin_slug": "ana-diaz"}]),
    "Microsoft Graph's likely people": (
        of_records({"displayName": "Ana Diaz", "jobTitle": "CTO", "companyName": "Acme", "scoredEmailAddresses": [{"address": "ana@acme.example", "relevanceScore": 8}]}, key="value"),
        [ANA | {"location": None}]),
    "Microsoft Graph's users": (
        of_records({"displayName": "Ana Diaz", "jobTitle": "CTO", "companyName": "Acme", "mail": "ana@acme.example", "otherMails": ["a2@acme.example"], "manager": {"displayName": "Bea", "mail": "bea@acme.example"}}, key="value"),
        [TWO]),
    "Airtable's records, linked and looked up": (
        of_records({"id": "recAAAAAAAAAAAAAA", "fields": {"Full Name": "Ana Diaz", "Email": "ana@acme.example", "Role": "CTO", "Company": ["recBBBBBBBBBBBBBB"], "Company (from Company)": ["Acme"],
            "Last Modified By": {"email": "mo@me.example", "name": "Mo"}}}, key="records"),
        [ANA]),
    "Twenty's answer to GraphQL": (
        json.dumps({"data": {"people": {"edges": [{"node": {"name": {"firstName": "Ana", "lastName": "Diaz"}, "jobTitle": "CTO", "company": {"name": "Acme", "domainName": {"primaryLinkUrl": "acme.example"}},
            "emails": {"primaryEmail": "ana@acme.example", "additionalEmails": ["a2@acme.example"]}, "createdBy": {"source": "MANUAL", "name": "Tim"}}}]}}}),
        [TWO]),
    "HubSpot's older answer with the values of the past": (
        of_records({"vid": 1, "properties": {"firstname": {"value": "Ana", "versions": [{"value": "Anna"}]}, "lastname": {"value": "Diaz"}, "company": {"value": "Acme"}, "jobtitle": {"value": "CTO"},
            "email": {"value": "ana@acme.example"}}}, key="contacts"),
        [ANA]),
    "Notion's typed values": (
        of_records({"object": "page", "properties": {"Who": {"type": "title", "title": [{"plain_text": "Ana Diaz"}]}, "Mail": {"type": "email", "email": "ana@acme.example"}, "Company": {"type": "rich_text", "rich_text": [{"plain_text": "Acme"}]},
            "Title": {"type": "select", "select": {"name": "CTO"}}, "Created by": {"type": "created_by", "created_by": {"name": "Olga", "person": {"email": "olga@me.example"}}}}}, key="results", object="list"),
        [ANA]),
    "Odoo's records": (
        json.dumps({"jsonrpc": "2.0", "result": [{"id": 7, "name": "Ana Diaz", "email": "ana@acme.example", "phone": False, "parent_id": [4, "Acme"], "function": "CTO", "user_id": [2, "Olga Owner"], "city": "Madrid", "country_id": [68, "Spain"]}]}),
        [ANA | SPAIN | {"phones": []}]),
    "Monica's contacts": (
        of_records({"object": "contact", "first_name": "Ana", "last_name": "Diaz", "information": {"career": {"job": "CTO", "company": "Acme"}, "dates": {"birthdate": {"is_age_based": False, "is_year_unknown": True, "date": "2020-03-04T00:00:00Z"}},
            "relationships": {"family": {"contacts": [{"contact": {"first_name": "Sue"}}]}}}, "addresses": [{"city": "Madrid", "country": {"name": "Spain", "iso": "ES"}}],
            "contactFields": [{"content": "ana@acme.example", "contact_field_type": {"name": "Email"}}, {"content": "+34600100200", "contact_field_type": {"type": "phone", "name": "Cell"}}, {"content": "@ana", "contact_field_type": {"name": "Mastodon"}}]}),
        [ANA | SPAIN | {"birthday": "--03-04", "phones": ["+34600100200"]}]),
    "a birthday that Monica made from an age": (
        of_records({"first_name": "Ana", "last_name": "Diaz", "information": {"dates": {"birthdate": {"is_age_based": True, "is_year_unknown": False, "date": "1985-01-01T00:00:00Z"}}}}),
        [{"name": "Ana Diaz", "birthday": None}]),
    "Intercom's users": (
        of_records({"type": "contact", "role": "user", "name": "Ana Diaz", "email": "ana@acme.example", "social_profiles": {"type": "list", "data": [{"type": "social_profile", "name": "LinkedIn", "url": "https://www.linkedin.com/in/ana-diaz"}]}}),
        [{"name": "Ana Diaz", "title": None, "linkedin_slug": "ana-diaz"}]),
    "a role that is a job": (json.dumps([{"name": "Ana Diaz", "role": "Chief of Staff"}]), [{"title": "Chief of Staff"}]),
    "Dynamics' parent of a contact": (
        of_records({"fullname": "Ana Diaz", "emailaddress1": "ana@acme.example", "jobtitle": "CTO", "parentcustomerid_account": {"name": "Acme", "emailaddress1": "info@acme.example"}, "ownerid": {"fullname": "Olga"}}, key="value"),
        [ANA]),
    "Capsule's parties": (
        of_records({"type": "person", "firstName": "Ana", "lastName": "Diaz", "jobTitle": "CTO", "organisation": {"name": "Acme"}, "owner": {"name": "Olga Owner"}, "emailAddresses": [{"type": "Work", "address": "ana@acme.example"}],
            "addresses": [{"city": "Madrid", "country": "Spain"}]}, key="parties"),
        [ANA | SPAIN]),
    "Zoho's records": (
        of_records({"Owner": OLGA, "Full_Name": "Ana Diaz", "Email": "ana@acme.example", "Secondary_Email": "a2@acme.example", "Account_Name": {"name": "Acme"}, "Reporting_To": {"name": "Bea"}, "Title": "CTO"}),
        [TWO]),
    "JSContact's parts, ranks and groups": (
        json.dumps([{"@type": "Card", "uid": "u1", "name": {"components": [{"kind": "given", "value": "Ana"}, {"kind": "surname", "value": "Diaz"}]}, "titles": {"t": {"name": "CTO"}}, "organizations": {"o": {"name": "Acme"}},
            "emails": {"a": {"address": "a2@acme.example"}, "b": {"address": "ana@acme.example", "pref": 1}}}, {"@type": "Card", "kind": "group", "name": {"full": "Friends"}, "members": {"u1": True}}]),
        [TWO | {"tags": ["Friends"]}]),
    "jCard": (
        json.dumps([["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Ana Diaz"], ["email", {"pref": "1"}, "text", "ana@acme.example"], ["org", {}, "text", ["Acme", "R&D"]], ["title", {}, "text", "CTO"]]]]),
        [ANA | {"custom": {"Department": "R&D"}}]),
    "days that stand for none": (json.dumps([{"name": name, "birthday": day} for name, day in zip("ABC", ("unknown", "-", "spring 1985"), strict=True)]), [{"custom": {}}, {"custom": {}}, {"custom": {"birthday": "spring 1985"}}]),
}  # fmt: skip

ROWS: dict[str, tuple[str | bytes, list[dict[str, Any]]]] = {
    "Odoo's further tags": (
        "External ID,Name,Email,Tags\n__x.1,Ana Diaz,a@x.example,VIP\n,,,Speaker\n__x.2,Bo Li,b@x.example,\n",
        [{"name": "Ana Diaz", "tags": ["VIP", "Speaker"]}, {"name": "Bo Li", "tags": []}]),
    "Odoo's complete names, of a company too": (
        'id,Complete Name,Email,Salesperson\nx.7,"Azure Interior, Brandon Freeman",b@azure.example,Olga\nx.8,Azure Interior,azure@azure.example,Olga\nx.9,"Deco Addict, Addison Olson",a@deco.example,\n',
        [{"name": "Brandon Freeman", "company": "Azure Interior"}, {"name": "Azure Interior", "company": None}, {"name": "Addison Olson", "company": "Deco Addict"}]),
    "Frappe's rows below": (
        "ID,First Name,Last Name,Company Name,Email ID (Email IDs),Is Primary (Email IDs),Number (Contact Numbers)\nAna-Acme,Ana,Diaz,Acme,ana@acme.example,1,600100200\n,,,,a2@acme.example,0,910000000\nBo-Bolt,Bo,Li,Bolt,bo@b.example,1,\n",
        [{"name": "Ana Diaz", "emails": TWO["emails"], "phones": ["600100200", "910000000"]}, {"name": "Bo Li", "company": "Bolt"}]),
    "CiviCRM's two employers": (
        'Contact ID,Contact Type,Sort Name,Display Name,Email Address,Organization Name,Current Employer\n1,Individual,"Diaz, Ana",Ana Diaz,ana@acme.example,,Acme\n2,Organization,Acme,Acme,hi@acme.example,Acme,\n',
        [{"name": "Ana Diaz", "company": "Acme"}, {"name": "Acme"}]),
    "Salesforce Inspector's objects": (
        '"[Contact]","FirstName","LastName","Account","Account.Name","Owner","Owner.Email","Email","CreatedBy.Email"\n"[Contact]","Ana","Diaz","[Account]","Acme","[User]","olga@me.example","ana@acme.example","x@me.example"\n',
        [{"name": "Ana Diaz", "company": "Acme", "emails": ["ana@acme.example"]}]),
    "Pipedrive's table": (
        "Person - ID,Person - Name,Person - Organization,Person - Email - Work,Person - Email - Home,Person - Owner\n1,Ana Diaz,Acme,ana@acme.example,a2@acme.example,Olga Owner\n",
        [{"name": "Ana Diaz", "company": "Acme", "emails": TWO["emails"]}]),
    "days that stand for none": (
        "Name,Birthday\nAna Diaz,none\nBo Li,unbekannt\nCy Ray,n/a\nDee Poe,in spring\n",
        [{"birthday": None, "custom": {}}] * 3 + [{"custom": {"Birthday": "in spring"}}]),
    "addresses that were made up": (
        "Name,Email\nAna,n/a@n/a.com\nBo,none@none.com\nCy,keine-email@x.example\nDee,NoEmail@x.example\nEd,nora@x.example\n",
        [{"emails": []}] * 4 + [{"emails": ["nora@x.example"]}]),
    "UTF-8 that was taken for Windows' letters, with its empty places": (
        "Name,Company\nÐ\x90Ð½Ð½Ð° ÐŸÐµÑ‚Ñ€Ð¾Ð²Ð°,â€œAcmeâ€\x9d\nä½\x90è—¤,DÃ©jÃ\xa0 vu\nPâté Å,keep Ã\n",
        [{"name": "Анна Петрова", "company": "“Acme”"}, {"name": "佐藤", "company": "Déjà vu"}, {"name": "Pâté Å", "company": "keep Ã"}]),
    "entities in every cell": (
        'Name,Company,Notes\nSe&aacute;n O&#39;Brien,AT&amp;amp;T,"1 &lt; 2 &amp;&amp; x"\nJ&uuml;rgen Gro&szlig;,&quot;Gro&szlig;&quot; GmbH,&nbsp;\n',
        [{"name": "Seán O'Brien", "company": "AT&T", "notes": "1 < 2 && x"}, {"name": "Jürgen Groß", "company": '"Groß" GmbH', "notes": None}]),
    "the header twice, in capitals, and at the end": (
        "First Name,Last Name,E-mail Address\nAna,Diaz,a@x.example\nfirst name,LAST NAME,E-mail address\nBo,Li,b@x.example\nFirst Name,Last Name,E-mail Address\n",
        [{"name": "Ana Diaz"}, {"name": "Bo Li"}]),
    "sums and remarks in two languages": (
        "Name;E-Mail;Betrag\nAna Diaz;a@x.example;10\nSumme;;10\nGesamt: 1;;\nErstellt am 01.02.2026;;\nGrand total;;10\nPage 1 of 1;;\n", [{"name": "Ana Diaz"}]),
    "numbers that went through a spreadsheet": (
        'Name,Phone\nBo,447911123456.0\nCy,"4,47911123456E+11"\nEd,"=""+447911123456"""\nGus,"447,911,123,456"\n',
        [{"phones": ["447911123456"]}, {"phones": []}, {"phones": ["+447911123456"]}, {"phones": ["447911123456"]}]),
    "digits of Hindi, Persian, Thai and Bengali": (
        "Name,Phone\nA,०९८७६५४३२१\nB,۰۹۱۲۳۴۵۶۷۸۹\nC,๐๘๑๒๓๔๕๖๗๘\nD,০১৭১১১১১১১১\n",
        [{"phones": [number]} for number in ("०९८७६५४३२१", "۰۹۱۲۳۴۵۶۷۸۹", "๐๘๑๒๓๔๕๖๗๘", "০১৭১১১১১১১১")]),
    "words of headers in Hebrew and Arabic": (
        'שם פרטי,שם משפחה,דוא"ל,חברה\nדנה,כהן,d@x.example,אקמה\n', [{"name": "דנה כהן", "emails": ["d@x.example"], "company": "אקמה"}]),
    "LDIF with bytes of Latin-1 in the clear and in base64": (
        b"version: 1\ndn: cn=x\nobjectclass: person\ncn:: Sm9z6SBO+vFleg==\nmail: jose@x.example\no: Se\xf1al SA\n\n", [{"name": "José Núñez", "company": "Señal SA"}]),
    "cards joined with a blank, with nothing, and with marks": (
        "BEGIN:VCARD\nFN:Ana Diaz\nEMAIL:a@x.example\nEND:VCARD BEGIN:VCARD\nFN:Bo Li\nEMAIL:b@x.example\nEND:VCARDBEGIN:VCARD\nFN:Cy Ray\nEND:VCARD\u200e\ufeffBEGIN:VCARD\nFN:Dee Poe\nEND:VCARD",
        [{"name": name} for name in ("Ana Diaz", "Bo Li", "Cy Ray", "Dee Poe")]),
    "ranks and languages of a card": (
        "BEGIN:VCARD\nVERSION:4.0\nFN;LANGUAGE=ja;ALTID=1:佐藤花子\nFN;LANGUAGE=en;ALTID=1;PREF=1:Hanako Sato\nTEL;PREF=50:+81 3 1111 2222\nTEL;PREF=10;VALUE=uri:tel:+81-90-1111-2222;ext=12\nIMPP;X-SERVICE-TYPE=Signal:+34600\nEND:VCARD\n",
        [{"name": "Hanako Sato", "phones": ["+81-90-1111-2222 ext. 12", "+81 3 1111 2222"]}]),
    "member ids that differ in case": (
        "Name,LinkedIn\nAna Diaz,https://www.linkedin.com/in/ACwAAAB1cDeFgH\nBo Li,https://www.linkedin.com/in/ACwAAAB1CdEfGh\nCy Ray,in/me\nDee Poe,Verbunden\n",
        [{"linkedin_slug": "ACwAAAB1cDeFgH"}, {"linkedin_slug": "ACwAAAB1CdEfGh"}, {"linkedin_slug": None}, {"linkedin_slug": None, "custom": {"LinkedIn": "Verbunden"}}]),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_json_of_a_program_names_its_people_and_nobody_else(name: str) -> None:
    data, wanted = JSON[name]
    assert [said(contact, each) for contact, each in zip(contacts_of(data), wanted, strict=True)] == wanted


@pytest.mark.parametrize("name", ROWS)
def test_rows_and_cards_are_read_as_they_were_meant(name: str) -> None:
    data, wanted = ROWS[name]
    assert [said(contact, each) for contact, each in zip(contacts_of(data), wanted, strict=True)] == wanted
