"""The five journeys by keyboard alone: Tab leads everywhere, and no step needs a pointer or a script's help."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.conftest import KNOWN_TO_PROVIDERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator

# What shows the focus: outlines and shadows of the element, what stands beside it, or what holds it.
UNSEEN = """() => {
  const can = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex="0"], [contenteditable]';
  const looks = element => [element, element.nextElementSibling, element.parentElement,
      ...element.querySelectorAll('[role=row], [role=row] *')].filter(Boolean).map(near => {
    const style = getComputedStyle(near);
    return [style.outline, style.boxShadow, style.borderColor, style.top, style.backgroundColor].join();
  }).join('|');
  const unseen = [];
  for (const element of document.querySelectorAll(can)) {
    if (!element.checkVisibility() || element.tabIndex < 0) continue;
    document.activeElement.blur();
    const before = looks(element);
    element.focus();
    if (looks(element) === before) unseen.push(element.outerHTML.slice(0, 200));
  }
  return unseen;
}"""


def _enter(app: Any, target: Locator) -> None:
    app.tab_to(target)
    app.press("Enter")


def test_first_import_by_keyboard(open_app: Callable[..., Any], email: str, linkedin_file: Path) -> None:
    app = open_app(email)
    app.open("/")
    app.press("Control+k")
    app.page.get_by_role("combobox", name="Find a contact").wait_for()
    app.type("import")
    app.press("Enter")
    with app.page.expect_file_chooser() as chooser:
        _enter(app, app.page.get_by_role("button", name="Choose a file"))
    chooser.value.set_files(linkedin_file)
    app.page.get_by_text("1 row cannot be read").wait_for()
    _enter(app, app.page.get_by_role("button", name="Import 3 rows"))
    app.page.get_by_role("heading", name="2 new contacts").wait_for()
    _enter(app, app.page.get_by_role("link", name="See them"))
    app.page.get_by_role("row", name=re.compile("Mei Tanaka")).wait_for()


def test_find_and_edit_by_keyboard(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    for name in ("Ana Costa", "Bruno Okafor", "Chloe Dubois"):
        app.api("POST", "/contacts", {"name": name, "enrich": False})
    app.open("/")
    _enter(app, app.page.get_by_role("link", name="Contacts", exact=True))
    app.page.get_by_text("4 in all").wait_for()
    app.press("/")
    app.type("bruno")
    app.page.get_by_text("1 match").wait_for()
    app.press("Enter", "e")
    app.type("Bruno Adeyemi")
    app.press("Tab")
    app.type("Acme")
    app.press("Enter")
    app.toast("Company of Bruno")

    def saved() -> list[tuple[str, str]]:
        items = app.api("GET", "/contacts?sort=name")["items"]
        return [(found["name"], found["company"]) for found in items]

    app.eventually(lambda: ("Bruno Adeyemi", "Acme") in saved())
    app.press("Enter")
    panel = app.page.get_by_role("complementary", name="Contact")
    panel.get_by_role("heading", name="Bruno Adeyemi").wait_for()
    _enter(app, panel.get_by_role("button", name="Add Location"))
    app.type("Lisbon")
    app.press("Enter")
    app.toast("Location of Bruno Adeyemi changed")
    app.eventually(lambda: app.api("GET", "/contacts/search?q=bruno")["items"][0]["location"] == "Lisbon")
    app.press("Escape")
    panel.wait_for(state="detached")
    app.press("Control+z")
    app.eventually(lambda: app.api("GET", "/contacts/search?q=bruno")["items"][0]["location"] is None)


def test_path_and_introduction_accepted_by_mail_by_keyboard(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    ids = app.make_network()
    tie = {"from_contact_id": ids["ana"], "to_contact_id": ids["mei"], "strength": 0.8, "mutual": True}
    app.api("PUT", "/graph/relationships", tie)
    app.open("/")
    app.type("mei")
    app.page.get_by_role("option", name=re.compile("Mei Lindqvist")).wait_for()
    app.press("Enter")
    _enter(app, app.page.get_by_role("button", name="Ask Ana").first)
    app.page.get_by_role("dialog").wait_for()
    app.tab_to(app.page.get_by_label("What it is for"))
    app.type("Advice")
    app.press("Enter")
    app.toast("Ana was asked")

    somebody = open_app("nobody@example.com", signed_in=False)
    for who in ("ana", "mei"):
        somebody.open(app.mailed_link(f"{who}-{email}"))
        _enter(somebody, somebody.page.get_by_role("button", name=re.compile("^(Accept|Yes)$")))
        somebody.page.get_by_role("button", name="Not now").wait_for(state="detached")

    app.press("g", "i")
    column = app.page.get_by_role("region", name="Introduced")
    _enter(app, column.get_by_role("button", name=re.compile("Mei Lindqvist")))
    _enter(app, app.page.get_by_role("button", name="We have talked"))
    app.toast("the connector is thanked")
    done = app.page.get_by_role("region", name="Done")
    done.get_by_role("button", name=re.compile("Mei Lindqvist")).wait_for()


def test_enrichment_and_its_sources_by_keyboard(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    app.api("POST", "/contacts", {"email": KNOWN_TO_PROVIDERS.email, "enrich": False})
    app.open("/contacts")
    app.press("/")
    app.type("known")
    app.page.get_by_text("1 match").wait_for()
    app.press("Enter", "Enter")
    panel = app.page.get_by_role("complementary", name="Contact")
    _enter(app, panel.get_by_role("button", name="Enrich"))
    panel.get_by_text(re.compile(r"hunter \d\.\d+")).first.wait_for(timeout=30_000)
    panel.get_by_text("Globex").first.wait_for()


def test_invite_join_and_the_counts_by_keyboard(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    friend = f"friend-{email}"
    app.open("/contacts")
    app.press("g", "w")
    app.tab_to(app.page.get_by_label("E-mail addresses"))
    app.type(friend)
    _enter(app, app.page.get_by_role("button", name="Invite", exact=True))
    app.toast("1 invitation sent")
    code = app.api("GET", "/viral/invitations")["items"][0]["code"]

    joiner = open_app(friend, signed_in=False)
    joiner.open(f"/join/{code}")
    app.eventually(lambda: app.api("GET", "/viral/invitations")["items"][0]["status"] == "opened")
    _enter(joiner, joiner.page.get_by_role("button", name=re.compile("^Join ")))
    joiner.tab_to(joiner.page.get_by_placeholder("you@example.com"))
    joiner.type(friend)
    joiner.press("Enter")
    joiner.toast("You have joined")

    app.open("/growth")
    app.page.get_by_text("accepted").first.wait_for()
    app.tab_to(app.page.get_by_role("button", name="7 days"))
    app.press("Space")
    app.page.get_by_role("button", name="7 days", pressed=True).wait_for()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["/", "/contacts", "/demo", "/graph", "/introductions", "/growth", "/credits", "/settings", "/team"],
)
def test_the_focus_is_seen_wherever_it_is(open_app: Callable[..., Any], path: str, dark: bool) -> None:
    app = open_app("demo@warmpath.example", dark=dark)
    app.open(path)
    app.page.wait_for_timeout(500)
    app.press("Tab")  # from now on the browser knows that somebody is at the keyboard
    assert app.page.evaluate(UNSEEN) == []
