"""What a letter calls the people by."""

from __future__ import annotations

import pytest

from shared.introductions.repository import get_requester


@pytest.mark.parametrize(
    ("name", "self_name", "shown"),
    [
        ("", "ana@acme.example", "Somebody"),
        ("ana@acme.example", "ana@acme.example", "Somebody"),
        ("ana\uff20acme.example", "Ana Diaz", "Ana Diaz"),
        ("", "Me", "Somebody"),
        ("Ana Diaz", "Me", "Ana Diaz"),
    ],
)
def test_no_letter_calls_the_requester_by_an_address(database, owner, user_id, name, self_name, shown):
    owner.run("update crm.users set name = :name where id = :id", name=name, id=user_id)
    owner.run("update crm.contacts set name = :name where user_id = :id and is_self", name=self_name, id=user_id)
    with database.transaction(user_id) as tx:
        assert get_requester(tx).name == shown
