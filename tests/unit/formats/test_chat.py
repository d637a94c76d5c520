from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from shared.errors import BadRequest, UnsupportedFormat
from shared.formats.chat import whatsapp
from shared.formats.chat.files import ChatExport
from shared.formats.chat.linkedin import profile, seconds_of

if TYPE_CHECKING:
    from pathlib import Path


def facts(path: Path) -> list[dict[str, Any]]:
    return [json.loads(message.line()) for message in ChatExport(path).facts()]


def pairs(path: Path) -> list[tuple[str, str, str]]:
    return [(each["at"], each["from"]["address"], each["to"][0]["address"]) for each in facts(path)]


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


ME, ANA, BEN = (f"https://www.linkedin.com/in/{slug}" for slug in ("me-x", "ana-silva", "ben-okoro"))
MESSAGES = '"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL","TO","RECIPIENT PROFILE URLS","DATE","SUBJECT","CONTENT","FOLDER","IS MESSAGE DRAFT"\n'
LINKEDIN = {
    "Profile.csv": "First Name,Last Name,Headline\nMe,Myself,x\n",
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\nme@acme.example,Yes,Yes,1/1/20\n",
    "messages.csv": "\ufeff"
    + MESSAGES
    + f'c1,,Ana Silva,{ANA},Me Myself,{ME},2024-01-10 09:00:00 UTC,,"Hello,\nthere",INBOX,No\n'
    + f'c2,,Me Myself,{ME},"Ana Silva,Ben Okoro","{ANA},{BEN}",2024-01-11 09:00:00 UTC,,Hi,SENT,No\n'
    + f"c3,,Seller,{BEN},Me Myself,{ME},2024-01-12 09:00:00 UTC,,Buy,SPAM,No\n"
    + f"c4,Sponsored Conversation,Seller,{BEN},Me Myself,{ME},2024-01-12 09:00:00 UTC,,Buy,INBOX,No\n"
    + f"c5,,LinkedIn Member,,Me Myself,{ME},2024-01-12 09:00:00 UTC,,x,INBOX,No\n"
    + f"c6,,Me Myself,{ME},Ana Silva,{ANA},2024-01-12 09:00:00 UTC,,x,SENT,Yes\n",
    "Invitations.csv": "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    f'Ben Okoro,Me Myself,"9/5/23, 11:00 PM",,INCOMING,{BEN},{ME}\n',
    "Endorsement_Received_Info.csv": "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status\n"
    f"2024/02/01 10:00:00 UTC,Sql,Ana,Silva,{ANA.removeprefix('https://')},ACCEPTED\n",
    "Recommendations_Given.csv": "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
    'Chi,Lee,Acme,CTO,Great,"02/03/24, 10:00 AM",VISIBLE\n',
    "Comments_123.csv": "No comments found\n",
    "Connections.csv": "Notes:\n",
}


def test_linkedin_s_zip_says_who_wrote_invited_endorsed_and_recommended(tmp_path: Path) -> None:
    export = ChatExport(zipped(tmp_path / "export.zip", LINKEDIN))
    found = [json.loads(message.line()) for message in export.facts()]
    assert [
        (each["at"][:10], each["from"]["address"], [person["address"] for person in each["to"]]) for each in found
    ] == [
        ("2024-01-10", "linkedin:ana-silva", ["linkedin:me-x"]),
        ("2024-01-11", "linkedin:me-x", ["linkedin:ana-silva", "linkedin:ben-okoro"]),
        ("2023-09-05", "linkedin:ben-okoro", ["linkedin:me-x"]),
        ("2024-02-01", "linkedin:ana-silva", ["linkedin:me-x"]),
        ("2024-02-03", "linkedin:me-x", ["name:chi lee"]),
    ]
    assert export.left_out == {"spam": 1, "list": 1, "no_sender": 1, "draft": 1}
    assert export.mine == {"me@acme.example", "name:me myself", "linkedin:me-x"}
    assert "Hello" not in json.dumps(found)
    assert [each["id"] for each in found] == [each["id"] for each in facts(tmp_path / "export.zip")]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (f"{ANA}/", "linkedin:ana-silva"),
        ("https://de.linkedin.com/in/J%C3%B6rg", "linkedin:jörg"),
        ("https://x.example/in/a", ""),
        ("", ""),
    ],
)
def test_profiles_are_addresses(url: str, address: str) -> None:
    assert profile(url.replace("https://www.", "https://www.")) == address


@pytest.mark.parametrize(
    "text", ["2024-01-10 09:00:00 UTC", "1/10/24, 9:00 AM", "01/10/2024, 9:00 AM", "2024/01/10 09:00:00 UTC"]
)
def test_every_file_of_linkedin_has_dates_of_another_style(text: str) -> None:
    assert seconds_of(text) == 1704877200


@pytest.mark.parametrize(
    ("lines", "first", "second"),
    [
        (["[15.03.24, 10:20:31] Ana: hi", "[16.03.24, 09:00:00] Ben: yes"], "2024-03-15T10:20:31Z", "2024-03-16T09:00:00Z"),
        (["15/03/2024, 10:20 - Ana: hi", "16/03/2024, 09:00 - Ben: yes"], "2024-03-15T10:20:00Z", "2024-03-16T09:00:00Z"),
        (["3/15/24, 10:20\u202fPM - Ana: hi", "3/16/24, 9:00 AM - Ben: yes"], "2024-03-15T22:20:00Z", "2024-03-16T09:00:00Z"),
        (["2024-03-15, 10:20 p.m. - Ana: hi", "2024-03-16, 12:00 a.m. - Ben: yes"], "2024-03-15T22:20:00Z", "2024-03-16T00:00:00Z"),
        (["\u200e[2024/03/15 10:20:31] Ana: hi", "[2024/03/16 09:00:00] Ben: yes"], "2024-03-15T10:20:31Z", "2024-03-16T09:00:00Z"),
        (["[2024/3/15 下午10:20:31] Ana: hi", "[2024/3/16 上午9:00:00] Ben: yes"], "2024-03-15T22:20:31Z", "2024-03-16T09:00:00Z"),
        (["01/02/2024, 10:20 - Ana: hi", "02/02/2024, 09:00 - Ben: yes", "03/02/2024, 09:00 - Ben: yes"], "2024-02-01T10:20:00Z", "2024-02-02T09:00:00Z"),
        (["1/2/24, 10:20 - Ana: hi", "1/3/24, 09:00 - Ben: yes", "2/1/24, 09:00 - Ben: x"], "2024-01-02T10:20:00Z", "2024-01-03T09:00:00Z"),
        (["15.03.24 10:20 - Ana: hi", "16.03.24 09:00 - Ben: yes"], "2024-03-15T10:20:00Z", "2024-03-16T09:00:00Z"),
    ],
)  # fmt: skip
def test_whatsapp_is_read_in_every_language_s_dates(lines: list[str], first: str, second: str, tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Ana.txt"
    path.write_text("\n".join([lines[0], "second line: of the same", *lines[1:]]), encoding="utf-8")
    assert pairs(path)[:2] == [(first, "name:ana", "name:ben"), (second, "name:ben", "name:ana")]


def test_a_group_of_whatsapp_and_what_the_program_says_are_known_apart(tmp_path: Path) -> None:
    text = (
        "15/03/2024, 10:20 - Messages are end-to-end encrypted\n15/03/2024, 10:20 - Ana created group\n"
        "15/03/2024, 10:20 - Ana: a\n15/03/2024, 10:20 - Ana: a\n15/03/2024, 10:21 - ~ Ben: b\n15/03/2024, 10:22 - +49 170 1234567: c\n"
    )
    path = zipped(tmp_path / "chat.zip", {"WhatsApp Chat with Team.txt": text, "photo.jpg": "x"})
    found = facts(path)
    assert [each["from"]["address"] for each in found] == ["name:ana", "name:ana", "name:ben", "tel:+491701234567"]
    assert len({each["id"] for each in found}) == 4
    assert all(each["flags"] == ["chat", "group"] for each in found)


def test_a_chat_in_which_one_never_answered_has_its_partner_from_the_file_s_name(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Ana Silva.txt"
    path.write_text("15/03/2024, 10:20 - Me: hi\n")
    assert pairs(path) == [("2024-03-15T10:20:00Z", "name:me", "name:ana silva")]


TELEGRAM = {
    "chats": {
        "list": [
            {
                "name": "Ana", "type": "personal_chat", "id": 7,
                "messages": [
                    {"id": 1, "type": "message", "date_unixtime": "1710498031", "from": "Me", "from_id": "user1", "text": "secret"},
                    {"id": 2, "type": "service", "action": "phone_call", "date": "2024-03-15T10:21:00", "actor": "Ana", "actor_id": "user7"},
                    {"id": 3, "type": "service", "action": "pin_message", "date": "2024-03-15T10:21:00", "actor": "Ana", "actor_id": "user7"},
                ],
            },
            {"name": "News", "type": "public_channel", "id": 8, "messages": [{"id": 1, "type": "message", "from_id": "channel8"}]},
        ]
    }
}  # fmt: skip


def test_telegram_s_export_has_messages_and_calls(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(TELEGRAM))
    found = facts(path)
    assert [(each["from"]["address"], each["to"][0]["address"], each["flags"]) for each in found] == [
        ("name:me", "name:ana", ["chat"]),
        ("name:ana", "name:me", ["call"]),
    ]
    assert "secret" not in json.dumps(found)


def test_slack_s_export_knows_members_by_their_addresses(tmp_path: Path) -> None:
    users = [
        {"id": "U1", "profile": {"real_name": "Me", "email": "me@acme.example"}},
        {"id": "U2", "profile": {"real_name": "Ana", "email": "Ana@acme.example"}},
        {"id": "B1", "is_bot": True, "profile": {"real_name": "Bot"}},
    ]
    day = [
        {"type": "message", "user": "U1", "ts": "1710498031.000100", "text": "secret"},
        {"type": "message", "user": "U2", "ts": "1710498032.000100", "text": "x"},
        {"type": "message", "subtype": "channel_join", "user": "U2", "ts": "1710498033.000100"},
        {"type": "message", "user": "B1", "ts": "1710498034.000100"},
    ]
    path = zipped(
        tmp_path / "slack.zip",
        {"D1/2024-03-15.json": json.dumps(day), "users.json": json.dumps(users), "dms.json": json.dumps([{"id": "D1", "members": ["U1", "U2"]}])},
    )  # fmt: skip
    export = ChatExport(path)
    assert [(m.sender.address, m.to[0].address) for m in export.facts()] == [
        ("me@acme.example", "ana@acme.example"),
        ("ana@acme.example", "me@acme.example"),
    ]
    assert export.left_out == {"auto": 1, "no_sender": 1}


BACKUP = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="4">
  <sms address="+49 170 1234567" date="1710498031000" type="2" body="hi &#55357;&#56832;" contact_name="Ana" />
  <sms address="+491701234567" date="1710498032000" type="1" body="secret" contact_name="(Unknown)" />
  <sms address="ACME" date="1710498032000" type="1" body="code" />
  <sms address="+491701234567" date="1710498032000" type="3" body="draft" />
  <mms date="1710498033000" msg_box="1"><addrs><addr address="+491701234567" type="137"/><addr address="+491707654321" type="151"/></addrs></mms>
</smses>"""


def test_backups_of_a_phone_have_messages_and_answered_calls(tmp_path: Path) -> None:
    (tmp_path / "sms.xml").write_text(BACKUP)
    assert [(m.sender.address, [p.address for p in m.to]) for m in ChatExport(tmp_path / "sms.xml").facts()] == [
        ("name:me", ["tel:+491701234567"]),
        ("tel:+491701234567", ["name:me"]),
        ("tel:+491701234567", ["name:me", "tel:+491707654321"]),
    ]
    (tmp_path / "calls.xml").write_text(
        '<calls count="3"><call number="+491701234567" duration="65" date="1710498031000" type="2"/>'
        '<call number="+491701234567" duration="0" date="1710498031000" type="3"/><call number="-1" duration="9" date="1" type="1"/></calls>'
    )
    assert [m.flags for m in ChatExport(tmp_path / "calls.xml").facts()] == [("call",)]


def test_a_backup_that_declares_entities_is_refused_before_they_grow(tmp_path: Path) -> None:
    (tmp_path / "sms.xml").write_text(
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><smses><sms address="&b;"/></smses>'
    )
    with pytest.raises(BadRequest, match="declares entities"):
        facts(tmp_path / "sms.xml")
    (tmp_path / "cut.xml").write_text(BACKUP[:400])
    with pytest.raises(BadRequest, match=r"cut\.xml.*damaged in line"):
        facts(tmp_path / "cut.xml")


def test_a_file_that_is_no_export_says_which_are_read(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(UnsupportedFormat, match=r"notes\.txt.*Telegram"):
        facts(tmp_path / "notes.txt")


def test_a_line_made_to_be_slow_is_read_within_the_test_s_time() -> None:
    for text in (
        "1" * 100_000,
        "1/1/1 " * 20_000,
        "[" * 100_000,
        "1/1/24, 1:1" + "1" * 100_000,
        " " * 100_000 + ":",
        "1/1/24, 10:10 - " + "a" * 100_000,
    ):
        whatsapp.looks_like_chat([text])
