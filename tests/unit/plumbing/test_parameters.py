"""Query strings: what is taken, what is refused and in which words."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

import pytest

from shared.errors import ValidationFailed
from shared.parameters import Page, Parameters, decimal, flag, identifier, one_of, text, texts, whole

ID = "6f1b8f0e-3f5e-4a52-9d5a-0d8f6a0a7c11"


class Everything(Page):
    """One of each kind."""

    limit: int = whole(20, least=-5, most=200)
    share: float | None = decimal(least=0, most=1)
    wanted: bool = flag()
    known: bool | None = flag(default=None)
    sort: str = one_of(Literal["up", "down"], default="up")
    from_: UUID | None = identifier(name="from")
    words: str | None = text(longest=5, least=2)
    tags: list[str] = texts(longest=3, most=2)

    def check(self) -> None:
        """Two parameters that exclude each other."""
        if self.wanted and self.known:
            raise ValueError("wanted and known exclude each other")


def test_what_is_left_out_has_its_default() -> None:
    query = Everything.parse({})
    assert (query.limit, query.cursor, query.share, query.wanted, query.known) == (20, None, None, False, None)
    assert (query.sort, query.from_, query.words, query.tags) == ("up", None, None, [])


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("limit", ["-5"], -5),
        ("limit", ["1", "200"], 200),
        ("share", ["1e-3"], 0.001),
        ("wanted", ["TRUE"], True),
        ("known", ["off"], False),
        ("sort", ["down"], "down"),
        ("from", [ID], UUID(ID)),
        ("words", [" abc "], "abc"),
        ("tags", [" a", "b"], ["a", "b"]),
    ],
)
def test_takes(name: str, given: list[str], value: Any) -> None:
    query = Everything.parse({name: given})
    assert getattr(query, "from_" if name == "from" else name) == value


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *(("limit", [bad]) for bad in ("", "201", "-6", "1.0", "1_0", " 1", "٣", "9" * 5000, "0x1", "+1")),
        *(("share", [bad]) for bad in ("", "nan", "inf", "1e999", "1_0", "1.01", "-0.1")),
        *(("wanted", [bad]) for bad in ("", "2", "maybe")),
        *(("sort", [bad]) for bad in ("", "UP", "sideways")),
        *(("from", [bad]) for bad in ("", "1", ID + "0")),
        *(("words", [bad]) for bad in ("", "a", "   a", "abcdef", "a\0b")),
        *(("tags", bad) for bad in (["a", "b", "c"], ["abcd"], ["\0"])),
        ("nonsense", ["1"]),
        ("from_", [ID]),
        ("declared", ["x"]),
    ],
)
def test_refuses_and_names_what(name: str, given: list[str]) -> None:
    with pytest.raises(ValidationFailed) as refused:
        Everything.parse({name: given})
    (error,) = refused.value.errors
    assert error.field == name
    assert len(error.message) < 200


def test_names_every_parameter_at_fault() -> None:
    class Needy(Parameters):
        q: str = text(longest=5, required=True)
        n: int = whole(1, least=1, most=2)

    with pytest.raises(ValidationFailed) as refused:
        Needy.parse({"n": ["3"], "m": ["1"]})
    assert {error.field for error in refused.value.errors} == {"q", "n", "m"}


def test_what_parameters_mean_together_is_checked_last() -> None:
    with pytest.raises(ValidationFailed, match="exclude each other"):
        Everything.parse({"wanted": ["1"], "known": ["1"]})


def test_a_value_that_is_not_declared_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="nonsense"):
        Everything(nonsense=1)
