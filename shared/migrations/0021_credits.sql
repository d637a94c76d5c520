-- Credits: an append-only ledger, a balance that is its sum, and reservations that make a charge happen once.
--
-- The balance lives in crm.users, where a constraint keeps it at or above zero; it moves only in functions, each time together with a
-- line of the ledger. Whoever moves it holds the user's row, so the lines of a user are numbered in the order they took effect.

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
