"""Workbooks made to do harm: a small archive that asks for a table without end, or for a minute of work for each of its bytes."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import date

import pytest

from shared.errors import BadRequest, TooLarge
from shared.formats import workbook as spreadsheet
from shared.formats import workbook_limits
from tests.unit.contacts.reading import read
from tests.unit.contacts.test_import_spreadsheet import MAIN, PEOPLE, with_member, with_shared_texts, workbook

SHEET = "xl/worksheets/sheet1.xml"


def text(value: str, reference: str = "") -> str:
    where = f' r="{reference}"' if reference else ""
    return f'<c{where} t="inlineStr"><is><t>{value}</t></is></c>'


def sheet(rows: str, before: str = "") -> bytes:
    return with_member(workbook(PEOPLE), SHEET, f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData></worksheet>")


HEADER = f'<row r="1">{text("Name", "A1")}</row>'


def row(number: int | str) -> str:
    return f'<row r="{number}">{text("Ana Diaz", "A2")}</row>'


@pytest.fixture
def quick():
    """Fails what takes longer than a moment: the files here have a few kilobytes."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < 5


@pytest.mark.usefixtures("quick")
class TestRows:
    def test_a_stray_cell_in_the_last_row_costs_nothing(self) -> None:
        data = sheet(HEADER + row(2) + f'<row r="1048576">{text(" ", "A1048576")}</row>')
        assert read(data).names == ["Ana Diaz"]

    def test_a_person_in_the_last_row_is_read_and_errors_name_that_row(self) -> None:
        mail = f'<row r="1">{text("Name", "A1")}{text("Email", "B1")}</row>'
        got = read(sheet(mail + f'<row r="1048576">{text("Ana Diaz", "A1048576")}{text("nobody", "B1048576")}</row>'))
        assert (got.names, [error.line for error in got.errors]) == (["Ana Diaz"], [1_048_576])

    @pytest.mark.parametrize("number", ["2147483647", "1048577", "4e6", "99999999999999999999", "0", "-5"])
    def test_a_row_beyond_the_last_is_refused_by_its_number(self, number: str) -> None:
        with pytest.raises(BadRequest, match=f"row {int(float(number)) if 'e' in number else number}"):
            read(sheet(HEADER + row(number)))

    @pytest.mark.parametrize("number", ["1e999", "nan", "2.5", "9" * 5000, "x"])
    def test_a_number_that_is_none_is_damage(self, number: str) -> None:
        with pytest.raises(BadRequest, match="cannot be read"):
            read(sheet(HEADER + row(number)))

    def test_rows_of_one_number_and_rows_out_of_order_are_all_read(self) -> None:
        rows = "".join(f'<row r="{number}">{text(f"P {place}")}</row>' for place, number in enumerate([7, 7, 3, 9]))
        assert read(sheet(HEADER + rows)).names == ["P 0", "P 1", "P 2", "P 3"]

    def test_more_rows_than_a_sheet_has_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spreadsheet, "MAX_ROWS", 1000)
        with pytest.raises(TooLarge, match="more than 1,000 rows"):
            read(sheet("<row/>" * 1002))


@pytest.mark.usefixtures("quick")
class TestCells:
    @pytest.mark.parametrize("reference", ["XFD2", "ZZZ2"])
    def test_a_column_far_to_the_right_is_refused(self, reference: str) -> None:
        with pytest.raises(BadRequest, match="columns, more than"):
            read(sheet(HEADER + f'<row r="2">{text("Ana", reference)}</row>'))

    @pytest.mark.parametrize("reference", ["ZZZZZZZZ2", "A-1", "A", "2", "A2:XFD1048576"])
    def test_a_reference_that_is_none_is_damage(self, reference: str) -> None:
        with pytest.raises(BadRequest, match="cannot be read"):
            read(sheet(HEADER + f'<row r="2">{text("Ana", reference)}</row>'))

    def test_an_empty_cell_far_to_the_right_is_no_column(self) -> None:
        assert read(sheet(HEADER + f'<row r="2">{text("Ana Diaz", "A2")}<c r="XFD2" s="0"/></row>')).names == [
            "Ana Diaz"
        ]

    def test_one_cell_repeated_without_end_is_refused(self) -> None:
        with pytest.raises(TooLarge, match="a row of more than 2 MB"):
            read(sheet(HEADER + '<row r="2">' + '<c r="A2"/>' * 500_000 + "</row>"))

    def test_columns_without_end_before_the_rows_are_refused(self) -> None:
        with pytest.raises(TooLarge, match="more than 2 MB"):
            read(sheet(HEADER + row(2), before="<cols>" + '<col min="1" max="16384"/>' * 200_000 + "</cols>"))


@pytest.mark.usefixtures("quick")
class TestParts:
    def test_more_texts_than_fit_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spreadsheet, "MAX_TEXTS", 1000)
        with pytest.raises(TooLarge, match="more than 1,000 different texts"):
            read(with_shared_texts(f"<sst {MAIN}>" + "<si><t>Name</t></si>" * 1001 + "</sst>"))

    def test_a_shared_text_without_end_is_refused(self) -> None:
        with pytest.raises(TooLarge, match="a text that cells share"):
            read(with_shared_texts(f"<sst {MAIN}><si>" + "<r/>" * 1_200_000 + "</si></sst>"))

    @pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"])
    def test_a_part_of_countless_elements_is_refused_by_its_name(self, part: str) -> None:
        with pytest.raises(TooLarge, match=part.strip("[]").split(".")[0]):
            read(with_member(workbook(PEOPLE), part, "<a>" + "<b/>" * 500_001 + "</a>"))

    def test_sheets_without_number_are_refused(self) -> None:
        with pytest.raises(TooLarge, match="257 sheets"):
            read(workbook(*[[["Quarter"]]] * 257))

    def test_parts_that_say_nothing_of_people_are_not_read(self) -> None:
        for part in ("docProps/core.xml", "docProps/custom.xml", "xl/theme/theme1.xml"):
            assert read(with_member(workbook(PEOPLE), part, "<no xml")).names == ["Ana Diaz"]

    def test_elements_within_elements_are_refused(self) -> None:
        deep = "<r>" * 100_000 + "</r>" * 100_000
        with pytest.raises((BadRequest, TooLarge)):
            read(with_shared_texts(f"<sst {MAIN}><si>{deep}</si></sst>"))


def test_reading_ends_when_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_limits, "MAX_SECONDS", 0.1)
    data = sheet(HEADER + row("2") * 60_000)
    begun = time.monotonic()
    with pytest.raises(TooLarge, match="longer than 0 seconds"):
        read(data)
    assert time.monotonic() - begun < 2


def test_the_time_grows_with_the_file_and_not_with_the_numbers_in_it() -> None:
    def seconds(count: int, step: int) -> float:
        rows = "".join(f'<row r="{2 + number * step}">{text(f"P {number}")}</row>' for number in range(count))
        data = sheet(HEADER + rows)
        begun = time.process_time()
        assert len(read(data).names) == count
        return time.process_time() - begun

    seconds(1_000, 1)  # warms up
    near, far = min(seconds(5_000, 1) for _ in range(3)), min(seconds(5_000, 200) for _ in range(3))
    assert far < near * 2 + 0.05


@pytest.mark.parametrize("spoilt", ["1e308", "nan", "inf", "soon", "-1e9"])
@pytest.mark.parametrize("kind", ["n", "d"])
def test_an_impossible_day_spoils_its_own_cell_alone(spoilt: str, kind: str) -> None:
    data = workbook([["Name", "Birthday"], ["Ana", date(1985, 4, 12)], ["Bo", date(1990, 1, 2)]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(SHEET).decode()
    xml = re.sub(r'(<c r="B2" s="\d+") t="n">(<v>)[^<]*', rf'\1 t="{kind}">\g<2>{spoilt}', xml)
    assert f"<v>{spoilt}</v>" in xml
    got = read(with_member(data, SHEET, xml))
    assert [(each.name, each.birthday, each.custom) for each in got.contacts] == [
        ("Ana", None, {} if spoilt == "nan" else {"Birthday": spoilt}),
        ("Bo", "1990-01-02", {}),
    ]


def test_more_cells_than_a_list_needs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_CELLS", 1000)
    with pytest.raises(TooLarge, match="more than 1,000 cells"):
        read(sheet(HEADER + f'<row r="2">{"<c/>" * 600}</row>' * 2))
