-- Events: facts that other functions act on. An event is a row that commits or rolls back with the data it tells of, and that
-- stays until its consumer has confirmed it; Pub/Sub (or, on a developer's machine, the local stack) only carries it there.
--
-- Being a queue of our own is what gives priorities and fairness, neither of which Pub/Sub knows: only a bounded number of
-- events is on its way at any time, and what goes next is chosen here.

create table crm.outbox (
    id uuid primary key,
    seq bigint not null generated always as identity,
    topic text not null,
    -- whose event; null: of no user
    user_id uuid references crm.users on delete cascade,
    -- 0 high, 1 normal, 2 low
    priority smallint not null default 1,
    data jsonb not null,
    attributes jsonb not null default '{}',
    created_at timestamptz not null default now(),
    -- not sent yet: when it may be; sent: when it counts as lost and is sent again
    available_at timestamptz not null default now(),
    sends smallint not null default 0,
    last_error text,
    -- Who waits in which queue; never null, so that the queues can be found one after the other in the index.
    lane uuid not null generated always as (coalesce(user_id, '00000000-0000-0000-0000-000000000000')) stored,

    constraint outbox_topic_shape check (topic ~ '^[a-z][a-z0-9-]{1,99}$'),
    constraint outbox_priority check (priority between 0 and 2),
    constraint outbox_data_shape check (jsonb_typeof(data) = 'object'),
    constraint outbox_attributes_shape check (jsonb_typeof(attributes) = 'object')
) with (
    -- Rows live for seconds: without early vacuum the indexes grow with the history and not with what waits.
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05
);
create index outbox_waiting on crm.outbox (topic, priority, lane, available_at, seq) where sends = 0;
create index outbox_sent on crm.outbox (topic, priority, lane, available_at) where sends > 0;
create index outbox_user on crm.outbox (user_id);

-- What could not be handled, and why; kept until an operator has looked. The same place, on Pub/Sub, is a dead letter topic.
create table crm.dead_letters (
    id uuid primary key default gen_random_uuid(),
    topic text not null,
    user_id uuid references crm.users on delete cascade,
    priority smallint not null default 1,
    -- a JSON string where the message was no JSON
    data jsonb not null,
    attributes jsonb not null default '{}',
    reason text not null,
    sends smallint not null,
    created_at timestamptz not null,
    died_at timestamptz not null default now()
);
create index dead_letters_by_time on crm.dead_letters (topic, died_at);
create index dead_letters_user on crm.dead_letters (user_id);

-- Functions append in their own transaction and read nothing: what is taken, sent and confirmed goes through functions of the owner.
alter table crm.outbox enable row level security;
create policy append_own on crm.outbox for insert
    with check (user_id is not distinct from nullif(current_setting('app.user_id', true), '')::uuid);
grant insert (id, topic, user_id, priority, data, attributes, available_at) on crm.outbox to crm_app;
alter table crm.dead_letters enable row level security;
