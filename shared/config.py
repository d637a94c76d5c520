"""Settings from the environment, read and validated once; one error names everything that is missing or wrong."""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    # Reads a variable; None as what is read where it is not set: it must be.
    _Text = Callable[[str, str | None], str]


# Upper bound of LETTERS_*: more than anybody sends, and small enough for sums and for a number of days.
_MAX_LETTERS = 100_000
# Ten years: more is an archive.
_MAX_JOURNAL_DAYS = 3650
_MAX_DIGITS = 18


class ConfigurationError(Exception):
    """The environment lacks a setting, or a setting is not valid."""


class LetterLimits(NamedTuple):
    """Limits of letters to strangers; 0: no limit. A day is the last 24 hours, a month the last 30 days.

    Attributes:
        per_day: letters of one sender, over all kinds.
        asks_per_day: introductions that one sender asks for.
        new_per_day: as `per_day`, for a sender whose account is new.
        new_asks_per_day: as `asks_per_day`, for a sender whose account is new.
        new_for_days: days after which an account has as many letters again, until it has those of the others; a yes counts as much.
            0: no account is new.
        mailbox_per_day: letters to one mailbox in a day, over all senders and kinds.
        mailbox_per_month: letters to one mailbox in a month, over all senders and kinds.
        mailbox_asks_per_month: questions to one mailbox in a month, over all senders.
        pair_per_month: invitations of one kind by one sender to one mailbox.
        domain_per_day: letters to the mailboxes of one domain in a day, over all senders and kinds; public mail services have no limit.
        installation_per_day: letters of all senders in a day.
    """

    per_day: int = 200
    asks_per_day: int = 20
    new_per_day: int = 50
    new_asks_per_day: int = 10
    new_for_days: int = 3
    mailbox_per_day: int = 10
    mailbox_per_month: int = 30
    mailbox_asks_per_month: int = 8
    pair_per_month: int = 2
    domain_per_day: int = 1000
    installation_per_day: int = 5000


class CloudSql(NamedTuple):
    """A Cloud SQL instance.

    Attributes:
        instance: `project:region:name`; empty: none.
        address: private address of the instance, `host` or `host:port`; where set, connections go there directly, with an access token
            as the password. Empty: Google's connector opens them.
        authority: certificate authority of the instance, PEM; for direct connections.
        api: address of the Admin API, which the connector asks; empty: Google's.
    """

    instance: str = ""
    address: str = ""
    authority: str = ""
    api: str = ""


class AlloyDb(NamedTuple):
    """An AlloyDB instance.

    Attributes:
        instance: `projects/P/locations/L/clusters/C/instances/I`; empty: none.
        address: private address of the instance, `host` or `host:port`.
        api: address of the AlloyDB API, which gives certificates; empty: Google's.
    """

    instance: str = ""
    address: str = ""
    api: str = ""


def _cloud_sql(text: _Text, prefix: str) -> CloudSql:
    address = text(f"{prefix}_ADDRESS", "")
    authority = text(f"{prefix}_AUTHORITY", None if address else "")
    return CloudSql(text(f"{prefix}_INSTANCE", ""), address, authority, text("CLOUD_SQL_API", ""))


def _alloydb(text: _Text, prefix: str) -> AlloyDb:
    instance = text(f"{prefix}_INSTANCE", "")
    return AlloyDb(instance, text(f"{prefix}_ADDRESS", None if instance else ""), text("ALLOYDB_API", ""))


class Settings(NamedTuple):
    """Settings from the environment.

    Attributes:
        oidc_issuer: the `iss` that tokens must carry.
        oidc_audience: the `aud` that tokens must carry.
        oidc_jwks_url: where the issuer's public keys are.
        database_url: `postgresql://user:password@host:port/name`; `?host=/folder` for a Unix socket,
            `?sslmode=disable|prefer|require|verify-full` (default: disable on this machine, else prefer).
        database_read_url: the same for a read replica; empty without one.
        cloud_sql: the Cloud SQL instance, signed in to by IAM; without a name, `database_url` leads to the database.
        cloud_sql_read: the same for its read replica; nameless for an installation without one.
        alloydb: the AlloyDB instance, signed in to by IAM, instead of one of Cloud SQL.
        alloydb_read: the same for its read pool.
        database_name: database on the Cloud SQL or AlloyDB instance.
        database_user: IAM database user on it.
        database_pool_size: the most connections of one process.
        redis_url: `redis://[:password@]host:port/0`, or `rediss://` for TLS; empty: no cache, no rate limits.
        redis_ca_file: certificate authority of a `rediss://` server; empty: the system's.
        redis_mode: `server`, or `cluster` where the URL leads to a cluster, over whose shards keys are spread.
        redis_sign_in: `password`, which the URL has, or `iam`: access tokens of this instance's service account, in a cluster over TLS.
        rate_limit_per_minute: requests a user may make in a minute on average; 0: no limit.
        rate_limit_burst: requests a user may make at once.
        outside_trusted: an address whose continuations may be asked though they are inside; for tests and laptops only.
        letters: limits of letters to strangers.
        journal_days: days for which operations can be undone and deleted contacts come back.
        operators: who runs the installation and sees the counts of all users: verified addresses, or `@domain` for all of a domain.
        public_url: where people reach the app and the API, for links in e-mails.
        uploads_url: where files to import are kept: `gs://bucket` or `file:///folder`; empty: a temporary folder.
        secrets_key: the key of stored secrets: `file:///path`, or `projects/P/locations/L/keyRings/R/cryptoKeys/K` of Cloud KMS; empty:
            no secrets are stored.
        account_networks: networks beside public addresses that accounts may be read from, such as `10.0.0.0/8,fd00::/8`; empty: none.
        smtp_url: the mail server, see `shared.email.transport`; empty: no e-mail is sent.
        carddav_url: where phones find the address book; empty: `public_url`.
        email_from: sender address of e-mail; empty: introductions@ the host of `public_url`.
        ses_topic_arn: the SNS topic by which Amazon SES reports bounces and complaints; empty: its reports are refused.
        postmark_webhook_password: the password with which Postmark reports them; empty: as above.
        mailgun_signing_key: the key with which Mailgun signs its reports; empty: as above.
        event_delivery: `pubsub`, or `outbox` where the gateway's process delivers events to their consumers.
        google_cloud_project: the project of Pub/Sub; empty: the credentials' project.
        otlp_endpoint: where traces and metrics go, without `/v1/traces`; empty: nowhere, and nothing is measured.
        trace_ratio: the share of requests that are traced, from 0 to 1.
    """

    oidc_issuer: str
    oidc_audience: str
    oidc_jwks_url: str
    database_url: str = ""
    database_read_url: str = ""
    cloud_sql: CloudSql = CloudSql()
    cloud_sql_read: CloudSql = CloudSql()
    alloydb: AlloyDb = AlloyDb()
    alloydb_read: AlloyDb = AlloyDb()
    database_name: str = "warmpath"
    database_user: str = ""
    database_pool_size: int = 4
    redis_url: str = ""
    redis_ca_file: str = ""
    redis_mode: str = "server"
    redis_sign_in: str = "password"
    rate_limit_per_minute: int = 1200
    rate_limit_burst: int = 300
    outside_trusted: str = ""
    letters: LetterLimits = LetterLimits()
    journal_days: int = 90
    operators: tuple[str, ...] = ()
    public_url: str = "http://localhost:8080"
    carddav_url: str = ""
    uploads_url: str = ""
    secrets_key: str = ""
    account_networks: str = ""
    smtp_url: str = ""
    email_from: str = ""
    ses_topic_arn: str = ""
    postmark_webhook_password: str = ""
    mailgun_signing_key: str = ""
    event_delivery: str = "pubsub"
    google_cloud_project: str = ""
    otlp_endpoint: str = ""
    trace_ratio: float = 1.0
    environ: Mapping[str, str] = MappingProxyType({})

    def __repr__(self) -> str:
        """Hide all values, as some are secret."""
        return "Settings(...)"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings from environment variables.

        Raises:
            ConfigurationError: names every variable that is missing or not valid.
        """
        problems: list[str] = []

        def text(name: str, default: str | None = "") -> str:
            value = environ.get(name, "").strip()
            if not value and default is None:
                problems.append(f"{name} is not set")
            return value or default or ""

        def number(name: str, default: int, least: int, most: int | None = None) -> int:
            value = environ.get(name, "").strip()
            if not value:
                return default
            # more than 18 digits are out of every range, and Python refuses to read thousands of digits
            known = int(value) if value.isascii() and value.isdigit() and len(value) <= _MAX_DIGITS else -1
            if known < least or (most is not None and known > most):
                span = f"from {least} on" if most is None else f"from {least} to {most}"
                problems.append(f'{name} must be a whole number {span}, not "{value}"')
                return default
            return known

        def letters(name: str, default: int) -> int:
            return number(name, default, 0, _MAX_LETTERS)

        def choice(name: str, default: str, other: str) -> str:
            value = text(name, default)
            if value not in {default, other}:
                problems.append(f'{name} must be {default} or {other}, not "{value}"')
            return value

        usual = LetterLimits()

        cloud_sql, alloydb = _cloud_sql(text, "CLOUD_SQL"), _alloydb(text, "ALLOYDB")
        by_iam = cloud_sql.instance or alloydb.instance
        settings = cls(
            database_url=text("DATABASE_URL", "" if by_iam else None),
            database_read_url=text("DATABASE_READ_URL"),
            cloud_sql=cloud_sql,
            cloud_sql_read=_cloud_sql(text, "CLOUD_SQL_READ"),
            alloydb=alloydb,
            alloydb_read=_alloydb(text, "ALLOYDB_READ"),
            database_name=text("DATABASE_NAME", "warmpath"),
            database_user=text("DATABASE_USER", None if by_iam else ""),
            database_pool_size=number("DATABASE_POOL_SIZE", 4, 1),
            redis_url=text("REDIS_URL"),
            redis_ca_file=text("REDIS_CA_FILE"),
            redis_mode=choice("REDIS_MODE", "server", "cluster"),
            redis_sign_in=choice("REDIS_SIGN_IN", "password", "iam"),
            oidc_issuer=text("OIDC_ISSUER", None),
            oidc_audience=text("OIDC_AUDIENCE", None),
            oidc_jwks_url=text("OIDC_JWKS_URL", None),
            rate_limit_per_minute=number("RATE_LIMIT_PER_MINUTE", 1200, 0),
            rate_limit_burst=number("RATE_LIMIT_BURST", 300, 1),
            outside_trusted=environ.get("OUTSIDE_TRUSTED", ""),
            letters=LetterLimits(
                per_day=letters("LETTERS_PER_DAY", usual.per_day),
                asks_per_day=letters("LETTERS_ASKS_PER_DAY", usual.asks_per_day),
                new_per_day=letters("LETTERS_NEW_PER_DAY", usual.new_per_day),
                new_asks_per_day=letters("LETTERS_NEW_ASKS_PER_DAY", usual.new_asks_per_day),
                new_for_days=letters("LETTERS_NEW_FOR_DAYS", usual.new_for_days),
                mailbox_per_day=letters("LETTERS_MAILBOX_PER_DAY", usual.mailbox_per_day),
                mailbox_per_month=letters("LETTERS_MAILBOX_PER_MONTH", usual.mailbox_per_month),
                mailbox_asks_per_month=letters("LETTERS_MAILBOX_ASKS_PER_MONTH", usual.mailbox_asks_per_month),
                pair_per_month=letters("LETTERS_PAIR_PER_MONTH", usual.pair_per_month),
                domain_per_day=letters("LETTERS_DOMAIN_PER_DAY", usual.domain_per_day),
                installation_per_day=letters("LETTERS_INSTALLATION_PER_DAY", usual.installation_per_day),
            ),
            journal_days=number("JOURNAL_DAYS", 90, 1, _MAX_JOURNAL_DAYS),
            operators=_operators(text("OPERATORS"), problems),
            public_url=text("PUBLIC_URL", "http://localhost:8080").rstrip("/"),
            carddav_url=text("CARDDAV_URL", "").rstrip("/"),
            uploads_url=text("UPLOADS_URL"),
            secrets_key=text("SECRETS_KEY"),
            account_networks=text("ACCOUNT_NETWORKS"),
            smtp_url=text("SMTP_URL"),
            email_from=text("EMAIL_FROM"),
            ses_topic_arn=text("SES_TOPIC_ARN"),
            postmark_webhook_password=text("POSTMARK_WEBHOOK_PASSWORD"),
            mailgun_signing_key=text("MAILGUN_SIGNING_KEY"),
            event_delivery=choice("EVENT_DELIVERY", "pubsub", "outbox"),
            google_cloud_project=text("GOOGLE_CLOUD_PROJECT"),
            otlp_endpoint=text("OTEL_EXPORTER_OTLP_ENDPOINT"),
            trace_ratio=_share(environ, "OTEL_TRACES_SAMPLER_ARG", 1.0, problems),
            environ=environ,
        )
        problems += _redis_problems(settings)
        if problems:
            raise ConfigurationError("cannot start: " + "; ".join(problems))
        return settings


def _operators(value: str, problems: list[str]) -> tuple[str, ...]:
    """Read addresses and domains that are separated by commas."""
    names = [name.strip().lower() for name in value.split(",") if name.strip()]
    problems += [
        f'OPERATORS must be addresses, or domains such as @example.com, with commas between them, not "{name}"'
        for name in names
        if name.count("@") != 1 or name.endswith("@") or " " in name
    ]
    return tuple(names)


def _redis_problems(settings: Settings) -> list[str]:
    """Name what does not go together in the settings of Redis."""
    problems = []
    url = urlsplit(settings.redis_url)
    if settings.redis_mode == "cluster":
        if url.scheme not in {"redis", "rediss"}:
            problems.append(
                f'REDIS_URL must begin with redis:// or rediss:// with REDIS_MODE=cluster, not "{url.scheme}"'
            )
        if url.path.strip("/") not in {"", "0"}:
            problems.append(
                f'REDIS_URL must name no database with REDIS_MODE=cluster, which has one alone, not "{url.path}"'
            )
    if settings.redis_sign_in == "iam":
        if settings.redis_mode != "cluster":
            problems.append("REDIS_SIGN_IN=iam goes with REDIS_MODE=cluster")
        if url.scheme != "rediss":  # a token lets its finder into more than the cache
            problems.append(f'REDIS_SIGN_IN=iam needs a REDIS_URL with TLS, rediss://, not "{url.scheme}"')
        if url.password:
            problems.append("REDIS_SIGN_IN=iam goes with a REDIS_URL without a password")
    return problems


def _share(environ: Mapping[str, str], name: str, default: float, problems: list[str]) -> float:
    value = environ.get(name, "").strip()
    try:
        share = float(value or default)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        problems.append(f'{name} must be a share from 0 to 1, not "{value}"')
    return share
