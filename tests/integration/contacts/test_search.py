from __future__ import annotations

import pytest

SEARCH = "/api/crm/contacts/search"


@pytest.fixture
def people(api):
    for contact in (
        {"name": "Mei Tanaka", "company": "Globex", "title": "CTO", "email": "mei@globex.example"},
        {"name": "Bruno Okafor", "company": "Acme", "notes": "met Mei in Kyoto", "tags": ["climbing"]},
        {"name": "Zoë Łukasik", "email": "zoe@initech.example"},
    ):
        assert api.post("/api/crm/contacts", json=contact).status_code == 201
    return api


def found(api, **query):
    answer = api.get(SEARCH, query_string=query)
    assert answer.status_code == 200
    return [(item["name"], item["matched"]) for item in answer.json["items"]]


def test_search_finds_beginnings_names_first_and_says_where(people):
    assert found(people, q="mei") == [("Mei Tanaka", ["name", "email"]), ("Bruno Okafor", ["notes"])]
    assert found(people, q="okaf acm") == [("Bruno Okafor", ["name", "company"])]
    assert found(people, q="climb") == [("Bruno Okafor", ["tags"])]


@pytest.mark.parametrize("typed", ["zoe lukasik", "ZOË", "lukasik zoe", "zeo", "lukaski", "Łukaik"])
def test_search_forgives_accents_case_order_and_a_typo(people, typed):
    assert found(people, q=typed)[0][0] == "Zoë Łukasik"


def test_search_answers_whole_contacts_with_a_score(people):
    item = people.get(SEARCH, query_string={"q": "tanaka"}).json["items"][0]

    assert item["score"] > 1
    assert item["company"] == "Globex"
    assert item["custom"] == {}
    assert people.get(SEARCH, query_string={"q": "tanaka", "fields": "name"}).json["items"] == [
        {"name": "Mei Tanaka", "score": item["score"], "matched": ["name"]}
    ]


def test_search_pages_hold_every_answer_once(api):
    for number in range(7):
        api.post("/api/crm/contacts", json={"name": f"Kim {number}"})
    names, cursor = [], None
    while True:
        page = api.get(SEARCH, query_string={"q": "kim", "limit": 3, **({"cursor": cursor} if cursor else {})}).json
        names += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert names == [f"Kim {number}" for number in range(7)]


@pytest.mark.parametrize(
    "typed", ["", "   ", "!!!", "'; drop table crm.contacts; --", "%", "\\", "a" * 500, "@", ":*", "&|!()"]
)
def test_search_takes_anything_that_people_type(people, typed):
    assert people.get(SEARCH, query_string={"q": typed}).status_code == 200


@pytest.mark.parametrize(
    "query", [{}, {"q": "a\0b"}, {"q": "x" * 501}, {"q": "a", "limit": 0}, {"q": "a", "cursor": "WzFd"}]
)
def test_search_refuses_a_bad_query(people, query):
    assert people.get(SEARCH, query_string=query).status_code == 422


def test_search_sees_the_callers_contacts_alone(people):
    assert found(people.as_user("somebody-else@example.com"), q="mei") == []


def names(api, **query):
    return [name for name, _ in found(api, **query)]


@pytest.fixture
def book(api):
    """Contacts by name, with one field each that only a search of its kind finds."""
    rows: list[tuple[str, dict[str, object]]] = [
        ("Ana Diaz", {"phones": ["+1 (555) 300-4001 ext. 12"]}),
        ("Bo Li", {"phones": ["020 7946 0018"]}),
        ("Cy Ray", {"phones": ["0049 (0)30 123456"]}),
        ("Sara Ali", {"phones": ["\u0660\u0665\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667"]}),
        ("Ivan Orlov", {"phones": ["8 912 345-67-89"]}),
        ("Rita Moss", {"custom": {"Fax": "+44 161 496 0999", "Favourite team": "Rovers"}}),
        ("\u0645\u062d\u0645\u062f \u0623\u062d\u0645\u062f", {}),
        ("\u05d0\u05b8\u05d1\u05b4\u05d9\u05d1 \u05db\u05d4\u05df", {}),
        (
            "\u5c71\u7530\u592a\u90ce",
            {"custom": {"Phonetic First Name": "\u30bf\u30ed\u30a6", "Full Name": "Taro Yamada"}},
        ),
        ("J\u00fcrgen M\u00fcller", {"custom": {"NICKNAME": "Jupp"}, "location": "K\u00f6ln"}),
        ("Robert Stone", {}),
        ("Bob Zander", {}),
        ("Jean-Luc Godin", {}),
        ("Mary Ann Smith", {}),
        ("Old McDonald", {}),
        ("Lena van den Berg", {}),
        ("Екатерина Орлова", {}),
    ]
    for name, fields in rows:
        assert api.post("/api/crm/contacts", json={"name": name, **fields}).status_code == 201
    return api


@pytest.mark.parametrize(
    ("typed", "name", "field"),
    [
        *((typed, "Ana Diaz", "phones") for typed in ("5553004001", "+1 555 300 4001 x12", "tel:+15553004001", "1-555-300", "3004001")),
        *((typed, "Bo Li", "phones") for typed in ("+44 20 7946 0018", "0044 (0)20 79460018", "442079460018", "020 7946")),
        *((typed, "Cy Ray", "phones") for typed in ("030 123456", "+4930123456", "\uff10\uff13\uff10\uff11\uff12\uff13\uff14\uff15\uff16")),
        ("050-1234567", "Sara Ali", "phones"),
        ("+7 912 345-67-89", "Ivan Orlov", "phones"),
        ("0161 496 0999", "Rita Moss", "custom"),
        ("rovers", "Rita Moss", "custom"),
        ("koln", "J\u00fcrgen M\u00fcller", "location"),
        ("jupp", "J\u00fcrgen M\u00fcller", "custom"),
        ("\u0627\u062d\u0645\u062f", "\u0645\u062d\u0645\u062f \u0623\u062d\u0645\u062f", "name"),
        ("\u05d0\u05d1\u05d9\u05d1", "\u05d0\u05b8\u05d1\u05b4\u05d9\u05d1 \u05db\u05d4\u05df", "name"),
        ("\u305f\u308d\u3046", "\u5c71\u7530\u592a\u90ce", "custom"),
        ("yamada", "\u5c71\u7530\u592a\u90ce", "custom"),
        *((typed, "Jean-Luc Godin", "name") for typed in ("jeanluc", "jeanlu", "jeanluc godin")),
        *((typed, "Mary Ann Smith", "name") for typed in ("maryann", "smith maryann")),
        ("mc donald", "Old McDonald", "name"),
        ("vandenberg", "Lena van den Berg", "name"),
    ],
)  # fmt: skip
def test_search_finds_what_people_type(book, typed, name, field):
    assert found(book, q=typed) == [(name, [field])]
    # and so does a search with a filter, which finds its contacts in another way
    assert names(book, q=typed, source="manual") == [name]
    assert book.get(SEARCH, query_string={"q": typed, "include_total": "true"}).json["total"] == 1


def test_another_name_of_a_person_is_found_behind_those_who_have_the_name(book):
    assert names(book, q="bob") == ["Bob Zander", "Robert Stone"]
    assert names(book, q="robert") == ["Robert Stone", "Bob Zander"]
    assert names(book, q="bobby stone") == ["Robert Stone"]
    assert names(book, q="bob", source="manual") == ["Bob Zander", "Robert Stone"]
    assert names(book, q="Катя Орлова") == ["Екатерина Орлова"]


@pytest.mark.parametrize("typed", ["+44 30 123456", "123", "4002", "2020-01-01"])
def test_search_takes_no_number_for_another(book, typed):
    assert names(book, q=typed) == []


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("https://www.linkedin.com/in/ana-rao-12/", ["Ana Rao"]),
        ("linkedin.com/in/ana-rao-12?miniProfile=1", ["Ana Rao"]),
        ("in/ana-rao-12", ["Ana Rao"]),
        ("https://de.linkedin.com/in/ACoAAAbCdE12", ["Cy Ray"]),
        ("linkedin.com/in/bo-second", ["Bo Li"]),  # a profile among the custom fields
        ("https://www.linkedin.com/in/bo-li-77", ["Bo Li"]),  # nobody has it, and one is called so
        ("https://github.com/anarao", ["Ana Rao"]),
        ("https://x.com/ana_rao?lang=de", ["Ana Rao"]),
        ("@ana_rao", ["Ana Rao"]),
        ("https://mastodon.social/@boli", ["Bo Li"]),
        ("@boli@mastodon.social", ["Bo Li"]),
        ("https://anarao.example/about", ["Ana Rao"]),
        ("https://www.bolt.example/team/all", ["Bo Li"]),  # by the domain of the address
        ("linkedin.com/in/john-doe", []),
    ],
)
def test_a_pasted_address_of_a_profile_finds_its_contact(api, question, names):
    for fields in (
        {"name": "Ana Rao", "linkedin_url": "https://www.linkedin.com/in/ana-rao-12",
         "custom": {"GitHub": "https://github.com/anarao", "Twitter": "@ana_rao", "Website": "https://anarao.example/about"}},
        {"name": "Bo Li", "email": "bo@bolt.example", "custom": {"Mastodon": "https://mastodon.social/@boli", "LinkedIn": "https://www.linkedin.com/in/bo-second"}},
        {"name": "Cy Ray", "linkedin_url": "https://www.linkedin.com/in/ACoAAAbCdE12", "email": "cy@github.com"},
    ):  # fmt: skip
        assert api.post("/api/crm/contacts", json=fields | {"enrich": False}).status_code == 201

    answer = api.get("/api/crm/contacts/search", query_string={"q": question, "include_total": "true"}).json

    assert [item["name"] for item in answer["items"]] == names
    assert answer["total"] == len(names)
    filtered = api.get("/api/crm/contacts/search", query_string={"q": question, "tag": "nobody"}).json
    assert filtered["items"] == []
