"""The client that an installation needs: of one server, or of a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.plumbing.redis.client import RedisClient

if TYPE_CHECKING:
    from shared.plumbing.redis.cluster import ClusterClient

    Redis = RedisClient | ClusterClient


def open_redis(url: str, ca_file: str = "", *, cluster: bool = False, by_iam: bool = False) -> Redis:
    """Return the client of one server, or of a cluster.

    Args:
        url: see `RedisClient` and `ClusterClient`.
        ca_file: certificate authority of a `rediss://` server; empty: the system's.
        cluster: whether the URL leads to a cluster.
        by_iam: sign in to the cluster by access tokens of the service account that this instance runs as.

    Raises:
        ValueError: the URL has another form.
    """
    if not cluster:
        return RedisClient(url, ca_file)
    from shared.plumbing.redis.cluster import ClusterClient  # noqa: PLC0415 - only where there is a cluster

    if not by_iam:
        return ClusterClient(url, ca_file)
    from shared.plumbing.google_api import CLOUD_SCOPE, AccessToken  # noqa: PLC0415 - as above

    return ClusterClient(url, ca_file, AccessToken(CLOUD_SCOPE).current)
