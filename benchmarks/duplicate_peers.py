"""Splink on the labelled books of `duplicates`, prepared as a careful user would: accents and scripts folded, phones cut, companies cleaned.

Its weights are learnt from the labels of another book, and its threshold is the best one on that book.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd
import splink.comparison_library as cl
from anyascii import anyascii
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.results import Row

if TYPE_CHECKING:
    from benchmarks.duplicate_books import Card

TITLES = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "prof",
        "professor",
        "dipl",
        "ing",
        "phd",
        "mba",
        "cfa",
        "pmp",
        "md",
        "esq",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
    ]
)
LEGAL = re.compile(r"\b(inc|llc|ltd|corp|gmbh|ag|sas|sa|srl|sl|bv|group|holding|labs|partners)\b")

Scored = list[tuple[float, int, int]]
Pair = tuple[int, int]


def splink_rows(books: dict[str, list[Card]]) -> list[Row]:
    """A row for each book; each learns from the book before it."""
    names = list(books)
    rows = []
    for place, name in enumerate(names):
        other = books[names[place - 1]]
        learnt = _trained(_frame(other))
        threshold = max(_curve(_predicted(_frame(other), learnt), _truth(other)))[1]
        scored, truth = _predicted(_frame(books[name]), learnt), _truth(books[name])
        right = sum((a, b) in truth for score, a, b in scored if score >= threshold)
        found = sum(score >= threshold for score, _, _ in scored)
        best = max(_curve(scored, truth))[0]
        metrics = {
            "precision": right / max(1, found),
            "recall": right / len(truth),
            "F1": 2 * right / (found + len(truth)),
            "best F1": best,
        }
        rows.append(Row(f"{name}, Splink", metrics, size=len(books[name])))
    return rows


def _fold(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", anyascii(text).lower()).strip()


def _frame(cards: list[Card]) -> Any:
    rows = []
    for place, card in enumerate(cards):
        last, comma, first = re.sub(r"\(.*?\)", " ", card.name).partition(",")
        words = [word for word in _fold(f"{first} {last}" if comma else last).split() if word not in TITLES]
        emails = [email.lower() for email in card.emails]
        if not words and emails:
            words = [part for part in re.split(r"[._\-]+", re.sub(r"\d", "", emails[0].split("@")[0])) if part]
        phones = [re.sub(r"\D", "", phone)[-9:] for phone in card.phones]
        rows.append(
            {
                "unique_id": place, "person": card.person, "first": words[0] if words else None, "last": words[-1] if len(words) > 1 else None,
                "email": emails[0] if emails else None, "emails": emails or None, "phone": phones[0] if phones else None, "phones": phones or None,
                "local": re.sub(r"[^a-z0-9]", "", emails[0].split("@")[0]) if emails else None, "company": LEGAL.sub("", _fold(card.company)).strip() or None,
                "title": _fold(card.title) or None, "place": _fold(card.location) or None, "born": card.birthday or None,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _settings() -> Any:
    comparisons = [
        cl.NameComparison("first").configure(term_frequency_adjustments=True),
        cl.NameComparison("last").configure(term_frequency_adjustments=True),
        cl.ArrayIntersectAtSizes("emails", [1]), cl.EmailComparison("email"), cl.ArrayIntersectAtSizes("phones", [1]),
        cl.JaroWinklerAtThresholds("company", [0.92]).configure(term_frequency_adjustments=True),
        cl.ExactMatch("title"), cl.ExactMatch("place"), cl.ExactMatch("born"),
    ]  # fmt: skip
    rules = [
        block_on("first", "last"), "l.first = r.last and l.last = r.first", block_on("last", "substr(first,1,1)"), block_on("first", "company"),
        block_on("local"), block_on("phone"), block_on("first", "substr(last,1,3)"), block_on("emails", arrays_to_explode=["emails"]),
        block_on("phones", arrays_to_explode=["phones"]),
    ]  # fmt: skip
    return SettingsCreator(
        link_type="dedupe_only", comparisons=comparisons, blocking_rules_to_generate_predictions=rules
    )


def _linker(frame: Any, learnt: Any = None) -> Any:
    database = DuckDBAPI()
    linker = Linker(database.register(frame, dataset_display_name="book"), learnt or _settings(), log_level=40)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("first", "last"), block_on("phone")], recall=0.6
    )
    return linker


def _trained(frame: Any) -> Any:
    linker = _linker(frame)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6)
    linker.training.estimate_m_from_label_column("person")
    return linker.misc.save_model_to_json()


def _predicted(frame: Any, learnt: Any) -> Scored:
    found = _linker(frame, learnt).inference.predict(threshold_match_probability=0.0005)
    table = found.as_pandas_dataframe() if hasattr(found, "as_pandas_dataframe") else found.as_duckdbpyrelation().df()
    pairs = zip(table.match_probability, table.unique_id_l, table.unique_id_r, strict=True)
    return sorted(((float(score), min(a, b), max(a, b)) for score, a, b in pairs), reverse=True)


def _truth(cards: list[Card]) -> set[Pair]:
    by_person: dict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        by_person[card.person].append(place)
    return {pair for places in by_person.values() for pair in itertools.combinations(places, 2)}


def _curve(scored: Scored, truth: set[Pair]) -> list[tuple[float, float]]:
    """F1 at each threshold."""
    right, curve = 0, [(0.0, 1.0)]
    for number, (score, a, b) in enumerate(scored, 1):
        right += (a, b) in truth
        if number == len(scored) or scored[number][0] < score:
            curve.append((2 * right / (number + len(truth)), score))
    return curve
