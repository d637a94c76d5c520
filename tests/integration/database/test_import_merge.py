from __future__ import annotations

import json
import threading
import time

import pytest

from shared.contacts.importing.parsed import ParsedContact
from shared.contacts.importing.staging import import_contacts, list_created
from tests.conftest import connected


def row(name="", email=None, **fields):
    return ParsedContact(line=1, name=name, email=email, **{"emails": [email] if email else []} | fields)


@pytest.fixture
def load(database, user_id):
    """Imports rows and answers how many were created, updated and left unchanged."""

    def load_rows(*rows, source="csv", **options):
        with database.transaction(user_id) as tx:
            result = import_contacts(
                tx,
                [ParsedContact(**{slot: getattr(r, slot) for slot in r.__slots__}) for r in rows],
                source=source,
                **options,
            )
        return result.created, result.updated, result.unchanged

    return load_rows


@pytest.fixture
def contacts(owner, user_id):
    """Everybody but the self contact, by name, as dicts."""

    def read():
        rows = owner.run(
            "select row_to_json(c)::text from crm.contacts c where user_id = :user_id and not is_self order by name, email, company",
            user_id=user_id,
        )
        return [json.loads(text) for (text,) in rows]

    return read


def names(people):
    return [person["name"] for person in people]


def test_a_row_becomes_a_contact_with_all_it_says(load, contacts):
    everything = {
        "emails": ["ana@x.org", "ana@home.example"],
        "phones": ["+1 555 0100", '"odd" 2\\'],
        "company": 'Acme "West"\t\\',
        "title": "CEO",
        "location": "Oslo",
        "linkedin_url": "https://www.linkedin.com/in/ana",
        "linkedin_slug": "ana",
        "birthday": "--12-24",
        "notes": "two\nlines\r\nand a back\\slash, NULL, \\N",
        "tags": ["vip", "a,b", "{x}", "null"],
        "custom": {"Größe": '4"', "key\n": "ü\\"},
        "source_uid": "uid-1",
    }

    assert load(row("Ana", "ana@x.org", **everything)) == (1, 0, 0)

    (ana,) = contacts()
    assert {field: ana[field] for field in everything} == everything
    assert (ana["name"], ana["email"], ana["source"]) == ("Ana", "ana@x.org", "csv")


def test_characters_that_cannot_be_kept_are_left_out_and_the_rest_stays(load, contacts):
    load(row("A\0na\x1e", notes="x\0y\ud800", custom={"k\0": "v\0\x1e"}, tags=["t\0"]))

    (ana,) = contacts()
    assert (ana["name"], ana["notes"], ana["custom"], ana["tags"]) == ("Ana", "xy?", {"k": "v"}, ["t"])


def test_the_same_file_again_writes_nothing(load, owner, user_id, contacts):
    file = [
        row("Ana", "ana@x.org", company="Acme", tags=["a"]),
        row("Bo", linkedin_slug="bo", linkedin_url="https://www.linkedin.com/in/bo"),
        row("Cy", source_uid="record-000017"),
        row("Dee"),
        row("Dee", company="Acme"),
        row("Dee", company="Bolt"),
        row("Eve", phones=["+1 555 0100"]),
        row("Eve", company="Initech"),
        row("Flo", birthday="1990-01-02", custom={"k": "v"}),
        row("Ana Twice", "ANA@x.org", title="CEO"),
        row(email="gus@x.org"),
    ]
    first = load(*file)
    before = owner.run("select id, xmin::text from crm.contacts where user_id = :user_id order by id", user_id=user_id)

    assert load(*file) == (0, 0, len(file))
    assert load(*reversed(file)) == (0, 0, len(file))

    assert sum(first) == len(file)
    assert (
        owner.run("select id, xmin::text from crm.contacts where user_id = :user_id order by id", user_id=user_id)
        == before
    )


def test_rows_of_one_person_become_one_contact(load, contacts):
    assert load(
        row("Ana Lee", "ana@x.org", tags=["a"], custom={"k": "first"}),
        row("", "ANA@X.org", company="Acme", phones=["+1"], tags=["A", "b"], custom={"k": "second", "m": "n"}),
        row("Ana L.", linkedin_slug="ana", linkedin_url="u", title="CEO"),
        row("Ana", "ana@x.org", linkedin_slug="ana", linkedin_url="u", emails=["ana@x.org", "ana@home.example"]),
    ) == (1, 0, 3)

    (ana,) = contacts()
    assert (ana["name"], ana["email"], ana["company"], ana["title"]) == ("Ana Lee", "ana@x.org", "Acme", "CEO")
    assert ana["emails"] == ["ana@x.org", "ana@home.example"]
    assert (ana["tags"], ana["custom"]) == (["a", "b"], {"k": "first", "m": "n"})


def test_a_long_chain_of_shared_keys_is_one_person(load, contacts):
    links = [
        row("Chain", f"chain{(n + 1) // 2}@x.org", linkedin_slug=f"chain{n // 2}", linkedin_url="u") for n in range(400)
    ]

    assert load(*links[::2], *links[1::2]) == (1, 0, 399)


def test_update_fills_blanks_and_keeps_what_differs_beside_the_rest(load, contacts):
    load(row("Ana", "ana@x.org", company="Acme", custom={"k": "old"}, tags=["x"], birthday="--01-02"))

    assert load(
        row(
            "Ana Lee",
            "Ana@X.ORG",
            company="Bolt",
            title="CEO",
            custom={"k": "new", "m": "n"},
            tags=["y"],
            birthday="1990-01-02",
        )
    ) == (0, 1, 0)

    (ana,) = contacts()
    assert (ana["name"], ana["company"], ana["title"]) == ("Ana", "Acme", "CEO")
    assert (ana["tags"], ana["birthday"]) == (["x", "y"], "1990-01-02")
    assert {key.split(" (")[0]: value for key, value in ana["custom"].items()} == {
        "k": "old",
        "m": "n",
        "Name": "Ana Lee",
        "Company": "Bolt",
    }


def test_skip_leaves_known_contacts_alone_and_still_adds_new_ones(load, contacts):
    load(row("Ana", "ana@x.org"))

    assert load(row("Ana", "ana@x.org", title="CEO"), row("Bo", "bo@x.org"), on_duplicate="skip") == (1, 0, 1)

    assert [person["title"] for person in contacts()] == [None, None]


def test_a_new_address_is_added_behind_the_primary_one(load, contacts):
    load(row("Ana", "ana@x.org", linkedin_slug="ana", linkedin_url="u"))

    assert load(row("Ana", "new@x.org", linkedin_slug="ana", linkedin_url="u")) == (0, 1, 0)

    (ana,) = contacts()
    assert (ana["email"], ana["emails"]) == ("ana@x.org", ["ana@x.org", "new@x.org"])


def test_a_profile_that_somebody_else_has_is_not_taken_over(load, contacts):
    load(row("Ana", "ana@x.org"), row("Bo", linkedin_slug="bo", linkedin_url="u"))

    assert load(row("Ana", "ana@x.org", linkedin_slug="bo", linkedin_url="u")) == (0, 1, 0)
    assert load(row("Ana", "ana@x.org", linkedin_slug="bo", linkedin_url="u")) == (0, 0, 1)

    assert [(person["linkedin_slug"], person["custom"]) for person in contacts()] == [
        (None, {"LinkedIn": "u"}),
        ("bo", {}),
    ]


FAMILY = [
    row("Ana Diaz", "family@diaz.example", phones=["+34 600 100 201"], notes="hers"),
    row("Luis Diaz", "Family@diaz.example", phones=["+34 600 100 202"]),
    row("Mia Diaz", "family@diaz.example", phones=["+34 600 100 203"], notes="Mia's"),
    row("Luis A. Diaz", "family@diaz.example", title="Cook"),
]


class TestSharedKeys:
    """An address or a profile under clearly different names: two people, nothing of one on the other."""

    @pytest.mark.parametrize("cut", [1, 2, 3, 4])
    def test_a_family_with_one_address_is_as_many_people_wherever_the_file_is_cut(self, load, contacts, cut):
        load(*FAMILY[:cut])
        load(*FAMILY[cut:])

        ana, luis, mia = contacts()
        assert [p["name"] for p in (ana, luis, mia)] == ["Ana Diaz", "Luis Diaz", "Mia Diaz"]
        assert luis["title"] == "Cook"
        assert [p["email"] for p in (ana, luis, mia)] == ["family@diaz.example", None, None]
        assert [p["emails"][0].lower() for p in (ana, luis, mia)] == ["family@diaz.example"] * 3
        assert [p["notes"] for p in (ana, luis, mia)] == ["hers", None, "Mia's"]
        assert [len(p["phones"]) for p in (ana, luis, mia)] == [1, 1, 1]

    def test_in_one_file_the_rows_of_each_person_are_one_and_the_file_again_changes_nothing(self, load, contacts):
        assert load(*FAMILY) == (3, 0, 1)
        assert load(*FAMILY) == (0, 0, 4)
        assert load(*reversed(FAMILY)) == (0, 0, 4)
        assert [p["title"] for p in contacts()] == [None, "Cook", None]

    def test_the_answer_says_which_lines_share_what(self, database, user_id):
        with database.transaction(user_id) as tx:
            rows = [
                row("Ana Diaz", "x@x.org", linkedin_slug="ana", linkedin_url="https://l/ana"),
                row("Bo Li", "x@x.org"),
                row("Cy Ray", linkedin_slug="ana", linkedin_url="https://l/ana"),
            ]
            for line, each in enumerate(rows, 2):
                each.line = line
            errors = import_contacts(tx, rows, source="csv").errors
            assert [(e.line, e.field, e.value, e.lost) for e in errors] == [
                (3, "email", "x@x.org", False),
                (4, "linkedin_url", "https://l/ana", False),
            ]
            assert all('"Ana Diaz" (line 2)' in e.message for e in errors)
        with database.transaction(user_id) as tx:
            (error,) = import_contacts(tx, [row("Dee Poe", "x@x.org")], source="csv").errors
            assert (error.field, '"Ana Diaz", whose name is another' in error.message) == ("email", True)

    def test_a_file_that_gives_a_known_address_to_another_name_makes_a_contact_of_their_own(self, load, contacts):
        load(row("Ana Diaz", "ana@x.org", phones=["+34 600 100 201"]))

        assert load(row("Bo Li", "ana@x.org", phones=["+34 600 100 202"], notes="owes me 5")) == (1, 0, 0)
        assert load(row("Bo Li", "ana@x.org", phones=["+34 600 100 202"], notes="owes me 5")) == (0, 0, 1)

        ana, bo = contacts()
        assert (ana["phones"], ana["notes"]) == (["+34 600 100 201"], None)
        assert (bo["email"], bo["emails"], bo["notes"]) == (None, ["ana@x.org"], "owes me 5")

    def test_a_profile_in_the_wrong_row_stays_with_the_first_and_in_custom_of_the_other(self, load, contacts):
        profile = {"linkedin_slug": "ana", "linkedin_url": "https://l/ana"}

        assert load(row("Ana Diaz", **profile), row("Bo Li", **profile)) == (2, 0, 0)
        assert load(row("Bo Li", **profile), row("Ana Diaz", **profile)) == (0, 0, 2)

        ana, bo = contacts()
        assert (ana["linkedin_slug"], bo["linkedin_slug"], bo["custom"]) == ("ana", None, {"LinkedIn": "https://l/ana"})

    @pytest.mark.parametrize("strangers", [["Uwe Brandt"], ["Uwe Brandt", "Seda Kaya"]])
    def test_a_row_without_a_name_belongs_to_whoever_has_its_key_already(self, load, contacts, strangers):
        profile = {"linkedin_slug": "kvoss", "linkedin_url": "https://l/kvoss"}
        load(row("Karla Voss", "home@x.org", **profile))

        load(
            *(row(name, linkedin_slug="kvoss", linkedin_url="https://l/kvoss") for name in strangers),
            row(email="k@x.org", **profile),
        )
        load(*(row(name, "home@x.org") for name in strangers), row(email="home@x.org", phones=["+1 555 0100"]))

        karla = next(person for person in contacts() if person["name"] == "Karla Voss")
        assert (karla["emails"], karla["phones"]) == (["home@x.org", "k@x.org"], ["+1 555 0100"])
        assert all(
            "k@x.org" not in person["emails"] and not person["phones"]
            for person in contacts()
            if person["name"] != "Karla Voss"
        )

    def test_who_has_an_address_of_their_own_goes_by_that(self, load, contacts):
        luis = {"emails": ["home@x.org", "luis@x.org"]}

        assert load(row("Ana Diaz", "home@x.org"), row("Luis Diaz", "home@x.org", **luis)) == (2, 0, 0)
        assert load(row("Luis Diaz", "luis@x.org", title="Cook")) == (0, 1, 0)

        assert [(p["email"], p["emails"]) for p in contacts()] == [
            ("home@x.org", ["home@x.org"]),
            ("luis@x.org", ["luis@x.org", "home@x.org"]),
        ]

    def test_two_who_fall_back_on_one_address_of_another_are_two(self, load, contacts):
        more = {"emails": ["home@x.org", "kids@x.org"]}
        file = [
            row("Ana Diaz", "home@x.org"),
            row("Luis Diaz", "home@x.org", **more),
            row("Mia Diaz", "home@x.org", **more),
        ]

        assert load(*file) == (3, 0, 0)
        assert load(*file) == (0, 0, 3)
        assert [p["email"] for p in contacts()] == ["home@x.org", "kids@x.org", None]

    @pytest.mark.parametrize("together", [True, False])
    @pytest.mark.parametrize(
        "name",
        [
            "Robert Stone",
            "Stone, Bob",
            "B. Stone",
            "Bob Stone, MBA",
            "\u202aBob Stone\u202c",
            "Bob\u00a0Stone",
            "BOB STONE",
            "Bob Fox",
            "",
        ],
    )
    def test_the_same_person_in_another_spelling_stays_one(self, load, contacts, name, together):
        one, other = row("Bob Stone", "bob@x.org", company="Acme"), row(name, "bob@x.org", title="CTO")
        if together:
            load(one, other)
        else:
            load(one)
            load(other)

        (bob,) = contacts()
        assert (bob["company"], bob["title"]) == ("Acme", "CTO")

    def test_a_chain_that_leads_to_another_person_ends_before_them(self, load, contacts):
        profile = {"linkedin_slug": "a", "linkedin_url": "https://l/a"}

        load(
            row("Ana Diaz", "a@x.org"),
            row("A. Diaz", "a@x.org", **profile),
            row("Alberto Diaz", notes="his", **profile),
        )

        assert sorted((p["name"], p["notes"]) for p in contacts()) == [("Alberto Diaz", "his"), ("Ana Diaz", None)]

    def test_an_address_under_countless_names_is_nobodys(self, load, contacts):
        file = [
            row(f"{chr(65 + n % 26)}{chr(97 + n // 26)}ro Person", "everybody@x.org", title=str(n)) for n in range(260)
        ]

        assert load(*file) == (260, 0, 0)
        assert load(*file) == (0, 0, 260)
        assert sum(p["email"] is not None for p in contacts()) == 1

    @pytest.mark.slow  # compares times, which a busy machine distorts
    def test_many_pairs_of_strangers_take_time_in_proportion_to_their_number(self, load):
        def seconds(pairs, mark):
            # each of a name of their own: namesakes are compared each with each
            words = [
                f"{chr(97 + pair // 676)}{chr(97 + pair // 26 % 26)}{chr(97 + pair % 26)}{mark}"
                for pair in range(pairs)
            ]
            file = [row(name, f"{word}@x.org") for word in words for name in (f"Ana {word}", f"Bo {word[::-1]}x")]
            begun = time.monotonic()
            assert load(*file) == (2 * pairs, 0, 0)
            return time.monotonic() - begun

        few, many = seconds(200, "few"), seconds(2400, "many")
        assert many < few * 20  # twelve times as many; the square would be 144

    def test_a_stranger_with_ones_own_address_does_not_fill_the_self_contact(self, load, owner, user_id, user_email):
        assert load(row("Bo Li", user_email, title="Cook")) == (1, 0, 0)
        assert owner.run("select title from crm.contacts where user_id = :user_id and is_self", user_id=user_id) == [
            [None]
        ]

    def test_the_id_of_a_member_that_was_kept_in_lower_case_gets_its_letters_back(self, load, contacts):
        member = {"linkedin_slug": "ACoAAABcDeF", "linkedin_url": "https://www.linkedin.com/in/ACoAAABcDeF"}
        load(row("Ana", linkedin_slug="acoaaabcdef", linkedin_url="https://www.linkedin.com/in/acoaaabcdef"))

        assert load(row("Ana", **member)) == (0, 1, 0)
        assert load(row("Ana", **member), row("Bo", linkedin_slug="ACoAAABcdEf", linkedin_url="u")) == (1, 0, 1)

        assert [p["linkedin_slug"] for p in contacts()] == ["ACoAAABcDeF", "ACoAAABcdEf"]


@pytest.mark.parametrize(
    ("known", "row_again"),
    [
        ({"emails": ["ana@x.org", "ana@home.example"]}, {"email": "ana@home.example", "emails": ["ana@home.example"]}),
        (
            {"phones": ["+49 171 1234567"]},
            {"email": "ana@work.example", "emails": ["ana@work.example"], "phones": ["0171/1234567"]},
        ),
    ],
)
def test_the_same_name_with_a_shared_address_or_phone_is_the_same_person(load, contacts, known, row_again):
    load(row("Ana Lee", (known.get("emails") or [None])[0], **known))

    created, _, _ = load(row("Ana Lee", row_again.pop("email"), **row_again))

    assert created == 0
    assert load(row("Other Name", "other@x.org", phones=["0171/1234567"])) == (1, 0, 0)


class TestNamesOnly:
    def test_the_same_name_without_a_contradiction_is_the_same_person(self, load, contacts):
        assert load(row("Ana"), row("Ana", company="Acme"), row("ANA", company="acme", title="CEO")) == (1, 0, 2)

        (ana,) = contacts()
        assert (ana["company"], ana["title"]) == ("Acme", "CEO")

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"company": "Acme"}, {"company": "Bolt"}),
            ({"title": "Nurse"}, {"title": "Pilot"}),
            ({"birthday": "1990-01-02"}, {"birthday": "1990-01-03"}),
            ({"birthday": "1990-01-02"}, {"birthday": "1991-01-02"}),
            ({"phones": ["+1 555 0100"]}, {"phones": ["+1 555 0199"]}),
            ({"source_uid": "card-000001"}, {"source_uid": "card-000002"}),
        ],
    )
    def test_a_contradiction_makes_two(self, load, one, other):
        assert load(row("Ana", **one), row("Ana", **other)) == (2, 0, 0)
        assert load(row("Ana", **other), row("Ana", **one)) == (0, 0, 2)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"company": "Acme", "title": "Nurse"}, {"company": "ACME", "title": "Head Nurse"}),
            ({"birthday": "--01-02"}, {"birthday": "1991-01-02"}),
            ({"phones": ["+1 (555) 010-0000"]}, {"phones": ["555 010 0000", "+1 555 7"]}),
        ],
    )
    def test_what_is_written_differently_contradicts_nothing(self, load, one, other):
        load(row("Ana", **one))

        assert load(row("Ana", **other))[0] == 0

    def test_the_self_contact_is_nobody_elses_namesake(self, load):
        assert load(row("Uma User")) == (1, 0, 0)
        assert load(row("Uma User")) == (0, 0, 1)

    def test_ones_own_card_with_ones_address_fills_the_self_contact(self, load, owner, user_id, user_email):
        assert load(row("Uma", user_email, title="Founder")) == (0, 1, 0)
        assert owner.run(
            "select name, title from crm.contacts where user_id = :user_id and is_self", user_id=user_id
        ) == [["Uma User", "Founder"]]

    def test_a_name_finds_the_person_who_came_with_an_address_in_the_same_file(self, load):
        assert load(row("Ana"), row("Ana", "ana@x.org", company="Acme")) == (1, 0, 1)

    def test_many_of_one_name_stay_apart_and_are_found_again(self, load):
        file = [row("Unknown", phones=[f"+1 555 {number:07}"]) for number in range(300)]

        assert load(*file) == (300, 0, 0)
        assert load(*file) == (0, 0, 300)


class TestRecordIds:
    def test_a_card_is_recognised_after_its_name_was_corrected(self, load):
        load(row("Jon", source_uid="urn:uuid:1234"), source="vcard")

        assert load(row("John", source_uid="urn:uuid:1234", title="CEO"), source="vcard") == (0, 1, 0)

    def test_ids_count_within_one_kind_of_source(self, load):
        load(row("Ana", source_uid="10000001", company="Acme"), source="hubspot_csv")

        assert load(row("Bo", source_uid="10000001"), source="salesforce_csv") == (1, 0, 0)

    def test_short_ids_that_every_address_book_counts_up_need_the_name_as_well(self, load):
        load(row("Ana", source_uid="1"))

        assert load(row("Bo", source_uid="1")) == (1, 0, 0)
        assert load(row("Ana", source_uid="1", title="CEO")) == (0, 1, 0)

    def test_an_id_that_every_card_has_identifies_nobody(self, load):
        file = [
            row("Ana", source_uid="same-id-everywhere"),
            row("Bo", source_uid="same-id-everywhere"),
            row("Cy", source_uid="same-id-everywhere"),
        ]

        assert load(*file) == (3, 0, 0)
        assert load(*file) == (0, 0, 3)

    def test_our_own_export_finds_its_contacts_by_id_whatever_was_edited(self, load, owner, user_id, contacts):
        load(row("Ana", company="Acme"), row("Ana", company="Bolt"))
        exported = [row(c["name"], company=c["company"], source_uid=c["id"]) for c in contacts()]
        owner.run(
            "update crm.contacts set name = 'Anna' where user_id = :user_id and company = 'Acme'", user_id=user_id
        )

        assert load(*exported, source="warmpath_json") == (0, 0, 2)


def test_tags_of_the_import_are_given_to_everybody_once(load, contacts):
    load(row("Ana", "ana@x.org", tags=["vip"]))

    assert load(row("Ana", "ana@x.org"), row("Bo", tags=["Fair 2024"]), tags=["Fair 2024"]) == (1, 1, 0)
    assert load(row("Ana", "ana@x.org"), row("Bo"), tags=["Fair 2024"]) == (0, 0, 2)
    assert [person["tags"] for person in contacts()] == [["vip", "Fair 2024"], ["Fair 2024"]]


def test_lists_and_custom_fields_stop_growing_at_the_bounds_of_a_contact(load, contacts):
    for start in range(0, 300, 90):
        load(
            row(
                "Ana",
                "ana@x.org",
                tags=[f"tag {n}" for n in range(start, start + 90)],
                custom={f"k{start}": "x" * 40_000},
            )
        )

    (ana,) = contacts()
    assert len(ana["tags"]) == 100
    assert list(ana["custom"]) == ["k0", "k90"]


def test_created_contacts_are_listed_in_the_order_of_the_file(database, user_id, contacts):
    with database.transaction(user_id) as tx:
        import_contacts(tx, [row("Zoe"), row("Ana", "ana@x.org"), row("Max")], source="csv")
        created = list_created(tx)

    by_id = {person["id"]: person["name"] for person in contacts()}
    assert [by_id[str(contact_id)] for contact_id in created] == ["Zoe", "Ana", "Max"]


def test_an_import_that_is_rolled_back_leaves_nothing(database, user_id, contacts):
    with pytest.raises(RuntimeError), database.transaction(user_id) as tx:
        assert import_contacts(tx, [row("Ana")], source="csv").created == 1
        raise RuntimeError
    assert contacts() == []


def test_an_empty_file_is_no_error(load):
    assert load() == (0, 0, 0)


def people(count):
    return [row(f"Person {n}", f"p{n}@x.org", linkedin_slug=f"p{n}", linkedin_url="u") for n in range(count)]


def test_two_imports_of_one_user_at_once_do_not_meet(load, owner, user_id):
    answers = []
    files = [people(3000), people(3000)[::-1]]
    threads = [threading.Thread(target=lambda file=file: answers.append(load(*file))) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [(0, 0, 3000), (3000, 0, 0)]
    assert owner.run("select count(*) from crm.contacts where user_id = :user_id", user_id=user_id) == [[3001]]


def test_contacts_written_during_an_import_are_neither_lost_nor_doubled(load, owner, owner_url, user_id):
    written = []

    def write():
        with connected(owner_url) as app:
            app.run("set role crm_app")
            app.run("select set_config('app.user_id', :user_id, false)", user_id=str(user_id))
            for number in range(0, 3000, 60):
                # the address of one row, the profile of another: the keys cross those of the import
                written.extend(
                    app.run(
                        """
                        insert into crm.contacts (user_id, name, email, linkedin_slug) values (:user_id, 'Posted', :email, :slug)
                        on conflict do nothing returning id""",
                        user_id=user_id,
                        email=f"p{number}@x.org",
                        slug=f"p{(number + 7) % 3000}",
                    )
                )

    writer = threading.Thread(target=write)
    writer.start()
    created, updated, unchanged = load(*people(3000))
    writer.join()

    assert created + updated + unchanged == 3000
    assert owner.run(
        "select count(*) from crm.contacts where user_id = :user_id and name = 'Posted'", user_id=user_id
    ) == [[len(written)]]
    keys = owner.run(
        "select count(distinct email_key), count(distinct linkedin_slug) from crm.contacts where user_id = :user_id and not is_self",
        user_id=user_id,
    )
    assert keys == [[3000, 3000]] or created < 3000


def test_a_single_write_waits_for_an_import_only_where_they_share_a_key(database, owner_url, user_id):
    with connected(owner_url) as app:
        app.run("set role crm_app")
        app.run(
            "select set_config('app.user_id', :user_id, false), set_config('lock_timeout', '200ms', false)",
            user_id=str(user_id),
        )
        with database.transaction(user_id) as tx:
            import_contacts(tx, people(100), source="csv")

            app.run("insert into crm.contacts (user_id, email) values (:user_id, 'free@x.org')", user_id=user_id)
            with pytest.raises(Exception, match="lock timeout"):
                app.run(
                    "insert into crm.contacts (user_id, email) values (:user_id, 'p1@x.org') on conflict do nothing",
                    user_id=user_id,
                )


def test_imports_of_different_users_do_not_wait_for_each_other(database, owner, user_id, load):
    other = owner.run("select user_id from crm.sign_in('other', :subject, null, 'Otto')", subject=str(user_id))[0][0]
    with database.transaction(other) as tx:
        import_contacts(tx, people(10), source="csv")

        assert load(*people(10)) == (10, 0, 0)


def profile(slug):
    return {"linkedin_slug": slug, "linkedin_url": f"https://www.linkedin.com/in/{slug}"}


def kept(person):
    """The second values of a contact, without their source and date."""
    return {key.split(" (")[0]: value for key, value in person["custom"].items() if " (" in key}


class TestFurtherKeys:
    """Every address, phone and profile of a contact counts, not only the first."""

    @pytest.mark.parametrize("together", [False, True])
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (row("Ana Diaz", "ana@acme.org", emails=["ana@acme.org", "ana@home.org"]), row("A. Diaz", "ANA@home.org")),
            (row("Ana Diaz", "ana@home.org"), row("Diaz, Ana", "new@x.org", emails=["new@x.org", "ana@home.org"])),
            (row("Bob Stone", phones=["+44 (0)20 7946 0018"]), row("Robert Stone", phones=["020 79460018"])),
            (row("Eve Fox", "eve@x.org", phones=["+47 55 55 01 00"]), row("Eve Fox", "eve@y.org", phones=["55550100"])),
            (row("Ana Diaz", phones=["+1 555 300 4001 ext. 12"]), row("Ana Diaz", phones=["001 555 3004001"])),
            (row("سارة علي", phones=["٠٥٠١٢٣٤٥٦٧"]), row("سارة علي", phones=["+966 50 123 4567"])),
            (row("Иван Петров", phones=["8 (912) 345-67-89"]), row("Иван Петров", phones=["+7 912 345 67 89"])),
        ],
    )
    def test_a_second_key_under_a_name_that_fits_is_the_same_person(self, load, contacts, one, other, together):
        if together:
            assert load(one, other) == (1, 0, 1)
        else:
            assert load(one)[0] == 1
            assert load(other)[0] == 0
        assert load(one, other) == (0, 0, 2)
        assert len(contacts()) == 1

    @pytest.mark.parametrize("together", [False, True])
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (row("Ana Diaz", "ana@x.org", emails=["ana@x.org", "home@x.org"]), row("Luis Diaz", "luis@x.org", emails=["luis@x.org", "home@x.org"])),
            (row("Ana Diaz", "ana@x.org", emails=["ana@x.org", "home@x.org"]), row("Luis Diaz", "home@x.org")),
            (row("Ana Diaz", phones=["+34 900 000 000"]), row("Bo Li", phones=["900000000"])),
            # a switchboard: neither a new surname nor an initial is enough
            (row("Ana Diaz", phones=["+34 900 000 000"]), row("Ana Gil", phones=["+34 900 000 000"])),
            (row("J. Smith", "j@x.org", phones=["+34 900 000 000"]), row("John Smith", "john@x.org", phones=["+34 900 000 000"])),
        ],
    )  # fmt: skip
    def test_a_second_key_under_another_name_makes_two(self, load, contacts, one, other, together):
        created = load(one, other)[0] if together else load(one)[0] + load(other)[0]
        assert created == 2
        assert load(one, other) == (0, 0, 2)
        assert {p["email"] for p in contacts()} == {one.email, other.email}

    def test_a_profile_that_changed_is_kept_and_found_again(self, load, contacts):
        load(row("Bo Li", "bo@x.org", **profile("bo-li-88")))
        assert load(row("Bo Li", "bo@x.org", **profile("boli"))) == (0, 1, 0)
        assert load(row("Bo Li", title="Dev", **profile("boli"))) == (0, 1, 0)
        (bo,) = contacts()
        assert (bo["linkedin_slug"], bo["title"]) == ("bo-li-88", "Dev")
        assert kept(bo) == {"LinkedIn": "https://www.linkedin.com/in/boli"}

    def test_keys_follow_the_contact(self, load, owner, user_id):
        load(row("Ana Diaz", "ana@x.org", emails=["ana@x.org", "two@x.org"], phones=["+34 600 100 200"]))

        def keys():
            return [
                key
                for (key,) in owner.run(
                    "select key from crm.contact_keys where user_id = :user_id order by key", user_id=user_id
                )
            ]

        assert keys() == ["+0100200", "two@x.org"]
        owner.run(
            "update crm.contacts set emails = '{ana@x.org,three@x.org}', phones = '{}' where user_id = :user_id and not is_self",
            user_id=user_id,
        )
        assert keys() == ["three@x.org"]
        owner.run("delete from crm.contacts where user_id = :user_id and not is_self", user_id=user_id)
        assert keys() == []


class TestNothingIsDropped:
    def test_a_second_note_is_appended_once_with_its_source_and_date(self, load, contacts):
        load(row("Ana", "ana@x.org", notes="met in May"))
        for _ in range(2):
            load(
                row("Ana", "ana@x.org", notes="call back"),
                row("Ana", "ana@x.org", notes="likes tea"),
                source="google_csv",
            )
        (ana,) = contacts()
        parts = ana["notes"].split("\n\n")
        assert parts[0] == "met in May"
        assert [part.split("]\n")[1] for part in parts[1:]] == ["call back", "likes tea"]
        assert all(part.startswith("[Google, 20") for part in parts[1:])

    @pytest.mark.parametrize("together", [False, True])
    def test_a_second_value_of_a_field_is_kept_and_counted(self, database, user_id, load, contacts, together):
        rows = [
            row("Ana", "ana@x.org", company="Acme", title="CTO", location="Oslo", birthday="1985-04-12"),
            row("Ana Diaz-Li", "ana@x.org", company="Bolt", title="cto", location="Rome", birthday="1985-04-13"),
        ]
        rows[1].line = 3
        if not together:
            load(rows.pop(0))
        with database.transaction(user_id) as tx:
            result = import_contacts(tx, rows, source="csv")
        (ana,) = contacts()
        assert (ana["company"], ana["title"], ana["location"], ana["birthday"]) == ("Acme", "CTO", "Oslo", "1985-04-12")
        assert kept(ana) == {"Company": "Bolt", "Location": "Rome", "Birthday": "1985-04-13", "Name": "Ana Diaz-Li"}
        assert result.kept == 4
        assert {notice.field for notice in result.notices} == {"company", "location", "birthday", "name"}
        assert load(*rows) == (0, 0, len(rows))

    def test_the_newest_file_says_where_somebody_works_and_the_last_job_is_kept(
        self, database, user_id, load, contacts
    ):
        load(row("Ana", "ana@x.org", company="Acme", title="CTO"))
        with database.transaction(user_id) as tx:
            (company, title) = import_contacts(
                tx, [row("Ana", "ana@x.org", company="Newco", title="CEO")], source="csv", on_duplicate="newest"
            ).notices
        (ana,) = contacts()
        assert (ana["company"], ana["title"]) == ("Newco", "CEO")
        assert kept(ana) == {"Company": "Acme", "Title": "CTO"}
        assert (company.value, '"Acme"' in company.message, title.value) == ("Newco", True, "CEO")
        assert load(row("Ana", "ana@x.org"), on_duplicate="newest") == (0, 0, 1)

    @pytest.mark.parametrize(("latest", "company"), [("02 Feb 2024", "Newco"), ("02 Feb 2022", "Acme")])
    def test_a_dated_file_is_taken_at_its_word_only_where_it_is_the_newest(self, load, contacts, latest, company):
        known = [("Ana", "Acme", "01 Jan 2021"), ("Bo", "Bolt", "05 May 2023")]
        load(
            *(row(name, f"{name}@x.org", company=at, custom={"Connected On": on}) for name, at, on in known),
            source="linkedin_csv",
        )
        file = [("Ana", "Newco", "01 Jan 2021"), ("Cy", "Zeta", latest)]
        load(
            *(row(name, f"{name}@x.org", company=at, custom={"Connected On": on}) for name, at, on in file),
            source="linkedin_csv",
            on_duplicate=None,
        )
        assert contacts()[0]["company"] == company
