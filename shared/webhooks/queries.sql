-- name: create_webhook :none
-- Add a webhook; no row where the user has the most that are allowed.
insert into crm.webhooks (user_id, id, url, events, secret)
select :user_id::uuid, :id::uuid, :url, :events::text[], :secret::bytea
where (select count(*) from crm.webhooks o where o.user_id = :user_id::uuid) < :most::int

-- name: list_webhooks :value
-- The webhooks of the user, or one of them, as one JSON array, the oldest first.
select coalesce(json_agg(json_build_object('id', w.id, 'url', w.url, 'events', w.events, 'active', w.off_because is null,
    'off_because', w.off_because, 'failing_since', w.failing_since, 'rests_until', case when w.rests_until > now() then w.rests_until end,
    'old_secret_until', case when w.old_secret_until > now() then w.old_secret_until end,
    'waiting', (select count(*) from crm.webhook_deliveries d where d.user_id = w.user_id and d.webhook_id = w.id and d.next_at is not null),
    'created_at', w.created_at) order by w.created_at, w.id), '[]')::text
from crm.webhooks w where w.user_id = :user_id::uuid and (:id::uuid is null or w.id = :id::uuid)

-- name: update_webhook :value
-- Change a webhook; switched on, it begins afresh. Its id, where there is one.
update crm.webhooks w set url = coalesce(:url, w.url), events = coalesce(:events::text[], w.events),
    off_because = case when :active::boolean then null when not :active::boolean then coalesce(w.off_because, 'you have switched it off') else w.off_because end,
    failing_since = case when :active::boolean then null else w.failing_since end,
    failures = case when :active::boolean then 0 else w.failures end,
    rests_until = case when :active::boolean then null else w.rests_until end
where w.user_id = :user_id::uuid and w.id = :id::uuid
returning w.id

-- name: end_waiting :none
-- What a webhook that is off waits for is not sent later.
update crm.webhook_deliveries d set next_at = null, error = coalesce(d.error, 'the webhook was switched off')
from crm.webhooks w
where w.user_id = :user_id::uuid and w.id = :id::uuid and w.off_because is not null
    and d.user_id = w.user_id and d.webhook_id = w.id and d.next_at is not null

-- name: delete_webhook :none
delete from crm.webhooks w where w.user_id = :user_id::uuid and w.id = :id::uuid

-- name: rotate_secret :value
update crm.webhooks w set old_secret = w.secret, old_secret_until = now() + make_interval(hours => :hours::int), secret = :secret::bytea
where w.user_id = :user_id::uuid and w.id = :id::uuid returning w.id

-- name: add_delivery :none
insert into crm.webhook_deliveries (user_id, id, webhook_id, type, data) values (:user_id::uuid, :id::uuid, :webhook_id::uuid, :type, :data::jsonb)

-- name: list_deliveries :one
-- A page of what a webhook was sent as one JSON array, newest first, the number of its last entry, and whether more follow.
with page as (
    select d.* from crm.webhook_deliveries d
    where d.user_id = :user_id::uuid and d.webhook_id = :webhook_id::uuid and d.no < :before_no::bigint
        and (:state::text is null or :state::text = case when d.delivered_at is not null then 'delivered' when d.next_at is null then 'failed' else 'waiting' end)
    order by d.no desc limit :limit::int + 1
), shown as (
    select p.* from page p order by p.no desc limit :limit::int)
select coalesce(json_agg(json_build_object('id', s.id, 'webhook_id', s.webhook_id, 'type', s.type, 'data', s.data, 'happened_at', s.happened_at,
        'state', case when s.delivered_at is not null then 'delivered' when s.next_at is null then 'failed' else 'waiting' end,
        'attempts', s.attempts, 'next_at', s.next_at, 'delivered_at', s.delivered_at, 'attempted_at', s.attempted_at,
        'status', s.status, 'answer', s.answer, 'error', s.error, 'took_ms', s.took_ms) order by s.no desc), '[]')::text,
    min(s.no), (select count(*) from page) > :limit::int
from shown s

-- name: redeliver :one
-- Send a message again, whatever came of it; its webhook, and whether that is on.
update crm.webhook_deliveries d set next_at = now(), delivered_at = null, attempts = 0, error = null
from crm.webhooks w
where d.user_id = :user_id::uuid and d.id = :id::uuid and w.user_id = d.user_id and w.id = d.webhook_id
returning w.id, w.off_because is null

-- name: begin_drain :one
-- Take a webhook for a process that will send to it; no row where another one has it, or where there is nothing to do now.
update crm.webhooks w set lease = :lease::uuid, leased_until = now() + make_interval(secs => :seconds::int)
where w.user_id = :user_id::uuid and w.id = :id::uuid and w.off_because is null and (w.leased_until is null or w.leased_until < now())
    and (w.rests_until is null or w.rests_until <= now())
returning w.url, w.secret, case when w.old_secret_until > now() then w.old_secret end, w.failures

-- name: end_drain :none
update crm.webhooks w set lease = null, leased_until = null where w.user_id = :user_id::uuid and w.id = :id::uuid and w.lease = :lease::uuid

-- name: list_due :many
select d.id, d.type, d.data::text, d.happened_at, d.attempts from crm.webhook_deliveries d
where d.user_id = :user_id::uuid and d.webhook_id = :id::uuid and d.next_at <= now() order by d.next_at, d.no limit :most::int

-- name: next_due :one
-- When the webhook has something to send again, and how many attempts in a row have failed; no row while another process sends.
select greatest(min(d.next_at), w.rests_until), w.failures from crm.webhooks w
join crm.webhook_deliveries d on d.user_id = w.user_id and d.webhook_id = w.id and d.next_at is not null
where w.user_id = :user_id::uuid and w.id = :id::uuid and w.off_because is null and w.lease is null
group by w.user_id, w.id, w.rests_until, w.failures

-- name: note_delivered :none
-- What a process without the lease has sent counts as well: it has arrived.
with noted as (
    update crm.webhook_deliveries d set delivered_at = now(), next_at = null, attempts = d.attempts + 1, attempted_at = now(),
        status = :status::smallint, answer = :answer, error = null, took_ms = :took_ms::int
    where d.user_id = :user_id::uuid and d.id = :id::uuid returning d.webhook_id)
update crm.webhooks w set failing_since = null, failures = 0, rests_until = null
from noted n where w.user_id = :user_id::uuid and w.id = n.webhook_id and (w.failures > 0 or w.failing_since is not null)

-- name: note_failed :value
-- Since when nothing has arrived.
with noted as (
    update crm.webhook_deliveries d set next_at = :next_at::timestamptz, attempts = d.attempts + 1, attempted_at = now(),
        status = :status::smallint, answer = :answer, error = :error, took_ms = :took_ms::int
    where d.user_id = :user_id::uuid and d.id = :id::uuid and d.delivered_at is null returning d.webhook_id)
update crm.webhooks w set failing_since = coalesce(w.failing_since, now()), failures = w.failures + 1,
    rests_until = now() + make_interval(secs => :rest_s::float8)
from noted n where w.user_id = :user_id::uuid and w.id = n.webhook_id
returning w.failing_since

-- name: switch_off :one
-- Switch a webhook off; how often that has happened, the address of the user, and no row where it was off.
update crm.webhooks w set off_because = :because, times_off = least(w.times_off + 1, 32000)
from crm.users u
where w.user_id = :user_id::uuid and w.id = :id::uuid and w.off_because is null and u.id = w.user_id
returning w.times_off, u.email

-- name: find_off :one
select w.url, w.off_because, u.name from crm.webhooks w join crm.users u on u.id = w.user_id where w.user_id = :user_id::uuid and w.id = :id::uuid

-- name: queue_webhook :none
select crm.queue_webhook(:id::uuid, :due::timestamptz, :urgency::smallint)

-- name: wake_overdue :value
select crm.wake_overdue_webhooks(:most::int)

-- name: remove_old_deliveries :value
select crm.remove_old_deliveries(:before::timestamptz, :most::int)
