-- E-mail: what is to be sent and what became of it, the tokens in its links, and the addresses that want none.
--
-- An e-mail is a row that commits with the change it tells of, beside the event that has it sent. It is written when it is sent and not
-- before: so it tells what is true by then, and the tokens of its links never lie anywhere in the clear.

-- Keys of hashes. They never leave the database, and only functions of the owner read them: a copy of the hashes alone tells nobody
-- whether an address is among them.
create table crm.hash_keys (
    name text primary key,
    key bytea not null constraint hash_keys_size check (octet_length(key) >= 32)
);
alter table crm.hash_keys enable row level security;

-- three random UUIDs hold 366 random bits
insert into crm.hash_keys values ('address',
    sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- The mailbox behind an address, as far as it can be told: case and "+tag" do not change it, nor do dots at Gmail.
create function crm.canonical_address(address text) returns text
    language sql immutable strict parallel safe
    return (
        select case when p.domain in ('gmail.com', 'googlemail.com') then replace(p.mailbox, '.', '') || '@gmail.com'
            else p.mailbox || '@' || p.domain end
        from (select
            regexp_replace(regexp_replace(lower(btrim(address)), '@[^@]*$', ''), '^([^+]+)\+.*$', '\1') as mailbox,
            regexp_replace(lower(btrim(address)), '^.*@', '') as domain) p);

-- A mailbox as a hash: compared, never read back.
create function crm.address_hash(address text) returns bytea
    language sql stable strict parallel safe security definer
    set search_path = pg_catalog, pg_temp
    return (select sha256(k.key || sha256(k.key || convert_to(crm.canonical_address(address), 'UTF8')))
        from crm.hash_keys k where k.name = 'address');

-- What is known of mailboxes: that their people never want to be asked again, or that they do not exist. Of nobody's address book, and
-- kept when the user who caused it is erased: a no stays a no.
create table crm.known_mailboxes (
    address_hash bytea primary key,
    never_at timestamptz,
    bounced_at timestamptz
);
alter table crm.known_mailboxes enable row level security;

create table crm.emails (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references crm.users on delete cascade,
    -- which letter, e.g. "introduction.ask"
    kind text not null,
    -- what it is about: an introduction and a position on its path, or an invitation
    subject_id uuid not null,
    position smallint,
    recipients text[] not null,
    status text not null default 'queued',
    -- of the recipients, those whose server took it
    delivered_to text[] not null default '{}',
    attempts smallint not null default 0,
    -- a run of the consumer is at it until then
    lease_until timestamptz,
    last_error text,
    created_at timestamptz not null,
    ended_at timestamptz,

    -- one letter of a kind about one thing, however often a step is repeated
    constraint emails_once unique nulls not distinct (subject_id, kind, position),
    constraint emails_kind_shape check (kind ~ '^[a-z]+\.[a-z_]+$'),
    constraint emails_recipients check (cardinality(recipients) between 1 and 2),
    constraint emails_status check (status in ('queued', 'sending', 'sent', 'bounced', 'cancelled')),
    constraint emails_lease check ((status = 'sending') = (lease_until is not null)),
    constraint emails_ended check ((status in ('sent', 'bounced', 'cancelled')) = (ended_at is not null))
);
create index emails_by_user on crm.emails (user_id, created_at);
alter table crm.emails enable row level security;
create policy own_emails on crm.emails
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update (status, delivered_to, attempts, lease_until, last_error, ended_at) on crm.emails to crm_app;

-- What a link in an e-mail proves. Each attempt to send makes a token of its own, so that none has to be kept: all of an e-mail's tokens
-- mean the same, and what they answer is answered once.
create table crm.email_tokens (
    token_hash bytea primary key,
    user_id uuid not null references crm.users on delete cascade,
    email_id uuid not null references crm.emails on delete cascade,
    created_at timestamptz not null,
    constraint email_tokens_hash check (octet_length(token_hash) = 32)
);
create index email_tokens_by_email on crm.email_tokens (email_id);
create index email_tokens_by_user on crm.email_tokens (user_id);
alter table crm.email_tokens enable row level security;
create policy own_email_tokens on crm.email_tokens
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant insert on crm.email_tokens to crm_app;

revoke all on function crm.canonical_address, crm.address_hash from public;
