"""Graph libraries with the network already in their memory, asked for the path of fewest hops and then the highest product.

Each tie weighs 1000 - ln(strength): the hops always count first. They know no bound on the hops; that is the question they answer best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.graph_ground import Ties

    # source and target to hops
    Find = Callable[[int, int], int]

HOP = 1000.0


def weights(ties: Ties) -> np.ndarray:
    """What each tie weighs."""
    return HOP - np.log(ties.strength / 100)


def networkx(ties: Ties) -> Find:
    """networkx, from both ends at once."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_weighted_edges_from(zip(ties.first.tolist(), ties.second.tolist(), weights(ties).tolist(), strict=True))
    return lambda source, target: len(nx.bidirectional_dijkstra(graph, source, target)[1]) - 1


def igraph(ties: Ties) -> Find:
    """igraph."""
    import igraph as ig

    graph = ig.Graph(n=ties.count + 1, edges=np.stack([ties.first, ties.second], 1))
    weight = weights(ties).tolist()
    return lambda source, target: len(graph.get_shortest_path(source, target, weights=weight)) - 1


def rustworkx(ties: Ties) -> Find:
    """rustworkx."""
    import rustworkx as rx

    graph = rx.PyGraph()
    graph.add_nodes_from(range(ties.count + 1))
    graph.add_edges_from(list(zip(ties.first.tolist(), ties.second.tolist(), weights(ties).tolist(), strict=True)))
    return lambda source, target: len(rx.dijkstra_shortest_paths(graph, source, target, weight_fn=float)[target]) - 1


def scipy(ties: Ties) -> Find:
    """scipy, bounded to what four hops can weigh."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    size = ties.count + 1
    weight = weights(ties)
    matrix: Any = csr_matrix((weight, (ties.first, ties.second)), shape=(size, size))
    matrix = matrix + matrix.T

    def find(source: int, target: int) -> int:
        distance, before = dijkstra(matrix, indices=source, return_predecessors=True, limit=5 * HOP - 1)
        assert np.isfinite(distance[target])
        hops, node = 0, target
        while node != source:
            node = before[node]
            hops += 1
        return hops

    return find


LIBRARIES: dict[str, Callable[[Ties], Find]] = {
    "networkx": networkx,
    "igraph": igraph,
    "rustworkx": rustworkx,
    "scipy": scipy,
}
# Beyond it a library needs many minutes or gigabytes to be given the network at all.
MOST_CONTACTS = {"networkx": 100_000, "igraph": 1_000_000, "rustworkx": 100_000, "scipy": 1_000_000}
