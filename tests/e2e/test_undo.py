"""Duplicates, undo by the server and changes of many contacts: decided by a key, taken back at any time, one operation each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _operations(app: Any) -> list[dict[str, Any]]:
    return list(app.api("GET", "/operations?actor=user")["items"])


def _others(app: Any) -> list[dict[str, Any]]:
    return [contact for contact in app.api("GET", "/contacts?sort=name&limit=200")["items"] if not contact["is_self"]]


def _add(app: Any, name: str, **fields: Any) -> str:
    return str(app.api("POST", "/contacts", {"name": name, "enrich": False} | fields)["id"])


def _pairs(app: Any, count: int) -> list[tuple[str, str]]:
    """Pairs that are likely one person: a rare surname and an initial, at one company."""
    surnames = ("Quistorp", "Vandervelde", "Zylberstein", "Ostrowidzki")
    return [
        (
            _add(app, f"Ottilie {surname}", company="Globex", title="CTO"),
            _add(app, f"O. {surname}", company="Globex", title="Chair"),
        )
        for surname in surnames[:count]
    ]


def test_duplicates_are_decided_by_one_key_each_and_every_decision_is_taken_back(
    open_app: Callable[..., Any], email: str
) -> None:
    app = open_app(email)
    pairs = _pairs(app, 3)
    app.open("/contacts/duplicates")
    app.page.get_by_text("3 pairs to decide").wait_for()
    app.page.get_by_text("Same surname and initial").wait_for()
    app.page.get_by_role("button", name="Keep Title: Chair").click()
    app.page.wait_for_timeout(450)  # a click may open something, so keys rest for a moment
    app.press("y")
    app.toast("are one contact now")
    app.page.get_by_text("2 pairs to decide").wait_for()
    app.press("n")
    app.toast("stay two contacts")
    app.page.get_by_text("1 pair to decide").wait_for()
    app.press("s")
    app.page.get_by_role("heading", name="1 pair skipped").wait_for()
    merged = [contact for contact in _others(app) if contact["title"] == "Chair" and contact["name"].startswith("Otti")]
    assert len(merged) == 1
    assert len(_others(app)) == 5

    app.page.get_by_role("button", name="Look at them again").click()
    app.press("u")
    app.toast("are two contacts again to decide about")
    app.page.get_by_text("2 pairs to decide").wait_for()
    app.press("u")
    app.eventually(lambda: len(_others(app)) == 6)
    assert {contact["id"] for contact in _others(app)} == {one for pair in pairs for one in pair}


def test_sure_duplicates_are_merged_at_once_and_come_back_by_one_undo(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    for number in range(3):
        for name in (f"Ottilie Quistorp{number}", f"Ottilie Quistorp{number}"):
            rows = f"name,phone,company\n{name},+49 30 55500{number},Globex"
            app.api("POST", "/contacts/import?enrich=false&on_duplicate=skip", rows, "text/csv")
            _add(app, name, phones=[f"+49 30 55500{number}"])
            break
    app.open("/contacts/duplicates?band=sure")
    app.page.get_by_role("button", name="Merge the 3 sure ones").click()
    app.toast("3 contacts merged into 3")
    assert len(_others(app)) == 3
    app.page.get_by_role("button", name="Undo", exact=True).last.click()
    app.toast("Undone: 3 contacts restored")
    app.eventually(lambda: len(_others(app)) == 6)


def test_an_import_says_what_it_changed_and_who_may_be_double_and_is_undone_where_it_ended(
    open_app: Callable[..., Any], email: str, tmp_path: Path
) -> None:
    app = open_app(email)
    kept = _add(app, "Ottilie Quistorp", company="Globex")
    file = tmp_path / "wrong.csv"
    file.write_text("name,email,company\nO. Quistorp,o@x.example,Globex\nZoe Brandt,zoe@x.example,Initech\n")
    app.open("/import")
    app.page.set_input_files("input[type=file]", str(file))
    app.page.get_by_role("button", name="Import 2 rows").click()
    app.page.get_by_text("It changed: 2 added").wait_for()
    app.page.get_by_text("1 pair of your contacts may be one person").wait_for()
    (zoe,) = [contact for contact in _others(app) if contact["name"] == "Zoe Brandt"]
    app.api("PATCH", f"/contacts/{zoe['id']}", {"title": "A friend after all"}, "application/merge-patch+json")
    app.page.get_by_role("button", name="Undo this import").click()
    app.page.get_by_role("alertdialog").get_by_role("button", name="Undo", exact=True).click()
    app.page.get_by_text("This import is undone").wait_for()
    assert {contact["id"] for contact in _others(app)} == {kept, zoe["id"]}


def test_undo_of_an_edit_is_the_servers_and_keeps_what_was_changed_since(
    open_app: Callable[..., Any], email: str
) -> None:
    app = open_app(email)
    person = _add(app, "Ana Lima", title="CTO")
    app.open(f"/contacts?person={person}")
    app.page.get_by_role("button", name="Change Title").click()
    app.page.get_by_label("Title", exact=True).fill("Chair")
    app.press("Enter")
    app.toast("Title of Ana Lima changed")
    app.page.get_by_role("button", name="Undo", exact=True).click()
    app.toast("Title of Ana Lima set back")
    assert [operation["kind"] for operation in _operations(app)][:2] == ["undo_operation", "update_contact"]
    assert app.api("GET", f"/contacts/{person}")["title"] == "CTO"
    app.page.get_by_role("button", name="Change Title").click()
    app.page.get_by_label("Title", exact=True).fill("Chair")
    app.press("Enter")
    app.page.get_by_text("Title of Ana Lima changed").wait_for()
    app.api("PATCH", f"/contacts/{person}", {"title": "Founder"}, "application/merge-patch+json")
    app.page.get_by_role("button", name="Undo", exact=True).last.click()
    app.toast("was changed again since, so it stays")
    assert app.api("GET", f"/contacts/{person}")["title"] == "Founder"


def test_a_removed_tie_comes_back_by_undo(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    ids = app.make_network()
    app.open(f"/contacts?person={ids['ana']}")
    app.page.get_by_role("button", name="Remove the tie to Bruno Lindqvist").click()
    app.toast("The tie between Ana Lindqvist and Bruno Lindqvist is removed")
    app.page.get_by_role("button", name="Undo", exact=True).click()
    app.page.get_by_role("button", name="Remove the tie to Bruno Lindqvist").wait_for()
    ties = app.api("GET", f"/graph/relationships?contact_id={ids['ana']}")["items"]
    assert {tie["contact"]["id"] for tie in ties} == {ids["me"], ids["bruno"]}


def test_all_that_fit_are_tagged_by_one_call_with_one_undo(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    rows = "\n".join(f"Person {number:04},Globex" for number in range(1200))
    app.api("POST", "/contacts/import?enrich=false", f"name,company\n{rows}", "text/csv")
    _add(app, "Somebody Else", company="Acme")
    calls: list[str] = []
    app.page.on("request", lambda request: calls.append(f"{request.method} {request.url.split('/api/crm')[-1]}"))
    app.open("/contacts?company=Globex")
    app.page.get_by_label("Select Person 0000").click()
    app.page.get_by_role("button", name="Select all 1,200 that fit").click()
    app.page.get_by_text("1,200 selected").wait_for()
    app.page.get_by_role("button", name="Tag", exact=True).click()
    app.page.get_by_label("Tag to add").fill("vip")
    app.press("Enter")
    app.toast("1,200 contacts tagged “vip”")
    changes = [call for call in calls if call.startswith(("PATCH", "POST", "DELETE"))]
    assert changes == ["POST /contacts/bulk"]
    assert app.api("GET", "/contacts?tag=vip&include_total=true&limit=1")["total"] == 1200
    app.page.get_by_role("button", name="Undo", exact=True).click()
    app.toast("Undone: 1,200 contacts set back")
    assert app.api("GET", "/contacts?tag=vip&include_total=true&limit=1")["total"] == 0


def test_what_a_bulk_change_passed_over_is_listed_with_the_reason(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    _add(app, "Ana Lima", email="ana@x.example")
    for name in ("Bob Ray", "Cy Moss"):
        _add(app, name)
    app.open("/contacts")
    for name in ("Ana Lima", "Bob Ray", "Cy Moss"):
        app.page.get_by_label(f"Select {name}").click()
    app.page.get_by_role("button", name="Enrich").click()
    app.toast("1 contact queued for enrichment. 2 of 3 failed: ")
    app.page.get_by_role("button", name="List", exact=True).click()
    dialog = app.page.get_by_role("dialog", name=re.compile("2 contacts not changed"))
    dialog.get_by_text("Bob Ray").wait_for()
    dialog.get_by_text("no e-mail address").first.wait_for()


def test_the_trash_is_emptied_after_a_question(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    for name in ("Ana Lima", "Bob Ray"):
        app.api("DELETE", f"/contacts/{_add(app, name)}")
    app.open("/trash")
    app.page.get_by_role("button", name="Empty trash").click()
    app.page.get_by_role("alertdialog").get_by_role("button", name="Empty the trash").click()
    app.toast("2 contacts deleted for good")
    app.page.get_by_text("The trash is empty.").wait_for()
    assert app.api("GET", "/contacts/trash")["items"] == []
