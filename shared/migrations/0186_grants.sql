-- Programs that a user has let in (OAuth), and their codes and tokens. Codes and tokens are kept as hashes.

create table crm.access_grants (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    client_id text not null,
    -- what the program calls itself
    name text not null,
    -- where its description comes from, else where it returned to
    host text not null,
    resource text not null,
    scopes text[] not null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz,
    primary key (user_id, id),
    constraint access_grants_client check (length(client_id) between 1 and 2000),
    constraint access_grants_name check (length(name) between 1 and 100),
    constraint access_grants_host check (length(host) <= 300),
    constraint access_grants_resource check (resource in ('mcp', 'api')),
    constraint access_grants_scopes check (cardinality(scopes) > 0 and scopes <@ array['read', 'write', 'introduce'])
);
alter table crm.access_grants enable row level security;
create policy own on crm.access_grants using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, delete on crm.access_grants to crm_app;

create table crm.grant_tokens (
    user_id uuid not null,
    hash bytea not null,
    grant_id uuid not null,
    kind text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    -- of a code or a refresh token: when it was handed in first
    used_at timestamptz,
    -- of a code: address of return and challenge
    details jsonb not null default '{}',
    primary key (user_id, hash),
    foreign key (user_id, grant_id) references crm.access_grants on delete cascade,
    constraint grant_tokens_hash check (length(hash) = 32),
    constraint grant_tokens_kind check (kind in ('code', 'access', 'refresh')),
    constraint grant_tokens_details check (pg_column_size(details) <= 4000)
);
create unique index grant_tokens_by_hash on crm.grant_tokens (hash);
create index grant_tokens_of_grant on crm.grant_tokens (user_id, grant_id);
create index grant_tokens_by_expiry on crm.grant_tokens (expires_at);
alter table crm.grant_tokens enable row level security;
create policy own on crm.grant_tokens using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant insert on crm.grant_tokens to crm_app;

-- Requests of programs on machines without a browser (RFC 8628), for a quarter of an hour; nobody's until a user has answered.
create table crm.device_requests (
    hash bytea not null primary key,
    user_code text not null,
    client_id text not null,
    name text not null,
    resource text not null,
    scopes text[] not null,
    expires_at timestamptz not null,
    asked_at timestamptz,
    answered_by uuid,
    grant_id uuid,
    constraint device_requests_hash check (length(hash) = 32),
    constraint device_requests_client check (length(client_id) <= 2000),
    constraint device_requests_name check (length(name) <= 100)
);
create unique index device_requests_by_user_code on crm.device_requests (user_code);
create index device_requests_by_expiry on crm.device_requests (expires_at);
alter table crm.device_requests enable row level security;

-- Signs the ids of programs that register themselves, which are kept nowhere. Another key ends all registrations.
insert into crm.hash_keys values ('client', sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

-- In its place comes crm.find_program, which also knows tokens of grants.
drop function if exists crm.find_access_token(bytea, timestamptz);
