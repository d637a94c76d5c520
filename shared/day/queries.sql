-- name: hold_contact :one
-- Keep a contact from being deleted until the end of the transaction: its number, and whether it is the self contact.
select c.no, c.is_self from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid for key share

-- name: set_cadence :none
-- Set how often a contact is to be talked to.
insert into crm.cadences as k (user_id, contact_no, every_days, started_at)
values (:user_id::uuid, :contact_no::int, :every_days::int, :now::timestamptz)
on conflict (user_id, contact_no) do update
    set every_days = excluded.every_days, started_at = excluded.started_at, skipped_at = null, snoozed_until = null
    where k.every_days is distinct from excluded.every_days or k.snoozed_until is not null

-- name: snooze :none
-- Leave a contact in peace until a day begins where the user is.
insert into crm.cadences (user_id, contact_no, started_at, snoozed_until)
values (:user_id::uuid, :contact_no::int, :now::timestamptz, :until::date::timestamp at time zone crm.zone_of(:user_id::uuid))
on conflict (user_id, contact_no) do update set snoozed_until = excluded.snoozed_until

-- name: skip :none
-- Count a contact as talked to, without an interaction.
insert into crm.cadences (user_id, contact_no, started_at, skipped_at)
values (:user_id::uuid, :contact_no::int, :now::timestamptz, :now::timestamptz)
on conflict (user_id, contact_no) do update set skipped_at = excluded.skipped_at, snoozed_until = null

-- name: end_snooze :none
-- Somebody who was talked to is not snoozed any more.
update crm.cadences k set snoozed_until = null
where k.user_id = :user_id::uuid and k.contact_no = :contact_no::int and k.snoozed_until is not null

-- name: find_cadence :value
-- The cadence of a contact as JSON; no row for an unknown contact.
select json_build_object('contact_id', c.id, 'every_days', coalesce(d.every_days, k.every_days), 'circle',
    case when i.id is not null then json_build_object('id', i.id, 'name', i.name, 'colour', i.colour) end,
    'last_at', crm.time_of(l.last_s), 'due_on', greatest(crm.due_on(d.from_s, d.every_days, z.zone), (d.snoozed_until at time zone z.zone)::date),
    'snoozed_until', (case when d.snoozed_until > :now::timestamptz then d.snoozed_until at time zone z.zone end)::date,
    'suggested_days', crm.suggested_days(:user_id::uuid, c.no))::text
from crm.contacts c
cross join lateral (select crm.zone_of(:user_id::uuid) as zone) z
left join crm.cadences k on k.user_id = :user_id::uuid and k.contact_no = c.no
left join crm.due d on d.user_id = :user_id::uuid and d.contact_no = c.no
left join crm.circles i on i.user_id = :user_id::uuid and i.id = d.circle_id
left join crm.last_contacts l on l.user_id = :user_id::uuid and l.contact_no = c.no
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid

-- name: today :value
-- The day of the user's calendar.
select (:now::timestamptz at time zone crm.zone_of(:user_id::uuid))::date

-- name: list_due :one
-- A page of the contacts that are due, the longest overdue first, as a JSON array; the place of the last one, and whether more follow.
with place as materialized (
    select z.zone, (:now::timestamptz at time zone z.zone)::date as today, extract(epoch from :now::timestamptz - '2020-01-01 00:00+00'::timestamptz)::bigint as now_s
    from (select crm.zone_of(:user_id::uuid) as zone offset 0) z
), page as (
    select d.next_s, d.contact_no, d.every_days, d.circle_id, d.from_s, crm.due_on(d.from_s, d.every_days, p.zone) as due_on, p.today, p.zone
    from place p cross join crm.due d
    where d.user_id = :user_id::uuid and d.next_s <= (select now_s from place) and (d.next_s, d.contact_no) > (:after_s::bigint, :after_no::int)
        and crm.due_on(d.from_s, d.every_days, p.zone) <= p.today and (d.snoozed_until is null or d.snoozed_until <= :now::timestamptz)
        and (:circle::uuid is null or d.circle_id = :circle::uuid)
    order by d.next_s, d.contact_no limit :limit::int + 1
), items as (
    select p.next_s, p.contact_no, json_build_object(
        'contact', json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'title', c.title),
        'every_days', p.every_days, 'circle', case when i.id is not null then json_build_object('id', i.id, 'name', i.name, 'colour', i.colour) end,
        'last_at', crm.time_of(l.last_s), 'due_on', p.due_on, 'overdue_days', p.today - p.due_on,
        'why', case when l.last_s is null then 'You have not talked yet' when l.last_s < p.from_s then 'You skipped the last time'
                else 'You last talked ' || case p.today - (crm.time_of(l.last_s) at time zone p.zone)::date when 0 then 'today' when 1 then 'yesterday'
                    else p.today - (crm.time_of(l.last_s) at time zone p.zone)::date || ' days ago' end end
            || ', and want to ' || case p.every_days when 1 then 'every day' when 7 then 'every week' else 'every ' || p.every_days || ' days' end
            || case when i.id is not null then ', as with everybody in ' || i.name else '' end || '.',
        'reach', array_to_json(array_remove(array[
            case when coalesce(c.email, c.emails[1]) is not null then json_build_object('kind', 'email', 'value', coalesce(c.email, c.emails[1])) end,
            case when c.phones <> '{}' then json_build_object('kind', 'phone', 'value', c.phones[1]) end,
            case when c.linkedin_url is not null then json_build_object('kind', 'linkedin', 'value', c.linkedin_url) end]::text[], null)::json[])
        )::text as document
    from page p
    join crm.contacts c on c.user_id = :user_id::uuid and c.no = p.contact_no
    left join crm.last_contacts l on l.user_id = :user_id::uuid and l.contact_no = p.contact_no
    left join crm.circles i on i.user_id = :user_id::uuid and i.id = p.circle_id)
select crm.json_items(array_agg(m.document order by m.next_s, m.contact_no), :limit::int), (array_agg(m.next_s order by m.next_s, m.contact_no))[:limit::int],
    (array_agg(m.contact_no order by m.next_s, m.contact_no))[:limit::int], count(*) > :limit::int
from items m

-- name: list_upcoming :value
-- Birthdays and other dates from today on for some days, the next first, as a JSON array.
with place as materialized (
    select t.today, t.today + :days::int as last_day, crm.days_between(t.today, t.today + :days::int) as days
    from (select (:now::timestamptz at time zone crm.zone_of(:user_id::uuid))::date as today offset 0) t
), found as (
    select c.no, 'birthday' as kind, '' as label, c.birthday as day, true as yearly, null::uuid as id
    from place p cross join crm.contacts c
    where c.user_id = :user_id::uuid and c.birthday is not null and right(c.birthday, 5) = any (p.days) and not c.is_self
    union all
    select d.contact_no, d.kind, d.label, d.day, d.yearly, d.id
    from place p cross join crm.dates d where d.user_id = :user_id::uuid and right(d.day, 5) = any (p.days)
), kept as (
    select f.*, k.day as on_day from found f cross join place p
    cross join lateral (select min(x.day) as day from (
        select crm.day_in_year(f.day, y) as day from generate_series(extract(year from p.today)::int, extract(year from p.last_day)::int) y
        where f.yearly and (left(f.day, 1) = '-' or y >= left(f.day, 4)::int)
        union all select crm.day_in_year(f.day, left(f.day, 4)::int) where not f.yearly) x
        where x.day between p.today and p.last_day) k
    where k.day is not null
)
select coalesce(json_agg(json_build_object('id', k.id, 'on', k.on_day, 'in_days', k.on_day - p.today, 'kind', k.kind, 'label', k.label, 'day', k.day,
    'years', case when k.yearly and left(k.day, 1) <> '-' then extract(year from k.on_day)::int - left(k.day, 4)::int end,
    'contact', json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'title', c.title)) order by k.on_day, c.name_key, k.kind), '[]')::text
from (select * from kept order by on_day, no limit :most::int) k cross join place p
join crm.contacts c on c.user_id = :user_id::uuid and c.no = k.no

-- name: add_date :value
-- Add a date to a contact; its id.
insert into crm.dates (user_id, contact_no, kind, label, day, yearly, source)
values (:user_id::uuid, :contact_no::int, :kind::text, :label::text, :day::text, :yearly::boolean, :source::text)
returning id

-- name: list_dates :value
-- The dates of a contact as a JSON array, its birthday first.
select (select coalesce(json_agg(x.document), '[]') from (
    select json_build_object('id', null, 'kind', 'birthday', 'label', '', 'day', c.birthday, 'yearly', true, 'source', 'contact') as document where c.birthday is not null
    union all
    select json_build_object('id', d.id, 'kind', d.kind, 'label', d.label, 'day', d.day, 'yearly', d.yearly, 'source', d.source)
    from (select * from crm.dates d where d.user_id = :user_id::uuid and d.contact_no = c.no order by right(d.day, 5), d.id) d) x)::text
from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid

-- name: delete_date :none
delete from crm.dates d using crm.contacts c
where d.user_id = :user_id::uuid and d.id = :date_id::uuid and c.user_id = :user_id::uuid and c.id = :contact_id::uuid and d.contact_no = c.no

-- name: list_timeline :one
-- A page of what happened with a contact, the newest first, as a JSON array; time, kind and id of the last one, whether more follow, and
-- whether the contact exists. Interactions of one kind are folded by month.
with recursive who as materialized (
    select c.no, c.id, crm.zone_of(:user_id::uuid) as zone from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid
), months (start, place) as (
    -- the months that a page can hold at most: each is found by the index, and of the years before nothing is read
    select date_trunc('month', l.at at time zone w.zone), 1
    from who w cross join lateral (select max(i.at) as at from crm.interactions i where i.user_id = :user_id::uuid and i.contact_no = w.no
        and i.at < date_trunc('month', :before_at::timestamptz at time zone w.zone) at time zone w.zone + interval '1 month') l
    where l.at is not null
    union all
    select date_trunc('month', l.at at time zone w.zone), m.place + 1
    from months m cross join who w cross join lateral (select max(i.at) as at from crm.interactions i where i.user_id = :user_id::uuid and i.contact_no = w.no
        and i.at < m.start at time zone w.zone) l
    where l.at is not null and m.place <= :limit::int + 1
), entries as (
    select n.at, 'note' as kind, n.id::text as id, json_build_object('note_id', n.id, 'text', n.text, 'pinned', n.pinned, 'source', n.source,
            'contact', case when n.contact_no <> n.who_no then (select json_build_object('id', c.id, 'name', c.name) from crm.contacts c where c.user_id = :user_id::uuid and c.no = n.contact_no) end) as fields
    from (
        (select n.*, w.no as who_no from who w join crm.notes n on n.user_id = :user_id::uuid and n.contact_no = w.no
            where n.at <= :before_at::timestamptz and 'note' = any (:kinds::text[]) order by n.at desc limit :limit::int + 2)
        union all
        (select n.*, w.no from who w join crm.note_mentions m on m.user_id = :user_id::uuid and m.contact_no = w.no
            join crm.notes n on n.user_id = :user_id::uuid and n.id = m.note_id and n.contact_no <> w.no
            where n.at <= :before_at::timestamptz and 'note' = any (:kinds::text[]) order by n.at desc limit :limit::int + 2)) n
    union all
    select f.at, 'interactions', f.what || ' ' || f.month, json_build_object('interaction', f.what, 'month', f.month, 'count', f.n, 'sent', f.sent, 'received', f.received, 'first_at', f.first_at)
    from (
        select i.kind as what, to_char(date_trunc('month', i.at at time zone w.zone), 'YYYY-MM') as month, max(i.at) as at, min(i.at) as first_at, count(*) as n,
            count(*) filter (where i.direction = 'out') as sent, count(*) filter (where i.direction = 'in') as received
        from who w join crm.interactions i on i.user_id = :user_id::uuid and i.contact_no = w.no
        -- months that begin before the place: of its own month the whole sum is needed
        where i.at < date_trunc('month', :before_at::timestamptz at time zone w.zone) at time zone w.zone + interval '1 month' and 'interactions' = any (:kinds::text[])
            and i.at >= (select min(m.start) from months m) at time zone w.zone
        group by i.kind, 2) f
    union all
    select crm.time_of(e.last_s), 'source', s.id::text, json_build_object('source', s.name, 'source_kind', s.kind, 'sent', e.sent, 'received', e.received, 'together', e.together,
        'meetings', e.meetings, 'calls', e.calls, 'first_at', crm.time_of(e.first_s))
    from who w
    join lateral (select v.source_no, min(v.first_s) as first_s, max(v.last_s) as last_s, sum(v.sent) as sent, sum(v.received) as received, sum(v.together) as together,
            sum(v.meetings) as meetings, sum(v.calls) as calls
        from (select e.source_no, e.first_s, e.last_s, e.n_ab as sent, e.n_ba as received, e.n_co as together, e.meetings, e.calls
            from crm.correspondents k join crm.evidence e on e.user_id = :user_id::uuid and e.a = 0 and e.b = k.no and e.earlier = 0
            where k.user_id = :user_id::uuid and k.contact_no = w.no) v group by v.source_no) e on true
    join crm.sources s on s.user_id = :user_id::uuid and s.no = e.source_no
    where 'source' = any (:kinds::text[])
    union all
    select i.created_at, 'introduction', i.id::text, json_build_object('introduction_id', i.id, 'status', i.status, 'role', s.role, 'target',
            (select json_build_object('id', t.contact_id, 'name', t.name) from crm.introduction_steps t where t.user_id = :user_id::uuid and t.introduction_id = i.id and t.role = 'target' limit 1))
    from who w
    join crm.introduction_steps s on s.user_id = :user_id::uuid and s.contact_id = w.id
    join crm.introductions i on i.user_id = :user_id::uuid and i.id = s.introduction_id
    where 'introduction' = any (:kinds::text[])
    union all
    select o.at, h.what, h.no::text, json_build_object('operation_id', o.id, 'by', o.kind, 'fields', h.fields)
    from who w
    cross join lateral (
        select c.no, c.operation_id, case when c.did = 'i' then 'added' when o.kind = 'enrich_contact' then 'enrichment' when c.before ?| '{company,title}' then 'job' end as what,
            case when c.did = 'u' then (select json_agg(json_build_object('field', b.key, 'before', b.value, 'after', coalesce(
                    (select l.before -> b.key from crm.changes l where l.user_id = :user_id::uuid and l.contact_no = w.no and l.no > c.no and l.subject is null and l.before ? b.key order by l.no limit 1),
                    (select crm.contact_fields(p) -> b.key from crm.contacts p where p.user_id = :user_id::uuid and p.no = w.no))))
                from jsonb_each(c.before) b where b.key <> all ('{linkedin_slug,source_uid,enrichment,created_at,custom,notes,tags}'::text[])) end as fields
        from crm.changes c join crm.operations o on o.user_id = :user_id::uuid and o.id = c.operation_id
        where c.user_id = :user_id::uuid and c.contact_no = w.no and c.subject is null and c.did in ('i', 'u')
        order by c.no desc limit 500) h
    join crm.operations o on o.user_id = :user_id::uuid and o.id = h.operation_id
    where h.what = any (:kinds::text[])
), page as (
    select e.at, e.kind, e.id, (json_build_object('at', e.at, 'kind', e.kind)::jsonb || e.fields::jsonb)::text as document
    from entries e where (e.at, e.kind, e.id) < (:before_at::timestamptz, :before_kind::text, :before_id::text)
    order by e.at desc, e.kind desc, e.id desc limit :limit::int + 1)
select crm.json_items(array_agg(p.document), :limit::int), (array_agg(p.at))[:limit::int], (array_agg(p.kind))[:limit::int], (array_agg(p.id))[:limit::int],
    count(*) > :limit::int, exists (select from who)
from page p
