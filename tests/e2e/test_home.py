"""The home of somebody new: it teaches, and after an import it asks about these very people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_empty_home_offers_three_beginnings(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    app.open("/")
    for heading in ("Bring the people you know", "Begin with one", "Look around first"):
        app.page.get_by_role("heading", name=heading).wait_for()
    app.page.get_by_role("link", name="Add a contact").click()
    app.page.get_by_role("dialog", name="Add a contact").wait_for()


def test_after_an_import_the_home_asks_about_these_people_and_one_click_makes_a_tie(
    open_app: Callable[..., Any], email: str
) -> None:
    app = open_app(email)
    rows = "name,company\nAna Lima,Globex\nBob Ray,Acme"
    app.api("POST", "/contacts/import?enrich=false", rows, "text/csv")
    app.open("/")
    app.page.get_by_role("heading", name="How well do you know them?").wait_for()
    app.page.get_by_role("group", name="How well you know Ana Lima").get_by_role("button", name="well").click()
    app.toast("Tie to Ana Lima added")
    me = app.api("GET", "/users/me")["self_contact_id"]
    ties = app.api("GET", f"/graph/relationships?contact_id={me}")["items"]
    assert [(tie["contact"]["name"], tie["strength"]) for tie in ties] == [("Ana Lima", 0.8)]
    app.page.get_by_role("button", name="Undo", exact=True).click()
    app.toast("Undone: ")
    app.eventually(lambda: app.api("GET", f"/graph/relationships?contact_id={me}")["items"] == [])
