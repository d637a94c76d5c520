from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.enrichment.merge import COLUMNS, Statement, erase, merge, merge_attempts, open_fields

NOBODY = dict.fromkeys(COLUMNS)


def said(provider, at="2026-01-01T00:00:00Z", **fields):
    return Statement(
        provider, at, {name: {"value": value, "confidence": confidence} for name, (value, confidence) in fields.items()}
    )


def entry(value, provider="hunter", confidence=0.9, at="2026-01-01T00:00:00Z"):
    return {"value": value, "provider": provider, "confidence": confidence, "at": at}


def test_a_blank_field_is_filled_and_says_by_whom():
    merged = merge(NOBODY, {}, [said("hunter", title=("CTO", 0.9))], refill=False)

    assert merged.columns == {"title": "CTO"}
    assert merged.fields == {"title": entry("CTO")}


def test_what_the_user_wrote_stays_whatever_the_confidence():
    merged = merge(NOBODY | {"title": "Boss"}, {}, [said("hunter", title=("CTO", 1.0))], refill=True)

    assert (merged.columns, merged.fields) == ({}, {})


def test_what_the_user_changed_after_enrichment_stays():
    merged = merge(
        NOBODY | {"title": "Boss"}, {"title": entry("CTO")}, [said("hunter", title=("CEO", 1.0))], refill=True
    )

    assert merged.columns == {}


@pytest.mark.parametrize(("refill", "expected"), [(False, {}), (True, {"title": "CEO"})])
def test_what_the_user_emptied_is_filled_again_only_when_fresh_answers_were_asked_for(refill, expected):
    merged = merge(NOBODY, {"title": entry("CTO")}, [said("hunter", title=("CEO", 0.9))], refill=refill)

    assert merged.columns == expected


@pytest.mark.parametrize(("confidence", "winner"), [(0.91, "pdl"), (0.9, "hunter"), (0.5, "hunter")])
def test_the_more_confident_provider_wins_and_equals_do_not_replace_each_other(confidence, winner):
    merged = merge(
        NOBODY, {}, [said("hunter", company=("Acme", 0.9)), said("pdl", company=("ACME Inc", confidence))], refill=False
    )

    assert merged.fields["company"]["provider"] == winner


def test_a_provider_s_newer_word_replaces_its_older_one():
    known = NOBODY | {"title": "CTO"}
    merged = merge(known, {"title": entry("CTO", confidence=0.9)}, [said("hunter", title=("CEO", 0.4))], refill=False)

    assert merged.columns == {"title": "CEO"}


def test_facts_without_a_column_are_kept_among_the_fields():
    merged = merge(NOBODY, {}, [said("github", github_url=("https://github.com/ana", 0.7))], refill=False)

    assert (merged.columns, list(merged.fields)) == ({}, ["github_url"])


def test_nothing_is_asked_for_when_every_column_is_filled():
    full = dict.fromkeys(COLUMNS, "x")

    assert open_fields(full, {}, [], refill=False) == set()
    assert open_fields(NOBODY, {}, [said("hunter", **dict.fromkeys(COLUMNS, ("x", 0.9)))], refill=False) == set()
    assert open_fields(NOBODY, {}, [said("domain", company=("x", 0.4))], refill=False) == set(COLUMNS) - {"company"}


def test_what_enrichment_wrote_before_is_open_again_only_for_fresh_answers():
    full = dict.fromkeys(COLUMNS, "x")
    written = {name: entry("x") for name in COLUMNS}

    assert open_fields(full, written, [], refill=False) == set()
    assert open_fields(full, written, [], refill=True) == set(COLUMNS)


def test_erasing_takes_back_what_enrichment_wrote_and_leaves_what_the_user_wrote():
    contact = NOBODY | {"name": "Ana", "title": "CTO", "company": "Acme"}
    written = {"title": entry("CTO"), "company": entry("Acme Ltd"), "avatar_url": entry("https://a.example/1")}

    merged = erase(contact, written)

    assert (merged.columns, merged.fields) == ({"title": None}, {})


def attempt(provider, outcome, credits_charged=0, at="1"):
    return {"provider": provider, "outcome": outcome, "credits": credits_charged, "at": at}


def test_the_latest_attempt_at_each_provider_is_shown():
    assert merge_attempts(
        [attempt("hunter", "rate_limited"), attempt("pdl", "found", 2)], [attempt("hunter", "found", 1, at="2")]
    ) == [attempt("hunter", "found", 1, at="2"), attempt("pdl", "found", 2)]


def test_an_answer_that_was_paid_for_still_shows_its_price_when_it_is_found_again():
    assert merge_attempts([attempt("pdl", "found", 2)], [attempt("pdl", "found", 0)]) == [attempt("pdl", "found", 2)]


def test_why_a_provider_refused_is_not_hidden_by_its_being_left_alone_since():
    before = [attempt("hunter", "out_of_quota")]

    assert merge_attempts(before, [attempt("hunter", "refused", at="2")]) == before


values = st.sampled_from(["", "a", "b"])
statements = st.lists(
    st.builds(
        Statement,
        st.sampled_from(["hunter", "pdl"]),
        st.just("2026-01-01T00:00:00Z"),
        st.dictionaries(
            st.sampled_from(COLUMNS),
            st.fixed_dictionaries(
                {"value": st.sampled_from(["a", "b", "c"]), "confidence": st.sampled_from([0.3, 0.9])}
            ),
        ),
    ),
    max_size=4,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(COLUMNS, values)), statements, statements, st.booleans())
def test_merging_is_idempotent_and_never_touches_what_the_user_wrote(columns, first, second, refill):
    merged = merge(columns, {}, first, refill=refill)
    after = columns | merged.columns

    assert all(after[name] == columns[name] for name in COLUMNS if columns[name])
    assert merge(after, merged.fields, [], refill=refill).columns == {}
    again = merge(after, merged.fields, second, refill=refill)
    once_more = merge(after | again.columns, again.fields, second[-1:], refill=refill)
    assert all((after | again.columns | once_more.columns)[name] == columns[name] for name in COLUMNS if columns[name])
