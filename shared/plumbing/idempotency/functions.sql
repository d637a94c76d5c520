-- Requests that are done once; the table: migrations/0195_idempotency_keys.sql.

-- Take a key for the transaction, and return what is known of it: "free", "busy" while another transaction has it, "other" where it was used
-- for another request, or "done" with the answer. The lock comes first and the look second: each statement sees what was committed before it.
create or replace function crm.take_idempotency_key(wanted bytea, of_request bytea) returns table (state text, answer bytea)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    uid constant uuid := crm.acting_user();
    known crm.idempotency_keys;
begin
    if not pg_try_advisory_xact_lock(hashtextextended(uid::text || encode(wanted, 'hex'), 0)) then
        return query select 'busy', null::bytea;
        return;
    end if;
    select k.* into known from crm.idempotency_keys k
        where k.user_id = uid and k.key_hash = wanted and k.made_at > now() - interval '1 day';
    return query select case
            when known.user_id is null then 'free'
            when known.request_hash <> of_request then 'other'
            else 'done' end, known.answer;
end $$;

-- Remove the oldest keys of the user beyond a number of keys and of bytes; return how many.
create or replace function crm.trim_idempotency_keys(most integer, most_bytes bigint) returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    removed integer;
begin
    delete from crm.idempotency_keys k using (
        select n.key_hash, row_number() over newest as place, sum(coalesce(octet_length(n.answer), 0)) over newest as bytes
        from crm.idempotency_keys n where n.user_id = uid window newest as (order by n.made_at desc, n.key_hash)) o
        where k.user_id = uid and k.key_hash = o.key_hash and (o.place > most or o.bytes > most_bytes);
    get diagnostics removed = row_count;
    return removed;
end $$;

-- Remove at most so many keys of all users that are older than a day; return how many.
create or replace function crm.remove_old_idempotency_keys(most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from crm.idempotency_keys k using (
        select o.user_id, o.key_hash from crm.idempotency_keys o where o.made_at <= now() - interval '1 day'
        order by o.made_at limit most for update skip locked) o
        where k.user_id = o.user_id and k.key_hash = o.key_hash;
    get diagnostics removed = row_count;
    return removed;
end $$;

grant execute on function crm.take_idempotency_key, crm.trim_idempotency_keys, crm.remove_old_idempotency_keys to crm_app;
