-- The journal: what was done to a user's data, and how the data was before (decision 0060).
--
-- Triggers on the tables fill it (shared/history/functions/journal.sql), so no way of writing leads past it. Only before-images are kept: the
-- value after a change is that before the next change, or the present one.

-- What belongs together and is undone together: one call of the API, one run of a consumer, all parts of an import.
create table crm.operations (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null,
    -- the order of operations; a time could be the same for two
    no bigint not null generated always as identity,
    -- the function that did it, as in the manifest, or "direct" for SQL by hand
    kind text not null,
    -- "user", or "system" for consumers and schedules
    actor text not null,
    -- what else is known of it, such as the name of a file, or what an undo has left as it was
    details jsonb not null default '{}',
    at timestamptz not null default now(),
    contacts_created integer not null default 0,
    contacts_updated integer not null default 0,
    contacts_deleted integer not null default 0,
    contacts_merged integer not null default 0,
    ties integer not null default 0,
    interactions integer not null default 0,
    others integer not null default 0,
    undoes uuid,
    undone_by uuid,
    primary key (user_id, id),
    constraint operations_no unique (user_id, no),
    constraint operations_kind check (length(kind) between 1 and 100),
    constraint operations_actor check (length(actor) between 1 and 200),
    constraint operations_details check (jsonb_typeof(details) = 'object' and pg_column_size(details) <= 200000)
) partition by hash (user_id);
create index operations_by_time on crm.operations using brin (at);

-- One row for each contact and statement, and for rows of smaller tables that belong to a contact.
create table crm.changes (
    user_id uuid not null,
    no bigint not null generated always as identity,
    operation_id uuid not null,
    -- for `crm.list_changes`: who reads in the order of these numbers misses nothing of what commits late
    transaction xid8 not null default pg_current_xact_id(),
    contact_no integer not null,
    -- i created, u updated, d deleted, m deleted because another contact took its place, f deleted for good
    did "char" not null,
    -- null for the contact itself, else the name of the table
    subject text,
    -- of a contact: the fields that changed, as they were; all of them for d and m; only the id for f. Else: the whole row, null where there was none
    before jsonb,
    -- the whole row of another table, null where there is none any more
    after jsonb,
    primary key (user_id, contact_no, no),
    constraint changes_did check (did in ('i', 'u', 'd', 'm', 'f'))
) partition by hash (user_id);
create index changes_of_operation on crm.changes (user_id, operation_id);
create index changes_by_transaction on crm.changes (user_id, transaction);
create index changes_deleted on crm.changes (user_id, no desc) where did = 'd' and subject is null;
create index changes_gone on crm.changes (user_id, (before ->> 'id')) where did in ('d', 'm', 'f') and subject is null;

do $$
begin
    for remainder in 0..15 loop
        execute format('create table crm.%I partition of crm.operations for values with (modulus 16, remainder %s)',
            'operations_p' || to_char(remainder, 'FM00'), remainder);
        execute format('alter table crm.%I enable row level security', 'operations_p' || to_char(remainder, 'FM00'));
        execute format('create table crm.%I partition of crm.changes for values with (modulus 16, remainder %s)',
            'changes_p' || to_char(remainder, 'FM00'), remainder);
        execute format('alter table crm.%I enable row level security', 'changes_p' || to_char(remainder, 'FM00'));
    end loop;
end $$;

-- One row for each statement, with all its ties: an import writes a hundred thousand, and a row of its own for each would cost a fifth more.
-- Nulls in the arrays: no tie in that direction before, or afterwards.
create table crm.tie_changes (
    user_id uuid not null,
    no bigint not null generated always as identity,
    operation_id uuid not null,
    from_nos integer[] not null,
    to_nos integer[] not null,
    was_strengths real[] not null,
    was_fading_from integer[] not null,
    was_imported boolean[] not null,
    strengths real[] not null,
    fading_from integer[] not null,
    imported boolean[] not null,
    primary key (user_id, no)
);
create index tie_changes_of_operation on crm.tie_changes (user_id, operation_id);

-- Likewise for interactions, which are added and removed but never changed.
create table crm.interaction_changes (
    user_id uuid not null,
    no bigint not null generated always as identity,
    operation_id uuid not null,
    removed boolean not null,
    contact_nos integer[] not null,
    ats timestamptz[] not null,
    kinds text[] not null,
    directions text[] not null,
    primary key (user_id, no)
);
create index interaction_changes_of_operation on crm.interaction_changes (user_id, operation_id);

-- Which tokens of `crm.list_changes` are still good: those of this database since it was made or restored, which are no older than the journal.
create table crm.change_feed (
    id boolean primary key default true check (id),
    epoch uuid not null default gen_random_uuid(),
    begins_at timestamptz not null default now()
);
insert into crm.change_feed default values;

alter table crm.operations enable row level security;
create policy own_operations on crm.operations for select using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.changes enable row level security;
create policy own_changes on crm.changes for select using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.tie_changes enable row level security;
create policy own_tie_changes on crm.tie_changes for select using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.interaction_changes enable row level security;
create policy own_interaction_changes on crm.interaction_changes for select using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.change_feed enable row level security;
create policy feed_for_all on crm.change_feed for select using (true);
-- Read only: what the triggers and the functions write, nobody writes by hand.
grant select on crm.operations, crm.changes, crm.tie_changes, crm.interaction_changes, crm.change_feed to crm_app;
