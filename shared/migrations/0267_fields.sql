-- Custom fields and saved views of a user (decisions 0119 and 0120).

-- What a user says of a name among the custom values of contacts. The values stand in the contacts, under the key.
create table crm.fields (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    -- 0: the row belongs to no single contact
    contact_no integer not null default 0,
    -- its name in `custom`, in files and in filters: stays when the field is renamed
    key text not null,
    name text not null,
    kind text not null,
    -- of a choice, in their order
    choices text[] not null default '{}',
    -- among the fields
    place integer not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (user_id, id),
    constraint fields_contact_no check (contact_no = 0),
    constraint fields_key_size check (length(key) between 1 and 255),
    constraint fields_name_size check (length(name) between 1 and 100),
    constraint fields_kind check (kind in ('text', 'number', 'date', 'choice', 'url', 'contact')),
    constraint fields_choices check (cardinality(choices) <= 100 and (kind = 'choice') = (cardinality(choices) > 0)),
    constraint fields_place check (place between 0 and 1000)
);
create unique index fields_key on crm.fields (user_id, crm.fold(key));
create unique index fields_name on crm.fields (user_id, crm.fold(name));

-- The values that fit their fields, as texts in the order of the values: made by triggers from contacts and fields.
create table crm.field_keys (
    user_id uuid not null references crm.users on delete cascade,
    contact_no integer not null,
    field_id uuid not null,
    key text collate "C" not null,
    primary key (user_id, contact_no, field_id)
);
create index field_keys_in_order on crm.field_keys (user_id, field_id, key, contact_no);

-- Lists that a user has kept: which contacts, in which order, with which columns.
create table crm.views (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    -- 0: the row belongs to no single contact
    contact_no integer not null default 0,
    name text not null,
    -- the filters of the list of contacts, as they were given; `{}` for all contacts
    filter jsonb not null default '{}',
    sort text not null default 'name',
    -- names of fields of contacts, or `custom.KEY`; empty: as the app shows them
    columns text[] not null default '{}',
    place integer not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (user_id, id),
    constraint views_contact_no check (contact_no = 0),
    constraint views_name_size check (length(name) between 1 and 100),
    constraint views_filter_size check (jsonb_typeof(filter) = 'object' and pg_column_size(filter) <= 20000),
    constraint views_sort_size check (length(sort) between 1 and 300),
    constraint views_columns_size check (cardinality(columns) <= 50 and pg_column_size(columns) <= 20000),
    constraint views_place check (place between 0 and 1000)
);
create unique index views_name on crm.views (user_id, lower(name));

alter table crm.fields enable row level security;
create policy own_fields on crm.fields
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.field_keys enable row level security;
create policy own_field_keys on crm.field_keys
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.views enable row level security;
create policy own_views on crm.views
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.fields, crm.views to crm_app;
grant select on crm.field_keys to crm_app;
