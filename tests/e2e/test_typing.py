"""What one types and whom one deletes: nothing goes that nobody meant to take away, and what is said to be done is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Route

FOCUS_NOWHERE = "() => document.activeElement.blur()"


def _people(app: Any, count: int = 2, **fields: Any) -> list[str]:
    names = [f"Person {number:02}" for number in range(count)]
    return [app.api("POST", "/contacts", {"name": name, "enrich": False} | fields)["id"] for name in names]


def _others(app: Any) -> list[dict[str, Any]]:
    return [contact for contact in app.api("GET", "/contacts?sort=name")["items"] if not contact["is_self"]]


def _stored(app: Any, person: str, field: str) -> Any:
    return app.api("GET", f"/contacts/{person}")[field]


def _select(app: Any, count: int) -> None:
    """Selects the first people, the user not among them."""
    for number in range(count):
        app.page.get_by_label(f"Select Person {number:02}").click()


def test_a_tag_typed_at_once_is_typed_into_the_popup(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    _people(app)
    app.open("/contacts")
    app.page.get_by_role("row", name=re.compile("Person 01")).wait_for()
    _select(app, 2)
    app.page.get_by_role("button", name="Tag").click()
    app.page.keyboard.type("#vip")  # without a pause, and without waiting for the field
    app.press("Enter")
    app.toast("2 contacts tagged “#vip”")
    assert [contact["tags"] for contact in _others(app)] == [["#vip"], ["#vip"]]


@pytest.mark.parametrize("opened", ["Filter", "Columns", "Tag", "Add", "a tie", "the panel"])
def test_no_hot_key_acts_under_what_is_open(open_app: Callable[..., Any], email: str, opened: str) -> None:
    app = open_app(email, narrow=opened == "the panel")
    ids = _people(app)
    app.open("/contacts")
    app.page.get_by_role("row", name=re.compile("Person 01")).wait_for()
    _select(app, 2)
    if opened in {"the panel", "a tie"}:
        app.page.get_by_role("row", name=re.compile("Person 01")).get_by_text("Person 01").click()
        app.page.get_by_role("heading", name="Person 01").wait_for()
        if opened == "a tie":
            app.page.get_by_role("button", name="Add a tie").click()
            app.page.get_by_label("Who knows them").wait_for()
        app.page.evaluate(FOCUS_NOWHERE)
    else:
        app.page.get_by_role("button", name=opened, exact=True).click()
        app.page.get_by_role("dialog").wait_for()
        if opened == "Filter":  # no field, so that the keys mean nothing there
            app.page.get_by_role("button", name="Without", exact=True).focus()
    app.press("#", "x", "g", "w")
    app.page.wait_for_timeout(400)
    assert "/contacts" in app.page.url
    app.page.get_by_text("2 selected").wait_for(state="attached")
    assert {contact["id"] for contact in _others(app)} == set(ids)


@pytest.mark.parametrize("opened", ["Filter", "Columns", "Tag", "Add"])
def test_what_is_typed_right_after_the_click_deletes_nobody(
    open_app: Callable[..., Any], email: str, opened: str
) -> None:
    app = open_app(email)
    ids = _people(app)
    app.open("/contacts")
    app.page.get_by_role("row", name=re.compile("Person 01")).wait_for()
    _select(app, 2)
    app.page.get_by_role("button", name=opened, exact=True).click()
    app.press("#", "x")
    app.page.get_by_role("dialog").wait_for()
    app.page.wait_for_timeout(400)
    app.page.get_by_text("2 selected").wait_for(state="attached")
    assert {contact["id"] for contact in _others(app)} == set(ids)


def test_escape_in_a_field_is_the_fields_own(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    (person,) = _people(app, 1)
    app.open(f"/contacts?person={person}")
    panel = app.page.get_by_role("complementary", name="Contact")
    panel.get_by_label("Notes").fill("Met in Kyoto")
    app.press("Escape")
    app.toast("Notes on Person 00 saved")
    panel.get_by_role("heading", name="Person 00").wait_for()


def test_dialogs_open_in_their_first_field(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    ids = app.make_network()
    app.open("/contacts")
    app.page.get_by_role("button", name="Add", exact=True).click()
    app.page.get_by_role("dialog").wait_for()
    app.page.keyboard.type("Zed")
    assert app.page.get_by_label("Name", exact=True).input_value() == "Zed"
    app.press("Escape")
    app.open(f"/?to={ids['mei']}")
    app.page.get_by_role("button", name="Ask Ana").first.click()
    app.page.get_by_label("Your words").wait_for()
    app.page.wait_for_timeout(300)
    assert app.page.get_by_label("Your words").evaluate("field => field === document.activeElement")


def test_newer_notes_are_never_erased_and_typed_ones_never_lost(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    (person,) = _people(app, 1, notes="first")
    app.open(f"/contacts?person={person}")
    panel = app.page.get_by_role("complementary", name="Contact")
    notes = panel.get_by_label("Notes", exact=True)
    app.api("PATCH", f"/contacts/{person}", {"notes": "second"})
    notes.click()
    app.press("Control+End")
    app.type(" mine")
    app.press("Escape")
    panel.get_by_text("second").wait_for()
    assert _stored(app, person, "notes") == "second"
    assert notes.input_value() == "first mine"
    notes.click()
    app.press("Escape")
    app.page.wait_for_timeout(500)
    assert _stored(app, person, "notes") == "second"
    app.page.reload()
    panel.get_by_text("second").wait_for()
    assert notes.input_value() == "first mine"
    panel.get_by_role("button", name="Keep both").click()
    app.eventually(lambda: _stored(app, person, "notes") == "second\n\nfirst mine")

    app.api("PATCH", f"/contacts/{person}", {"notes": "third"})
    panel.get_by_role("button", name="Add Location").click()
    app.type("Kyoto")
    app.press("Enter")  # which reads the newer version
    app.eventually(lambda: notes.input_value() == "third")
    notes.click()
    app.press("Escape")
    app.page.wait_for_timeout(500)
    assert _stored(app, person, "notes") == "third"


def test_what_is_typed_into_a_cell_stays_however_far_the_list_scrolls(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    people = _people(app, 90, company="Umbra")
    app.open("/")
    app.page.get_by_role("link", name="Contacts", exact=True).click()
    row = app.page.get_by_role("row", name=re.compile("Person 01"))
    row.get_by_title("Umbra").dblclick()
    app.type("Globex")
    app.page.mouse.wheel(0, 3_500)
    app.page.get_by_role("row", name=re.compile("Person 85")).wait_for()
    app.type(" Ltd")
    assert app.page.get_by_label("company").input_value() == "Globex Ltd"
    app.press("Enter")
    app.eventually(lambda: _stored(app, people[1], "company") == "Globex Ltd")

    app.page.get_by_role("row", name=re.compile("Person 03")).get_by_title("Umbra").dblclick()
    app.type("Acme")
    app.page.go_back()  # which removes the field without leaving it
    app.eventually(lambda: _stored(app, people[3], "company") == "Acme")


def test_a_fact_changed_elsewhere_is_asked_about(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    (person,) = _people(app, 1, company="Umbra")
    app.open("/contacts")
    row = app.page.get_by_role("row", name=re.compile("Person 00"))
    row.get_by_title("Umbra").dblclick()
    app.api("PATCH", f"/contacts/{person}", {"company": "Globex"})
    app.page.get_by_label("company").fill("Acme")
    app.press("Enter")
    app.toast("Company of Person 00 is “Globex” now")
    assert _stored(app, person, "company") == "Globex"
    row.get_by_title("Globex").wait_for()
    app.page.get_by_role("button", name="Use “Acme”").click()
    app.eventually(lambda: _stored(app, person, "company") == "Acme")


def test_what_is_deleted_is_gone_at_once_and_undo_restores_all_of_it(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    known = {"notes": "Met in Kyoto", "tags": ["vip"], "custom": {"shoe": "44"}, "phones": ["+81 75 000 0000"]}
    _people(app, 10, **known)
    app.open("/contacts")
    app.page.get_by_role("row", name=re.compile("Person 09")).wait_for()
    _select(app, 10)
    app.press("#")
    app.toast("10 contacts deleted")
    assert _others(app) == []
    app.page.get_by_role("button", name="Undo").click()
    app.toast("10 contacts restored")
    again = _others(app)
    assert [contact["name"] for contact in again] == [f"Person {number:02}" for number in range(10)]
    assert all(known.items() <= contact.items() for contact in again)


def test_a_deleted_contact_is_restored_next_week_with_its_ties(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    ids = app.make_network()
    app.open(f"/contacts?person={ids['bruno']}")
    app.page.get_by_role("button", name="Delete this contact").click()
    app.toast("Bruno Lindqvist deleted")
    ties = f"/graph/relationships?contact_id={ids['bruno']}"
    app.open("/trash")
    app.page.get_by_role("button", name="Restore Bruno Lindqvist").click()
    app.toast("Bruno Lindqvist restored")
    assert len(app.api("GET", ties)["items"]) == 2
    app.page.get_by_text("The trash is empty.").wait_for()
    app.open("/activity")
    app.page.get_by_role("button", name="Undo: Restored a contact").click()
    app.page.get_by_role("alertdialog").get_by_role("button", name="Undo").click()
    app.eventually(lambda: "Bruno Lindqvist" not in [contact["name"] for contact in _others(app)])
    app.open(f"/contacts?person={ids['ana']}")
    app.api("PATCH", f"/contacts/{ids['ana']}", {"title": "Chair"})
    app.open(f"/contacts?person={ids['ana']}")
    app.page.get_by_role("button", name=re.compile("Set Title back")).click()
    app.toast("Title of Ana Lindqvist changed")
    app.eventually(lambda: app.api("GET", f"/contacts/{ids['ana']}")["title"] != "Chair")


def test_a_bulk_action_that_the_server_refuses_is_said_and_tried_again(
    open_app: Callable[..., Any], email: str
) -> None:
    app = open_app(email)
    _people(app, 4)
    waited: list[str] = []

    def answer(route: Route) -> None:
        """Stands in for a server with too much to do."""
        if waited:
            route.fallback()
        else:
            waited.append(route.request.url)
            route.fulfill(status=429, headers={"Retry-After": "1"}, body="{}", content_type="application/json")

    app.page.route("**/api/crm/contacts/bulk", answer)
    app.open("/contacts")
    app.page.get_by_role("row", name=re.compile("Person 03")).wait_for()
    _select(app, 4)
    app.page.get_by_role("button", name="Tag").click()
    app.page.get_by_label("Tag to add").fill("vip")
    app.press("Enter")
    app.toast("Tagging “vip” did not work. Too many requests")
    assert [contact["tags"] for contact in _others(app)] == [[]] * 4
    app.page.get_by_role("button", name="Try again").click()
    app.toast("4 contacts tagged “vip”")
    assert [contact["tags"] for contact in _others(app)] == [["vip"]] * 4
