"""Import a file of contacts: recognise, read, merge and tie in one transaction; a dry run is rolled back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from shared.contacts.importing import staging
from shared.contacts.importing.reader import open_contacts
from shared.errors import FieldError, ValidationFailed

if TYPE_CHECKING:
    from typing import BinaryIO

    from shared.contacts.importing.parsed import RowError
    from shared.contacts.parameters import ContactImportQuery
    from shared.plumbing.postgres.database import Session


def import_file(
    tx: Session, stream: BinaryIO, *, filename: str, content_type: str, options: ContactImportQuery
) -> dict[str, Any]:
    """Merge the contacts of a file with those of the user.

    Args:
        tx: a transaction; rolled back here for a dry run.
        stream: the file.
        filename: as the client sent it, a hint only.
        content_type: as the client sent it, a hint only.
        options: the parameters of the request.

    Raises:
        BadRequest, UnsupportedFormat, TooLarge, ValidationFailed: the file cannot be read; nothing was changed.
    """
    mapping = _mapping(options.mapping)
    file = open_contacts(stream, content_type=content_type, filename=filename, mapping=mapping)
    tags = [tag.strip() for tag in options.tags.split(",") if tag.strip()]
    result = staging.import_contacts(
        tx,
        file.records,
        source=file.format,
        on_duplicate=options.on_duplicate,
        tags=tags,
        brings_back=options.bring_back,
    )
    strength = file.tie_to_me if options.tie_to_me is None else options.tie_to_me
    if strength:
        staging.tie_to_self(tx, strength)
    if options.dry_run:
        tx.rollback()
    return {
        "import_id": str(uuid4()),
        "format": file.format,
        "mapping": file.mapping,
        "received": result.received,
        "created": result.created,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "failed": result.failed,
        "kept": result.kept,
        "notices": [_entry(notice) for notice in result.notices],
        "errors": [_entry(error) for error in result.errors],
    }


def _entry(entry: RowError) -> dict[str, Any]:
    return {"line": entry.line, "field": entry.field, "message": entry.message, "value": entry.value}


def _mapping(text: str | None) -> dict[str, str]:
    """Parse the `mapping` parameter.

    Raises:
        ValidationFailed: the parameter is not a JSON object of strings.
    """
    if text is None:
        return {}
    try:
        mapping = json.loads(text)
    except (ValueError, RecursionError):
        mapping = None
    if not isinstance(mapping, dict) or not all(isinstance(value, str) for value in mapping.values()):
        raise ValidationFailed([FieldError("mapping", 'write a JSON object: {"Column": "field"}')])
    return mapping
