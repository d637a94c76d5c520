-- Accounts that keep themselves current: their credentials, sealed (decision 0088), and who is reading them (decision 0089).
alter table crm.sources drop constraint sources_state;
alter table crm.sources add constraint sources_state
    check (state in ('ready', 'waiting', 'running', 'paused', 'failed', 'needs_attention'));

create table crm.source_accounts (
    user_id uuid not null,
    -- of the source
    id uuid not null,
    secret crm.sealed not null,
    -- runs in a row that could not bring the account forward
    failures integer not null default 0,
    -- the worker that reads the account, and until when it counts as alive
    lease uuid,
    leased_until timestamptz,
    primary key (user_id, id),
    foreign key (user_id, id) references crm.sources (user_id, id) on delete cascade
);
alter table crm.source_accounts enable row level security;
create policy own_source_accounts on crm.source_accounts using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.source_accounts to crm_app;
