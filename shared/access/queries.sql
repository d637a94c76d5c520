-- name: find_token :one
-- The user and the rights of a token that has not expired.
select user_id, email, user_name, program_id, program, scopes, expires_at, last_used_at from crm.find_access_token(:hash::bytea, :at::timestamptz)

-- name: note_token_use :none
select crm.note_token_use(:token_id::uuid, :at::timestamptz)

-- name: note_program_call :none
select crm.note_program_call(:program_id::uuid, :program, :act, :target, :succeeded::boolean, :at::timestamptz)

-- name: create_token :value
-- Make a personal token; no row where the user has the most that are allowed.
insert into crm.access_tokens as t (user_id, name, hash, ending, scopes, created_at, expires_at)
select :user_id::uuid, :name, :hash::bytea, :ending, :scopes::text[], :now::timestamptz, :expires_at::timestamptz
where (select count(*) from crm.access_tokens o where o.user_id = :user_id::uuid) < :most::int
returning json_build_object('id', t.id, 'name', t.name, 'ending', t.ending, 'scopes', t.scopes, 'created_at', t.created_at,
    'expires_at', t.expires_at, 'last_used_at', t.last_used_at)::text

-- name: list_tokens :value
-- The personal tokens of the user as one JSON array, the newest first.
select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'ending', t.ending, 'scopes', t.scopes, 'created_at', t.created_at,
    'expires_at', t.expires_at, 'last_used_at', t.last_used_at) order by t.created_at desc, t.id), '[]')::text
from crm.access_tokens t where t.user_id = :user_id::uuid

-- name: delete_token :none
delete from crm.access_tokens where user_id = :user_id::uuid and id = :id::uuid

-- name: list_program_calls :one
-- A page of what programs did as one JSON array, newest first, the number of its last entry, and whether more follow.
with page as (
    select c.no, json_build_object('program_id', c.program_id, 'program', c.program, 'act', c.act, 'target', nullif(c.target, ''),
        'succeeded', c.succeeded, 'times', c.times, 'first_at', c.first_at, 'last_at', c.last_at)::text as document
    from crm.program_calls c
    where c.user_id = :user_id::uuid and c.no < :before_no::bigint and (:program_id::uuid is null or c.program_id = :program_id::uuid)
    order by c.no desc limit :limit::int + 1)
select crm.json_items(array_agg(p.document order by p.no desc), :limit::int), (array_agg(p.no order by p.no desc))[:limit::int],
    count(*) > :limit::int
from page p

-- name: remove_old_program_calls :value
select crm.remove_old_program_calls(:before::timestamptz, :most::int)

-- name: remove_expired_tokens :value
select crm.remove_expired_tokens(:before::timestamptz)
