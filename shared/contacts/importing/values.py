"""Read e-mail addresses, phones and names from cells as people and programs write them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from shared.contacts.addresses import is_email, visible
from shared.contacts.importing.labels import is_label
from shared.contacts.importing.placeholders import is_no_mailbox, is_placeholder
from shared.formats.address_lines import without_mailto

if TYPE_CHECKING:
    from collections.abc import Iterable

_ANGLED = re.compile(r"<([^<>]*)>")
_NAMED_ADDRESS = re.compile(r"([^<>()]*)[<(]\s*(?:mailto:)?[^\s<>()]+@[^\s<>()]+[>)]", re.IGNORECASE)
# An entity of HTML: the semicolon in `o&#39;neil@x.org` does not separate two addresses.
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
# `"a b"@x.org` is an address that no field accepts, `{ana,bo}@x.org` is short for two; their second half is not an address.
_QUOTED_LOCAL = re.compile(
    r"(?:\"[^\"\n]{0,100}\"|\{[^{}@\n]{0,100},[^{}@\n]{0,100}\}|(?<!\S)'[^'\n]{0,100}\s[^'\n]{0,100}')@[^\s@<>()\[\],;:\"|/]*"
)
# An address between brackets that touch other words: `Ana(ana@x.org)`.
_BRACKETED = re.compile(r"[^@<>()\[\]]*[<(\[]([^<>()\[\]]+@[^<>()\[\]]+)[>)\]][^@]*")
# `ana@x.org,1,0` of SuiteCRM: whether the address is invalid, and whether it was opted out.
_MARKED = re.compile(r"(@[^\s,;@]+),[01],[01](?=;|$)")
_LABEL = re.compile(r"[^@:\"']*:")  # `work:ana@x.org`; no address has a colon
_AFTER_DOMAIN = re.compile(r"(@[^@/(<\[?]+)[/(<\[?][^@]*")
_QUOTES = ('""', "''", "“”", "„“", "‘’", "«»")
_PHONE_SPLIT = re.compile(r"[;\n\r|]|,\s|\s/\s|:::")
_EMAIL_SPLIT = re.compile(r"[;\n\r|,；，、]|\\[nr]|:::|\s/\s")
# A longer piece holds no address; some of the patterns take time by the square of the length to find that out.
_MAX_PIECE = 1000
# Words between the addresses of a list.
_BETWEEN = frozenset(
    {"&", "+", "-", "--", "–", "—", "·", "•", "and", "or", "und", "oder", "et", "ou", "y", "och", "en", "и"}
)
_DIGITS = re.compile(r"\d")
_PHONE = re.compile(r"\+?[\d\s().\-/\u2010-\u2015]{6,25}(?:(?:\s*(?:ext|x|#|;ext=)\.?\s*)\d{1,6})?", re.IGNORECASE)
_PHONE_DIGITS = 6  # a part with fewer digits is not a phone number

_ROMAN = re.compile(r"[IVX]+\.?")
_HAN_NAME = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af々〆]+")


def split_emails(text: str) -> tuple[list[str], list[str]]:
    """Take apart a cell that may hold several addresses, display names, `mailto:` and other things.

    Args:
        text: such as `Ana <ana@x.org>; bo@x.org` or `raj@agency.in / 98765 01234`.

    Returns:
        The addresses in order without repetition, and the pieces without an address (phones, typing errors). An address is
        taken whole or not at all: a part of it (`brien@x.org` of `o'brien@x.org`) is the mailbox of another person.
    """
    text = without_mailto(visible(_ENTITY.sub(lambda found: html.unescape(found[0]), _MARKED.sub(r"\1", text))))
    # `n/a@n/a.com` is not even an address.
    if (is_valid := is_email(text)) or is_placeholder(text, short=True) or is_no_mailbox(text):
        return ([text] if is_valid else []), []
    found: list[str] = []
    rest: list[str] = []
    if quoted := [each[0] for each in _QUOTED_LOCAL.finditer(text[:_MAX_PIECE])]:
        rest += quoted
        text = _QUOTED_LOCAL.sub(" ", text)
        if "@" not in text and not _DIGITS.search(text):
            return [], rest
    for piece in map(str.strip, _EMAIL_SPLIT.split(text)):
        if not piece:
            continue
        if len(piece) > _MAX_PIECE:
            rest.append(piece)
            continue
        inside = _addresses_in(piece)
        if inside:
            found += inside
        else:
            rest.append(piece)
    if not found and rest:
        return [], [text]
    # A display name with a comma (`"Diaz, Ana" <ana@x.org>`) leaves a half, which is not a mistyped address.
    if "<" in text:
        rest = [piece for piece in rest if "@" in piece or looks_like_phone(piece)]
    return unique_emails(found), rest


def display_name(text: str) -> str:
    """`Ana Diaz` of `"Ana Diaz" <ana@x.org>` and of `Ana Diaz (ana@x.org)`; empty for any other text."""
    found = _NAMED_ADDRESS.fullmatch(visible(text)) if len(text) <= _MAX_PIECE else None
    name = found[1].strip().strip("\"'").strip() if found else ""
    return "" if "@" in name else name


def _addresses_in(piece: str) -> list[str]:
    """The addresses of one piece of a cell, with or without a display name."""
    if is_email(piece):
        return [piece]
    if angled := [address for found in _ANGLED.findall(piece) if is_email(address := found.strip())]:
        return angled
    words = piece.split()
    # Other words beside several addresses mean that the piece is not understood.
    if piece.count("@") > 1 and not all("@" in word or word.lower() in _BETWEEN for word in words):
        return []
    found = [address for word in words if "@" in word and (address := _address_of(word))]
    return [] if len(found) == 1 and _is_torn(words, found[0]) else found


def _is_torn(words: list[str], address: str) -> bool:
    """Whether a blank stands within an address: `ann marie@x.org` is not Marie's, while `Ann Marie marie@x.org` is, and `work ana@x.org`."""
    before = words[: next(place for place, word in enumerate(words) if "@" in word)]
    return bool(before) and all(
        word.isalnum()
        and word.islower()
        and word not in _BETWEEN
        and not is_label(word)
        and word not in address.lower()
        for word in before
    )


def _address_of(word: str) -> str:
    """The address in a word, without brackets, quotation marks and labels around it; empty where the word is not an address."""
    if is_email(word):
        return word
    word = _LABEL.sub("", word, count=1)
    if (bracketed := _BRACKETED.fullmatch(word)) is not None:
        word = bracketed[1]
    before = None
    while before != word:
        before = word
        word = word.lstrip('<([{"').rstrip('>)]}".,;')
        if len(word) > 1 and word[0] + word[-1] in _QUOTES:
            word = word[1:-1]
    word = _AFTER_DOMAIN.sub(r"\1", word)
    word = word if is_email(word) else word.rstrip("'’”")
    return word if is_email(word) else ""


def unique_emails(addresses: Iterable[str]) -> list[str]:
    """The addresses in order without repetition; case is ignored."""
    seen: dict[str, str] = {}
    for address in addresses:
        seen.setdefault(address.lower(), address)
    return list(seen.values())


def decoded_once_more(text: str) -> str:
    """`Zoë` for `ZoÃ«`: UTF-8 that a program took for Latin-1, as in all exports of Facebook and Instagram."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode()
    except ValueError:
        return text


def looks_like_phone(text: str) -> bool:
    """Whether the text is one phone number: 6 to 20 digits and the characters people put between them."""
    return _PHONE.fullmatch(text) is not None and _PHONE_DIGITS <= len(_DIGITS.findall(text)) <= 20  # noqa: PLR2004


def split_phones(text: str) -> list[str]:
    """The phones of a cell, as written; split only where every part is a whole number (`030/1234` and `ext. 5` stay)."""
    text = clean_phone(text)
    if not text:
        return []
    if text.isascii() and text.translate(_PHONE_DELIMITERS) == text:
        return [text]
    parts = [part for part in (clean_phone(part) for part in _PHONE_SPLIT.split(text)) if part]
    if len(parts) > 1 and all(len(_DIGITS.findall(part)) >= _PHONE_DIGITS for part in parts):
        return list(dict.fromkeys(parts))
    if " ::: " in text:
        return list(dict.fromkeys(part.strip() for part in text.split(":::") if part.strip()))
    return [text]


_PHONE_DELIMITERS = dict.fromkeys(map(ord, ";\n\r|,/:"))


def clean_phone(text: str) -> str:
    """One phone as written, without `tel:` and a spreadsheet's apostrophe, and with the extension of RFC 3966 written as `ext. 5`."""
    text = visible(text).lstrip("'")  # the apostrophe keeps a spreadsheet from taking +49 for a sum
    if text[:4].lower() == "tel:":
        text = text[4:].strip()
        number, separator, extension = text.partition(";ext=")
        text = f"{number} ext. {extension}" if separator else text
    return text


def join_name(given: str, middle: str, family: str, *, family_first: bool = False) -> str:
    """A full name from its parts.

    Names in Han or Hangul stand together with the family name first, as their readers write them; other names follow
    `family_first`.
    """
    if given and family and _HAN_NAME.fullmatch(family) and _HAN_NAME.fullmatch(given + middle):
        return family + given + middle
    parts = (family, given, middle) if family_first else (given, middle, family)
    return " ".join(part for part in parts if part)


def with_affixes(prefix: str, name: str, suffix: str) -> str:
    """`Dr. Ana Diaz`, `Ana Diaz Jr.`, `Ana Diaz, CPA`: capital letters after the name follow a comma, generations do not."""
    if suffix:
        name = f"{name}, {suffix}" if suffix.isupper() and not _ROMAN.fullmatch(suffix) else f"{name} {suffix}"
    return f"{prefix} {name}" if prefix else name


def same_words(text: str, other: str) -> bool:
    """Whether every word of `text` stands in `other`, without regard to case and punctuation."""
    return set(re.findall(r"\w+", text.casefold())) <= set(re.findall(r"\w+", other.casefold()))
