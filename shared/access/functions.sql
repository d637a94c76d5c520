-- The user and the rights of a personal token or of a granted one that has not expired, by its hash.
create or replace function crm.find_program(token_hash bytea, at timestamptz)
    returns table (user_id uuid, email text, user_name text, program_id uuid, program text, scopes text[], resource text, expires_at timestamptz, last_used_at timestamptz)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select t.user_id, u.email, u.name, t.id, t.name, t.scopes, '', t.expires_at, t.last_used_at
        from crm.access_tokens t join crm.users u on u.id = t.user_id
        where t.hash = token_hash and t.expires_at > at
    union all
    select t.user_id, u.email, u.name, g.id, g.name, g.scopes, g.resource, t.expires_at, g.last_used_at
        from crm.grant_tokens t
        join crm.access_grants g on g.user_id = t.user_id and g.id = t.grant_id
        join crm.users u on u.id = t.user_id
        where t.hash = token_hash and t.kind = 'access' and t.expires_at > at;
end;

-- Note the use of a personal token or a grant of the caller.
create or replace function crm.note_token_use(token_id uuid, at timestamptz) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    update crm.access_tokens t set last_used_at = at where t.user_id = crm.acting_user() and t.id = token_id;
    update crm.access_grants g set last_used_at = at where g.user_id = crm.acting_user() and g.id = token_id;
end;

-- Take a code or a refresh token. A code is good once; a refresh token once, and again for a while after its first use, as assistants ask
-- from several processes and lose answers. Beyond that somebody else has it: the grant ends with all its tokens. The outcome must be saved
-- whatever is answered, so the caller judges the rest after a commit.
create or replace function crm.take_grant_token(token_hash bytea, token_kind text, at timestamptz, grace interval)
    returns table (outcome text, user_id uuid, grant_id uuid, client_id text, scopes text[], resource text, details jsonb)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    taken crm.grant_tokens;
begin
    select t.* into taken from crm.grant_tokens t where t.hash = token_hash and t.kind = token_kind for update;
    if not found then
        return query select 'unknown', null::uuid, null::uuid, null::text, null::text[], null::text, null::jsonb;
        return;
    end if;
    return query select
        case when taken.used_at is not null and not (token_kind = 'refresh' and taken.used_at > at - grace) then 'reused'
             when taken.expires_at <= at then 'expired'
             else 'good' end,
        g.user_id, g.id, g.client_id, g.scopes, g.resource, taken.details
        from crm.access_grants g where g.user_id = taken.user_id and g.id = taken.grant_id;
    if taken.used_at is null then
        update crm.grant_tokens t set used_at = at where t.user_id = taken.user_id and t.hash = taken.hash;
    elsif not (token_kind = 'refresh' and taken.used_at > at - grace) then
        delete from crm.access_grants g where g.user_id = taken.user_id and g.id = taken.grant_id;
    end if;
end $$;

-- End the grant of a token, whichever of its tokens it is; returns the grant's id, null where no token has this hash.
create or replace function crm.end_grant_of(token_hash bytea) returns uuid
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    delete from crm.access_grants g using crm.grant_tokens t
        where t.hash = token_hash and g.user_id = t.user_id and g.id = t.grant_id
        returning g.id;
end;

-- The signature of the id of a program that registered itself: 128 bits of a keyed hash.
create or replace function crm.client_signature(content text) returns text
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select encode(substring(sha256(k.key || sha256(k.key || convert_to(content, 'UTF8'))) for 16), 'hex') from crm.hash_keys k where k.name = 'client';
end;

-- Keep the request of a program on a machine without a browser; false where another has the same code to type.
create or replace function crm.add_device_request(
    request_hash bytea, typed_code text, client text, client_name text, for_resource text, wanted text[], until timestamptz) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.device_requests (hash, user_code, client_id, name, resource, scopes, expires_at)
        values (request_hash, typed_code, client, client_name, for_resource, wanted, until)
        on conflict (user_code) do nothing;
    return found;
end $$;

-- The request whose code a signed-in user has typed, where it waits for an answer.
create or replace function crm.find_device_request(typed_code text, at timestamptz)
    returns table (client_id text, name text, resource text, scopes text[])
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select d.client_id, d.name, d.resource, d.scopes from crm.device_requests d
        where d.user_code = typed_code and d.expires_at > at and d.answered_by is null and crm.acting_user() is not null;
end;

-- Answer a request: the grant that the caller has made for it, null for a no. False where it waits no longer.
create or replace function crm.answer_device_request(typed_code text, for_grant uuid, at timestamptz) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    update crm.device_requests d set answered_by = crm.acting_user(), grant_id = for_grant
        where d.user_code = typed_code and d.expires_at > at and d.answered_by is null;
    return found;
end $$;

-- Ask for the answer to a request; one that was given is given once.
create or replace function crm.take_device_answer(request_hash bytea, client text, at timestamptz, pause interval)
    returns table (outcome text, user_id uuid, grant_id uuid, client_id text, scopes text[], resource text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    request crm.device_requests;
begin
    select d.* into request from crm.device_requests d where d.hash = request_hash and d.client_id = client for update;
    if not found then
        return query select 'unknown', null::uuid, null::uuid, null::text, null::text[], null::text;
        return;
    end if;
    if request.answered_by is null or request.expires_at <= at then
        update crm.device_requests d set asked_at = at where d.hash = request_hash;
        return query select case when request.expires_at <= at then 'expired' when request.asked_at > at - pause then 'hasty' else 'waiting' end,
            null::uuid, null::uuid, null::text, null::text[], null::text;
        return;
    end if;
    delete from crm.device_requests d where d.hash = request_hash;
    if request.grant_id is null then
        return query select 'denied', null::uuid, null::uuid, null::text, null::text[], null::text;
        return;
    end if;
    return query select 'good', g.user_id, g.id, g.client_id, g.scopes, g.resource
        from crm.access_grants g where g.user_id = request.answered_by and g.id = request.grant_id;
end $$;

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

-- Remove personal tokens that expired before a time, tokens of programs, requests of devices and drafts that have expired, and grants without any
-- token; returns how many personal tokens.
create or replace function crm.remove_expired_tokens(before timestamptz) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from crm.access_tokens t where t.expires_at < before;
    get diagnostics removed = row_count;
    delete from crm.grant_tokens t where t.expires_at < now();
    delete from crm.access_grants g where g.created_at < now() - interval '1 day'
        and not exists (select from crm.grant_tokens t where t.user_id = g.user_id and t.grant_id = g.id);
    delete from crm.device_requests d where d.expires_at < now();
    delete from crm.drafts d where d.expires_at < now() - interval '1 day';
    return removed;
end $$;

grant execute on function crm.find_program, crm.note_token_use, crm.note_program_call, crm.remove_old_program_calls, crm.remove_expired_tokens,
    crm.take_grant_token, crm.end_grant_of, crm.client_signature, crm.add_device_request, crm.find_device_request, crm.answer_device_request,
    crm.take_device_answer to crm_app;
