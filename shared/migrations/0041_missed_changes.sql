-- Whose contacts have changed without the cache knowing it: it was out of reach of whoever changed them, and perhaps not of others.
create table crm.missed_changes (
    -- no reference: the user may be erased by the very change, and nothing but the cache is told of it
    user_id uuid primary key,
    -- by then the change has been saved or never will be
    until timestamptz not null
);
alter table crm.missed_changes enable row level security;
