from __future__ import annotations

import json
import re
import uuid

import pytest

from shared.manifest import functions

CONTACTS = "/api/crm/contacts"
BODIES = {
    "PUT": {"name": "Stolen"},
    "PATCH": {"name": "Stolen"},
}


@pytest.fixture
def theirs(api):
    """A contact of somebody else, whose words nobody may see."""
    somebody = api.as_user(f"somebody-{api.email}")
    contact = somebody.post(
        CONTACTS, json={"name": "Xanthippe Secret", "email": "x@secret.example", "tags": ["secret"]}
    ).json
    return somebody, contact


def test_every_route_of_one_contact_denies_that_anothers_is_there(api, theirs):
    somebody, contact = theirs
    routes = [function for function in functions().values() if function.path.startswith(CONTACTS + "/{id}")]
    assert routes

    for function in routes:
        answers = []
        for sent in (contact["id"], str(uuid.uuid4())):
            path = re.sub(r"{\w+}", sent, function.path)
            body = BODIES.get(function.method) or ({} if function.method == "POST" else None)
            answer = api.open(path, method=function.method, **({} if body is None else {"json": body}))
            answers.append((answer.status_code, answer.text.replace(sent, "the id that was sent")))
        assert answers[0] == answers[1], function.name
        assert answers[0][0] in {404, 422}, function.name
        assert "Xanthippe" not in answers[0][1], function.name

    assert somebody.get(f"{CONTACTS}/{contact['id']}").json == contact


def test_what_is_cached_for_one_user_is_not_answered_to_another(api, theirs):
    somebody, contact = theirs
    for _ in range(2):
        assert somebody.get(f"{CONTACTS}/{contact['id']}").status_code == 200
        assert api.get(f"{CONTACTS}/{contact['id']}").status_code == 404


@pytest.mark.usefixtures("theirs")
def test_no_list_search_or_export_shows_anothers_contacts(api):
    for path in (
        CONTACTS, f"{CONTACTS}?tag=secret", f"{CONTACTS}?sort=-created_at", f"{CONTACTS}?include_total=true",
        f"{CONTACTS}/search?q=xanthippe", f"{CONTACTS}/search?q=x@secret", f"{CONTACTS}/search?q=xantipe",
        f"{CONTACTS}/export?format=json", f"{CONTACTS}/export?format=vcf",
    ):  # fmt: skip
        answer = api.get(path)
        assert answer.status_code == 200
        assert "ecret" not in answer.text
    assert api.get(f"{CONTACTS}?include_total=true").json["total"] == 1


def test_an_email_that_another_user_knows_is_free(api, theirs):
    _, contact = theirs

    assert api.post(CONTACTS, json={"email": contact["email"]}).status_code == 201


def test_an_import_with_anothers_ids_makes_contacts_of_ones_own(api, theirs):
    somebody, contact = theirs
    exported = somebody.get(f"{CONTACTS}/export?format=json").data

    assert api.post(f"{CONTACTS}/import", data=exported, content_type="application/json").json["created"] == 2
    assert somebody.get(f"{CONTACTS}/{contact['id']}").json == contact
    assert contact["id"] not in json.dumps(api.get(CONTACTS).json)
