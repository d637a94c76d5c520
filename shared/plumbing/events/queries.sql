-- name: append_event :none
-- An event that commits or rolls back with the caller's transaction.
insert into crm.outbox (id, topic, user_id, priority, data, attributes, available_at)
values (:id::uuid, :topic, :user_id::uuid, :priority::smallint, :data::jsonb, :attributes::jsonb,
    coalesce(:available_at::timestamptz, now()))

-- name: take_events :many
-- Events to send, in fair order; they count as on their way.
select id, data::text, attributes::text, priority, sends, created_at
from crm.take_events(:topic, :most::int, :room::int[], :hold_s::int)

-- name: confirm_sent :none
select crm.confirm_sent(:ids::uuid[], :hold_s::int)

-- name: return_events :none
-- They could not be sent.
select crm.return_events(:ids::uuid[], :delay_s::int)

-- name: retry_event :none
-- Its consumer failed.
select crm.retry_event(:id::uuid, :delay_s::float8)

-- name: note_failure :none
-- Why it failed.
select crm.note_failure(:id::uuid, :reason)

-- name: finish_event :value
-- Its consumer is done with it.
select crm.finish_event(:id::uuid)

-- name: outbox_state :one
-- How many events of a topic are on the way, up to a bound, and whether any wait.
select on_the_way, waiting from crm.outbox_state(:topic, :bound::int)

-- name: bury_message :none
select crm.bury_message(:id::uuid, :topic, :data::jsonb, :attributes::jsonb, :reason)

-- name: bury_exhausted :value
select crm.bury_exhausted(:topic, :most_sends::int)

-- name: replay_dead_letters :value
select crm.replay_dead_letters(:topic, :most::int)

-- name: list_dead_letters :many
select id, reason, sends, died_at, data::text from crm.list_dead_letters(:topic, :most::int)
