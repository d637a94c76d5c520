"""The same flow over Google's Pub/Sub emulator and the ordinary client, wherever `gcloud` has one."""

from __future__ import annotations

import os
import threading
import uuid
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server
from werkzeug.test import Client

from dev.processes import StackError, free_port
from selfhost.emulator import make_subscriptions
from shared.edge.deps import deps
from shared.enrichment import repository
from shared.enrichment.providers.catalog import make_waterfall
from shared.enrichment.runs import Enricher
from shared.manifest import functions
from shared.plumbing.events import outbox
from shared.plumbing.events.outbox import Event
from tests.conftest import PUSH_TOKEN, _Quiet
from tests.faults.emulator import GCLOUD, Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selfhost.gateway import Gateway

CONTACTS = "/api/crm/contacts"

pytestmark = [
    pytest.mark.slow,
    # grpc's own threads outlive its clients for a moment
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def emulator() -> Iterator[str]:
    """Address of a running emulator; `PUBSUB_EMULATOR_HOST` names one that runs already."""
    if given := os.environ.get("PUBSUB_EMULATOR_HOST"):
        yield given
        return
    if GCLOUD is None:
        if os.environ.get("CI"):
            pytest.fail("CI has an emulator: gcloud is missing")
        pytest.skip("no emulator: gcloud components install pubsub-emulator")
    running = Emulator()
    try:
        running.start()
    except StackError as error:
        pytest.skip(str(error))
    yield running.address
    running.kill()


@pytest.fixture
def pubsub(emulator, gateway: Gateway, fake, breakers, monkeypatch):
    """Events go over the emulator: a project of the test's own, pushes to the gateway."""
    project = f"test-{uuid.uuid4().hex[:12]}"
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", emulator)
    app = gateway
    port = free_port()
    http = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    consumers = [functions()["enrich_contact"]]
    make_subscriptions(
        consumers, project=project, base_url=f"http://127.0.0.1:{port}", token=PUSH_TOKEN, least_backoff_s=0.1
    )
    from shared.plumbing.events.publisher import Publisher

    kept = deps().__dict__
    publisher = Publisher(project)
    kept["publisher"] = publisher
    kept["waterfall"] = make_waterfall(fake.environ("domain", "hunter"))
    kept["enricher"] = Enricher(deps().database, deps().cache, breakers, kept["waterfall"], deps().now)
    yield publisher
    for name in ("publisher", "waterfall", "enricher"):
        kept.pop(name, None)
    http.shutdown()
    http.server_close()


def path(contact):
    return f"{CONTACTS}/{contact['id']}"


def status(api, contact):
    return api.get(path(contact)).json["enrichment"].get("status")


def test_a_created_contact_fills_itself_in_over_pub_sub(api, owner, pubsub, fake, person, eventually):
    fake.knows(person)
    contact = api.post(CONTACTS, json={"email": person.email}).json

    eventually(lambda: status(api, contact) == "done", 20)

    assert api.get(path(contact)).json["title"] == person.title
    assert api.get("/api/crm/enrichment/credits").json == {"balance": 99}
    assert owner.run("select 1 from crm.outbox where data ->> 'contact_id' = :id", id=contact["id"]) == []


def test_a_contact_and_its_enrichment_are_one_trace_over_pub_sub(
    api, traced, collector, pubsub, fake, person, eventually
):
    traced()
    fake.knows(person)
    trace_id = api.post(CONTACTS, json={"email": person.email}).headers["X-Request-Id"]

    eventually(lambda: any(span.name == "process contact-enrichment" for span in collector.trace(trace_id)), 20)
    spans = {span.span_id: span for span in collector.trace(trace_id)}
    found = next(span for span in spans.values() if span.name == "ask hunter")
    names = [found.name]
    while found := spans.get(found.parent_id):
        names.append(found.name)
    assert names == [
        "ask hunter", "process contact-enrichment", "publish contact-enrichment", "append contact-enrichment", "transaction",
        "POST /api/crm/contacts",
    ]  # fmt: skip


def test_a_failure_is_redelivered(api, pubsub, eventually, monkeypatch):
    works, calls = Enricher.process, []

    def fails_twice(self, event_id, data):
        calls.append(event_id)
        if len(calls) < 3:
            raise RuntimeError("not yet")
        return works(self, event_id, data)

    monkeypatch.setattr(Enricher, "process", fails_twice)
    contact = api.post(CONTACTS, json={"email": "ana@acme.example"}).json

    eventually(lambda: status(api, contact) == "done", 30)
    assert len(calls) == 3
    assert len(set(calls)) == 1


def test_what_cannot_be_handled_goes_to_the_dead_letter_topic_and_comes_back(pubsub, owner, gateway, eventually):
    event = Event(uuid.uuid4(), repository.TOPIC, '{"user_id": "nobody"}', {})
    pubsub.publish([event])
    replay = Client(gateway._functions.app("replay_dead_letters"))

    def replayed():
        return replay.post("/", json={"function": "enrich_contact", "limit": 1}).get_json()["replayed"]

    eventually(lambda: replayed() == 1, 30)
    eventually(lambda: replayed() == 1, 30)  # it failed again, and was buried again


def test_what_could_not_be_published_is_left_to_the_relay(api, owner, pubsub, gateway, eventually):
    from shared.plumbing.events.publisher import Publisher

    class Broken(Publisher):
        def __init__(self):
            pass

        def publish(self, _events):
            raise ConnectionError("Pub/Sub is not there")

    deps().__dict__["publisher"] = Broken()
    answer = api.post(CONTACTS, json={"email": "ana@acme.example"})
    assert answer.status_code == 201
    contact = answer.json
    relay = Client(gateway._functions.app("relay_outbox"))
    assert owner.run("select sends from crm.outbox where data ->> 'contact_id' = :id", id=contact["id"]) == [[0]]

    deps().__dict__["publisher"] = pubsub
    owner.run("update crm.outbox set available_at = now() where data ->> 'contact_id' = :id", id=contact["id"])
    assert relay.post("/").get_json()[repository.TOPIC]["sent"] >= 1
    eventually(lambda: status(api, contact) == "done", 20)


def test_consumers_send_the_next_events_themselves(api, database, owner, user_id, pubsub, eventually):
    """Far more than may be on the way at once, and nobody calls the relay."""
    count = 3 * outbox.MAX_IN_FLIGHT[2]
    owner.run("delete from crm.outbox")
    owner.run(
        "insert into crm.contacts (user_id, email) select :id, 'p' || n || '@gmail.com' from generate_series(1, :count::int) n",
        id=user_id, count=count,
    )  # fmt: skip
    owner.run("update crm.contacts set linkedin_slug = id::text, linkedin_url = 'x', name = 'x', title = 'x', company = 'x', location = 'x' where user_id = :id", id=user_id)  # fmt: skip
    ids = [row[0] for row in owner.run("select id from crm.contacts where user_id = :id and not is_self", id=user_id)]
    most = 0
    with database.transaction(user_id) as tx:
        repository.request(tx, ids, outbox.Priority.LOW, force=False)
    from shared.edge.pubsub import send_appended

    send_appended({repository.TOPIC})

    def left():
        nonlocal most
        ((waiting, sent),) = owner.run(
            "select count(*) filter (where sends = 0), count(*) filter (where sends > 0) from crm.outbox where user_id = :id",
            id=user_id,
        )
        most = max(most, sent)
        return waiting + sent

    eventually(lambda: left() == 0, 60)
    assert 0 < most <= outbox.MAX_IN_FLIGHT[2]
