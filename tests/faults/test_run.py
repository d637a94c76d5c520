"""Faults while people are at work: a dozen in `make test`, hundreds in `make faults`."""

from __future__ import annotations

import pytest

from tests.faults.emulator import GCLOUD
from tests.faults.run import run

pytestmark = [
    pytest.mark.timeout(600),
    # what is cut is cut, also in the middle of a mail
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_every_promise_is_kept_through_a_dozen_faults():
    report = run(1, 5, carrier="outbox", users=3, gap_s=0.4)
    print(report)
    assert report.findings == {}
    assert report.metrics["acknowledged writes"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, 8, 9])
def test_every_promise_is_kept_through_a_hundred_faults(seed):
    carrier = "pubsub" if seed % 2 and GCLOUD else "outbox"
    report = run(seed, 75, carrier=carrier)
    print(report)
    assert report.findings == {}
