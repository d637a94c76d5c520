-- Webhooks: addresses that are told what happens, and what each was told (decision 0095).

create table crm.webhooks (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null,
    url text not null,
    events text[] not null,
    -- what messages are signed with; after a rotation the old one signs as well, until that time
    secret crm.sealed not null,
    old_secret crm.sealed,
    old_secret_until timestamptz,
    -- null: it is on
    off_because text,
    times_off smallint not null default 0,
    -- since when nothing has arrived, and how many attempts in a row have failed
    failing_since timestamptz,
    failures integer not null default 0,
    -- before then nothing is sent
    rests_until timestamptz,
    -- of the process that sends to it
    leased_until timestamptz,
    lease uuid,
    created_at timestamptz not null default now(),
    primary key (user_id, id),
    constraint webhooks_url_size check (length(url) between 10 and 2000),
    constraint webhooks_events check (cardinality(events) between 1 and 50),
    constraint webhooks_off_size check (length(off_because) <= 500),
    constraint webhooks_lease check ((lease is null) = (leased_until is null))
);

create table crm.webhook_deliveries (
    user_id uuid not null,
    -- in messages: `webhook-id`
    id uuid not null,
    no bigint not null generated always as identity,
    webhook_id uuid not null,
    type text not null,
    data jsonb not null,
    happened_at timestamptz not null default now(),
    attempts smallint not null default 0,
    -- null: nothing more is tried
    next_at timestamptz default now(),
    delivered_at timestamptz,
    attempted_at timestamptz,
    -- what the last attempt came to
    status smallint,
    answer text,
    error text,
    took_ms integer,
    primary key (user_id, id),
    foreign key (user_id, webhook_id) references crm.webhooks (user_id, id) on delete cascade,
    constraint webhook_deliveries_type_shape check (type ~ '^[a-z_]+\.[a-z_]+$'),
    constraint webhook_deliveries_data_size check (pg_column_size(data) <= 20000),
    constraint webhook_deliveries_texts check (length(answer) <= 1000 and length(error) <= 500)
);
create index webhook_deliveries_log on crm.webhook_deliveries (user_id, webhook_id, no desc);
create index webhook_deliveries_due on crm.webhook_deliveries (user_id, webhook_id, next_at, no) where next_at is not null;
create index webhook_deliveries_by_time on crm.webhook_deliveries (happened_at);

alter table crm.webhooks enable row level security;
alter table crm.webhook_deliveries enable row level security;
create policy own on crm.webhooks using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy own on crm.webhook_deliveries using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.webhooks, crm.webhook_deliveries to crm_app;
