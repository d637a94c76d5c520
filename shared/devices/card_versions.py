"""Cards of version 4.0 as programs read them that know 3.0 only."""

from __future__ import annotations

import re

from shared.devices.card_lines import Line, join_lines, split_lines, unescaped
from shared.devices.card_text import name_parts

# Apple's programs: one card of 4.0 makes Contacts of macOS give up the whole book.
_APPLE = re.compile(r"dataaccessd|accountsd|AddressBook|CardDAVPlugin|iOS/|macOS/|Mac OS X/|remindd")
_PARAMS = re.compile(
    r"(?i);(?:PREF=[^;]*|ALTID=[^;]*|PID=[^;]*|INDEX=[^;]*|MEDIATYPE=[^;]*|CALSCALE=[^;]*|SORT-AS=(?:\"[^\"]*\"|[^;]*)"
    r"|VALUE=(?:text|uri|date-and-or-time))(?=;|$)"
)
_FIRST = re.compile(r"(?i);PREF=1(?=;|$)")
_DATA = re.compile(r"data:image/([a-z.+-]+)(?:;[^,;]*)*;base64,(.*)", re.IGNORECASE | re.DOTALL)
_IS_4 = re.compile(r"(?im)^VERSION:\s*4")


def for_program(card: str, agent: str) -> str:
    """A card as a program can read it, which its User-Agent names."""
    return as_version_3(card) if _IS_4.search(card) and _APPLE.search(agent) else card


def as_version_3(card: str) -> str:
    """A card of 4.0 as one of 3.0; what 3.0 cannot say is left out."""
    lines = [made for line in split_lines(card) for made in _line(line)]
    if not any(line.name == "N" for line in lines):
        name = next((unescaped(line.value) for line in lines if line.name == "FN"), "")
        lines.insert(2, Line("", "N", "", name_parts(name)))
    return join_lines(lines)


def _line(line: Line) -> list[Line]:
    match line.name:
        case "VERSION":
            return [line._replace(value="3.0")]
        case "CLIENTPIDMAP":
            return []
        case "KIND":
            is_group = line.value.strip().lower() == "group"
            return [Line("", "X-ADDRESSBOOKSERVER-KIND", "", "group")] if is_group else []
        case "MEMBER":
            return [Line("", "X-ADDRESSBOOKSERVER-MEMBER", "", line.value)]
    params, value = _PARAMS.sub("", line.params), line.value
    if line.name in {"PHOTO", "LOGO"}:
        data = _DATA.fullmatch(value)
        params, value = (f";ENCODING=b;TYPE={data[1].upper()}", data[2]) if data else (";VALUE=URI", value)
    elif line.name == "TEL":
        value = re.sub(r"(?i)^tel:", "", value)
    elif line.name == "BDAY":
        params, value = _birthday(params, value)
    if _FIRST.search(line.params):
        params += ";TYPE=pref"
    return [line._replace(params=params, value=value)]


def _birthday(params: str, value: str) -> tuple[str, str]:
    if re.fullmatch(r"--\d{2}-?\d{2}", value):
        return ";X-APPLE-OMIT-YEAR=1604", f"1604-{value[2:4]}-{value[-2:]}"
    if re.fullmatch(r"\d{8}", value):
        return params, f"{value[:4]}-{value[4:6]}-{value[6:]}"
    return params, value
