-- Forgetting: a source with all that came from it, or a person.

-- Delete what stands under deleted sources. `crm.forget_source` settles the ties; of an erased user nothing is left to settle.
create or replace function crm.forget_evidence() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from crm.evidence e using gone g where e.user_id = g.user_id and e.source_no = g.no;
    delete from crm.correspondent_names n using gone g where n.user_id = g.user_id and n.source_no = g.no;
    delete from crm.counted c using gone g where c.user_id = g.user_id and c.source_no = g.no;
    return null;
end $$;

-- Delete the evidence of an erased user, which has no key to `crm.users`: it would be checked for each row that is written.
create or replace function crm.forget_evidence_of_user() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from crm.evidence e where e.user_id = old.id;
    delete from crm.correspondent_names n where n.user_id = old.id;
    return null;
end $$;

-- Forget a source: afterwards everything is as if it had never been read. Messages that other sources have brought as well count there from now on.
create or replace function crm.forget_source(source_id uuid) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set client_min_messages = warning set lock_timeout = '60s'
as $$
declare
    uid constant uuid := crm.acting_user();
    of_no smallint;
    bit bigint;
    own_nos integer[]; first_nos integer[]; second_nos integer[];
begin
    perform pg_advisory_xact_lock(hashtextextended('crm.sources ' || uid, 0));
    select s.no into of_no from crm.sources s where s.user_id = uid and s.id = source_id for update;
    if not found then
        return false;
    end if;
    bit := 1::bigint << of_no;
    create temporary table forgotten_pairs on commit drop as
        select distinct e.a, e.b from crm.evidence e where e.user_id = uid and (e.source_no = of_no or e.earlier & bit <> 0);
    delete from crm.sources s where s.user_id = uid and s.no = of_no;

    -- Rows of messages that this source had brought first are added to those that they belong to without it.
    create temporary table freed on commit drop as
        select e.* from crm.evidence e where e.user_id = uid and e.earlier & bit <> 0;
    delete from crm.evidence e where e.user_id = uid and e.earlier & bit <> 0;
    insert into crm.evidence as e (user_id, a, b, source_no, earlier, first_s, last_s, n_ab, n_ba, n_co, meetings, calls, ab, ba, co)
        select uid, f.a, f.b, f.source_no, f.earlier & ~bit, min(f.first_s), max(f.last_s), sum(f.n_ab), sum(f.n_ba), sum(f.n_co), sum(f.meetings),
            sum(f.calls), sum(f.ab), sum(f.ba), sum(f.co)
        from pg_temp.freed f group by f.a, f.b, f.source_no, f.earlier & ~bit
        on conflict (user_id, a, b, source_no, earlier) do update set first_s = least(e.first_s, excluded.first_s), last_s = greatest(e.last_s, excluded.last_s),
            n_ab = e.n_ab + excluded.n_ab, n_ba = e.n_ba + excluded.n_ba, n_co = e.n_co + excluded.n_co,
            meetings = e.meetings + excluded.meetings, calls = e.calls + excluded.calls,
            ab = e.ab + excluded.ab, ba = e.ba + excluded.ba, co = e.co + excluded.co;

    select array_agg(distinct t.contact_no) filter (where p.a = 0),
            array_agg(f.contact_no) filter (where f.contact_no is not null), array_agg(t.contact_no) filter (where f.contact_no is not null)
        into own_nos, first_nos, second_nos
        from pg_temp.forgotten_pairs p
        join crm.correspondents t on t.user_id = uid and t.no = p.b and t.contact_no is not null
        left join crm.correspondents f on f.user_id = uid and f.no = p.a
        where p.a = 0 or f.contact_no is not null;
    if own_nos is not null then
        perform crm.settle_own_ties(uid, own_nos);
    end if;
    if first_nos is not null then
        perform crm.settle_pairs(uid, first_nos, second_nos);
    end if;
    -- addresses that no other source knows, unless the user has said something of them
    delete from crm.correspondents k
        where k.user_id = uid and not k.ignored and k.person_no is null
            and k.no in (select p.a from pg_temp.forgotten_pairs p union select p.b from pg_temp.forgotten_pairs p)
            and not exists (select from crm.evidence e where e.user_id = uid and e.a = k.no)
            and not exists (select from crm.evidence e where e.user_id = uid and e.b = k.no);
    drop table pg_temp.forgotten_pairs, pg_temp.freed;
    return true;
end $$;

-- Whether a contact of the user has this address, in any spelling of the mailbox; of a name, whether one is called so.
create or replace function crm.has_contact_of(uid uuid, address text) returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select case
        when address like 'linkedin:%' then exists (select from crm.contacts c where c.user_id = uid and c.linkedin_slug = substr(address, 10))
        when address like 'name:%' then exists (
            select from crm.contacts c where c.user_id = uid and c.name_key = left(crm.fold(substr(address, 6)), 200))
        when address like 'tel:%' then exists (
            select from crm.contact_keys k where k.user_id = uid and k.key = crm.correspondent_key(address))
        else exists (select from crm.mailbox_keys m where m.user_id = uid and m.key = crm.canonical_address(address))
            or exists (select from crm.contacts_of_addresses(uid, array[lower(address), crm.canonical_address(address)]) a where a.holders > 0) end;
end;

-- The hash by which imports know an address again that was forgotten in a source; null for a telephone and a bare name.
create or replace function crm.forgotten_key(address text) returns bytea
    language sql stable strict parallel safe security definer
    set search_path = pg_catalog, pg_temp
    return case when address like 'linkedin:%' then crm.forgotten_hash('profile', lower(substr(address, 10)))
        when address not like 'name:%' and position('@' in address) > 0 then crm.address_hash(address) end;

-- Of these addresses, those that no source brings: of people whom the user has forgotten for good and does not have again since, and of people
-- who want to be kept by nobody here or have erased what is said of them. hashes: their stop hashes, which the reader of a batch has
-- computed in less time than SQL needs.
create or replace function crm.kept_away(addresses text[], hashes bigint[]) returns setof text
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off
as $$
#variable_conflict use_variable
declare
    uid constant uuid := crm.acting_user();
    any_forgotten constant boolean := exists (select from crm.forgotten_contacts f where f.user_id = uid);
    listed text[];
begin
    return query select w.address from crm.withheld_addresses(array(select a.address from unnest(addresses) a(address)
        where position('@' in a.address) > 0)) w(address);
    -- contacts are looked up for the few that are on a list: in one query it would be done for all
    listed := array(
        select a.address from unnest(addresses, hashes) a(address, hash)
        where a.hash in (select f.hash from crm.forgotten_addresses f where f.user_id = uid)
            or any_forgotten and crm.forgotten_key(a.address) in (select f.key from crm.forgotten_contacts f where f.user_id = uid));
    return query select l.address from unnest(listed) l(address) where not crm.has_contact_of(uid, l.address);
end $$;

-- Delete correspondents with all that is said of them, and compute the ties of their contacts again.
create or replace function crm.delete_correspondents(uid uuid, nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    touched integer[];
begin
    delete from crm.evidence e where e.user_id = uid and e.a = any (nos);
    delete from crm.evidence e where e.user_id = uid and e.b = any (nos);
    delete from crm.correspondent_names n where n.user_id = uid and n.no = any (nos);
    with gone as (
        delete from crm.correspondents k where k.user_id = uid and k.no = any (nos) returning k.contact_no)
    select array_agg(distinct g.contact_no) into touched from gone g where g.contact_no is not null;
    perform crm.settle_contacts(uid, touched);
end $$;

-- Delete what the sources of all users say of a mailbox, in any spelling; `crm.withheld_addresses` keeps it away from then on. User by user,
-- because no index finds an address over all users.
create or replace function crm.erase_from_sources(address text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set lock_timeout = '60s'
as $$
#variable_conflict use_variable
declare
    spelled constant text := lower(btrim(address));
    mailbox constant text := crm.canonical_address(spelled);
    one uuid;
    nos integer[];
begin
    perform pg_advisory_xact_lock(hashtextextended('crm.sources of all users', 0));
    for one in select s.user_id from crm.source_salts s where exists (
            select from crm.correspondents k where k.user_id = s.user_id and (k.address in (spelled, mailbox) or k.key = mailbox and k.key <> k.address))
        order by s.user_id
    loop
        perform pg_advisory_xact_lock(hashtextextended('crm.sources ' || one, 0));
        nos := array(select k.no from crm.correspondents k
            where k.user_id = one and (k.address in (spelled, mailbox) or k.key = mailbox and k.key <> k.address));
        perform crm.delete_correspondents(one, nos);
    end loop;
end $$;

-- Forget the people of contacts that are deleted for good, unless another contact has the address: their mailboxes, telephones and profiles,
-- their names in chats, and addresses that appear under nothing but one of their full names.
create or replace function crm.forget_people(uid uuid, emails text[], phones text[], slugs text[], names text[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off
as $$
#variable_conflict use_variable
declare
    called constant text[] := array(select distinct crm.fold(n.name) from unnest(names) n(name)
        where crm.fold(n.name) <> '' and not crm.has_contact_of(uid, 'name:' || n.name));
    full_names constant text[] := array(select n.name from unnest(called) n(name) where position(' ' in n.name) > 0);
    addresses text[];
begin
    if exists (select from crm.sources s where s.user_id = uid) and full_names <> '{}' then
        addresses := array(
            select k.address from crm.correspondents k
            join lateral (select bool_and(crm.fold(u.name) = any (full_names)) as always
                from crm.correspondent_names n cross join lateral unnest(n.names) u(name) where n.user_id = uid and n.no = k.no) s on s.always
            where k.user_id = uid and k.contact_no is null);
        -- an address that others have, too, goes on without the name
        update crm.correspondent_names n set names = array(
                select u.name from unnest(n.names) with ordinality u(name, place) where crm.fold(u.name) <> all (full_names) order by u.place)
            where n.user_id = uid and exists (select from unnest(n.names) u(name) where crm.fold(u.name) = any (full_names))
                and n.no in (select k.no from crm.correspondents k where k.user_id = uid and k.contact_no is null and k.address <> all (addresses));
    end if;
    addresses := addresses || array(
        select distinct a.address from (
            select lower(e.address) from unnest(emails) e(address)
            union all select 'tel:' || regexp_replace(p.phone, '[^0-9+]', '', 'g') from unnest(phones) p(phone)
                where length(regexp_replace(p.phone, '\D', '', 'g')) >= 7
            union all select 'linkedin:' || l.slug from unnest(slugs) l(slug)) a(address)
        where not crm.has_contact_of(uid, a.address))
        || array(select 'name:' || n.name from unnest(called) n(name));
    if addresses <> '{}' then
        perform crm.forget_correspondents(addresses);
    end if;
end $$;

-- Forget people by their addresses, and keep hashes of these, so that no source brings them back, and no file without a question.
create or replace function crm.forget_correspondents(addresses text[]) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set lock_timeout = '60s'
as $$
declare
    uid constant uuid := crm.acting_user();
    keys constant text[] := array(select distinct crm.correspondent_key(a.address) from unnest(addresses) a(address));
    nos integer[];
begin
    perform pg_advisory_xact_lock(hashtextextended('crm.sources ' || uid, 0));
    insert into crm.source_salts (user_id) values (uid) on conflict do nothing;
    insert into crm.forgotten_addresses (user_id, hash)
        select distinct uid, crm.stop_hash(s.salt, k.key) from crm.source_salts s cross join unnest(keys) k(key) where s.user_id = uid
        on conflict do nothing;
    insert into crm.forgotten_contacts (user_id, key)
        select distinct uid, h.key from unnest(addresses) a(address) cross join lateral crm.forgotten_key(a.address) h(key) where h.key is not null
        on conflict do nothing;
    select array_agg(k.no) into nos
        from crm.correspondents k where k.user_id = uid and (k.address = any (addresses) or k.address = any (keys) or k.key = any (keys) and k.key <> k.address);
    if nos is not null then
        perform crm.delete_correspondents(uid, nos);
    end if;
end $$;

grant execute on function crm.forget_evidence, crm.forget_evidence_of_user, crm.forget_source, crm.forget_correspondents, crm.kept_away to crm_app;
