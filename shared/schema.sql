-- The whole schema as it is now: what the files of migrations/ and every area's functions.sql and triggers.sql add up to.
-- `make types` writes this file; tests compare it with a new database and with upgraded ones of earlier releases. Nothing runs it.

create extension pg_trgm schema public;
create extension unaccent schema public;

create schema crm;
grant usage on schema crm to crm_app;

create sequence crm.contact_no as integer cycle;
grant usage on crm.contact_no to crm_app;

create table crm.access_grants (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    client_id text not null,
    name text not null,
    host text not null,
    resource text not null,
    scopes text[] not null,
    created_at timestamp with time zone not null default now(),
    last_used_at timestamp with time zone,
    constraint access_grants_pkey PRIMARY KEY (user_id, id),
    constraint access_grants_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint access_grants_client CHECK (((length(client_id) >= 1) AND (length(client_id) <= 2000))),
    constraint access_grants_host CHECK ((length(host) <= 300)),
    constraint access_grants_name CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    constraint access_grants_resource CHECK ((resource = ANY (ARRAY['mcp'::text, 'api'::text]))),
    constraint access_grants_scopes CHECK (((cardinality(scopes) > 0) AND (scopes <@ ARRAY['read'::text, 'write'::text, 'introduce'::text])))
);
alter table crm.access_grants enable row level security;
create policy own on crm.access_grants for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select on crm.access_grants to crm_app;

create table crm.access_tokens (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    name text not null,
    hash bytea not null,
    ending text not null,
    scopes text[] not null,
    created_at timestamp with time zone not null default now(),
    expires_at timestamp with time zone not null,
    last_used_at timestamp with time zone,
    constraint access_tokens_pkey PRIMARY KEY (user_id, id),
    constraint access_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint access_tokens_hash CHECK ((length(hash) = 32)),
    constraint access_tokens_name CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    constraint access_tokens_scopes CHECK (((cardinality(scopes) > 0) AND (scopes <@ ARRAY['read'::text, 'write'::text, 'introduce'::text, 'webhooks'::text])))
);
alter table crm.access_tokens enable row level security;
CREATE UNIQUE INDEX access_tokens_by_hash ON crm.access_tokens USING btree (hash);
create policy own on crm.access_tokens for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select on crm.access_tokens to crm_app;

create table crm.address_books (
    user_id uuid not null,
    epoch text not null default substr(md5((gen_random_uuid())::text), 1, 8),
    "position" bigint not null default 0,
    forgotten bigint not null default 0,
    snapshot pg_snapshot,
    feed uuid,
    numbered_at timestamp with time zone,
    me_card text,
    constraint address_books_pkey PRIMARY KEY (user_id),
    constraint address_books_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint address_books_me_card_size CHECK ((length(me_card) <= 2000))
);
alter table crm.address_books enable row level security;
create policy own_address_books on crm.address_books for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant insert, select, update (me_card) on crm.address_books to crm_app;

create table crm.answer_rates (
    readiness text not null,
    place smallint not null,
    start_rate double precision not null,
    asked integer not null default 0,
    accepted integer not null default 0,
    expected double precision not null default 0,
    rate double precision not null,
    learned_at timestamp with time zone,
    constraint answer_rates_pkey PRIMARY KEY (readiness),
    constraint answer_rates_place_key UNIQUE (place),
    constraint answer_rates_rate CHECK (((rate > (0)::double precision) AND (rate < (1)::double precision)))
);
alter table crm.answer_rates enable row level security;

create table crm.assumed_ties (
    user_id uuid not null,
    from_no integer not null,
    to_no integer not null,
    strength real not null,
    constraint assumed_ties_pkey PRIMARY KEY (user_id, from_no, to_no),
    constraint assumed_ties_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.assumed_ties enable row level security;
create policy own_assumed_ties on crm.assumed_ties for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.assumed_ties to crm_app;

create table crm.audit_entries (
    user_id uuid not null,
    no bigint not null generated always as identity,
    at timestamp with time zone not null default now(),
    act text not null,
    actor text not null,
    operation_id uuid,
    details jsonb not null default '{}'::jsonb,
    constraint audit_entries_pkey PRIMARY KEY (user_id, no),
    constraint audit_entries_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint audit_entries_act CHECK (((length(act) >= 1) AND (length(act) <= 100))),
    constraint audit_entries_actor CHECK (((length(actor) >= 1) AND (length(actor) <= 200))),
    constraint audit_entries_details CHECK (((jsonb_typeof(details) = 'object'::text) AND (pg_column_size(details) <= 4000)))
);
alter table crm.audit_entries enable row level security;
CREATE INDEX audit_entries_by_time ON crm.audit_entries USING btree (at);
CREATE INDEX audit_entries_of_sign_ins ON crm.audit_entries USING btree (user_id, ((details ->> 'session'::text)), at) WHERE (act = 'sign_in'::text);
create policy own_audit_entries on crm.audit_entries for select
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.audit_entries to crm_app;

create table crm.cadences (
    user_id uuid not null,
    contact_no integer not null,
    every_days integer,
    started_at timestamp with time zone not null default now(),
    skipped_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    constraint cadences_pkey PRIMARY KEY (user_id, contact_no),
    constraint cadences_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint cadences_every_days CHECK (((every_days >= 0) AND (every_days <= 3650)))
);
alter table crm.cadences enable row level security;
create policy own_cadences on crm.cadences for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.cadences REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.cadences REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.cadences REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
CREATE TRIGGER settle_due_changed AFTER UPDATE ON crm.cadences REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.settle_due_of_made();
CREATE TRIGGER settle_due_gone AFTER DELETE ON crm.cadences REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.settle_due_of_gone();
CREATE TRIGGER settle_due_made AFTER INSERT ON crm.cadences REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.settle_due_of_made();
grant delete, insert, select, update on crm.cadences to crm_app;

create table crm.card_numbers (
    user_id uuid not null,
    "position" bigint not null,
    snapshot pg_snapshot not null,
    at timestamp with time zone not null default now(),
    constraint card_numbers_pkey PRIMARY KEY (user_id, "position"),
    constraint card_numbers_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.card_numbers enable row level security;
create policy own_card_numbers on crm.card_numbers for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.card_numbers to crm_app;

create table crm.cards (
    user_id uuid not null,
    href text collate "C" not null,
    uid text collate "C" not null,
    contact_no integer,
    "position" bigint not null default 0,
    dirty boolean not null default true,
    removed boolean not null default false,
    body text,
    base jsonb,
    changed_at timestamp with time zone not null default now(),
    constraint cards_pkey PRIMARY KEY (user_id, href),
    constraint cards_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint cards_href_size CHECK (((length(href) >= 1) AND (length(href) <= 255))),
    constraint cards_uid_size CHECK (((length(uid) >= 1) AND (length(uid) <= 255)))
);
alter table crm.cards enable row level security;
CREATE UNIQUE INDEX cards_contact ON crm.cards USING btree (user_id, contact_no) WHERE (contact_no IS NOT NULL);
CREATE INDEX cards_dirty ON crm.cards USING btree (user_id) WHERE dirty;
CREATE INDEX cards_position ON crm.cards USING btree (user_id, "position");
CREATE UNIQUE INDEX cards_uid ON crm.cards USING btree (user_id, uid) WHERE (NOT removed);
create policy own_cards on crm.cards for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.cards to crm_app;

create table crm.change_feed (
    id boolean not null default true,
    epoch uuid not null default gen_random_uuid(),
    begins_at timestamp with time zone not null default '2000-01-01 00:00:00+00'::timestamp with time zone,
    constraint change_feed_pkey PRIMARY KEY (id),
    constraint change_feed_id_check CHECK (id)
);
alter table crm.change_feed enable row level security;
create policy feed_for_all on crm.change_feed for select
    using (true);
grant select on crm.change_feed to crm_app;

create table crm.changes (
    user_id uuid not null,
    no bigint not null generated always as identity,
    operation_id uuid not null,
    transaction xid8 not null default pg_current_xact_id(),
    contact_no integer not null,
    did "char" not null,
    subject text,
    before jsonb,
    after jsonb,
    constraint changes_pkey PRIMARY KEY (user_id, contact_no, no),
    constraint changes_did CHECK ((did = ANY (ARRAY['i'::"char", 'u'::"char", 'd'::"char", 'm'::"char", 'f'::"char"])))
) partition by hash (user_id);
alter table crm.changes enable row level security;
create table crm.changes_p00 partition of crm.changes for values with (modulus 16, remainder 0); alter table crm.changes_p00 enable row level security;
create table crm.changes_p01 partition of crm.changes for values with (modulus 16, remainder 1); alter table crm.changes_p01 enable row level security;
create table crm.changes_p02 partition of crm.changes for values with (modulus 16, remainder 2); alter table crm.changes_p02 enable row level security;
create table crm.changes_p03 partition of crm.changes for values with (modulus 16, remainder 3); alter table crm.changes_p03 enable row level security;
create table crm.changes_p04 partition of crm.changes for values with (modulus 16, remainder 4); alter table crm.changes_p04 enable row level security;
create table crm.changes_p05 partition of crm.changes for values with (modulus 16, remainder 5); alter table crm.changes_p05 enable row level security;
create table crm.changes_p06 partition of crm.changes for values with (modulus 16, remainder 6); alter table crm.changes_p06 enable row level security;
create table crm.changes_p07 partition of crm.changes for values with (modulus 16, remainder 7); alter table crm.changes_p07 enable row level security;
create table crm.changes_p08 partition of crm.changes for values with (modulus 16, remainder 8); alter table crm.changes_p08 enable row level security;
create table crm.changes_p09 partition of crm.changes for values with (modulus 16, remainder 9); alter table crm.changes_p09 enable row level security;
create table crm.changes_p10 partition of crm.changes for values with (modulus 16, remainder 10); alter table crm.changes_p10 enable row level security;
create table crm.changes_p11 partition of crm.changes for values with (modulus 16, remainder 11); alter table crm.changes_p11 enable row level security;
create table crm.changes_p12 partition of crm.changes for values with (modulus 16, remainder 12); alter table crm.changes_p12 enable row level security;
create table crm.changes_p13 partition of crm.changes for values with (modulus 16, remainder 13); alter table crm.changes_p13 enable row level security;
create table crm.changes_p14 partition of crm.changes for values with (modulus 16, remainder 14); alter table crm.changes_p14 enable row level security;
create table crm.changes_p15 partition of crm.changes for values with (modulus 16, remainder 15); alter table crm.changes_p15 enable row level security;
CREATE INDEX changes_by_transaction ON ONLY crm.changes USING btree (user_id, transaction);
CREATE INDEX changes_deleted ON ONLY crm.changes USING btree (user_id, no DESC) WHERE ((did = 'd'::"char") AND (subject IS NULL));
CREATE INDEX changes_gone ON ONLY crm.changes USING btree (user_id, ((before ->> 'id'::text))) WHERE ((did = ANY (ARRAY['d'::"char", 'm'::"char", 'f'::"char"])) AND (subject IS NULL));
CREATE INDEX changes_of_operation ON ONLY crm.changes USING btree (user_id, operation_id);
create policy own_changes on crm.changes for select
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER note_contact_events AFTER INSERT ON crm.changes REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION crm.note_contact_events();
grant select on crm.changes to crm_app;

create table crm.circle_members (
    user_id uuid not null,
    circle_id uuid not null,
    contact_no integer not null,
    added_at timestamp with time zone not null default now(),
    constraint circle_members_pkey PRIMARY KEY (user_id, circle_id, contact_no),
    constraint circle_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.circle_members enable row level security;
CREATE INDEX circle_members_of_contact ON crm.circle_members USING btree (user_id, contact_no);
create policy own_circle_members on crm.circle_members for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.circle_members REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.circle_members REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.circle_members REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
CREATE TRIGGER settle_due_gone AFTER DELETE ON crm.circle_members REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.settle_due_of_gone();
CREATE TRIGGER settle_due_made AFTER INSERT ON crm.circle_members REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.settle_due_of_made();
grant delete, insert, select, update on crm.circle_members to crm_app;

create table crm.circles (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    contact_no integer not null default 0,
    name text not null,
    colour text,
    filter jsonb,
    fits jsonb,
    every_days integer,
    created_at timestamp with time zone not null default now(),
    updated_at timestamp with time zone not null default now(),
    every_since timestamp with time zone,
    constraint circles_pkey PRIMARY KEY (user_id, id),
    constraint circles_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint circles_colour CHECK ((colour ~ '^#[0-9a-f]{6}$'::text)),
    constraint circles_contact_no CHECK ((contact_no = 0)),
    constraint circles_every_days CHECK (((every_days >= 1) AND (every_days <= 3650))),
    constraint circles_filter_size CHECK (((jsonb_typeof(filter) = 'object'::text) AND (pg_column_size(filter) <= 20000))),
    constraint circles_fits CHECK (((jsonb_typeof(fits) = 'object'::text) AND ((fits IS NULL) = (filter IS NULL)))),
    constraint circles_name_size CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);
alter table crm.circles enable row level security;
CREATE UNIQUE INDEX circles_name ON crm.circles USING btree (user_id, lower(name));
create policy own_circles on crm.circles for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.circles REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.circles REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.circles REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
CREATE TRIGGER settle_due_changed AFTER UPDATE ON crm.circles REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.settle_due_of_circles();
CREATE TRIGGER settle_due_made AFTER INSERT ON crm.circles REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.settle_due_of_circles();
grant delete, insert, select, update on crm.circles to crm_app;

create table crm.contact_keys (
    user_id uuid not null,
    key text collate "C" not null,
    contact_id uuid not null,
    constraint contact_keys_pkey PRIMARY KEY (user_id, key, contact_id)
);
alter table crm.contact_keys enable row level security;
create policy own_contact_keys on crm.contact_keys for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select on crm.contact_keys to crm_app;

create table crm.contacts (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    no integer not null default nextval('crm.contact_no'::regclass),
    name text not null default ''::text,
    email text,
    emails text[] not null default '{}'::text[],
    phones text[] not null default '{}'::text[],
    company text,
    title text,
    location text,
    linkedin_url text,
    linkedin_slug text,
    birthday text,
    notes text,
    tags text[] not null default '{}'::text[],
    custom jsonb not null default '{}'::jsonb,
    enrichment jsonb not null default '{}'::jsonb,
    source text not null default 'manual'::text,
    source_uid text,
    is_self boolean not null default false,
    created_at timestamp with time zone not null default now(),
    updated_at timestamp with time zone not null default now(),
    email_key text collate "C" generated always as (lower(email)) stored,
    name_key text collate "C" not null generated always as ("left"(crm.fold(COALESCE(NULLIF(name, ''::text), email, linkedin_slug, ''::text)), 200)) stored,
    company_key text collate "C" not null generated always as (COALESCE(NULLIF("left"(crm.fold(company), 200), ''::text), '􏿿'::text)) stored,
    tsv tsvector not null,
    constraint contacts_pkey PRIMARY KEY (user_id, id),
    constraint contacts_no UNIQUE (user_id, no) INCLUDE (id),
    constraint contacts_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint contacts_birthday_shape CHECK ((birthday ~ '^(\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$'::text)),
    constraint contacts_company_size CHECK ((length(company) <= 500)),
    constraint contacts_custom_size CHECK (((jsonb_typeof(custom) = 'object'::text) AND (pg_column_size(custom) <= 100000))),
    constraint contacts_email_size CHECK (((length(email) >= 3) AND (length(email) <= 320))),
    constraint contacts_emails_size CHECK ((cardinality(emails) <= 100)),
    constraint contacts_enrichment_size CHECK ((jsonb_typeof(enrichment) = 'object'::text)),
    constraint contacts_identified CHECK (((name <> ''::text) OR (email IS NOT NULL) OR (linkedin_slug IS NOT NULL))),
    constraint contacts_linkedin_slug_size CHECK (((length(linkedin_slug) >= 1) AND (length(linkedin_slug) <= 200))),
    constraint contacts_linkedin_url_size CHECK ((length(linkedin_url) <= 2000)),
    constraint contacts_location_size CHECK ((length(location) <= 500)),
    constraint contacts_name_size CHECK ((length(name) <= 500)),
    constraint contacts_notes_size CHECK ((length(notes) <= 100000)),
    constraint contacts_phones_size CHECK ((cardinality(phones) <= 100)),
    constraint contacts_source_size CHECK ((length(source) <= 50)),
    constraint contacts_source_uid_size CHECK (((length(source_uid) >= 1) AND (length(source_uid) <= 255))),
    constraint contacts_tags_size CHECK ((cardinality(tags) <= 100)),
    constraint contacts_title_size CHECK ((length(title) <= 500))
) partition by hash (user_id);
alter table crm.contacts enable row level security;
create table crm.contacts_p00 partition of crm.contacts for values with (modulus 16, remainder 0); alter table crm.contacts_p00 enable row level security;
create table crm.contacts_p01 partition of crm.contacts for values with (modulus 16, remainder 1); alter table crm.contacts_p01 enable row level security;
create table crm.contacts_p02 partition of crm.contacts for values with (modulus 16, remainder 2); alter table crm.contacts_p02 enable row level security;
create table crm.contacts_p03 partition of crm.contacts for values with (modulus 16, remainder 3); alter table crm.contacts_p03 enable row level security;
create table crm.contacts_p04 partition of crm.contacts for values with (modulus 16, remainder 4); alter table crm.contacts_p04 enable row level security;
create table crm.contacts_p05 partition of crm.contacts for values with (modulus 16, remainder 5); alter table crm.contacts_p05 enable row level security;
create table crm.contacts_p06 partition of crm.contacts for values with (modulus 16, remainder 6); alter table crm.contacts_p06 enable row level security;
create table crm.contacts_p07 partition of crm.contacts for values with (modulus 16, remainder 7); alter table crm.contacts_p07 enable row level security;
create table crm.contacts_p08 partition of crm.contacts for values with (modulus 16, remainder 8); alter table crm.contacts_p08 enable row level security;
create table crm.contacts_p09 partition of crm.contacts for values with (modulus 16, remainder 9); alter table crm.contacts_p09 enable row level security;
create table crm.contacts_p10 partition of crm.contacts for values with (modulus 16, remainder 10); alter table crm.contacts_p10 enable row level security;
create table crm.contacts_p11 partition of crm.contacts for values with (modulus 16, remainder 11); alter table crm.contacts_p11 enable row level security;
create table crm.contacts_p12 partition of crm.contacts for values with (modulus 16, remainder 12); alter table crm.contacts_p12 enable row level security;
create table crm.contacts_p13 partition of crm.contacts for values with (modulus 16, remainder 13); alter table crm.contacts_p13 enable row level security;
create table crm.contacts_p14 partition of crm.contacts for values with (modulus 16, remainder 14); alter table crm.contacts_p14 enable row level security;
create table crm.contacts_p15 partition of crm.contacts for values with (modulus 16, remainder 15); alter table crm.contacts_p15 enable row level security;
CREATE INDEX contacts_by_birthday ON ONLY crm.contacts USING btree (user_id, "right"(birthday, 5)) WHERE (birthday IS NOT NULL);
CREATE INDEX contacts_by_company ON ONLY crm.contacts USING btree (user_id, company_key, id);
CREATE INDEX contacts_by_created_at ON ONLY crm.contacts USING btree (user_id, created_at DESC, id DESC);
CREATE INDEX contacts_by_name ON ONLY crm.contacts USING btree (user_id, name_key, id);
CREATE INDEX contacts_by_source ON ONLY crm.contacts USING btree (user_id, source);
CREATE INDEX contacts_by_updated_at ON ONLY crm.contacts USING btree (user_id, updated_at DESC, id DESC);
CREATE UNIQUE INDEX contacts_email ON ONLY crm.contacts USING btree (user_id, email_key) WHERE (email_key IS NOT NULL);
CREATE UNIQUE INDEX contacts_linkedin_slug ON ONLY crm.contacts USING btree (user_id, linkedin_slug) WHERE (linkedin_slug IS NOT NULL);
CREATE UNIQUE INDEX contacts_self ON ONLY crm.contacts USING btree (user_id) WHERE is_self;
CREATE INDEX contacts_source_uid ON ONLY crm.contacts USING btree (user_id, source_uid) WHERE (source_uid IS NOT NULL);
CREATE INDEX contacts_tsv ON ONLY crm.contacts USING gin (tsv) WITH (fastupdate=off);
CREATE INDEX contacts_without_email ON ONLY crm.contacts USING btree (user_id, id) WHERE ((email IS NULL) AND (emails = '{}'::text[]));
create policy own_contacts on crm.contacts for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER forget_circle_members AFTER DELETE ON crm.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.forget_circle_members();
CREATE TRIGGER forget_contact_keys AFTER DELETE ON crm.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.forget_contact_keys();
CREATE TRIGGER forget_days AFTER DELETE ON crm.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.forget_days();
CREATE TRIGGER forget_duplicates AFTER DELETE ON crm.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.forget_duplicates();
CREATE TRIGGER forget_field_keys AFTER DELETE ON crm.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.forget_field_keys();
CREATE TRIGGER forget_hidden_contacts AFTER DELETE ON crm.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.forget_hidden_contacts();
CREATE TRIGGER forget_merged_contacts AFTER DELETE ON crm.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.forget_merged_contacts();
CREATE TRIGGER forget_notes AFTER DELETE ON crm.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.forget_notes();
CREATE TRIGGER forget_relationships AFTER DELETE ON crm.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.forget_relationships();
CREATE TRIGGER journal_created AFTER INSERT ON crm.contacts REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_contacts();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_contacts();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.contacts REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_contacts();
CREATE TRIGGER key_changed_contacts AFTER UPDATE ON crm.contacts REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.key_changed_contacts();
CREATE TRIGGER key_made_contacts AFTER INSERT ON crm.contacts REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.key_made_contacts();
CREATE TRIGGER note_contact_keys AFTER INSERT ON crm.contacts REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.note_contact_keys();
CREATE TRIGGER note_own_activity AFTER INSERT ON crm.contacts FOR EACH STATEMENT EXECUTE FUNCTION crm.note_own_activity();
CREATE TRIGGER renew_contact_keys AFTER UPDATE ON crm.contacts REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.renew_contact_keys();
CREATE TRIGGER sources_follow_changed AFTER UPDATE ON crm.contacts REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.follow_changed_contacts();
CREATE TRIGGER sources_follow_deleted AFTER DELETE ON crm.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.follow_deleted_contacts();
CREATE TRIGGER sources_follow_new AFTER INSERT ON crm.contacts REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.follow_new_contacts();
CREATE TRIGGER write_document BEFORE INSERT OR UPDATE OF name, email, emails, phones, company, title, location, tags, notes, custom ON crm.contacts FOR EACH ROW EXECUTE FUNCTION crm.write_document();
grant delete, insert, select, update on crm.contacts to crm_app;

create view crm.contacts_json with (security_invoker=true) as
SELECT c.user_id,
    c.id,
    c.no,
    c.name_key,
    c.company_key,
    c.created_at,
    c.updated_at,
    c.tags,
    c.email_key,
    c.linkedin_slug,
    (row_to_json(d.*))::text AS document
   FROM (crm.contacts c
     CROSS JOIN LATERAL ( SELECT c.id,
            c.name,
            c.email,
            c.emails,
            c.phones,
            c.company,
            c.title,
            c.location,
            c.linkedin_url,
            c.birthday,
            c.notes,
            c.tags,
            c.custom,
            c.enrichment,
            c.source,
            c.is_self,
            c.created_at,
            c.updated_at) d);
grant select on crm.contacts_json to crm_app;

create table crm.correspondent_names (
    user_id uuid not null,
    source_no smallint not null,
    no integer not null,
    names text[] not null,
    constraint correspondent_names_pkey PRIMARY KEY (user_id, source_no, no)
) partition by hash (user_id);
alter table crm.correspondent_names enable row level security;
create table crm.correspondent_names_p00 partition of crm.correspondent_names for values with (modulus 16, remainder 0) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p00 enable row level security;
create table crm.correspondent_names_p01 partition of crm.correspondent_names for values with (modulus 16, remainder 1) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p01 enable row level security;
create table crm.correspondent_names_p02 partition of crm.correspondent_names for values with (modulus 16, remainder 2) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p02 enable row level security;
create table crm.correspondent_names_p03 partition of crm.correspondent_names for values with (modulus 16, remainder 3) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p03 enable row level security;
create table crm.correspondent_names_p04 partition of crm.correspondent_names for values with (modulus 16, remainder 4) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p04 enable row level security;
create table crm.correspondent_names_p05 partition of crm.correspondent_names for values with (modulus 16, remainder 5) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p05 enable row level security;
create table crm.correspondent_names_p06 partition of crm.correspondent_names for values with (modulus 16, remainder 6) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p06 enable row level security;
create table crm.correspondent_names_p07 partition of crm.correspondent_names for values with (modulus 16, remainder 7) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p07 enable row level security;
create table crm.correspondent_names_p08 partition of crm.correspondent_names for values with (modulus 16, remainder 8) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p08 enable row level security;
create table crm.correspondent_names_p09 partition of crm.correspondent_names for values with (modulus 16, remainder 9) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p09 enable row level security;
create table crm.correspondent_names_p10 partition of crm.correspondent_names for values with (modulus 16, remainder 10) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p10 enable row level security;
create table crm.correspondent_names_p11 partition of crm.correspondent_names for values with (modulus 16, remainder 11) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p11 enable row level security;
create table crm.correspondent_names_p12 partition of crm.correspondent_names for values with (modulus 16, remainder 12) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p12 enable row level security;
create table crm.correspondent_names_p13 partition of crm.correspondent_names for values with (modulus 16, remainder 13) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p13 enable row level security;
create table crm.correspondent_names_p14 partition of crm.correspondent_names for values with (modulus 16, remainder 14) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p14 enable row level security;
create table crm.correspondent_names_p15 partition of crm.correspondent_names for values with (modulus 16, remainder 15) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondent_names_p15 enable row level security;
create policy own_correspondent_names on crm.correspondent_names for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.correspondent_names to crm_app;

create table crm.correspondents (
    user_id uuid not null,
    no integer not null,
    address text collate "C" not null,
    key text collate "C" not null,
    contact_no integer,
    ignored boolean not null default false,
    person_no integer,
    constraint correspondents_pkey PRIMARY KEY (user_id, address),
    constraint correspondents_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
) partition by hash (user_id);
alter table crm.correspondents enable row level security;
create table crm.correspondents_p00 partition of crm.correspondents for values with (modulus 16, remainder 0) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p00 enable row level security;
create table crm.correspondents_p01 partition of crm.correspondents for values with (modulus 16, remainder 1) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p01 enable row level security;
create table crm.correspondents_p02 partition of crm.correspondents for values with (modulus 16, remainder 2) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p02 enable row level security;
create table crm.correspondents_p03 partition of crm.correspondents for values with (modulus 16, remainder 3) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p03 enable row level security;
create table crm.correspondents_p04 partition of crm.correspondents for values with (modulus 16, remainder 4) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p04 enable row level security;
create table crm.correspondents_p05 partition of crm.correspondents for values with (modulus 16, remainder 5) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p05 enable row level security;
create table crm.correspondents_p06 partition of crm.correspondents for values with (modulus 16, remainder 6) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p06 enable row level security;
create table crm.correspondents_p07 partition of crm.correspondents for values with (modulus 16, remainder 7) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p07 enable row level security;
create table crm.correspondents_p08 partition of crm.correspondents for values with (modulus 16, remainder 8) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p08 enable row level security;
create table crm.correspondents_p09 partition of crm.correspondents for values with (modulus 16, remainder 9) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p09 enable row level security;
create table crm.correspondents_p10 partition of crm.correspondents for values with (modulus 16, remainder 10) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p10 enable row level security;
create table crm.correspondents_p11 partition of crm.correspondents for values with (modulus 16, remainder 11) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p11 enable row level security;
create table crm.correspondents_p12 partition of crm.correspondents for values with (modulus 16, remainder 12) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p12 enable row level security;
create table crm.correspondents_p13 partition of crm.correspondents for values with (modulus 16, remainder 13) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p13 enable row level security;
create table crm.correspondents_p14 partition of crm.correspondents for values with (modulus 16, remainder 14) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p14 enable row level security;
create table crm.correspondents_p15 partition of crm.correspondents for values with (modulus 16, remainder 15) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.correspondents_p15 enable row level security;
CREATE INDEX correspondents_by_key ON ONLY crm.correspondents USING btree (user_id, key) WHERE (key <> address);
CREATE UNIQUE INDEX correspondents_no ON ONLY crm.correspondents USING btree (user_id, no);
CREATE INDEX correspondents_of_contact ON ONLY crm.correspondents USING btree (user_id, contact_no) WHERE (contact_no IS NOT NULL);
create policy own_correspondents on crm.correspondents for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.correspondents to crm_app;

create table crm.counted (
    user_id uuid not null,
    source_no smallint not null,
    month date not null,
    counts boolean not null,
    hashes bigint[] not null,
    constraint counted_pkey PRIMARY KEY (user_id, source_no, month, counts),
    constraint counted_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.counted enable row level security;
create policy own_counted on crm.counted for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.counted to crm_app;

create table crm.credit_ledger (
    id uuid not null default gen_random_uuid(),
    seq bigint not null generated always as identity,
    user_id uuid not null,
    kind text not null,
    credits integer not null,
    contact_id uuid,
    provider text,
    note text,
    balance_after integer not null,
    at timestamp with time zone not null default clock_timestamp(),
    constraint credit_ledger_pkey PRIMARY KEY (id),
    constraint credit_ledger_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint credit_ledger_balance CHECK ((balance_after >= 0)),
    constraint credit_ledger_kind CHECK ((kind = ANY (ARRAY['grant'::text, 'charge'::text, 'release'::text]))),
    constraint credit_ledger_sign CHECK (((credits <> 0) AND ((kind = 'charge'::text) = (credits < 0)))),
    constraint credit_ledger_subject CHECK ((((kind = 'grant'::text) = (contact_id IS NULL)) AND ((kind = 'grant'::text) = (provider IS NULL))))
);
alter table crm.credit_ledger enable row level security;
CREATE UNIQUE INDEX credit_ledger_by_user ON crm.credit_ledger USING btree (user_id, seq);
create policy own_ledger on crm.credit_ledger for select
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER keep_ledger BEFORE DELETE OR UPDATE ON crm.credit_ledger FOR EACH ROW EXECUTE FUNCTION crm.keep_ledger();
grant select on crm.credit_ledger to crm_app;

create table crm.credit_reservations (
    user_id uuid not null,
    contact_id uuid not null,
    provider text not null,
    input_hash bytea not null,
    credits integer not null,
    state text not null default 'reserved'::text,
    token uuid not null,
    expires_at timestamp with time zone not null,
    settled_at timestamp with time zone,
    constraint credit_reservations_pkey PRIMARY KEY (user_id, contact_id, provider, input_hash),
    constraint credit_reservations_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint credit_reservations_credits CHECK ((credits > 0)),
    constraint credit_reservations_hash CHECK ((octet_length(input_hash) = 32)),
    constraint credit_reservations_settled CHECK (((state = 'settled'::text) = (settled_at IS NOT NULL))),
    constraint credit_reservations_state CHECK ((state = ANY (ARRAY['reserved'::text, 'settled'::text, 'released'::text])))
);
alter table crm.credit_reservations enable row level security;
CREATE INDEX credit_reservations_open ON crm.credit_reservations USING btree (expires_at) WHERE (state = 'reserved'::text);

create table crm.dates (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    contact_no integer not null,
    kind text not null,
    label text not null default ''::text,
    day text not null,
    yearly boolean not null default true,
    source text not null default 'manual'::text,
    created_at timestamp with time zone not null default now(),
    constraint dates_pkey PRIMARY KEY (user_id, id),
    constraint dates_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint dates_day CHECK (((day ~ '^(\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$'::text) AND (yearly OR (day !~ '^--'::text)))),
    constraint dates_kind CHECK ((kind = ANY (ARRAY['anniversary'::text, 'reminder'::text, 'other'::text]))),
    constraint dates_label_size CHECK ((length(label) <= 500)),
    constraint dates_source_size CHECK (((length(source) >= 1) AND (length(source) <= 50)))
);
alter table crm.dates enable row level security;
CREATE INDEX dates_by_day ON crm.dates USING btree (user_id, "right"(day, 5));
CREATE INDEX dates_of_contact ON crm.dates USING btree (user_id, contact_no);
create policy own_dates on crm.dates for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.dates REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.dates REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.dates REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
grant delete, insert, select, update on crm.dates to crm_app;

create table crm.dead_letters (
    id uuid not null default gen_random_uuid(),
    topic text not null,
    user_id uuid,
    priority smallint not null default 1,
    data jsonb not null,
    attributes jsonb not null default '{}'::jsonb,
    reason text not null,
    sends smallint not null,
    created_at timestamp with time zone not null,
    died_at timestamp with time zone not null default now(),
    constraint dead_letters_pkey PRIMARY KEY (id),
    constraint dead_letters_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.dead_letters enable row level security;
CREATE INDEX dead_letters_by_time ON crm.dead_letters USING btree (topic, died_at);
CREATE INDEX dead_letters_user ON crm.dead_letters USING btree (user_id);

create table crm.device_requests (
    hash bytea not null,
    user_code text not null,
    client_id text not null,
    name text not null,
    resource text not null,
    scopes text[] not null,
    expires_at timestamp with time zone not null,
    asked_at timestamp with time zone,
    answered_by uuid,
    grant_id uuid,
    constraint device_requests_pkey PRIMARY KEY (hash),
    constraint device_requests_client CHECK ((length(client_id) <= 2000)),
    constraint device_requests_hash CHECK ((length(hash) = 32)),
    constraint device_requests_name CHECK ((length(name) <= 100))
);
alter table crm.device_requests enable row level security;
CREATE INDEX device_requests_by_expiry ON crm.device_requests USING btree (expires_at);
CREATE UNIQUE INDEX device_requests_by_user_code ON crm.device_requests USING btree (user_code);

create table crm.devices (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    name text not null,
    username text not null,
    secret_hash bytea not null,
    created_at timestamp with time zone not null default now(),
    last_used_at timestamp with time zone,
    last_agent text,
    seen bigint not null default 0,
    writes text[] not null default '{}'::text[],
    removals integer not null default 0,
    removals_since timestamp with time zone,
    held_back_at timestamp with time zone,
    link_hash bytea,
    link_until timestamp with time zone,
    link_sealed bytea,
    constraint devices_pkey PRIMARY KEY (user_id, id),
    constraint devices_link UNIQUE (link_hash),
    constraint devices_secret UNIQUE (secret_hash),
    constraint devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint devices_agent_size CHECK ((length(last_agent) <= 200)),
    constraint devices_name_size CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    constraint devices_username_size CHECK (((length(username) >= 1) AND (length(username) <= 320))),
    constraint devices_writes_size CHECK ((cardinality(writes) <= 300))
);
alter table crm.devices enable row level security;
create policy own_devices on crm.devices for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update (seen, writes, removals, removals_since, held_back_at) on crm.devices to crm_app;

create table crm.digests (
    user_id uuid not null,
    weekly boolean not null,
    hour smallint not null,
    weekday smallint not null,
    zone text not null,
    next_at timestamp with time zone not null,
    told_from timestamp with time zone,
    told_at timestamp with time zone,
    constraint digests_pkey PRIMARY KEY (user_id),
    constraint digests_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint digests_hour CHECK (((hour >= 0) AND (hour <= 23))),
    constraint digests_weekday CHECK (((weekday >= 1) AND (weekday <= 7)))
);
alter table crm.digests enable row level security;
CREATE INDEX digests_by_time ON crm.digests USING btree (next_at);
create policy own_digests on crm.digests for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.digests to crm_app;

create table crm.distinct_contacts (
    user_id uuid not null,
    contact_no integer not null,
    other_no integer not null,
    constraint distinct_contacts_pkey PRIMARY KEY (user_id, contact_no, other_no),
    constraint distinct_contacts_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint distinct_contacts_order CHECK ((contact_no < other_no))
);
alter table crm.distinct_contacts enable row level security;
CREATE INDEX distinct_contacts_of_other ON crm.distinct_contacts USING btree (user_id, other_no);
create policy own_distinct_contacts on crm.distinct_contacts for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.distinct_contacts REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.distinct_contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.distinct_contacts REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
grant delete, insert, select, update on crm.distinct_contacts to crm_app;

create table crm.drafts (
    user_id uuid not null,
    handle text not null,
    kind text not null,
    request jsonb not null,
    expires_at timestamp with time zone not null,
    outcome jsonb,
    constraint drafts_pkey PRIMARY KEY (user_id, handle),
    constraint drafts_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint drafts_handle CHECK (((length(handle) >= 8) AND (length(handle) <= 40))),
    constraint drafts_kind CHECK ((kind = ANY (ARRAY['introduction'::text, 'merge'::text, 'forget'::text]))),
    constraint drafts_request CHECK ((pg_column_size(request) <= 20000))
);
alter table crm.drafts enable row level security;
CREATE INDEX drafts_by_expiry ON crm.drafts USING btree (expires_at);
create policy own on crm.drafts for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.drafts to crm_app;

create table crm.due (
    user_id uuid not null,
    contact_no integer not null,
    every_days integer not null,
    circle_id uuid,
    from_s integer not null,
    next_s bigint not null,
    snoozed_until timestamp with time zone,
    constraint due_pkey PRIMARY KEY (user_id, contact_no),
    constraint due_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.due enable row level security;
CREATE INDEX due_by_time ON crm.due USING btree (user_id, next_s, contact_no);
create policy own_due on crm.due for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.due to crm_app;

create table crm.duplicate_keys (
    user_id uuid not null,
    contact_no integer not null,
    keys bigint[] not null,
    constraint duplicate_keys_pkey PRIMARY KEY (user_id, contact_no),
    constraint duplicate_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.duplicate_keys enable row level security;
CREATE INDEX duplicate_keys_held ON crm.duplicate_keys USING gin (keys) WITH (fastupdate=off);
create policy own_duplicate_keys on crm.duplicate_keys for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.duplicate_keys to crm_app;

create table crm.duplicate_scans (
    user_id uuid not null,
    at timestamp with time zone not null,
    contacts integer not null,
    words jsonb not null default '{}'::jsonb,
    constraint duplicate_scans_pkey PRIMARY KEY (user_id),
    constraint duplicate_scans_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.duplicate_scans enable row level security;
create policy own_duplicate_scans on crm.duplicate_scans for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.duplicate_scans to crm_app;

create table crm.duplicates (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    contact_no integer not null,
    other_no integer not null,
    points smallint not null,
    band text not null,
    reasons jsonb not null,
    constraint duplicates_pkey PRIMARY KEY (user_id, contact_no, other_no),
    constraint duplicates_id UNIQUE (user_id, id),
    constraint duplicates_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint duplicates_band CHECK ((band = ANY (ARRAY['sure'::text, 'likely'::text]))),
    constraint duplicates_order CHECK ((contact_no < other_no))
);
alter table crm.duplicates enable row level security;
CREATE INDEX duplicates_by_points ON crm.duplicates USING btree (user_id, points DESC, id DESC);
CREATE INDEX duplicates_of_other ON crm.duplicates USING btree (user_id, other_no);
create policy own_duplicates on crm.duplicates for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.duplicates to crm_app;

create table crm.email_tokens (
    token_hash bytea not null,
    user_id uuid not null,
    email_id uuid not null,
    created_at timestamp with time zone not null,
    constraint email_tokens_pkey PRIMARY KEY (token_hash),
    constraint email_tokens_email_id_fkey FOREIGN KEY (email_id) REFERENCES crm.emails(id) ON DELETE CASCADE,
    constraint email_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint email_tokens_hash CHECK ((octet_length(token_hash) = 32))
);
alter table crm.email_tokens enable row level security;
CREATE INDEX email_tokens_by_email ON crm.email_tokens USING btree (email_id);
CREATE INDEX email_tokens_by_user ON crm.email_tokens USING btree (user_id);
create policy own_email_tokens on crm.email_tokens for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant insert on crm.email_tokens to crm_app;

create table crm.emails (
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    kind text not null,
    subject_id uuid not null,
    "position" smallint,
    recipients text[] not null,
    status text not null default 'queued'::text,
    delivered_to text[] not null default '{}'::text[],
    attempts smallint not null default 0,
    lease_until timestamp with time zone,
    last_error text,
    created_at timestamp with time zone not null,
    ended_at timestamp with time zone,
    constraint emails_pkey PRIMARY KEY (id),
    constraint emails_once UNIQUE NULLS NOT DISTINCT (subject_id, kind, "position"),
    constraint emails_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint emails_ended CHECK (((status = ANY (ARRAY['sent'::text, 'bounced'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
    constraint emails_kind_shape CHECK ((kind ~ '^[a-z]+\.[a-z_]+$'::text)),
    constraint emails_lease CHECK (((status = 'sending'::text) = (lease_until IS NOT NULL))),
    constraint emails_recipients CHECK (((cardinality(recipients) >= 1) AND (cardinality(recipients) <= 2))),
    constraint emails_status CHECK ((status = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'bounced'::text, 'cancelled'::text])))
);
alter table crm.emails enable row level security;
CREATE INDEX emails_by_user ON crm.emails USING btree (user_id, created_at);
CREATE INDEX emails_ended ON crm.emails USING btree (ended_at) WHERE (ended_at IS NOT NULL);
create policy own_emails on crm.emails for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant insert, select, update (status, delivered_to, attempts, lease_until, last_error, ended_at) on crm.emails to crm_app;

create table crm.enrichments (
    user_id uuid not null,
    contact_id uuid not null,
    event_id uuid not null,
    priority smallint not null,
    requested_at timestamp with time zone not null default clock_timestamp(),
    fresh_after timestamp with time zone,
    email_hash bytea,
    token uuid,
    leased_until timestamp with time zone,
    postponed smallint not null default 0,
    outcome text,
    finished_at timestamp with time zone,
    buried boolean not null default false,
    awaits_credits boolean not null default false,
    constraint enrichments_pkey PRIMARY KEY (user_id, contact_id),
    constraint enrichments_user_id_contact_id_fkey FOREIGN KEY (user_id, contact_id) REFERENCES crm.contacts(user_id, id) ON DELETE CASCADE,
    constraint enrichments_credits CHECK ((awaits_credits = (NOT (outcome IS DISTINCT FROM 'no_credits'::text)))),
    constraint enrichments_finished CHECK (((outcome IS NULL) = (finished_at IS NULL))),
    constraint enrichments_outcome CHECK ((outcome = ANY (ARRAY['done'::text, 'partial'::text, 'not_found'::text, 'failed'::text, 'no_credits'::text])))
) with (fillfactor=80);
alter table crm.enrichments enable row level security;
CREATE INDEX enrichments_email ON crm.enrichments USING btree (email_hash) WHERE (email_hash IS NOT NULL);
CREATE INDEX enrichments_event ON crm.enrichments USING btree (event_id);
CREATE INDEX enrichments_no_credits ON crm.enrichments USING btree (user_id, requested_at) WHERE awaits_credits;
create policy own_enrichments on crm.enrichments for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.enrichments to crm_app;

create table crm.evidence (
    user_id uuid not null,
    earlier bigint not null,
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
    a integer not null,
    b integer not null,
    source_no smallint not null,
    constraint evidence_pkey PRIMARY KEY (user_id, a, b, source_no, earlier)
) partition by hash (user_id);
alter table crm.evidence enable row level security;
create table crm.evidence_p00 partition of crm.evidence for values with (modulus 16, remainder 0) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p00 enable row level security;
create table crm.evidence_p01 partition of crm.evidence for values with (modulus 16, remainder 1) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p01 enable row level security;
create table crm.evidence_p02 partition of crm.evidence for values with (modulus 16, remainder 2) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p02 enable row level security;
create table crm.evidence_p03 partition of crm.evidence for values with (modulus 16, remainder 3) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p03 enable row level security;
create table crm.evidence_p04 partition of crm.evidence for values with (modulus 16, remainder 4) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p04 enable row level security;
create table crm.evidence_p05 partition of crm.evidence for values with (modulus 16, remainder 5) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p05 enable row level security;
create table crm.evidence_p06 partition of crm.evidence for values with (modulus 16, remainder 6) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p06 enable row level security;
create table crm.evidence_p07 partition of crm.evidence for values with (modulus 16, remainder 7) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p07 enable row level security;
create table crm.evidence_p08 partition of crm.evidence for values with (modulus 16, remainder 8) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p08 enable row level security;
create table crm.evidence_p09 partition of crm.evidence for values with (modulus 16, remainder 9) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p09 enable row level security;
create table crm.evidence_p10 partition of crm.evidence for values with (modulus 16, remainder 10) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p10 enable row level security;
create table crm.evidence_p11 partition of crm.evidence for values with (modulus 16, remainder 11) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p11 enable row level security;
create table crm.evidence_p12 partition of crm.evidence for values with (modulus 16, remainder 12) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p12 enable row level security;
create table crm.evidence_p13 partition of crm.evidence for values with (modulus 16, remainder 13) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p13 enable row level security;
create table crm.evidence_p14 partition of crm.evidence for values with (modulus 16, remainder 14) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p14 enable row level security;
create table crm.evidence_p15 partition of crm.evidence for values with (modulus 16, remainder 15) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05); alter table crm.evidence_p15 enable row level security;
CREATE INDEX evidence_of_b ON ONLY crm.evidence USING btree (user_id, b);
create policy own_evidence on crm.evidence for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.evidence to crm_app;

create table crm.export_parts (
    user_id uuid not null,
    job_id uuid not null,
    no integer not null,
    name text not null,
    data bytea not null,
    made_at timestamp with time zone not null default now(),
    constraint export_parts_pkey PRIMARY KEY (user_id, job_id, no),
    constraint export_parts_user_id_job_id_fkey FOREIGN KEY (user_id, job_id) REFERENCES crm.jobs(user_id, id) ON DELETE CASCADE
);
alter table crm.export_parts enable row level security;
CREATE INDEX export_parts_by_time ON crm.export_parts USING btree (made_at);
create policy own on crm.export_parts for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select on crm.export_parts to crm_app;

create table crm.field_keys (
    user_id uuid not null,
    contact_no integer not null,
    field_id uuid not null,
    key text collate "C" not null,
    constraint field_keys_pkey PRIMARY KEY (user_id, contact_no, field_id),
    constraint field_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.field_keys enable row level security;
CREATE INDEX field_keys_in_order ON crm.field_keys USING btree (user_id, field_id, key, contact_no);
create policy own_field_keys on crm.field_keys for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.field_keys to crm_app;

create table crm.fields (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    contact_no integer not null default 0,
    key text not null,
    name text not null,
    kind text not null,
    choices text[] not null default '{}'::text[],
    place integer not null default 0,
    created_at timestamp with time zone not null default now(),
    updated_at timestamp with time zone not null default now(),
    constraint fields_pkey PRIMARY KEY (user_id, id),
    constraint fields_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint fields_choices CHECK (((cardinality(choices) <= 100) AND ((kind = 'choice'::text) = (cardinality(choices) > 0)))),
    constraint fields_contact_no CHECK ((contact_no = 0)),
    constraint fields_key_size CHECK (((length(key) >= 1) AND (length(key) <= 255))),
    constraint fields_kind CHECK ((kind = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'choice'::text, 'url'::text, 'contact'::text]))),
    constraint fields_name_size CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    constraint fields_place CHECK (((place >= 0) AND (place <= 1000)))
);
alter table crm.fields enable row level security;
CREATE UNIQUE INDEX fields_key ON crm.fields USING btree (user_id, crm.fold(key));
CREATE UNIQUE INDEX fields_name ON crm.fields USING btree (user_id, crm.fold(name));
create policy own_fields on crm.fields for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.fields REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.fields REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.fields REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
CREATE TRIGGER settle_fields AFTER INSERT OR DELETE OR UPDATE ON crm.fields FOR EACH ROW EXECUTE FUNCTION crm.settle_fields();
grant delete, insert, select, update on crm.fields to crm_app;

create table crm.forgotten_addresses (
    user_id uuid not null,
    hash bigint not null,
    constraint forgotten_addresses_pkey PRIMARY KEY (user_id, hash),
    constraint forgotten_addresses_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.forgotten_addresses enable row level security;
create policy own_forgotten_addresses on crm.forgotten_addresses for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.forgotten_addresses to crm_app;

create table crm.forgotten_contacts (
    user_id uuid not null,
    key bytea not null,
    forgotten_at timestamp with time zone not null default now(),
    constraint forgotten_contacts_pkey PRIMARY KEY (user_id, key),
    constraint forgotten_contacts_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint forgotten_contacts_key CHECK ((octet_length(key) = 32))
);
alter table crm.forgotten_contacts enable row level security;
create policy own_forgotten_contacts on crm.forgotten_contacts for select
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.forgotten_contacts to crm_app;

create table crm.function_files (
    name text not null,
    checksum text not null,
    applied_at timestamp with time zone not null default now(),
    constraint function_files_pkey PRIMARY KEY (name)
);

create table crm.grant_tokens (
    user_id uuid not null,
    hash bytea not null,
    grant_id uuid not null,
    kind text not null,
    created_at timestamp with time zone not null default now(),
    expires_at timestamp with time zone not null,
    used_at timestamp with time zone,
    details jsonb not null default '{}'::jsonb,
    constraint grant_tokens_pkey PRIMARY KEY (user_id, hash),
    constraint grant_tokens_user_id_grant_id_fkey FOREIGN KEY (user_id, grant_id) REFERENCES crm.access_grants(user_id, id) ON DELETE CASCADE,
    constraint grant_tokens_details CHECK ((pg_column_size(details) <= 4000)),
    constraint grant_tokens_hash CHECK ((length(hash) = 32)),
    constraint grant_tokens_kind CHECK ((kind = ANY (ARRAY['code'::text, 'access'::text, 'refresh'::text])))
);
alter table crm.grant_tokens enable row level security;
CREATE INDEX grant_tokens_by_expiry ON crm.grant_tokens USING btree (expires_at);
CREATE UNIQUE INDEX grant_tokens_by_hash ON crm.grant_tokens USING btree (hash);
CREATE INDEX grant_tokens_of_grant ON crm.grant_tokens USING btree (user_id, grant_id);
create policy own on crm.grant_tokens for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant insert on crm.grant_tokens to crm_app;

create table crm.hash_keys (
    name text not null,
    key bytea not null,
    constraint hash_keys_pkey PRIMARY KEY (name),
    constraint hash_keys_size CHECK ((octet_length(key) >= 32))
);
alter table crm.hash_keys enable row level security;

create table crm.hidden_contacts (
    user_id uuid not null,
    contact_no integer not null,
    hidden_at timestamp with time zone not null,
    constraint hidden_contacts_pkey PRIMARY KEY (user_id, contact_no),
    constraint hidden_contacts_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.hidden_contacts enable row level security;
create policy own_hidden_contacts on crm.hidden_contacts for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.hidden_contacts REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.hidden_contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.hidden_contacts REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
grant delete, insert, select on crm.hidden_contacts to crm_app;

create table crm.idempotency_keys (
    user_id uuid not null,
    key_hash bytea not null,
    request_hash bytea not null,
    answer bytea,
    made_at timestamp with time zone not null default now(),
    constraint idempotency_keys_pkey PRIMARY KEY (user_id, key_hash),
    constraint idempotency_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint idempotency_keys_answer_size CHECK ((length(answer) <= 300000)),
    constraint idempotency_keys_hashes CHECK (((length(key_hash) = 32) AND (length(request_hash) = 32)))
);
alter table crm.idempotency_keys enable row level security;
CREATE INDEX idempotency_keys_by_time ON crm.idempotency_keys USING btree (made_at);
create policy own on crm.idempotency_keys for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.idempotency_keys to crm_app;

create table crm.import_errors (
    user_id uuid not null,
    import_id uuid not null,
    no bigint not null generated always as identity,
    line integer not null,
    is_refused boolean not null,
    field text,
    message text not null,
    value text,
    cells jsonb,
    is_notice boolean not null default false,
    constraint import_errors_pkey PRIMARY KEY (user_id, import_id, no),
    constraint import_errors_user_id_import_id_fkey FOREIGN KEY (user_id, import_id) REFERENCES crm.jobs(user_id, id) ON DELETE CASCADE
);
alter table crm.import_errors enable row level security;
create policy own on crm.import_errors for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.import_errors to crm_app;

create table crm.import_rows (
    user_id uuid not null,
    import_id uuid not null,
    place integer not null,
    row_no integer not null,
    line integer not null,
    keys bigint[] not null,
    name_key bigint,
    is_keyed boolean not null,
    is_linked boolean not null default false,
    data text not null,
    cells jsonb,
    is_tried boolean not null default true,
    constraint import_rows_pkey PRIMARY KEY (user_id, import_id, place, row_no),
    constraint import_rows_user_id_import_id_fkey FOREIGN KEY (user_id, import_id) REFERENCES crm.jobs(user_id, id) ON DELETE CASCADE
) with (autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05);
alter table crm.import_rows enable row level security;
create policy own on crm.import_rows for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.import_rows to crm_app;

create table crm.imported_rows (
    user_id uuid not null,
    hash bigint not null,
    contact_no integer not null,
    constraint imported_rows_pkey PRIMARY KEY (user_id, hash),
    constraint imported_rows_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.imported_rows enable row level security;
CREATE INDEX imported_rows_of_contact ON crm.imported_rows USING btree (user_id, contact_no);
create policy own_imported_rows on crm.imported_rows for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.imported_rows to crm_app;

create table crm.interaction_changes (
    user_id uuid not null,
    no bigint not null generated always as identity,
    operation_id uuid not null,
    removed boolean not null,
    contact_nos integer[] not null,
    ats timestamp with time zone[] not null,
    kinds text[] not null,
    directions text[] not null,
    constraint interaction_changes_pkey PRIMARY KEY (user_id, no)
);
alter table crm.interaction_changes enable row level security;
CREATE INDEX interaction_changes_of_operation ON crm.interaction_changes USING btree (user_id, operation_id);
create policy own_interaction_changes on crm.interaction_changes for select
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.interaction_changes to crm_app;

create table crm.interaction_details (
    user_id uuid not null,
    contact_no integer not null,
    at timestamp with time zone not null,
    kind text not null,
    direction text not null,
    id uuid not null,
    source text,
    note text,
    constraint interaction_details_pkey PRIMARY KEY (user_id, contact_no, at, kind, direction),
    constraint interaction_details_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint interaction_details_note_size CHECK (((length(note) >= 1) AND (length(note) <= 10000))),
    constraint interaction_details_source_known CHECK ((source = ANY (ARRAY['hand'::text, 'program'::text])))
);
alter table crm.interaction_details enable row level security;
create policy own_interaction_details on crm.interaction_details for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.interaction_details REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.interaction_details REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.interaction_details REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
grant delete, insert, select, update on crm.interaction_details to crm_app;

create table crm.interactions (
    user_id uuid not null,
    contact_no integer not null,
    at timestamp with time zone not null,
    kind text not null,
    direction text not null,
    constraint interactions_pkey PRIMARY KEY (user_id, contact_no, at, kind, direction),
    constraint interactions_at_check CHECK ((at >= '2000-01-01 00:00:00+00'::timestamp with time zone)),
    constraint interactions_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text, 'both'::text]))),
    constraint interactions_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'message'::text, 'call'::text, 'meeting'::text])))
) partition by hash (user_id);
alter table crm.interactions enable row level security;
create table crm.interactions_p00 partition of crm.interactions for values with (modulus 16, remainder 0); alter table crm.interactions_p00 enable row level security;
create table crm.interactions_p01 partition of crm.interactions for values with (modulus 16, remainder 1); alter table crm.interactions_p01 enable row level security;
create table crm.interactions_p02 partition of crm.interactions for values with (modulus 16, remainder 2); alter table crm.interactions_p02 enable row level security;
create table crm.interactions_p03 partition of crm.interactions for values with (modulus 16, remainder 3); alter table crm.interactions_p03 enable row level security;
create table crm.interactions_p04 partition of crm.interactions for values with (modulus 16, remainder 4); alter table crm.interactions_p04 enable row level security;
create table crm.interactions_p05 partition of crm.interactions for values with (modulus 16, remainder 5); alter table crm.interactions_p05 enable row level security;
create table crm.interactions_p06 partition of crm.interactions for values with (modulus 16, remainder 6); alter table crm.interactions_p06 enable row level security;
create table crm.interactions_p07 partition of crm.interactions for values with (modulus 16, remainder 7); alter table crm.interactions_p07 enable row level security;
create table crm.interactions_p08 partition of crm.interactions for values with (modulus 16, remainder 8); alter table crm.interactions_p08 enable row level security;
create table crm.interactions_p09 partition of crm.interactions for values with (modulus 16, remainder 9); alter table crm.interactions_p09 enable row level security;
create table crm.interactions_p10 partition of crm.interactions for values with (modulus 16, remainder 10); alter table crm.interactions_p10 enable row level security;
create table crm.interactions_p11 partition of crm.interactions for values with (modulus 16, remainder 11); alter table crm.interactions_p11 enable row level security;
create table crm.interactions_p12 partition of crm.interactions for values with (modulus 16, remainder 12); alter table crm.interactions_p12 enable row level security;
create table crm.interactions_p13 partition of crm.interactions for values with (modulus 16, remainder 13); alter table crm.interactions_p13 enable row level security;
create table crm.interactions_p14 partition of crm.interactions for values with (modulus 16, remainder 14); alter table crm.interactions_p14 enable row level security;
create table crm.interactions_p15 partition of crm.interactions for values with (modulus 16, remainder 15); alter table crm.interactions_p15 enable row level security;
create policy own_interactions on crm.interactions for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER drop_interaction_details AFTER DELETE ON crm.interactions REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.drop_interaction_details();
CREATE TRIGGER journal_created AFTER INSERT ON crm.interactions REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_interactions();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.interactions REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_interactions();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.interactions REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_interactions();
CREATE TRIGGER note_interactions AFTER INSERT ON crm.interactions REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.note_interactions();
CREATE TRIGGER renew_changed_last_contacts AFTER UPDATE ON crm.interactions REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.renew_last_contacts();
CREATE TRIGGER renew_last_contacts AFTER DELETE ON crm.interactions REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.renew_last_contacts();
grant delete, insert, select on crm.interactions to crm_app;

create table crm.introduction_steps (
    introduction_id uuid not null,
    "position" smallint not null,
    user_id uuid not null,
    role text not null,
    contact_id uuid not null,
    name text not null,
    company text,
    title text,
    email text,
    address_hash bytea,
    asked_at timestamp with time zone,
    expires_at timestamp with time zone,
    reminded_at timestamp with time zone,
    decision text,
    note text not null default ''::text,
    decided_at timestamp with time zone,
    further_hashes bytea[] not null default '{}'::bytea[],
    strength real,
    readiness text,
    constraint introduction_steps_pkey PRIMARY KEY (introduction_id, "position"),
    constraint introduction_steps_introduction_id_fkey FOREIGN KEY (introduction_id) REFERENCES crm.introductions(id) ON DELETE CASCADE,
    constraint introduction_steps_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint introduction_steps_asked CHECK ((((asked_at IS NULL) = (expires_at IS NULL)) AND ((asked_at IS NOT NULL) OR (decision IS NULL)))),
    constraint introduction_steps_decided CHECK (((decision IS NULL) = (decided_at IS NULL))),
    constraint introduction_steps_decision CHECK ((decision = ANY (ARRAY['accept'::text, 'decline'::text, 'not_now'::text, 'never'::text, 'withdrawn'::text, 'expired'::text, 'undeliverable'::text]))),
    constraint introduction_steps_note_size CHECK ((length(note) <= 1000)),
    constraint introduction_steps_position CHECK ((("position" >= 1) AND ("position" <= 6))),
    constraint introduction_steps_role CHECK ((role = ANY (ARRAY['connector'::text, 'target'::text]))),
    constraint introduction_steps_strength CHECK (((strength > (0)::double precision) AND (strength <= (1)::double precision)))
);
alter table crm.introduction_steps enable row level security;
CREATE INDEX introduction_steps_by_further_mailbox ON crm.introduction_steps USING gin (further_hashes) WHERE (asked_at IS NOT NULL);
CREATE INDEX introduction_steps_by_mailbox ON crm.introduction_steps USING btree (address_hash, asked_at) WHERE (asked_at IS NOT NULL);
CREATE INDEX introduction_steps_by_user ON crm.introduction_steps USING btree (user_id);
CREATE INDEX introduction_steps_open ON crm.introduction_steps USING btree (expires_at) WHERE ((asked_at IS NOT NULL) AND (decision IS NULL));
create policy own_introduction_steps on crm.introduction_steps for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER hash_step_address BEFORE INSERT OR UPDATE OF email ON crm.introduction_steps FOR EACH ROW EXECUTE FUNCTION crm.hash_step_address();
grant insert, select, update on crm.introduction_steps to crm_app;

create table crm.introductions (
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    target_id uuid not null,
    status text not null default 'requested'::text,
    turn smallint not null default 1,
    message text not null,
    purpose text not null default ''::text,
    reason text,
    strength real,
    passed_over jsonb not null default '[]'::jsonb,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    constraint introductions_pkey PRIMARY KEY (id),
    constraint introductions_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint introductions_message_size CHECK (((length(message) >= 1) AND (length(message) <= 2000))),
    constraint introductions_passed_over CHECK ((jsonb_typeof(passed_over) = 'array'::text)),
    constraint introductions_purpose_size CHECK ((length(purpose) <= 200)),
    constraint introductions_reason CHECK ((reason = 'undeliverable'::text)),
    constraint introductions_status CHECK ((status = ANY (ARRAY['requested'::text, 'connector_accepted'::text, 'introduced'::text, 'completed'::text, 'declined'::text, 'not_now'::text, 'withdrawn'::text, 'expired'::text])))
);
alter table crm.introductions enable row level security;
CREATE INDEX introductions_by_user ON crm.introductions USING btree (user_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX introductions_open ON crm.introductions USING btree (user_id, target_id) WHERE (status = ANY (ARRAY['requested'::text, 'connector_accepted'::text]));
create policy own_introductions on crm.introductions for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER check_introduction_step BEFORE UPDATE OF status ON crm.introductions FOR EACH ROW EXECUTE FUNCTION crm.check_introduction_step();
CREATE TRIGGER note_introduction_change AFTER UPDATE OF status ON crm.introductions FOR EACH ROW WHEN ((old.status IS DISTINCT FROM new.status)) EXECUTE FUNCTION crm.note_introduction_event();
CREATE TRIGGER note_introduction_event AFTER INSERT ON crm.introductions FOR EACH ROW EXECUTE FUNCTION crm.note_introduction_event();
CREATE TRIGGER note_own_activity AFTER INSERT ON crm.introductions FOR EACH STATEMENT EXECUTE FUNCTION crm.note_own_activity();
grant insert, select, update on crm.introductions to crm_app;

create view crm.introductions_json with (security_invoker=true) as
SELECT i.user_id,
    i.id,
    i.status,
    i.created_at,
    (json_build_object('id', i.id, 'role', 'requester', 'status', i.status, 'reason', i.reason, 'target', p.target, 'connector', (p.people -> 0), 'path', (jsonb_build_array(me.self) || p.people), 'message', i.message, 'purpose', NULLIF(i.purpose, ''::text), 'hops', jsonb_array_length(p.people), 'strength', i.strength, 'steps', p.steps, 'history', h.history, 'waiting_for', w.name, 'expires_at', w.expires_at, 'passed_over', i.passed_over, 'created_at', i.created_at, 'updated_at', i.updated_at))::text AS document
   FROM ((((crm.introductions i
     CROSS JOIN LATERAL ( SELECT jsonb_agg(jsonb_build_object('id', s.contact_id, 'name', s.name, 'company', s.company, 'title', s.title) ORDER BY s."position") AS people,
            (array_agg(json_build_object('id', s.contact_id, 'name', s.name, 'company', s.company, 'title', s.title) ORDER BY s."position" DESC))[1] AS target,
            json_agg(json_build_object('position', s."position", 'role', s.role, 'contact_id', s.contact_id, 'name', s.name, 'state', COALESCE(
                CASE s.decision
                    WHEN 'accept'::text THEN 'accepted'::text
                    WHEN 'decline'::text THEN 'declined'::text
                    WHEN 'never'::text THEN 'declined'::text
                    ELSE s.decision
                END,
                CASE
                    WHEN (s.asked_at IS NULL) THEN 'waiting'::text
                    ELSE 'asked'::text
                END), 'asked_at', s.asked_at, 'reminded_at', s.reminded_at, 'decided_at', s.decided_at, 'note',
                CASE
                    WHEN ((s.role = 'connector'::text) OR (s.decision = 'accept'::text)) THEN s.note
                    ELSE ''::text
                END) ORDER BY s."position") AS steps
           FROM crm.introduction_steps s
          WHERE ((s.user_id = i.user_id) AND (s.introduction_id = i.id))) p)
     LEFT JOIN crm.introduction_steps w ON (((w.user_id = i.user_id) AND (w.introduction_id = i.id) AND (w."position" = i.turn) AND (i.status = ANY (ARRAY['requested'::text, 'connector_accepted'::text])))))
     LEFT JOIN LATERAL ( SELECT jsonb_build_object('id', c.id, 'name', c.name, 'company', c.company, 'title', c.title) AS self
           FROM crm.contacts c
          WHERE ((c.user_id = i.user_id) AND c.is_self)) me ON (true))
     CROSS JOIN LATERAL ( SELECT json_agg(json_build_object('status', e.status, 'at', e.at, 'name', e.name, 'note', e.note) ORDER BY e.at, e.no) AS history
           FROM ( SELECT 0 AS no,
                    'requested'::text AS status,
                    i.created_at AS at,
                    NULL::text AS name,
                    NULL::text AS note
                UNION ALL
                 SELECT s."position",
                        CASE s.role
                            WHEN 'connector'::text THEN 'connector_accepted'::text
                            ELSE 'introduced'::text
                        END AS "case",
                    s.decided_at,
                    s.name,
                    NULLIF(s.note, ''::text) AS "nullif"
                   FROM crm.introduction_steps s
                  WHERE ((s.user_id = i.user_id) AND (s.introduction_id = i.id) AND (s.decision = 'accept'::text))
                UNION ALL
                 SELECT 9,
                    i.status,
                    i.updated_at,
                    NULL::text,
                    NULLIF(l.note, ''::text) AS "nullif"
                   FROM (( VALUES (1)) one
                     LEFT JOIN crm.introduction_steps l ON (((l.user_id = i.user_id) AND (l.introduction_id = i.id) AND (l."position" = i.turn) AND (l.role = 'connector'::text))))
                  WHERE (i.status <> ALL (ARRAY['requested'::text, 'connector_accepted'::text, 'introduced'::text]))) e) h);
grant select on crm.introductions_json to crm_app;

create table crm.invitations (
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    channel text not null,
    code text not null,
    email text,
    address_hash bytea,
    message text not null default ''::text,
    sent_at timestamp with time zone not null,
    opened_at timestamp with time zone,
    opens integer not null default 0,
    constraint invitations_pkey PRIMARY KEY (id),
    constraint invitations_code UNIQUE (code),
    constraint invitations_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint invitations_addressed CHECK ((((channel = 'email'::text) = (email IS NOT NULL)) AND ((channel = 'email'::text) = (address_hash IS NOT NULL)))),
    constraint invitations_channel CHECK ((channel = ANY (ARRAY['email'::text, 'link'::text, 'introduction'::text]))),
    constraint invitations_code_shape CHECK ((code ~ '^[a-z2-7]{16}$'::text)),
    constraint invitations_message_size CHECK ((length(message) <= 2000))
);
alter table crm.invitations enable row level security;
CREATE INDEX invitations_by_time ON crm.invitations USING btree (sent_at);
CREATE INDEX invitations_by_user ON crm.invitations USING btree (user_id, sent_at DESC, id DESC);
CREATE UNIQUE INDEX invitations_links ON crm.invitations USING btree (user_id, channel) WHERE (channel <> 'email'::text);
CREATE UNIQUE INDEX invitations_mailbox ON crm.invitations USING btree (user_id, address_hash) WHERE (channel = 'email'::text);
create policy own_invitations on crm.invitations for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER hash_invitation_address BEFORE INSERT OR UPDATE OF email ON crm.invitations FOR EACH ROW EXECUTE FUNCTION crm.hash_invitation_address();
grant insert, select on crm.invitations to crm_app;

create table crm.job_contacts (
    user_id uuid not null,
    job_id uuid not null,
    part integer not null,
    ids uuid[] not null,
    constraint job_contacts_pkey PRIMARY KEY (user_id, job_id, part),
    constraint job_contacts_user_id_job_id_fkey FOREIGN KEY (user_id, job_id) REFERENCES crm.jobs(user_id, id) ON DELETE CASCADE
);
alter table crm.job_contacts enable row level security;
create policy own on crm.job_contacts for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.job_contacts to crm_app;

create table crm.jobs (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    kind text not null,
    status text not null default 'waiting'::text,
    phase text not null default ''::text,
    done bigint not null default 0,
    total bigint,
    request jsonb not null default '{}'::jsonb,
    state jsonb not null default '{}'::jsonb,
    result jsonb,
    problem jsonb,
    lease uuid,
    leased_until timestamp with time zone,
    attempts smallint not null default 0,
    expires_at timestamp with time zone,
    created_at timestamp with time zone not null default now(),
    updated_at timestamp with time zone not null default now(),
    ended_at timestamp with time zone,
    actor text not null default 'user'::text,
    constraint jobs_pkey PRIMARY KEY (user_id, id),
    constraint jobs_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint jobs_actor CHECK (((length(actor) >= 1) AND (length(actor) <= 200))),
    constraint jobs_ended CHECK (((status = ANY (ARRAY['done'::text, 'failed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
    constraint jobs_kind_shape CHECK ((kind ~ '^[a-z_]{1,40}$'::text)),
    constraint jobs_problem CHECK (((status <> 'failed'::text) OR (problem IS NOT NULL))),
    constraint jobs_progress CHECK (((done >= 0) AND (total >= 0))),
    constraint jobs_status CHECK ((status = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
alter table crm.jobs enable row level security;
CREATE INDEX jobs_by_time ON crm.jobs USING btree (user_id, kind, created_at DESC, id);
CREATE INDEX jobs_open ON crm.jobs USING btree (updated_at) WHERE (ended_at IS NULL);
create policy own on crm.jobs for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER note_job_event AFTER UPDATE OF status ON crm.jobs FOR EACH ROW WHEN (((old.ended_at IS NULL) AND (new.ended_at IS NOT NULL))) EXECUTE FUNCTION crm.note_job_event();
grant delete, insert, select, update on crm.jobs to crm_app;

create table crm.joins (
    id uuid not null default gen_random_uuid(),
    user_id uuid,
    address_hash bytea not null,
    inviter_id uuid,
    invitation_id uuid,
    channel text not null,
    invited_at timestamp with time zone not null,
    accepted_at timestamp with time zone not null,
    activated_at timestamp with time zone,
    rewarded_at timestamp with time zone,
    inviter_rewarded boolean not null default false,
    constraint joins_pkey PRIMARY KEY (id),
    constraint joins_mailbox UNIQUE (address_hash),
    constraint joins_person UNIQUE (user_id),
    constraint joins_invitation_id_fkey FOREIGN KEY (invitation_id) REFERENCES crm.invitations(id) ON DELETE SET NULL,
    constraint joins_inviter_id_fkey FOREIGN KEY (inviter_id) REFERENCES crm.users(id) ON DELETE SET NULL,
    constraint joins_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE SET NULL,
    constraint joins_channel CHECK ((channel = ANY (ARRAY['email'::text, 'link'::text, 'introduction'::text])))
);
alter table crm.joins enable row level security;
CREATE INDEX joins_by_activation ON crm.joins USING btree (activated_at) WHERE (activated_at IS NOT NULL);
CREATE UNIQUE INDEX joins_by_email ON crm.joins USING btree (invitation_id) WHERE (channel = 'email'::text);
CREATE INDEX joins_by_inviter ON crm.joins USING btree (inviter_id, accepted_at);
CREATE INDEX joins_waiting ON crm.joins USING btree (accepted_at) WHERE (activated_at IS NULL);
create policy own_joins on crm.joins for select
    using ((inviter_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.joins to crm_app;

create table crm.known_mailboxes (
    address_hash bytea not null,
    never_at timestamp with time zone,
    bounced_at timestamp with time zone,
    complained_at timestamp with time zone,
    withheld_at timestamp with time zone,
    unenriched_at timestamp with time zone,
    constraint known_mailboxes_pkey PRIMARY KEY (address_hash)
);
alter table crm.known_mailboxes enable row level security;

create table crm.last_contacts (
    user_id uuid not null,
    contact_no integer not null,
    last_s integer not null,
    constraint last_contacts_pkey PRIMARY KEY (user_id, contact_no)
) partition by hash (user_id);
alter table crm.last_contacts enable row level security;
create table crm.last_contacts_p00 partition of crm.last_contacts for values with (modulus 16, remainder 0); alter table crm.last_contacts_p00 enable row level security;
create table crm.last_contacts_p01 partition of crm.last_contacts for values with (modulus 16, remainder 1); alter table crm.last_contacts_p01 enable row level security;
create table crm.last_contacts_p02 partition of crm.last_contacts for values with (modulus 16, remainder 2); alter table crm.last_contacts_p02 enable row level security;
create table crm.last_contacts_p03 partition of crm.last_contacts for values with (modulus 16, remainder 3); alter table crm.last_contacts_p03 enable row level security;
create table crm.last_contacts_p04 partition of crm.last_contacts for values with (modulus 16, remainder 4); alter table crm.last_contacts_p04 enable row level security;
create table crm.last_contacts_p05 partition of crm.last_contacts for values with (modulus 16, remainder 5); alter table crm.last_contacts_p05 enable row level security;
create table crm.last_contacts_p06 partition of crm.last_contacts for values with (modulus 16, remainder 6); alter table crm.last_contacts_p06 enable row level security;
create table crm.last_contacts_p07 partition of crm.last_contacts for values with (modulus 16, remainder 7); alter table crm.last_contacts_p07 enable row level security;
create table crm.last_contacts_p08 partition of crm.last_contacts for values with (modulus 16, remainder 8); alter table crm.last_contacts_p08 enable row level security;
create table crm.last_contacts_p09 partition of crm.last_contacts for values with (modulus 16, remainder 9); alter table crm.last_contacts_p09 enable row level security;
create table crm.last_contacts_p10 partition of crm.last_contacts for values with (modulus 16, remainder 10); alter table crm.last_contacts_p10 enable row level security;
create table crm.last_contacts_p11 partition of crm.last_contacts for values with (modulus 16, remainder 11); alter table crm.last_contacts_p11 enable row level security;
create table crm.last_contacts_p12 partition of crm.last_contacts for values with (modulus 16, remainder 12); alter table crm.last_contacts_p12 enable row level security;
create table crm.last_contacts_p13 partition of crm.last_contacts for values with (modulus 16, remainder 13); alter table crm.last_contacts_p13 enable row level security;
create table crm.last_contacts_p14 partition of crm.last_contacts for values with (modulus 16, remainder 14); alter table crm.last_contacts_p14 enable row level security;
create table crm.last_contacts_p15 partition of crm.last_contacts for values with (modulus 16, remainder 15); alter table crm.last_contacts_p15 enable row level security;
CREATE INDEX last_contacts_by_time ON ONLY crm.last_contacts USING btree (user_id, last_s, contact_no);
create policy own_last_contacts on crm.last_contacts for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER settle_due_changed AFTER UPDATE ON crm.last_contacts REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.settle_due_of_made();
CREATE TRIGGER settle_due_gone AFTER DELETE ON crm.last_contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.settle_due_of_gone();
CREATE TRIGGER settle_due_made AFTER INSERT ON crm.last_contacts REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.settle_due_of_made();
grant delete, insert, select, update on crm.last_contacts to crm_app;

create table crm.leaderboard (
    period text not null,
    user_id uuid not null,
    introductions integer not null default 0,
    invitations integer not null default 0,
    score integer not null generated always as ((introductions + invitations)) stored,
    shown boolean not null,
    tie uuid not null generated always as ((md5((user_id)::text))::uuid) stored,
    constraint leaderboard_pkey PRIMARY KEY (period, user_id),
    constraint leaderboard_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint leaderboard_counts CHECK (((introductions >= 0) AND (invitations >= 0) AND ((introductions + invitations) > 0)))
);
alter table crm.leaderboard enable row level security;
CREATE INDEX leaderboard_by_user ON crm.leaderboard USING btree (user_id);
CREATE INDEX leaderboard_standing ON crm.leaderboard USING btree (period, score DESC, tie DESC) INCLUDE (user_id, introductions, invitations) WHERE shown;
CREATE TRIGGER count_added AFTER INSERT ON crm.leaderboard REFERENCING NEW TABLE AS joined FOR EACH STATEMENT EXECUTE FUNCTION crm.count_added_standings();
CREATE TRIGGER count_changed AFTER UPDATE ON crm.leaderboard REFERENCING OLD TABLE AS gone NEW TABLE AS joined FOR EACH STATEMENT EXECUTE FUNCTION crm.count_changed_standings();
CREATE TRIGGER count_removed AFTER DELETE ON crm.leaderboard REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.count_removed_standings();

create table crm.leaderboard_periods (
    period text not null,
    days integer,
    since timestamp with time zone,
    constraint leaderboard_periods_pkey PRIMARY KEY (period)
);
alter table crm.leaderboard_periods enable row level security;

create table crm.leaderboard_scores (
    period text not null,
    score integer not null,
    people integer not null,
    constraint leaderboard_scores_pkey PRIMARY KEY (period, score) INCLUDE (people)
);
alter table crm.leaderboard_scores enable row level security;

create table crm.letter_allowances (
    party bytea not null,
    letters integer,
    asks integer,
    note text not null default ''::text,
    until timestamp with time zone,
    decided_at timestamp with time zone not null,
    constraint letter_allowances_pkey PRIMARY KEY (party),
    constraint letter_allowances_counts CHECK ((((letters >= 0) AND (letters <= 100000)) AND ((asks >= 0) AND (asks <= 100000)))),
    constraint letter_allowances_note_size CHECK ((length(note) <= 500)),
    constraint letter_allowances_party CHECK ((octet_length(party) = 32))
);
alter table crm.letter_allowances enable row level security;

create table crm.letter_counts (
    side text not null,
    party bytea not null,
    hour timestamp with time zone not null,
    letters integer not null,
    asks integer not null,
    constraint letter_counts_pkey PRIMARY KEY (side, party, hour),
    constraint letter_counts_counts CHECK (((letters >= asks) AND (asks >= 0))),
    constraint letter_counts_party CHECK ((octet_length(party) = 32)),
    constraint letter_counts_side CHECK ((side = ANY (ARRAY['sender'::text, 'mailbox'::text, 'pair'::text, 'domain'::text, 'installation'::text]))) NOT VALID
);
alter table crm.letter_counts enable row level security;
CREATE INDEX letter_counts_by_hour ON crm.letter_counts USING btree (hour);

create table crm.mailbox_keys (
    user_id uuid not null,
    key text collate "C" not null,
    contact_no integer not null,
    constraint mailbox_keys_pkey PRIMARY KEY (user_id, key, contact_no),
    constraint mailbox_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.mailbox_keys enable row level security;
CREATE INDEX mailbox_keys_of_contact ON crm.mailbox_keys USING btree (user_id, contact_no);
create policy own_mailbox_keys on crm.mailbox_keys for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.mailbox_keys to crm_app;

create table crm.members (
    user_id uuid not null,
    address_hash bytea,
    joined_at timestamp with time zone not null,
    activated_at timestamp with time zone,
    constraint members_pkey PRIMARY KEY (user_id),
    constraint members_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.members enable row level security;
CREATE INDEX members_by_activation ON crm.members USING btree (activated_at) WHERE (activated_at IS NOT NULL);
CREATE INDEX members_by_mailbox ON crm.members USING btree (address_hash);
CREATE INDEX members_waiting ON crm.members USING btree (joined_at) WHERE (activated_at IS NULL);

create table crm.merged_contacts (
    user_id uuid not null,
    contact_no integer not null,
    kind text not null,
    key text collate "C" not null,
    of_id uuid not null,
    facts jsonb,
    constraint merged_contacts_pkey PRIMARY KEY (user_id, kind, key, of_id),
    constraint merged_contacts_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint merged_contacts_kind CHECK ((kind = ANY (ARRAY['id'::text, 'email'::text, 'profile'::text, 'record'::text, 'name'::text, 'introduction'::text, 'step'::text])))
);
alter table crm.merged_contacts enable row level security;
CREATE INDEX merged_contacts_into ON crm.merged_contacts USING btree (user_id, contact_no);
create policy own_merged_contacts on crm.merged_contacts for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.merged_contacts REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.merged_contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.merged_contacts REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
CREATE TRIGGER lead_introductions AFTER INSERT ON crm.merged_contacts REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.lead_introductions_to_merged();
CREATE TRIGGER lead_introductions_back AFTER DELETE ON crm.merged_contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.lead_introductions_back();
grant delete, insert, select on crm.merged_contacts to crm_app;

create table crm.migrations (
    name text not null,
    checksum text not null,
    applied_at timestamp with time zone not null default now(),
    constraint migrations_pkey PRIMARY KEY (name)
);

create table crm.missed_changes (
    user_id uuid not null,
    until timestamp with time zone not null,
    constraint missed_changes_pkey PRIMARY KEY (user_id)
);
alter table crm.missed_changes enable row level security;

create table crm.note_mentions (
    user_id uuid not null,
    note_id uuid not null,
    contact_no integer not null,
    constraint note_mentions_pkey PRIMARY KEY (user_id, note_id, contact_no),
    constraint note_mentions_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.note_mentions enable row level security;
CREATE INDEX note_mentions_of_contact ON crm.note_mentions USING btree (user_id, contact_no);
create policy own_note_mentions on crm.note_mentions for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.note_mentions REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.note_mentions REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.note_mentions REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
grant delete, insert, select, update on crm.note_mentions to crm_app;

create table crm.notes (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    contact_no integer not null,
    text text not null,
    at timestamp with time zone not null default now(),
    pinned boolean not null default false,
    source text not null default 'manual'::text,
    created_at timestamp with time zone not null default now(),
    updated_at timestamp with time zone not null default now(),
    constraint notes_pkey PRIMARY KEY (user_id, id),
    constraint notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint notes_source_size CHECK (((length(source) >= 1) AND (length(source) <= 50))),
    constraint notes_text_size CHECK (((length(text) >= 1) AND (length(text) <= 100000)))
);
alter table crm.notes enable row level security;
CREATE INDEX notes_by_time ON crm.notes USING btree (user_id, at DESC, id DESC);
CREATE INDEX notes_of_contact ON crm.notes USING btree (user_id, contact_no, pinned DESC, at DESC, id DESC);
create policy own_notes on crm.notes for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.notes REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.notes REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.notes REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
grant delete, insert, select, update on crm.notes to crm_app;

create table crm.operations (
    user_id uuid not null,
    id uuid not null,
    no bigint not null generated always as identity,
    kind text not null default COALESCE(NULLIF(current_setting('app.operation_kind'::text, true), ''::text), 'direct'::text),
    actor text not null default COALESCE(NULLIF(current_setting('app.actor'::text, true), ''::text), 'system'::text),
    details jsonb not null default COALESCE((NULLIF(current_setting('app.operation_details'::text, true), ''::text))::jsonb, '{}'::jsonb),
    at timestamp with time zone not null default now(),
    contacts_created integer not null default 0,
    contacts_updated integer not null default 0,
    contacts_deleted integer not null default 0,
    contacts_merged integer not null default 0,
    ties integer not null default 0,
    interactions integer not null default 0,
    others integer not null default 0,
    undoes uuid,
    undone_by uuid,
    constraint operations_pkey PRIMARY KEY (user_id, id),
    constraint operations_no UNIQUE (user_id, no),
    constraint operations_actor CHECK (((length(actor) >= 1) AND (length(actor) <= 200))),
    constraint operations_details CHECK (((jsonb_typeof(details) = 'object'::text) AND (pg_column_size(details) <= 200000))),
    constraint operations_kind CHECK (((length(kind) >= 1) AND (length(kind) <= 100)))
) partition by hash (user_id);
alter table crm.operations enable row level security;
create table crm.operations_p00 partition of crm.operations for values with (modulus 16, remainder 0); alter table crm.operations_p00 enable row level security;
create table crm.operations_p01 partition of crm.operations for values with (modulus 16, remainder 1); alter table crm.operations_p01 enable row level security;
create table crm.operations_p02 partition of crm.operations for values with (modulus 16, remainder 2); alter table crm.operations_p02 enable row level security;
create table crm.operations_p03 partition of crm.operations for values with (modulus 16, remainder 3); alter table crm.operations_p03 enable row level security;
create table crm.operations_p04 partition of crm.operations for values with (modulus 16, remainder 4); alter table crm.operations_p04 enable row level security;
create table crm.operations_p05 partition of crm.operations for values with (modulus 16, remainder 5); alter table crm.operations_p05 enable row level security;
create table crm.operations_p06 partition of crm.operations for values with (modulus 16, remainder 6); alter table crm.operations_p06 enable row level security;
create table crm.operations_p07 partition of crm.operations for values with (modulus 16, remainder 7); alter table crm.operations_p07 enable row level security;
create table crm.operations_p08 partition of crm.operations for values with (modulus 16, remainder 8); alter table crm.operations_p08 enable row level security;
create table crm.operations_p09 partition of crm.operations for values with (modulus 16, remainder 9); alter table crm.operations_p09 enable row level security;
create table crm.operations_p10 partition of crm.operations for values with (modulus 16, remainder 10); alter table crm.operations_p10 enable row level security;
create table crm.operations_p11 partition of crm.operations for values with (modulus 16, remainder 11); alter table crm.operations_p11 enable row level security;
create table crm.operations_p12 partition of crm.operations for values with (modulus 16, remainder 12); alter table crm.operations_p12 enable row level security;
create table crm.operations_p13 partition of crm.operations for values with (modulus 16, remainder 13); alter table crm.operations_p13 enable row level security;
create table crm.operations_p14 partition of crm.operations for values with (modulus 16, remainder 14); alter table crm.operations_p14 enable row level security;
create table crm.operations_p15 partition of crm.operations for values with (modulus 16, remainder 15); alter table crm.operations_p15 enable row level security;
CREATE INDEX operations_by_time ON ONLY crm.operations USING brin (at);
create policy own_operations on crm.operations for select
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.operations to crm_app;

create table crm.outbox (
    id uuid not null,
    seq bigint not null generated always as identity,
    topic text not null,
    user_id uuid,
    priority smallint not null default 1,
    data jsonb not null,
    attributes jsonb not null default '{}'::jsonb,
    created_at timestamp with time zone not null default now(),
    available_at timestamp with time zone not null default now(),
    sends smallint not null default 0,
    last_error text,
    lane uuid not null generated always as (COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid)) stored,
    constraint outbox_pkey PRIMARY KEY (id),
    constraint outbox_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint outbox_attributes_shape CHECK ((jsonb_typeof(attributes) = 'object'::text)),
    constraint outbox_data_shape CHECK ((jsonb_typeof(data) = 'object'::text)),
    constraint outbox_priority CHECK (((priority >= 0) AND (priority <= 2))),
    constraint outbox_topic_shape CHECK ((topic ~ '^[a-z][a-z0-9-]{1,99}$'::text))
) with (autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05);
alter table crm.outbox enable row level security;
CREATE INDEX outbox_sent ON crm.outbox USING btree (topic, priority, lane, available_at) WHERE (sends > 0);
CREATE INDEX outbox_user ON crm.outbox USING btree (user_id);
CREATE INDEX outbox_waiting ON crm.outbox USING btree (topic, priority, lane, available_at, seq) WHERE (sends = 0);
create policy append_own on crm.outbox for insert
    with check ((NOT (user_id IS DISTINCT FROM (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));
grant insert (id, topic, user_id, priority, data, attributes, available_at) on crm.outbox to crm_app;

create table crm.privacy_links (
    id uuid not null default gen_random_uuid(),
    address_hash bytea not null,
    address text not null,
    token_hash bytea,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    sent_at timestamp with time zone,
    constraint privacy_links_pkey PRIMARY KEY (id),
    constraint privacy_links_token UNIQUE (token_hash),
    constraint privacy_links_address_size CHECK (((length(address) >= 3) AND (length(address) <= 320))),
    constraint privacy_links_hashes CHECK (((octet_length(address_hash) = 32) AND (octet_length(token_hash) = 32)))
);
alter table crm.privacy_links enable row level security;
CREATE INDEX privacy_links_by_expiry ON crm.privacy_links USING btree (expires_at);
CREATE INDEX privacy_links_by_mailbox ON crm.privacy_links USING btree (address_hash, created_at);

create table crm.program_calls (
    user_id uuid not null,
    program_id uuid not null,
    hour timestamp with time zone not null,
    act text not null,
    target text not null default ''::text,
    succeeded boolean not null,
    program text not null,
    times integer not null default 1,
    first_at timestamp with time zone not null,
    last_at timestamp with time zone not null,
    no bigint not null generated always as identity,
    constraint program_calls_pkey PRIMARY KEY (user_id, program_id, hour, act, target, succeeded),
    constraint program_calls_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint program_calls_act CHECK (((length(act) >= 1) AND (length(act) <= 100))),
    constraint program_calls_program CHECK (((length(program) >= 1) AND (length(program) <= 200))),
    constraint program_calls_target CHECK ((length(target) <= 200))
) with (fillfactor=90, autovacuum_vacuum_scale_factor=0.05, autovacuum_analyze_scale_factor=0.05);
alter table crm.program_calls enable row level security;
CREATE INDEX program_calls_by_hour ON crm.program_calls USING btree (hour);
CREATE INDEX program_calls_newest ON crm.program_calls USING btree (user_id, no DESC);
create policy own_program_calls on crm.program_calls for select
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.program_calls to crm_app;

create table crm.provider_answers (
    provider text not null,
    email_hash bytea not null,
    scope uuid not null,
    outcome text,
    answer jsonb,
    fetched_at timestamp with time zone,
    expires_at timestamp with time zone,
    asked_by uuid,
    asked_until timestamp with time zone,
    constraint provider_answers_pkey PRIMARY KEY (provider, email_hash, scope),
    constraint provider_answers_fetched CHECK ((((outcome IS NULL) = (fetched_at IS NULL)) AND ((outcome IS NULL) = (expires_at IS NULL)))),
    constraint provider_answers_found CHECK (((NOT (outcome IS DISTINCT FROM 'found'::text)) = (answer IS NOT NULL))),
    constraint provider_answers_outcome CHECK ((outcome = ANY (ARRAY['found'::text, 'not_found'::text])))
);
alter table crm.provider_answers enable row level security;
CREATE INDEX provider_answers_email ON crm.provider_answers USING btree (email_hash);
CREATE INDEX provider_answers_expiry ON crm.provider_answers USING btree (expires_at);
CREATE INDEX provider_answers_scope ON crm.provider_answers USING btree (scope) WHERE (scope <> '00000000-0000-0000-0000-000000000000'::uuid);

create table crm.relationships (
    user_id uuid not null,
    from_no integer not null,
    to_no integer not null,
    strength real not null,
    fades_from_s integer,
    cost integer not null generated always as (((2 * ((round((LEAST((- ln((strength)::double precision)), (20)::double precision) * (8388608)::double precision)) - COALESCE(round(((fades_from_s)::double precision * ((ln((2)::double precision) * (8388608)::double precision) / ((180 * 86400))::double precision))), (0)::double precision)))::integer) +
CASE
    WHEN (fades_from_s IS NULL) THEN 0
    ELSE 1
END)) stored,
    imported boolean not null default false,
    constraint relationships_pkey PRIMARY KEY (user_id, from_no, to_no) INCLUDE (cost),
    constraint relationships_imported CHECK (((NOT imported) OR (fades_from_s IS NULL))),
    constraint relationships_not_to_oneself CHECK ((from_no <> to_no)),
    constraint relationships_strength CHECK (((strength > (0)::double precision) AND (strength <= (1)::double precision)))
) partition by hash (user_id);
alter table crm.relationships enable row level security;
create table crm.relationships_p00 partition of crm.relationships for values with (modulus 16, remainder 0) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p00 enable row level security;
create table crm.relationships_p01 partition of crm.relationships for values with (modulus 16, remainder 1) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p01 enable row level security;
create table crm.relationships_p02 partition of crm.relationships for values with (modulus 16, remainder 2) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p02 enable row level security;
create table crm.relationships_p03 partition of crm.relationships for values with (modulus 16, remainder 3) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p03 enable row level security;
create table crm.relationships_p04 partition of crm.relationships for values with (modulus 16, remainder 4) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p04 enable row level security;
create table crm.relationships_p05 partition of crm.relationships for values with (modulus 16, remainder 5) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p05 enable row level security;
create table crm.relationships_p06 partition of crm.relationships for values with (modulus 16, remainder 6) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p06 enable row level security;
create table crm.relationships_p07 partition of crm.relationships for values with (modulus 16, remainder 7) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p07 enable row level security;
create table crm.relationships_p08 partition of crm.relationships for values with (modulus 16, remainder 8) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p08 enable row level security;
create table crm.relationships_p09 partition of crm.relationships for values with (modulus 16, remainder 9) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p09 enable row level security;
create table crm.relationships_p10 partition of crm.relationships for values with (modulus 16, remainder 10) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p10 enable row level security;
create table crm.relationships_p11 partition of crm.relationships for values with (modulus 16, remainder 11) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p11 enable row level security;
create table crm.relationships_p12 partition of crm.relationships for values with (modulus 16, remainder 12) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p12 enable row level security;
create table crm.relationships_p13 partition of crm.relationships for values with (modulus 16, remainder 13) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p13 enable row level security;
create table crm.relationships_p14 partition of crm.relationships for values with (modulus 16, remainder 14) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p14 enable row level security;
create table crm.relationships_p15 partition of crm.relationships for values with (modulus 16, remainder 15) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.05); alter table crm.relationships_p15 enable row level security;
CREATE INDEX relationships_from ON ONLY crm.relationships USING btree (user_id, from_no, cost, to_no);
CREATE INDEX relationships_incoming ON ONLY crm.relationships USING btree (user_id, to_no, cost) INCLUDE (from_no);
create policy own_relationships on crm.relationships for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.relationships REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_ties();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.relationships REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_ties();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.relationships REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_ties();
CREATE TRIGGER say_strength BEFORE UPDATE OF strength ON crm.relationships FOR EACH ROW WHEN (old.imported) EXECUTE FUNCTION crm.say_strength();
grant delete, insert, select, update on crm.relationships to crm_app;

create table crm.score_events (
    user_id uuid not null,
    kind text not null,
    subject text not null,
    at timestamp with time zone not null,
    constraint score_events_pkey PRIMARY KEY (user_id, kind, subject),
    constraint score_events_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint score_events_kind CHECK ((kind = ANY (ARRAY['introduction'::text, 'invitation'::text])))
);
alter table crm.score_events enable row level security;
CREATE INDEX score_events_by_time ON crm.score_events USING btree (at) INCLUDE (user_id, kind);

create table crm.source_accounts (
    user_id uuid not null,
    id uuid not null,
    secret crm.sealed not null,
    failures integer not null default 0,
    lease uuid,
    leased_until timestamp with time zone,
    constraint source_accounts_pkey PRIMARY KEY (user_id, id),
    constraint source_accounts_user_id_id_fkey FOREIGN KEY (user_id, id) REFERENCES crm.sources(user_id, id) ON DELETE CASCADE
);
alter table crm.source_accounts enable row level security;
create policy own_source_accounts on crm.source_accounts for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.source_accounts to crm_app;

create table crm.source_salts (
    user_id uuid not null,
    salt bytea not null default decode(replace(((gen_random_uuid())::text || (gen_random_uuid())::text), '-'::text, ''::text), 'hex'::text),
    constraint source_salts_pkey PRIMARY KEY (user_id),
    constraint source_salts_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.source_salts enable row level security;
create policy own_source_salts on crm.source_salts for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.source_salts to crm_app;

create table crm.sources (
    user_id uuid not null,
    no smallint not null,
    id uuid not null default gen_random_uuid(),
    kind text not null,
    name text not null,
    addresses text[] not null,
    state text not null default 'ready'::text,
    cursor jsonb,
    next_at timestamp with time zone,
    problem text,
    settings jsonb not null default '{}'::jsonb,
    created_at timestamp with time zone not null default now(),
    last_run_at timestamp with time zone,
    read integer not null default 0,
    counted integer not null default 0,
    left_out jsonb not null default '{}'::jsonb,
    first_s integer,
    last_s integer,
    constraint sources_pkey PRIMARY KEY (user_id, no),
    constraint sources_id UNIQUE (user_id, id),
    constraint sources_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint sources_addresses_size CHECK ((cardinality(addresses) <= 100)),
    constraint sources_kind CHECK ((kind = ANY (ARRAY['mail_file'::text, 'calendar_file'::text, 'linkedin'::text, 'chat_file'::text, 'imap'::text, 'caldav'::text, 'carddav'::text, 'google'::text, 'microsoft'::text]))),
    constraint sources_name_size CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    constraint sources_no CHECK (((no >= 0) AND (no <= 61))),
    constraint sources_settings_size CHECK ((pg_column_size(settings) <= 20000)),
    constraint sources_state CHECK ((state = ANY (ARRAY['ready'::text, 'waiting'::text, 'running'::text, 'paused'::text, 'failed'::text, 'needs_attention'::text])))
);
alter table crm.sources enable row level security;
CREATE INDEX sources_due ON crm.sources USING btree (next_at) WHERE (next_at IS NOT NULL);
create policy own_sources on crm.sources for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER forget_evidence AFTER DELETE ON crm.sources REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.forget_evidence();
grant delete, insert, select, update on crm.sources to crm_app;

create table crm.starting_credits (
    party bytea not null,
    credits integer,
    constraint starting_credits_pkey PRIMARY KEY (party),
    constraint starting_credits_credits CHECK ((credits >= 0)),
    constraint starting_credits_party CHECK ((octet_length(party) = 32))
);
alter table crm.starting_credits enable row level security;

create table crm.suppressions (
    email_hash bytea not null,
    provider text not null,
    at timestamp with time zone not null default now(),
    constraint suppressions_pkey PRIMARY KEY (email_hash)
);
alter table crm.suppressions enable row level security;

create table crm.team_invitations (
    id uuid not null default gen_random_uuid(),
    team_id uuid not null,
    user_id uuid not null,
    email text not null,
    address_hash bytea not null,
    sent_at timestamp with time zone not null,
    constraint team_invitations_pkey PRIMARY KEY (id),
    constraint team_invitations_mailbox UNIQUE (team_id, address_hash),
    constraint team_invitations_team_id_fkey FOREIGN KEY (team_id) REFERENCES crm.teams(id) ON DELETE CASCADE,
    constraint team_invitations_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint team_invitations_email_size CHECK (((length(email) >= 3) AND (length(email) <= 320)))
);
alter table crm.team_invitations enable row level security;
CREATE INDEX team_invitations_by_mailbox ON crm.team_invitations USING btree (address_hash);
CREATE INDEX team_invitations_by_user ON crm.team_invitations USING btree (user_id);
create policy own_team_invitations on crm.team_invitations for select
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.team_invitations to crm_app;

create table crm.team_members (
    user_id uuid not null,
    team_id uuid not null,
    shares_ties boolean not null default false,
    joined_at timestamp with time zone not null,
    self_no integer not null,
    shares_seen_ties boolean not null default false,
    shares_strengths boolean not null default true,
    constraint team_members_pkey PRIMARY KEY (user_id),
    constraint team_members_team_id_fkey FOREIGN KEY (team_id) REFERENCES crm.teams(id) ON DELETE CASCADE,
    constraint team_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE
);
alter table crm.team_members enable row level security;
CREATE INDEX team_members_by_team ON crm.team_members USING btree (team_id);
create policy own_membership on crm.team_members for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER end_empty_team AFTER DELETE ON crm.team_members FOR EACH ROW EXECUTE FUNCTION crm.end_empty_team();
grant select, update (shares_ties, shares_seen_ties, shares_strengths) on crm.team_members to crm_app;

create table crm.teams (
    id uuid not null default gen_random_uuid(),
    name text not null,
    created_at timestamp with time zone not null,
    owner_id uuid,
    constraint teams_pkey PRIMARY KEY (id),
    constraint teams_name_size CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
alter table crm.teams enable row level security;
create policy own_team on crm.teams for select
    using ((EXISTS ( SELECT FROM crm.team_members m WHERE ((m.team_id = teams.id) AND (m.user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)))));
grant select on crm.teams to crm_app;

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
    constraint tie_changes_pkey PRIMARY KEY (user_id, no)
);
alter table crm.tie_changes enable row level security;
CREATE INDEX tie_changes_of_operation ON crm.tie_changes USING btree (user_id, operation_id);
create policy own_tie_changes on crm.tie_changes for select
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant select on crm.tie_changes to crm_app;

create table crm.users (
    id uuid not null default gen_random_uuid(),
    issuer text not null,
    subject text not null,
    email text,
    name text not null default ''::text,
    settings jsonb not null default '{}'::jsonb,
    credit_balance integer not null default 100,
    created_at timestamp with time zone not null default now(),
    one_way_ties boolean not null default false,
    constraint users_pkey PRIMARY KEY (id),
    constraint users_identity UNIQUE (issuer, subject),
    constraint users_credit_balance_check CHECK ((credit_balance >= 0)),
    constraint users_email_check CHECK (((length(email) >= 3) AND (length(email) <= 320))),
    constraint users_issuer_check CHECK (((length(issuer) >= 1) AND (length(issuer) <= 500))),
    constraint users_name_check CHECK ((length(name) <= 500)),
    constraint users_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text)),
    constraint users_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 500)))
);
alter table crm.users enable row level security;
create policy own_user on crm.users for all
    using ((id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER forget_evidence_of_user AFTER DELETE ON crm.users FOR EACH ROW EXECUTE FUNCTION crm.forget_evidence_of_user();
CREATE TRIGGER forget_journal AFTER DELETE ON crm.users FOR EACH ROW EXECUTE FUNCTION crm.forget_journal();
CREATE TRIGGER forget_own_answers AFTER DELETE ON crm.users FOR EACH ROW EXECUTE FUNCTION crm.forget_own_answers();
CREATE TRIGGER keep_member AFTER INSERT OR UPDATE OF email ON crm.users FOR EACH ROW EXECUTE FUNCTION crm.keep_member();
CREATE TRIGGER keep_starting_credits AFTER INSERT OR DELETE OR UPDATE OF email ON crm.users FOR EACH ROW EXECUTE FUNCTION crm.keep_starting_credits();
CREATE TRIGGER open_ledger AFTER INSERT ON crm.users FOR EACH ROW EXECUTE FUNCTION crm.open_ledger();
CREATE TRIGGER settle_digest AFTER INSERT OR UPDATE OF settings ON crm.users FOR EACH ROW EXECUTE FUNCTION crm.settle_digest();
CREATE TRIGGER show_in_leaderboard AFTER UPDATE OF settings ON crm.users FOR EACH ROW EXECUTE FUNCTION crm.show_in_leaderboard();
grant delete, select, update (email, name, settings, one_way_ties) on crm.users to crm_app;

create table crm.views (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    contact_no integer not null default 0,
    name text not null,
    filter jsonb not null default '{}'::jsonb,
    sort text not null default 'name'::text,
    columns text[] not null default '{}'::text[],
    place integer not null default 0,
    created_at timestamp with time zone not null default now(),
    updated_at timestamp with time zone not null default now(),
    constraint views_pkey PRIMARY KEY (user_id, id),
    constraint views_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint views_columns_size CHECK (((cardinality(columns) <= 50) AND (pg_column_size(columns) <= 20000))),
    constraint views_contact_no CHECK ((contact_no = 0)),
    constraint views_filter_size CHECK (((jsonb_typeof(filter) = 'object'::text) AND (pg_column_size(filter) <= 20000))),
    constraint views_name_size CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    constraint views_place CHECK (((place >= 0) AND (place <= 1000))),
    constraint views_sort_size CHECK (((length(sort) >= 1) AND (length(sort) <= 300)))
);
alter table crm.views enable row level security;
CREATE UNIQUE INDEX views_name ON crm.views USING btree (user_id, lower(name));
create policy own_views on crm.views for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE TRIGGER journal_created AFTER INSERT ON crm.views REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_created_rows();
CREATE TRIGGER journal_deleted AFTER DELETE ON crm.views REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_deleted_rows();
CREATE TRIGGER journal_updated AFTER UPDATE ON crm.views REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION crm.journal_updated_rows();
grant delete, insert, select, update on crm.views to crm_app;

create table crm.viral_snapshots (
    window_days integer not null,
    computed_at timestamp with time zone not null,
    document jsonb not null,
    constraint viral_snapshots_pkey PRIMARY KEY (window_days)
);
alter table crm.viral_snapshots enable row level security;

create table crm.webhook_deliveries (
    user_id uuid not null,
    id uuid not null,
    no bigint not null generated always as identity,
    webhook_id uuid not null,
    type text not null,
    data jsonb not null,
    happened_at timestamp with time zone not null default now(),
    attempts smallint not null default 0,
    next_at timestamp with time zone default now(),
    delivered_at timestamp with time zone,
    attempted_at timestamp with time zone,
    status smallint,
    answer text,
    error text,
    took_ms integer,
    constraint webhook_deliveries_pkey PRIMARY KEY (user_id, id),
    constraint webhook_deliveries_user_id_webhook_id_fkey FOREIGN KEY (user_id, webhook_id) REFERENCES crm.webhooks(user_id, id) ON DELETE CASCADE,
    constraint webhook_deliveries_data_size CHECK ((pg_column_size(data) <= 20000)),
    constraint webhook_deliveries_texts CHECK (((length(answer) <= 1000) AND (length(error) <= 500))),
    constraint webhook_deliveries_type_shape CHECK ((type ~ '^[a-z_]+\.[a-z_]+$'::text))
);
alter table crm.webhook_deliveries enable row level security;
CREATE INDEX webhook_deliveries_by_time ON crm.webhook_deliveries USING btree (happened_at);
CREATE INDEX webhook_deliveries_due ON crm.webhook_deliveries USING btree (user_id, webhook_id, next_at, no) WHERE (next_at IS NOT NULL);
CREATE INDEX webhook_deliveries_log ON crm.webhook_deliveries USING btree (user_id, webhook_id, no DESC);
create policy own on crm.webhook_deliveries for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.webhook_deliveries to crm_app;

create table crm.webhooks (
    user_id uuid not null,
    id uuid not null,
    url text not null,
    events text[] not null,
    secret crm.sealed not null,
    old_secret crm.sealed,
    old_secret_until timestamp with time zone,
    off_because text,
    times_off smallint not null default 0,
    failing_since timestamp with time zone,
    failures integer not null default 0,
    rests_until timestamp with time zone,
    leased_until timestamp with time zone,
    lease uuid,
    created_at timestamp with time zone not null default now(),
    constraint webhooks_pkey PRIMARY KEY (user_id, id),
    constraint webhooks_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint webhooks_events CHECK (((cardinality(events) >= 1) AND (cardinality(events) <= 50))),
    constraint webhooks_lease CHECK (((lease IS NULL) = (leased_until IS NULL))),
    constraint webhooks_off_size CHECK ((length(off_because) <= 500)),
    constraint webhooks_url_size CHECK (((length(url) >= 10) AND (length(url) <= 2000)))
);
alter table crm.webhooks enable row level security;
create policy own on crm.webhooks for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.webhooks to crm_app;

create table crm.wishes (
    user_id uuid not null,
    id uuid not null default gen_random_uuid(),
    contact_id uuid,
    name text,
    email text,
    linkedin_slug text,
    company text,
    least_likelihood real not null,
    created_at timestamp with time zone not null,
    checked_at timestamp with time zone,
    opened_at timestamp with time zone,
    opened_likelihood real,
    constraint wishes_pkey PRIMARY KEY (user_id, id),
    constraint wishes_user_id_fkey FOREIGN KEY (user_id) REFERENCES crm.users(id) ON DELETE CASCADE,
    constraint wishes_likelihood CHECK (((least_likelihood > (0)::double precision) AND (least_likelihood <= (1)::double precision))),
    constraint wishes_of_somebody CHECK ((num_nonnulls(contact_id, name, email, linkedin_slug, company) > 0)),
    constraint wishes_sizes CHECK (((length(name) <= 500) AND (length(email) <= 320) AND (length(linkedin_slug) <= 200) AND (length(company) <= 500)))
);
alter table crm.wishes enable row level security;
CREATE UNIQUE INDEX wishes_once ON crm.wishes USING btree (user_id, COALESCE((contact_id)::text, ''::text), COALESCE(name, ''::text), COALESCE(email, ''::text), COALESCE(linkedin_slug, ''::text), COALESCE(company, ''::text));
CREATE INDEX wishes_waiting ON crm.wishes USING btree (checked_at NULLS FIRST) WHERE (opened_at IS NULL);
create policy own_wishes on crm.wishes for all
    using ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
    with check ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
grant delete, insert, select, update on crm.wishes to crm_app;

-- Functions: what a caller sees of them, and how they run. What they do stands in the files.

-- crm.accept_invitation(uid uuid, code text, now timestamp with time zone) returns text
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.accept_invitation(uuid,text,timestamp with time zone) to crm_app;

-- crm.acting_user() returns uuid
--     sql, stable, parallel safe
grant execute on function crm.acting_user() to crm_app;

-- crm.add_cards(of_user uuid, nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.add_device_request(request_hash bytea, typed_code text, client text, client_name text, for_resource text, wanted text[], until timestamp with time zone) returns boolean
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.add_device_request(bytea,text,text,text,text,text[],timestamp with time zone) to crm_app;

-- crm.add_interaction_changes(uid uuid, operation uuid, removed boolean, contact_nos integer[], ats timestamp with time zone[], kinds text[], directions text[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.add_points(user_ids uuid[], point_kind text, point_subject text, now timestamp with time zone) returns void
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.add_points(uuid[],text,text,timestamp with time zone) to crm_app;

-- crm.add_tie_changes(uid uuid, operation uuid, from_nos integer[], to_nos integer[], was_strengths real[], was_fading_from integer[], was_imported boolean[], strengths real[], fading_from integer[], imported boolean[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.added(a text[], b text[]) returns text[]
--     sql, immutable, parallel safe
grant execute on function crm.added(text[],text[]) to crm_app;

-- crm.added_notes(notes text, more text, mark text) returns text
--     plpgsql, immutable, parallel safe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan
grant execute on function crm.added_notes(text,text,text) to crm_app;

-- crm.added_phones(a text[], b text[]) returns text[]
--     plpgsql, immutable, parallel safe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan
grant execute on function crm.added_phones(text[],text[]) to crm_app;

-- crm.address_candidates(part regclass, uid uuid, total bigint, sample tsvector[], address text, address_words text[], unfinished boolean, other_words text[], most integer, page_size integer) returns uuid[]
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.address_hash(address text) returns bytea
--     sql, stable, strict, security definer, parallel safe, set search_path=pg_catalog, pg_temp

-- crm.address_pattern(address text, whole boolean) returns text
--     sql, immutable, strict, parallel safe

-- crm.addresses_of_offices(uid uuid, addresses text[]) returns TABLE(address text, company text)
--     sql, stable, parallel safe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.addresses_of_offices(uuid,text[]) to crm_app;

-- crm.admit_again(address text) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.admit_again(text) to crm_app;

-- crm.all_of(parts tsquery[]) returns tsquery
--     sql, immutable, parallel safe

-- crm.answer_device_request(typed_code text, for_grant uuid, at timestamp with time zone) returns boolean
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.answer_device_request(text,uuid,timestamp with time zone) to crm_app;

-- crm.answering_day(for_user uuid, contact_no integer) returns text
--     plpgsql, stable, parallel safe

-- crm.ask_for_comparison(event uuid, topic_name text, attributes jsonb, is_import boolean) returns boolean
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.ask_for_comparison(uuid,text,jsonb,boolean) to crm_app;

-- crm.ask_privacy_link(address text, limits jsonb, most integer, life interval, at timestamp with time zone) returns uuid
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.ask_privacy_link(text,jsonb,integer,interval,timestamp with time zone) to crm_app;

-- crm.asked_before(for_user uuid, at timestamp with time zone) returns TABLE(no integer, decision text, decided_at timestamp with time zone, asked integer, last_at timestamp with time zone)
--     plpgsql, stable, parallel safe, rows 20

-- crm.barred_in_books(users uuid[], selves integer[], of_user integer[], targets integer[], my_keys text[], my_profile text, OUT barred bigint[]) returns bigint[]
--     plpgsql, stable, parallel safe

-- crm.bears_name(email text, name text) returns boolean
--     sql, immutable, parallel safe
grant execute on function crm.bears_name(text,text) to crm_app;

-- crm.became_active_at(uid uuid) returns timestamp with time zone
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.begin_comparison(uid uuid) returns timestamp with time zone
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.begin_comparison(uuid) to crm_app;

-- crm.begin_enrichment(event uuid, contact uuid, run uuid, lease_s integer, providers text[]) returns TABLE(verdict text, name text, email text, company text, title text, location text, linkedin_url text, enrichment jsonb, version text, email_hash text, fresh_after timestamp with time zone, postponed smallint, suppressed_by text, answers jsonb)
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.begin_enrichment(uuid,uuid,uuid,integer,text[]) to crm_app;

-- crm.begin_facts() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, client_min_messages=warning, lock_timeout=60s
grant execute on function crm.begin_facts() to crm_app;

-- crm.begin_import() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.begin_import() to crm_app;

-- crm.begin_import_staging() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.begin_import_staging() to crm_app;

-- crm.begin_interaction_import() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, client_min_messages=warning
grant execute on function crm.begin_interaction_import() to crm_app;

-- crm.begin_lookup(contact uuid, run uuid, provider_name text, address_hash text, shared boolean, cost integer, ask_s integer, lease_s integer, paid_for_s integer) returns TABLE(verdict text, outcome text, answer jsonb)
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.begin_lookup(uuid,uuid,text,text,boolean,integer,integer,integer,integer) to crm_app;

-- crm.begin_relationship_import() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, client_min_messages=warning
grant execute on function crm.begin_relationship_import() to crm_app;

-- crm.best_values(uid uuid, ids uuid[], chosen jsonb) returns TABLE(field text, id uuid, value text)
--     plpgsql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.best_values(uuid,uuid[],jsonb) to crm_app;

-- crm.birthdays_apart(a text, b text) returns boolean
--     sql, immutable, parallel safe
grant execute on function crm.birthdays_apart(text,text) to crm_app;

-- crm.brief(id uuid, name text, company text, title text) returns text
--     sql, stable, parallel safe
grant execute on function crm.brief(uuid,text,text,text) to crm_app;

-- crm.bring_back(operation uuid, nos integer[], OUT contacts integer, OUT keys_taken integer) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.bring_back(uuid,integer[]) to crm_app;

-- crm.bury_exhausted(topic text, most_sends integer) returns integer
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.bury_exhausted(text,integer) to crm_app;

-- crm.bury_message(id uuid, topic text, data jsonb, attributes jsonb, reason text) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.bury_message(uuid,text,jsonb,jsonb,text) to crm_app;

-- crm.cancel_team_invitation(invitation uuid) returns boolean
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.cancel_team_invitation(uuid) to crm_app;

-- crm.candidates(part regclass, uid uuid, total bigint, sample tsvector[], parts tsquery[], exact tsquery, addresses text, most integer, enough integer, fitting text DEFAULT ''::text, fits boolean[] DEFAULT NULL::boolean[]) returns uuid[]
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.canonical_address(address text) returns text
--     sql, immutable, strict, parallel safe
grant execute on function crm.canonical_address(text) to crm_app;

-- crm.card_changes(of_user uuid, since pg_snapshot) returns TABLE(contact_no integer)
--     sql, stable, parallel unsafe, rows 1000

-- crm.cheapest_paths(for_user uuid, source integer, targets integer[], least_hops integer, most_hops integer, wanted integer, fading bigint, deadline timestamp with time zone, passed_over integer[], guess bigint DEFAULT (1 << 21), room integer DEFAULT 512, price bigint DEFAULT 0, dear integer[] DEFAULT '{}'::integer[], surcharges bigint[] DEFAULT '{}'::bigint[]) returns TABLE(hops integer, cost bigint, path integer[], complete boolean)
--     plpgsql, stable, parallel safe, rows 1, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan, jit=off, work_mem=64MB, enable_seqscan=off, enable_bitmapscan=off, enable_mergejoin=off, enable_nestloop=off

-- crm.check_introduction_step() returns trigger
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.check_merged_sizes(uid uuid, ids uuid[]) returns void
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.check_merged_sizes(uuid,uuid[]) to crm_app;

-- crm.check_wishes(one_id uuid, at timestamp with time zone) returns SETOF uuid
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.check_wishes(uuid,timestamp with time zone) to crm_app;

-- crm.circle_members(circle uuid) returns text
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.circles_of(of_contact uuid) returns TABLE(circle_id uuid)
--     plpgsql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.circles_of(uuid) to crm_app;

-- crm.claim_privacy_link(link uuid, hash bytea, at timestamp with time zone) returns text
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.claim_privacy_link(uuid,bytea,timestamp with time zone) to crm_app;

-- crm.client_signature(content text) returns text
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.client_signature(text) to crm_app;

-- crm.close_undo(which uuid, result jsonb) returns uuid
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.close_undo(uuid,jsonb) to crm_app;

-- crm.compare_changed(most integer) returns integer
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, jit=off, work_mem=64MB, client_min_messages=warning
grant execute on function crm.compare_changed(integer) to crm_app;

-- crm.compare_pairs(among integer) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, client_min_messages=warning
grant execute on function crm.compare_pairs(integer) to crm_app;

-- crm.compared_at_most() returns integer
--     sql, immutable, parallel safe
grant execute on function crm.compared_at_most() to crm_app;

-- crm.compute_ties(contact_nos integer[]) returns void
--     sql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.compute_ties(integer[]) to crm_app;

-- crm.confirm_sent(ids uuid[], hold_s integer) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.confirm_sent(uuid[],integer) to crm_app;

-- crm.connect_import_rows(import_id uuid, with_contacts boolean) returns void
--     sql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.connect_import_rows(uuid,boolean) to crm_app;

-- crm.connect_import_rows(import_id uuid, with_contacts boolean, tried_upto integer) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off, work_mem=64MB, client_min_messages=warning, enable_nestloop=off, enable_mergejoin=off
grant execute on function crm.connect_import_rows(uuid,boolean,integer) to crm_app;

-- crm.contact_fields(c crm.contacts) returns jsonb
--     sql, stable, parallel safe
grant execute on function crm.contact_fields(crm.contacts) to crm_app;

-- crm.contacts_among(uid uuid, operation uuid, only_nos integer[]) returns TABLE(contact_no integer, began boolean, ended boolean, image jsonb)
--     plpgsql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan
grant execute on function crm.contacts_among(uuid,uuid,integer[]) to crm_app;

-- crm.contacts_of_addresses(uid uuid, addresses text[]) returns TABLE(address text, contact_no integer, holders integer)
--     sql, stable, parallel safe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.contacts_of_addresses(uuid,text[]) to crm_app;

-- crm.contradicts(a_company text, b_company text, a_title text, b_title text, a_birthday text, b_birthday text, a_phones text[], b_phones text[]) returns boolean
--     sql, immutable, parallel safe
grant execute on function crm.contradicts(text,text,text,text,text,text,text[],text[]) to crm_app;

-- crm.copy_interaction_details(from_nos integer[], to_no integer) returns void
--     sql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.copy_interaction_details(integer[],integer) to crm_app;

-- crm.correspondent_key(address text) returns text
--     sql, immutable, strict, parallel safe
grant execute on function crm.correspondent_key(text) to crm_app;

-- crm.correspondent_keys_of(name text, slug text, email text, emails text[], phones text[]) returns text[]
--     sql, immutable, parallel safe
grant execute on function crm.correspondent_keys_of(text,text,text,text[],text[]) to crm_app;

-- crm.count_added_standings() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.count_among(question text, filters jsonb) returns bigint
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.count_among(text,jsonb) to crm_app;

-- crm.count_answers(question text, filters jsonb, OUT counted bigint, OUT is_exact boolean) returns record
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_seqscan=off, jit=off
grant execute on function crm.count_answers(text,jsonb) to crm_app;

-- crm.count_changed_standings() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.count_fitting(question text, wanted_tags text[], wanted_company text, wanted_email boolean) returns bigint
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.count_fitting(text,text[],text,boolean) to crm_app;

-- crm.count_list(filters jsonb, OUT counted bigint, OUT is_exact boolean) returns record
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_seqscan=off, enable_hashjoin=off, enable_mergejoin=off, jit=off, plan_cache_mode=force_generic_plan
grant execute on function crm.count_list(jsonb) to crm_app;

-- crm.count_removed_standings() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.counted_noun(n integer, one text, many text) returns text
--     sql, immutable, parallel safe
grant execute on function crm.counted_noun(integer,text,text) to crm_app;

-- crm.create_team(team_name text, at timestamp with time zone) returns uuid
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.create_team(text,timestamp with time zone) to crm_app;

-- crm.current_operation() returns uuid
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.current_operation() to crm_app;

-- crm.current_user_id() returns uuid
--     sql, stable, parallel safe
grant execute on function crm.current_user_id() to crm_app;

-- crm.day_in_year(day text, year integer) returns date
--     sql, immutable, parallel unsafe
grant execute on function crm.day_in_year(text,integer) to crm_app;

-- crm.days_between(first_day date, last_day date) returns text[]
--     sql, immutable, parallel unsafe
grant execute on function crm.days_between(date,date) to crm_app;

-- crm.decide_letters(address text, letters integer, asks integer, reason text, until timestamp with time zone, at timestamp with time zone) returns void
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.decide_letters(text,integer,integer,text,timestamp with time zone,timestamp with time zone) to crm_app;

-- crm.delete_correspondents(uid uuid, nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off

-- crm.device_of(hash bytea, agent text) returns TABLE(id uuid, user_id uuid, username text)
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.device_of(bytea,text) to crm_app;

-- crm.device_of_link(hash bytea, take boolean) returns TABLE(user_id uuid, id uuid, name text, username text, sealed bytea)
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.device_of_link(bytea,boolean) to crm_app;

-- crm.dialled(phone text, OUT country text, OUT subscriber text) returns record
--     plpgsql, immutable, strict, parallel safe
grant execute on function crm.dialled(text) to crm_app;

-- crm.domain_hash(address text) returns bytea
--     sql, stable, strict, security definer, parallel safe, set search_path=pg_catalog, pg_temp

-- crm.drop_interaction_details() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.drop_interaction_details() to crm_app;

-- crm.due_introductions(now timestamp with time zone, asked_before timestamp with time zone, most integer) returns TABLE(user_id uuid, id uuid)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.due_introductions(timestamp with time zone,timestamp with time zone,integer) to crm_app;

-- crm.due_on(from_s integer, every_days integer, zone text) returns date
--     sql, stable, parallel unsafe
grant execute on function crm.due_on(integer,integer,text) to crm_app;

-- crm.either(one tsquery, other tsquery) returns tsquery
--     sql, immutable, parallel safe

-- crm.email_hash(email text) returns bytea
--     sql, immutable, strict, parallel safe

-- crm.email_sender(email_id uuid) returns uuid
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.email_sender(uuid) to crm_app;

-- crm.end_empty_team() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.end_enrichment(event uuid, contact uuid, run uuid, version text, fields jsonb, document jsonb, result text, again_in_s double precision) returns text
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.end_enrichment(uuid,uuid,uuid,text,jsonb,jsonb,text,double precision) to crm_app;

-- crm.end_grant_of(token_hash bytea) returns uuid
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.end_grant_of(bytea) to crm_app;

-- crm.end_lookup(contact uuid, run uuid, provider_name text, address_hash text, shared boolean, cost integer, result text, said jsonb, keep_s integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.end_lookup(uuid,uuid,text,text,boolean,integer,text,jsonb,integer) to crm_app;

-- crm.end_reservation(uid uuid, contact uuid, provider_name text, input bytea, run uuid, answered boolean, at timestamp with time zone) returns integer
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.erase_facts(address text, keeps_away boolean, at timestamp with time zone) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.erase_facts(text,boolean,timestamp with time zone) to crm_app;

-- crm.erase_from_sources(address text) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off, lock_timeout=60s

-- crm.estimate_matches(sample tsvector[], fits boolean[], total bigint, parts tsquery[], posting_us real, fetch_us real, OUT every tsquery, OUT indexed tsquery, OUT postings real, OUT rarest real, OUT hits integer) returns record
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.estimated_total(sampled bigint, sample_size integer, last_sampled uuid) returns bigint
--     sql, immutable, parallel safe

-- crm.everyones_figures(days integer, now timestamp with time zone) returns jsonb
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.everyones_figures(integer,timestamp with time zone) to crm_app;

-- crm.evidence_of(uid uuid, self_no integer, from_no integer, to_no integer) returns TABLE(source_no smallint, first_s integer, last_s integer, sent integer, received integer, together integer, meetings integer, calls integer, sent_sum double precision, received_sum double precision, together_sum double precision, entries integer)
--     sql, stable, parallel safe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.evidence_of(uuid,integer,integer,integer) to crm_app;

-- crm.expire_jobs(most integer) returns integer
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.expire_jobs(integer) to crm_app;

-- crm.export_rows(table_name text, behind bigint, most integer) returns TABLE(lines text, count bigint)
--     plpgsql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.export_rows(text,bigint,integer) to crm_app;

-- crm.facts_about(address text, at timestamp with time zone) returns text
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.facts_about(text,timestamp with time zone) to crm_app;

-- crm.facts_of_ties(for_user uuid, self_no integer, from_nos integer[], to_nos integer[]) returns TABLE(i integer, counts text, last_s integer, chats integer, letters integer)
--     plpgsql, stable, parallel safe, rows 5, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan, jit=off, enable_seqscan=off, enable_bitmapscan=off, enable_mergejoin=off, enable_nestloop=off

-- crm.fading(at timestamp with time zone) returns bigint
--     sql, stable, parallel safe
grant execute on function crm.fading(timestamp with time zone) to crm_app;

-- crm.fail_buried_enrichments(most integer) returns integer
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.fail_buried_enrichments(integer) to crm_app;

-- crm.field_key(kind text, choices text[], value text) returns text
--     plpgsql, immutable, parallel safe, set search_path=pg_catalog, pg_temp
grant execute on function crm.field_key(text,text[],text) to crm_app;

-- crm.field_list(sort text, after_key text, page_size integer, part regclass, source text, fitting text) returns text
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.fill_known(uid uuid, source text, newest boolean) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.fill_known(uuid,text,boolean) to crm_app;

-- crm.filter_company(filters jsonb) returns text
--     sql, immutable, parallel safe

-- crm.filter_contacts(wanted_tags text[], wanted_company text, wanted_email boolean, sort text, after_key text, after_id uuid, page_size integer) returns TABLE(id uuid, key text)
--     sql, volatile, security definer, parallel unsafe, rows 50, set search_path=pg_catalog, pg_temp
grant execute on function crm.filter_contacts(text[],text,boolean,text,text,uuid,integer) to crm_app;

-- crm.filter_lexemes(code text, filters jsonb) returns tsquery
--     plpgsql, immutable, parallel safe

-- crm.filter_tags(filters jsonb) returns text[]
--     sql, immutable, parallel safe

-- crm.filter_text(filters jsonb, name text) returns text
--     sql, immutable, parallel safe

-- crm.find_connectors(at_company text, most integer, at timestamp with time zone DEFAULT now()) returns text
--     plpgsql, stable, security definer, parallel safe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan, jit=off, work_mem=64MB, enable_seqscan=off, enable_bitmapscan=off, enable_mergejoin=off, enable_nestloop=off
grant execute on function crm.find_connectors(text,integer,timestamp with time zone) to crm_app;

-- crm.find_deleted(contact uuid, OUT operation uuid, OUT no integer, OUT did "char") returns record
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_deleted(uuid) to crm_app;

-- crm.find_device_request(typed_code text, at timestamp with time zone) returns TABLE(client_id text, name text, resource text, scopes text[])
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_device_request(text,timestamp with time zone) to crm_app;

-- crm.find_duplicates() returns integer
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, jit=off, work_mem=64MB, client_min_messages=warning
grant execute on function crm.find_duplicates() to crm_app;

-- crm.find_email_token(hash bytea) returns TABLE(user_id uuid, email_id uuid, kind text, subject_id uuid, "position" smallint, recipient text)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_email_token(bytea) to crm_app;

-- crm.find_invitation(code text) returns TABLE(inviter text, message text)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_invitation(text) to crm_app;

-- crm.find_join(uid uuid) returns json
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_join(uuid) to crm_app;

-- crm.find_last_contacts(uid uuid, contact_nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_last_contacts(uuid,integer[]) to crm_app;

-- crm.find_mutual(first_id uuid, second_id uuid, most integer, at timestamp with time zone DEFAULT now()) returns text
--     plpgsql, stable, security definer, parallel safe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan, jit=off, enable_seqscan=off, enable_bitmapscan=off, enable_mergejoin=off, enable_nestloop=off
grant execute on function crm.find_mutual(uuid,uuid,integer,timestamp with time zone) to crm_app;

-- crm.find_network(center_id uuid, depth integer, most integer, least_strength double precision, at timestamp with time zone DEFAULT now()) returns text
--     plpgsql, stable, security definer, parallel safe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan, jit=off, work_mem=64MB, enable_seqscan=off, enable_bitmapscan=off, enable_mergejoin=off, enable_nestloop=off
grant execute on function crm.find_network(uuid,integer,integer,double precision,timestamp with time zone) to crm_app;

-- crm.find_openers(ids uuid[], at timestamp with time zone) returns TABLE(no integer, strength double precision, opens integer[])
--     plpgsql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan, jit=off, work_mem=64MB, enable_seqscan=off, enable_bitmapscan=off, enable_mergejoin=off, enable_nestloop=off
grant execute on function crm.find_openers(uuid[],timestamp with time zone) to crm_app;

-- crm.find_paths(from_id uuid, to_id uuid, to_company text, max_hops integer, by_strength boolean, wanted integer, at timestamp with time zone DEFAULT now(), budget interval DEFAULT '00:00:02'::interval) returns text
--     plpgsql, stable, security definer, parallel safe, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_paths(uuid,uuid,text,integer,boolean,integer,timestamp with time zone,interval) to crm_app;

-- crm.find_program(token_hash bytea, at timestamp with time zone) returns TABLE(user_id uuid, email text, user_name text, program_id uuid, program text, scopes text[], resource text, expires_at timestamp with time zone, last_used_at timestamp with time zone)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_program(bytea,timestamp with time zone) to crm_app;

-- crm.find_sharers(uid uuid) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_sharers(uuid) to crm_app;

-- crm.find_team_paths(to_id uuid, to_email text, to_profile text, max_hops integer, by_strength boolean, wanted integer, at timestamp with time zone DEFAULT now(), budget interval DEFAULT '00:00:02'::interval) returns text
--     plpgsql, stable, security definer, parallel safe, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_team_paths(uuid,text,text,integer,boolean,integer,timestamp with time zone,interval) to crm_app;

-- crm.find_team_ways(to_id uuid, to_email text, to_profile text, max_hops integer, ordering text, wanted integer, at timestamp with time zone DEFAULT now(), budget interval DEFAULT '00:00:02'::interval) returns text
--     plpgsql, stable, security definer, parallel safe, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_team_ways(uuid,text,text,integer,text,integer,timestamp with time zone,interval) to crm_app;

-- crm.find_users_by_email(address text) returns TABLE(id uuid, name text, credit_balance integer)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_users_by_email(text) to crm_app;

-- crm.find_ways(from_id uuid, to_id uuid, to_company text, to_circle uuid, max_hops integer, ordering text, wanted integer, at timestamp with time zone DEFAULT now(), budget interval DEFAULT '00:00:02'::interval) returns text
--     plpgsql, stable, security definer, parallel safe, set search_path=pg_catalog, pg_temp
grant execute on function crm.find_ways(uuid,uuid,text,uuid,integer,text,integer,timestamp with time zone,interval) to crm_app;

-- crm.finish_event(id uuid) returns boolean
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.finish_event(uuid) to crm_app;

-- crm.fitting(filters jsonb) returns text
--     plpgsql, stable, parallel safe

-- crm.fitting_answers(place record, uid uuid, question text, most integer, page_size integer, OUT found_ids uuid[], OUT respaced tsquery) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.fitting_candidates(place record, uid uuid, parts tsquery[], addresses text, most integer, page_size integer) returns uuid[]
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.fitting_fields(filters jsonb) returns text
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.fitting_ties(filters jsonb) returns text
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.fold(t text) returns text
--     sql, immutable, parallel safe
grant execute on function crm.fold(text) to crm_app;

-- crm.fold_duplicates(row_nos integer[], leaders integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.fold_duplicates(integer[],integer[]) to crm_app;

-- crm.fold_names() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.fold_names() to crm_app;

-- crm.fold_same_contact() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.fold_same_contact() to crm_app;

-- crm.fold_shared_keys() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.fold_shared_keys() to crm_app;

-- crm.fold_shared_keys_once() returns boolean
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.fold_shared_keys_once() to crm_app;

-- crm.follow_changed_contacts() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_nestloop=off
grant execute on function crm.follow_changed_contacts() to crm_app;

-- crm.follow_deleted_contacts() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.follow_deleted_contacts() to crm_app;

-- crm.follow_interactions(nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.follow_interactions(integer[]) to crm_app;

-- crm.follow_keys(uid uuid, keys text[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.follow_keys(uuid,text[]) to crm_app;

-- crm.follow_new_contacts() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.follow_new_contacts() to crm_app;

-- crm.forget_circle_members() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_hashjoin=off, enable_mergejoin=off, enable_seqscan=off

-- crm.forget_contact(no integer) returns void
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.forget_contact(integer) to crm_app;

-- crm.forget_contact_keys() returns trigger
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.forget_contact_keys() to crm_app;

-- crm.forget_contacts(gone integer[]) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.forget_contacts(integer[]) to crm_app;

-- crm.forget_correspondents(addresses text[]) returns void
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off, lock_timeout=60s
grant execute on function crm.forget_correspondents(text[]) to crm_app;

-- crm.forget_days() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_hashjoin=off, enable_mergejoin=off, enable_seqscan=off

-- crm.forget_duplicates() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_hashjoin=off, enable_mergejoin=off, enable_seqscan=off
grant execute on function crm.forget_duplicates() to crm_app;

-- crm.forget_evidence() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.forget_evidence() to crm_app;

-- crm.forget_evidence_of_user() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.forget_evidence_of_user() to crm_app;

-- crm.forget_field_keys() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_hashjoin=off, enable_mergejoin=off, enable_seqscan=off

-- crm.forget_hidden_contacts() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_hashjoin=off, enable_mergejoin=off, enable_seqscan=off

-- crm.forget_journal() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.forget_merged_contacts() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_hashjoin=off, enable_mergejoin=off, enable_seqscan=off
grant execute on function crm.forget_merged_contacts() to crm_app;

-- crm.forget_missed_changes(user_ids uuid[]) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.forget_missed_changes(uuid[]) to crm_app;

-- crm.forget_notes() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_hashjoin=off, enable_mergejoin=off, enable_seqscan=off

-- crm.forget_own_answers() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.forget_people(uid uuid, emails text[], phones text[], slugs text[], names text[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off

-- crm.forget_relationships() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_hashjoin=off, enable_mergejoin=off, enable_seqscan=off

-- crm.forget_source(source_id uuid) returns boolean
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off, client_min_messages=warning, lock_timeout=60s
grant execute on function crm.forget_source(uuid) to crm_app;

-- crm.forget_traces(uid uuid, people jsonb) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan

-- crm.forgotten_hash(kind text, value text) returns bytea
--     sql, stable, strict, security definer, parallel safe, set search_path=pg_catalog, pg_temp

-- crm.forgotten_key(address text) returns bytea
--     sql, stable, strict, security definer, parallel safe, set search_path=pg_catalog, pg_temp

-- crm.forgotten_keys(name text, company text, emails text[], slug text) returns bytea[]
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.full_text_candidates(part regclass, uid uuid, total bigint, sample tsvector[], words text[], nicknames tsquery[], most integer, page_size integer, OUT found_ids uuid[], OUT respaced tsquery) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.get_team() returns text
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.get_team() to crm_app;

-- crm.give_up_addresses(row_nos integer[]) returns boolean
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.give_up_addresses(integer[]) to crm_app;

-- crm.give_up_held_keys(uid uuid) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.give_up_held_keys(uuid) to crm_app;

-- crm.give_up_profiles(row_nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.give_up_profiles(integer[]) to crm_app;

-- crm.grant_credits(uid uuid, amount integer, note text) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.grant_credits(uuid,integer,text) to crm_app;

-- crm.grown_limit(at_first integer, at_last integer, spans integer, yes integer) returns integer
--     sql, immutable, parallel safe

-- crm.growth(s integer) returns double precision
--     sql, immutable, parallel safe
grant execute on function crm.growth(integer) to crm_app;

-- crm.has_address(email text, emails text[], pattern text) returns boolean
--     sql, immutable, parallel safe

-- crm.has_contact_of(uid uuid, address text) returns boolean
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.has_custom(custom jsonb, field text, wanted text) returns boolean
--     sql, immutable, parallel safe

-- crm.has_one_tag(contact_tags text[], wanted text[]) returns boolean
--     sql, immutable, parallel safe

-- crm.has_phrase(t text, phrase text) returns boolean
--     sql, immutable, parallel safe

-- crm.has_tags(contact_tags text[], wanted text[]) returns boolean
--     sql, immutable, parallel safe

-- crm.has_unscanned(uid uuid) returns boolean
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.has_unscanned(uuid) to crm_app;

-- crm.hash_invitation_address() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.hash_step_address() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.hold_letters(side text, parties bytea[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.hold_own_letters() returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.hold_own_letters() to crm_app;

-- crm.holders_of_address(uid uuid, address text) returns integer
--     sql, stable, parallel safe
grant execute on function crm.holders_of_address(uuid,text) to crm_app;

-- crm.holders_of_keys(hashes bigint[], most integer) returns TABLE(hash bigint, contact_no integer)
--     sql, stable, security definer, parallel unsafe, rows 10, set search_path=pg_catalog, pg_temp, enable_seqscan=off
grant execute on function crm.holders_of_keys(bigint[],integer) to crm_app;

-- crm.identity_hash(issuer text, subject text) returns bytea
--     sql, stable, strict, security definer, parallel safe, set search_path=pg_catalog, pg_temp

-- crm.import_key(key text) returns bigint
--     sql, immutable, parallel safe
grant execute on function crm.import_key(text) to crm_app;

-- crm.import_keys_of_contacts() returns TABLE(no integer, key bigint, name_key bigint)
--     sql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.import_keys_of_contacts() to crm_app;

-- crm.import_name_key(name_key text) returns bigint
--     sql, immutable, parallel safe
grant execute on function crm.import_name_key(text) to crm_app;

-- crm.import_phone_key(phone text) returns bigint
--     sql, immutable, parallel safe
grant execute on function crm.import_phone_key(text) to crm_app;

-- crm.in_circle(circle uuid) returns text
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.indexed_candidates(part regclass, uid uuid, indexed tsquery, every tsquery, addresses text, most integer, fitting text DEFAULT ''::text) returns uuid[]
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.installation_party() returns bytea
--     sql, immutable, parallel safe

-- crm.interaction_id(contact uuid, at timestamp with time zone, kind text, direction text) returns uuid
--     sql, immutable, parallel safe
grant execute on function crm.interaction_id(uuid,timestamp with time zone,text,text) to crm_app;

-- crm.interaction_weight(kind text) returns double precision
--     sql, immutable, parallel safe
grant execute on function crm.interaction_weight(text) to crm_app;

-- crm.interactions_of(uid uuid, operation uuid) returns TABLE(contact_no integer, at timestamp with time zone, kind text, direction text, removed boolean)
--     sql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.interactions_of(uuid,uuid) to crm_app;

-- crm.introductions_asked(role text, status text, wanted uuid, before timestamp with time zone, before_id uuid, most integer) returns TABLE(id uuid, created_at timestamp with time zone, document text)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.introductions_asked(text,text,uuid,timestamp with time zone,uuid,integer) to crm_app;

-- crm.introductions_between(ids uuid[]) returns integer
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.introductions_between(uuid[]) to crm_app;

-- crm.invite_to_team(address text, at timestamp with time zone, most integer, OUT id uuid, OUT outcome text) returns record
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.invite_to_team(text,timestamp with time zone,integer) to crm_app;

-- crm.invitees(uid uuid) returns TABLE(inviter_id uuid, channel text, invited_at timestamp with time zone, opened_at timestamp with time zone, accepted_at timestamp with time zone, activated_at timestamp with time zone)
--     sql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp

-- crm.is_given_name(word text) returns boolean
--     sql, immutable, strict, parallel safe
grant execute on function crm.is_given_name(text) to crm_app;

-- crm.is_invitation(kind text) returns boolean
--     sql, immutable, parallel safe

-- crm.is_machine(name text, email text, emails text[]) returns boolean
--     sql, immutable, parallel safe
grant execute on function crm.is_machine(text,text,text[]) to crm_app;

-- crm.is_machines_mailbox(email text) returns boolean
--     sql, immutable, parallel safe
grant execute on function crm.is_machines_mailbox(text) to crm_app;

-- crm.is_nobodys_mailbox(email text) returns boolean
--     sql, immutable, parallel safe
grant execute on function crm.is_nobodys_mailbox(text) to crm_app;

-- crm.is_shown(settings jsonb) returns boolean
--     sql, immutable, parallel safe

-- crm.join_team(invitation uuid, at timestamp with time zone) returns text
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.join_team(uuid,timestamp with time zone) to crm_app;

-- crm.joining_walks(for_user uuid, forward boolean, ahead integer[], ahead_label bigint[], back integer[], back_label bigint[], below bigint, fading bigint, most integer, OUT head integer[], OUT tail integer[], OUT total bigint[], OUT rest bigint[]) returns record
--     plpgsql, stable, parallel safe

-- crm.journal_created_contacts() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.journal_created_rows() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.journal_deleted_contacts() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.journal_deleted_rows() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.journal_interactions() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.journal_ties() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, jit=off, enable_nestloop=off

-- crm.journal_updated_contacts() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, jit=off, enable_nestloop=off

-- crm.journal_updated_rows() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.json_items(documents text[], most integer) returns text
--     sql, stable, parallel safe
grant execute on function crm.json_items(text[],integer) to crm_app;

-- crm.judge_pairs(uid uuid) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, client_min_messages=warning
grant execute on function crm.judge_pairs(uuid) to crm_app;

-- crm.keep_keys(uid uuid) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.keep_keys(uuid) to crm_app;

-- crm.keep_ledger() returns trigger
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.keep_member() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.keep_staged_rows(import_id uuid) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.keep_staged_rows(uuid) to crm_app;

-- crm.keep_starting_credits() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.kept_away(addresses text[], hashes bigint[]) returns SETOF text
--     plpgsql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.kept_away(text[],bigint[]) to crm_app;

-- crm.kept_values(custom jsonb, others jsonb, known jsonb, mark text, OUT custom_after jsonb, OUT kept jsonb) returns record
--     plpgsql, immutable, parallel safe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan
grant execute on function crm.kept_values(jsonb,jsonb,jsonb,text) to crm_app;

-- crm.key_between(item jsonb) returns text
--     sql, immutable, parallel safe, set search_path=pg_catalog, pg_temp

-- crm.key_changed_contacts() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.key_columns(of_table oid) returns text[]
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.key_columns(oid) to crm_app;

-- crm.key_hash(uid uuid, key text) returns bigint
--     sql, immutable, parallel safe
grant execute on function crm.key_hash(uuid,text) to crm_app;

-- crm.key_made_contacts() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.key_profiles() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, client_min_messages=warning
grant execute on function crm.key_profiles() to crm_app;

-- crm.known_by(issuer text, subject text, email text) returns bytea[]
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.known_variants(part regclass, code text, variants text[], as_prefix boolean, deadline timestamp with time zone) returns text[]
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.lead_introductions_back() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.lead_introductions_back() to crm_app;

-- crm.lead_introductions_to_merged() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.lead_introductions_to_merged() to crm_app;

-- crm.leaderboard_page(period text, after_score integer, after_tie uuid, most integer) returns TABLE(items text, own text, last_score integer, last_tie uuid, more boolean)
--     plpgsql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp, enable_hashjoin=off, enable_mergejoin=off
grant execute on function crm.leaderboard_page(text,integer,uuid,integer) to crm_app;

-- crm.learn_answers(at timestamp with time zone) returns void
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.learn_answers(timestamp with time zone) to crm_app;

-- crm.leave_ties_with_the_deleted(operation uuid, nos integer[]) returns void
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.leave_ties_with_the_deleted(uuid,integer[]) to crm_app;

-- crm.letter_record(address text, at timestamp with time zone) returns json
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.letter_record(text,timestamp with time zone) to crm_app;

-- crm.letters_fit_at(side text, party bytea, asks boolean, span interval, most integer, wanted integer, at timestamp with time zone) returns timestamp with time zone
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.letters_of_installation(at timestamp with time zone) returns integer
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.letters_of_installation(timestamp with time zone) to crm_app;

-- crm.list_among(filters jsonb, sort text, after_key text, after_id uuid, page_size integer) returns TABLE(id uuid, key text)
--     plpgsql, volatile, security definer, parallel unsafe, rows 50, set search_path=pg_catalog, pg_temp, enable_seqscan=off, enable_sort=on, enable_hashjoin=off, enable_mergejoin=off, jit=off, plan_cache_mode=force_generic_plan
grant execute on function crm.list_among(jsonb,text,text,uuid,integer) to crm_app;

-- crm.list_dead_letters(topic text, most integer) returns TABLE(id uuid, reason text, sends smallint, died_at timestamp with time zone, data jsonb)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.list_dead_letters(text,integer) to crm_app;

-- crm.list_missed_changes(most integer) returns TABLE(user_id uuid)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.list_missed_changes(integer) to crm_app;

-- crm.list_sealed(of_table text, of_column text, after_user uuid, after_id uuid, most integer) returns TABLE(user_id uuid, id uuid, sealed bytea)
--     plpgsql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp

-- crm.list_shared_keys() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.list_shared_keys() to crm_app;

-- crm.list_stalled_jobs(most integer) returns TABLE(user_id uuid, job_id uuid)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.list_stalled_jobs(integer) to crm_app;

-- crm.list_taken_back(was jsonb, became jsonb, present jsonb) returns jsonb
--     sql, immutable, parallel safe
grant execute on function crm.list_taken_back(jsonb,jsonb,jsonb) to crm_app;

-- crm.list_wishes(one_id uuid, at timestamp with time zone) returns text
--     plpgsql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.list_wishes(uuid,timestamp with time zone) to crm_app;

-- crm.lock_leaderboard() returns void
--     sql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.logged_weight(kind text) returns double precision
--     sql, immutable, parallel safe
grant execute on function crm.logged_weight(text) to crm_app;

-- crm.machines_among(for_user uuid, nos integer[]) returns integer[]
--     plpgsql, stable, parallel safe

-- crm.mailbox_refusal(senders bytea[], mailbox bytea, kind text, limits jsonb, at timestamp with time zone) returns TABLE(budget text, most integer, fits_at timestamp with time zone)
--     sql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp

-- crm.mailbox_states(addresses text[], since timestamp with time zone) returns TABLE(address text, asked integer, never boolean, bounced boolean)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.mailbox_states(text[],timestamp with time zone) to crm_app;

-- crm.match_by_key(uid uuid, source text) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.match_by_key(uuid,text) to crm_app;

-- crm.match_by_name(uid uuid, source text) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.match_by_name(uuid,text) to crm_app;

-- crm.match_correspondents(uid uuid, nos integer[]) returns integer[]
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.match_correspondents(uuid,integer[]) to crm_app;

-- crm.match_merged(uid uuid, source text) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, enable_hashjoin=off, enable_mergejoin=off, enable_sort=on, enable_nestloop=on
grant execute on function crm.match_merged(uuid,text) to crm_app;

-- crm.matched_fields(starts text[], c crm.contacts, by_number tsquery) returns text[]
--     plpgsql, stable, parallel safe

-- crm.mentions(said text, words text[]) returns boolean
--     sql, immutable, parallel safe, set search_path=pg_catalog, pg_temp

-- crm.mentions_of(uid uuid, note uuid) returns json
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.mentions_of(uuid,uuid) to crm_app;

-- crm.merge_circles(uid uuid, keep_no integer, nos integer[]) returns void
--     sql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.merge_circles(uuid,integer,integer[]) to crm_app;

-- crm.merge_contacts(keep uuid, others uuid[], chosen jsonb) returns jsonb
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.merge_contacts(uuid,uuid[],jsonb) to crm_app;

-- crm.merge_days(uid uuid, keep_no integer, nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.merge_days(uuid,integer,integer[]) to crm_app;

-- crm.merge_facts(of_source smallint, addresses text[], names text[], OUT counted integer, OUT known integer, OUT left_out jsonb) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off, work_mem=64MB, client_min_messages=warning, lock_timeout=60s
grant execute on function crm.merge_facts(smallint,text[],text[]) to crm_app;

-- crm.merge_fields(uid uuid, keep uuid, others uuid[]) returns void
--     sql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.merge_fields(uuid,uuid,uuid[]) to crm_app;

-- crm.merge_imported(source text, on_duplicate text, OUT created integer, OUT updated integer, OUT unchanged integer) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off, work_mem=32MB, enable_sort=off, enable_nestloop=off, enable_mergejoin=off, lock_timeout=60s
grant execute on function crm.merge_imported(text,text) to crm_app;

-- crm.merge_imported_interactions(by_id boolean, max_errors integer, OUT created integer, OUT unchanged integer, OUT failed integer, OUT errors text) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off, client_min_messages=warning, lock_timeout=60s
grant execute on function crm.merge_imported_interactions(boolean,integer) to crm_app;

-- crm.merge_imported_ties(by_id boolean, max_errors integer, OUT created integer, OUT updated integer, OUT unchanged integer, OUT failed integer, OUT errors text) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off, work_mem=64MB, client_min_messages=warning, lock_timeout=60s
grant execute on function crm.merge_imported_ties(boolean,integer) to crm_app;

-- crm.merge_notes(uid uuid, keep_no integer, nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.merge_notes(uuid,integer,integer[]) to crm_app;

-- crm.merge_ties(uid uuid, keep_no integer, nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.merge_ties(uuid,integer,integer[]) to crm_app;

-- crm.merged_custom(uid uuid, ids uuid[], mark text) returns jsonb
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.merged_custom(uuid,uuid[],text) to crm_app;

-- crm.merged_into(uid uuid, ids uuid[]) returns TABLE(id uuid, contact_id uuid, contact_no integer)
--     sql, stable, parallel safe, rows 1, set search_path=pg_catalog, pg_temp
grant execute on function crm.merged_into(uuid,uuid[]) to crm_app;

-- crm.mistyped_words(part regclass, uid uuid, words text[], OUT parts tsquery[], OUT asked tsquery, OUT starts text[]) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.move_credits(uid uuid, kind text, amount integer, contact_id uuid, provider text, note text) returns boolean
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.move_notes(uid uuid, ids uuid[], to_no integer) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.move_notes(uuid,uuid[],integer) to crm_app;

-- crm.name_words(name text) returns text[]
--     plpgsql, immutable, strict, parallel safe, set search_path=pg_catalog, pg_temp
grant execute on function crm.name_words(text) to crm_app;

-- crm.names_apart(a text, b text, key text DEFAULT NULL::text) returns boolean
--     plpgsql, immutable, parallel safe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan
grant execute on function crm.names_apart(text,text,text) to crm_app;

-- crm.nearest_filter(filters jsonb, OUT condition text, OUT is_few boolean, OUT row_condition text) returns record
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.nearest_path(for_user uuid, source integer, targets integer[], max_hops integer, fading bigint, passed_over integer[]) returns TABLE(hops integer, cost bigint, path integer[])
--     plpgsql, stable, parallel safe, rows 1, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan, jit=off, work_mem=64MB, enable_seqscan=off, enable_bitmapscan=off, enable_mergejoin=off, enable_nestloop=off

-- crm.never_ask(address text, at timestamp with time zone) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.never_ask(text,timestamp with time zone) to crm_app;

-- crm.next_digest_at(uid uuid, weekly boolean, hour integer, weekday integer, zone text, after timestamp with time zone) returns timestamp with time zone
--     sql, stable, parallel unsafe

-- crm.next_level(for_user uuid, forward boolean, frontier integer[], frontier_label bigint[], barred integer[], seen integer[], seen_label bigint[], below bigint, fading bigint, most integer, OUT level integer[], OUT label bigint[]) returns record
--     plpgsql, stable, parallel safe

-- crm.nickname_queries(code text, words text[]) returns tsquery[]
--     plpgsql, immutable, parallel safe

-- crm.nicknames() returns TABLE(words text)
--     sql, immutable, parallel safe, rows 1000
grant execute on function crm.nicknames() to crm_app;

-- crm.not_invited(addresses text[]) returns TABLE(address text)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.not_invited(text[]) to crm_app;

-- crm.note_act(act text, actor text, operation uuid, details jsonb) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_act(text,text,uuid,jsonb) to crm_app;

-- crm.note_activity(uid uuid) returns boolean
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.note_all_activity(now timestamp with time zone, most integer) returns integer
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_all_activity(timestamp with time zone,integer) to crm_app;

-- crm.note_bounce(address text, at timestamp with time zone) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_bounce(text,timestamp with time zone) to crm_app;

-- crm.note_complaint(address text, at timestamp with time zone) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_complaint(text,timestamp with time zone) to crm_app;

-- crm.note_contact_events() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.note_contact_keys() returns trigger
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_contact_keys() to crm_app;

-- crm.note_events(uid uuid, event_type text, what jsonb, keys text[]) returns void
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.note_failure(id uuid, reason text) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_failure(uuid,text) to crm_app;

-- crm.note_hashes() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_hashes() to crm_app;

-- crm.note_interactions() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_interactions() to crm_app;

-- crm.note_introduction_event() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.note_job_event() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.note_last_contacts(uid uuid, contact_nos integer[], lasts integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.note_last_contacts(uuid,integer[],integer[]) to crm_app;

-- crm.note_merged(uid uuid, into_no integer, nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_merged(uuid,integer,integer[]) to crm_app;

-- crm.note_missed_change(within_s integer) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_missed_change(integer) to crm_app;

-- crm.note_own_activity() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.note_privacy_link_sent(link uuid, at timestamp with time zone) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_privacy_link_sent(uuid,timestamp with time zone) to crm_app;

-- crm.note_program_call(program_id uuid, program text, act text, target text, succeeded boolean, at timestamp with time zone) returns void
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_program_call(uuid,text,text,text,boolean,timestamp with time zone) to crm_app;

-- crm.note_return(email_id uuid, address text, reason text, at timestamp with time zone) returns TABLE(kind text, subject_id uuid, "position" smallint, recipients text[], delivered_to text[])
--     sql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_return(uuid,text,text,timestamp with time zone) to crm_app;

-- crm.note_shared_rows() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_shared_rows() to crm_app;

-- crm.note_sign_in(signed_in uuid, session text, once_in interval) returns uuid
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_sign_in(uuid,text,interval) to crm_app;

-- crm.note_token_use(token_id uuid, at timestamp with time zone) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.note_token_use(uuid,timestamp with time zone) to crm_app;

-- crm.number_cards(OUT epoch text, OUT at bigint, OUT forgotten bigint) returns record
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, jit=off
grant execute on function crm.number_cards() to crm_app;

-- crm.object_taken_back(was jsonb, became jsonb, present jsonb) returns jsonb
--     sql, immutable, parallel safe
grant execute on function crm.object_taken_back(jsonb,jsonb,jsonb) to crm_app;

-- crm.one_edit_apart(a text, b text) returns boolean
--     plpgsql, immutable, strict, parallel safe, set search_path=pg_catalog, pg_temp
grant execute on function crm.one_edit_apart(text,text) to crm_app;

-- crm.one_edit_away(word text) returns text[]
--     plpgsql, immutable, parallel safe, set search_path=pg_catalog, pg_temp

-- crm.only_counts() returns boolean
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.only_counts() to crm_app;

-- crm.open_invitation(code text, now timestamp with time zone) returns boolean
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.open_invitation(text,timestamp with time zone) to crm_app;

-- crm.open_ledger() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.open_privacy_link(hash bytea, at timestamp with time zone) returns text
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.open_privacy_link(bytea,timestamp with time zone) to crm_app;

-- crm.other_keys(email_key text, emails text[], phones text[], custom jsonb) returns SETOF text
--     sql, immutable, parallel safe, rows 1000
grant execute on function crm.other_keys(text,text[],text[],jsonb) to crm_app;

-- crm.other_names(word text) returns text[]
--     sql, immutable, parallel safe

-- crm.other_spellings(email text, emails text[]) returns SETOF text
--     sql, immutable, parallel safe, rows 1000
grant execute on function crm.other_spellings(text,text[]) to crm_app;

-- crm.others_strength(weight double precision) returns double precision
--     sql, immutable, parallel safe
grant execute on function crm.others_strength(double precision) to crm_app;

-- crm.others_weight(sent double precision, received double precision, together double precision) returns double precision
--     sql, immutable, parallel safe
grant execute on function crm.others_weight(double precision,double precision,double precision) to crm_app;

-- crm.outbox_state(topic text, bound integer, OUT on_the_way integer, OUT waiting boolean) returns record
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.outbox_state(text,integer) to crm_app;

-- crm.own_evidence(uid uuid, contact_nos integer[]) returns TABLE(contact_no integer, source_no smallint, first_s integer, last_s integer, sent integer, received integer, together integer, meetings integer, calls integer, sent_sum double precision, received_sum double precision, together_sum double precision)
--     sql, stable, parallel safe, rows 200, set search_path=pg_catalog, pg_temp, enable_seqscan=off
grant execute on function crm.own_evidence(uuid,integer[]) to crm_app;

-- crm.own_letter_budget(limits jsonb, at timestamp with time zone) returns json
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.own_letter_budget(jsonb,timestamp with time zone) to crm_app;

-- crm.own_strength(weight double precision) returns double precision
--     sql, immutable, parallel safe
grant execute on function crm.own_strength(double precision) to crm_app;

-- crm.own_sums(uid uuid, contact_nos integer[]) returns TABLE(contact_no integer, last_s integer, sent double precision, received double precision, together double precision, strength double precision)
--     sql, stable, parallel safe, rows 100, set search_path=pg_catalog, pg_temp
grant execute on function crm.own_sums(uuid,integer[]) to crm_app;

-- crm.own_weight(sent double precision, received double precision, together double precision) returns double precision
--     sql, immutable, parallel safe
grant execute on function crm.own_weight(double precision,double precision,double precision) to crm_app;

-- crm.pair_evidence(uid uuid, first_nos integer[], second_nos integer[]) returns TABLE(first_no integer, second_no integer, source_no smallint, first_s integer, last_s integer, sent integer, received integer, together integer, meetings integer, calls integer, sent_sum double precision, received_sum double precision, together_sum double precision)
--     sql, stable, parallel safe, rows 200, set search_path=pg_catalog, pg_temp, enable_seqscan=off
grant execute on function crm.pair_evidence(uuid,integer[],integer[]) to crm_app;

-- crm.pair_hash(sender bytea, mailbox bytea, kind text) returns bytea
--     sql, stable, strict, security definer, parallel safe, set search_path=pg_catalog, pg_temp

-- crm.pair_profiles() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, client_min_messages=warning
grant execute on function crm.pair_profiles() to crm_app;

-- crm.pair_sums(uid uuid, first_nos integer[], second_nos integer[]) returns TABLE(first_no integer, second_no integer, last_s integer, sent double precision, received double precision, together double precision, strength double precision)
--     sql, stable, parallel safe, rows 100, set search_path=pg_catalog, pg_temp
grant execute on function crm.pair_sums(uuid,integer[],integer[]) to crm_app;

-- crm.part_offices() returns text[]
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.part_offices() to crm_app;

-- crm.part_shared_keys() returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.part_shared_keys() to crm_app;

-- crm.pass_team_on(member uuid) returns text
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.pass_team_on(uuid) to crm_app;

-- crm.path_advice(hops integer, first text, first_email text, slowest text, readiness text, asked integer, slow_at timestamp with time zone, strength double precision, kind text, last_s integer, chats integer, letters integer, day text, at timestamp with time zone) returns text
--     plpgsql, stable, parallel safe

-- crm.path_rank(ordering text, hops integer, strength double precision, likelihood double precision) returns double precision[]
--     sql, immutable, parallel safe

-- crm.paths_by_hops(for_user uuid, source integer, targets integer[], max_hops integer, wanted integer, fading bigint, deadline timestamp with time zone, passed_over integer[], OUT paths text[], OUT proven boolean) returns record
--     plpgsql, stable, parallel safe

-- crm.paths_through_colleagues(uid uuid, keys text[], profile text, max_hops integer, by_hops boolean, wanted integer, bound bigint, step_price bigint, price bigint, at timestamp with time zone, deadline timestamp with time zone) returns TABLE(hops integer, strength double precision, document text, proven boolean)
--     plpgsql, stable, parallel safe, rows 1000, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan, jit=off, work_mem=64MB, enable_seqscan=off, enable_bitmapscan=off, enable_mergejoin=off, enable_nestloop=off

-- crm.people_among(names text[], key text) returns integer
--     plpgsql, immutable, parallel safe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan
grant execute on function crm.people_among(text[],text) to crm_app;

-- crm.people_through_colleague(path uuid[], at timestamp with time zone) returns TABLE(id uuid, name text, company text, title text, email text, strength real)
--     plpgsql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.people_through_colleague(uuid[],timestamp with time zone) to crm_app;

-- crm.phone_digits(phone text) returns text
--     sql, immutable, parallel safe
grant execute on function crm.phone_digits(text) to crm_app;

-- crm.phone_digits_of_text(phone text) returns text
--     plpgsql, immutable, strict, parallel safe, set search_path=pg_catalog, pg_temp
grant execute on function crm.phone_digits_of_text(text) to crm_app;

-- crm.phone_keys(phones text[]) returns text[]
--     sql, immutable, parallel safe
grant execute on function crm.phone_keys(text[]) to crm_app;

-- crm.phone_lexemes(question text, code text) returns tsquery
--     plpgsql, immutable, parallel safe

-- crm.phone_of_many() returns text
--     sql, immutable, parallel safe
grant execute on function crm.phone_of_many() to crm_app;

-- crm.phone_words(code text, phones text[]) returns text
--     plpgsql, immutable, strict, parallel safe
grant execute on function crm.phone_words(text,text[]) to crm_app;

-- crm.phones_apart(a text[], b text[]) returns boolean
--     sql, immutable, parallel safe
grant execute on function crm.phones_apart(text[],text[]) to crm_app;

-- crm.plain_letters(t text) returns text
--     plpgsql, immutable, strict, parallel safe
grant execute on function crm.plain_letters(text) to crm_app;

-- crm.plain_sounds(word text) returns text
--     sql, immutable, parallel safe
grant execute on function crm.plain_sounds(text) to crm_app;

-- crm.profile_contacts(uid uuid, only_nos integer[]) returns integer
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, client_min_messages=warning
grant execute on function crm.profile_contacts(uuid,integer[]) to crm_app;

-- crm.profile_words(name text) returns text[]
--     sql, immutable, parallel safe
grant execute on function crm.profile_words(text) to crm_app;

-- crm.purge_cards(removed_before timestamp with time zone, held_before timestamp with time zone) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.purge_cards(timestamp with time zone,timestamp with time zone) to crm_app;

-- crm.purge_journal(older_than timestamp with time zone, most integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.purge_journal(timestamp with time zone,integer) to crm_app;

-- crm.queue_digests(at timestamp with time zone, most integer, most_of_installation integer, OUT looked_at integer, OUT queued integer) returns record
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp, jit=off, plan_cache_mode=force_custom_plan
grant execute on function crm.queue_digests(timestamp with time zone,integer,integer) to crm_app;

-- crm.queue_due_sources(most integer, requeue_after_s integer) returns integer
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.queue_due_sources(integer,integer) to crm_app;

-- crm.queue_webhook(hook uuid, due timestamp with time zone, urgency smallint) returns void
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.queue_webhook(uuid,timestamp with time zone,smallint) to crm_app;

-- crm.quoted_pattern(said text) returns text
--     sql, immutable, strict, parallel safe, set search_path=pg_catalog, pg_temp

-- crm.raise_no_user() returns uuid
--     plpgsql, stable, parallel safe
grant execute on function crm.raise_no_user() to crm_app;

-- crm.rank_full_text(uid uuid, found_ids uuid[], question text, words text[], nicknames tsquery[], respaced tsquery, address text, by_number tsquery, after_score real, after_name text, after_id uuid, page_size integer) returns TABLE(id uuid, score real, name_key text, matched text[])
--     plpgsql, stable, parallel unsafe, rows 20, set search_path=pg_catalog, pg_temp

-- crm.rank_typos(uid uuid, found_ids uuid[], words text[], shown tsquery, starts text[], after_score real, after_name text, after_id uuid, page_size integer) returns TABLE(id uuid, score real, name_key text, matched text[])
--     plpgsql, stable, parallel unsafe, rows 20, set search_path=pg_catalog, pg_temp

-- crm.ranked_at_most(total bigint) returns integer
--     sql, immutable, parallel safe

-- crm.ranked_list(filters jsonb, sort text, after_key text, page_size integer, part regclass, source text, fitting text) returns text
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.read_filters(filters jsonb, OUT part regclass, OUT sample tsvector[], OUT total bigint, OUT fitting text, OUT lexemes tsquery, OUT near text, OUT fits boolean[]) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.read_question(question text, OUT words text[], OUT address text, OUT address_words text[], OUT unfinished boolean, OUT other_words text[], OUT by_text boolean) returns record
--     plpgsql, immutable, parallel safe

-- crm.readiness_class(decision text, decided_at timestamp with time zone, asked integer, at timestamp with time zone) returns text
--     sql, stable, parallel safe

-- crm.readiness_of(for_user uuid, nos integer[], at timestamp with time zone) returns TABLE(no integer, readiness text, asked integer, last_at timestamp with time zone)
--     plpgsql, stable, parallel safe, rows 10

-- crm.readiness_of_contacts(ids uuid[], at timestamp with time zone) returns text[]
--     plpgsql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.readiness_of_contacts(uuid[],timestamp with time zone) to crm_app;

-- crm.rebuild_leaderboard(now timestamp with time zone) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.rebuild_leaderboard(timestamp with time zone) to crm_app;

-- crm.release_addresses_of_offices(uid uuid, addresses text[], OUT contacts uuid[], OUT released text[], OUT companies text[]) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.release_addresses_of_offices(uuid,text[]) to crm_app;

-- crm.release_reservations(most integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.release_reservations(integer) to crm_app;

-- crm.release_shared_addresses(uid uuid) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.release_shared_addresses(uuid) to crm_app;

-- crm.remember_rows(uid uuid) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remember_rows(uuid) to crm_app;

-- crm.remove_expired_answers(most integer) returns integer
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_expired_answers(integer) to crm_app;

-- crm.remove_expired_tokens(before timestamp with time zone) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_expired_tokens(timestamp with time zone) to crm_app;

-- crm.remove_from_team(member uuid) returns text
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_from_team(uuid) to crm_app;

-- crm.remove_left_contacts(most integer) returns integer
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_left_contacts(integer) to crm_app;

-- crm.remove_left_rows(most integer) returns integer
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_left_rows(integer) to crm_app;

-- crm.remove_old_audit_entries(before timestamp with time zone, most integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_old_audit_entries(timestamp with time zone,integer) to crm_app;

-- crm.remove_old_deliveries(before timestamp with time zone, most integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_old_deliveries(timestamp with time zone,integer) to crm_app;

-- crm.remove_old_emails(before timestamp with time zone, most integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_old_emails(timestamp with time zone,integer) to crm_app;

-- crm.remove_old_export_parts(before timestamp with time zone, most integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_old_export_parts(timestamp with time zone,integer) to crm_app;

-- crm.remove_old_idempotency_keys(most integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_old_idempotency_keys(integer) to crm_app;

-- crm.remove_old_jobs(most integer) returns integer
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_old_jobs(integer) to crm_app;

-- crm.remove_old_letter_counts(before timestamp with time zone, most_rows integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_old_letter_counts(timestamp with time zone,integer) to crm_app;

-- crm.remove_old_privacy_links(before timestamp with time zone, most integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_old_privacy_links(timestamp with time zone,integer) to crm_app;

-- crm.remove_old_program_calls(before timestamp with time zone, most integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.remove_old_program_calls(timestamp with time zone,integer) to crm_app;

-- crm.renew_contact_keys() returns trigger
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.renew_contact_keys() to crm_app;

-- crm.renew_last_contacts() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.renew_last_contacts() to crm_app;

-- crm.replace_duplicates(uid uuid, only_nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.replace_duplicates(uuid,integer[]) to crm_app;

-- crm.replace_sealed(of_table text, of_column text, of_user uuid, of_id uuid, before bytea, after bytea) returns boolean
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.replay_dead_letters(topic text, most integer) returns integer
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.replay_dead_letters(text,integer) to crm_app;

-- crm.request_enrichments(contacts uuid[], priority smallint, force boolean, attributes jsonb) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.request_enrichments(uuid[],smallint,boolean,jsonb) to crm_app;

-- crm.reserve_credits(uid uuid, contact uuid, provider_name text, input bytea, cost integer, run uuid, until timestamp with time zone, paid_after timestamp with time zone) returns text
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.respaced_query(part regclass, code text, words text[]) returns tsquery
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.resume_enrichments(uid uuid, most integer) returns integer
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.resume_enrichments(uuid,integer) to crm_app;

-- crm.retry_event(id uuid, delay_s double precision) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.retry_event(uuid,double precision) to crm_app;

-- crm.return_events(ids uuid[], delay_s integer) returns void
--     sql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.return_events(uuid[],integer) to crm_app;

-- crm.return_ties(operation uuid, only_nos integer[]) returns integer
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.return_ties(uuid,integer[]) to crm_app;

-- crm.reward_join(joiner uuid, credits integer, most_rewards integer, now timestamp with time zone) returns TABLE(inviter_id uuid, join_id uuid, rewarded boolean)
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.reward_join(uuid,integer,integer,timestamp with time zone) to crm_app;

-- crm.rough_count(hits bigint, sampled bigint, total bigint) returns bigint
--     sql, immutable, parallel safe

-- crm.rows_of_ties(range record) returns text
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.same_given_name(a text, b text) returns boolean
--     plpgsql, immutable, strict, parallel safe, set search_path=pg_catalog, pg_temp
grant execute on function crm.same_given_name(text,text) to crm_app;

-- crm.same_number(a text, b text) returns boolean
--     sql, immutable, strict, parallel safe
grant execute on function crm.same_number(text,text) to crm_app;

-- crm.same_surname(a text, b text) returns boolean
--     sql, immutable, strict, parallel safe
grant execute on function crm.same_surname(text,text) to crm_app;

-- crm.sample_contacts(uid uuid, OUT part regclass, OUT sample tsvector[], OUT total bigint) returns record
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.sampled_share(part regclass, uid uuid, condition text, asked tsquery, OUT hits bigint, OUT sampled bigint, OUT total bigint) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.say_strength() returns trigger
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.says_more(field text, value text, present text) returns boolean
--     sql, immutable, parallel safe
grant execute on function crm.says_more(text,text,text) to crm_app;

-- crm.score_introduction(introduction uuid, now timestamp with time zone) returns void
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.score_introduction(uuid,timestamp with time zone) to crm_app;

-- crm.sealed_columns() returns TABLE(of_table text, of_column text)
--     sql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp

-- crm.search_among(question text, filters jsonb, page_size integer, after_score real, after_name text, after_id uuid) returns TABLE(id uuid, score real, name_key text, matched text[])
--     plpgsql, volatile, security definer, parallel unsafe, rows 50, set search_path=pg_catalog, pg_temp, enable_seqscan=off, enable_sort=off, jit=off, plan_cache_mode=force_generic_plan
grant execute on function crm.search_among(text,jsonb,integer,real,text,uuid) to crm_app;

-- crm.search_contacts(question text, page_size integer DEFAULT 20, after_score real DEFAULT NULL::real, after_name text DEFAULT NULL::text, after_id uuid DEFAULT NULL::uuid) returns TABLE(id uuid, score real, name_key text, matched text[])
--     plpgsql, volatile, security definer, parallel unsafe, rows 50, set search_path=pg_catalog, pg_temp, enable_seqscan=off, enable_sort=off, jit=off, plan_cache_mode=force_generic_plan
grant execute on function crm.search_contacts(text,integer,real,text,uuid) to crm_app;

-- crm.search_document(user_id uuid, name text, email text, emails text[], phones text[], company text, title text, location text, tags text[], notes text, custom jsonb) returns tsvector
--     plpgsql, immutable, parallel safe
grant execute on function crm.search_document(uuid,text,text,text[],text[],text,text,text,text[],text,jsonb) to crm_app;

-- crm.search_fitting(question text, wanted_tags text[], wanted_company text, wanted_email boolean, page_size integer, after_score real, after_name text, after_id uuid) returns TABLE(id uuid, score real, name_key text, matched text[])
--     sql, volatile, security definer, parallel unsafe, rows 50, set search_path=pg_catalog, pg_temp
grant execute on function crm.search_fitting(text,text[],text,boolean,integer,real,text,uuid) to crm_app;

-- crm.seconds_of(at timestamp with time zone) returns integer
--     sql, stable, parallel safe
grant execute on function crm.seconds_of(timestamp with time zone) to crm_app;

-- crm.sender_budget(limits jsonb, at timestamp with time zone) returns TABLE(parties bytea[], letters integer, asks integer)
--     sql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp

-- crm.set_fields_back() returns integer
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.set_fields_back() to crm_app;

-- crm.settle_contacts(uid uuid, contact_nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.settle_contacts(uuid,integer[]) to crm_app;

-- crm.settle_digest() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.settle_due(uid uuid, nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off

-- crm.settle_due_of_circles() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.settle_due_of_gone() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.settle_due_of_made() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.settle_fields() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.settle_own_ties(uid uuid, contact_nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.settle_own_ties(uuid,integer[]) to crm_app;

-- crm.settle_pairs(uid uuid, first_nos integer[], second_nos integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.settle_pairs(uuid,integer[],integer[]) to crm_app;

-- crm.sharers_of_keys(uid uuid, name text, emails text[], linkedin_url text) returns TABLE(contact_id uuid)
--     plpgsql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.sharers_of_keys(uuid,text,text[],text) to crm_app;

-- crm.show_in_leaderboard() returns trigger
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.shown_text(text text) returns text
--     sql, immutable, parallel safe

-- crm.sign_in(token_issuer text, token_subject text, token_email text, token_name text) returns TABLE(user_id uuid, created boolean)
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.sign_in(text,text,text,text) to crm_app;

-- crm.single_values(uid uuid, ids uuid[]) returns TABLE(id uuid, place bigint, field text, value text, origin integer, since timestamp with time zone)
--     sql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.single_values(uuid,uuid[]) to crm_app;

-- crm.slide_leaderboard(now timestamp with time zone) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.slide_leaderboard(timestamp with time zone) to crm_app;

-- crm.sound(word text) returns text
--     sql, immutable, parallel safe
grant execute on function crm.sound(text) to crm_app;

-- crm.source_document(of_source crm.sources) returns json
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.source_document(crm.sources) to crm_app;

-- crm.source_name(source text) returns text
--     sql, immutable, strict, parallel safe
grant execute on function crm.source_name(text) to crm_app;

-- crm.spelling(word text) returns text
--     sql, immutable, strict, parallel safe
grant execute on function crm.spelling(text) to crm_app;

-- crm.spells_name(email text, name text) returns boolean
--     sql, immutable, parallel safe
grant execute on function crm.spells_name(text,text) to crm_app;

-- crm.spend_letters(addresses text[], kind text, begins boolean, limits jsonb, at timestamp with time zone) returns TABLE(address text, budget text, most integer, fits_at timestamp with time zone, remaining integer)
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.spend_letters(text[],text,boolean,jsonb,timestamp with time zone) to crm_app;

-- crm.split_contact(contact uuid, facts jsonb) returns uuid
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.split_contact(uuid,jsonb) to crm_app;

-- crm.starting_credits_of(token_issuer text, token_subject text, token_email text) returns integer
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.stop_hash(salt bytea, address text) returns bigint
--     sql, immutable, strict, parallel safe
grant execute on function crm.stop_hash(bytea,text) to crm_app;

-- crm.strength_at(strength real, fades_from_s integer, at timestamp with time zone) returns real
--     sql, stable, parallel safe
grant execute on function crm.strength_at(real,integer,timestamp with time zone) to crm_app;

-- crm.strength_of(cost bigint) returns double precision
--     sql, immutable, parallel safe
grant execute on function crm.strength_of(bigint) to crm_app;

-- crm.strength_parts(uid uuid, contact_nos integer[]) returns TABLE(contact_no integer, last_at timestamp with time zone, interactions integer, weight double precision, sent double precision, received double precision, frequency double precision, reciprocity double precision)
--     sql, stable, parallel safe, rows 100, set search_path=pg_catalog, pg_temp, enable_seqscan=off
grant execute on function crm.strength_parts(uuid,integer[]) to crm_app;

-- crm.strength_step(strength real) returns real
--     sql, immutable, parallel safe

-- crm.suggest_ties(contact_id uuid, most integer) returns text
--     plpgsql, stable, security definer, parallel safe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan, jit=off, work_mem=64MB, enable_seqscan=off, enable_bitmapscan=off, enable_mergejoin=off, enable_nestloop=off
grant execute on function crm.suggest_ties(uuid,integer) to crm_app;

-- crm.suggested_days(uid uuid, no integer) returns integer
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.suggested_days(uuid,integer) to crm_app;

-- crm.suppress(hash bytea, provider_name text, but_not uuid) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.suppressed_addresses(addresses text[], since timestamp with time zone) returns SETOF text
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.suppressed_addresses(text[],timestamp with time zone) to crm_app;

-- crm.take_device_answer(request_hash bytea, client text, at timestamp with time zone, pause interval) returns TABLE(outcome text, user_id uuid, grant_id uuid, client_id text, scopes text[], resource text)
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.take_device_answer(bytea,text,timestamp with time zone,interval) to crm_app;

-- crm.take_events(topic text, most integer, room integer[], hold_s integer) returns TABLE(id uuid, data jsonb, attributes jsonb, priority smallint, sends smallint, created_at timestamp with time zone)
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.take_events(text,integer,integer[],integer) to crm_app;

-- crm.take_grant_token(token_hash bytea, token_kind text, at timestamp with time zone, grace interval) returns TABLE(outcome text, user_id uuid, grant_id uuid, client_id text, scopes text[], resource text, details jsonb)
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.take_grant_token(bytea,text,timestamp with time zone,interval) to crm_app;

-- crm.take_idempotency_key(wanted bytea, of_request bytea) returns TABLE(state text, answer bytea)
--     plpgsql, volatile, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.take_idempotency_key(bytea,bytea) to crm_app;

-- crm.taken_back(field text, was jsonb, became jsonb, present jsonb) returns jsonb
--     sql, immutable, parallel safe
grant execute on function crm.taken_back(text,jsonb,jsonb,jsonb) to crm_app;

-- crm.targets_in_books(for_user uuid, keys text[], profile text, my_keys text[], OUT users uuid[], OUT selves integer[], OUT targets integer[]) returns record
--     plpgsql, stable, parallel safe

-- crm.team_owner(team uuid) returns uuid
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.tell_tie(from_id uuid, to_id uuid, now timestamp with time zone DEFAULT now()) returns text
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.tell_tie(uuid,uuid,timestamp with time zone) to crm_app;

-- crm.tie_range(filters jsonb, OUT uid uuid, OUT self_no integer, OUT ties text, OUT lasts text, OUT fading bigint, OUT most_cost bigint, OUT first_s integer, OUT end_s integer) returns record
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.ties_among(for_user uuid, nos integer[], fading bigint) returns TABLE(from_no integer, to_no integer, cost bigint, mutual boolean)
--     plpgsql, stable, parallel safe, rows 1000, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off, work_mem=64MB, enable_seqscan=off, enable_bitmapscan=off, enable_mergejoin=off, enable_hashjoin=off

-- crm.ties_from(for_user uuid, contact_no integer, below bigint, fading bigint) returns TABLE(no integer, cost bigint)
--     sql, stable, parallel safe, rows 10

-- crm.ties_of(uid uuid, operation uuid) returns TABLE(from_no integer, to_no integer, was_strength real, was_fading_from integer, was_imported boolean, strength real, fading_from integer, imported boolean)
--     sql, stable, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.ties_of(uuid,uuid) to crm_app;

-- crm.ties_to(for_user uuid, contact_no integer, below bigint, fading bigint) returns TABLE(no integer, cost bigint)
--     sql, stable, parallel safe, rows 10

-- crm.ties_to_colleagues(for_user uuid, my_no integer, unsaid real, unsaid_cost bigint, fading bigint, at timestamp with time zone, INOUT users uuid[], INOUT selves integer[], OUT ties real[], OUT tie_costs bigint[]) returns record
--     plpgsql, stable, parallel safe

-- crm.time_of(s integer) returns timestamp with time zone
--     sql, stable, parallel safe
grant execute on function crm.time_of(integer) to crm_app;

-- crm.titles_and_degrees() returns text[]
--     sql, immutable, parallel safe
grant execute on function crm.titles_and_degrees() to crm_app;

-- crm.told_answer_rates() returns TABLE(readiness text, start_rate double precision, asked integer, accepted integer, expected double precision, rate double precision, learned_at timestamp with time zone)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.told_answer_rates() to crm_app;

-- crm.told_day(at timestamp with time zone, now timestamp with time zone) returns text
--     sql, stable, parallel safe
grant execute on function crm.told_day(timestamp with time zone,timestamp with time zone) to crm_app;

-- crm.told_path(book_of uuid, colleague_name text, colleague_email text, path integer[], unsaid real, at timestamp with time zone) returns TABLE(contacts text, name text, told text, told_product double precision, product double precision)
--     sql, stable, parallel safe, rows 1

-- crm.trace(contact_no integer, all_nos integer[], all_labels bigint[], level_from integer[], in_front boolean) returns integer[]
--     plpgsql, immutable, parallel safe

-- crm.trashed(uid uuid) returns TABLE(contact_no integer, id uuid, change_no bigint)
--     sql, stable, parallel unsafe, rows 1000
grant execute on function crm.trashed(uuid) to crm_app;

-- crm.trim_idempotency_keys(most integer, most_bytes bigint) returns integer
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.trim_idempotency_keys(integer,bigint) to crm_app;

-- crm.typo_candidates(part regclass, uid uuid, total bigint, sample tsvector[], words text[], most integer, OUT found_ids uuid[], OUT starts text[]) returns record
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.unaccented(t text) returns text
--     sql, immutable, strict, parallel safe
grant execute on function crm.unaccented(text) to crm_app;

-- crm.undo_operation(which uuid) returns jsonb
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off, work_mem=32MB, client_min_messages=warning, lock_timeout=60s
grant execute on function crm.undo_operation(uuid) to crm_app;

-- crm.undo_rows(operation uuid, subject_name text, only_nos integer[]) returns integer
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.undo_rows(uuid,text,integer[]) to crm_app;

-- crm.unroll(for_user uuid, in_front boolean, level integer[], label bigint[], below bigint, fading bigint, most integer, INOUT walk text[], INOUT head integer[], INOUT tail integer[], INOUT rest bigint[], OUT total bigint[]) returns record
--     plpgsql, stable, parallel safe

-- crm.users_with_wishes(at timestamp with time zone, most integer) returns TABLE(user_id uuid)
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.users_with_wishes(timestamp with time zone,integer) to crm_app;

-- crm.viral_cohorts(since timestamp with time zone, now timestamp with time zone) returns jsonb
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.viral_cohorts(timestamp with time zone,timestamp with time zone) to crm_app;

-- crm.viral_figures(uid uuid, since timestamp with time zone, now timestamp with time zone) returns jsonb
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.viral_figures(uuid,timestamp with time zone,timestamp with time zone) to crm_app;

-- crm.wake_overdue_webhooks(most integer) returns integer
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.wake_overdue_webhooks(integer) to crm_app;

-- crm.wake_webhook(uid uuid, hook uuid) returns void
--     plpgsql, volatile, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.walked_candidates(part regclass, uid uuid, every tsquery, addresses text, most integer, walk_at_most integer, fitting text DEFAULT ''::text) returns uuid[]
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.wants_none(address text) returns boolean
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.wants_none(text) to crm_app;

-- crm.was_called(uid uuid, into_no integer, name text) returns boolean
--     sql, stable, parallel safe
grant execute on function crm.was_called(uuid,integer,text) to crm_app;

-- crm.way_of_wish(wish crm.wishes, at timestamp with time zone) returns jsonb
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.ways_as_json(for_user uuid, self_no integer, paths text[], ordering text, ready_nos integer[], classes text[], asked integer[], last_ats timestamp with time zone[], names text[], rates double precision[], at timestamp with time zone) returns text
--     plpgsql, stable, parallel safe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan, jit=off, enable_seqscan=off, enable_bitmapscan=off, enable_mergejoin=off

-- crm.whole_setting(settings jsonb, name text, least_value integer, most_value integer, otherwise integer) returns integer
--     sql, immutable, parallel unsafe

-- crm.with_circle(filters jsonb) returns jsonb
--     sql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.with_fields(filters jsonb) returns jsonb
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.with_surcharges(nos integer[], numbers bigint[], dear integer[], surcharges bigint[], shift integer) returns bigint[]
--     plpgsql, stable, parallel safe

-- crm.withheld_addresses(addresses text[]) returns SETOF text
--     sql, stable, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.withheld_addresses(text[]) to crm_app;

-- crm.withhold_rows(brings_back boolean) returns TABLE(row_no integer, value text, is_wish boolean)
--     plpgsql, volatile, security definer, parallel unsafe, rows 1000, set search_path=pg_catalog, pg_temp
grant execute on function crm.withhold_rows(boolean) to crm_app;

-- crm.without_tld(address text) returns text
--     sql, immutable, parallel safe
grant execute on function crm.without_tld(text) to crm_app;

-- crm.word_candidates(part regclass, uid uuid, total bigint, sample tsvector[], words text[], most integer, page_size integer) returns uuid[]
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.word_query(code text, word text, place text, ending text) returns text
--     sql, immutable, parallel safe

-- crm.words(t text) returns text
--     plpgsql, immutable, strict, parallel safe
grant execute on function crm.words(text) to crm_app;

-- crm.words_beside(code text, words text[], first integer, last integer) returns text
--     sql, immutable, parallel safe

-- crm.write_computed_ties(uid uuid, first_nos integer[], second_nos integer[], strengths real[], lasts integer[]) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp, plan_cache_mode=force_custom_plan, jit=off
grant execute on function crm.write_computed_ties(uuid,integer[],integer[],real[],integer[]) to crm_app;

-- crm.write_document() returns trigger
--     plpgsql, volatile, parallel unsafe

-- crm.write_field_keys(field crm.fields) returns void
--     sql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.write_recalled(uid uuid, source text, on_duplicate text) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.write_recalled(uuid,text,text) to crm_app;

-- crm.write_rows(uid uuid, source text, on_duplicate text, only_keyed boolean, careful boolean) returns void
--     plpgsql, volatile, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.write_rows(uuid,text,text,boolean,boolean) to crm_app;

-- crm.written_by_hand(uid uuid, contact_no integer, source text, field text) returns boolean
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.written_by_hand(uuid,integer,text,text) to crm_app;

-- crm.yes_answers(of_user uuid) returns integer
--     sql, stable, security definer, parallel unsafe, set search_path=pg_catalog, pg_temp

-- crm.zone_of(uid uuid) returns text
--     plpgsql, stable, parallel unsafe, set search_path=pg_catalog, pg_temp
grant execute on function crm.zone_of(uuid) to crm_app;
