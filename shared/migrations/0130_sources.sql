-- Sources: mailboxes, calendars, chats and accounts that a user lets be read, and what is kept of them (decisions 0077 and 0078).
--
-- No text and no subject is kept, and no row for each message: a hash of its id says that it was counted, and sums for each pair of
-- people say how often and how lately they wrote. All of it stands under the number of its source, so that forgetting one is a deletion.

create table crm.sources (
    user_id uuid not null references crm.users on delete cascade,
    -- the bit of this source in `evidence.earlier`; a number that is free again is given anew
    no smallint not null,
    id uuid not null default gen_random_uuid(),
    kind text not null,
    name text not null,
    -- the user's own addresses in this source, in lower case
    addresses text[] not null,
    state text not null default 'ready',
    -- how far an account was read, and when it is read next
    cursor jsonb,
    next_at timestamptz,
    -- why the last run ended early; null where it did not
    problem text,
    settings jsonb not null default '{}',
    created_at timestamptz not null default now(),
    last_run_at timestamptz,
    -- distinct messages and events: all that were read, and those that say something of a tie
    read integer not null default 0,
    counted integer not null default 0,
    -- how many were left out, by reason
    left_out jsonb not null default '{}',
    -- seconds since 2020-01-01 of the first and the last that was counted
    first_s integer,
    last_s integer,
    primary key (user_id, no),
    constraint sources_id unique (user_id, id),
    constraint sources_no check (no between 0 and 61),
    constraint sources_kind check (kind in ('mail_file', 'calendar_file', 'linkedin', 'chat_file', 'imap', 'caldav', 'carddav', 'google', 'microsoft')),
    constraint sources_name_size check (length(name) between 1 and 200),
    constraint sources_addresses_size check (cardinality(addresses) <= 100),
    constraint sources_state check (state in ('ready', 'waiting', 'running', 'paused', 'failed')),
    constraint sources_settings_size check (pg_column_size(settings) <= 20000)
);

-- One row for each user with sources: the salt of all hashes below. It is made once and never shown.
create table crm.source_salts (
    user_id uuid primary key references crm.users on delete cascade,
    salt bytea not null default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
);

-- The messages that a source has brought: eight bytes of each, in a row for each month.
create table crm.counted (
    user_id uuid not null references crm.users on delete cascade,
    source_no smallint not null,
    month date not null,
    -- false: those that were left out, which are not counted in `evidence`
    counts boolean not null,
    hashes bigint[] not null,
    primary key (user_id, source_no, month, counts)
);

-- The addresses of other people, contacts or not.
create table crm.correspondents (
    user_id uuid not null references crm.users on delete cascade,
    -- numbers begin at 1; 0 is oneself
    no integer not null,
    -- in lower case; the number of a telephone as tel:+491234
    address text not null collate "C",
    -- the same for all spellings of one mailbox: without the dots of Gmail and without what follows a plus
    key text not null collate "C",
    contact_no integer,
    -- the user wants no contact of it
    ignored boolean not null default false,
    -- of the same person, as the user says: all with one number
    person_no integer,
    primary key (user_id, address)
) partition by hash (user_id);
create unique index correspondents_no on crm.correspondents (user_id, no);
create index correspondents_by_key on crm.correspondents (user_id, key) where key <> address;
create index correspondents_of_contact on crm.correspondents (user_id, contact_no) where contact_no is not null;

-- The names under which a source shows an address: the first few in the order of the alphabet, so that the order of reading is all the same.
create table crm.correspondent_names (
    user_id uuid not null,
    source_no smallint not null,
    no integer not null,
    names text[] not null,
    primary key (user_id, source_no, no)
) partition by hash (user_id);

-- What a source says of a pair. Sums are as of 2020-01-01, each message weighted by its power 2^(seconds since then / 180 days): adding is all
-- that is ever done to them, and time rewrites nothing.
create table crm.evidence (
    user_id uuid not null,
    -- the sources that had brought the same messages before, a bit for each; only rows without any count
    earlier bigint not null,
    -- from a to b, from b to a, and to both from somebody else
    ab double precision not null,
    ba double precision not null,
    co double precision not null,
    n_ab integer not null,
    n_ba integer not null,
    n_co integer not null,
    meetings integer not null,
    calls integer not null,
    first_s integer not null,
    last_s integer not null,
    -- a < b, numbers of correspondents; 0 is oneself
    a integer not null,
    b integer not null,
    source_no smallint not null,
    primary key (user_id, a, b, source_no, earlier)
) partition by hash (user_id);
create index evidence_of_b on crm.evidence (user_id, b);

-- Strengths that an import took for granted, of ties that are computed now: they come back when nothing is left to compute from.
create table crm.assumed_ties (
    user_id uuid not null references crm.users on delete cascade,
    from_no integer not null,
    to_no integer not null,
    strength real not null,
    primary key (user_id, from_no, to_no)
);

-- The mailboxes of contacts whose addresses are written in another way than the mailbox itself: with Gmail's dots, or with a plus.
create table crm.mailbox_keys (
    user_id uuid not null references crm.users on delete cascade,
    key text not null collate "C",
    contact_no integer not null,
    primary key (user_id, key, contact_no)
);
create index mailbox_keys_of_contact on crm.mailbox_keys (user_id, contact_no);
insert into crm.mailbox_keys (user_id, key, contact_no)
    select distinct c.user_id, crm.canonical_address(e.address), c.no
    from crm.contacts c cross join lateral unnest(c.emails || c.email) e(address)
    where e.address is not null and not c.is_self and crm.canonical_address(e.address) <> lower(e.address);

-- Addresses of people whom the user has deleted for good, as salted hashes: no source brings them back.
create table crm.forgotten_addresses (
    user_id uuid not null references crm.users on delete cascade,
    hash bigint not null,
    primary key (user_id, hash)
);

do $$
declare
    of_table text;
begin
    foreach of_table in array array['correspondents', 'correspondent_names', 'evidence'] loop
        for remainder in 0..15 loop
            execute format('create table crm.%I partition of crm.%I for values with (modulus 16, remainder %s) with (
                autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)',
                of_table || '_p' || to_char(remainder, 'FM00'), of_table, remainder);
            execute format('alter table crm.%I enable row level security', of_table || '_p' || to_char(remainder, 'FM00'));
        end loop;
    end loop;
    foreach of_table in array array['sources', 'source_salts', 'counted', 'correspondents', 'correspondent_names', 'evidence', 'assumed_ties',
            'mailbox_keys', 'forgotten_addresses'] loop
        execute format('alter table crm.%I enable row level security', of_table);
        execute format('create policy %I on crm.%I using (user_id = nullif(current_setting(''app.user_id'', true), '''')::uuid)
            with check (user_id = nullif(current_setting(''app.user_id'', true), '''')::uuid)', 'own_' || of_table, of_table);
        execute format('grant select, insert, update, delete on crm.%I to crm_app', of_table);
    end loop;
end $$;

-- Ties between others that are computed from one's own mail are seen by colleagues only where their user says so.
alter table crm.team_members add column shares_seen_ties boolean not null default false;
grant update (shares_seen_ties) on crm.team_members to crm_app;
