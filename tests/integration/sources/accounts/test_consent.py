"""Accounts of Google and Microsoft against a server that answers as their references say."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from shared.edge.deps import deps
from tests.fakes.mail_apis import MailApis, Refusal
from tests.integration.sources.accounts.conftest import ME, evidence, stored

ANA = "ana@acme.example"


@pytest.fixture
def apis(gateway, monkeypatch):
    with MailApis() as fake:
        accounts = deps().accounts
        monkeypatch.setattr(accounts, "_door", accounts._door._replace(providers=fake.providers()))
        yield fake


@pytest.fixture
def signed_in(api, apis):
    """Makes a source, and signs in to it."""

    def make(kind):
        source = api.post("/api/crm/sources", json={"kind": kind, "name": kind, "addresses": []}).json
        url = api.post(f"/api/crm/sources/{source['id']}/sign-in").json["url"]
        answer = api.post("/api/crm/sources/sign-in", json=apis.consent(url))
        assert answer.status_code == 200, answer.json
        assert answer.json["account"]["username"] == ME
        assert ME in answer.json["addresses"]
        return answer.json

    return make


def ago(days):
    return datetime.now(UTC) - timedelta(days=days)


def gmail(number, sender=ANA, to=ME, labels=(), days=1.0, **more):
    headers = {
        "From": f"Ana Lima <{sender}>" if sender == ANA else sender,
        "To": to,
        "Date": format_datetime(ago(days)),
        "Message-ID": f"<{number}@g>",
    }
    return {
        "id": f"m{number}", "labelIds": list(labels), "internalDate": str(int(ago(days).timestamp() * 1000)),
        "payload": {"headers": [{"name": name, "value": value} for name, value in (headers | more).items()]},
    }  # fmt: skip


def event(number, days, status="accepted"):
    start = ago(days)
    return {
        "id": f"e{number}", "iCalUID": f"e{number}@google.com", "status": "confirmed", "summary": "A secret",
        "start": {"dateTime": start.isoformat()}, "end": {"dateTime": (start + timedelta(minutes=30)).isoformat()},
        "organizer": {"email": ME, "self": True}, "attendees": [{"email": ANA, "displayName": "Ana Lima", "responseStatus": status}],
    }  # fmt: skip


def put(apis, *messages, history=0):
    for message in messages:
        apis.messages[message["id"]] = message
        if history:
            apis.history.append((history, message["id"]))


def meetings(owner, user_id):
    [[count]] = owner.run(
        "select coalesce(sum(meetings), 0)::int from crm.evidence where user_id = :u::uuid and a = 0", u=user_id
    )
    return count


def test_gmail_and_calendar_keep_themselves_current(apis, signed_in, deliver, shown, sync, owner, user_id):
    put(apis, *(gmail(n) for n in range(45)), *(gmail(100 + n, sender=ME, to=ANA, labels=["SENT"]) for n in range(5)))
    put(apis, gmail(200, labels=["SPAM"]), gmail(201, labels=["DRAFT"]), gmail(202, labels=["CATEGORY_PROMOTIONS"]))
    apis.events = [event(n, n + 1.0) for n in range(25)] + [event(99, -1.0)]
    source = signed_in("google")
    deliver()
    read = shown(source)
    assert (read["state"], read["read"], read["counted"]) == ("ready", 78, 75), read
    assert read["left_out"] == {"spam": 1, "draft": 1, "list": 1}
    assert read["progress"].startswith("53 messages and the calendar are read to their end.")
    assert evidence(owner, user_id) == {ANA: [5, 45]}
    assert meetings(owner, user_id) == 25

    put(apis, gmail(300), history=7)
    apis.changed_events = [event(50, 3.0)]
    before = len(apis.asked)
    assert sync(source)["counted"] == 77
    assert evidence(owner, user_id) == {ANA: [5, 46]}
    assert sum("/messages/" in path for path in apis.asked[before:]) == 1
    assert "A secret" not in stored(owner, user_id)
    assert "refresh" not in stored(owner, user_id)


def test_a_history_and_a_token_that_are_too_old_begin_again_and_count_nothing_twice(
    apis, signed_in, deliver, sync, owner, user_id
):
    put(apis, *(gmail(n) for n in range(30)), history=1)
    apis.events = [event(n, n + 1.0) for n in range(3)]
    source = signed_in("google")
    deliver()
    put(apis, gmail(31), history=50)
    apis.oldest_history, apis.event_token = 40, "t2"
    apis.events.append(event(9, 2.5))
    read = sync(source)
    assert (read["state"], read["counted"]) == ("ready", 35)
    assert evidence(owner, user_id) == {ANA: [0, 31]}


def test_an_event_of_google_counts_once_it_has_begun(apis, signed_in, deliver, sync, owner, user_id, monkeypatch):
    apis.events = [event(1, -1.0)]
    put(apis, gmail(1))
    source = signed_in("google")
    deliver()
    assert meetings(owner, user_id) == 0
    later = datetime.now(UTC) + timedelta(days=2)
    accounts = deps().accounts
    monkeypatch.setattr(accounts, "_now", lambda: later)
    monkeypatch.setattr(accounts, "_door", accounts._door._replace(clock=later.timestamp))
    sync(source)
    assert meetings(owner, user_id) == 1


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(429, Retry_After="600"),
        Refusal(403, {"error": {"code": 403, "errors": [{"reason": "rateLimitExceeded"}]}}),
        Refusal(503),
    ],
)
def test_a_limit_in_the_middle_is_waited_for_and_the_rest_is_read_then(
    apis, signed_in, deliver, shown, sync, owner, user_id, refusal
):
    put(apis, *(gmail(n) for n in range(50)))
    apis.refuse = {"messages/m33": [refusal]}
    source = signed_in("google")
    deliver()
    assert shown(source)["state"] == "failed"
    assert shown(source)["counted"] == 20
    [[seconds]] = owner.run(
        "select extract(epoch from next_at - now())::int from crm.sources where user_id = :u::uuid", u=user_id
    )
    assert seconds > (500 if refusal.headers else 50)
    assert (sync(source)["state"], evidence(owner, user_id)) == ("ready", {ANA: [0, 50]})


def test_a_token_is_refreshed_and_one_that_was_withdrawn_asks_for_attention(apis, signed_in, deliver, shown, sync, api):
    put(apis, gmail(1))
    source = signed_in("google")
    deliver()
    apis.valid.clear()
    put(apis, gmail(2), history=5)
    assert (sync(source)["state"], shown(source)["counted"]) == ("ready", 2)
    apis.valid.clear()
    apis.withdrawn = True
    read = sync(source)
    assert read["state"] == "needs_attention"
    assert read["problem"] == "Google gives no access any more (invalid_grant): sign in again"
    apis.withdrawn = False
    url = api.post(f"/api/crm/sources/{source['id']}/sign-in").json["url"]
    assert api.post("/api/crm/sources/sign-in", json=apis.consent(url)).status_code == 200
    deliver()
    assert shown(source)["state"] == "ready"
    assert api.delete(f"/api/crm/sources/{source['id']}").status_code == 204
    assert apis.revoked == ["refresh"]


def test_only_the_user_who_began_a_sign_in_can_finish_it_and_a_state_cannot_be_made_up(apis, api):
    source = api.post("/api/crm/sources", json={"kind": "google", "name": "g"}).json
    back = apis.consent(api.post(f"/api/crm/sources/{source['id']}/sign-in").json["url"])
    other = api.as_user("thief@example.com")
    stolen = other.post("/api/crm/sources/sign-in", json=back)
    assert (stolen.status_code, stolen.json["errors"][0]["field"]) == (422, "state")
    theirs = other.post("/api/crm/sources", json={"kind": "google", "name": "g"}).json
    swapped = back | {"state": f"{theirs['id']}.{back['state'].partition('.')[2]}"}
    assert other.post("/api/crm/sources/sign-in", json=swapped).status_code == 422
    assert api.post("/api/crm/sources/sign-in", json=back | {"state": "x"}).status_code == 422
    assert other.post(f"/api/crm/sources/{source['id']}/sign-in").status_code == 404
    assert api.post("/api/crm/sources/sign-in", json=back).status_code == 200
    again = api.post("/api/crm/sources/sign-in", json=back)
    assert (again.status_code, again.json["errors"][0]["field"]) == (422, "code")


def test_a_consent_that_is_refused_or_partial_or_late_connects_nothing(apis, api, monkeypatch):
    source = api.post("/api/crm/sources", json={"kind": "google", "name": "g"}).json
    url = api.post(f"/api/crm/sources/{source['id']}/sign-in").json["url"]
    back = apis.consent(url)
    refused = api.post("/api/crm/sources/sign-in", json={"state": back["state"], "error": "access_denied"})
    assert refused.json["errors"] == [
        {"field": "error", "message": "Google says: access_denied; nothing was connected"}
    ]
    apis.granted = "https://www.googleapis.com/auth/calendar.events.readonly"
    partial = api.post("/api/crm/sources/sign-in", json=back)
    assert "was not allowed to show gmail.metadata" in partial.json["detail"]
    back = apis.consent(api.post(f"/api/crm/sources/{source['id']}/sign-in").json["url"])
    monkeypatch.setattr(deps().accounts, "_now", lambda: datetime.now(UTC) + timedelta(minutes=20))
    assert "took too long" in api.post("/api/crm/sources/sign-in", json=back).json["detail"]
    assert api.get(f"/api/crm/sources/{source['id']}").json["account"] is None


def test_without_a_client_of_the_installation_nothing_is_offered(api, apis, monkeypatch):
    accounts = deps().accounts
    without = {kind: provider._replace(client_id="") for kind, provider in apis.providers().items()}
    monkeypatch.setattr(accounts, "_door", accounts._door._replace(providers=without))
    source = api.post("/api/crm/sources", json={"kind": "google", "name": "g"}).json
    refused = api.post(f"/api/crm/sources/{source['id']}/sign-in")
    assert (refused.status_code, "has no client of Google" in refused.json["detail"]) == (409, True)
    file = api.post("/api/crm/sources", json={"kind": "imap", "name": "g"}).json
    assert api.post(f"/api/crm/sources/{file['id']}/sign-in").status_code == 409
    assert api.get("/api/crm/sources").json["providers"] == []


def test_the_consent_asks_for_no_more_than_is_read(apis, api):
    for kind, scopes in (
        ("google", "gmail.metadata calendar.events.readonly"),
        ("microsoft", "offline_access User.Read Mail.ReadBasic Calendars.ReadBasic"),
    ):
        source = api.post("/api/crm/sources", json={"kind": kind, "name": "g"}).json
        query = parse_qs(urlsplit(api.post(f"/api/crm/sources/{source['id']}/sign-in").json["url"]).query)
        assert re.sub(r"https://www.googleapis.com/auth/", "", query["scope"][0]) == scopes
        assert query["redirect_uri"][0].endswith("/sources/connected")
        assert "secret" not in str(query)


def outlook(number, sender=ANA, to=ME, days=1.0, **more):
    return {
        "id": f"o{number}", "internetMessageId": f"<{number}@o>", "sentDateTime": ago(days).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "from": {"emailAddress": {"name": "Ana Lima", "address": sender}}, "toRecipients": [{"emailAddress": {"name": "", "address": to}}],
        "ccRecipients": [], "bccRecipients": [], "isDraft": False,
    } | more  # fmt: skip


def view(number, days, **more):
    start = ago(days)
    times = {
        name: {"dateTime": f"{at:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"}
        for name, at in (("start", start), ("end", start + timedelta(hours=1)))
    }
    return {
        **times, "iCalUId": f"v{number}", "isAllDay": False, "isCancelled": False, "organizer": {"emailAddress": {"name": "Me", "address": ME}},
        "attendees": [{"type": "required", "status": {"response": "accepted"}, "emailAddress": {"name": "Ana Lima", "address": ANA}}],
    } | more  # fmt: skip


def test_outlook_keeps_itself_current_and_an_expired_link_reads_the_folder_again(
    apis, signed_in, deliver, shown, sync, owner, user_id
):
    apis.folders = {
        "inbox": [outlook(n) for n in range(25)],
        "sent": [outlook(100 + n, sender=ME, to=ANA) for n in range(5)] + [outlook(200, isDraft=True)],
        "junkemail": [outlook(300, sender="spam@spam.example")],
    }
    apis.graph_events = [view(n, n + 1.0) for n in range(12)] + [view(50, 2.0, isCancelled=True), view(51, -1.0)]
    source = signed_in("microsoft")
    deliver()
    read = shown(source)
    assert read["state"] == "ready", read
    assert evidence(owner, user_id) == {ANA: [5, 25]}
    assert meetings(owner, user_id) == 12
    assert read["left_out"] == {"draft": 1, "cancelled": 1}
    before = len(apis.asked)
    apis.folders["inbox"].append(outlook(26))
    assert sync(source)["counted"] == 43
    assert not any("$skiptoken" in path and "messages" in path for path in apis.asked[before:])
    apis.delta = 2
    apis.folders["inbox"].append(outlook(27))
    assert sync(source)["counted"] == 44
    assert evidence(owner, user_id) == {ANA: [5, 27]}


def test_a_link_that_leads_elsewhere_is_not_followed(apis, signed_in, deliver, shown, monkeypatch):
    apis.folders = {"inbox": [outlook(n) for n in range(5)]}
    real = apis.answer

    def lie(method, path, body, authorization):
        answer = real(method, path, body, authorization)
        if "delta" in path:
            answer["@odata.nextLink"] = "https://evil.example/v1.0/me"
        return answer

    apis.answer = lie
    source = signed_in("microsoft")
    deliver()
    assert shown(source)["problem"] == "Microsoft's answer leads elsewhere"
