-- name: find_operation :value
-- An operation as JSON.
select json_build_object('id', o.id, 'kind', o.kind, 'actor', o.actor, 'at', o.at, 'details', o.details,
    'counts', json_build_object('created', o.contacts_created, 'updated', o.contacts_updated, 'deleted', o.contacts_deleted,
        'merged', o.contacts_merged, 'ties', o.ties, 'interactions', o.interactions, 'others', o.others),
    'undoes', o.undoes, 'undone_by', o.undone_by)::text
from crm.operations o where o.user_id = :user_id::uuid and o.id = :operation_id::uuid

-- name: list_operations :one
-- A page of operations as one JSON array, newest first, the number of the last one, and whether more follow.
with page as (
    select o.no, json_build_object('id', o.id, 'kind', o.kind, 'actor', o.actor, 'at', o.at, 'details', o.details - 'kept',
        'counts', json_build_object('created', o.contacts_created, 'updated', o.contacts_updated, 'deleted', o.contacts_deleted,
            'merged', o.contacts_merged, 'ties', o.ties, 'interactions', o.interactions, 'others', o.others),
        'undoes', o.undoes, 'undone_by', o.undone_by)::text as document
    from crm.operations o
    where o.user_id = :user_id::uuid and o.no < :before_no::bigint and (:kind::text is null or o.kind = :kind::text)
        and (:actor::text is null or o.actor = :actor::text or :actor::text = 'program' and starts_with(o.actor, 'program:'))
    order by o.no desc limit :limit::int + 1)
select crm.json_items(array_agg(p.document order by p.no desc), :limit::int), (array_agg(p.no order by p.no desc))[:limit::int], count(*) > :limit::int from page p

-- name: undo_operation :value
-- Take an operation back; the outcome as JSON, null for an unknown operation.
select crm.undo_operation(:operation_id::uuid)::text

-- name: find_deleted :one
-- The operation that took a contact away, and its number; nulls where the contact is there, or is not known.
select operation, no, did from crm.find_deleted(:contact_id::uuid)

-- name: bring_back :one
-- Bring back contacts that an operation deleted; how many came, and how many had an address or a profile that another contact has by now.
select contacts, keys_taken from crm.bring_back(:operation_id::uuid, :nos::int[])

-- name: list_deleted :many
-- What became of contacts that are gone, as far as the journal knows: id, operation, number, how.
select distinct on (c.before ->> 'id') (c.before ->> 'id')::uuid, c.operation_id, c.contact_no, c.did
from crm.changes c
where c.user_id = :user_id::uuid and c.before ->> 'id' = any (:ids::uuid[]::text[]) and c.did in ('d', 'm', 'f') and c.subject is null
    and not exists (select from crm.contacts o where o.user_id = :user_id::uuid and o.id = (c.before ->> 'id')::uuid)
order by c.before ->> 'id', c.no desc

-- name: present_among :many
-- Those of the contacts that are there.
select c.id from crm.contacts c where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[])

-- name: lock_book :none
-- Let nobody else bring contacts back, import or undo until the transaction ends.
select pg_advisory_xact_lock(hashtextextended('crm.import ' || :user_id::uuid, 0))

-- name: list_trashed :value
-- The ids of the contacts in the trash, the last deleted first.
select coalesce(array_agg(t.id order by t.change_no desc), '{}')
from (select * from crm.trashed(:user_id::uuid) t order by t.change_no desc limit :most::int) t

-- name: forget_trashed :value
-- Remove those of these contacts that are in the trash from the journal; how many.
select crm.forget_contacts(coalesce(array_agg(t.contact_no), '{}'))
from crm.trashed(:user_id::uuid) t where t.id = any (:ids::uuid[])

-- name: forget_contact :none
select crm.forget_contact(:no::int)

-- name: list_trash :one
-- A page of deleted contacts as one JSON array, the last deleted first, the number of its last change, and whether more follow.
with page as (
    select c.no, (jsonb_build_object('company', null, 'title', null, 'email', null)
        || (c.before - '{linkedin_slug,source_uid,created_at,updated_at,custom,enrichment,linkedin_url,birthday,notes,location,source}'::text[])
        || jsonb_build_object('deleted_at', o.at, 'operation_id', o.id))::text as document
    from crm.trashed(:user_id::uuid) t
    join crm.changes c on c.user_id = :user_id::uuid and c.contact_no = t.contact_no and c.no = t.change_no
    join crm.operations o on o.user_id = :user_id::uuid and o.id = c.operation_id
    where t.change_no < :before_no::bigint
    order by c.no desc limit :limit::int + 1)
select crm.json_items(array_agg(p.document order by p.no desc), :limit::int), (array_agg(p.no order by p.no desc))[:limit::int], count(*) > :limit::int from page p

-- name: contact_changes :many
-- The changes of a contact, newest first: those of itself, and those of rows that belong to it.
with known as (
    select c.no from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid
    union select d.no from crm.find_deleted(:contact_id::uuid) d where d.no is not null)
select c.no, c.did, c.subject, c.before::text, o.id, o.kind, o.actor, to_jsonb(o.at) #>> '{}', (o.details - 'kept')::text
from known k
join crm.changes c on c.user_id = :user_id::uuid and c.contact_no = k.no
join crm.operations o on o.user_id = :user_id::uuid and o.id = c.operation_id
where c.did <> 'f'
order by c.no desc limit :limit::int

-- name: present_fields :value
-- The fields of a contact as the journal keeps them; null for an unknown contact.
select crm.contact_fields(c)::text from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid

-- name: feed_position :one
-- Where the feed of changes stands now: its epoch, the snapshot, and the time before which tokens are too old.
select f.epoch::text, pg_current_snapshot()::text, f.begins_at::text, now()::text from crm.change_feed f

-- name: list_changes :many
-- Changes of contacts that `upto` shows and `since` does not, in the order of their transactions.
select case c.did when 'i' then 'contact.created' when 'u' then 'contact.updated' when 'm' then 'contact.merged' else 'contact.deleted' end,
    coalesce(p.id::text, g.before ->> 'id'), to_jsonb(o.at) #>> '{}', o.id::text, g.before ->> 'merged_into', c.transaction::text, c.no, c.did
from crm.changes c
join crm.operations o on o.user_id = :user_id::uuid and o.id = c.operation_id
left join crm.contacts p on p.user_id = :user_id::uuid and p.no = c.contact_no
left join lateral (
    select d.before from crm.changes d where d.user_id = :user_id::uuid and d.contact_no = c.contact_no and d.subject is null
        and (d.no = c.no or p.id is null) and d.did in ('d', 'm', 'f') order by d.no desc limit 1) g on true
where c.user_id = :user_id::uuid and c.subject is null
    and c.transaction >= pg_snapshot_xmin(:since::text::pg_snapshot) and c.transaction < pg_snapshot_xmax(:upto::text::pg_snapshot)
    and not pg_visible_in_snapshot(c.transaction, :since::text::pg_snapshot) and pg_visible_in_snapshot(c.transaction, :upto::text::pg_snapshot)
    and (c.transaction, c.no) > (:after_transaction::text::xid8, :after_no::bigint)
order by c.transaction, c.no limit :limit::int + 1

-- name: purge_journal :value
-- Remove some of the operations from before a time, with their changes; how many.
select crm.purge_journal(:older_than::timestamptz, :most::int)
