from __future__ import annotations

from tests.integration.introductions.conftest import deliver, deliveries, schedule

__all__ = ["deliver", "deliveries", "schedule"]
