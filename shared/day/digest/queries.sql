-- name: queue_digests :one
-- Queue the letters that are due; how many users were looked at, and to how many a letter goes.
select looked_at, queued from crm.queue_digests(:now::timestamptz, :most::int, :most_of_installation::int)

-- name: find_digest :one
-- The letter of the user: how often, its hour, zone and the time that it covers, and the name of the user; no row where none is wanted.
select d.weekly, d.hour, d.zone, d.told_from, d.told_at, u.name
from crm.digests d join crm.users u on u.id = d.user_id
where d.user_id = :user_id::uuid and d.told_at is not null

-- name: list_opened :value
-- Whom a way has opened to since a time, as a JSON array of names.
select coalesce(json_agg(coalesce(c.name, w.name, w.company, w.email, 'linkedin.com/in/' || w.linkedin_slug) order by w.opened_at), '[]')::text
from crm.wishes w left join crm.contacts c on c.user_id = :user_id::uuid and c.id = w.contact_id
where w.user_id = :user_id::uuid and w.opened_at > :since::timestamptz

-- name: list_introductions :value
-- The introductions that moved since a time, and those that wait for an answer, as a JSON array of {target, status, waiting_for, asked_on, moved}.
select coalesce(json_agg(json_build_object('target', i.target, 'status', i.status, 'waiting_for', i.waiting_for, 'asked_on', i.asked_on, 'moved', i.moved)
    order by i.updated_at desc), '[]')::text
from (
    select i.status, i.updated_at, i.updated_at > :since::timestamptz and i.status <> 'requested' as moved,
        (select s.name from crm.introduction_steps s where s.user_id = :user_id::uuid and s.introduction_id = i.id and s.role = 'target') as target,
        case when i.status in ('requested', 'connector_accepted') then t.name end as waiting_for, t.asked_at::date as asked_on
    from crm.introductions i
    left join crm.introduction_steps t on t.user_id = :user_id::uuid and t.introduction_id = i.id and t.position = i.turn
    where i.user_id = :user_id::uuid and (i.status in ('requested', 'connector_accepted')
        or i.updated_at > :since::timestamptz and i.status in ('introduced', 'declined', 'not_now', 'expired'))
    order by i.updated_at desc limit 10) i

-- name: find_due :one
-- The name of a contact, and whether it is due; no row for an unknown contact.
select c.name, exists (select from crm.due d where d.user_id = :user_id::uuid and d.contact_no = c.no
    and (d.snoozed_until is null or d.snoozed_until <= :now::timestamptz)
    and crm.due_on(d.from_s, d.every_days, z.zone) <= (:now::timestamptz at time zone z.zone)::date)
from crm.contacts c cross join (select crm.zone_of(:user_id::uuid) as zone) z
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid

-- name: stop :none
-- Send no more letters about the day.
update crm.users set settings = settings || '{"digest": "off"}' where id = :user_id::uuid and settings ->> 'digest' <> 'off'
