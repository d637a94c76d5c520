"""The XML of WebDAV: bodies of requests read without documents elsewhere, answers written as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape as _escape  # nosec B406 - text is written, nothing is read

from shared.errors import BadRequest

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # nosec B405 - the name of a type

MEDIA_TYPE = "application/xml; charset=utf-8"
DAV, CARD, CALENDAR_SERVER = "DAV:", "urn:ietf:params:xml:ns:carddav", "http://calendarserver.org/ns/"
_PREFIXES = {DAV: "d", CARD: "card", CALENDAR_SERVER: "cs"}
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    f'<d:multistatus xmlns:d="{DAV}" xmlns:card="{CARD}" xmlns:cs="{CALENDAR_SERVER}">'
)
TAIL = "</d:multistatus>"
# Thunderbird compares the whole text of a status.
_OK, _NOT_FOUND = "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"
FULL = "<d:status>HTTP/1.1 507 Insufficient Storage</d:status>"
# Deeper or wider bodies are no client's.
MAX_DEPTH = 30
MAX_NAMES = 200


def d(name: str) -> str:
    """A name of WebDAV."""
    return f"{{{DAV}}}{name}"


def card(name: str) -> str:
    """A name of CardDAV."""
    return f"{{{CARD}}}{name}"


def cs(name: str) -> str:
    """A name of Apple's calendar server."""
    return f"{{{CALENDAR_SERVER}}}{name}"


class Wanted(NamedTuple):
    """The properties that a request asks for.

    Attributes:
        names: by name; empty: all that are cheap.
        is_names_only: asked which there are, without values.
    """

    names: tuple[str, ...]
    is_names_only: bool


def parse(body: bytes) -> Element | None:
    """The root of a body; None for an empty one.

    Raises:
        BadRequest: it is not well-formed, has a document type or an entity, or is nested too deeply.
    """
    if not body.strip():
        return None
    from defusedxml.ElementTree import (  # type: ignore[import-untyped]  # noqa: PLC0415 - a GET needs no parser
        ParseError,
        fromstring,
    )

    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, ValueError, LookupError) as error:
        raise BadRequest("the body is not XML that is read here: well-formed, without a document type") from error
    level, depth = list(root), 1
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise BadRequest(f"the body is nested more than {MAX_DEPTH} deep")
        level = [child for element in level for child in element]
    return root


def wanted(root: Element | None) -> Wanted:
    """The properties that a PROPFIND or a report asks for.

    Raises:
        BadRequest: they are too many.
    """
    found = None if root is None else root.find(d("prop"))
    if found is None:
        return Wanted((), is_names_only=root is not None and root.find(d("propname")) is not None)
    if len(found) > MAX_NAMES:
        raise BadRequest(f"at most {MAX_NAMES} properties may be asked for at once")
    return Wanted(tuple(dict.fromkeys(str(child.tag) for child in found)), is_names_only=False)


def number_in(root: Element, path: str) -> int | None:
    """A whole number of a body, at least 1; None where there is none."""
    text = (root.findtext(path) or "").strip()
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 - of 32 bits


def escape(text: str) -> str:
    """Text as content of an element; a carriage return as a reference, since readers take a plain one away."""
    return _escape(text, {"\r": "&#13;"})


def element(name: str, content: str = "") -> str:
    """An element of a `{namespace}local` name around content that is XML already."""
    namespace, _, local = name[1:].partition("}") if name[:1] == "{" else ("", "", name)
    prefix = _PREFIXES.get(namespace)
    if prefix is not None:
        tag, declared = f"{prefix}:{local}", ""
    elif namespace:
        tag, declared = f"x:{local}", f' xmlns:x="{_escape(namespace, {chr(34): "&quot;"})}"'
    else:
        tag, declared = local, ' xmlns=""'
    return f"<{tag}{declared}>{content}</{tag}>" if content else f"<{tag}{declared}/>"


def href(path: str) -> str:
    """An address that is percent-encoded already."""
    return f"<d:href>{escape(path)}</d:href>"


def propstat(found: str, missing: str = "") -> str:
    """What there is, first, because some clients look at the first status only; then what there is not."""
    parts = []
    if found or not missing:
        parts.append(f"<d:propstat><d:prop>{found}</d:prop><d:status>{_OK}</d:status></d:propstat>")
    if missing:
        parts.append(f"<d:propstat><d:prop>{missing}</d:prop><d:status>{_NOT_FOUND}</d:status></d:propstat>")
    return "".join(parts)


def response(path: str, inner: str) -> str:
    """One resource of an answer."""
    return f"<d:response>{href(path)}{inner}</d:response>"


def gone(path: str) -> str:
    """A resource that is not there."""
    return response(path, f"<d:status>{_NOT_FOUND}</d:status>")


def refused(path: str, names: list[str]) -> str:
    """A resource whose properties cannot be set."""
    inner = "".join(map(element, names))
    return response(
        path, f"<d:propstat><d:prop>{inner}</d:prop><d:status>HTTP/1.1 403 Forbidden</d:status></d:propstat>"
    )


def error(condition: str, content: str = "") -> bytes:
    """The body of a refusal that names its precondition."""
    inner = element(condition, content)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<d:error xmlns:d="{DAV}" xmlns:card="{CARD}">{inner}</d:error>'.encode()
