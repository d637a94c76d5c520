"""What became of what people asked of each other: introductions, e-mails, invitations, points, teams."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tests.faults.journal import YES

if TYPE_CHECKING:
    from tests.faults.evidence import Evidence
    from tests.faults.faults import Happened
    from tests.faults.postbox import Taken

HAPPY = {"introduced", "completed"}
# What may come between an e-mail that was taken and the note that it was: the server says yes, the note is committed.
NOTING_S = 4.0
DISTURBING = {"postgres", "functions-0", "functions-1", "postgres-0", "postgres-1", "smtp", "mail", "disk"}


def introductions(evidence: Evidence) -> list[str]:
    """Every acknowledged introduction, answer and end is there, in an order of states that there may be."""
    rows = {row[0]: row[1:] for row in evidence.rows("select id::text, status, target_id::text from crm.introductions")}
    steps = _steps(evidence)
    found = []
    for asked in evidence.journal.introductions:
        if not asked.id:
            continue
        if asked.id not in rows:
            found.append(f"the introduction of {asked.user} to {asked.target} is not there")
            continue
        status, target_id = rows[asked.id]
        if target_id != asked.target_id:
            found.append(f"the introduction of {asked.user} to {asked.target} is to somebody else")
        if asked.completed == YES and status != "completed":
            found.append(f"an introduction to {asked.target} was completed and is {status}")
        if asked.ended == YES and status != "withdrawn":
            found.append(f"an introduction to {asked.target} was withdrawn and is {status}")
        for _, address, decision in steps[asked.id]:
            reply = evidence.journal.replies.get(address)
            if reply and reply.heard and decision != reply.decision:
                found.append(f"{address} answered {reply.decision}, which counts as {decision}")
    twice = Counter((asked.user, asked.target) for asked in evidence.journal.introductions)
    targets = Counter(row[1] for row in rows.values())
    found += [f"{targets[i.target_id]} introductions to {i.target}" for i in evidence.journal.introductions
              if targets[i.target_id] > twice[i.user, i.target]]  # fmt: skip
    return found + _illegal(rows, steps)


def _steps(evidence: Evidence) -> dict[str, list[tuple[str, str, str | None]]]:
    found: dict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
    for introduction, role, email, decision in evidence.rows(
        "select introduction_id::text, role, coalesce(email, ''), decision from crm.introduction_steps order by 1, position"
    ):
        found[introduction].append((role, email, decision))
    return found


def _illegal(rows: dict[str, list[str]], steps: dict[str, list[tuple[str, str, str | None]]]) -> list[str]:
    found = []
    for introduction, (status, _) in rows.items():
        decisions = [decision for _, _, decision in steps[introduction]]
        said_yes = 0
        while said_yes < len(decisions) and decisions[said_yes] == "accept":
            said_yes += 1
        beyond = [decision for decision in decisions[said_yes + 1 :] if decision]
        legal = {
            "requested": said_yes == 0 and not any(decisions),
            "connector_accepted": 0 < said_yes < len(decisions) and not any(decisions[said_yes:]),
            "introduced": said_yes == len(decisions),
            "completed": said_yes == len(decisions),
        }.get(status, said_yes < len(decisions) and bool(decisions[said_yes]))
        if beyond or not legal:
            found.append(f"introduction {introduction} is {status} after {decisions}")
    return found


def consent(evidence: Evidence) -> list[str]:
    """Nobody is asked before those on the way have agreed, nor introduced before all have; all of them said so themselves."""
    replies = evidence.journal.replies
    first_mail: dict[str, float] = {}
    for mail in evidence.taken:
        first_mail.setdefault(mail.message_id.strip("<>").partition("@")[0], mail.at)
    found = []
    steps = _steps(evidence)
    for introduction, status in evidence.rows("select id::text, status from crm.introductions"):
        for _, address, decision in steps[introduction]:
            said = replies.get(address)
            if decision in {"accept", "decline", "not_now"} and (said is None or said.decision != decision):
                found.append(f"{address} counts as {decision}, and never said so")
            if status in HAPPY and (said is None or said.decision != "accept"):
                found.append(f"{address} was introduced without having agreed")
    for email_id, kind, introduction in evidence.rows(
        """select id::text, kind, subject_id::text from crm.emails where kind = 'introduction.handoff'
        or kind = 'introduction.ask' and position > 1"""
    ):
        at = first_mail.get(email_id)
        people = steps[introduction] if kind == "introduction.handoff" else steps[introduction][:-1]
        for _, address, _ in people:
            said = replies.get(address)
            if at is not None and (said is None or said.decision != "accept" or said.first_at > at):
                found.append(f"{kind} of {introduction} was sent before {address} had agreed")
    return found


def emails(evidence: Evidence) -> list[str]:
    """Every e-mail that counts as sent was taken, and none twice but where somebody died before noting that it was."""
    copies: dict[str, list[Taken]] = defaultdict(list)
    for mail in evidence.taken:
        copies[mail.message_id.strip("<>").partition("@")[0]].append(mail)
    rows = {row[0]: row[1:] for row in evidence.rows("select id::text, kind, status, attempts from crm.emails")}
    found = [f"an e-mail was sent that nobody queued: {email}" for email in copies if email not in rows]
    for email, (kind, status, attempts) in rows.items():
        times = len(copies[email])
        if status == "sent" and not times:
            found.append(f"{kind} {email} counts as sent, and was not")
        if times > attempts:
            found.append(f"{kind} {email} was sent {times} times in {attempts} attempts")
        found += [
            f"{kind} {email} was sent again, though nothing was in the way"
            for earlier in copies[email][:-1]
            if earlier.told and not any(_disturbed(fault, earlier) for fault in evidence.happened)
        ]
    return found


def _disturbed(fault: Happened, mail: Taken) -> bool:
    ended = fault.well or fault.healed
    return fault.fault.target in DISTURBING and fault.began < mail.at + NOTING_S and ended > mail.at - NOTING_S


def joins(evidence: Evidence) -> list[str]:
    """Whoever joined counts once, by whoever invited them, and both have their credits once."""
    there: dict[str, list[tuple[str, bool, bool]]] = defaultdict(list)
    for joiner, inviter, activated, rewarded in evidence.rows(
        "select user_id, inviter_id, activated_at is not null, rewarded_at is not null from crm.joins"
    ):
        there[evidence.email_of(joiner)].append((evidence.email_of(inviter), activated, rewarded))
    found = []
    for friend, join in evidence.journal.joins.items():
        if not join.accepted:
            continue
        known = there.get(friend, [])
        if len(known) != 1 or known[0][0] != join.inviter:
            found.append(f"{friend} joined by {join.inviter}, and counts as {known}")
        elif join.contacts >= 5 and known[0][1:] != (True, True):
            found.append(f"{friend} is active, and not rewarded: {known}")
    granted = Counter({
        evidence.email_of(user): count
        for user, count in evidence.rows(
            "select user_id, count(*) from crm.credit_ledger where kind = 'grant' and note <> 'to start with' group by 1"
        )
    })  # fmt: skip
    due = Counter({
        evidence.email_of(user): count
        for user, count in evidence.rows(
            """select u.id, count(*) from crm.users u join crm.joins j on j.user_id = u.id and j.rewarded_at is not null
            or j.inviter_id = u.id and j.inviter_rewarded group by 1"""
        )
    })  # fmt: skip
    return found + [
        f"{user} was rewarded {granted[user]} times, not {due[user]}"
        for user in granted | due
        if granted[user] != due[user]
    ]


def points(evidence: Evidence) -> list[str]:
    """Points are the scored events, each for what happened, and standings are their sum."""
    ((completed,),) = evidence.rows("select count(*) from crm.introductions where status = 'completed'")
    ((met,),) = evidence.rows(
        "select count(*) from crm.score_events where kind = 'introduction' and subject like 'met %'"
    )
    ((brought,),) = evidence.rows("select count(*) from crm.score_events where kind = 'invitation'")
    ((rewarded,),) = evidence.rows("select count(*) from crm.joins where rewarded_at is not null")
    found = []
    if met != completed:
        found.append(f"{met} points for {completed} completed introductions")
    if brought != rewarded:
        found.append(f"{brought} points for {rewarded} joiners who became active")
    wrong = evidence.rows(
        """select coalesce(l.user_id, e.user_id), l.introductions, l.invitations, e.introductions, e.invitations
        from (select * from crm.leaderboard where period = 'all') l
        full join (select user_id, count(*) filter (where kind = 'introduction') as introductions,
            count(*) filter (where kind = 'invitation') as invitations from crm.score_events group by 1) e using (user_id)
        where (l.introductions, l.invitations) is distinct from (e.introductions, e.invitations)"""
    )
    found += [f"{evidence.email_of(user)} stands at {row}" for user, *row in wrong]
    counted = evidence.rows(
        """select coalesce(s.period, l.period), coalesce(s.score, l.score), s.people, l.people
        from (select * from crm.leaderboard_scores where people <> 0) s full join
        (select period, score, count(*) as people from crm.leaderboard where shown group by 1, 2) l
        on l.period = s.period and l.score = s.score where s.people is distinct from l.people"""
    )
    return found + [
        f"standings of {period} count {one} people at {score}, not {other}" for period, score, one, other in counted
    ]


def teams(evidence: Evidence) -> list[str]:
    """Whoever was told that they are in a team is, and shares what they last said."""
    there = {
        evidence.email_of(user): (name, shares)
        for user, name, shares in evidence.rows(
            "select m.user_id, t.name, m.shares_ties from crm.team_members m join crm.teams t on t.id = m.team_id"
        )
    }
    found = [
        f"{user} is in {there.get(user)}, not in {team}"
        for user, team in evidence.journal.members.items()
        if there.get(user, ("",))[0] != team
    ]
    return found + [
        f"{user} shares {there[user][1]}, not {allowed}"
        for user, allowed in evidence.journal.sharing.items()
        if user in there and there[user][1] not in allowed
    ]
