"""Without the server: the app shows what it has, says what waits, and goes on by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SHELL_IS_KEPT = "navigator.serviceWorker.ready.then(() => new Promise(done => setTimeout(done, 300)))"


def test_what_is_changed_without_the_server_waits_over_a_reload_and_is_made_later(
    open_app: Callable[..., Any], email: str
) -> None:
    app = open_app(email)
    person = app.api("POST", "/contacts", {"name": "Ana Lima", "title": "CTO", "enrich": False})["id"]
    app.open(f"/contacts?person={person}")
    app.page.get_by_role("heading", name="Ana Lima").wait_for()
    app.page.evaluate(SHELL_IS_KEPT)
    app.page.wait_for_timeout(2500)  # until the answers are kept

    app.page.context.set_offline(True)
    app.page.get_by_role("button", name="Change Title").click()
    app.page.get_by_label("Title", exact=True).fill("Chair")
    app.press("Enter")
    app.toast("Title of Ana Lima waits for the server")
    app.page.get_by_text("1 change waits").wait_for()
    app.page.reload()
    app.page.get_by_role("heading", name="Ana Lima").wait_for()
    app.page.get_by_text("1 change waits").wait_for()
    app.page.get_by_role("complementary", name="Contact").get_by_text("Chair").first.wait_for()
    assert app.api("GET", f"/contacts/{person}")["title"] == "CTO"

    app.page.context.set_offline(False)
    app.toast("Title of Ana Lima changed")
    app.page.get_by_text("1 change waits").wait_for(state="detached")
    assert app.api("GET", f"/contacts/{person}")["title"] == "Chair"


def test_a_server_that_was_away_is_noticed_at_once_and_the_app_goes_on_when_it_is_back(
    open_app: Callable[..., Any], email: str
) -> None:
    app = open_app(email)
    app.api("POST", "/contacts", {"name": "Ana Lima", "enrich": False})
    app.page.route("**/api/crm/**", lambda route: route.abort())
    app.page.goto(app.base_url + "/contacts")
    app.page.get_by_text("The server does not answer.", exact=False).first.wait_for(timeout=5000)
    app.page.get_by_role("navigation", name="Main").first.wait_for()
    app.page.unroute("**/api/crm/**")
    app.page.get_by_role("row", name=re.compile("Ana Lima")).wait_for()
