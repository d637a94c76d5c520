"""Address lines as they are copied out of a mail: `Ana Diaz <ana@x.org>, "Li, Bo" <bo@x.org>; cy@x.org`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from shared.formats.source import read_up_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.formats.encoding import Survey
    from shared.formats.source import Source

# Nobody writes to more people at once.
_MAX_BYTES = 1024 * 1024
# No part gives back what it took: white space fits several of them, and trying all ways would take a minute.
_ADDRESS = r"[^\s<>,;\"@]++@[^\s<>,;\"@]++"
# A name without quotes may have a comma where semicolons or line ends stand between people, as Outlook writes it.
_RECIPIENT = re.compile(
    rf"\s*+(?:(?P<name>\"[^\"\n]*+\"\s*+|[^\"<>\n;@]*+|{_ADDRESS}\s*+)<\s*+(?P<named>{_ADDRESS})\s*+>|(?P<bare>{_ADDRESS}))[ \t]*+"
)
_SEPARATOR = re.compile(r"[,;\s]*+")
# With what a link says beside the address: `mailto:ana@x.org?subject=hi`.
_MAILTO = re.compile(r"mailto:([^\s<>?;,|\"]*)(?:\?[^\s<>;|\"]*)?", re.IGNORECASE)
_FIELD = re.compile(r"\s*+(?:to|cc|bcc|from|an|von|à|de|para|a)\s*+:", re.IGNORECASE)


class Recipient(NamedTuple):
    """One person in an address line.

    Attributes:
        line: on which it begins.
        name: empty where only the address stands there.
    """

    line: int
    name: str
    email: str


def read_recipients(source: Source, survey: Survey, is_email: Callable[[str], bool]) -> list[Recipient]:
    """All of them, in order; none where the file is something else.

    Args:
        source: the file.
        survey: how its bytes are read.
        is_email: whether a text is an address.
    """
    data = read_up_to(source.open(), _MAX_BYTES + 1)
    text = data.decode(survey.encoding, survey.errors).lstrip("\ufeff")
    found = _recipients(text, is_email) if len(data) <= _MAX_BYTES else []
    if len(found) < 2 or ("\n" in text.strip() and not any(each.name for each in found)):  # noqa: PLR2004 - one address is not a list
        return []  # addresses alone, a row each, are a table like any other
    return found


def without_mailto(text: str) -> str:
    """The text with the addresses themselves in place of links to them, which may say more (`mailto:ana@x.org?subject=hi`)."""
    return _MAILTO.sub(lambda link: unquote(link[1]), text)


def _recipients(text: str, is_email: Callable[[str], bool]) -> list[Recipient]:
    """All of them; none where something else stands between."""
    found: list[Recipient] = []
    start = _FIELD.match(text)
    position = start.end() if start else 0
    line, counted = 1, 0
    while position < len(text):
        match = _RECIPIENT.match(text, position)
        if match is None:
            return []
        between = _SEPARATOR.match(text, match.end())
        assert between is not None  # it fits the empty text
        if between.end() < len(text) and not set(",;\n") & set(between[0]):
            return []
        email = without_mailto(match["named"] or match["bare"])
        if not is_email(email):
            return []
        name = " ".join((match["name"] or "").strip(" \t\"'").split())
        line += text.count("\n", counted, match.start())
        counted = match.start()
        found.append(Recipient(line, "" if name.lower() == email.lower() else name, email))
        position = between.end()
    return found
