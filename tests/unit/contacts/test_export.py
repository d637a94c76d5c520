"""What is exported is valid, opens in other programs, and comes back without loss."""

from __future__ import annotations

import csv
import io
import json
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contacts.addresses import linkedin_profile
from shared.contacts.exporting.csv import write_csv
from shared.contacts.exporting.csv_google import write_csv as write_google
from shared.contacts.exporting.csv_outlook import write_csv as write_outlook
from shared.contacts.exporting.json import write_json
from shared.contacts.exporting.standard import name_of
from shared.contacts.exporting.vcf import write_vcf
from shared.contacts.importing.own import guard, unguard
from shared.contacts.importing.parsed import ParsedContact
from tests.unit.contacts.reading import read

Writer = Callable[[Iterable[Mapping[str, Any]]], Iterator[bytes]]
WRITERS: dict[str, Writer] = {"csv": write_csv, "json": write_json, "vcf": write_vcf}
FORMATS = {"csv": "warmpath_csv", "json": "warmpath_json", "vcf": "warmpath_vcard"}
BLANK: dict[str, Any] = {
    "id": "b8767877-b4a1-4c70-9acc-505d3819e519", "name": "", "email": None, "emails": [], "phones": [], "company": None, "title": None,
    "location": None, "linkedin_url": None, "birthday": None, "notes": None, "tags": [], "custom": {}, "enrichment": {"status": "done"},
    "source": "linkedin_csv", "is_self": False, "created_at": "2026-11-23T06:09:00.123456+00:00", "updated_at": "2026-11-23T06:10:00+00:00",
}  # fmt: skip


def contact(**fields: Any) -> dict[str, Any]:
    """A contact as the API gives it."""
    if fields.get("emails"):
        fields.setdefault("email", fields["emails"][0])
    return {**BLANK, **fields}


def written(writer: Writer, contacts: list[dict[str, Any]]) -> bytes:
    """The whole file."""
    return b"".join(writer(contacts))


def document(parsed: ParsedContact) -> dict[str, Any]:
    """A parsed contact in the shape of the API, as far as a file can tell."""
    fields = {name: getattr(parsed, name) for name in BLANK if hasattr(parsed, name)}
    return {**fields, "id": parsed.source_uid}


def expected(source: dict[str, Any]) -> dict[str, Any]:
    """What comes back of it."""
    return {name: source[name] for name in document(ParsedContact(1))}


def check_round_trip(kind: str, contacts: list[dict[str, Any]]) -> None:
    """Writes, reads and compares."""
    got = read(written(WRITERS[kind], contacts))
    assert got.file.format == FORMATS[kind]
    assert got.errors == []
    assert [document(each) for each in got.contacts] == [expected(each) for each in contacts]


HARD = [
    contact(name="Ana Diaz"),
    contact(emails=["only@x.org"]),
    contact(linkedin_url="https://www.linkedin.com/in/%C3%A1na"),
    contact(name='=HYPERLINK("http://x")', company="+49", title="@SUM(A1)", location="-1", notes="\tx"),
    contact(name="'t Hooft", company="'=x", title="''", location="'"),
    contact(name='Zoë, "Zo"; \\ Ñandú 山田 👩‍👩‍👧', emails=["b@x.org", "a@x.org", "C@x.org"], phones=["+49 30 1; ext 2", "a\\b", "(1), 2"]),
    contact(name="N", birthday="--02-29", tags=["a,b", "c;d", "e\\", "=x", "with space"], notes="l1\nl2\n\nl4"),
    contact(name="N", birthday="1985-03-14", custom={'k;1,"x"': 'v;,\\n\n"', "Ключ": "значение", "=a": "=b"}),
    contact(name="N", notes="windows\r\nlines\rand more \r\n", custom={"trailing ": " blanks ", "tab\t": "\t", "cr": "a\rb"}),
    contact(name=" blanks around ", company=" c ", title="t\n", location="two\nlines", phones=[" 1 "], tags=[" t "]),
    contact(name="N", notes="BEGIN:VCARD\nEND:VCARD\n", custom={"BEGIN:VCARD": "END:VCARD"}),
    contact(name="x" * 500, notes="long " * 10_000, company="ü" * 500),
    contact(name="N", location='0"' + "ü" * 60),
    contact(name="N", id="not-a-uuid,;", location='He said "hi" ^ there'),
]  # fmt: skip


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("number", range(len(HARD)))
def test_hard_values_come_back(kind: str, number: int) -> None:
    check_round_trip(kind, [HARD[number]])


@pytest.mark.parametrize("kind", WRITERS)
def test_all_of_them_together_come_back_in_order(kind: str) -> None:
    check_round_trip(kind, HARD * 20)


@pytest.mark.parametrize("kind", WRITERS)
def test_an_empty_address_book_is_a_valid_file(kind: str) -> None:
    data = written(WRITERS[kind], [])
    got = read(data, filename=f"contacts.{kind}")
    assert (got.contacts, got.errors) == ([], [])


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
words = texts.filter(lambda text: text.strip() != "")
local = st.text(alphabet=string.ascii_letters + string.digits + "._+-é用", min_size=1, max_size=12)
emails = st.builds(
    lambda name, host: f"{name}@{host}", local, st.sampled_from(["x.org", "例子.cn", "sub.x.co.uk", "intranet"])
)
slugs = st.text(alphabet=string.ascii_lowercase + string.digits + "-", min_size=1, max_size=20).filter(
    lambda slug: linkedin_profile(f"linkedin.com/in/{slug}") is not None  # "me" is nobody
)
birthdays = st.one_of(
    st.dates().map(str).filter(lambda day: not day.startswith("1604")), st.dates().map(lambda day: f"--{day:%m-%d}")
)


@st.composite
def contacts(draw: st.DrawFn) -> dict[str, Any]:
    """Any contact that the API can hold."""
    addresses = draw(st.lists(emails, max_size=4, unique_by=str.lower))
    name = draw(st.one_of(words, st.just("") if addresses else words))
    return contact(
        id=str(draw(st.uuids())), name=name, emails=addresses, phones=draw(st.lists(words, max_size=3, unique=True)),
        company=draw(st.none() | words), title=draw(st.none() | words), location=draw(st.none() | words), notes=draw(st.none() | words),
        linkedin_url=draw(st.none() | slugs.map(lambda slug: f"https://www.linkedin.com/in/{slug}")), birthday=draw(st.none() | birthdays),
        tags=draw(st.lists(words, max_size=4, unique=True)), custom=draw(st.dictionaries(words, texts, max_size=4)),
    )  # fmt: skip


@pytest.mark.parametrize("kind", WRITERS)
@settings(deadline=None, max_examples=60)
@given(book=st.lists(contacts(), min_size=1, max_size=4))
def test_any_address_book_comes_back(kind: str, book: list[dict[str, Any]]) -> None:
    check_round_trip(kind, book)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_large_export_streams_in_small_pieces(kind: str) -> None:
    def endless() -> Iterator[dict[str, Any]]:
        yield from (contact(name=f"P{number}", notes="x" * 500) for number in range(10_000))

    pieces = WRITERS[kind](endless())
    assert max(len(piece) for piece in pieces) < 80_000


def test_csv_reads_as_csv_elsewhere() -> None:
    (row,) = csv.DictReader(
        io.StringIO(
            written(write_csv, [contact(name="Ana", emails=["a@x.org", "b@x.org"], tags=["a", "b;c"])]).decode(),
            newline="",
        )
    )
    assert (row["name"], row["email"], row["emails"], row["tags"], row["custom"]) == (
        "Ana",
        "a@x.org",
        "a@x.org; b@x.org",
        "a; b\\;c",
        "",
    )


def test_no_csv_cell_is_a_formula() -> None:
    rows = csv.reader(io.StringIO(written(write_csv, HARD).decode(), newline=""))
    started = [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")]
    assert started == ["+49", "-1", "--02-29"]  # numbers and days, which run nothing


@pytest.mark.parametrize(
    ("cell", "is_harmless"),
    [
        ("+34 600 100 200", True), ("+1 (555) 300-4001 ext. 12; +49 30/1", True), ("--04-12", True), ("-5", True), ("+A1", False), ("+1+cmd|' /C calc'!A0", False),
        ("=1+1", False), ("@SUM(A1)", False), ("+1;DDE(1)", False), ("-1\n=2", False), ("+1!", False), ("+1%", False), ("+1 ext. 12 A1", False),
    ],
)  # fmt: skip
def test_a_phone_or_a_day_has_no_apostrophe_and_a_formula_has_one(cell: str, is_harmless: bool) -> None:
    assert guard(cell) == (cell if is_harmless else "'" + cell)
    assert unguard(guard(cell)) == cell


FULL = contact(
    name="Dr. Ana María Diaz", emails=["ana@x.org", "b@x.org"], phones=["+34 600 100 200", "+34 900 000 000", "5"], company="Acme, Inc.", title="CTO",
    location="Madrid, Spain", linkedin_url="https://www.linkedin.com/in/ana-diaz", birthday="--04-12", notes="tea; and\nmilk", tags=["vip", "a,b"],
    custom={"Department": "R&D", "NICKNAME": "Annie", "URL": "https://ana.org", "Work Address": "Calle 1, Madrid, 28001, Spain", "Mobile": "+34 600 100 200",
            "Work phone": "+34 900 000 000", "Home Fax": "+34 911", "Pets": "Rex"},
)  # fmt: skip


def card_of(version: str) -> dict[str, list[Any]]:
    """The properties of FULL's card as vobject reads them, which many programs in Python do."""
    (card,) = vobject.readComponents(written(lambda contacts: write_vcf(contacts, version), [FULL]).decode())
    return card.contents


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_another_program_finds_in_a_card_what_the_contact_says(version: str) -> None:
    found = card_of(version)
    name, address = found["n"][0].value, found["adr"][0].value
    assert found["version"][0].value == version
    assert (name.family, name.given, name.additional, name.prefix) == ("Diaz", "Ana", "María", "Dr.")
    assert (address.street, address.city, address.code, address.country) == ("Calle 1", "Madrid", "28001", "Spain")
    assert found["org"][0].value == ["Acme, Inc.", "R&D"]
    assert [(each.value, [kind.lower() for kind in each.params.get("TYPE", [])]) for each in found["tel"]] == [
        ("+34 600 100 200", ["cell"]), ("+34 900 000 000", ["work"]), ("5", []), ("+34 911", ["fax", "home"]),
    ]  # fmt: skip
    assert [each.value for each in found["email"]] == ["ana@x.org", "b@x.org"]
    assert [each.value for each in found["url"]] == ["https://www.linkedin.com/in/ana-diaz", "https://ana.org"]
    assert found["x-socialprofile"][0].value == "https://www.linkedin.com/in/ana-diaz"
    assert [found[name][0].value for name in ("fn", "title", "note", "nickname")] == [
        "Dr. Ana María Diaz",
        "CTO",
        "tea; and\nmilk",
        "Annie",
    ]
    assert found["categories"][0].value == ["vip", "a,b"]
    assert found["bday"][0].value == ("1604-04-12" if version == "3.0" else "--0412")


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("number", [*range(len(HARD)), -1])
def test_every_version_of_a_card_comes_back_without_loss(version: str, number: int) -> None:
    source = [*HARD, FULL][number]
    got = read(written(lambda contacts: write_vcf(contacts, version), [source]))
    assert (got.file.format, got.errors, document(got.only)) == ("warmpath_vcard", [], expected(source))


@pytest.mark.parametrize(("writer", "kind"), [(write_google, "google_csv"), (write_outlook, "outlook_csv")])
def test_a_table_for_another_program_has_its_columns_and_says_everything(writer: Writer, kind: str) -> None:
    data = written(writer, [FULL, contact(name="Bo Li"), *HARD])
    got = read(data)
    ana = got.contacts[0]
    assert (got.file.format, got.errors) == (kind, [])
    assert (ana.name, ana.emails, ana.company, ana.title, ana.location) == (
        FULL["name"],
        FULL["emails"],
        "Acme, Inc.",
        "CTO",
        "Madrid, Spain",
    )
    assert set(ana.phones) >= set(FULL["phones"])
    assert (ana.linkedin_url, ana.tags[0]) == (FULL["linkedin_url"], "vip")
    everything = data.decode()
    assert [
        value
        for value in ("R&D", "Annie", "https://ana.org", "Calle 1", "28001", "+34 911", "Rex", "04-12", "tea; and")
        if value not in everything
    ] == []
    rows = csv.reader(io.StringIO(everything.removeprefix("\ufeff"), newline=""))
    assert [
        cell
        for row in rows
        for cell in row
        if cell[:1] in tuple("=@\t\r") or (cell[:1] in "+-" and any(map(str.isalpha, cell)))
    ] == []


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ana", ("", "Ana", "", "", "")), ("Diaz, Ana Maria", ("Diaz", "Ana", "Maria", "", "")), ("Ludwig van Beethoven", ("van Beethoven", "Ludwig", "", "", "")),
        ("Prof. Dr. Ana Li PhD", ("Li", "Ana", "", "Prof. Dr.", "PhD")), ("田中 芽衣", ("田中", "芽衣", "", "", "")), ("王伟", ("", "王伟", "", "", "")),
        ("Martin L. King Jr.", ("King", "Martin", "L.", "", "Jr.")), ("", ("", "", "", "", "")),
    ],
)  # fmt: skip
def test_a_name_is_taken_apart_for_programs_that_want_its_parts(name: str, parts: tuple[str, ...]) -> None:
    assert tuple(name_of({"name": name})) == parts


def test_a_company_s_name_is_not_taken_apart() -> None:
    assert name_of({"name": "Acme Labs", "company": "Acme Labs"}).family == "Acme Labs"


def test_a_csv_that_went_through_a_spreadsheet_is_still_ours() -> None:
    (row,) = csv.DictReader(io.StringIO(written(write_csv, [HARD[6]]).decode(), newline=""))
    kept = {name: cell for name, cell in row.items() if name not in ("id", "created_at", "source")} | {"Score": "5"}
    text = io.StringIO()
    writer = csv.DictWriter(text, list(kept), delimiter=";")
    writer.writeheader()
    writer.writerow(kept)
    got = read(text.getvalue().encode("utf-16"))
    assert got.file.format == "warmpath_csv"
    assert (got.only.tags, got.only.birthday, got.only.custom) == (HARD[6]["tags"], "--02-29", {"Score": "5"})


def test_damage_by_hand_in_our_csv_is_reported_by_field() -> None:
    text = written(
        write_csv, [contact(name="Ana", emails=["a@x.org"], custom={"a": "b"}, birthday="1985-03-14")]
    ).decode()
    got = read(
        text.replace('{""a"": ""b""}', "{broken")
        .replace("1985-03-14", "soon")
        .replace("a@x.org,a@x.org", "a@x.org,nobody")
    )
    assert (got.only.name, got.only.email, got.only.custom, got.only.birthday) == ("Ana", "a@x.org", {}, None)
    assert {error.field for error in got.errors} == {"custom", "birthday", "email"}


def test_json_is_one_document() -> None:
    data = json.loads(written(write_json, HARD))
    assert data["format"] == "warmpath-contacts"
    assert data["items"] == HARD


VCARD_LINE = re.compile(
    rb"(?:[A-Za-z0-9-]+\.)?[A-Za-z0-9-]+(?:;[A-Za-z0-9-]+=(?:\"[^\"\x00-\x1f]*\"|[^\";:,\x00-\x1f]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)*:[^\x00-\x08\x0a-\x1f]*"
)


def test_vcards_are_valid_by_rfc_6350() -> None:
    data = written(write_vcf, HARD)
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # folded between characters, so that readers that unfold late survive
    unfolded = data.replace(b"\r\n ", b"")
    cards = unfolded.split(b"BEGIN:VCARD\r\n")[1:]
    assert len(cards) == len(HARD)
    for card in cards:
        lines = card.split(b"\r\n")
        assert lines[0] == b"VERSION:4.0"
        assert lines[-2:] == [b"END:VCARD", b""]
        assert sum(line.startswith((b"FN:", b"FN;")) for line in lines) == 1
        assert all(VCARD_LINE.fullmatch(line) for line in lines[:-1])


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("number", [*range(len(HARD)), -1])
def test_a_card_that_another_program_has_stored_comes_back(version: str, number: int) -> None:
    """Radicale and khard parse a card and write it again; the carriage returns they leave out stand in X-WARMPATH-EXACT."""
    source = [*HARD, FULL][number]
    card = vobject.readOne(written(lambda contacts: write_vcf(contacts, version), [source]).decode())
    got = read(card.serialize(validate=False))
    assert (got.file.format, got.errors, document(got.only)) == ("warmpath_vcard", [], expected(source))


def test_custom_fields_in_the_form_of_earlier_releases_are_read() -> None:
    card = 'BEGIN:VCARD\nVERSION:4.0\nPRODID:-//Warmpath//Contacts 1//EN\nFN:Ana\nX-WARMPATH-CUSTOM:a\\;b;c\\, ["d"]\nX-WARMPATH-CUSTOM:1;2\nEND:VCARD\n'
    assert read(card).only.custom == {"a;b": 'c, ["d"]', "1": "2"}
