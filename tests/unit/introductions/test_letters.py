from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import pytest

from shared.email.letter import Button, Letter, Paragraph, Quote, one_line
from shared.email.message import Envelope, message_of
from shared.email.rendering import COLUMNS, as_html, as_text
from shared.introductions import letters, page, steps
from shared.introductions.repository import Introduction, Requester, Step

DOCS = Path(__file__).parents[3] / "docs" / "introductions.md"
LINK = "https://crm.example.com/respond/pX0vJ3cWq7b2mR5tYk1nE8sLh4fGd6uAz9iOeVwCxQM"
JOIN = "https://crm.example.com/join/k3v5q2m7t4zr6xwa"
SECRETS = ("mei@example.com", "bruno@example.com")

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
UNTIL = datetime(2026, 5, 18, 9, 30, tzinfo=UTC)
MESSAGE = (
    "I build small telescopes for schools and struggle with one lens. Mei shipped the only design I know that solves it.\n"
    "Twenty minutes of her time would save me months."
)


def step(position: int, role: str, name: str, **fields: object) -> Step:
    """Somebody on the path of the story."""
    values: dict[str, object] = {
        "company": None, "title": None, "email": f"{name.split(maxsplit=1)[0].lower()}@example.com", "asked_at": None,
        "expires_at": None, "reminded_at": None, "decision": None, "note": "",
    }  # fmt: skip
    return Step(position, role, UUID(int=position), name, **(values | fields))  # type: ignore[arg-type]  # a test gives one field of any type


@pytest.fixture
def requester() -> Requester:
    return Requester("Uma Lindqvist", "uma@example.com", UUID(int=99))


@pytest.fixture
def story():
    """An introduction to Mei over Ana and Bruno, in any state."""

    def make(status: str = "requested", turn: int = 1, reason: str | None = None, **notes: str) -> Introduction:
        decided = {"requested": 0, "connector_accepted": turn - 1, "introduced": 3, "completed": 3}.get(
            status, turn - 1
        )
        steps = [
            step(1, "connector", "Ana Diaz", company="Acme", title="Optics lead"),
            step(2, "connector", "Bruno Okafor", company="Initech"),
            step(3, "target", "Mei Tanaka", company="Globex", title="CTO"),
        ]
        steps = [
            one._replace(
                asked_at=NOW if one.position <= turn else None,
                expires_at=UNTIL if one.position <= turn else None,
                decision="accept" if one.position <= decided else None,
                note=notes.get(one.name.split()[0].lower(), ""),
            )
            for one in steps
        ]
        return Introduction(UUID(int=1), status, turn, UUID(int=3), MESSAGE, "a lens", reason, steps)

    return make


def written(introduction, requester, kind, position=None) -> Letter:
    letter = letters._LETTERS[kind](introduction, requester, position or introduction.turn, LINK)
    assert letter is not None
    return letter if kind == steps.OUTCOME else letters._with_footer(letter, requester, JOIN)


@pytest.fixture
def all_letters(story, requester):
    """Every letter of the story, by what docs/introductions.md calls it."""
    return {
        "the first connector": written(story(), requester, steps.ASK),
        "the second connector": written(story("connector_accepted", 2, ana="Be kind."), requester, steps.ASK),
        "the target": written(story("connector_accepted", 3, bruno="She is the real thing."), requester, steps.ASK),
        "reminder": written(story(), requester, steps.REMINDER),
        "both": written(story("introduced", 3, mei="Happy to. Fridays are best."), requester, steps.HANDOFF),
        "declined": written(story("declined", 2), requester, steps.OUTCOME),
        "not now": written(story("not_now", 1, ana="After the launch, please."), requester, steps.OUTCOME),
        "no answer": written(story("expired", 1), requester, steps.OUTCOME),
        "undeliverable": written(story("expired", 1, "undeliverable"), requester, steps.OUTCOME),
        "withdrawn": written(story("withdrawn", 1), requester, steps.WITHDRAWN),
        "thanks": written(story("completed", 3), requester, steps.THANKS, 1),
    }


def test_the_emails_in_the_documentation_are_the_real_ones(all_letters):
    shown = dict(re.findall(r"<!-- e-mail: (.+?) -->\n```text\n(.*?)```", DOCS.read_text(), re.DOTALL))

    assert shown.keys() == all_letters.keys()
    for name, letter in all_letters.items():
        reply_to = f"Reply-To: {letter.reply_to}\n" if letter.reply_to else ""
        assert shown[name] == f"From: {letter.sender}\n{reply_to}Subject: {letter.subject}\n\n{as_text(letter)}", name


def test_a_question_needs_fewer_than_120_words_around_the_requesters_own(all_letters):
    for name in ("the first connector", "the second connector", "the target"):
        frame = " ".join(
            block.text
            for block in all_letters[name].blocks
            if not isinstance(block, (Quote, Button)) and hasattr(block, "text")
        )
        assert len(frame.split()) < 120, name


def test_nothing_before_the_targets_yes_holds_an_address_but_the_requesters(all_letters):
    for name, letter in all_letters.items():
        text = as_text(letter) + as_html(letter) + letter.subject + letter.sender + letter.reply_to
        if name != "both":
            assert not [secret for secret in SECRETS if secret in text], name
    target = all_letters["the target"]
    assert "uma@example.com" not in as_text(target) + as_html(target) + target.reply_to


def test_what_can_be_forwarded_stands_on_its_own(all_letters):
    text = as_text(all_letters["the first connector"])
    forwarded = text.partition("---- you can forward this part ")[2].partition("---- Warmpath ")[0]

    assert "Uma Lindqvist would like to be introduced to Mei Tanaka" in " ".join(forwarded.split())
    assert "/respond/" not in forwarded
    assert text.count("/respond/") == 2  # to answer, and to stop


def test_text_fits_a_terminal_and_html_says_the_same(all_letters):
    class Words(HTMLParser):
        def __init__(self):
            super().__init__()
            self.said, self.skipping = [], False

        def handle_starttag(self, tag, _attrs):
            self.skipping = tag in {"style", "title"}

        def handle_data(self, data):
            if not self.skipping:
                self.said += data.split()

    for letter in all_letters.values():
        text = as_text(letter)
        assert all(len(line) <= COLUMNS or "https://" in line for line in text.splitlines())
        html = as_html(letter)
        assert "<img" not in html
        assert "<script" not in html
        assert not re.search(r"(?:src|href)=\"(?!https://crm\.example\.com/(?:respond|join)/)", html)
        reader = Words()
        reader.feed(html)
        for word in re.findall(r"[A-Za-z]{4,}", text):
            assert any(word in said for said in reader.said), word


def test_what_people_write_cannot_become_markup_or_headers():
    nasty = 'Eve"<script>alert(1)</script>\r\nBcc: all@example.com'
    letter = Letter(subject=nasty, blocks=(Paragraph(nasty), Quote(nasty)), sender=nasty, stop_url=LINK)
    message = message_of(letter, Envelope(UUID(int=7), "introductions@crm.example.com", ["ana@example.com"]), NOW)
    parsed = message_from_bytes(message.as_bytes(), policy=policy.default)

    assert "Bcc" not in parsed
    assert "<script>" not in as_html(letter)
    assert parsed["From"].addresses[0].addr_spec == "introductions@crm.example.com"
    assert [address.addr_spec for address in parsed["To"].addresses] == ["ana@example.com"]
    assert "\n" not in one_line(nasty)


def test_nothing_in_a_subject_or_a_sender_turns_or_hides_what_stands_beside_it():
    tricky = "Ana\u202e\u200b\u2066 \u200fBell\u2028\r\nBcc: x\u3164"
    letter = Letter(subject=f"{tricky} invites you", blocks=(Paragraph("Hi"),), sender=f"{tricky} via Warmpath")
    message = message_of(letter, Envelope(UUID(int=7), "hello@crm.example.com", ["ana@example.com"]), NOW)
    parsed = message_from_bytes(message.as_bytes(), policy=policy.default)

    assert parsed["Subject"] == "Ana Bell Bcc: x invites you"
    assert parsed["From"].addresses[0].display_name == "Ana Bell Bcc: x via Warmpath"


def test_an_email_has_the_headers_of_a_good_citizen(all_letters):
    earlier = [UUID(int=5), UUID(int=6)]
    envelope = Envelope(UUID(int=7), "introductions@crm.example.com", ["ana@example.com"], earlier)
    message = message_of(all_letters["reminder"], envelope, NOW)

    assert message["Message-ID"] == "<00000000-0000-0000-0000-000000000007@crm.example.com>"
    assert message["In-Reply-To"] == "<00000000-0000-0000-0000-000000000006@crm.example.com>"
    assert str(message["References"]).split() == [f"<{one}@crm.example.com>" for one in earlier]
    assert message["List-Unsubscribe"] == f"<{LINK}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "uma@example.com"
    assert message["Date"] == "Mon, 04 May 2026 09:30:00 +0000"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    plain = message.get_body(("plain",))
    assert plain is not None
    assert MESSAGE.split("\n")[1].split(maxsplit=1)[0] in plain.get_content()


def test_pages_and_letters_greet_without_a_name_where_there_is_none():
    assert letters.first_name("Ana Diaz") == "Ana"
    assert letters.first_name("a contact without a name") == ""
    assert "Nothing to do" in page.question_page({"state": "closed"})
