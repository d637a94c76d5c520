-- name: list_definitions :many
-- The fields with what reading their values needs.
select f.id, f.key, f.name, f.kind, f.choices from crm.fields f where f.user_id = :user_id::uuid order by f.place, f.created_at, f.id

-- name: create_field :value
-- Add a field unless there are as many as one may have; its id, no row where there are.
insert into crm.fields (user_id, key, name, kind, choices, place)
select :user_id::uuid, :key::text, :name::text, :kind::text, :choices::text[], coalesce(:place::int, n.next)
from (select count(*) as fields, least(coalesce(max(f.place) + 1, 0), 1000) as next from crm.fields f where f.user_id = :user_id::uuid) n
where n.fields < :most::int
returning id

-- name: find_field :value
-- A field as JSON, with the number of its values, and of those that do not fit.
select json_build_object('id', f.id, 'key', f.key, 'name', f.name, 'kind', f.kind, 'choices', f.choices, 'place', f.place,
    'values', n.fitting, 'unfit', (select count(*) from crm.contacts c where c.user_id = :user_id::uuid and c.custom ? f.key) - n.fitting,
    'created_at', f.created_at, 'updated_at', f.updated_at)::text
from crm.fields f
cross join lateral (select count(*) as fitting from crm.field_keys k where k.user_id = :user_id::uuid and k.field_id = f.id) n
where f.user_id = :user_id::uuid and f.id = :field_id::uuid

-- name: list_fields :value
-- All fields in their order, as a JSON array.
select coalesce(json_agg(json_build_object('id', f.id, 'key', f.key, 'name', f.name, 'kind', f.kind, 'choices', f.choices, 'place', f.place,
    'values', null, 'unfit', null, 'created_at', f.created_at, 'updated_at', f.updated_at) order by f.place, f.created_at, f.id), '[]')::text
from crm.fields f where f.user_id = :user_id::uuid

-- name: lock_field :one
-- Keep others from changing a field until the transaction ends.
select f.id, f.key, f.name, f.kind, f.choices, f.place from crm.fields f where f.user_id = :user_id::uuid and f.id = :field_id::uuid for update

-- name: update_field :none
update crm.fields f set name = :name::text, kind = :kind::text, choices = :choices::text[], place = :place::int, updated_at = now()
where f.user_id = :user_id::uuid and f.id = :field_id::uuid
    and (f.name, f.kind, f.choices, f.place) is distinct from (:name::text, :kind::text, :choices::text[], :place::int)

-- name: delete_field :none
delete from crm.fields f where f.user_id = :user_id::uuid and f.id = :field_id::uuid

-- name: list_loose :value
-- The names among custom values that are not fields, with their numbers and the kind that fits all values, as a JSON array.
select coalesce(json_agg(json_build_object('name', l.name, 'contacts', l.contacts, 'example', left(l.example, 200), 'kind', l.kind) order by l.contacts desc, l.name), '[]')::text
from (
    select e.key as name, count(*) as contacts, min(e.value) as example,
        case when bool_and(crm.field_key('number', '{}', e.value) is not null) then 'number'
            when bool_and(crm.field_key('date', '{}', e.value) is not null) then 'date'
            when bool_and(crm.field_key('url', '{}', e.value) is not null) then 'url' else 'text' end as kind
    from crm.contacts c cross join lateral jsonb_each_text(c.custom) e
    where c.user_id = :user_id::uuid and c.custom <> '{}'
        and not exists (select from crm.fields f where f.user_id = :user_id::uuid and crm.fold(f.key) = crm.fold(e.key))
    group by e.key order by count(*) desc, e.key limit 200) l

-- name: choose_contacts :value
-- The ids of the contacts with a name among their custom values, at most `most`.
select coalesce(array_agg(c.id), '{}') from (
    select c.id from crm.contacts c where c.user_id = :user_id::uuid and c.custom ? :name::text order by c.id limit :most::int) c

-- name: lock_values :many
-- Keep others from changing contacts; the values under two names of those that have the first.
select c.id, c.custom ->> :name::text, c.custom ->> :key::text from crm.contacts c
where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[]) and c.custom ? :name::text order by c.id for update

-- name: write_values :none
-- Put the values of contacts under the key of a field, in place of those under a loose name.
update crm.contacts c set custom = (c.custom - :name::text) || jsonb_build_object(:key::text, v.value), updated_at = now()
from unnest(:ids::uuid[], :values::text[]) v (id, value)
where c.user_id = :user_id::uuid and c.id = v.id

-- name: find_contacts :value
-- Those of these ids that are contacts of the user.
select coalesce(array_agg(c.id), '{}') from crm.contacts c where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[])

-- name: name_contacts :many
-- The contacts that are the only ones with a name, or have an address, among these texts.
select n.text, min(n.id::text)::uuid from (
    select t.text, c.id from unnest(:texts::text[]) t (text) join crm.contacts c on c.user_id = :user_id::uuid and c.email_key = lower(t.text)
    union
    select t.text, c.id from unnest(:texts::text[]) t (text) join crm.contacts c on c.user_id = :user_id::uuid and c.name_key = left(crm.fold(t.text), 200)) n
group by n.text having count(*) = 1
