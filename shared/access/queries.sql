-- name: find_token :one
-- The user and the rights of a token that has not expired.
select user_id, email, user_name, program_id, program, scopes, resource, expires_at, last_used_at from crm.find_program(:hash::bytea, :at::timestamptz)

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

-- name: sign_client :value
select crm.client_signature(:content)

-- name: add_grant :value
-- Let a program in; no row where the user has the most that are allowed.
insert into crm.access_grants as g (user_id, client_id, name, host, resource, scopes, created_at)
select :user_id::uuid, :client_id, :name, :host, :resource, :scopes::text[], :now::timestamptz
where (select count(*) from crm.access_grants o where o.user_id = :user_id::uuid) < :most::int
returning g.id

-- name: add_grant_token :none
insert into crm.grant_tokens (user_id, hash, grant_id, kind, expires_at, details)
values (:user_id::uuid, :hash::bytea, :grant_id::uuid, :kind, :expires_at::timestamptz, :details::jsonb)

-- name: take_grant_token :one
select outcome, user_id, grant_id, client_id, scopes, resource, details
from crm.take_grant_token(:hash::bytea, :kind, :now::timestamptz, make_interval(secs => :grace_s::float8))

-- name: end_grant_of :value
select crm.end_grant_of(:hash::bytea)

-- name: list_grants :value
-- The programs that the user has let in as one JSON array, the newest first.
select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name, 'host', g.host, 'resource', g.resource, 'scopes', g.scopes,
    'created_at', g.created_at, 'last_used_at', g.last_used_at) order by g.created_at desc, g.id), '[]')::text
from crm.access_grants g where g.user_id = :user_id::uuid

-- name: delete_grant :none
delete from crm.access_grants where user_id = :user_id::uuid and id = :id::uuid

-- name: add_device_request :value
select crm.add_device_request(:hash::bytea, :user_code, :client_id, :name, :resource, :scopes::text[], :expires_at::timestamptz)

-- name: find_device_request :one
select client_id, name, resource, scopes from crm.find_device_request(:user_code, :now::timestamptz)

-- name: answer_device_request :value
select crm.answer_device_request(:user_code, :grant_id::uuid, :now::timestamptz)

-- name: take_device_answer :one
select outcome, user_id, grant_id, client_id, scopes, resource
from crm.take_device_answer(:hash::bytea, :client_id, :now::timestamptz, make_interval(secs => :pause_s::float8))
