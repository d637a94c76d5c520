"""The tools that draft and send introductions. Nothing is sent without a draft that was made here and shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.errors import NotFound
from shared.introductions import repository, service, steps
from shared.introductions.models import IntroductionRequest
from shared.introductions.preview import preview_letters
from shared.mcp import drafts
from shared.mcp.people import resolve, shorten
from shared.mcp.texts import clean
from shared.mcp.tools.reading import shown_introduction
from shared.models import validated

if TYPE_CHECKING:
    from shared.mcp.context import Context
    from shared.plumbing.postgres.database import Session

Arguments = dict[str, Any]
KIND = "introduction"
_LETTER = 6_000


def draft_introduction(context: Context, arguments: Arguments) -> Arguments:
    """Write the letter, on trial, and keep what it says with the path that it takes."""
    with context.trial() as tx:
        target_id = resolve(tx, arguments["person"])
        context.about(str(target_id))
        between = [str(resolve(tx, each)) for each in arguments.get("through", ())]
        document: Arguments = {
            "target_id": str(target_id),
            "message": arguments["message"],
            "purpose": arguments.get("purpose", ""),
        }
        if between:
            document["path"] = [*between, str(target_id)]
        introduction_id = service.request_introduction(tx, _request(document), context.letters, context.now)
        letter = preview_letters(tx, introduction_id, context.public_url)["letters"][0]
        planned = json.loads(repository.get_document(tx, introduction_id))
        path = planned["path"][1:]
        shown = shorten(
            tx,
            {
                "path": path,
                "passed_over": [
                    {"name": each["name"], "reason": each["reason"]} for each in planned["passed_over"] or []
                ],
            },
        )
    # What is shown is what is sent: the path stands in the draft.
    document["path"] = [person["id"] for person in path]
    document["to"], document["target"] = path[0]["name"], path[-1]["name"]
    with context.change("draft_introduction") as tx:
        handle = drafts.keep(tx, KIND, document, context.now)
    return {
        "draft": handle, "expires_at": (context.now + drafts.LIVES).isoformat(timespec="seconds"), "to": shown["path"][0], "subject": clean(letter["subject"]),
        "text": clean(letter["text"], _LETTER), **shown, "in_the_app": f"{context.public_url}/introductions",
    }  # fmt: skip


def question(context: Context, handle: str) -> str:
    """What the user is asked before a draft is sent."""
    with context.change("read_draft") as tx:
        asked, _ = drafts.take(tx, handle, KIND, context.now)
    return f"Send an e-mail to {clean(asked['to'])}, asking for an introduction to {clean(asked['target'])}?\n\n{clean(asked['message'], 2000)}"


def send_introduction(context: Context, arguments: Arguments) -> Arguments:
    """Send a draft; the second call answers what the first one sent."""
    handle = arguments["draft"]
    with context.change("request_introduction") as tx:
        asked, outcome = drafts.take(tx, handle, KIND, context.now)
        context.about(asked["target_id"])
        if outcome is None:
            drafts.limit_sending(tx, context.now)
            document = {key: asked[key] for key in ("target_id", "message", "purpose", "path")}
            introduction_id = service.request_introduction(tx, _request(document), context.letters, context.now)
            drafts.end(tx, handle, str(introduction_id))
        else:
            introduction_id = UUID(outcome)
        return {"sent": outcome is None, "introduction": _shown(tx, introduction_id)}


def update_introduction(context: Context, arguments: Arguments) -> Arguments:
    """Withdraw or complete an introduction."""
    try:
        introduction_id = UUID(arguments["introduction"])
    except ValueError:
        raise NotFound("no introduction has this id") from None
    withdraws = arguments["action"] == "withdraw"
    with context.change("withdraw_introduction" if withdraws else "complete_introduction") as tx:
        (steps.withdraw if withdraws else steps.complete)(tx, introduction_id, context.letters, context.now)
        return {"introduction": _shown(tx, introduction_id)}


def _request(document: Arguments) -> IntroductionRequest:
    return validated(IntroductionRequest, json.dumps(document).encode())


def _shown(tx: Session, introduction_id: UUID) -> Any:
    return shorten(tx, shown_introduction(json.loads(repository.get_document(tx, introduction_id))))
