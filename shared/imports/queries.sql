-- name: begin_staging :none
-- Make the temporary table of one chunk of rows.
select crm.begin_import_staging()

-- name: copy_staged :none
-- Copy rows that `staging` writes: their fields in this order, separated by a control character, blank for null.
copy pg_temp.staged_rows (row_no, line, keys, name, is_keyed, data, cells) from stdin with (format text, delimiter E'\x1d', null '')

-- name: keep_staged :none
-- Keep the copied rows until they are merged.
select crm.keep_staged_rows(:import_id::uuid)

-- name: connect_rows :none
-- Find the rows that may be one person, and those of them that are merged on trial to be counted.
select crm.connect_import_rows(:import_id::uuid, :with_contacts::boolean, :tried_upto::int)

-- name: count_rows :one
-- How many rows are left, and how many of them are connected.
select count(*), count(*) filter (where is_linked) from crm.import_rows where user_id = :user_id::uuid and import_id = :import_id::uuid

-- name: next_rows :one
-- The next rows behind a place, whole people only: their lines for COPY in order, their numbers, their lines in the file, their cells as
-- a JSON array, the last place. All rows, or those that something connects: with `tried` those that are merged on trial, or the others.
with ahead as (
    select r.place from crm.import_rows r
    where r.user_id = :user_id::uuid and r.import_id = :import_id::uuid and r.place > :after::int
        and (r.is_linked or not :only_linked::boolean) and (r.is_tried = :tried::boolean or :tried::boolean is null)
    order by r.place, r.row_no limit :most::int
), batch as (
    select r.* from crm.import_rows r
    where r.user_id = :user_id::uuid and r.import_id = :import_id::uuid and r.place > :after::int
        and r.place <= (select max(s.place) from ahead s)
        and (r.is_linked or not :only_linked::boolean) and (r.is_tried = :tried::boolean or :tried::boolean is null)
)
select string_agg(b.data, '' order by b.row_no), string_agg(b.row_no::text, ' ' order by b.row_no),
    string_agg(b.line::text, ' ' order by b.row_no), coalesce(json_agg(b.cells order by b.row_no) filter (where b.cells is not null), '[]')::text,
    max(b.place)
from batch b

-- name: remove_rows :none
-- Remove the rows up to a place, which are merged.
delete from crm.import_rows where user_id = :user_id::uuid and import_id = :import_id::uuid and place <= :upto::int

-- name: remove_left_rows :value
-- Remove rows of imports that ended without them; returns how many.
select crm.remove_left_rows(:most::int)

-- name: add_errors :none
-- Keep what could not be used, or notices of what was kept.
insert into crm.import_errors (user_id, import_id, line, is_refused, field, message, value, cells, is_notice)
select :user_id::uuid, :import_id::uuid, e.line, e.is_refused, e.field, e.message, e.value, e.cells, :are_notices::boolean
from jsonb_to_recordset(:errors::jsonb) e (line integer, is_refused boolean, field text, message text, value text, cells jsonb)

-- name: remove_errors :none
delete from crm.import_errors where user_id = :user_id::uuid and import_id = :import_id::uuid

-- name: list_errors :value
-- The errors, or the notices, of an import by their lines, as a JSON array.
select coalesce(json_agg(json_build_object('line', e.line, 'field', e.field, 'message', e.message, 'value', e.value) order by e.line, e.no), '[]')::text
from (select * from crm.import_errors e where e.user_id = :user_id::uuid and e.import_id = :import_id::uuid and e.is_notice = :are_notices::boolean
    order by e.line, e.no limit :most::int) e

-- name: list_refused :many
-- Refused rows behind a number, in the order in which they were found.
select no, line, field, message, value, cells::text
from crm.import_errors
where user_id = :user_id::uuid and import_id = :import_id::uuid and is_refused and no > :after::bigint
order by no limit :most::int
