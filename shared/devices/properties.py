"""The properties of the root, the principal, the home, the address book and cards."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from shared.devices import book, paths, repository, xml
from shared.devices.xml import card, cs, d

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.devices.repository import Device
    from shared.plumbing.postgres.database import Session

VCARD = "text/vcard; charset=utf-8"


class Asked:
    """One request for properties; the database is asked when a property needs it."""

    def __init__(self, device: Device, tx: Session) -> None:
        self.device = device
        self.tx = tx
        self._place: book.Place | None = None

    @property
    def place(self) -> book.Place:
        """Where the address book stands."""
        if self._place is None:
            self._place = book.opened(self.tx)
        return self._place


def _privileges(*names: str) -> str:
    return "".join(f"<d:privilege><d:{name}/></d:privilege>" for name in names)


def _me_card(asked: Asked) -> str:
    address = repository.find_me_card(asked.tx)
    return xml.href(address) if address else ""


_WRITES = _privileges("read", "write", "write-content", "bind", "unbind", "read-current-user-privilege-set")
_READS = _privileges("read", "read-current-user-privilege-set")
_REPORTS = "".join(
    f"<d:supported-report><d:report>{xml.element(name)}</d:report></d:supported-report>"
    for name in (card("addressbook-multiget"), card("addressbook-query"), d("sync-collection"))
)
_COMMON: dict[str, Callable[[Asked], str]] = {
    d("current-user-principal"): lambda asked: xml.href(paths.principal(asked.device.user_id)),
    d("principal-collection-set"): lambda _: xml.href(paths.ROOT),
    d("owner"): lambda asked: xml.href(paths.principal(asked.device.user_id)),
    d("supported-report-set"): lambda _: _REPORTS,
    d("current-user-privilege-set"): lambda _: _READS,
    d("resourcetype"): lambda _: "<d:collection/>",
    d("displayname"): lambda _: "Warmpath",
}
_HOME: dict[str, Callable[[Asked], str]] = {
    card("addressbook-home-set"): lambda asked: xml.href(paths.home(asked.device.user_id))
}
_PROPERTIES: dict[str, dict[str, Callable[[Asked], str]]] = {
    "root": _COMMON,
    "principal": _COMMON
    | _HOME
    | {
        d("resourcetype"): lambda _: "<d:collection/><d:principal/>",
        d("displayname"): lambda asked: xml.escape(asked.device.username),
        d("principal-URL"): lambda asked: xml.href(paths.principal(asked.device.user_id)),
        d("resource-id"): lambda asked: xml.href(f"urn:uuid:{asked.device.user_id}"),
        cs("email-address-set"): lambda asked: xml.element(cs("email-address"), xml.escape(asked.device.username)),
    },
    "home": _COMMON | _HOME | {cs("me-card"): _me_card},
    "book": _COMMON
    | {
        d("resourcetype"): lambda _: "<d:collection/><card:addressbook/>",
        d("current-user-privilege-set"): lambda _: _WRITES,
        d("sync-token"): lambda asked: asked.place.token(),
        # Evolution and macOS look at nothing else
        cs("getctag"): lambda asked: asked.place.token(),
        card("addressbook-description"): lambda _: "Contacts in Warmpath",
        card("max-resource-size"): lambda _: str(book.MAX_CARD_BYTES),
        # 4.0 is read as well; a client that knew would write it, and Apple's programs cannot read that
        card("supported-address-data"): lambda _: '<card:address-data-type content-type="text/vcard" version="3.0"/>',
    },
}
# Answered only where asked for by name, as RFC 6352 and RFC 3253 want it.
_BY_NAME = frozenset(
    {
        d("supported-report-set"),
        d("principal-collection-set"),
        card("addressbook-description"),
        card("max-resource-size"),
        card("supported-address-data"),
    }
)


def collection(asked: Asked, kind: str, path: str, wanted: xml.Wanted) -> str:
    """The answer about a resource that is not a card."""
    known = _PROPERTIES[kind]
    if wanted.is_names_only:
        return xml.response(path, xml.propstat("".join(map(xml.element, known))))
    found, missing = [], []
    for name in wanted.names or tuple(name for name in known if name not in _BY_NAME):
        value = known.get(name)
        if value is None:
            missing.append(xml.element(name))
        else:
            found.append(xml.element(name, value(asked)))
    return xml.response(path, xml.propstat("".join(found), "".join(missing)))


_TEXT_NEEDED = frozenset({card("address-data"), d("getcontentlength"), d("getlastmodified")})
_CHEAP = (d("resourcetype"), d("getetag"), d("getcontenttype"))


class CardAnswer:
    """How cards are answered to one request."""

    def __init__(self, wanted: xml.Wanted) -> None:
        self._names = wanted.names or _CHEAP
        self._is_names_only = wanted.is_names_only
        known = {*_CHEAP, *_TEXT_NEEDED, d("current-user-privilege-set")}
        self._missing = "".join(xml.element(name) for name in self._names if name not in known)

    @property
    def needs_text(self) -> bool:
        """Whether the cards themselves have to be read."""
        return not _TEXT_NEEDED.isdisjoint(self._names)

    def write(self, path: str, etag: str, found: book.Card | None) -> str:
        """The answer about the card at an address."""
        if self._is_names_only:
            return xml.response(path, xml.propstat("".join(map(xml.element, (*_CHEAP, *sorted(_TEXT_NEEDED))))))
        parts = [part for name in self._names if (part := _card_property(name, etag, found))]
        return xml.response(path, xml.propstat("".join(parts), self._missing))


def _modified(found: book.Card) -> str:
    moment = datetime.fromisoformat(found.updated_at).astimezone(UTC)
    return f"<d:getlastmodified>{format_datetime(moment, usegmt=True)}</d:getlastmodified>"


_OF_VERSION: dict[str, Callable[[str], str]] = {
    d("getetag"): lambda etag: f"<d:getetag>{xml.escape(etag)}</d:getetag>",
    d("getcontenttype"): lambda _: f"<d:getcontenttype>{VCARD}</d:getcontenttype>",
    d("resourcetype"): lambda _: "<d:resourcetype/>",
    d("current-user-privilege-set"): lambda _: xml.element(d("current-user-privilege-set"), _WRITES),
}
_OF_TEXT: dict[str, Callable[[book.Card], str]] = {
    card("address-data"): lambda found: f"<card:address-data>{xml.escape(found.text)}</card:address-data>",
    d("getcontentlength"): lambda found: f"<d:getcontentlength>{len(found.text.encode())}</d:getcontentlength>",
    d("getlastmodified"): lambda found: _modified(found) if found.updated_at else "",
}


def _card_property(name: str, etag: str, found: book.Card | None) -> str:
    if name in _OF_VERSION:
        return _OF_VERSION[name](etag)
    return _OF_TEXT[name](found) if found is not None and name in _OF_TEXT else ""
