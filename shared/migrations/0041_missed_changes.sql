-- Whose contacts have changed without the cache knowing it: it was out of reach of whoever changed them, and perhaps not of others.
create table crm.missed_changes (
    -- no reference: the user may be erased by the very change, and nothing but the cache is told of it
    user_id uuid primary key,
    -- by then the change has been saved or never will be
    until timestamptz not null
);
alter table crm.missed_changes enable row level security;

-- Notes it for the calling user.
create function crm.note_missed_change(within_s integer) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    insert into crm.missed_changes as m (user_id, until)
        values (nullif(current_setting('app.user_id', true), '')::uuid, clock_timestamp() + make_interval(secs => within_s))
    on conflict (user_id) do update set until = greatest(m.until, excluded.until);
end;

create function crm.list_missed_changes(most integer) returns table (user_id uuid)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select m.user_id from crm.missed_changes m order by m.until limit most;
end;

-- The cache knows of them; those that may still be under way are told again.
create function crm.forget_missed_changes(user_ids uuid[]) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    delete from crm.missed_changes m where m.user_id = any (user_ids) and m.until <= now();
end;

revoke all on function crm.note_missed_change, crm.list_missed_changes, crm.forget_missed_changes from public;
grant execute on function crm.note_missed_change, crm.list_missed_changes, crm.forget_missed_changes to crm_app;
