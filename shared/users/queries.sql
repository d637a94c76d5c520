-- name: sign_in :value
-- The user of a verified token; made, with the self contact, at the first call.
select user_id from crm.sign_in(:issuer, :subject, :email, :name)

-- name: find_user :value
-- The user as the API answers it.
select json_build_object(
    'id', u.id, 'name', u.name, 'email', u.email, 'self_contact_id', c.id,
    'credits', u.credit_balance, 'settings', u.settings, 'created_at', u.created_at)::text
from crm.users u
left join crm.contacts c on c.user_id = u.id and c.is_self
where u.id = :user_id::uuid

-- name: update_user :none
-- Sets the name unless it is null; settings are merged, a null among them removes one. No row when there would be too many of them,
-- or too much in them, unless they are fewer or less than before.
update crm.users
set name = coalesce(:name::text, name),
    settings = jsonb_strip_nulls(settings || coalesce(:settings::jsonb, '{}'))
where id = :user_id::uuid and (
    :settings::jsonb is null
    or octet_length(jsonb_strip_nulls(settings || :settings::jsonb)::text) <= :most_bytes::int
        and (select count(*) from jsonb_object_keys(jsonb_strip_nulls(settings || :settings::jsonb))) <= :most_settings::int
    or octet_length(jsonb_strip_nulls(settings || :settings::jsonb)::text) < octet_length(settings::text))

-- name: rename_self_contact :none
-- The user as a node of the graph carries the user's name.
update crm.contacts
set name = :name::text, updated_at = now()
where user_id = :user_id::uuid and is_self and name <> :name::text

-- name: erase_user :none
-- Removes the user and, by cascade, all that is theirs.
delete from crm.users where id = :user_id::uuid
