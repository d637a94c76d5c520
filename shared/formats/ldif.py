"""LDIF (RFC 2849), which Thunderbird and every directory export: entries of attributes."""

from __future__ import annotations

import base64
import binascii
import io
import re
from typing import TYPE_CHECKING

from shared.formats.charsets import guess_charset
from shared.formats.source import Source, Unowned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.formats.encoding import Survey

# A longer entry is not a person's, and is cut here.
_MAX_ENTRY_CHARS = 1024 * 1024
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")  # no text has these, every picture and key has


def read_entries(source: Source, survey: Survey) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Each entry with the line it begins on: attribute in lower case -> values."""
    entry: dict[str, list[str | bytes]] = {}
    begins = size = 0
    for number, text in _unfolded(source, survey):
        if not text:
            if entry:
                yield begins, _decoded(entry)
            entry, size = {}, 0
            continue
        name, colon, value = text.partition(":")
        size += len(text)
        if not colon or size > _MAX_ENTRY_CHARS:
            continue
        if not entry:
            begins = number
        if value.startswith("<"):
            continue  # is elsewhere
        read = _from_base64(value[1:]) if value.startswith(":") else value
        if read := read.strip():
            entry.setdefault(name.partition(";")[0].strip().lower(), []).append(read)
    if entry:
        yield begins, _decoded(entry)


def _decoded(entry: dict[str, list[str | bytes]]) -> dict[str, list[str]]:
    """The entry with text in place of bytes, which are in a code page of old; all of one entry are in the same."""
    odd = [value for values in entry.values() for value in values if isinstance(value, bytes)]
    codec = guess_charset(b"\n".join(odd)) if odd else ""
    return {
        name: [value.decode(codec, "replace") if isinstance(value, bytes) else value for value in values]
        for name, values in entry.items()
    }


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


def _from_base64(text: str) -> str | bytes:
    """The text spelt in base64, or its bytes where they are in another code; empty for a photo."""
    try:
        raw = base64.b64decode(text, validate=False)
    except binascii.Error:
        return ""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return "" if _CONTROL.search(raw) else raw
