-- What contacts are found by when others are compared with them: the hashes of the keys that `crm.pair_profiles` makes of a contact. Scans and
-- comparisons write them, never the request that writes a contact.
create table crm.duplicate_keys (
    user_id uuid not null references crm.users on delete cascade,
    contact_no integer not null,
    -- each hashed together with the user's id, so that one index serves all users
    keys bigint[] not null,
    primary key (user_id, contact_no)
);
create index duplicate_keys_held on crm.duplicate_keys using gin (keys) with (fastupdate = off);
alter table crm.duplicate_keys enable row level security;
create policy own_duplicate_keys on crm.duplicate_keys
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.duplicate_keys to crm_app;

-- How many contacts have a word in their name, of the words that many have, as the last scan counted them.
alter table crm.duplicate_scans add column words jsonb not null default '{}';

-- Its place is taken by functions that also compare a few contacts with all.
drop function if exists crm.begin_scan(uuid);
