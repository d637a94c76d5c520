-- The contacts that a user has deleted for good, by hashes of their addresses and names: what a file says of them is not kept without a
-- question. No name and no address can be read from a hash.

create table crm.forgotten_contacts (
    user_id uuid not null references crm.users on delete cascade,
    -- of an address, a profile, or the name and the company of a contact without either: see crm.forgotten_keys
    key bytea not null,
    forgotten_at timestamptz not null default now(),
    primary key (user_id, key),
    constraint forgotten_contacts_key check (octet_length(key) = 32)
);
alter table crm.forgotten_contacts enable row level security;
create policy own_forgotten_contacts on crm.forgotten_contacts for select
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select on crm.forgotten_contacts to crm_app;

-- The wish of a person not to be kept in this installation at all: by imports, connected accounts, enrichment and letters.
alter table crm.known_mailboxes add column withheld_at timestamptz;
-- The wish of a person that no provider is asked about this address.
alter table crm.known_mailboxes add column unenriched_at timestamptz;
