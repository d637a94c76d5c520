from __future__ import annotations

import threading
import uuid

import pytest

from shared.plumbing.events import outbox
from shared.plumbing.events.outbox import Priority

EVERYTHING = 1000


@pytest.fixture
def topic():
    """A topic of the test's own: the suite's databases are shared by its tests."""
    return f"topic-{uuid.uuid4().hex}"


@pytest.fixture
def new_user(owner):
    def make():
        name = uuid.uuid4().hex
        return owner.run("select user_id from crm.sign_in('test', :name, null, 'Uma')", name=name)[0][0]

    return make


def append(database, user_id, topic, count=1, priority=Priority.NORMAL, **rest):
    with database.transaction(user_id) as tx:
        return [outbox.append(tx, topic, {"no": number}, priority=priority, **rest) for number in range(count)]


def take(database, topic, most=EVERYTHING, max_in_flight=(None, None, None), retake_after_s=60):
    with database.transaction(None) as tx:
        return outbox.take(tx, topic, most, max_in_flight=max_in_flight, retake_after_s=retake_after_s)


def finish(database, *events):
    with database.transaction(None) as tx:
        return [outbox.finish(tx, event) for event in events]


def test_an_event_is_there_only_if_its_transaction_commits(database, user_id, topic):
    with pytest.raises(ZeroDivisionError), database.transaction(user_id) as tx:
        outbox.append(tx, topic, {"no": 1})
        raise ZeroDivisionError
    (kept,) = append(database, user_id, topic)

    assert [event.id for event in take(database, topic)] == [kept]


def test_an_event_is_taken_once_until_it_counts_as_lost(database, user_id, topic):
    (event_id,) = append(database, user_id, topic)

    (first,) = take(database, topic, retake_after_s=0)
    (second,) = take(database, topic, retake_after_s=60)

    assert (first.id, first.sends) == (event_id, 1)
    assert (second.id, second.sends) == (event_id, 2)
    assert take(database, topic) == []
    assert finish(database, event_id, event_id) == [True, False]


def test_takers_at_the_same_time_share_the_events_out(database, user_id, topic):
    events = append(database, user_id, topic, 60)
    taken: list[uuid.UUID] = []
    threads = [
        threading.Thread(target=lambda: taken.extend(event.id for event in take(database, topic, 20))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == sorted(events)


def test_higher_priorities_go_first(database, user_id, topic):
    (low,) = append(database, user_id, topic, priority=Priority.LOW)
    (normal,) = append(database, user_id, topic)
    (high,) = append(database, user_id, topic, priority=Priority.HIGH)

    assert [take(database, topic, 1)[0].id for _ in range(3)] == [high, normal, low]


def test_users_take_turns_whoever_has_the_fewest_on_the_way_first(database, new_user, topic):
    greedy, modest = new_user(), new_user()
    append(database, greedy, topic, 200)
    take(database, topic, 10)
    late = append(database, modest, topic, 3)

    assert {event.id for event in take(database, topic, 3)} == set(late)


def test_a_lone_user_gets_all_the_room_there_is(database, user_id, topic):
    append(database, user_id, topic, 120)

    assert len(take(database, topic, 100)) == 100


def test_no_more_are_on_the_way_than_there_is_room_for(database, user_id, topic):
    append(database, user_id, topic, 20, Priority.LOW)
    (high,) = append(database, user_id, topic, 1, Priority.HIGH)
    max_in_flight = (None, 5, 5)

    first = take(database, topic, max_in_flight=max_in_flight)

    assert [event.priority for event in first] == [Priority.HIGH] + [Priority.LOW] * 5
    assert first[0].id == high
    assert take(database, topic, max_in_flight=max_in_flight) == []
    finish(database, first[1].id)
    assert len(take(database, topic, max_in_flight=max_in_flight)) == 1


def test_an_event_for_later_waits(database, owner, user_id, topic):
    soon = owner.run("select now() + interval '1 hour'")[0][0]
    (later,) = append(database, user_id, topic, available_at=soon)

    assert take(database, topic) == []
    owner.run("update crm.outbox set available_at = now() where id = :id", id=later)
    assert len(take(database, topic)) == 1


def test_what_could_not_be_sent_waits_again_as_if_never_taken(database, user_id, topic):
    append(database, user_id, topic)
    (event,) = take(database, topic)
    with database.transaction(None) as tx:
        outbox.give_back(tx, [event.id])

    assert [again.sends for again in take(database, topic)] == [1]


def test_what_was_sent_too_often_is_buried_with_its_last_error(database, user_id, topic):
    (event_id,) = append(database, user_id, topic)
    for _ in range(3):
        take(database, topic, retake_after_s=0)
    with database.transaction(None) as tx:
        outbox.note_failure(tx, event_id, "the consumer says no")
        outbox.retry(tx, event_id, delay_s=0)
        assert outbox.bury_exhausted(tx, topic, max_sends=3) == 1
        (letter,) = outbox.list_dead_letters(tx, topic, 10)

    assert (letter["id"], letter["reason"], letter["sends"]) == (event_id, "the consumer says no", 3)
    assert take(database, topic) == []


def test_a_dead_letter_is_raised_as_the_same_event(database, user_id, topic):
    (event_id,) = append(database, user_id, topic, priority=Priority.HIGH)
    take(database, topic)
    with database.transaction(None) as tx:
        outbox.bury(tx, topic=topic, reason="no", data={}, event_id=event_id, attributes={})
        outbox.bury(tx, topic=topic, reason="no", data={}, event_id=event_id, attributes={})
    assert take(database, topic) == []
    with database.transaction(None) as tx:
        assert outbox.replay_dead_letters(tx, topic, 10) == 1
        assert outbox.replay_dead_letters(tx, topic, 10) == 0

    (raised,) = take(database, topic)
    assert (raised.id, raised.priority, raised.data) == (event_id, Priority.HIGH, '{"no": 0}')


def test_a_message_that_is_no_json_is_buried_as_text_and_never_raised(database, topic):
    with database.transaction(None) as tx:
        outbox.bury(tx, topic=topic, reason="no JSON", data="a\u0001b", event_id=None, attributes={"a": "b"})
        (letter,) = outbox.list_dead_letters(tx, topic, 10)
        assert outbox.replay_dead_letters(tx, topic, 10) == 0

    assert letter["data"] == '"a\\u0001b"'


def test_nobody_appends_events_of_somebody_else(database, owner, user_id, new_user, topic):
    other = new_user()
    with pytest.raises(Exception, match="row-level security"), database.transaction(user_id) as tx:
        outbox.append(tx, topic, {})
        tx.user_id = other  # the transaction itself still says whose it is
        outbox.append(tx, topic, {})


def test_erasing_a_user_erases_their_events(database, owner, user_id, topic):
    append(database, user_id, topic, 3)
    owner.run("delete from crm.users where id = :id", id=user_id)

    assert take(database, topic) == []


def test_more_are_sent_when_few_are_on_the_way_and_some_wait(database, user_id, topic):
    def runs_low():
        with database.read(None) as tx:
            return outbox.runs_low(tx, topic)

    assert not runs_low()
    append(database, user_id, topic, outbox.LOW_WATER + 1)
    assert runs_low()
    take(database, topic, outbox.LOW_WATER)
    assert not runs_low()
