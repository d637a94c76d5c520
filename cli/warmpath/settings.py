"""Where Warmpath is and who signs in: from the options, the environment, or what `warmpath login` stored."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

USUAL_URL = "http://localhost:8080"


class Login(NamedTuple):
    """An installation and what signs in to it.

    Attributes:
        url: its address, without a slash at the end.
        token: what signs in; empty where none is known.
        refresh_token: what gets the next token, after a login by the browser or by a code.
        client_id: the program that was let in by such a login.
    """

    url: str
    token: str
    refresh_token: str = ""
    client_id: str = ""


def login(url: str | None, token: str | None) -> Login:
    """The login of this run; options come before the environment, and that before what is stored."""
    stored = _read(_login_file())
    chosen = (url or os.environ.get("WARMPATH_URL") or stored.get("url") or USUAL_URL).rstrip("/")
    given = token or os.environ.get("WARMPATH_TOKEN")
    if given or stored.get("url") != chosen:
        return Login(chosen, given or "")
    return Login(chosen, *(str(stored.get(name, "")) for name in ("token", "refresh_token", "client_id")))


def store_login(kept: Login) -> Path:
    """Store a login where only this user of the machine can read it; return the file."""
    path = _login_file()
    _write(path, kept._asdict())
    return path


def sent_before(key: str) -> dict[str, Any]:
    """How far a file was sent, as `keep_sent` stored it; empty for others."""
    found = _read(_state_file()).get(key, {})
    return found if isinstance(found, dict) else {}


def keep_sent(key: str, state: dict[str, Any] | None) -> None:
    """Store how far a file was sent, or with None forget it."""
    states = _read(_state_file())
    states.pop(key, None)
    if state is not None:
        states[key] = state
    _write(_state_file(), states)


def _login_file() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "warmpath" / "login.json"


def _state_file() -> Path:
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "warmpath" / "sent.json"


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file)
    fresh.replace(path)
