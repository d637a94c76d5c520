"""How requests were answered, and what they left behind: sessions, connections, caches."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

from selfhost.routing import Router
from shared.manifest import functions

if TYPE_CHECKING:
    from tests.faults.evidence import Evidence
    from tests.faults.faults import Happened
    from tests.faults.journal import Request

# The way there and back, on a machine that has other things to do.
SLACK_S = 5.0
APPLICATION = "warmpath"
MOST_READ = 400
# So many questions at once as a process has connections, and a few that have to wait for one.
MORE = 3


def answers(evidence: Evidence) -> list[str]:
    """No request ends in a fault of ours; a 503 says when to come back; none is later than its function may be."""
    router = Router(functions().values())
    found = []
    for request in evidence.journal.requests:
        what = f"{request.method} {request.path} of process {request.process}"
        if request.status >= 500 and request.status != 503:
            found.append(f"{what} was answered {request.status}: {request.words}")
        if request.status == 503 and not (request.retry_after.isdigit() and int(request.retry_after) >= 1):
            found.append(f"{what} was answered 503 without a word of when to come back")
        route = router.match(request.path)
        function = route.function_for(request.method) if route else None
        limit_s = float(function.settings["timeout_s"]) if function else 30.0
        limit_s += SLACK_S + sum(_stood_still_s(fault, request) for fault in evidence.happened)
        if request.took_s > limit_s:
            found.append(f"{what} took {request.took_s:.1f} s, and may take {limit_s:.1f}")
    return found


def _stood_still_s(fault: Happened, request: Request) -> float:
    """How long the process of a request could do nothing while it waited: it was stopped, or not there."""
    if fault.fault.target != f"functions-{request.process}" or fault.fault.kind == "wrong clock":
        return 0.0
    ended = fault.well or fault.healed
    return max(0.0, min(ended, request.began + request.took_s) - max(fault.began, request.began))


def sessions(evidence: Evidence) -> list[str]:
    """No session of the database is in a transaction, and none is more than a pool may have."""
    found = [
        f"a session is {state} since {since} s: {query}"
        for state, since, query in evidence.rows(
            """select state, round(extract(epoch from now() - state_change))::int, left(query, 80) from pg_stat_activity
            where application_name = :name and state like 'idle in transaction%' and now() - state_change > interval '2 s'""",
            name=APPLICATION,
        )
    ]
    ((count,),) = evidence.rows(
        "select count(*) from pg_stat_activity where application_name = :name and pid <> pg_backend_pid()",
        name=APPLICATION,
    )
    most = evidence.processes * evidence.pool_size
    return [*found, *([f"{count} sessions of {most} that there may be"] if count > most else [])]


def caches(evidence: Evidence) -> list[str]:
    """What is read of a contact through any process is what the database holds."""
    rows = evidence.rows(
        """select u.email, c.id::text, j.document::text from crm.contacts c join crm.users u on u.id = c.user_id
        join crm.contacts_json j on j.user_id = c.user_id and j.id = c.id
        where not c.is_self and u.email like 'user%' order by c.updated_at desc limit :most""",
        most=MOST_READ,
    )
    found = []
    callers: dict[str, Any] = {}
    for email, contact_id, document in rows:
        caller = callers.setdefault(email, evidence.caller(email))
        for process in range(evidence.processes):
            answer = caller.ask("GET", f"/api/crm/contacts/{contact_id}", process=process, may_be=frozenset({404}))
            wanted = json.loads(document)
            if answer.body != wanted:
                differing = [name for name in wanted if (answer.body or {}).get(name) != wanted[name]]
                found.append(f"process {process} answers {answer.status} for {contact_id}, other in {differing}")
    for caller in callers.values():
        caller.close()
    return found


def capacity(evidence: Evidence) -> list[str]:
    """Every process has all its connections still: as many questions at once are answered."""
    found: list[str] = []
    lock = threading.Lock()
    email = next((contact.user for contact in evidence.journal.contacts), "user-0@example.com")

    def ask(process: int) -> None:
        caller = evidence.caller(email)
        for _ in range(3):
            answer = caller.ask("GET", "/api/crm/contacts?limit=5", process=process)
            if answer.status != 200:
                with lock:
                    found.append(f"process {process} answered {answer.status} when all its connections were asked for")
        caller.close()

    threads = [
        threading.Thread(target=ask, args=(process,))
        for process in range(evidence.processes)
        for _ in range(evidence.pool_size + MORE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
