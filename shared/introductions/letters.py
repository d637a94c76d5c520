"""The e-mails of an introduction: what each person on the way reads.

Two rules. A question stands on its own and can be forwarded as it is, in fewer than 120 words around the requester's own.
And nobody reads the target's address, number or profile, nor the target the requester's address, before both agreed.
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

_NOBODY = "a contact without a name"


def compose(tx: Session, email: Email, link: str, public_url: str) -> Letter | None:
    """Writes an e-mail from what is true now.

    Args:
        tx: a transaction of the requester.
        email: what is sent.
        link: where its reader answers.
        public_url: of the app.

    Returns:
        The letter; None when it has become pointless.
    """
    introduction = repository.get_introduction(tx, email.subject_id)
    requester = repository.get_requester(tx)
    if email.kind == steps.WITHDRAWN and _asked_nothing(tx, email):
        return None

    def joining() -> str:
        return viral.joining_url(public_url, viral.introduction_code(tx))

    return word(email.kind, introduction, requester, email.position or 0, link=link, joining=joining)


def word(
    kind: str,
    introduction: Introduction,
    requester: Requester,
    position: int,
    *,
    link: str,
    joining: Callable[[], str],
) -> Letter | None:
    """Words a letter: the same for its reader and for whoever looks at it before it is sent.

    Args:
        kind: which letter, e.g. `introduction.ask`.
        introduction: what is true of it when the letter goes out.
        requester: who asks.
        position: of the reader on the path; 0 where the letter is about the whole.
        link: where its reader answers.
        joining: tells the address at the foot, by which readers join; called only where there is a foot.

    Returns:
        The letter; None when it has become pointless.
    """
    written = _LETTERS[kind](introduction, requester, position, link)
    return written if written is None or kind == steps.OUTCOME else _with_footer(written, requester, joining())


def undelivered(tx: Session, email: Email, now: datetime) -> None:
    """What follows when an e-mail reaches nobody: a question that cannot be asked ends the introduction."""
    if email.kind in {steps.ASK, steps.REMINDER} and email.position is not None:
        steps.undeliverable(tx, email.subject_id, email.position, now)


WRITER = LetterWriter(compose, undelivered)


def described(person: Step) -> str:
    """Name, title and company, as far as they are known."""
    about = ", ".join(part for part in (person.title, person.company) if part)
    return f"{person.name} ({about})" if about else person.name


def first_name(name: str) -> str:
    """How somebody is greeted; empty where the name is not known."""
    return "" if name in {"", _NOBODY} else name.split(maxsplit=1)[0]


def _asked_nothing(tx: Session, email: Email) -> bool:
    """Whether the question that is taken back has never arrived."""
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
    passed_on = "" if step.position == 1 else f"{introduction.steps[step.position - 2].name} passes this on to you. "
    if following is target:
        wish = f"{passed_on}{who} would like to meet {described(target)}. Would you introduce them?"
    else:
        wish = (
            f"{passed_on}{who} would like to meet {described(target)}, and you know somebody on the way: "
            f"{described(following)}. Would you pass it on?"
        )
    blocks: list[Block] = [_hello(step.name), Paragraph(wish)]
    if step.position > 1 and introduction.steps[step.position - 2].note:
        before = introduction.steps[step.position - 2]
        blocks += [Paragraph(f"{before.name} adds:"), Quote(before.note)]
    blocks.append(Button("Accept, or say no", link))
    blocks.append(
        Small(
            f"If you accept, {following.name} is asked next, and nobody's address is told before {target.name} agrees. "
            "The link is yours: leave it out when you forward this."
        )
    )
    blocks += [Divider("to forward"), *_forwardable(introduction, requester)]
    return Letter(
        subject=f"Would you introduce {who} to {target.name}?",
        blocks=tuple(blocks),
        sender=f"{who} via Warmpath",
        # Whom the requester knows may answer in person; the others on the way have not been told their address.
        reply_to=(requester.email or "") if step.position == 1 else "",
        stop_url=link,
    )


def _forwardable(introduction: Introduction, requester: Requester) -> list[Block]:
    purpose = f" It is about: {introduction.purpose}." if introduction.purpose else ""
    return [
        Paragraph(
            f"{requester.name} would like to be introduced to {introduction.target.name}.{purpose} In their words:"
        ),
        Quote(introduction.message),
    ]


def _to_target(introduction: Introduction, requester: Requester, step: Step, link: str) -> Letter:
    connector = introduction.steps[step.position - 2]
    who, purpose = requester.name, f" about {introduction.purpose}" if introduction.purpose else ""
    blocks: list[Block] = [
        _hello(step.name),
        Paragraph(f"{connector.name} suggests that you meet {who}, who would like to talk to you{purpose} and writes:"),
        Quote(introduction.message),
    ]
    if connector.note:
        blocks += [Paragraph(f"{connector.name} adds:"), Quote(connector.note)]
    blocks += [
        Button("Say yes or no", link),
        Small(
            f"If you say yes, one e-mail goes to you and {who}, with both addresses. Until then {who} does not get yours "
            "from us. If you say no, they hear that it did not work out, and no more."
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
    reminder = Paragraph(f"This is the one reminder you get. The question stands until {until}, then it goes away.")
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
    about = f" You wanted to talk about {introduction.purpose}." if introduction.purpose else ""
    blocks: list[Block] = [
        Paragraph(f"{requester.name}, meet {described(target)}. {target.name}, meet {requester.name}."),
        Paragraph(f"You both agreed to this introduction, which came about through {through}.{about}"),
        Quote(introduction.message),
    ]
    for step in introduction.steps:
        if step.note and step.decision == "accept":
            blocks += [Paragraph(f"{step.name} adds:"), Quote(step.note)]
    blocks.append(Paragraph(f"The first word is {requester.name}'s: reply to all."))
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
        what = f"Nobody answered in time, so the question to {step.name} has gone away. Another path may be quicker."
    elif introduction.status == "not_now":
        what = "Now is not a good time. You may ask again in a few weeks."
    else:
        what = "It did not work out this time. That happens, and need not mean anything. Another path may be open."
    blocks: list[Block] = [_hello(requester.name), Paragraph(f"About your introduction to {target.name}: {what}")]
    if step.role == "connector" and step.note:
        blocks += [Paragraph(f"{step.name} writes:"), Quote(step.note)]
    return Letter(subject=f"Your introduction to {target.name}", blocks=tuple(blocks))


def _withdrawn(introduction: Introduction, requester: Requester, position: int, link: str) -> Letter:
    step = introduction.steps[position - 1]
    about = "you" if step is introduction.target else introduction.target.name
    text = f"{requester.name} no longer asks for the introduction to {about}. There is nothing to do; thank you all the same."
    return Letter(
        subject=f"{requester.name} has taken a question back",
        blocks=(_hello(step.name), Paragraph(text)),
        stop_url=link,
    )


def _thanks(introduction: Introduction, requester: Requester, position: int, link: str) -> Letter:
    step, target = introduction.steps[position - 1], introduction.target
    text = f"{requester.name} and {target.name} have talked. That was your doing: thank you."
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
    blocks.append(Small(f"{requester.name} finds people through people. So can you:", joining))
    if letter.stop_url:
        blocks.append(Small("Never be asked again:", letter.stop_url))
    return Letter(
        subject=letter.subject,
        blocks=tuple(blocks),
        preview=letter.preview,
        sender=letter.sender,
        reply_to=letter.reply_to,
        stop_url=letter.stop_url,
    )
