"""One Cloud Run service: which of its functions answers, and when it says that it may be asked."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from selfhost import service
from selfhost.gateway import Functions
from selfhost.service import Service, Startup
from shared.config import ConfigurationError, Settings
from shared.edge.deps import deps
from shared.errors import Unavailable
from shared.manifest import functions

if TYPE_CHECKING:
    from collections.abc import Callable

FUNCTIONS = Functions()


def asked(names: str, method: str, path: str) -> tuple[int, str]:
    """Status and code or text of an answer by a service of these functions."""
    served = {name: functions()[name] for name in names.split(",")}
    answer = Client(Service(served, FUNCTIONS, Startup(lambda: None))).open(path, method=method, json={"x": 1})
    text = answer.get_data(as_text=True)
    return answer.status_code, json.loads(text).get("code", "") if text.startswith("{") else text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/crm/openapi.json", 200),
        ("GET", "/functions/get_openapi", 404),
        ("POST", "/projects/crm-test/topics/email", 400),
        ("POST", "/projects/crm-test/topics/activation", 404),
        ("POST", "/functions/send_email", 400),
        ("GET", "/api/crm/contacts", 404),
        ("GET", "/", 404),
    ],
)
def test_the_path_decides_which_function_of_a_service_answers(method: str, path: str, status: int) -> None:
    found = asked("get_openapi,send_email", method, path)
    assert found[0] == status
    assert (found[1] == "not_found") is (status == 404)


def test_a_service_of_one_function_passes_every_path_to_it() -> None:
    assert [asked("get_openapi", "GET", path)[0] for path in ("/", "/functions/x", "/api/crm/openapi.json")] == [
        200
    ] * 3


def failing(error: Exception) -> Callable[[], None]:
    def connect() -> None:
        raise error

    return connect


def ready_within(startup: Startup, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if startup.is_ready():
            return True
    return False


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        deps().__dict__, "settings", Settings("https://id.example.com", "crm", "https://id.example.com/keys")
    )
    monkeypatch.delitem(deps().__dict__, "telemetry", raising=False)
    monkeypatch.setattr(service, "BETWEEN_TRIES_S", 0.01)
    monkeypatch.setattr(service, "WAIT_AT_MOST_S", 0.1)
    monkeypatch.setattr(service, "GIVE_UP_AFTER_S", 0.3)
    monkeypatch.setattr(service, "ANSWER_WITHIN_S", 0.05)


def test_an_instance_is_ready_once_it_has_a_connection() -> None:
    assert ready_within(Startup(lambda: None), 2)


def test_a_database_that_is_down_does_not_keep_an_instance_from_starting() -> None:
    startup = Startup(failing(Unavailable("down")))
    assert not startup.is_ready()
    assert ready_within(startup, 5)


@pytest.mark.parametrize("error", [ConfigurationError("OIDC_ISSUER is not set"), PermissionError("no such user")])
def test_an_instance_that_no_waiting_mends_is_never_ready(error: Exception) -> None:
    assert not ready_within(Startup(failing(error)), 0.5)


def test_the_probe_is_answered_by_status() -> None:
    served = {"get_openapi": functions()["get_openapi"]}
    for connect, status in ((lambda: None, 204), (failing(PermissionError()), 503)):
        assert Client(Service(served, FUNCTIONS, Startup(connect))).get("/startup").status_code == status
