"""Somebody new tries it: the demo network, a path in it, and the letter, which is the one that is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

# What a link carries is another one in the letter that is sent.
LINKS = re.compile(r"/(respond|join)/[\w-]+")
WORDS = "I build <telescopes> & would value fifteen minutes of her time."


@pytest.fixture
def trying(open_app: Callable[..., Any], email: str) -> Any:
    """Somebody new who has clicked once."""
    app = open_app(email)
    app.open("/")
    app.page.get_by_role("heading", name="Look around first").wait_for()
    app.page.get_by_role("link", name="Try it with demo data").click()
    app.page.get_by_text(re.compile(r"\d+ contacts and [\d,]+ ties")).wait_for()
    return app


def test_one_click_gives_living_paths_to_every_example(trying: Any) -> None:
    app, page = trying, trying.page
    assert page.url.endswith("/demo")
    page.get_by_role("link", name=re.compile("^Reach Mei")).click()
    page.get_by_text("Your tie to", exact=False).first.wait_for()
    assert page.get_by_role("button", name=re.compile("^Ask ")).count() > 2

    for typed, choice in (("mei tanaka", "Mei Tanaka"), ("globex", "^Globex"), ("head of design", "Head of Design")):
        app.open("/")
        page.get_by_text("One introduction away").wait_for()
        page.get_by_role("combobox", name="Who do you want to reach?").fill(typed)
        page.get_by_role("option", name=re.compile(choice)).first.click()
        page.get_by_role("button", name=re.compile("^Ask ")).first.wait_for()

    app.open("/graph")
    page.locator("canvas").wait_for()
    app.open("/contacts?q=head+of+desing")
    page.get_by_role("row", name=re.compile("Head of Design")).first.wait_for()

    app.open("/demo")
    page.get_by_role("button", name="Add the demo network").click()
    page.get_by_text("You already had").wait_for()
    assert app.api("GET", "/contacts?tag=demo-data&include_total=true&limit=1")["total"] == 280


def test_the_letter_seen_is_the_letter_sent(trying: Any) -> None:
    app, page = trying, trying.page
    page.get_by_role("link", name=re.compile("^Reach Mei")).click()
    ask = page.get_by_role("button", name=re.compile("^Ask ")).first
    ask.click()
    letters = page.get_by_role("region", name="The letters")
    letters.locator("iframe").wait_for()
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_label("What it is for").fill("optics")
    frame = letters.frame_locator("iframe")
    frame.get_by_text(WORDS).wait_for()
    frame.get_by_text("It is about: optics.").wait_for()
    shown = letters.locator("iframe").get_attribute("srcdoc")
    subject = letters.get_by_text("Would you introduce").first.inner_text()

    letters.get_by_role("button", name="To Mei").click()
    letters.get_by_text(re.compile("^Goes to Mei Tanaka if .* says yes")).wait_for()
    frame.get_by_text("Answer this request").wait_for()
    letters.get_by_role("button", name="Both of you").click()
    frame.get_by_text("reply to all").wait_for()

    page.get_by_role("button", name=re.compile("^Send to ")).click()
    app.toast("was asked")
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Open the mailbox").click()
    popup.value.get_by_role("heading", name="Mailbox").wait_for()
    connector = app.api("GET", "/graph/introductions?limit=1")["items"][0]["connector"]
    address = app.api("GET", f"/contacts/{connector['id']}")["email"]
    app.mailed_link(address)
    (sent,) = [mail for mail in app.mails(address) if WORDS in mail["text"].replace("\n> ", " ")]
    assert sent["subject"] == subject
    assert LINKS.sub("", sent["html"]) == LINKS.sub("", shown.replace("\r\n", "\n"))


def test_what_the_letter_may_not_say_is_told_instead_of_it(trying: Any) -> None:
    page = trying.page
    page.get_by_role("link", name=re.compile("^Reach Mei")).click()
    page.get_by_role("button", name=re.compile("^Ask ")).first.click()
    page.get_by_role("region", name="The letters").locator("iframe").wait_for()
    page.get_by_label("Your words").fill("Write to mei.tanaka@globex.example please.")
    page.get_by_role("region", name="The letters").get_by_text("must not contain contact data").wait_for()
    page.get_by_label("Your words").fill("Please.")
    page.get_by_role("region", name="The letters").frame_locator("iframe").get_by_text("Please.").wait_for()


def test_the_mailbox_is_one_click_away(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    app.open("/contacts")
    link = app.page.get_by_role("link", name="Mailbox")
    assert link.get_attribute("href") == "/dev/mailbox"


def test_an_address_alone_adds_nobody(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    app.open("/demo")
    app.page.get_by_role("button", name="Add the demo network").wait_for()
    assert len(app.api("GET", "/contacts")["items"]) <= 1
