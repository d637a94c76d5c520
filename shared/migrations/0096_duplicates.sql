-- Contacts that may be one person, as the last scan of a user's contacts found them, and those that the user says are two (decision 0074).

create table crm.duplicates (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    -- the two contacts, the lower number first
    contact_no integer not null,
    other_no integer not null,
    -- ten points are a factor e in the odds
    points smallint not null,
    band text not null,
    -- why: an array of {"code","points"} and, where one is shared, "value"
    reasons jsonb not null,
    primary key (user_id, contact_no, other_no),
    constraint duplicates_id unique (user_id, id),
    constraint duplicates_order check (contact_no < other_no),
    constraint duplicates_band check (band in ('sure', 'likely'))
);
create index duplicates_by_points on crm.duplicates (user_id, points desc, id desc);
create index duplicates_of_other on crm.duplicates (user_id, other_no);

-- The last scan: after later changes of contacts there may be other duplicates.
create table crm.duplicate_scans (
    user_id uuid primary key references crm.users on delete cascade,
    at timestamptz not null,
    contacts integer not null
);

create table crm.distinct_contacts (
    user_id uuid not null references crm.users on delete cascade,
    contact_no integer not null,
    other_no integer not null,
    primary key (user_id, contact_no, other_no),
    constraint distinct_contacts_order check (contact_no < other_no)
);
create index distinct_contacts_of_other on crm.distinct_contacts (user_id, other_no);

alter table crm.duplicates enable row level security;
create policy own_duplicates on crm.duplicates
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.duplicate_scans enable row level security;
create policy own_duplicate_scans on crm.duplicate_scans
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.distinct_contacts enable row level security;
create policy own_distinct_contacts on crm.distinct_contacts
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.duplicates, crm.duplicate_scans, crm.distinct_contacts to crm_app;
