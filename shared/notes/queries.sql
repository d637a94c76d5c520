-- name: hold_contact :one
-- Keep a contact from being deleted until the end of the transaction: its number.
select c.no from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid for key share

-- name: numbers_of :many
-- Contacts by id: id and number; they are kept from being deleted until the end of the transaction.
select c.id, c.no from crm.contacts c where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[]) for key share

-- name: add_note :value
-- Add a note to a contact; its id.
insert into crm.notes (user_id, contact_no, text, at, pinned, source)
values (:user_id::uuid, :contact_no::int, :text::text, :at::timestamptz, :pinned::boolean, :source::text)
returning id

-- name: find_note :value
-- A note of a contact as JSON.
select json_build_object('id', n.id, 'contact_id', c.id, 'text', n.text, 'at', n.at, 'pinned', n.pinned, 'source', n.source,
    'mentions', crm.mentions_of(:user_id::uuid, n.id), 'created_at', n.created_at, 'updated_at', n.updated_at)::text
from crm.contacts c
join crm.notes n on n.user_id = :user_id::uuid and n.contact_no = c.no and n.id = :note_id::uuid
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid

-- name: find_first_note :value
-- The field `notes` of a contact in the form of a note.
select json_build_object('id', c.id, 'contact_id', c.id, 'text', c.notes, 'at', c.created_at, 'pinned', true, 'source', 'contact',
    'mentions', json_build_array(), 'created_at', c.created_at, 'updated_at', c.updated_at)::text
from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid and c.notes is not null

-- name: list_notes :one
-- A page of the notes of a contact: pinned ones first, then the newest; the place of the last, whether more follow, and whether the contact exists.
with page as (
    select n.id, n.pinned, n.at, json_build_object('id', n.id, 'contact_id', c.id, 'text', n.text, 'at', n.at, 'pinned', n.pinned,
        'source', n.source, 'mentions', crm.mentions_of(:user_id::uuid, n.id), 'created_at', n.created_at, 'updated_at', n.updated_at)::text as document
    from crm.contacts c
    join crm.notes n on n.user_id = :user_id::uuid and n.contact_no = c.no
    where c.user_id = :user_id::uuid and c.id = :contact_id::uuid
        and (n.pinned, n.at, n.id) < (:before_pinned::boolean, :before_at::timestamptz, :before_id::uuid)
    order by n.pinned desc, n.at desc, n.id desc limit :limit::int + 1)
select crm.json_items(array_agg(p.document), :limit::int), (array_agg(p.pinned))[:limit::int], (array_agg(p.at))[:limit::int],
    (array_agg(p.id))[:limit::int], count(*) > :limit::int,
    exists (select from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid)
from page p

-- name: search_notes :one
-- A page of the notes of all contacts with these words, the newest first; the place of the last, and whether more follow.
with page as (
    select n.id, n.at, json_build_object('id', n.id, 'contact_id', c.id, 'contact_name', c.name, 'text', n.text, 'at', n.at, 'pinned', n.pinned,
        'source', n.source, 'mentions', crm.mentions_of(:user_id::uuid, n.id), 'created_at', n.created_at, 'updated_at', n.updated_at)::text as document
    from crm.notes n
    join crm.contacts c on c.user_id = :user_id::uuid and c.no = n.contact_no
    where n.user_id = :user_id::uuid and (n.at, n.id) < (:before_at::timestamptz, :before_id::uuid)
        and (:patterns::text[] = '{}' or crm.fold(n.text) like all (:patterns::text[]))
    order by n.at desc, n.id desc limit :limit::int + 1)
select crm.json_items(array_agg(p.document), :limit::int), (array_agg(p.at))[:limit::int], (array_agg(p.id))[:limit::int], count(*) > :limit::int
from page p

-- name: patterns_of :value
-- The patterns of the words of a question, whatever their case and accents.
select coalesce(array_agg('%' || replace(replace(replace(w, '\', '\\'), '%', '\%'), '_', '\_') || '%'), '{}')
from unnest(string_to_array(crm.fold(:q::text), ' ')) w where w <> ''

-- name: lock_note :one
-- Keep others from changing a note until the transaction ends; its text, time and whether it is pinned.
select n.text, n.at, n.pinned from crm.notes n join crm.contacts c on c.user_id = :user_id::uuid and c.no = n.contact_no
where n.user_id = :user_id::uuid and n.id = :note_id::uuid and c.id = :contact_id::uuid for update of n

-- name: update_note :none
update crm.notes n set text = :text::text, at = :at::timestamptz, pinned = :pinned::boolean, updated_at = now()
where n.user_id = :user_id::uuid and n.id = :note_id::uuid
    and (n.text, n.at, n.pinned) is distinct from (:text::text, :at::timestamptz, :pinned::boolean)

-- name: delete_note :none
delete from crm.notes n where n.user_id = :user_id::uuid and n.id = :note_id::uuid

-- name: set_mentions :none
-- Set the contacts that a note names.
with gone as (
    delete from crm.note_mentions m where m.user_id = :user_id::uuid and m.note_id = :note_id::uuid and m.contact_no <> all (:nos::int[]))
insert into crm.note_mentions (user_id, note_id, contact_no)
select :user_id::uuid, :note_id::uuid, unnest(:nos::int[]) on conflict do nothing
