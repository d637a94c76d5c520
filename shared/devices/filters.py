"""The filter of an addressbook-query (RFC 6352 section 10.5), compiled to a test of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.devices.card_lines import Line, split_lines, unescaped
from shared.devices.xml import card

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element  # nosec B405 - the name of a type

COLLATIONS = frozenset({"i;unicode-casemap", "i;ascii-casemap", "i;octet", "default"})
_MATCHES: dict[str, Callable[[str, str], bool]] = {
    "equals": lambda text, wanted: text == wanted,
    "starts-with": lambda text, wanted: text.startswith(wanted),
    "ends-with": lambda text, wanted: text.endswith(wanted),
    "contains": lambda text, wanted: wanted in text,
}


def unknown_collation(root: Element) -> str | None:
    """The name of a collation that is not known here; None where all are."""
    for match in root.iter(card("text-match")):
        if (name := match.get("collation", "default")) not in COLLATIONS:
            return name
    return None


def compiled(root: Element | None) -> Callable[[str], bool]:
    """A test of the text of a card; every card passes without a filter."""
    if root is None or not len(root):
        return lambda _: True
    parts = [_property(part) for part in root if part.tag == card("prop-filter")]
    join = _joined(root)
    return lambda text: join(test(split_lines(text)) for test in parts)


def _joined(element: Element) -> Callable[..., bool]:
    return all if element.get("test") == "allof" else any


def _property(element: Element) -> Callable[[list[Line]], bool]:
    name = element.get("name", "").upper()
    group, _, bare = name.rpartition(".")
    if element.find(card("is-not-defined")) is not None:
        return lambda lines: not any(_is(line, group, bare) for line in lines)
    tests = [_text(part) for part in element if part.tag == card("text-match")]
    tests += [_parameter(part) for part in element if part.tag == card("param-filter")]
    join = _joined(element)

    def test(lines: list[Line]) -> bool:
        found = [line for line in lines if _is(line, group, bare)]
        return bool(found) and (not tests or join(any(map(one, found)) for one in tests))

    return test


def _is(line: Line, group: str, name: str) -> bool:
    return line.name == name and (not group or line.group.upper() == group)


def _text(element: Element) -> Callable[[Line], bool]:
    match = _match(element)
    return lambda line: match(unescaped(line.value))


def _match(element: Element) -> Callable[[str], bool]:
    wanted, folds = element.text or "", element.get("collation") != "i;octet"
    wanted = wanted.casefold() if folds else wanted
    compare = _MATCHES.get(element.get("match-type", "contains"), _MATCHES["contains"])
    negates = element.get("negate-condition") == "yes"
    return lambda text: compare(text.casefold() if folds else text, wanted) is not negates


def _parameter(element: Element) -> Callable[[Line], bool]:
    name = element.get("name", "").upper()
    is_absent = element.find(card("is-not-defined")) is not None
    found = element.find(card("text-match"))
    match = None if found is None else _match(found)

    def test(line: Line) -> bool:
        values = [
            value.strip('"')
            for part in line.params.split(";")
            if part.partition("=")[0].upper() == name
            for value in part.partition("=")[2].split(",")
        ]
        if is_absent:
            return not values
        return bool(values) and (match is None or any(map(match, values)))

    return test
