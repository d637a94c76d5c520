"""POST /api/crm/email/events/{provider}"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.email.reports.intake import MAX_BYTES


@endpoint(answers={204: None}, public=True)
def receive_email_events(call: Call) -> Reply:
    """POST /api/crm/email/events/{provider}

    Take reports of bounces and complaints from the mail provider: `ses`, `postmark` or `mailgun`, in its own form and signed as it signs.

    No mail goes to a mailbox that its owner complained about mail to, or from which mail came back in the last 30 days. A
    report that comes twice changes nothing the second time.
    """
    call.limit_body(MAX_BYTES)
    body = call.request.get_data(cache=False)
    provider = call.path_parameter("provider")
    deps().mail_reports.take(provider, body, call.request.headers.get("Authorization"), call.now)
    return Reply(204)
