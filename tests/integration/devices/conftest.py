"""A device as the address book sees one."""

from __future__ import annotations

import base64
import re
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from werkzeug.test import Client

D, CARD = "{DAV:}", "{urn:ietf:params:xml:ns:carddav}"
CONTACTS = "/api/crm/contacts"
ETAG = "<d:prop><d:getetag/></d:prop>"
DATA = "<d:prop><d:getetag/><c:address-data/></d:prop>"
NAMESPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav" xmlns:cs="http://calendarserver.org/ns/"'


class Delta(NamedTuple):
    changed: dict[str, str]
    gone: set[str]
    token: str
    more: bool
    size: int


def card(uid="", name="Ana Diaz", *lines, version="3.0"):
    body = ["BEGIN:VCARD", f"VERSION:{version}", *([f"UID:{uid}"] if uid else []), f"FN:{name}", *lines, "END:VCARD"]
    return "\r\n".join(body) + "\r\n"


class Dav:
    """One device: `dav.put("a.vcf", card(...))`, `dav.sync(token)`, `dav.text("a.vcf")`."""

    def __init__(self, gateway, made, agent="test/1"):
        self.made = made
        self.client = Client(gateway)
        self.agent = agent
        self.headers = {"Authorization": basic(made["username"], made["password"]), "User-Agent": agent}
        self.home = ""
        principal = self.find(
            self.ask(
                "PROPFIND",
                "/dav/",
                "<d:propfind %s><d:prop><d:current-user-principal/></d:prop></d:propfind>",
                Depth="0",
            )
        )
        self.principal = principal
        self.home = f"{principal}books/"
        self.book = f"{principal}books/contacts/"

    @staticmethod
    def find(answer):
        found = re.search(r"/dav/[0-9a-f-]{36}/", answer.text)
        assert found is not None, answer.text
        return found[0]

    def ask(self, method, path, body="", **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        data = body.replace("%s", NAMESPACES) if isinstance(body, str) else body
        return self.client.open(path, method=method, data=data, headers=self.headers | sent)

    def at(self, name):
        return name if name.startswith("/") else self.book + name

    def get(self, name, **headers):
        return self.ask("GET", self.at(name), **headers)

    def text(self, name):
        answer = self.get(name)
        assert answer.status_code == 200, answer.status
        return answer.text

    def put(self, name, body, **headers):
        return self.ask("PUT", self.at(name), body, Content_Type="text/vcard; charset=utf-8", **headers)

    def delete(self, name, **headers):
        return self.ask("DELETE", self.at(name), **headers)

    def report(self, body, **headers):
        return self.ask("REPORT", self.book, body, **headers)

    def sync(self, token="", wanted=ETAG, limit=None):
        cut = f"<d:limit><d:nresults>{limit}</d:nresults></d:limit>" if limit else ""
        answer = self.report(
            f"<d:sync-collection %s><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level>{cut}{wanted}</d:sync-collection>"
        )
        assert answer.status_code == 207, (answer.status, answer.text)
        root: Any = ET.fromstring(answer.data)
        changed: dict[str, str] = {}
        gone, more = set(), False
        for response in root.findall(f"{D}response"):
            href = response.findtext(f"{D}href")
            status = response.findtext(f"{D}status") or ""
            if "507" in status:
                more = True
            elif "404" in status:
                gone.add(href.removeprefix(self.book))
            else:
                prop = response.find(f"{D}propstat/{D}prop")
                data = prop.findtext(f"{CARD}address-data")
                changed[href.removeprefix(self.book)] = prop.findtext(f"{D}getetag") if data is None else data
        return Delta(changed, gone, root.findtext(f"{D}sync-token"), more, len(answer.data))

    def listing(self):
        answer = self.ask("PROPFIND", self.book, "<d:propfind %s><d:prop><d:getetag/></d:prop></d:propfind>", Depth="1")
        root: Any = ET.fromstring(answer.data)
        found = {}
        for response in root.findall(f"{D}response"):
            href = response.findtext(f"{D}href")
            if href != self.book:
                found[href.removeprefix(self.book)] = response.findtext(f"{D}propstat/{D}prop/{D}getetag")
        return found


def basic(username, password):
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


@pytest.fixture
def connect(api, gateway):
    """Make a device of the user: `connect("Pixel", agent="DAVx5/4.5")`."""

    def make(name="Phone", agent="test/1", of=None):
        answer = (of or api).post("/api/crm/devices", json={"name": name})
        assert answer.status_code == 201, answer.json
        return Dav(gateway, answer.json, agent)

    return make


@pytest.fixture
def dav(connect):
    return connect()


@pytest.fixture
def add(api):
    """Add a contact: its document."""

    def make(name="Ana Diaz", **fields):
        answer = api.post(CONTACTS, json={"name": name, "enrich": False, **fields})
        assert answer.status_code == 201, answer.json
        return answer.json

    return make


@pytest.fixture
def edit(api):
    def make(contact_id, **fields):
        answer = api.patch(f"{CONTACTS}/{contact_id}", json=fields)
        assert answer.status_code == 200, answer.json
        return answer.json

    return make
