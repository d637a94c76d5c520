-- A budget for letters to strangers: how many may leave for one sender in a day, and reach one mailbox in a day and in a month, over all
-- kinds of letters together.
--
-- What has left is counted, and nothing takes a count back: not a letter that was cancelled or withdrawn, not an invitation that was
-- deleted, not a user who erases themselves. Hence the counts belong to no user. They are kept by keyed hashes, and a sender's apart from
-- a mailbox's, so that nobody reads out of them who has written to whom.

-- An identity provider's name for a person is no mailbox, and must never be taken for one: a key of its own.
insert into crm.hash_keys values ('identity',
    sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- Who somebody is to their identity provider, as a hash: compared, never read back. Lengths keep "a", "bc" and "ab", "c" apart.
create function crm.identity_hash(issuer text, subject text) returns bytea
    language sql stable strict parallel safe security definer
    set search_path = pg_catalog, pg_temp
    return (select sha256(k.key || sha256(k.key || convert_to(length(issuer) || ' ' || issuer || ' ' || subject, 'UTF8')))
        from crm.hash_keys k where k.name = 'identity');

-- By what a user is known again after they erased themselves: the identity, and the verified mailbox where there is one.
create function crm.known_by(issuer text, subject text, email text) returns bytea[]
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select array_remove(array[crm.identity_hash(issuer, subject), crm.address_hash(email)], null);
end;

create table crm.letter_counts (
    -- sender: by identity and by mailbox; mailbox: of whom is written to; pair: of both and the kind, for what is sent once
    side text not null,
    party bytea not null,
    hour timestamptz not null,
    letters integer not null,
    -- of a sender: introductions asked for; of a mailbox: questions
    asks integer not null,
    primary key (side, party, hour),
    constraint letter_counts_side check (side in ('sender', 'mailbox', 'pair')),
    constraint letter_counts_party check (octet_length(party) = 32),
    constraint letter_counts_counts check (letters >= asks and asks >= 0)
);
create index letter_counts_by_hour on crm.letter_counts (hour);
alter table crm.letter_counts enable row level security;

-- What has left in the last month.
insert into crm.letter_counts (side, party, hour, letters, asks)
    select n.side, n.party, date_trunc('hour', n.created_at, 'UTC'), count(*), count(*) filter (where n.is_ask)
    from (
        select 'mailbox' as side, crm.address_hash(e.recipients[1]) as party, e.created_at, e.kind = 'introduction.ask' as is_ask
            from crm.emails e
            where e.created_at > now() - interval '31 days' and e.kind not in ('introduction.outcome', 'introduction.handoff')
        union all
        select 'sender', p.party, e.created_at, e.kind = 'introduction.ask' and e.position = 1
            from crm.emails e
            join crm.users u on u.id = e.user_id
            cross join lateral unnest(crm.known_by(u.issuer, u.subject, u.email)) p (party)
            where e.created_at > now() - interval '2 days' and e.kind not in ('introduction.outcome', 'introduction.handoff')
    ) n
    group by 1, 2, 3;

revoke all on function crm.identity_hash, crm.known_by from public;
