"""Every view, wide and narrow, light and dark: nothing for axe to find, nothing that moves, nothing wider than the window."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev.issuer import DEMO_EMAIL
from dev.seed.starter import FOLDER
from tests.e2e.conftest import Client
from tests.e2e.pictures import keep_picture

if TYPE_CHECKING:
    from collections.abc import Callable

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _search(app: Any) -> None:
    app.open("/contacts")
    app.press("/")
    app.type("kestrel sof")
    app.page.locator("mark:visible").first.wait_for()


def _panel(app: Any) -> None:
    contact = app.api("GET", "/contacts?limit=3&sort=name")["items"][2]
    app.open(f"/contacts?person={contact['id']}")
    app.page.get_by_role("heading", name="Notes").wait_for()


def _reached(app: Any) -> None:
    """Somebody two hops away, so that there is a path to show."""
    me = app.api("GET", "/users/me")["self_contact_id"]
    nodes = app.api("GET", f"/graph/network/{me}?depth=3&limit=400")["nodes"]
    far = [node for node in nodes if node["hops"] == 3]
    app.open(f"/?to={far[0]['id']}")
    app.page.get_by_role("button", name=re.compile("^Ask ")).first.wait_for()


def _asking(app: Any) -> None:
    _reached(app)
    app.page.get_by_role("button", name=re.compile("^Ask ")).first.click()
    app.page.get_by_role("region", name="The letters").locator("iframe").wait_for()


def _preview(app: Any) -> None:
    app.open("/import")
    app.page.get_by_label("File of contacts").set_input_files(FOLDER / "contacts.csv")
    app.page.get_by_role("button", name=re.compile(r"Import \d+ rows")).wait_for()
    app.page.get_by_text("new contacts").wait_for()


def _demo(app: Any) -> None:
    app.open("/demo")
    app.page.get_by_role("button", name="Add the demo network").click()
    app.page.get_by_role("link", name=re.compile("^Reach Mei")).wait_for()


def _graph(app: Any) -> None:
    app.open("/graph")
    app.page.locator("canvas").wait_for()
    app.page.wait_for_timeout(5000)


def _palette(app: Any) -> None:
    app.open("/contacts")
    app.press("Control+k")
    app.page.get_by_role("combobox").fill("ada")
    app.page.get_by_role("option", name=re.compile("Ada")).first.wait_for()


def _keys(app: Any) -> None:
    app.open("/contacts")
    app.press("?")
    app.page.get_by_role("dialog").wait_for()


def _introductions(app: Any) -> None:
    app.open("/introductions")
    app.page.wait_for_timeout(300)


def _introduction(app: Any) -> None:
    app.open("/introductions")
    app.page.get_by_role("region", name="Done").get_by_role("button").first.click()
    app.page.get_by_role("dialog").wait_for()


def _team(app: Any) -> None:
    """A team of two with somebody invited, and an invitation to another."""
    if app.api("GET", "/teams/mine")["team"] is None:
        colleague, stranger = (Client(app.base_url, f"{name}@kestrel.example") for name in ("ines", "tomas"))
        app.api("POST", "/teams", {"name": "Kestrel Labs"})
        for address in (colleague.email, "a-colleague-with-a-long-address@kestrel.example"):
            app.api("POST", "/teams/mine/invitations", {"email": address})
        waiting = colleague.api("GET", "/teams/mine")["invitations"][0]
        colleague.api("POST", f"/teams/invitations/{waiting['id']}/accept")
        colleague.api("PUT", "/teams/mine/sharing", {"ties": True})
        stranger.api("POST", "/teams", {"name": "Umbra"})
        stranger.api("POST", "/teams/mine/invitations", {"email": app.email})
    app.open("/team")
    app.page.get_by_role("heading", name="Kestrel Labs").wait_for()
    app.page.get_by_text("invites you to Umbra").wait_for()


def _duplicates(app: Any) -> None:
    for name, title in (("Ottilie Quistorp", "Chief Technology Officer"), ("O. Quistorp", "Chair")):
        contact = {"name": name, "title": title, "company": "Kestrel", "phones": ["+49 30 5550001"], "enrich": False}
        app.api("POST", "/contacts", contact)
    app.open("/contacts/duplicates")
    app.page.get_by_role("button", name=re.compile("Same person")).wait_for()


def _activity(app: Any) -> None:
    _duplicates(app)
    app.open("/activity")
    app.page.get_by_text("Added a contact").first.wait_for()


def _contacts(app: Any) -> None:
    app.open("/contacts")


VIEWS: dict[str, Callable[[Any], None]] = {
    "reach": lambda app: app.open("/"),
    "reach-empty": lambda app: app.open("/"),
    "reach-paths": _reached,
    "reach-ask": _asking,
    "contacts": _contacts,
    "contacts-search": _search,
    "contacts-panel": _panel,
    "import": lambda app: app.open("/import"),
    "import-preview": _preview,
    "demo": _demo,
    "graph": _graph,
    "graph-list": lambda app: app.open("/graph?view=list"),
    "introductions": _introductions,
    "introduction": _introduction,
    "growth": lambda app: app.open("/growth"),
    "credits": lambda app: app.open("/credits"),
    "settings": lambda app: app.open("/settings"),
    "duplicates": _duplicates,
    "activity": _activity,
    "trash": lambda app: app.open("/trash"),
    "team": _team,
    "team-none": lambda app: app.open("/team"),
    "palette": _palette,
    "keys": _keys,
}


# The views that the demo user does not see as they are meant.
OTHERS = {
    "empty": "newcomer@example.com",
    "reach-empty": "newcomer@example.com",
    "demo": "curious@example.com",
    "duplicates": "double@example.com",
    "activity": "double@example.com",
    "team": "lead@kestrel.example",
    "team-none": "newcomer@example.com",
}


@pytest.mark.parametrize("look", ["wide-light", "wide-dark", "narrow-light", "narrow-dark"])
@pytest.mark.parametrize("view", [*VIEWS, "sign-in", "empty"])
def test_view_looks_right_to_axe_and_fits(open_app: Callable[..., Any], view: str, look: str) -> None:
    app = open_app(
        OTHERS.get(view, DEMO_EMAIL),
        dark="dark" in look,
        narrow="narrow" in look,
        signed_in=view != "sign-in",
    )
    VIEWS.get(view, _contacts)(app)
    app.page.wait_for_timeout(350)  # what opens has opened
    if folder := os.environ.get("SCREENSHOTS"):
        keep_picture(app.page, Path(folder) / f"{view}-{look}.webp")
    app.page.evaluate(AXE.read_text(encoding="utf-8"))  # a script tag would break the page's own policy
    found = app.page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(result => result.violations.map(v => ({rule: v.id,"
        " help: v.help, where: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.failureSummary)})))",
        RULES,
    )
    assert found == [], json.dumps(found, indent=1)
    width = app.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


MARKS = """() => new Promise(done => {
  const marks = {cls: 0};
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) marks.cls += e.value })
    .observe({type: 'layout-shift', buffered: true});
  new PerformanceObserver(list => { marks.fcp = list.getEntriesByName('first-contentful-paint')[0]?.startTime })
    .observe({type: 'paint', buffered: true});
  setTimeout(() => done(marks), 400);
})"""


@pytest.mark.parametrize(
    "path", ["/", "/contacts", "/graph", "/introductions", "/growth", "/credits", "/settings", "/team"]
)
def test_view_paints_early_and_does_not_shift(open_app: Callable[..., Any], path: str) -> None:
    app = open_app(DEMO_EMAIL)
    app.open(path)
    marks = app.page.evaluate(MARKS)
    print(f"{path}: first contentful paint {marks['fcp']:.0f} ms, layout shift {marks['cls']:.4f}")
    assert marks["cls"] < 0.02
    assert marks["fcp"] < 2500
