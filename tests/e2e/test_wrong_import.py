"""A wrong file of 20,000 is imported over a book of 300; some of it is edited and merged before it is taken back: that stands, the rest is as before.

`SCREENSHOTS` names a folder for pictures.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.pictures import keep_picture

if TYPE_CHECKING:
    from collections.abc import Callable

BOOK, WRONG, KNOWN = 300, 20_000, 40
SETTLED_MS = 600_000
FIRST = (
    "Ana",
    "Bo",
    "Carla",
    "Dario",
    "Edda",
    "Falk",
    "Greta",
    "Hugo",
    "Iris",
    "Jonas",
    "Kira",
    "Lasse",
    "Mona",
    "Nuno",
    "Olga",
    "Pia",
    "Quim",
    "Rosa",
    "Sven",
    "Tea",
)
SYLLABLES = ("ba", "do", "fe", "gu", "ki", "lo", "ma", "ne", "pi", "ro", "su", "ta", "vo", "wi", "za")


def person(number: int) -> str:
    """A name that no other number has."""
    rest, surname = number // len(FIRST), ""
    for _ in range(4):
        rest, place = divmod(rest, len(SYLLABLES))
        surname += SYLLABLES[place]
    return f"{FIRST[number % len(FIRST)]} {surname.title()}"


def contacts(app: Any) -> dict[str, dict[str, Any]]:
    """All contacts by their ids, as people write them."""
    found, cursor = {}, ""
    while True:
        page = app.api("GET", f"/contacts?sort=name&limit=200{cursor}")
        for item in page["items"]:
            found[item["id"]] = {
                name: value for name, value in item.items() if name not in {"updated_at", "enrichment"}
            }
        if not page["next_cursor"]:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def ties(app: Any, contact: str) -> dict[str, float]:
    """The strengths of a contact's ties, by the other contact."""
    items = app.api("GET", f"/graph/relationships?contact_id={contact}&limit=200")["items"]
    return {tie["contact"]["id"]: round(tie["strength"], 6) for tie in items}


def picture(app: Any, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        app.page.wait_for_timeout(350)
        keep_picture(app.page, Path(folder) / f"undo-{name}-wide-light.webp")


@pytest.mark.timeout(1800)
def test_a_wrong_import_is_taken_back_and_what_was_done_since_stands(
    open_app: Callable[..., Any], email: str, tmp_path: Path
) -> None:
    app = open_app(email)
    page = app.page
    rows = "".join(f"{person(n)},{person(n).replace(' ', '.').lower()}@book.example,Book Ltd\n" for n in range(BOOK))
    app.api("POST", "/contacts/import?enrich=false", f"name,email,company\n{rows}", "text/csv")
    by_name = {contact["name"]: contact_id for contact_id, contact in contacts(app).items()}
    first, second, third = (by_name[person(n)] for n in range(3))
    for one, other in ((first, second), (second, third)):
        body = {"from_contact_id": one, "to_contact_id": other, "strength": 0.5, "mutual": True}
        app.api("PUT", "/graph/relationships", body)
    before, tied = contacts(app), ties(app, second)

    # rows of people who are known fill what is blank of them; all others are strangers
    file = tmp_path / "wrong.csv"
    known = "".join(
        f"{person(n)},{person(n).replace(' ', '.').lower()}@book.example,Wrong Title,\n" for n in range(KNOWN)
    )
    strangers = "".join(f"{person(n)},,Stranger,+49 151 {n:07}\n" for n in range(BOOK, BOOK + WRONG - KNOWN))
    file.write_text(f"name,email,job title,phone\n{known}{strangers}")
    app.open("/import")
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name=re.compile(r"Import 20,000 rows")).click(timeout=SETTLED_MS)
    page.get_by_role("button", name="Undo this import").wait_for(timeout=SETTLED_MS)
    picture(app, "imported")
    assert app.api("GET", "/contacts?limit=1&include_total=true")["total"] == BOOK + 1 + WRONG - KNOWN
    assert app.api("GET", f"/contacts/{first}")["title"] == "Wrong Title"

    # edits: of a stranger who is a friend after all, and of somebody in the book whom the file had given a title
    there = {contact["name"]: contact_id for contact_id, contact in contacts(app).items()}
    friend, double = there[person(BOOK + 7)], there[person(BOOK + 8)]
    patch = "application/merge-patch+json"
    app.api("PATCH", f"/contacts/{friend}", {"notes": "A friend after all"}, patch)
    app.api("PATCH", f"/contacts/{second}", {"title": "Right Title"}, patch)
    # a merge: a stranger is somebody in the book by another name
    app.api("POST", "/contacts/merge", {"ids": [third, double]})

    page.get_by_role("button", name="Undo this import").click()
    question = page.get_by_role("alertdialog")
    question.get_by_role("button", name="Undo", exact=True).wait_for(timeout=SETTLED_MS)
    picture(app, "asked")
    question.get_by_role("button", name="Undo", exact=True).click()
    page.get_by_text("This import is undone").wait_for(timeout=SETTLED_MS)
    picture(app, "undone")
    app.open("/activity")
    page.get_by_text("Undone").first.wait_for()
    picture(app, "activity")

    after = contacts(app)
    assert after.keys() == before.keys() | {friend}
    assert after[friend]["notes"] == "A friend after all"
    assert after[second] == before[second] | {"title": "Right Title"}
    assert person(BOOK + 8) in str(after[third]) or "+49 151 0000308" in after[third]["phones"]
    for contact_id in before.keys() - {second, third}:
        assert after[contact_id] == before[contact_id]
    assert ties(app, second) == tied
