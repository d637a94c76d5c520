-- The letters about the day (decision 0116): when the next is due, and who gets one now.

-- When the next letter of a user is due: at their hour, by their clock, on the first day (of the week) whose hour lies after a time. Of an hour that
-- comes twice it is the second, and of one that is left out the next. Users with the same hour are spread over half an hour.
create or replace function crm.next_digest_at(uid uuid, weekly boolean, hour integer, weekday integer, zone text, after timestamptz) returns timestamptz
    language sql stable
    return (
        select min(m.at) from (
            select (d.day + make_interval(hours => hour)) at time zone zone + make_interval(secs => hashtextextended(uid::text, 0) & 1023) * 1.75 as at
            from generate_series((after at time zone zone)::date::timestamp - interval '1 day', (after at time zone zone)::date::timestamp + interval '8 days', interval '1 day') d (day)
            where not weekly or extract(isodow from d.day) = weekday) m
        where m.at > after);

-- The value of a setting, where it is a whole number in a range.
create or replace function crm.whole_setting(settings jsonb, name text, least_value integer, most_value integer, otherwise integer) returns integer
    language sql immutable
    return case when jsonb_typeof(settings -> name) = 'number' and (settings ->> name)::numeric between least_value and most_value
        then floor((settings ->> name)::numeric)::integer else otherwise end;

-- Note when a user whose settings have changed gets the next letter.
create or replace function crm.settle_digest() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    every constant text := new.settings ->> 'digest';
    at_hour constant integer := crm.whole_setting(new.settings, 'digest_hour', 0, 23, 7);
    on_day constant integer := crm.whole_setting(new.settings, 'digest_weekday', 1, 7, 1);
    clock text;
begin
    if every is null or every not in ('daily', 'weekly') then
        delete from crm.digests d where d.user_id = new.id;
        return null;
    end if;
    clock := crm.zone_of(new.id);
    insert into crm.digests as d (user_id, weekly, hour, weekday, zone, next_at)
        values (new.id, every = 'weekly', at_hour, on_day, clock, crm.next_digest_at(new.id, every = 'weekly', at_hour, on_day, clock, now()))
        on conflict (user_id) do update
            set weekly = excluded.weekly, hour = excluded.hour, weekday = excluded.weekday, zone = excluded.zone, next_at = excluded.next_at
            where (d.weekly, d.hour, d.weekday, d.zone) is distinct from (excluded.weekly, excluded.hour, excluded.weekday, excluded.zone);
    return null;
end $$;

-- Queue the letters that are due, at most so many users at once, the longest due first, and note when the next of each is. A user gets one in a day
-- or a week of their calendar, whatever else happens, and none where there is nothing to say. most_of_installation: the letters of a day that the
-- installation may send; 0 for no limit; letters that do not fit wait.
--
-- looked_at, queued: how many users were looked at, and to how many of them a letter goes.
create or replace function crm.queue_digests(at timestamptz, most integer, most_of_installation integer, out looked_at integer, out queued integer)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp set jit = off set plan_cache_mode = force_custom_plan
as $$
declare
    now_s constant bigint := extract(epoch from at - '2020-01-01 00:00+00'::timestamptz)::bigint;
begin
    if most_of_installation > 0 then
        perform crm.hold_letters('installation', array[crm.installation_party()]);
        most := least(most, most_of_installation - crm.letters_of_installation(at));
    end if;
    with taken as materialized (
        select d.user_id, d.weekly, d.hour, d.weekday, d.zone, (at at time zone d.zone)::date as today, u.email,
            coalesce(d.told_at, at - case when d.weekly then interval '7 days' else interval '1 day' end) as told_from
        from crm.digests d join crm.users u on u.id = d.user_id
        where d.next_at <= at order by d.next_at limit greatest(most, 0) for update of d skip locked
    ), moved as (
        update crm.digests d set told_from = t.told_from, told_at = at,
            next_at = crm.next_digest_at(t.user_id, t.weekly, t.hour, t.weekday, t.zone, at)
        from taken t where d.user_id = t.user_id
    ), spoken as materialized (
        -- each "offset 0" keeps its look-up one by the user, and never a reading of the whole table
        select t.user_id, t.email, case when t.weekly then to_char(t.today, 'IYYY-IW') else t.today::text end as period
        from taken t
        cross join lateral (select crm.days_between(t.today, t.today + case when t.weekly then 6 else 0 end) as days offset 0) y
        where t.email is not null and (
            exists (select from crm.due d where d.user_id = t.user_id and d.next_s <= now_s and (d.snoozed_until is null or d.snoozed_until <= at)
                and crm.due_on(d.from_s, d.every_days, t.zone) <= t.today offset 0)
            or exists (select from crm.contacts c where c.user_id = t.user_id and c.birthday is not null and right(c.birthday, 5) = any (y.days) and not c.is_self offset 0)
            or exists (select from crm.dates d where d.user_id = t.user_id and right(d.day, 5) = any (y.days)
                and (d.yearly or d.day between t.today::text and (t.today + 6)::text) offset 0)
            or exists (select from crm.wishes w where w.user_id = t.user_id and w.opened_at > t.told_from offset 0)
            or exists (select from crm.introductions i where i.user_id = t.user_id and i.updated_at > t.told_from
                and i.status in ('connector_accepted', 'introduced', 'declined', 'not_now', 'expired') offset 0))
    ), letters as (
        insert into crm.emails (user_id, kind, subject_id, position, recipients, created_at)
            select s.user_id, 'digest.letter', md5(s.user_id || ' ' || s.period)::uuid, null, array[s.email], at from spoken s
            on conflict on constraint emails_once do nothing
            returning id, user_id
    ), events as (
        insert into crm.outbox (id, topic, user_id, priority, data)
            select gen_random_uuid(), 'email', l.user_id, 1, jsonb_build_object('event', 'DigestDue', 'email_id', l.id, 'user_id', l.user_id) from letters l
    )
    select (select count(*) from taken), (select count(*) from letters) into looked_at, queued;
    if most_of_installation > 0 and queued > 0 then
        insert into crm.letter_counts as c (side, party, hour, letters, asks)
            values ('installation', crm.installation_party(), date_trunc('hour', at, 'UTC'), queued, 0)
            on conflict (side, party, hour) do update set letters = c.letters + excluded.letters;
    end if;
end $$;

-- The deployed functions may call these.
grant execute on function crm.queue_digests to crm_app;
