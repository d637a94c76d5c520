"""Every place that lists a contact's fields knows those of `shared.contacts.fields`: adding one fails here wherever it is missing."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path

import pytest

from shared.contacts import answers, models
from shared.contacts.fields import EDITED, ENRICHED, EXPORTED, FIELDS, NAMES
from shared.contacts.importing.column_names import COLUMN_NAMES
from shared.contacts.importing.csv_columns import FIELDS as MAPPABLE
from shared.enrichment import repository as enrichment

ROOT = Path(__file__).parents[2]
CONTACTS = "/api/crm/contacts"
APP_FIELDS = ROOT / "frontend" / "src" / "features" / "contacts" / "contact-fields.ts"
WRITTEN = tuple(field.name for field in EDITED)
# Columns of the table that are not answered: keys, what they are made from, and the index of words.
INTERNAL = {
    "user_id", "no", "linkedin_slug", "source_uid", "email_key", "name_key", "company_key", "tsv",
}  # fmt: skip
JSON_TYPES = {
    "name": "string", "line": "string", "text": "string", "lines": "array", "email": "string", "emails": "array",
    "profile": "string", "day": "string", "object": "object", "id": "string", "document": "object", "flag": "boolean",
    "moment": "string",
}  # fmt: skip


def example(field, person):
    """A value that no other field and no other person has."""
    word = f"{field.name.replace('_', '')}{person}"
    return {
        "name": word,
        "line": word,
        "text": word,
        "lines": [f"+49 {NAMES.index(field.name) + 10} 90{person}01{person}7"],
        "email": f"email{person}@first.example",
        "emails": [f"email{person}@first.example", f"emails{person}@second.example"],
        "profile": f"https://www.linkedin.com/in/{word}",
        "day": f"1990-02-0{person}",
        "object": {word: f"value{person}"},
    }[field.kind]


def person(number):
    return {field.name: example(field, number) for field in EDITED}


def written(document):
    return {name: document[name] for name in WRITTEN}


def others(api):
    """What is written of every contact but the self contact."""
    items = api.get(f"{CONTACTS}?limit=200").json["items"]
    return [written(item) for item in items if not item["is_self"]]


def import_file(api, data, content_type="text/csv", **query):
    answer = api.post(f"{CONTACTS}/import", data=data, content_type=content_type, query_string=query)
    assert (answer.status_code, answer.json["errors"]) == (200, [])
    return answer.json


def own_json(*contacts):
    return json.dumps({"format": "warmpath-contacts", "version": 1, "items": contacts})


def test_bodies_hold_what_people_write():
    assert tuple(models.ContactFields.model_fields) == WRITTEN
    assert tuple(models.ContactPatch.model_fields) == WRITTEN
    assert {name: field.default for name, field in models.ContactFields.model_fields.items()} == {
        field.name: field.blank for field in EDITED
    }


def test_answers_hold_every_field_with_its_type():
    schemas = json.loads((ROOT / "functions" / "openapi.json").read_text())["components"]["schemas"]
    said = {
        name: next(iter({kind["type"] for kind in schema.get("anyOf", [schema])} - {"null"}))
        for name, schema in schemas["Contact"]["properties"].items()
    }

    assert tuple(answers.Contact.model_fields) == NAMES
    assert said == {field.name: JSON_TYPES[field.kind] for field in FIELDS}


def test_the_table_has_a_column_for_every_field(owner):
    columns = {
        name
        for (name,) in owner.run(
            "select column_name from information_schema.columns where table_schema = 'crm' and table_name = 'contacts'"
        )
    }

    assert columns == INTERNAL | set(NAMES)


@pytest.mark.parametrize("field", [field for field in EDITED if field.kind in ("name", "line", "text")])
def test_the_table_bounds_a_text_as_the_code_does(owner, field):
    ((check,),) = owner.run(
        "select pg_get_constraintdef(oid) from pg_constraint where conname = :name and conrelid = 'crm.contacts'::regclass",
        name=f"contacts_{field.name}_size",
    )

    assert f"<= {field.longest})" in check


def test_what_is_written_is_kept(api):
    created = api.post(CONTACTS, json=person(1)).json
    path = f"{CONTACTS}/{created['id']}"

    assert tuple(created) == NAMES
    assert written(created) == person(1)
    assert written(api.put(path, json=person(2)).json) == person(2)
    api.patch(path, json={"custom": None})  # whose members a patch keeps
    assert written(api.patch(path, json=person(3)).json) == person(3)
    kept = {"name": "Ana"}
    blank = {field.name: field.blank for field in EDITED}
    assert written(api.patch(path, json=dict.fromkeys(WRITTEN) | kept).json) == blank | kept


@pytest.mark.parametrize("export_format", ["csv", "vcf", "json"])
def test_what_is_exported_is_imported(api, export_format):
    api.post(CONTACTS, json=person(1))
    api.post(CONTACTS, json=person(2))
    exported = api.get(f"{CONTACTS}/export", query_string={"format": export_format})
    reader = api.as_user(f"fields-{export_format}-{api.email}")

    import_file(reader, exported.data, exported.content_type)

    assert [one for one in others(reader) if one["email"] != api.email] == [person(1), person(2)]


def test_the_export_has_every_column(api):
    header = api.get(f"{CONTACTS}/export?format=csv").text.splitlines()[0]

    assert header.split(",") == list(EXPORTED)


@pytest.mark.parametrize("field", [field.name for field in FIELDS if field.imported])
def test_a_column_can_be_said_to_be_any_imported_field(field):
    assert field in MAPPABLE


def test_columns_with_a_fields_usual_name_become_it(api):
    titles = {field.name: re.findall(r"\ben: ([^,\n;]+)", COLUMN_NAMES.get(field.name, "")) for field in EDITED}
    cells = person(1)
    cells["emails"], own = cells["emails"][1], cells.pop("custom")
    header = {name: titles[name][0] if titles[name] else name for name in cells} | {name: name for name in own}
    row = {name: cell[0] if isinstance(cell, list) else cell for name, cell in (cells | own).items()}

    import_file(api, f"{','.join(header.values())}\n{','.join(row.values())}\n")

    assert others(api) == [person(1)]


def test_members_with_a_fields_name_become_it(api):
    document = person(1)

    import_file(api, json.dumps([document | document.pop("custom")]), "application/json")

    assert others(api) == [person(1)]


def test_rows_of_one_person_become_one(api):
    blank = {field.name: field.blank for field in EDITED}
    key = {"email": person(1)["email"], "name": person(1)["name"]}
    half = dict(list(person(1).items())[::2])
    rest = dict(list(person(1).items())[1::2])

    import_file(api, own_json(blank | half | key, blank | rest | key), "application/json")

    assert others(api) == [person(1)]


def test_a_file_fills_what_is_blank(api):
    api.post(CONTACTS, json={"email": person(1)["email"]})

    answer = import_file(api, own_json(person(1)), "application/json")

    assert (answer["updated"], others(api)) == (1, [person(1)])


def test_characters_that_cannot_be_staged_are_taken_out_of_every_field(api):
    marked = json.loads(json.dumps(person(1)).replace('name1"', 'name1\\u001e"').replace('notes1"', 'notes1\\u001e"'))
    assert marked != person(1)

    import_file(api, own_json(marked), "application/json")

    assert others(api) == [person(1)]


def test_enrichment_reads_and_writes_what_it_fills(api, owner, database, user_id):
    contact = api.post(CONTACTS, json=person(1)).json
    ((event,),) = owner.run("select id from crm.outbox where user_id = :user_id", user_id=user_id)
    run = enrichment.Run(event, uuid.UUID(contact["id"]), uuid.uuid4(), 60)
    found = {name: person(2)[name] for name in ENRICHED}

    with database.transaction(user_id) as tx:
        verdict, subject = enrichment.begin_run(tx, run, ["hunter"])
    assert subject is not None
    assert (verdict, subject.columns) == ("run", {name: person(1)[name] for name in ENRICHED})
    with database.transaction(user_id) as tx:
        columns = found | {"linkedin_slug": "linkedinurl2"}
        ended = enrichment.end_run(
            tx, run, version=subject.version, fields=columns, document={}, result="done", again_in_s=None
        )

    assert (ended, written(others(api)[0])) == ("written", person(1) | found)


@pytest.mark.parametrize("field", [field for field in FIELDS if field.searched], ids=lambda field: field.name)
def test_its_words_find_the_contact(api, field):
    api.post(CONTACTS, json=person(1))
    sought = example(field, 1)
    shown = {"emails": "email"}.get(field.name, field.name)

    items = api.get(f"{CONTACTS}/search", query_string={"q": sought[-1] if isinstance(sought, list) else sought}).json[
        "items"
    ]

    assert [shown in item["matched"] for item in items] == [True]


def test_the_app_knows_what_people_write():
    """The compiler asks for each of them; here it is their order, which is that of the app's exports."""
    words = re.search(r"const WORDS = \{\n(.*?)\n\}", APP_FIELDS.read_text(), re.DOTALL)

    assert words is not None
    assert tuple(re.findall(r"^  (\w+): \{", words[1], re.MULTILINE)) == WRITTEN


def test_the_files_that_a_field_takes_are_where_contributing_says():
    (section,) = re.findall(
        r"^## A new field of a contact\n(.*?)^## ", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL | re.MULTILINE
    )
    paths = re.findall(r"^\d+\. (?:A new file in )?`([^`]+)`", section, re.MULTILINE)

    assert len(paths) == 12
    assert [path for path in paths if not (ROOT / path).exists()] == []
