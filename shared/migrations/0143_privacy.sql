-- The links by which people who have no account ask what an installation holds about their address. A link goes to the mailbox that it is
-- about, so nobody asks about others.

create table crm.privacy_links (
    id uuid primary key default gen_random_uuid(),
    address_hash bytea not null,
    -- until the link has expired: the mailbox that it is sent to
    address text not null,
    -- of the newest attempt to send it; null before the first
    token_hash bytea,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    sent_at timestamptz,
    constraint privacy_links_token unique (token_hash),
    constraint privacy_links_hashes check (octet_length(address_hash) = 32 and octet_length(token_hash) = 32),
    constraint privacy_links_address_size check (length(address) between 3 and 320)
);
create index privacy_links_by_mailbox on crm.privacy_links (address_hash, created_at);
create index privacy_links_by_expiry on crm.privacy_links (expires_at);
alter table crm.privacy_links enable row level security;
