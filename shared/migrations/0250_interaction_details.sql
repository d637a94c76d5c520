-- What is known of single interactions beside who, when and how: an id of its own, who recorded it, a note. Interactions that files bring
-- have no row here (decision 0110).

create table crm.interaction_details (
    user_id uuid not null references crm.users on delete cascade,
    contact_no integer not null,
    at timestamptz not null,
    kind text not null,
    direction text not null,
    -- stays when the interaction is corrected, or follows its contact into another
    id uuid not null,
    -- hand or program; null of one that was not recorded singly
    source text,
    note text,
    primary key (user_id, contact_no, at, kind, direction),
    constraint interaction_details_source_known check (source in ('hand', 'program')),
    constraint interaction_details_note_size check (length(note) between 1 and 10000)
);

alter table crm.interaction_details enable row level security;
create policy own_interaction_details on crm.interaction_details
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.interaction_details to crm_app;
