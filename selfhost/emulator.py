"""Topics and push subscriptions in Google's Pub/Sub emulator, as Terraform makes them in the cloud.

The server uses an emulator where `PUBSUB_EMULATOR_HOST` is set: `gcloud beta emulators pubsub start`.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from google.api_core.exceptions import AlreadyExists
from google.cloud import pubsub_v1  # type: ignore[attr-defined]
from google.protobuf.duration_pb2 import Duration

from shared.edge.pubsub import dead_letter_topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shared.manifest import Function

# As in terraform/messaging.tf.
LEAST_BACKOFF_S, MOST_BACKOFF_S = 10, 600
MAX_ATTEMPTS = 12
GRACE_S = 10


def make_subscriptions(
    functions: Iterable[Function], *, project: str, base_url: str, token: str, least_backoff_s: float = LEAST_BACKOFF_S
) -> list[str]:
    """Make a topic, a dead letter topic and their subscriptions for every consumer; keep those that exist.

    Args:
        functions: functions of the manifest.
        project: id of the project.
        base_url: address of the gateway, for pushes.
        token: secret that proves to the gateway that the emulator pushes.
        least_backoff_s: delay before a failed message is delivered again.

    Returns:
        The topics.
    """
    consumers = [function for function in functions if function.topic]
    with pubsub_v1.PublisherClient() as publisher, pubsub_v1.SubscriberClient() as subscriber:
        for consumer in consumers:
            topic = publisher.topic_path(project, consumer.topic)
            buried = publisher.topic_path(project, dead_letter_topic(consumer))
            for path in (topic, buried):
                with contextlib.suppress(AlreadyExists):
                    publisher.create_topic(name=path)
            with contextlib.suppress(AlreadyExists):
                subscriber.create_subscription(
                    name=subscriber.subscription_path(project, dead_letter_topic(consumer)), topic=buried
                )
            request = {
                "name": subscriber.subscription_path(project, consumer.name.replace("_", "-")),
                "topic": topic,
                "push_config": {"push_endpoint": f"{base_url}/{topic}?token={quote(token)}"},
                "ack_deadline_seconds": min(600, int(consumer.settings["timeout_s"]) + GRACE_S),
                "retry_policy": {
                    "minimum_backoff": _duration(least_backoff_s),
                    "maximum_backoff": _duration(MOST_BACKOFF_S),
                },
                "dead_letter_policy": {
                    "dead_letter_topic": buried,
                    "max_delivery_attempts": consumer.settings.get("max_attempts", MAX_ATTEMPTS),
                },
            }
            try:
                subscriber.create_subscription(request=request)
            except AlreadyExists:  # made by an earlier run, with another token
                subscriber.modify_push_config(subscription=request["name"], push_config=request["push_config"])
    return [consumer.topic or "" for consumer in consumers]


def _duration(seconds: float) -> Duration:
    return Duration(seconds=int(seconds), nanos=int(seconds % 1 * 1e9))
