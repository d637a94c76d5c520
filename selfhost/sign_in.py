"""The app's configuration for signing in (/config.json), written from the environment of the functions."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Equal to `selfhost.site.CONFIG`, which a container with a single function does not import.
CONFIG = "config.json"


def write_sign_in(environ: Mapping[str, str], built: Path, folder: Path) -> Path:
    """Write the app's configuration into a folder, because the files of the image are read-only.

    Args:
        environ: `OIDC_ISSUER`, `OIDC_CLIENT_ID` (`OIDC_AUDIENCE` unless given), `OIDC_ORIGINS`.
        built: the configuration beside the built app. A file of the operator there that names a provider is used as it is.
        folder: folder to write the file into.

    Returns:
        The file to serve as /config.json.
    """
    if _names_a_provider(built):
        return built
    try:
        text = json.dumps({"oidc": _oidc(environ)})
    except ValueError as error:
        sys.exit(f"cannot start: {error}")
    written = folder / CONFIG
    written.write_text(text, encoding="utf-8")
    return written


def _names_a_provider(config: Path) -> bool:
    try:
        sign_in = json.loads(config.read_text(encoding="utf-8"))
    except OSError:
        return False
    except ValueError as error:
        sys.exit(f"cannot start: {config} is not JSON: {error}")
    return isinstance(sign_in, dict) and bool(sign_in.get("oidc") or sign_in.get("identity_platform"))


def _oidc(environ: Mapping[str, str]) -> dict[str, object] | None:
    """Return the provider, or None without one, in which case the functions report the missing settings."""
    issuer = environ.get("OIDC_ISSUER", "").strip()
    client = environ.get("OIDC_CLIENT_ID", "").strip() or environ.get("OIDC_AUDIENCE", "").strip()
    if not issuer or not client:
        return None
    origins = environ.get("OIDC_ORIGINS", "").replace(",", " ").split()
    return {
        "issuer": _address("OIDC_ISSUER", issuer),
        "client_id": client,
        **({"origins": [_address("OIDC_ORIGINS", origin) for origin in origins]} if origins else {}),
    }


def _address(name: str, value: str) -> str:
    """Check an address: its origin goes into the page's content security policy, where a blank or `;` would end it.

    Raises:
        ValueError: names the variable and the value.
    """
    try:
        parts = urlsplit(value)
        whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole or not value.isascii() or set(value) & set(" ;,'\"\\"):
        raise ValueError(f'{name} must be an address such as https://id.example.com, not "{value}"')
    return value
