-- Contacts, the self contact, and signing in.

-- Text for comparing and sorting: lower case, no accents. Plain ASCII (most names) skips the dictionary, and this outer part
-- is simple enough for the planner to inline. Every name is qualified, so a restored dump needs no search_path. Collation
-- "default", because "C" (that of the key columns below) knows only the letters of ASCII.
create function crm.unaccented(t text) returns text
    language sql immutable strict parallel safe
    -- Decomposed letters, jamo and wide forms are composed first; looking for them is ten times cheaper than normalizing.
    return lower(public.unaccent('public.unaccent'::regdictionary,
        case when t collate "default" ~ '[\u0300-\u036f\u1100-\u11ff\uff00-\uffef]' then normalize(t, NFKC) else t end) collate "default");

create function crm.fold(t text) returns text
    language sql immutable parallel safe
    return case when octet_length(t) = length(t) then lower(t collate "default") else crm.unaccented(t) end;

-- The node number of a contact in its user's graph: four bytes instead of sixteen. Unique per user only, so wrapping is harmless.
create sequence crm.contact_no as integer cycle;

create table crm.contacts (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    no integer not null default nextval('crm.contact_no'),
    name text not null default '',
    email text,
    emails text[] not null default '{}',
    phones text[] not null default '{}',
    company text,
    title text,
    location text,
    linkedin_url text,
    linkedin_slug text,
    birthday text,
    notes text,
    tags text[] not null default '{}',
    custom jsonb not null default '{}',
    enrichment jsonb not null default '{}',
    source text not null default 'manual',
    source_uid text,
    is_self boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),

    -- A stored column and not an index on lower(email): lower() is not leakproof, so under row-level security such an index
    -- would be read in full (10,000 times slower at a million contacts).
    email_key text collate "C" generated always as (lower(email)) stored,
    -- What sort=name sorts by. Cut, because a btree entry must stay under 2,700 bytes. "C" so that the order is the same
    -- on every machine and release.
    name_key text collate "C" not null
        generated always as (left(crm.fold(coalesce(nullif(name, ''), email, linkedin_slug, '')), 200)) stored,
    -- Never null, so that one row comparison pages through all of them; contacts without a company sort last.
    company_key text collate "C" not null
        generated always as (coalesce(nullif(left(crm.fold(company), 200), ''), U&'\+10FFFF')) stored,

    primary key (user_id, id),
    constraint contacts_no unique (user_id, no) include (id),
    constraint contacts_identified check (name <> '' or email is not null or linkedin_slug is not null),
    constraint contacts_name_size check (length(name) <= 500),
    constraint contacts_email_size check (length(email) between 3 and 320),
    constraint contacts_emails_size check (cardinality(emails) <= 100),
    constraint contacts_phones_size check (cardinality(phones) <= 100),
    constraint contacts_company_size check (length(company) <= 500),
    constraint contacts_title_size check (length(title) <= 500),
    constraint contacts_location_size check (length(location) <= 500),
    constraint contacts_linkedin_url_size check (length(linkedin_url) <= 2000),
    constraint contacts_linkedin_slug_size check (length(linkedin_slug) between 1 and 200),
    -- YYYY-MM-DD, or --MM-DD when the year is not known
    constraint contacts_birthday_shape check (birthday ~ '^(\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$'),
    constraint contacts_notes_size check (length(notes) <= 100000),
    constraint contacts_tags_size check (cardinality(tags) <= 100),
    constraint contacts_custom_size check (jsonb_typeof(custom) = 'object' and pg_column_size(custom) <= 100000),
    constraint contacts_enrichment_size check (jsonb_typeof(enrichment) = 'object'),
    constraint contacts_source_size check (length(source) <= 50),
    constraint contacts_source_uid_size check (length(source_uid) between 1 and 255)
) partition by hash (user_id);

-- Sixteen partitions: smaller indexes to vacuum, clean and rebuild. A read by id pays about 12 microseconds for them.
-- A policy of the parent does not guard a partition asked for by its own name: each has row-level security and no policy, so even
-- a mistaken grant shows nothing. Grants are on the parent only; never `grant ... on all tables`.
do $$
declare
    partition_name text;
begin
    for remainder in 0..15 loop
        partition_name := 'contacts_p' || to_char(remainder, 'FM00');
        execute format('create table crm.%I partition of crm.contacts for values with (modulus 16, remainder %s)',
            partition_name, remainder);
        execute format('alter table crm.%I enable row level security', partition_name);
    end loop;
end $$;

create unique index contacts_email on crm.contacts (user_id, email_key) where email_key is not null;
create unique index contacts_linkedin_slug on crm.contacts (user_id, linkedin_slug) where linkedin_slug is not null;
create unique index contacts_self on crm.contacts (user_id) where is_self;
create index contacts_source_uid on crm.contacts (user_id, source_uid) where source_uid is not null;

-- One index for each order a list can have. The id makes the key unique, so a page continues exactly where the last one ended.
create index contacts_by_name on crm.contacts (user_id, name_key, id);
create index contacts_by_company on crm.contacts (user_id, company_key, id);
create index contacts_by_created_at on crm.contacts (user_id, created_at desc, id desc);
create index contacts_by_updated_at on crm.contacts (user_id, updated_at desc, id desc);

alter table crm.contacts enable row level security;
create policy own_contacts on crm.contacts
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

grant select, insert, update, delete on crm.contacts to crm_app;
grant usage on sequence crm.contact_no to crm_app;
revoke all on function crm.fold(text), crm.unaccented(text) from public;
grant execute on function crm.fold(text), crm.unaccented(text) to crm_app;
