-- How often contacts are to be talked to, their dates, and who is due (decision 0099).

-- since when a circle has its cadence: of members never talked to it is counted from then
alter table crm.circles add column every_since timestamptz;

-- What a user says of one contact.
create table crm.cadences (
    user_id uuid not null references crm.users on delete cascade,
    contact_no integer not null,
    -- null: as its circles say; 0: never, whatever they say
    every_days integer,
    -- of a contact never talked to it is counted from here
    started_at timestamptz not null default now(),
    -- counts as talked to then
    skipped_at timestamptz,
    snoozed_until timestamptz,
    primary key (user_id, contact_no),
    constraint cadences_every_days check (every_days between 0 and 3650)
);

-- When each contact with a cadence is to be talked to next: made by triggers from cadences, circles, their members and last contacts.
create table crm.due (
    user_id uuid not null references crm.users on delete cascade,
    contact_no integer not null,
    every_days integer not null,
    -- the circle that says so; null where the contact itself does
    circle_id uuid,
    -- seconds since 2020-01-01: from when it is counted, and before when it cannot be due in any time zone
    from_s integer not null,
    next_s bigint not null,
    snoozed_until timestamptz,
    primary key (user_id, contact_no)
);
create index due_by_time on crm.due (user_id, next_s, contact_no);

-- Anniversaries and other dates of contacts; birthdays stand in the contact.
create table crm.dates (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    contact_no integer not null,
    kind text not null,
    label text not null default '',
    -- YYYY-MM-DD, or --MM-DD where the year is not known
    day text not null,
    yearly boolean not null default true,
    source text not null default 'manual',
    created_at timestamptz not null default now(),
    primary key (user_id, id),
    constraint dates_kind check (kind in ('anniversary', 'reminder', 'other')),
    constraint dates_label_size check (length(label) <= 500),
    constraint dates_day check (day ~ '^(\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$' and (yearly or day !~ '^--')),
    constraint dates_source_size check (length(source) between 1 and 50)
);
create index dates_of_contact on crm.dates (user_id, contact_no);
create index dates_by_day on crm.dates (user_id, right(day, 5));

alter table crm.cadences enable row level security;
create policy own_cadences on crm.cadences
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.due enable row level security;
create policy own_due on crm.due
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.dates enable row level security;
create policy own_dates on crm.dates
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.cadences, crm.dates to crm_app;
grant select on crm.due to crm_app;
