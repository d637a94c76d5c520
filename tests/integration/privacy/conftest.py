from __future__ import annotations

from tests.integration.introductions.conftest import clock, deliver, deliveries, mail, schedule

__all__ = ["clock", "deliver", "deliveries", "mail", "schedule"]
