"""Each provider against its documented answers, errors and limits; the fake server answers in their form."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from shared.enrichment.providers.catalog import make_waterfall
from shared.enrichment.providers.provider import (
    Found,
    Hints,
    NoAnswer,
    NotFound,
    OutOfQuota,
    RemovedBySubject,
    RetryLater,
    Unauthorised,
)

EVERY = ["gravatar", "github", "hunter", "pdl", "apollo"]
PAID = ["hunter", "pdl", "apollo"]
each = pytest.mark.parametrize("name", EVERY)


@pytest.fixture
def ask(fake, person):
    """Asks one provider about the person."""

    def ask(name, email=None, timeout_s=10, **settings):
        environ = fake.environ(name, timeout_s=timeout_s) | settings
        (provider,) = make_waterfall(environ)
        return provider.enrich(email or person.email, Hints())

    return ask


@each
def test_a_person_is_found(fake, person, ask, name):
    fake.knows(person)

    answer = ask(name)

    assert isinstance(answer, Found)
    said = {field: value.value for field, value in answer.fields.items()}
    assert said["name"] == person.name
    assert said["company"] == person.company
    assert said["location"] == person.location
    if name in PAID:
        assert said["title"] == person.title
        assert said["linkedin_url"] == f"https://www.linkedin.com/in/{person.linkedin}"
    assert all(0 < value.confidence <= 1 for value in answer.fields.values())


@each
def test_nobody_is_found(person, ask, name):
    assert ask(name) == NotFound()


@each
def test_the_vendor_s_own_path_and_key_are_sent(fake, person, ask, name):
    fake.knows(person)
    ask(name)

    method, path, headers = fake.requests[0]
    expected = {
        "gravatar": ("GET", "/gravatar/v3/profiles/"),
        "github": ("GET", "/github/search/users?q="),
        "hunter": ("GET", "/hunter/v2/combined/find?email="),
        "pdl": ("GET", "/pdl/v5/person/enrich?email="),
        "apollo": ("POST", "/apollo/api/v1/people/match?email="),
    }[name]
    assert (method, path[: len(expected[1])]) == expected
    assert "key" not in path
    if name in PAID:
        assert f"{name}-key" in headers["x-api-key"]


@each
def test_a_key_that_is_not_taken(fake, person, ask, name):
    fake.knows(person)
    fake.script(name, person.email, "unauthorised")

    with pytest.raises(Unauthorised):
        ask(name)


@each
def test_a_limit_of_the_rate_says_when_to_come_back(fake, person, ask, name):
    fake.wait_s = 17
    fake.script(name, person.email, "rate_limited")
    fake.knows(person)

    with pytest.raises(RetryLater) as caught:
        ask(name)
    assert caught.value.retry_after_s == pytest.approx(17)


@pytest.mark.parametrize("name", PAID)
def test_a_quota_that_is_used_up(fake, person, ask, name):
    fake.script(name, person.email, "out_of_quota")

    with pytest.raises(OutOfQuota):
        ask(name)


@pytest.mark.parametrize("name", PAID)
def test_a_person_who_asked_to_be_removed(fake, person, ask, name):
    fake.script(name, person.email, "removed")

    with pytest.raises(RemovedBySubject):
        ask(name)


@each
@pytest.mark.parametrize(
    "trouble", ["error", "no_json", "list", "reset", "hang", "truncated", "huge", "redirect", "drip"]
)
def test_anything_else_is_no_answer_and_soon(fake, person, ask, name, trouble):
    fake.knows(person)
    fake.hang_s = 1.5
    fake.script(name, person.email, *[trouble] * 3)
    started = time.monotonic()

    with pytest.raises(NoAnswer):
        ask(name, timeout_s=0.5)
    assert time.monotonic() - started < 4


@pytest.mark.parametrize("name", ["gravatar", "hunter", "apollo"])
def test_an_answer_about_somebody_else_is_none(fake, person, ask, name):
    fake.knows(person)
    fake.script(name, person.email, "stranger")

    with pytest.raises(NoAnswer):
        ask(name)


@each
def test_a_busy_front_door_is_knocked_at_again_at_once(fake, person, ask, name):
    fake.knows(person)
    fake.script(name, person.email, "busy", "busy")

    assert isinstance(ask(name, **{f"{name.upper()}_TIMEOUT_S": "5"}), Found)


def test_what_may_have_been_counted_is_not_asked_twice(fake, person, ask):
    fake.knows(person)
    fake.hang_s = 1
    fake.script("hunter", person.email, "hang")

    with pytest.raises(NoAnswer):
        ask("hunter", timeout_s=0.5)
    time.sleep(0.8)
    assert fake.asked("hunter", person.email) == 1


def test_a_redirect_is_not_followed(fake, person, ask):
    fake.script("hunter", person.email, "redirect")

    with pytest.raises(NoAnswer, match="302"):
        ask("hunter")
    assert len(fake.requests) == 1


def test_a_vendor_that_is_not_there_is_no_answer(ask):
    with pytest.raises(NoAnswer):
        ask("gravatar", GRAVATAR_BASE_URL="http://127.0.0.1:9")


def test_gravatar_asks_by_the_documented_hash(fake, ask):
    ask("gravatar", "MyEmailAddress@example.com ")

    assert fake.requests[0][1].endswith("/84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee")


def test_hunter_is_less_sure_of_a_fuzzy_match(fake, person, monkeypatch, ask):
    from tests.fakes.providers import answers

    fake.knows(person)
    sure = ask("hunter").fields["title"].confidence
    exact = answers.hunter

    def fuzzy(known):
        status, headers, body = exact(known)
        body["data"]["person"]["fuzzy"] = True
        return status, headers, body

    monkeypatch.setattr(answers, "hunter", fuzzy)
    assert ask("hunter").fields["title"].confidence < sure


def test_pdl_s_confidence_follows_its_likelihood(fake, person, monkeypatch, ask):
    from tests.fakes.providers import answers

    fake.knows(person)
    exact = answers.pdl

    def with_likelihood(likelihood):
        def answer(known):
            status, headers, body = exact(known)
            return status, headers, body | {"likelihood": likelihood}

        monkeypatch.setattr(answers, "pdl", answer)
        return ask("pdl")

    assert with_likelihood(10).fields["title"].confidence > with_likelihood(6).fields["title"].confidence
    assert with_likelihood(2) == NotFound()
    with pytest.raises(NoAnswer):
        with_likelihood("very")


def test_github_passes_over_addresses_that_only_contain_the_one_asked_for(fake, person, ask):
    fake.knows(replace(person, email=f"x{person.email}"))
    fake.people[person.email.lower()] = replace(person, email=f"x{person.email}")

    assert ask("github") == NotFound()


def test_github_is_asked_nothing_that_would_be_another_search(fake, ask):
    assert ask("github", 'a" in:login repo:x@y.example') == NotFound()
    assert fake.requests == []


@pytest.mark.parametrize(("match", "found"), [("none", False), ("low", True), ("high", True)])
def test_apollo_s_confidence_follows_its_match(fake, person, monkeypatch, ask, match, found):
    from tests.fakes.providers import answers

    fake.knows(person)
    exact = answers.apollo

    def answer(known):
        status, headers, body = exact(known)
        return status, headers, body | {"match_confidence": match}

    monkeypatch.setattr(answers, "apollo", answer)
    assert isinstance(ask("apollo"), Found) is found
