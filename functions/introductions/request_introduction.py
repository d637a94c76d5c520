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

    Without `path` the strongest of the shortest paths is taken whose people can be asked; `passed_over` tells whom it
    leaves in peace, and why. 409 where nobody can be asked, or you are asking for this person already; 429 where your
    letters of a day are spent, or the first person has had enough. With `dry_run=true` it answers 200 with the letters
    that everybody would read, and asks nobody; what is refused otherwise is refused in the same words.
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
    from shared.introductions.preview import preview_letters  # noqa: PLC0415 - whoever asks words no letter

    with call.trial() as tx:
        introduction_id = service.request_introduction(tx, request, deps().settings.letters, call.now)
        return Reply(200, preview_letters(tx, introduction_id, deps().settings.public_url))
