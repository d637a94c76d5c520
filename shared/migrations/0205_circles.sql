-- Circles: groups of contacts, whose members are named one by one, or found by a filter (decision 0097).

create table crm.circles (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    -- 0: the row belongs to no single contact; the journal keeps smaller rows by contact
    contact_no integer not null default 0,
    name text not null,
    -- #rrggbb
    colour text,
    -- the filters of the list of contacts, whose contacts are the members, as they were given; null where the members are named
    filter jsonb,
    -- the same as crm.fitting takes them
    fits jsonb,
    -- how often its members are to be talked to, where the contact itself says nothing
    every_days integer,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (user_id, id),
    constraint circles_contact_no check (contact_no = 0),
    constraint circles_name_size check (length(name) between 1 and 100),
    constraint circles_colour check (colour ~ '^#[0-9a-f]{6}$'),
    constraint circles_filter_size check (jsonb_typeof(filter) = 'object' and pg_column_size(filter) <= 20000),
    constraint circles_fits check (jsonb_typeof(fits) = 'object' and (fits is null) = (filter is null)),
    constraint circles_every_days check (every_days between 1 and 3650)
);
create unique index circles_name on crm.circles (user_id, lower(name));

-- The members of circles without a filter. No key leads to the circle: an undo of both brings the rows back in any order, and the rows of a
-- circle that is gone are read by nobody.
create table crm.circle_members (
    user_id uuid not null references crm.users on delete cascade,
    circle_id uuid not null,
    contact_no integer not null,
    added_at timestamptz not null default now(),
    primary key (user_id, circle_id, contact_no)
);
create index circle_members_of_contact on crm.circle_members (user_id, contact_no);

alter table crm.circles enable row level security;
create policy own_circles on crm.circles
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.circle_members enable row level security;
create policy own_circle_members on crm.circle_members
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.circles, crm.circle_members to crm_app;
