-- Everything of a user as a file: the parts that a job writes, kept for a week.

create table crm.export_parts (
    user_id uuid not null,
    job_id uuid not null,
    no integer not null,
    -- of the member of the archive
    name text not null,
    -- JSON lines, packed by zlib
    data bytea not null,
    made_at timestamptz not null default now(),
    primary key (user_id, job_id, no),
    foreign key (user_id, job_id) references crm.jobs (user_id, id) on delete cascade
);
create index export_parts_by_time on crm.export_parts (made_at);
alter table crm.export_parts enable row level security;
create policy own on crm.export_parts using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, delete on crm.export_parts to crm_app;
