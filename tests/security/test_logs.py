"""A story from the first call to the last e-mail, in a container as it is deployed: its logs tell nothing that anybody wrote."""

from __future__ import annotations

import json
import re
import time
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from tests.security.conftest import CONTACTS, GRAPH, ME, TEAMS

if TYPE_CHECKING:
    from tests.security.conftest import Container

WORD = uuid.uuid4().hex[:12]
INVITATIONS = "/api/crm/viral/invitations"


def wait_for_mail(mailbox: Any, address: str) -> dict[str, Any]:
    for _ in range(300):
        if found := mailbox.mails(address):
            mail: dict[str, Any] = found[0]
            return mail
        time.sleep(0.1)
    pytest.fail(f"no e-mail to {address}")


def test_no_log_tells_a_secret_or_what_people_wrote(container: Container, issuer: Any, mailbox: Any) -> None:
    email = f"uma-{WORD}@example.com"
    token = issuer.token(email, f"Uma {WORD}")

    def ask(method: str, path: str, body: Any = None, media_type: str = "application/json", bearer: str = token) -> Any:
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        _, _, answer = container.ask(
            method, path, data, {"Authorization": f"Bearer {bearer}", "Content-Type": media_type}
        )
        return json.loads(answer) if answer[:1] == b"{" else answer

    me = ask("GET", ME)["self_contact_id"]
    ids = [me]
    for name in ("ana", "defer"):
        ids.append(
            ask(
                "POST",
                CONTACTS,
                {
                    "name": f"{name} {WORD}",
                    "email": f"{name}-{WORD}@example.com",
                    "notes": WORD,
                    "custom": {WORD: WORD},
                },
            )["id"]
        )
        ask("PUT", f"{GRAPH}/relationships", {"from_contact_id": ids[-2], "to_contact_id": ids[-1], "strength": 0.9})
    introduction = ask("POST", f"{GRAPH}/introduce", {"target_id": ids[-1], "message": WORD, "purpose": WORD})
    ask(
        "POST",
        f"{CONTACTS}/import?tags={WORD}",
        f"Name,Email\n{WORD},bad address {WORD}\n{WORD},x@{WORD}.example\n".encode(),
        "text/csv",
    )
    ask("POST", f"{CONTACTS}/import", f"PK\x03\x04{WORD}".encode(), "application/zip")
    ask("GET", f"{CONTACTS}/search?q={WORD}")
    ask("GET", f"{GRAPH}/path?to_email={WORD}@example.com&through_team=true")
    code = ask(
        "POST",
        INVITATIONS,
        {
            "emails": [f"joe-{WORD}@example.com", f"bounce-{WORD}@example.com", f"defer-{WORD}@example.com"],
            "message": WORD,
        },
    )["items"][0]["code"]
    ask("POST", TEAMS, {"name": WORD})
    ask("POST", f"{TEAMS}/mine/invitations", {"email": f"joe-{WORD}@example.com"})
    ask("GET", f"{INVITATIONS}/{code}")
    # Refused, in every way there is.
    for method, path, body in (
        ("POST", CONTACTS, {"name": WORD, WORD: WORD}), ("POST", CONTACTS, {"email": f"{WORD} at"}), ("GET", f"{CONTACTS}/{WORD}", None), ("GET", f"/{WORD}", None), ("GET", f"{CONTACTS}?cursor={WORD}", None),
        ("POST", CONTACTS, f'{{"name": "{WORD}'.encode()), ("GET", f"/respond/{WORD}", None), ("POST", f"{GRAPH}/introduce", {"target_id": WORD, "message": WORD}),
    ):  # fmt: skip
        ask(method, path, body)
    for bad in (f"{token}x", WORD, issuer.token(email, WORD, aud=WORD)):
        ask("GET", ME, bearer=bad)
    link = re.search(r"/respond/(\S+)", wait_for_mail(mailbox, f"ana-{WORD}@example.com")["text"])
    assert link
    wait_for_mail(mailbox, f"joe-{WORD}@example.com")
    ask("GET", f"/respond/{link[1]}")
    ask("POST", f"{GRAPH}/introductions/respond/{link[1]}", {"decision": "accept", "note": WORD})
    assert ask("GET", f"{GRAPH}/introductions/{introduction['id']}")["status"] == "connector_accepted"

    for _ in range(300):  # the addresses that bounce and defer are told in the log
        log = container.log.read_text()
        if "email.bounced" in log and "event.retried" in log:
            break
        time.sleep(0.1)
    assert "email.bounced" in log
    assert "event.retried" in log
    secrets = [
        WORD,
        token,
        token.rpartition(".")[2],
        link[1],
        code,
        "push-secret",
        "Bearer",
        "postgresql://",
        "BEGIN PRIVATE",
    ]
    for secret in secrets:
        assert secret not in log, [line for line in log.splitlines() if secret in line][:3]
