"""The address lines of a mail."""

from __future__ import annotations

import pytest

from shared.errors import BadRequest, UnsupportedFormat, ValidationFailed
from tests.unit.contacts.reading import read

PEOPLE = [("Ana Diaz", "ana@x.example"), ("Bo Li", "bo@x.example"), ("", "cy@x.example")]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Diaz <ana@x.example>, Bo Li <bo@x.example>, cy@x.example",
        'To: "Diaz, Ana" <ana@x.example>, "Bo Li" <bo@x.example>,\n cy@x.example\n',
        "Diaz, Ana <ana@x.example>; Li, Bo <bo@x.example>; <cy@x.example>;",
        "Ana Diaz <ana@x.example>\r\nBo Li <bo@x.example>\r\ncy@x.example <cy@x.example>\r\n",
        "'Ana Diaz' <mailto:ana@x.example>,Bo  Li<bo@x.example>,, cy@x.example",
    ],
)
def test_people_are_read_out_of_address_lines(text: str) -> None:
    got = read(text)
    assert (got.file.format, got.errors) == ("recipients", [])
    assert [(contact.name, contact.email) for contact in got.contacts] == PEOPLE


def test_addresses_alone_in_one_line_are_a_person_each() -> None:
    assert [contact.email for contact in read("ana@x.example; bo@x.example").contacts] == [
        "ana@x.example",
        "bo@x.example",
    ]


def test_each_has_the_line_that_it_stands_on() -> None:
    assert [contact.line for contact in read("Ana <ana@x.example>,\nBo <bo@x.example>").contacts] == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "Email,Name\nana@x.example,Ana Diaz\n",
        "ana@x.example,Ana Diaz\nbo@x.example,Bo Li\n",
        "Ana Diaz <ana@x.example>,Acme\nBo Li <bo@x.example>,Zeta\n",
        "ana@x.example\nbo@x.example\n",
        "ana@x.example,ana@home.example\nbo@x.example,bo@home.example\n",
    ],
)
def test_a_table_with_addresses_stays_a_table(text: str) -> None:
    assert read(text).file.format == "csv"


@pytest.mark.parametrize("part", [" ", '"', "<", "a b ", "a@", "ana@x.example, ", ",;"])
def test_what_almost_fits_costs_no_time(part: str) -> None:
    with pytest.raises((UnsupportedFormat, BadRequest, ValidationFailed)):
        read(part * (60_000 // len(part)) + "@\n<")
