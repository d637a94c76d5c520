-- Credits: only these functions change a balance, each time together with an entry of the ledger.

-- Refuse changes of the ledger, also by the role owner; an entry is deleted only with its user.
create or replace function crm.keep_ledger() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'DELETE' and not exists (select from crm.users u where u.id = old.user_id) then
        return old;
    end if;
    raise exception 'the ledger is append-only' using errcode = 'restrict_violation';
end $$;

-- Write the starting credits of a new user as the first entry; that of users from before the ledger is their balance at that time.
create or replace function crm.open_ledger() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if new.credit_balance > 0 then
        insert into crm.credit_ledger (user_id, kind, credits, note, balance_after)
            values (new.id, 'grant', new.credit_balance, 'to start with', new.credit_balance);
    end if;
    return null;
end $$;

-- Change a balance and write the entry; false, without a change, when the credits do not suffice. Internal: the functions below call it.
create or replace function crm.move_credits(uid uuid, kind text, amount integer, contact_id uuid, provider text, note text) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    balance integer;
begin
    update crm.users u set credit_balance = u.credit_balance + amount
        where u.id = uid and u.credit_balance + amount >= 0
        returning u.credit_balance into balance;
    if not found then
        return false;
    end if;
    insert into crm.credit_ledger (user_id, kind, credits, contact_id, provider, note, balance_after)
        values (uid, kind, amount, contact_id, provider, note, balance);
    return true;
end $$;

-- Reserve the cost of asking a provider about a contact, before the provider is asked.
--
-- Return 'reserved': charged now, or by a run that died and whose charge this run takes over; 'paid': an answer was paid for since
-- `paid_after`, and asking again is free; 'no_credits': the credits do not suffice.
create or replace function crm.reserve_credits(
    uid uuid, contact uuid, provider_name text, input bytea, cost integer, run uuid, until timestamptz, paid_after timestamptz
) returns text
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    known record;
begin
    select r.state, r.settled_at into known from crm.credit_reservations r
        where r.user_id = uid and r.contact_id = contact and r.provider = provider_name and r.input_hash = input
        for update;
    if known.state = 'settled' and known.settled_at >= paid_after then
        return 'paid';
    end if;
    if known.state is distinct from 'reserved' and not crm.move_credits(uid, 'charge', -cost, contact, provider_name, null) then
        return 'no_credits';
    end if;
    insert into crm.credit_reservations as r (user_id, contact_id, provider, input_hash, credits, token, expires_at)
        values (uid, contact, provider_name, input, cost, run, until)
        on conflict (user_id, contact_id, provider, input_hash) do update
            set state = 'reserved', settled_at = null, token = run, expires_at = until,
                -- the charge of a dead run stays the same, also when the price has changed since
                credits = case when r.state = 'reserved' then r.credits else cost end;
    return 'reserved';
end $$;

-- End the reservation of a run: keep the charge for an answer, give it back without one. Returns the charge (0 when given back); null when
-- this run no longer holds a reservation.
create or replace function crm.end_reservation(
    uid uuid, contact uuid, provider_name text, input bytea, run uuid, answered boolean, at timestamptz
) returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    charged integer;
begin
    update crm.credit_reservations r
        set state = case when answered then 'settled' else 'released' end, settled_at = case when answered then at end
        where r.user_id = uid and r.contact_id = contact and r.provider = provider_name and r.input_hash = input
            and r.state = 'reserved' and r.token = run
        returning r.credits into charged;
    if not found then
        return null;
    end if;
    if answered then
        return charged;
    end if;
    perform crm.move_credits(uid, 'release', charged, contact, provider_name, null);
    return 0;
end $$;

-- Give back the reservations of runs that died and were never continued; returns how many.
create or replace function crm.release_reservations(most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    dead record;
    released integer := 0;
begin
    for dead in
        select r.* from crm.credit_reservations r
        where r.state = 'reserved' and r.expires_at < clock_timestamp()
        -- by user, so that two calls at once lock users in the same order
        order by r.user_id limit most
        for update skip locked
    loop
        update crm.credit_reservations r set state = 'released'
            where r.user_id = dead.user_id and r.contact_id = dead.contact_id and r.provider = dead.provider
                and r.input_hash = dead.input_hash;
        perform crm.move_credits(dead.user_id, 'release', dead.credits, dead.contact_id, dead.provider, 'its consumer died');
        released := released + 1;
    end loop;
    return released;
end $$;

-- Give credits to a user; returns the new balance, null when the user does not exist.
create or replace function crm.grant_credits(uid uuid, amount integer, note text) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if amount is null or amount <= 0 then
        raise invalid_parameter_value using message = 'a grant is of 1 credit or more';
    end if;
    if not crm.move_credits(uid, 'grant', amount, null, null, note) then
        return null;
    end if;
    return (select u.credit_balance from crm.users u where u.id = uid);
end $$;

-- The users with an e-mail address, for operators, who know users by their addresses.
create or replace function crm.find_users_by_email(address text) returns table (id uuid, name text, credit_balance integer)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select u.id, u.name, u.credit_balance from crm.users u where lower(u.email) = lower(address) order by u.created_at limit 10;
end;

-- Enrichment: the queue, the runs that ask providers, and the stored answers.

-- The hash of an address, the same for all of its spellings: the key of the stored answers.
create or replace function crm.email_hash(email text) returns bytea
    language sql immutable strict parallel safe
    return sha256(convert_to(lower(btrim(email)), 'UTF8'));

-- Queue any number of contacts of the calling user in one statement; returns how many were queued. Contacts without an e-mail are left out,
-- and those that are queued already with this priority or a higher one.
--
-- force: also ask again where an answer is stored.
--
-- Connections plan without a look at the values (`force_generic_plan`), and for an array that means ten elements. After an import,
-- of which the statistics know nothing yet, Postgres 15 compared each of a user's contacts with every one of a list: 50,000 took 38
-- seconds where 9 are enough, one took 12 ms where 3 are. A statement executed as text is planned with its values, so a long list
-- is hashed and a short one looked up. (As a setting of the function it would go for its triggers too, and plan them row by row.)
create or replace function crm.request_enrichments(contacts uuid[], priority smallint, force boolean, attributes jsonb) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    uid constant uuid := crm.current_user_id();
    level constant smallint := priority;
    ids uuid[];
    hashes bytea[];
    events uuid[];
begin
    perform from crm.users u where u.id = uid for key share;
    -- Each look-up is a range of one key in the order of that key: whatever the planner thinks of the tables, 50,000 contacts are 50,000 look-ups
    -- in that index. Where the last statistics saw one contact of each user, every index that begins with the user looks like one row.
    execute
        $statement$ select array_agg(c.id), array_agg(crm.email_hash(c.email)) from (select distinct u.id from unnest($2) u (id) order by u.id) w
            cross join lateral (select p.id, p.email from crm.contacts p where p.user_id = $1 and p.id between w.id and w.id
                order by p.id limit 1 for no key update) c
            where c.email is not null $statement$
        into ids, hashes using uid, contacts;
    with queued as (
        insert into crm.enrichments as e (user_id, contact_id, event_id, priority, email_hash, fresh_after)
        select uid, u.id, gen_random_uuid(), level, u.hash, case when force then clock_timestamp() end
        from unnest(ids, hashes) u (id, hash)
        on conflict (user_id, contact_id) do update
            set event_id = excluded.event_id, priority = excluded.priority, email_hash = excluded.email_hash,
                requested_at = clock_timestamp(), postponed = 0, outcome = null, finished_at = null, buried = false,
                awaits_credits = false,
                -- a forced request that has not run yet stays forced
                fresh_after = coalesce(excluded.fresh_after, case when e.finished_at is null then e.fresh_after end)
            where e.finished_at is not null or force or e.priority > excluded.priority
        returning e.contact_id, e.event_id
    )
    select array_agg(q.contact_id), array_agg(q.event_id) into ids, events from queued q;
    if ids is null then
        return 0;
    end if;
    execute
        -- by place, as an update cannot be ordered by id
        $statement$ update crm.contacts c set enrichment = c.enrichment || '{"status": "pending"}' from (
                select f.place from unnest($2) w (id) cross join lateral (
                    select p.ctid as place from crm.contacts p where p.user_id = $1 and p.id between w.id and w.id order by p.id limit 1) f) locked
            where c.user_id = $1 and c.ctid = locked.place
                and c.enrichment ->> 'status' is distinct from 'pending' $statement$
        using uid, ids;
    insert into crm.outbox (id, topic, user_id, priority, data, attributes)
        select u.event, 'contact-enrichment', uid, level, jsonb_build_object('user_id', uid, 'contact_id', u.id), attributes
        from unnest(ids, events) u (id, event);
    return cardinality(ids);
end $$;

-- Begin a run for an event, or return why no run is needed.
--
-- Return 'run': the row holds the input of the run; 'over': the event was handled already, is out of date, or its contact is deleted;
-- 'busy': another run is handling the contact.
create or replace function crm.begin_enrichment(event uuid, contact uuid, run uuid, lease_s integer, providers text[])
    returns table (
        verdict text, name text, email text, company text, title text, location text, linkedin_url text, enrichment jsonb,
        version text, email_hash text, fresh_after timestamptz, postponed smallint, suppressed_by text, answers jsonb)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    uid constant uuid := crm.current_user_id();
    state record;
    person record;
begin
    select c.name, c.email, c.company, c.title, c.location, c.linkedin_url, c.enrichment, c.xmin::text as version into person
        from crm.contacts c where c.user_id = uid and c.id = contact;
    update crm.enrichments e set token = run, leased_until = clock_timestamp() + make_interval(secs => lease_s),
            outcome = null, finished_at = null, buried = false, email_hash = crm.email_hash(person.email)
        where e.user_id = uid and e.contact_id = contact and e.event_id = event
            and (e.finished_at is null or e.buried)
            and (e.token is null or e.token = run or e.leased_until < clock_timestamp())
        returning e.* into state;
    if not found then
        select e.event_id = event and (e.finished_at is null or e.buried) as busy into state
            from crm.enrichments e where e.user_id = uid and e.contact_id = contact;
        verdict := case when state.busy then 'busy' else 'over' end;
        return next;
        return;
    end if;
    return query
        select 'run', person.name, person.email, person.company, person.title, person.location, person.linkedin_url,
            person.enrichment, person.version,
            encode(state.email_hash, 'hex'), state.fresh_after, state.postponed,
            coalesce((select s.provider from crm.suppressions s where s.email_hash = state.email_hash),
                (select 'person' from crm.known_mailboxes m where m.address_hash = crm.address_hash(person.email) and m.unenriched_at is not null)),
            (select coalesce(jsonb_object_agg(a.provider, jsonb_build_object('outcome', a.outcome, 'answer', a.answer,
                    -- the charge of this contact for this answer
                    'credits', coalesce(r.credits, 0), 'at', a.fetched_at)), '{}')
                from crm.provider_answers a
                left join crm.credit_reservations r on r.user_id = uid and r.contact_id = contact and r.provider = a.provider
                    and r.input_hash = a.email_hash and r.state = 'settled' and r.settled_at = a.fetched_at
                where a.email_hash = state.email_hash and a.provider = any (providers) and a.outcome is not null
                    and a.scope in ('00000000-0000-0000-0000-000000000000', uid) and a.expires_at > clock_timestamp()
                    and a.fetched_at >= coalesce(state.fresh_after, '-infinity'));
end $$;

-- Claim the question to a provider about the address of a run, and reserve the credits; or return why the run may not ask.
--
-- Return 'ask': the run may ask; 'answered': an answer has come meanwhile, and is returned; 'asked': another run is asking the same
-- question; 'no_credits', 'suppressed': the run may not ask; 'lost': the contact no longer belongs to this run.
create or replace function crm.begin_lookup(
    contact uuid, run uuid, provider_name text, address_hash text, shared boolean, cost integer, ask_s integer, lease_s integer, paid_for_s integer)
    returns table (verdict text, outcome text, answer jsonb)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    uid constant uuid := crm.current_user_id();
    hash constant bytea := decode(address_hash, 'hex');
    answer_scope constant uuid := case when shared then '00000000-0000-0000-0000-000000000000' else uid end;
    now_at constant timestamptz := clock_timestamp();
    mine record;
    held record;
begin
    if cost > 0 then
        perform from crm.users u where u.id = uid for no key update;
    end if;
    update crm.enrichments e set leased_until = now_at + make_interval(secs => lease_s)
        where e.user_id = uid and e.contact_id = contact and e.token = run and e.finished_at is null
        returning e.fresh_after into mine;
    if not found then
        return query select 'lost', null::text, null::jsonb;
        return;
    end if;
    if exists (select from crm.suppressions s where s.email_hash = hash)
        or exists (
            select from crm.contacts c join crm.known_mailboxes m on m.address_hash = crm.address_hash(c.email)
            where c.user_id = uid and c.id = contact and m.unenriched_at is not null)
    then
        return query select 'suppressed', null::text, null::jsonb;
        return;
    end if;
    insert into crm.provider_answers (provider, email_hash, scope) values (provider_name, hash, answer_scope) on conflict do nothing;
    select a.* into held from crm.provider_answers a
        where a.provider = provider_name and a.email_hash = hash and a.scope = answer_scope for update;
    if not found then  -- expired and removed between the two statements
        return query select 'asked', null::text, null::jsonb;
        return;
    end if;
    if held.outcome is not null and held.expires_at > now_at and held.fetched_at >= coalesce(mine.fresh_after, '-infinity') then
        return query select 'answered', held.outcome, held.answer;
        return;
    end if;
    if held.asked_by <> run and held.asked_until > now_at then
        return query select 'asked', null::text, null::jsonb;
        return;
    end if;
    if cost > 0 and crm.reserve_credits(uid, contact, provider_name, hash, cost, run, now_at + make_interval(secs => lease_s),
            greatest(now_at - make_interval(secs => paid_for_s), coalesce(mine.fresh_after, '-infinity'))) = 'no_credits' then
        return query select 'no_credits', null::text, null::jsonb;
        return;
    end if;
    update crm.provider_answers a set asked_by = run, asked_until = now_at + make_interval(secs => ask_s)
        where a.provider = provider_name and a.email_hash = hash and a.scope = answer_scope;
    return query select 'ask', null::text, null::jsonb;
end $$;

-- Store the answer of a provider and end the reservation, in one transaction; returns the charge, null when the contact no longer belongs
-- to the run or its reservation was given back (then nothing is stored).
--
-- result: 'found', 'not_found', 'failed' (no answer), 'removed' (the person asked the provider to be removed).
create or replace function crm.end_lookup(
    contact uuid, run uuid, provider_name text, address_hash text, shared boolean, cost integer, result text, said jsonb, keep_s integer)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.current_user_id();
    hash constant bytea := decode(address_hash, 'hex');
    answer_scope constant uuid := case when shared then '00000000-0000-0000-0000-000000000000' else uid end;
    now_at constant timestamptz := clock_timestamp();
    charged integer := 0;
begin
    if cost > 0 then
        perform from crm.users u where u.id = uid for no key update;
    end if;
    perform from crm.enrichments e
        where e.user_id = uid and e.contact_id = contact and e.token = run and e.finished_at is null for no key update;
    if not found then
        return null;
    end if;
    perform from crm.provider_answers a
        where a.provider = provider_name and a.email_hash = hash and a.scope = answer_scope for update;
    if cost > 0 then
        charged := crm.end_reservation(uid, contact, provider_name, hash, run, result = 'found', now_at);
        if charged is null then
            -- A charge that was paid before has no reservation; any other reservation has been given back.
            perform from crm.credit_reservations r where r.user_id = uid and r.contact_id = contact
                and r.provider = provider_name and r.input_hash = hash and r.state = 'settled';
            if not found then
                return null;
            end if;
            charged := 0;
        end if;
    end if;
    if result in ('found', 'not_found') then
        insert into crm.provider_answers as a (provider, email_hash, scope, outcome, answer, fetched_at, expires_at)
            values (provider_name, hash, answer_scope, result, said, now_at, now_at + make_interval(secs => keep_s))
            on conflict (provider, email_hash, scope) do update
                set outcome = excluded.outcome, answer = excluded.answer, fetched_at = excluded.fetched_at,
                    expires_at = excluded.expires_at, asked_by = null, asked_until = null;
    else
        update crm.provider_answers a set asked_by = null, asked_until = null
            where a.provider = provider_name and a.email_hash = hash and a.scope = answer_scope and a.asked_by = run;
    end if;
    if result = 'removed' then
        perform crm.suppress(hash, provider_name, contact);
    end if;
    return charged;
end $$;

-- Store that a person refuses enrichment, delete all answers about the person, and queue every other contact with the address, of any user,
-- so that the enriched fields are removed there as well. Internal.
create or replace function crm.suppress(hash bytea, provider_name text, but_not uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.suppressions (email_hash, provider) values (hash, provider_name) on conflict do nothing;
    delete from crm.provider_answers a where a.email_hash = hash;
    with affected as (
        update crm.enrichments e
        set event_id = gen_random_uuid(), outcome = null, finished_at = null, awaits_credits = false, postponed = 0
        where e.email_hash = hash and e.contact_id <> but_not
        returning e.event_id, e.user_id, e.contact_id
    )
    insert into crm.outbox (id, topic, user_id, priority, data)
        select a.event_id, 'contact-enrichment', a.user_id, 1, jsonb_build_object('user_id', a.user_id, 'contact_id', a.contact_id) from affected a;
end $$;

-- Write the result of a run once, all of it or nothing: the contact, the state of its enrichment, the next event where a provider is to be
-- asked later; and confirm the event.
--
-- Return 'written'; 'changed': the contact was changed since the run read it (read it again); 'taken': its profile belongs to another
-- contact; 'lost': the contact no longer belongs to this run.
create or replace function crm.end_enrichment(
    event uuid, contact uuid, run uuid, version text, fields jsonb, document jsonb, result text, again_in_s double precision)
    returns text
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.current_user_id();
    slug constant text := fields ->> 'linkedin_slug';
    next_event constant uuid := case when again_in_s is not null then gen_random_uuid() end;
    level smallint;
begin
    if next_event is not null then
        perform from crm.users u where u.id = uid for key share;
    end if;
    -- A nested block: its changes are undone when the run turns out to be lost, or the profile taken.
    begin
        update crm.contacts c
            set name = case when fields ? 'name' then coalesce(fields ->> 'name', '') else c.name end,
                company = case when fields ? 'company' then fields ->> 'company' else c.company end,
                title = case when fields ? 'title' then fields ->> 'title' else c.title end,
                location = case when fields ? 'location' then fields ->> 'location' else c.location end,
                linkedin_url = case when fields ? 'linkedin_url' then fields ->> 'linkedin_url' else c.linkedin_url end,
                linkedin_slug = case when fields ? 'linkedin_url' then slug else c.linkedin_slug end,
                enrichment = document,
                -- not for a status: lists sorted by it show contacts whose fields changed
                updated_at = case when fields = '{}' then c.updated_at else clock_timestamp() end
            where c.user_id = uid and c.id = contact and c.xmin::text = version;
        if not found then
            return 'changed';
        end if;
        update crm.enrichments e
            set event_id = coalesce(next_event, e.event_id), token = null, leased_until = null,
                postponed = case when next_event is null then 0 else e.postponed + 1 end,
                outcome = case when next_event is null then result end,
                finished_at = case when next_event is null then clock_timestamp() end,
                awaits_credits = next_event is null and result = 'no_credits',
                fresh_after = case when next_event is null then null else e.fresh_after end
            where e.user_id = uid and e.contact_id = contact and e.event_id = event and e.token = run
            returning e.priority into level;
        if not found then
            raise sqlstate 'CRM01';
        end if;
    exception
        when unique_violation then
            return 'taken';
        when sqlstate 'CRM01' then
            -- A newer event has replaced this one: it need not wait for the end of the lease of this run.
            update crm.enrichments e set token = null, leased_until = null
                where e.user_id = uid and e.contact_id = contact and e.token = run;
            return 'lost';
    end;
    if next_event is not null then
        insert into crm.outbox (id, topic, user_id, priority, data, available_at)
            values (next_event, 'contact-enrichment', uid, level, jsonb_build_object('user_id', uid, 'contact_id', contact),
                clock_timestamp() + make_interval(secs => again_in_s));
    end if;
    delete from crm.outbox o where o.id = event;
    return 'written';
end $$;

-- Queue the contacts again that lacked credits, of one user or (null) of all users with credits: as many as the credits pay for, the longest
-- waiting first; returns how many.
create or replace function crm.resume_enrichments(uid uuid, most integer) returns integer
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with resumed as (
        select w.user_id, w.contact_id, gen_random_uuid() as event_id
        from (select distinct e.user_id from crm.enrichments e
            where e.awaits_credits and (uid is null or e.user_id = uid)) waiting
        join crm.users u on u.id = waiting.user_id and u.credit_balance > 0
        cross join lateral (
            select e.user_id, e.contact_id from crm.enrichments e
            where e.user_id = u.id and e.awaits_credits order by e.requested_at limit least(u.credit_balance, most)) w
        limit most
    ), queued as (
        update crm.enrichments e
        set event_id = r.event_id, requested_at = clock_timestamp(), outcome = null, finished_at = null, awaits_credits = false,
            postponed = 0
        from resumed r where e.user_id = r.user_id and e.contact_id = r.contact_id and e.awaits_credits
        returning e.event_id, e.user_id, e.contact_id, e.priority
    ), appended as (
        insert into crm.outbox (id, topic, user_id, priority, data)
        select q.event_id, 'contact-enrichment', q.user_id, q.priority, jsonb_build_object('user_id', q.user_id, 'contact_id', q.contact_id)
        from queued q
        returning 1
    )
    select count(*)::integer from appended;
end;

-- Mark the contacts whose event became a dead letter as no longer waiting; returns how many.
create or replace function crm.fail_buried_enrichments(most integer) returns integer
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with buried as (
        select e.user_id, e.contact_id
        from crm.dead_letters l
        join crm.enrichments e on e.event_id = l.id and e.finished_at is null
        where l.topic = 'contact-enrichment' limit most
    ), failed as (
        update crm.enrichments e set outcome = 'failed', finished_at = clock_timestamp(), buried = true, token = null, leased_until = null
        from buried b where e.user_id = b.user_id and e.contact_id = b.contact_id and e.finished_at is null
        returning e.user_id, e.contact_id
    ), shown as (
        update crm.contacts c set enrichment = c.enrichment || '{"status": "failed"}'
        from failed f where c.user_id = f.user_id and c.id = f.contact_id
        returning 1
    )
    select count(*)::integer from shown;
end;

-- Delete answers that are out of date; returns how many.
create or replace function crm.remove_expired_answers(most integer) returns integer
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with expired as (
        select a.provider, a.email_hash, a.scope from crm.provider_answers a
        -- or the question was claimed and never answered
        where (a.expires_at < clock_timestamp() or a.outcome is null) and coalesce(a.asked_until, '-infinity') < clock_timestamp()
        limit most for update skip locked
    ), removed as (
        delete from crm.provider_answers a using expired x
        where a.provider = x.provider and a.email_hash = x.email_hash and a.scope = x.scope
        returning 1
    )
    select count(*)::integer from removed;
end;

-- Delete the answers for one user alone when the user is deleted: a foreign key cannot do that, as most answers are shared by all users.
create or replace function crm.forget_own_answers() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from crm.provider_answers a where a.scope = old.id and a.scope <> '00000000-0000-0000-0000-000000000000';
    return null;
end $$;

-- The starting credits of a user with an identity and a mailbox. Two sign-ins at the same moment with one mailbox wait for each other, and
-- the second one sees the first.
create or replace function crm.starting_credits_of(token_issuer text, token_subject text, token_email text) returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    parties constant bytea[] := crm.known_by(token_issuer, token_subject, token_email);
    known integer;
begin
    insert into crm.starting_credits (party) select p.party from unnest(parties) p (party) order by p.party on conflict do nothing;
    perform from crm.starting_credits c where c.party = any (parties) order by c.party for update;
    select sum(c.credits) into known from crm.starting_credits c where c.party = any (parties);
    return coalesce(known, 100);
end $$;

-- An existing user has had the starting credits, whatever mailbox they get later.
create or replace function crm.keep_starting_credits() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'DELETE' then
        -- Stored once, under the mailbox where the user has one, so that returning in two ways does not double a balance.
        insert into crm.starting_credits as c (party, credits)
            select k.party, case when k.no = cardinality(k.parties) then old.credit_balance else 0 end
            from (select p.party, p.no, l.parties
                from (select crm.known_by(old.issuer, old.subject, old.email) as parties) l
                cross join lateral unnest(l.parties) with ordinality p (party, no)) k
            order by k.party
        on conflict (party) do update set credits = excluded.credits;
    elsif tg_op = 'INSERT' then
        insert into crm.starting_credits as c (party, credits)
            select p.party, 0 from unnest(crm.known_by(new.issuer, new.subject, new.email)) p (party) order by p.party
        on conflict (party) do update set credits = 0;
    else
        insert into crm.starting_credits as c (party, credits)
            select p.party, 0 from unnest(crm.known_by(new.issuer, new.subject, new.email)) p (party) order by p.party
        on conflict (party) do update set credits = 0 where c.credits is null;
    end if;
    return null;
end $$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.release_reservations, crm.grant_credits, crm.find_users_by_email, crm.request_enrichments,
    crm.begin_enrichment, crm.begin_lookup, crm.end_lookup, crm.end_enrichment, crm.resume_enrichments, crm.fail_buried_enrichments,
    crm.remove_expired_answers to crm_app;
