"""The SNAP ego-Facebook graph, 4,039 people and 88,234 ties with hashed strengths, against networkx."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import math
import random
import time
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

FILE = Path(__file__).parents[4] / "shared" / "graphs" / "facebook_combined.txt.gz"
PAIRS = 200
ALTERNATIVES_OF = 15

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not FILE.exists(), reason="the graph is not part of the product"),
]


def strength(a, b):
    digest = hashlib.sha256(f"{min(a, b)} {max(a, b)}".encode()).digest()
    return (int.from_bytes(digest[:4], "big") % 100 + 1) / 100


@pytest.fixture(scope="module")
def ties():
    with gzip.open(FILE, "rt") as lines:
        pairs = [tuple(map(int, line.split())) for line in lines if not line.startswith("#")]
    return {pair: strength(*pair) for pair in pairs}


@pytest.fixture(scope="module")
def network(ties):
    graph = nx.Graph()
    for (a, b), value in ties.items():
        graph.add_edge(a, b, cost=-math.log(value), hop_first=1000 - math.log(value))
    return graph


def cost(network, path):
    return sum(network[a][b]["cost"] for a, b in itertools.pairwise(path))


def strongest_within(network, source, max_hops):
    """The least cost to everybody within `max_hops`: dynamic programming over hops."""
    best, level = {source: 0.0}, {source: 0.0}
    for _ in range(max_hops):
        nearer: dict[Any, float] = {}
        for a, so_far in level.items():
            for b, tie in network[a].items():
                value = so_far + tie["cost"]
                if value < nearer.get(b, best.get(b, math.inf)):
                    nearer[b] = value
        best |= nearer
        level = nearer
    return best


def test_facebook_imports_through_the_api_in_seconds_and_twice_changes_nothing(api, ties):
    people = "name,email\n" + "".join(f"Person {number},p{number}@x.example\n" for number in range(4039))
    assert api.post("/api/crm/contacts/import", data=people.encode(), content_type="text/csv").json["created"] == 4039
    file = "from_email,to_email,strength\n" + "".join(
        f"p{a}@x.example,p{b}@x.example,{value}\n" for (a, b), value in ties.items()
    )
    for created in (len(ties), 0):
        started = time.monotonic()
        answer = api.post("/api/crm/graph/relationships/import", data=file.encode(), content_type="text/csv").json
        print(f"{time.monotonic() - started:.1f} s, {answer['created']} created, {answer['unchanged']} unchanged")
        assert (answer["created"], answer["updated"], answer["failed"]) == (created, 0, 0)
        assert answer["created"] + answer["unchanged"] == len(ties)


def test_paths_through_facebook_are_those_that_networkx_finds(graph, paths, ties, network):
    graph.add_contacts(4039)
    graph.set_ties(
        [*((a, b, value) for (a, b), value in ties.items()), *((b, a, value) for (a, b), value in ties.items())]
    )
    chosen = random.Random(11)
    pairs = [tuple(chosen.sample(range(4039), 2)) for _ in range(PAIRS)]
    for number, (source, target) in enumerate(pairs):
        # fewest hops, then the highest product
        expected = nx.bidirectional_dijkstra(network, source, target, weight="hop_first")[1]
        answered = paths(source, target, max_hops=6)
        if len(expected) - 1 > 6:
            assert answered == []
        else:
            assert len(answered[0][0]) == len(expected)
            assert -math.log(answered[0][1]) == pytest.approx(cost(network, expected), rel=1e-5, abs=1e-5)
        # the highest product within six hops
        strongest = paths(source, target, max_hops=6, by_strength=True)
        reached = strongest_within(network, source, 6).get(target)
        assert bool(strongest) == (reached is not None)
        if strongest:
            assert -math.log(strongest[0][1]) == pytest.approx(reached, rel=1e-5, abs=1e-5)
            assert cost(network, strongest[0][0]) == pytest.approx(reached, rel=1e-5, abs=1e-5)
        if number < ALTERNATIVES_OF and answered:
            by_hops = itertools.islice(nx.shortest_simple_paths(network, source, target, weight="hop_first"), 6)
            wanted = [path for path in by_hops if len(path) - 1 <= 6]
            listed = paths(source, target, max_hops=6, wanted=6)
            assert [len(path) for path, _ in listed] == [len(path) for path in wanted]
            assert [-math.log(product) for _, product in listed] == pytest.approx(
                [cost(network, path) for path in wanted], rel=1e-5, abs=1e-5
            )
