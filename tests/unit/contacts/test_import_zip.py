"""ZIP archives: LinkedIn's, and those made to do harm."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from shared.errors import BadRequest, TooLarge, UnsupportedFormat
from tests.unit.contacts.reading import Read, read

if TYPE_CHECKING:
    from collections.abc import Mapping

CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAna,Diaz,https://www.linkedin.com/in/ana,,Acme,CTO,12 Mar 2024\n"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nEND:VCARD\r\n"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """An archive of these members."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def unpack(members: Mapping[str, str | bytes]) -> Read:
    """What an archive of these members yields."""
    return read(zipped(members), content_type="application/zip")


@pytest.mark.parametrize(
    "members",
    [
        {"Connections.csv": CONNECTIONS},
        {
            "Basic_LinkedInDataExport/Connections.csv": CONNECTIONS,
            "Basic_LinkedInDataExport/messages.csv": "FROM,TO\nA,B\n",
            "Rich_Media/x.png": b"x",
        },
        {
            "Conexiones.csv": CONNECTIONS,
            "Profile.csv": "First Name,Last Name,Headline\nMe,Self,CEO\n",
            "Email Addresses.csv": "Email Address\nme@x.org\n",
        },
        {"人脉.csv": "Notes:\n\n" + CONNECTIONS, "Contacts.csv": "Name,Email\nBo,bo@x.org\n"},
        {"__MACOSX/._Connections.csv": b"\0\1", "x/connections.CSV": CONNECTIONS},
    ],
)
def test_linkedins_connections_are_found_anywhere_under_any_name(members: dict[str, str | bytes]) -> None:
    got = unpack(members)
    assert (got.file.format, got.file.tie_to_me, got.names, got.errors) == ("linkedin_csv", 0.01, ["Ana Diaz"], [])


def test_the_only_list_in_an_archive_is_read() -> None:
    assert unpack({"readme.png": b"x", "a/people.csv": "Name,Email\nBo,bo@x.org\n"}).names == ["Bo"]
    assert unpack({"all.vcf": CARD.format("Ana") + CARD.format("Bo")}).names == ["Ana", "Bo"]
    assert unpack({"x.json": '[{"name": "Ana"}]'}).names == ["Ana"]


def test_cards_in_a_file_each_are_read_as_one_address_book() -> None:
    assert unpack({f"{name}.vcf": CARD.format(name) for name in ("Ana", "Bo", "Cy")}).names == ["Ana", "Bo", "Cy"]


@pytest.mark.parametrize(
    ("members", "error", "words"),
    [
        ({"../Connections.csv": CONNECTIONS}, BadRequest, "unsafe name"),
        ({"/etc/Connections.csv": CONNECTIONS}, BadRequest, "unsafe name"),
        ({"..\\Connections.csv": CONNECTIONS}, BadRequest, "unsafe name"),
        ({"C:/Connections.csv": CONNECTIONS}, BadRequest, "unsafe name"),
        ({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}, BadRequest, "Excel workbook cannot be read"),
        ({"content.xml": "x", "mimetype": "x"}, UnsupportedFormat, "OpenDocument"),
        ({"a.png": "x"}, UnsupportedFormat, "no list of contacts"),
        ({}, UnsupportedFormat, "no list of contacts"),
        ({"a.csv": "Name,Email\nA,a@x.org\n", "b.csv": "Name,Email\nB,b@x.org\n"}, BadRequest, "several lists"),
        ({"a.csv": zipped({"b.csv": CONNECTIONS})}, UnsupportedFormat, "inside the archive"),
        ({"Connections.csv": b"\n" * 17_000_000}, TooLarge, "packed size"),
    ],
)
def test_an_archive_that_cannot_be_trusted_is_refused(
    members: dict[str, str | bytes], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        unpack(members)


def test_damage_is_reported_as_such() -> None:
    data = bytearray(zipped({"Connections.csv": CONNECTIONS * 50}))
    with pytest.raises(BadRequest, match="damaged"):
        read(bytes(data[:-40]))
    data[70:90] = b"\xff" * 20
    with pytest.raises(BadRequest, match="damaged"):
        read(bytes(data))


def test_a_member_that_would_begin_before_the_archive_is_damage() -> None:
    data = zipped({"Connections.csv": CONNECTIONS * 20})
    with pytest.raises(BadRequest, match=r"Connections\.csv\" cannot be unpacked"):
        read(data[:40] + data[60:])


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(zipped({"Connections.csv": CONNECTIONS}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    with pytest.raises(BadRequest, match="encrypted"):
        read(bytes(data))


def test_a_size_that_the_archive_lies_about_does_not_matter() -> None:
    data = bytearray(zipped({"Connections.csv": CONNECTIONS * 100}))
    at = data.index(b"PK\x01\x02") + 24  # the size of the unpacked member
    data[at : at + 4] = (50).to_bytes(4, "little")
    with pytest.raises(BadRequest):
        read(bytes(data))


def test_of_a_table_and_a_view_of_it_the_table_is_taken() -> None:
    members = {
        "Export/People 1.csv": "Name\nAna\n",
        "Export/People 1_all.csv": "Name\nAna\nBo\n",
        "Export/People 1/Ana 2.md": "# Ana",
    }
    assert unpack(members).names == ["Ana", "Bo"]


def test_of_google_s_lists_the_one_of_all_contacts_is_taken() -> None:
    names = {"My Contacts": "Ana", "All Contacts": "Ana\nBo", "Friends": "Ana"}
    members = {f"Takeout/Contacts/{group}/{group}.csv": f"Name\n{people}\n" for group, people in names.items()}
    assert unpack({**members, "Takeout/archive_browser.html": "<html>"}).names == ["Ana", "Bo"]
