"""Lines that a device's card lacks although nobody removed them."""

from __future__ import annotations

import re

from shared.devices.card_lines import Line, join_lines, split_lines

# What people edit on every phone: a card without one of these was rid of it. Of any other property a program that never writes it says
# nothing by leaving it out: iPhones know no CATEGORIES, and DAVx5 drops them as long as its groups are separate cards.
EDITABLE = frozenset(
    [
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "REV",
        "UID",
        "N",
        "FN",
        "NICKNAME",
        "ORG",
        "TITLE",
        "EMAIL",
        "TEL",
        "ADR",
        "URL",
        "BDAY",
        "NOTE",
        "PHOTO",
        "IMPP",
        "X-ABLABEL",
        "X-ABADR",
        "X-ABSHOWAS",
        "X-ABDATE",
        "X-ABRELATEDNAMES",
        "X-SOCIALPROFILE",
        "KIND",
        "MEMBER",
        "X-ADDRESSBOOKSERVER-KIND",
        "X-ADDRESSBOOKSERVER-MEMBER",
    ]
)
_ABOUT_THE_CARD = frozenset({"BEGIN", "END", "VERSION", "PRODID", "REV", "UID"})
_LABEL = "X-ABLABEL"
_ITEM = re.compile(r"item(\d{1,6})", re.IGNORECASE)


def carried_over(card: str, before: str, known: frozenset[str]) -> str:
    """A card with the lines of an earlier one whose properties it has none of, and its writer does not know; itself where there are none.

    Args:
        card: the device's card.
        before: the card as the device had it.
        known: names of properties that the device writes, or could.
    """
    lines = split_lines(card)
    present = {line.name for line in lines}
    old = split_lines(before)
    kept = [line for line in old if line.name not in known and line.name not in present and line.name != _LABEL]
    if not kept:
        return card
    return join_lines([*lines[:-1], *_with_labels(kept, old, lines), lines[-1]])


def united(card: str, current: str) -> str:
    """A card with the lines of another one of the same contact whose properties it has none of."""
    return carried_over(card, current, _ABOUT_THE_CARD)


def _with_labels(kept: list[Line], old: list[Line], present: list[Line]) -> list[Line]:
    """Lines with their labels, under names of groups that the card does not use yet."""
    numbers = [int(found[1]) for line in present if (found := _ITEM.fullmatch(line.group))]
    free = max(numbers, default=0)
    names: dict[str, str] = {}
    result = []
    for line in kept:
        group = line.group.lower()
        if group and group not in names:
            free += 1
            names[group] = f"item{free}"
        result.append(line._replace(group=names.get(group, "")))
    labels = [line for line in old if line.name == _LABEL and line.group.lower() in names]
    return result + [line._replace(group=names[line.group.lower()]) for line in labels]
