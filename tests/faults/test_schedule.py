from __future__ import annotations

from tests.faults.schedule import KINDS, schedule

ALL = frozenset(kind.needs for kind in KINDS if kind.needs)


def test_the_same_seed_makes_the_same_faults():
    assert schedule(7, 300, gap_s=0.7, has=ALL) == schedule(7, 300, gap_s=0.7, has=ALL)
    assert schedule(7, 300, gap_s=0.7, has=ALL) != schedule(8, 300, gap_s=0.7, has=ALL)


def test_every_kind_comes_on_every_target():
    planned = schedule(7, 3000, gap_s=0.5, has=ALL)
    assert {(fault.kind, fault.target) for fault in planned} == {(kind.name, t) for kind in KINDS for t in kind.targets}


def test_nothing_is_planned_that_the_world_does_not_have():
    assert not {"disk", "pubsub"} & {fault.target for fault in schedule(7, 3000, gap_s=0.5)}


def test_nothing_is_disturbed_again_before_it_was_healed():
    ends: dict[str, float] = {}
    for fault in schedule(7, 3000, gap_s=0.5, has=ALL):
        held = f"{fault.kind == 'wrong clock'} {fault.target}"
        assert ends.get(held, 0) < fault.at_s
        ends[held] = fault.at_s + fault.lasts_s
