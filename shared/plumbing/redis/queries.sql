-- name: note_missed_change :none
-- The user's contacts change within so many seconds, unknown to the cache.
select crm.note_missed_change(:within_s::int)

-- name: list_missed_changes :many
-- Whose contacts have changed without the cache knowing it.
select user_id from crm.list_missed_changes(:most::int)

-- name: forget_missed_changes :none
-- The cache knows of them.
select crm.forget_missed_changes(:user_ids::uuid[])
