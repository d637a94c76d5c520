"""What a device writes: nothing of it is lost, and nothing of what the app or another device wrote meanwhile."""

from __future__ import annotations

import pytest

from tests.conftest import connected
from tests.integration.devices.conftest import CONTACTS, DATA, card


def contact(api, name):
    items = [item for item in api.get(CONTACTS).json["items"] if item["name"] == name]
    assert len(items) == 1, items
    return items[0]


def lines(text):
    return text.split("\r\n")


def test_a_card_is_kept_octet_for_octet_and_becomes_a_contact(dav, api):
    sent = card(
        "uid-of-ana-1", "Ana Diaz", "N:Diaz;Ana;;;", "item1.EMAIL;type=INTERNET;type=pref:Ana@Acme.com", "item1.X-ABLabel:_$!<Work>!$_", "TEL;type=CELL:+44 20",
        "ORG:Acme;Research", "NOTE:one\\ntwo", "X-UNKNOWN;A=b:kept, as it is", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15", "CATEGORIES:friend",
    )  # fmt: skip
    made = dav.put("k1 ä/x.vcf".replace("/", "%2F").replace(" ", "%20"), sent, If_None_Match="*")
    assert (made.status_code, bool(made.headers.get("ETag"))) == (201, True)
    name = next(iter(dav.listing()))
    assert name == "k1%20%C3%A4%2Fx.vcf"
    got = dav.get(name)
    assert (got.text, got.headers["ETag"]) == (sent, made.headers["ETag"])
    ana = contact(api, "Ana Diaz")
    assert (ana["email"], ana["phones"], ana["company"], ana["notes"], ana["birthday"], ana["tags"]) == (
        "Ana@Acme.com", ["+44 20"], "Acme", "one\ntwo", "--04-15", ["friend"],
    )  # fmt: skip
    assert ana["enrichment"] == {}


def test_the_same_put_again_after_a_lost_answer_changes_nothing(dav, api):
    sent = card("uid-of-ana-2")
    first = dav.put("a.vcf", sent, If_None_Match="*")
    token = dav.sync().token
    again = dav.put("a.vcf", sent, If_None_Match="*")
    assert (again.status_code, again.headers["ETag"]) == (201, first.headers["ETag"])
    assert dav.sync(token).changed == {}
    assert dav.put("a.vcf", card("another-uid-2", "Another"), If_None_Match="*").status_code == 412
    # edited before the program heard that the first attempt was kept: 412 would lose what was typed
    ana = contact(api, "Ana Diaz")
    api.patch(f"{CONTACTS}/{ana['id']}", json={"phones": ["+44 20"], "company": "Acme"})
    edited = dav.put("a.vcf", card("uid-of-ana-2", "Ana Diaz", "TITLE:CEO", "EMAIL:ana@acme.com"), If_None_Match="*")
    assert edited.status_code == 201
    now = contact(api, "Ana Diaz")
    assert (now["title"], now["emails"], now["phones"], now["company"]) == ("CEO", ["ana@acme.com"], ["+44 20"], "Acme")


def test_what_the_app_changes_changes_its_lines_only(dav, api, edit):
    sent = card(
        "uid-of-ana-3", "Ana Diaz", "N:Diaz;Ana;Maria;Dr.;", "EMAIL;TYPE=home:ana@home.net", "item1.EMAIL:ana@acme.com", "item1.X-ABLabel:Desk", "TEL;TYPE=cell:+44 20",
        "ORG:Acme;Research", "X-UNKNOWN:kept",
    )  # fmt: skip
    dav.put("a.vcf", sent, If_None_Match="*")
    ana = next(item for item in api.get(CONTACTS).json["items"] if "ana@home.net" in item["emails"])
    edit(ana["id"], company="Beta", title="CEO", emails=["ana@home.net", "ana@beta.org"], phones=["+4420", "+1 555"])
    text = dav.text("a.vcf")
    assert set(lines(sent)) - set(lines(text)) == {
        "item1.EMAIL:ana@acme.com",
        "item1.X-ABLabel:Desk",
        "ORG:Acme;Research",
    }
    assert set(lines(text)) - set(lines(sent)) == {
        "ORG:Beta;Research",
        "TITLE:CEO",
        "EMAIL;TYPE=INTERNET:ana@beta.org",
        "TEL;TYPE=VOICE:+1 555",
    }


def test_edits_of_both_sides_survive_a_stale_version(dav, api, edit):
    sent = card("uid-of-ana-4", "Ana Diaz", "N:Diaz;Ana;;;", "EMAIL:ana@acme.com", "TITLE:CTO")
    etag = dav.put("a.vcf", sent, If_None_Match="*").headers["ETag"]
    ana = contact(api, "Ana Diaz")
    edit(ana["id"], company="Acme", emails=["ana@acme.com", "ana@app.org"], title="Chief")
    stale = sent.replace("TITLE:CTO", "TITLE:CEO\r\nTEL:+44 20\r\nX-NEW:1")
    answer = dav.put("a.vcf", stale, If_Match=etag)
    assert (answer.status_code, answer.headers.get("ETag")) == (204, None)
    now = contact(api, "Ana Diaz")
    # both changed the title: the device wins, and the app's value is in the history
    assert (now["company"], now["title"], now["emails"], now["phones"]) == (
        "Acme",
        "CEO",
        ["ana@acme.com", "ana@app.org"],
        ["+44 20"],
    )
    text = dav.text("a.vcf")
    assert {"X-NEW:1", "ORG:Acme", "TITLE:CEO"} <= set(lines(text))
    assert "Chief" in str(api.get(f"{CONTACTS}/{ana['id']}/history").json["items"][0])


def test_a_program_that_names_no_version_means_what_it_saw_last(connect, api, edit):
    bird = connect(agent="Thunderbird/153.0")
    sent = card("uid-of-ana-5", "Ana Diaz", "N:Diaz;Ana;;;", "ORG:Acme")
    bird.put("a.vcf", sent)
    bird.sync(bird.sync().token)
    ana = contact(api, "Ana Diaz")
    edit(ana["id"], company="Beta")
    assert bird.put("a.vcf", sent.replace("ORG:Acme", "ORG:Acme\r\nTITLE:CEO")).status_code == 204
    now = contact(api, "Ana Diaz")
    assert (now["company"], now["title"]) == ("Beta", "CEO")


def test_a_device_removes_only_what_it_writes(connect, api):
    full, apple = connect("vdirsyncer", "vdirsyncer/0.21"), connect("iPhone", "iOS/26 dataaccessd")
    sent = card(
        "uid-of-ana-6",
        "Ana Diaz",
        "N:Diaz;Ana;;;",
        "EMAIL:ana@acme.com",
        "CATEGORIES:friend,work",
        "item7.X-FOO:bar",
        "item7.X-ABLabel:Foo",
        "TZ:Europe/Paris",
    )
    full.put("a.vcf", sent, If_None_Match="*")
    etag = apple.get("a.vcf").headers["ETag"]
    # an iPhone knows no categories, no TZ and no X-FOO; it knows addresses
    plain = card("uid-of-ana-6", "Ana Diaz", "N:Diaz;Ana;;;", "TEL:+44 20")
    assert apple.put("a.vcf", plain, If_Match=etag).headers.get("ETag") is None
    now = contact(api, "Ana Diaz")
    assert (now["tags"], now["emails"], now["phones"]) == (["friend", "work"], [], ["+44 20"])
    text = apple.text("a.vcf")
    assert {"CATEGORIES:friend,work", "TZ:Europe/Paris"} <= set(lines(text))
    assert "X-FOO:bar" in text
    assert "X-ABLabel:Foo" in text
    # who writes them can remove them
    etag = full.get("a.vcf").headers["ETag"]
    full.put("a.vcf", plain, If_Match=etag)
    assert contact(api, "Ana Diaz")["tags"] == []


def test_a_removed_card_is_in_the_trash_and_comes_back_at_its_address(dav, api):
    sent = card("uid-of-ana-7", "Ana Diaz", "N:Diaz;Ana;;;", "X-UNKNOWN:kept")
    etag = dav.put("a.vcf", sent, If_None_Match="*").headers["ETag"]
    ana = contact(api, "Ana Diaz")
    token = dav.sync().token
    assert dav.delete("a.vcf", If_Match='"1000"').status_code == 412
    assert dav.delete("a.vcf", If_Match=etag).status_code == 204
    assert dav.delete("a.vcf", If_Match=etag).status_code == 404
    delta = dav.sync(token)
    assert (delta.changed, delta.gone) == ({}, {"a.vcf"})
    assert [item["id"] for item in api.get(f"{CONTACTS}/trash").json["items"]] == [ana["id"]]
    api.post(f"{CONTACTS}/{ana['id']}/restore")
    assert dav.sync(delta.token, wanted=DATA).changed == {"a.vcf": sent}


def test_moving_a_card_between_accounts_keeps_the_contact(dav, api):
    """A phone deletes in one account and creates in the other, perhaps under another name."""
    sent = card("uid-of-ana-8", "Ana Diaz", "N:Diaz;Ana;;;")
    dav.put("a.vcf", sent, If_None_Match="*")
    ana = contact(api, "Ana Diaz")
    dav.delete("a.vcf")
    token = dav.sync().token
    assert dav.put("b.vcf", sent.replace("END", "TITLE:CEO\r\nEND"), If_None_Match="*").status_code == 201
    back = contact(api, "Ana Diaz")
    assert (back["id"], back["title"]) == (ana["id"], "CEO")
    assert set(dav.sync(token).changed) == {"b.vcf"}


def test_a_merge_reaches_the_device_and_nothing_comes_back_double(dav, api):
    dav.put("a.vcf", card("uid-of-ana-9", "Ana Diaz", "N:Diaz;Ana;;;"), If_None_Match="*")
    loser = card("uid-of-bob-9", "Ana M Diaz", "N:Diaz;Ana;M;;", "TEL:+1 555")
    etag = dav.put("b.vcf", loser, If_None_Match="*").headers["ETag"]
    keep, other = contact(api, "Ana Diaz"), contact(api, "Ana M Diaz")
    token = dav.sync().token
    assert api.post(f"{CONTACTS}/merge", json={"ids": [keep["id"], other["id"]]}).status_code == 200
    delta = dav.sync(token, wanted=DATA)
    assert (set(delta.changed), delta.gone) == ({"a.vcf"}, {"b.vcf"})
    assert "+1 555" in delta.changed["a.vcf"]
    # never 404, after which a program would send it as new
    assert dav.put("b.vcf", loser, If_Match=etag).status_code == 412
    assert dav.put("b.vcf", loser.replace("END", "TITLE:CEO\r\nEND")).status_code == 201
    assert dav.put("c.vcf", loser.replace("END", "ORG:Acme\r\nEND"), If_None_Match="*").status_code in {201, 409}
    people = [item for item in api.get(CONTACTS).json["items"] if not item["is_self"]]
    assert [(item["id"], item["title"]) for item in people] == [(keep["id"], "CEO")]


def test_a_uid_stands_on_one_card(dav):
    dav.put("a.vcf", card("uid-of-ana-10"), If_None_Match="*")
    taken = dav.put("b.vcf", card("uid-of-ana-10", "Other"), If_None_Match="*")
    assert taken.status_code == 409
    assert f"<card:no-uid-conflict><d:href>{dav.book}a.vcf</d:href>" in taken.text
    assert dav.put("a.vcf", card("another-uid-10")).status_code == 409


def test_a_new_card_of_a_known_person_takes_the_place_of_the_one_made_here(dav, api, add):
    ana = add("Ana Diaz", emails=["ana@acme.com"], title="CEO")
    token = dav.sync().token
    dav.put("phone.vcf", card("uid-of-phone-11", "Ana Diaz", "EMAIL:ANA@acme.com", "TEL:+44 20"), If_None_Match="*")
    now = contact(api, "Ana Diaz")
    assert (now["id"], now["title"], now["phones"]) == (ana["id"], "CEO", ["+44 20"])
    delta = dav.sync(token)
    assert (set(delta.changed), delta.gone) == ({"phone.vcf"}, {f"{ana['id']}.vcf"})
    # another name under the address is another person, who shares it
    dav.put("spouse.vcf", card("uid-of-spouse-11", "Bob Ray", "EMAIL:ana@acme.com"), If_None_Match="*")
    bob = contact(api, "Bob Ray")
    assert (bob["email"], bob["emails"]) == (None, ["ana@acme.com"])
    assert api.patch(f"{CONTACTS}/{bob['id']}", json={"title": "CFO"}).status_code == 200
    assert "EMAIL:ana@acme.com" in dav.text("spouse.vcf")


def test_a_device_cannot_empty_the_book(connect, api):
    dav, other = connect(), connect()
    for number in range(30):
        dav.put(f"{number}.vcf", card(f"uid-number-{number}", f"Person {number}"), If_None_Match="*")
    token = other.sync().token
    statuses = [dav.delete(f"{number}.vcf").status_code for number in range(30)]
    assert statuses == [204] * 15 + [403] * 15
    delta = other.sync(token)
    # those that were held back are shown again, so that the device has them once more
    assert (len(delta.gone), len(delta.changed)) == (15, 15)
    held = {item["name"]: item["held_back_at"] for item in api.get("/api/crm/devices").json["items"]}
    assert held["Phone"]
    assert len(api.get(f"{CONTACTS}/trash").json["items"]) == 15


@pytest.mark.parametrize(
    ("body", "media_type", "status", "condition"),
    [
        (card("x", version="2.1"), "text/vcard", 403, "supported-address-data"),
        (card("x"), "application/pdf", 403, "supported-address-data"),
        ("hello", "text/vcard", 403, "valid-address-data"),
        (card("x") + card("y"), "text/vcard", 403, "valid-address-data"),
        (card("x").replace("END:VCARD\r\n", ""), "text/vcard", 403, "valid-address-data"),
        ("", "text/vcard", 403, "valid-address-data"),
        ("x" * 2_000_001, "text/vcard", 403, "max-resource-size"),
    ],
)
def test_what_is_not_a_card_is_refused_by_its_precondition(dav, body, media_type, status, condition):
    answer = dav.ask("PUT", dav.at("a.vcf"), body, Content_Type=media_type)
    assert (answer.status_code, f"<card:{condition}" in answer.text) == (status, True)
    assert dav.listing() == {}


def test_a_control_character_is_taken_out_and_every_answer_stays_xml(dav):
    answer = dav.put("a.vcf", card("uid-of-ctl", "A\x01na\x0b Diaz", "NOTE:x\x00y\x1f"))
    assert (answer.status_code, answer.headers.get("ETag")) == (201, None)
    text = dav.sync(wanted=DATA).changed["a.vcf"]
    assert "FN:Ana Diaz" in text
    assert "NOTE:xy" in text


def test_a_card_that_names_nobody_and_one_that_is_too_full_are_kept(dav, api):
    assert dav.put("n.vcf", card("uid-nobody", "", "TEL:+44 20")).status_code == 201
    contact(api, "+44 20")
    many = [f"EMAIL:a{number}@acme.com" for number in range(130)]
    assert dav.put("m.vcf", card("uid-many", "Many", *many)).status_code == 201
    assert len(contact(api, "Many")["emails"]) == 100
    assert "a129@acme.com" in dav.text("m.vcf")


def test_a_list_of_members_is_kept_whole_and_is_nobody(dav, api):
    group = card("uid-group", "Friends", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1")
    made = dav.put("g.vcf", group, If_None_Match="*")
    assert (made.status_code, bool(made.headers.get("ETag"))) == (201, True)
    assert dav.text("g.vcf") == group
    assert [item["name"] for item in api.get(CONTACTS).json["items"] if not item["is_self"]] == []
    assert dav.delete("g.vcf").status_code == 204
    assert dav.get("g.vcf").status_code == 404


def test_an_undo_and_a_forgetting_reach_the_card(dav, api, owner, user_id):
    sent = card("uid-undo", "Ana Diaz", "N:Diaz;Ana;;;", "TITLE:CTO", "X-SECRET:of hers")
    dav.put("a.vcf", sent, If_None_Match="*")
    dav.put("a.vcf", sent.replace("CTO", "CEO"))
    ana = contact(api, "Ana Diaz")
    assert ana["title"] == "CEO"
    last = api.get("/api/crm/operations").json["items"][0]
    assert last["kind"] == "serve_carddav"
    assert last["details"]["device_id"] == dav.made["id"]
    assert api.post(f"/api/crm/operations/{last['id']}/undo", json={}).status_code == 200
    assert "TITLE:CTO" in dav.text("a.vcf")
    dav.delete("a.vcf")
    dav.sync()
    assert api.delete(f"{CONTACTS}/trash/{ana['id']}").status_code == 204
    assert owner.run("select body, base from crm.cards where user_id = :u", u=user_id) == [[None, None]]


def test_macs_own_card_is_remembered_and_other_properties_cannot_be_set(dav):
    body = "<d:propertyupdate %s><d:set><d:prop><cs:me-card><d:href>{}</d:href></cs:me-card></d:prop></d:set></d:propertyupdate>"
    answer = dav.ask("PROPPATCH", dav.home, body.format(dav.book + "me.vcf"))
    assert (answer.status_code, "200 OK" in answer.text) == (207, True)
    home = dav.ask("PROPFIND", dav.home, "<d:propfind %s><d:prop><cs:me-card/></d:prop></d:propfind>", Depth="0")
    assert "me.vcf" in home.text
    name = "<d:propertyupdate %s><d:set><d:prop><d:displayname>x</d:displayname></d:prop></d:set></d:propertyupdate>"
    assert "403 Forbidden" in dav.ask("PROPPATCH", dav.book, name).text


def test_a_restored_database_gives_no_version_twice(dav, owner, add):
    ana = add()
    before = dav.sync()
    owner.run("update crm.change_feed set epoch = gen_random_uuid()")
    answer = dav.report(
        f"<d:sync-collection %s><d:sync-token>{before.token}</d:sync-token><d:sync-level>1</d:sync-level></d:sync-collection>"
    )
    assert answer.status_code == 403
    after = dav.sync()
    assert int(after.changed[f"{ana['id']}.vcf"].strip('"')) > 1_000_000_000
    assert dav.sync(after.token).changed == {}


def test_removals_are_forgotten_after_a_year_and_older_tokens_refused(dav, add, api, owner, owner_url):
    first, second = add("Ana Diaz"), add("Bob Ray")
    old = dav.sync()
    api.delete(f"{CONTACTS}/{first['id']}")
    middle = dav.sync(old.token)
    assert len(middle.gone) == 1
    owner.run("update crm.cards set changed_at = now() - interval '366 days' where removed")
    with connected(owner_url) as connection:
        connection.run("select crm.purge_cards(now() - interval '365 days', now() - interval '90 days')")
    assert set(dav.sync(middle.token).changed) == set()
    assert (
        dav.report(f"<d:sync-collection %s><d:sync-token>{old.token}</d:sync-token></d:sync-collection>").status_code
        == 403
    )
    assert set(dav.sync().changed) == {f"{second['id']}.vcf"}
