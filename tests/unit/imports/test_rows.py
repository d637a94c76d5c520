from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from shared.errors import BadRequest, CrmError, TooLarge, UnsupportedFormat
from shared.imports.rows import BadRow, Columns, Row, open_table

TIES = Columns(by_email=("from_email", "to_email"), by_id=("from_id", "to_id"), others=("strength", "mutual"))
HEADER = "from_email,to_email,strength"
ROWS = ["ana@x.example,bo@x.example,0.5", "bo@x.example,zoë@x.example,"]
TABLE = "\n".join([HEADER, *ROWS]) + "\n"
READ = [(2, "ana@x.example", "bo@x.example", "0.5"), (3, "bo@x.example", "zoë@x.example", "")]
Tie = tuple[int, str, str, str]


def read(data: str | bytes, *, content_type: str = "text/csv", max_bytes: int = 10_000_000) -> tuple[list[Tie], Any]:
    """The rows of a file of ties, and the file with what was wrong with others."""
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    file = open_table(stream, TIES, subject="relationships", content_type=content_type, max_bytes=max_bytes)
    ties: list[Tie] = []

    def copied(row: Row) -> str:
        names = ("from_id", "to_id") if file.by_id else ("from_email", "to_email")
        ties.append((row.line, *map(row.contact, names), row.cell("strength")))  # type: ignore[arg-type]  # two names, two contacts
        return "row\n"

    assert b"".join(file.chunks(copied)) == b"row\n" * len(ties)
    return ties, file


def workbook(*sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def archive(**members: str | bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, data in members.items():
            made.writestr(name.replace("_", "."), data)
    return packed.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("cp1252"),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode("utf-16"),
        TABLE.replace(",", "|").encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        '"from_email", "TO_EMAIL", "strength"\nana@x.example, "bo@x.example", "0.5"\nbo@x.example, "zoë@x.example",\n'.encode(),
        "strength,to_email,from_email,note\n0.5,bo@x.example,ana@x.example\n,zoë@x.example,bo@x.example,x,y\n".encode(),
    ],
)
def test_a_table_is_read_however_it_is_written(data: bytes) -> None:
    ties, file = read(data)
    assert ties == READ
    assert (file.failed, file.errors) == (0, [])


def test_a_charset_that_is_declared_counts_where_the_bytes_allow() -> None:
    ties, _ = read(TABLE.replace("zoë", "жук").encode("koi8_r"), content_type="text/csv; charset=koi8-r")
    assert ties[1][2] == "жук@x.example"


@pytest.mark.parametrize("above", ["sep=;\n", "Exported ties\n\n", "\n\n", "Ties of Ana;;\nof 2026;;\n"])
def test_a_header_may_have_something_above_it(above: str) -> None:
    ties, file = read(above + TABLE.replace(",", ";"))
    lines = above.count("\n")
    assert [(line - lines, *rest) for line, *rest in ties] == READ
    assert file.errors == []


def test_the_first_header_is_the_header() -> None:
    """Two files put together: the second header is a row like any other, which names nobody."""
    ties, _ = read(f"from_email,to_email\n{ROWS[0]}\n{HEADER},mutual\n{ROWS[1]}\n")
    assert [tie[:3] for tie in ties] == [
        (2, "ana@x.example", "bo@x.example"),
        (3, "from_email", "to_email"),
        (4, "bo@x.example", "zoë@x.example"),
    ]


def test_rows_before_any_header_are_not_dropped_in_silence() -> None:
    with pytest.raises(BadRequest, match="begin it with a header"):
        read("\n".join([*ROWS, HEADER, *ROWS]))


def test_a_quote_that_is_never_closed_costs_no_other_row() -> None:
    ties, file = read(f'{HEADER},note\n{ROWS[0]},"open\n{ROWS[1]},\n')
    assert ties == READ
    assert file.failed == 0
    assert [(error["line"], error["field"], error["value"]) for error in file.errors] == [(2, None, f'{ROWS[0]},"open')]
    assert file.errors[0]["message"].endswith("check this row")


def test_a_cell_of_several_lines_is_a_cell_whatever_the_number_of_cells() -> None:
    ties, file = read(f'note,{HEADER}\n"two\nlines",{ROWS[0]},and,more,cells\nx,{ROWS[1]}\n')
    assert [tie[0] for tie in ties] == [2, 4]
    assert file.errors == []


def test_a_row_too_long_for_any_is_left_out_and_counted() -> None:
    ties, file = read(f'{HEADER},note\n{ROWS[0]},"{"x" * 5_000_000}"\n{ROWS[1]},\n')
    assert [tie[0] for tie in ties] == [3]
    assert file.failed == 1
    assert file.errors[0]["line"] == 2


def test_a_workbook_is_a_table_and_rows_are_those_of_the_sheet() -> None:
    rows = [cells.split(",") for cells in ROWS]
    data = workbook(
        [["About"], ["nothing"]], [["Ties", None], HEADER.split(","), rows[0], [], [], rows[1], [None, "x"]]
    )
    ties, file = read(data)
    assert ties == [(3, *READ[0][1:]), (6, *READ[1][1:])]
    assert [(error["line"], error["field"]) for error in file.errors] == [(7, "from_email")]


def test_a_workbook_without_such_a_sheet_says_what_the_first_has() -> None:
    with pytest.raises(BadRequest, match="Name, Age"):
        read(workbook([["Name", "Age"], ["Ana", 40]]))


def test_an_archive_gives_the_one_table_that_has_the_columns() -> None:
    ties, _ = read(archive(readme_txt="about these ties", ties_csv=TABLE.encode("utf-16"), people_csv="Name\nAna\n"))
    assert ties == READ


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", BadRequest, "begin it with a header"),
        (b" \n\n", BadRequest, "begin it with a header"),
        (b"a,b,c\n1,2,3\n", BadRequest, "'a, b, c'"),
        (b"BEGIN:VCARD\nFN:Ana\nEND:VCARD\n", BadRequest, "begin it with a header"),
        (b'[{"from_email": "a@x.example"}]', BadRequest, "begin it with a header"),
        (b"%PDF-1.7\n", UnsupportedFormat, "export the relationships as CSV or .xlsx"),
        (b"<html><body>", UnsupportedFormat, "export the relationships as CSV or .xlsx"),
        (b"PK\x03\x04damaged", BadRequest, "damaged"),
        (archive(people_csv="Name\nAna\n", more_csv="Name\nBo\n"), UnsupportedFormat, "no list of relationships"),
        (archive(a_csv=TABLE, b_csv=TABLE), BadRequest, "several lists that could be relationships"),
        (TABLE.encode() * 100_000, TooLarge, "1 MB"),
    ],
)
def test_what_is_not_a_table_of_ties_is_refused_with_what_to_do(data: bytes, error: type[CrmError], says: str) -> None:
    with pytest.raises(error) as refusal:
        read(data, max_bytes=1024 * 1024)
    assert says in str(refusal.value)


def test_a_row_that_names_nobody_is_reported_with_its_line() -> None:
    _, file = read("from_id,to_id\nno,no\n")
    assert file.failed == 1
    assert file.errors == [{"line": 2, "field": "from_id", "message": "write the id of a contact", "value": "no"}]


def test_a_bad_row_quotes_no_more_than_an_address_has() -> None:
    assert len(BadRow("at", "write a time", "x" * 1000).value) == 320


def test_the_limit_of_a_cell_is_the_same_whichever_import_came_first() -> None:
    assert csv.field_size_limit() == 4 * 1024 * 1024
