"""The query parameters of invitations, growth and the leaderboard."""

from __future__ import annotations

import re
from typing import Literal

from shared.parameters import Page, Parameters, one_of, text, whole

Period = Literal["7d", "30d", "all"]
_WINDOW = r"^[1-9][0-9]{0,2}d$"


def _window(days: str) -> str:
    if not re.match(_WINDOW, days, re.ASCII):
        raise ValueError(f'"{days}" is not a window: write a number of days such as 30d, at most 999d')
    return days


class ViralStatsQuery(Parameters):
    """The window in days, today included: `30d`."""

    window: str = text("30d", longest=4, check=_window, pattern=_WINDOW)


class LeaderboardQuery(Page):
    """Which rows of the leaderboard; `period` counts whole days in UTC, today included."""

    period: Period = one_of(Period, default="30d")
    limit: int = whole(20, least=1, most=200)
