"""The five journeys, with the mouse; `test_keyboard.py` goes them without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from tests.e2e.conftest import KNOWN_TO_PROVIDERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_first_import_shows_what_a_file_becomes_and_gives_refused_rows_back(
    open_app: Callable[..., Any], email: str, linkedin_file: Path, tmp_path: Path
) -> None:
    app = open_app(email)
    app.open("/contacts")
    app.page.get_by_role("link", name="Import contacts").click()
    app.page.set_input_files("input[type=file]", linkedin_file)
    app.page.get_by_text("LinkedIn’s list of connections").wait_for()
    assert app.page.get_by_label("What First Name becomes").input_value() == "first_name"
    app.page.get_by_text("1 row cannot be read").wait_for()
    app.page.reload()  # the import is on the server
    app.page.get_by_role("button", name="Import 3 rows").click()
    app.page.get_by_role("heading", name="2 new contacts").wait_for()
    with app.page.expect_download() as download:
        app.page.get_by_role("button", name="Save these rows").click()
    saved = download.value.path().read_text("utf-8-sig")
    assert saved.splitlines()[0].endswith(",Import problem,Import line")
    assert "Tanaka" not in saved

    mended = tmp_path / "mended.csv"
    mended.write_text(saved.replace("bad@@mail", "nobody@initech.example"))
    app.page.get_by_role("button", name="Import another file").click()
    app.page.set_input_files("input[type=file]", mended)
    app.page.get_by_role("button", name="Import 1 row").click()
    app.page.get_by_role("heading", name="1 new contact").wait_for()
    app.page.get_by_role("link", name="See them").click()
    app.page.get_by_role("row", name=re.compile("Mei Tanaka")).wait_for()


def test_an_upload_goes_on_after_the_line_was_down_and_the_page_was_loaded_again(
    open_app: Callable[..., Any], email: str, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    path.write_text("Name,Email,Notes\n" + "\n".join(f"P{n},p{n}@x.example,{'word ' * 3000}" for n in range(400)))
    app = open_app(email)
    app.open("/import")
    sent = 0

    def chunk(route: Any) -> None:
        nonlocal sent
        sent += 1
        if sent == 3:  # a chunk is lost on its way, and the next one is never sent
            route.abort()
        elif sent > 4:
            return
        else:
            route.continue_()

    app.page.route("**/uploads/**", chunk)
    app.page.set_input_files("input[type=file]", path)
    app.page.get_by_role("progressbar", name="Upload").wait_for()
    app.page.get_by_text("The line is down").wait_for()
    app.page.wait_for_timeout(1500)
    app.page.unroute("**/uploads/**")
    app.page.reload()
    app.page.get_by_text("has not arrived whole").wait_for()
    asked = []
    app.page.on("request", lambda request: asked.append(request.headers.get("content-range")))
    app.page.set_input_files("input[type=file]", path)
    app.page.get_by_role("button", name="Import 400 rows").click()
    app.page.get_by_role("heading", name="400 new contacts").wait_for()
    assert not any(stated and stated.startswith("bytes 0-") for stated in asked), "what had arrived was sent again"


def test_what_only_the_api_can_read_is_imported_whole(open_app: Callable[..., Any], email: str, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Wer", "E-Mail"], ["Ana Diaz", "ana@workbook.example"], ["Bo Li", "bo at workbook"]):
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    japanese = tmp_path / "outlook.csv"
    japanese.write_bytes("姓,名,電子メール アドレス\n田中,美咲,misaki@outlook.example\n".encode("cp932"))
    app = open_app(email)
    app.open("/import")

    app.page.set_input_files("input[type=file]", tmp_path / "people.xlsx")
    app.page.get_by_label("What Wer becomes").select_option("name")
    app.page.get_by_text("2 new contacts.").wait_for()
    app.page.get_by_text(re.compile("Line 3: .*is not an e-mail address")).first.wait_for()
    app.page.get_by_role("button", name="Import 2 rows").click()
    app.page.get_by_role("heading", name="2 new contacts").wait_for()

    app.page.get_by_role("button", name="Import another file").click()
    app.page.set_input_files("input[type=file]", japanese)
    app.page.get_by_role("button", name="Import 1 row").click()
    app.page.get_by_role("link", name="See them").click()
    for name in ("田中美咲", "Ana Diaz", "Bo Li"):
        app.page.get_by_role("row", name=re.compile(name)).wait_for()


def test_a_large_file_is_imported_with_progress_while_the_page_stays_free(
    open_app: Callable[..., Any], email: str, tmp_path: Path
) -> None:
    rows = (f"Person {n},p{n}@example.com,Company {n % 90}" for n in range(20_000))
    path = tmp_path / "many.csv"
    path.write_text("Name,Email,Company\n" + "\n".join(rows))
    app = open_app(email)
    app.open("/import")
    app.page.set_input_files("input[type=file]", path)
    app.page.get_by_role("button", name="Import 20,000 rows").click()
    app.page.get_by_role("progressbar", name="Import").wait_for()
    # The longest that a frame has to wait.
    longest = app.page.evaluate(
        "() => new Promise(done => { let last = performance.now(), worst = 0, n = 0; const step = now => {"
        " worst = Math.max(worst, now - last); last = now; ++n < 60 ? requestAnimationFrame(step) : done(worst) };"
        " requestAnimationFrame(step) })"
    )
    assert longest < 250
    app.page.get_by_role("heading", name="20,000 new contacts").wait_for(timeout=90_000)


def test_find_and_edit_in_place_with_undo(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    contact = app.api("POST", "/contacts", {"name": "Zoë Müller", "company": "Umbra", "enrich": False})
    app.open("/contacts")
    app.page.get_by_role("searchbox").fill("muler zoe")
    row = app.page.get_by_role("row", name=re.compile("Zoë Müller"))
    row.locator("mark").first.wait_for()
    row.get_by_title("Umbra").dblclick()
    app.page.get_by_label("company").fill("Umbra Labs")
    app.press("Enter")
    app.toast("Company of Zoë Müller changed")
    row.get_by_title("Umbra Labs").wait_for()
    app.eventually(lambda: app.api("GET", f"/contacts/{contact['id']}")["company"] == "Umbra Labs")
    app.page.get_by_role("button", name="Undo").click()
    app.eventually(lambda: app.api("GET", f"/contacts/{contact['id']}")["company"] == "Umbra")


def test_bulk_tagging_and_deleting_can_be_undone(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    for name in ("Ana Costa", "Bruno Okafor"):
        app.api("POST", "/contacts", {"name": name, "enrich": False})
    app.open("/contacts")
    app.press("j", "x", "j", "x")
    app.page.get_by_role("button", name="Tag").click()
    app.page.get_by_label("Tag to add").fill("vip")
    app.press("Enter")
    app.toast("2 contacts tagged “vip”")
    app.press("Escape")
    app.page.get_by_label("Tag to add").wait_for(state="hidden")  # until then a key is a letter of the tag
    app.page.wait_for_function("!document.activeElement.matches('input')")
    app.press("#")
    app.toast("2 contacts deleted")
    app.page.get_by_role("button", name="Undo").last.click()
    app.page.get_by_role("row", name=re.compile("Bruno Okafor")).wait_for()
    items = app.api("GET", "/contacts?tag=vip")["items"]
    assert {contact["name"] for contact in items} == {"Ana Costa", "Bruno Okafor"}


def test_a_refused_change_is_taken_back_and_said(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    app.api("POST", "/contacts", {"name": "Ana Costa", "email": "ana@example.com", "enrich": False})
    app.open("/contacts")
    row = app.page.get_by_role("row", name=re.compile("Ana Costa"))
    row.get_by_title("ana@example.com").dblclick()
    app.page.get_by_label("email").fill("no address")
    app.press("Enter")
    app.toast("was not changed")
    row.get_by_title("ana@example.com").wait_for()


def test_path_to_introduction_accepted_by_mail_on_both_sides(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    ids = app.make_network()
    tie = {"from_contact_id": ids["ana"], "to_contact_id": ids["mei"], "strength": 0.8, "mutual": True}
    app.api("PUT", "/graph/relationships", tie)
    app.open("/")
    app.page.get_by_role("combobox", name="Who do you want to reach?").fill("mei")
    app.page.get_by_role("option", name=re.compile("Mei Lindqvist")).click()
    app.page.get_by_text("72 %", exact=True).first.wait_for()
    app.page.get_by_role("button", name="Ask Ana").first.click()
    app.page.get_by_role("region", name="The letters").get_by_text("Hi Ana").wait_for()
    app.page.get_by_role("button", name="Send to Ana").click()
    app.toast("Ana was asked")

    somebody = open_app("nobody@example.com", signed_in=False)
    for who in ("ana", "mei"):
        somebody.open(app.mailed_link(f"{who}-{email}"))
        somebody.page.get_by_role("button", name=re.compile("^(Accept|Yes)$")).click()
        somebody.page.get_by_role("button", name="Not now").wait_for(state="detached")

    app.open("/introductions")
    column = app.page.get_by_role("region", name="Introduced")
    column.get_by_role("button", name=re.compile("Mei Lindqvist")).click()
    app.page.get_by_role("button", name="We have talked").click()
    app.toast("the connector is thanked")
    done = app.page.get_by_role("region", name="Done")
    done.get_by_role("button", name=re.compile("Mei Lindqvist")).wait_for()


def test_no_way_says_who_knows_the_target_and_opens_one(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    ids = app.make_network()
    app.api("DELETE", f"/graph/relationships/{ids['me']}/{ids['ana']}?mutual=true")
    app.open(f"/?to={ids['mei']}")
    app.page.get_by_role("heading", name=re.compile("No path to Mei")).wait_for()
    app.page.get_by_role("button", name="I know Bruno").click()
    app.page.get_by_role("button", name="Ask Bruno").wait_for()


def test_enrichment_shows_where_each_fact_came_from(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    contact = app.api("POST", "/contacts", {"email": KNOWN_TO_PROVIDERS.email, "enrich": False})
    app.open(f"/contacts?person={contact['id']}")
    panel = app.page.get_by_role("complementary", name="Contact")
    panel.get_by_role("button", name="Enrich").click()
    panel.get_by_text(re.compile(r"hunter 0\.\d+|hunter 1\.0")).first.wait_for(timeout=30_000)
    panel.get_by_text("Globex").first.wait_for()


def test_invite_join_and_see_it_in_the_counts(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    friend = f"friend-{email}"
    app.open("/growth")
    app.page.get_by_label("E-mail addresses").fill(friend)
    app.page.get_by_role("button", name="Invite", exact=True).click()
    app.toast("1 invitation sent")
    code = app.api("GET", "/viral/invitations")["items"][0]["code"]

    joiner = open_app(friend, signed_in=False)
    joiner.open(f"/join/{code}")
    joiner.page.get_by_role("button", name=re.compile("^Join ")).click()
    joiner.page.get_by_placeholder("you@example.com").fill(friend)
    joiner.page.get_by_role("button", name="Enter", exact=True).click()
    joiner.toast("You have joined")

    app.open("/growth")
    app.page.get_by_text(re.compile("accepted")).first.wait_for()
