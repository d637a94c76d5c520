"""How a file's bytes spell text: Unicode where it is Unicode, else the likeliest code page."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from shared.errors import TooLarge

if TYPE_CHECKING:
    from shared.formats.source import Source

# One line is held in memory, as text and as cells: this many bytes of it at most.
MAX_LINE_BYTES = 40 * 1024 * 1024
SAMPLE_BYTES = 24 * 1024
ERRORS = "warmpath-cp1252"  # decodes a stray byte that is not UTF-8 as the Windows character it most likely is

# Declared charsets that prove nothing: defaults of programs, and ones that would have been recognised.
_NEVER_TRUSTED = frozenset({"utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "iso2022_jp"})
_WESTERN = frozenset({"cp1252", "cp1250", "cp1254"})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
# The charsets that a content type or a vCard may name. A closed list: Python also knows "charsets" such as idna or
# punycode whose decoding is slow or no text.
CHARSETS = {
    "utf8": "utf-8", "usascii": "utf-8", "ascii": "utf-8", "utf16": "utf-16", "utf16le": "utf-16-le", "utf16be": "utf-16-be",
    "iso88591": "cp1252", "latin1": "cp1252", "windows1252": "cp1252", "cp1252": "cp1252", "iso885915": "iso8859_15", "macintosh": "mac_roman",
    "windows1250": "cp1250", "cp1250": "cp1250", "iso88592": "iso8859_2", "windows1251": "cp1251", "cp1251": "cp1251", "koi8r": "koi8_r", "koi8u": "koi8_u",
    "iso88595": "iso8859_5", "cp866": "cp866", "windows1253": "cp1253", "cp1253": "cp1253", "iso88597": "iso8859_7", "windows1254": "cp1254", "cp1254": "cp1254",
    "iso88599": "cp1254", "windows1255": "cp1255", "cp1255": "cp1255", "iso88598": "iso8859_8", "windows1256": "cp1256", "cp1256": "cp1256",
    "windows1257": "cp1257", "cp1257": "cp1257", "iso885913": "iso8859_13", "windows1258": "cp1258", "cp1258": "cp1258", "windows874": "cp874", "tis620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "big5": "cp950", "cp950": "cp950", "big5hkscs": "big5hkscs",
    "shiftjis": "cp932", "sjis": "cp932", "cp932": "cp932", "windows31j": "cp932", "eucjp": "euc_jp", "iso2022jp": "iso2022_jp", "euckr": "cp949", "cp949": "cp949",
    "ksc56011987": "cp949", "cp437": "cp437", "cp850": "cp850", "cp852": "cp852",
}  # fmt: skip


class Survey(NamedTuple):
    """The result of a first look at every byte.

    Attributes:
        encoding: the codec to decode with; a byte order mark is dropped by it.
        errors: the error handler to decode with; decoding never fails.
        has_nul: some decoded character may be NUL.
        fallback: for vCards, whose lines may differ: the code page of lines that are not UTF-8.
    """

    encoding: str
    errors: str
    has_nul: bool
    fallback: str = "cp1252"


def survey(source: Source, declared: str | None = None) -> Survey:
    """Read the file once and decide.

    Args:
        source: the file.
        declared: the charset that came with it, used only where its bytes can be that.

    Raises:
        TooLarge: one line has more than 40 MB.
    """
    head = source.head()
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Survey(name, "replace" if name != "utf-8-sig" else ERRORS, has_nul=True)
    wide = _wide_encoding(head)
    if wide is not None:
        return Survey(wide, "replace", has_nul=True)
    is_utf8, has_nul, sample = _scan(source)
    if is_utf8:
        if b"\x1b$" in head and not sample and _is_iso2022(source):
            return Survey("iso2022_jp", "replace", has_nul)
        return Survey("utf-8", ERRORS, has_nul)
    named = charset(declared) if declared else None
    guessed, fallback = _settle(sample, named)
    return Survey(guessed, ERRORS if guessed == "utf-8" else "replace", has_nul, fallback)


def charset(name: str) -> str | None:
    """The codec for a charset's name; None for one that we do not know."""
    return CHARSETS.get(re.sub(r"[\W_]", "", name.lower().removeprefix("x-").removeprefix("cs")))


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Latin text is NUL."""
    even, odd = head[:4096:2], head[1:4096:2]
    if len(odd) < 4:  # noqa: PLR2004  # too short to decide
        return None
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None


def _scan(source: Source) -> tuple[bool, bool, bytes]:
    """Whether all is UTF-8, whether there is a NUL, and lines with bytes over 127."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    is_utf8, has_nul = True, False
    sample = bytearray()
    run = 0
    for chunk in source.chunks():
        has_nul = has_nul or b"\0" in chunk
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        run = len(chunk) - end - 1 if end >= 0 else run + len(chunk)
        if run > MAX_LINE_BYTES:
            raise TooLarge(
                f"A line of the file has more than {MAX_LINE_BYTES // 1024 // 1024} MB: this is not a list of {source.subject}"
            )
        if chunk.isascii() and not decoder.getstate()[0]:
            continue
        is_utf8 = is_utf8 and _decodes(decoder, chunk)
        if len(sample) < SAMPLE_BYTES:
            for line in chunk.splitlines():
                if not line.isascii():
                    sample += line[:2048] + b"\n"
    is_utf8 = is_utf8 and _decodes(decoder, b"", final=True)
    return is_utf8, has_nul, bytes(sample[:SAMPLE_BYTES])


def _decodes(decoder: codecs.IncrementalDecoder, data: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def _is_iso2022(source: Source) -> bool:
    """Whether all of it is ISO-2022-JP; its decoder gives up on what is not, whatever the error handler."""
    decoder = codecs.getincrementaldecoder("iso2022_jp")("strict")
    try:
        for chunk in source.chunks():
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _settle(sample: bytes, declared: str | None) -> tuple[str, str]:
    """The encoding of a file that is not wholly UTF-8, and that of its lines that are not."""
    from shared.formats.charsets import guess_charset  # noqa: PLC0415  # few files need it

    if is_mostly_utf8(sample):
        return "utf-8", "cp1252"
    if declared is not None and declared not in _NEVER_TRUSTED:
        text = sample.decode(declared, "replace")
        if text.count("\ufffd") * 100 <= len(text):
            return declared, declared
    lines = [line for line in sample.split(b"\n") if line]
    damaged = [line for line in lines if not _decodes(codecs.getincrementaldecoder("utf-8")(), line, final=True)]
    if len(damaged) * 2 <= len(lines) and (fallback := guess_charset(b"\n".join(damaged))) in _WESTERN:
        return "utf-8", fallback  # two files put together, one of them UTF-8
    guessed = guess_charset(sample)
    return guessed, guessed


def is_mostly_utf8(data: bytes) -> bool:
    """UTF-8 with some damage: four characters spelled right for each stray byte, which chance does not make elsewhere."""
    stray = len(_HIGH_BYTE.findall(_UTF8_CHARACTER.sub(b"", data)))
    return len(_UTF8_CHARACTER.findall(data)) > 4 * stray


def _decode_stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(ERRORS, _decode_stray)
