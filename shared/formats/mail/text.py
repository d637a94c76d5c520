"""Header bytes as text: charsets as browsers decode them, so that both readers agree, and the encoded words of RFC 2047."""

from __future__ import annotations

import binascii
import codecs
import re

C1_CONTROLS = "shared.c1_controls"
_C1 = range(0x80, 0xA0)
# White space of RFC 5322, and of programs that fold by more than it allows.
BLANKS = " \t\r\n\f\v"
BLANK_RUN = re.compile(r"[ \t\r\n\f\v]+")
# Controls, marks of direction, odd spaces: a name that is shown has none of them. The joiners U+200C and U+200D belong to names.
_UNSEEN = re.compile(
    "[\u0000-\u0020\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffd]+"
)
_WORD = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=", re.ASCII)
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n\f\v]+(?==\?[^?\s]+\?[bBqQ]\?)", re.ASCII)
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_GROUP = 4  # characters of base64 that spell three bytes

# The labels of the WHATWG encoding standard that mail has, and the codec of each; others are tried as UTF-8.
_CODECS = {
    label: codec
    for codec, labels in {
        "utf-8": "utf-8 utf8 unicode-1-1-utf-8",
        "cp1252": "us-ascii ascii ansi_x3.4-1968 iso-8859-1 iso8859-1 iso_8859-1 latin1 l1 windows-1252 cp1252 x-cp1252",
        "iso8859_2": "iso-8859-2 iso8859-2 latin2",
        "iso8859_3": "iso-8859-3",
        "iso8859_4": "iso-8859-4",
        "iso8859_5": "iso-8859-5 cyrillic",
        "iso8859_6": "iso-8859-6 arabic",
        "iso8859_7": "iso-8859-7 greek",
        "iso8859_8": "iso-8859-8 iso-8859-8-i hebrew",
        "cp1254": "iso-8859-9 latin5 windows-1254 cp1254",
        "iso8859_10": "iso-8859-10",
        "iso8859_13": "iso-8859-13",
        "iso8859_14": "iso-8859-14",
        "iso8859_15": "iso-8859-15 latin9",
        "cp1250": "windows-1250 cp1250 x-cp1250",
        "cp1251": "windows-1251 cp1251 x-cp1251",
        "cp1253": "windows-1253 cp1253",
        "cp1255": "windows-1255 cp1255",
        "cp1256": "windows-1256 cp1256",
        "cp1257": "windows-1257 cp1257",
        "cp1258": "windows-1258 cp1258",
        "cp874": "windows-874 tis-620 iso-8859-11",
        "koi8_r": "koi8-r koi8",
        "koi8_u": "koi8-u",
        "cp866": "ibm866 cp866",
        "mac_roman": "macintosh x-mac-roman mac",
        "gb18030": "gb2312 gbk x-gbk gb18030 gb_2312-80 chinese",
        "big5hkscs": "big5 big5-hkscs x-x-big5 cn-big5",
        "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji",
        "euc_jp": "euc-jp x-euc-jp",
        "iso2022_jp": "iso-2022-jp",
        "cp949": "euc-kr ks_c_5601-1987 ksc5601 korean windows-949",
    }.items()
    for label in labels.split()
}


def header_text(raw: bytes) -> str:
    """The text of header bytes: UTF-8, else what Windows writes in the West."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", C1_CONTROLS)


def spaced(text: str) -> str:
    """The text with a single space for every run of blanks, and none at its ends."""
    return BLANK_RUN.sub(" ", text).strip(" ")


def shown(text: str) -> str:
    """The text without controls and unseen characters, single-spaced, as a person reads it."""
    return _UNSEEN.sub(" ", text).strip(" ")


def decode_words(text: str) -> str:
    """Decode the encoded words of RFC 2047, also those that break its rules.

    Words inside quotes or beside other characters are decoded too; the bytes of neighbouring words of one charset are put
    together first, because programs cut characters in two; a charset that is not known or does not fit is tried as UTF-8.
    """
    if "=?" not in text:
        return text
    parts: list[str] = []
    held = b""
    held_charset = ""
    position = 0
    for word in _WORD.finditer(_BETWEEN_WORDS.sub(r"\1", text) if "?=" in text else text):
        charset = word[1].partition("*")[0].lower()  # RFC 2231 adds a language: utf-8*en
        if held_charset and (word.start() != position or charset != held_charset):
            parts.append(_decode(held, held_charset))
            held = b""
        parts.append(word.string[position : word.start()])
        held += _unbase64(word[3]) if word[2] in "bB" else _unquote(word[3])
        held_charset = charset
        position = word.end()
        rest = word.string
    if not held_charset:
        return text
    return "".join([*parts, _decode(held, held_charset), rest[position:]])


def _decode(raw: bytes, charset: str) -> str:
    for codec in (_CODECS.get(charset, "utf-8"), "utf-8"):
        try:
            return raw.decode(codec, C1_CONTROLS if codec.startswith("cp12") or codec == "cp874" else "strict")
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", C1_CONTROLS)


def _unbase64(text: str) -> bytes:
    letters = _NOT_BASE64.sub("", text)
    letters = letters[: len(letters) - (len(letters) % _GROUP == 1)]  # a letter over says nothing
    return binascii.a2b_base64(letters + "=" * (-len(letters) % _GROUP))


def _unquote(text: str) -> bytes:
    return _HEX.sub(lambda found: bytes.fromhex(found[1].decode()), text.replace("_", " ").encode())


def _decode_c1(error: UnicodeError) -> tuple[str, int]:
    """Read bytes of 0x80 to 0x9f that a Windows charset leaves open as controls, as browsers do."""
    if isinstance(error, UnicodeDecodeError):
        bytes_left_open = error.object[error.start : error.end]
        if all(byte in _C1 for byte in bytes_left_open):
            return bytes_left_open.decode("latin-1"), error.end
    raise error


codecs.register_error(C1_CONTROLS, _decode_c1)
