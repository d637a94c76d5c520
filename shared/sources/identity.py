"""One person, several addresses: which addresses certainly belong together, and which may (docs/sources.md).

Two rules join by themselves, both right for every pair of a curated list of 1,500 people: the same mailbox in another spelling, and the
same first and last name. Three more only propose.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from shared.sources.addresses import is_machine, is_role, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TITLES = frozenset(
    {"dr", "prof", "mr", "mrs", "ms", "phd", "md", "jr", "sr", "ii", "iii", "ing", "dipl", "msc", "bsc", "mba"}
)
# Names that say of nobody who they are.
_NOBODY = frozenset({
    "root", "unknown", "ubuntu", "admin", "user", "test", "none", "your name", "github", "gitlab", "name", "no name", "me", "anonymous",
    "administrator", "first last", "john doe", "jane doe", "guest", "owner",
})  # fmt: skip
# Local parts that many people have.
_COMMON = re.compile(
    r"(info|contact|hello|hi|mail|email|e-mail|me|my|admin|root|sales|support|office|team|git|github|dev|web|www|webmaster|postmaster"
    r"|no-?reply|user|ubuntu|test|public|home|work|spam|code|open-?source|oss|lists?|ml|private|personal|post|kontakt|name|first\.?last)\d*"
)
_SHARED = (
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "icloud.com",
    "fastmail.com",
    "protonmail.com",
    "proton.me",
)
_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]|\"[^\"]*\"")
_WORD = re.compile(r"[^\W\d_]+(?:\d*[^\W\d_]+)*")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_GITHUB = re.compile(r"(?:\d+\+)?(.+)@users\.noreply\.github\.com")
_LEAST_LOCAL = 5
_LEAST_WORD = 5
_MOST_HOLDERS = 60  # more addresses than this under one key are no person's
_DIFFERENT_NAMES = 3
_FULL_NAME = 2  # words: a first and a last name
_IDEOGRAPHS = 3  # of a full name in one word
_LONG_NAME = 4  # words; more are rather a name and something else
_MOST_ALIKE = 5  # a local part or a word of more people says nothing
_LEAST_BEGINNING = 4  # letters of a name that another one begins with


class Address(NamedTuple):
    """An address with the names under which it appears.

    Attributes:
        address: in the form in which it is kept.
        names: as they were written.
        person: the same for addresses of one person, as the user says; different ones never join. None where the user has not said.
    """

    address: str
    names: Sequence[str]
    person: int | None = None


def words_of(name: str) -> list[str]:
    """The words of a name without accents, case, titles and what stands in brackets."""
    plain = unicodedata.normalize("NFKD", _PARENTHESES.sub(" ", name).translate(_LETTERS))
    plain = (
        "".join(character for character in plain if not unicodedata.combining(character))
        .casefold()
        .replace("'", "")
        .replace("’", "")
    )
    return [word for word in _WORD.findall(plain) if word not in _TITLES]


def name_key(name: str) -> tuple[str, ...] | None:
    """First and last name in the order of the alphabet; None for what does not name one person fully."""
    if name.strip().casefold() in _NOBODY:
        return None
    long = [word for word in words_of(name) if len(word) > 1 or not word.isascii()]
    if len(long) < _FULL_NAME:
        whole = (
            len(long) == 1
            and not long[0].isascii()
            and len(long[0]) >= _IDEOGRAPHS
            and long[0].isalpha()
            and _is_ideographic(long[0])
        )
        return (long[0],) if whole else None
    return tuple(sorted((long[0], long[-1])))


def best_name(names: Sequence[str]) -> str | None:
    """The fullest of the names under which somebody appears; None without any."""
    if not names:
        return None
    return max(
        names,
        key=lambda name: (
            name_key(name) is not None,
            name not in (name.upper(), name.lower()),
            len(words_of(name)) <= _LONG_NAME,
            len(name),
            name,
        ),
    )


def is_one_person(address: str, names: Sequence[str]) -> bool:
    """Whether an address may be one person's: not that of a program or an office, and not of several people by their names."""
    if is_machine(address) or is_role(address):
        return False
    different: list[set[str]] = []
    for name in names:
        words = set(words_of(name))
        if words and all(words.isdisjoint(others) for others in different):
            different.append(words)
    return len(different) < _DIFFERENT_NAMES


def same_people(addresses: Sequence[Address]) -> list[list[int]]:
    """The indexes of addresses, grouped by the people they certainly belong to: by mailbox, by full name, and as the user says."""
    groups = _Groups(addresses)
    by_person: dict[int, list[int]] = defaultdict(list)
    by_mailbox: dict[str, list[int]] = defaultdict(list)
    by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, one in enumerate(addresses):
        if one.person is not None:
            by_person[one.person].append(index)
        by_mailbox[_mailbox(one.address)].append(index)
        if is_one_person(one.address, one.names):
            for key in {name_key(name) for name in one.names}:
                if key is not None:
                    by_name[key].append(index)
    alike = [indexes for indexes in (*by_mailbox.values(), *by_name.values()) if len(indexes) <= _MOST_HOLDERS]
    for indexes in (*by_person.values(), *alike):
        for other in indexes[1:]:
            groups.join(indexes[0], other)
    return groups.lists()


def maybe_same(addresses: Sequence[Address], groups: Iterable[Sequence[int]]) -> dict[int, set[int]]:
    """For each group, by its place, the other groups that may be the same person: worth a question, never joined unasked."""
    people = list(groups)
    pairs: set[tuple[int, int]] = set()
    by_local, by_form, by_word = _traits(addresses, people)
    for local, places in by_local.items():
        near = places | (by_form[local] if len(by_form.get(local, ())) == 1 else set())
        pairs |= {(a, b) for a, b in _pairs(near) if _not_a_bare_name(local, addresses, people[a], people[b])}
    for places in by_word.values():
        pairs |= _pairs(places)
    found: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        if _may_be_named_alike(addresses, people[a], people[b]):
            found[a].add(b)
            found[b].add(a)
    return found


def _traits(
    addresses: Sequence[Address], people: Sequence[Sequence[int]]
) -> tuple[dict[str, set[int]], dict[str, set[int]], dict[str, set[int]]]:
    """The places of people by the local parts of their addresses, by the local parts that spell their names, and by single names."""
    by_local: dict[str, set[int]] = defaultdict(set)
    by_form: dict[str, set[int]] = defaultdict(set)
    by_word: dict[str, set[int]] = defaultdict(set)
    for place, group in enumerate(people):
        for one in (addresses[index] for index in group):
            local = _local(one.address)
            if len(local) >= _LEAST_LOCAL and not _COMMON.fullmatch(local):
                by_local[local].add(place)
            for words in map(words_of, one.names):
                for form in _forms(words):
                    by_form[form].add(place)
                if len(words) == 1 and len(words[0]) >= _LEAST_WORD and words[0] not in _NOBODY:
                    by_word[words[0]].add(place)
    return by_local, by_form, by_word


def _pairs(places: set[int]) -> set[tuple[int, int]]:
    return {(a, b) for a in places for b in places if a < b} if len(places) <= _MOST_ALIKE else set()


class _Groups:
    """Union of addresses; two of which the user said that they are different people stay apart."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        self._above = list(range(len(addresses)))
        self._persons = [{one.person} - {None} for one in addresses]

    def top(self, index: int) -> int:
        while self._above[index] != index:
            self._above[index] = self._above[self._above[index]]
            index = self._above[index]
        return index

    def join(self, one: int, other: int) -> None:
        a, b = sorted((self.top(one), self.top(other)))
        persons = self._persons[a] | self._persons[b]
        if a != b and len(persons) <= 1:
            self._above[b] = a
            self._persons[a] = persons

    def lists(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._above)):
            found[self.top(index)].append(index)
        return list(found.values())


def _mailbox(address: str) -> str:
    """One text for all spellings of a mailbox: Gmail's dots, plus tags, and the two forms of GitHub's private addresses."""
    private = _GITHUB.fullmatch(address)
    return f"{private[1]}@users.noreply.github.com" if private else key_of(address)


def _local(address: str) -> str:
    if "@" not in address:
        return ""
    mailbox = _mailbox(address).rpartition("@")[0]
    return address.rpartition("@")[0].partition("+")[0] if address.endswith(_SHARED) else mailbox


def _forms(words: Sequence[str]) -> set[str]:
    """The local parts that a name is spelled as."""
    if len(words) < _FULL_NAME or not (words[0].isascii() and words[-1].isascii()):
        return set()
    first, last = words[0], words[-1]
    forms = {
        first + last,
        last + first,
        *(first + mark + last for mark in "._-"),
        f"{last}.{first}",
        first[0] + last,
        f"{first[0]}.{last}",
        first + last[0],
    }
    return {form for form in forms if len(form) >= _LEAST_LOCAL}


def _not_a_bare_name(local: str, addresses: Sequence[Address], one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether a common local part says more than a first or a last name that many have, as `david@` does."""
    names = [words_of(name) for index in (*one, *other) for name in addresses[index].names]
    return not any(local in words for words in names if len(words) > 1)


def _may_be_named_alike(addresses: Sequence[Address], one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether no names of the two contradict: a missing name fits any, one word fits a name that has it."""
    mine = [set(words_of(name)) for index in one for name in addresses[index].names]
    theirs = [set(words_of(name)) for index in other for name in addresses[index].names]
    if not mine or not theirs:
        return True
    return any(
        a & b
        or any(x.startswith(y) or y.startswith(x) for x in a for y in b if min(len(x), len(y)) >= _LEAST_BEGINNING)
        for a in mine
        for b in theirs
    )


def _is_ideographic(word: str) -> bool:
    return all("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in word)
