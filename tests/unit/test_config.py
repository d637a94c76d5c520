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
