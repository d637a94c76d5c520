"""What a device reads: where the address book is, what it lists, its cards, and what has changed since."""

from __future__ import annotations

import re

import pytest

from tests.conftest import connected
from tests.integration.devices.conftest import CONTACTS, DATA, basic, card

ALL = "PROPFIND", "REPORT", "PROPPATCH", "OPTIONS", "GET", "PUT", "DELETE"


def test_the_way_from_the_domain_to_the_address_book(dav, gateway):
    for path in ("/.well-known/carddav", "/.well-known/carddav/", "/dav"):
        for method in ("GET", "PROPFIND"):
            answer = dav.client.open(path, method=method)
            assert (answer.status_code, answer.headers["Location"]) == (301, "/dav/")
    home = dav.ask(
        "PROPFIND", dav.principal,
        "<d:propfind %s><d:prop><c:addressbook-home-set/><d:principal-URL/><cs:email-address-set/><d:x/></d:prop></d:propfind>", Depth="0",
    )  # fmt: skip
    assert home.status_code == 207
    assert f"<card:addressbook-home-set><d:href>{dav.home}</d:href>" in home.text
    assert dav.made["username"] in home.text
    # what there is comes before what there is not
    assert home.text.index("200 OK") < home.text.index("404 Not Found")
    books = dav.ask(
        "PROPFIND", dav.home, "<d:propfind %s><d:prop><d:resourcetype/></d:prop></d:propfind>", Depth="1"
    ).text
    assert books.count("<card:addressbook/>") == 1
    assert f"<d:href>{dav.book}</d:href>" in books
    assert home.headers["DAV"] == "1, 3, access-control, addressbook"


@pytest.mark.parametrize("method", ALL)
def test_without_a_password_every_method_asks_for_one(dav, method):
    answer = dav.client.open("/dav/", method=method)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert "addressbook" in answer.headers["DAV"]


def test_a_password_opens_the_book_of_its_name_only(dav, api):
    made = dav.made
    for username, password in (
        ("other@example.com", made["password"]),
        (made["username"], "a" * 27),
        ("", made["password"]),
    ):
        answer = dav.client.open(
            "/dav/", method="PROPFIND", headers={"Authorization": basic(username, password), "Depth": "0"}
        )
        assert answer.status_code == 401
    spelt = basic(made["username"].upper(), made["password"].replace("-", " ").upper())
    assert (
        dav.client.open("/dav/", method="PROPFIND", headers={"Authorization": spelt, "Depth": "0"}).status_code == 207
    )
    # neither is good for the other's door
    token = api.issuer.token(api.email, "Uma User")
    assert dav.client.open("/dav/", method="PROPFIND", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert dav.client.get(CONTACTS, headers=dav.headers).status_code == 401


def test_a_revoked_device_is_out_at_once_and_the_list_says_who_is_in(connect, api):
    phone, laptop = connect("Phone", "iOS/26"), connect("Laptop", "Thunderbird/153")
    items = api.get("/api/crm/devices").json["items"]
    assert [(item["name"], item["program"]) for item in items] == [("Laptop", "Thunderbird/153"), ("Phone", "iOS/26")]
    assert all(item["last_used_at"] for item in items)
    assert "password" not in str(items)
    assert api.delete(f"/api/crm/devices/{phone.made['id']}").status_code == 204
    assert phone.ask("PROPFIND", phone.book, Depth="0").status_code == 401
    assert laptop.ask("PROPFIND", laptop.book, Depth="0").status_code == 207
    assert api.delete(f"/api/crm/devices/{phone.made['id']}").status_code == 404


def test_another_users_addresses_are_not_there(dav, connect, api):
    other = connect(of=api.as_user("other-devices@example.com"))
    other.put("a.vcf", card("u-other-1", "Other Person"))
    for method in ALL:
        for path in (other.principal, other.home, other.book, other.book + "a.vcf"):
            if method != "OPTIONS":
                assert dav.ask(method, path, Depth="1").status_code == 404, (method, path)
    assert api.delete(f"/api/crm/devices/{other.made['id']}").status_code == 404
    body = f"<c:addressbook-multiget %s>{DATA}<d:href>{other.book}a.vcf</d:href></c:addressbook-multiget>"
    assert "Other Person" not in dav.report(body).text


def test_a_contact_is_a_card_with_all_it_has(dav, add):
    ana = add(
        "Ana Diaz", emails=["ana@acme.com", "ana@home.net"], phones=["+44 20 7946 0000"], company="Acme, Inc.", title="CEO", location="Lisbon",
        linkedin_url="https://www.linkedin.com/in/ana-diaz-1", birthday="--04-15", notes="Likes\ntea; and\\coffee", tags=["a,b", "friend"],
    )  # fmt: skip
    answer = dav.get(f"{ana['id']}.vcf")
    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer.text.splitlines() == [
        "BEGIN:VCARD", "VERSION:3.0", "PRODID:-//warmpath.dev//CardDAV 1//EN", f"UID:{ana['id']}", "FN:Ana Diaz", "N:Diaz;Ana;;;",
        "EMAIL;TYPE=INTERNET,PREF:ana@acme.com", "EMAIL;TYPE=INTERNET:ana@home.net", "TEL;TYPE=VOICE:+44 20 7946 0000", "ORG:Acme\\, Inc.", "TITLE:CEO",
        "NOTE:Likes\\ntea\\; and\\\\coffee", "ADR:;;;Lisbon;;;", "item1.URL:https://www.linkedin.com/in/ana-diaz-1", "item1.X-ABLabel:LinkedIn",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15", "CATEGORIES:a\\,b,friend", "END:VCARD",
    ]  # fmt: skip
    etag = answer.headers["ETag"]
    assert dav.get(f"{ana['id']}.vcf", If_None_Match=etag).status_code == 304
    assert dav.ask("HEAD", dav.at(f"{ana['id']}.vcf")).status_code == 200
    assert dav.listing() == {f"{ana['id']}.vcf": etag}  # the self contact is not among them
    full = dav.sync(wanted=DATA).changed[f"{ana['id']}.vcf"]
    assert full == answer.text


def test_a_delta_has_what_changed_and_nothing_else(dav, add, edit, api):
    ana, bob = add("Ana Diaz"), add("Bob Ray")
    start = dav.sync()
    assert set(start.changed) == {f"{ana['id']}.vcf", f"{bob['id']}.vcf"}
    assert dav.sync(start.token) == ({}, set(), start.token, False, dav.sync(start.token).size)
    assert dav.sync(start.token).size < 300
    edit(ana["id"], title="CEO")
    api.delete(f"{CONTACTS}/{bob['id']}")
    eve = add("Eve Low")
    delta = dav.sync(start.token)
    assert (set(delta.changed), delta.gone) == ({f"{ana['id']}.vcf", f"{eve['id']}.vcf"}, {f"{bob['id']}.vcf"})
    assert dav.sync().gone == set()
    # back from the trash: the same address, with a new version
    api.post(f"{CONTACTS}/{bob['id']}/restore")
    assert set(dav.sync(delta.token).changed) == {f"{bob['id']}.vcf"}
    # what is on no card changes no card
    edit(ana["id"], custom={"Shoe size": "38"})
    end = dav.sync(dav.sync(delta.token).token)
    assert end.changed == {}


def test_a_delta_comes_in_pages_of_the_size_that_a_client_wants(dav, add):
    names = {f"{add(f'Person {number}')['id']}.vcf" for number in range(7)}
    seen, token, pages = set(), "", 0
    while True:
        page = dav.sync(token, limit=3)
        seen |= set(page.changed)
        token, pages = page.token, pages + 1
        assert len(page.changed) <= 3
        if not page.more:
            break
    assert (seen, pages) == (names, 3)


@pytest.mark.parametrize(
    "token", ["urn:old", "urn:warmpath:sync:0000:1", "urn:warmpath:sync:{epoch}:99999", "x" * 5000]
)
def test_a_token_of_no_use_is_refused_as_each_program_understands(dav, connect, add, token):
    add()
    epoch = dav.sync().token.split(":")[3]
    body = f"<d:sync-collection %s><d:sync-token>{token.replace('{epoch}', epoch)}</d:sync-token><d:sync-level>1</d:sync-level></d:sync-collection>"
    for device, status in ((dav, 403), (connect(agent="Mozilla/5.0 Thunderbird/153.0"), 400)):
        answer = device.report(body)
        assert (answer.status_code, "<d:valid-sync-token/>" in answer.text) == (status, True)


def test_what_commits_late_is_told_later_and_nobody_waits(dav, add, owner_url, user_id):
    token = dav.sync().token
    with connected(owner_url) as slow:
        slow.run("begin")
        slow.run("insert into crm.contacts (user_id, name) values (:u, 'Slow')", u=user_id)
        fast = add("Fast")
        first = dav.sync(token)
        assert set(first.changed) == {f"{fast['id']}.vcf"}
        slow.run("commit")
    second = dav.sync(first.token, wanted=DATA)
    assert len(second.changed) == 1
    assert "FN:Slow" in next(iter(second.changed.values()))


def test_multiget_answers_each_address_as_it_was_asked(dav, add):
    ana = add()
    dav.listing()
    name = f"{ana['id']}.vcf"
    asked = [
        dav.book + name,
        f"https://crm.example.com{dav.book}{name}",
        dav.book + "none.vcf",
        "/dav/../etc/passwd",
        "",
        "%%%",
    ]
    hrefs = "".join(f"<d:href>{address}</d:href>" for address in asked)
    answer = dav.report(f"<c:addressbook-multiget %s>{DATA}{hrefs}</c:addressbook-multiget>").text
    assert re.findall(r"<d:href>(.*?)</d:href>", answer) == asked
    assert answer.count("FN:Ana Diaz") == 2
    assert answer.count("404 Not Found") == 4


def test_a_query_finds_by_what_cards_say(dav, add):
    add("Ana Diaz", emails=["ana@acme.com"])
    add("Bob Ray", emails=["bob@zeta.org"])
    add("Ünal Öz")

    def query(inner, test="anyof"):
        body = f'<c:addressbook-query %s>{DATA}<c:filter test="{test}">{inner}</c:filter></c:addressbook-query>'
        answer = dav.report(body)
        return set(re.findall(r"FN:([^&\n]+)", answer.text)) if answer.status_code == 207 else answer.status_code

    mail = '<c:prop-filter name="EMAIL"><c:text-match collation="i;unicode-casemap" match-type="contains">ACME</c:text-match></c:prop-filter>'
    name = '<c:prop-filter name="FN"><c:text-match match-type="starts-with">ü</c:text-match></c:prop-filter>'
    assert query(mail) == {"Ana Diaz"}
    assert query(mail + name) == {"Ana Diaz", "Ünal Öz"}
    assert query(mail + name, "allof") == set()
    assert query('<c:prop-filter name="EMAIL"><c:is-not-defined/></c:prop-filter>') == {"Ünal Öz"}
    assert query('<c:prop-filter name="FN"><c:text-match collation="i;basic">a</c:text-match></c:prop-filter>') == 403


@pytest.mark.parametrize(
    ("method", "headers", "body", "status"),
    [
        ("PROPFIND", {"Depth": "infinity"}, "", 403),
        ("PROPFIND", {}, "", 403),
        ("PROPFIND", {"Depth": "0"}, "<broken", 400),
        ("PROPFIND", {"Depth": "0"}, '<!DOCTYPE a [<!ENTITY b "c">]><propfind xmlns="DAV:"><allprop/></propfind>', 400),
        ("PROPFIND", {"Depth": "0"}, "<a>" * 40 + "</a>" * 40, 400),
        ("REPORT", {}, "", 400),
        ("REPORT", {}, '<unknown xmlns="DAV:"/>', 403),
        ("MKCOL", {}, "", 405),
        ("LOCK", {}, "", 405),
        ("COPY", {}, "", 405),
        ("POST", {}, "", 405),
        ("DELETE", {}, "", 403),
        ("PUT", {}, "x", 405),
    ],
)
def test_what_is_not_served_is_refused_as_webdav_says(dav, method, headers, body, status):
    assert dav.ask(method, dav.book, body, **headers).status_code == status


def test_apples_programs_get_version_3_of_what_others_wrote_in_4(dav, connect):
    lines = (
        "N:Diaz;Ana;;;", "KIND:individual", "EMAIL;PREF=1;TYPE=work:ana@acme.com", "TEL;VALUE=uri;TYPE=cell:tel:+442079460000", "BDAY:--0415",
        "CLIENTPIDMAP:1;urn:uuid:x", "X-KEEP:yes",
    )  # fmt: skip
    sent = card("apple-4-uid", "Ana Diaz", *lines, version="4.0")
    assert dav.put("a.vcf", sent, If_None_Match="*").status_code == 201
    assert dav.text("a.vcf") == sent
    phone = connect(agent="iOS/26.1 (23B85) dataaccessd/1.0").text("a.vcf")
    assert "VERSION:3.0" in phone
    for wanted in (
        "EMAIL;TYPE=work;TYPE=pref:ana@acme.com",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15",
        "X-KEEP:yes",
        ":+442079460000",
    ):
        assert wanted in phone
    for unwanted in ("tel:", "CLIENTPIDMAP", "KIND", "PREF="):
        assert unwanted not in phone
