-- Changes of contacts that the cache does not know of yet; the table: migrations/0041_missed_changes.sql.

-- Note such a change for the calling user.
create or replace function crm.note_missed_change(within_s integer) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    insert into crm.missed_changes as m (user_id, until)
        values (crm.current_user_id(), clock_timestamp() + make_interval(secs => within_s))
    on conflict (user_id) do update set until = greatest(m.until, excluded.until);
end;

-- The users with noted changes, those with the earliest `until` first.
create or replace function crm.list_missed_changes(most integer) returns table (user_id uuid)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select m.user_id from crm.missed_changes m order by m.until limit most;
end;

-- Forget the changes of these users, which the cache knows of now; a change whose transaction may still be open stays noted.
create or replace function crm.forget_missed_changes(user_ids uuid[]) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    delete from crm.missed_changes m where m.user_id = any (user_ids) and m.until <= now();
end;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.note_missed_change, crm.list_missed_changes, crm.forget_missed_changes to crm_app;
