-- The user and the rights of a token that has not expired, by its hash. The use of the token is noted at most every ten minutes.
create or replace function crm.find_access_token(token_hash bytea, at timestamptz)
    returns table (user_id uuid, email text, user_name text, program_id uuid, program text, scopes text[], expires_at timestamptz, last_used_at timestamptz)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select t.user_id, u.email, u.name, t.id, t.name, t.scopes, t.expires_at, t.last_used_at
        from crm.access_tokens t join crm.users u on u.id = t.user_id
        where t.hash = token_hash and t.expires_at > at;
end;

-- Note the use of a personal token of the caller.
create or replace function crm.note_token_use(token_id uuid, at timestamptz) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    update crm.access_tokens t set last_used_at = at where t.user_id = crm.acting_user() and t.id = token_id;
end;

-- Add a call of a program of the caller to what programs did. The loss of the last moment's rows in a crash is worth the time that each call saves.
create or replace function crm.note_program_call(program_id uuid, program text, act text, target text, succeeded boolean, at timestamptz) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform set_config('synchronous_commit', 'off', true);
    insert into crm.program_calls as c (user_id, program_id, hour, act, target, succeeded, program, first_at, last_at)
        values (crm.acting_user(), note_program_call.program_id, date_trunc('hour', at, 'UTC'), note_program_call.act, note_program_call.target,
            note_program_call.succeeded, note_program_call.program, at, at)
        on conflict on constraint program_calls_pkey do update set times = c.times + 1, last_at = greatest(c.last_at, excluded.last_at);
end $$;

-- Remove what programs did before a time, the oldest first, and personal tokens that expired before another; returns how many.
create or replace function crm.remove_old_program_calls(before timestamptz, most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from crm.program_calls c using (
        select o.user_id, o.no from crm.program_calls o where o.hour < before order by o.hour limit most for update skip locked) o
    where c.user_id = o.user_id and c.no = o.no;
    get diagnostics removed = row_count;
    return removed;
end $$;

-- Remove personal tokens that expired before a time; returns how many.
create or replace function crm.remove_expired_tokens(before timestamptz) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from crm.access_tokens t where t.expires_at < before;
    get diagnostics removed = row_count;
    return removed;
end $$;

grant execute on function crm.find_access_token, crm.note_token_use, crm.note_program_call, crm.remove_old_program_calls, crm.remove_expired_tokens
    to crm_app;
