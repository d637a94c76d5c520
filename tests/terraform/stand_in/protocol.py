"""Version 5 of Terraform's provider protocol, as far as a provider needs it that only validates and plans.

Fields have the numbers of hashicorp/terraform's docs/plugin-protocol/tfplugin5.proto. What is left out there is skipped when read.
"""

from __future__ import annotations

from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_Field = descriptor_pb2.FieldDescriptorProto
_TYPES = {"bool": _Field.TYPE_BOOL, "bytes": _Field.TYPE_BYTES, "int": _Field.TYPE_INT64, "string": _Field.TYPE_STRING}

# Message to its fields: number, name and type; a "*" makes a list of it, other types are messages. An enumeration travels as a number.
_MESSAGES = {
    "DynamicValue": "1 msgpack bytes, 2 json bytes",
    "Step": "1 attribute_name string, 3 element_key_int int",
    "AttributePath": "1 steps *Step",
    "Diagnostic": "1 severity int, 2 summary string, 3 detail string, 4 attribute AttributePath",
    "Attribute": "1 name string, 2 type bytes, 4 required bool, 5 optional bool, 6 computed bool, 7 sensitive bool, 10 write_only bool",
    "NestedBlock": "1 type_name string, 2 block Block, 3 nesting int, 4 min_items int, 5 max_items int",
    "Block": "1 version int, 2 attributes *Attribute, 3 block_types *NestedBlock",
    "Schema": "1 version int, 2 block Block",
    "NamedSchema": "1 key string, 2 value Schema",
    "Schemas": "1 provider Schema, 2 resources *NamedSchema, 3 data_sources *NamedSchema",
    "Nothing": "",
    "Prepare": "1 config DynamicValue",
    "Prepared": "1 prepared_config DynamicValue",
    "Validate": "1 type_name string, 2 config DynamicValue",
    "Validated": "1 diagnostics *Diagnostic",
    "Plan": "1 type_name string, 2 prior_state DynamicValue, 3 proposed_new_state DynamicValue, 4 config DynamicValue",
    "Planned": "1 planned_state DynamicValue, 4 diagnostics *Diagnostic, 5 legacy_type_system bool",
    "Read": "1 type_name string, 2 config DynamicValue",
    "RawState": "1 json bytes",
    "Upgrade": "1 type_name string, 2 version int, 3 raw_state RawState",
    "Upgraded": "1 upgraded_state DynamicValue, 2 diagnostics *Diagnostic",
    "WasRead": "1 state DynamicValue, 2 diagnostics *Diagnostic",
}


def _described() -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(name="stand_in.proto", package="stand_in", syntax="proto3")
    for message, fields in _MESSAGES.items():
        described = file.message_type.add(name=message)
        for field in fields.split(", ") if fields else ():
            number, name, kind = field.split()
            label = _Field.LABEL_REPEATED if kind.startswith("*") else _Field.LABEL_OPTIONAL
            plain = kind.removeprefix("*")
            if plain in _TYPES:
                described.field.add(number=int(number), name=name, label=label, type=_TYPES[plain])
            else:
                whole = f".stand_in.{plain}"
                described.field.add(
                    number=int(number), name=name, label=label, type=_Field.TYPE_MESSAGE, type_name=whole
                )
    return file


def _classes() -> dict[str, Any]:
    pool = descriptor_pool.DescriptorPool()
    pool.Add(_described())
    return {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"stand_in.{name}")) for name in _MESSAGES}


MESSAGES = _classes()
