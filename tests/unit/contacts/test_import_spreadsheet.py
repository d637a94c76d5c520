"""Excel workbooks: cells of every kind, several sheets, and files made to do harm."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from shared.errors import BadRequest, TooLarge, UnsupportedFormat, ValidationFailed
from shared.formats import workbook as spreadsheet
from tests.unit.contacts.reading import facts, read

if TYPE_CHECKING:
    from collections.abc import Sequence


def workbook(*sheets: Sequence[Any], hidden: int = 0) -> bytes:
    """A workbook with these sheets, of which the first so many are hidden."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if number < hidden else "visible"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def with_member(data: bytes, name: str, content: str) -> bytes:
    """The same archive with one member added or replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in dict.fromkeys([*old.namelist(), name]):
            new.writestr(member, content if member == name else old.read(member))
    return packed.getvalue()


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def with_shared_texts(texts: str) -> bytes:
    """A workbook as Excel writes it: the cells of a row have the number of a text."""
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    data = with_member(
        workbook(PEOPLE), "xl/worksheets/sheet1.xml", f"<worksheet {MAIN}><sheetData>{row}</sheetData></worksheet>"
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    data = with_member(data, "[Content_Types].xml", parts.replace("</Types>", part))
    return with_member(data, "xl/sharedStrings.xml", texts)


PEOPLE = [["Name", "E-mail", "Phone", "Birthday"], ["Ana Diaz", "ana@x.org", 34600100200, date(1990, 2, 3)]]


def test_cells_are_read_as_they_are_shown() -> None:
    rows = [
        ["Name", "Phone", "Birthday", "Seen", "Paid", "Score", "Vip", "Hour", "Notes"],
        ["Ana, the Quick", 447911123456.0, datetime(1990, 2, 3), datetime(2026, 1, 2, 3, 4), 12, 1.5, True, time(9, 30), 'two\nlines, "quoted"'],  # noqa: DTZ001 - cells know no zone
    ]  # fmt: skip
    got = read(workbook(rows), filename="people.xlsx")

    assert (got.file.format, got.errors) == ("csv", [])
    assert facts(got.only) == {
        "name": "Ana, the Quick", "phones": ["447911123456"], "birthday": "1990-02-03", "notes": 'two\nlines, "quoted"',
        "custom": {"Seen": "2026-01-02 03:04:00", "Paid": "12", "Score": "1.5", "Vip": "true", "Hour": "09:30:00"},
    }  # fmt: skip


def test_a_workbook_says_what_the_same_table_says_as_csv() -> None:
    google = "First Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Organization Name,Organization Title\nAna,Diaz,vip,* Work,ana@x.org,Acme,CTO"
    rows = [line.split(",") for line in google.splitlines()]
    as_workbook, as_csv = read(workbook(rows)), read(google)
    assert as_workbook.file.format == as_csv.file.format == "google_csv"
    assert as_workbook.contacts == as_csv.contacts


def test_an_error_names_the_row_of_the_sheet() -> None:
    rows = [["Name", "Email", "Notes"], ["Ana", "ana@x.org", "one\ntwo\nthree"], [], ["Bo", "nobody", None]]
    (error,) = read(workbook(rows)).errors
    assert (error.line, error.field, error.value) == (4, "email", "nobody")


def test_the_first_visible_sheet_with_contacts_is_taken() -> None:
    summary = [["Quarter", "Revenue"], ["Q1", 100]]
    got = read(workbook([["Name"], ["Hidden Person"]], summary, PEOPLE, [["Name"], ["Later Person"]], hidden=1))
    assert got.names == ["Ana Diaz"]


def test_a_mapping_names_the_columns_of_a_sheet() -> None:
    rows = [["Wer", "Womit"], ["Ana Diaz", "a"]]
    with pytest.raises(ValidationFailed, match="Wer"):
        read(workbook(rows))
    assert read(workbook(rows), mapping={"Wer": "name"}).names == ["Ana Diaz"]


def test_rows_wider_than_said_and_a_size_that_lies_are_read() -> None:
    data = workbook(PEOPLE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'ref="A1:D2"' in sheet
    for said in ("A1:A1", "A1:XFD1048576"):
        assert read(with_member(data, "xl/worksheets/sheet1.xml", sheet.replace("A1:D2", said))).names == ["Ana Diaz"]


def test_a_workbook_without_contacts_is_refused() -> None:
    with pytest.raises(BadRequest, match="no rows"):
        read(workbook([]))
    with pytest.raises(BadRequest, match="no visible sheet"):
        read(with_member(workbook(PEOPLE), "xl/workbook.xml", _all_hidden()))


def _all_hidden() -> str:
    with zipfile.ZipFile(io.BytesIO(workbook(PEOPLE))) as archive:
        return archive.read("xl/workbook.xml").decode().replace('state="visible"', 'state="hidden"')


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "content", ["", "no xml", "<worksheet><sheetData><row><c t='s'><v>99</v></c></row></sheetData>"]
)
def test_a_damaged_workbook_is_refused_in_words(member: str, content: str) -> None:
    with pytest.raises((BadRequest, ValidationFailed, UnsupportedFormat)):
        read(with_member(workbook(PEOPLE), member, content))


def test_a_workbook_cut_off_anywhere_is_refused_in_words() -> None:
    data = workbook(PEOPLE)
    for size in range(4, len(data) - 1, 97):
        with pytest.raises((BadRequest, UnsupportedFormat)):
            read(data[:size])


def test_a_table_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_TABLE_BYTES", 1_000_000)
    long = "x" * 30_000  # stands once among the shared texts, and in every cell
    with pytest.raises(TooLarge, match="save it as CSV"):
        read(workbook([["Name", "Notes"], *([f"P {n}", long] for n in range(100))]))


def test_a_cell_at_the_end_of_the_sheet_makes_no_table_of_millions() -> None:
    data = workbook(PEOPLE)
    cell = '<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>Name</t></is></c></row></sheetData>'
    with pytest.raises(BadRequest, match="16384 columns"):
        read(with_member(data, "xl/worksheets/sheet1.xml", f"<worksheet {MAIN}>{cell}</worksheet>"))


def test_entities_that_multiply_are_refused() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE sst [<!ENTITY l0 "ha">{levels}]><sst {MAIN}><si><t>&l9;</t></si></sst>'
    with pytest.raises(BadRequest):
        read(with_shared_texts(bomb))


def test_texts_that_cells_share_are_read() -> None:
    texts = "<si><t>Name</t></si><si><r><t>Ana </t></r><r><rPr><b/></rPr><t>Diaz</t></r></si>"
    assert read(with_shared_texts(f"<sst {MAIN}>{texts}</sst>")).names == ["Ana Diaz"]
    with pytest.raises((BadRequest, UnsupportedFormat)):
        read(with_shared_texts(f"<sst {MAIN}/>"))


def test_another_office_document_is_refused_with_what_to_do() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnsupportedFormat, match="save it as"):
        read(packed.getvalue())
