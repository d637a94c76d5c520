"""Bounces and complaints, posted as the providers document them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.x509.oid import NameOID

from shared.edge.deps import deps
from shared.email.reports.intake import Intake, readers
from shared.email.reports.ses import Ses
from tests.integration.introductions.conftest import GRAPH

TOPIC_ARN = "arn:aws:sns:eu-west-1:123456789012:warmpath-mail"
CERTIFICATE_URL = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1a2b.pem"
SUBSCRIBE_URL = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=abc"
SIGNING_KEY, PASSWORD = "key-3ax6xnjp29jd6fds4gc373sgvjxteol0", "hook-password"
PROVIDERS = ("ses", "postmark", "mailgun")


class Sns:
    """Signs as SNS does, and serves the certificate."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(self.key.public_key())
            .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
            .sign(self.key, hashes.SHA256())
        )  # fmt: skip
        self.pem = certificate.public_bytes(serialization.Encoding.PEM)
        self.fetched: list[str] = []

    def fetch(self, address: str) -> bytes:
        self.fetched.append(address)
        return self.pem

    def message(self, text: str, version: str = "2", **changed: Any) -> dict[str, Any]:
        post = {
            "Type": "Notification",
            "MessageId": str(uuid.uuid4()),
            "TopicArn": TOPIC_ARN,
            "Message": text,
            "Timestamp": "2026-05-04T09:30:00.000Z",
            "SignatureVersion": version,
            "SigningCertURL": CERTIFICATE_URL,
        } | changed
        order = ["Message", "MessageId", "SubscribeURL", "Subject", "Timestamp", "Token", "TopicArn", "Type"]
        signed = "".join(f"{name}\n{post[name]}\n" for name in order if name in post)
        algorithm = hashes.SHA1() if version == "1" else hashes.SHA256()
        post["Signature"] = base64.b64encode(self.key.sign(signed.encode(), PKCS1v15(), algorithm)).decode()
        return post


@pytest.fixture(scope="session")
def sns() -> Sns:
    return Sns()


@pytest.fixture(autouse=True)
def set_up(gateway, sns):
    """The functions take reports of all providers; SNS's certificate comes from here."""
    sns.fetched.clear()
    settings = deps().settings._replace(mailgun_signing_key=SIGNING_KEY, postmark_webhook_password=PASSWORD)
    every = readers(settings) | {"ses": Ses(TOPIC_ARN, sns.fetch)}
    deps().__dict__["mail_reports"] = Intake(deps().database, every, deps().letter_writers)
    yield
    deps().__dict__.pop("mail_reports")


@pytest.fixture
def post(api):
    def send(provider: str, body: Any, **headers: str) -> Any:
        if provider == "postmark":
            headers.setdefault("Authorization", basic(PASSWORD))
        data = body if isinstance(body, bytes) else json.dumps(body)
        # SNS says text/plain of its JSON
        return api.anonymous().post(f"/api/crm/email/events/{provider}", data=data, headers=headers, content_type="text/plain")  # fmt: skip

    return send


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"warmpath:{password}".encode()).decode()


def ses(sns: Sns, kind: str, address: str, email_id: str, *, field: str = "notificationType", **changed: Any) -> Any:
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    details = {
        "bounce": {"bounceType": "Permanent", "bounceSubType": "General", "timestamp": at, "feedbackId": "0100",
                   "bouncedRecipients": [{"emailAddress": address, "action": "failed", "status": "5.1.1",
                                          "diagnosticCode": "smtp; 550 5.1.1 user unknown"}]},
        "complaint": {"complainedRecipients": [{"emailAddress": address}], "timestamp": at,
                      "complaintFeedbackType": "abuse", "feedbackId": "0101"},
    }[kind] | changed  # fmt: skip
    mail = {"messageId": "0102", "commonHeaders": {"messageId": f"<{email_id}@crm.example>"}, "destination": [address]}
    return sns.message(json.dumps({field: kind.capitalize(), kind: details, "mail": mail}))


def postmark(kind: str, address: str, email_id: str, **changed: Any) -> Any:
    return {
        "RecordType": {"bounce": "Bounce", "complaint": "SpamComplaint"}[kind],
        "Type": {"bounce": "HardBounce", "complaint": "SpamComplaint"}[kind],
        "ID": 692560173, "TypeCode": 1, "MessageID": "2c1b63fe-43f2-4db5-91b0-8bdfa44a9316",
        "Metadata": {"email": f"<{email_id}@crm.example>"},
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": address, "From": "introductions@crm.example", "Inactive": True,
        "BouncedAt": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
    } | changed  # fmt: skip


def mailgun(kind: str, address: str, email_id: str, *, key: str = SIGNING_KEY, age_s: int = 0, **changed: Any) -> Any:
    timestamp, token = str(int(time.time()) - age_s), uuid.uuid4().hex
    event = {
        "event": {"bounce": "failed", "complaint": "complained"}[kind], "severity": "permanent", "reason": "bounce",
        "timestamp": time.time(), "recipient": address, "id": "G9Bn5sl1TC6nu79C8C0bwg",
        "delivery-status": {"code": 550, "message": "5.1.1 does not exist"},
        "message": {"headers": {"to": address, "message-id": f"{email_id}@crm.example"}},
    } | changed  # fmt: skip
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"signature": {"timestamp": timestamp, "token": token, "signature": signature}, "event-data": event}


@pytest.fixture
def report(sns):
    """Builds a provider's post."""

    def build(provider: str, kind: str, address: str, email_id: object = "", **changed: Any) -> Any:
        if provider == "ses":
            return ses(sns, kind, address, str(email_id), **changed)
        return {"postmark": postmark, "mailgun": mailgun}[provider](kind, address, str(email_id), **changed)

    return build


@pytest.fixture
def sent(network, deliver, owner):
    """A letter to Ana that her server took: its id."""
    assert network.ask().status_code == 201
    deliver()
    return owner.run("select id from crm.emails where :a = any(recipients)", a=network.ana)[0][0]


def known(owner, address):
    rows = owner.run("select never_at, bounced_at, complained_at from crm.known_mailboxes where address_hash = crm.address_hash(:a)", a=address)  # fmt: skip
    return [at is not None for at in rows[0]] if rows else None


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_letter_that_comes_back_ends_its_introduction_once_and_its_mailbox_gets_no_more(
    provider, post, report, sent, network, mail, deliver, owner, api
):
    body = report(provider, "bounce", network.ana.upper(), sent)
    for _ in range(2):
        assert post(provider, body).status_code == 204
    assert owner.run("select status, delivered_to from crm.emails where id = :i", i=sent) == [["bounced", []]]
    assert "1.1" in owner.run("select last_error from crm.emails where id = :i", i=sent)[0][0]
    (introduction,) = api.get(f"{GRAPH}/introductions").json["items"]
    assert (introduction["reason"], known(owner, network.ana)) == ("undeliverable", [False, True, False])
    assert network.ana not in str(owner.run("select * from crm.known_mailboxes"))
    count = len(mail.to(network.ana))
    api.post("/api/crm/viral/invitations", json={"emails": [network.ana]})
    deliver()
    assert len(mail.to(network.ana)) == count


@pytest.mark.parametrize("provider", PROVIDERS)
def test_who_calls_a_letter_spam_gets_no_mail_of_any_kind(provider, post, report, sent, network, owner, api, deliver, mail):  # fmt: skip
    assert post(provider, report(provider, "complaint", network.ana, sent)).status_code == 204
    assert known(owner, network.ana) == [True, False, True]
    assert owner.run("select status from crm.emails where id = :i", i=sent) == [["sent"]]
    count = len(mail.to(network.ana))
    other = api.as_user(f"other-{uuid.uuid4().hex}@example.com")
    other.post("/api/crm/viral/invitations", json={"emails": [network.ana]})
    deliver()
    assert len(mail.to(network.ana)) == count


def test_also_letters_that_need_no_budget_pass_over_a_suppressed_mailbox(post, report, network, deliver, mail):
    """Two people who agreed are introduced in one letter; it goes to whom mail may go."""
    network.ask()
    deliver()
    network.respond(mail.token(network.ana), "accept")
    deliver()
    network.respond(mail.token(network.bruno), "accept")
    deliver()
    token = mail.token(network.mei)
    post("postmark", report("postmark", "complaint", network.mei))
    count = len(mail.to(network.mei))
    network.respond(token, "accept")
    assert deliver()
    assert len(mail.to(network.mei)) == count


@pytest.mark.parametrize(
    ("provider", "changed"),
    [
        ("ses", {"bounceType": "Transient"}),
        ("postmark", {"Type": "SoftBounce"}),
        ("postmark", {"RecordType": "Delivery"}),
        ("mailgun", {"severity": "temporary"}),
        ("mailgun", {"event": "delivered"}),
    ],
)
def test_what_passes_or_is_no_bounce_stops_nothing(provider, changed, post, report, owner):
    address = f"soft-{uuid.uuid4().hex}@example.com"
    assert post(provider, report(provider, "bounce", address, **changed)).status_code == 204
    assert known(owner, address) is None


@pytest.mark.parametrize("case", ["password", "key", "old", "topic", "host", "changed", "version 1 changed"])
def test_what_the_provider_has_not_sent_is_refused_and_stops_nothing(case, post, report, sns, owner):
    address = f"forged-{uuid.uuid4().hex}@example.com"
    provider, headers = "ses", {}
    body = ses(sns, "bounce", address, "")
    if case == "password":
        provider, body, headers = "postmark", postmark("bounce", address, ""), {"Authorization": basic("guess")}
    elif case in {"key", "old"}:
        provider = "mailgun"
        body = mailgun("bounce", address, "", **({"key": "guess"} if case == "key" else {"age_s": 13 * 3600}))
    elif case == "topic":
        body = sns.message(body["Message"], TopicArn=TOPIC_ARN + "s")
    elif case == "host":
        body = sns.message(body["Message"], SigningCertURL="https://sns.eu-west-1.amazonaws.com.evil.example/a.pem")
    else:
        signed = sns.message("{}", version="1" if case == "version 1 changed" else "2")
        body = signed | {"Message": body["Message"]}
    answer = post(provider, body, **headers)
    assert (answer.status_code, answer.json["code"]) == (401, "unauthenticated")
    assert known(owner, address) is None
    assert all(url.startswith("https://sns.eu-west-1.amazonaws.com/") for url in sns.fetched)


def test_the_subscription_is_confirmed_once_it_is_known_to_be_ours(post, sns):
    fields = {"Type": "SubscriptionConfirmation", "Token": "abc", "SubscribeURL": SUBSCRIBE_URL}
    assert post("ses", sns.message("You have chosen to subscribe", version="1", **fields)).status_code == 204
    assert sns.fetched == [CERTIFICATE_URL, SUBSCRIBE_URL]
    elsewhere = sns.message("x", **fields | {"SubscribeURL": "https://169.254.169.254/latest"})
    assert post("ses", elsewhere).status_code == 401
    assert sns.fetched == [CERTIFICATE_URL, SUBSCRIBE_URL]


def test_a_configuration_set_reports_in_a_field_of_another_name(post, sns, owner):
    address = f"set-{uuid.uuid4().hex}@example.com"
    assert post("ses", ses(sns, "bounce", address, "", field="eventType")).status_code == 204
    assert known(owner, address) == [False, True, False]


@pytest.mark.parametrize(
    ("provider", "body", "status", "said"),
    [
        ("mandrill", {}, 404, '"mandrill" are not set up'),
        ("postmark", b"{", 400, "the body is not JSON"),
        ("postmark", [], 400, "must be a JSON object"),
        ("postmark", postmark("bounce", "a@example.com", "", BouncedAt="soon"), 422, '"soon" is not a time'),
        ("postmark", postmark("bounce", "a@example.com", "", Email=3), 422, "Email"),
        ("mailgun", mailgun("bounce", "a@example.com", "", recipient=None), 422, "event-data.recipient"),
        ("mailgun", {"signature": "x"}, 422, "signature.timestamp"),
        ("ses", {"TopicArn": TOPIC_ARN, "Type": ["x"]}, 422, "Type"),
        ("postmark", b" " * 1_000_001, 413, "1,000,000"),
    ],
)  # fmt: skip
def test_a_post_that_is_no_report_is_answered_with_its_fault(provider, body, status, said, post):
    answer = post(provider, body)
    assert answer.status_code == status, answer.text
    assert said in answer.text.replace('\\"', '"')


def test_a_report_of_long_ago_does_not_suppress_and_one_again_later_does_not_suppress_for_longer(post, report, owner):
    address = f"old-{uuid.uuid4().hex}@example.com"
    for at in ("2027-01-01T00:00:00Z", "2020-01-01T00:00:00"):
        assert post("postmark", report("postmark", "bounce", address, BouncedAt=at)).status_code == 204
    ((at,),) = owner.run("select bounced_at from crm.known_mailboxes where address_hash = crm.address_hash(:a)", a=address)  # fmt: skip
    assert abs(at - datetime.now(UTC)) < timedelta(minutes=5)


def test_a_provider_that_is_not_set_up_is_refused(post, report):
    deps().__dict__["mail_reports"] = Intake(deps().database, readers(deps().settings), {})
    for provider in PROVIDERS:
        assert post(provider, report(provider, "bounce", "a@example.com")).status_code == 404
