-- name: note_missed_change :none
-- Note that the user's contacts may change within `within_s` seconds, unknown to the cache.
select crm.note_missed_change(:within_s::int)

-- name: list_missed_changes :many
-- The users whose contacts have changed, unknown to the cache.
select user_id from crm.list_missed_changes(:most::int)

-- name: forget_missed_changes :none
-- Remove the notes of users whose contacts the cache has dropped.
select crm.forget_missed_changes(:user_ids::uuid[])
