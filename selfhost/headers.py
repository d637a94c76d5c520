"""What a load balancer adds to every answer, and which scripts and addresses the app's page may use; as in `terraform/app.tf`."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

SECURITY_HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# Only where people come over TLS: a browser that heard it once would not speak to this machine without it for a year.
TRANSPORT_SECURITY = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}

# Identity Platform's library, and where nothing is configured whatever identity provider runs on this machine.
IDENTITY_PLATFORM = ("https://identitytoolkit.googleapis.com", "https://securetoken.googleapis.com")
THIS_MACHINE = ("http://localhost:*", "http://127.0.0.1:*")

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def inline_script_hashes(page: str) -> list[str]:
    """`sha256-...` of each inline script of a page, in order."""
    digests = [hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(page)]
    return ["sha256-" + base64.b64encode(digest).decode() for digest in digests]


def content_security_policy(page: str, sign_in_origins: tuple[str, ...]) -> str:
    """What the app's page may load and call: itself, its own inline scripts, and where people sign in."""
    scripts = " ".join(["'self'", *(f"'{digest}'" for digest in inline_script_hashes(page))])
    called = " ".join(["'self'", *sign_in_origins])
    return (
        f"default-src 'self'; base-uri 'self'; connect-src {called}; form-action 'self'; "
        f"frame-ancestors 'none'; img-src 'self' data: blob:; object-src 'none'; script-src {scripts}; "
        "style-src 'self' 'unsafe-inline'"
    )


def sign_in_origins(config: Path) -> tuple[str, ...]:
    """Whom the app talks to when people sign in: what `config.json` says, its issuer and further `origins` of that."""
    try:
        sign_in = json.loads(config.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return THIS_MACHINE
    if oidc := sign_in.get("oidc"):
        return tuple(_origin(address) for address in (oidc["issuer"], *oidc.get("origins", [])))
    if platform := sign_in.get("identity_platform"):
        return (_origin(platform["emulator"]),) if platform.get("emulator") else IDENTITY_PLATFORM
    return THIS_MACHINE


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
