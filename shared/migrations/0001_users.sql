-- The schema, the role the functions run as, and the users whose address books these are.
--
-- Run by the owner: an ordinary role that owns the database and may create roles. No superuser is needed, so the same
-- file works on Cloud SQL. Both extensions are "trusted", which is why their owner need not be a superuser either.

create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;

-- crm_app is what the functions become (`set role crm_app`). It owns nothing, so row-level security binds it.
-- Roles belong to the server, not to one database: another database may have made it, or may be making it right now.
do $$
begin
    if not exists (select from pg_roles where rolname = 'crm_app') then
        begin
            create role crm_app nologin;
        exception when duplicate_object or unique_violation then null;
        end;
    end if;
end $$;

-- The owner must be able to become crm_app. Since Postgres 16 whoever makes a role may administer it but not become it;
-- before that, CREATEROLE was enough to grant oneself membership. Trying it is the test that is right on both.
do $$
declare
    owner_name constant text := current_user;
begin
    begin
        set local role crm_app;
    exception when insufficient_privilege then
        begin
            execute format('grant crm_app to %I', owner_name);
        exception when insufficient_privilege then
            raise exception 'Role crm_app exists and % may not become it. Run once as an administrator: grant crm_app to %',
                owner_name, owner_name using errcode = 'insufficient_privilege';
        end;
    end;
    execute format('set local role %I', owner_name);
end $$;

revoke all on schema crm from public;
grant usage on schema crm to crm_app;

create table crm.users (
    id uuid primary key default gen_random_uuid(),
    -- who the identity provider says this is: the `iss` and `sub` of the token
    issuer text not null check (length(issuer) between 1 and 500),
    subject text not null check (length(subject) between 1 and 500),
    email text check (length(email) between 3 and 320),
    name text not null default '' check (length(name) <= 500),
    settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
    credit_balance integer not null default 100 check (credit_balance >= 0),
    created_at timestamptz not null default now(),
    constraint users_identity unique (issuer, subject)
);

-- Row-level security, here and on every table with rows of users: on, but never FORCEd. The owner passes it, which is what lets
-- the security definer functions use their indexes (search) and pg_dump see all rows; crm_app owns nothing and is bound.
-- An unset setting is null or '' and finds nothing.
alter table crm.users enable row level security;
create policy own_user on crm.users
    using (id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (id = nullif(current_setting('app.user_id', true), '')::uuid);

-- Users are made by crm.sign_in alone. Credits move only through the functions that keep their ledger.
grant select, delete, update (email, name, settings) on crm.users to crm_app;
