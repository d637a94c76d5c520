-- name: create_circle :value
-- Add a circle unless there are as many as one may have; its id, no row where there are.
insert into crm.circles (user_id, name, colour, filter, fits, every_days, every_since)
select :user_id::uuid, :name::text, :colour::text, :filter::jsonb, :fits::jsonb, :every_days::int, case when :every_days::int is not null then now() end
where (select count(*) from crm.circles i where i.user_id = :user_id::uuid) < :most::int
returning id

-- name: find_circle :value
-- A circle as JSON, with the number of its members.
select json_build_object('id', i.id, 'name', i.name, 'colour', i.colour, 'filter', i.filter, 'every_days', i.every_days,
    'members', case when i.filter is null then (
            select count(*) from crm.circle_members m where m.user_id = :user_id::uuid and m.circle_id = i.id)
        else (select count(*) from crm.list_among(i.fits, 'name', '', '00000000-0000-0000-0000-000000000000', 2147483647)) end,
    'created_at', i.created_at, 'updated_at', i.updated_at)::text
from crm.circles i where i.user_id = :user_id::uuid and i.id = :circle_id::uuid

-- name: list_circles :value
-- All circles by name, as a JSON array; of a contact's, or of all. Members that a filter finds are not counted here.
select coalesce(json_agg(json_build_object('id', i.id, 'name', i.name, 'colour', i.colour, 'filter', i.filter, 'every_days', i.every_days,
    'members', case when i.filter is null then coalesce(n.members, 0) end,
    'created_at', i.created_at, 'updated_at', i.updated_at) order by lower(i.name)), '[]')::text
from crm.circles i
left join (select m.circle_id, count(*) as members from crm.circle_members m where m.user_id = :user_id::uuid group by m.circle_id) n
    on n.circle_id = i.id
where i.user_id = :user_id::uuid
    and (:contact_id::uuid is null or i.id in (select o.circle_id from crm.circles_of(:contact_id::uuid) o))

-- name: lock_circle :one
-- Keep others from changing a circle until the transaction ends; name, colour, filter in both forms, and cadence.
select i.name, i.colour, i.filter::text, i.fits::text, i.every_days from crm.circles i where i.user_id = :user_id::uuid and i.id = :circle_id::uuid for update

-- name: update_circle :none
update crm.circles i set name = :name::text, colour = :colour::text, filter = :filter::jsonb, fits = :fits::jsonb,
    every_days = :every_days::int,
    every_since = case when i.every_days is distinct from :every_days::int then now() else i.every_since end, updated_at = now()
where i.user_id = :user_id::uuid and i.id = :circle_id::uuid
    and (i.name, i.colour, i.filter, i.every_days) is distinct from (:name::text, :colour::text, :filter::jsonb, :every_days::int)

-- name: delete_circle :none
delete from crm.circles i where i.user_id = :user_id::uuid and i.id = :circle_id::uuid

-- name: delete_members :none
delete from crm.circle_members m where m.user_id = :user_id::uuid and m.circle_id = :circle_id::uuid

-- name: add_members :none
-- Add contacts to a circle.
insert into crm.circle_members (user_id, circle_id, contact_no)
select :user_id::uuid, :circle_id::uuid, c.no from crm.contacts c
where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[]) and not c.is_self for key share
on conflict do nothing

-- name: remove_members :none
-- Remove contacts from a circle.
delete from crm.circle_members m using crm.contacts c
where m.user_id = :user_id::uuid and m.circle_id = :circle_id::uuid and c.user_id = :user_id::uuid and c.id = any (:ids::uuid[]) and m.contact_no = c.no
