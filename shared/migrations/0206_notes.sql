-- Notes of contacts, each with the time that it speaks of (decision 0098). The field `notes` of a contact is the first of them and stays there.

create table crm.notes (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    contact_no integer not null,
    -- Markdown
    text text not null,
    -- when it was said or seen
    at timestamptz not null default now(),
    pinned boolean not null default false,
    -- manual, or the import that brought it
    source text not null default 'manual',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (user_id, id),
    constraint notes_text_size check (length(text) between 1 and 100000),
    constraint notes_source_size check (length(source) between 1 and 50)
);
create index notes_of_contact on crm.notes (user_id, contact_no, pinned desc, at desc, id desc);
create index notes_by_time on crm.notes (user_id, at desc, id desc);

-- The contacts that the text of a note names as [@Name](contact:ID).
create table crm.note_mentions (
    user_id uuid not null references crm.users on delete cascade,
    note_id uuid not null,
    contact_no integer not null,
    primary key (user_id, note_id, contact_no)
);
create index note_mentions_of_contact on crm.note_mentions (user_id, contact_no);

alter table crm.notes enable row level security;
create policy own_notes on crm.notes
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.note_mentions enable row level security;
create policy own_note_mentions on crm.note_mentions
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.notes, crm.note_mentions to crm_app;
