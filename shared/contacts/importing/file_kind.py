"""Files of contacts as jobs take them: rows with what they may have in common, merged batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from shared.contacts.importing import duplicates, staging
from shared.contacts.importing.parsed import ParsedContact, Reading, RowError
from shared.contacts.importing.reader import open_contacts
from shared.imports.files import KEY_SEPARATOR, MAX_FILE_BYTES, FileFault, FileRow, OpenFile, Outcome
from shared.imports.outcome import MAX_ERRORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from typing import BinaryIO
    from uuid import UUID

    from shared.contacts.importing.parsed import Record
    from shared.imports.files import Batch, Choices
    from shared.plumbing.postgres.database import Session

_SHOWN = (
    "name",
    "email",
    "emails",
    "phones",
    "company",
    "title",
    "location",
    "linkedin_url",
    "birthday",
    "notes",
    "tags",
    "custom",
)


class ContactFiles(NamedTuple):
    """The `FileKind` of contacts.

    Attributes:
        changing: encloses a transaction that changes many contacts of a user, for the cache.
        enrich: queues contacts for enrichment in the transaction.
        compare: has what was imported compared with the other contacts, for duplicates.
        joins_contacts: rows become contacts.
    """

    changing: Callable[[UUID], AbstractContextManager[None]]
    enrich: Callable[[Session, Sequence[UUID]], object]
    compare: Callable[[Session], object]
    joins_contacts: bool = True

    def open(self, stream: BinaryIO, choices: Choices) -> OpenFile:
        """See `FileKind`."""
        file = open_contacts(
            stream,
            filename=choices.filename,
            content_type=f"text/plain; charset={choices.charset}" if choices.charset else None,
            reading=Reading(choices.mapping, choices.date_order, choices.name_order, is_draft=True),
            max_bytes=MAX_FILE_BYTES,
        )
        strength = file.tie_to_me if choices.tie_to_me is None else choices.tie_to_me
        return OpenFile(
            format=file.format,
            mapping=file.mapping,
            facts=file.facts | {"tie_to_me": strength or 0},
            doubts=file.doubts,
            merging={"source": file.format, "tie_to_me": strength or 0},
            entries=_entries(
                staging.cleaned(file.records, file.format),
                choices.tags,
                has_days=file.format == duplicates.DATED_FORMAT,
            ),
            cells=lambda: file.last_row.cells,
        )

    def decide(self, tx: Session, merging: Mapping[str, Any], latest_day: str) -> tuple[str, str | None]:
        """See `FileKind`."""
        return duplicates.decide(tx, merging["source"], latest_day)

    def merge(self, tx: Session, batch: Batch, merging: Mapping[str, Any], choices: Choices) -> Outcome:
        """See `FileKind`."""
        on_duplicate = choices.on_duplicate or duplicates.UPDATE
        staging.stage_rows(tx, [batch.data])
        lines = dict(zip(batch.row_nos, batch.lines, strict=True))
        withheld = [_fault(error) for error in staging.withhold_rows(tx, lines, brings_back=choices.bring_back)]
        created, updated, unchanged = staging.merge_rows(tx, source=merging["source"], on_duplicate=on_duplicate)
        faults = withheld + [_fault(error) for error in staging.list_shares(tx, lines, MAX_ERRORS)]
        kept, notices = staging.list_kept(tx, lines, MAX_ERRORS)
        if merging["tie_to_me"]:
            staging.tie_to_self(tx, merging["tie_to_me"])
        if choices.enrich and created:
            self.enrich(tx, staging.list_created(tx))
        return Outcome(created, updated, unchanged, len(withheld), faults, kept, [_fault(notice) for notice in notices])

    def count_rows(self, tx: Session, batch: Batch, merging: Mapping[str, Any], choices: Choices) -> Outcome:
        """See `FileKind`."""
        on_duplicate = choices.on_duplicate or duplicates.UPDATE
        staging.stage_rows(tx, [batch.data])
        return Outcome(*staging.count_rows(tx, source=merging["source"], on_duplicate=on_duplicate))

    def end(self, tx: Session) -> None:
        """See `FileKind`."""
        self.compare(tx)

    def preview(self, tx: Session, upto: int) -> dict[int, tuple[str, dict[str, Any] | None]]:
        """See `FileKind`."""
        found = staging.preview_outcomes(tx, upto)
        return {
            number: (outcome, {name: contact[name] for name in _SHOWN}) for number, (outcome, contact) in found.items()
        }

    def note_change(self, user_id: UUID) -> AbstractContextManager[None]:
        """See `FileKind`."""
        return self.changing(user_id)


def _entries(records: Iterable[Record], tags: Sequence[str], *, has_days: bool) -> Iterator[FileRow | FileFault]:
    number = 0
    make_id = staging.id_maker()
    for record in records:
        if isinstance(record, RowError):
            yield _fault(record)
            continue
        number += 1
        if tags:
            staging.add_tags(record, tags)
        yield _row(number, record, make_id(number), duplicates.day_of(record) if has_days else "")


def _row(number: int, contact: ParsedContact, contact_id: str, day: str) -> FileRow:
    keys = {f"e:{address}" for address in contact.emails}
    keys.update(f"p:{phone}" for phone in contact.phones)
    if contact.linkedin_slug:
        keys.add(f"l:{contact.linkedin_slug}")
    if contact.source_uid:
        keys.add(f"u:{contact.source_uid}")
    name = contact.name or contact.email or contact.linkedin_slug or ""
    return FileRow(
        contact.line,
        staging.row_line(number, contact, contact_id),
        KEY_SEPARATOR.join(keys),
        name,
        bool(contact.email or contact.linkedin_slug),
        None,
        lambda: {"contact": {field: getattr(contact, field) for field in _SHOWN}},
        day,
    )


def _fault(error: RowError) -> FileFault:
    return FileFault(error.line, error.field, error.message, error.value, error.lost)
