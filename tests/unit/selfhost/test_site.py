"""Scripts of the app leave as small as the client takes them, and unchanged where it takes nothing else."""

from __future__ import annotations

import gzip

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from selfhost.site import serve_site

SCRIPT = b"console.log('warm');\n" * 100


@pytest.fixture
def folder(tmp_path):
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "app.js").write_bytes(SCRIPT)
    (assets / "app.js.br").write_bytes(b"as brotli")
    (assets / "app.js.gz").write_bytes(gzip.compress(SCRIPT))
    (assets / "small.js").write_bytes(b"1")
    return tmp_path


def ask(folder, path, accept=None):
    headers = [] if accept is None else [("Accept-Encoding", accept)]
    request = Request(EnvironBuilder(path=path, headers=headers).get_environ())
    answer = serve_site(folder, request, folder / "none.json", is_being_built=lambda: False)
    answer.direct_passthrough = False
    return answer


@pytest.mark.parametrize(
    ("accept", "coding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None), (None, None)],
)
def test_a_script_leaves_in_the_smallest_coding_that_the_client_takes(folder, accept, coding):
    answer = ask(folder, "/assets/app.js", accept)
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.mimetype in {"text/javascript", "application/javascript"}
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["Cache-Control"]
    read = {"br": lambda content: content, "gzip": gzip.decompress, None: lambda content: content}[coding]
    assert read(answer.get_data()) == (b"as brotli" if coding == "br" else SCRIPT)


def test_a_file_without_compressed_versions_leaves_as_it_is(folder):
    answer = ask(folder, "/assets/small.js", "br")
    assert (answer.get_data(), answer.headers.get("Content-Encoding")) == (b"1", None)
