from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime, timedelta

import pytest

VIRAL = "/api/crm/viral"
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


@pytest.fixture
def points(owner, database):
    """Gives points at a time, through the function that the product uses."""

    def give(user_id, kind="invitation", at=NOW, count=1):
        for _ in range(count):
            owner.run(
                "select crm.add_points(array[:u::uuid], :k, :s, :at)", u=user_id, k=kind, s=uuid.uuid4().hex, at=at
            )

    return give


@pytest.fixture
def fresh(owner):
    """A leaderboard that nobody stands on, as of `NOW`."""
    owner.run("delete from crm.score_events")
    owner.run("select crm.rebuild_leaderboard(:at)", at=NOW)


@pytest.fixture
def people(api):
    """Four users, signed in, who have said yes to the leaderboard."""
    found = [api, *(api.as_user(f"{name}-{uuid.uuid4().hex}@example.com") for name in ("ana", "bruno", "mei"))]
    for person in found:
        person.patch("/api/crm/users/me", json={"settings": {"leaderboard": True}})
    return [(person, uuid.UUID(person.get("/api/crm/users/me").json["id"])) for person in found]


def board(api, period="all", **query):
    answer = api.get(f"{VIRAL}/leaderboard", query_string={"period": period, **query})
    assert answer.status_code == 200, answer.text
    return answer.json


def brute_force(owner, since):
    """Ranks by their definition: one more than the number of people with more points."""
    rows = owner.run(
        "select e.user_id, count(*) from crm.score_events e join crm.users u on u.id = e.user_id"
        " where (:s::timestamptz is null or e.at >= :s) and u.settings -> 'leaderboard' = 'true' group by 1",
        s=since,
    )
    scores = dict(rows)
    return sorted((1 + sum(other > score for other in scores.values()), score) for score in scores.values())


@pytest.mark.usefixtures("fresh")
def test_ties_share_a_rank_and_the_next_one_is_further_down(people, points):
    for (_, user_id), count in zip(people, (3, 5, 3, 1), strict=True):
        points(user_id, count=count)

    standings = board(people[0][0])
    assert [(row["rank"], row["score"]) for row in standings["items"]] == [(1, 5), (2, 3), (2, 3), (4, 1)]
    assert [row["is_me"] for row in standings["items"]].count(True) == 1
    assert standings["own"]["rank"] == 2
    assert "@" not in str(standings["items"])


@pytest.mark.usefixtures("fresh")
def test_who_has_no_point_stands_behind_all_who_have(people, points):
    points(people[1][1], count=2)
    own = board(people[0][0])["own"]

    assert (own["rank"], own["score"], own["shown"]) == (2, 0, True)


@pytest.mark.usefixtures("fresh")
def test_who_takes_back_the_yes_is_named_to_nobody_at_once_and_sees_their_own_rank(people, points):
    for (_, user_id), count in zip(people, (3, 5, 3, 1), strict=True):
        points(user_id, count=count)
    winner = people[1][0]
    winner.patch("/api/crm/users/me", json={"settings": {"leaderboard": False}})
    standings = board(people[0][0])
    assert [(row["rank"], row["score"]) for row in standings["items"]] == [(1, 3), (1, 3), (3, 1)]
    assert (board(winner)["own"]["rank"], board(winner)["own"]["shown"], board(winner)["own"]["score"]) == (
        1,
        False,
        5,
    )
    points(people[1][1])
    assert len(board(people[0][0])["items"]) == 3

    winner.patch("/api/crm/users/me", json={"settings": {"leaderboard": None}})
    assert len(board(people[0][0])["items"]) == 3
    winner.patch("/api/crm/users/me", json={"settings": {"leaderboard": True}})
    assert [row["score"] for row in board(people[0][0])["items"]] == [6, 3, 3, 1]


@pytest.mark.usefixtures("fresh")
def test_nobody_is_named_who_has_not_said_yes(api, people, points):
    silent = api.as_user(f"silent-{uuid.uuid4().hex}@example.com")
    points(uuid.UUID(silent.get("/api/crm/users/me").json["id"]), count=4)
    points(people[1][1], count=2)

    assert [row["score"] for row in board(people[0][0])["items"]] == [2]
    own = board(silent)["own"]
    assert (own["rank"], own["score"], own["shown"]) == (1, 4, False)


@pytest.mark.usefixtures("fresh")
def test_the_same_thing_gives_one_point(owner, people):
    for _ in range(3):
        owner.run("select crm.add_points(array[:u::uuid], 'invitation', 'one thing', :at)", u=people[0][1], at=NOW)

    assert board(people[0][0])["own"]["score"] == 1


@pytest.mark.usefixtures("fresh")
def test_points_leave_the_periods_with_their_days(owner, people, points):
    api, user_id = people[0]
    points(user_id, at=NOW - timedelta(days=6, hours=11))
    points(user_id, at=NOW - timedelta(days=7))
    points(user_id, at=NOW - timedelta(days=29))
    points(user_id, at=NOW - timedelta(days=31))
    assert [board(api, period)["own"]["score"] for period in ("7d", "30d", "all")] == [1, 3, 4]
    owner.run("select crm.slide_leaderboard(:at)", at=NOW + timedelta(days=1))
    assert [board(api, period)["own"]["score"] for period in ("7d", "30d", "all")] == [0, 2, 4]
    owner.run("select crm.slide_leaderboard(:at)", at=NOW + timedelta(days=60))
    assert [board(api, period)["own"]["score"] for period in ("7d", "30d", "all")] == [0, 0, 4]


@pytest.mark.usefixtures("fresh")
def test_a_page_goes_on_where_the_last_one_ended_while_others_get_points(people, points, owner):
    rng = random.Random(5)
    users = []
    for number in range(40):
        user = owner.run("select user_id from crm.sign_in('board', :s, null, :n)", s=uuid.uuid4().hex, n=f"P{number}")[
            0
        ][0]
        users.append(user)
        owner.run("""update crm.users set settings = '{"leaderboard": true}' where id = :u""", u=user)
        points(user, count=rng.randint(1, 4))
    whole = [row["name"] for row in board(people[0][0], limit=200)["items"]]
    seen: list[str] = []
    cursor = None
    while cursor or not seen:
        page = board(people[0][0], limit=7, **({"cursor": cursor} if cursor else {}))
        seen += [row["name"] for row in page["items"]]
        cursor = page["next_cursor"]
        points(users[int(seen[0].removeprefix("P"))])  # the first gets more points meanwhile
    assert seen == whole
    assert people[0][0].get(f"{VIRAL}/leaderboard?period=7d&cursor=x").status_code == 422
    for user in users:
        owner.run("delete from crm.users where id = :u", u=user)
    assert board(people[0][0])["items"] == []
    assert owner.run("select coalesce(sum(people), 0) from crm.leaderboard_scores")[0][0] == 0


@pytest.mark.usefixtures("fresh")
def test_after_any_history_it_is_what_a_rebuild_from_nothing_makes(people, points, owner):
    rng = random.Random(11)
    now = NOW
    for _ in range(120):
        person, user_id = rng.choice(people)
        what = rng.random()
        if what < 0.7:
            points(user_id, rng.choice(["invitation", "introduction"]), now - timedelta(days=rng.choice([0, 0, 1, 8])))
        elif what < 0.85:
            now += timedelta(days=rng.choice([1, 3, 10]))
            owner.run("select crm.slide_leaderboard(:at)", at=now)
        else:
            person.patch("/api/crm/users/me", json={"settings": {"leaderboard": rng.random() < 0.5}})

    def contents():
        kept = "select period, user_id, introductions, invitations, shown from crm.leaderboard order by 1, 2"
        scores = "select period, score, people from crm.leaderboard_scores where people <> 0 order by 1, 2"
        return owner.run(kept), owner.run(scores)

    kept = contents()
    owner.run("select crm.rebuild_leaderboard(:at)", at=now)
    assert contents() == kept
    for period, days in (("7d", 6), ("30d", 29), ("all", None)):
        since = None if days is None else now.replace(hour=0) - timedelta(days=days)
        shown = sorted((row["rank"], row["score"]) for row in board(people[0][0], period)["items"])
        assert shown == brute_force(owner, since)
