-- name: begin_import :none
-- The temporary tables of one import.
select crm.begin_import()

-- name: copy_contacts :none
-- Takes the rows of `staging`: fields in this order, parted by a control character, blank for null.
copy pg_temp.imported (row_no, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug, birthday,
    notes, tags, custom, source_uid)
from stdin with (format text, delimiter E'\x1e', null '')

-- name: merge_imported :one
-- How many contacts were created, updated, and left as they were.
select created, updated, unchanged from crm.merge_imported(:source, :on_duplicate)

-- name: list_created :value
-- The ids of the contacts that this import made, in the order of the file.
select coalesce(string_agg(contact_id::text, ' ' order by row_no), '') from pg_temp.import_outcomes where outcome = 'created'
