"""Take the reports of mail providers: verify who sent them, and stop mail to the mailboxes that they name."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from shared.email import repository
from shared.errors import NotFound, quoted
from shared.plumbing.outbound.connections import TimedHTTPSConnection, within
from shared.plumbing.telemetry.recording import count

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from shared.config import Settings
    from shared.email.reports.report import Reader, Report
    from shared.email.service import LetterWriter
    from shared.plumbing.postgres.database import Database

# A report with the letter in it.
MAX_BYTES = 1_000_000
FETCH_TIMEOUT_S = 10.0
MAX_FETCHED_BYTES = 100_000

log = logging.getLogger(__name__)


class Intake(NamedTuple):
    """The taker of reports.

    Attributes:
        database: holds the mailboxes and the e-mails.
        readers: the reader of each provider that is set up, by the provider's name.
        writers: the writer of each area's letters, by the first word of their kind.
    """

    database: Database
    readers: Mapping[str, Reader]
    writers: Mapping[str, LetterWriter]

    def take(self, provider: str, body: bytes, authorization: str | None, now: datetime) -> None:
        """Take one request of a provider; a second time it changes nothing.

        Args:
            provider: name of the provider.
            body: of the request.
            authorization: the `Authorization` header of the request.
            now: the time.

        Raises:
            NotFound: reports of this provider are not set up.
            Unauthenticated: the provider has not sent this.
            BadRequest, ValidationFailed: the body is not a report.
        """
        reader = self.readers.get(provider)
        if reader is None:
            raise NotFound(
                f"reports of {quoted(provider)} are not set up on this server; docs/email.md says how that is done"
            )
        for report in reader(body, authorization):
            self._suppress(report, now)
            count("warmpath.email_reports", 1, kind=report.kind)
            log.info(
                "email.reported", extra={"kind": report.kind, "provider": provider, "email_id": str(report.email_id)}
            )

    def _suppress(self, report: Report, now: datetime) -> None:
        # A report of tomorrow or one that comes again after years counts from its own time, and at most from now.
        at = min(report.at, now)
        note = repository.note_complaint if report.kind == "complaint" else repository.note_bounce
        with self.database.transaction(None) as tx:
            note(tx, report.address, at)
            user_id = repository.find_sender(tx, report.email_id) if report.email_id else None
        if user_id is not None and report.kind == "bounce":
            self._end_letter(user_id, report, now)

    def _end_letter(self, user_id: UUID, report: Report, now: datetime) -> None:
        """Record that a sent letter came back, and notify its area where no other recipient has it."""
        assert report.email_id is not None
        with self.database.transaction(user_id) as tx:
            email = repository.note_return(tx, report.email_id, report.address, report.reason, now)
            if email is not None and not email.delivered_to:
                self.writers[email.kind.partition(".")[0]].undelivered(tx, email, now)


def readers(settings: Settings) -> dict[str, Reader]:
    """Make the readers of the providers that the settings name."""
    from shared.email.reports.mailgun import Mailgun  # noqa: PLC0415 - only the function that takes reports needs them
    from shared.email.reports.postmark import Postmark  # noqa: PLC0415
    from shared.email.reports.ses import Ses  # noqa: PLC0415

    made: dict[str, Reader] = {}
    if settings.mailgun_signing_key:
        made["mailgun"] = Mailgun(settings.mailgun_signing_key)
    if settings.postmark_webhook_password:
        made["postmark"] = Postmark(settings.postmark_webhook_password)
    if settings.ses_topic_arn:
        made["ses"] = Ses(settings.ses_topic_arn, fetch)
    return made


def fetch(address: str) -> bytes:
    """Get a short text over HTTPS, without following redirects.

    Raises:
        Unavailable: the server does not answer with 200 in time.
    """
    from http.client import HTTPException  # noqa: PLC0415 - as above
    from urllib.parse import urlsplit  # noqa: PLC0415

    from shared.errors import Unavailable  # noqa: PLC0415

    parts = urlsplit(address)
    connection = TimedHTTPSConnection(parts.hostname or "", parts.port)
    try:
        with within(FETCH_TIMEOUT_S):
            connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
            answer = connection.getresponse()
            if answer.status != 200:  # noqa: PLR2004 - HTTP's own number
                raise Unavailable(f"{parts.hostname} answers {answer.status}", retry_after_s=60)
            return answer.read(MAX_FETCHED_BYTES)
    except (OSError, HTTPException) as error:
        raise Unavailable(f"{parts.hostname} does not answer: {error!r}", retry_after_s=60) from error
    finally:
        connection.close()
