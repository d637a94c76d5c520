"""Contacts are compared by the consumer over Google's Pub/Sub emulator and the ordinary client, wherever `gcloud` has one."""

from __future__ import annotations

import threading
import uuid

import pytest
from werkzeug.serving import make_server

from dev.processes import free_port
from selfhost.emulator import make_subscriptions
from shared.edge.deps import deps
from shared.manifest import functions
from tests.conftest import PUSH_TOKEN, _Quiet
from tests.integration.enrichment.conftest import eventually  # noqa: F401 - a fixture
from tests.integration.enrichment.test_emulator import emulator  # noqa: F401 - a fixture

CONTACTS = "/api/crm/contacts"

pytestmark = [
    pytest.mark.slow,
    # grpc's own threads outlive its clients for a moment
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def pubsub(emulator, gateway, monkeypatch):  # noqa: F811 - the fixture
    """Events go over the emulator: a project of the test's own, pushes to the gateway."""
    from shared.plumbing.events.publisher import Publisher

    project = f"test-{uuid.uuid4().hex[:12]}"
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", emulator)
    port = free_port()
    http = make_server("127.0.0.1", port, gateway, threaded=True, request_handler=_Quiet)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    make_subscriptions(
        [functions()["compare_contacts"]],
        project=project,
        base_url=f"http://127.0.0.1:{port}",
        token=PUSH_TOKEN,
        least_backoff_s=0.1,
    )
    kept = deps().__dict__
    kept["publisher"] = Publisher(project)
    yield
    kept.pop("publisher", None)
    http.shutdown()
    http.server_close()


def test_an_import_and_a_created_contact_are_compared_over_pub_sub(api, owner, user_id, pubsub, eventually):  # noqa: F811 - the fixture
    from shared.contacts.merging.comparing import TOPIC
    from shared.edge.pubsub import relay

    def bands():
        relay(TOPIC)  # an event waits two seconds for others; the schedule sends it then
        return [band for (band,) in owner.run("select band from crm.duplicates where user_id = :u", u=user_id)]

    rows = "Name,E-mail,Phone\nAna Lima,ana@a.example,+49 151 2345678\nLima Ana,,0151 2345678\n"
    api.post(f"{CONTACTS}/import", data=rows, content_type="text/csv")
    eventually(
        lambda: bands() is not None and owner.run("select 1 from crm.duplicate_scans where user_id = :u", u=user_id), 20
    )
    before = len(bands())
    api.post(CONTACTS, json={"name": "Rui Costa", "phones": ["+351 912345678"], "enrich": False})
    api.post(CONTACTS, json={"name": "Costa, Rui", "phones": ["912345678"], "enrich": False})

    eventually(lambda: len(bands()) == before + 1, 20)
    eventually(lambda: owner.run("select 1 from crm.outbox where user_id = :u", u=user_id) == [], 20)
