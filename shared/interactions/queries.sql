-- name: hold_contact :one
-- Keep a contact from being deleted until the end of the transaction; returns its number, and whether it is the self contact.
select c.no, c.is_self from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid for key share

-- name: add_interaction :none
insert into crm.interactions (user_id, contact_no, at, kind, direction)
values (:user_id::uuid, :contact_no::int, :at::timestamptz, :kind::text, :direction::text)
on conflict do nothing

-- name: add_details :value
-- Note who recorded an interaction, and a note on it; returns its id, which stays where it has one.
insert into crm.interaction_details as d (user_id, contact_no, at, kind, direction, id, source, note)
values (:user_id::uuid, :contact_no::int, :at::timestamptz, :kind::text, :direction::text, :id::uuid, :source::text, :note::text)
on conflict (user_id, contact_no, at, kind, direction) do update set note = excluded.note where excluded.note is not null
returning d.id

-- name: find_interaction :one
-- An interaction of a contact by its id, with the number of the contact.
select c.no, i.at, i.kind, i.direction, d.source, d.note
from crm.contacts c
join crm.interactions i on i.user_id = :user_id::uuid and i.contact_no = c.no
left join crm.interaction_details d on d.user_id = :user_id::uuid and d.contact_no = c.no and d.at = i.at and d.kind = i.kind and d.direction = i.direction
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid
    and coalesce(d.id, crm.interaction_id(c.id, i.at, i.kind, i.direction)) = :id::uuid

-- name: find_id :value
-- The id of an interaction.
select coalesce((select d.id from crm.interaction_details d where d.user_id = :user_id::uuid and d.contact_no = :contact_no::int
        and d.at = :at::timestamptz and d.kind = :kind::text and d.direction = :direction::text),
    crm.interaction_id(:contact_id::uuid, :at::timestamptz, :kind::text, :direction::text))

-- name: remove_interaction :none
delete from crm.interactions i
where i.user_id = :user_id::uuid and i.contact_no = :contact_no::int and i.at = :at::timestamptz and i.kind = :kind::text and i.direction = :direction::text

-- name: write_details :none
-- Write what is known of an interaction.
insert into crm.interaction_details (user_id, contact_no, at, kind, direction, id, source, note)
values (:user_id::uuid, :contact_no::int, :at::timestamptz, :kind::text, :direction::text, :id::uuid, :source::text, :note::text)
on conflict (user_id, contact_no, at, kind, direction) do update set id = excluded.id, source = excluded.source, note = excluded.note

-- name: renew_tie :none
-- Compute the strength between a contact and the self contact again, where it follows from evidence of which some is gone.
select crm.follow_interactions(array[:contact_no::int])

-- name: compute_tie :none
-- Compute the strength between a contact and the self contact again.
select crm.compute_ties(array[:contact_no::int])

-- name: list_interactions :one
-- A page of the interactions with a contact, newest first; the sort key of the last one, whether more follow, and whether the
-- contact exists.
with page as (
    select i.at, i.kind, i.direction, coalesce(d.id, crm.interaction_id(c.id, i.at, i.kind, i.direction)) as id, d.source, d.note
    from crm.contacts c
    join crm.interactions i on i.user_id = :user_id::uuid and i.contact_no = c.no
    left join crm.interaction_details d on d.user_id = :user_id::uuid and d.contact_no = c.no and d.at = i.at and d.kind = i.kind and d.direction = i.direction
    where c.user_id = :user_id::uuid and c.id = :contact_id::uuid
        and (i.at, i.kind, i.direction) < (:before_at::timestamptz, :before_kind::text, :before_direction::text)
    order by i.at desc, i.kind desc, i.direction desc limit :limit::int + 1)
select crm.json_items(array_agg(json_build_object('id', p.id, 'at', p.at, 'kind', p.kind, 'direction', p.direction, 'source', p.source, 'note', p.note)::text), :limit::int),
    (array_agg(p.at))[:limit::int], (array_agg(p.kind))[:limit::int], (array_agg(p.direction))[:limit::int], count(*) > :limit::int,
    exists (select from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid)
from page p

-- name: get_strength :value
-- The tie between the self contact and another one with everything it follows from, as JSON; without any tie with the self contact itself.
select crm.tell_tie(null, :contact_id::uuid)

-- name: begin_interaction_import :none
-- Make the temporary table of one import.
select crm.begin_interaction_import()

-- name: copy_imported_interactions :none
-- Copy the rows that `importing` writes: their fields in this order.
copy pg_temp.imported_interactions (line, key, kind, at, direction) from stdin

-- name: merge_imported_interactions :one
-- Merge the rows; returns how many were new, stored before and failed, and the errors as JSON.
select created, unchanged, failed, errors from crm.merge_imported_interactions(:by_id::boolean, :max_errors::int)
