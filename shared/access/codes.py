"""The texts of tokens: 256 random bits in letters and digits, and a checksum that tells a typing error without a query.

The first letters say what a token is, so that scanners of leaked secrets find it: `wmp_` personal, `wma_` access, `wmr_` refresh,
`wmc_` authorization code, `wmd_` device code.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from typing import Literal, NamedTuple

Kind = Literal["wmp_", "wma_", "wmr_", "wmc_", "wmd_"]

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PREFIX_LENGTH = 4
# 62 ** 43 is the first power above 2 ** 256, and 62 ** 6 above 2 ** 32.
_RANDOM_LENGTH, _CHECK_LENGTH = 43, 6
LENGTH = _PREFIX_LENGTH + _RANDOM_LENGTH + _CHECK_LENGTH
_ENDING_LENGTH = 4


class Secret(NamedTuple):
    """A token that was just made.

    Attributes:
        text: the token, which is shown once.
        hash: what is kept of it.
        ending: its last characters.
    """

    text: str
    hash: bytes
    ending: str


def make(kind: Kind) -> Secret:
    """Make a token."""
    body = kind + _base62(secrets.randbits(256), _RANDOM_LENGTH)
    text = body + _base62(zlib.crc32(body.encode()), _CHECK_LENGTH)
    return Secret(text, digest(text), text[-_ENDING_LENGTH:])


def digest(text: str) -> bytes:
    """Return the SHA-256 of a token; no slow hash is needed, as nobody guesses 256 bits."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()


def is_made_here(text: str, *kinds: Kind) -> bool:
    """Whether a text has the form and the checksum of a token of one of these kinds."""
    body, check = text[:-_CHECK_LENGTH], text[-_CHECK_LENGTH:]
    return (
        len(text) == LENGTH
        and text.isascii()
        and text.startswith(tuple(kinds))
        and check == _base62(zlib.crc32(body.encode()), _CHECK_LENGTH)
    )


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 62)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))
