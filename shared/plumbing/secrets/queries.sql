-- name: sealed_columns :many
-- The table and the column of all sealed secrets.
select s.of_table, s.of_column from crm.sealed_columns() s

-- name: list_sealed :many
-- The next secrets of a column.
select s.user_id, s.id, s.sealed from crm.list_sealed(:of_table, :of_column, :after_user::uuid, :after_id::uuid, :most::int) s

-- name: replace_sealed :value
-- Replace a secret where it is still the same.
select crm.replace_sealed(:of_table, :of_column, :user_id::uuid, :row_id::uuid, :before::bytea, :after::bytea)
