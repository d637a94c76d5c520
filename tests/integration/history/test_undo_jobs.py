"""A large operation is taken back by a job, and a job of any kind is one operation."""

from __future__ import annotations

from uuid import UUID

import pytest

from shared.edge.deps import deps
from shared.edge.jobs import make_kinds
from shared.history import repository
from shared.jobs import repository as jobs
from shared.jobs.service import Jobs

CONTACTS = "/api/crm/contacts"
OPERATIONS = "/api/crm/operations"
MANY = "Name,E-mail\n" + "".join(f"Person {n},p{n}@many.example\n" for n in range(1001))


@pytest.fixture
def hand(gateway):
    """A worker of this process."""
    return Jobs(deps().database, make_kinds(deps(), batch_rows=300))


def start_undo(book, operation):
    answer = book.api.post(f"{OPERATIONS}/{operation}/undo", json={})
    assert answer.status_code == 202, answer.json
    assert answer.headers["Location"] == f"/api/crm/jobs/{answer.json['id']}"
    return answer.json["id"]


def test_a_large_undo_is_a_job_whose_worker_may_die_at_any_time(book, user_id, hand, monkeypatch):
    known = book.add("Ana Lima")
    wrong = book.load(MANY)
    assert book.undo(wrong, dry_run=True)["removed"] == 1001
    job = start_undo(book, wrong)
    undo = repository.undo_operation

    def dies(tx, operation_id):
        undo(tx, operation_id)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(repository, "undo_operation", dies)
        with pytest.raises(KeyboardInterrupt):
            hand.work(user_id, UUID(job))
    assert book.api.get(f"{CONTACTS}?include_total=true").json["total"] == 1003
    assert book.api.get(f"{OPERATIONS}/{wrong}").json["undone_by"] is None

    with deps().database.transaction(user_id) as tx:  # its lease is over
        tx.run(jobs.QUERIES.release_job, user_id=user_id, job_id=UUID(job), lease=lease_of(tx, user_id, job))
    hand.work(user_id, UUID(job))

    ended = book.api.get(f"/api/crm/jobs/{job}").json
    assert (ended["status"], ended["result"]["removed"], ended["result"]["operation_id"]) == ("done", 1001, job)
    assert book.names() == ["Ana Lima"]
    assert book.get(known)["name"] == "Ana Lima"
    assert book.api.get(f"{OPERATIONS}/{wrong}").json["undone_by"] == job
    hand.work(user_id, UUID(start_undo(book, job)))
    assert book.api.get(f"{CONTACTS}?include_total=true").json["total"] == 1003


def lease_of(tx, user_id, job):
    from shared.plumbing.postgres.sql import Query

    query = Query.parse("lease", "value", "select lease from crm.jobs where user_id = :u::uuid and id = :j::uuid")
    return tx.value(query, u=user_id, j=UUID(job))


def send(book, data):
    """Send a file and start its import; the job."""
    made = book.api.post(
        "/api/crm/imports",
        json={"kind": "contacts", "filename": "people.csv", "size": len(data), "start": True},
    )
    url = made.json["upload"]["url"].partition("//")[2].partition("/")[2]
    assert book.api.put(f"/{url}", data=data).status_code == 200
    book.api.get(f"/api/crm/imports/{made.json['id']}")
    return made.json["id"]


def test_while_an_import_runs_others_are_undone_and_merged_and_itself_only_at_its_end(book, user_id, gateway):
    ana = book.add("Ana Lima", title="CTO")
    edit = book.edit(ana, title="Chair")
    job = send(book, MANY.encode())
    one_step = Jobs(deps().database, make_kinds(deps(), batch_rows=300), budget_s=0)
    for _ in range(30):
        one_step.work(user_id, UUID(job))
        there = {
            item["name"]: item["id"] for item in book.api.get(f"{CONTACTS}?limit=200&sort=-created_at").json["items"]
        }
        if len(there) > 2:
            break
    assert book.api.get(f"/api/crm/imports/{job}").json["status"] == "running"

    for body in ({}, {"dry_run": True}):
        refused = book.api.post(f"{OPERATIONS}/{job}/undo", json=body)
        assert (refused.status_code, job in refused.json["detail"]) == (409, True), refused.json
    assert book.undo(edit)["reverted"] == 1
    assert book.get(ana)["title"] == "CTO"
    first, second, *_ = (contact for name, contact in there.items() if name.startswith("Person"))
    assert book.api.post(f"{CONTACTS}/merge", json={"ids": [first, second]}).status_code == 200

    Jobs(deps().database, make_kinds(deps(), batch_rows=300)).work(user_id, UUID(job))
    assert book.api.get(f"/api/crm/imports/{job}").json["status"] == "done"
    total = f"{CONTACTS}?include_total=true&limit=1"
    assert book.api.get(total).json["total"] == 2 + 1001 - 1
    book.load(MANY)  # nobody comes back by the file of the merged one
    assert book.api.get(total).json["total"] == 2 + 1001 - 1

    Jobs(deps().database, make_kinds(deps())).work(user_id, UUID(start_undo(book, job)))
    # the merge stands, with its contact
    assert book.api.get(total).json["total"] == 2 + 1


def test_an_import_by_a_job_is_one_operation_with_its_file_however_many_steps_it_takes(book, user_id, hand):
    job = send(book, MANY.encode())
    hand.work(user_id, UUID(job))

    operation = book.api.get(f"{OPERATIONS}/{job}").json
    assert (operation["kind"], operation["actor"], operation["counts"]["created"]) == ("import_contacts", "user", 1001)
    assert operation["details"] == {"filename": "people.csv"}
    assert [item["kind"] for item in book.api.get(OPERATIONS).json["items"]] == ["import_contacts"]
