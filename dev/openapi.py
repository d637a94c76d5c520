"""Write `functions/openapi.json` from the manifest, the functions and their models: `make types`.

The inputs of a function are read from its code (`call.query(Model)`, `call.body(Model)`, `call.upload(...)`,
`call.check_if_match`), its answers from `@endpoint(answers=...)`, its description from its docstring; so the document
cannot differ from the code.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

import main
from dev import openapi_parts as parts
from shared.manifest import functions

if TYPE_CHECKING:
    from pydantic import BaseModel

    from shared.manifest import Function
    from shared.parameters import Parameters

# Tags of paths without an area: the API's own pages, and the page of the links of introductions.
OTHER_TAGS = {"health": "meta", "openapi.json": "meta", "docs": "meta", "": "graph"}
PATH = Path(__file__).parent.parent / "functions" / "openapi.json"
REF = "#/components/schemas/{model}"
PROBLEM: dict[str, Any] = {
    "description": "The error",
    "content": {"application/problem+json": {"schema": {"$ref": REF.format(model="Problem")}}},
}
UPLOAD_TYPES = ("text/csv", "text/vcard", "application/json", "application/zip", "application/octet-stream")
BINARY = {"type": "string", "format": "binary"}
UUID = {"type": "string", "format": "uuid"}

KEYED = (
    "A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first"
    " one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request."
)
LINES: dict[str, Any] = {"required": True, "content": {"application/x-ndjson": {"schema": {"type": "string"}}}}

Schemas = dict[str, Any]


class Writer:
    """The writer of the document: describes each operation, and collects the models that operations name."""

    def __init__(self) -> None:
        self._models: dict[tuple[type[BaseModel], str], None] = {}

    def document(self) -> dict[str, Any]:
        """Build the whole OpenAPI 3.1 document."""
        self._named("meta", "Problem", "serialization")
        paths: dict[str, Any] = {}
        served = [function for function in functions().values() if function.http]
        for function in served:
            paths.setdefault(function.path, {})[function.method.lower()] = self._operation(function)
        _, definitions = models_json_schema(list(self._models), ref_template=REF)  # type: ignore[arg-type]
        schemas = definitions.get("$defs", {})
        used = _referenced(paths, schemas)
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "Warmpath",
                "version": "1",
                "summary": "Who can introduce me to her, and how warm is that path?",
                "description": parts.DESCRIPTION,
                "contact": parts.CONTACT,
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": "/"}],
            "security": [{"token": []}],
            "tags": [{"name": tag, "description": parts.TAGS[tag]} for tag in dict.fromkeys(map(_tag, served))],
            "paths": paths,
            "components": {
                "securitySchemes": {
                    "token": {"type": "http", "scheme": "bearer", "bearerFormat": "OIDC ID token (JWT)"}
                },
                "headers": parts.HEADERS,
                "responses": parts.responses(PROBLEM),
                "schemas": {name: schema for name, schema in sorted(schemas.items()) if name in used},
            },
        }

    def _operation(self, function: Function) -> dict[str, Any]:
        view = getattr(main, function.name)
        module = import_module(view.__module__)
        calls = _calls(ast.parse(inspect.getsource(module)))
        _, _, text = (inspect.getdoc(view) or "").partition("\n\n")
        summary, _, description = text.partition("\n\n")
        operation: dict[str, Any] = {"operationId": function.name, "tags": [_tag(function)], "summary": _line(summary)}
        operation["description"] = _line(description or summary)
        if view.traits["public"]:
            operation["security"] = []
        parameters = [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": UUID if name.endswith("id") else {"type": "string"},
            }
            for name in re.findall(r"{(\w+)}", function.path)
        ]
        parameters += _headers(function, calls, keyed=view.traits["keyed"])
        if "query" in calls:
            parameters += _query_parameters(_query_of(function, module, calls["query"]))
        if parameters:
            operation["parameters"] = parameters
        if "body" in calls:
            operation["requestBody"] = self._body(function, module, calls["body"])
        if "upload" in calls or "lines" in calls:
            operation["requestBody"] = _upload() if "upload" in calls else LINES
        traits = view.traits
        headers = parts.headers_of(function, inspect.getsource(module), public=traits["public"], keyed=traits["keyed"])
        also = _also_refused_as(function, traits["answers"])
        refusals = parts.refusals(function, set(calls), public=traits["public"])
        # The refusals by name are problem documents alone: a page has none of them, and OAuth and JSON-RPC have words of their own for a bad request.
        if "text/html" in also:
            refusals = {}
        elif also:
            refusals.pop("400", None)
        operation["responses"] = self._responses(function, traits["answers"], headers, also) | refusals
        if "etag_of" in calls and function.method == "GET":
            operation["responses"]["304"] = {"description": "The document is unchanged"}
        return operation

    def _body(self, function: Function, module: Any, call: ast.Call) -> dict[str, Any]:
        schema = {"$ref": REF.format(model=self._resolved(function, module, call))}
        media_types = ("application/json",)
        for keyword in call.keywords:
            if keyword.arg == "media_types":
                media_types = ast.literal_eval(keyword.value)
        content: dict[str, Any] = {"schema": schema}
        if (example := parts.EXAMPLES.get(schema["$ref"].rpartition("/")[2])) is not None:
            content["example"] = example
        return {"required": True, "content": dict.fromkeys(media_types, content)}

    def _responses(
        self, function: Function, answers: dict[int, str | None], headers: dict[str, Any], also: dict[str, Any]
    ) -> dict[str, Any]:
        responses: dict[str, Any] = {}
        for status, answer in answers.items():
            response: dict[str, Any] = {"description": HTTPStatus(status).phrase, "headers": headers}
            if answer and "/" in answer:
                response["content"] = {
                    media_type: {"schema": {} if media_type.endswith("json") else BINARY}
                    for media_type in answer.split(", ")
                }
            elif answer:
                name = self._named(function.area, answer, "serialization")
                response["content"] = {"application/json": {"schema": {"$ref": REF.format(model=name)}}}
            responses[str(status)] = response
        refused = {**PROBLEM, "content": {**PROBLEM["content"], **also}}
        return responses | {"4XX": refused, "5XX": refused}

    def _resolved(self, function: Function, module: Any, call: ast.Call) -> str:
        """Return the name of the model that is the first argument of a call in a function's source."""
        argument = call.args[0]
        assert isinstance(argument, ast.Name), f"{function.name}: pass the model by its name"
        model = getattr(module, argument.id, None)
        if model is None:  # imported inside the function
            return self._named(function.area, argument.id, "validation")
        self._models[model, "validation"] = None
        return str(model.__name__)

    def _named(self, area: str, name: str, mode: str) -> str:
        other_area, _, name = name.rpartition(".")
        area = other_area or area
        for place in (f"shared.{area}.answers", f"shared.{area}.models", "shared.models"):
            try:
                model = getattr(import_module(place), name, None)
            except ModuleNotFoundError:
                continue
            if model is not None:
                self._models[model, mode] = None
                return name
        raise LookupError(f'no model "{name}" in shared/{area}/answers.py, models.py or shared/models.py')


def _tag(function: Function) -> str:
    """Return the tag of a function: the area word of its URL, after which generated clients are named."""
    if function.path.startswith("/.well-known/"):
        return function.area
    word = function.path.removeprefix("/api/crm/").split("/")[0]
    return OTHER_TAGS.get(word, word)


def _query_of(function: Function, module: Any, call: ast.Call) -> type[Parameters]:
    """Return the class of a function's query string."""
    argument = call.args[0]
    assert isinstance(argument, ast.Name), f"{function.name}: pass the parameters by their name"
    found = getattr(module, argument.id, None)
    if found is None:  # imported inside the function
        found = getattr(import_module(f"shared.{function.area}.parameters"), argument.id)
    query: type[Parameters] = found
    return query


def _query_parameters(query: type[Parameters]) -> list[dict[str, Any]]:
    described = {
        name: text
        for declaring in reversed(query.__mro__)
        for name, text in re.findall(r"^ {4,8}(\w+): (.+)$", inspect.getdoc(declaring) or "", re.MULTILINE)
    }
    parameters = []
    for attribute, declared in query.declared.items():
        name = f"{declared.name}.FIELD" if declared.keyed else declared.name or attribute
        default = {} if declared.default is None or declared.keyed else {"default": declared.default}
        parameter = {"name": name, "in": "query", "required": declared.required, "schema": declared.schema | default}
        if attribute in described:
            parameter["description"] = described[attribute]
        parameters.append(parameter)
    return parameters


def _upload() -> dict[str, Any]:
    form = {"type": "object", "properties": {"file": BINARY}, "required": ["file"]}
    content: dict[str, Any] = {media_type: {"schema": BINARY} for media_type in UPLOAD_TYPES}
    return {"required": True, "content": content | {"multipart/form-data": {"schema": form}}}


def _header(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "description": description, "schema": {"type": "string"}}


def _also_refused_as(function: Function, answers: dict[int, str | None]) -> dict[str, Any]:
    """The content of refusals beside problem documents: pages for people, and what OAuth and JSON-RPC say of errors."""
    if "text/html" in answers.values():
        return {"text/html": {"schema": BINARY}}
    return {"application/json": {"schema": {}}} if function.area in {"access", "mcp"} else {}


def _headers(function: Function, calls: dict[str, Any], *, keyed: bool) -> list[dict[str, Any]]:
    """Return the headers that a function heeds."""
    headers = []
    if "check_if_match" in calls:
        headers.append(_header("If-Match", "The ETag that you read: 412 when it was changed since."))
    if "etag_of" in calls and function.method == "GET":
        headers.append(_header("If-None-Match", "The ETag that you hold: 304 when it is still the same."))
    if keyed:
        headers.append(_header("Idempotency-Key", KEYED))
    return headers


def _calls(tree: ast.Module) -> dict[str, Any]:
    """Return the names that a function's source uses: attributes of `call`, and called functions with their calls."""
    seen: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "call":
            seen.setdefault(node.attr, None)
        if isinstance(node, ast.Call):
            if (
                isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "call"
            ):
                seen[node.func.attr] = node
            elif isinstance(node.func, ast.Name):
                seen.setdefault(node.func.id, node)
    return seen


def _line(text: str) -> str:
    return " ".join(text.split())


def _referenced(paths: Any, schemas: Schemas) -> set[str]:
    """Return the schemas that operations need, directly or through others."""
    found: set[str] = set()
    waiting = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(paths)))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= set(re.findall(r"#/components/schemas/(\w+)", json.dumps(schemas[name])))
    return found


def rendered() -> str:
    """Render the document as the repository holds it."""
    return json.dumps(Writer().document(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PATH.write_text(rendered(), encoding="utf-8")
    print(f"wrote {PATH.relative_to(Path.cwd()) if PATH.is_relative_to(Path.cwd()) else PATH}")
