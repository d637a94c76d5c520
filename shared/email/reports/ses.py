"""Amazon SES's notifications of bounces and complaints, which come by SNS.

https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html and, for the signature,
https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
"""

from __future__ import annotations

import base64
import binascii
import logging
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shared.email.reports.report import Report, email_id_of, read_field, read_object, read_time
from shared.errors import BadRequest, Unauthenticated, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

# The signed fields of each kind of message, in the order in which they are signed.
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}
_SIGNED["UnsubscribeConfirmation"] = _SIGNED["SubscriptionConfirmation"]
_HOST = re.compile(r"sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?")
_MAX_CERTIFICATES = 20

log = logging.getLogger(__name__)


class Ses:
    """A reader of SES's notifications.

    Args:
        topic_arn: the SNS topic; messages of any other topic are refused, as anybody can make one.
        fetch: (address) -> the body of the answer; for SNS's certificates and for the confirmation of the subscription.
    """

    def __init__(self, topic_arn: str, fetch: Callable[[str], bytes]) -> None:
        self._topic_arn = topic_arn
        self._fetch = fetch
        self._keys: dict[str, Any] = {}

    def __call__(self, body: bytes, authorization: str | None) -> list[Report]:  # noqa: ARG002 - the signature is in the body
        """Read a message of SNS; see `report.Reader`. The first message of a subscription is confirmed."""
        post = read_object(body, "the body")
        if read_field(post, "TopicArn", str) != self._topic_arn:
            raise Unauthenticated(f"the topic {quoted(post['TopicArn'])} is not that of SES_TOPIC_ARN")
        self._verify(post)
        if post["Type"] == "SubscriptionConfirmation":
            self._fetch(_amazons(read_field(post, "SubscribeURL", str), "SubscribeURL"))
            log.info("email.reports_subscribed", extra={"provider": "ses"})
        return _reports(read_field(post, "Message", str)) if post["Type"] == "Notification" else []

    def _verify(self, post: dict[str, Any]) -> None:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - only this function pays for it
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415

        kind = read_field(post, "Type", str)
        algorithm = {"1": hashes.SHA1(), "2": hashes.SHA256()}.get(str(post.get("SignatureVersion")))  # noqa: S303 - SNS's
        if kind not in _SIGNED or algorithm is None:
            raise BadRequest(f"a message of the type {quoted(kind)} with such a signature is not known")
        signed = "".join(f"{name}\n{read_field(post, name, str)}\n" for name in _SIGNED[kind] if name in post)
        key = self._key(_amazons(read_field(post, "SigningCertURL", str), "SigningCertURL"))
        try:
            key.verify(base64.b64decode(read_field(post, "Signature", str)), signed.encode(), PKCS1v15(), algorithm)
        except (InvalidSignature, binascii.Error):
            raise Unauthenticated("the signature of the message is not one of SNS") from None

    def _key(self, address: str) -> Any:
        from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415 - as above

        if address not in self._keys:
            try:
                certificate = load_pem_x509_certificate(self._fetch(address))
            except ValueError:
                raise Unauthenticated(f"SigningCertURL: {quoted(address)} is not a certificate") from None
            if len(self._keys) >= _MAX_CERTIFICATES:
                self._keys.clear()
            self._keys[address] = certificate.public_key()
        return self._keys[address]


def _amazons(address: str, field: str) -> str:
    """Return an address of SNS, and refuse any other: this server asks it, and trusts the answer."""
    try:
        parts = urlsplit(address)
        is_sns = parts.scheme == "https" and _HOST.fullmatch(parts.netloc) is not None
    except ValueError:
        is_sns = False
    if not is_sns:
        raise Unauthenticated(f"{field}: {quoted(address)} is not an address of SNS")
    return address


def _reports(message: str) -> list[Report]:
    post = read_object(message, "Message")
    # Notifications of an identity name their kind in one field, those of a configuration set in another.
    kind = post.get("notificationType") or post.get("eventType")
    if kind == "Bounce" and read_field(post, "bounce.bounceType", str) == "Permanent":
        return _of_recipients(post, "bounce", "bouncedRecipients")
    # A complaint of the type not-spam takes an earlier one back: the mailbox stays suppressed, as before it.
    if kind == "Complaint" and (post.get("complaint") or {}).get("complaintFeedbackType") != "not-spam":
        return _of_recipients(post, "complaint", "complainedRecipients")
    return []


def _of_recipients(post: dict[str, Any], kind: Any, field: str) -> list[Report]:
    at = read_time(read_field(post, f"{kind}.timestamp", str), f"{kind}.timestamp")
    mail = post.get("mail")
    headers = mail.get("commonHeaders") if isinstance(mail, dict) else None
    email_id = email_id_of(headers.get("messageId")) if isinstance(headers, dict) else None
    return [
        Report(
            kind=kind,
            address=read_field({field: recipient}, f"{field}.emailAddress", str),
            at=at,
            reason=str(recipient.get("diagnosticCode") or recipient.get("status") or ""),
            email_id=email_id,
        )
        for recipient in read_field(post, f"{kind}.{field}", list)
    ]
