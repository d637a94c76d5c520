-- Changes of contacts that the cache has not been told of: migrations/0041_missed_changes.sql.

-- Notes it for the calling user.
create or replace function crm.note_missed_change(within_s integer) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    insert into crm.missed_changes as m (user_id, until)
        values (crm.current_user_id(), clock_timestamp() + make_interval(secs => within_s))
    on conflict (user_id) do update set until = greatest(m.until, excluded.until);
end;

-- Users whose contacts have changed without the cache knowing it, those that may be looked at first.
create or replace function crm.list_missed_changes(most integer) returns table (user_id uuid)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select m.user_id from crm.missed_changes m order by m.until limit most;
end;

-- The cache knows of them; those that may still be under way are told again.
create or replace function crm.forget_missed_changes(user_ids uuid[]) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    delete from crm.missed_changes m where m.user_id = any (user_ids) and m.until <= now();
end;

-- Open to the deployed functions; the other functions here are called by functions alone.
grant execute on function crm.note_missed_change, crm.list_missed_changes, crm.forget_missed_changes to crm_app;
