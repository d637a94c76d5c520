from __future__ import annotations

import pytest

from shared.names import visible_name

NOTHING = ["", " ", "\t\n", "\u200b", "\u200e\u200f\u202e", "\u00a0\u3000", "\u2028", "\ufeff", "\u00ad", "\u3164\u115f\u1160\uffa0", "\u2800", "\u034f\ufe0f", "\U000e0041"]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_a_name_that_nobody_sees_is_none(text):
    assert visible_name(text) == ""
    assert visible_name(text, None, text, "Somebody") == "Somebody"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ana Bell", "Ana Bell"),
        ("  Ana\r\nBcc:\tall ", "Ana Bcc: all"),
        ("A\u200bna\u202e Bell\u2066", "Ana Bell"),
        ("Ana\u2028Bell\u0085X", "Ana Bell X"),
        ("José 王小明 سارة 👩🏽", "José 王小明 سارة 👩🏽"),
        ("Ana\ud800", "Ana"),
    ],
)
def test_of_a_name_everything_is_shown_that_can_be_seen(written, shown):
    assert visible_name(written) == shown
