"""GET /api/crm/privacy"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.introductions.page import HTML, headers
from shared.privacy import page


@endpoint(answers={200: "text/html"}, public=True)
def show_privacy_page(_call: Call) -> Reply:
    """GET /api/crm/privacy

    The page where people without an account ask what this installation holds about their address.
    """
    return Reply(200, page.ask_page(), HTML, headers())
