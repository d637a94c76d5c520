"""Files made to do harm, sent to the imports: archives, cards and tables. What is merely broken stands in unit/contacts."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.security.conftest import CONTACTS, GRAPH, SignedIn, check_harmless
from tests.security.corpus import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

IMPORT = f"{CONTACTS}/import"
CSV = b"Name,Email\nBo,bo@x.example\n"
MB = 1024 * 1024


def zipped(members: list[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def link(name: str, target: bytes) -> bytes:
    """An archive with a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return zipped([(info, target)])


def overlapping(count: int) -> bytes:
    """Many entries of the directory that all name the same packed data, so that little unpacks to much."""
    data = zipped([("a.vcf", b"BEGIN:VCARD\nVERSION:3.0\nFN:Bo\nNOTE:" + b"0" * 3 * MB + b"\nEND:VCARD\n")])
    start = data.index(b"PK\x01\x02")
    entry, end = data[start : data.rindex(b"PK\x05\x06")], data[data.rindex(b"PK\x05\x06") :]
    entries = b"".join(
        entry[:28] + struct.pack("<H", 8) + entry[30:46] + b"%04d.vcf" % number for number in range(count)
    )
    end = end[:8] + struct.pack("<HHII", count, count, len(entries), start) + end[20:]
    return data[:start] + entries + end


def matryoshka(depth: int) -> bytes:
    data = CSV
    for _ in range(depth):
        data = zipped([("Connections.csv", data)])
    return data


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "huge ratio": lambda: zipped([("Connections.csv", b"Name,Email\n" + b"\n" * 40 * MB)]),
    "huge ratio, many": lambda: zipped([(f"{number}.vcf", b" " * 15 * MB) for number in range(18)]),
    "more than fits": lambda: zipped([("a.csv", b"Name\n" + (b"a" * 1000 + b"\n") * 280_000)]),
    "many entries": lambda: zipped([(f"{number}.csv", b"x") for number in range(10_001)]),
    "overlapping": lambda: overlapping(2000),
    "nested": lambda: matryoshka(5),
    "itself": lambda: zipped([("Connections.csv", b"PK\x03\x04" + b"\0" * 100)]),
    "parent": lambda: zipped([("../../etc/cron.d/x.csv", CSV)]),
    "absolute": lambda: zipped([("/etc/passwd.csv", CSV)]),
    "drive": lambda: zipped([("C:\\x.csv", CSV)]),
    "backslashes": lambda: zipped([("..\\..\\x.csv", CSV)]),
    "link to a file": lambda: link("Connections.csv", b"/etc/passwd"),
    "link to a folder": lambda: link("a/Connections.csv", b"../../../etc"),
    "names alike": lambda: zipped([("Connections.csv", CSV), ("connections.CSV", b"../../x")]),
    "strange names": lambda: zipped([(text.replace("\0", "") or "x", CSV) for text in TEXTS]),
}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_made_to_do_harm_is_refused_or_read_as_what_it_holds(
    attacker: SignedIn, kind: str, tmp_path: Any
) -> None:
    before = [sorted(Path(place).iterdir()) for place in ("/etc", "/")]
    answer = attacker.post(f"{IMPORT}?dry_run=true", data=ARCHIVES[kind](), content_type="application/zip")
    check_harmless(answer, kind)
    assert answer.status_code in {200, 400, 413, 415, 422}, answer.text[:300]
    assert "root:" not in answer.text
    assert [sorted(Path(place).iterdir()) for place in ("/etc", "/")] == before
    if answer.status_code == 200:
        assert answer.json["created"] <= 1, answer.text[:300]


def card(*lines: str) -> str:
    return "\n".join(["BEGIN:VCARD", "VERSION:4.0", "FN:Bo", *lines, "END:VCARD", ""])


ELSEWHERE = "http://127.0.0.1:{port}/fetched"
CARDS: dict[str, str] = {
    "pictures": card(
        f"PHOTO:{ELSEWHERE}", f"PHOTO;VALUE=uri:{ELSEWHERE}", "PHOTO;VALUE=URI:file:///etc/passwd", f"LOGO:{ELSEWHERE}", f"SOUND:{ELSEWHERE}", f"KEY:{ELSEWHERE}", "PHOTO:../../etc/passwd",
    ),
    "sources": card(f"SOURCE:{ELSEWHERE}", "SOURCE:file:///etc/passwd", f"URL:{ELSEWHERE}", f"CALURI:{ELSEWHERE}", f"FBURL:{ELSEWHERE}", f"MEMBER:{ELSEWHERE}", f"RELATED:{ELSEWHERE}", f"XML:<a xmlns='{ELSEWHERE}'/>"),
    "entities": card("NOTE:<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", 'XML:<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    "folded deep": card("NOTE:" + "\n a" * 200_000),
    "folded nothing": card("NOTE:x" + "\n " * 200_000),
    "groups": card(*[f"item{number}.X-ABLabel:item{number + 1}.X-ABLabel" for number in range(5000)], *[f"item{number}.EMAIL:a{number}@x.example" for number in range(5000)]),
    "group of itself": card("a.a.a.a.a.EMAIL:x@x.example", "item1.X-ABLabel:item1.X-ABLabel"),
    "agents": "BEGIN:VCARD\nVERSION:2.1\nFN:Bo\nAGENT:\n" * 5000 + "END:VCARD\n" * 5000,
    "parameters": card("NOTE" + ";A=b" * 100_000 + ":x", 'NOTE;A="' + "^n" * 100_000 + '":x'),
    "quoted-printable": card("NOTE;ENCODING=QUOTED-PRINTABLE:" + "=\n" * 100_000 + "x"),
    "charsets": card(*[f"NOTE;CHARSET={name}:x" for name in ("../../etc/passwd", "rot13", "zlib", "bz2", "hex", "base64", "idna", "punycode", "unicode_escape", "mbcs", "utf-7", "undefined", "x" * 1000)]),
    "base64": card("NOTE;ENCODING=b:" + "A" * 1_000_000, "NOTE;ENCODING=b:===="),
}  # fmt: skip


@pytest.mark.parametrize("kind", CARDS)
def test_a_card_is_text_and_fetches_nothing(attacker: SignedIn, kind: str) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        data = CARDS[kind].replace("{port}", str(elsewhere.getsockname()[1]))
        answer = attacker.post(IMPORT, data=data.encode(), content_type="text/vcard")
        check_harmless(answer, kind)
        with pytest.raises(BlockingIOError):
            elsewhere.accept()
    told = attacker.get(f"{CONTACTS}/export?format=json").text
    assert "root:" not in told
    assert answer.status_code in {200, 400, 413, 422}, answer.text[:300]


TABLES: dict[str, bytes] = {
    "a quote that never ends": b'Name,Email\n"' + b"a,b\n" * 50_000,
    "quotes": b"Name,Email\n" + b'"' * 2_000_001,
    "quotes in quotes": b"Name,Email\n" + b'"""' * 500_000 + b"\n",
    "cells": b"Name,Email\n" + b"," * 3_000_000,
    "columns": b",".join(b"c%d" % number for number in range(100_000)) + b"\n" + b"x," * 100_000,
    "columns alike": b"Name," * 20_000 + b"Email\nBo\n",
    "lines": b"Name,Email\n" + b"\n" * 3_000_000,
    "carriage returns": b"Name,Email\r" + b"\r" * 2_000_000,
    "separators": b"sep=\0\nName\0Email\n",
    "byte order marks": b"\xef\xbb\xbf" * 100_000 + b"Name,Email\n",
    "half a surrogate": b'[{"name": "\\ud800"}]',
    "deep": b'[{"name": ' + b"[" * 100_000,
    "deep, closed": b"[" * 100_000 + b"]" * 100_000,
    "number": b'[{"name": ' + b"9" * 500_000 + b"}]",
    "keys": json.dumps([{f"key{number}": "x" for number in range(50_000)}]).encode(),
    "same key": b"[{" + b'"name": "Bo",' * 100_000 + b'"name": "Cy"}]',
}  # fmt: skip


@pytest.mark.parametrize("path", [IMPORT, f"{GRAPH}/relationships/import", f"{CONTACTS}/interactions/import"])
@pytest.mark.parametrize("kind", TABLES)
def test_a_table_ends_soon_whatever_it_is(attacker: SignedIn, kind: str, path: str) -> None:
    answer = attacker.post(f"{path}?dry_run=true", data=TABLES[kind], content_type="application/octet-stream")
    check_harmless(answer, kind)
    assert answer.status_code in {200, 400, 413, 415, 422}
    assert len(answer.data) < 2 * MB


def test_every_cell_of_every_format_may_hold_anything(attacker: SignedIn) -> None:
    """Injection by file: each hostile text in each column, property and field; the rows around stay what they are."""
    texts = [text for text in TEXTS if "\0" not in text and "\r" not in text and "\n" not in text and len(text) < 100]
    columns = [
        "Name",
        "Email",
        "Phone",
        "Company",
        "Title",
        "Location",
        "Notes",
        "Tags",
        "Birthday",
        "LinkedIn",
        "Own column",
    ]
    for column in range(1, len(columns)):
        rows = [[f"Row {number}", *[""] * 10] for number in range(len(texts))]
        for row, text in zip(rows, texts, strict=True):
            row[column] = text
        quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [columns, *rows]]
        answer = attacker.post(IMPORT, data="\n".join(quoted).encode(), content_type="text/csv")
        check_harmless(answer, columns[column])
        assert answer.json["received"] == len(texts), (columns[column], answer.text[:500])
    for name in (
        "EMAIL",
        "TEL",
        "ORG",
        "TITLE",
        "NOTE",
        "ADR",
        "BDAY",
        "CATEGORIES",
        "URL",
        "UID",
        "REV",
        "X-WARMPATH-EXACT",
        "X-WARMPATH-CUSTOM",
        "X-ABLabel",
        "item1.EMAIL",
        "N",
    ):
        data = "".join(
            f"BEGIN:VCARD\nVERSION:4.0\nPRODID:-//Warmpath//Contacts 1//EN\nFN:Card {number}\n{name}:{text}\nEND:VCARD\n"
            for number, text in enumerate(texts)
        )
        check_harmless(attacker.post(IMPORT, data=data.encode(), content_type="text/vcard"), name)
    for field in ("email", "emails", "phones", "company", "notes", "tags", "custom", "birthday", "linkedin_url", "id"):
        items = [
            {"name": f"Item {number}", field: shape}
            for number, text in enumerate(texts)
            for shape in (text, [text], {text: text})
        ]
        check_harmless(attacker.post(IMPORT, data=json.dumps(items), content_type="application/json"), field)
    for path, header in (
        (f"{GRAPH}/relationships/import", "from_email,to_email,strength,mutual"),
        (f"{CONTACTS}/interactions/import", "email,kind,at,direction"),
    ):
        for column in range(4):
            rows = [["a@x.example", "b@x.example", "0.5", ""] for _ in texts]
            for row, text in zip(rows, texts, strict=True):
                row[column] = '"' + text.replace('"', '""') + '"'
            check_harmless(
                attacker.post(path, data="\n".join([header, *map(",".join, rows)]).encode(), content_type="text/csv"),
                (path, column),
            )


@pytest.mark.parametrize(
    "name",
    [text for text in TEXTS if "\n" not in text and "\r" not in text and "\0" not in text and "\\" not in text][::3],
)
def test_the_name_of_a_file_is_only_a_name(attacker: SignedIn, name: str) -> None:
    answer = attacker.post(f"{IMPORT}?dry_run=true", data={"file": (io.BytesIO(CSV), name, "text/csv")})
    check_harmless(answer, name)
    assert answer.json["created"] == 1


@pytest.mark.parametrize("export_format", ["csv", "vcf", "json"])
def test_an_export_of_everything_hostile_is_harmless_and_comes_back(
    attacker: SignedIn, victim: SignedIn, export_format: str
) -> None:
    import csv

    for number, text in enumerate(TEXTS):
        fields = {
            "name": text[:500],
            "company": text[:500],
            "notes": text,
            "tags": [text[:100]],
            "custom": {"key": text},
        }
        attacker.post(CONTACTS, json={"email": f"n{number}@x.example", "enrich": False, **fields})
    answer = attacker.get(f"{CONTACTS}/export", query_string={"format": export_format})
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if export_format == "csv":
        for row in csv.reader(io.StringIO(answer.text, newline="")):
            started = [cell for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
            assert all(re.fullmatch(r"[+-]{1,2}[0-9(][0-9 ().\-/+;]*", cell) for cell in started)  # numbers run nothing

    assert victim.post(IMPORT, data=answer.data, content_type="application/octet-stream").json["failed"] == 0

    def told(who: SignedIn) -> list[Any]:
        items = who.get(f"{CONTACTS}/export?format=json").json["items"]
        kept = ("name", "company", "notes", "tags", "custom", "email")
        return sorted([item[field] for field in kept] for item in items if (item["email"] or "").endswith("@x.example"))

    assert told(victim) == told(attacker)
