from __future__ import annotations

import gzip
import io
import json
import mailbox
import sys
import tarfile
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from shared.errors import BadRequest, TooLarge, UnsupportedFormat
from shared.formats import packed
from shared.formats.mail import mbox
from shared.formats.mail.addresses import addresses
from shared.formats.mail.dates import seconds_of
from shared.formats.mail.machines import folder_kind, is_program, label_kinds
from shared.formats.mail.message import read_message
from shared.formats.mail.stores import stored_messages
from shared.formats.mail.text import header_text, spaced

# The same table is run by frontend/src/features/sources/reading/mail.test.ts.
CASES = json.loads((Path(__file__).parents[2] / "fixtures" / "mail_cases.json").read_text(encoding="utf-8"))
LINE = b"From ana@acme.example Tue Jul  1 08:52:37 2003\n"
LETTER = b"From: Ana <ana@acme.example>\nTo: ben@globex.example\nDate: Tue, 1 Jul 2003 10:52:37 +0200\nMessage-ID: <%d@acme.example>\n"


def letters(count: int, first: int = 0) -> bytes:
    return b"".join(LINE + LETTER % number + b"\nbody\n\n" for number in range(first, first + count))


def ids(path: Path) -> list[str]:
    read = [read_message(found.head, now=CASES["now"], from_line=found.line) for found in stored_messages(path)]
    return [each.message.id.partition("@")[0] for each in read if each.message]


@pytest.mark.parametrize("case", CASES["addresses"], ids=lambda case: case["name"])
def test_addresses_are_read_as_they_were_meant(case: dict[str, Any]) -> None:
    read = addresses(spaced(header_text(case["field"].encode("latin-1"))))
    assert [list(mailbox) for mailbox in read] == case["expected"]


@pytest.mark.parametrize("case", CASES["dates"], ids=lambda case: case["text"])
def test_dates_are_read_as_they_were_meant(case: dict[str, Any]) -> None:
    assert seconds_of(spaced(header_text(case["text"].encode("latin-1")))) == case["expected"]


@pytest.mark.parametrize("case", CASES["messages"], ids=lambda case: case["name"])
def test_a_header_block_becomes_one_line_or_a_reason(case: dict[str, Any]) -> None:
    head, from_line = case["head"].encode("latin-1"), case["from_line"].encode("latin-1")
    read = read_message(head, now=CASES["now"], from_line=from_line, is_sent=case["is_sent"])
    assert (read.message.line() if read.message else None) == case["line"]
    assert read.left_out == case["left_out"]
    assert [list(hint) for hint in read.mine] == case["mine"]


@pytest.mark.parametrize("chunk", [1, 7, 64, 1024 * 1024])
@pytest.mark.parametrize("case", CASES["mailboxes"], ids=lambda case: case["name"])
def test_a_mailbox_is_cut_at_its_messages_however_it_is_read(
    case: dict[str, Any], chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mbox, "CHUNK_BYTES", chunk)
    read = mbox.heads(io.BytesIO(case["content"].encode("latin-1")))
    assert [[head.line.decode("latin-1"), head.block.decode("latin-1")] for head in read] == case["expected"]


def test_a_mailbox_has_as_many_messages_as_the_standard_library_finds(tmp_path: Path) -> None:
    path = tmp_path / "all.mbox"
    path.write_bytes(letters(500))
    box = mailbox.mbox(path)
    assert len(ids(path)) == len(box)
    box.close()


def test_a_block_without_an_end_is_cut() -> None:
    stream = io.BytesIO(LINE + b"A: 1\n" + b"x" * (3 * mbox.LONGEST_HEAD) + b"\n\n" + letters(1))
    blocks = [head.block for head in mbox.heads(stream)]
    assert [len(block) <= mbox.LONGEST_HEAD for block in blocks] == [True, True]


@pytest.mark.parametrize(
    "field",
    ["(", ")", "<", '"', '\\"', '"\\"', "a", "@", "<@", "=?", "=?a?q?", "=?utf-8?b?", "a,", "A,", "a@b.c ", ":", "a:", "()", " via ",
     "A <a@b.c> ", "a.", "1 ", "{[(", "Mon 1:1", "A, B <"],
)  # fmt: skip
def test_a_field_made_to_be_slow_is_read_within_the_test_s_time(field: str) -> None:
    for text in (field * 30_000 + ">", f'"{field * 30_000}" <ana@acme.example>'):
        addresses(spaced(text))
        seconds_of(spaced(text))
    assert mbox.is_separator(f"From {field * 400}".encode()) is False


def test_a_zip_and_a_tgz_of_takeout_read_like_the_mailboxes_in_them(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Takeout/Mail/Alle Nachrichten einschließlich Spam.mbox", letters(2))
        archive.writestr("Takeout/archive_browser.html", "<html>")
        archive.writestr("Takeout/Mail/Gesendet.mbox", letters(1, first=2))
    with tarfile.open(tmp_path / "takeout.tgz", "w:gz") as archive:
        for name, content in (("Takeout/Mail/a.mbox", letters(2)), ("Takeout/Mail/b.mbox", letters(1, first=2))):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    (tmp_path / "one.mbox.gz").write_bytes(gzip.compress(letters(3)))
    assert (
        ids(tmp_path / "takeout.zip")
        == ids(tmp_path / "takeout.tgz")
        == ids(tmp_path / "one.mbox.gz")
        == ["0", "1", "2"]
    )
    folders = [found.folder for found in stored_messages(tmp_path / "takeout.zip")]
    assert folders == ["", "", "sent"]


def test_a_maildir_and_a_folder_of_eml_files_are_read(tmp_path: Path) -> None:
    for number, name in enumerate(("cur/1:2,S", "new/2", ".Sent/cur/3:2,S", "letter.eml", "other.emlx", "sub/inbox")):
        path = tmp_path / "mail" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = LETTER % number + b"\nbody From: x\n"
        if name.endswith("emlx"):
            content = b"123\n" + content
        path.write_bytes(LINE + content if name == "sub/inbox" else content)
    (tmp_path / "mail" / "tmp").mkdir()
    (tmp_path / "mail" / "tmp" / "9").write_bytes(LETTER % 9)
    (tmp_path / "mail" / "notes.txt").write_text("hello: you\n")
    assert sorted(ids(tmp_path / "mail")) == ["0", "1", "2", "3", "4", "5"]
    assert [found.folder for found in stored_messages(tmp_path / "mail")].count("sent") == 1


def test_a_file_without_mail_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello\n")
    with pytest.raises(UnsupportedFormat, match=r"notes\.txt"):
        list(stored_messages(path))


def test_an_archive_that_is_cut_off_gives_what_it_has_and_then_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cut.tgz"
    path.write_bytes(gzip.compress(letters(50_000))[:-2000])
    read = stored_messages(path)
    assert next(read).head
    with pytest.raises(BadRequest, match=r"cut\.tgz"):
        list(read)
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(BadRequest, match=r"cut\.zip"):
        list(stored_messages(tmp_path / "cut.zip"))


def test_an_archive_made_to_fill_the_machine_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "SMALL_BYTES", 1024 * 1024)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("all.mbox", letters(1) + b"\0" * 16 * 1024 * 1024)
    with pytest.raises(TooLarge, match=r"all\.mbox"):
        list(stored_messages(tmp_path / "bomb.zip"))


def test_a_file_of_outlook_says_what_to_install_or_how_to_convert_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypff", None)
    (tmp_path / "outlook.pst").write_bytes(b"!BDN" + bytes(512))
    with pytest.raises(UnsupportedFormat, match="readpst"):
        list(stored_messages(tmp_path / "outlook.pst"))


class _Folder(SimpleNamespace):
    """A folder as libpff hands it out."""

    def get_sub_message(self, at: int) -> Any:
        return self.messages[at]

    def get_sub_folder(self, at: int) -> Any:
        return self.folders[at]

    number_of_sub_messages = property(lambda self: len(self.messages))
    number_of_sub_folders = property(lambda self: len(self.folders))


def test_messages_of_outlook_are_read_also_those_that_were_never_sent_through_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def entry(number: int, value: str | bytes) -> Any:
        kind = 0x1F if isinstance(value, str) else 0x3
        return SimpleNamespace(entry_type=number, value_type=kind, data=value, get_data_as_string=lambda: value)

    recipient = SimpleNamespace(
        entries=[entry(0x3001, "Ben"), entry(0x39FE, "ben@globex.example"), entry(0x0C15, b"\2\0\0\0")]
    )
    received = SimpleNamespace(transport_headers=(LETTER % 7).decode().replace("\n", "\r\n"))
    written = SimpleNamespace(
        transport_headers=None,
        number_of_record_sets=1,
        get_record_set=lambda _: SimpleNamespace(
            entries=[
                entry(0x1A, "IPM.Note"),
                entry(0x0C1A, "Ana"),
                entry(0x5D01, "ana@acme.example"),
                entry(0x1035, "<8@acme.example>"),
            ]
        ),
        recipients=SimpleNamespace(number_of_recipients=1, get_recipient=lambda _: recipient),
        client_submit_time=__import__("datetime").datetime(2003, 7, 1, 8, 52, 37),
    )
    root = _Folder(name=None, messages=[received], folders=[_Folder(name="Sent Items", messages=[written], folders=[])])
    file = SimpleNamespace(open=lambda _: None, close=lambda: None, get_root_folder=lambda: root)
    monkeypatch.setitem(sys.modules, "pypff", SimpleNamespace(file=lambda: file))
    (tmp_path / "outlook.pst").write_bytes(b"!BDN" + bytes(512))
    found = list(stored_messages(tmp_path / "outlook.pst"))
    lines = [read.message.line() for each in found if (read := read_message(each.head, now=CASES["now"])).message]
    assert [each.folder for each in found] == ["", "sent"]
    assert '"7@acme.example"' in lines[0]
    assert lines[1] == (
        '{"id":"8@acme.example","at":"2003-07-01T08:52:37Z","from":{"address":"ana@acme.example","name":"Ana"},'
        '"cc":[{"address":"ben@globex.example","name":"Ben"}]}'
    )


def test_labels_of_all_languages_are_known_as_labels_and_as_folders() -> None:
    for label, kind in CASES["labels"].items():
        assert label_kinds(label.encode()) == {kind}
        assert folder_kind(label) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Sent", "sent"), (".INBOX.Sent Items", "sent"), ("Gesendet.mbox", "sent"), ("Papierkorb", "trash"), ("Entwürfe", "draft"),
     ("Junk", "spam"), ("Inbox", ""), ("Sentinel", ""), ("Éléments envoyés", "sent")],
)  # fmt: skip
def test_folders_are_known_by_their_names(name: str, kind: str) -> None:
    assert folder_kind(name) == kind


@pytest.mark.parametrize(
    ("address", "program"),
    [("no-reply@acme.example", True), ("noreply2@acme.example", True), ("jira.notifications@acme.example", True),
     ("bounces+ana=acme.example@x.example", True), ("reply+aaaabbbbccccddddeeee@x.example", True), ("mailer-daemon@acme.example", True),
     ("newsom@acme.example", False), ("ana.alert.silva@acme.example", True), ("ana+work@acme.example", False), ("updike@acme.example", False),
     ("boris.noreplying@acme.example", False), ("face@acme.example", False)],
)  # fmt: skip
def test_programs_are_known_by_their_addresses(address: str, program: bool) -> None:
    assert is_program(address) is program
