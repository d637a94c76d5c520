"""Real programs against the address book, where they are installed: `pip install vdirsyncer khard`."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.integration.devices.conftest import CONTACTS, card

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
CONFIG = """
[general]
status_path = "{folder}/status/"
[pair book]
a = "local"
b = "remote"
collections = [["all", "all", "contacts"]]
conflict_resolution = "b wins"
[storage local]
type = "filesystem"
path = "{folder}/cards"
fileext = ".vcf"
[storage remote]
type = "carddav"
url = "{url}/dav/"
username = "{username}"
password = "{password}"
"""


def needed(name):
    found = shutil.which(name, path=f"{os.environ.get('PROGRAMS', '')}:{os.environ['PATH']}")
    if found is None:
        pytest.skip(f"{name} is not installed: pip install {name}, or name its folder in PROGRAMS")
    return found


class Synced:
    """A folder of cards that vdirsyncer keeps like the address book."""

    def __init__(self, folder, url, made):
        self.folder = folder
        self.cards = folder / "cards" / "all"
        self.cards.mkdir(parents=True)
        self.program = needed("vdirsyncer")
        config = CONFIG.format(folder=folder, url=url, username=made["username"], password=made["password"])
        (folder / "config").write_text(config, encoding="utf-8")
        self.run("discover")

    def run(self, *arguments):
        done = subprocess.run(
            [self.program, "-c", str(self.folder / "config"), *arguments], capture_output=True, text=True, check=False, input="y\n" * 5
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    def sync(self):
        self.run("sync")
        return {path.name: path.read_text(encoding="utf-8") for path in self.cards.glob("*.vcf")}


def test_vdirsyncer_keeps_two_folders_and_the_app_the_same(tmp_path, base_url, api, add, edit):
    first = Synced(tmp_path / "first", base_url, api.post("/api/crm/devices", json={"name": "first"}).json)
    second = Synced(tmp_path / "second", base_url, api.post("/api/crm/devices", json={"name": "second"}).json)
    ana = add("Ana Diaz", emails=["ana@acme.com"], tags=["friend"])
    for number in range(50):
        name = f"Person {number}"
        (first.cards / f"{number}.vcf").write_text(
            card(f"uid-vdir-{number}", name, f"N:{number};Person;;;", f"X-KEPT:{number}"), newline=""
        )
    first.sync()
    held = second.sync()
    assert len(held) == 51
    assert sum("X-KEPT:" in text for text in held.values()) == 50

    # an edit on each side, and a removal
    path = next(path for path in second.cards.glob("*.vcf") if "Person 7\n" in path.read_text().replace("\r\n", "\n"))
    path.write_text(path.read_text().replace("END:VCARD", "TEL:+44 20\nEND:VCARD"))
    edit(ana["id"], title="CEO")
    (first.cards / "8.vcf").unlink()
    for _ in range(2):
        first.sync()
        second.sync()
    one, two = first.sync(), second.sync()
    assert len(one) == len(two) == 50
    assert sorted(text.replace("\r\n", "\n") for text in one.values()) == sorted(
        text.replace("\r\n", "\n") for text in two.values()
    )
    people = {
        item["name"]: item
        for item in api.get(CONTACTS, query_string={"limit": 200}).json["items"]
        if not item["is_self"]
    }
    assert len(people) == 50
    assert people["Person 7"]["phones"] == ["+44 20"]
    assert any("TITLE:CEO" in text for text in one.values())
    assert [item["name"] for item in api.get(f"{CONTACTS}/trash").json["items"]] == ["Person 8"]


def test_khard_lists_what_vdirsyncer_brought(tmp_path, base_url, api, add):
    khard = needed("khard")
    add("Ana Diaz", emails=["ana@acme.com"], phones=["+44 20 7946 0000"], birthday="1985-04-15", company="Acme")
    add("Ünal Öz", emails=["unal@acme.com"])
    synced = Synced(tmp_path / "khard", base_url, api.post("/api/crm/devices", json={"name": "khard"}).json)
    synced.sync()
    config = tmp_path / "khard.conf"
    config.write_text(
        f"[addressbooks]\n[[book]]\npath = {synced.cards}\n[general]\ndefault_action = list\n", encoding="utf-8"
    )
    done = subprocess.run(
        [khard, "-c", str(config), "email", "--parsable"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "ana@acme.com\tAna Diaz" in done.stdout
    assert "unal@acme.com\tÜnal Öz" in done.stdout
