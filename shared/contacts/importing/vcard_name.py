"""Find the name of a card among its formatted names (FN) and the parts of its names (N), each perhaps in several languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.contacts.importing import values

if TYPE_CHECKING:
    from collections.abc import Sequence


def settle_name(
    name: str, others: Sequence[str], all_parts: Sequence[Sequence[str]]
) -> tuple[str, list[tuple[str, str]]]:
    """Take the formatted name, or put one together from parts.

    Args:
        name: the formatted name that the card prefers, empty where it has none.
        others: its formatted names in other languages.
        all_parts: family name, given name, further names, prefix and suffix, once for each language.

    Returns:
        The name, and what it lacks of the rest: custom fields with their keys.
    """
    kept: list[tuple[str, str]] = []
    for place, found in enumerate(all_parts):
        family, given, middle, prefix, suffix = parts = ([*found, "", "", "", "", ""])[:5]
        joined = values.join_name(given, middle, family)
        if joined == name and not (prefix or suffix):  # as most cards have it
            continue
        if place == 0:
            name = _family_last(name, parts) or (values.with_affixes(prefix, joined, suffix) if joined else "")
        if joined and not any(_has_words(joined, other) for other in (name, *others)):
            kept.append(("Full Name", joined))
        for key, part in (("Name Prefix", prefix), ("Name Suffix", suffix)):
            if part and not any(values.same_words(part, other) for other in (name, *others)):
                kept.append((key, part))
    return name, kept + [("Full Name", other) for other in others if not _has_words(other, name)]


def _has_words(part: str, name: str) -> bool:
    return values.same_words(part, name) or part.replace(" ", "") in name.replace(" ", "")


def _family_last(name: str, parts: Sequence[str]) -> str:
    """`Dr. Ana Diaz` for `Diaz, Dr. Ana`, where the parts of the name say that this is what it means; else the name as it is."""
    family, given, middle, prefix, suffix = parts
    head, comma, rest = name.partition(",")
    if not comma or not given or head.strip().casefold() != family.casefold():
        return name
    if not values.same_words(given, rest) or not values.same_words(rest, " ".join(parts)):
        return name
    present = [part if part and values.same_words(part, rest) else "" for part in (prefix, middle, suffix)]
    return values.with_affixes(present[0], values.join_name(given, present[1], family), present[2])
