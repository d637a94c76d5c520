-- What a program has prepared and its user has to agree to, for a quarter of an hour: a letter, a merge, a deletion for good. The program
-- gets a handle that says nothing; what is done with it is what was shown.

create table crm.drafts (
    user_id uuid not null references crm.users on delete cascade,
    handle text not null,
    kind text not null,
    request jsonb not null,
    expires_at timestamptz not null,
    -- of what was done; null until then
    outcome jsonb,
    primary key (user_id, handle),
    constraint drafts_handle check (length(handle) between 8 and 40),
    constraint drafts_kind check (kind in ('introduction', 'merge', 'forget')),
    constraint drafts_request check (pg_column_size(request) <= 20000)
);
create index drafts_by_expiry on crm.drafts (expires_at);
alter table crm.drafts enable row level security;
create policy own on crm.drafts using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.drafts to crm_app;
