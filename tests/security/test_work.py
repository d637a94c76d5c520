"""Reading a file costs by its size: the lines of code that run are counted, not seconds, so a busy machine changes nothing.

What a single call of the standard library does (an expression, a search in a text) is not counted by lines; its input is bounded by the
readers' limits.
"""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest

from shared.contacts.importing.reader import open_contacts
from shared.errors import CrmError
from tests.security.hostile_files import FILES, REFUSED

SIZE, TIMES = 300, 4
# Four times the file may cost four times the work and half as much more, for what is remembered up to a number; the square is sixteen.
MOST = TIMES * 1.5


def work(data: bytes) -> int:
    """Lines and calls that run while a file is read to its end, or refused."""
    count = 0

    def of_line(_frame: Any, _event: str, _argument: Any) -> Any:
        nonlocal count
        count += 1
        return of_line

    def of_call(_frame: Any, _event: str, _argument: Any) -> None:
        nonlocal count
        count += 1

    traced, profiled = sys.gettrace(), sys.getprofile()
    sys.settrace(of_line)
    sys.setprofile(of_call)
    try:
        for _ in open_contacts(io.BytesIO(data)).records:
            pass
    except CrmError:
        pass
    finally:
        sys.settrace(traced)
        sys.setprofile(profiled)
    return count


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_four_times_as_long_is_four_times_the_work_at_most(kind: str) -> None:
    work(FILES[kind](2))  # what is loaded at the first file of a format
    once, more = work(FILES[kind](SIZE)), work(FILES[kind](SIZE * TIMES))
    assert more <= once * MOST, f"{once:,} steps for {SIZE} of them, {more:,} for {SIZE * TIMES}"


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_of_more_than_any_list_has_is_refused_by_name_and_at_once(kind: str) -> None:
    made, error, named = REFUSED[kind]
    data = made()
    with pytest.raises(error, match=named):
        for _ in open_contacts(io.BytesIO(data)).records:
            pass
    # a few hundred steps for each thing that the file has, none for what a number in it claims
    assert work(data) < 200_000 + len(data)
