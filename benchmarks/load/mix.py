"""What people do with the product, and how often: the share of each function among the requests."""

from __future__ import annotations

import bisect
import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

# In tenths of a per cent, by the function that answers. Seven requests of ten read a contact or a list.
SHARES = {
    "get_contact": 450,
    "list_contacts": 250,
    "search_contacts": 80,
    "find_path": 50,
    "get_network": 20,
    "update_contact": 40,
    "create_contact": 25,
    "add_interaction": 25,
    "set_relationship": 10,
    "request_enrichment": 10,
    "import_contacts": 5,
    "request_introduction": 6,
    "answer_introduction": 4,
    "create_invitations": 5,
    "accept_invitation": 3,
    "list_introductions": 7,
    "get_leaderboard": 5,
    "get_viral_stats": 5,
}

_KINDS = list(SHARES)
_UP_TO = list(itertools.accumulate(SHARES.values()))


def draw(chance: random.Random) -> str:
    """The function of the next request."""
    return _KINDS[bisect.bisect(_UP_TO, chance.randrange(_UP_TO[-1]))]
