"""Many who write and many who ask at once: every answer is right for some moment, and the one after a change is right for now."""

from __future__ import annotations

import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

RELATIONSHIPS = "/api/crm/graph/relationships"
PATH = "/api/crm/graph/path"
WRITERS = READERS = 8
ROUNDS = 25


@pytest.fixture
def people(api, graph):
    api.get("/api/crm/users/me")
    graph.add_contacts(2 + 2 * WRITERS)
    return graph


def test_eight_writers_and_eight_readers_each_see_their_own_change_at_once(api, people):
    """Each writer owns a bridge 0 - bridge - goal; whatever the others do, its own answers are exact right after its write."""
    source = str(people.ids[0])
    done = threading.Event()

    def write(number):
        bridge, goal = str(people.ids[2 + 2 * number]), str(people.ids[3 + 2 * number])
        chosen = random.Random(number)

        def path():
            answer = api.get(
                PATH, query_string={"from": source, "to": goal, "mode": chosen.choice(["shortest", "strongest"])}
            )
            assert answer.status_code == 200, answer.json
            return [(path["strengths"], path["hops"]) for path in answer.json["paths"]]

        def tie(a, b, strength):
            answer = api.put(RELATIONSHIPS, json={"from_contact_id": a, "to_contact_id": b, "strength": strength})
            assert answer.status_code in {200, 201}, answer.json

        tie(bridge, goal, 0.5)
        for _ in range(ROUNDS):
            strength = round(chosen.uniform(0.1, 1), 2)
            tie(source, bridge, strength)
            assert path() == [([strength, 0.5], 2)]
            assert api.delete(f"{RELATIONSHIPS}/{bridge}/{source}").status_code == 204
            assert path() == []
        tie(source, bridge, 0.9)
        assert api.delete(f"/api/crm/contacts/{bridge}").status_code == 204
        assert path() == []

    def read(number):
        chosen = random.Random(number)
        while not done.is_set():
            goal = str(people.ids[3 + 2 * chosen.randrange(WRITERS)])
            answer = api.get(PATH, query_string={"from": source, "to": goal, "alternatives": 2})
            assert answer.status_code == 200, answer.json
            for path in answer.json["paths"]:
                assert path["hops"] == 2
                assert path["strengths"][1] == 0.5
            network = api.get(f"/api/crm/graph/network/{source}?depth=2")
            assert network.status_code == 200, network.json

    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        readers = [pool.submit(read, number) for number in range(READERS)]
        writers = [pool.submit(write, number) for number in range(WRITERS)]
        try:
            for writer in writers:
                writer.result()
        finally:
            done.set()
        for reader in readers:
            reader.result()
    left = people.owner.run("select count(*) from crm.relationships where user_id = :u", u=people.user_id)
    assert left == [[0]], "every bridge went with its ties"


def test_ties_set_while_their_contact_is_deleted_do_not_outlive_it(api, people, owner):
    hub = str(people.ids[0])
    others = [str(people.ids[number]) for number in range(2, 2 + WRITERS)]
    start = threading.Barrier(WRITERS + 1)

    def tie(other):
        start.wait()
        return {
            api.put(RELATIONSHIPS, json={"from_contact_id": other, "to_contact_id": hub}).status_code for _ in range(10)
        }

    def delete():
        start.wait()
        return {api.delete(f"/api/crm/contacts/{hub}").status_code}

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        statuses = set().union(
            *(work.result() for work in [*(pool.submit(tie, other) for other in others), pool.submit(delete)])
        )
    assert statuses <= {200, 201, 204, 404}
    assert owner.run("select count(*) from crm.relationships where user_id = :u", u=people.user_id) == [[0]]


def test_a_relationship_of_somebody_else_is_not_seen_by_any_call(api, people):
    people.set_ties([(0, 1, 0.5), (1, 0, 0.5)])
    other = api.as_user(f"{uuid.uuid4().hex}@example.com")
    a, b = people.ids[0], people.ids[1]
    assert other.get(RELATIONSHIPS).json["items"] == []
    assert other.get(PATH, query_string={"from": a, "to": b}).status_code == 404
    assert other.delete(f"{RELATIONSHIPS}/{a}/{b}").status_code == 404
    text = f"from_id,to_id,strength\n{a},{b},0.9\n".encode()
    imported = other.post(f"{RELATIONSHIPS}/import", data=text, content_type="text/csv").json
    assert (imported["failed"], imported["created"], imported["updated"]) == (1, 0, 0)
    assert api.get(PATH, query_string={"from": a, "to": b}).json["paths"][0]["strength"] == 0.5
