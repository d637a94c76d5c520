"""`crm.names_apart`: one comparison of names for files and single contacts."""

from __future__ import annotations

from pathlib import Path

import pytest

MIGRATIONS = Path(__file__).parents[3] / "shared" / "migrations"


@pytest.fixture
def apart(owner):
    """Whether two names are clearly two people's; the same both ways, and with a key as it is stored."""

    def ask(a, b, key=None):
        asked = 'select crm.names_apart(:a, :b, :key), crm.names_apart(:b, :a, :key), crm.names_apart(:a, :b, cast(:key as text) collate "C")'
        answers = owner.run(asked, a=a, b=b, key=key)[0]
        assert len({*answers}) == 1
        return answers[0]

    return ask


SAME = [
    ("Bob Stone", "Robert Stone"), ("Bill", "William Gates"), ("Pepe García", "José García"), ("Ana Diaz", "Diaz, Ana"),
    ("Carla Mendez", "C. Mendez"), ("A.D.", "Ana Diaz"), ("Ana M. Diaz Lopez", "Ana Diaz"), ("Ana", "Ana Diaz"), ("Diaz", "Ana Diaz"),
    ("Zoë Núñez", "Zoe\u0308 Nu\u0301n\u0303ez"), ("José Núñez", "Jose Nunez"), ("Dee Poe", "\u202aDee Poe\u202c"), ("Bo Li", "Bo\u00a0Li"),
    ("Bo Li", "Bo\u200b Li"), ("Eve Fox", "Dr. Eve Fox"), ("Ana Diaz, MBA", "Ana Diaz"), ("Ana Diaz (Acme)", "Ana Diaz"), ("Gus Hay", "GUS HAY"),
    ("Sean O’Brien", "O'Brien, Sean"), ("Jean-Luc Picard", "Jeanluc Picard"), ("Jörg Müller", "Joerg Mueller"), ("Sergey Ivanov", "Sergei Ivanow"),
    ("Mohammed Ali", "Muhammad Ali"), ("Nagy Anna", "Anna Nagy"), ("Иван Петров", "Ivan Petrov"), ("Юлия Ким", "Julia Kim"), ("田中太郎", "Taro Tanaka"),
    ("田中太郎", "田中"), ("李 波", "李波"), ("adiaz", "Ana Diaz"), ("ana.diaz", "Ana Diaz"), ("ana@x.org", "Bo Li"), ("", "Bo Li"), ("Alex Fox", "Alexandra Fox"),
    ("John Smith", "John Smith Jr."), ("Ana Diaz", "Ana Gil"), ("Zoë Diaz", "Zoe Gil"),
    ("Nagy Péter", "Péter Nagy"), ("Nagy Anna", "Nagy Ann"), ("Anna Peter", "Anna Martin"), ("Kim Smith", "Kim Jones"), ("Nagy A.", "Nagy Anna"),
    ("JK Rowling", "Joanne K. Rowling"), ("Kim Min-jun", "Minjun Kim"), ("Catherine Bell", "Katharine Bell"), ("Bill Gates", "Gates, William"),
    ("Kasia Nowak", "Katarzyna Nowak"), ("Катя Иванова", "Екатерина Иванова"), ("Mª José García", "María José García López"), ("Hans Meier sen.", "Hans Meier sr."),
    ("Анна Иванова", "АННА ИВАНОВА"), ("Дмитрий Орлов", "Дима Орлов"),
]  # fmt: skip
APART = [
    ("Ana Diaz", "Bo Li"), ("Ana Diaz", "Luis Diaz"), ("Ana Diaz", "Mia Diaz"), ("Ana", "Bo"), ("Jane Doe", "John Doe"), ("A. Diaz", "Bo Diaz"),
    ("Ana B. Diaz", "Bo Diaz"), ("John Smith Jr.", "John Smith Sr."), ("Mr. Smith", "Mrs. Smith"), ("Herr Müller", "Frau Müller"),
    ("Daniel Diaz", "Daniela Diaz"), ("Paul Meier", "Paula Meier"), ("Andrea Müller", "Andreas Müller"), ("Mario Rossi", "Maria Rossi"),
    ("Alexander Fox", "Alexandra Fox"), ("Ana & Luis Diaz", "Ana Diaz"), ("Acme Support", "Ana Diaz"), ("Room 1", "Room 2"), ("Иван Петров", "Bo Li"),
    ("Иван Петров", "Анна Петрова"), ("田中太郎", "鈴木一郎"), ("김철수", "김영희"),
    ("Daniel Cox", "Danielle Cox"), ("Gabriel Roy", "Gabrielle Roy"), ("Julian Ash", "Julia Ash"), ("Adrian Fox", "Adria Fox"),
    # the family's name first
    ("Nagy Anna", "Nagy Péter"), ("Tóth Eszter", "Tóth Gábor"), ("Wang Wei", "Wang Fang"), ("Tanaka Kenji", "Tanaka Yuki"), ("Kerekes Anna", "Kerekes Péter"),
    ("Diaz Ana", "Diaz Luis"), ("Nguyen Thi Lan", "Nguyen Van Minh"),
    # a short form and another surname are two steps
    ("Sam Lee", "Samir Patel"), ("Jack Miller", "Hans Weber"), ("Bob Fox", "Rob Hale"), ("Cat Lee", "Caterina Diaz"),
    # first names of a woman and a man, also of a couple with one surname
    ("Виктор Лебедев", "Виктория Лебедева"), ("Александр Орлов", "Александра Орлова"), ("Евгений Орлов", "Евгения Орлова"), ("Francis Roy", "Frances Roy"),
    ("Stefan Ilić", "Stefanie Ilić"), ("Christian Voss", "Christina Voss"), ("Hans Meier sen.", "Hans Meier jun."),
    # other scripts
    ("王伟", "李娜"), ("علي حسن", "فاطمة حسن"), ("אבי כהן", "דינה לוי"), ("สมชาย ใจดี", "สมหญิง ใจดี"), ("Γιώργος Παππάς", "Μαρία Παππά"), ("Иван Петров", "Борис Лоев"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_person_in_two_spellings_is_not_two(apart, a, b):
    assert apart(a, b) is False


@pytest.mark.parametrize(("a", "b"), APART)
def test_clearly_different_names_are_two_people(apart, a, b):
    assert apart(a, b) is True


def test_a_new_surname_is_a_marriage_but_not_at_an_address_for_many(apart):
    assert apart("Ana Diaz", "Ana Gil", "ana@x.org") is False
    assert apart("Ana Diaz", "Ana Gil", "info@x.org") is True


def test_a_name_that_is_missing_contradicts_nothing(apart):
    assert apart(None, "Ana") is False


def test_profiles_that_were_words_are_taken_from_the_contacts_that_have_them(owner, user_id):
    """What migration 0045 does to contacts of before."""
    for name, slug in (("Ana", "none"), ("", "connected"), ("Bo", "bo-li"), ("Cy", "me")):
        owner.run(
            """insert into crm.contacts (user_id, name, linkedin_url, linkedin_slug, custom)
                values (:user_id, :name, 'https://www.linkedin.com/in/' || :slug, :slug, '{"k": "v"}')""",
            user_id=user_id,
            name=name,
            slug=slug,
        )

    owner.run((MIGRATIONS / "0045_no_profiles.sql").read_text())

    rows = owner.run(
        "select name, linkedin_slug, linkedin_url is null, custom ->> 'LinkedIn', custom ->> 'k' from crm.contacts"
        ' where user_id = :user_id and not is_self order by name collate "C"',
        user_id=user_id,
    )
    assert rows == [
        ["Ana", None, True, "none", "v"],
        ["Bo", "bo-li", False, None, "v"],
        ["Cy", None, True, "me", "v"],
        ["connected", None, True, "connected", "v"],
    ]
