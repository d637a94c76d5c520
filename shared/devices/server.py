"""CardDAV for one device: from a request to an answer, without any knowledge of the framework."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import quote

from shared.devices import book, paths, reports, repository, writing, xml
from shared.devices.card_versions import for_program
from shared.devices.properties import VCARD, Asked, CardAnswer, collection
from shared.devices.reports import Reader, Refused
from shared.devices.xml import card, cs, d
from shared.errors import BadRequest, CrmError, NotFound, PreconditionFailed, TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from uuid import UUID

    from shared.devices.repository import Device
    from shared.plumbing.postgres.database import Session

ALLOW = "OPTIONS, GET, HEAD, PUT, DELETE, PROPFIND, PROPPATCH, REPORT"
HEADERS = {"DAV": "1, 3, access-control, addressbook"}
PLAIN = "text/plain; charset=utf-8"
# A program that asks for a whole book in one multiget sends 110 bytes for each card.
MAX_XML_BYTES = 16_000_000
_CHUNK_BYTES = 65_536
_STATUS: dict[type[CrmError], int] = {NotFound: 404, PreconditionFailed: 412, BadRequest: 400, TooLarge: 413}
_CARDS = frozenset({"text/vcard", "text/x-vcard", "text/directory", "text/plain", "application/octet-stream", ""})


class Answer(NamedTuple):
    """An answer: status, body, media type, headers, and the version of the body."""

    status: int
    body: bytes | Iterator[bytes] | None = None
    content_type: str = PLAIN
    headers: Mapping[str, str] = {}
    etag: str = ""


class Exchange(Protocol):
    """What the edge gives: the request, and sessions of the device's user.

    Attributes:
        method: the method.
        raw_path: the address as it was sent, encoded.
        media_type: of the body, in lower case; empty where it was not said.
    """

    method: str
    raw_path: str
    media_type: str

    def header(self, name: str) -> str | None:
        """A header; None where it was not sent."""

    def body(self, max_bytes: int) -> bytes:
        """Read the body."""

    def reading(self) -> AbstractContextManager[Session]:
        """Open a transaction on the primary that writes no contact."""

    def writing(self, contact_id: UUID | None) -> AbstractContextManager[Session]:
        """Open a transaction that may change a contact; None: any of them."""


def respond(device: Device, exchange: Exchange) -> Answer:
    """Answer a request of a device that has signed in."""
    method = _METHODS.get(exchange.method)
    if method is None:
        return Answer(405, b"", headers={"Allow": ALLOW})
    try:
        return method(_Request(device, exchange))
    except CrmError as error:
        answer = _refusal(error, device, exchange)
        if answer is None:
            raise
        return answer


def _refusal(error: CrmError, device: Device, exchange: Exchange) -> Answer | None:
    """The answer to an error that programs know; None for one that every function answers alike."""
    if type(error) in _STATUS:
        return Answer(_STATUS[type(error)], b"" if isinstance(error, NotFound) else error.message.encode())
    if isinstance(error, book.InvalidToken):
        # Thunderbird begins anew after 400 only, Evolution after 403 only; others look at the condition
        is_thunderbird = "Thunderbird" in (exchange.header("User-Agent") or "")
        return Answer(400 if is_thunderbird else 403, xml.error(d("valid-sync-token")), xml.MEDIA_TYPE)
    if isinstance(error, writing.UidTaken):
        address = xml.href(paths.book(device.user_id) + paths.encoded(error.href))
        return Answer(409, xml.error(card("no-uid-conflict"), address), xml.MEDIA_TYPE)
    if isinstance(error, Refused):
        return Answer(error.status, xml.error(error.condition, error.content), xml.MEDIA_TYPE)
    return None


class _Request:
    """A request of a device, with its address taken apart.

    Raises:
        NotFound: nothing of the device's user is at the address.
    """

    def __init__(self, device: Device, exchange: Exchange) -> None:
        self.device = device
        self.exchange = exchange
        self.segments = paths.segments(exchange.raw_path)
        self.kind = paths.kind_of(device.user_id, self.segments)
        self.agent = exchange.header("User-Agent") or ""
        self.reader = Reader(device, self.agent, exchange.reading)

    @property
    def name(self) -> str:
        """The name of the card.

        Raises:
            NotFound: no card can have it.
        """
        name = self.segments[-1]
        if len(name) > paths.MAX_NAME or not name.isprintable():
            raise NotFound
        return name

    def header(self, name: str) -> str | None:
        """A header; None where it was not sent."""
        return self.exchange.header(name)


def _options(_request: _Request) -> Answer:
    return Answer(200, b"", headers={"Allow": ALLOW})


def _get(request: _Request) -> Answer:
    if request.kind != "card":
        return Answer(200, b"This is an address book for phones and programs.\n")
    with request.exchange.reading() as tx:
        book.opened(tx)
        found = next(book.cards(tx, [request.name]), None)
    if found is None:
        raise NotFound
    return Answer(200, for_program(found.text, request.agent).encode(), VCARD, etag=found.etag)


def _put(request: _Request) -> Answer:
    if request.kind != "card":
        return Answer(405, b"", headers={"Allow": ALLOW})
    exchange = request.exchange
    if exchange.media_type not in _CARDS:
        raise Refused(403, card("supported-address-data"))
    try:
        sent = exchange.body(book.MAX_CARD_BYTES)
    except TooLarge:
        raise Refused(403, card("max-resource-size")) from None
    wanted = writing.Wanted(
        request.name, sent, request.header("If-Match"), is_new=(request.header("If-None-Match") or "").strip() == "*"
    )
    with exchange.reading() as tx:
        held = repository.find_card(tx, wanted.href)
    with exchange.writing(held.contact_id if held is not None else None) as tx:
        is_new = writing.put(tx, request.device, wanted)
    with exchange.reading() as tx:
        book.opened(tx)
        kept = next(book.cards(tx, [wanted.href]), None)
    # a version only where a GET answers exactly what was sent: without one the client reads its card back
    version = {"ETag": kept.etag} if kept is not None and kept.text.encode() == sent else {}
    return Answer(201 if is_new else 204, None, headers=version)


def _delete(request: _Request) -> Answer:
    if request.kind != "card":
        raise Refused(403, d("need-privileges"))
    with request.exchange.reading() as tx:
        book.opened(tx)
        held = repository.find_card(tx, request.name)
    if held is None or held.is_removed:
        raise NotFound
    with request.exchange.writing(held.contact_id) as tx:
        is_removed = writing.remove(tx, request.device, request.name, request.header("If-Match"))
    if not is_removed:
        raise Refused(403, d("need-privileges"))
    return Answer(204)


def _proppatch(request: _Request) -> Answer:
    root = xml.parse(request.exchange.body(MAX_XML_BYTES))
    if root is None or root.tag != d("propertyupdate"):
        raise BadRequest("a PROPPATCH needs a propertyupdate")
    path = quote(request.exchange.raw_path.partition("?")[0], safe="/%" + "@:!$&'()*+,;=~")
    me_card = root.find(f"{d('set')}/{d('prop')}/{cs('me-card')}")
    if request.kind == "home" and me_card is not None:
        # Contacts of macOS errs where this is refused
        with request.exchange.reading() as tx:
            repository.set_me_card(tx, (me_card.findtext(d("href")) or "").strip()[:2000])
        return _multistatus(iter([xml.response(path, xml.propstat(xml.element(cs("me-card"))))]))
    names = [str(entry.tag) for part in root for entry in (part.find(d("prop")) or ())][: xml.MAX_NAMES]
    return _multistatus(iter([xml.refused(path, names)]))


def _propfind(request: _Request) -> Answer:
    wanted = xml.wanted(xml.parse(request.exchange.body(MAX_XML_BYTES)))
    depth = (request.header("Depth") or "infinity").strip()
    if depth not in {"0", "1"}:
        raise Refused(403, d("propfind-finite-depth"))
    answer = CardAnswer(wanted)
    user_id, kind = request.device.user_id, request.kind
    if kind == "card":
        with request.exchange.reading() as tx:
            book.opened(tx)
            found = next(request.reader.cards(tx, [request.name]), None)
        if found is None:
            raise NotFound
        return _multistatus(iter([answer.write(request.reader.path(found.href), found.etag, found)]))
    own = {
        "root": paths.ROOT,
        "principal": paths.principal(user_id),
        "home": paths.home(user_id),
        "book": paths.book(user_id),
    }
    child = {"root": "principal", "principal": "home", "home": "book"}.get(kind) if depth == "1" else None
    with request.exchange.reading() as tx:
        asked = Asked(request.device, tx)
        parts = [collection(asked, each, own[each], wanted) for each in (kind, child) if each]
    if kind == "book" and depth == "1":
        return _multistatus(reports.listed(request.reader, parts[0], answer))
    return _multistatus(iter(parts))


def _report(request: _Request) -> Answer:
    root = xml.parse(request.exchange.body(MAX_XML_BYTES))
    if root is None:
        raise BadRequest("a report needs a body")
    if request.kind != "book":
        raise Refused(403, d("supported-report"))
    answer = CardAnswer(xml.wanted(root))
    if root.tag == d("sync-collection"):
        parts, token = reports.changed(request.reader, root, answer)
        return _multistatus(parts, xml.element(d("sync-token"), token))
    if root.tag == card("addressbook-multiget"):
        return _multistatus(reports.multiget(request.reader, root, answer))
    if root.tag == card("addressbook-query"):
        return _multistatus(reports.query(request.reader, root, answer))
    raise Refused(403, d("supported-report"))


def _multistatus(parts: Iterator[str], tail: str = "") -> Answer:
    """An answer that is sent while it is made; its first part is made before the status goes out, so that a refusal is one."""
    first = next(parts, "")

    def chunks() -> Iterator[bytes]:
        pending, size = [xml.HEAD, first], 0
        for part in parts:
            pending.append(part)
            size += len(part)
            if size > _CHUNK_BYTES:
                yield "".join(pending).encode("utf-8", "replace")
                pending, size = [], 0
        yield "".join([*pending, tail, xml.TAIL]).encode("utf-8", "replace")

    made = chunks()
    start = next(made)
    end = next(made, None)
    if end is None:  # short, so whole: with a length, and without a stream
        return Answer(207, start, xml.MEDIA_TYPE)
    return Answer(207, _joined(start, end, made), xml.MEDIA_TYPE)


def _joined(start: bytes, end: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield start
    yield end
    yield from rest


_METHODS: dict[str, Callable[[_Request], Answer]] = {
    "OPTIONS": _options,
    "GET": _get,
    "HEAD": _get,
    "PUT": _put,
    "DELETE": _delete,
    "PROPFIND": _propfind,
    "PROPPATCH": _proppatch,
    "REPORT": _report,
}
