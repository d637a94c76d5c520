"""Who is forgotten by the user, or wants to be kept by nobody here, is not counted, proposed or added; erasing reaches the sources of all users."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest

SOURCES = "/api/crm/sources"
PEOPLE = "/api/crm/sources/people"
CONTACTS = "/api/crm/contacts"
ME = "me@home.example"


def both_ways(address, name="Ana Lima", others=()):
    at, mark = (datetime.now(UTC) - timedelta(days=1)).isoformat(), uuid.uuid4().hex
    them = {"address": address, "name": name}
    return [
        {"id": f"{mark}-out", "at": at, "from": {"address": ME}, "to": [them, *others]},
        {"id": f"{mark}-in", "at": at, "from": them, "to": [{"address": ME}, *others]},
    ]


def meeting(*addresses):
    at = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    people = [{"address": address, "status": "accepted"} for address in addresses]
    return {"id": uuid.uuid4().hex, "start": at, "organizer": {"address": ME}, "attendees": people}


class Mail:
    """A source of a user."""

    def __init__(self, api, kind="mail_file"):
        self.api = api
        self.id = api.post(SOURCES, json={"kind": kind, "name": "Mail", "addresses": [ME]}).json["id"]

    def send(self, lines, of="messages"):
        body = "\n".join(json.dumps(line) for line in lines)
        answer = self.api.post(f"{SOURCES}/{self.id}/{of}", data=body.encode(), content_type="application/x-ndjson")
        assert answer.status_code == 200, answer.text
        return answer.json

    def found(self):
        return {
            address
            for state in ("proposed", "seen", "ignored", "added", "machine")
            for item in self.api.get(f"{PEOPLE}?state={state}").json["items"]
            for address in item["addresses"]
        }


@pytest.fixture
def mail(api):
    return Mail(api)


@pytest.fixture
def ana():
    return f"ana-{uuid.uuid4().hex[:12]}@example.com"


@pytest.fixture
def wish(owner):
    """Does as the person behind an address wishes; everything is allowed again afterwards."""
    asked = []

    def said(address, *, keeps_away):
        asked.append(address)
        owner.run("select crm.erase_facts(:a, :k, now())", a=address, k=keeps_away)

    yield said
    for address in asked:
        owner.run("select crm.admit_again(:a)", a=address)


def contact(api, email, name="Ana Lima", **fields):
    answer = api.post(CONTACTS, json={"name": name, "email": email, "enrich": False, **fields})
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def forget(api, contact_id):
    assert api.delete(f"{CONTACTS}/{contact_id}").status_code == 204
    assert api.delete(f"{CONTACTS}/trash/{contact_id}").status_code == 204


def tie_of(api, contact_id):
    return api.get(f"{CONTACTS}/{contact_id}/strength").json["strength"]


@pytest.mark.parametrize("keeps_away", [True, False])
@pytest.mark.parametrize("is_contact", [True, False])
def test_who_asked_to_be_erased_or_kept_out_is_left_out_as_forgotten(api, mail, ana, wish, keeps_away, is_contact):
    wish(ana, keeps_away=keeps_away)
    if is_contact:
        contact(api, ana)
    answer = mail.send(both_ways(ana.replace("@", "+news@").upper()))
    assert (answer["counted"], answer["left_out"]) == (0, {"forgotten": 2})
    # with others in the message, those count
    bo = {"address": "bo@example.com", "name": "Bo Chen"}
    answer = mail.send(both_ways(ana, others=[bo]))
    assert (answer["counted"], answer["left_out"]) == (1, {"forgotten": 1})
    assert mail.send([meeting(ana)], "events")["left_out"] == {"forgotten": 1}
    assert mail.found() == {"bo@example.com"}
    assert api.post(PEOPLE, json={"add_all": True}).json["added"] == 0


def test_a_meeting_is_worth_as_much_as_if_the_person_kept_out_had_not_been_there(api, owner, ana, wish):
    other = api.as_user(f"{uuid.uuid4().hex}@example.com")
    wish(ana, keeps_away=True)
    Mail(api).send([meeting("bo@example.com", ana)], "events")
    Mail(other).send([meeting("bo@example.com")], "events")
    one, two = (each.get(f"{PEOPLE}?state=proposed").json["items"] for each in (api, other))
    assert one[0]["strength"] == pytest.approx(two[0]["strength"], abs=1e-4)


def test_a_contact_forgotten_before_any_source_was_made_is_brought_back_by_none(api, owner, ana, user_id):
    forget(api, contact(api, ana))
    # as by an installation that kept no list for sources then
    owner.run("delete from crm.forgotten_addresses where user_id = :u", u=user_id)
    mail = Mail(api)
    assert mail.send(both_ways(ana.upper()))["left_out"] == {"forgotten": 2}
    assert mail.found() == set()
    other = Mail(api.as_user(f"{uuid.uuid4().hex}@example.com"))
    assert other.send(both_ways(ana))["counted"] == 2


@pytest.mark.parametrize("way", ["by hand", "by a file"])
def test_a_forgotten_person_whom_the_user_has_again_counts_again(api, mail, ana, way):
    forget(api, contact(api, ana))
    assert mail.send(both_ways(ana))["left_out"] == {"forgotten": 2}
    if way == "by hand":
        contact(api, ana)
    else:
        table = f"name,email\nAna Lima,{ana}\n"
        done = api.post(f"{CONTACTS}/import?bring_back=true", data=table, content_type="text/csv").json
        assert done["created"] == 1
    assert mail.send(both_ways(ana))["counted"] == 2


def test_a_person_forgotten_in_a_source_is_brought_back_by_no_file_without_a_question(api, mail, ana):
    mail.send(both_ways(ana))
    assert api.post(PEOPLE, json={"forget": [ana]}).json["forgotten"] == 1
    table = f"name,email\nAna Lima,{ana}\n"
    assert api.post(f"{CONTACTS}/import", data=table, content_type="text/csv").json["failed"] == 1
    again = api.post(f"{CONTACTS}/import?bring_back=true", data=table, content_type="text/csv").json
    assert again["created"] == 1


@pytest.mark.parametrize("keeps_away", [True, False])
def test_erasing_a_person_reaches_the_sources_of_all_users_and_keeps_them_away(api, owner, ana, wish, keeps_away):
    other = api.as_user(f"{uuid.uuid4().hex}@example.com")
    mails = [Mail(api), Mail(other)]
    bo = contact(api, f"bo-{ana}", "Bo Chen")
    held = contact(api, ana)
    for mail in mails:
        mail.send(both_ways(ana.replace("@", "+work@"), f"Ana {ana[:12]}", [{"address": f"bo-{ana}"}]))
        mail.send(both_ways(ana, f"Ana {ana[:12]}"))
    assert tie_of(api, held) > 0
    kept = tie_of(api, bo)

    wish(ana.upper(), keeps_away=keeps_away)

    for table in ("correspondents", "correspondent_names"):
        rows = owner.run(f"select t::text from crm.{table} t where t::text like :m", m=f"%{ana[:12]}%")
        assert [row for (row,) in rows if "bo-" not in row] == []
    assert owner.run(
        "select count(*) from crm.evidence e where not exists (select from crm.correspondents k where k.user_id = e.user_id and k.no = e.b)"
    ) == [[0]]
    assert tie_of(api, bo) == pytest.approx(kept, abs=1e-4)
    assert not tie_of(api, held)
    for mail in mails:
        assert mail.send(both_ways(ana))["left_out"] == {"forgotten": 2}
        assert mail.found() == {f"bo-{ana}"}

    owner.run("select crm.admit_again(:a)", a=ana)
    assert mails[0].send(both_ways(ana))["counted"] == 2


def test_erasing_waits_for_a_batch_that_is_being_counted(owner, api, database, user_id, ana, wish):
    from shared.privacy import repository
    from shared.sources import service

    mail = Mail(api)
    begun, done = threading.Event(), threading.Event()

    def erase():
        begun.set()
        with database.transaction(None) as tx:
            repository.erase_facts(tx, ana, keeps_away=False, now=datetime.now(UTC))
        done.set()

    with database.transaction(user_id) as tx:
        lines = [json.dumps(line).encode() for line in both_ways(ana)]
        assert service.count_lines(tx, uuid.UUID(mail.id), lines, of="messages", now=datetime.now(UTC))["counted"] == 2
        thread = threading.Thread(target=erase)
        thread.start()
        assert begun.wait(5)
        assert not done.wait(0.5)
    thread.join(20)
    assert done.is_set()
    assert mail.found() == set()
    wish(ana, keeps_away=False)


def test_forgetting_a_contact_reaches_its_profile_telephone_and_names_in_chats(api, owner, user_id, ana):
    mark = uuid.uuid4().hex[:8]
    name = f"Ana {mark.translate(str.maketrans('0123456789', 'ghijklmnop'))}"
    chat = Mail(api, "chat_file")
    held = contact(api, ana, name, phones=["+49 151 2345678"], linkedin_url=f"https://www.linkedin.com/in/ana-{mark}")
    addresses = ["tel:+491512345678", f"linkedin:ana-{mark}", f"name:{name.lower()}", ana, f"second-{mark}@example.com"]
    for address in addresses:
        assert chat.send(both_ways(address, name))["counted"] == 2
    # an address of several people goes without the name alone
    for other in (name, "Cy Ray"):
        chat.send(both_ways("x77@bolt.example", other))
    forget(api, held)

    rows = owner.run("select address from crm.correspondents where user_id = :u", u=user_id)
    assert rows == [["x77@bolt.example"]]
    rows = owner.run("select n::text from crm.correspondent_names n where n.user_id = :u", u=user_id)
    assert ["Cy Ray" in row and name not in row for (row,) in rows] == [True]
    for address in addresses:
        assert chat.send(both_ways(address, "Somebody"))["left_out"] == {"forgotten": 2}, address


def test_forgetting_a_contact_leaves_a_namesake_who_is_a_contact(api, ana):
    mail = Mail(api)
    held, namesake = contact(api, ana), contact(api, f"other-{ana}")
    mail.send([*both_ways(ana), *both_ways(f"other-{ana}")])
    forget(api, held)
    assert tie_of(api, namesake) > 0
    assert mail.send(both_ways(f"other-{ana}"))["counted"] == 2
