-- name: hold_contact :one
-- Keep a contact from being deleted until the end of the transaction; returns its number, and whether it is the self contact.
select c.no, c.is_self from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid for key share

-- name: add_interaction :none
insert into crm.interactions (user_id, contact_no, at, kind, direction)
values (:user_id::uuid, :contact_no::int, :at::timestamptz, :kind::text, :direction::text)
on conflict do nothing

-- name: compute_tie :none
-- Compute the strength between a contact and the self contact again.
select crm.compute_ties(array[:contact_no::int])

-- name: list_interactions :one
-- A page of the interactions with a contact, newest first; the sort key of the last one, whether more follow, and whether the
-- contact exists.
with page as (
    select i.at, i.kind, i.direction
    from crm.contacts c
    join crm.interactions i on i.user_id = :user_id::uuid and i.contact_no = c.no
    where c.user_id = :user_id::uuid and c.id = :contact_id::uuid
        and (i.at, i.kind, i.direction) < (:before_at::timestamptz, :before_kind::text, :before_direction::text)
    order by i.at desc, i.kind desc, i.direction desc limit :limit::int + 1)
select crm.json_items(array_agg(json_build_object('at', p.at, 'kind', p.kind, 'direction', p.direction)::text), :limit::int),
    (array_agg(p.at))[:limit::int], (array_agg(p.kind))[:limit::int], (array_agg(p.direction))[:limit::int], count(*) > :limit::int,
    exists (select from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid)
from page p

-- name: get_strength :value
-- The strength between the self contact and another one, with the factors it is computed from, as JSON; null with the self contact.
select json_build_object(
    'contact_id', c.id,
    'strength', crm.strength_at(r.strength, r.fades_from_s, now()),
    'set_by', case when r.strength is null then null when r.fades_from_s is not null then 'interactions' when r.imported then 'import' else 'hand' end,
    'computed', round((p.frequency * p.reciprocity * t.recency)::numeric, 6)::float8,
    'parts', case when p.contact_no is not null then json_build_object(
        'recency', round(t.recency::numeric, 6)::float8, 'frequency', round(p.frequency::numeric, 6)::float8,
        'reciprocity', round(p.reciprocity::numeric, 6)::float8, 'interactions', p.interactions, 'last_at', p.last_at,
        'sent', round(p.sent::numeric, 6)::float8, 'received', round(p.received::numeric, 6)::float8) end,
    'sentence', case
        when c.is_self then 'This contact is you.'
        when p.contact_no is null and r.strength is null then format('Nothing is known between you and %s.', c.name)
        when p.contact_no is null and r.imported then format('Assumed to be %s, because an import says that you know %s; nothing else is known yet.', crm.strength_at(r.strength, r.fades_from_s, now()), c.name)
        when p.contact_no is null then format('You set the strength to %s yourself.', crm.strength_at(r.strength, r.fades_from_s, now()))
        else format('%s with %s, the last one %s days ago%s%s.',
            case p.interactions when 1 then '1 interaction' else p.interactions || ' interactions' end, c.name,
            floor(extract(epoch from now() - p.last_at) / 86400),
            case when least(p.sent, p.received) = 0 then '; all in one direction' else '' end,
            case when r.strength is not null and r.fades_from_s is null then '; the strength you set yourself counts' else '' end) end)::text
from crm.contacts c
join crm.contacts s on s.user_id = :user_id::uuid and s.is_self
left join crm.relationships r on r.user_id = :user_id::uuid and r.from_no = s.no and r.to_no = c.no
left join lateral crm.strength_parts(:user_id::uuid, array[c.no]) p on true
left join lateral (
    select 0.5 ^ (greatest(extract(epoch from now() - p.last_at)::float8, 0) / (180 * 86400)) as recency) t on true
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid

-- name: begin_interaction_import :none
-- Make the temporary table of one import.
select crm.begin_interaction_import()

-- name: copy_imported_interactions :none
-- Copy the rows that `importing` writes: their fields in this order.
copy pg_temp.imported_interactions (line, key, kind, at, direction) from stdin

-- name: merge_imported_interactions :one
-- Merge the rows; returns how many were new, stored before and failed, and the errors as JSON.
select created, unchanged, failed, errors from crm.merge_imported_interactions(:by_id::boolean, :max_errors::int)
