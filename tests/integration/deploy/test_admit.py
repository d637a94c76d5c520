"""Functions sign in to Cloud SQL as users of their own, who become crm_app."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pg8000.native
import pytest

from shared.plumbing.postgres.migrate import admit
from shared.plumbing.postgres.migration_files import MigrationFailed
from shared.plumbing.postgres.owner import connected
from shared.plumbing.postgres.pool import url_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def function_user(owner_url: str) -> Iterator[str]:
    """A database user named as Cloud SQL names a service account."""
    name = f"fn-get-contact-{uuid.uuid4().hex[:6]}@acme-crm.iam"
    with connected(owner_url) as owner:
        owner.run(f"create role \"{name}\" login password 'secret'")
        yield name
        owner.run(f'drop role "{name}"')


def test_a_user_who_is_let_in_reads_nothing_before_and_as_crm_app_afterwards(
    owner_url: str, function_user: str
) -> None:
    with connected(owner_url) as owner:
        arguments = url_arguments(owner_url) | {"user": function_user, "password": "secret"}
        stranger = pg8000.native.Connection(**arguments)
        with pytest.raises(pg8000.exceptions.DatabaseError, match="permission denied"):
            stranger.run("set role crm_app")
        assert admit(owner, [function_user]) == [function_user]
        stranger.run("set role crm_app")
        assert stranger.run("select count(*) from crm.contacts") == [[0]]
        stranger.close()


def test_letting_in_again_changes_nothing(owner_url: str, function_user: str) -> None:
    with connected(owner_url) as owner:
        admit(owner, [function_user])
        assert admit(owner, [function_user]) == []


def test_a_user_that_does_not_exist_is_named(owner_url: str) -> None:
    with connected(owner_url) as owner, pytest.raises(MigrationFailed, match=r"fn-nobody@acme-crm\.iam"):
        admit(owner, ["fn-nobody@acme-crm.iam"])
