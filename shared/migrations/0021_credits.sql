-- Credits: an append-only ledger, a balance that is its sum, and reservations that make a charge happen once.
--
-- The balance lives in crm.users, where a constraint keeps it at or above zero; it moves only here, each time together with a line of
-- the ledger. Whoever moves it holds the user's row, so the lines of a user are numbered in the order they took effect.

create table crm.credit_ledger (
    id uuid primary key default gen_random_uuid(),
    seq bigint not null generated always as identity,
    user_id uuid not null references crm.users on delete cascade,
    -- grant: given; charge: reserved for a provider's answer, and kept when there was one; release: given back when there was none
    kind text not null,
    credits integer not null,
    -- what a charge or a release is about; the contact may be gone since
    contact_id uuid,
    provider text,
    note text,
    balance_after integer not null,
    at timestamptz not null default clock_timestamp(),

    constraint credit_ledger_kind check (kind in ('grant', 'charge', 'release')),
    constraint credit_ledger_sign check (credits <> 0 and (kind = 'charge') = (credits < 0)),
    constraint credit_ledger_subject check ((kind = 'grant') = (contact_id is null) and (kind = 'grant') = (provider is null)),
    constraint credit_ledger_balance check (balance_after >= 0)
);
create unique index credit_ledger_by_user on crm.credit_ledger (user_id, seq);

alter table crm.credit_ledger enable row level security;
create policy own_ledger on crm.credit_ledger for select
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select on crm.credit_ledger to crm_app;

-- Append-only for everybody, the owner included; a line goes only with its user.
create function crm.keep_ledger() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'DELETE' and not exists (select from crm.users u where u.id = old.user_id) then
        return old;
    end if;
    raise exception 'the ledger is append-only' using errcode = 'restrict_violation';
end $$;
create trigger keep_ledger before update or delete on crm.credit_ledger for each row execute function crm.keep_ledger();

-- What a new user starts with is the first line; so is the balance of those who were there before the ledger.
create function crm.open_ledger() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if new.credit_balance > 0 then
        insert into crm.credit_ledger (user_id, kind, credits, note, balance_after)
            values (new.id, 'grant', new.credit_balance, 'to start with', new.credit_balance);
    end if;
    return null;
end $$;
create trigger open_ledger after insert on crm.users for each row execute function crm.open_ledger();
insert into crm.credit_ledger (user_id, kind, credits, note, balance_after, at)
    select u.id, 'grant', u.credit_balance, 'to start with', u.credit_balance, u.created_at
    from crm.users u where u.credit_balance > 0;

-- One row for what one contact may be charged for: one provider's answer to one input. Whatever is delivered again finds it.
create table crm.credit_reservations (
    user_id uuid not null references crm.users on delete cascade,
    contact_id uuid not null,
    provider text not null,
    -- SHA-256 of what is asked
    input_hash bytea not null,
    credits integer not null,
    -- reserved: charged, the answer is awaited; settled: charged for an answer; released: given back
    state text not null default 'reserved',
    -- whose run of the consumer awaits the answer
    token uuid not null,
    -- when the run counts as dead
    expires_at timestamptz not null,
    settled_at timestamptz,

    primary key (user_id, contact_id, provider, input_hash),
    constraint credit_reservations_credits check (credits > 0),
    constraint credit_reservations_state check (state in ('reserved', 'settled', 'released')),
    constraint credit_reservations_hash check (octet_length(input_hash) = 32),
    constraint credit_reservations_settled check ((state = 'settled') = (settled_at is not null))
);
create index credit_reservations_open on crm.credit_reservations (expires_at) where state = 'reserved';
alter table crm.credit_reservations enable row level security;

-- Moves credits and writes the line; false, and nothing moved, when there are not enough. Internal: the functions below call it.
create function crm.move_credits(uid uuid, kind text, amount integer, contact_id uuid, provider text, note text) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    balance integer;
begin
    update crm.users u set credit_balance = u.credit_balance + amount
        where u.id = uid and u.credit_balance + amount >= 0
        returning u.credit_balance into balance;
    if not found then
        return false;
    end if;
    insert into crm.credit_ledger (user_id, kind, credits, contact_id, provider, note, balance_after)
        values (uid, kind, amount, contact_id, provider, note, balance);
    return true;
end $$;

-- Reserves the cost of asking a provider about a contact, before it is asked.
--
-- 'reserved': charged now, or by a run that died and whose charge this one takes over. 'paid': an answer was paid for since
-- `paid_after`, and asking again is free. 'no_credits': there are not enough.
create function crm.reserve_credits(
    uid uuid, contact uuid, provider_name text, input bytea, cost integer, run uuid, until timestamptz, paid_after timestamptz
) returns text
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    known record;
begin
    select r.state, r.settled_at into known from crm.credit_reservations r
        where r.user_id = uid and r.contact_id = contact and r.provider = provider_name and r.input_hash = input
        for update;
    if known.state = 'settled' and known.settled_at >= paid_after then
        return 'paid';
    end if;
    if known.state is distinct from 'reserved' and not crm.move_credits(uid, 'charge', -cost, contact, provider_name, null) then
        return 'no_credits';
    end if;
    insert into crm.credit_reservations as r (user_id, contact_id, provider, input_hash, credits, token, expires_at)
        values (uid, contact, provider_name, input, cost, run, until)
        on conflict (user_id, contact_id, provider, input_hash) do update
            set state = 'reserved', settled_at = null, token = run, expires_at = until,
                -- what a dead run charged stays what is charged, also when the price has changed since
                credits = case when r.state = 'reserved' then r.credits else cost end;
    return 'reserved';
end $$;

-- Ends the reservation of a run: keeps the charge for an answer, gives it back for none. What was charged (0 when given back); null when
-- this run holds no reservation any more.
create function crm.end_reservation(
    uid uuid, contact uuid, provider_name text, input bytea, run uuid, answered boolean, at timestamptz
) returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    charged integer;
begin
    update crm.credit_reservations r
        set state = case when answered then 'settled' else 'released' end, settled_at = case when answered then at end
        where r.user_id = uid and r.contact_id = contact and r.provider = provider_name and r.input_hash = input
            and r.state = 'reserved' and r.token = run
        returning r.credits into charged;
    if not found then
        return null;
    end if;
    if answered then
        return charged;
    end if;
    perform crm.move_credits(uid, 'release', charged, contact, provider_name, null);
    return 0;
end $$;

-- Gives back what was reserved by runs that died and were never continued; how many.
create function crm.release_reservations(most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    dead record;
    released integer := 0;
begin
    for dead in
        select r.* from crm.credit_reservations r
        where r.state = 'reserved' and r.expires_at < clock_timestamp()
        -- by user, so that two releases at once lock users in one order
        order by r.user_id limit most
        for update skip locked
    loop
        update crm.credit_reservations r set state = 'released'
            where r.user_id = dead.user_id and r.contact_id = dead.contact_id and r.provider = dead.provider
                and r.input_hash = dead.input_hash;
        perform crm.move_credits(dead.user_id, 'release', dead.credits, dead.contact_id, dead.provider, 'its consumer died');
        released := released + 1;
    end loop;
    return released;
end $$;

-- Gives credits to a user; the new balance, null when there is no such user.
create function crm.grant_credits(uid uuid, amount integer, note text) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if amount is null or amount <= 0 then
        raise invalid_parameter_value using message = 'a grant is of 1 credit or more';
    end if;
    if not crm.move_credits(uid, 'grant', amount, null, null, note) then
        return null;
    end if;
    return (select u.credit_balance from crm.users u where u.id = uid);
end $$;

-- The users of an e-mail address, for operators, who know people by it.
create function crm.find_users_by_email(address text) returns table (id uuid, name text, credit_balance integer)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select u.id, u.name, u.credit_balance from crm.users u where lower(u.email) = lower(address) order by u.created_at limit 10;
end;

revoke all on function crm.keep_ledger, crm.open_ledger, crm.move_credits, crm.reserve_credits, crm.end_reservation,
    crm.release_reservations, crm.grant_credits, crm.find_users_by_email from public;
grant execute on function crm.release_reservations, crm.grant_credits, crm.find_users_by_email to crm_app;
