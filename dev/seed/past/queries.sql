-- name: insert_users :none
-- With no credits at first: those come with the ledger. They have said yes to the leaderboard, so that there is one to see.
insert into crm.users (id, issuer, subject, email, name, credit_balance, settings, created_at)
select r.id, r.issuer, r.subject, r.email, r.name, 0, '{"leaderboard": true}', r.joined_at
from jsonb_to_recordset(:rows::jsonb) r (id uuid, issuer text, subject text, email text, name text, joined_at timestamptz)

-- name: insert_selves :none
insert into crm.contacts (user_id, name, email, emails, source, is_self, created_at, updated_at)
select u.id, u.name, u.email, array[u.email], 'self', true, u.created_at, u.created_at from crm.users u

-- name: set_activity :none
update crm.members m set activated_at = r.activated_at
from jsonb_to_recordset(:rows::jsonb) r (id uuid, activated_at timestamptz) where m.user_id = r.id

-- name: insert_contacts :none
-- Others have people of the demo user's network in their books.
insert into crm.contacts (user_id, name, email, company, title, location, tags, source, source_uid, created_at, updated_at)
select r.user_id, c.name, c.email, c.company, c.title, c.location, array['demo'], 'demo', c.source_uid, r.happened_at, r.happened_at
from jsonb_to_recordset(:rows::jsonb) r (user_id uuid, person int, happened_at timestamptz)
join crm.contacts c on c.user_id = :user_id::uuid and c.source_uid = 'demo-' || r.person
where c.email is not null

-- name: insert_ties :none
with node as (
    select c.user_id, c.no, case when c.is_self then -1 else substr(c.source_uid, 6)::int end as number
    from crm.contacts c where c.is_self or c.source = 'demo'
), tie as (
    select * from jsonb_to_recordset(:rows::jsonb) r (user_id uuid, source int, target int, strength real, mutual boolean)
)
insert into crm.relationships (user_id, from_no, to_no, strength)
select t.user_id, s.no, d.no, t.strength
from (select user_id, source, target, strength from tie
      union all select user_id, target, source, strength from tie where mutual) t
join node s on s.user_id = t.user_id and s.number = t.source
join node d on d.user_id = t.user_id and d.number = t.target
order by 1, 2, 3
on conflict do nothing

-- name: insert_interactions :none
insert into crm.interactions (user_id, contact_no, at, kind, direction)
select c.user_id, c.no, r.happened_at, r.kind, r.direction
from jsonb_to_recordset(:rows::jsonb) r (person int, happened_at timestamptz, kind text, direction text)
join crm.contacts c on c.user_id = :user_id::uuid and c.source_uid = 'demo-' || r.person

-- name: forget_hand_set :none
-- A strength that was set by hand is not computed from interactions.
delete from crm.relationships r using crm.contacts s
where s.user_id = :user_id::uuid and s.is_self and r.user_id = s.user_id
    and (r.from_no = s.no and r.to_no in (select i.contact_no from crm.interactions i where i.user_id = s.user_id)
        or r.to_no = s.no and r.from_no in (select i.contact_no from crm.interactions i where i.user_id = s.user_id))

-- name: compute_ties :value
select crm.compute_ties(array(select distinct i.contact_no from crm.interactions i where i.user_id = :user_id::uuid))

-- name: insert_cadences :none
insert into crm.cadences (user_id, contact_no, every_days, started_at)
select c.user_id, c.no, r.every_days, c.created_at
from jsonb_to_recordset(:rows::jsonb) r (person int, every_days int)
join crm.contacts c on c.user_id = :user_id::uuid and c.source_uid = 'demo-' || r.person

-- name: set_enrichments :none
with enriched as (
    update crm.contacts c set enrichment = r.document
    from jsonb_to_recordset(:rows::jsonb) r (person int, document jsonb)
    where c.user_id = :user_id::uuid and c.source_uid = 'demo-' || r.person
    returning c.user_id, c.id, c.email, r.document
)
insert into crm.enrichments (user_id, contact_id, event_id, priority, requested_at, email_hash, outcome, finished_at)
select user_id, id, gen_random_uuid(), 1, (document ->> 'enriched_at')::timestamptz, crm.email_hash(email), document ->> 'status',
    (document ->> 'enriched_at')::timestamptz
from enriched

-- name: insert_ledger :none
insert into crm.credit_ledger (user_id, kind, credits, contact_id, provider, note, balance_after, at)
select r.user_id, case when c.id is null then 'grant' when r.credits < 0 then 'charge' else 'release' end, r.credits, c.id, r.provider, r.note,
    sum(r.credits) over (partition by r.user_id order by r.happened_at, r.no), r.happened_at
from jsonb_to_recordset(:rows::jsonb) r (no int, user_id uuid, happened_at timestamptz, credits int, note text, person int, provider text)
left join crm.contacts c on c.user_id = r.user_id and c.source_uid = 'demo-' || r.person
order by r.happened_at, r.no

-- name: set_balances :none
update crm.users u set credit_balance = l.credits
from (select user_id, sum(credits) as credits from crm.credit_ledger group by user_id) l where l.user_id = u.id

-- name: insert_introductions :none
insert into crm.introductions (id, user_id, target_id, status, turn, message, purpose, strength, created_at, updated_at)
select r.id, r.user_id, c.id, r.status, r.turn, r.message, r.purpose, r.strength, r.created_at, r.updated_at
from jsonb_to_recordset(:rows::jsonb) r (id uuid, user_id uuid, target int, status text, turn smallint, message text, purpose text,
    strength real, created_at timestamptz, updated_at timestamptz)
join crm.contacts c on c.user_id = r.user_id and c.source_uid = 'demo-' || r.target

-- name: insert_steps :none
insert into crm.introduction_steps (introduction_id, position, user_id, role, contact_id, name, company, title, email, asked_at, expires_at,
    reminded_at, decision, note, decided_at)
select i.id, r.position, i.user_id, r.role, c.id, c.name, c.company, c.title, c.email, r.asked_at, r.expires_at, r.reminded_at, r.decision,
    r.note, r.decided_at
from jsonb_to_recordset(:rows::jsonb) r (introduction_id uuid, position smallint, role text, person int, asked_at timestamptz,
    expires_at timestamptz, reminded_at timestamptz, decision text, note text, decided_at timestamptz)
join crm.introductions i on i.id = r.introduction_id
join crm.contacts c on c.user_id = i.user_id and c.source_uid = 'demo-' || r.person

-- name: insert_invitations :none
insert into crm.invitations (id, user_id, channel, code, email, sent_at, opened_at, opens)
select r.id, r.user_id, r.channel, r.code, r.email, r.sent_at, r.opened_at, (r.opened_at is not null)::int
from jsonb_to_recordset(:rows::jsonb) r (id uuid, user_id uuid, channel text, code text, email text, sent_at timestamptz, opened_at timestamptz)

-- name: insert_joins :none
insert into crm.joins (id, user_id, address_hash, inviter_id, invitation_id, channel, invited_at, accepted_at, activated_at, rewarded_at,
    inviter_rewarded)
select r.id, r.user_id, m.address_hash, r.inviter_id, r.invitation_id, r.channel, r.invited_at, r.accepted_at, r.activated_at, r.activated_at,
    r.inviter_rewarded
from jsonb_to_recordset(:rows::jsonb) r (id uuid, user_id uuid, inviter_id uuid, invitation_id uuid, channel text, invited_at timestamptz,
    accepted_at timestamptz, activated_at timestamptz, inviter_rewarded boolean)
join crm.members m on m.user_id = r.user_id

-- name: score_invitations :many
select crm.add_points(array[j.inviter_id], 'invitation', j.id::text, j.activated_at) from crm.joins j where j.activated_at is not null

-- name: score_introductions :many
select crm.score_introduction(i.id, i.updated_at) from crm.introductions i where i.status = 'completed' order by i.updated_at

-- name: insert_team :none
with made as (
    insert into crm.teams (name, created_at) values (:name, :at::timestamptz) returning id
)
insert into crm.team_members (user_id, team_id, shares_ties, joined_at, self_no)
select r.user_id, made.id, true, r.happened_at, c.no
from made, jsonb_to_recordset(:rows::jsonb) r (user_id uuid, happened_at timestamptz)
join crm.contacts c on c.user_id = r.user_id and c.is_self
