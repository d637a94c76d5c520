-- The facts that an installation holds about an address beside the address books of its users, and the wish of its owner not to be kept here.
-- migrations/0143_privacy.sql has the links; a wish is a keyed hash in crm.known_mailboxes.

-- Ask for a link to a mailbox; returns its id, or null where the mailbox gets no letter now: it is full, has complained, or was sent `most` links
-- in a day. The letter counts in the budgets of the mailbox and of the installation.
create or replace function crm.ask_privacy_link(address text, limits jsonb, most integer, life interval, at timestamptz) returns uuid
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    mailbox constant bytea := crm.address_hash(address);
    most_of_installation constant integer := coalesce((limits ->> 'installation_per_day')::integer, 0);
    this_hour constant timestamptz := date_trunc('hour', at, 'UTC');
    made uuid;
begin
    perform crm.hold_letters('mailbox', array[mailbox]);
    if most_of_installation > 0 then
        perform crm.hold_letters('installation', array[crm.installation_party()]);
    end if;
    if exists (select from crm.known_mailboxes m where m.address_hash = mailbox and (m.complained_at is not null or m.bounced_at > at - interval '30 days'))
        or (select count(*) from crm.privacy_links l where l.address_hash = mailbox and l.created_at > at - interval '1 day') >= most
        or exists (select from crm.mailbox_refusal('{}', mailbox, 'privacy.link', limits, at))
        or crm.letters_fit_at('installation', crm.installation_party(), false, interval '1 day', most_of_installation, 1, at) is not null
    then
        return null;
    end if;
    insert into crm.letter_counts as c (side, party, hour, letters, asks)
        select n.side, n.party, this_hour, 1, 0
        from (values ('mailbox', mailbox), ('installation', crm.installation_party())) n (side, party)
        where n.side = 'mailbox' or most_of_installation > 0
        on conflict (side, party, hour) do update set letters = c.letters + 1;
    insert into crm.privacy_links (address_hash, address, created_at, expires_at) values (mailbox, address, at, at + life) returning id into made;
    return made;
end $$;

-- Begin to send a link under a new token; returns the mailbox, null where it was sent or has expired.
create or replace function crm.claim_privacy_link(link uuid, hash bytea, at timestamptz) returns text
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    update crm.privacy_links l set token_hash = hash where l.id = link and l.sent_at is null and l.expires_at > at returning l.address;
end;

-- Note that a link was handed to the mail server.
create or replace function crm.note_privacy_link_sent(link uuid, at timestamptz) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    update crm.privacy_links l set sent_at = at where l.id = link;
end;

-- The mailbox that a link is about; null where the link is not known or has expired.
create or replace function crm.open_privacy_link(hash bytea, at timestamptz) returns text
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select l.address from crm.privacy_links l where l.token_hash = hash and l.expires_at > at;
end;

-- The facts about an address that belong to the installation, as JSON: not whose they are, and nothing out of anybody's address book.
create or replace function crm.facts_about(address text, at timestamptz) returns text
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
    return (select json_build_object(
        'has_account', exists (select from crm.users u where lower(u.email) = lower(address)),
        'had_account', exists (select from crm.starting_credits s where s.party = h.hash),
        'joined_by_invitation', exists (select from crm.joins j where j.address_hash = h.hash),
        'letters_in_a_month', (select coalesce(sum(c.letters), 0)::integer from crm.letter_counts c
            where c.side = 'mailbox' and c.party = h.hash and c.hour > at - interval '721 hours'),
        'questions', (select count(*) from crm.introduction_steps s where s.address_hash = h.hash and s.asked_at is not null),
        'wants_no_letters_since', m.never_at, 'not_delivered_since', m.bounced_at, 'complained_at', m.complained_at, 'withheld_since', m.withheld_at,
        'refused_enrichment_at', (select s.provider from crm.suppressions s where s.email_hash = crm.email_hash(address)),
        'providers', (select coalesce(json_agg(json_build_object('provider', a.provider, 'outcome', a.outcome, 'answer', a.answer,
                    'fetched_at', a.fetched_at, 'expires_at', a.expires_at) order by a.provider), '[]')
            from crm.provider_answers a where a.email_hash = crm.email_hash(address) and a.outcome is not null
                and a.scope = '00000000-0000-0000-0000-000000000000'),
        'further_provider_answers', (select count(*) from crm.provider_answers a where a.email_hash = crm.email_hash(address) and a.outcome is not null
            and a.scope <> '00000000-0000-0000-0000-000000000000'))::text
        from (select crm.address_hash(address) as hash) h left join crm.known_mailboxes m on m.address_hash = h.hash);

-- Delete what providers have said about an address, what enrichment wrote from it into contacts of any user, and what the sources of any user say
-- of it; returns how many contacts are looked at again. keeps_away: remember by a keyed hash that the person wants to be kept by nobody here:
-- imports, enrichment and letters ask for it. Without it enrichment and sources alone stay away.
create or replace function crm.erase_facts(address text, keeps_away boolean, at timestamptz) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    hash constant bytea := crm.email_hash(address);
    affected integer;
begin
    insert into crm.known_mailboxes as m (address_hash, never_at, withheld_at, unenriched_at)
        values (crm.address_hash(address), case when keeps_away then at end, case when keeps_away then at end, at)
        on conflict (address_hash) do update set never_at = coalesce(m.never_at, excluded.never_at),
            withheld_at = coalesce(m.withheld_at, excluded.withheld_at), unenriched_at = coalesce(m.unenriched_at, excluded.unenriched_at);
    delete from crm.provider_answers a where a.email_hash = hash;
    perform crm.erase_from_sources(address);
    with again as (
        update crm.enrichments e
        set event_id = gen_random_uuid(), outcome = null, finished_at = null, awaits_credits = false, postponed = 0
        where e.email_hash = hash
        returning e.event_id, e.user_id, e.contact_id
    )
    insert into crm.outbox (id, topic, user_id, priority, data)
        select a.event_id, 'contact-enrichment', a.user_id, 1, jsonb_build_object('user_id', a.user_id, 'contact_id', a.contact_id) from again a;
    get diagnostics affected = row_count;
    return affected;
end $$;

-- For an operator: let an address be kept, counted, enriched and written to again.
create or replace function crm.admit_again(address text) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    update crm.known_mailboxes m set withheld_at = null, unenriched_at = null, never_at = null where m.address_hash = crm.address_hash(address);
end;

-- Of these addresses, those whose owners want to be kept by nobody here, or have erased what is said of them: for what counts and adds people
-- out of mail, calendars and other accounts. No address is hashed while nobody has such a wish.
create or replace function crm.withheld_addresses(addresses text[]) returns setof text
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select a.address from unnest(addresses) a (address)
    where exists (select from crm.known_mailboxes m where m.withheld_at is not null or m.unenriched_at is not null)
        and crm.address_hash(a.address) in (select m.address_hash from crm.known_mailboxes m where m.withheld_at is not null or m.unenriched_at is not null);
end;

-- Remove links that have expired, with their addresses; returns how many.
create or replace function crm.remove_old_privacy_links(before timestamptz, most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from crm.privacy_links l using (
        select o.id from crm.privacy_links o where o.expires_at < before order by o.expires_at limit most for update skip locked) o where l.id = o.id;
    get diagnostics removed = row_count;
    return removed;
end $$;

-- The deployed functions may call these.
grant execute on function crm.ask_privacy_link, crm.claim_privacy_link, crm.note_privacy_link_sent, crm.open_privacy_link, crm.facts_about,
    crm.erase_facts, crm.admit_again, crm.withheld_addresses, crm.remove_old_privacy_links to crm_app;
