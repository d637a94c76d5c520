-- name: tables :many
-- Every table with what of it is saved (generated columns and documents of search are computed again, and numbers of transactions are of
-- one server), its key, which columns number themselves, and the tables
-- its rows refer to.
select c.relname,
    array(select quote_ident(a.attname) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            and a.atttypid not in ('xid8'::regtype, 'pg_snapshot'::regtype, 'tsvector'::regtype) order by a.attnum),
    array(select quote_ident(a.attname) from pg_index i cross join lateral unnest(i.indkey) with ordinality k (attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary and k.place <= i.indnkeyatts order by k.place),
    array(select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attidentity <> ''),
    array(select distinct f.relname from pg_constraint r join pg_class f on f.oid = r.confrelid
        where r.conrelid = c.oid and r.contype = 'f' and r.confrelid <> c.oid and r.conparentid = 0)
from pg_class c
where c.relnamespace = to_regnamespace('crm') and c.relkind in ('r', 'p') and not c.relispartition

-- name: sequences :many
-- Those that have given a value, and the last one.
select sequencename, last_value from pg_sequences where schemaname = 'crm' and last_value is not null

-- name: migrations :many
select name, checksum from crm.migrations order by name

-- name: postgres :value
select current_setting('server_version')

-- name: now :value
select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')

-- name: is_installed :value
select to_regclass('crm.users') is not null

-- name: count_users :value
select count(*) from crm.users

-- name: renew_feed :none
-- Numbers of transactions begin anew on another server, so tokens of the feed from before a restore are refused.
update crm.change_feed set epoch = gen_random_uuid()

-- name: find_users :many
-- Users of an address or an id.
select id from crm.users where lower(email) = lower(:named::text) or id::text = :named::text

-- name: find_same_user :value
-- When the user of the staged row came, where they are there already: as the same row, or as the same person to the identity provider.
select to_char(u.created_at, 'YYYY-MM-DD') from crm.users u
join pg_temp.staged_users s on s.id = u.id or s.issuer = u.issuer and s.subject = u.subject

-- name: set_sequence :none
select setval(format('crm.%I', :name::text)::regclass, :value::bigint)

-- name: raise_numbers :none
-- Contacts that come later must not take the number of one that was brought.
select setval('crm.contact_no', m.highest) from (select max(no) as highest from crm.contacts where user_id = :user_id::uuid) m
where m.highest > (select last_value from crm.contact_no)

-- name: set_balance :none
update crm.users u set credit_balance = s.credit_balance from pg_temp.staged_users s where s.id = u.id

-- name: set_membership :none
-- The row is there with the user, and knows the mailbox by this installation's key.
update crm.members m set joined_at = s.joined_at, activated_at = s.activated_at from pg_temp.staged_members s where s.user_id = m.user_id

-- name: translate_points :none
-- Whom one has met is written into the points as a hash, and each installation has a key of its own for these.
update crm.score_events e set subject = replace(e.subject, encode(s.address_hash, 'hex'), encode(n.address_hash, 'hex'))
from pg_temp.staged_introduction_steps s
join crm.introduction_steps n on n.introduction_id = s.introduction_id and n.position = s.position
where e.user_id = s.user_id and s.address_hash <> n.address_hash and position(encode(s.address_hash, 'hex') in e.subject) > 0

-- name: rejoin :none
-- What was kept of how they came is theirs again.
update crm.joins j set user_id = s.user_id from pg_temp.staged_joins s
where j.id = s.id and j.user_id is null and s.user_id = :user_id::uuid

-- name: rejoin_invited :none
-- Likewise of whom they brought, who may have gone since.
update crm.joins j set inviter_id = s.inviter_id, invitation_id = (select i.id from crm.invitations i where i.id = s.invitation_id)
from pg_temp.staged_joins s where j.id = s.id and j.inviter_id is null and s.inviter_id = :user_id::uuid

-- name: add_join :none
-- How they came, where nothing was kept of it. Whom they brought is not added: those are other people.
insert into crm.joins (id, user_id, address_hash, inviter_id, invitation_id, channel, invited_at, accepted_at, activated_at, rewarded_at,
    inviter_rewarded)
select s.id, s.user_id, m.address_hash, (select u.id from crm.users u where u.id = s.inviter_id),
    (select i.id from crm.invitations i where i.id = s.invitation_id), s.channel, s.invited_at, s.accepted_at, s.activated_at, s.rewarded_at,
    s.inviter_rewarded
from pg_temp.staged_joins s join crm.members m on m.user_id = s.user_id
where s.user_id = :user_id::uuid and m.address_hash is not null
on conflict do nothing

-- name: add_team :none
-- A team that is no more; into one that is there, its members invite.
with made as (
    insert into crm.teams (id, name, created_at) select id, name, created_at from pg_temp.staged_teams
    on conflict (id) do nothing returning id
)
insert into crm.team_members (user_id, team_id, shares_ties, shares_seen_ties, shares_strengths, joined_at, self_no)
select s.user_id, s.team_id, s.shares_ties, coalesce(s.shares_seen_ties, false), coalesce(s.shares_strengths, true), s.joined_at, s.self_no from pg_temp.staged_team_members s join made m on m.id = s.team_id

-- name: rebuild_leaderboard :value
select crm.rebuild_leaderboard(now())
