"""Signing in: in the local stack as anybody, in the cloud at Identity Platform, which is a stand-in here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.conftest import token
from tests.fakes.identity_platform import API_KEY, Account, FakeIdentityPlatform, fake_identity_platform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PASSWORD = "correct horse"


@pytest.fixture
def platform(base_url: str) -> Iterator[FakeIdentityPlatform]:
    """Identity Platform; its tokens are ones that the stack's functions accept."""
    with fake_identity_platform(lambda email: token(base_url, email)) as fake:
        yield fake


@pytest.fixture
def door(open_app: Callable[..., Any], platform: FakeIdentityPlatform, email: str) -> Any:
    """The app of a deployment with Identity Platform, nobody signed in."""
    app = open_app(email, signed_in=False)
    config = {"oidc": None, "identity_platform": {"api_key": API_KEY, "emulator": platform.url}}
    # What `make deploy` writes beside the app; everything else is the stack's own.
    app.page.route("**/config.json", lambda route: route.fulfill(json=config))
    return app


def _fill(app: Any, button: str, **fields: str) -> None:
    for label, value in fields.items():
        app.page.get_by_label(label.replace("_", "-")).fill(value)
    app.page.get_by_role("button", name=button).click()


def _session(app: Any) -> dict[str, Any]:
    return dict(json.loads(app.page.evaluate("sessionStorage.getItem('warmpath-session')"))["state"])


def test_signing_in_comes_back_to_the_view_that_was_asked_for(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email, signed_in=False)
    app.open("/contacts?sort=company")
    app.page.get_by_placeholder("you@example.com").fill(email)
    app.press("Enter")
    app.page.get_by_role("heading", name="Bring the people you know").wait_for()
    assert app.page.url.endswith("/contacts?sort=company")


def test_a_password_signs_in_and_a_wrong_one_says_so(door: Any, platform: FakeIdentityPlatform, email: str) -> None:
    platform.accounts[email] = Account(PASSWORD)
    door.open("/contacts?sort=company")
    _fill(door, "Sign in", E_mail=email, Password="wrong")
    door.page.get_by_text("password is wrong").wait_for()
    _fill(door, "Sign in", Password=PASSWORD)
    door.page.get_by_role("heading", name="Bring the people you know").wait_for()
    assert door.page.url.endswith("/contacts?sort=company")


def test_an_account_is_made_and_its_address_confirmed_by_mail(
    door: Any, platform: FakeIdentityPlatform, email: str
) -> None:
    platform.accounts["taken@example.com"] = Account(PASSWORD)
    door.open("/contacts")
    door.page.get_by_role("button", name="Create an account").click()
    _fill(door, "Create the account", E_mail="taken@example.com", Name="Uma User", Password=PASSWORD)
    door.page.get_by_text("has an account already").wait_for()
    _fill(door, "Create the account", E_mail=email)
    door.page.get_by_role("heading", name="Bring the people you know").wait_for()
    assert platform.mails == [("VERIFY_EMAIL", email)]
    assert platform.accounts[email].name == "Uma User"


def test_a_second_factor_is_asked_for_where_there_is_one(door: Any, platform: FakeIdentityPlatform, email: str) -> None:
    platform.accounts[email] = Account(PASSWORD, code="123456")
    door.open("/contacts")
    _fill(door, "Sign in", E_mail=email, Password=PASSWORD)
    code = door.page.get_by_label("Code of your authenticator app")
    code.fill("000000")
    door.press("Enter")
    door.page.get_by_text("This code is wrong").wait_for()
    code.fill("123456")
    door.press("Enter")
    door.page.get_by_role("heading", name="Bring the people you know").wait_for()


def test_a_forgotten_password_is_mailed_and_nobody_learns_who_has_an_account(
    door: Any, platform: FakeIdentityPlatform, email: str
) -> None:
    platform.accounts[email] = Account(PASSWORD)
    door.open("/contacts")
    door.page.get_by_role("button", name="Forgotten password").click()
    for address in ("stranger@example.com", email):
        _fill(door, "Send me a link", E_mail=address)
        door.page.get_by_text("a link was sent").wait_for()
        door.page.get_by_role("button", name="Back to sign-in").click()
        door.page.get_by_role("button", name="Forgotten password").click()
    assert platform.mails == [("PASSWORD_RESET", email)]


def test_a_session_is_renewed_before_it_ends_and_ends_when_it_is_revoked(
    door: Any, platform: FakeIdentityPlatform, email: str
) -> None:
    platform.accounts[email] = Account(PASSWORD)
    platform.lasts_s = 30  # less than the app keeps in hand, so that each request renews
    door.open("/contacts")
    _fill(door, "Sign in", E_mail=email, Password=PASSWORD)
    door.page.get_by_role("heading", name="Bring the people you know").wait_for()
    assert platform.renewals
    platform.lasts_s = 3600
    door.open("/settings")
    renewed = platform.renewals
    door.open("/growth")
    assert platform.renewals == renewed
    platform.forget_sessions()
    kept = _session(door)
    kept["renewal"]["endsAt"] = 0
    state = json.dumps({"state": kept, "version": 0})
    door.page.evaluate("state => sessionStorage.setItem('warmpath-session', state)", state)
    door.page.goto(door.base_url + "/contacts")
    door.page.get_by_text("Your session ended").wait_for()
    assert _session(door)["token"] is None
