"""E-mail addresses, phones, profiles and birthdays as people write them."""

from __future__ import annotations

import pytest

from shared.contacts import addresses
from shared.contacts.importing import values
from shared.contacts.importing.birthdays import DateOrder, find_order, parse_birthday
from shared.contacts.importing.labels import split_tags
from shared.contacts.importing.own import guard, join_list, split_list, unguard
from tests.unit.contacts.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "a@x.org",
        "a.b+c@x.co.uk",
        "o'neil@x.org",
        "ana@intranet",
        "blablö@blub.de",
        "用户@例子.公司",
        "a/b@x.org",
        "a@1.2.3.4",
    ],
)
def test_these_are_addresses(text: str) -> None:
    assert addresses.is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "a@",
        "@x.org",
        "a b@x.org",
        "a@b@c.org",
        "a@x.",
        "a@x.org,",
        "<a@x.org>",
        "a@x org",
        "a@x\0.org",
        "a" * 320 + "@x.org",
    ],
)
def test_these_are_none(text: str) -> None:
    assert not addresses.is_email(text)


@pytest.mark.parametrize(
    ("text", "emails", "rest"),
    [
        ("a@x.org", ["a@x.org"], []),
        (" MAILTO:a@x.org ", ["a@x.org"], []),
        ("Ana Diaz <a@x.org>", ["a@x.org"], []),
        ('"Diaz, Ana" <a@x.org>; Bo <b@x.org>', ["a@x.org", "b@x.org"], []),
        ("a@x.org ::: b@x.org", ["a@x.org", "b@x.org"], []),
        ("a@x.org, A@X.org,b@x.org", ["a@x.org", "b@x.org"], []),
        ("a@x.org b@x.org", ["a@x.org", "b@x.org"], []),
        ("a@x.org (work)", ["a@x.org"], []),
        ("raj@agency.in / 98765 01234", ["raj@agency.in"], ["98765 01234"]),
        ("a@x.org;nonsense", ["a@x.org"], ["nonsense"]),
        ("nonsense", [], ["nonsense"]),
        ("a at x.org, or b", [], ["a at x.org, or b"]),
    ],
)
def test_cells_with_addresses_are_taken_apart(text: str, emails: list[str], rest: list[str]) -> None:
    assert values.split_emails(text) == (emails, rest)


@pytest.mark.parametrize(
    ("text", "emails", "rest"),
    [
        ("sean.o'brien@x; sob@y", ["sean.o'brien@x", "sob@y"], []),
        ("o'neil@x (work)", ["o'neil@x"], []),
        ("o'neil@x(work)", ["o'neil@x"], []),
        ("bo/li@x | b@y", ["bo/li@x", "b@y"], []),
        ("sean o'brien <sean.o'brien@x>, Bo <b/o@y>", ["sean.o'brien@x", "b/o@y"], []),
        ("(o'neil@x), [p'q@y]", ["o'neil@x", "p'q@y"], []),
        ("o’brien@x; y@z", ["o’brien@x", "y@z"], []),
        ("b!c@x, d{e@y", ["b!c@x", "d{e@y"], []),
        ("'ana@x.org'", ["ana@x.org"], []),
        ("“ana@x.org”; b@y", ["ana@x.org", "b@y"], []),
        ('["a@x.org","b@x.org"]', ["a@x.org", "b@x.org"], []),
        ("work: a@x.org; home:b@x.org", ["a@x.org", "b@x.org"], []),
        (r"a@x.org\nb@x.org", ["a@x.org", "b@x.org"], []),
        ("mailto:tom@x?subject=hi", ["tom@x"], []),
        ("Tom <mailto:tom@x?subject=hi&cc=a@b>; b@y", ["tom@x", "b@y"], []),
        ("mailto:o%27neil@x,mailto:b@x", ["o'neil@x", "b@x"], []),
        ("tom@x.org?subject=hi", ["tom@x.org"], []),
        ("\u200bana@x.org; b\u00ado@x.org", ["ana@x.org", "bo@x.org"], []),
        ('"a b"@x', [], ['"a b"@x']),
        ("'a b'@x; c@y", ["c@y"], ["'a b'@x"]),
        ('"a,b"@x; c@y', ["c@y"], ['"a,b"@x']),
        ('Ana <"a b"@x>', [], ['"a b"@x']),
        ("a[b@x; c@y", ["c@y"], ["a[b@x"]),
        ('a"b@x', [], ['a"b@x']),
        (r"a\b@x; c@y", ["c@y"], [r"a\b@x"]),
        ("john(comment)@x", [], ["john(comment)@x"]),
        ("kim@x.org/kim2@x.org", [], ["kim@x.org/kim2@x.org"]),
        ("o&#39;neil@x.org; b@y.org", ["o'neil@x.org", "b@y.org"], []),
        ("o&apos;neil@x, r&amp;d@y", ["o'neil@x", "r&d@y"], []),
        ("Ana &lt;ana@x.org&gt;", ["ana@x.org"], []),
        ("a&t;b@y", ["b@y"], ["a&t"]),
        ("{ana,bo}@x; c@y", ["c@y"], ["{ana,bo}@x"]),
        ("o'neil@x.org；d'arcy@y.org、kim@z.org", ["o'neil@x.org", "d'arcy@y.org", "kim@z.org"], []),
        ("ann marie@x.org", [], ["ann marie@x.org"]),
        ("b@y.org; ann marie@x.org", ["b@y.org"], ["ann marie@x.org"]),
        ("Ann Marie director@x.org", ["director@x.org"], []),
        ("marie marie@x.org; work ana@x.org", ["marie@x.org", "ana@x.org"], []),
        ("o'neil@x.org & kim@z.org und bo@z.org", ["o'neil@x.org", "kim@z.org", "bo@z.org"], []),
    ],
)
def test_an_address_is_taken_whole_or_not_at_all(text: str, emails: list[str], rest: list[str]) -> None:
    assert values.split_emails(text) == (emails, rest)


@pytest.mark.parametrize("format_", ["csv", "vcard", "json", "ldif"])
def test_an_address_is_taken_whole_in_every_format(format_: str) -> None:
    text = {
        "csv": "Name,E-mail\nSean,sean.o'brien@x; sob@y\n",
        "vcard": "BEGIN:VCARD\nVERSION:3.0\nFN:Sean\nEMAIL:sean.o'brien@x; sob@y\nEND:VCARD\n",
        "json": """[{"name": "Sean", "email": "sean.o'brien@x; sob@y"}]""",
        "ldif": "dn: cn=Sean\ncn: Sean\nmail: sean.o'brien@x; sob@y\n",
    }[format_]
    assert read(text).only.emails == ["sean.o'brien@x", "sob@y"]


def test_the_address_lines_of_a_mail_give_whole_addresses() -> None:
    got = read("Sean O'Brien <sean.o'brien@x>, mailto:tom@y?subject=hi, bo/li@z")
    assert [contact.email for contact in got.contacts] == ["sean.o'brien@x", "tom@y", "bo/li@z"]


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        (" +49 (0)30 1234-56 ", ["+49 (0)30 1234-56"]),
        ("030/1234567", ["030/1234567"]),
        ("555-1234, ext. 5", ["555-1234, ext. 5"]),
        ("tel:+1-418-656-9254;ext=102", ["+1-418-656-9254 ext. 102"]),
        ("+60 12-345 6789 ::: 04-1234567", ["+60 12-345 6789", "04-1234567"]),
        ("030 1234567; 030 7654321", ["030 1234567", "030 7654321"]),
        ("030 1234567 / 030 7654321", ["030 1234567", "030 7654321"]),
        ("030 1234567\n030 1234567", ["030 1234567"]),
        ("ask Bo", ["ask Bo"]),
        ("", []),
    ],
)
def test_phones_stay_as_written_and_are_split_only_where_each_is_one(text: str, phones: list[str]) -> None:
    assert values.split_phones(text) == phones


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("https://www.linkedin.com/in/ana-diaz", "ana-diaz"),
        ("http://linkedin.com/in/Ana-Diaz/", "ana-diaz"),
        ("www.linkedin.com/in/ana-diaz?trk=x&y=1", "ana-diaz"),
        ("linkedin.com/in/ana-diaz/de", "ana-diaz"),
        ("https://de.linkedin.com/in/ana-diaz#about", "ana-diaz"),
        ("https://m.linkedin.com/mwlite/in/ana-diaz", "ana-diaz"),
        ("https://www.linkedin.com/comm/in/ana-diaz", "ana-diaz"),
        ("https:/www.linkedin.com/in/ana-diaz", "ana-diaz"),
        ("my profile: https://www.linkedin.com/in/ana-diaz, see there", "ana-diaz"),
        ("https://www.linkedin.com/in/%C3%A1na-d%C3%ADaz-12", "ána-díaz-12"),
        ("https://www.linkedin.com/in/ána-díaz-12/", "ána-díaz-12"),
        ("https://www.linkedin.com/company/acme", None),
        ("https://www.linkedin.com/in/", None),
        ("https://www.linkedin.com/in/a%00b", None),
        ("https://www.linkedin.com/in/a%ff", None),
        ("https://example.org/in/ana", None),
        ("https://notlinkedin.com/in/ana", None),
        ("ana-diaz", None),
        ("", None),
    ],
)
def test_a_profile_is_known_by_its_slug_in_whichever_address(text: str, slug: str | None) -> None:
    found = addresses.linkedin_profile(text)
    assert (found and found[1]) == slug
    if found:
        assert addresses.linkedin_profile(found[0]) == found, "the canonical address is its own"
        assert found[0].isascii()


@pytest.mark.parametrize("text", ["@ana-diaz", "in/ana-diaz", "/in/ana-diaz/"])
def test_a_field_for_linkedin_may_hold_the_path_alone(text: str) -> None:
    assert addresses.linkedin_profile(text, in_field=True) == ("https://www.linkedin.com/in/ana-diaz", "ana-diaz")
    assert addresses.linkedin_profile(text) is None


PLACEHOLDERS = [
    "none", "null", "NULL", "yes", "true", "Connected", "Pending", "N/A", "TBD", "keine", "ja", "inconnu", "ninguno", "нет", "なし", "-",
    "Invited", "2nd", "not found", "ana", "anadiaz", "@none", "@acme", "me", "in/me", "in/none", "linkedin.com/in/me", "https://www.linkedin.com/in/me/",
    "https://www.linkedin.com/in/null", "https://www.linkedin.com/in/undefined", "https://www.linkedin.com/in/", "http://",
]  # fmt: skip


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_no_word_in_a_field_for_linkedin_is_a_profile(text: str) -> None:
    assert addresses.linkedin_profile(text, in_field=True) is None


@pytest.mark.parametrize(
    "slug",
    ["username", "your-name", "not-available", "no-profile", "kein-profil", "sin_perfil", "tidak-ada", "your-name-here", "no-linkedin-yet", "-", "0",
     "xxx", "{username}", "%7Bslug%7D", "[handle]", "--", "sem-perfil"],
)  # fmt: skip
def test_no_pattern_of_an_address_is_a_profile(slug: str) -> None:
    assert addresses.linkedin_profile("https://www.linkedin.com/in/" + slug) is None
    assert addresses.linkedin_profile("in/" + slug, in_field=True) is None
    assert addresses.linkedin_profile(slug, is_handle=True) is None


@pytest.mark.parametrize(
    "slug", ["no", "ada-no-1a2b", "mi-no", "sinclair", "ana-name", "ada-data", "user-ana", "my-nguyen", "in-ho-no-77"]
)
def test_names_that_look_like_such_words_are_profiles(slug: str) -> None:
    found = addresses.linkedin_profile("https://www.linkedin.com/in/" + slug)
    assert found
    assert found[1] == slug


@pytest.mark.parametrize("text", ["none", "Connected", "@pending", "keine", "2024", "N/A", "in/me"])
def test_no_placeholder_is_the_name_of_a_profile(text: str) -> None:
    assert addresses.linkedin_profile(text, is_handle=True) is None


def test_a_field_for_names_within_linkedin_holds_names() -> None:
    assert addresses.linkedin_profile("anadiaz", is_handle=True) == ("https://www.linkedin.com/in/anadiaz", "anadiaz")


@pytest.mark.parametrize("member", ["ACoAAABcDeF", "ACwAAA1-2_xYzabCDE", "ACoAAABcdEf"])
def test_the_id_of_a_member_keeps_its_case(member: str) -> None:
    for text in (f"https://www.linkedin.com/in/{member}", f"linkedin.com/in/{member}/?x=1"):
        assert addresses.linkedin_profile(text) == (f"https://www.linkedin.com/in/{member}", member)


@pytest.mark.parametrize("word", ["none", "Connected", "https://www.linkedin.com/in/me"])
@pytest.mark.parametrize(
    "template",
    [
        "Name,LinkedIn\nAna,{0}\n",
        "Name,LinkedIn Handle\nAna,{0}\n",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nX-SOCIALPROFILE;type=linkedin:{0}\nEND:VCARD\n",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nX-LINKEDIN;X-USER={0}:x-apple:{0}\nEND:VCARD\n",
        '[{{"name": "Ana", "linkedin_url": "{0}"}}]',
        '{{"format": "warmpath-contacts", "contacts": [{{"name": "Ana", "linkedin_url": "{0}"}}]}}',
        "dn: cn=Ana\ncn: Ana\nlinkedin: {0}\n",
        "id,name,email,emails,phones,linkedin_url,tags,custom\n,Ana,,,,{0},,\n",
    ],
)
def test_what_is_no_profile_is_kept_in_custom_in_every_format(template: str, word: str) -> None:
    if "X-USER" in template and ":" in word:
        word = "me"
    contact = read(template.format(word)).only
    assert (contact.linkedin_url, contact.linkedin_slug) == (None, None)
    assert word in " ".join(contact.custom.values())


def test_true_and_false_are_no_values() -> None:
    contact = read(
        '[{"name": "Ana", "linkedin": true, "phone": false, "company": false, "title": true, "email": [false], "vip": true}]'
    ).only
    assert (contact.linkedin_url, contact.phones, contact.company, contact.title, contact.emails) == (
        None,
        [],
        None,
        None,
        [],
    )
    assert contact.custom == {"linkedin": "true", "title": "true", "vip": "true"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1985-03-14", "1985-03-14"), ("19850314", "1985-03-14"), ("1985/3/14", "1985-03-14"), ("1985.03.14.", "1985-03-14"),
        ("1985-03-14T10:00:00Z", "1985-03-14"), ("1985-03-14 00:00:00", "1985-03-14"), ("14.3.1985", "1985-03-14"), ("14.03.85", "1985-03-14"),
        ("3/14/1985", "1985-03-14"), ("14/3/1985", "1985-03-14"), ("3/4/1985", "1985-03-04"), ("3-4-85", "1985-03-04"), ("3/4/05", "2005-03-04"),
        ("3/14/1985 12:00:00 AM", "1985-03-14"), ("14 Mar 1985", "1985-03-14"), ("Mar 14, 1985", "1985-03-14"), ("Thursday, March 14th, 1985", "1985-03-14"),
        ("14-Mar-85", "1985-03-14"), ("14. März 1985", "1985-03-14"), ("14 mars 1985", "1985-03-14"), ("14 de marzo de 1985", "1985-03-14"),
        ("14 марта 1985 г.", "1985-03-14"), ("1985年3月14日", "1985-03-14"), ("1985년 3월 14일", "1985-03-14"), ("１９８５年３月１４日", "1985-03-14"),
        ("--03-14", "--03-14"), ("--0314", "--03-14"), ("--3-14", "--03-14"), ("3月14日", "--03-14"), ("14 March", "--03-14"), ("14.3.", "--03-14"),
        ("0000-03-14", "--03-14"), ("1604-03-14", "--03-14"), ("--02-29", "--02-29"), ("2000-02-29", "2000-02-29"),
        ("1999-02-29", None), ("--02-30", None), ("0/0/00", None), ("", None), ("1985", None), ("1985-13-01", None), ("soon", None), ("may", None),
        ("1" * 200, None), ("31264", None),
    ],
)  # fmt: skip
def test_birthdays_of_all_shapes_become_one(text: str, expected: str | None) -> None:
    assert parse_birthday(text) == expected


def test_an_ambiguous_date_follows_the_order_it_is_read_in() -> None:
    assert parse_birthday("3/4/1985", DateOrder.DAY_FIRST) == "1985-04-03"
    assert parse_birthday("3.4.1985", DateOrder.MONTH_FIRST) == "1985-04-03"
    assert find_order(["3/4/1985", "x", "", "1/13/1985", "13/1/1985"]) is DateOrder.MONTH_FIRST
    assert find_order(["3/4/1985", "31.1.1985"]) is None


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("a, b ,a", ["a", "b"]),
        ("a,b; c", ["a,b", "c"]),
        ("* myContacts ::: * friends ::: VIP", ["friends", "VIP"]),
        ("", []),
        ("My Contacts", []),
    ],
)
def test_tags_are_split_by_the_strongest_separator(cell: str, tags: list[str]) -> None:
    assert split_tags(cell) == tags


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+49 A1", "-x", "@cmd", "\tx", "\rx", "\nx", "＝1", "'=1", "''x", "'t Hooft", "'", "", "a=1", "''", "'''"],
)
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert guard(text)[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("items", [["a", "b"], ["a; b", "c\\"], [" a", "b "], ["\\;", ";"], ["a,b"], []])
def test_a_list_in_a_cell_comes_back(items: list[str]) -> None:
    assert split_list(join_list(items)) == items


def test_a_list_written_by_hand_needs_no_blank() -> None:
    assert split_list("a;b;;c ") == ["a", "b", "c "]
