"""A contact that is two people is split in the panel, and one Undo makes it one again.

`SCREENSHOTS` names a folder for pictures.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.pictures import keep_picture

if TYPE_CHECKING:
    from collections.abc import Callable


def _two_in_one(app: Any) -> tuple[str, str]:
    """Ana, who is Zoe as well, and Rui, whom Zoe knows."""
    rui = str(app.api("POST", "/contacts", {"name": "Rui Costa", "enrich": False})["id"])
    made = app.api("POST", "/contacts", {
        "name": "Ana Lima", "emails": ["ana@a.example", "zoe@b.example"], "phones": ["+1 555 0100", "+1 555 0200"], "company": "Acme",
        "title": "CTO", "tags": ["vip", "zoe"], "custom": {"Dog": "Rex"}, "enrich": False,
    })["id"]  # fmt: skip
    app.api("PUT", "/graph/relationships", {"from_contact_id": made, "to_contact_id": rui, "strength": 0.5})
    for text in ("Likes tea", "Zoe moved to Porto"):
        app.api("POST", f"/contacts/{made}/notes", {"text": text})
    talk = {"kind": "call", "at": "2026-01-05T03:04:05Z", "direction": "out", "note": "Asked for Zoe"}
    app.api("POST", f"/contacts/{made}/interactions", talk)
    return str(made), rui


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "phone"])
def test_a_contact_is_split_by_what_is_checked_and_one_undo_makes_it_one_again(
    open_app: Callable[..., Any], email: str, *, narrow: bool
) -> None:
    app = open_app(email, narrow=narrow)
    page = app.page
    made, rui = _two_in_one(app)
    before = app.api("GET", f"/contacts/{made}")
    app.open(f"/contacts?person={made}")
    page.get_by_role("button", name="Split this contact in two").click()
    dialog = page.get_by_role("dialog", name="Split Ana Lima")
    split = dialog.get_by_role("button", name="Split", exact=True)
    dialog.get_by_role("checkbox", name="zoe@b.example").wait_for()
    assert split.is_disabled()
    app.type("Zoe Ray")  # the dialog opens in its field
    chosen = ("zoe@b.example", "+1 555 0200", "Title: CTO", "Dog: Rex", "zoe", "Rui Costa", "Zoe moved to Porto")
    for label in chosen:
        dialog.get_by_role("checkbox", name=label, exact=True).check()
    dialog.get_by_role("checkbox", name="Asked for Zoe").check()
    dialog.get_by_text("8 chosen").wait_for()
    if folder := os.environ.get("SCREENSHOTS"):
        page.wait_for_timeout(350)
        keep_picture(page, Path(folder) / f"split-{'narrow' if narrow else 'wide'}-light.webp")
    app.tab_to(split)
    app.press("Enter")
    app.toast("Ana Lima and Zoe Ray are two contacts now")

    people = {contact["name"]: contact for contact in app.api("GET", "/contacts?limit=50")["items"]}
    ana, zoe = people["Ana Lima"], people["Zoe Ray"]
    assert (ana["emails"], ana["phones"], ana["tags"]) == (["ana@a.example"], ["+1 555 0100"], ["vip"])
    assert (zoe["emails"], zoe["title"], zoe["custom"]) == (["zoe@b.example"], "CTO", {"Dog": "Rex"})
    ties = app.api("GET", f"/graph/relationships?contact_id={zoe['id']}")["items"]
    assert rui in {tie["to_contact_id"] for tie in ties} | {tie["from_contact_id"] for tie in ties}
    assert [note["text"] for note in app.api("GET", f"/contacts/{zoe['id']}/notes")["items"]] == ["Zoe moved to Porto"]
    assert [met["note"] for met in app.api("GET", f"/contacts/{zoe['id']}/interactions")["items"]] == ["Asked for Zoe"]

    page.get_by_role("button", name="Undo", exact=True).click()
    app.toast("Undone")
    app.eventually(lambda: "Zoe Ray" not in {c["name"] for c in app.api("GET", "/contacts?limit=50")["items"]})
    after = app.api("GET", f"/contacts/{made}")
    assert after | {"updated_at": ""} == before | {"updated_at": ""}
    assert {note["text"] for note in app.api("GET", f"/contacts/{made}/notes")["items"]} == {
        "Likes tea",
        "Zoe moved to Porto",
    }
