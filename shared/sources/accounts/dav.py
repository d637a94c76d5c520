"""WebDAV (RFC 4918, RFC 6578): properties of collections, and what has changed in them. Entities of XML are refused."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError  # nosec B405 - defusedxml parses

from shared.sources.accounts.account import NeedsAttention, TryLater
from shared.sources.accounts.http import Answer, Http, refuses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

D, CAL, CARD, CS = (
    "{DAV:}",
    "{urn:ietf:params:xml:ns:caldav}",
    "{urn:ietf:params:xml:ns:carddav}",
    "{http://calendarserver.org/ns/}",
)
NAMESPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:a="urn:ietf:params:xml:ns:carddav" xmlns:s="http://calendarserver.org/ns/"'
_MULTI_STATUS = 207
_NO_SUCH = 404
_TRUNCATED = 507


class Row(NamedTuple):
    """One resource of a multi-status answer.

    Attributes:
        url: absolute.
        status: of the resource; 404 for one that is gone.
        props: the properties that were found, by name with their namespace.
    """

    url: str
    status: int
    props: Mapping[str, Element]

    def text(self, name: str) -> str:
        """The text of a property; empty without it."""
        found = self.props.get(name)
        return (found.text or "").strip() if found is not None else ""

    def href(self, name: str) -> str:
        """The address in a property; empty without it."""
        found = self.props.get(name)
        href = found.find(f"{D}href") if found is not None else None
        return urljoin(self.url, (href.text or "").strip()) if href is not None else ""


class Listed(NamedTuple):
    """A multi-status answer.

    Attributes:
        rows: its resources.
        token: where the changes of a collection go on.
        is_cut: more changes follow behind the token.
    """

    rows: list[Row]
    token: str
    is_cut: bool


class Dav:
    """A server.

    Args:
        http: sends requests.
        username: to sign in with.
        password: of the user.
    """

    def __init__(self, http: Http, username: str, password: str) -> None:
        self._http = http
        secret = base64.b64encode(f"{username}:{password}".encode()).decode()
        self._headers = {"Authorization": f"Basic {secret}", "Content-Type": 'application/xml; charset="utf-8"'}

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def properties(self, url: str, *names: str, depth: int = 0) -> list[Row]:
        """Properties of a resource, with depth 1 of those in it as well; none where it does not exist.

        Raises:
            NeedsAttention: the server refuses the credentials.
            TryLater: it does not answer as it should.
        """
        body = f"<d:propfind {NAMESPACES}><d:prop>{''.join(f'<{name}/>' for name in names)}</d:prop></d:propfind>"
        answer = self._ask("PROPFIND", url, body, depth)
        return listed(answer).rows if answer.status == _MULTI_STATUS else []

    def report(self, url: str, body: str, depth: int = 1) -> Listed | None:
        """The answer to a report; None where the server does not know it, or refuses its token."""
        answer = self._ask("REPORT", url, body, depth)
        return listed(answer) if answer.status == _MULTI_STATUS else None

    def changes(self, url: str, token: str) -> Listed | None:
        """What has changed in a collection since a token, an empty one for all; None where it cannot be told by it."""
        return self.report(
            url,
            f"<d:sync-collection {NAMESPACES}><d:sync-token>{escaped(token)}</d:sync-token><d:sync-level>1</d:sync-level>"
            "<d:prop><d:getetag/></d:prop></d:sync-collection>",
            depth=0,
        )

    def _ask(self, method: str, url: str, body: str, depth: int) -> Answer:
        answer = self._http.ask(method, url, {**self._headers, "Depth": str(depth)}, body.encode(), follows=True)
        if refuses(answer) and (method == "PROPFIND" or answer.status == 401):  # noqa: PLR2004 - 403 refuses a report's token
            raise NeedsAttention(f"{urlsplit(url).hostname} refuses the user name or the password ({answer.status})")
        return answer


def listed(answer: Answer) -> Listed:
    """A multi-status answer read.

    Raises:
        TryLater: it is not one.
    """
    # its errors are ValueErrors
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped] # noqa: PLC0415 - paid by accounts of calendars alone

    try:
        root = fromstring(answer.body, forbid_dtd=True)
    except (ParseError, ValueError, LookupError) as error:
        raise TryLater(
            f"{urlsplit(answer.url).hostname} does not answer as WebDAV does: {error or type(error).__name__}"
        ) from error
    token, rows, is_cut = root.findtext(f"{D}sync-token", "").strip(), [], False
    for response in root.iter(f"{D}response"):
        url = urljoin(answer.url, response.findtext(f"{D}href", "").strip())
        status = _status(response.findtext(f"{D}status"))
        is_cut = is_cut or status == _TRUNCATED
        # an answer may name other hosts; what lies there is not asked for
        if urlsplit(url)[:2] == urlsplit(answer.url)[:2]:
            rows.append(Row(url, status, dict(_found(response))))
    return Listed(rows, token, is_cut)


def same(left: str, right: str) -> bool:
    """Whether two addresses are of one resource, however they are escaped."""
    return unquote(left).rstrip("/") == unquote(right).rstrip("/")


def is_gone(row: Row) -> bool:
    """Whether a resource was deleted."""
    return row.status == _NO_SUCH


def escaped(text: str) -> str:
    """A text for XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _found(response: Element) -> Iterator[tuple[str, Element]]:
    for propstat in response.iter(f"{D}propstat"):
        if _status(propstat.findtext(f"{D}status")) // 100 == 2:  # noqa: PLR2004 - 2xx
            for prop in propstat.iter(f"{D}prop"):
                yield from ((element.tag, element) for element in prop)


def _status(text: str | None) -> int:
    """The number of a status line; 200 where there is none."""
    parts = (text or "").split()
    return int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() and len(parts[1]) == 3 else 200  # noqa: PLR2004 - digits of a status
