-- name: lock_contacts :many
-- Keep others from changing contacts until the transaction ends; returns those that are there, and whether each is the self contact.
select id, is_self from crm.contacts where user_id = :user_id::uuid and id = any (:ids::uuid[]) order by id for update

-- name: merged_into :many
-- The contacts that ids of merged contacts lead to.
select id, contact_id from crm.merged_into(:user_id::uuid, :ids::uuid[])

-- name: find_merge :value
-- The operation that merged a contact into another.
select c.operation_id from crm.changes c
where c.user_id = :user_id::uuid and c.before ->> 'id' = :contact_id::uuid::text and c.did = 'm' and c.subject is null
order by c.no desc limit 1

-- name: introductions_between :value
-- How many introductions under way keep contacts from being merged.
select crm.introductions_between(:ids::uuid[])

-- name: merge_contacts :value
-- Merge contacts into one; the values that did not become its own, as JSON.
select crm.merge_contacts(:keep::uuid, :others::uuid[], :chosen::jsonb)::text

-- name: find_duplicates :value
-- Compare all contacts; how many there are.
select crm.find_duplicates()

-- name: compare_changed :value
-- Compare the contacts that changed since the last comparison; how many, null where all are to be compared.
select crm.compare_changed(:most::int)

-- name: ask_for_comparison :value
-- Append an event that has changed contacts compared, unless one is waiting.
select crm.ask_for_comparison(:event::uuid, :topic, :attributes::jsonb, :is_import::boolean)

-- name: scan_state :one
-- The time of the last scan and its number of contacts, whether contacts changed since, how many there are, and the pairs of each band.
select s.at, coalesce(s.contacts, 0), crm.has_unscanned(:user_id::uuid),
    (select count(*) from crm.contacts c where c.user_id = :user_id::uuid),
    (select count(*) from crm.duplicates d where d.user_id = :user_id::uuid and d.band = 'sure'),
    (select count(*) from crm.duplicates d where d.user_id = :user_id::uuid and d.band = 'likely')
from (select 1) one left join crm.duplicate_scans s on s.user_id = :user_id::uuid

-- name: list_duplicates :one
-- A page of pairs as one JSON array, the surest first; points and id of the last one, and whether more follow.
with page as (
    select d.points, d.id, json_build_object('id', d.id, 'score', round((1 / (1 + exp(-d.points / 10.0)))::numeric, 4), 'band', d.band,
        'reasons', d.reasons, 'contacts', (select json_agg(c.document::json order by k.created_at, k.no)
            from crm.contacts k join crm.contacts_json c on c.user_id = :user_id::uuid and c.id = k.id
            where k.user_id = :user_id::uuid and k.no in (d.contact_no, d.other_no)))::text as document
    from crm.duplicates d
    where d.user_id = :user_id::uuid and (:band::text is null or d.band = :band::text) and (d.points, d.id) < (:before_points::bigint, :before_id::uuid)
    order by d.points desc, d.id desc limit :limit::int + 1)
select crm.json_items(array_agg(p.document order by p.points desc, p.id desc), :limit::int), (array_agg(p.points order by p.points desc, p.id desc))[:limit::int],
    (array_agg(p.id order by p.points desc, p.id desc))[:limit::int], count(*) > :limit::int
from page p

-- name: dismiss_duplicate :value
-- Keep the contacts of a pair apart from now on; no row for an unknown pair.
with gone as (delete from crm.duplicates d where d.user_id = :user_id::uuid and d.id = :duplicate_id::uuid returning d.contact_no, d.other_no)
insert into crm.distinct_contacts (user_id, contact_no, other_no)
select :user_id::uuid, g.contact_no, g.other_no from gone g
on conflict (user_id, contact_no, other_no) do update set other_no = excluded.other_no
returning 1

-- name: list_sure :many
-- The surest pairs: the ids of the two contacts, the one that is to be left first: oneself, then the older.
select k.ids[1], k.ids[2]
from crm.duplicates d
cross join lateral (select array_agg(c.id order by c.is_self desc, c.created_at, c.no) as ids from crm.contacts c
    where c.user_id = :user_id::uuid and c.no in (d.contact_no, d.other_no)) k
where d.user_id = :user_id::uuid and d.band = 'sure' and cardinality(k.ids) = 2
order by d.points desc, d.id desc limit :limit::int

-- name: check_sizes :none
-- Refuse contacts that together have more than one may have.
select crm.check_merged_sizes(:user_id::uuid, :ids::uuid[])

-- name: are_sure :value
-- Whether each pair of contacts is a sure one, and not dismissed since the scan.
with among as (select c.no from crm.contacts c where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[]))
select count(*) = (select count(*) * (count(*) - 1) / 2 from among)
from crm.duplicates d where d.user_id = :user_id::uuid and d.band = 'sure' and d.contact_no in (select no from among) and d.other_no in (select no from among)

-- name: list_tied :many
-- Those of the contacts that have a tie with a contact.
select o.id from crm.contacts c join crm.contacts o on o.user_id = :user_id::uuid and o.id = any (:ids::uuid[])
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid
    and (exists (select from crm.relationships r where r.user_id = :user_id::uuid and r.from_no = c.no and r.to_no = o.no)
        or exists (select from crm.relationships r where r.user_id = :user_id::uuid and r.from_no = o.no and r.to_no = c.no))

-- name: count_interactions :value
-- How many of these are interactions of a contact.
select count(distinct (i.at, i.kind, i.direction))
from jsonb_to_recordset(:interactions::jsonb) m (at timestamptz, kind text, direction text)
join crm.contacts c on c.user_id = :user_id::uuid and c.id = :contact_id::uuid
join crm.interactions i on i.user_id = :user_id::uuid and i.contact_no = c.no and i.at = m.at and i.kind = m.kind and i.direction = m.direction

-- name: list_notes_of :many
-- Those of the notes that are a contact's.
select n.id from crm.contacts c join crm.notes n on n.user_id = :user_id::uuid and n.contact_no = c.no and n.id = any (:ids::uuid[])
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid

-- name: split_contact :value
-- Move facts of a contact to a new one; its id.
select crm.split_contact(:contact_id::uuid, :facts::jsonb)
