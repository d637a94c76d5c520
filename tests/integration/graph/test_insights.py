from __future__ import annotations

import uuid

import pytest

from shared.contacts.mailboxes import ROLES, bears_name, is_machine, is_role_address, spells_name
from tests.unit.enrichment.test_domain import MACHINES, PEOPLE

INSIGHTS = "/api/crm/graph/insights"


@pytest.fixture
def me(api):
    return api.get("/api/crm/users/me").json["self_contact_id"]


@pytest.fixture
def people(graph, me):
    """0 is oneself; 4 to 7 work at Acme."""
    graph.add_contacts(10, company=lambda number: "Acme" if 4 <= number <= 7 else None)
    graph.ids[0] = uuid.UUID(me)
    graph.numbers[0] = graph.owner.run("select no from crm.contacts where id = :id", id=me)[0][0]
    return graph


def tie(people, *ties):
    people.set_ties([*ties, *((b, a, s) for a, b, s in ties)])


def ask(api, name, **query):
    answer = api.get(f"{INSIGHTS}/{name}", query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json


def names(answer):
    return [item["contact"]["name"] for item in answer["items"]]


def test_mutual_contacts_come_strongest_first_with_a_sentence(api, people):
    tie(people, (1, 3, 0.5), (2, 3, 0.9), (1, 4, 0.9), (2, 4, 0.8), (1, 5, 1.0), (6, 2, 1.0))
    answer = ask(api, "mutual", a=people.ids[1], b=people.ids[2])
    assert names(answer) == ["Person 4", "Person 3"]
    assert answer["total"] == 2
    assert answer["items"][0]["strengths"] == [0.9, 0.8]
    assert answer["items"][0]["strength"] == 0.72
    assert answer["items"][0]["sentence"] == "Person 4 knows Person 1 (0.90) and Person 2 (0.80)."
    assert answer["sentence"] == "Person 1 and Person 2 both know 2 contacts."


def test_mutual_contacts_of_oneself_and_another(api, people):
    tie(people, (0, 3, 0.5), (2, 3, 0.9))
    assert names(ask(api, "mutual", b=people.ids[2])) == ["Person 3"]
    assert ask(api, "mutual", b=people.ids[8])["sentence"].endswith("both know nobody you know of.")


def test_connectors_are_ranked_by_whom_only_they_reach(api, people):
    tie(people, (0, 1, 0.9), (0, 2, 0.8), (0, 3, 0.7), (1, 4, 1), (1, 5, 1), (2, 5, 1), (2, 6, 1), (2, 7, 1), (1, 2, 1))
    answer = ask(api, "connectors")
    assert [(item["contact"]["name"], item["knows"], item["only_through_them"]) for item in answer["items"]] == [
        ("Person 2", 4, 2),
        ("Person 1", 3, 1),
    ]
    assert answer["reached"] == 4
    assert answer["items"][0]["sentence"] == "Person 2 knows 4 people; you reach 2 of them only this way."


def test_connectors_into_a_company_count_its_people_only(api, people):
    tie(people, (0, 1, 0.9), (0, 2, 0.8), (1, 4, 1), (1, 5, 1), (1, 8, 1), (2, 5, 1))
    answer = ask(api, "connectors", company="ACME")
    assert answer["items"][0]["sentence"] == "Person 1 knows 2 people at ACME; you reach 1 of them only this way."
    assert names(answer) == ["Person 1", "Person 2"]
    assert answer["sentence"] == "Your contacts lead to 2 people at ACME whom you do not know directly."


def test_suggestions_share_contacts_or_a_company(api, people):
    tie(people, (4, 1, 1), (4, 2, 1), (8, 1, 1), (8, 2, 1), (9, 1, 1), (4, 5, 0.5))
    answer = ask(api, "suggestions", contact_id=people.ids[4])
    sentences = {item["contact"]["name"]: item["sentence"] for item in answer["items"]}
    assert sentences["Person 6"] == "Person 6 works at Acme like Person 4."
    assert sentences["Person 8"].startswith("Person 8 shares 2 contacts with Person 4, Person ")
    assert "Person 5" not in sentences, "known already"
    assert names(answer).index("Person 8") < names(answer).index("Person 9")
    assert "Person 4" not in sentences


def test_a_program_or_a_list_is_no_suggestion_and_no_connector(api, people):
    tie(people, (0, 1, 1), (0, 2, 1), (1, 8, 1), (2, 9, 1))
    for number, address in ((2, "noreply@acme.example"), (6, "staff@lists.acme.example")):
        people.owner.run(
            "update crm.contacts set email = :address where id = :id", address=address, id=people.ids[number]
        )

    assert "Person 6" not in names(ask(api, "suggestions", contact_id=people.ids[4]))
    assert names(ask(api, "connectors")) == ["Person 1"]


def test_the_database_takes_the_same_addresses_for_nobodys(owner):
    for address in (*(f"{role}@acme.example" for role in ROLES), *MACHINES, *PEOPLE, "", "nonsense"):
        assert owner.run("select crm.is_nobodys_mailbox(:address)", address=address) == [[is_role_address(address)]], (
            address
        )


def test_the_database_compares_addresses_with_names_alike(owner):
    names = ("Ana Diaz", "Acme", "Jürgen Groß", "Bo Li", "Emily Post", "佐藤 花子", "", "Peter O'Neil")
    for address in (
        "info@anadiaz.example", "mail@diaz.com", "info@acme.example", "adiaz@x.org", "jg@x.org", "bli@x.org", "juergen.gross@x.org", "info@ana-diaz.co.uk", "x@y",
        "post@x.org", "noreply@x.org", "7+ana@users.noreply.github.com", "sales-uk@x.org", "info2@x.org",
    ):  # fmt: skip
        for name in names:
            found = owner.run(
                "select crm.bears_name(:a, :n), crm.spells_name(:a, :n), crm.is_machine(:n, :a, array[:a]::text[])",
                a=address,
                n=name,
            )
            assert found == [
                [bears_name(address, name), spells_name(address, name), is_machine(name, address, [address])]
            ], (address, name)


@pytest.mark.parametrize("mode", ["strongest", "shortest"])
def test_no_path_leads_through_a_program_a_list_or_an_office(api, people, mode):
    tie(people, (0, 1, 1), (1, 9, 1), (0, 2, 0.5), (2, 3, 0.5), (3, 9, 0.5), (0, 8, 0.9), (8, 9, 0.9))
    for number, emails in ((1, ["ops@acme.example", "noreply@acme.example"]), (8, ["staff@lists.acme.example"])):
        people.owner.run(
            "update crm.contacts set email = null, emails = :emails where id = :id",
            emails=emails,
            id=people.ids[number],
        )

    def path(**query):
        answer = api.get("/api/crm/graph/path", query_string={"to": people.ids[9], "mode": mode, **query}).json
        return [[contact["name"] for contact in found["contacts"]][1:] for found in answer["paths"]]

    assert path(alternatives=3) == [["Person 2", "Person 3", "Person 9"]]
    assert path() == [["Person 2", "Person 3", "Person 9"]]
    to_list = api.get("/api/crm/graph/path", query_string={"to": people.ids[8], "mode": mode}).json
    assert to_list["paths"], "which may be where a path leads"


def test_an_empty_network_has_no_insights(api, people):
    tie(people)
    assert ask(api, "connectors")["items"] == []
    assert ask(api, "suggestions")["items"] == []


def test_insights_about_somebody_elses_contacts_are_not_there(api, people):
    other = api.as_user(f"{uuid.uuid4().hex}@example.com")
    one, two = people.ids[1], people.ids[2]
    assert other.get(f"{INSIGHTS}/mutual", query_string={"a": one, "b": two}).status_code == 404
    assert other.get(f"{INSIGHTS}/mutual", query_string={"b": two}).status_code == 404
    assert other.get(f"{INSIGHTS}/suggestions", query_string={"contact_id": one}).status_code == 404
    assert other.get(f"{INSIGHTS}/connectors").json["items"] == []
