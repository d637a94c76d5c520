-- Introductions: the order of states, the counts of mailboxes, and the work of the schedules.

-- The states that may follow each state; a transaction that writes another one fails.
create or replace function crm.check_introduction_step() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    if old.status <> new.status and not (case old.status
        when 'requested' then new.status in ('connector_accepted', 'declined', 'not_now', 'withdrawn', 'expired')
        when 'connector_accepted' then new.status in ('introduced', 'declined', 'not_now', 'withdrawn', 'expired')
        when 'introduced' then new.status = 'completed'
        else false end)
    then
        raise exception 'an introduction that is % cannot become %', old.status, new.status using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

-- Store the hash of a step's address beside the address, at every write, and with the question those of the contact's further addresses. An
-- address that another contact has too may be the other's, and is left out.
create or replace function crm.hash_step_address() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    new.address_hash := crm.address_hash(new.email);
    if new.asked_at is not null and new.email is not null then
        new.further_hashes := array(
            select crm.address_hash(a.address) from crm.contacts c
            cross join crm.contacts_of_addresses(new.user_id, array(select lower(e) from unnest(c.emails) e)) a
            where c.user_id = new.user_id and c.id = new.contact_id and a.contact_no = c.no and a.address <> lower(new.email));
    end if;
    return new;
end $$;

-- The state of each mailbox: questions since a time, from all users and in both roles, also from users who have erased their data since.
create or replace function crm.mailbox_states(addresses text[], since timestamptz)
    returns table (address text, asked integer, never boolean, bounced boolean)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select a.address,
        (select coalesce(sum(c.asks), 0)::integer from crm.letter_counts c
            where c.side = 'mailbox' and c.party = h.hash and c.hour > since - interval '1 hour'),
        coalesce(m.never_at is not null, false),
        coalesce(m.bounced_at > since, false)
    from unnest(addresses) with ordinality a (address, no)
    cross join lateral (select crm.address_hash(a.address) as hash) h
    left join crm.known_mailboxes m on m.address_hash = h.hash
    order by a.no;
end;

-- The introductions with work for the schedules: their open question has expired, or waits for its one reminder.
create or replace function crm.due_introductions(now timestamptz, asked_before timestamptz, most integer)
    returns table (user_id uuid, id uuid)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select s.user_id, s.introduction_id
    from crm.introduction_steps s
    where s.asked_at is not null and s.decision is null
        and (s.expires_at <= now or s.asked_at <= asked_before and s.reminded_at is null)
    order by s.expires_at limit most;
end;

-- The introductions in which the calling user was asked, as connector or target, by any address of the contact, newest first, with only what
-- the e-mails to the user contain. role, status, wanted (an introduction): null for any.
create or replace function crm.introductions_asked(role text, status text, wanted uuid, before timestamptz, before_id uuid, most integer)
    returns table (id uuid, created_at timestamptz, document text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select i.id, i.created_at, json_build_object(
        'id', i.id, 'role', s.role, 'status', i.status, 'requester', json_build_object('name', r.name),
        'target', json_build_object('id', null, 'name', t.name, 'company', t.company, 'title', t.title),
        'message', i.message, 'purpose', nullif(i.purpose, ''), 'decision', s.decision,
        'asked_at', s.asked_at, 'decided_at', s.decided_at, 'created_at', i.created_at, 'updated_at', i.updated_at)::text
    from crm.users u
    cross join lateral (select crm.address_hash(u.email) as hash) h
    join crm.introduction_steps s on (s.address_hash = h.hash or s.further_hashes @> array[h.hash]) and s.asked_at is not null
    join crm.introductions i on i.id = s.introduction_id
    join crm.users r on r.id = i.user_id
    join lateral (select l.name, l.company, l.title from crm.introduction_steps l
        where l.introduction_id = i.id order by l.position desc limit 1) t on true
    where u.id = crm.current_user_id()
        and i.user_id <> u.id
        and (introductions_asked.role is null or s.role = introductions_asked.role)
        and (introductions_asked.status is null or i.status = introductions_asked.status)
        and (wanted is null or i.id = wanted)
        and (i.created_at, i.id) < (before, before_id)
    order by i.created_at desc, i.id desc limit most;
end;

-- Introductions along a path through a colleague.

-- The people on such a path after the caller, the colleague first, and its strength as the search answers it; no row unless all of them are
-- visible now: the colleague shares their ties, no contact is hidden, and each has a tie to the next.
--
-- path: contacts of the colleague, the colleague's self contact first.
-- email: the address of the colleague, and that of the target where the target is a contact of the caller. The contacts of a colleague
-- give none: the connector who accepts gives it.
create or replace function crm.people_through_colleague(path uuid[], at timestamptz)
    returns table (id uuid, name text, company text, title text, email text, strength real)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    uid constant uuid := crm.acting_user();
    book uuid; nodes integer[]; told float8; seen_ties boolean; strengths boolean;
    my_keys text[]; my_profile text; known text;
begin
    if cardinality(path) not between 2 and 4 then return; end if;
    select m.user_id, m.shares_seen_ties, m.shares_strengths into book, seen_ties, strengths
    from crm.team_members me
    join crm.team_members m on m.team_id = me.team_id and m.user_id <> uid and m.shares_ties
    join crm.contacts c on c.user_id = m.user_id and c.no = m.self_no and c.id = path[1]
    where me.user_id = uid;
    if not found then return; end if;

    select array(select distinct lower(e) from unnest(array[c.email, u.email] || c.emails) e
        where e is not null and (e in (c.email, u.email) or not crm.is_nobodys_mailbox(e))), c.linkedin_slug
    into my_keys, my_profile
    from crm.users u join crm.contacts c on c.user_id = u.id and c.is_self where u.id = uid;
    select array_agg(c.no order by p.i) into nodes
    from unnest(path) with ordinality p(id, i)
    join crm.contacts c on c.user_id = book and c.id = p.id
    where not exists (select from crm.hidden_contacts h where h.user_id = book and h.contact_no = c.no)
        and (c.email_key is null or c.email_key <> all(my_keys))
        and not exists (select from crm.contact_keys k where k.user_id = book and k.contact_id = c.id and k.key = any(my_keys))
        and (p.i in (1, cardinality(path)) or not crm.is_machine(c.name, c.email, c.emails))
        and (c.linkedin_slug is null or c.linkedin_slug is distinct from my_profile);
    if cardinality(nodes) is distinct from cardinality(path) then return; end if;

    -- who shares only that ties exist has each counted as between colleagues
    select exp(sum(ln(case when strengths then crm.strength_step(crm.strength_at(r.strength, r.fades_from_s, at)) else 0.5 end::float8))) into told
    from generate_subscripts(nodes, 1) i
    join crm.relationships r on r.user_id = book and r.from_no = nodes[i - 1] and r.to_no = nodes[i]
        -- behind the colleague's own ties, only those that were computed if they are shared, too
        and (i = 2 or r.fades_from_s is null or seen_ties)
    having count(*) = cardinality(nodes) - 1;
    if not found then return; end if;
    told := told * coalesce(
        (select max(crm.strength_at(r.strength, r.fades_from_s, at))
         from crm.users u
         join crm.contacts_of_addresses(uid, array[lower(u.email)]) a on a.contact_no is not null
         join crm.contacts c on c.user_id = uid and c.no = a.contact_no
         join crm.contacts s on s.user_id = uid and s.is_self
         join crm.relationships r on r.user_id = uid and r.from_no = s.no and r.to_no = c.no
         where u.id = book), 0.5);

    select m.email into known
    from crm.contacts t
    join crm.contacts m on m.user_id = uid and (m.email_key = t.email_key or m.linkedin_slug = t.linkedin_slug)
    where t.user_id = book and t.no = nodes[cardinality(nodes)] and m.email is not null limit 1;
    if known is null then
        select m.email into known
        from crm.contacts t
        join crm.contacts_of_addresses(uid, array(select lower(e.address) from unnest(t.emails) e(address))) a on a.contact_no is not null
        join crm.contacts m on m.user_id = uid and m.no = a.contact_no
        where t.user_id = book and t.no = nodes[cardinality(nodes)] and m.email is not null limit 1;
    end if;

    return query
        select c.id,
            case n.i when 1 then coalesce(nullif(u.name, ''), nullif(c.name, ''), '') else coalesce(crm.shown_text(c.name), '') end,
            case n.i when 1 then c.company else crm.shown_text(c.company) end,
            case n.i when 1 then c.title else crm.shown_text(c.title) end,
            case n.i when 1 then u.email when cardinality(nodes) then known end, told::real
        from unnest(nodes) with ordinality n(no, i)
        join crm.contacts c on c.user_id = book and c.no = n.no
        join crm.users u on u.id = book
        order by n.i;
end $$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.mailbox_states, crm.due_introductions, crm.introductions_asked, crm.people_through_colleague
    to crm_app;
