-- Work that outlives a request: imports, undoing, changes of thousands of contacts, exports of everything. A job is a row that its user
-- reads and cancels; a consumer works on it in steps, and each step commits what it did together with how far it came.
create table crm.jobs (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    kind text not null,
    status text not null default 'waiting',
    -- what is being done, in a word of the kind: for an import upload, read, count, plan, merge
    phase text not null default '',
    done bigint not null default 0,
    total bigint,
    -- what was asked for, and how far it is
    request jsonb not null default '{}',
    state jsonb not null default '{}',
    result jsonb,
    problem jsonb,
    -- the worker that is at it, until when it counts as alive
    lease uuid,
    leased_until timestamptz,
    -- how often a worker has taken it since the last step that was finished
    attempts smallint not null default 0,
    -- until when it waits for its user
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    ended_at timestamptz,
    primary key (user_id, id),
    constraint jobs_kind_shape check (kind ~ '^[a-z_]{1,40}$'),
    constraint jobs_status check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    constraint jobs_progress check (done >= 0 and total >= 0),
    constraint jobs_ended check ((status in ('done', 'failed', 'cancelled')) = (ended_at is not null)),
    constraint jobs_problem check (status <> 'failed' or problem is not null)
);
create index jobs_by_time on crm.jobs (user_id, kind, created_at desc, id);
create index jobs_open on crm.jobs (updated_at) where ended_at is null;
alter table crm.jobs enable row level security;
create policy own on crm.jobs using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.jobs to crm_app;

-- The rows of a file between reading and merging. Each is a line for COPY, as the merge of its kind takes it. Rows that may be one person
-- have the same `place`, and are merged together; places follow the order of the file.
create table crm.import_rows (
    user_id uuid not null,
    import_id uuid not null,
    place integer not null,
    row_no integer not null,
    line integer not null,
    -- hashes of what the row and other rows or contacts may have in common
    keys bigint[] not null,
    -- of a name that tells apart nothing but rows without an address and without a profile
    name_key bigint,
    is_keyed boolean not null,
    -- a key connects the row with another one, or with a contact
    is_linked boolean not null default false,
    data text not null,
    -- the cells of a row that the merge may refuse
    cells jsonb,
    primary key (user_id, import_id, place, row_no),
    foreign key (user_id, import_id) references crm.jobs on delete cascade
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table crm.import_rows enable row level security;
create policy own on crm.import_rows using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.import_rows to crm_app;

-- What a file has that could not be used: rows that were refused, with their cells, and values that were left out of a row.
create table crm.import_errors (
    user_id uuid not null,
    import_id uuid not null,
    no bigint not null generated always as identity,
    line integer not null,
    is_refused boolean not null,
    field text,
    message text not null,
    value text,
    cells jsonb,
    primary key (user_id, import_id, no),
    foreign key (user_id, import_id) references crm.jobs on delete cascade
);
alter table crm.import_errors enable row level security;
create policy own on crm.import_errors using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.import_errors to crm_app;
