"""Where growth leads, if nothing changes."""

from __future__ import annotations

import math

# Nearer to 1 the closed form divides two differences that rounding has eaten.
_ABOUT_ONE = 1e-9


def users_after(time: float, *, users: float, k_factor: float, cycle: float) -> float:
    """Users after a time, when everybody brings `k_factor` others one cycle after they came.

    U(t) = U0 (K^(t/p + 1) - 1) / (K - 1), the sum of a geometric series; for K = 1 its limit, U0 (t/p + 1).

    Args:
        time: from now, in the unit of `cycle`; 0 or more.
        users: now; all of them counted as new.
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
    """What growth from invitations alone never exceeds, U0 / (1 - K); None where it has no bound."""
    return users / (1 - k_factor) if k_factor < 1 - _ABOUT_ONE else None
