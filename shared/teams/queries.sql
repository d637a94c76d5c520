-- name: create_team :value
-- Create a team with the caller as its only member; null where the caller is in a team.
select crm.create_team(:name, :now::timestamptz)

-- name: get_team :value
-- The caller's team, and the invitations to the caller that are not answered yet, as JSON.
select crm.get_team()

-- name: invite_to_team :one
-- Invite a mailbox; the id of the invitation, and the outcome.
select id, outcome from crm.invite_to_team(:email, :now::timestamptz, :most::int)

-- name: read_team_invitation :one
-- The data for the letter of an invitation; no row where it was cancelled or accepted, or the inviter has left the team.
select i.email, t.name, u.name, u.email
from crm.team_invitations i
join crm.users u on u.id = i.user_id
join crm.teams t on t.id = i.team_id
where i.user_id = :user_id::uuid and i.id = :id::uuid

-- name: cancel_team_invitation :value
select crm.cancel_team_invitation(:id::uuid)

-- name: join_team :value
select crm.join_team(:id::uuid, :now::timestamptz)

-- name: share_ties :one
-- Returns whether computed ties between others are shared, and strengths; no row where the user is not in a team.
update crm.team_members set shares_ties = :ties::boolean, shares_seen_ties = coalesce(:seen_ties::boolean, shares_seen_ties),
    shares_strengths = coalesce(:strengths::boolean, shares_strengths)
where user_id = :user_id::uuid
returning shares_seen_ties, shares_strengths

-- name: remove_from_team :value
select crm.remove_from_team(:member_id::uuid)

-- name: hide_contact :none
-- Hide a contact from colleagues. The self contact begins every path and cannot be hidden.
insert into crm.hidden_contacts (user_id, contact_no, hidden_at)
select c.user_id, c.no, :now::timestamptz from crm.contacts c
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid and not c.is_self
for key share
on conflict do nothing

-- name: hide_contacts :none
-- Hide contacts from colleagues, except the self contact.
insert into crm.hidden_contacts (user_id, contact_no, hidden_at)
select c.user_id, c.no, :now::timestamptz from crm.contacts c
where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[]) and not c.is_self
on conflict do nothing

-- name: show_contact :none
delete from crm.hidden_contacts h
using crm.contacts c
where h.user_id = :user_id::uuid and c.user_id = :user_id::uuid and c.id = :contact_id::uuid and h.contact_no = c.no

-- name: is_contact :value
select exists (select from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid and not c.is_self)

-- name: list_hidden :one
-- A page of hidden contacts as JSON, its last id, and whether more follow.
with page as (
    select c.id, c.name, c.company, c.title, h.hidden_at
    from crm.hidden_contacts h
    join crm.contacts c on c.user_id = :user_id::uuid and c.no = h.contact_no
    where h.user_id = :user_id::uuid and c.id > :after::uuid
    order by c.id limit :limit::int + 1)
select crm.json_items(array_agg(json_build_object('id', p.id, 'name', p.name, 'company', p.company, 'title', p.title,
        'hidden_at', p.hidden_at)::text), :limit::int),
    (array_agg(p.id))[:limit::int], count(*) > :limit::int
from page p

-- name: pass_team_on :value
select crm.pass_team_on(:member_id::uuid)
