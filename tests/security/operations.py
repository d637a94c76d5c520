"""Every operation of the API as its own description tells it, so that a new one is attacked without a word here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dev.openapi import PATH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DOCUMENT: dict[str, Any] = json.loads(PATH.read_text())
# What a schema of a body says of a text by its name only.
EXAMPLES = {
    "email": "ana@example.com",
    "emails": "ana@example.com",
    "linkedin_url": "https://www.linkedin.com/in/ana",
    "birthday": "1990-02-03",
}
FILES = {"text/csv", "text/vcard", "application/zip", "application/octet-stream", "multipart/form-data"}

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path.

    Attributes:
        name: of its function.
        method: of HTTP.
        path: with parameters in braces.
        parameters: as OpenAPI describes them.
        body: schema of a JSON body; None where there is none, or a file.
        takes_file: whether the body is a file.
        takes_lines: whether the body is lines of JSON.
        public: whether it asks for no token.
    """

    name: str
    method: str
    path: str
    parameters: list[dict[str, Any]] = field(repr=False)
    body: dict[str, Any] | None = field(repr=False)
    takes_file: bool
    takes_lines: bool
    public: bool

    def named(self, where: str) -> list[dict[str, Any]]:
        """Its parameters in `path`, `query` or `header`."""
        return [parameter for parameter in self.parameters if parameter["in"] == where]

    def address(self, ids: Mapping[str, str], default: str) -> str:
        """Its path with what stands in the place of each parameter."""
        path = self.path
        for parameter in self.named("path"):
            name = parameter["name"]
            path = path.replace("{" + name + "}", quote(ids.get(name, default), safe=""))
        return path


def operations() -> list[Operation]:
    """All of them, in the order of the description."""
    return [
        _operation(method, path, described)
        for path, methods in DOCUMENT["paths"].items()
        for method, described in methods.items()
    ]


def _operation(method: str, path: str, described: dict[str, Any]) -> Operation:
    content = described.get("requestBody", {}).get("content", {})
    takes_file = bool(FILES & set(content))
    body = None if takes_file or "application/json" not in content else content["application/json"]["schema"]
    return Operation(
        name=described["operationId"],
        method=method.upper(),
        path=path,
        parameters=described.get("parameters", []),
        body=resolved(body) if body else None,
        takes_file=takes_file,
        takes_lines="application/x-ndjson" in content,
        public=described.get("security") == [],
    )


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without its reference, and of alternatives the first that is not null."""
    if "$ref" in schema:
        return resolved(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return resolved(next(choice for choice in schema["anyOf"] if choice.get("type") != "null"))
    return schema


def example(schema: dict[str, Any], identifier: str, name: str = "") -> Any:
    """A value that fits a schema, every field filled in; ids are the given one."""
    schema = resolved(schema)
    if "enum" in schema or "const" in schema:
        return schema.get("const") or schema["enum"][0]
    if schema.get("type") == "object":
        fields = schema.get("properties", {})
        return {key: example(shape, identifier, key) for key, shape in fields.items()} or {"key": "value"}
    if schema.get("type") == "array":
        return [example(schema.get("items", {}), identifier, name)] * schema.get("minItems", 1)
    simple = {"integer": schema.get("maximum", 1), "number": schema.get("maximum", 1), "boolean": False}
    texts = {
        "uuid": identifier,
        "date-time": "2026-01-02T03:04:05Z",
        "date": "2026-01-02",
        None: EXAMPLES.get(name, "a text"),
    }
    return simple.get(schema.get("type", ""), texts[schema.get("format")])


def texts(value: Any, place: Place = ()) -> Iterator[Place]:
    """Where in a body texts stand, keys of free objects included."""
    if isinstance(value, str):
        yield place
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*place, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value[:1]):
            yield from texts(inner, (*place, position))


def replaced(value: Any, place: Place, text: Any) -> Any:
    """A body with something else at one place."""
    if not place:
        return text
    head, *rest = place
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[head] = replaced(value[head], tuple(rest), text)
    return copy
