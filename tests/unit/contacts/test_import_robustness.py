"""Whatever the bytes are, reading them ends soon, with contacts, row errors or a clear refusal, in little memory."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.contacts.importing.parsed import ParsedContact, RowError
from shared.contacts.importing.reader import open_contacts
from shared.contacts.sizes import MAX_LIST, MAX_NAME, MAX_NOTES, MAX_TEXT
from shared.errors import BadRequest, CrmError, TooLarge, UnsupportedFormat
from tests.unit.contacts.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECES = [
    b"Name", b"Email", b"First Name,Last Name", b"Phone", b"Birthday", b"Notes", b"URL", b"Connected On", b",", b";", b"\t", b"\n", b"\r\n", b"\r", b'"', b'""',
    b"'", b"\\", b"=", b"ana@x.org", b"+49 30 123456", b"3/4/1985", b"https://linkedin.com/in/ana", b"sep=;\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0",
    b"BEGIN:VCARD\n", b"END:VCARD\n", b"VERSION:2.1\n", b"FN", b"N", b"EMAIL", b"TEL", b"BDAY", b"ADR", b"AGENT:\n", b"PHOTO", b"item1.", b"X-ABLabel",
    b";ENCODING=QUOTED-PRINTABLE", b";CHARSET=GBK", b";ENCODING=b", b":", b"=3D", b"=\n", b"=00", b"\\n", b"\\,", b" ",
    b"{", b"}", b"[", b"]", b'"name"', b'"emails"', b'"items"', b"null", b"1e999", b'"\\ud800"', b"PK\x03\x04", "Zoë".encode(), "Zoë".encode("cp1252"), "山田".encode("cp932"),
    b"id,name,email,emails,phones,linkedin_url,tags,custom\n", b'{""a"":""b""}',
]  # fmt: skip


def check(data: bytes) -> None:
    """Reads all of it and holds what comes out to what the rest of the product relies on."""
    try:
        file = open_contacts(io.BytesIO(data))
        records = list(file.records)
    except CrmError:
        return
    last = 0
    for record in records:
        assert record.line >= 1
        last = max(last, record.line)
        if isinstance(record, RowError):
            assert record.message
            continue
        check_contact(record)
    assert last <= data.count(b"\n") + data.count(b"\r") + data.count(b"\0") + 2


def check_contact(contact: ParsedContact) -> None:
    """What the table of contacts takes."""
    assert contact.name or contact.emails or contact.linkedin_slug
    assert contact.email == (contact.emails[0] if contact.emails else None)
    assert (contact.linkedin_url is None) == (contact.linkedin_slug is None)
    texts = [contact.name, *contact.emails, *contact.phones, *contact.tags, *contact.custom, *contact.custom.values()]
    texts += filter(
        None,
        [
            contact.company,
            contact.title,
            contact.location,
            contact.notes,
            contact.linkedin_url,
            contact.linkedin_slug,
            contact.source_uid,
        ],
    )
    for text in texts:
        assert "\0" not in text
        text.encode()
    assert len(contact.name) <= MAX_NAME
    assert len(contact.notes or "") <= MAX_NOTES
    assert all(len(text or "") <= MAX_TEXT for text in (contact.company, contact.title, contact.location))
    assert all(len(items) <= MAX_LIST for items in (contact.emails, contact.phones, contact.tags, contact.custom))
    assert contact.company != ""


@settings(deadline=None, max_examples=250)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=6), max_size=40).map(b"".join))
@example(b"Name,Email\n" + b'"' * 41)
@example(b"\xff\xfe\0")
@example(b"Name,Email\n\x1b$+49 30 123456")
@example(b"BEGIN:VCARD\nFN;CHARSET=utf-16:\xff\nEND:VCARD")
def test_any_bytes_end_in_contacts_errors_or_a_refusal(data: bytes) -> None:
    check(data)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from(PIECES) | st.binary(max_size=6), max_size=30).map(b"".join),
    st.sampled_from([b"Name,Email,Company,Notes\n", b"BEGIN:VCARD\nFN:Ana\n", b'[{"name":']),
)
def test_any_bytes_after_a_good_beginning_do_too(data: bytes, beginning: bytes) -> None:
    check(beginning + data)


SIZE = 2_000_000
SLOW = {
    "a million empty lines": b"Name,Email\nAna,a@x.org\n" + b"\r\n" * 1_000_000,
    "a million rows of commas": b"Name,Email\n" + b",\n" * 500_000,
    "one cell": b"Name,Email\nAna," + b"a" * SIZE + b"\n",
    "one quoted cell": b'Name,Email\n"Ana' + b"a\n" * (SIZE // 2) + b'",a@x.org\n',
    "quotes": b"Name,Email\n" + b'"' * SIZE,
    "a quote a line": b"Name,Email,Company\n" + b'Ana,a@x.org,"Acme\n' * 20_000,
    "quotes in a line": b"Name,Email,Company\n" + b'a"b",' * 3000 + b"\n" + b'"a,' * 6000 + b"\n" + b'""a' * 6000,
    "blanks in an address": b"Name,Email,Phone\nAna,a" + b" " * 100_000 + b"@x,1" + b" " * 100_000 + b"2\n",
    "signs in an address": b"Name,Email\nA," + b"@" * 50_000 + b"\nB," + b"a@" * 50_000 + b"\nC," + b"<" * 50_000 + b"@\nD," + b"a" * 100_000 + b" @x\n",
    "blanks before a card": b" \n" * (SIZE // 2),
    "cards never closed": b"BEGIN:VCARD\n" * 50_000,
    "soft breaks": b"BEGIN:VCARD\nFN:A\nNOTE;ENCODING=QUOTED-PRINTABLE:" + b"=41=\n" * 200_000 + b"\nEND:VCARD\n",
    "parameters": b"BEGIN:VCARD\nFN:A\nADR" + b';X="' * 200_000 + b":x\nEND:VCARD\n",
    "one property often": b"BEGIN:VCARD\nFN:A\n" + b"".join(b"X-A:%d\nTEL:%d\n" % (n, n) for n in range(50_000)) + b"END:VCARD\n",
    "agents": b"BEGIN:VCARD\nFN:A\nAGENT:" + b"FN" * 500_000 + b"\nEND:VCARD\n",
    "brackets": b"[" * SIZE,
    "objects in objects": b'{"items":' * (SIZE // 9),
    "a list of many tags": b'[{"name":"a","tags":[' + b",".join(b'"%d"' % n for n in range(200_000)) + b"]}]",
    "a long number": b'[{"name":' + b"1" * SIZE + b"}]",
    "nothing but NUL": b"\0" * SIZE,
    "noise": random.Random(1).randbytes(SIZE),
    "ASCII before an accent": b"Name,Email\n" + b"a" * SIZE + b"\nJos\xe9,a@x.org\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_no_file_is_slow(name: str) -> None:
    started = time.process_time()
    check(SLOW[name])
    # A patient bound: the slowest takes about one second on one busy core, and what is quadratic would take hours.
    assert time.process_time() - started < 15


def test_blank_rows_are_no_errors() -> None:
    got = read(SLOW["a million empty lines"])
    assert (got.names, got.errors) == (["Ana"], [])


def test_one_huge_cell_is_one_error_and_the_rows_after_it_are_read() -> None:
    huge = b'Name,Email\n"Ana\n' + b"lorem, ipsum\n" * 400_000 + b'",a@x.org\nBo,b@x.org\n'
    got = read(huge)
    assert got.names == ["Bo"]
    assert [(error.line, error.lost) for error in got.errors] == [(2, True)]


def test_a_line_of_millions_of_cells_is_one_error_and_never_taken_apart() -> None:
    got = read(b"Name,Email\nAna,a@x.org\n" + b"," * 5_000_000 + b"\nBo,b@x.org\n")
    assert got.names == ["Ana", "Bo"]
    assert [(error.line, error.lost) for error in got.errors] == [(3, True)]


def test_rows_are_read_as_they_are_asked_for_in_little_memory() -> None:
    data = b"First Name,Last Name,Email,Notes\n" + b"".join(
        b"Ana,Diaz %d,a%d@x.org,%s\n" % (n, n, b"x" * 200) for n in range(30_000)
    )
    tracemalloc.start()
    file = open_contacts(io.BytesIO(data))
    count = sum(isinstance(record, ParsedContact) for record in file.records)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 30_000
    assert peak < 4_000_000, "a file of 7 MB is read through a window"


class Socket(io.RawIOBase):
    """A stream that cannot go back, and gives a few bytes at a time, as a request's body does."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        part = self._data[self._at : self._at + min(size, 10_000)] if size >= 0 else self._data[self._at :]
        self._at += len(part)
        return bytes(part)


def test_a_stream_that_cannot_go_back_is_read_all_the_same() -> None:
    data = b"Name,Email\n" + b"Ana,a@x.org\n" * 500
    file = open_contacts(Socket(data))  # type: ignore[arg-type]  # what gunicorn gives, which is read and no more
    assert len(list(file.records)) == 500


def test_a_stream_is_read_from_where_it_stands_and_left_open() -> None:
    stream = io.BytesIO(b"headers\r\n\r\nName,Email\nAna,a@x.org\n")
    stream.seek(11)
    assert len(list(open_contacts(stream).records)) == 1
    assert not stream.closed


@pytest.mark.parametrize("seekable", [True, False])
def test_more_than_32_mb_are_refused(seekable: bool) -> None:
    data = b"Name,Email\n" + b"a" * (32 * 1024 * 1024)
    with pytest.raises(TooLarge, match="32 MB"):
        open_contacts(io.BytesIO(data) if seekable else Socket(data))  # type: ignore[arg-type]  # what gunicorn gives, which is read and no more


def test_an_error_that_loses_its_record_is_followed_by_no_contact_of_it() -> None:
    def lost_then_found(records: Iterator[ParsedContact | RowError]) -> list[tuple[int, int]]:
        counts: dict[int, list[int]] = {}
        for record in records:
            pair = counts.setdefault(record.line, [0, 0])
            pair[not isinstance(record, RowError)] += record.lost if isinstance(record, RowError) else 1
        return [(lost, found) for lost, found in counts.values()]

    text = b"Name,Email\nAna,nobody\n,nobody\n,a@x.org b@\nB\0o,x\n" + b"A" * 501 + b",\nCy," + b"\n,,c,d\n"
    file = open_contacts(io.BytesIO(text))
    assert lost_then_found(file.records) == [(0, 1), (1, 0), (0, 1), (1, 0), (1, 0), (0, 1), (1, 0)]


def test_an_empty_file_that_is_no_vcard_is_refused() -> None:
    with pytest.raises(BadRequest, match="empty"):
        read(b"", filename="contacts.csv")
    assert read(b"", content_type="text/vcard").contacts == []


@pytest.mark.parametrize(
    "data",
    [
        'name,emails,phones,linkedin_url,tags,custom\nAna,,,,,"{""Note"": ""half \\ud83d one""}"\n',
        (
            "BEGIN:VCARD\nPRODID:-//Warmpath//Contacts 1//EN\nFN:Ana\n"
            'X-WARMPATH-EXACT:{"custom": {"Note": "half \\\\ud83d one"}}\nEND:VCARD\n'
        ),
        '{"format": "warmpath-contacts", "items": [{"name": "Ana", "custom": {"Note": "half \\ud83d one"}}]}',
    ],
    ids=["csv", "vcard", "json"],
)
def test_half_a_character_in_a_file_of_ours_is_a_question_mark(data: str) -> None:
    got = read(data)
    assert got.file.format.startswith("warmpath_")
    assert (got.only.custom, got.errors) == ({"Note": "half ? one"}, [])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTENDEE;CN=Bo:mailto:bo@x.org\r\nSUMMARY:Intro\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "a calendar"),
        ("\ufeff\n begin:vcalendar\nEND:VCALENDAR", "a calendar"),
        ("BEGIN:VNOTE\nBODY:Hi, ana@x.org\nEND:VNOTE\n", "a list of notes"),
        ("From ana@x.org Thu Jan  1 00:00:00 2020\nTo: bo@x.org\n\nHello, you\n", "a mailbox"),
        ("Subject: hi, you\nFrom: Ana <ana@x.org>\nTo: Bo <bo@x.org>\nMessage-ID: <1@x.org>\n\nhello, you\n", "an e-mail"),
        ("[Ana]\nname=Ana\nemail=ana@x.org\n", "a file of settings"),
        ("{\\rtf1\\ansi Ana, ana@x.org}", "a document"),
    ],
)  # fmt: skip
def test_text_of_other_kinds_is_refused_in_words(text: str, what: str) -> None:
    with pytest.raises(UnsupportedFormat, match=f"The file is {what}"):
        read(text)
