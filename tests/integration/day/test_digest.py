"""The letter about the day: at the user's hour, at most once in a day or week, only where there is something to say; its links act on POST alone."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest

CONTACTS = "/api/crm/contacts"
ME = "/api/crm/users/me"
NOBODY = "00000000-0000-0000-0000-000000000000"


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("weekly", "hour", "weekday", "zone", "after", "comes"),
    [
        (False, 7, 1, "UTC", "2026-06-15T06:59:59Z", "2026-06-15T07:00:00Z"),
        (False, 7, 1, "UTC", "2026-06-15T08:00:00Z", "2026-06-16T07:00:00Z"),
        (False, 7, 1, "Asia/Kolkata", "2026-06-15T00:00:00Z", "2026-06-15T01:30:00Z"),
        # the day before the clocks change, and the day after
        (False, 7, 1, "Europe/Berlin", "2026-03-28T07:00:00Z", "2026-03-29T05:00:00Z"),
        (False, 7, 1, "Europe/Berlin", "2026-10-24T06:00:00Z", "2026-10-25T06:00:00Z"),
        # an hour that is left out, and one that comes twice
        (False, 2, 1, "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"),
        (False, 2, 1, "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T01:00:00Z"),
        (False, 2, 1, "America/New_York", "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z"),
        (False, 0, 1, "Pacific/Kiritimati", "2026-01-01T11:00:00Z", "2026-01-02T10:00:00Z"),
        (False, 23, 1, "Pacific/Pago_Pago", "2026-01-01T11:00:00Z", "2026-01-02T10:00:00Z"),
        (False, 7, 1, "Australia/Lord_Howe", "2026-04-04T12:00:00Z", "2026-04-04T20:30:00Z"),
        # Mondays, Sundays, and the day itself once its hour is over
        (True, 7, 1, "UTC", "2026-06-16T00:00:00Z", "2026-06-22T07:00:00Z"),
        (True, 7, 7, "America/New_York", "2026-10-31T12:00:00Z", "2026-11-01T12:00:00Z"),
        (True, 7, 1, "UTC", "2026-06-15T08:00:00Z", "2026-06-22T07:00:00Z"),
    ],
)  # fmt: skip
def test_a_letter_comes_at_the_hour_of_its_reader(owner, weekly, hour, weekday, zone, after, comes):
    ((found,),) = owner.run(
        "select crm.next_digest_at(cast(cast(:u as text) as uuid), :weekly, :hour, :weekday, :zone, :after::timestamptz)"
        " - make_interval(secs => hashtextextended(cast(:u as text), 0) & 1023) * 1.75",
        u=NOBODY, weekly=weekly, hour=hour, weekday=weekday, zone=zone, after=after,
    )  # fmt: skip
    assert found == at(comes)


def test_a_year_of_days_has_a_letter_each(owner):
    """However clocks change, no day is left out and none has two."""
    for zone in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"):
        ((days, distinct),) = owner.run(
            "with recursive l (at) as (select crm.next_digest_at(:u::uuid, false, 2, 1, :z, '2026-01-01')"
            " union all select crm.next_digest_at(:u::uuid, false, 2, 1, :z, l.at) from l where l.at < '2026-12-31')"
            " select count(*), count(distinct (at at time zone :z)::date) from l",
            u=NOBODY, z=zone,
        )  # fmt: skip
        assert days == distinct
        assert days in {365, 366}


class Story:
    """One user who wants letters, and the clock."""

    def __init__(self, api, owner, user_id, schedule, deliver, mailbox, address, monkeypatch):
        self.api, self.owner, self.user_id, self.address = api, owner, user_id, address
        self._schedule, self._deliver, self._mailbox, self._patch = schedule, deliver, mailbox, monkeypatch

    def wants(self, **settings):
        answer = self.api.patch(ME, json={"settings": settings})
        assert answer.status_code == 200, answer.json

    def due_at(self):
        """When the next letter is due."""
        rows = self.owner.run("select next_at from crm.digests where user_id = :u", u=self.user_id)
        return rows[0][0] if rows else None

    def at(self, moment):
        from shared.edge.deps import deps

        self._patch.setattr(type(deps()), "now", lambda _: moment)

    def run(self, moment):
        """The letters after a run of the schedule at a time."""
        self.at(moment)
        self._schedule("queue_digests")
        self._deliver()
        return self._mailbox.mails(self.address)

    def add(self, name, **fields):
        answer = self.api.post(CONTACTS, json={"name": name, "enrich": False, **fields})
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    def every(self, contact, days):
        assert self.api.put(f"{CONTACTS}/{contact}/cadence", json={"every_days": days}).status_code == 200


@pytest.fixture
def story(gateway, api, owner, user_id, schedule, deliver, mailbox, user_email, monkeypatch):
    owner.run("delete from crm.digests")  # of other tests
    return Story(api, owner, user_id, schedule, deliver, mailbox, user_email, monkeypatch)


def links(mail):
    return re.findall(r"/api/crm/digest/\S+", mail["text"])


def test_no_letter_is_sent_until_it_was_asked_for(story):
    ana = story.add("Ana Diaz")
    story.every(ana, 1)
    assert story.due_at() is None
    assert story.run(datetime.now(UTC) + timedelta(days=30)) == []


def test_a_letter_says_who_is_due_and_its_link_notes_the_talk_once(story):
    ana = story.add("Ana Diaz", company="Acme", title="CTO")
    story.every(ana, 7)
    story.wants(digest="daily", timezone="Europe/Berlin")
    month = timedelta(days=30)
    assert story.run(datetime.now(UTC)) == []
    first = story.run(story.due_at() + month)
    assert len(first) == 1
    (mail,) = first
    assert mail["subject"] == "Today: Ana Diaz"
    assert "Ana Diaz (CTO, Acme). You have not talked yet" in mail["text"]
    assert "every day at 7:00 (Europe/Berlin)" in mail["text"]
    assert mail["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    talked, snooze, page = links(mail)
    assert talked == f"{page}?contact={ana}&do=talked"
    assert snooze == f"{page}?contact={ana}&do=snooze"
    assert mail["headers"]["List-Unsubscribe"].endswith(f"{page}>")

    # a scanner looks at every link, often
    nobody = story.api.anonymous()
    for link in (talked, snooze, page):
        assert nobody.get(link).status_code == 200
        assert nobody.head(link).status_code in {200, 405}
    assert [one["contact"]["name"] for one in story.api.get("/api/crm/due").json["items"]] == ["Ana Diaz"]
    assert "Did you talk to Ana Diaz?" in nobody.get(talked).text
    assert "Put off Ana Diaz?" in nobody.get(snooze).text

    form = {"contact": ana, "decision": "talked"}
    assert "you talked to Ana Diaz today" in nobody.post(talked, data=form).text
    assert "not due any more" in nobody.post(talked, data=form).text
    assert "not due any more" in nobody.get(talked).text
    assert len(story.api.get(f"{CONTACTS}/{ana}/interactions").json["items"]) == 1
    # nobody is due: no letter the next day
    assert len(story.run(story.due_at())) == 1


def test_a_person_is_snoozed_from_the_letter_and_nothing_of_others_can_be_touched(story):
    ana = story.add("Ana Diaz")
    story.every(ana, 7)
    theirs = (
        story.api.as_user("stranger@example.com").post(CONTACTS, json={"name": "Bo Li", "enrich": False}).json["id"]
    )
    story.wants(digest="daily")
    (mail,) = story.run(story.due_at() + timedelta(days=30))
    page = links(mail)[-1]
    nobody = story.api.anonymous()
    assert nobody.post(page, data={"contact": theirs, "decision": "talked"}).status_code == 404
    assert nobody.post(page, data={"contact": "x", "decision": "talked"}).status_code == 422
    assert nobody.post(page, data={"contact": ana, "decision": "erase"}).status_code == 422
    assert "Bo Li" not in nobody.get(f"{page}?contact={theirs}&do=talked").text
    assert nobody.post(f"{page}x", data={"contact": ana, "decision": "talked"}).status_code == 404
    assert nobody.get(f"{page}x").status_code == 404
    assert story.api.get("/api/crm/due").json["items"]
    assert "comes back in a week" in nobody.post(page, data={"contact": ana, "decision": "snooze"}).text
    assert story.api.get("/api/crm/due").json["items"] == []
    assert story.api.get(f"{CONTACTS}/{ana}/interactions").json["items"] == []
    # the link proves who reads the letter, and nothing about introductions
    token = page.rpartition("/")[2]
    assert nobody.get(f"/respond/{token}").status_code in {200, 404}


def test_one_click_of_a_mail_program_stops_the_letters(story):
    story.every(story.add("Ana Diaz"), 1)
    story.wants(digest="daily")
    (mail,) = story.run(story.due_at() + timedelta(days=3))
    answer = story.api.anonymous().post(links(mail)[-1], data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert story.api.get(ME).json["settings"]["digest"] == "off"
    assert story.due_at() is None
    story.wants(digest="weekly")
    assert story.due_at() is not None


def test_a_letter_that_waits_is_not_sent_after_the_letters_were_stopped_or_the_talk_took_place(story):
    ana = story.add("Ana Diaz")
    story.every(ana, 1)
    story.wants(digest="daily")
    when = story.due_at() + timedelta(days=3)
    story.at(when)
    story._schedule("queue_digests")
    assert story.api.post(f"/api/crm/due/{ana}/done", json={}).status_code == 200
    story._deliver()
    assert story._mailbox.mails(story.address) == []


def test_a_day_has_one_letter_though_the_reader_travels_and_runs_overlap(story):
    story.every(story.add("Ana Diaz"), 1)
    story.wants(digest="daily", timezone="Europe/Berlin")
    first = story.due_at() + timedelta(days=3)
    assert len(story.run(first)) == 1
    # where the hour of the same day comes again
    story.wants(timezone="America/New_York")
    story.owner.run(
        "update crm.digests set next_at = :at where user_id = :u", at=first + timedelta(hours=6), u=story.user_id
    )
    assert len(story.run(first + timedelta(hours=6))) == 1
    story.at(story.due_at())
    both = [threading.Thread(target=story._schedule, args=("queue_digests",)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    story._deliver()
    assert len(story._mailbox.mails(story.address)) == 2


def test_a_week_is_told_of_in_one_letter_with_its_dates(story):
    now = datetime.now(UTC)
    story.wants(digest="weekly", digest_weekday=now.isoweekday() % 7 + 1, digest_hour=9)
    monday = story.due_at()
    day = (monday + timedelta(days=4)).date()
    ana = story.add("Ana Diaz", birthday=f"1990-{day:%m-%d}")
    story.add("Bo Li", birthday=f"--{monday + timedelta(days=7):%m-%d}")
    story.api.post(
        f"{CONTACTS}/{ana}/dates", json={"kind": "reminder", "label": "Renewal", "day": f"{day}", "yearly": False}
    )
    story.api.post(
        f"{CONTACTS}/{ana}/dates",
        json={"kind": "reminder", "label": "Long ago", "day": f"2001-{day:%m-%d}", "yearly": False},
    )
    (mail,) = story.run(monday)
    assert mail["subject"] == "This week: Ana Diaz"
    assert f"{day}: Birthday of Ana Diaz ({day.year - 1990})" in mail["text"]
    assert f"{day}: Renewal of Ana Diaz" in mail["text"]
    assert "Bo Li" not in mail["text"]
    assert "Long ago" not in mail["text"]
    assert story.due_at() - monday == timedelta(days=7)


def test_ways_that_opened_are_told_once(story):
    story.wants(digest="daily")
    first = story.due_at()
    story.owner.run(
        "insert into crm.wishes (user_id, name, least_likelihood, created_at, opened_at) values (:u, 'Mei Tanaka', 0.1, :at, :at)",
        u=story.user_id, at=first - timedelta(hours=2),
    )  # fmt: skip
    (mail,) = story.run(first)
    assert mail["subject"] == "Today: Mei Tanaka"
    assert "There is a way to Mei Tanaka now." in mail["text"]
    assert len(story.run(story.due_at())) == 1


def test_an_installation_that_has_sent_its_letters_sends_the_rest_later(story):
    story.every(story.add("Ana Diaz"), 1)
    story.wants(digest="daily")
    when = story.due_at() + timedelta(days=3)
    queue = "select looked_at, queued from crm.queue_digests(:at::timestamptz, 100, :most)"
    story.owner.run(
        "insert into crm.letter_counts (side, party, hour, letters, asks) values ('installation', crm.installation_party(), date_trunc('hour', :at::timestamptz, 'UTC'), 50, 0)",
        at=when,
    )
    assert story.owner.run(queue, at=when, most=50) == [[0, 0]]
    assert story.owner.run(queue, at=when, most=51) == [[1, 1]]
    assert story.owner.run(queue, at=when + timedelta(days=1), most=52) == [[1, 1]]


def test_a_mailbox_that_takes_no_mail_gets_no_letter_again(story):
    story.every(story.add("Ana Diaz"), 1)
    story.wants(digest="daily")
    story.owner.run(
        "select crm.note_bounce(:a, :at::timestamptz)", a=story.address, at=story.due_at() + timedelta(days=2)
    )
    assert story.run(story.due_at() + timedelta(days=3)) == []
    assert story.api.get(ME).json["settings"]["digest"] == "off"


@pytest.mark.parametrize(
    "bad",
    [
        {"digest": "hourly"},
        {"digest": True},
        {"digest_hour": 24},
        {"digest_hour": 7.5},
        {"digest_weekday": 0},
        {"digest_hour": "7"},
    ],
)
def test_settings_of_the_letter_are_checked(api, bad):
    answer = api.patch(ME, json={"settings": bad})
    assert answer.status_code == 422
    assert next(iter(bad)) in answer.text
