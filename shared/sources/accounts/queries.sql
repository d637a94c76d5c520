-- name: set_secret :none
-- Keep the credentials of a source, and begin again to read it.
insert into crm.source_accounts as a (user_id, id, secret) values (:user_id::uuid, :source_id::uuid, :secret::bytea)
on conflict (user_id, id) do update set secret = excluded.secret, failures = 0

-- name: set_account :none
-- Set what is shown of the account of a source; one of another account is read from its beginning.
update crm.sources s set settings = s.settings || jsonb_build_object('account', :account::jsonb),
    cursor = case when s.settings -> 'account' is not distinct from :account::jsonb then s.cursor end
where s.user_id = :user_id::uuid and s.id = :source_id::uuid

-- name: add_address :none
-- Add an own address to a source, before anything is counted by them.
update crm.sources s set addresses = array(select distinct a.address from unnest(s.addresses || :address::text) a(address) order by 1)
where s.user_id = :user_id::uuid and s.id = :source_id::uuid and s.read = 0 and :address::text <> '' and cardinality(s.addresses) < 100

-- name: find_account :one
-- Kind, settings and sealed credentials of a source; no row for an unknown one, null where it has no credentials.
select s.kind, s.settings::text, a.secret from crm.sources s
left join crm.source_accounts a on a.user_id = s.user_id and a.id = s.id
where s.user_id = :user_id::uuid and s.id = :source_id::uuid

-- name: ask_now :none
-- Have the account read as soon as possible.
update crm.sources s set next_at = now() + make_interval(secs => :requeue_after_s::int), problem = null,
    state = case when s.state = 'running' then s.state else 'waiting' end
where s.user_id = :user_id::uuid and s.id = :source_id::uuid

-- name: take_account :one
-- Take an account that no living worker has; the worker of the lease is then the only one.
with taken as (
    update crm.source_accounts a set lease = :lease::uuid, leased_until = clock_timestamp() + make_interval(secs => :lease_s::int)
    from crm.sources s
    where a.user_id = :user_id::uuid and a.id = :source_id::uuid and s.user_id = a.user_id and s.id = a.id
        and s.state not in ('paused', 'needs_attention') and (a.leased_until is null or a.leased_until < clock_timestamp())
    returning a.id, a.secret, a.failures),
begun as (
    update crm.sources s set state = 'running' from taken t where s.user_id = :user_id::uuid and s.id = t.id
    returning s.id, s.kind, s.settings, s.cursor)
select b.kind, b.settings::text, b.cursor::text, t.secret, t.failures from taken t join begun b on b.id = t.id

-- name: save_part :value
-- Set how far an account is read, if its worker still has it; returns whether it does.
with held as (
    update crm.source_accounts a set leased_until = clock_timestamp() + make_interval(secs => :lease_s::int),
        secret = coalesce(:secret::bytea, a.secret), failures = 0
    where a.user_id = :user_id::uuid and a.id = :source_id::uuid and a.lease = :lease::uuid returning a.id),
saved as (
    update crm.sources s set cursor = :cursor::jsonb, problem = null, last_run_at = now(), read = s.read + :left::int,
        left_out = case when :left::int = 0 then s.left_out else s.left_out || (
            select jsonb_object_agg(l.key, coalesce((s.left_out ->> l.key)::integer, 0) + l.value::integer) from jsonb_each_text(:left_out::jsonb) l) end
    from held h where s.user_id = :user_id::uuid and s.id = h.id
    returning 1)
select exists (select from saved)

-- name: end_slice :none
-- Let go of an account: its state from now on, when it is read next, and what hinders.
with released as (
    update crm.source_accounts a set lease = null, leased_until = null, failures = :failures::int
    where a.user_id = :user_id::uuid and a.id = :source_id::uuid and a.lease = :lease::uuid returning a.id)
update crm.sources s set state = :state, problem = :problem, next_at = now() + make_interval(secs => :next_s::float8)
from released r where s.user_id = :user_id::uuid and s.id = r.id

-- name: queue_due :value
-- Queue the accounts that are to be read now; returns how many.
select crm.queue_due_sources(:most::int, :requeue_after_s::int)
