"""The types of events that webhooks are told of."""

from __future__ import annotations

from typing import Literal, get_args

# "*" stands for all of them, those to come included.
EventType = Literal[
    "*", "contact.created", "contact.updated", "contact.deleted", "contact.merged",
    "introduction.requested", "introduction.connector_accepted", "introduction.introduced", "introduction.completed",
    "introduction.declined", "introduction.not_now", "introduction.withdrawn", "introduction.expired",
    "import.finished", "job.finished",
]  # fmt: skip
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
# Sent to webhooks that want any event of contacts, where a statement changes more than twenty of them.
MANY_CHANGED = "contacts.changed"
TEST = "webhook.test"
