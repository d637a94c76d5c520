"""GET /api/crm/privacy/{token}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.errors import NotFound
from shared.introductions.page import HTML, headers, message_page
from shared.privacy import page, repository, service


@endpoint(answers={200: "text/html"}, public=True)
def show_held_facts(call: Call) -> Reply:
    """GET /api/crm/privacy/{token}

    The page of a mailed link: what this installation holds about the address. Reading it changes nothing.
    """
    token = call.path_parameter("token")
    call.limit_secret(token, per_minute=service.OPENED_A_MINUTE)
    try:
        with call.database.read(None) as tx:
            address = service.open_link(tx, token, call.now)
            facts = repository.facts_about(tx, address, call.now)
    except NotFound as error:
        return Reply(404, message_page("This link is not known here", error.message), HTML, headers())
    return Reply(200, page.facts_page(address, facts), HTML, headers())
