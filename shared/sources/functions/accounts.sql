-- Accounts that keep themselves current: a source as the API shows it, and the schedule.

-- A source as JSON, without secrets.
create or replace function crm.source_document(of_source crm.sources) returns json
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select json_build_object('id', of_source.id, 'kind', of_source.kind, 'name', of_source.name, 'addresses', of_source.addresses,
        'state', of_source.state, 'problem', of_source.problem, 'created_at', of_source.created_at, 'last_run_at', of_source.last_run_at,
        'next_at', of_source.next_at, 'read', of_source.read, 'counted', of_source.counted, 'left_out', of_source.left_out,
        'first_at', crm.time_of(of_source.first_s), 'last_at', crm.time_of(of_source.last_s), 'account', of_source.settings -> 'account',
        'progress', concat_ws(' ', of_source.cursor ->> 'words', case when of_source.last_s is null then 'Nothing has been counted yet.'
            else format('Counted from %s to %s.', crm.told_day(crm.time_of(of_source.first_s), now()), crm.told_day(crm.time_of(of_source.last_s), now())) end));
end;

-- Queue an event for each account that is to be read now, the longest waiting first; returns how many. One whose event is lost is queued again later.
create or replace function crm.queue_due_sources(most integer, requeue_after_s integer) returns integer
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with due as (
        select s.user_id, s.no from crm.sources s where s.next_at <= now()
        order by s.next_at limit most for update skip locked),
    taken as (
        update crm.sources s set next_at = now() + make_interval(secs => requeue_after_s),
            state = case when s.state = 'running' then s.state else 'waiting' end
        from due d where s.user_id = d.user_id and s.no = d.no and s.state not in ('paused', 'needs_attention')
        returning s.user_id, s.id),
    queued as (
        insert into crm.outbox (id, topic, user_id, priority, data, attributes)
        select gen_random_uuid(), 'source-sync', t.user_id, 2, jsonb_build_object('user_id', t.user_id, 'source_id', t.id), '{}' from taken t
        returning 1)
    select count(*)::integer from queued;
end;

grant execute on function crm.source_document, crm.queue_due_sources to crm_app;
