"""The projection of growth from the present rate."""

from __future__ import annotations

import math

# Closer to 1 the closed form divides two differences that rounding has made meaningless.
_ABOUT_ONE = 1e-9


def users_after(time: float, *, users: float, k_factor: float, cycle: float) -> float:
    """Project the number of users after a time, when each user brings `k_factor` others one cycle after joining.

    U(t) = U0 (K^(t/p + 1) - 1) / (K - 1), the sum of a geometric series; for K = 1 its limit, U0 (t/p + 1).

    Args:
        time: from now, in the unit of `cycle`; 0 or more.
        users: the number now; all of them count as new.
        k_factor: 0 or more.
        cycle: length of a cycle; more than 0.
    """
    cycles = time / cycle
    if abs(k_factor - 1) < _ABOUT_ONE:
        return users * (cycles + 1)
    if k_factor == 0:
        return users
    # expm1 keeps the digits that K^x - 1 loses where K is near 1.
    return users * math.expm1((cycles + 1) * math.log(k_factor)) / (k_factor - 1)


def ceiling(users: float, k_factor: float) -> float | None:
    """The limit of growth from invitations alone, U0 / (1 - K); None where growth has no limit."""
    return users / (1 - k_factor) if k_factor < 1 - _ABOUT_ONE else None
