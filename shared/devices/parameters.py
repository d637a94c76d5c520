"""The query strings of devices."""

from __future__ import annotations

from typing import Literal

from shared.parameters import Parameters, one_of

Phone = Literal["apple", "android", "other"]


class ConnectQuery(Parameters):
    """Which phone a link sets up.

    Attributes:
        phone: `apple` downloads a profile, `android` opens DAVx5, `other` shows address, name and password; the link is used up by each.
    """

    phone: Phone | None = one_of(Phone, name="for")
