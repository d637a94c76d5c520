"""A provider that knows its schema and nothing else: it validates and plans, asks no cloud, and applies nothing.

Everything that the provider would compute is planned as known after apply. What Google's API refuses beyond the schema it lets pass.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.terraform.stand_in.msgpack import UNKNOWN, pack, unpack
from tests.terraform.stand_in.protocol import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# As `terraform providers schema -json` prints it, cut down to what the module uses; `stand_in.schema` makes it.
SCHEMA = Path(__file__).with_name("schema.json")
# The values that Google's reference pages list, by type and path; a schema does not hold them.
VALUES = Path(__file__).with_name("values.json")

_ERROR = 1
_NESTING = {"single": 1, "list": 2, "set": 3}
# For data sources, whose answers are read while planning.
_READ = {"string": "read", "number": 1, "bool": False}

Block = dict[str, Any]


def read_schemas() -> dict[str, dict[str, Any]]:
    """Each provider's schema by its address, such as registry.terraform.io/hashicorp/google."""
    schemas: dict[str, dict[str, Any]] = json.loads(SCHEMA.read_text(encoding="utf-8"))["provider_schemas"]
    return schemas


class Provider:
    """Answers Terraform's calls.

    Args:
        schema: the provider's entry in `terraform providers schema -json`.
        values: possible values of attributes, by type and path.
    """

    def __init__(self, schema: dict[str, Any], values: dict[str, list[str]]) -> None:
        self._schema = schema
        self._values = values
        self._schema_answer = self._describe_schema()

    def calls(self) -> dict[str, tuple[Callable[[Any], Any], str]]:
        """Method of the protocol to what answers it and the message it takes."""
        return {
            "GetSchema": (lambda _: self._schema_answer, "Nothing"),
            "PrepareProviderConfig": (lambda asked: MESSAGES["Prepared"](prepared_config=asked.config), "Prepare"),
            "Configure": (lambda _: MESSAGES["Nothing"](), "Nothing"),
            "ValidateResourceTypeConfig": (lambda asked: self._validate("resource_schemas", asked), "Validate"),
            "ValidateDataSourceConfig": (lambda asked: self._validate("data_source_schemas", asked), "Validate"),
            "PlanResourceChange": (self._plan, "Plan"),
            "ReadDataSource": (self._read, "Read"),
            "UpgradeResourceState": (self._upgrade, "Upgrade"),
            "Stop": (lambda _: MESSAGES["Nothing"](), "Nothing"),
        }

    def _describe_schema(self) -> Any:
        """The schema as the protocol has it; made once, as Terraform asks in every walk."""

        def named(kind: str) -> list[Any]:
            return [
                MESSAGES["NamedSchema"](key=name, value=_schema(entry["block"]))
                for name, entry in self._schema[kind].items()
            ]

        return MESSAGES["Schemas"](
            provider=_schema(self._schema["provider"]["block"]),
            resources=named("resource_schemas"),
            data_sources=named("data_source_schemas"),
        )

    def _block(self, kind: str, type_name: str) -> Block:
        block: Block = self._schema[kind][type_name]["block"]
        return block

    def _validate(self, kind: str, asked: Any) -> Any:
        block = self._block(kind, asked.type_name)
        found = _faults(block, unpack(asked.config.msgpack), [asked.type_name], [], self._values)
        return MESSAGES["Validated"](diagnostics=list(found))

    def _plan(self, asked: Any) -> Any:
        proposed = unpack(asked.proposed_new_state.msgpack)
        if proposed is not None and unpack(asked.prior_state.msgpack) is None:
            _leave_open(self._block("resource_schemas", asked.type_name), proposed, unpack(asked.config.msgpack))
        # Providers of this kind may plan what differs from the configuration in ways that Terraform otherwise refuses.
        return MESSAGES["Planned"](planned_state=_dynamic(proposed), legacy_type_system=True)

    def _upgrade(self, asked: Any) -> Any:
        """What a state says of a resource; of what it leaves out nothing is known."""
        kept = _completed(self._block("resource_schemas", asked.type_name), json.loads(asked.raw_state.json))
        return MESSAGES["Upgraded"](upgraded_state=_dynamic(kept))

    def _read(self, asked: Any) -> Any:
        block, state = self._block("data_source_schemas", asked.type_name), unpack(asked.config.msgpack)
        for name, attribute in block.get("attributes", {}).items():
            if attribute.get("computed") and state.get(name) is None:
                state[name] = _some(attribute["type"])
        return MESSAGES["WasRead"](state=_dynamic(state))


def _dynamic(value: Any) -> Any:
    return MESSAGES["DynamicValue"](msgpack=pack(value))


def _schema(block: Block) -> Any:
    return MESSAGES["Schema"](block=_message(block))


def _message(block: Block) -> Any:
    attributes = [
        MESSAGES["Attribute"](
            name=name,
            type=json.dumps(entry["type"]).encode(),
            **{
                flag: entry.get(flag, False) for flag in ("required", "optional", "computed", "sensitive", "write_only")
            },
        )
        for name, entry in block.get("attributes", {}).items()
    ]
    nested = [
        MESSAGES["NestedBlock"](
            type_name=name,
            block=_message(entry["block"]),
            nesting=_NESTING[entry["nesting_mode"]],
            min_items=entry.get("min_items", 0),
            max_items=entry.get("max_items", 0),
        )
        for name, entry in block.get("block_types", {}).items()
    ]
    return MESSAGES["Block"](attributes=attributes, block_types=nested)


def _inner(block: Block, value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], list[Any]]]:
    """The blocks in a block: name, schema, and the values that are there."""
    for name, entry in block.get("block_types", {}).items():
        there = value.get(name)
        yield name, entry, there if isinstance(there, list) else [there] if isinstance(there, dict) else []


def _completed(block: Block, value: dict[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = {name: value.get(name) for name in block.get("attributes", {})}
    for name, entry in block.get("block_types", {}).items():
        whole[name] = value.get(name, None if entry["nesting_mode"] == "single" else [])
    return whole


def _leave_open(block: Block, proposed: dict[str, Any], configured: Any) -> None:
    """Makes unknown what the provider computes and the configuration does not set; what is written only is not kept at all."""
    given = configured if isinstance(configured, dict) else {}
    for name, attribute in block.get("attributes", {}).items():
        if attribute.get("write_only"):
            proposed[name] = None
        elif attribute.get("computed") and proposed.get(name) is None and given.get(name) is None:
            proposed[name] = UNKNOWN
    for (_, entry, values), (_, _, settings) in zip(_inner(block, proposed), _inner(block, given), strict=True):
        for index, value in enumerate(values):
            if isinstance(value, dict):
                _leave_open(entry["block"], value, settings[index] if index < len(settings) else None)


def _faults(
    block: Block, value: dict[str, Any], names: list[str], path: list[str | int], allowed: dict[str, list[str]]
) -> Iterator[Any]:
    """What Terraform itself does not find: a value where the provider decides, or another one than those that Google lists."""
    for name, attribute in block.get("attributes", {}).items():
        given = value.get(name)
        if given is None:
            continue
        if not attribute.get("required") and not attribute.get("optional"):
            yield _diagnostic("Value for unconfigurable attribute", f"The provider decides {name}.", [*path, name])
        known = allowed.get(".".join([*names, name]))
        if known and isinstance(given, str) and given not in {*known, ""}:
            yield _diagnostic("Unknown value", f'{name} is one of {", ".join(known)}, not "{given}".', [*path, name])
    for name, entry, values in _inner(block, value):
        for index, inner in enumerate(values):
            if isinstance(inner, dict):
                place = [*path, name, *([index] if entry["nesting_mode"] == "list" else [])]
                yield from _faults(entry["block"], inner, [*names, name], place, allowed)


def _diagnostic(summary: str, detail: str, path: list[str | int]) -> Any:
    steps = [
        MESSAGES["Step"](attribute_name=step) if isinstance(step, str) else MESSAGES["Step"](element_key_int=step)
        for step in path
    ]
    return MESSAGES["Diagnostic"](
        severity=_ERROR, summary=summary, detail=detail, attribute=MESSAGES["AttributePath"](steps=steps)
    )


def _some(kind: Any) -> Any:
    """Some value of a type, as Terraform writes types: "string", ["list", "string"], ["object", {...}]."""
    if isinstance(kind, str):
        return _READ[kind]
    if kind[0] == "object":
        return {name: _some(inner) for name, inner in kind[1].items()}
    return {} if kind[0] == "map" else []
