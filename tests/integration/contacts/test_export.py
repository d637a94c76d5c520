from __future__ import annotations

import csv
import gzip
import io

import pytest

EXPORT = "/api/crm/contacts/export"
IMPORT = "/api/crm/contacts/import"
FACTS = (
    "name",
    "email",
    "emails",
    "phones",
    "company",
    "title",
    "location",
    "linkedin_url",
    "birthday",
    "notes",
    "tags",
    "custom",
)
NASTY = [
    {"name": "Ana Díaz, PhD", "emails": ["ana@acme.example", "a.diaz@home.example"], "phones": ["+34 600 000 000", "(1) 2; 3"]},
    {"name": "=cmd|' /C calc'!A0", "company": "+SUM(A1)", "title": "-1", "notes": "@here", "tags": ["=1+1"]},
    {"name": "'quoted'", "notes": 'line\nline\r\n\ttab \\ \\n ; , " end ', "custom": {"=k": "+v", "a;b": "c,d"}},
    {"name": "田中 芽衣", "birthday": "--02-29", "tags": ["a,b", "c;d", "é 🙂"], "location": "東京, 日本"},
    {"name": "", "linkedin_url": "https://www.linkedin.com/in/nameless-77", "birthday": "1980-12-31"},
    {"email": "only@mail.example", "custom": {"BEGIN:VCARD": "END:VCARD"}},
    {"name": "x" * 500, "notes": "é" * 10_000},
]  # fmt: skip


@pytest.fixture
def book(api):
    for contact in NASTY:
        assert api.post("/api/crm/contacts", json=contact).status_code == 201
    return api


def facts(api):
    items = api.get("/api/crm/contacts?limit=200").json["items"]
    return sorted(([item[fact] for fact in FACTS] for item in items if not item["is_self"]), key=str)


@pytest.mark.parametrize("export_format", ["csv", "vcf", "json"])
def test_what_is_exported_is_read_back_without_loss(book, export_format):
    exported = book.get(EXPORT, query_string={"format": export_format})
    other = book.as_user(f"reader-{export_format}-{book.email}")

    answer = other.post(IMPORT, data=exported.data, content_type=exported.content_type)

    assert answer.json["failed"] == 0
    assert answer.json["errors"] == []
    # The exporting user's self contact is a contact like others for somebody else.
    assert [fact for fact in facts(other) if fact[1] != book.email] == facts(book)


@pytest.mark.parametrize("export_format", ["csv", "vcf", "json"])
def test_an_export_imported_into_its_own_address_book_changes_nothing(book, export_format):
    exported = book.get(EXPORT, query_string={"format": export_format})
    before = book.get("/api/crm/contacts").json

    answer = book.post(IMPORT, data=exported.data, content_type="application/octet-stream").json

    assert (answer["created"], answer["updated"], answer["unchanged"]) == (0, 0, len(NASTY) + 1)
    assert book.get("/api/crm/contacts").json == before


def test_a_spreadsheet_finds_no_formula_in_an_export(book):
    for row in csv.reader(io.StringIO(book.get(EXPORT).text)):
        for cell in row:  # phones and days run nothing
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or not any(map(str.isalpha, cell))


@pytest.mark.parametrize(
    ("query", "status", "beginning"),
    [
        ({"format": "vcf", "version": "3.0"}, 200, "BEGIN:VCARD\r\nVERSION:3.0\r\n"),
        ({"format": "vcf"}, 200, "BEGIN:VCARD\r\nVERSION:4.0\r\n"),
        ({"for": "google"}, 200, "First Name,Middle Name,Last Name,Name Prefix"),
        ({"for": "outlook"}, 200, "\ufeffFirst Name,Middle Name,Last Name,Title"),
        ({"format": "vcf", "version": "2.1"}, 422, ""),
        ({"format": "json", "for": "google"}, 422, ""),
        ({"for": "lotus"}, 422, ""),
    ],
)
def test_an_export_is_of_the_version_and_for_the_program_that_is_asked_for(book, query, status, beginning):
    answer = book.get(EXPORT, query_string=query)
    assert answer.status_code == status
    assert answer.data.decode().startswith(beginning)


def test_an_export_is_a_download_that_may_be_compressed(book):
    plain = book.get(EXPORT)
    packed = book.get(EXPORT, headers={"Accept-Encoding": "gzip"})

    assert plain.headers["Content-Disposition"].startswith('attachment; filename="warmpath-contacts-')
    assert plain.content_type == "text/csv; charset=utf-8"
    assert gzip.decompress(packed.data) == plain.data


def test_an_export_of_many_pages_holds_everybody_once(api, user_id, owner):
    owner.run(
        "insert into crm.contacts (user_id, name) select :user_id, 'Person ' || n from generate_series(1, 1203) n",
        user_id=user_id,
    )

    rows = list(csv.DictReader(io.StringIO(api.get(EXPORT).text)))

    assert len({row["name"] for row in rows}) == len(rows) == 1204


def test_an_unknown_format_is_refused(api):
    assert api.get(EXPORT, query_string={"format": "xls"}).status_code == 422
