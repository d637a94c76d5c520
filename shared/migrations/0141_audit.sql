-- The audit log of a user: sign-ins, exports, large changes, changes of what others see, and acts of programs. Rows are only added; those
-- older than thirteen months go by a schedule, and all of a user go with the user.

create table crm.audit_entries (
    user_id uuid not null references crm.users on delete cascade,
    no bigint not null generated always as identity,
    at timestamptz not null default now(),
    -- the function, as in the manifest, or "sign_in"
    act text not null,
    -- "user", "system", or the program that the user has let in
    actor text not null,
    -- of the journal, where the act changed data
    operation_id uuid,
    details jsonb not null default '{}',
    primary key (user_id, no),
    constraint audit_entries_act check (length(act) between 1 and 100),
    constraint audit_entries_actor check (length(actor) between 1 and 200),
    constraint audit_entries_details check (jsonb_typeof(details) = 'object' and pg_column_size(details) <= 4000)
);
create index audit_entries_by_time on crm.audit_entries (at);
create index audit_entries_of_sign_ins on crm.audit_entries (user_id, (details ->> 'session'), at) where act = 'sign_in';
alter table crm.audit_entries enable row level security;
create policy own_audit_entries on crm.audit_entries for select
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select on crm.audit_entries to crm_app;
