"""GET /api/crm/openapi.json"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint, etag_of
from shared.meta.description import openapi_document


@endpoint(answers={200: "application/json"}, public=True)
def get_openapi(call: Call) -> Reply:  # noqa: ARG001
    """GET /api/crm/openapi.json

    This description of the API, as OpenAPI 3.1.
    """
    document = openapi_document()
    return Reply(200, document, etag=etag_of(document))
