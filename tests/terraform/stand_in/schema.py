"""Writes the stand-ins' schema anew from the registry's providers, which this needs a network for.

Usage: python -m tests.terraform.stand_in.schema
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.terraform.module import copy_module
from tests.terraform.stand_in.provider import SCHEMA

TERRAFORM = Path(__file__).parents[3] / "terraform"
_KINDS = {"resource": "resource_schemas", "data": "data_source_schemas"}
_ATTRIBUTE = ("type", "required", "optional", "computed", "sensitive", "write_only")


def used_types(folder: Path = TERRAFORM) -> dict[str, set[str]]:
    """Types of resources and data sources that the module has, by the schema's name for the kind."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.tf")))
    return {section: set(re.findall(rf'^{kind} "(\w+)"', text, re.MULTILINE)) for kind, section in _KINDS.items()}


def cut_down(document: dict[str, Any], used: dict[str, set[str]]) -> dict[str, Any]:
    """The part of `terraform providers schema -json` that the module uses, without descriptions. What is cut down already stays as it is."""
    providers = {}
    for address, provider in document["provider_schemas"].items():
        kept: dict[str, Any] = {"provider": _entry(provider["provider"])}
        for section in _KINDS.values():
            entries = provider.get(section, {})
            kept[section] = {name: _entry(entries[name]) for name in sorted(entries) if name in used[section]}
        providers[address] = kept
    # Two providers have some types in common; the module takes them from google unless it says otherwise.
    google = providers["registry.terraform.io/hashicorp/google"]
    for address, provider in providers.items():
        for section in _KINDS.values() if provider is not google else ():
            provider[section] = {
                name: entry for name, entry in provider[section].items() if name not in google[section]
            }
        if not any(provider[section] for section in _KINDS.values()):
            raise SystemExit(f"the module uses nothing of {address}")
    return {"format_version": "1.0", "provider_schemas": dict(sorted(providers.items()))}


def write(document: dict[str, Any], to: Path = SCHEMA) -> None:
    """Writes a schema with a line for each type, so that a change of one is a change of one line."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    to.write_text(re.sub(r'"(?:google|random)_\w+":\{"block"', r"\n\g<0>", text) + "\n", encoding="utf-8")


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    return {"version": entry.get("version", 0), "block": _block(entry["block"])}


def _block(block: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    if attributes := block.get("attributes"):
        kept["attributes"] = {
            name: {key: entry[key] for key in _ATTRIBUTE if entry.get(key)} for name, entry in attributes.items()
        }
    if blocks := block.get("block_types"):
        kept["block_types"] = {
            name: {key: value for key, value in entry.items() if key != "block"} | {"block": _block(entry["block"])}
            for name, entry in blocks.items()
        }
    return kept


def main() -> None:
    """Installs the providers and asks them."""
    with tempfile.TemporaryDirectory() as folder:
        module = copy_module(Path(folder))
        for arguments in (("init", "-input=false", "-backend=false"), ("providers", "schema", "-json")):
            done = subprocess.run(["terraform", *arguments], cwd=module, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"terraform {arguments[0]} failed:\n{done.stderr}")
    write(cut_down(json.loads(done.stdout), used_types()))
    print(f"wrote {SCHEMA}")


if __name__ == "__main__":
    main()
