-- E-mail: the tokens of links, and mailboxes that get no more letters. migrations/0030_email.sql has the hash of an address.

-- The e-mail that a token was sent in: a caller with the token may answer it, signed in or not.
create or replace function crm.find_email_token(hash bytea)
    returns table (user_id uuid, email_id uuid, kind text, subject_id uuid, "position" smallint, recipient text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select t.user_id, t.email_id, e.kind, e.subject_id, e.position, e.recipients[1]
    from crm.email_tokens t join crm.emails e on e.id = t.email_id
    where t.token_hash = hash;
end;

-- Store that this mailbox gets no more questions and invitations.
create or replace function crm.never_ask(address text, at timestamptz) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    insert into crm.known_mailboxes as m (address_hash, never_at) values (crm.address_hash(address), at)
    on conflict (address_hash) do update set never_at = coalesce(m.never_at, excluded.never_at);
end;

-- Store that this mailbox does not exist.
create or replace function crm.note_bounce(address text, at timestamptz) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    insert into crm.known_mailboxes as m (address_hash, bounced_at) values (crm.address_hash(address), at)
    on conflict (address_hash) do update set bounced_at = greatest(m.bounced_at, excluded.bounced_at);
end;

-- Store that the owner of this mailbox has reported a letter as spam, which is also a refusal of all questions and invitations.
create or replace function crm.note_complaint(address text, at timestamptz) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    insert into crm.known_mailboxes as m (address_hash, never_at, complained_at) values (crm.address_hash(address), at, at)
    on conflict (address_hash) do update set never_at = coalesce(m.never_at, excluded.never_at),
        complained_at = coalesce(m.complained_at, excluded.complained_at);
end;

-- Of these addresses, those that get no mail: their owners have complained, or mail came back since a time.
create or replace function crm.suppressed_addresses(addresses text[], since timestamptz) returns setof text
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select a.address from unnest(addresses) a (address)
    join crm.known_mailboxes m on m.address_hash = crm.address_hash(a.address)
    where m.complained_at is not null or m.bounced_at > since;
end;

-- The user on whose behalf an e-mail was sent; null where the e-mail is not known.
create or replace function crm.email_sender(email_id uuid) returns uuid
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select e.user_id from crm.emails e where e.id = email_id;
end;

-- Take a mailbox off those that have the caller's e-mail, because it came back; without any left the e-mail has bounced.
-- No row where the mailbox did not have it, or was taken off before.
create or replace function crm.note_return(email_id uuid, address text, reason text, at timestamptz)
    returns table (kind text, subject_id uuid, "position" smallint, recipients text[], delivered_to text[])
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    update crm.emails e
    set delivered_to = r.remaining, last_error = left(reason, 1000),
        status = case when cardinality(r.remaining) = 0 then 'bounced' else e.status end,
        ended_at = case when cardinality(r.remaining) = 0 then at else e.ended_at end
    from (
        select o.id, array(select d.address from unnest(o.delivered_to) d (address)
            where crm.address_hash(d.address) <> crm.address_hash(note_return.address)) as remaining
        from crm.emails o where o.user_id = crm.acting_user() and o.id = email_id and o.status = 'sent' for update) r
    where e.id = r.id and cardinality(r.remaining) < cardinality(e.delivered_to)
    returning e.kind, e.subject_id, e.position, e.recipients, e.delivered_to;
end;

-- Whether the reader of an address has refused all questions and invitations.
create or replace function crm.wants_none(address text) returns boolean
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select exists (select from crm.known_mailboxes m where m.address_hash = crm.address_hash(address) and m.never_at is not null);
end;

-- Remove e-mails of all users that ended before a time, the oldest first; returns how many.
create or replace function crm.remove_old_emails(before timestamptz, most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from crm.emails e using (
        select o.id from crm.emails o where o.ended_at < before order by o.ended_at limit most for update skip locked) o
    where e.id = o.id;
    get diagnostics removed = row_count;
    return removed;
end $$;

-- The budget of letters. migrations/0048_letter_budget.sql has the counts, and why they do not belong to a user.

-- The hash of a sender, a kind of letter and a mailbox; none of them can be read from it.
create or replace function crm.pair_hash(sender bytea, mailbox bytea, kind text) returns bytea
    language sql stable strict parallel safe security definer
    set search_path = pg_catalog, pg_temp
    return (select sha256(k.key || sha256(k.key || sender || mailbox || convert_to(kind, 'UTF8'))) from crm.hash_keys k where k.name = 'identity');

-- The time at which the given number of letters fits into a budget; null: now. A letter counts until the whole hour in which it was
-- counted has left the span of the budget, so no span of that length ever exceeds the budget, whenever it begins.
create or replace function crm.letters_fit_at(side text, party bytea, asks boolean, span interval, most integer, wanted integer, at timestamptz)
    returns timestamptz
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    counted constant interval := span + interval '1 hour';
    excess integer;
    fits_at timestamptz;
begin
    if most = 0 then
        return null;
    end if;
    select coalesce(sum(case when asks then c.asks else c.letters end), 0) + least(wanted, most) - most into excess
        from crm.letter_counts c where c.side = side and c.party = party and c.hour > at - counted;
    if excess <= 0 then
        -- more letters than the whole budget never fit; the caller compares the two numbers
        return case when wanted > most then at end;
    end if;
    select min(f.hour) + counted into fits_at
        from (select c.hour, sum(case when asks then c.asks else c.letters end) over (order by c.hour) as freed
            from crm.letter_counts c where c.side = side and c.party = party and c.hour > at - counted) f
        where f.freed >= excess;
    return fits_at;
end $$;

-- Whether a sender may send letters of a kind to one mailbox only at intervals.
create or replace function crm.is_invitation(kind text) returns boolean
    language sql immutable parallel safe
    return kind in ('team.invitation', 'invitation.sent');

-- The budget that forbids a letter to a mailbox, and the time at which the letter fits; no row where all budgets allow it.
create or replace function crm.mailbox_refusal(senders bytea[], mailbox bytea, kind text, limits jsonb, at timestamptz)
    returns table (budget text, most integer, fits_at timestamptz)
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select b.budget, (limits ->> b.budget)::integer, b.fits_at
    from (
        select 'mailbox_per_day' as budget,
            crm.letters_fit_at('mailbox', mailbox, false, interval '1 day', (limits ->> 'mailbox_per_day')::integer, 1, at) as fits_at
        union all
        select 'mailbox_per_month',
            crm.letters_fit_at('mailbox', mailbox, false, interval '30 days', (limits ->> 'mailbox_per_month')::integer, 1, at)
        union all
        select 'mailbox_asks_per_month',
            crm.letters_fit_at('mailbox', mailbox, true, interval '30 days', (limits ->> 'mailbox_asks_per_month')::integer, 1, at)
            where kind = 'introduction.ask'
        union all
        select 'pair_per_month',
            crm.letters_fit_at('pair', crm.pair_hash(s.sender, mailbox, kind), false, interval '30 days',
                (limits ->> 'pair_per_month')::integer, 1, at)
            from unnest(senders) s (sender) where crm.is_invitation(kind)
    ) b
    where b.fits_at is not null
    -- the budget that forbids the letter longest decides
    order by b.fits_at desc limit 1;
end;

-- How many people have said yes to this user: connectors and targets who accepted, and mailboxes that joined by an invitation. Each
-- mailbox counts once, and the user's own does not.
create or replace function crm.yes_answers(of_user uuid) returns integer
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select count(*)::integer from (
        select s.address_hash from crm.introduction_steps s where s.user_id = of_user and s.decision = 'accept'
        union
        select j.address_hash from crm.joins j where j.inviter_id = of_user and j.channel = 'email'
        except
        select crm.address_hash(u.email) from crm.users u where u.id = of_user
    ) y where y.address_hash is not null;
end;

-- A limit that grows: an account begins with the smaller number, and gets as much again for each span of days that it is old, and for each
-- yes. 0 stands for "without limit" and is reached with age alone.
create or replace function crm.grown_limit(at_first integer, at_last integer, spans integer, yes integer) returns integer
    language sql immutable parallel safe
    return case
        when at_first = 0 and spans = 0 then 0
        when at_last = 0 then case when spans = 0 then at_first else 0 end
        else least(at_last, at_first::bigint * (1 + spans + yes))::integer end;

-- The caller's budget of letters: the hashes under which the caller is counted, and the letters and introductions allowed in a day: 0 for
-- no limit, -1 for none. A user who returns after erasing their data is new again. A decision of an operator about one of the hashes
-- counts before the settings, and the least where there are several decisions.
create or replace function crm.sender_budget(limits jsonb, at timestamptz)
    returns table (parties bytea[], letters integer, asks integer)
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select p.parties,
        coalesce(d.letters, crm.grown_limit((limits ->> 'new_per_day')::integer, (limits ->> 'per_day')::integer, g.spans, g.yes)),
        coalesce(d.asks, crm.grown_limit((limits ->> 'new_asks_per_day')::integer, (limits ->> 'asks_per_day')::integer, g.spans, g.yes))
    from crm.users u
    cross join lateral (select crm.known_by(u.issuer, u.subject, u.email) as parties) p
    cross join lateral (
        select case when (limits ->> 'new_for_days')::integer = 0 then 100000
            else least(100000, greatest(0, floor(extract(epoch from at - u.created_at) / 86400 / (limits ->> 'new_for_days')::integer)))::integer
            end as spans,
            crm.yes_answers(u.id) as yes) g
    left join lateral (
        select min(case when a.letters = 0 then -1 else a.letters end) as letters, min(case when a.asks = 0 then -1 else a.asks end) as asks
        from crm.letter_allowances a where a.party = any (p.parties) and (a.until is null or a.until > at)) d on true
    where u.id = crm.acting_user();
end;

-- The hash of a mail domain; the domain cannot be read from it.
create or replace function crm.domain_hash(address text) returns bytea
    language sql stable strict parallel safe security definer
    set search_path = pg_catalog, pg_temp
    return (select sha256(k.key || sha256(k.key || convert_to('domain ' || lower(split_part(address, '@', -1)), 'UTF8')))
        from crm.hash_keys k where k.name = 'identity');

-- Under what the letters of the whole installation are counted.
create or replace function crm.installation_party() returns bytea
    language sql immutable parallel safe
    return sha256('installation');

-- The letters that the caller may still send, for the caller to see: {"per_day", "left", "asks_per_day", "asks_left", "more_at"}. A limit that is null
-- does not exist. more_at: the time of the next letter where none is left.
create or replace function crm.own_letter_budget(limits jsonb, at timestamptz) returns json
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select json_build_object(
        'per_day', case when b.letters <> 0 then greatest(0, b.letters) end,
        'left', case when b.letters <> 0 then greatest(0, b.letters - s.letters) end,
        'asks_per_day', case when b.asks <> 0 then greatest(0, b.asks) end,
        'asks_left', case when b.asks <> 0 then greatest(0, least(b.asks - s.asks, case when b.letters <> 0 then b.letters - s.letters end)) end,
        'more_at', case when b.letters > 0 then f.fits_at end)
    from crm.sender_budget(limits, at) b
    cross join lateral (
        select coalesce(max(c.letters), 0)::integer as letters, coalesce(max(c.asks), 0)::integer as asks
        from (select sum(n.letters) as letters, sum(n.asks) as asks from crm.letter_counts n
            where n.side = 'sender' and n.party = any (b.parties) and n.hour > at - interval '25 hours' group by n.party) c) s
    cross join lateral (
        select max(crm.letters_fit_at('sender', p.party, false, interval '1 day', greatest(0, b.letters), 1, at)) as fits_at
        from unnest(b.parties) p (party)) f;
end;

-- For an operator: what is known of a sender or mailbox by its address: the letters of the last day and month, and what was decided of it.
create or replace function crm.letter_record(address text, at timestamptz) returns json
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select json_build_object(
        'sent_in_a_day', sum(c.letters) filter (where c.side = 'sender' and c.hour > at - interval '25 hours'),
        'asked_in_a_day', sum(c.asks) filter (where c.side = 'sender' and c.hour > at - interval '25 hours'),
        'received_in_a_day', sum(c.letters) filter (where c.side = 'mailbox' and c.hour > at - interval '25 hours'),
        'received_in_a_month', sum(c.letters) filter (where c.side = 'mailbox' and c.hour > at - interval '721 hours'),
        'wants_no_letters_since', (select m.never_at from crm.known_mailboxes m where m.address_hash = crm.address_hash(address)),
        'decided', (select json_build_object('letters', a.letters, 'asks', a.asks, 'note', a.note, 'until', a.until, 'decided_at', a.decided_at)
            from crm.letter_allowances a where a.party = crm.address_hash(address)))
    from (select) one
    left join crm.letter_counts c on c.party = crm.address_hash(address) and c.side in ('sender', 'mailbox');
end;

-- For an operator: the letters of the whole installation in the last day.
create or replace function crm.letters_of_installation(at timestamptz) returns integer
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select coalesce(sum(c.letters), 0)::integer from crm.letter_counts c
    where c.side = 'installation' and c.party = crm.installation_party() and c.hour > at - interval '25 hours';
end;

-- For an operator: decide how many letters a sender may send in a day; with both numbers null, the settings count again.
create or replace function crm.decide_letters(address text, letters integer, asks integer, reason text, until timestamptz, at timestamptz) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    delete from crm.letter_allowances a where a.party = crm.address_hash(address);
    if letters is not null or asks is not null then
        insert into crm.letter_allowances (party, letters, asks, note, until, decided_at)
            values (crm.address_hash(address), letters, asks, reason, until, at);
    end if;
end $$;

-- Lock the counts of these senders, mailboxes, domains or the installation until the transaction ends. They are locked in this order, and
-- each in one order, so that no two transactions deadlock.
create or replace function crm.hold_letters(side text, parties bytea[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    lock_key bigint;
begin
    for lock_key in
        select distinct hashtextextended('crm.letter_counts ' || side || encode(p.party, 'hex'), 0) from unnest(parties) p (party) order by 1
    loop
        perform pg_advisory_xact_lock(lock_key);
    end loop;
end $$;

-- Lock the caller's budget, for a caller that reads something before spending it.
create or replace function crm.hold_own_letters() returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select crm.hold_letters('sender', crm.known_by(u.issuer, u.subject, u.email)) from crm.users u where u.id = crm.acting_user();
end;

-- Count the letters that the caller is about to send, one to each address, and return which of them are not allowed.
--
-- kind: as in crm.emails. begins: whether the letters ask for an introduction, and do not only continue one. limits: the budgets by
-- their names, 0 for no limit; see shared/email/budget.py.
--
-- Return one row for each address, in their order. budget null: the letter was counted and may be queued. A budget of the mailbox or of its
-- domain: the letter was not counted and fits at fits_at. A budget of the sender ("per_day", "asks_per_day", "stopped") or of the
-- installation: no letter was counted, and all rows are the same. limits -> 'shared_domains': domains of these addresses that have no
-- budget, because their owners do not employ those who have addresses there. most: the limit of that budget. remaining: the letters that the sender may still send this day; null without a limit.
create or replace function crm.spend_letters(addresses text[], kind text, begins boolean, limits jsonb, at timestamptz)
    returns table (address text, budget text, most integer, fits_at timestamptz, remaining integer)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    this_hour constant timestamptz := date_trunc('hour', at, 'UTC');
    mailboxes constant bytea[] := array(select crm.address_hash(a) from unnest(addresses) with ordinality a (a, no) order by no);
    own record;
    refused jsonb;
    allowed bytea[];
    sender_refusal record;
    -- null for a domain without a budget
    domains constant bytea[] := array(
        select case when coalesce((limits ->> 'domain_per_day')::integer, 0) > 0
            and not coalesce(limits -> 'shared_domains', '[]') ? lower(split_part(a, '@', -1)) then crm.domain_hash(a) end
        from unnest(addresses) with ordinality a (a, no) order by no);
    most_of_installation constant integer := coalesce((limits ->> 'installation_per_day')::integer, 0);
begin
    select * into own from crm.sender_budget(limits, at);
    perform crm.hold_letters('sender', own.parties);
    perform crm.hold_letters('mailbox', mailboxes);
    perform crm.hold_letters('domain', array_remove(domains, null));
    if most_of_installation > 0 then
        perform crm.hold_letters('installation', array[crm.installation_party()]);
    end if;

    select coalesce(jsonb_object_agg(encode(m.mailbox, 'hex'), to_jsonb(r)), '{}') into refused
        from (select distinct mailbox from unnest(mailboxes) m (mailbox)) m
        cross join lateral crm.mailbox_refusal(own.parties, m.mailbox, kind, limits, at) r;
    select refused || coalesce(jsonb_object_agg(encode(d.mailbox, 'hex'),
            jsonb_build_object('budget', 'domain_per_day', 'most', (limits ->> 'domain_per_day')::integer, 'fits_at', d.fits_at)), '{}')
        into refused
        from (
            select n.mailbox, case when n.rank > (limits ->> 'domain_per_day')::integer then at + interval '1 day'
                else crm.letters_fit_at('domain', n.domain, false, interval '1 day', (limits ->> 'domain_per_day')::integer, n.rank, at)
                end as fits_at
            from (
                select u.mailbox, u.domain, row_number() over (partition by u.domain order by u.no)::integer as rank
                from (select distinct on (a.mailbox) a.mailbox, a.domain, a.no from unnest(mailboxes, domains) with ordinality a (mailbox, domain, no)
                    where a.domain is not null and not refused ? encode(a.mailbox, 'hex') order by a.mailbox, a.no) u
            ) n
        ) d
        where d.fits_at is not null;
    allowed := array(select m.mailbox from unnest(mailboxes) m (mailbox) where not refused ? encode(m.mailbox, 'hex'));

    select b.budget, b.most, b.fits_at into sender_refusal
        from (
            select 'stopped' as budget, 0 as most, at + interval '30 days' as fits_at where own.letters < 0 or begins and own.asks < 0
            union all
            select 'installation_per_day', most_of_installation,
                crm.letters_fit_at('installation', crm.installation_party(), false, interval '1 day', most_of_installation, cardinality(allowed), at)
            union all
            select 'per_day', own.letters,
                crm.letters_fit_at('sender', p.party, false, interval '1 day', own.letters, cardinality(allowed), at)
                from unnest(own.parties) p (party) where own.letters > 0
            union all
            select 'asks_per_day', own.asks,
                crm.letters_fit_at('sender', p.party, true, interval '1 day', own.asks, cardinality(allowed), at)
                from unnest(own.parties) p (party) where begins and own.asks > 0
        ) b
        where b.fits_at is not null and cardinality(allowed) > 0
        order by b.fits_at desc limit 1;

    if sender_refusal.budget is null then
        insert into crm.letter_counts as c (side, party, hour, letters, asks)
            select n.side, n.party, this_hour, sum(n.letters), sum(n.asks)
            from (
                select 'sender' as side, p.party, cardinality(allowed) as letters, case when begins then cardinality(allowed) else 0 end as asks
                    from unnest(own.parties) p (party) where cardinality(allowed) > 0
                union all
                select 'mailbox', m.mailbox, 1, (kind = 'introduction.ask')::integer from unnest(allowed) m (mailbox)
                union all
                select 'pair', crm.pair_hash(p.party, m.mailbox, kind), 1, 0
                    from unnest(own.parties) p (party) cross join unnest(allowed) m (mailbox) where crm.is_invitation(kind)
                union all
                select 'domain', d.domain, 1, 0
                    from (select distinct on (a.mailbox) a.mailbox, a.domain from unnest(mailboxes, domains) a (mailbox, domain)
                        where a.domain is not null order by a.mailbox) d
                    where d.mailbox = any (allowed)
                union all
                select 'installation', crm.installation_party(), cardinality(allowed), 0 where cardinality(allowed) > 0 and most_of_installation > 0
            ) n
            group by n.side, n.party
        on conflict (side, party, hour) do update set letters = c.letters + excluded.letters, asks = c.asks + excluded.asks;
    end if;

    return query
        select a.address, coalesce(sender_refusal.budget, r.refusal ->> 'budget'),
            coalesce(sender_refusal.most, (r.refusal ->> 'most')::integer),
            coalesce(sender_refusal.fits_at, (r.refusal ->> 'fits_at')::timestamptz),
            (select greatest(0, own.letters - coalesce(max(s.sent), 0))::integer
                from (select sum(c.letters) as sent from crm.letter_counts c
                    where c.side = 'sender' and c.party = any (own.parties) and c.hour > at - interval '25 hours' group by c.party) s
                where own.letters <> 0)
        from unnest(addresses, mailboxes) with ordinality a (address, mailbox, no)
        cross join lateral (select refused -> encode(a.mailbox, 'hex') as refusal) r
        order by a.no;
end $$;

-- Remove counts from before a time, which no budget reads any more, the oldest first; returns how many.
create or replace function crm.remove_old_letter_counts(before timestamptz, most_rows integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from crm.letter_counts c using (
        select o.side, o.party, o.hour from crm.letter_counts o where o.hour < before order by o.hour limit most_rows for update skip locked) o
    where c.side = o.side and c.party = o.party and c.hour = o.hour;
    get diagnostics removed = row_count;
    return removed;
end $$;

-- The addresses that the caller has not invited yet, each mailbox once, in the given order.
create or replace function crm.not_invited(addresses text[]) returns table (address text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select f.address from (
        select distinct on (h.hash) a.address, a.no
        from unnest(addresses) with ordinality a (address, no)
        cross join lateral (select crm.address_hash(a.address) as hash) h
        where not exists (select from crm.invitations i
            where i.user_id = crm.acting_user() and i.channel = 'email' and i.address_hash = h.hash)
        order by h.hash, a.no) f
    order by f.no;
end;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.find_email_token, crm.never_ask, crm.note_bounce, crm.note_complaint, crm.suppressed_addresses,
    crm.email_sender, crm.note_return, crm.wants_none, crm.remove_old_emails,
    crm.hold_own_letters, crm.spend_letters, crm.remove_old_letter_counts, crm.not_invited, crm.own_letter_budget, crm.letter_record,
    crm.letters_of_installation, crm.decide_letters to crm_app;
