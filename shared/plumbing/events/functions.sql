-- Events: taken in fair order, confirmed, sent again, moved to the dead letters. migrations/0020_outbox.sql has the table, and why the
-- product has its own queue.

-- Take events to send: high priority before normal before low; within a priority the users in turn, the user with the fewest events on
-- the way first, so that 50,000 events of one user delay only that user; for each user the oldest first.
--
-- most: the most events to take. room: how many events of each priority may be on the way at once, null for any number.
-- hold_s: the seconds after which a taken event counts as lost, unless its delivery was confirmed or reported.
create or replace function crm.take_events(topic text, most integer, room integer[], hold_s integer)
    returns table (id uuid, data jsonb, attributes jsonb, priority smallint, sends smallint, created_at timestamptz)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    held_until constant timestamptz := clock_timestamp() + make_interval(secs => hold_s);
    lost uuid[];
    chosen uuid[];
    on_the_way integer;
    free integer;
begin
    -- One caller at a time: two callers would both fill the same free places.
    perform pg_advisory_xact_lock(hashtextextended('crm.outbox ' || take_events.topic, 0));

    select array_agg(l.id) into lost from (
        select o.id from crm.outbox o
        where o.topic = take_events.topic and o.sends > 0 and o.available_at <= clock_timestamp()
        order by o.priority, o.available_at limit most
        for update skip locked) l;
    if lost is not null then
        return query update crm.outbox o set sends = o.sends + 1, available_at = held_until
            where o.id = any (lost) returning o.id, o.data, o.attributes, o.priority, o.sends, o.created_at;
        most := most - cardinality(lost);
    end if;

    for level in 0..2 loop
        exit when most <= 0;
        free := most;
        if room[level + 1] is not null then
            select count(*) into on_the_way from (select from crm.outbox o
                where o.topic = take_events.topic and o.priority = level and o.sends > 0 limit room[level + 1]) s;
            free := least(free, room[level + 1] - on_the_way);
        end if;
        continue when free <= 0;

        with recursive lane as (
            -- the users with waiting events, one index look-up for each
            (select o.lane from crm.outbox o
                where o.topic = take_events.topic and o.priority = level and o.sends = 0 order by o.lane limit 1)
            union all
            select (select o.lane from crm.outbox o
                where o.topic = take_events.topic and o.priority = level and o.sends = 0 and o.lane > l.lane order by o.lane limit 1)
            from lane l where l.lane is not null
        ), queue as materialized (
            select l.lane, count(*) over () as queues,
                (select count(*) from crm.outbox o
                    where o.topic = take_events.topic and o.priority = level and o.lane = l.lane and o.sends > 0) as on_the_way
            from lane l where l.lane is not null
        ), candidate as (
            select e.id, e.available_at, e.seq,
                q.on_the_way + row_number() over (partition by q.lane order by e.available_at, e.seq) as turn
            from queue q
            cross join lateral (
                select o.id, o.available_at, o.seq from crm.outbox o
                where o.topic = take_events.topic and o.priority = level and o.sends = 0 and o.lane = q.lane
                    and o.available_at <= clock_timestamp()
                order by o.available_at, o.seq
                -- a few more than a fair share, which fill the places of users with fewer events
                limit least(free, 4 + 4 * free / q.queues)
            ) e
        )
        select array_agg(c.id) into chosen from (select c.id from candidate c order by c.turn, c.available_at, c.seq limit free) c;
        continue when chosen is null;
        return query update crm.outbox o set sends = 1, available_at = held_until
            where o.id = any (chosen) and o.sends = 0 returning o.id, o.data, o.attributes, o.priority, o.sends, o.created_at;
        most := most - cardinality(chosen);
    end loop;
end $$;

-- Note that Pub/Sub has the events: it delivers them again by itself, so they count as lost only after a long time.
create or replace function crm.confirm_sent(ids uuid[], hold_s integer) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    update crm.outbox o set available_at = clock_timestamp() + make_interval(secs => hold_s) where o.id = any (ids);
end;

-- Put events back that could not be sent: they wait again as if they had never been taken.
create or replace function crm.return_events(ids uuid[], delay_s integer) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    update crm.outbox o set sends = o.sends - 1, available_at = clock_timestamp() + make_interval(secs => delay_s)
    where o.id = any (ids) and o.sends > 0;
end;

-- Store why the consumer of an event failed, for the operator who reads the dead letters.
create or replace function crm.note_failure(id uuid, reason text) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    update crm.outbox o set last_error = left(reason, 2000) where o.id = note_failure.id;
end;

-- Send an event again later, because its consumer failed.
create or replace function crm.retry_event(id uuid, delay_s double precision) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    update crm.outbox o set available_at = clock_timestamp() + make_interval(secs => delay_s) where o.id = retry_event.id;
end;

-- Remove an event that its consumer has handled; returns whether the event existed.
create or replace function crm.finish_event(id uuid) returns boolean
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with finished as (delete from crm.outbox o where o.id = finish_event.id returning 1)
    select exists (select from finished);
end;

-- The number of events of a topic on the way (counted up to a bound), and whether any wait.
create or replace function crm.outbox_state(topic text, bound integer, out on_the_way integer, out waiting boolean)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select (select count(*)::integer from (select from crm.outbox o where o.topic = outbox_state.topic and o.sends > 0 limit bound) s),
        exists (select from crm.outbox o where o.topic = outbox_state.topic and o.sends = 0 and o.available_at <= clock_timestamp());
end;

-- Store a message as a dead letter, once, whether or not it came from the outbox.
create or replace function crm.bury_message(id uuid, topic text, data jsonb, attributes jsonb, reason text) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with taken as (delete from crm.outbox o where o.id = bury_message.id returning o.*)
    insert into crm.dead_letters (id, topic, user_id, priority, data, attributes, reason, sends, created_at)
    select coalesce(bury_message.id, gen_random_uuid()), bury_message.topic, t.user_id, coalesce(t.priority, 1::smallint),
        coalesce(t.data, bury_message.data), coalesce(t.attributes, bury_message.attributes),
        coalesce(left(reason, 2000), t.last_error, 'no reason was given'),
        coalesce(t.sends, 1::smallint), coalesce(t.created_at, now())
    from (values (1)) one left join taken t on true
    on conflict (id) do nothing;
end;

-- Move events that were sent the given number of times without confirmation to the dead letters; returns how many.
create or replace function crm.bury_exhausted(topic text, most_sends integer) returns integer
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with taken as (
        delete from crm.outbox o
        where o.topic = bury_exhausted.topic and o.sends >= most_sends and o.available_at <= clock_timestamp()
        returning o.*
    ), buried as (
        insert into crm.dead_letters (id, topic, user_id, priority, data, attributes, reason, sends, created_at)
        select t.id, t.topic, t.user_id, t.priority, t.data, t.attributes,
            coalesce(t.last_error, 'sent ' || t.sends || ' times and never confirmed'), t.sends, t.created_at
        from taken t
        on conflict (id) do nothing
        returning 1
    )
    select count(*)::integer from buried;
end;

-- Queue dead letters again, the oldest first; returns how many.
create or replace function crm.replay_dead_letters(topic text, most integer) returns integer
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with chosen as (
        select l.id from crm.dead_letters l
        where l.topic = replay_dead_letters.topic and jsonb_typeof(l.data) = 'object'
        order by l.died_at limit most
    ), raised as (
        delete from crm.dead_letters l using chosen c where l.id = c.id returning l.*
    ), appended as (
        insert into crm.outbox (id, topic, user_id, priority, data, attributes)
        select r.id, r.topic, r.user_id, r.priority, r.data, r.attributes from raised r
        on conflict (id) do nothing
        returning 1
    )
    select count(*)::integer from appended;
end;

-- The dead letters of a topic, the latest first.
create or replace function crm.list_dead_letters(topic text, most integer)
    returns table (id uuid, reason text, sends smallint, died_at timestamptz, data jsonb)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select l.id, l.reason, l.sends, l.died_at, l.data from crm.dead_letters l
    where l.topic = list_dead_letters.topic order by l.died_at desc limit most;
end;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.take_events, crm.confirm_sent, crm.return_events, crm.note_failure, crm.retry_event, crm.finish_event,
    crm.outbox_state, crm.bury_message, crm.bury_exhausted, crm.replay_dead_letters, crm.list_dead_letters to crm_app;
