-- Ties that follow from evidence. A tie that was set by hand stays; one that an import assumed gives way, and comes back with the last evidence gone.

-- Write, in both directions, the computed ties of pairs of contacts; a strength of null says that nothing is known of a pair any more.
create or replace function crm.write_computed_ties(uid uuid, first_nos integer[], second_nos integer[], strengths real[], lasts integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    from_nos integer[]; to_nos integer[]; given real[]; faded integer[];
begin
    -- The contacts are kept from being deleted until their ties are committed.
    with kept as materialized (
        select c.no from crm.contacts c
        where c.user_id = uid and c.no in (select unnest(first_nos) union select unnest(second_nos)) order by c.id for key share
    ), directed as (
        select d.f, d.t, p.strength, p.last_s
        from unnest(first_nos, second_nos, strengths, lasts) p(f, t, strength, last_s)
        cross join lateral (values (p.f, p.t), (p.t, p.f)) d(f, t)
        where p.f in (select k.no from kept k) and p.t in (select k.no from kept k)
    )
    select array_agg(d.f order by d.f, d.t), array_agg(d.t order by d.f, d.t), array_agg(d.strength order by d.f, d.t), array_agg(d.last_s order by d.f, d.t)
        into from_nos, to_nos, given, faded
    from directed d
    left join crm.relationships r on r.user_id = uid and r.from_no = d.f and r.to_no = d.t
    -- what is as it should be is left alone, and so is what a user has said
    where case when d.strength is null then r.fades_from_s is not null
        else r.strength is null or (r.fades_from_s is not null or r.imported) and (r.strength, r.fades_from_s) is distinct from (d.strength, d.last_s) end;
    if from_nos is null then
        return;
    end if;

    insert into crm.assumed_ties (user_id, from_no, to_no, strength)
        select uid, r.from_no, r.to_no, r.strength
        from unnest(from_nos, to_nos, given) d(f, t, strength)
        join crm.relationships r on r.user_id = uid and r.from_no = d.f and r.to_no = d.t
        where d.strength is not null and r.imported
        on conflict (user_id, from_no, to_no) do update set strength = excluded.strength;
    insert into crm.relationships as r (user_id, from_no, to_no, strength, fades_from_s)
        select uid, d.f, d.t, d.strength, d.last_s from unnest(from_nos, to_nos, given, faded) d(f, t, strength, last_s)
        where d.strength is not null
        order by d.f, d.t
        on conflict (user_id, from_no, to_no) do update set strength = excluded.strength, fades_from_s = excluded.fades_from_s, imported = false
        where r.fades_from_s is not null or r.imported;

    with gone as (
        delete from crm.relationships r using unnest(from_nos, to_nos, given) d(f, t, strength)
            where d.strength is null and r.user_id = uid and r.from_no = d.f and r.to_no = d.t and r.fades_from_s is not null
            returning r.from_no, r.to_no)
    select array_agg(g.from_no), array_agg(g.to_no) into from_nos, to_nos from gone g;
    if from_nos is not null then
        with back as (
            delete from crm.assumed_ties a using unnest(from_nos, to_nos) g(f, t) where a.user_id = uid and a.from_no = g.f and a.to_no = g.t
                returning a.from_no, a.to_no, a.strength)
        insert into crm.relationships (user_id, from_no, to_no, strength, imported)
            select uid, b.from_no, b.to_no, b.strength, true from back b order by b.from_no, b.to_no
            on conflict do nothing;
    end if;
end $$;

-- Note when contacts were last spoken to; who has null was never. The contacts are held already.
create or replace function crm.note_last_contacts(uid uuid, contact_nos integer[], lasts integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off
as $$
begin
    delete from crm.last_contacts l using unnest(contact_nos, lasts) n(no, last_s)
        where n.last_s is null and l.user_id = uid and l.contact_no = n.no;
    insert into crm.last_contacts as l (user_id, contact_no, last_s)
        select uid, n.no, n.last_s from unnest(contact_nos, lasts) n(no, last_s)
        join crm.contacts c on c.user_id = uid and c.no = n.no
        where n.last_s is not null order by n.no
        on conflict (user_id, contact_no) do update set last_s = excluded.last_s where l.last_s <> excluded.last_s;
end $$;

-- Compute the ties between the user and contacts again, from everything that is known of them, and when they were last spoken to.
create or replace function crm.settle_own_ties(uid uuid, contact_nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    -- a bare connection of LinkedIn is worth as much; what says less of two people is not a tie
    least_strength constant double precision := 0.01;
    self_no constant integer := (select c.no from crm.contacts c where c.user_id = uid and c.is_self);
    firsts integer[]; seconds integer[]; strengths real[]; lasts integer[];
begin
    select array_agg(self_no), array_agg(n.no), array_agg(case when s.strength >= least_strength then s.strength::real end), array_agg(s.last_s)
        into firsts, seconds, strengths, lasts
    from (select distinct u.no from unnest(contact_nos) u(no) where u.no is not null and u.no <> self_no) n
    left join crm.own_sums(uid, contact_nos) s on s.contact_no = n.no;
    if firsts is not null then
        perform crm.write_computed_ties(uid, firsts, seconds, strengths, lasts);
        perform crm.note_last_contacts(uid, seconds, lasts);
    end if;
end $$;

-- Compute the ties between pairs of other contacts again.
create or replace function crm.settle_pairs(uid uuid, first_nos integer[], second_nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    least_strength constant double precision := 0.05;
    self_no constant integer := (select c.no from crm.contacts c where c.user_id = uid and c.is_self);
    one integer[]; other integer[];
    firsts integer[]; seconds integer[]; strengths real[]; lasts integer[];
begin
    select array_agg(p.f), array_agg(p.t) into one, other
    from (select distinct least(u.f, u.t) as f, greatest(u.f, u.t) as t from unnest(first_nos, second_nos) u(f, t)
        where u.f <> u.t and self_no not in (u.f, u.t)) p;
    if one is null then
        return;
    end if;
    select array_agg(p.f), array_agg(p.t), array_agg(case when s.strength >= least_strength then s.strength::real end), array_agg(s.last_s)
        into firsts, seconds, strengths, lasts
    from unnest(one, other) p(f, t) left join crm.pair_sums(uid, one, other) s on s.first_no = p.f and s.second_no = p.t;
    perform crm.write_computed_ties(uid, firsts, seconds, strengths, lasts);
end $$;

-- Compute all ties of contacts again, those to others included.
create or replace function crm.settle_contacts(uid uuid, contact_nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    firsts integer[]; seconds integer[];
begin
    if coalesce(cardinality(contact_nos), 0) = 0 then
        return;
    end if;
    perform crm.settle_own_ties(uid, contact_nos);
    with mine as (
        select k.no, k.contact_no from crm.correspondents k where k.user_id = uid and k.contact_no = any (contact_nos)
    ), met as (
        select m.contact_no, e.b as no from mine m join crm.evidence e on e.user_id = uid and e.a = m.no
        union
        select m.contact_no, e.a from mine m join crm.evidence e on e.user_id = uid and e.b = m.no and e.a > 0
    ), pairs as (
        select distinct m.contact_no as f, k.contact_no as t
        from met m join crm.correspondents k on k.user_id = uid and k.no = m.no and k.contact_no is not null
        -- computed ties of which no evidence is left
        union
        select r.from_no, r.to_no from crm.relationships r where r.user_id = uid and r.from_no = any (contact_nos) and r.fades_from_s is not null)
    select array_agg(p.f), array_agg(p.t) into firsts, seconds from pairs p;
    if firsts is not null then
        perform crm.settle_pairs(uid, firsts, seconds);
    end if;
end $$;

-- Compute the ties between the user and contacts again; who calls it names only contacts of the user.
create or replace function crm.compute_ties(contact_nos integer[]) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
begin atomic
    select crm.settle_own_ties(crm.current_user_id(), contact_nos);
end;

grant execute on function crm.write_computed_ties, crm.note_last_contacts, crm.settle_own_ties, crm.settle_pairs, crm.settle_contacts, crm.compute_ties to crm_app;
