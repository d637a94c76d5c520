-- Personal tokens, with which programs of a user call the API, and what programs did with any token.

create table crm.access_tokens (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    -- what the user calls the program
    name text not null,
    -- SHA-256 of the token; the token itself is shown once and kept nowhere
    hash bytea not null,
    -- its last characters, by which the user knows it again
    ending text not null,
    scopes text[] not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    -- of the last ten minutes in which it was used
    last_used_at timestamptz,
    primary key (user_id, id),
    constraint access_tokens_name check (length(name) between 1 and 100),
    constraint access_tokens_hash check (length(hash) = 32),
    constraint access_tokens_scopes check (
        cardinality(scopes) > 0 and scopes <@ array['read', 'write', 'introduce', 'webhooks'])
);
create unique index access_tokens_by_hash on crm.access_tokens (hash);
alter table crm.access_tokens enable row level security;
create policy own on crm.access_tokens using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, delete on crm.access_tokens to crm_app;

-- What programs did: a row for an endpoint or tool, its target and its outcome in an hour, so that a program that asks the same
-- again and again does not fill the table.
create table crm.program_calls (
    user_id uuid not null references crm.users on delete cascade,
    -- of the personal token, or of the grant
    program_id uuid not null,
    hour timestamptz not null,
    -- the function, as in the manifest, or a tool
    act text not null,
    -- the id of what the call was about; empty for none
    target text not null default '',
    succeeded boolean not null,
    -- what the program was called then, as it may be gone since
    program text not null,
    times integer not null default 1,
    first_at timestamptz not null,
    last_at timestamptz not null,
    no bigint not null generated always as identity,
    primary key (user_id, program_id, hour, act, target, succeeded),
    constraint program_calls_program check (length(program) between 1 and 200),
    constraint program_calls_act check (length(act) between 1 and 100),
    constraint program_calls_target check (length(target) <= 200)
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create index program_calls_newest on crm.program_calls (user_id, no desc);
create index program_calls_by_hour on crm.program_calls (hour);
alter table crm.program_calls enable row level security;
create policy own_program_calls on crm.program_calls for select
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select on crm.program_calls to crm_app;
