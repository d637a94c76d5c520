"""The preview of an introduction's letters, made by the code that makes the e-mails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.email.rendering import rendered
from shared.introductions import letters, repository, steps
from shared.viral import service as viral

if TYPE_CHECKING:
    from uuid import UUID

    from shared.introductions.repository import Introduction, Requester
    from shared.plumbing.postgres.database import Session

# Stands in the links in place of a token or a code, and cannot be one: tokens have 43 characters, and codes have no hyphen.
NO_TOKEN = "this-is-a-preview"  # noqa: S105 - it opens nothing


def preview_letters(tx: Session, introduction_id: UUID, public_url: str) -> dict[str, Any]:
    """Write the letters that an introduction would send if everybody accepted without adding a note.

    Args:
        tx: the transaction in which the introduction was requested on trial.
        introduction_id: of the introduction.
        public_url: of the app.

    Returns:
        The form of the API: the questions to the connectors and the target in order, then the letter to target and requester.
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
    letter = letters.write_letter(
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
    """The introduction at the turn of a position, when every position before has accepted."""
    status = "requested" if position == 1 else "connector_accepted"
    return _accepted(introduction, position - 1)._replace(status=status, turn=position)


def _introduced(introduction: Introduction) -> Introduction:
    return _accepted(introduction, len(introduction.steps))._replace(status="introduced")


def _accepted(introduction: Introduction, last: int) -> Introduction:
    decided = [step._replace(decision="accept") if step.position <= last else step for step in introduction.steps]
    return introduction._replace(steps=decided)
