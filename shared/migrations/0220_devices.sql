-- Devices: phones and programs that keep a copy of the contacts over CardDAV, and the address book that they see (decision 0101).
--
-- Nothing is written here for users without a device, and nothing by those who change a contact: the journal holds the changes, and who
-- reads the address book numbers them (shared/devices/functions.sql).

-- What signs in beside its user. The password has 133 random bits, so its plain SHA-256 is enough.
create table crm.devices (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    name text not null,
    -- the name that it signs in with
    username text not null,
    secret_hash bytea not null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz,
    -- the program, as it names itself
    last_agent text,
    -- the position at which it has last seen the whole book: the base of what it sends without naming a version
    seen bigint not null default 0,
    -- names of properties that it has written: only of these does a missing one mean that it was removed
    writes text[] not null default '{}',
    -- the contacts that it removed since a moment, for the brake on removals; when that last held it back
    removals integer not null default 0,
    removals_since timestamptz,
    held_back_at timestamptz,
    -- the link that connects it: the hash of its token, and the password sealed by that token
    link_hash bytea,
    link_until timestamptz,
    link_sealed bytea,
    primary key (user_id, id),
    constraint devices_secret unique (secret_hash),
    constraint devices_link unique (link_hash),
    constraint devices_name_size check (length(name) between 1 and 100),
    constraint devices_username_size check (length(username) between 1 and 320),
    constraint devices_agent_size check (length(last_agent) <= 200),
    constraint devices_writes_size check (cardinality(writes) <= 300)
);

-- One for each user who has, or had, a device.
create table crm.address_books (
    user_id uuid primary key references crm.users on delete cascade,
    -- part of every token: another one after a restore, so that no number of before is taken for one of after
    epoch text not null default substr(md5(gen_random_uuid()::text), 1, 8),
    -- of the change that was numbered last
    position bigint not null default 0,
    -- removals up to it are forgotten: tokens from before are refused
    forgotten bigint not null default 0,
    -- which changes of the journal are numbered: those that this snapshot shows; null: none. The feed is the one that it belongs to
    snapshot pg_snapshot,
    feed uuid,
    numbered_at timestamptz,
    -- the address of the card that a device takes for its user's own
    me_card text,
    constraint address_books_me_card_size check (length(me_card) <= 2000)
);

create table crm.cards (
    user_id uuid not null references crm.users on delete cascade,
    -- the last part of its address, as its maker chose it
    href text collate "C" not null,
    uid text collate "C" not null,
    -- null: a list of members, or a card whose place another one has taken. No reference: a card in the trash comes back with its contact
    contact_no integer,
    -- of its last change
    position bigint not null default 0,
    -- a device has written or removed it since it was numbered
    dirty boolean not null default true,
    removed boolean not null default false,
    -- the card as a client wrote it; null: it is made of the contact
    body text,
    -- the fields of the contact as that body says them: what differs by now is written into its lines
    base jsonb,
    changed_at timestamptz not null default now(),
    primary key (user_id, href),
    constraint cards_href_size check (length(href) between 1 and 255),
    constraint cards_uid_size check (length(uid) between 1 and 255)
);
create unique index cards_contact on crm.cards (user_id, contact_no) where contact_no is not null;
create unique index cards_uid on crm.cards (user_id, uid) where not removed;
create index cards_position on crm.cards (user_id, position);
create index cards_dirty on crm.cards (user_id) where dirty;

-- What readers had seen at a position: the changes that came later are undone to find what a device had before it.
create table crm.card_numbers (
    user_id uuid not null references crm.users on delete cascade,
    position bigint not null,
    snapshot pg_snapshot not null,
    at timestamptz not null default now(),
    primary key (user_id, position)
);

do $$
declare
    name text;
begin
    foreach name in array array['devices', 'address_books', 'cards', 'card_numbers'] loop
        execute format('alter table crm.%I enable row level security', name);
        execute format('create policy own_%s on crm.%I using (user_id = nullif(current_setting(''app.user_id'', true), '''')::uuid)
            with check (user_id = nullif(current_setting(''app.user_id'', true), '''')::uuid)', name, name);
    end loop;
end $$;
grant select, insert, delete, update (seen, writes, removals, removals_since, held_back_at) on crm.devices to crm_app;
grant select, insert, update (me_card) on crm.address_books to crm_app;
grant select, insert, update, delete on crm.cards to crm_app;
grant select on crm.card_numbers to crm_app;
