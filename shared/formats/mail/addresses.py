"""Lists of addresses out of header fields, as RFC 5322 writes them and as programs do."""

from __future__ import annotations

import re
from typing import NamedTuple

from shared.formats.mail.names import clean_name, is_suffix
from shared.formats.mail.text import decode_words, spaced

# A field longer than this is cut: about 1,500 addresses, more than any person writes to.
LONGEST_FIELD = 64 * 1024
_MOST_MAILBOXES = 2000
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-]+"
_DOMAIN = r"[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+"
# Nearly every field is a list of these; the rest of a field that is not goes through the pieces below.
_PLAIN = re.compile(
    rf"(?:([^<>\"(),:;@\\=?\[\]']*)<(?![Ii][Mm][Cc][Ee][Aa])({_LOCAL}@{_DOMAIN})>|({_LOCAL}@{_DOMAIN})) *(?:[,;] *|$)"
)
_ADDRESS = re.compile(r"[^\s<>\"'(),;:\[\]\\@][^\s<>\"(),;:\[\]\\@]*@[^\s<>\"'(),;:\[\]\\@]+", re.ASCII)
_LITERAL = re.compile(r"[^\s<>\"(),;:\[\]\\@]+@\[[0-9A-Za-z:.]+\]", re.ASCII)
_ARCHIVED = re.compile(r"([^\s()<>@]+) at ([A-Za-z0-9.\-]+\.[A-Za-z]{2,})", re.ASCII)
_DIRECTORY_NAME = re.compile(r"/o=[^<>]*/cn=", re.IGNORECASE | re.ASCII)
_WRAPPED = re.compile(r"imcea([a-z0-9]+)-(.+)@[^@]*", re.IGNORECASE | re.ASCII)
_WRAPPED_CHARACTER = re.compile(r"\+([0-9A-Fa-f]{2})")
_QUOTED_LOCAL = re.compile(r'"([^"]*)"(@.+)')
_DOT_ATOM = re.compile(_LOCAL)
_SCHEMES = frozenset({"mailto", "smtp", "sip", "ex", "x500", "email", "e-mail"})
_SWALLOWED = re.compile(r"<[^<>]*> ?[,;]")
_GIVEN_NAME = re.compile(r"[^\s@]+(?: [^\s@.]\.?)?|[^\s@]+ [^\s@]+\.", re.ASCII)
_MOST_WORDS = 3  # of a last name before a comma
_LONGEST_LOCAL, _LONGEST_ADDRESS = 128, 254
_LONGEST_HIDDEN = 1000  # characters in which an address is looked for


class Mailbox(NamedTuple):
    """An address in lower case with the name that stood beside it; either may be empty, not both."""

    address: str
    name: str


class _Piece(NamedTuple):
    """A part of an entry: `word` and `quoted` text, an `angle` that holds an address, a `comment`."""

    kind: str
    text: str


def addresses(field: str) -> list[Mailbox]:
    """The mailboxes of a field, in their order.

    A mailbox without an address is a name, or somebody whom a directory knows by a name of its own (X.500).

    Args:
        field: single-spaced, as `spaced` makes it.
    """
    text = field[:LONGEST_FIELD]
    found: list[Mailbox] = []
    position = 0
    while position < len(text) and len(found) < _MOST_MAILBOXES:
        match = _PLAIN.match(text, position)
        if not match:
            found.extend(_entries(text[position:]))
            break
        address = _bounded(match[2] or match[3])
        name = clean_name(match[1], address) if match[1] else ""
        if address or name:
            found.append(Mailbox(address, name))
        position = match.end()
    return found


def _entries(text: str) -> list[Mailbox]:
    """The mailboxes of any text."""
    found: list[Mailbox] = []
    waiting: list[str] = []  # names that may be the first half of "Smith, John <j@x.example>"
    for pieces in _Scanner(text).entries():
        angle = next((piece for piece in pieces if piece.kind == "angle"), None)
        words = _words(pieces)
        if angle and waiting:
            before = _words(pieces[: pieces.index(angle)])
            if _is_given_name(before, pieces):
                parts = waiting if is_suffix(before) else waiting[-1:]
                waiting = waiting[: len(waiting) - len(parts)]
                words = ", ".join([*parts, before])
        may_wait = not angle and len(pieces) == 1 and pieces[0].kind == "word" and _is_family_name(words)
        kept = waiting[-1:] if may_wait else []
        found += [Mailbox("", clean_name(name, "")) for name in waiting[: len(waiting) - len(kept)]]
        waiting = []
        if angle and "@" in words and not normal_address(angle.text):
            found += _bare(words, [*pieces, _Piece("comment", angle.text)])  # j@x.com <John>
        elif angle:
            found.append(_bracketed(angle, words, pieces))
        elif may_wait:
            waiting = [*kept, words]
        else:
            found += _bare(words, pieces)
    found += [Mailbox("", clean_name(name, "")) for name in waiting]
    return [mailbox for mailbox in found if mailbox.address or mailbox.name]


def _words(pieces: list[_Piece]) -> str:
    return spaced(" ".join(piece.text for piece in pieces if piece.kind in {"word", "quoted"}))


def _comment(pieces: list[_Piece]) -> str:
    return next((piece.text for piece in pieces if piece.kind == "comment"), "")


def _is_family_name(words: str) -> bool:
    """Whether words without an address may be a name's first half: `Smith`, `van der Berg`, `Acme`; not `postmaster`."""
    capital = words != words.lower() or not words.isascii()
    return capital and "@" not in words and len(words.split(" ")) <= _MOST_WORDS and not _DIRECTORY_NAME.search(words)


def _is_given_name(words: str, pieces: list[_Piece]) -> bool:
    """Whether the words before an angle may be a name's second half: `John`, `John A.`, and not `John Smith`."""
    is_quoted = any(piece.kind == "quoted" for piece in pieces)
    return bool(_GIVEN_NAME.fullmatch(words)) and not is_quoted


def _bracketed(angle: _Piece, words: str, pieces: list[_Piece]) -> Mailbox:
    address = normal_address(angle.text)
    before = [piece for piece in pieces[: pieces.index(angle)] if piece.kind in {"word", "quoted"}]
    name = words if "," in words or not before else _words(before)
    return Mailbox(address, clean_name(name or _comment(pieces), address))


def _bare(words: str, pieces: list[_Piece]) -> list[Mailbox]:
    """The mailboxes of an entry without brackets: `john@x (John)`, `John Smith john@x`, `a@x b@x`, a name alone."""
    comment = _comment(pieces)
    decoded = decode_words(words)
    if archived := _ARCHIVED.fullmatch(decoded):
        return [_mailbox(f"{archived[1]}@{archived[2]}", comment)]
    if _DIRECTORY_NAME.search(decoded) or (decoded.startswith("@") and "@" not in decoded[1:]):
        return []
    if decoded.startswith('"') and (match := _QUOTED_LOCAL.fullmatch(decoded)):
        return [_mailbox(match[0], comment)]
    found: list[Mailbox] = []
    name: list[str] = []
    for token in decoded.split(" "):
        if "@" in token and (address := normal_address(token)):
            found.append(Mailbox(address, clean_name(" ".join(name), address)))
            name = []
        elif token:
            name.append(token)
    if not found:
        return [Mailbox("", clean_name(decoded or comment, ""))]
    if len(found) == 1 and not found[0].name:
        address = found[0].address
        return [Mailbox(address, clean_name(" ".join(name), address) or clean_name(comment, address))]
    return found


def _mailbox(text: str, name: str) -> Mailbox:
    address = normal_address(text)
    return Mailbox(address, clean_name(name, address))


def normal_address(text: str) -> str:
    """The address in lower case that a text is or holds; empty where it holds none.

    Routes (`@relay,@other:joe@x`), what Exchange wraps (`IMCEASMTP-joe+40x+2Ecom@corp`) and quotes are taken off.
    """
    if len(text) > _LONGEST_HIDDEN:
        return ""
    address = decode_words(text).strip(" '`")
    if address[:1] == "@" and ":" in address:
        address = address.rpartition(":")[2]
    if match := _QUOTED_LOCAL.fullmatch(address):
        return _bounded((match[1] if _DOT_ATOM.fullmatch(match[1]) else f'"{match[1]}"') + match[2])
    address = address.replace(" ", "").strip("'\"")
    if _DIRECTORY_NAME.search(address):
        return ""
    if wrapped := _WRAPPED.fullmatch(address):
        if wrapped[1].lower() == "ex":
            return ""
        address = _WRAPPED_CHARACTER.sub(lambda found: chr(int(found[1], 16)), wrapped[2])
    found = _LITERAL.search(address) or _ADDRESS.search(address)
    return _bounded(found[0]) if found else ""


def _bounded(address: str) -> str:
    address = address.lower().rstrip(".")
    local, _, domain = address.rpartition("@")
    fits = 0 < len(local) <= _LONGEST_LOCAL and domain and len(address) <= _LONGEST_ADDRESS
    return address if fits else ""


class _Scanner:
    """Cut a text at commas, semicolons and group names that stand outside quotes, comments and brackets."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._pieces: list[_Piece] = []
        self._word: list[str] = []
        self._done: list[list[_Piece]] = []
        self._quotes = True  # until one is found that nothing closes
        self._closings: dict[int, int] | None = None

    def entries(self) -> list[list[_Piece]]:
        """The pieces of each entry."""
        while self._position < len(self._text) and len(self._done) < _MOST_MAILBOXES:
            character = self._text[self._position]
            self._position += 1
            match character:
                case '"' if self._quotes:
                    self._quote()
                case '"':
                    self._word.append(" ")
                case "(":
                    self._take_comment()
                case "<":
                    self._take_angle()
                case "," | ";":
                    self._end()
                case ":":
                    self._colon()
                case ">":
                    self._word.append(" ")
                case _:
                    self._word.append(character)
        self._end()
        return self._done

    def _flush(self) -> None:
        word = spaced("".join(self._word))
        self._word = []
        if word:
            self._pieces.append(_Piece("word", word))

    def _end(self) -> None:
        self._flush()
        if self._pieces:
            self._done.append(self._pieces)
        self._pieces = []

    def _quote(self) -> None:
        content, end = _until_quote(self._text, self._position)
        if end < 0:
            self._quotes = False
            return
        if any("@" in swallowed for swallowed in _SWALLOWED.findall(content)):
            return  # a lone quote, and the one found closes another name
        self._position = end
        if self._text[end : end + 1] == "@":  # a quoted local part
            self._word.append(f'"{content}"' if '"' not in content else content)
            return
        self._flush()
        self._pieces.append(_Piece("quoted", content))

    def _take_comment(self) -> None:
        if self._closings is None:
            self._closings = _pairs(self._text)
        end = self._closings.get(self._position - 1, -1)
        if end < 0:
            self._word.append(" ")
            return
        self._flush()
        self._pieces.append(_Piece("comment", self._text[self._position : end]))
        self._position = end + 1

    def _take_angle(self) -> None:
        end = self._text.find(">", self._position)
        content = ""
        if end < 0:  # "John <john@x" ends where the next entry begins
            ends = [at for at in (self._text.find(mark, self._position) for mark in ",;") if at >= 0]
            end = min(ends, default=len(self._text))
            content = self._text[self._position : end]
            self._position = end
        elif self._text.find("<", self._position, end) >= 0:
            self._word.append(" ")
            return
        else:
            content = self._text[self._position : end]
            self._position = end + 1
        self._flush()
        if any(piece.kind == "angle" and "@" in piece.text for piece in self._pieces):
            # A second one in an entry: the comma was lost. The words between are the second one's name.
            first = next(at for at, piece in enumerate(self._pieces) if piece.kind == "angle")
            self._done.append(self._pieces[: first + 1])
            self._pieces = self._pieces[first + 1 :]
        self._pieces.append(_Piece("angle", content))

    def _colon(self) -> None:
        before = spaced("".join(self._word))
        if before.lower() in _SCHEMES or before.startswith("@") or "@" not in before:
            has_angle = any(piece.kind == "angle" for piece in self._pieces)
            if before.lower() not in _SCHEMES and not has_angle and not before.startswith("@"):
                self._pieces = []  # the name of a group
            self._word = []
        else:
            self._word.append(":" if "@[" in before else " ")


def _pairs(text: str) -> dict[int, int]:
    """The place of the closing parenthesis of each opening one that has one."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    escaped = False
    for position, character in enumerate(text):
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "(":
            opened.append(position)
        elif character == ")" and opened:
            pairs[opened.pop()] = position
    return pairs


def _until_quote(text: str, start: int) -> tuple[str, int]:
    """The text before the closing quote, without backslashes, and the place behind it; -1 where none closes."""
    content: list[str] = []
    position = start
    while position < len(text):
        character = text[position]
        if character == '"':
            return "".join(content), position + 1
        if character == "\\" and position + 1 < len(text):
            position += 1
            character = text[position]
        content.append(character)
        position += 1
    return "", -1
