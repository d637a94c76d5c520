"""Query strings: the parameters that a function reads, their rules and their types.

This module does not import pydantic: without it a function with only a query string starts in two thirds of the time.
The same declaration checks a request and describes the parameter in the OpenAPI document.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self, get_args
from uuid import UUID

from shared.errors import FieldError, ValidationFailed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

_TRUE = frozenset({"true", "1", "yes", "on", "t", "y"})
_FALSE = frozenset({"false", "0", "no", "off", "f", "n"})
# Postgres text cannot hold NUL.
NO_NUL = r"^[^\x00]*$"
NUL_REFUSED = "a text cannot hold the character NUL"
# The most digits of a number in a query string; int() would read thousands.
_MAX_DIGITS = 18
# The most characters of a word with the name of a custom value.
_LONGEST_KEYED = 300
_DAY_LENGTH = len("2026-11-30")


class Parameter(NamedTuple):
    """One parameter of a query string.

    Attributes:
        read: parses the text; raises ValueError with what is wrong.
        schema: the parameter's schema in the OpenAPI document.
        default: value of a parameter that is left out.
        required: the parameter may not be left out.
        many: the parameter may be repeated; its value is a list.
        keyed: the parameter stands for all of `name.ANYTHING`; its value is an object of the texts behind the dot.
        name: name in the query string, where that differs from the attribute.
        most: how often the parameter may be repeated.
    """

    read: Callable[[str], Any]
    schema: dict[str, Any]
    default: Any = None
    required: bool = False
    many: bool = False
    keyed: bool = False
    name: str = ""
    most: int = 1


def whole(default: int, *, least: int, most: int) -> Any:
    """Declare a whole number from `least` to `most`."""

    def read(text: str) -> int:
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _MAX_DIGITS):
            raise ValueError(f"{quoted(text)} is not a whole number")
        if not least <= (number := int(text)) <= most:
            raise ValueError(f"{number} is not between {least} and {most}")
        return number

    return Parameter(read, {"type": "integer", "minimum": least, "maximum": most}, default)


def decimal(default: float | None = None, *, least: float, most: float) -> Any:
    """Declare a number from `least` to `most`."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or "_" in text:
            raise ValueError(f"{quoted(text)} is not a number")
        if not least <= number <= most:
            raise ValueError(f"{text} is not between {least:g} and {most:g}")
        return number

    return Parameter(read, {"type": "number", "minimum": least, "maximum": most}, default)


def flag(*, default: bool | None = False) -> Any:
    """Declare a parameter that is true or false."""

    def read(text: str) -> bool:
        if (word := text.lower()) in _TRUE:
            return True
        if word in _FALSE:
            return False
        raise ValueError(f"{quoted(text)} is neither true nor false")

    return Parameter(read, {"type": "boolean"}, default)


def moment() -> Any:
    """Declare a point in time (RFC 3339); without an offset it is UTC."""

    def read(text: str) -> datetime:
        try:
            at = datetime.fromisoformat(text.strip())
        except ValueError:
            at = None
        if at is None or ("T" not in text.upper() and len(text.strip()) != _DAY_LENGTH):
            raise ValueError(f"{quoted(text)} is not a time like 2026-11-30T09:00:00Z, nor a day like 2026-11-30")
        return at if at.tzinfo else at.replace(tzinfo=UTC)

    return Parameter(read, {"type": "string", "format": "date-time"})


def one_of(words: Any, *, default: str | None = None, name: str = "") -> Any:
    """Declare a parameter that is one of the words of a `Literal`."""
    choices = get_args(words)

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"{quoted(text)} is not one of {', '.join(choices)}")
        return text

    return Parameter(read, {"type": "string", "enum": list(choices)}, default, name=name)


def one_of_or_keyed(words: Any, prefix: str, *, default: Any) -> Any:
    """Declare a parameter that is one of the words of a `Literal`, or `PREFIX.ANYTHING`, perhaps with a minus before it."""
    choices = get_args(words)

    def read(text: str) -> str:
        head, _, key = text.removeprefix("-").partition(".")
        if text not in choices and (head != prefix or not key.strip() or "\0" in key or len(text) > _LONGEST_KEYED):
            raise ValueError(f"{quoted(text)} is not one of {', '.join(choices)}, {prefix}.NAME or -{prefix}.NAME")
        return text

    keyed = {"type": "string", "pattern": rf"^-?{prefix}\.[^\x00]*[^\x00\s][^\x00]*$", "maxLength": _LONGEST_KEYED}
    schema = {"anyOf": [{"type": "string", "enum": list(choices)}, keyed]}
    return Parameter(read, schema, default)


def identifier(*, required: bool = False, name: str = "") -> Any:
    """Declare a parameter that is a UUID."""

    def read(text: str) -> UUID:
        try:
            return UUID(text)
        except ValueError:
            raise ValueError(f"{quoted(text)} is not a UUID") from None

    return Parameter(read, {"type": "string", "format": "uuid"}, required=required, name=name)


def text(
    default: str | None = None,
    *,
    longest: int,
    least: int = 0,
    required: bool = False,
    check: Callable[[str], str] | None = None,
    pattern: str = NO_NUL,
) -> Any:
    """Declare a text; spaces around it are removed.

    Args:
        default: value of a parameter that is left out.
        longest: the most characters.
        least: the fewest characters.
        required: the parameter may not be left out.
        check: returns the value or raises ValueError.
        pattern: the pattern of `check` for the OpenAPI document.
    """
    schema: dict[str, Any] = {"type": "string", "maxLength": longest, "pattern": pattern}
    schema |= {"minLength": least} if least else {}
    return Parameter(_text_reader(longest, least, check), schema, default, required)


def texts(*, longest: int, most: int) -> Any:
    """Declare a text parameter that may be repeated."""
    items = {"type": "string", "maxLength": longest, "pattern": NO_NUL}
    return Parameter(
        _text_reader(longest, 0, None), {"type": "array", "items": items, "maxItems": most}, [], many=True, most=most
    )


def texts_by_key(name: str, *, longest: int, most: int) -> Any:
    """Declare the parameters `name.ANYTHING`, at most `most` of them, whose value is an object of texts."""
    schema = {"type": "string", "maxLength": longest, "pattern": NO_NUL}
    return Parameter(_text_reader(longest, 0, None), schema, {}, keyed=True, name=name, most=most)


def _text_reader(longest: int, least: int, check: Callable[[str], str] | None) -> Callable[[str], str]:
    def read(given: str) -> str:
        if "\0" in given:
            raise ValueError(NUL_REFUSED)
        if len(given) > longest:
            raise ValueError(f"{len(given):,} characters are too many: {longest:,} at most")
        given = given.strip()
        if len(given) < least:
            raise ValueError("may not be empty")
        return check(given) if check else given

    return read


class Parameters:
    """Base of query strings. Undeclared parameters are refused, so that a misspelt one is never silently dropped.

    Attributes:
        declared: the parameters by attribute, in order.
    """

    declared: dict[str, Parameter] = {}  # noqa: RUF012 - a subclass has its own

    def __init_subclass__(cls) -> None:
        """Collect the parameters of the class, after those of its bases."""
        declared = {name: value for name, value in vars(cls).items() if isinstance(value, Parameter)}
        cls.declared = {**cls.declared, **declared}

    def __init__(self, **values: Any) -> None:
        """Set values without parsing; parameters left out get their defaults."""
        for name, parameter in self.declared.items():
            setattr(self, name, values.pop(name, parameter.default))
        if values:
            raise TypeError(f"{type(self).__name__} declares no {next(iter(values))}")

    def check(self) -> None:
        """Check the parameters together; raises ValueError with what is wrong."""

    @classmethod
    def parse(cls, given: dict[str, list[str]]) -> Self:
        """Parse a query string.

        Args:
            given: the values of each parameter of the request.

        Raises:
            ValidationFailed: names every parameter at fault.
        """
        faults: list[FieldError] = []
        values: dict[str, Any] = {}
        known = {parameter.name or name: (name, parameter) for name, parameter in cls.declared.items()}
        prefixes = tuple(f"{written}." for written, (_, parameter) in known.items() if parameter.keyed)
        faults += [
            FieldError(name, "is not a parameter of this function")
            for name in given
            if not (name.startswith(prefixes) or (name in known and not known[name][1].keyed))
        ]
        for written, (name, parameter) in known.items():
            if parameter.keyed:
                values[name] = _keyed(parameter, given, faults)
                continue
            if written not in given:
                if parameter.required:
                    faults.append(FieldError(written, "is required"))
                continue
            try:
                values[name] = _value(parameter, given[written])
            except ValueError as error:
                faults.append(FieldError(written, str(error)))
        query = cls(**values)
        if not faults:
            try:
                query.check()
            except ValueError as error:
                faults.append(FieldError("query", str(error)))
        if faults:
            raise ValidationFailed(faults)
        return query


def _keyed(parameter: Parameter, given: dict[str, list[str]], faults: list[FieldError]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for written, texts_given in given.items():
        head, dot, key = written.partition(".")
        if head != parameter.name or not dot:
            continue
        if not key.strip() or "\0" in key:
            faults.append(FieldError(f"{head}.", f'needs a name behind the dot, like "{head}.Birthplace"'))
            continue
        try:
            values[key.strip()] = parameter.read(texts_given[-1])
        except ValueError as error:
            faults.append(FieldError(written, str(error)))
    if len(values) > parameter.most:
        faults.append(
            FieldError(f"{parameter.name}.", f"is given {len(values)} times, at most {parameter.most} are allowed")
        )
    return values


def _value(parameter: Parameter, given: list[str]) -> Any:
    if not parameter.many:
        return parameter.read(given[-1])
    if len(given) > parameter.most:
        raise ValueError(f"is given {len(given)} times, at most {parameter.most} are allowed")
    return [parameter.read(text) for text in given]


class Page(Parameters):
    """A page of a list: at most `limit` items, beginning at the `cursor` of the page before."""

    limit: int = whole(50, least=1, most=200)
    cursor: str | None = text(longest=2000)
