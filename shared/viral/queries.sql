-- name: create_invitations :many
-- Add an invitation for each mailbox that the user has not invited before; the new ones.
insert into crm.invitations (user_id, channel, code, email, message, sent_at)
select :user_id::uuid, 'email', n.code, n.email, :message, :now::timestamptz
from unnest(:codes::text[], :emails::text[]) n (code, email)
on conflict (user_id, address_hash) where channel = 'email' do nothing
returning id, email

-- name: list_not_invited :many
-- The addresses whose mailboxes the caller has not invited yet.
select address from crm.not_invited(:emails::text[])

-- name: list_invitations :one
-- A page of the invitations by e-mail, newest first, in the form of the API, and the place of the last one.
with page as (
    select i.id, i.email, i.code, i.sent_at, i.opened_at, j.accepted_at, j.activated_at
    from crm.invitations i
    left join crm.joins j on j.invitation_id = i.id and j.inviter_id = :user_id::uuid and j.channel = 'email'
    where i.user_id = :user_id::uuid and i.channel = 'email'
        and (i.sent_at, i.id) < (:before::timestamptz, :before_id::uuid)
    order by i.sent_at desc, i.id desc limit :limit::int + 1)
select crm.json_items(array_agg(json_build_object('id', p.id, 'email', p.email, 'code', p.code,
        'status', case when p.activated_at is not null then 'activated' when p.accepted_at is not null then 'accepted'
            when p.opened_at is not null then 'opened' else 'sent' end,
        'created_at', p.sent_at)::text), :limit::int),
    (array_agg(p.sent_at))[:limit::int], (array_agg(p.id))[:limit::int], count(*) > :limit::int
from page p

-- name: find_link :value
-- The code of the user's link for a channel.
select code from crm.invitations where user_id = :user_id::uuid and channel = :channel and channel <> 'email'

-- name: create_link :value
insert into crm.invitations (user_id, channel, code, sent_at)
values (:user_id::uuid, :channel, :code, :now::timestamptz)
on conflict (user_id, channel) where channel <> 'email' do nothing
returning code

-- name: read_invitation :one
-- The data for the letter of an invitation.
select i.email, i.code, i.message, u.name, u.email
from crm.invitations i
join crm.users u on u.id = i.user_id
where i.user_id = :user_id::uuid and i.id = :id::uuid

-- name: find_invitation :one
select inviter, message from crm.find_invitation(:code)

-- name: open_invitation :value
select crm.open_invitation(:code, :now::timestamptz)

-- name: accept_invitation :value
select crm.accept_invitation(:user_id::uuid, :code, :now::timestamptz)

-- name: find_join :value
-- The invitation by which the user joined, in the form of the API.
select crm.find_join(:user_id::uuid)::text

-- name: reward_join :one
-- Give credits to joiner and inviter after the joiner became active; the inviter, the join, and whether the inviter got credits.
select inviter_id, join_id, rewarded
from crm.reward_join(:joiner::uuid, :credits::int, :most_rewards::int, :now::timestamptz)

-- name: add_points :value
select crm.add_points(:user_ids::uuid[], :kind, :subject, :now::timestamptz)

-- name: score_introduction :value
select crm.score_introduction(:introduction_id::uuid, :now::timestamptz)

-- name: note_all_activity :value
select crm.note_all_activity(:now::timestamptz, :most::int)

-- name: slide_leaderboard :value
select crm.slide_leaderboard(:now::timestamptz)

-- name: rebuild_leaderboard :value
select crm.rebuild_leaderboard(:now::timestamptz)

-- name: leaderboard_page :one
select items, own, last_score, last_tie, more
from crm.leaderboard_page(:period, :after_score::int, :after_tiebreak::uuid, :limit::int)

-- name: is_operator :value
-- Whether the user's verified address is one of those, or of one of the domains, in lower case.
select exists (select from crm.users u where u.id = :user_id::uuid
    and (lower(u.email) = any(:addresses::text[]) or '@' || split_part(lower(u.email), '@', 2) = any(:addresses::text[])))

-- name: user_counts :value
select crm.viral_figures(:user_id::uuid, :since::timestamptz, :now::timestamptz)::text

-- name: everyones_counts :value
select crm.everyones_figures(:days::int, :now::timestamptz)::text
