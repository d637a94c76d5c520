-- The user of a verified token; the first call creates the user together with the self contact, the user's place in the graph.
-- Two first calls at once create one user: the second insert waits for the first, conflicts, and finds the row.
--
-- A user's address is the one in the present token: a user who confirms an address after the first call gets it then, and a user
-- who has given an address up no longer gets what is sent to it.
create or replace function crm.sign_in(token_issuer text, token_subject text, token_email text, token_name text)
    returns table (user_id uuid, created boolean)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    person_name constant text := left(coalesce(btrim(token_name), ''), 500);
    person_email constant text := case when length(btrim(token_email)) between 3 and 320 then btrim(token_email) end;
    known_email text;
begin
    loop
        select u.id, false, u.email into user_id, created, known_email
            from crm.users u where u.issuer = token_issuer and u.subject = token_subject;
        if found then
            if person_email is distinct from known_email and person_email is not null then
                update crm.users u set email = person_email where u.id = sign_in.user_id;
            end if;
            exit;
        end if;

        insert into crm.users as u (issuer, subject, email, name, credit_balance)
            values (token_issuer, token_subject, person_email, person_name,
                crm.starting_credits_of(token_issuer, token_subject, person_email))
            on conflict (issuer, subject) do nothing
            returning u.id, true into user_id, created;
        if found then
            insert into crm.contacts (user_id, name, email, emails, source, is_self)
                values (sign_in.user_id, coalesce(nullif(person_name, ''), person_email, 'Me'), person_email,
                    array_remove(array[person_email], null), 'self', true);
            exit;
        end if;
        -- Another call has created the user between the two statements, or erased the user since: look again.
    end loop;
    return next;
end $$;

-- The user of the setting, null where none is set; crm.acting_user raises an error instead. The planner puts the body of both in the
-- place of a call, so they cost no more than the setting itself.
create or replace function crm.current_user_id() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('app.user_id', true), '')::uuid;

-- Raise the error for a call without a user.
create or replace function crm.raise_no_user() returns uuid
    language plpgsql stable parallel safe
as $$
begin
    raise insufficient_privilege using message = 'app.user_id is not set';
end $$;

-- The user that a security definer function works for. Such a function bypasses row-level security, so it must never guess the user.
create or replace function crm.acting_user() returns uuid
    language sql stable parallel safe
    return coalesce(crm.current_user_id(), crm.raise_no_user());

-- Add a sign-in to the audit log: once for each session of the identity provider, and once an hour where the provider names none. Return the
-- user. A database that takes no writes keeps nobody from reading.
create or replace function crm.note_sign_in(signed_in uuid, session text, once_in interval) returns uuid
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not current_setting('transaction_read_only')::boolean and not exists (
        select from crm.audit_entries a where a.user_id = signed_in and a.act = 'sign_in' and a.details ->> 'session' = session
            and a.at > now() - once_in)
    then
        insert into crm.audit_entries (user_id, act, actor, details) values (signed_in, 'sign_in', 'user', jsonb_build_object('session', session));
    end if;
    return signed_in;
end $$;

-- Add an act of the caller to the audit log, in the transaction of the act.
create or replace function crm.note_act(act text, actor text, operation uuid, details jsonb) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    insert into crm.audit_entries (user_id, act, actor, operation_id, details) values (crm.acting_user(), act, actor, operation, details);
end;

-- Remove entries of the audit log from before a time, the oldest first; returns how many.
create or replace function crm.remove_old_audit_entries(before timestamptz, most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from crm.audit_entries a using (
        select o.user_id, o.no from crm.audit_entries o where o.at < before order by o.at limit most for update skip locked) o
    where a.user_id = o.user_id and a.no = o.no;
    get diagnostics removed = row_count;
    return removed;
end $$;

-- Rows of one table that belong to the caller, as JSON lines in the order of its key, without hashes and without what search computes; and how
-- many they are. Only tables with a `user_id` can be named, and `users`.
create or replace function crm.export_rows(table_name text, behind bigint, most integer) returns table (lines text, count bigint)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    owner_column text;
    key text;
    left_out text[];
begin
    select a.attname into owner_column from pg_attribute a
        where a.attrelid = to_regclass('crm.' || quote_ident(table_name)) and a.attname = case when table_name = 'users' then 'id' else 'user_id' end;
    if owner_column is null then
        raise invalid_parameter_value using message = format('no table of a user is called "%s"', table_name);
    end if;
    select string_agg(format('t.%I', a.attname), ', ' order by k.place) into key
        from pg_index i
        cross join lateral unnest(i.indkey::smallint[]) with ordinality k (attnum, place)
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
        where i.indrelid = to_regclass('crm.' || quote_ident(table_name)) and i.indisprimary;
    select coalesce(array_agg(a.attname::text), '{}') into left_out from pg_attribute a
        where a.attrelid = to_regclass('crm.' || quote_ident(table_name)) and a.attnum > 0 and a.atttypid in ('bytea'::regtype, 'bytea[]'::regtype, 'tsvector'::regtype);
    return query execute format(
        'select string_agg((to_jsonb(r) - $1)::text, E''\n''), count(*) from (select t.* from crm.%I t where t.%I = $2 order by %s offset $3 limit $4) r',
        table_name, owner_column, key) using left_out, uid, behind, most;
end $$;

-- Remove parts of exports from before a time; returns how many.
create or replace function crm.remove_old_export_parts(before timestamptz, most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from crm.export_parts p using (
        select o.user_id, o.job_id, o.no from crm.export_parts o where o.made_at < before order by o.made_at limit most for update skip locked) o
    where p.user_id = o.user_id and p.job_id = o.job_id and p.no = o.no;
    get diagnostics removed = row_count;
    return removed;
end $$;

-- The deployed functions may call these: to sign in, and for the imports, which run with their rights and read the user.
grant execute on function crm.sign_in, crm.current_user_id, crm.raise_no_user, crm.acting_user, crm.note_sign_in, crm.note_act,
    crm.remove_old_audit_entries,
    crm.export_rows, crm.remove_old_export_parts to crm_app;
