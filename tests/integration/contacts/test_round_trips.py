"""Exports that come back: the same account gets nothing new, another one the same contacts."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

CONTACTS = "/api/crm/contacts"
FIELDS = ("name", "email", "emails", "phones", "company", "title", "location", "linkedin_url", "birthday", "notes", "tags", "custom")  # fmt: skip
PEOPLE: list[dict[str, Any]] = [
    {"name": "Ana Diaz", "emails": ["ana@acme.example", "ana@home.example", "info@acme.example"], "phones": ["+34 600 100 201", "+34 910 000 000"],
     "company": "Acme", "title": "CTO", "location": "Madrid, Spain", "linkedin_url": "https://www.linkedin.com/in/ana-diaz", "birthday": "1980-04-12",
     "notes": 'Met;\nthere, "twice"', "tags": ["vip", "a, b"], "custom": {"Nickname": "Anita", "Website": "https://ana.example"}},
    {"name": "Bo Li", "emails": ["info@acme.example"], "company": "Acme"},
    {"name": "佐藤花子", "phones": ["090-1234-5678"], "birthday": "--04-12"},
    {"name": "Cy"}, {"email": "noname@x.example"}, {"email": "info@bolt.example", "company": "Bolt"}, {"name": "Acme GmbH", "email": "kontakt@acme.example"},
    {"name": "Dee Poe", "company": "Acme"}, {"name": "Dee Poe", "company": "Bolt"}, {"name": "O'Neil, Jr.", "email": "sean.o'neil@x.example"},
    {"name": "María-José Núñez y García", "title": "=cmd", "notes": "-1"}, {"name": "Eve Fox", "linkedin_url": "https://www.linkedin.com/in/ACoAAAbCdE12"},
    {"name": "Gil", "phones": ["+1 (555) 300-4001 ext. 12"]},
]  # fmt: skip
TYPES = {"vcf": "text/vcard", "csv": "text/csv", "json": "application/json"}


def contacts_of(api):
    items = [item for item in api.get(CONTACTS).json["items"] if not item["is_self"]]
    return sorted(str({name: item[name] for name in FIELDS}) for item in items)


@pytest.mark.parametrize(
    "query",
    [
        {"format": "vcf"}, {"format": "vcf", "version": "3.0"}, {"format": "csv"}, {"format": "json"},
        {"format": "csv", "for": "google"}, {"format": "csv", "for": "outlook"},
    ],
)  # fmt: skip
def test_an_export_that_is_imported_again_creates_nothing_and_comes_whole_to_another_account(api, query):
    for person in PEOPLE:
        assert api.post(CONTACTS, json=person | {"enrich": False}).status_code == 201
    before = contacts_of(api)
    data = api.get(f"{CONTACTS}/export", query_string=query).data
    content_type = TYPES[query["format"]]

    again = api.post(f"{CONTACTS}/import", data=data, content_type=content_type).json
    assert (again["created"], again["failed"]) == (0, 0)
    if query.get("for") != "outlook":  # which has no birthday without a year, and other names for pages
        assert again["updated"] == 0
        assert contacts_of(api) == before

    other = api.as_user(f"{uuid.uuid4().hex}@example.com")
    fresh = other.post(f"{CONTACTS}/import", data=data, content_type=content_type).json
    assert (fresh["created"], fresh["updated"], fresh["failed"]) == (len(PEOPLE) + 1, 0, 0)
    if "for" not in query:
        assert set(before) <= set(contacts_of(other))
