"""What everybody on a path would read, worded and rendered by what words and renders the e-mails that are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.email.rendering import rendered
from shared.introductions import letters, repository, steps
from shared.viral import service as viral

if TYPE_CHECKING:
    from uuid import UUID

    from shared.introductions.repository import Introduction, Requester
    from shared.plumbing.postgres.database import Session

# In the links in place of a token or a code. None is ever given out that reads like it: tokens have 43 characters, and codes no hyphen.
NO_TOKEN = "this-is-a-preview"  # noqa: S105 - it opens nothing


def preview_letters(tx: Session, introduction_id: UUID, public_url: str) -> dict[str, Any]:
    """The letters of an introduction that was just asked for, as far as they are known.

    Everybody is taken to accept without a note, which is what the letters that come later will have besides.

    Args:
        tx: the trial in which it was asked for.
        introduction_id: which introduction.
        public_url: of the app.

    Returns:
        The form of the API: the questions to the connectors and the target in their order, last what both get.
    """
    introduction = repository.get_introduction(tx, introduction_id)
    requester = repository.get_requester(tx)
    shown = [
        _shown(steps.ASK, _asked(introduction, step.position), requester, step.position, public_url)
        | {"to": step.name, "role": step.role}
        for step in introduction.steps
    ]
    handoff = _shown(steps.HANDOFF, _introduced(introduction), requester, 0, public_url)
    both = f"{introduction.target.name} and {requester.name}"
    return {"letters": [*shown, handoff | {"to": both, "role": "both"}]}


def _shown(
    kind: str, introduction: Introduction, requester: Requester, position: int, public_url: str
) -> dict[str, str]:
    letter = letters.word(
        kind,
        introduction,
        requester,
        position,
        link=f"{public_url}/respond/{NO_TOKEN}",
        joining=lambda: viral.joining_url(public_url, NO_TOKEN),
    )
    assert letter is not None
    return rendered(letter)._asdict()


def _asked(introduction: Introduction, position: int) -> Introduction:
    """The introduction when it is somebody's turn: all before have accepted."""
    status = "requested" if position == 1 else "connector_accepted"
    return _accepted(introduction, position - 1)._replace(status=status, turn=position)


def _introduced(introduction: Introduction) -> Introduction:
    return _accepted(introduction, len(introduction.steps))._replace(status="introduced")


def _accepted(introduction: Introduction, last: int) -> Introduction:
    decided = [step._replace(decision="accept") if step.position <= last else step for step in introduction.steps]
    return introduction._replace(steps=decided)
