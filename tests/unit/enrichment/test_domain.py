from __future__ import annotations

import pytest

from shared.contacts.mailboxes import is_role_address
from shared.enrichment.providers.domain import Domain, company_name
from shared.enrichment.providers.provider import Found, Hints, NotFound

MACHINES = [
    "noreply@a.b", "No-Reply+x@a.b", "do_not_reply@a.b", "acme-noreply@a.b", "MAILER-DAEMON@mx.a.b", "bounces+17-ana=x.y@em.a.b", "dev-owner@a.b",
    "dev@lists.a.org", "friends@googlegroups.com", "reply+abc@reply.github.com", "ana@noreply.github.com", "notifications@github.com",
]  # fmt: skip
PEOPLE = [
    "norbert.ply@a.b",
    "noor@a.b",
    "ana.list@a.b",
    "bouncer@a.b",
    "owner@listing.com",
    "team.lead@a.b",
    "ana@realist.com",
]


def company_of(email):
    answer = Domain().enrich(email, Hints())
    return None if isinstance(answer, NotFound) else answer.fields["company"].value


@pytest.mark.parametrize(
    ("email", "company"),
    [
        ("ana@acme.com", "Acme"),
        ("Ana@ACME.COM", "Acme"),
        ("ana@mail.blue-bottle.co.uk", "Blue Bottle"),
        ("ana@ibm.com", "IBM"),
        ("ana@bücher.example", "Bücher"),
        ("ana@xn--bcher-kva.example", "Bücher"),
        ("info@acme.example", "Acme"),
        ("ana@acme.github.io", "Acme"),
    ],
)
def test_a_company_is_guessed_from_its_domain(email, company):
    assert company_of(email) == company


@pytest.mark.parametrize(
    "email",
    [
        "ana@gmail.com", "ana@GoogleMail.com", "ana@outlook.com", "ana@yahoo.co.uk", "ana@proton.me", "ana@hey.com",
        "ana@qq.com", "ana@mailinator.com", "ana@intranet", "ana@192.168.0.1", "ana@[10.0.0.1]", "ana@co.uk", "nonsense",
        "a@aol.de", "a@yahoo.co.id", "a@docomo.ne.jp", "a@sfr.fr", "a@tutanota.com", "a@zohomail.eu", "a@10minutemail.com", "a@web.de", "a@naver.com",
        "a@privaterelay.appleid.com", "a@duck.com", "a@mozmail.com", "a@simplelogin.com", "a@anonaddy.me", "7+a@users.noreply.github.com",
        "a@alumni.harvard.edu", "a@alum.mit.edu", "a@contoso.onmicrosoft.com", "a@contoso.mail.onmicrosoft.com",
        "ana@", "ana@..", f"ana@{'x' * 70}.com",
    ],
)  # fmt: skip
def test_mail_services_and_what_is_no_public_domain_say_nothing(email):
    assert company_of(email) is None


def test_the_guess_is_less_sure_than_any_answer_of_a_provider():
    found = Domain().enrich("ana@acme.com", Hints())

    assert isinstance(found, Found)
    assert found.fields["company"].confidence < 0.45


@pytest.mark.parametrize(
    ("email", "role"),
    [
        ("info@a.b", True),
        ("Support+eu@a.b", True),
        ("informatica@a.b", False),
        *((address, True) for address in MACHINES),
        *((address, False) for address in PEOPLE),
    ],
)
def test_addresses_of_an_office_are_known(email, role):
    assert is_role_address(email) is role


@pytest.mark.parametrize(("domain", "name"), [("3m.com", "3M"), ("foo_bar.com", "Foo Bar"), ("macOS.org", "MacOS")])
def test_names_are_readable(domain, name):
    assert company_name(domain) == name
