from __future__ import annotations

import os
import time

import pytest

from shared.edge.deps import deps
from shared.plumbing.uploads.disk import folder_of
from tests.integration.imports.conftest import IMPORTS

UNIT = 256 * 1024


def session(api, size):
    made = api.post(IMPORTS, json={"kind": "contacts", "filename": "a.csv", "size": size})
    return made.json["id"], "/" + made.json["upload"]["url"].split("/", 3)[3]


def put(api, url, data, stated):
    return api.anonymous().put(url, data=data, headers={"Content-Range": stated})


def test_a_file_arrives_in_chunks_and_goes_on_after_an_interruption(importing):
    data = b"Name,E-mail,Notes\n" + b"".join(b"P%d,p%d@x.org,%s\n" % (n, n, b"word " * 4_000) for n in range(40))
    import_id, url = session(importing.api, len(data))
    size = len(data)

    asked = put(importing.api, url, b"", f"bytes */{size}")
    assert (asked.status_code, asked.headers.get("Range")) == (308, None)
    first = put(importing.api, url, data[:UNIT], f"bytes 0-{UNIT - 1}/{size}")
    assert (first.status_code, first.headers["Range"]) == (308, f"bytes=0-{UNIT - 1}")
    assert importing.get(import_id)["phase"] == "upload"
    again = put(importing.api, url, data[: 2 * UNIT], f"bytes 0-{2 * UNIT - 1}/{size}")  # its answer was lost
    assert again.headers["Range"] == f"bytes=0-{2 * UNIT - 1}"
    ahead = put(importing.api, url, data[UNIT * 2 + 9 :], f"bytes {UNIT * 2 + 9}-{size - 1}/{size}")
    assert ahead.headers["Range"] == f"bytes=0-{2 * UNIT - 1}", "what would leave a gap is not taken"
    assert put(importing.api, url, data[2 * UNIT :], f"bytes {2 * UNIT}-{size - 1}/{size}").status_code == 200
    assert put(importing.api, url, b"", f"bytes */{size}").status_code == 200

    assert importing.get(import_id)["phase"] == "read"
    assert importing.work(import_id)["counts"]["received"] == 40


@pytest.mark.parametrize(
    ("stated", "body", "words"),
    [
        ("bytes 0-9/2000000", b"123", "the body has 3"),
        ("bytes 0-2/1999999", b"123", "the session is for 2,000,000 bytes"),
        ("bytes 0-2/2000000", b"123", "a multiple of 262,144"),
        ("items 1", b"123", "Content-Range must be such as"),
    ],
)
def test_a_wrong_chunk_is_refused_in_words_and_changes_nothing(api, stated, body, words):
    _, url = session(api, 2_000_000)

    refused = put(api, url, body, stated)

    assert refused.status_code == 400
    assert words in refused.json["detail"]
    assert "Range" not in put(api, url, b"", "bytes */2000000").headers


def test_an_address_that_nobody_was_given_takes_nothing(api):
    assert put(api, "/uploads/../../etc/passwd", b"x", "bytes 0-0/1").status_code == 404
    assert put(api, "/uploads/guess", b"x", "bytes 0-0/1").status_code == 404
    assert api.get("/uploads/guess").status_code == 405


def test_files_are_gone_when_the_import_has_ended_or_the_day_is_over(importing):
    folder = folder_of(deps().settings.uploads_url)
    before = set(folder.iterdir())
    importing.run(b"Name,E-mail\nAna,a@x.org\n")
    cancelled = importing.send(b"Name,E-mail\nAna,a@x.org\n")
    importing.api.delete(f"{IMPORTS}/{cancelled}")
    _, url = session(importing.api, 5 * UNIT)
    put(importing.api, url, b"x" * UNIT, f"bytes 0-{UNIT - 1}/{5 * UNIT}")
    left = {path for path in folder.iterdir() if path.suffix != ".session"} - before
    assert [path.suffix for path in left] == [".part"]

    for path in folder.iterdir():
        os.utime(path, (time.time() - 100_000,) * 2)
    session(importing.api, 10)

    assert [path for path in folder.iterdir() if path.suffix != ".session"] == []
