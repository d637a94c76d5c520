"""The letters of an introduction.

Two rules hold. A question is complete in itself and can be forwarded unchanged; it has fewer than 120 words besides those of
the requester. No letter before the target's yes contains the target's address, number or profile, and none to the target
contains the requester's address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.email import repository as mailboxes
from shared.email.letter import Button, Divider, Letter, Paragraph, Quote, Small
from shared.email.service import LetterWriter
from shared.introductions import repository, steps
from shared.viral import service as viral

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from shared.email.letter import Block
    from shared.email.repository import Email
    from shared.introductions.repository import Introduction, Requester, Step
    from shared.plumbing.postgres.database import Session

ANSWER = "Answer this request"
_NOBODY = "a contact without a name"


def compose(tx: Session, email: Email, link: str, public_url: str) -> Letter | None:
    """Write the letter of an e-mail from the present state.

    Args:
        tx: a transaction of the requester.
        email: the e-mail to be sent.
        link: address of the page where the recipient answers.
        public_url: of the app.

    Returns:
        The letter; None where it is no longer needed.
    """
    introduction = repository.get_introduction(tx, email.subject_id)
    requester = repository.get_requester(tx)
    if email.kind == steps.WITHDRAWN and _question_was_not_sent(tx, email):
        return None

    def joining() -> str:
        return viral.joining_url(public_url, viral.introduction_code(tx))

    return write_letter(email.kind, introduction, requester, email.position or 0, link=link, joining=joining)


def write_letter(
    kind: str,
    introduction: Introduction,
    requester: Requester,
    position: int,
    *,
    link: str,
    joining: Callable[[], str],
) -> Letter | None:
    """Write a letter. The preview and the e-mail come from this one function.

    Args:
        kind: of the letter, e.g. `introduction.ask`.
        introduction: its state when the letter is sent.
        requester: the user who asked for the introduction.
        position: of the recipient on the path; 0 where the letter is not about one person of the path.
        link: address of the page where the recipient answers.
        joining: returns the address in the footer by which recipients join; called only for letters with a footer.

    Returns:
        The letter; None where it is no longer needed.
    """
    letter = _LETTERS[kind](introduction, requester, position, link)
    return letter if letter is None or kind == steps.OUTCOME else _with_footer(letter, requester, joining())


def undelivered(tx: Session, email: Email, now: datetime) -> None:
    """React to an e-mail that reached no recipient: an introduction ends when its question cannot be delivered."""
    if email.kind in {steps.ASK, steps.REMINDER} and email.position is not None:
        steps.end_undeliverable(tx, email.subject_id, email.position, now)


WRITER = LetterWriter(compose, undelivered)


def described(person: Step) -> str:
    """The name of a person with the title and the company that are known."""
    about = ", ".join(part for part in (person.title, person.company) if part)
    return f"{person.name} ({about})" if about else person.name


def first_name(name: str) -> str:
    """The first name for a greeting; empty where the name is not known."""
    return "" if name in {"", _NOBODY} else name.split(maxsplit=1)[0]


def _question_was_not_sent(tx: Session, email: Email) -> bool:
    """Whether the withdrawn question was never sent to this recipient."""
    return mailboxes.find_step_status(tx, steps.ASK, email.subject_id, email.position) != "sent"


def _is_open(introduction: Introduction, position: int) -> bool:
    return introduction.status in steps.OPEN and introduction.turn == position


def _hello(name: str) -> Paragraph:
    first = first_name(name)
    return Paragraph(f"Hi {first}," if first else "Hello,")


def _ask(introduction: Introduction, requester: Requester, position: int, link: str) -> Letter | None:
    if not _is_open(introduction, position):
        return None
    step = introduction.steps[position - 1]
    writer = _to_target if step is introduction.target else _to_connector
    return writer(introduction, requester, step, link)


def _to_connector(introduction: Introduction, requester: Requester, step: Step, link: str) -> Letter:
    target, following = introduction.target, introduction.steps[step.position]
    who = requester.name
    passed_on = (
        "" if step.position == 1 else f"{introduction.steps[step.position - 2].name} passed this request on to you. "
    )
    if following is target:
        wish = f"{passed_on}{who} would like to meet {described(target)}, whom you know. Would you introduce them to each other?"
    else:
        wish = (
            f"{passed_on}{who} would like to meet {described(target)}. You know {described(following)}, the next person on "
            "the path. Would you pass the request on?"
        )
    blocks: list[Block] = [_hello(step.name), Paragraph(wish)]
    if step.position > 1 and introduction.steps[step.position - 2].note:
        before = introduction.steps[step.position - 2]
        blocks += [Paragraph(f"{before.name} adds:"), Quote(before.note)]
    blocks.append(Button(ANSWER, link))
    blocks.append(
        Small(
            f"If you accept, we ask {following.name} next. The e-mail address of {target.name} stays private until they say "
            "yes, and yours is not passed on. The link above is for you alone: remove it before you forward this."
        )
    )
    blocks += [Divider("you can forward this part"), *_forwardable(introduction, requester)]
    return Letter(
        subject=f"Would you introduce {who} to {target.name}?",
        blocks=tuple(blocks),
        sender=f"{who} via Warmpath",
        # Only the first connector, whom the requester knows, may answer by e-mail: the others do not get the requester's address.
        reply_to=(requester.email or "") if step.position == 1 else "",
        stop_url=link,
    )


def _forwardable(introduction: Introduction, requester: Requester) -> list[Block]:
    purpose = f" It is about: {introduction.purpose}." if introduction.purpose else ""
    return [
        Paragraph(
            f"{requester.name} would like to be introduced to {introduction.target.name}.{purpose} {requester.name} writes:"
        ),
        Quote(introduction.message),
    ]


def _to_target(introduction: Introduction, requester: Requester, step: Step, link: str) -> Letter:
    connector = introduction.steps[step.position - 2]
    who, purpose = requester.name, f" about {introduction.purpose}" if introduction.purpose else ""
    blocks: list[Block] = [
        _hello(step.name),
        Paragraph(
            f"{connector.name} suggests that you meet {who}. {who} would like to talk to you{purpose}, and writes:"
        ),
        Quote(introduction.message),
    ]
    if connector.note:
        blocks += [Paragraph(f"{connector.name} adds:"), Quote(connector.note)]
    blocks += [
        Button(ANSWER, link),
        Small(
            f"If you say yes, we send one e-mail to you and {who}, with both addresses. Until then we do not give your address "
            f"to {who}. If you say no, {who} learns only that it did not work out."
        ),
    ]
    return Letter(
        subject=f"{connector.name} suggests that you meet {who}",
        blocks=tuple(blocks),
        sender=f"{connector.name} via Warmpath",
        stop_url=link,
    )


def _reminder(introduction: Introduction, requester: Requester, position: int, link: str) -> Letter | None:
    asked = _ask(introduction, requester, position, link)
    step = introduction.steps[position - 1]
    if asked is None or step.expires_at is None:
        return None
    until = f"{step.expires_at:%A}, {step.expires_at.day} {step.expires_at:%B}"
    reminder = Paragraph(f"This is the only reminder. You can answer until {until}; after that the request ends.")
    return Letter(
        subject=f"Re: {asked.subject}",
        blocks=(asked.blocks[0], reminder, *asked.blocks[1:]),
        sender=asked.sender,
        reply_to=asked.reply_to,
        stop_url=asked.stop_url,
    )


def _handoff(introduction: Introduction, requester: Requester, _position: int, _link: str) -> Letter:
    target, connectors = introduction.target, introduction.steps[:-1]
    through = " and ".join(step.name for step in connectors)
    purpose = f" would like to talk about {introduction.purpose}, and" if introduction.purpose else ""
    blocks: list[Block] = [
        Paragraph(f"{requester.name}, meet {described(target)}. {target.name}, meet {requester.name}."),
        Paragraph(
            f"You both agreed to this introduction, which came about through {through}. {requester.name}{purpose} writes:"
        ),
        Quote(introduction.message),
    ]
    for step in introduction.steps:
        if step.note and step.decision == "accept":
            blocks += [Paragraph(f"{step.name} adds:"), Quote(step.note)]
    blocks.append(Paragraph(f"{requester.name}, the next step is yours: reply to all to write to {target.name}."))
    return Letter(
        subject=f"{requester.name} and {target.name}: introduced by {connectors[-1].name}",
        blocks=tuple(blocks),
        reply_to=requester.email or "",
    )


def _outcome(introduction: Introduction, requester: Requester, _position: int, _link: str) -> Letter:
    target, step = introduction.target, introduction.current
    if introduction.reason == "undeliverable":
        what = f"The e-mail address of {step.name} does not work. Correct it in your contacts, then ask again."
    elif introduction.status == "expired":
        what = f"No answer came from {step.name} in time, so the request has ended. You can try another path."
    elif introduction.status == "not_now":
        what = "Now is not a good time. You may ask again in a few weeks."
    else:
        what = "It did not work out this time. That can have many reasons. Another path may be open to you."
    blocks: list[Block] = [
        _hello(requester.name),
        Paragraph(f"This is about your introduction to {target.name}. {what}"),
    ]
    if step.role == "connector" and step.note:
        blocks += [Paragraph(f"{step.name} writes:"), Quote(step.note)]
    return Letter(subject=f"Your introduction to {target.name}", blocks=tuple(blocks))


def _withdrawn(introduction: Introduction, requester: Requester, position: int, link: str) -> Letter:
    step = introduction.steps[position - 1]
    about = "you" if step is introduction.target else introduction.target.name
    text = f"{requester.name} no longer asks for the introduction to {about}. You do not need to do anything. Thank you all the same."
    return Letter(
        subject=f"{requester.name} has withdrawn a request",
        blocks=(_hello(step.name), Paragraph(text)),
        stop_url=link,
    )


def _thanks(introduction: Introduction, requester: Requester, position: int, link: str) -> Letter:
    step, target = introduction.steps[position - 1], introduction.target
    text = f"{requester.name} and {target.name} have talked. You made that possible: thank you."
    return Letter(
        subject=f"{requester.name} and {target.name} have met",
        blocks=(_hello(step.name), Paragraph(text)),
        stop_url=link,
    )


_LETTERS: dict[str, Callable[[Introduction, Requester, int, str], Letter | None]] = {
    steps.ASK: _ask,
    steps.REMINDER: _reminder,
    steps.HANDOFF: _handoff,
    steps.OUTCOME: _outcome,
    steps.WITHDRAWN: _withdrawn,
    steps.THANKS: _thanks,
}


def _with_footer(letter: Letter, requester: Requester, joining: str) -> Letter:
    blocks: list[Block] = [*letter.blocks, Divider("Warmpath")]
    blocks.append(
        Small(f"{requester.name} uses Warmpath to meet people through people they know. You can join, too:", joining)
    )
    if letter.stop_url:
        blocks.append(Small("Stop all requests and invitations to this address:", letter.stop_url))
    return Letter(
        subject=letter.subject,
        blocks=tuple(blocks),
        preview=letter.preview,
        sender=letter.sender,
        reply_to=letter.reply_to,
        stop_url=letter.stop_url,
    )
