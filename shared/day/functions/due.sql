-- Cadence: who is to be talked to when (decision 0099).

-- The time zone of a user; UTC where none is set, or the name is not one of a time zone.
create or replace function crm.zone_of(uid uuid) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    named constant text := (select u.settings ->> 'timezone' from crm.users u where u.id = uid);
begin
    perform now() at time zone named;
    return coalesce(named, 'UTC');
exception when invalid_parameter_value then
    return 'UTC';
end $$;

-- The day on which somebody is due: whole days after the day of the last talk, both as the user's calendar has them, so that a change of the
-- clocks moves nothing.
create or replace function crm.due_on(from_s integer, every_days integer, zone text) returns date
    language sql stable
    return (crm.time_of(from_s) at time zone zone)::date + every_days;

-- Work out again when contacts are due. nos: of these contacts; null for all of the user.
create or replace function crm.settle_due(uid uuid, nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    -- A day is up to 25 hours long where clocks change.
    slack constant integer := 25 * 3600;
begin
    if not exists (select from crm.cadences k where k.user_id = uid) and not exists (select from crm.due d where d.user_id = uid)
            and not exists (select from crm.circles i where i.user_id = uid and i.every_days is not null) then
        return;
    end if;
    with asked as materialized (
        select m.contact_no as no from crm.circles i join crm.circle_members m on m.user_id = uid and m.circle_id = i.id
            where i.user_id = uid and i.every_days is not null and i.filter is null and (nos is null or m.contact_no = any (nos))
        union select k.contact_no from crm.cadences k where k.user_id = uid and (nos is null or k.contact_no = any (nos))
    ), by_circle as (
        select distinct on (m.contact_no) m.contact_no as no, i.every_days, i.id, greatest(m.added_at, i.every_since) as since
        from crm.circles i join crm.circle_members m on m.user_id = uid and m.circle_id = i.id
        where i.user_id = uid and i.every_days is not null and i.filter is null and (nos is null or m.contact_no = any (nos))
        order by m.contact_no, i.every_days, i.id
    ), wanted as (
        select a.no, e.every_days, case when k.every_days is null then b.id end as circle_id, f.from_s,
            greatest(f.from_s::bigint + e.every_days * 86400 - slack, extract(epoch from k.snoozed_until - '2020-01-01 00:00+00'::timestamptz)::bigint) as next_s,
            k.snoozed_until
        from asked a
        join crm.contacts c on c.user_id = uid and c.no = a.no and not c.is_self
        left join crm.cadences k on k.user_id = uid and k.contact_no = a.no
        left join by_circle b on b.no = a.no
        left join crm.last_contacts l on l.user_id = uid and l.contact_no = a.no
        cross join lateral (select coalesce(k.every_days, b.every_days) as every_days) e
        cross join lateral (select coalesce(greatest(l.last_s, crm.seconds_of(k.skipped_at)),
            crm.seconds_of(case when k.every_days is null then b.since else k.started_at end)) as from_s) f
        where e.every_days > 0
    ), gone as (
        delete from crm.due d where d.user_id = uid and (nos is null or d.contact_no = any (nos)) and not exists (select from wanted w where w.no = d.contact_no)
    )
    insert into crm.due as d (user_id, contact_no, every_days, circle_id, from_s, next_s, snoozed_until)
        select uid, w.no, w.every_days, w.circle_id, w.from_s, w.next_s, w.snoozed_until from wanted w order by w.no
        on conflict (user_id, contact_no) do update
            set every_days = excluded.every_days, circle_id = excluded.circle_id, from_s = excluded.from_s, next_s = excluded.next_s,
                snoozed_until = excluded.snoozed_until
            where (d.every_days, d.circle_id, d.from_s, d.next_s, d.snoozed_until)
                is distinct from (excluded.every_days, excluded.circle_id, excluded.from_s, excluded.next_s, excluded.snoozed_until);
end $$;

-- Settle the contacts of changed rows: cadences, members of circles, last contacts.
create or replace function crm.settle_due_of_made() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform crm.settle_due(m.user_id, array_agg(distinct m.contact_no)) from made m group by m.user_id;
    return null;
end $$;

-- Settle the contacts of removed rows. An erased user has nothing left to settle.
create or replace function crm.settle_due_of_gone() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform crm.settle_due(g.user_id, array_agg(distinct g.contact_no)) from gone g join crm.users u on u.id = g.user_id group by g.user_id;
    return null;
end $$;

-- Settle everybody of users whose circles got or lost a cadence or a filter.
create or replace function crm.settle_due_of_circles() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'UPDATE' then
        perform crm.settle_due(u.user_id, null) from (select distinct n.user_id from made n join gone o on o.user_id = n.user_id and o.id = n.id
            where (o.every_days, o.every_since, o.filter is null) is distinct from (n.every_days, n.every_since, n.filter is null)) u;
    else
        perform crm.settle_due(u.user_id, null) from (select distinct n.user_id from made n where n.every_days is not null) u;
    end if;
    return null;
end $$;

-- The cadence that the past suggests: the usual time between two days on which one talked, as one of the usual numbers of days; null where
-- there were too few. Logged interactions say it day by day; of what sources bring only the first, the last and the count are known.
create or replace function crm.suggested_days(uid uuid, no integer) returns integer
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    with days as (
        select distinct i.at::date as day from crm.interactions i where i.user_id = uid and i.contact_no = no and i.at > now() - interval '3 years'
    ), gaps as (
        select d.day - lag(d.day) over (order by d.day) as gap from days d
    ), rhythm as (
        select case when (select count(*) from days) >= 4 then (select percentile_cont(0.5) within group (order by g.gap) from gaps g where g.gap is not null)
            else (select (max(e.last_s) - min(e.first_s)) / 86400.0 / nullif(sum(e.sent + e.received + e.meetings + e.calls) - 1, 0)
                from crm.own_evidence(uid, array[no]) e having sum(e.sent + e.received + e.meetings + e.calls) >= 4) end as days
    )
    select n.days from rhythm r cross join unnest(array[7, 14, 30, 60, 90, 180, 365]) n(days) where r.days is not null
    order by abs(ln(greatest(r.days, 1)::float8 / n.days)) limit 1;
end;

-- Give cadences and dates of contacts to the contact that they are merged into; its own cadence stays.
create or replace function crm.merge_days(uid uuid, keep_no integer, nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    moving crm.dates[];
begin
    insert into crm.cadences (user_id, contact_no, every_days, started_at, skipped_at, snoozed_until)
        select uid, keep_no, k.every_days, k.started_at, k.skipped_at, k.snoozed_until from crm.cadences k
        where k.user_id = uid and k.contact_no = any (nos) order by k.every_days nulls last limit 1
        on conflict do nothing;
    -- two statements: an undo reads in the journal what went first and what came then
    select array_agg(d) into moving from crm.dates d where d.user_id = uid and d.contact_no = any (nos);
    if moving is not null then
        delete from crm.dates d where d.user_id = uid and d.contact_no = any (nos);
        insert into crm.dates (user_id, id, contact_no, kind, label, day, yearly, source, created_at)
            select uid, m.id, keep_no, m.kind, m.label, m.day, m.yearly, m.source, m.created_at from unnest(moving) m;
    end if;
end $$;

-- Delete cadences, dates and the due of deleted contacts.
create or replace function crm.forget_days() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
begin
    delete from crm.cadences k using gone g where k.user_id = g.user_id and k.contact_no = g.no;
    delete from crm.dates d using gone g where d.user_id = g.user_id and d.contact_no = g.no;
    delete from crm.due d using gone g where d.user_id = g.user_id and d.contact_no = g.no;
    return null;
end $$;

-- The deployed functions may call these.
grant execute on function crm.zone_of, crm.due_on, crm.suggested_days, crm.merge_days, crm.time_of, crm.seconds_of to crm_app;
