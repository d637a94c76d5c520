-- Counting messages and events: copied into a temporary table, then merged set by set. One batch of a user after the other.

-- Make the tables of a batch, and keep other batches of the user out until the transaction ends.
create or replace function crm.begin_facts() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning set lock_timeout = '60s'
as $$
begin
    -- erasing a person waits for this batch, and this batch for an erasure: else it would bring the person back
    perform pg_advisory_xact_lock_shared(hashtextextended('crm.sources of all users', 0));
    perform pg_advisory_xact_lock(hashtextextended('crm.sources ' || crm.acting_user(), 0));
    -- s: seconds since 2020-01-01. left_out: why it says nothing of a tie; null where it does. kind: m message, t text of a chat, c call,
    -- e event. n: how many people got it. own, others: the weight of ties of the user, and of ties between others. sender, recipients: addresses,
    -- '' for the user; null for a sender who is not a person.
    create temporary table facts (
        hash bigint not null, s integer not null, left_out text, kind "char" not null, n integer not null, own double precision not null,
        others double precision not null, sender text collate "C", recipients text[] collate "C" not null) on commit drop;
end $$;

-- Merge `facts` into what is known, and count: those that count for the first time, those that were known, and by reason those left out.
--
-- Messages that another source of the user has brought before are kept here too, apart by `earlier`, and counts from the day when that source is forgotten.
-- addresses, names: the names under which people appear, several for an address.
create or replace function crm.merge_facts(of_source smallint, addresses text[], names text[], out counted integer, out known integer, out left_out jsonb)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' set client_min_messages = warning set lock_timeout = '60s'
as $$
#variable_conflict use_variable
declare
    uid constant uuid := crm.acting_user();
    -- a larger circle says nothing of any two of it
    most_recipients constant integer := 30;
    most_names constant integer := 6;
    -- with up to so many others, those who are invited to a meeting are taken to meet each other, too
    small_meeting constant integer := 4;
    last_no integer;
    own_nos integer[]; first_nos integer[]; second_nos integer[];
    fresh_count integer; counting integer; earliest integer; latest integer;
begin
    select count(*) into known from pg_temp.facts;
    create temporary table fresh on commit drop as
        select distinct on (f.hash) f.*, date_trunc('month', crm.time_of(f.s) at time zone 'UTC')::date as month, 0::bigint as earlier
        from pg_temp.facts f order by f.hash;
    -- Temporary tables have no statistics: without this, each message would be compared with each hash.
    perform set_config('enable_nestloop', 'off', true);
    analyze pg_temp.fresh;
    create temporary table brought on commit drop as
        select h.hash, c.source_no, c.counts
        from crm.counted c cross join lateral unnest(c.hashes) h(hash)
        -- two sources may differ by some hours in the time of a message
        where c.user_id = uid and c.month between (select min(f.month) - interval '1 month' from pg_temp.fresh f) and (select max(f.month) + interval '1 month' from pg_temp.fresh f)
            and h.hash in (select f.hash from pg_temp.fresh f);
    delete from pg_temp.fresh f using pg_temp.brought b where b.hash = f.hash and b.source_no = of_source;
    update pg_temp.fresh f set earlier = b.earlier
        from (select b.hash, bit_or(1::bigint << b.source_no) as earlier from pg_temp.brought b where b.counts group by b.hash) b
        where b.hash = f.hash and f.left_out is null;
    drop table pg_temp.brought;

    select count(*), count(*) filter (where f.left_out is null), count(*) filter (where f.left_out is null and f.earlier = 0),
            min(f.s) filter (where f.left_out is null), max(f.s) filter (where f.left_out is null)
        into fresh_count, counting, counted, earliest, latest from pg_temp.fresh f;
    select coalesce(jsonb_object_agg(r.left_out, r.n), '{}'), known - counted - coalesce(sum(r.n), 0) into left_out, known
        from (select f.left_out, count(*) as n from pg_temp.fresh f where f.left_out is not null group by f.left_out) r;
    update crm.sources s set last_run_at = now(), read = s.read + fresh_count, counted = s.counted + counting,
            left_out = case when left_out = '{}' then s.left_out else s.left_out || (
                select jsonb_object_agg(l.key, coalesce((s.left_out ->> l.key)::integer, 0) + l.value::integer) from jsonb_each_text(left_out) l) end,
            first_s = least(s.first_s, earliest), last_s = greatest(s.last_s, latest)
        where s.user_id = uid and s.no = of_source;
    if fresh_count > 0 then
        insert into crm.counted as c (user_id, source_no, month, counts, hashes)
            select uid, of_source, f.month, f.left_out is null, array_agg(f.hash order by f.hash) from pg_temp.fresh f group by f.month, f.left_out is null
            on conflict (user_id, source_no, month, counts) do update set hashes = c.hashes || excluded.hashes;
    end if;
    if counting = 0 then
        perform set_config('enable_nestloop', 'on', true);
        drop table pg_temp.fresh;
        return;
    end if;

    create temporary table parts on commit drop as
        select f.hash, f.s, f.kind, f.n, f.own * crm.growth(f.s) as own, f.others * crm.growth(f.s) as others, f.earlier, r.address, r.is_sender
        from pg_temp.fresh f
        cross join lateral (select f.sender as address, true as is_sender where f.sender is not null
            union all select distinct a.address, false from unnest(f.recipients) a(address) where a.address is distinct from f.sender) r
        where f.left_out is null;
    drop table pg_temp.fresh;

    -- Numbers of the addresses, new ones in the order of the alphabet. Nobody else gives numbers meanwhile.
    create temporary table people on commit drop as
        select p.address, k.no from (select distinct p.address from pg_temp.parts p where p.address <> '') p
        left join crm.correspondents k on k.user_id = uid and k.address = p.address;
    select coalesce(max(k.no), 0) into last_no from crm.correspondents k where k.user_id = uid;
    with new as (
        select p.address, last_no + (row_number() over (order by p.address))::integer as no from pg_temp.people p where p.no is null
    ), numbered as (
        update pg_temp.people p set no = n.no from new n where n.address = p.address
    ), added as (
        insert into crm.correspondents (user_id, no, address, key) select uid, n.no, n.address, crm.correspondent_key(n.address) from new n
        returning no)
    select array_agg(a.no) into own_nos from added a;
    perform set_config('enable_nestloop', 'on', true);
    if own_nos is not null then
        perform crm.match_correspondents(uid, own_nos);
    end if;
    create temporary table numbered on commit drop as
        select p.hash, p.s, p.kind, p.n, p.own, p.others, p.earlier, p.is_sender, coalesce(q.no, 0) as no
        from pg_temp.parts p left join pg_temp.people q on q.address = p.address;
    analyze pg_temp.numbered;
    perform set_config('enable_nestloop', 'off', true);

    insert into crm.correspondent_names as k (user_id, source_no, no, names)
        select uid, of_source, n.no, (array_agg(n.name order by n.name))[:most_names]
        from (select distinct p.no, u.name collate "C" as name from unnest(addresses, names) u(address, name) join pg_temp.people p on p.address = u.address) n
        group by n.no
        on conflict (user_id, source_no, no) do update set names = (
            select (array_agg(u.name order by u.name))[:most_names] from (select distinct u.name collate "C" as name from unnest(k.names || excluded.names) u(name)) u)
        where not k.names operator(pg_catalog.@>) excluded.names;

    -- Each message as pairs: f wrote to t, or both got it.
    create temporary table pairs on commit drop as
        select s.earlier, s.s, s.no as f, r.no as t,
            case when 0 in (s.no, r.no) then s.own else s.others end as forth,
            case when s.kind = 'c' or s.kind = 'e' and 0 in (s.no, r.no) then case when 0 in (s.no, r.no) then s.own else s.others end else 0 end as back,
            0::float8 as both, (s.kind in ('m', 't'))::integer as sent, 0 as received, 0 as together, (s.kind = 'e')::integer as meetings, (s.kind = 'c')::integer as calls
        from pg_temp.numbered s join pg_temp.numbered r on r.hash = s.hash and not r.is_sender
        where s.is_sender and r.no <> s.no and (s.n <= most_recipients or 0 in (s.no, r.no))
        union all
        select q.earlier, q.s, q.no, r.no, p.w, p.w,
            case when q.kind = 'e' and p.w > 0 then 0 when q.no = 0 then q.own else q.others end,
            0, 0, (q.kind <> 'e')::integer, (q.kind = 'e')::integer, 0
        from pg_temp.numbered q join pg_temp.numbered r on r.hash = q.hash and not r.is_sender and r.no > q.no
        cross join lateral (select case when q.kind <> 'e' then 0 when q.no = 0 then q.own when q.n <= small_meeting then 0.1 * q.others else 0 end as w) p
        where not q.is_sender and q.n <= most_recipients;
    analyze pg_temp.pairs;
    perform set_config('enable_nestloop', 'on', true);
    with written as (
        insert into crm.evidence as e (user_id, a, b, source_no, earlier, first_s, last_s, n_ab, n_ba, n_co, meetings, calls, ab, ba, co)
            select uid, least(p.f, p.t), greatest(p.f, p.t), of_source, p.earlier, min(p.s), max(p.s),
                sum(case when p.f < p.t then p.sent else p.received end), sum(case when p.f < p.t then p.received else p.sent end), sum(p.together),
                sum(p.meetings), sum(p.calls), sum(case when p.f < p.t then p.forth else p.back end), sum(case when p.f < p.t then p.back else p.forth end),
                sum(p.both)
            from pg_temp.pairs p group by 2, 3, 5
            on conflict (user_id, a, b, source_no, earlier) do update set first_s = least(e.first_s, excluded.first_s), last_s = greatest(e.last_s, excluded.last_s),
                n_ab = e.n_ab + excluded.n_ab, n_ba = e.n_ba + excluded.n_ba, n_co = e.n_co + excluded.n_co,
                meetings = e.meetings + excluded.meetings, calls = e.calls + excluded.calls,
                ab = e.ab + excluded.ab, ba = e.ba + excluded.ba, co = e.co + excluded.co
            returning a, b, earlier
    ), tied as (
        select distinct f.contact_no as f, t.contact_no as t
        from written w
        left join crm.correspondents f on f.user_id = uid and f.no = w.a
        join crm.correspondents t on t.user_id = uid and t.no = w.b and t.contact_no is not null
        where w.earlier = 0 and (w.a = 0 or f.contact_no is not null))
    select array_agg(d.t) filter (where d.f is null), array_agg(d.f) filter (where d.f is not null), array_agg(d.t) filter (where d.f is not null)
        into own_nos, first_nos, second_nos from tied d;
    drop table pg_temp.parts, pg_temp.people, pg_temp.numbered, pg_temp.pairs;
    if own_nos is not null then
        perform crm.settle_own_ties(uid, own_nos);
    end if;
    if first_nos is not null then
        perform crm.settle_pairs(uid, first_nos, second_nos);
    end if;
end $$;

grant execute on function crm.begin_facts, crm.merge_facts to crm_app;
