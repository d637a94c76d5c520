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

-- Forget people by their addresses, and keep their salted hashes, so that no source brings them back.
create or replace function crm.forget_correspondents(addresses text[]) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set lock_timeout = '60s'
as $$
declare
    uid constant uuid := crm.acting_user();
    keys constant text[] := array(select distinct crm.correspondent_key(a.address) from unnest(addresses) a(address));
    nos integer[]; touched integer[];
begin
    perform pg_advisory_xact_lock(hashtextextended('crm.sources ' || uid, 0));
    insert into crm.source_salts (user_id) values (uid) on conflict do nothing;
    insert into crm.forgotten_addresses (user_id, hash)
        select distinct uid, crm.stop_hash(s.salt, k.key) from crm.source_salts s cross join unnest(keys) k(key) where s.user_id = uid
        on conflict do nothing;
    select array_agg(k.no), array_agg(k.contact_no) filter (where k.contact_no is not null) into nos, touched
        from crm.correspondents k where k.user_id = uid and (k.address = any (addresses) or k.address = any (keys) or k.key = any (keys) and k.key <> k.address);
    if nos is null then
        return;
    end if;
    delete from crm.evidence e where e.user_id = uid and e.a = any (nos);
    delete from crm.evidence e where e.user_id = uid and e.b = any (nos);
    delete from crm.correspondent_names n where n.user_id = uid and n.no = any (nos);
    delete from crm.correspondents k where k.user_id = uid and k.no = any (nos);
    perform crm.settle_contacts(uid, touched);
end $$;

grant execute on function crm.forget_evidence, crm.forget_evidence_of_user, crm.forget_source, crm.forget_correspondents to crm_app;
