"""A CSV file of 32 MB, the most that is taken, through the deployed function: how long it takes and how much memory.

python -m benchmarks.import_http [--mb 32]
"""

from __future__ import annotations

import http.client
import json
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bulk_import import csv_file, people
from benchmarks.results import Limit, Row, Table, run
from benchmarks.running import Served, ground

if TYPE_CHECKING:
    import argparse

PATH = "/api/crm/contacts/import"
ROWS_PER_MB = 7_900
TIMEOUT_S = 900
LIMIT = Limit(300, metric="peak MB")


def file_of(megabytes: int) -> bytes:
    """As many contacts as fit."""
    data = csv_file(people(megabytes * ROWS_PER_MB))
    size = megabytes * 2**20
    return data if len(data) <= size else data[: data.rindex(b"\n", 0, size) + 1]


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--mb", type=int, default=32)


def measure(options: argparse.Namespace) -> list[Table]:
    """One import into a new book."""
    data = file_of(options.mb)
    with ground(contacts=1) as beside, tempfile.TemporaryDirectory() as folder:
        served = Served("import_contacts", beside.environment, Path(folder))
        try:
            served.wait_for(
                lambda: served.send("POST", PATH, beside.token, "Name\nAda", content_type="text/csv") == 200
            )
            connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=TIMEOUT_S)
            headers = {"Authorization": f"Bearer {beside.token}", "Content-Type": "text/csv"}
            began = time.perf_counter()
            connection.request("POST", PATH, data, headers)
            answer = connection.getresponse()
            told = json.loads(answer.read())
            took_s = time.perf_counter() - began
            assert answer.status == 200, told
            peak_mb = served.peak_mb()
        finally:
            served.stop()
    rows = data.count(b"\n") - 1
    assert told["received"] == rows, told
    metrics = {"contacts": rows, "s": took_s, "contacts/s": rows / took_s, "peak MB": peak_mb}
    return [Table("over HTTP", [Row(f"{len(data) / 2**20:.0f} MB of CSV", metrics, limit=LIMIT)])]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
