"""Sealed secrets: what opens them, and what does not."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from shared.config import ConfigurationError
from shared.plumbing.secrets.envelope import Place, Sealer
from shared.plumbing.secrets.keys import CloudKms, KeyFile, SecretUnreadable, open_keys

PLACE = Place("source_secrets", UUID(int=1), UUID(int=2))


@pytest.fixture
def keys(tmp_path):
    return KeyFile(tmp_path / "folder" / "secrets.key")


def test_a_secret_comes_back_and_its_text_is_not_in_what_is_stored(keys):
    sealed = Sealer(keys).seal(b"app password", PLACE)
    assert Sealer(keys).open(sealed, PLACE) == b"app password"
    assert b"app" not in sealed
    assert sealed != Sealer(keys).seal(b"app password", PLACE)


@pytest.mark.parametrize(
    "other",
    [
        Place("webhooks", PLACE.user_id, PLACE.row_id),
        PLACE._replace(user_id=UUID(int=3)),
        PLACE._replace(row_id=UUID(int=3)),
    ],
)
def test_a_secret_does_not_open_in_another_place(keys, other):
    sealed = Sealer(keys).seal(b"x", PLACE)
    with pytest.raises(SecretUnreadable):
        Sealer(keys).open(sealed, other)


def test_a_secret_that_was_changed_anywhere_does_not_open(keys):
    sealed = Sealer(keys).seal(b"password", PLACE)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(SecretUnreadable):
            Sealer(keys).open(bytes(changed), PLACE)
    for end in range(len(sealed)):
        with pytest.raises(SecretUnreadable):
            Sealer(keys).open(sealed[:end], PLACE)


def test_only_the_owner_reads_the_key_file_and_one_that_others_may_read_is_refused(keys, tmp_path):
    Sealer(keys).seal(b"x", PLACE)
    path = tmp_path / "folder" / "secrets.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        Sealer(keys).seal(b"x", PLACE)


@pytest.mark.parametrize("content", ["", "1 short\n", "one " + "A" * 43 + "=\n", "nonsense"])
def test_a_broken_key_file_is_refused_and_never_written_anew(tmp_path, content):
    path = tmp_path / "secrets.key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(ConfigurationError, match="restore it"):
        Sealer(KeyFile(path)).seal(b"x", PLACE)
    assert path.read_text() == content


def test_processes_that_begin_at_once_use_the_same_key(tmp_path):
    path = tmp_path / "secrets.key"
    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(lambda _: Sealer(KeyFile(path)).seal(b"x", PLACE), range(16)))
    assert {Sealer(KeyFile(path)).open(one, PLACE) for one in sealed} == {b"x"}
    assert [file.name for file in tmp_path.iterdir()] == ["secrets.key"]


def test_after_a_rotation_old_secrets_open_and_rewrapping_takes_the_new_version(keys, tmp_path):
    path = tmp_path / "folder" / "secrets.key"
    running = Sealer(keys)
    old = running.seal(b"x", PLACE)
    assert running.rewrap(old, PLACE) is None
    assert KeyFile(path).add_version() == "2"
    assert running.open(old, PLACE) == b"x"
    again = running.rewrap(old, PLACE)
    assert again is not None
    lines = path.read_text().splitlines()
    path.write_text(lines[1] + "\n")
    assert running.open(again, PLACE) == b"x"
    with pytest.raises(SecretUnreadable, match='version "1"'):
        running.open(old, PLACE)


def test_the_setting_names_a_file_or_a_key_of_cloud_kms(tmp_path):
    assert isinstance(open_keys(f"file://{tmp_path}/key"), KeyFile)
    assert isinstance(open_keys(f"{tmp_path}/key"), KeyFile)
    assert isinstance(open_keys("projects/p/locations/l/keyRings/r/cryptoKeys/k"), CloudKms)
    with pytest.raises(ConfigurationError, match='not "key"'):
        open_keys("key")
