"""Headers of every answer, and the scripts and addresses that the app's page may use; as in `terraform/app.tf`."""

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
# Only over TLS: a browser that got this header once refuses plain HTTP to this host for a year.
TRANSPORT_SECURITY = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}

# Addresses of Identity Platform's library; without a configuration, any identity provider on this machine.
IDENTITY_PLATFORM = ("https://identitytoolkit.googleapis.com", "https://securetoken.googleapis.com")
THIS_MACHINE = ("http://localhost:*", "http://127.0.0.1:*")

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def inline_script_hashes(page: str) -> list[str]:
    """Return the `sha256-...` of each inline script of a page, in order."""
    digests = [hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(page)]
    return ["sha256-" + base64.b64encode(digest).decode() for digest in digests]


def content_security_policy(page: str, sign_in_origins: tuple[str, ...]) -> str:
    """Build the policy of the app's page: its own origin, its inline scripts, and the addresses for signing in."""
    scripts = " ".join(["'self'", *(f"'{digest}'" for digest in inline_script_hashes(page))])
    called = " ".join(["'self'", *sign_in_origins])
    return (
        f"default-src 'self'; base-uri 'self'; connect-src {called}; form-action 'self'; "
        f"frame-ancestors 'none'; img-src 'self' data: blob:; object-src 'none'; script-src {scripts}; "
        "style-src 'self' 'unsafe-inline'"
    )


def sign_in_origins(config: Path) -> tuple[str, ...]:
    """Return the origins that the app calls for signing in: the issuer of `config.json` and its further `origins`."""
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
