"""What leaves for the collector: one trace from the request to the provider, metrics of everything, and nothing personal."""

from __future__ import annotations

import io
import json
import logging
import re
import uuid
from typing import Any

import pytest
from werkzeug.test import Client

from selfhost.deliveries import push_body
from shared.enrichment import lookups, repository, runs
from shared.errors import Unavailable
from shared.plumbing.events.outbox import Event
from shared.plumbing.telemetry.logs import JsonFormatter
from tests.conftest import connected
from tests.fakes.providers.answers import Person

CONTACTS = "/api/crm/contacts"
CALLER = "00f067aa0ba902b7"


def path(contact):
    return f"{CONTACTS}/{contact['id']}"


def done(api, contact):
    return api.get(path(contact)).json["enrichment"].get("status") == "done"


def trace_of(collector, trace_id, eventually, *, until="ask hunter"):
    """The trace, once its last span has come."""
    eventually(lambda: any(span.name == until for span in collector.trace(trace_id)), 20)
    eventually(lambda: [s for s in collector.trace(trace_id) if s.name == "process contact-enrichment"], 20)
    return collector.trace(trace_id)


def chain(spans, name):
    """The names from a span up to the first of its trace."""
    by_id = {span.span_id: span for span in spans}
    found = next(span for span in spans if span.name == name)
    names = [found.name]
    while found.parent_id in by_id:
        found = by_id[found.parent_id]
        names.append(found.name)
    return names


def test_a_contact_and_its_enrichment_are_one_trace(api, traced, collector, deliveries, eventually, fake, person):
    traced()
    fake.knows(person)
    deliveries("domain", "hunter")
    trace_id = uuid.uuid4().hex

    answer = api.post(CONTACTS, json={"email": person.email}, headers={"traceparent": f"00-{trace_id}-{CALLER}-01"})

    assert answer.headers["X-Request-Id"] == trace_id
    spans = trace_of(collector, trace_id, eventually)
    assert chain(spans, "ask hunter") == [
        "ask hunter", "process contact-enrichment", "append contact-enrichment", "transaction", "POST /api/crm/contacts",
    ]  # fmt: skip
    first = spans[0]
    assert (first.parent_id, first.kind) == (CALLER, "SERVER")
    assert first.attributes == {
        "faas.name": "create_contact", "http.request.method": "POST", "http.route": CONTACTS, "http.response.status_code": 201,
    }  # fmt: skip
    assert {span.kind for span in spans if span.name in {"insert_contact", "commit", "ask hunter"}} == {"CLIENT"}
    assert all(first.started_ns <= span.started_ns <= span.ended_ns for span in spans)
    assert first.resource["service.name"] == "warmpath"
    assert len({span.span_id for span in spans}) == len(spans)


def test_a_trace_is_begun_where_the_caller_has_none(api, owner, traced, collector, eventually):
    traced()
    answer = api.post(CONTACTS, json={"email": "a@b.example"})

    trace_id = answer.headers["X-Request-Id"]
    eventually(lambda: collector.trace(trace_id))
    ((attributes,),) = owner.run(
        "select attributes from crm.outbox where data ->> 'contact_id' = :id", id=answer.json["id"]
    )
    append = next(span for span in collector.trace(trace_id) if span.name == "append contact-enrichment")
    assert attributes == {"traceparent": f"00-{trace_id}-{append.span_id}-01"}
    assert collector.trace(trace_id)[0].parent_id == ""


def test_a_trace_that_is_not_sampled_is_passed_on_and_not_kept(api, owner, traced, collector, deliveries, eventually):
    traced(0)
    running = deliveries("domain")
    trace_id = uuid.uuid4().hex
    header = f"00-{trace_id}-{CALLER}-00"

    answer = api.post(CONTACTS, json={"email": "ana@acme.example", "enrich": False}, headers={"traceparent": header})
    running.stop()
    api.post(f"{path(answer.json)}/enrich", headers={"traceparent": header})

    rows = "select attributes from crm.outbox where data ->> 'contact_id' = :id"
    assert owner.run(rows, id=answer.json["id"]) == [[{"traceparent": header}]]
    assert collector.trace(trace_id) == []


def test_an_e_mail_is_part_of_the_trace_that_causes_it(api, traced, collector, deliveries, eventually, mailbox):
    traced()
    deliveries("domain")
    address = f"{uuid.uuid4().hex}@x.example"
    trace_id = api.post("/api/crm/viral/invitations", json={"emails": [address]}).headers["X-Request-Id"]

    eventually(lambda: mailbox.mails(address))
    eventually(lambda: any(span.name == "process email" for span in collector.trace(trace_id)))
    spans = collector.trace(trace_id)
    assert chain(spans, "send invitation.sent")[:3] == ["send invitation.sent", "process email", "append email"]


def test_what_fails_is_told_by_its_type_alone(api, gateway, traced, collector, eventually, monkeypatch):
    traced()

    def fails(*_args, **_kwargs):
        raise RuntimeError("Ana Amaral cannot be saved")

    monkeypatch.setattr("shared.contacts.editing.create_contact", fails)
    answer = api.post(CONTACTS, json={"email": "ana@acme.example"})

    assert answer.status_code == 500
    trace_id = answer.headers["X-Request-Id"]
    eventually(lambda: collector.trace(trace_id))
    first = collector.trace(trace_id)[0]
    assert (first.failed, first.attributes["error.type"], first.attributes["http.response.status_code"]) == (
        True, "RuntimeError", 500,
    )  # fmt: skip


def test_figures_of_a_contact_that_fills_itself_in(
    api, traced, collector, deliveries, eventually, fake, person, mailbox, owner_url
):
    with connected(owner_url) as owner:
        owner.run("delete from crm.outbox")  # what earlier tests left would be counted as well
    telemetry = traced(0)
    fake.knows(person)
    running = deliveries("domain", "hunter")
    contact = api.post(CONTACTS, json={"email": person.email}).json
    eventually(lambda: done(api, contact))
    address = f"{uuid.uuid4().hex}@x.example"
    api.post("/api/crm/viral/invitations", json={"emails": [address]})
    eventually(lambda: mailbox.mails(address))
    api.get(f"{CONTACTS}/{uuid.uuid4()}")
    running.stop()

    telemetry.exporter.add(())  # nothing was sampled, so nothing has started the thread
    telemetry.exporter._metrics_due = 0
    telemetry.exporter.add(())
    eventually(lambda: collector.metrics)

    requests = collector.of("http.server.request.duration")
    assert requests["create_contact", 201][0] == 1
    assert requests["get_contact", 404][0] == 1
    assert 0 < requests["create_contact", 201][1] < 10
    # An event is delivered once at least: on a busy machine a second time, which finds the work done.
    delivered = collector.of("warmpath.event.duration")["enrich_contact", "done"][0]
    assert delivered >= 1
    (age,) = [found for labels, found in collector.of("warmpath.event.age").items() if labels == ("enrich_contact",)]
    assert age[0] == delivered
    assert 0 <= age[1] < 20 * delivered
    assert collector.of("warmpath.provider.duration")["hunter", "found"][0] == 1
    assert collector.of("warmpath.credits.charged") == {("hunter",): (1, 1)}
    assert collector.of("warmpath.emails") == {("accepted",): (1, 1)}
    assert collector.spans == []


PERSONAL: dict[str, Any] = {
    "name": "Zdenka Quellwasser", "email": "zdenka.quellwasser@privat.example", "phones": ["+4915799887766"],
    "company": "Geheimrat Holding", "title": "Oberste Tintenmeisterin", "location": "Hinterzarten, Germany",
    "notes": "hat im Juni von ihrer Scheidung erzaehlt", "tags": ["schwarzwald"], "birthday": "1971-04-03",
    "linkedin_url": "https://www.linkedin.com/in/zdenka-quellwasser",
}  # fmt: skip
WORDS = [
    "zdenka", "quellwasser", "privat.example", "99887766", "geheimrat", "tintenmeister", "hinterzarten", "scheidung",
    "schwarzwald", "1971-04", "benedikta", "user-", "@", "eyj",
]  # fmt: skip


@pytest.fixture
def logged():
    """All that is logged, at every level, as it would be in the cloud."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter("acme-crm"))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_nothing_personal_is_logged_traced_or_counted(
    api, gateway, traced, collector, deliveries, eventually, fake, logged, monkeypatch, mailbox, user_email
):
    telemetry = traced()
    email = PERSONAL["email"]
    monkeypatch.setattr(lookups, "RETRY_S", 0.01)
    monkeypatch.setattr(runs, "LEAST_WAIT_S", 0.01)
    fake.knows(Person(email, name=PERSONAL["name"], title=PERSONAL["title"], linkedin="zdenka-quellwasser"))
    fake.script("hunter", email, "busy", "no_json", "reset", "hit")
    running = deliveries("hunter")

    contact = api.post(CONTACTS, json={"email": email, "notes": PERSONAL["notes"]}).json
    eventually(lambda: done(api, contact), 30)
    api.put(path(contact), json=PERSONAL)
    other = api.post(CONTACTS, json={**PERSONAL, "email": "benedikta@privat.example", "linkedin_url": None}).json
    api.get(f"{CONTACTS}/search?q=zdenka+quellwasser")
    api.get(f"{CONTACTS}?company=Geheimrat+Holding&tag=schwarzwald")
    api.patch(path(contact), json={"notes": PERSONAL["notes"] + "!"})
    api.patch(path(other), json={"email": email})  # taken
    api.post(
        f"{CONTACTS}/import",
        data=f"name,email\nBenedikta,{email}\nZdenka,nonsense@@\n",
        headers={"Content-Type": "text/csv"},
    )
    list(api.get(f"{CONTACTS}/export?format=csv").iter_encoded())
    api.get(f"{CONTACTS}/zdenka@privat.example")
    api.anonymous().get("/api/crm/viral/invitations/zdenka-quellwasser")
    api.anonymous().get(CONTACTS, headers={"Authorization": "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ6ZGVua2EifQ.c2ln"})
    api.put(
        "/api/crm/graph/relationships",
        json={"from_contact_id": contact["id"], "to_contact_id": other["id"], "strength": 0.5},
    )
    api.get(f"/api/crm/graph/path?to={contact['id']}")
    bounced = "bounce.zdenka@privat.example"
    api.post(
        "/api/crm/viral/invitations", json={"emails": ["zdenka.q@privat.example", bounced], "message": "Liebe Zdenka"}
    )
    eventually(lambda: mailbox.mails("zdenka.q@privat.example"))
    eventually(lambda: '"email.bounced"' in logged.getvalue())
    fail_in_every_way(api, gateway, monkeypatch)
    running.stop()
    telemetry.exporter._metrics_due = 0
    telemetry.exporter.add(())
    eventually(lambda: collector.metrics and len(collector.spans) > 50)

    entries = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert {"credits.charged", "call.failed", "event.buried", "provider.no_answer"} <= {e["message"] for e in entries}
    for place, text in (("log", logged.getvalue()), ("export", f"{collector.spans} {collector.metrics}")):
        found = [word for word in (*WORDS, user_email.partition("@")[0]) if word in without_code(text.lower())]
        assert not found, f"in the {place}: {found}"


def fail_in_every_way(api, gateway, monkeypatch):
    """Errors that quote what they stumbled upon: of our own, of the database, of a message, of a provider."""
    from shared.enrichment.runs import Enricher

    def fails(*_args, **_kwargs):
        try:
            {"": ""}[PERSONAL["email"]]
        except KeyError as error:
            raise RuntimeError(f"cannot save {PERSONAL}") from error

    with monkeypatch.context() as broken:
        broken.setattr("shared.contacts.editing.create_contact", fails)
        assert api.post(CONTACTS, json=PERSONAL).status_code == 500
    consumer = Client(gateway._functions.app("enrich_contact"))
    event = Event(uuid.uuid4(), repository.TOPIC, json.dumps(PERSONAL), {})
    assert consumer.post("/projects/p/topics/contact-enrichment", json=push_body(event)).status_code == 200
    event = Event(uuid.uuid4(), repository.TOPIC, '{"user_id": "x"}', {"priority": "zdenka"})
    body = push_body(event)
    body["message"]["attributes"]["priority"] = "zdenka"
    assert consumer.post("/projects/p/topics/contact-enrichment", json=body).status_code == 200
    put_off = Unavailable(f"no answer for {PERSONAL['email']}")
    for error, status in ((fails, 500), (lambda *_: (_ for _ in ()).throw(put_off), 503)):
        with monkeypatch.context() as broken:
            broken.setattr(Enricher, "process", error)
            answer = consumer.post("/projects/p/topics/contact-enrichment", json=push_body(event))
            assert answer.status_code == status


def without_code(text):
    """A traceback quotes lines of code; those of this test hold what it looks for."""
    return re.sub(r'file \\"[^"]*test_traces\.py\\", line \d+, in \w+\\n[^\\]*', "", text)
