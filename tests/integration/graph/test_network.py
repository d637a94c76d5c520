from __future__ import annotations

import json
import math
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.graph import repository

PEOPLE = 12
STRENGTHS = [1.0, 0.97, 0.9, 0.83, 0.5, 0.31, 0.05, 1e-5]


@pytest.fixture
def people(graph):
    graph.add_contacts(PEOPLE, company=lambda number: f'A"{number}' if number % 2 else None)
    return graph


@pytest.fixture
def network(database, people):
    def ask(center, *, depth=2, limit=500, min_strength=0.0):
        with database.read(people.user_id) as tx:
            answer = repository.find_network(
                tx, people.ids[center], depth=depth, limit=limit, min_strength=min_strength
            )
        back = {str(contact_id): number for number, contact_id in people.ids.items()}
        document = json.loads(answer)
        for node in document["nodes"]:
            node["number"] = back[node["id"]]
        for link in document["links"]:
            link["ends"] = back[link["source"]], back[link["target"]]
        return document

    return ask


def products(ties, center, depth):
    """Best product and its hops of everybody within reach: dynamic programming over all ties."""
    best = {center: (1.0, 0)}
    level = {center: 1.0}
    for hop in range(1, depth + 1):
        nearer: dict[Any, float] = {}
        for (a, b), strength in ties.items():
            if a in level:
                nearer[b] = max(nearer.get(b, 0.0), level[a] * strength)
        level = nearer
        for b, product in level.items():
            if product > best.get(b, (0.0, 0))[0] * (1 + 1e-9):
                best[b] = (product, hop)
    return best


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ties=st.dictionaries(
        st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)).filter(lambda pair: pair[0] != pair[1]),
        st.sampled_from(STRENGTHS),
        max_size=40,
    ),
    mutual=st.booleans(),
    depth=st.integers(1, 4),
    limit=st.sampled_from([1, 2, 4, 7, 500]),
    least=st.sampled_from([0.0, 0.0, 0.2, 0.45, 1.0]),
)
def test_network_is_the_strongest_people_and_every_tie_among_them(people, network, ties, mutual, depth, limit, least):
    if mutual:
        ties |= {(b, a): strength for (a, b), strength in ties.items()}
    people.set_ties((a, b, s) for (a, b), s in ties.items())
    best = {who: found for who, found in products(ties, 0, depth).items() if found[0] >= least * (1 - 1e-6)}
    answer = network(0, depth=depth, limit=limit, min_strength=least)

    assert answer["truncated"] == (len(best) > limit)
    assert [node["strength"] for node in answer["nodes"]] == pytest.approx(
        sorted((product for product, _ in best.values()), reverse=True)[:limit], rel=1e-4, abs=1e-6
    )
    for node in answer["nodes"]:
        assert node["strength"] == pytest.approx(best[node["number"]][0], rel=1e-4, abs=1e-6)
        assert node["company"] == (f'A"{node["number"]}' if node["number"] % 2 else None)
    shown = {node["number"] for node in answer["nodes"]}
    told: dict[Any, Any] = {}
    for link in answer["links"]:
        a, b = link["ends"]
        assert link["strength"] == pytest.approx(max(ties.get((a, b), 0), ties.get((b, a), 0)), rel=1e-4, abs=1e-6)
        assert link["mutual"] == ((a, b) in ties and (b, a) in ties)
        assert (a, b) in ties
        told[frozenset((a, b))] = told.get(frozenset((a, b)), 0) + 1
    assert told == {frozenset(pair): 1 for pair in ties if shown.issuperset(pair)}


def test_hops_are_those_of_the_strongest_path(people, network):
    people.set_ties([(0, 1, 0.1), (0, 2, 0.9), (2, 1, 0.9)])
    assert [(node["number"], node["hops"]) for node in network(0)["nodes"]] == [(0, 0), (2, 1), (1, 2)]
    assert math.isclose(network(0)["nodes"][2]["strength"], 0.81)


def test_network_over_http(api, people):
    people.set_ties([(0, 1, 0.5), (1, 0, 0.5)])
    answer = api.get(f"/api/crm/graph/network/{people.ids[0]}?depth=1&limit=10")
    assert answer.status_code == 200
    assert answer.json == {
        "nodes": [
            {"id": str(people.ids[0]), "name": "Person 0", "company": None, "tags": [], "hops": 0, "strength": 1},
            {"id": str(people.ids[1]), "name": "Person 1", "company": 'A"1', "tags": [], "hops": 1, "strength": 0.5},
        ],
        "links": [{"source": str(people.ids[0]), "target": str(people.ids[1]), "strength": 0.5, "mutual": True}],
        "truncated": False,
    }


@pytest.mark.parametrize("query", ["depth=0", "depth=7", "limit=0", "limit=5001", "min_strength=1.1", "x=1"])
def test_a_network_that_makes_no_sense_is_refused(api, people, query):
    assert api.get(f"/api/crm/graph/network/{people.ids[0]}?{query}").status_code == 422


def test_the_network_of_somebody_elses_contact_is_not_there(api, people):
    other = api.as_user(f"{uuid.uuid4().hex}@example.com")
    assert other.get(f"/api/crm/graph/network/{people.ids[0]}").status_code == 404


TIES = "/api/crm/graph/relationships"


@pytest.fixture
def links(api):
    """Who is linked with whom around somebody, by how they were added: from, to, strength, both ways."""

    def ask(ids):
        answer = api.get(f"/api/crm/graph/network/{ids[0]}").json
        return sorted(
            (ids.index(link["source"]), ids.index(link["target"]), link["strength"], link["mutual"])
            for link in answer["links"]
        )

    return ask


@pytest.fixture
def tied(api):
    """Two people who know each other, as everybody does until a test says something else."""
    ids = [
        api.post("/api/crm/contacts", json={"name": name, "email": f"{name}@example.com", "enrich": False}).json["id"]
        for name in ("ana", "bo", "cy")
    ]
    for a, b in ((0, 1), (1, 2)):
        assert api.put(TIES, json={"from_contact_id": ids[a], "to_contact_id": ids[b]}).status_code == 201
    return ids


def test_mutual_ties_are_told_once(links, tied):
    assert links(tied) == [(0, 1, 0.5, True), (1, 2, 0.5, True)]


def test_a_tie_that_is_set_one_way_is_told_so(api, links, tied):
    api.put(TIES, json={"from_contact_id": tied[2], "to_contact_id": tied[0], "mutual": False})
    assert links(tied) == [(0, 1, 0.5, True), (1, 2, 0.5, True), (2, 0, 0.5, False)]


def test_a_tie_that_is_stronger_one_way_is_told_by_that(api, links, tied):
    api.put(TIES, json={"from_contact_id": tied[1], "to_contact_id": tied[0], "mutual": False, "strength": 0.9})
    assert links(tied) == [(0, 1, 0.9, True), (1, 2, 0.5, True)]


def test_a_tie_that_is_removed_one_way_leads_the_other(api, links, tied):
    assert api.delete(f"{TIES}/{tied[0]}/{tied[1]}?mutual=false").status_code == 204
    api.put(TIES, json={"from_contact_id": tied[0], "to_contact_id": tied[2]})
    assert links(tied) == [(0, 2, 0.5, True), (1, 0, 0.5, False), (1, 2, 0.5, True)]


def test_an_imported_tie_that_leads_one_way_is_told_so(api, links, tied):
    file = "from_email,to_email,strength,mutual\ncy@example.com,ana@example.com,0.7,false\n"
    answer = api.post(f"{TIES}/import", data=file, content_type="text/csv")
    assert answer.json["created"] == 1
    assert links(tied) == [(0, 1, 0.5, True), (1, 2, 0.5, True), (2, 0, 0.7, False)]
