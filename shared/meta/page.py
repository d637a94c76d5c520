"""The description of the API as one page of HTML, without scripts and outside styles, readable offline."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --quiet: #888; --accent: #b45309 }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
h1 { margin-bottom: 0 } h2 { margin-top: 3rem; text-transform: capitalize }
details { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; padding: .5rem .9rem }
summary { cursor: pointer } code { font: .9em ui-monospace, monospace } .method { color: var(--accent); font-weight: 600 }
.quiet { color: var(--quiet) } table { border-collapse: collapse; width: 100%; margin: .6rem 0 }
td { border-top: 1px solid var(--line); padding: .3rem .6rem .3rem 0; vertical-align: top }
@media (prefers-color-scheme: dark) { :root { --accent: #f59e0b } }
"""


def headers() -> dict[str, str]:
    """The HTTP headers of the page: it may load nothing."""
    return {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
    }


@cache
def docs_page(document: str) -> str:
    """Render an OpenAPI document as a page.

    Args:
        document: the OpenAPI document, as JSON text.
    """
    api = json.loads(document)
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(api['info']['title'])} API</title><style>{_STYLE}</style>",
        f"<h1>{escape(api['info']['title'])} API</h1><p class=quiet>{escape(api['info']['summary'])}</p>",
        "<p>Send <code>Authorization: Bearer &lt;token&gt;</code>. Errors are problem documents (RFC 9457). ",
        'This page as <a href="openapi.json">OpenAPI 3.1</a>.</p>',
    ]
    for tag in api["tags"]:
        parts.append(f"<h2>{escape(tag['name'])}</h2><p class=quiet>{escape(tag['description'])}</p>")
        parts += [
            _operation(method, path, operation)
            for path, methods in api["paths"].items()
            for method, operation in methods.items()
            if tag["name"] in operation["tags"]
        ]
    parts.append("<h2>Shapes</h2>")
    parts += [_schema(name, schema) for name, schema in api["components"]["schemas"].items()]
    return "".join(parts) + "</html>"


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    rows = [
        (entry["name"], f"{entry['in']}, {_shape(entry['schema'])}", entry.get("description", ""))
        for entry in operation.get("parameters", [])
    ]
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        rows.append(("body", media_type, _shape(content["schema"])))
    for status, response in operation["responses"].items():
        if "$ref" in response:  # refusals, which all have the same body
            continue
        shapes = [_shape(content["schema"]) for content in response.get("content", {}).values()]
        rows.append((status, "answer", ", ".join(shapes) or "no body"))
    cells = "".join(
        f"<tr><td><code>{escape(first)}</code><td class=quiet>{escape(second)}<td>{escape(third)}"
        for first, second, third in rows
    )
    return (
        f"<details><summary><code><span class=method>{method.upper()}</span> {escape(path)}</code><br>"
        f"{escape(operation['summary'])}</summary><p>{escape(operation.get('description', ''))}</p>"
        f"<table>{cells}</table></details>"
    )


def _schema(name: str, schema: dict[str, Any]) -> str:
    required = schema.get("required", [])
    cells = "".join(
        f"<tr><td><code>{escape(field)}</code><td class=quiet>{escape(_shape(shape))}"
        f"<td>{'required' if field in required else ''}"
        for field, shape in schema.get("properties", {}).items()
    )
    summary = escape(schema.get("description", "").split("\n")[0])
    return (
        f"<details id={escape(name)}><summary><code>{escape(name)}</code> <span class=quiet>{summary}</span></summary>"
        f"<table>{cells}</table></details>"
    )


def _shape(schema: dict[str, Any]) -> str:
    """Describe a schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(_shape(choice) for choice in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(choice) for choice in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_shape(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type", "any"))
