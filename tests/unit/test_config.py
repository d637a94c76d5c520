from __future__ import annotations

import pytest

from shared.config import ConfigurationError, LetterLimits, Settings

NEEDED = {"DATABASE_URL": "postgresql://x", "OIDC_ISSUER": "i", "OIDC_AUDIENCE": "a", "OIDC_JWKS_URL": "http://k"}


def test_limits_of_letters_are_settings_and_empty_ones_are_the_usual():
    read = Settings.from_environment(
        NEEDED | {"LETTERS_PER_DAY": "7", "LETTERS_MAILBOX_PER_DAY": "0", "LETTERS_PAIR_PER_MONTH": ""}
    )

    assert read.letters == LetterLimits()._replace(per_day=7, mailbox_per_day=0)


@pytest.mark.parametrize("value", ["-1", "1.5", "many", "100001", "9" * 30, "9" * 10_000, "²"])
def test_a_limit_that_is_none_is_named_with_its_value(value):
    with pytest.raises(
        ConfigurationError, match="LETTERS_PER_DAY must be a whole number from 0 to 100000, not"
    ) as told:
        Settings.from_environment(NEEDED | {"LETTERS_PER_DAY": value})
    assert value in str(told.value)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"REDIS_MODE": "sentinel"}, 'REDIS_MODE must be server or cluster, not "sentinel"'),
        ({"REDIS_SIGN_IN": "token"}, 'REDIS_SIGN_IN must be password or iam, not "token"'),
        (
            {"REDIS_MODE": "cluster", "REDIS_URL": "unix:///run/redis"},
            "REDIS_URL must begin with redis:// or rediss://",
        ),
        ({"REDIS_MODE": "cluster"}, "REDIS_URL must begin with redis:// or rediss://"),
        (
            {"REDIS_MODE": "cluster", "REDIS_URL": "redis://h/2"},
            "REDIS_URL must name no database with REDIS_MODE=cluster",
        ),
        ({"REDIS_SIGN_IN": "iam", "REDIS_URL": "rediss://h"}, "REDIS_SIGN_IN=iam goes with REDIS_MODE=cluster"),
        ({"REDIS_MODE": "cluster", "REDIS_SIGN_IN": "iam", "REDIS_URL": "redis://h"}, "needs a REDIS_URL with TLS"),
        ({"REDIS_MODE": "cluster", "REDIS_SIGN_IN": "iam", "REDIS_URL": "rediss://:p@h"}, "without a password"),
    ],
)
def test_settings_of_redis_that_do_not_go_together_are_named(given, problem):
    with pytest.raises(ConfigurationError) as told:
        Settings.from_environment(NEEDED | given)
    assert problem in str(told.value)


def test_a_cluster_is_signed_in_to_by_iam_over_tls():
    given = {"REDIS_MODE": "cluster", "REDIS_SIGN_IN": "iam", "REDIS_URL": "rediss://10.0.0.5:6379"}
    read = Settings.from_environment(NEEDED | given)

    assert (read.redis_mode, read.redis_sign_in) == ("cluster", "iam")


def test_operators_are_addresses_or_domains():
    named = Settings.from_environment(NEEDED | {"OPERATORS": " Ana@Example.com, @ops.example "})
    assert named.operators == ("ana@example.com", "@ops.example")
    with pytest.raises(ConfigurationError, match=r'OPERATORS must be addresses.*, not "ana"'):
        Settings.from_environment(NEEDED | {"OPERATORS": "ana"})
