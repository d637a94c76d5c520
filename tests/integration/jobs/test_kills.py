"""A worker may be killed at any moment: an undo is whole or not at all, and other jobs go on to their end and do nothing twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from shared.bulk import work as bulk
from tests.integration.history.conftest import CONTACTS, OPERATIONS, Book

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
ROOT = Path(__file__).parents[3]
SEED = 20261130
MANY = 1_500
PAIRS = 40


class Killing:
    """Runs a job with workers that die, until one lives long enough.

    Attributes:
        deaths: how many died.
    """

    def __init__(self, owner: Any, user_id: UUID) -> None:
        self.owner, self.user_id = owner, user_id
        self.random = random.Random(SEED)
        self.deaths = 0

    def run(self, job: str, kills: int, commits: int, longest_s: float, check: Callable[[], object]) -> None:
        """Kill workers in turn before a commit and at a random moment, look at the data after each, then let one finish.

        Args:
            job: its id.
            kills: how many.
            commits: before one of so many a worker dies, the first of which takes the job.
            longest_s: at most so long a worker works that dies at any moment.
            check: called after each death.
        """
        for number in range(kills):
            if number % 2:
                self._one(job, None, after_s=self.random.uniform(0.002, longest_s))
            else:
                self._one(job, 1 + (number // 2) % commits, after_s=60)
            check()
        self._one(job, None, after_s=120)
        check()

    def _one(self, job: str, commit: int | None, after_s: float) -> None:
        fate = [] if commit is None else [str(commit)]
        worker = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("mortal_worker.py")), str(self.user_id), job, *fate],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"ready\n"
        worker.stdin.write(b"\n")
        worker.stdin.flush()
        try:
            worker.wait(after_s)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
        self.deaths += worker.returncode != 0
        # what the dead had asked for ends by itself; nobody waits for the lease
        self._settle()
        self.owner.run("update crm.jobs set leased_until = null, lease = null where id = :j", j=job)

    def _settle(self) -> None:
        deadline = time.monotonic() + 60
        busy = "select count(*) from pg_stat_activity where datname = current_database() and state in ('active', 'idle in transaction') and pid <> pg_backend_pid()"
        while self.owner.run(busy) != [[0]] and time.monotonic() < deadline:
            time.sleep(0.02)


@pytest.fixture
def killing(owner, user_id):
    """Workers that die."""
    return Killing(owner, user_id)


@pytest.fixture
def book(api):
    """The user's contacts."""
    return Book(api)


def state(owner, user_id):
    """All contacts, ties and interactions, as text."""
    tables = ("contacts", "relationships", "interactions", "hidden_contacts")
    left_out = {"contacts": " - 'updated_at' - 'enrichment'"}
    return {
        table: sorted(
            str(row)
            for row in owner.run(
                f"select (to_jsonb(t){left_out.get(table, '')})::text from crm.{table} t where user_id = :u", u=user_id
            )
        )
        for table in tables
    }


def test_an_undo_is_whole_or_not_at_all_whenever_its_worker_is_killed(book, owner, user_id, killing):
    ana, bob = book.add("Ana Lima", title="CTO"), book.add("Bob Ray")
    book.tie(ana, bob, 0.5)
    before = state(owner, user_id)
    rows = "".join(f"Person {n},p{n}@wrong.example,Boss\n" for n in range(MANY))
    wrong = book.load(f"Name,E-mail,Job Title\n{rows}Ana Lima,,CTO\nBob Ray,,Boss\n")
    after = state(owner, user_id)
    assert len(after["contacts"]) == MANY + 3
    job = book.api.post(f"{OPERATIONS}/{wrong}/undo", json={}).json["id"]
    seen = []

    def check() -> None:
        now = state(owner, user_id)
        undone = book.api.get(f"{OPERATIONS}/{wrong}").json["undone_by"]
        seen.append(undone)
        assert now == (after if undone is None else before)

    # before the third commit a worker dies only if what it did and that it did it are two transactions
    killing.run(job, 6, 3, 0.15, check)

    assert killing.deaths >= 2
    assert None in seen
    ended = book.api.get(f"/api/crm/jobs/{job}").json
    assert (ended["status"], ended["result"]["removed"]) == ("done", MANY)
    assert owner.run("select count(*) from crm.operations where user_id = :u and undoes is not null", u=user_id) == [
        [1]
    ]


def test_a_bulk_change_goes_on_to_its_end_and_changes_nobody_twice(book, owner, user_id, killing, monkeypatch):
    monkeypatch.setattr(bulk, "PART", 100)
    book.load("Name,E-mail\n" + "".join(f"Person {n},p{n}@many.example\n" for n in range(MANY)))
    # each contact has its own number of changes: one tag more, and a note of it in the journal
    job = book.api.post(f"{CONTACTS}/bulk", json={"action": "tag", "value": "fair", "filter": {}}).json["id"]

    def check() -> None:
        ((tagged, notes),) = owner.run(
            "select (select count(*) from crm.contacts where user_id = :u and tags = '{fair}'),"
            " (select count(*) from crm.changes where user_id = :u and operation_id = :j)", u=user_id, j=job,
        )  # fmt: skip
        assert tagged == notes
        progress = book.api.get(f"/api/crm/jobs/{job}").json["progress"]
        assert progress["done"] == tagged

    killing.run(job, 8, 4, 0.2, check)

    assert killing.deaths >= 4
    ended = book.api.get(f"/api/crm/jobs/{job}").json
    assert (ended["status"], ended["result"]["changed"], ended["result"]["unchanged"]) == ("done", MANY + 1, 0)
    assert book.api.get(f"{OPERATIONS}/{job}").json["counts"]["updated"] == MANY + 1


def test_the_merging_of_all_sure_pairs_goes_on_to_its_end_and_merges_nobody_twice(book, owner, user_id, killing):
    for n in range(PAIRS):
        for _ in range(2):
            owner.run(
                "insert into crm.contacts (user_id, source, name, phones) values (:u, 'csv', :n, array[:p])",
                u=user_id, n=f"Zora{'abcdefghij'[n % 10]} Quint{'klmnopqrst'[n // 10]}", p=f"+49 151 23456{n:02}",
            )  # fmt: skip
    assert book.api.post(f"{CONTACTS}/duplicates/scan").json["counts"]["sure"] == PAIRS
    from shared.contacts.merging.work import queue_merging
    from shared.edge.deps import deps

    with deps().database.transaction(user_id) as tx:
        job = str(queue_merging(tx).id)

    def check() -> None:
        ((left, merged, noted, traces),) = owner.run(
            "select (select count(*) from crm.contacts where user_id = :u and not is_self),"
            " (select count(*) from crm.changes where user_id = :u and did = 'm'),"
            " (select coalesce(sum(contacts_merged), 0) from crm.operations where user_id = :u),"
            " (select count(distinct contact_no) from crm.merged_contacts where user_id = :u)", u=user_id,
        )  # fmt: skip
        assert left == 2 * PAIRS - merged
        assert (noted, traces) == (merged, merged)
        assert book.api.get(f"/api/crm/jobs/{job}").json["progress"]["done"] == merged

    killing.run(job, 8, 4, 0.2, check)

    assert killing.deaths >= 4
    ended = book.api.get(f"/api/crm/jobs/{job}").json
    assert (ended["status"], ended["result"]["merged"], ended["result"]["kept"]) == ("done", PAIRS, PAIRS)
    assert book.api.get(f"{OPERATIONS}/{job}").json["counts"]["merged"] == PAIRS
