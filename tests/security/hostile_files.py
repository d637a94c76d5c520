"""Files made to cost more than their size: one function for each, from a size to bytes; the work to read one must follow its size."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

from shared.errors import BadRequest, TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.errors import CrmError

_CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
_RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
_SHEETS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
_WORKBOOK = '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>'


def workbook(rows: str) -> bytes:
    """A workbook of one sheet with these rows, in XML."""
    head = '<row r="1"><c t="inlineStr"><is><t>Name</t></is></c><c t="inlineStr"><is><t>Email</t></is></c></row>'
    sheet = f'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{head}{rows}</sheetData></worksheet>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", _CONTENT_TYPES),
            ("_rels/.rels", _RELS),
            ("xl/_rels/workbook.xml.rels", _SHEETS),
            ("xl/workbook.xml", _WORKBOOK),
            ("xl/worksheets/sheet1.xml", sheet),
        ):
            archive.writestr(name, text)
    return data.getvalue()


def archive(members: list[tuple[str, bytes]]) -> bytes:
    """A ZIP archive with these members, not packed, so that its size is theirs."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return data.getvalue()


def cell(row: int, column: str, text: str) -> str:
    """A row of a sheet with one cell."""
    return f'<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def card(*lines: str) -> bytes:
    """A vCard with these properties."""
    return "\r\n".join(["BEGIN:VCARD", "VERSION:4.0", "FN:Bo", *lines, "END:VCARD", ""]).encode()


HEAD = b"Name,Email\n"
FILES: dict[str, Callable[[int], bytes]] = {
    "csv: lines": lambda n: HEAD + b"Bo,bo@x.example\n" * n,
    "csv: empty lines": lambda n: HEAD + b"\n" * n,
    "csv: a quote that never ends": lambda n: HEAD + b'"' + b"a,b\n" * n,
    "csv: a quote on each line": lambda n: HEAD + b'"a,b@x.example\n' * n,
    "csv: quotes": lambda n: HEAD + b'"' * n + b"\n",
    "csv: quotes within quotes": lambda n: HEAD + b'"a""b" x"",y\n' * n,
    "csv: one cell": lambda n: HEAD + b"a" * n + b",bo@x.example\n",
    "csv: many addresses in a cell": lambda n: HEAD + b"Bo," + b"a@x.example;" * n + b"\n",
    "csv: an address that does not end": lambda n: HEAD + b"Bo," + b"a." * n + b"@" + b"x." * n + b"\n",
    "csv: wide rows": lambda n: HEAD + b"Bo,bo@x.example" + b"," * n + b"\n",
    "csv: columns": lambda n: (
        b",".join(b"c%d" % number for number in range(min(n, 990))) + b",Name\n" + b"x," * n + b"Bo\n"
    ),
    "csv: remarks above": lambda n: b"a remark\n" * n + HEAD + b"Bo,bo@x.example\n",
    "csv: carriage returns": lambda n: b"Name,Email\r" + b"Bo,bo@x.example\r" * n,
    "csv: undecodable": lambda n: HEAD + b"\xe4\xf6,bo@x.example\n" * n,
    "csv: invisible marks": lambda n: HEAD + b"Bo" + "\u200b".encode() * n + b",bo@x.example\n",
    "csv: blanks": lambda n: HEAD + b"Bo" + b" " * n + b"x,bo@x.example\n",
    "csv: entities": lambda n: HEAD + b"Bo" + b"&amp;" * n + b",bo@x.example\n",
    "vcard: cards": lambda n: card("EMAIL:bo@x.example") * n,
    "vcard: a folded value": lambda n: card("NOTE:x" + "\r\n a" * n),
    "vcard: folded nothing": lambda n: card("NOTE:x" + "\r\n " * n),
    "vcard: parameters": lambda n: card("NOTE" + ";A=b" * n + ":x"),
    "vcard: quoted parameters": lambda n: card('NOTE;A="' + "^n" * n + '":x'),
    "vcard: quotes in parameters": lambda n: card("NOTE;A=" + '"' * n + ":x"),
    "vcard: soft line ends": lambda n: card("NOTE;ENCODING=QUOTED-PRINTABLE:" + "=\r\n" * n + "x"),
    "vcard: escapes": lambda n: card("NOTE:" + "\\n" * n),
    "vcard: parts of a name": lambda n: card("N:" + ";" * n),
    "vcard: values": lambda n: card("CATEGORIES:" + "a," * n),
    "vcard: labels": lambda n: card(*[f"item{number}.X-ABLabel:item{number + 1}" for number in range(n)]),
    "vcard: properties": lambda n: card(*["TEL:+1 555 0100"] * n),
    "vcard: cards without an end": lambda n: b"BEGIN:VCARD\r\nFN:Bo\r\n" * n,
    "vcard: cards within cards": lambda n: b"BEGIN:VCARD\nVERSION:2.1\nFN:Bo\nAGENT:\n" * n + b"END:VCARD\n" * n,
    "vcard: one line": lambda n: b"BEGIN:VCARD\r\nFN:" + b"a" * n + b"\r\nEND:VCARD\r\n",
    "vcard: marks": lambda n: card() + "\u200b".encode() * n + card(),
    "vcard: base64": lambda n: card("NOTE;ENCODING=b:" + "A" * n),
    "vcard: members of a group": lambda n: (
        card() + b"BEGIN:VCARD\r\nKIND:group\r\nFN:G\r\n" + b"MEMBER:urn:uuid:a\r\n" * n + b"END:VCARD\r\n"
    ),
    "json: people": lambda n: json.dumps([{"name": "Bo", "email": "bo@x.example"}] * n).encode(),
    "json: keys": lambda n: json.dumps([{"name": "Bo"} | {f"key{number}": "x" for number in range(n)}]).encode(),
    "json: one key": lambda n: b'[{"name": "Bo"' + b',"name": "Bo"' * n + b"}]",
    "json: depth": lambda n: b'[{"name": "Bo", "a": ' + b"[" * n + b"]" * n + b"}]",
    "json: depth without an end": lambda n: b'[{"name": "Bo", "a": ' + b"[" * n,
    "json: lists": lambda n: json.dumps([{"name": "Bo", "emails": ["a@x.example"] * n}]).encode(),
    "json: lists of lists": lambda n: json.dumps({"a": [{"b": [{"c": "x"}]}] * n, "people": [{"name": "Bo"}]}).encode(),
    "json: a number": lambda n: b'[{"name": ' + b"9" * n + b"}]",
    "json: a text": lambda n: json.dumps([{"name": "Bo", "notes": "a" * n}]).encode(),
    "json: escapes": lambda n: b'[{"name": "' + b"\\u0041" * n + b'"}]',
    "json: no commas": lambda n: b'[{"name": "Bo"} ' + b'{"name": "Bo"} ' * n + b"]",
    "json: blanks": lambda n: b'[{"name":' + b" " * n + b'"Bo"}]',
    "json: lines": lambda n: b'{"name": "Bo", "email": "bo@x.example"}\n' * n,
    "ldif: entries": lambda n: b"dn: cn=Bo\nobjectclass: person\ncn: Bo\nmail: bo@x.example\n\n" * n,
    "ldif: a folded value": lambda n: b"dn: cn=Bo\nobjectclass: person\ncn: Bo\ndescription: x" + b"\n a" * n + b"\n\n",
    "ldif: attributes": lambda n: b"dn: cn=Bo\nobjectclass: person\ncn: Bo\n" + b"mail: bo@x.example\n" * n + b"\n",
    "ldif: base64": lambda n: b"dn: cn=Bo\nobjectclass: person\ncn: Bo\ndescription:: " + b"QUFB" * n + b"\n\n",
    "ldif: odd base64": lambda n: b"dn: cn=Bo\nobjectclass: person\ncn: Bo\n" + b"description:: 5OQ=\n" * n + b"\n",
    "ldif: comments": lambda n: b"# a\n" * n + b"dn: cn=Bo\nobjectclass: person\ncn: Bo\nmail: bo@x.example\n\n",
    "workbook: rows": lambda n: workbook("".join(cell(number + 2, "A", "Bo") for number in range(n))),
    "workbook: cells": lambda n: workbook('<row r="2">' + '<c t="inlineStr"><is><t>Bo</t></is></c>' * n + "</row>"),
    "workbook: elements in a cell": lambda n: workbook(
        '<row r="2"><c t="inlineStr"><is>' + "<r><t>a</t></r>" * n + "</is></c></row>"
    ),
    "workbook: one row again and again": lambda n: workbook(cell(2, "A", "Bo") * n),
    "workbook: gaps": lambda n: workbook("".join(cell(number * 1000 + 2, "A", "Bo") for number in range(min(n, 1000)))),
    "workbook: far columns": lambda n: workbook("".join(cell(number + 2, "XFD", "Bo") for number in range(n))),
    "archive: members": lambda n: archive([(f"{number}.vcf", card()) for number in range(n)]),
    "archive: tables": lambda n: archive([(f"{number}.csv", HEAD + b"Bo,bo@x.example\n" * n) for number in range(3)]),
    "archive: names": lambda n: archive(
        [("a" * 1000 + f"{number}.txt", b"") for number in range(n)] + [("a.csv", HEAD + b"Bo,\n")]
    ),
}
# More of one thing than any list has, or what a number in a file only claims: refused by name, whatever the file's size.
REFUSED: dict[str, tuple[Callable[[], bytes], type[CrmError], str]] = {
    "workbook: a row with a number": (lambda: workbook(cell(2147483647, "A", "Bo")), BadRequest, "1,048,576"),
    "workbook: a row beyond Excel's": (lambda: workbook(cell(1048577, "A", "Bo")), BadRequest, "1,048,576"),
    "workbook: a number of 500 digits": (lambda: workbook(f'<row r="{"9" * 500}"></row>'), BadRequest, "1,048,576"),
    "archive: members": (lambda: archive([(f"{number}.csv", b"x") for number in range(10_001)]), TooLarge, "10000"),
    "csv: columns": (lambda: b"Name," * 1001 + b"Email\n" + b"Bo\n", BadRequest, "1000"),
}
