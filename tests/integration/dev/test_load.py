from __future__ import annotations

import asyncio

import pytest

from benchmarks.load.drive import Driver
from benchmarks.load.stack import FORMS, Size, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
SMALL = Size(users=12, contacts=120, most=500)


@pytest.mark.parametrize("form", FORMS)
def test_a_mix_of_requests_is_answered_without_an_error_and_all_events_arrive(form):
    async def driven() -> None:
        driver = Driver(stack)
        step = await driver.step(rate=20, duration_s=20)
        await driver.drain()
        driver.close()

        assert step.errors == {}
        assert step.requests > 300
        assert {"get_contact", "list_contacts", "update_contact", "create_contact", "find_path"} <= set(step.kinds)

    with running(form, SMALL) as stack:
        asyncio.run(driven())
        assert stack.waiting_events() == 0
        assert list(stack.mailbox.glob("*.json"))
