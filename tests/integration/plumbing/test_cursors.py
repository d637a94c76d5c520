"""Cursors that somebody has written themselves: every list says that it is none of its own, and looks nothing up."""

from __future__ import annotations

import base64
import json
import uuid
from datetime import datetime
from itertools import product

import pytest

from dev.openapi import PATH
from shared.errors import ValidationFailed
from shared.paging import decode_cursor

LISTS = sorted(
    path
    for path, operations in json.loads(PATH.read_text())["paths"].items()
    if any(parameter["name"] == "cursor" for parameter in operations.get("get", {}).get("parameters", []))
)
ID = str(uuid.uuid4())
MOMENT = "2026-01-02T03:04:05+00:00"
# What might stand in one place of a cursor; most fits one kind of column and none of the others.
PARTS = [
    "not a date", "\ud800", "a\0b", "", MOMENT, "2026-01-02T03:04:05", "infinity", "-created_at", "name", "all", ID, "NaN", "1e400", "1e-50",
    0, -1, 2**31, 2**63, 10**400, 1.5, float("nan"), float("inf"), 1e39, True, None, [], {"a": 1},
]  # fmt: skip
USUAL = ["-created_at", "name", "all", "", MOMENT, ID, 7, "1.5", "email", "both"]
# Sorts and lists that a cursor may claim to be of.
QUERIES = {
    "/api/crm/contacts": [{"sort": sort} for sort in ("name", "company", "-created_at", "-updated_at")]
    + [{"sort": "-created_at", "tag": "x"}],
    "/api/crm/contacts/search": [{"q": "ana"}, {"q": "ana@acme.com"}],
    "/api/crm/graph/relationships": [{}, {"contact_id": ID}],
    "/api/crm/viral/leaderboard": [{"period": "all"}, {}],
}


def written(*parts: object) -> str:
    """A cursor as anybody can write one."""
    text = json.dumps(parts)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def forged() -> list[str]:
    cursors = [
        "",
        "x",
        "é",
        "W10",
        "bnVsbA",
        "e30",
        "MQ",
        "=" * 9,
        written(),
        base64.urlsafe_b64encode(b"[" * 9000).decode(),
    ]
    cursors += [written(part) for part in PARTS]
    cursors += [written(*parts) for first in PARTS for parts in ((first, ID), (MOMENT, first), (first, 3), (3, first))]
    cursors += [written(first, second, ID) for first, second in product(USUAL, PARTS)]
    cursors += [
        written(first, MOMENT, *rest) for first in ("", ID) for rest in product((0, 2**31, 2**63, "x", None), repeat=2)
    ]
    cursors += [written(MOMENT, first, second) for first, second in product(("email", "\ud800", "a\0b", 7), repeat=2)]
    return cursors


@pytest.mark.parametrize("path", LISTS)
def test_a_forged_cursor_is_refused_by_name_or_is_a_place_in_the_list(api, path):
    contact = api.post("/api/crm/contacts", json={"name": "Ana", "tags": ["x"], "enrich": False}).json["id"]
    if path.startswith("/api/crm/webhooks/"):
        hook = {"url": "https://93.184.215.14/hook", "events": ["contact.created"]}
        contact = api.post("/api/crm/webhooks", json=hook).json["id"]
    refused = 0
    for query in QUERIES.get(path, [{}]):
        for cursor in forged():
            answer = api.get(path.replace("{id}", contact), query_string=query | {"cursor": cursor})
            assert answer.status_code in {200, 404, 422}, (
                query,
                base64.urlsafe_b64decode(cursor + "==")[:80],
                answer.text,
            )
            if answer.status_code == 422:
                refused += 1
                assert [error["field"] for error in answer.json["errors"]] == ["cursor"]
    assert refused > 100


def test_there_are_lists():
    assert len(LISTS) >= 9


@pytest.mark.parametrize("part", ["not a date", "2026-01-02T03:04:05", "0001-01-01T00:00:00+14:00", 5, None, True])
def test_a_moment_is_one_with_its_offset(part):
    with pytest.raises(ValidationFailed):
        decode_cursor(written(part), datetime)
