"""Load the `queries.sql` beside a module: SQL stays SQL, Python only names it.

A file holds statements of this form; the word after the name is the kind of the answer:

    -- name: find_contact :one
    -- A sentence about the purpose of the statement.
    select ... where user_id = :user_id::uuid and id = :contact_id::uuid

Kinds: `:one` a row or nothing, `:value` the first column of that row, `:many` rows, `:none` a count of rows changed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["one", "value", "many", "none"]

_HEADER = re.compile(r"^-- name: (?P<name>\w+) :(?P<kind>\w+)[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"--[^\n]*")
# A quoted literal is passed over; `::type` is a cast; `:name` is a parameter.
_TOKEN = re.compile(r"'(?:[^']|'')*'|::|(?<![\w:]):(?P<parameter>[a-z_]\w*)")


class Query(NamedTuple):
    """One named statement.

    Attributes:
        name: unique within its file.
        kind: kind of its answer.
        text: the statement with `$1`, `$2`, ... in place of the named parameters.
        parameters: names of the parameters, in that order.
    """

    name: str
    kind: Kind
    text: str
    parameters: tuple[str, ...]

    @classmethod
    def parse(cls, name: str, kind: str, statement: str) -> Query:
        """Make a query of the text below a header.

        Raises:
            ValueError: the kind is unknown.
        """
        if kind not in get_args(Kind):
            raise ValueError(f'query "{name}": kind "{kind}" is not one of {get_args(Kind)}')
        order: dict[str, int] = {}

        def number(match: re.Match[str]) -> str:
            parameter = match["parameter"]
            return match[0] if parameter is None else f"${order.setdefault(parameter, len(order) + 1)}"

        text = _TOKEN.sub(number, _COMMENT.sub("", statement)).strip().rstrip(";")
        return cls(name, kind, text, tuple(order))  # type: ignore[arg-type]


class Queries:
    """The statements of one file, as attributes; each is parsed at its first use."""

    def __init__(self, path: Path) -> None:
        self._path = path
        source = path.read_text(encoding="utf-8")
        headers = list(_HEADER.finditer(source))
        ends = [header.start() for header in headers[1:]] + [len(source)]
        self._sources = {
            header["name"]: (header["kind"], source[header.end() : end])
            for header, end in zip(headers, ends, strict=True)
        }
        if len(self._sources) != len(headers):
            raise ValueError(f"{path}: two queries have the same name")

    def __getattr__(self, name: str) -> Query:
        try:
            kind, statement = self._sources[name]
        except KeyError:
            raise AttributeError(f'{self._path} has no query "{name}"') from None
        query = Query.parse(name, kind, statement)
        setattr(self, name, query)
        return query

    def __iter__(self) -> Iterator[Query]:
        return (getattr(self, name) for name in self._sources)


def load(module_file: str) -> Queries:
    """Load the queries of the `queries.sql` in the folder of a module.

    Args:
        module_file: the module's `__file__`.
    """
    return Queries(Path(module_file).with_name("queries.sql"))
