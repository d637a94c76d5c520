"""POST /api/crm/contacts/import"""

from __future__ import annotations

from shared.contacts.importing import service, staging
from shared.contacts.merging import comparing
from shared.contacts.parameters import ContactImportQuery
from shared.edge.web import Call, Reply, endpoint
from shared.enrichment.service import queue_contacts
from shared.plumbing.events.outbox import Priority

MAX_BYTES = 32 * 1024 * 1024
# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 270


@endpoint(answers={200: "ContactImport"}, keyed=False)
def import_contacts(call: Call) -> Reply:
    """POST /api/crm/contacts/import

    Import a file of contacts from any program: CSV, vCard, JSON or a zip archive of them.

    Format and dialect are found from the content. A row that cannot be read is reported with its line, field and value,
    and the other rows are imported. Importing the same file again changes nothing. With `enrich` the new contacts are
    queued for enrichment with low priority.
    """
    options = call.query(ContactImportQuery)
    with (
        call.upload(max_bytes=MAX_BYTES) as file,
        call.changing_contacts(),
        call.transaction(timeout_s=TIMEOUT_S) as tx,
    ):
        result = service.import_file(
            tx, file.stream, filename=file.filename, content_type=file.content_type, options=options
        )
        if not options.dry_run and (result["created"] or result["updated"]):
            comparing.ask(tx, is_import=True)
        if options.enrich and result["created"] and not options.dry_run:
            queue_contacts(tx, staging.list_created(tx), priority=Priority.LOW)
    return Reply(200, result)
