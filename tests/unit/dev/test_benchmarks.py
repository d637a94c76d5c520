from __future__ import annotations

from dataclasses import replace

import pytest

import benchmarks.__main__ as running
from benchmarks import baselines, growth, results
from benchmarks.baselines import Baseline, worse
from benchmarks.parts import PARTS, Part
from benchmarks.render import rendered
from benchmarks.results import Limit, Row, Section, Table

MACHINE = {
    "processor": "Abacus", "cores": 2, "memory GB": 24, "system": "Linux 6", "load": 0.1, "commit": "abc", "versions": {"Python": "3.11"},
}  # fmt: skip
COST = Table("cost", [Row("hello", {"us": 290}), Row("contact", {"us": 400}, ratio=1.4)], floor="hello")
SHARE = Table("rates", [Row("import", {"rows/s": 20_000}, size=10_000, ratio=0.8)], floor=r"\copy", more=True)


@pytest.mark.parametrize(("ratio", "allowed"), [(1.4, True), (1.0, True), (1.74, True), (1.76, False)])
def test_a_cost_may_be_worse_by_its_margin(ratio, allowed):
    table = replace(COST, rows=[replace(COST.rows[1], ratio=ratio)])
    found = worse("http_cost", [table], {"http_cost: cost: contact": Baseline(1.4, 0.25)})
    assert (not found) == allowed


@pytest.mark.parametrize(("ratio", "allowed"), [(0.8, True), (2.0, True), (0.61, True), (0.59, False)])
def test_of_what_is_better_when_greater_the_margin_lies_below(ratio, allowed):
    table = replace(SHARE, rows=[replace(SHARE.rows[0], ratio=ratio)])
    found = worse("bulk_import", [table], {"bulk_import: rates: import, 10000": Baseline(0.8, 0.25, more=True)})
    assert (not found) == allowed


def test_a_worse_ratio_is_told_with_its_baseline_and_margin():
    found = worse("http_cost", [COST], {"http_cost: cost: contact": Baseline(1.0, 0.25)})
    assert list(found.values()) == ["http_cost: cost: contact: 1.40, most allowed is 1.25 (baseline 1.00, margin 25%)"]


def test_a_ratio_that_is_not_measured_any_more_does_not_pass():
    gone = {"http_cost: cost: list": Baseline(1.0, 0.25), "search: times: rare prefix": Baseline(1.0, 0.25)}
    assert list(worse("http_cost", [COST], gone)) == ["http_cost: cost: list"]


def test_keeping_replaces_the_parts_ratios_and_leaves_its_margins_and_the_other_parts(tmp_path):
    path = tmp_path / "baselines.json"
    baselines.keep("http_cost", [COST], 0.25, path)
    baselines.keep("bulk_import", [SHARE], 0.35, path)
    dearer = replace(COST, rows=[replace(COST.rows[1], ratio=1.6)])
    baselines.keep("http_cost", [dearer], 0.5, path)
    assert baselines.kept(path) == {
        "http_cost: cost: contact": Baseline(1.6, 0.25),
        "bulk_import: rates: import, 10000": Baseline(0.8, 0.35, more=True),
    }


def test_results_are_read_as_they_were_kept(tmp_path):
    path = tmp_path / "results.json"
    table = replace(COST, rows=[replace(COST.rows[1], spread=(1.3, 1.7), limit=Limit(most=1.6))])
    section = Section("python -m benchmarks.http_cost", 41.5, "2026-11-25", {"cores": 2}, [table, SHARE])
    results.keep("http_cost", section, path)
    results.keep("search", replace(section, tables=[]), path)
    results.keep("search", replace(section, tables=[SHARE]), path)
    assert results.sections(path) == {"http_cost": section, "search": replace(section, tables=[SHARE])}


def test_what_is_kept_has_a_row_in_each_line_and_no_more_digits_than_mean_something(tmp_path):
    path = tmp_path / "results.json"
    rows = [Row("hello", {"us": 290.123456}), Row("contact", {"rows/s": 214351.77}, ratio=1.23456, spread=(1.0, 2.5))]
    results.keep("http_cost", Section("x", 41.5, "2026-11-25", {"cores": 2}, [Table("cost", rows)]), path)
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    assert '{"name": "hello", "metrics": {"us": 290.123}},' in lines
    assert '{"name": "contact", "metrics": {"rows/s": 214352}, "ratio": 1.23456, "spread": [1.0, 2.5]}' in lines
    assert '"machine": {"cores": 2},' in lines


def test_limits_that_do_not_hold_are_told():
    rows = [
        Row("within", {}, ratio=1.6, limit=Limit(most=1.6)),
        Row("beyond", {}, ratio=1.7, limit=Limit(most=1.6)),
        Row("late", {"p95 ms": 12}, size=1_000_000, limit=Limit(most=10, metric="p95 ms")),
        Row("slow", {}, ratio=0.6, limit=Limit(least=0.7)),
    ]
    assert list(results.unmet([Table("cost", rows, sizes="contacts")])) == [
        "beyond: 1.70, wanted at most 1.6",
        "late, 1,000,000 contacts: 12, wanted p95 ms at most 10",
        "slow: 0.60, wanted at least 0.7",
    ]


def test_rows_of_several_sizes_become_columns():
    rows = [Row("query", {"p50 ms": 0.5, "p95 ms": 1.25}, size) for size in (2_000, 10_000)]
    rows.append(Row("peer", {"p50 ms": 100, "p95 ms": 12.5}, 10_000, ratio=200))
    assert results.markdown([Table("paths", rows, floor="the query", sizes="contacts")]).splitlines() == [
        "p50 ms / p95 ms, in brackets times the query:",
        "",
        "|  | 2,000 contacts | 10,000 |",
        "|---|---|---|",
        "| query | 0.50 / 1.25 | 0.50 / 1.25 |",
        "| peer |  | 100 / 12.5 (200) |",
    ]


PAGE = """# Benchmarks
<!-- run -->
<!-- /run -->
Why it is so.
<!-- http_cost -->
what was there
<!-- /http_cost -->
<!-- search -->
measured by hand
<!-- /search -->
"""


def test_metrics_go_between_the_marks_of_their_part_and_the_rest_of_the_page_stays():
    section = Section("python -m benchmarks.http_cost", 41.5, "2026-11-25", MACHINE, [COST])
    page = rendered(PAGE, {"http_cost": section}, {"http_cost": "costs"})
    assert "Why it is so." in page
    assert "measured by hand" in page, "of a part that was not measured what was there stays"
    assert "what was there" not in page
    assert (
        "`python -m benchmarks.http_cost` · 25 November 2026 · 42 s\n\n![costs](plots/http_cost.svg)\n\n|  | us |"
        in page
    )
    assert "on 2 cores (Abacus) with 24 GB, Linux 6" in page
    assert rendered(page, {"http_cost": section}, {"http_cost": "costs"}) == page


def test_the_page_says_what_is_not_as_promised_and_that_the_machine_was_busy():
    late = replace(COST, rows=[replace(COST.rows[1], limit=Limit(most=1.2))])
    section = Section("python -m benchmarks.http_cost", 41.5, "2026-11-25", MACHINE | {"load": 6.5}, [late])
    page = rendered(PAGE, {"http_cost": section}, {})
    assert "- http_cost: contact: 1.40, wanted at most 1.2" in page
    assert "load 6.5 before it" in page


def test_a_part_that_fails_is_told_and_the_others_are_kept(monkeypatch, capsys):
    def tables_of(part, *, quick):
        if part.name == "broken":
            raise running.Failed("broken: ended with 1, see above")
        return [COST]

    kept = {}
    monkeypatch.setattr(running, "tables_of", tables_of)
    monkeypatch.setattr(results, "keep", lambda name, section: kept.update({name: section.tables}))
    assert running.measure([Part("broken"), Part("http_cost")]) == ["broken: ended with 1, see above"]
    assert kept == {"http_cost": [COST]}
    assert "2 of 2: python -m benchmarks.http_cost" in capsys.readouterr().out


@pytest.mark.parametrize(("measured", "fails"), [([1.9, 1.9], True), ([1.9, 1.4], False), ([1.4], False)])
def test_a_ratio_fails_that_is_worse_twice(monkeypatch, measured, fails):
    runs = iter(measured)

    def tables_of(*_, **__):
        return [replace(COST, rows=[replace(COST.rows[1], ratio=next(runs))])]

    monkeypatch.setattr(running, "tables_of", tables_of)
    monkeypatch.setattr(baselines, "kept", lambda: {"http_cost: cost: contact": Baseline(1.4, 0.25)})
    assert bool(running.watch([Part("http_cost", quick="")], keep=False)) == fails
    assert next(runs, None) is None


def test_every_part_has_a_place_in_the_page():
    page = (results.FOLDER / "README.md").read_text(encoding="utf-8")
    for name in ("run", "growth", *(part.name for part in PARTS)):
        assert f"<!-- {name} -->\n" in page
        assert f"<!-- /{name} -->" in page


def test_ten_times_the_work_is_reckoned_from_whatever_sizes_there_are():
    rows = [Row("query", {"p50 ms": ms}, size) for size, ms in ((1_000, 1.0), (100_000, 4.0))]
    assert growth.factor(rows) == pytest.approx(2.0)
    assert growth.factor([Row("import", {"rows/s": 500.0}, size) for size in (10_000, 100_000)]) == pytest.approx(10)
    assert growth.factor(rows[:1]) is None


def test_every_part_has_a_name_of_its_own_and_ci_has_some():
    names = [part.name for part in PARTS]
    assert len(set(names)) == len(names)
    assert [part.name for part in PARTS if part.quick is not None]
