"""Webhooks in the app: added, tried, switched, their secret replaced, and the log with what a receiver answered."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.conftest import Receiver

pytestmark = pytest.mark.skipif("E2E_URL" in os.environ, reason="the stack has to be allowed to send to the receiver")


@pytest.fixture(autouse=True)
def _empty(receiver: Receiver) -> Iterator[None]:
    receiver.messages.clear()
    yield
    receiver.refuses = False


def _picture(app: Any, name: str) -> None:
    if folder := os.environ.get("WEBHOOK_PICTURES"):
        app.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_webhook_is_added_tried_and_its_secret_replaced(
    open_app: Callable[..., Any], email: str, receiver: Receiver
) -> None:
    app = open_app(email)
    app.open("/programs")
    app.page.get_by_label("Address that receives the messages").fill(receiver.address + "hooks")
    app.page.get_by_label("All events, those to come included").uncheck(force=True)
    app.page.get_by_role("group", name="Contacts").get_by_text("Added").click()
    _picture(app, "form")
    app.page.get_by_role("button", name="Add a webhook").click()
    secret = app.page.get_by_text("whsec_").first.inner_text()
    app.page.get_by_role("button", name="Copy").first.click()
    assert app.page.evaluate("navigator.clipboard.readText()") == secret

    row = app.page.get_by_role("region", name=receiver.address + "hooks")
    row.get_by_text("contact.created. On.").wait_for()
    row.get_by_role("button", name="Send a test").click()
    row.get_by_text("Arrived in").wait_for()
    assert [message["type"] for message in receiver.messages] == ["webhook.test"]
    _picture(app, "secret")

    row.get_by_role("button", name="New secret").click()
    app.page.get_by_role("alertdialog").get_by_role("button", name="Make a new secret").click()
    row.get_by_text("whsec_").wait_for()
    assert row.get_by_text("whsec_").inner_text() != secret

    app.api("POST", "/contacts", {"name": "Mei Tanaka", "enrich": False})
    app.eventually(lambda: [message["type"] for message in receiver.messages] == ["webhook.test", "contact.created"])
    row.get_by_role("button", name="Remove").click()
    app.page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    row.wait_for(state="detached")
    assert app.api("GET", "/webhooks")["items"] == []


def test_a_message_that_was_refused_is_sent_again_from_the_log(
    open_app: Callable[..., Any], email: str, receiver: Receiver
) -> None:
    app = open_app(email)
    webhook = app.api("POST", "/webhooks", {"url": receiver.address + "hooks", "events": ["*"]})
    receiver.refuses = True
    sent = app.api("POST", f"/webhooks/{webhook['id']}/test")
    app.eventually(lambda: len(receiver.messages) > 0)
    time.sleep(1)
    app.open("/programs")
    row = app.page.get_by_role("region", name=receiver.address + "hooks")
    row.get_by_text("Nothing has arrived since").wait_for()
    row.get_by_role("button", name="Log").click()
    row.get_by_text("1 attempt").wait_for()
    _picture(app, "log")
    receiver.refuses = False
    receiver.messages.clear()
    row.get_by_role("button", name="Send again").click()
    row.get_by_text("Arrived in").wait_for(timeout=90_000)
    assert {message["id"] for message in receiver.messages} == {f"msg_{sent['id'].replace('-', '')}"}


def test_a_webhook_that_is_off_says_why_and_is_switched_on_again(
    open_app: Callable[..., Any], email: str, receiver: Receiver
) -> None:
    app = open_app(email, narrow=True)
    webhook = app.api("POST", "/webhooks", {"url": receiver.address + "hooks", "events": ["*"]})
    app.open("/programs")
    row = app.page.get_by_role("region", name=receiver.address + "hooks")
    row.get_by_role("button", name="Turn off").click()
    row.get_by_text("Off: you have switched it off").wait_for()
    assert row.get_by_role("button", name="Send a test").count() == 0
    _picture(app, "off")
    row.get_by_role("button", name="Turn on").click()
    row.get_by_text("All events. On.").wait_for()
    assert app.api("GET", f"/webhooks/{webhook['id']}")["active"]


def test_an_address_that_is_not_public_is_refused_in_words(open_app: Callable[..., Any], email: str) -> None:
    app = open_app(email)
    app.open("/programs")
    app.page.get_by_label("Address that receives the messages").fill("https://10.0.0.1/hooks")
    app.page.get_by_role("button", name="Add a webhook").click()
    app.page.get_by_text("10.0.0.1").wait_for()
    assert app.api("GET", "/webhooks")["items"] == []
