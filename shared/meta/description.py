"""The OpenAPI document that `make types` has written."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PATH = Path(__file__).parent.parent.parent / "functions" / "openapi.json"


@cache
def openapi_document() -> str:
    """Read the OpenAPI document, as JSON text."""
    return _PATH.read_text(encoding="utf-8")
