"""GET /api/crm/contacts/export"""

from __future__ import annotations

from itertools import chain

from shared.contacts import service
from shared.contacts.parameters import ContactExportQuery
from shared.edge.web import Call, Reply, endpoint

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "vcf": "text/vcard; charset=utf-8", "json": "application/json"}


@endpoint(answers={200: "text/csv, text/vcard, application/json"})
def export_contacts(call: Call) -> Reply:
    """GET /api/crm/contacts/export

    Download all contacts as CSV, vCard (`version`) or JSON; the import reads such a file back without loss. With `for` the CSV has
    the columns of another program.
    """
    query = call.query(ContactExportQuery)
    call.note_reading(format=query.format)
    chunks = service.export_contacts(call.read, query)
    # The first chunk is read before the status is sent, so that an unreachable database can still be answered with 503.
    chunks = chain([next(chunks)], chunks)
    program = f"-{query.program}" if query.program else ""
    name = f"warmpath-contacts{program}-{call.now:%Y-%m-%d}.{query.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Reply(200, chunks, content_type=MEDIA_TYPES[query.format], headers=headers)
