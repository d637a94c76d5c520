"""The description of the API that `make types` wrote."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PATH = Path(__file__).parent.parent.parent / "functions" / "openapi.json"


@cache
def openapi_document() -> str:
    """The OpenAPI document, as JSON text."""
    return _PATH.read_text(encoding="utf-8")
