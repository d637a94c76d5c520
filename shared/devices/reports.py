"""Listing the address book, and its three reports: multiget, query and sync-collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from shared.devices import book, card_versions, filters, paths, xml
from shared.devices.xml import card, d
from shared.errors import CrmError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from xml.etree.ElementTree import Element  # nosec B405 - the name of a type

    from shared.devices.properties import CardAnswer
    from shared.devices.repository import Device
    from shared.plumbing.postgres.database import Session

ItemT = TypeVar("ItemT")
# Cards of one statement: no connection is held between the pieces of a long answer.
CHUNK = 200
MAX_HREFS = 200_000


class Refused(CrmError):
    """A precondition of WebDAV or CardDAV is not met.

    Attributes:
        status: the status of the answer.
        condition: the name of the precondition.
        content: what stands in it, XML already.
    """

    def __init__(self, status: int, condition: str, content: str = "") -> None:
        super().__init__(condition)
        self.status = status
        self.condition = condition
        self.content = content


class Reader(NamedTuple):
    """Who reads, and how.

    Attributes:
        device: the device.
        agent: its program, as it names itself.
        transaction: opens a session on the primary.
    """

    device: Device
    agent: str
    transaction: Callable[[], AbstractContextManager[Session]]

    def cards(self, tx: Session, hrefs: Sequence[str]) -> Iterator[book.Card]:
        """Cards as the program can read them."""
        for found in book.cards(tx, hrefs):
            yield found._replace(text=card_versions.for_program(found.text, self.agent))

    def path(self, href: str) -> str:
        """The address of a card."""
        return paths.book(self.device.user_id) + paths.encoded(href)


def listed(reader: Reader, first: str, answer: CardAnswer) -> Iterator[str]:
    """The address book and all its cards: PROPFIND with depth 1."""
    with reader.transaction() as tx:
        place = book.opened(tx)
        rows = book.listing(tx)
        book.note_seen(tx, reader.device.id, place)
    yield first
    if not answer.needs_text:
        for href, position in rows:
            yield answer.write(reader.path(href), book.etag(position), None)
        return
    for hrefs in _chunks([href for href, _ in rows]):
        with reader.transaction() as tx:
            yield from [answer.write(reader.path(one.href), one.etag, one) for one in reader.cards(tx, hrefs)]


def multiget(reader: Reader, root: Element, answer: CardAnswer) -> Iterator[str]:
    """Cards by their addresses, each answered with the address as it was asked for: clients compare them as texts."""
    asked = list(dict.fromkeys((entry.text or "").strip() for entry in root.findall(d("href"))))
    if len(asked) > MAX_HREFS:
        raise Refused(403, d("number-of-matches-within-limits"))
    for given in _chunks(asked):
        named = {address: paths.card_name(reader.device.user_id, address) for address in given}
        with reader.transaction() as tx:
            book.opened(tx)
            found = {one.href: one for one in reader.cards(tx, [name for name in named.values() if name])}
        for address, name in named.items():
            one = found.get(name or "")
            yield xml.gone(address) if one is None else answer.write(address, one.etag, one)


def query(reader: Reader, root: Element, answer: CardAnswer) -> Iterator[str]:
    """Cards that pass a filter."""
    if unknown := filters.unknown_collation(root):
        raise Refused(403, card("supported-collation"), xml.escape(unknown))
    fits, left = filters.compiled(root.find(card("filter"))), xml.number_in(root, f"{card('limit')}/{card('nresults')}")
    with reader.transaction() as tx:
        book.opened(tx)
        rows = book.listing(tx)
    for hrefs in _chunks([href for href, _ in rows]):
        with reader.transaction() as tx:
            found = [one for one in reader.cards(tx, hrefs) if fits(one.text)]
        for one in found:
            if left == 0:
                yield xml.response(paths.book(reader.device.user_id), xml.FULL)
                return
            left = None if left is None else left - 1
            yield answer.write(reader.path(one.href), one.etag, one)


def changed(reader: Reader, root: Element, answer: CardAnswer) -> tuple[Iterator[str], str]:
    """What has changed since a token, and the token to ask with next: sync-collection (RFC 6578).

    Raises:
        InvalidToken: the token is of no use any more.
        Refused: the level is not 1.
    """
    if (root.findtext(d("sync-level")) or "1").strip() not in {"1", "0"}:
        raise Refused(403, d("sync-traversal-supported"))
    given = (root.findtext(d("sync-token")) or "").strip()
    limit = xml.number_in(root, f"{d('limit')}/{d('nresults')}") or book.MAX_CHANGES
    with reader.transaction() as tx:
        place = book.opened(tx)
        rows = book.changes(tx, place, place.since(given), limit + 1)
        if len(rows) <= limit:
            book.note_seen(tx, reader.device.id, place)
    told = rows[:limit]
    is_cut = len(rows) > limit
    # an empty token asks for what is there
    items = told if given else [change for change in told if not change.is_gone]
    return _told(reader, items, answer, is_cut=is_cut), place.token(told[-1].position if is_cut else None)


def _told(reader: Reader, items: Sequence[book.Change], answer: CardAnswer, *, is_cut: bool) -> Iterator[str]:
    for some in _chunks(items):
        texts: dict[str, book.Card] = {}
        if answer.needs_text:
            with reader.transaction() as tx:
                texts = {one.href: one for one in reader.cards(tx, [item.href for item in some if not item.is_gone])}
        for href, position, is_gone in some:
            one = texts.get(href)
            if is_gone or (answer.needs_text and one is None):
                yield xml.gone(reader.path(href))
            else:
                yield answer.write(reader.path(href), one.etag if one else book.etag(position), one)
    if is_cut:
        content = xml.element(d("error"), xml.element(d("number-of-matches-within-limits")))
        yield xml.response(paths.book(reader.device.user_id), xml.FULL + content)


def _chunks(items: Sequence[ItemT]) -> Iterator[Sequence[ItemT]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
