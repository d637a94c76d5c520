"""LDIF (RFC 2849), which Thunderbird and every directory export: entries of attributes."""

from __future__ import annotations

import base64
import binascii
import io
from typing import TYPE_CHECKING

from shared.formats.source import Source, Unowned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.formats.encoding import Survey

# A longer entry is not a person's, and is cut here.
_MAX_ENTRY_CHARS = 1024 * 1024


def read_entries(source: Source, survey: Survey) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Each entry with the line it begins on: attribute in lower case -> values."""
    entry: dict[str, list[str]] = {}
    begins = size = 0
    for number, text in _unfolded(source, survey):
        if not text:
            if entry:
                yield begins, entry
            entry, size = {}, 0
            continue
        name, colon, value = text.partition(":")
        size += len(text)
        if not colon or size > _MAX_ENTRY_CHARS:
            continue
        if not entry:
            begins = number
        if value.startswith(":"):
            value = _from_base64(value[1:])
        elif value.startswith("<"):
            continue  # is elsewhere
        if value := value.strip():
            entry.setdefault(name.partition(";")[0].strip().lower(), []).append(value)
    if entry:
        yield begins, entry


def _unfolded(source: Source, survey: Survey) -> Iterator[tuple[int, str]]:
    """Lines without comments, a line that goes on on the next ones in one piece."""
    raw = io.BufferedReader(Unowned(source.open()), buffer_size=256 * 1024)
    parts: list[str] = []
    begins = 0
    for number, line in enumerate(io.TextIOWrapper(raw, survey.encoding, survey.errors), start=1):
        text = line.rstrip("\n")
        if text.startswith(" ") and parts:
            parts.append(text[1:])
            continue
        if parts and not parts[0].startswith("#"):
            yield begins, "".join(parts)
        begins, parts = number, [text]
    if parts and not parts[0].startswith("#"):
        yield begins, "".join(parts)


def _from_base64(text: str) -> str:
    """The text that is spelt in base64; empty where it is none, as of a photo."""
    try:
        return base64.b64decode(text, validate=False).decode()
    except (binascii.Error, ValueError):
        return ""
