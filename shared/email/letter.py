"""A letter: what an e-mail says, in blocks, told once and shown twice, as text and as HTML."""

from __future__ import annotations

import re
from typing import NamedTuple

from shared.names import visible_name

# What makes text look like other text, or like the writing of somebody else: marks that turn its direction, and controls.
_MISLEADING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Paragraph(NamedTuple):
    """Running text: line breaks in it are blanks, so that no name begins a paragraph of its own."""

    text: str


class Quote(NamedTuple):
    """What a person wrote, in their own lines."""

    text: str


class Button(NamedTuple):
    """The one thing to do. In text: the label and the address on a line of its own."""

    label: str
    url: str


class Divider(NamedTuple):
    """A line across, with a word in it."""

    label: str


class Small(NamedTuple):
    """What has to be said, quietly; an address in it stands at its end."""

    text: str
    url: str = ""


Block = Paragraph | Quote | Button | Divider | Small


class Letter(NamedTuple):
    """What an e-mail says.

    Attributes:
        subject: one line.
        preview: what a list of e-mails shows beside the subject; empty: the first words.
        blocks: what it says, in order.
        sender: the name in `From`.
        reply_to: whom an answer goes to; empty: the service, where nobody reads it.
        stop_url: where its reader says "never again"; empty where the e-mail answers what they did themselves.
    """

    subject: str
    blocks: tuple[Block, ...]
    preview: str = ""
    sender: str = "Warmpath"
    reply_to: str = ""
    stop_url: str = ""


def honest(text: str) -> str:
    """Text that is shown in the order in which it was written."""
    return _MISLEADING.sub("", text)


def one_line(text: str) -> str:
    """Text for a subject or a name: no line breaks, nothing that is not seen or turns what is, of bearable length."""
    line = visible_name(text)
    return line if len(line) <= MAX_LINE else line[: MAX_LINE - 1] + "…"


MAX_LINE = 120
