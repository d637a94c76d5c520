"""The audit log of a user: what stands in it, that nothing changes it, and that it belongs to one user."""

from __future__ import annotations

import pytest
from pg8000.exceptions import DatabaseError

from tests.integration.introductions.conftest import clock, deliveries, schedule

__all__ = ["clock", "deliveries", "schedule"]

ME = "/api/crm/users/me"
AUDIT = f"{ME}/audit"
CONTACTS = "/api/crm/contacts"


def acts(api, **query):
    return [entry["act"] for entry in api.get(AUDIT, query_string=query).json["items"]]


def test_sign_ins_exports_imports_restores_and_sharing_stand_in_the_log(api):
    contact = api.post(CONTACTS, json={"name": "Ana", "enrich": False}).json["id"]
    assert acts(api) == ["sign_in"]
    imported = api.post(f"{CONTACTS}/import", data="name,email\nBo,bo@x.example\n", content_type="text/csv")
    assert api.get(f"{CONTACTS}/export?format=json").status_code == 200
    assert api.post("/api/crm/teams", json={"name": "Lens makers"}).status_code == 201
    assert api.put("/api/crm/teams/mine/sharing", json={"ties": True}).status_code == 200
    assert api.delete(f"{CONTACTS}/{contact}").status_code == 204
    assert api.post(f"{CONTACTS}/{contact}/restore").status_code == 200

    assert acts(api) == [
        "restore_contact",
        "share_ties",
        "create_team",
        "export_contacts",
        "import_contacts",
        "sign_in",
    ]
    entry = api.get(AUDIT, query_string={"act": "import_contacts"}).json["items"][0]
    assert (entry["actor"], entry["operation_id"]) == ("user", imported.headers["Operation-Id"])
    assert api.get(AUDIT, query_string={"act": "export_contacts"}).json["items"][0]["details"] == {"format": "json"}


def test_what_is_refused_or_only_tried_does_not_stand_in_the_log(api):
    assert (
        api.post(
            f"{CONTACTS}/import?dry_run=true", data="name,email\nBo,b@x.example\n", content_type="text/csv"
        ).status_code
        == 200
    )
    assert api.put("/api/crm/teams/mine/sharing", json={"ties": True}).status_code == 404
    assert api.get(f"{CONTACTS}/export?format=pdf").status_code == 422
    assert acts(api) == ["sign_in"]


def test_pages_of_the_log_hold_each_entry_once(api):
    for _ in range(7):
        assert api.get(f"{CONTACTS}/export?format=csv").status_code == 200
    seen, cursor = [], None
    while True:
        page = api.get(AUDIT, query_string={"limit": 3} | ({"cursor": cursor} if cursor else {})).json
        seen += [entry["at"] for entry in page["items"]]
        if not (cursor := page["next_cursor"]):
            break
    assert len(seen) == len(set(seen)) == 8
    assert seen == sorted(seen, reverse=True)


def test_the_log_belongs_to_one_user_and_goes_with_them(api, owner, user_id):
    assert api.get(f"{CONTACTS}/export?format=csv").status_code == 200
    other = api.as_user(f"other-{api.email}")
    assert acts(other) == ["sign_in"]
    assert api.delete(ME).status_code == 204
    assert owner.run("select count(*) from crm.audit_entries where user_id = :u", u=user_id) == [[0]]


@pytest.mark.parametrize(
    "statement",
    ["update crm.audit_entries set act = 'x'", "delete from crm.audit_entries",
     "insert into crm.audit_entries (user_id, act, actor) values (gen_random_uuid(), 'x', 'y')", "truncate crm.audit_entries"],
)  # fmt: skip
def test_the_functions_can_only_add_to_the_log(owner, statement):
    owner.run("begin")
    owner.run("set local role crm_app")
    with pytest.raises(DatabaseError, match="permission denied"):
        owner.run(statement)
    owner.run("rollback")


def test_entries_are_kept_for_thirteen_months(api, clock, schedule):
    assert api.get(f"{CONTACTS}/export?format=csv").status_code == 200
    with clock(days=390):
        schedule("purge_audit")
        assert "export_contacts" in acts(api)
    with clock(days=397):
        schedule("purge_audit")
        assert "export_contacts" not in acts(api)


def test_a_session_of_the_identity_provider_is_one_sign_in_however_often_its_tokens_are_renewed(database):
    from shared.users import repository

    def sign_in(session, once_in_s):
        with database.read(None) as tx:
            return repository.sign_in(
                tx, issuer="elsewhere", subject="renewed", email=None, name="Uma", session=session, once_in_s=once_in_s
            )

    for session in ("1700000000", "1700000000", "1700009999", ""):
        user_id = sign_in(session, 86_400.0)
    with database.read(user_id) as tx:
        from shared.users.audit import list_entries
        from shared.users.parameters import AuditQuery

        assert list_entries(tx, AuditQuery.parse({})).count('"sign_in"') == 3
