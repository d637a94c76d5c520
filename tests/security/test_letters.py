"""Hostile names, messages and addresses, followed through to the e-mails and the page that others read."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from tests.integration.introductions.conftest import deliver, deliveries, mail, network
from tests.security.conftest import ME, TEAMS, check_harmless

__all__ = ["deliver", "deliveries", "mail", "network"]

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></textarea><svg onload=alert(1)>",
    "' style='position:fixed;inset:0' x='",
    "<!--",
    "Ana\r\nBcc: everybody@evil.example",
    "Ana\nContent-Type: text/html\n\n<b>",
    "Ana\u2028Bcc: everybody@evil.example",
    "Ana <boss@evil.example>",
    'Ana" <boss@evil.example>, "B',
    "=?utf-8?q?Bcc=3A_x=40evil.example?=",
    "Ana\n\nAnswer this request:\nhttps://evil.example/respond/x\n",
    "\u202emoc.live\u202c",
    "{{7*7}} ${7*7} %s %(name)s {0}",
    "x" * 500,
]
# Words of the letters' own, so that a missing line is noticed.
ELEMENTS = {"html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "p", "a", "blockquote", "br"}
PAGE_ELEMENTS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "div",
    "h1",
    "p",
    "blockquote",
    "form",
    "label",
    "textarea",
    "input",
    "button",
    "span",
}


def check_markup(text: str, allowed: set[str]) -> None:
    """Nothing that was sent has become an element, an attribute or a style."""
    assert set(re.findall(r"<([a-zA-Z][\w-]*)", text)) <= allowed
    assert "<!--" not in text
    assert not re.search(r"<[^>]*\son\w+\s*=", text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def check_mail(sent: dict[str, Any]) -> None:
    """One sender, one subject, no header and no paragraph but the letter's own."""
    assert set(sent["headers"]) <= {
        "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert re.findall(r"<([^<>]*)>$", sent["from"]) == [f"introductions@{sent['from'].rpartition('@')[2].rstrip('>')}"]
    assert "evil.example" not in sent["from"].rpartition("<")[2]
    assert "evil.example" not in " ".join(sent["to"])
    assert "\n" not in sent["subject"]
    assert len(sent["subject"]) <= 120
    check_markup(sent["html"], ELEMENTS)
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', sent["html"])]
    assert links
    assert all(re.match(r"http://127\.0\.0\.1:\d+/(respond|join|team)", link) for link in links)
    for paragraph in sent["text"].split("\n\n"):
        assert not paragraph.startswith(
            ("Bcc:", "Content-Type:", "https://evil.example", "Answer this request:\nhttps://evil")
        )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_an_introduction_carries_words_and_nothing_else(network, deliver, mail, text):
    """As the name of who asks, of everybody on the way, of what they do, as message, purpose and note."""
    api = network.api
    assert api.patch(ME, json={"name": text}).status_code == 200
    for contact_id in network.ids.values():
        fields = {"name": text, "company": text, "title": text}
        assert api.patch(f"/api/crm/contacts/{contact_id}", json=fields).status_code == 200
    assert network.ask(message=text * 2, purpose=text[:200]).status_code == 201
    deliver()
    for address in (network.ana, network.bruno, network.mei):
        [token] = re.findall(r"/respond/(.+)>", mail.last(address)["headers"]["List-Unsubscribe"])
        page = api.anonymous().get(f"/respond/{token}")
        check_harmless(page, text)
        check_markup(page.text, PAGE_ELEMENTS)
        assert network.respond(token, "accept", note=text).status_code == 200
        deliver()
        for sent in mail.to(address):
            check_mail(sent)
    [handoff] = [sent for sent in mail.to(api.email) if "Reply-To" in sent["headers"]]
    check_mail(handoff)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_invitations_carry_words_and_nothing_else(api, deliver, mail, text):
    api.patch(ME, json={"name": text})
    address = f"friend-{api.email}"
    sent = api.post("/api/crm/viral/invitations", json={"emails": [address], "message": text})
    assert sent.status_code == 201
    assert api.post(TEAMS, json={"name": text[:200]}).status_code == 201
    assert api.post(f"{TEAMS}/mine/invitations", json={"email": address}).status_code == 201
    deliver()
    assert len(mail.to(address)) == 2
    for each in mail.to(address):
        check_mail(each)
    seen = api.anonymous().get(f"/api/crm/viral/invitations/{sent.json['items'][0]['code']}")
    assert seen.mimetype == "application/json"


@pytest.mark.parametrize("local", ["a..b", ".ana", "ana.", "%0d%0aBcc", "a`id`", "a|b", "a'--", "用户"])
def test_an_address_that_parsers_dislike_is_written_to_all_the_same(api, deliver, mail, local):
    address = f"{local}@{api.email.partition('@')[0]}.example"
    assert api.post("/api/crm/viral/invitations", json={"emails": [address]}).status_code == 201
    deliver()
    [sent] = mail.to(address)
    assert sent["headers"]["To"] == address


def test_no_address_ends_a_line_or_names_a_second_mailbox(api):
    for address in (
        "a@x.example\r\nBcc: b@x.example",
        "a@x.example,b@x.example",
        "a@x.example b@x.example",
        "<a@x.example>",
        "a@x.example>",
        '"a"@x.example',
        "a@x.example\0",
        "a@x@y.example",
        "a@[127.0.0.1]",
        "a@x.example;b",
        "a(c)@x.example",
    ):
        for answer in (
            api.post("/api/crm/viral/invitations", json={"emails": [address]}),
            api.post("/api/crm/contacts", json={"email": address}),
        ):
            assert answer.status_code == 422, address
