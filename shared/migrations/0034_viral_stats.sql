-- The figures of everyone, as they were computed last: they read every invitation, and everybody asks for them.
create table crm.viral_snapshots (
    window_days integer primary key,
    computed_at timestamptz not null,
    document jsonb not null
);
alter table crm.viral_snapshots enable row level security;
