-- name: sign_in :value
-- The user of a verified token; the first call creates the user and the self contact. The sign-in stands in the audit log.
select crm.note_sign_in(s.user_id, :session, make_interval(secs => :once_in_s::float8)) from crm.sign_in(:issuer, :subject, :email, :name) s

-- name: find_user :value
-- The user in the form of the API, with what may still be sent to strangers.
select json_build_object(
    'id', u.id, 'name', u.name, 'email', u.email, 'self_contact_id', c.id,
    'credits', u.credit_balance, 'settings', u.settings, 'letters', crm.own_letter_budget(:limits::jsonb, :now::timestamptz),
    'created_at', u.created_at)::text
from crm.users u
left join crm.contacts c on c.user_id = u.id and c.is_self
where u.id = :user_id::uuid

-- name: update_user :none
-- Set the name unless it is null, and merge the settings; a null among them removes one. No row where the settings would exceed a
-- limit, unless they become shorter than before.
update crm.users
set name = coalesce(:name::text, name),
    settings = jsonb_strip_nulls(settings || coalesce(:settings::jsonb, '{}'))
where id = :user_id::uuid and (
    :settings::jsonb is null
    or octet_length(jsonb_strip_nulls(settings || :settings::jsonb)::text) <= :most_bytes::int
        and (select count(*) from jsonb_object_keys(jsonb_strip_nulls(settings || :settings::jsonb))) <= :most_settings::int
    or octet_length(jsonb_strip_nulls(settings || :settings::jsonb)::text) < octet_length(settings::text))

-- name: rename_self_contact :none
-- Give the self contact the name of the user.
update crm.contacts
set name = :name::text, updated_at = now()
where user_id = :user_id::uuid and is_self and name <> :name::text

-- name: erase_user :none
-- Remove the user and, by cascade, all their data.
delete from crm.users where id = :user_id::uuid

-- name: note_act :none
select crm.note_act(:act, :actor, :operation_id::uuid, :details::jsonb)

-- name: list_audit :one
-- A page of the audit log as one JSON array, newest first, the number of its last entry, and whether more follow.
with page as (
    select a.no, json_build_object('at', a.at, 'act', a.act, 'actor', a.actor, 'operation_id', a.operation_id, 'details', a.details - 'session')::text
        as document
    from crm.audit_entries a
    where a.user_id = :user_id::uuid and a.no < :before_no::bigint and (:act::text is null or a.act = :act::text)
    order by a.no desc limit :limit::int + 1)
select crm.json_items(array_agg(p.document order by p.no desc), :limit::int), (array_agg(p.no order by p.no desc))[:limit::int],
    count(*) > :limit::int
from page p

-- name: remove_old_audit :value
select crm.remove_old_audit_entries(:before::timestamptz, :most::int)

-- name: export_rows :one
-- The next rows of a table of the user as JSON lines, and how many.
select lines, count from crm.export_rows(:table_name, :behind::bigint, :most::int)

-- name: add_export_part :none
insert into crm.export_parts (user_id, job_id, no, name, data) values (:user_id::uuid, :job_id::uuid, :no::int, :name, :data::bytea)

-- name: find_export_part :one
select name, data from crm.export_parts where user_id = :user_id::uuid and job_id = :job_id::uuid and no = :no::int

-- name: find_open_export :value
select id from crm.jobs where user_id = :user_id::uuid and kind = :kind and status = 'running' order by created_at limit 1

-- name: remove_old_export_parts :value
select crm.remove_old_export_parts(:before::timestamptz, :most::int)
