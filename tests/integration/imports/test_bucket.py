from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from shared.edge.deps import deps
from shared.errors import NotFound, Unavailable
from shared.plumbing.uploads.bucket import BucketUploads
from tests.fakes.storage import UNIT, fake_storage


@pytest.fixture
def storage():
    with fake_storage() as server:
        yield server


@pytest.fixture
def bucket(storage):
    return BucketUploads("uploads", storage.url, lambda: "right")


def put(url, data, stated, origin="https://app.example"):
    request = urllib.request.Request(url, data, {"Content-Range": stated, "Origin": origin}, method="PUT")
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers


def test_a_browser_sends_to_the_bucket_by_the_session_that_the_function_opened(bucket, storage):
    data = b"x" * UNIT + b"rest"
    storage.failures = [503]

    session = bucket.begin("a name", len(data), "https://app.example")

    assert bucket.find_size("a name") is None
    status, headers = put(session.url, data[:UNIT], f"bytes 0-{UNIT - 1}/{len(data)}")
    assert (status, headers["Range"], headers["Access-Control-Allow-Origin"]) == (
        308,
        f"bytes=0-{UNIT - 1}",
        "https://app.example",
    )
    assert put(session.url, data[UNIT:], f"bytes {UNIT}-{len(data) - 1}/{len(data)}")[0] == 200
    assert bucket.find_size("a name") == len(data)
    bucket.delete("a name")
    bucket.delete("a name")
    with pytest.raises(NotFound):
        bucket.open("a name")


def test_a_download_that_breaks_off_goes_on_where_it_was(bucket, storage):
    data = bytes(range(256)) * 20_000
    storage.objects["a"] = data
    storage.breaks_after = [1_000_000, 10, 2_000_000]

    with bucket.open("a") as stream:
        assert stream.read() == data
        stream.seek(70_000)
        assert stream.read(5) == data[70_000:70_005]
        assert stream.tell() == 70_005


def test_a_store_that_is_down_or_refuses_is_answered_with_a_later_attempt(bucket, storage):
    with pytest.raises(Unavailable):
        BucketUploads("uploads", storage.url, lambda: "wrong").begin("a", 1, "")
    storage.server_close()
    storage.shutdown()
    with pytest.raises(Unavailable):
        bucket.find_size("a")


def test_an_import_reads_its_file_from_the_bucket_and_removes_it(bucket, storage, importing, monkeypatch):
    monkeypatch.setitem(deps().__dict__, "uploads", bucket)
    data = b"Name,E-mail,Notes\n" + b"".join(b"P%d,p%d@x.org,%s\n" % (n, n, b"word " * 2_000) for n in range(60))
    made = importing.api.post(
        "/api/crm/imports",
        json={"kind": "contacts", "filename": "a.csv", "size": len(data), "start": True},
        headers={"Origin": "https://app.example"},
    ).json
    put(made["upload"]["url"], data, f"bytes 0-{len(data) - 1}/{len(data)}")
    storage.breaks_after = [100_000]
    importing.get(made["id"])

    assert importing.work(made["id"])["result"]["created"] == 60
    assert storage.objects == {}
