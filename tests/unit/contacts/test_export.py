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
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contacts.addresses import linkedin_profile
from shared.contacts.exporting.csv import write_csv
from shared.contacts.exporting.json import write_json
from shared.contacts.exporting.vcf import write_vcf
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
    assert [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")] == []


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
