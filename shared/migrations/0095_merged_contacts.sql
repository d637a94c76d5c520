-- The traces of contacts that were merged into another one: the keys that lead to it now (decision 0073).
--
-- The rows belong to the contact that is left, so that the journal keeps them like other smaller tables and an undo takes them away.
create table crm.merged_contacts (
    user_id uuid not null references crm.users on delete cascade,
    -- the contact that is left
    contact_no integer not null,
    -- id, email (lower case), profile (of LinkedIn), record (kind of source and id there), name (its key); introduction (its id) and
    -- step (id of the introduction and position): introductions under way whose target or step was the merged contact
    kind text not null,
    key text not null collate "C",
    -- the id of the merged contact
    of_id uuid not null,
    -- of a name: the company, the title and the birthday of the merged contact
    facts jsonb,
    primary key (user_id, kind, key, of_id),
    constraint merged_contacts_kind check (kind in ('id', 'email', 'profile', 'record', 'name', 'introduction', 'step'))
);
create index merged_contacts_into on crm.merged_contacts (user_id, contact_no);
alter table crm.merged_contacts enable row level security;
create policy own_merged_contacts on crm.merged_contacts
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, delete on crm.merged_contacts to crm_app;
