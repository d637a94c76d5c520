"""The clients of one process, each made at first use and kept by a warm instance; the only place where they are made."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from shared.config import ConfigurationError, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from pg8000.core import CoreConnection

    from shared.access.clients import Clients
    from shared.config import AlloyDb, CloudSql
    from shared.edge.auth import Authenticator
    from shared.email.reports.intake import Intake
    from shared.email.service import LetterWriter, Mailer
    from shared.enrichment.providers.provider import Provider
    from shared.enrichment.runs import Enricher
    from shared.jobs.service import Jobs
    from shared.plumbing.events.publisher import Publisher
    from shared.plumbing.outbound.public import Outside
    from shared.plumbing.postgres.database import Database
    from shared.plumbing.redis.breaker import Breakers
    from shared.plumbing.redis.cache import Cache
    from shared.plumbing.redis.opening import Redis
    from shared.plumbing.secrets.envelope import Sealer
    from shared.plumbing.telemetry.recording import Telemetry
    from shared.plumbing.uploads.store import Uploads
    from shared.privacy.service import LinkMailer
    from shared.sources.accounts.service import Accounts
    from shared.webhooks.sending import Sender

_making = threading.RLock()


if TYPE_CHECKING:
    made_once = cached_property
else:

    class made_once(cached_property):  # noqa: N801 - used as a decorator
        """A cached property that is made once also when many threads of a cold instance ask at the same time."""

        def __get__(self, instance, owner=None):  # noqa: ANN001, ANN204
            with _making:
                return super().__get__(instance, owner)


class Deps:
    """The clients and settings that the edge passes to the areas.

    Nothing is opened when this is made: the framework builds its app before gunicorn forks, and a socket made before
    a fork would be shared by all workers.
    """

    @made_once
    def settings(self) -> Settings:
        """Settings from the environment."""
        return Settings.from_environment()

    @made_once
    def database(self) -> Database:
        """The primary and, where there is one, its replica."""
        from shared.plumbing.postgres.database import Database
        from shared.plumbing.postgres.pool import Pool

        settings = self.settings
        size = settings.database_pool_size
        replica = self._connect_to(settings.cloud_sql_read, settings.alloydb_read, settings.database_read_url)
        return Database(Pool(self.connect_to_primary, size), Pool(replica, size) if replica else None)

    @made_once
    def connect_to_primary(self) -> Callable[[], CoreConnection]:
        """A function that opens connections to the primary as the role that signs in, before any `set role`."""
        settings = self.settings
        connect = self._connect_to(settings.cloud_sql, settings.alloydb, settings.database_url)
        assert connect is not None  # the settings always name a primary
        return connect

    def _connect_to(self, server: CloudSql, cluster: AlloyDb, url: str) -> Callable[[], CoreConnection] | None:
        user, database = self.settings.database_user, self.settings.database_name
        if cluster.instance:
            from shared.plumbing.postgres import alloydb

            return alloydb.ByIam(alloydb.Door(*cluster), user, database)
        if not server.instance:
            from shared.plumbing.postgres.pool import connect_to_url

            return connect_to_url(url) if url else None
        from shared.plumbing.postgres import cloud_sql

        if server.address:
            return cloud_sql.connect_by_token(server.address, server.authority, user, database)
        return cloud_sql.ByConnector(server.instance, user, database, api=server.api or None)

    @made_once
    def cache(self) -> Cache:
        """Redis for the request path."""
        from shared.plumbing.redis.cache import Cache

        def note_unseen(user_id: UUID, within_s: int) -> None:
            from shared.plumbing.redis import unseen_changes  # only where Redis is out of reach

            unseen_changes.note(self.database, user_id, within_s)

        return Cache(self.redis, note_unseen)

    @made_once
    def redis(self) -> Redis | None:
        """The Redis client, for uses beside the cache; None where `REDIS_URL` is not set."""
        from shared.plumbing.redis.opening import open_redis

        settings = self.settings
        if not settings.redis_url:
            return None
        cluster, by_iam = settings.redis_mode == "cluster", settings.redis_sign_in == "iam"
        return open_redis(settings.redis_url, settings.redis_ca_file, cluster=cluster, by_iam=by_iam)

    @made_once
    def breakers(self) -> Breakers:
        """Circuit breakers of outside services."""
        from shared.plumbing.redis.breaker import Breakers

        return Breakers(self.redis)

    @made_once
    def publisher(self) -> Publisher | None:
        """The Pub/Sub publisher; None where this process delivers the outbox itself (`EVENT_DELIVERY=outbox`)."""
        if self.settings.event_delivery == "outbox":
            return None
        from shared.plumbing.events.publisher import Publisher

        return Publisher(self.settings.google_cloud_project)

    @made_once
    def waterfall(self) -> tuple[Provider, ...]:
        """The providers of enrichment in the order in which they are asked."""
        from shared.enrichment.providers.catalog import make_waterfall

        return make_waterfall(self.settings.environ)

    @made_once
    def enricher(self) -> Enricher:
        """The processor of enrichment events."""
        from shared.enrichment.runs import Enricher

        return Enricher(self.database, self.cache, self.breakers, self.waterfall, self.now)

    @made_once
    def mailer(self) -> Mailer:
        """The sender of queued e-mails."""
        from shared.email.service import Mailer
        from shared.email.transport import SmtpTransport

        settings = self.settings
        if not settings.smtp_url:
            raise ConfigurationError("SMTP_URL is not set: no e-mail is sent")
        sender = settings.email_from or f"introductions@{urlsplit(settings.public_url).hostname}"
        return Mailer(self.database, SmtpTransport(settings.smtp_url), sender, settings.public_url, self.letter_writers)

    @made_once
    def link_mailer(self) -> LinkMailer:
        """The sender of links about what is held of an address."""
        from shared.privacy.service import LinkMailer

        mailer = self.mailer
        return LinkMailer(self.database, mailer.transport, mailer.sender, mailer.public_url)

    @made_once
    def letter_writers(self) -> dict[str, LetterWriter]:
        """The writer of each area's letters, by the first word of their kind."""
        from shared.day.digest import letters as digests
        from shared.introductions import letters as introductions
        from shared.teams import letters as teams
        from shared.viral import letters as invitations
        from shared.webhooks import letters as webhooks

        return {
            "digest": digests.WRITER,
            "introduction": introductions.WRITER,
            "invitation": invitations.WRITER,
            "team": teams.WRITER,
            "webhook": webhooks.WRITER,
        }

    @made_once
    def mail_reports(self) -> Intake:
        """The taker of mail providers' reports."""
        from shared.email.reports.intake import Intake, readers

        return Intake(self.database, readers(self.settings), self.letter_writers)

    @made_once
    def uploads(self) -> Uploads:
        """Where the files of imports are: a bucket in the cloud, a folder elsewhere."""
        from tempfile import gettempdir

        from shared.plumbing.uploads.disk import DiskUploads, folder_of

        settings = self.settings
        if settings.uploads_url.startswith("gs://"):
            from shared.plumbing.uploads.bucket import BucketUploads

            return BucketUploads(settings.uploads_url.removeprefix("gs://").rstrip("/"))
        return DiskUploads(folder_of(settings.uploads_url or f"{gettempdir()}/warmpath-uploads"), settings.public_url)

    @made_once
    def sealer(self) -> Sealer:
        """The sealer of stored secrets."""
        from shared.plumbing.secrets.envelope import Sealer
        from shared.plumbing.secrets.keys import open_keys

        if not self.settings.secrets_key:
            raise ConfigurationError("SECRETS_KEY is not set: no secrets are stored")
        return Sealer(open_keys(self.settings.secrets_key))

    @made_once
    def accounts(self) -> Accounts:
        """The reader of connected accounts."""
        from shared.sources.accounts.connecting import Gate
        from shared.sources.accounts.kinds import Door
        from shared.sources.accounts.oauth import providers
        from shared.sources.accounts.service import Accounts

        settings = self.settings
        door = Door(
            Gate(settings.account_networks), lambda: self.now().timestamp(), providers(settings.environ)
        )  # fmt: skip
        return Accounts(self.database, self.cache, self.sealer, door, self.now, public_url=settings.public_url)

    @made_once
    def jobs(self) -> Jobs:
        """The worker of jobs."""
        from shared.edge.jobs import make_kinds
        from shared.jobs.service import Jobs

        return Jobs(self.database, make_kinds(self))

    @made_once
    def clients(self) -> Clients:
        """The finder of programs that ask to be let in."""
        from shared.access.clients import Clients

        return Clients(self.outside)

    @made_once
    def outside(self) -> Outside:
        """The one pair of hands for addresses that others chose."""
        from shared.plumbing.outbound.public import Outside

        return Outside(self.settings.outside_trusted)

    @made_once
    def webhook_sender(self) -> Sender:
        """The sender of webhooks' messages."""
        from shared.webhooks.sending import Sender

        return Sender(self.database, self.outside, self.sealer, self.now)

    @made_once
    def telemetry(self) -> Telemetry:
        """Spans, metrics and their exporter."""
        from shared.plumbing.telemetry.recording import Telemetry

        settings = self.settings
        if not settings.otlp_endpoint:
            return Telemetry()
        from shared.plumbing.telemetry.export import Exporter

        return Telemetry(settings.trace_ratio, partial(Exporter, settings))

    @made_once
    def authenticator(self) -> Authenticator:
        """The verifier of bearer tokens."""
        from shared.edge.auth import Authenticator

        return Authenticator(self.settings, self.database)

    def now(self) -> datetime:
        """The present time, aware, in UTC."""
        return datetime.now(UTC)


@cache
def deps() -> Deps:
    """The `Deps` of this process."""
    return Deps()
