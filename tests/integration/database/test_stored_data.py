"""What migrations make of data that is there already."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from shared.migrate import migrate
from tests.conftest import connected

MIGRATIONS = Path(__file__).parents[3] / "shared" / "migrations"


@pytest.fixture
def before(empty_url, tmp_path):
    """A connection to a database as it was before a migration."""

    def database_before(name):
        for path in MIGRATIONS.glob("*.sql"):
            if path.stem < name:
                shutil.copy(path, tmp_path)
        owner = opened.enter_context(connected(empty_url))
        migrate(owner, folder=tmp_path)
        return owner

    with ExitStack() as opened:
        yield database_before


def test_addresses_at_hosts_without_a_dot_that_are_there_are_found(before):
    owner = before("0046")
    ((user_id, _),) = owner.run("select * from crm.sign_in('issuer', 'uma', 'uma@example.com', 'Uma')")
    owner.run(
        """insert into crm.contacts (user_id, name, email, emails) values
        (:user_id, 'First', 'ana.bell@intranet', '{ana.bell@intranet}'),
        (:user_id, 'Second', 'ana@acme.com', '{ana@acme.com,ana.bell@intranet}')""",
        user_id=user_id,
    )

    migrate(owner)

    owner.run("select set_config('app.user_id', :user_id, false)", user_id=str(user_id))
    assert owner.run("select name_key from crm.search_contacts('@intranet')") == [["first"], ["second"]]
