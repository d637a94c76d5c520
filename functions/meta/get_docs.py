"""GET /api/crm/docs"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint, etag_of
from shared.meta.description import openapi_document
from shared.meta.page import docs_page, headers


@endpoint(answers={200: "text/html"}, public=True)
def get_docs(call: Call) -> Reply:  # noqa: ARG001
    """GET /api/crm/docs

    This description of the API as a page for people.
    """
    page = docs_page(openapi_document())
    return Reply(200, page, content_type="text/html; charset=utf-8", headers=headers(), etag=etag_of(page))
