"""The story of docs/introductions.md on the local stack, from a browser's and a mail client's side: HTTP and e-mail, nothing else."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest

from dev.processes import LOOPBACK, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[3]
MAIL_WITHIN_S = 15
GRAPH = "/api/crm/graph"
MEI = {"Email": "mei@globex.example", "phone": "+81 3 5550 1234", "profile": "linkedin.com/in/mei-tanaka"}
BOOKS = {
    "uma": "First Name,Last Name,Email Address,Company,Position,URL,Phone\n"
    "Ana,Diaz,ana@example.com,Acme,Optics lead,,\n"
    "Bruno,Okafor,bruno@example.com,Initech,,,\n"
    f"Mei,Tanaka,{MEI['Email']},Globex,CTO,https://www.{MEI['profile']},{MEI['phone']}\n",
    "ana": "Name,Email\nBruno Okafor,bruno@example.com\nUma Lindqvist,uma@example.com\n",
    "bruno": f"Name,Email\nMei Tanaka,{MEI['Email']}\nAna Diaz,ana@example.com\n",
}
TIES = f"""from_email,to_email,strength
uma@example.com,ana@example.com,0.9
ana@example.com,bruno@example.com,0.8
bruno@example.com,{MEI["Email"]},0.7
"""


class Stack:
    """`make run` in a process of its own, and what people do with it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        kept = {
            name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "SMTP_URL"}
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dev.stack"],
            cwd=PROJECT,
            env={**kept, "DATA_DIR": str(folder), "FRONTEND": "none", "SEED": "none", "PORT": str(self.port)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert any(line.startswith("ready:") for line in self.process.stdout), "it ended before it was ready"
        self.tokens: dict[str, str] = {}

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        with self.process:
            self.process.communicate()

    def call(self, method: str, path: str, body: Any = None, *, who: str = "", kind: str = "") -> tuple[int, Any]:
        """Sends a request as somebody; JSON both ways unless `kind` says otherwise."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        if body is not None:
            headers["Content-Type"] = kind or "application/json"
            body = body if kind else json.dumps(body)
        with closing(http.client.HTTPConnection(LOOPBACK, self.port, timeout=30)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read().decode()
        return answer.status, json.loads(content) if "json" in answer.headers.get("Content-Type", "") else content

    def sign_in(self, who: str, name: str) -> None:
        self.tokens[who] = self.call("POST", "/dev/token", {"email": f"{who}@example.com", "name": name})[1][
            "access_token"
        ]

    def mails(self, to: str) -> list[dict[str, Any]]:
        return self.call("GET", f"/dev/mailbox?to={quote(to)}")[1]["items"]

    def wait_for_mail(self, to: str, count: int) -> dict[str, Any]:
        """The newest e-mail to an address, once there are so many."""
        deadline = time.monotonic() + MAIL_WITHIN_S
        while time.monotonic() < deadline:
            found = self.mails(to)
            assert len(found) <= count, [mail["subject"] for mail in found]
            if len(found) == count:
                return found[0]
            time.sleep(0.05)
        pytest.fail(f"e-mail number {count} to {to} has not come")

    def page_of(self, mail: dict[str, Any]) -> tuple[str, str]:
        """Path and text of the page that an e-mail's link leads to."""
        found = re.search(r"http://localhost:\d+(/respond/\S+)", mail["text"])
        assert found
        status, page = self.call("GET", found[1])
        assert status == 200
        return found[1], page

    def press(self, mail: dict[str, Any], button: str, **fields: str) -> str:
        """Presses a button of the page, as a browser without JavaScript does."""
        path, page = self.page_of(mail)
        assert "<script" not in page
        assert '<form method="post">' in page
        assert f'name="decision" value="{button}"' in page
        form = urlencode({"decision": button, **fields})
        status, said = self.call("POST", path, form, kind="application/x-www-form-urlencoded")
        assert status == 200, said
        return unescape(said)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    started = Stack(tmp_path_factory.mktemp("story"))
    for who, name in (("uma", "Uma Lindqvist"), ("ana", "Ana Diaz"), ("bruno", "Bruno Okafor")):
        started.sign_in(who, name)
        status, done = started.call(
            "POST", "/api/crm/contacts/import?enrich=false", BOOKS[who], who=who, kind="text/csv"
        )
        assert (status, done["failed"]) == (200, 0)
    status, done = started.call("POST", f"{GRAPH}/relationships/import", TIES, who="uma", kind="text/csv")
    assert (status, done["failed"]) == (200, 0), done
    yield started
    started.stop()


def target_id(stack: Stack) -> str:
    return stack.call("GET", "/api/crm/contacts/search?q=mei%20tanaka", who="uma")[1]["items"][0]["id"]


def ask(stack: Stack) -> dict[str, Any]:
    body = {"target_id": target_id(stack), "message": "I build small telescopes.", "purpose": "a lens"}
    status, asked = stack.call("POST", f"{GRAPH}/introduce", body, who="uma")
    assert status == 201, asked
    return asked


def counts(stack: Stack) -> dict[str, int]:
    return {who: len(stack.mails(f"{who}@example.com")) for who in ("uma", "ana", "bruno")} | {
        "mei": len(stack.mails(MEI["Email"]))
    }


def no_contact_data_of_mei(*texts: Any) -> None:
    for text in map(str, texts):
        assert not [value for value in MEI.values() if value in text]


def test_a_path_over_two_connectors_ends_in_one_mail_to_both(stack: Stack) -> None:
    status, found = stack.call("GET", f"{GRAPH}/path?to={target_id(stack)}", who="uma")
    assert [contact["name"] for contact in found["paths"][0]["contacts"]][1:] == [
        "Ana Diaz",
        "Bruno Okafor",
        "Mei Tanaka",
    ]
    asked = ask(stack)

    first = stack.wait_for_mail("ana@example.com", 1)
    no_contact_data_of_mei(first, stack.page_of(first))
    assert "We ask Bruno Okafor next" in stack.page_of(first)[1]
    stack.press(first, "accept", note="Be kind.")
    second = stack.wait_for_mail("bruno@example.com", 1)
    no_contact_data_of_mei(second, stack.page_of(second))
    assert "> Be kind." in second["text"]
    assert stack.call("GET", f"{GRAPH}/introductions/{asked['id']}", who="uma")[1]["status"] == "connector_accepted"
    assert stack.mails(MEI["Email"]) == []
    stack.press(second, "accept", note="She is the real thing.")

    third = stack.wait_for_mail(MEI["Email"], 1)
    assert "uma@example.com" not in str(third) + str(stack.page_of(third))
    assert stack.mails("uma@example.com") == []
    stack.press(third, "accept")
    handoff = stack.wait_for_mail(MEI["Email"], 2)
    assert sorted(handoff["to"]) == [MEI["Email"], "uma@example.com"]
    assert handoff["headers"]["Reply-To"] == "uma@example.com"
    assert stack.wait_for_mail("uma@example.com", 1)["headers"]["Message-ID"] == handoff["headers"]["Message-ID"]

    path, page = stack.page_of(third)
    assert "You said yes." in page
    assert stack.call("POST", path, "decision=decline", kind="application/x-www-form-urlencoded")[0] == 409
    for connector in ("ana", "bruno"):
        listed = stack.call("GET", f"{GRAPH}/introductions?role=connector", who=connector)[1]["items"]
        assert [item["status"] for item in listed] == ["introduced"]
        no_contact_data_of_mei(listed)
    status, done = stack.call("POST", f"{GRAPH}/introductions/{asked['id']}/complete", who="uma")
    assert (status, done["status"]) == (200, "completed")
    stack.wait_for_mail("ana@example.com", 2)
    stack.wait_for_mail("bruno@example.com", 2)
    for person in ("ana", "bruno", "uma"):
        assert stack.call("PATCH", "/api/crm/users/me", {"settings": {"leaderboard": True}}, who=person)[0] == 200
    board = stack.call("GET", "/api/crm/viral/leaderboard?period=7d", who="uma")[1]
    assert sorted(row["name"] for row in board["items"]) == ["Ana Diaz", "Bruno Okafor", "Uma Lindqvist"]
    assert {row["rank"] for row in board["items"]} == {1}


@pytest.mark.parametrize(("button", "status"), [("decline", "declined"), ("not_now", "not_now")])
def test_a_connector_says_no(stack: Stack, button: str, status: str) -> None:
    before = counts(stack)
    asked = ask(stack)
    stack.press(stack.wait_for_mail("ana@example.com", before["ana"] + 1), button, note="Not from me.")
    told = stack.wait_for_mail("uma@example.com", before["uma"] + 1)

    assert "> Not from me." in told["text"]
    assert stack.call("GET", f"{GRAPH}/introductions/{asked['id']}", who="uma")[1]["status"] == status
    assert counts(stack) == before | {"ana": before["ana"] + 1, "uma": before["uma"] + 1}


def test_the_target_says_no_and_her_words_stay_with_her(stack: Stack) -> None:
    before = counts(stack)
    asked = ask(stack)
    stack.press(stack.wait_for_mail("ana@example.com", before["ana"] + 1), "accept")
    stack.press(stack.wait_for_mail("bruno@example.com", before["bruno"] + 1), "accept")
    stack.press(stack.wait_for_mail(MEI["Email"], before["mei"] + 1), "decline", note="Not my field.")
    told = stack.wait_for_mail("uma@example.com", before["uma"] + 1)
    after = stack.call("GET", f"{GRAPH}/introductions/{asked['id']}", who="uma")[1]

    assert after["status"] == "declined"
    assert "Not my field." not in str(told) + str(after)
    no_contact_data_of_mei(told, after)


def test_a_withdrawn_question_cannot_be_answered(stack: Stack) -> None:
    before = counts(stack)
    asked = ask(stack)
    question = stack.wait_for_mail("ana@example.com", before["ana"] + 1)
    assert stack.call("POST", f"{GRAPH}/introductions/{asked['id']}/withdraw", who="uma")[1]["status"] == "withdrawn"
    stack.wait_for_mail("ana@example.com", before["ana"] + 2)
    path, page = stack.page_of(question)

    assert "nothing to answer here any more" in page
    assert stack.call("POST", path, "decision=accept", kind="application/x-www-form-urlencoded")[0] == 409


def test_the_mailbox_is_also_a_page(stack: Stack) -> None:
    stack.call("POST", "/api/crm/viral/invitations", {"emails": ["page@example.com"]}, who="uma")
    stack.wait_for_mail("page@example.com", 1)
    with closing(http.client.HTTPConnection(LOOPBACK, stack.port, timeout=30)) as connection:
        connection.request("GET", "/dev/mailbox", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        answer = connection.getresponse()
        page = answer.read().decode()
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "page@example.com" in page


def test_never_again_is_heard_by_everybody(stack: Stack) -> None:
    before = counts(stack)
    ask(stack)
    stack.press(stack.wait_for_mail("ana@example.com", before["ana"] + 1), "stop")
    stack.wait_for_mail("uma@example.com", before["uma"] + 1)
    status, refused = stack.call(
        "POST", f"{GRAPH}/introduce", {"target_id": target_id(stack), "message": "Again?"}, who="uma"
    )

    assert (status, refused["detail"]) == (409, "Ana Diaz cannot be asked")
