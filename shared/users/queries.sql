-- name: sign_in :value
-- The user of a verified token; the first call creates the user and the self contact.
select user_id from crm.sign_in(:issuer, :subject, :email, :name)

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
