from __future__ import annotations

import json
import logging
import uuid

import pytest

from selfhost.deliveries import push_body
from shared.edge.deps import deps
from shared.errors import RateLimited, Unavailable
from shared.plumbing.events.outbox import Event

PUSH = "/projects/warmpath-local/topics/contact-enrichment"


@pytest.mark.parametrize(
    ("trouble", "status"),
    [(Unavailable("another run is at this contact"), 503), (RateLimited("not so fast", retry_after_s=3), 429)],
)
def test_an_event_that_is_put_off_is_not_taken_for_a_defect(api, gateway, monkeypatch, caplog, trouble, status):
    def fails(*_args, **_kwargs):
        raise trouble

    monkeypatch.setattr(type(deps().enricher), "process", fails)
    data = json.dumps({"user_id": str(uuid.uuid4()), "contact_id": str(uuid.uuid4())})
    event = Event(uuid.uuid4(), "contact-enrichment", data, {})

    with caplog.at_level(logging.INFO):
        answer = api.anonymous().post(f"{PUSH}?token={gateway._push_token}", json=push_body(event))

    assert answer.status_code == status
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert "event.retried" in [record.message for record in caplog.records]
