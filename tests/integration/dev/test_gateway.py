from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Api


def test_an_unknown_path_is_a_404_problem(api: Api) -> None:
    answer = api.get("/api/crm/nothing")
    assert (answer.status_code, answer.mimetype, answer.json["code"]) == (404, "application/problem+json", "not_found")
