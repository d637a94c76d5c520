"""POST /api/crm/graph/introduce"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.introductions import repository, service
from shared.introductions.models import IntroductionRequest
from shared.introductions.parameters import IntroductionRequestQuery


@endpoint(answers={200: "introductions.IntroductionPreview", 201: "introductions.Introduction"})
def request_introduction(call: Call) -> Reply:
    """POST /api/crm/graph/introduce

    Ask for an introduction: the first person on the path gets an e-mail.

    Without `path` the introduction takes the strongest of the shortest paths whose people can be asked; `passed_over`
    lists the people who cannot be asked, with the reason. 409 where nobody can be asked, or you are asking for this person
    already; 429 where your budget of letters in a day, or that of the first mailbox, is spent. `dry_run=true` answers 200
    with the letters as they would be sent, and asks nobody; its refusals are those of the real request.
    """
    options = call.query(IntroductionRequestQuery)
    request = call.body(IntroductionRequest)
    if options.dry_run:
        return _preview(call, request)
    with call.transaction() as tx:
        introduction_id = service.request_introduction(tx, request, deps().settings.letters, call.now)
        introduction = repository.get_document(tx, introduction_id)
    return Reply(201, introduction, headers={"Location": f"/api/crm/graph/introductions/{introduction_id}"})


def _preview(call: Call, request: IntroductionRequest) -> Reply:
    from shared.introductions.preview import preview_letters  # noqa: PLC0415 - only a preview renders letters

    with call.trial() as tx:
        introduction_id = service.request_introduction(tx, request, deps().settings.letters, call.now)
        return Reply(200, preview_letters(tx, introduction_id, deps().settings.public_url))
