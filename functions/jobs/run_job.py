"""topic jobs"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.edge.deps import deps
from shared.edge.pubsub import consumer

if TYPE_CHECKING:
    from shared.plumbing.events.outbox import Event


@consumer
def run_job(event: Event) -> None:
    """topic jobs

    Work on a job step by step until it is finished, waits for its user, or the next delivery goes on.
    """
    deps().jobs.process(event.data)
