"""MessagePack, as far as Terraform speaks it to providers. Its extension 0 is a value that is known only after apply: `UNKNOWN`."""

from __future__ import annotations

import struct
from typing import Any, Final


class Unknown:
    """A value that is known only after apply."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()
_UNKNOWN_BYTES = b"\xd4\x00\x00"


def pack(value: Any) -> bytes:  # noqa: PLR0911 - a table
    """Encodes None, booleans, numbers, texts, lists, objects and `UNKNOWN`."""
    match value:
        case None:
            return b"\xc0"
        case bool():
            return b"\xc3" if value else b"\xc2"
        case Unknown():
            return _UNKNOWN_BYTES
        case int() if -(2**63) <= value < 2**63:
            return b"\xd3" + struct.pack(">q", value)
        case float():
            return b"\xcb" + struct.pack(">d", value)
        case str():
            data = value.encode()
            return b"\xdb" + struct.pack(">I", len(data)) + data
        case list():
            return b"\xdd" + struct.pack(">I", len(value)) + b"".join(map(pack, value))
        case dict():
            return (
                b"\xdf"
                + struct.pack(">I", len(value))
                + b"".join(pack(key) + pack(item) for key, item in value.items())
            )
    raise TypeError(f"{value!r} cannot be told to Terraform")


def unpack(data: bytes) -> Any:
    """Decodes one value; what is not known becomes `UNKNOWN`."""
    return _Reader(data).value()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def _take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        self._at += size
        return taken

    def _number(self, form: str) -> Any:
        return struct.unpack(">" + form, self._take(struct.calcsize(form)))[0]

    def _text(self, size: int) -> str:
        return self._take(size).decode()

    def _list(self, size: int) -> list[Any]:
        return [self.value() for _ in range(size)]

    def _object(self, size: int) -> dict[Any, Any]:
        return {self.value(): self.value() for _ in range(size)}

    def _extension(self, size: int) -> Unknown:
        self._take(1 + size)  # what is known of the unknown (not null, a prefix) matters to nobody here
        return UNKNOWN

    def value(self) -> Any:
        kind = self._take(1)[0]
        if kind < 0x80:
            return kind
        if kind >= 0xE0:
            return kind - 0x100
        if kind < 0x90:
            return self._object(kind & 0x0F)
        if kind < 0xA0:
            return self._list(kind & 0x0F)
        if kind < 0xC0:
            return self._text(kind & 0x1F)
        return self._long(kind)

    def _long(self, kind: int) -> Any:
        constants = {0xC0: None, 0xC2: False, 0xC3: True}
        if kind in constants:
            return constants[kind]
        if form := {
            0xCA: "f",
            0xCB: "d",
            0xCC: "B",
            0xCD: "H",
            0xCE: "I",
            0xCF: "Q",
            0xD0: "b",
            0xD1: "h",
            0xD2: "i",
            0xD3: "q",
        }.get(kind):
            return self._number(form)
        if 0xD4 <= kind <= 0xD8:
            return self._extension(1 << (kind - 0xD4))
        # A length, and then as many of something.
        many = {
            0xC4: ("B", self._take), 0xC5: ("H", self._take), 0xC6: ("I", self._take),
            0xC7: ("B", self._extension), 0xC8: ("H", self._extension), 0xC9: ("I", self._extension),
            0xD9: ("B", self._text), 0xDA: ("H", self._text), 0xDB: ("I", self._text),
            0xDC: ("H", self._list), 0xDD: ("I", self._list), 0xDE: ("H", self._object), 0xDF: ("I", self._object),
        }  # fmt: skip
        form, read = many[kind]
        return read(self._number(form))
