-- name: begin_import :none
-- Make the temporary tables of one import.
select crm.begin_import()

-- name: copy_contacts :none
-- Copy the rows that `staging` writes: their fields in this order, separated by a control character, blank for null.
copy pg_temp.imported (row_no, contact_id, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug, birthday,
    notes, tags, custom, source_uid)
from stdin with (format text, delimiter E'\x1e', null '')

-- name: withhold_rows :many
-- Take out the rows that must not become contacts without a question; each with a value and whether the person wishes so.
select row_no, value, is_wish from crm.withhold_rows(:brings_back::boolean)

-- name: latest_day :value
-- The latest day of a contact of LinkedIn's files, as YYYY-MM-DD.
select max(split_part(d.day, ' ', 3) || '-'
    || lpad((strpos('JanFebMarAprMayJunJulAugSepOctNovDec', split_part(d.day, ' ', 2)) / 3 + 1)::text, 2, '0') || '-' || lpad(split_part(d.day, ' ', 1), 2, '0'))
from (select c.custom ->> 'Connected On' as day from crm.contacts c where c.user_id = :user_id::uuid and c.custom ? 'Connected On') d
where d.day ~ '^[0-9]{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4}$'

-- name: merge_imported :one
-- Merge the rows; returns how many contacts were created, updated and left unchanged.
select created, updated, unchanged from crm.merge_imported(:source, :on_duplicate)

-- name: only_count :none
-- Have this transaction, until it or its savepoint ends, count what merges come to and write no contact.
select set_config('app.import_only_counts', 'on', true)

-- name: list_shares :many
-- The rows that gave up an address or a profile, and its holder: another row of the file, or a contact that existed before
-- (then without a row).
select row_no, field, value, holder_row, holder_name from pg_temp.import_shares order by row_no, field limit :limit::int

-- name: preview_outcomes :many
-- The outcome of the first rows, each with its contact as JSON.
select o.row_no, o.outcome, c.document
from pg_temp.import_outcomes o join crm.contacts_json c on c.user_id = :user_id::uuid and c.id = o.contact_id
where o.row_no <= :upto::int order by o.row_no

-- name: count_kept :value
-- How many second values of fields this import kept.
select count(*) from pg_temp.import_kept

-- name: list_kept :many
-- The second values: row, field, value, the custom field that keeps it (null without room), where the value took the place of another,
-- which is then the kept one, that other, and whether the value would have taken the place of one that was written by hand.
select row_no, field, value, place, replaced, yields from pg_temp.import_kept order by row_no, field limit :limit::int

-- name: list_created :value
-- The ids of the contacts that this import created, in the order of the file.
select coalesce(string_agg(contact_id::text, ' ' order by row_no), '') from pg_temp.import_outcomes where outcome = 'created'

-- name: tie_imported :none
-- Tie every contact of the file to the self contact, in both directions. Existing ties stay unchanged; a contact with interactions
-- but without a tie gets none, because the user has removed it.
with people as (
    select distinct c.no
    from pg_temp.import_outcomes o
    join crm.contacts c on c.user_id = :user_id::uuid and c.id = o.contact_id
    where not c.is_self and not exists (select from crm.interactions i where i.user_id = :user_id::uuid and i.contact_no = c.no)),
me as (select no from crm.contacts where user_id = :user_id::uuid and is_self)
insert into crm.relationships (user_id, from_no, to_no, strength, imported)
select :user_id::uuid, tie.from_no, tie.to_no, :strength::real, true
from me
cross join people
cross join lateral (values (me.no, people.no), (people.no, me.no)) tie (from_no, to_no)
on conflict do nothing
