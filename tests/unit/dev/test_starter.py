from __future__ import annotations

import csv
import io
import re

import pytest

from dev.seed.starter import COMPANY, FOLDER, NAME, TITLE, files


@pytest.fixture(scope="module")
def made() -> dict[str, list[dict[str, str]]]:
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in files().items()}


def test_the_files_of_the_app_are_what_is_invented() -> None:
    """Write them anew with `python -m dev.seed.starter`."""
    assert files() == {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.csv")}


def test_everybody_has_an_address_of_their_own_under_a_domain_that_never_exists(made) -> None:
    addresses = [person["Email"] for person in made["contacts.csv"]]
    assert len(set(addresses)) == len(addresses) > 250
    assert all(re.fullmatch(r"[a-z0-9.]+@[a-z0-9]+\.example", address) for address in addresses)


def test_ties_and_the_past_are_of_people_who_are_there(made) -> None:
    there = {person["Email"] for person in made["contacts.csv"]}
    assert {tie[end] for tie in made["ties.csv"] for end in ("from_email", "to_email")} <= there
    assert {one["email"] for one in made["interactions.csv"]} <= there
    assert all(0.5 < float(one["days_ago"]) < 400 for one in made["interactions.csv"])


def test_the_examples_of_the_first_page_are_there_and_not_known_yet(made) -> None:
    people = made["contacts.csv"]
    known = {one["email"] for one in made["interactions.csv"]}
    (target,) = [person for person in people if person["Name"] == NAME]
    colleagues = [person for person in people if person["Company"] == COMPANY]
    heads = [person for person in people if person["Title"] == TITLE]
    assert target in colleagues
    assert min(len(colleagues), len(heads)) >= 3
    assert not known & {person["Email"] for person in [*colleagues, *heads]}
