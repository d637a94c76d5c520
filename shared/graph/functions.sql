-- Ties: how costs and strengths follow from their columns, which migrations/0010_relationships.sql explains.

-- What every fading (odd) cost has grown by since 2020-01-01; even, so that the sum of two fading ties stays comparable.
create or replace function crm.fading(at timestamptz) returns bigint
    language sql stable parallel safe
    return 2 * round(extract(epoch from at - '2020-01-01 00:00+00'::timestamptz)::float8 * (ln(2::float8) * 8388608 / (180 * 86400)))::bigint;

-- The strength of a tie at a time, from its columns.
create or replace function crm.strength_at(strength real, fades_from_s integer, at timestamptz) returns real
    language sql stable parallel safe
    return case when fades_from_s is null then strength
        else greatest(strength * 0.5::float8 ^ least(
            greatest(extract(epoch from at - '2020-01-01 00:00+00'::timestamptz)::float8 - fades_from_s, 0) / (180 * 86400), 28), 2e-9)::real end;

-- Ties die with their contacts, and interactions too. A foreign key would check both ends of every row: loading a million ties would
-- take about twice as long. Instead whoever writes ties holds their contacts FOR KEY SHARE, and one statement cleans up after each delete.
create or replace function crm.forget_relationships() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    -- The plan is kept for the session: one made for a single contact must serve a million, and the other way round.
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
begin
    delete from crm.relationships r using gone g where r.user_id = g.user_id and r.from_no = g.no;
    delete from crm.relationships r using gone g where r.user_id = g.user_id and r.to_no = g.no;
    delete from crm.interactions i using gone g where i.user_id = g.user_id and i.contact_no = g.no;
    return null;
end $$;

-- The search for introduction paths; docs/path-search.md draws it.
--
-- Both functions grow levels of contacts from both ends, always the smaller side, and ask after each level which ties join the two.
-- A level holds for each contact one label: the least cost of a walk of exactly that many hops, and the contact before it, in
-- one number (cost << 31 | no), so that min() finds both. Costs are explained in migrations/0010_relationships.sql. A path is a walk that visits nobody twice.
--
-- How the statements are written decides their plans, whatever the statistics say. Ties are read in a lateral subquery fenced by
-- `offset 0`: always an index-only scan for each contact of the frontier. Everything else joins or groups by hashing: nested loops
-- over two frontiers would never end. What may not be visited again takes part in the grouping as a label without predecessor
-- (label & 2147483647 = 0), which is cheaper than an anti-join.

-- The path of fewest hops from `source` to any of `targets`; of these the one with the highest product. No row: there is none.
create or replace function crm.nearest_path(for_user uuid, source integer, targets integer[], max_hops integer, fading bigint)
    returns table (hops integer, cost bigint, path integer[])
    language plpgsql stable parallel safe rows 1
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set jit = off set work_mem = '64MB'
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_nestloop = off
as $$
#variable_conflict use_column
declare
    mask constant bigint := 2147483647;
    -- the frontiers, and all levels one after the other with the index at which each begins
    ahead integer[] := array[source]; ahead_label bigint[] := array[0];
    back integer[] := targets; back_label bigint[] := array_fill(0::bigint, array[cardinality(targets)]);
    all_ahead integer[] := ahead; all_ahead_label bigint[] := ahead_label; ahead_from integer[] := array[1];
    all_back integer[] := back; all_back_label bigint[] := back_label; back_from integer[] := array[1];
    level integer[]; label bigint[];
    forward boolean; head integer; tail integer; total bigint; node integer;
begin
    if source = any(targets) then return; end if;
    for h in 1..max_hops loop
        forward := cardinality(ahead) <= cardinality(back);
        if forward then
            select x.no, y.no, x.cost + (y.label >> 31) into head, tail, total
            from (select x.no, r.to_no, (x.label >> 31) + r.cost + (r.cost & 1) * fading as cost
                  from unnest(ahead, ahead_label) x(no, label)
                  cross join lateral (select r.to_no, r.cost from crm.relationships r
                                      where r.user_id = for_user and r.from_no = x.no offset 0) r offset 0) x
            join unnest(back, back_label) y(no, label) on y.no = x.to_no
            order by 3 limit 1;
        else
            select x.no, y.no, y.cost + (x.label >> 31) into head, tail, total
            from (select y.no, r.from_no, (y.label >> 31) + r.cost + (r.cost & 1) * fading as cost
                  from unnest(back, back_label) y(no, label)
                  cross join lateral (select r.from_no, r.cost from crm.relationships r
                                      where r.user_id = for_user and r.to_no = y.no offset 0) r offset 0) y
            join unnest(ahead, ahead_label) x(no, label) on x.no = y.from_no
            order by 3 limit 1;
        end if;
        if head is not null then
            path := array[head];
            node := head;
            for q in reverse cardinality(ahead_from) - 1..1 loop
                node := all_ahead_label[array_position(all_ahead, node, ahead_from[q + 1])] & mask;
                path := node || path;
            end loop;
            node := tail;
            path := path || node;
            for q in reverse cardinality(back_from) - 1..1 loop
                node := all_back_label[array_position(all_back, node, back_from[q + 1])] & mask;
                path := path || node;
            end loop;
            hops := h;
            cost := total;
            return next;
            return;
        end if;
        exit when h = max_hops;
        if forward then
            select array_agg(z.no), array_agg(z.label) into level, label
            from (select u.no, min(u.label) as label
                  from (select r.to_no as no, ((x.label >> 31) + r.cost + (r.cost & 1) * fading) << 31 | x.no as label
                        from unnest(ahead, ahead_label) x(no, label)
                        cross join lateral (select r.to_no, r.cost from crm.relationships r
                                            where r.user_id = for_user and r.from_no = x.no offset 0) r
                        union all select seen.no, 0 from unnest(all_ahead) seen(no)) u
                  group by u.no having min(u.label) & mask <> 0) z;
            exit when level is null;
            ahead_from := ahead_from || cardinality(all_ahead) + 1;
            all_ahead := all_ahead || level; all_ahead_label := all_ahead_label || label;
            ahead := level; ahead_label := label;
        else
            select array_agg(z.no), array_agg(z.label) into level, label
            from (select u.no, min(u.label) as label
                  from (select r.from_no as no, ((y.label >> 31) + r.cost + (r.cost & 1) * fading) << 31 | y.no as label
                        from unnest(back, back_label) y(no, label)
                        cross join lateral (select r.from_no, r.cost from crm.relationships r
                                            where r.user_id = for_user and r.to_no = y.no offset 0) r
                        union all select seen.no, 0 from unnest(all_back) seen(no)) u
                  group by u.no having min(u.label) & mask <> 0) z;
            exit when level is null;
            back_from := back_from || cardinality(all_back) + 1;
            all_back := all_back || level; all_back_label := all_back_label || label;
            back := level; back_label := label;
        end if;
    end loop;
end $$;

-- The `wanted` cheapest paths of `least_hops` to `most_hops` hops from `source` to any of `targets`, exactly, cheapest first.
--
-- Rounds with a ceiling: a round sees only what can still cost less than its ceiling, so with a low one it is quick, and what it finds
-- below its ceiling is final. It starts low and keeps at most `room` contacts per level; where more would fit, the round lowers its own
-- ceiling to what it had to leave out. When that was not enough, the next round has more of what lacked. The last one is
-- at most a few times dearer than a search that knew the answer's cost beforehand.
--
-- Within a round the best walk over each tie that joins the two sides is known, and these ties are distinct, so the best `width` of them
-- contain the best `width` walks. Their halves are then unrolled one level a step, keeping the best `width` partial walks. Walks that visit
-- somebody twice fall out on the way; what costs no more than the cheapest thing discarded (`sure`) is final, else width grows.
--
-- guess, room: the first ceiling, by default a product of 0.88, and how many contacts a level may hold; low ones are cheap to try.
-- Ends early at `deadline` with what it has, `complete` false (and path null when it has nothing).
create or replace function crm.cheapest_paths(
    for_user uuid, source integer, targets integer[], least_hops integer, most_hops integer, wanted integer,
    fading bigint, deadline timestamptz, guess bigint default 1 << 21, room integer default 512)
    returns table (hops integer, cost bigint, path integer[], complete boolean)
    language plpgsql stable parallel safe rows 1
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set jit = off set work_mem = '64MB'
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_nestloop = off
as $$
#variable_conflict use_column
declare
    mask constant bigint := 2147483647;
    everything constant bigint := 1::bigint << 32;
    single constant boolean := wanted = 1 and least_hops = 1;  -- then the cheapest walk is a path, and predecessors suffice
    attempt bigint := guess;    -- the ceiling a round starts with
    ceiling bigint;             -- everything cheaper is seen in this round
    bound bigint;               -- the round's ceiling, or the cost of the worst path in hand
    ahead integer[]; ahead_label bigint[]; all_ahead integer[]; all_ahead_label bigint[]; ahead_from integer[];
    back integer[]; back_label bigint[]; all_back integer[]; all_back_label bigint[]; back_from integer[];
    barred integer[];           -- whom no later level may hold
    level integer[]; label bigint[]; least bigint; forward boolean; crowded boolean;
    walk text[]; head integer[]; tail integer[]; rest bigint[]; total bigint[];
    simple boolean; width integer; widest integer := 0; sure bigint; found integer; node integer; i integer; j integer;
    best_hops integer[] := '{}'; best_cost bigint[] := '{}'; best_walk text[] := '{}';
begin
    complete := true;
    if source = any(targets) then return; end if;
    <<rounds>> loop
        ceiling := attempt;
        bound := least(ceiling, best_cost[wanted]);
        crowded := false;
        ahead := array[source]; ahead_label := array[0]; all_ahead := ahead; all_ahead_label := ahead_label; ahead_from := array[1];
        back := targets; back_label := array_fill(0::bigint, array[cardinality(targets)]);
        all_back := back; all_back_label := back_label; back_from := array[1];
        barred := source || targets;
        for h in 1..most_hops loop
            forward := cardinality(ahead) <= cardinality(back);
            i := cardinality(ahead_from) - 1;
            j := cardinality(back_from) - 1;
            -- from four hops on, walks may visit somebody twice; where they did, they will again
            width := case when h < 4 or single then wanted else greatest(2 * wanted + 8, widest) end;
            while h >= least_hops loop
                if clock_timestamp() > deadline then complete := false; exit rounds; end if;
                walk := null; found := 0;
                -- rest = the cost without the half ahead of the tie
                if forward then
                    select min(y.label) >> 31 into least from unnest(back_label) y(label);
                    select array_agg(q.head), array_agg(q.tail), array_agg(q.total), array_agg(q.rest) into head, tail, total, rest
                    from (select x.no as head, y.no as tail, x.cost + (y.label >> 31) as total, x.tie + (y.label >> 31) as rest
                          from (select x.no, r.to_no, r.cost + (r.cost & 1) * fading as tie,
                                       (x.label >> 31) + r.cost + (r.cost & 1) * fading as cost
                                from unnest(ahead, ahead_label) x(no, label)
                                cross join lateral (select r.to_no, r.cost from crm.relationships r
                                                    where r.user_id = for_user and r.from_no = x.no
                                                      and r.cost < bound - least - (x.label >> 31) offset 0) r offset 0) x
                          join unnest(back, back_label) y(no, label) on y.no = x.to_no
                          where x.cost + (y.label >> 31) < bound
                          order by total limit width + 1) q;
                else
                    select min(x.label) >> 31 into least from unnest(ahead_label) x(label);
                    select array_agg(q.head), array_agg(q.tail), array_agg(q.total), array_agg(q.rest) into head, tail, total, rest
                    from (select x.no as head, y.no as tail, y.rest + (x.label >> 31) as total, y.rest
                          from (select y.no, r.from_no, (y.label >> 31) + r.cost + (r.cost & 1) * fading as rest
                                from unnest(back, back_label) y(no, label)
                                cross join lateral (select r.from_no, r.cost from crm.relationships r
                                                    where r.user_id = for_user and r.to_no = y.no
                                                      and r.cost < bound - least - (y.label >> 31) offset 0) r offset 0) y
                          join unnest(ahead, ahead_label) x(no, label) on x.no = y.from_no
                          where y.rest + (x.label >> 31) < bound
                          order by total limit width + 1) q;
                end if;
                exit when head is null;
                if single then
                    node := head[1];
                    walk := array[node::text];
                    for q in reverse i..1 loop
                        node := all_ahead_label[array_position(all_ahead, node, ahead_from[q + 1])] & mask;
                        walk[1] := node || ',' || walk[1];
                    end loop;
                    node := tail[1];
                    walk[1] := walk[1] || ',' || node;
                    for q in reverse j..1 loop
                        node := all_back_label[array_position(all_back, node, back_from[q + 1])] & mask;
                        walk[1] := walk[1] || ',' || node;
                    end loop;
                    total := total[:1];
                    select count(*) = count(distinct v) from string_to_array(walk[1], ',') s(a), unnest(s.a) v into simple;
                    found := simple::integer;  -- else a shorter one, as cheap, was left out for want of room
                    exit;
                end if;
                sure := total[width + 1];
                select array_agg(case when q.head <> q.tail then q.head || ',' || q.tail end) into walk
                from unnest(head[:width], tail[:width]) q(head, tail);
                for q in reverse i - 1..0 loop  -- everybody of the level before who knows the head, put in front of it
                    level := all_ahead[ahead_from[q + 1]:ahead_from[q + 2] - 1];
                    label := all_ahead_label[ahead_from[q + 1]:ahead_from[q + 2] - 1];
                    if cardinality(level) <= greatest(40, 3000 / cardinality(walk)) then  -- few pairs: look each up
                        select array_agg(z.walk), array_agg(z.no), array_agg(z.tail), array_agg(z.rest), array_agg(z.total)
                        into walk, head, tail, rest, total
                        from (select o.no || ',' || x.walk as walk, o.no, x.tail, x.rest + r.tie as rest, x.rest + r.tie + (o.label >> 31) as total
                              from unnest(walk, head[:width], tail[:width], rest[:width]) x(walk, head, tail, rest)
                              cross join unnest(level, label) o(no, label)
                              cross join lateral (select r.cost + (r.cost & 1) * fading as tie from crm.relationships r
                                                  where r.user_id = for_user and r.from_no = o.no and r.to_no = x.head offset 0) r
                              where x.rest + r.tie + (o.label >> 31) < bound and o.no <> all(string_to_array(x.walk, ',')::integer[])
                              order by total limit width + 1) z;
                    else                                                            -- many: read the ties of the heads
                        select min(o.label) >> 31 into least from unnest(label) o(label);
                        select array_agg(z.walk), array_agg(z.no), array_agg(z.tail), array_agg(z.rest), array_agg(z.total)
                        into walk, head, tail, rest, total
                        from (select o.no || ',' || x.walk as walk, o.no, x.tail, x.rest, x.rest + (o.label >> 31) as total
                              from (select x.walk, r.from_no, x.tail, x.rest + r.cost + (r.cost & 1) * fading as rest
                                    from unnest(walk, head[:width], tail[:width], rest[:width]) x(walk, head, tail, rest)
                                    cross join lateral (select r.from_no, r.cost from crm.relationships r
                                                        where r.user_id = for_user and r.to_no = x.head
                                                          and r.cost < bound - least - x.rest offset 0) r offset 0) x
                              join unnest(level, label) o(no, label) on o.no = x.from_no
                              where x.rest + (o.label >> 31) < bound and o.no <> all(string_to_array(x.walk, ',')::integer[])
                              order by total limit width + 1) z;
                    end if;
                    exit when walk is null;
                    sure := least(sure, total[width + 1]);
                    walk := walk[:width];
                end loop;
                if walk is not null and j > 0 then  -- from here rest = the cost without the half behind the last contact
                    select array_agg(x.total - (o.label >> 31) order by x.i) into rest
                    from unnest(total[:width], tail[:width]) with ordinality x(total, tail, i)
                    join unnest(back, back_label) o(no, label) on o.no = x.tail;
                end if;
                for q in reverse j - 1..0 loop
                    exit when walk is null;
                    level := all_back[back_from[q + 1]:back_from[q + 2] - 1];
                    label := all_back_label[back_from[q + 1]:back_from[q + 2] - 1];
                    if cardinality(level) <= greatest(40, 3000 / cardinality(walk)) then
                        select array_agg(z.walk), array_agg(z.no), array_agg(z.rest), array_agg(z.total) into walk, tail, rest, total
                        from (select x.walk || ',' || o.no as walk, o.no, x.rest + r.tie as rest, x.rest + r.tie + (o.label >> 31) as total
                              from unnest(walk, tail[:width], rest[:width]) x(walk, tail, rest)
                              cross join unnest(level, label) o(no, label)
                              cross join lateral (select r.cost + (r.cost & 1) * fading as tie from crm.relationships r
                                                  where r.user_id = for_user and r.from_no = x.tail and r.to_no = o.no offset 0) r
                              where x.rest + r.tie + (o.label >> 31) < bound and o.no <> all(string_to_array(x.walk, ',')::integer[])
                              order by total limit width + 1) z;
                    else
                        select min(o.label) >> 31 into least from unnest(label) o(label);
                        select array_agg(z.walk), array_agg(z.no), array_agg(z.rest), array_agg(z.total) into walk, tail, rest, total
                        from (select x.walk || ',' || o.no as walk, o.no, x.rest, x.rest + (o.label >> 31) as total
                              from (select x.walk, r.to_no, x.rest + r.cost + (r.cost & 1) * fading as rest
                                    from unnest(walk, tail[:width], rest[:width]) x(walk, tail, rest)
                                    cross join lateral (select r.to_no, r.cost from crm.relationships r
                                                        where r.user_id = for_user and r.from_no = x.tail
                                                          and r.cost < bound - least - x.rest offset 0) r offset 0) x
                              join unnest(level, label) o(no, label) on o.no = x.to_no
                              where x.rest + (o.label >> 31) < bound and o.no <> all(string_to_array(x.walk, ',')::integer[])
                              order by total limit width + 1) z;
                    end if;
                    exit when walk is null;
                    sure := least(sure, total[width + 1]);
                    walk := walk[:width];
                end loop;
                if walk is not null then
                    select array_agg(x.total), array_agg(x.walk), count(*) into total, walk, found
                    from (select x.total, x.walk from unnest(total[:width], walk) x(total, walk)
                          where x.walk is not null and (sure is null or x.total <= sure)
                          order by x.total limit wanted) x;
                end if;
                exit when sure is null or found >= wanted;
                width := width * 8;
                widest := width;
            end loop;
            if found > 0 then
                select array_agg(x.hops), array_agg(x.cost), array_agg(x.walk) into best_hops, best_cost, best_walk
                from (select x.hops, x.cost, x.walk
                      from (select o.hops, o.cost, o.walk from unnest(best_hops, best_cost, best_walk) o(hops, cost, walk)
                            union select h, o.cost, o.walk from unnest(total, walk) o(cost, walk)) x
                      order by x.cost, x.hops limit wanted) x;
                found := 0;
                if cardinality(best_cost) = wanted then bound := least(bound, best_cost[wanted]); end if;
            end if;
            exit when h = most_hops;
            if forward then
                select min(y.label) >> 31 into least from unnest(back_label) y(label);
                select array_agg(z.no), array_agg(z.label) into level, label
                from (select u.no, min(u.label) as label
                      from (select r.to_no as no, ((x.label >> 31) + r.cost + (r.cost & 1) * fading) << 31 | x.no as label
                            from unnest(ahead, ahead_label) x(no, label)
                            cross join lateral (select r.to_no, r.cost from crm.relationships r
                                                where r.user_id = for_user and r.from_no = x.no
                                                  and r.cost < bound - least - (x.label >> 31) offset 0) r
                            union all select o.no, 0 from unnest(barred) o(no)
                            -- for a single path, arriving later is only worth it when cheaper than before
                            union all select o.no, o.label & ~mask from unnest(all_ahead, all_ahead_label) o(no, label) where single) u
                      group by u.no having min(u.label) & mask <> 0
                      order by label limit room + 1) z;
                exit when level is null;
                if cardinality(level) > room then
                    crowded := true;
                    ceiling := least(ceiling, least + (label[room + 1] >> 31));
                    level := level[:room]; label := label[:room];
                end if;
                ahead_from := ahead_from || cardinality(all_ahead) + 1;
                all_ahead := all_ahead || level; all_ahead_label := all_ahead_label || label;
                ahead := level; ahead_label := label;
            else
                select min(x.label) >> 31 into least from unnest(ahead_label) x(label);
                select array_agg(z.no), array_agg(z.label) into level, label
                from (select u.no, min(u.label) as label
                      from (select r.from_no as no, ((y.label >> 31) + r.cost + (r.cost & 1) * fading) << 31 | y.no as label
                            from unnest(back, back_label) y(no, label)
                            cross join lateral (select r.from_no, r.cost from crm.relationships r
                                                where r.user_id = for_user and r.to_no = y.no
                                                  and r.cost < bound - least - (y.label >> 31) offset 0) r
                            union all select o.no, 0 from unnest(barred) o(no)
                            union all select o.no, o.label & ~mask from unnest(all_back, all_back_label) o(no, label) where single) u
                      group by u.no having min(u.label) & mask <> 0
                      order by label limit room + 1) z;
                exit when level is null;
                if cardinality(level) > room then
                    crowded := true;
                    ceiling := least(ceiling, least + (label[room + 1] >> 31));
                    level := level[:room]; label := label[:room];
                end if;
                back_from := back_from || cardinality(all_back) + 1;
                all_back := all_back || level; all_back_label := all_back_label || label;
                back := level; back_label := label;
            end if;
            bound := least(bound, ceiling);
            -- A level of one contact: every further path passes her there, so nowhere else.
            if wanted > 1 and cardinality(level) = 1 then
                barred := barred || level;
                if forward then
                    select array_agg(o.no), array_agg(o.label) into back, back_label from unnest(back, back_label) o(no, label) where o.no <> level[1];
                else
                    select array_agg(o.no), array_agg(o.label) into ahead, ahead_label from unnest(ahead, ahead_label) o(no, label) where o.no <> level[1];
                end if;
                exit when back is null or ahead is null;
            end if;
        end loop;
        exit when not crowded and attempt >= everything;
        exit when best_cost[wanted] < ceiling or not single and best_cost[wanted] = ceiling;
        if best_cost[wanted] is not null then
            attempt := best_cost[wanted] + 1;
            room := least(room * 4::bigint, 1 << 30);
        elsif crowded then
            attempt := least(attempt, greatest(ceiling + ceiling / 2, 1 << 18));
            room := least(room * 4::bigint, 1 << 30);
        else  -- carefully, once rounds begin to cost something
            attempt := case when cardinality(all_ahead) + cardinality(all_back) < 20 then attempt * 2
                when least_hops < most_hops then attempt + attempt / 3 else attempt * 3 end;
        end if;
    end loop;
    if cardinality(best_cost) = 0 and not complete then return next; end if;
    return query select o.hops, o.cost, string_to_array(o.walk, ',')::integer[], complete
        from unnest(best_hops, best_cost, best_walk) o(hops, cost, walk) order by o.cost, o.hops;
end $$;

-- The answer to GET /graph/path as JSON: {"paths": [...]}, with "partial": true when `budget` ran out before the list was proven.
-- Null when a contact is not the user's.
--
-- from_id: null is the self contact.
-- to_id, to_company: one of them; a path to a company ends at the first of its people that it reaches.
-- wanted: how many paths at most.
create or replace function crm.find_paths(
    from_id uuid, to_id uuid, to_company text, max_hops integer, by_strength boolean, wanted integer,
    at timestamptz default now(), budget interval default '2 s')
    returns text
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    uid constant uuid := crm.acting_user();
    fading constant bigint := crm.fading(at);
    deadline constant timestamptz := clock_timestamp() + budget;
    source integer; targets integer[]; fewest integer; guess bigint;
    paths text[] := '{}'; more text[]; proven boolean := true;
    answer text;
begin
    if from_id is null then
        select c.no into source from crm.contacts c where c.user_id = uid and c.is_self;
    else
        select c.no into source from crm.contacts c where c.user_id = uid and c.id = from_id;
    end if;
    if to_id is not null then
        select array_agg(c.no) into targets from crm.contacts c where c.user_id = uid and c.id = to_id;
        if targets is null then return null; end if;
    else
        select array_agg(c.no) into targets from crm.contacts c
        where c.user_id = uid and c.company_key = left(crm.fold(to_company), 200) and c.no <> source;
    end if;
    if source is null then return null; end if;

    if targets is null or source = any(targets) then
        null;  -- nobody to be introduced to
    elsif by_strength then
        select array_agg(p.path::text) filter (where p.path is not null), coalesce(bool_and(p.complete), true) into more, proven
        from crm.cheapest_paths(uid, source, targets, 1, max_hops, wanted, fading, deadline) p;
        paths := coalesce(more, '{}');
    else
        -- the best path's cost tells what the next best will about cost
        select array[p.path::text], p.hops, p.cost + p.cost / 4 + (1 << 20) into more, fewest, guess from crm.nearest_path(uid, source, targets, max_hops, fading) p;
        paths := coalesce(more, '{}');
        if wanted > 1 and fewest is not null then
            paths := '{}';
            -- The levels for the fewest hops were just read in full, and for three there is one on each side: no rounds needed there.
            for hops in fewest..max_hops loop
                select array_agg(p.path::text) filter (where p.path is not null), coalesce(bool_and(p.complete), true) into more, proven
                from crm.cheapest_paths(uid, source, targets, hops, hops, wanted - cardinality(paths), fading, deadline,
                    guess => case when hops <= greatest(fewest, 3) then 1::bigint << 32 else guess end,
                    room => case when hops <= greatest(fewest, 3) then 1 << 30 else 512 end) p;
                paths := paths || coalesce(more, '{}');
                exit when cardinality(paths) >= wanted or not proven;
            end loop;
        end if;
    end if;

    -- What people know is strengths, so the product is theirs, not that of the rounded costs.
    select string_agg(p.document, ',' order by case when by_strength then -p.strength else p.hops end, case when by_strength then p.hops else -p.strength end)
    into answer
    from (select cardinality(l.path) - 1 as hops, s.strength,
              '{"contacts":[' || s.contacts || '],"strengths":[' || s.strengths || '],"hops":' || cardinality(l.path) - 1
                  || ',"strength":' || s.strength::real || '}' as document
          from unnest(paths) p(path)
          cross join lateral (select p.path::integer[] as path) l
          cross join lateral (
              select string_agg(json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'title', c.title)::text, ',' order by n.i) as contacts,
                  string_agg(t.strength::text, ',' order by n.i) as strengths, exp(sum(ln(t.strength::text::float8))) as strength
              from unnest(l.path) with ordinality n(no, i)
              join crm.contacts c on c.user_id = uid and c.no = n.no
              left join lateral (
                  select crm.strength_at(r.strength, r.fades_from_s, at) as strength from crm.relationships r
                  where r.user_id = uid and r.from_no = l.path[n.i - 1] and r.to_no = n.no) t on true) s) p;
    return '{"paths":[' || coalesce(answer, '') || ']' || case when proven then '}' else ',"partial":true}' end;
end $$;

-- Importing a file of ties: copied into a temporary table, then merged set by set.

-- The table that ties are copied into, gone with its transaction.
create or replace function crm.begin_relationship_import() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning
as $$
begin
    -- from_key, to_key: as in the file, an e-mail in lower case or an id; stated: the row names its strength
    create temporary table imported_ties (
        line integer not null, from_key text not null collate "C", to_key text not null collate "C",
        strength real not null, mutual boolean not null, stated boolean not null default true) on commit drop;
end $$;

-- Merges what was copied into `imported_ties` and counts what became of its rows; where a pair stands twice, the last row wins. A row that
-- names no strength makes a tie where there is none, and changes nothing otherwise.
--
-- by_id: the keys are ids, else e-mails.
-- errors: the first `max_errors` rows that could not be used, as a JSON array of {"line","field","message","value"}.
create or replace function crm.merge_imported_ties(
    by_id boolean, max_errors integer,
    out created integer, out updated integer, out unchanged integer, out failed integer, out errors text)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' set client_min_messages = warning
    set lock_timeout = '60s'
as $$
declare
    uid constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
    counted integer[];
begin
    if uid is null then
        raise insufficient_privilege using message = 'app.user_id is not set';
    end if;
    -- Two imports of one user go one after the other.
    perform pg_advisory_xact_lock(hashtextextended('crm.import ' || uid, 0));

    -- The people of the file, kept from being deleted until the ties are committed (migrations/0010_relationships.sql tells why).
    create temporary table imported_people (key text primary key collate "C", no integer not null) on commit drop;
    create temporary table imported_keys on commit drop as
        select from_key as key from pg_temp.imported_ties union select to_key from pg_temp.imported_ties;
    analyze pg_temp.imported_keys;
    if by_id then
        insert into pg_temp.imported_people
            select k.key, c.no from pg_temp.imported_keys k
            join crm.contacts c on c.user_id = uid and c.id = k.key::uuid
            for key share of c;
    else
        insert into pg_temp.imported_people
            select k.key, c.no from pg_temp.imported_keys k
            join crm.contacts c on c.user_id = uid and c.email_key = k.key
            for key share of c;
    end if;
    analyze pg_temp.imported_people;

    create temporary table known_ties on commit drop as
        select t.line, f.no as from_no, g.no as to_no, t.strength, t.mutual, t.stated,
            case when f.no is null then 'from' when g.no is null then 'to' when f.no = g.no then 'same' end as fault, t.from_key, t.to_key
        from pg_temp.imported_ties t
        left join pg_temp.imported_people f on f.key = t.from_key
        left join pg_temp.imported_people g on g.key = t.to_key;

    select count(*) filter (where k.fault is not null) into failed from pg_temp.known_ties k;
    select coalesce(json_agg(json_build_object(
            'line', e.line,
            'field', case e.fault when 'from' then 'from' else 'to' end || case when by_id then '_id' else '_email' end,
            'message', case e.fault when 'same' then 'nobody is tied to oneself'
                else 'there is no contact of this ' || case when by_id then 'id' else 'e-mail' end end,
            'value', case e.fault when 'from' then e.from_key else e.to_key end) order by e.line), '[]')::text
        into errors
        from (select k.* from pg_temp.known_ties k where k.fault is not null order by k.line limit max_errors) e;

    -- One row for each direction, with the strength that is there already.
    create temporary table directed_ties on commit drop as
        select d.*, r.strength as old_strength,
            r.strength is null or d.stated and (r.strength <> d.strength or r.fades_from_s is not null or r.imported) as is_news
        from (select distinct on (b.from_no, b.to_no) b.*
              from (select k.line, k.from_no, k.to_no, k.strength, k.stated from pg_temp.known_ties k where k.fault is null
                    union all select k.line, k.to_no, k.from_no, k.strength, k.stated from pg_temp.known_ties k where k.fault is null and k.mutual) b
              order by b.from_no, b.to_no, b.stated desc, b.line desc) d
        left join crm.relationships r on r.user_id = uid and r.from_no = d.from_no and r.to_no = d.to_no;

    insert into crm.relationships as r (user_id, from_no, to_no, strength, imported)
        select uid, d.from_no, d.to_no, d.strength, not d.stated from pg_temp.directed_ties d
        where d.is_news
        order by d.from_no, d.to_no
        on conflict (user_id, from_no, to_no) do update set strength = excluded.strength, fades_from_s = null, imported = false
        where not excluded.imported;  -- whoever set it meanwhile knew more

    -- Of whom more is known already.
    select array_agg(distinct o.no) into counted
        from crm.contacts s
        join pg_temp.directed_ties d on s.no in (d.from_no, d.to_no)
        cross join lateral (select d.from_no + d.to_no - s.no as no) o
        where s.user_id = uid and s.is_self and not d.stated and d.old_strength is null
            and exists (select from crm.interactions i where i.user_id = uid and i.contact_no = o.no);
    if counted is not null then
        perform crm.compute_ties(counted);
    end if;

    select count(*) filter (where o.is_new), count(*) filter (where not o.is_new and o.is_changed),
            count(*) filter (where not o.is_new and not o.is_changed)
        into created, updated, unchanged
        from (select coalesce(bool_or(d.line is not null and d.old_strength is null), false) as is_new,
                  coalesce(bool_or(d.is_news), false) as is_changed
              from pg_temp.known_ties k left join pg_temp.directed_ties d on d.line = k.line
              where k.fault is null group by k.line) o;
end $$;

-- The network around a contact, for drawing.

-- A strength from its cost, as people write it: six decimals, and all its digits when it is smaller than that can show.
create or replace function crm.strength_of(cost bigint) returns double precision
    language sql immutable parallel safe
    return case when cost < 116000000  -- 0.001
        then round(exp(-cost / 16777216::float8) * 1e6) / 1e6 else exp(-cost / 16777216::float8)::real end;

-- The ties among contacts, a mutual one once with the lower of its costs.
--
-- A custom plan knows the numbers as constants, and the index scan tests each row against a hash table of them: half of the time of a
-- join. `to_no + 0` keeps them from becoming keys to search by.
create or replace function crm.ties_among(for_user uuid, nos integer[], fading bigint)
    returns table (from_no integer, to_no integer, cost bigint, mutual boolean)
    language plpgsql stable parallel safe
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB'
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_hashjoin = off
as $$
#variable_conflict use_column
begin
    if (select u.one_way_ties from crm.users u where u.id = for_user) then
        return query
            select min(t.from_no), case when count(*) = 2 then max(t.from_no) else min(t.to_no) end, min(t.cost), count(*) = 2
            from (select x.no as from_no, r.to_no, r.cost + (r.cost & 1) * fading as cost
                  from unnest(nos) x(no)
                  cross join lateral (select r.to_no, r.cost from crm.relationships r
                                      where r.user_id = for_user and r.from_no = x.no and r.to_no + 0 = any(nos) offset 0) r) t
            group by least(t.from_no, t.to_no), greatest(t.from_no, t.to_no);
    else
        return query
            select x.no, r.to_no, r.cost + (r.cost & 1) * fading, true
            from unnest(nos) x(no)
            cross join lateral (select r.to_no, r.cost from crm.relationships r
                                where r.user_id = for_user and r.from_no = x.no and r.to_no > x.no and r.to_no + 0 = any(nos) offset 0) r;
    end if;
end $$;

-- The answer to GET /graph/network/{id} as JSON: the contact and the strongest others within `depth` hops by their best product, at most
-- `most` in all and none below `least_strength`, and every tie among them, a mutual one once with the stronger of its strengths.
-- Null when the contact is not the user's.
create or replace function crm.find_network(center_id uuid, depth integer, most integer, least_strength double precision, at timestamptz default now())
    returns text
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan set jit = off set work_mem = '64MB'
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_nestloop = off
as $$
declare
    uid constant uuid := crm.acting_user();
    mask constant bigint := 2147483647;
    fading constant bigint := crm.fading(at);
    -- nothing dearer than this is shown; + 1 because the search keeps what is cheaper
    last_radius constant bigint := case when least_strength > 0 then ceil(-ln(least_strength) * 16777216 + 8)::bigint else 1::bigint << 32 end;
    center integer;
    -- label = cost << 31 | hops: the least one wins, and tells both
    level integer[]; level_label bigint[]; near integer[]; label bigint[];
    radius bigint := least(1 << 21, last_radius); bound bigint; truncated boolean;
    nodes text; ids text[]; links text;
begin
    select c.no into center from crm.contacts c where c.user_id = uid and c.id = center_id;
    if center is null then return null; end if;

    -- Circles of growing radius: everybody inside one is known exactly, so the first that holds enough people is the answer, and a
    -- contact with thousands of ties is read only as far as the radius goes.
    loop
        bound := radius;
        level := array[center]; level_label := array[0]; near := level; label := level_label;
        for hop in 1..depth loop
            -- one more than wanted tells whether there are more
            select array_agg(n.no), array_agg(n.label), case when count(*) > most then max(n.label) >> 31 else bound end
            into near, label, bound
            from (select u.no, min(u.label) as label
                  from (select o.no, o.label from unnest(near, label) o(no, label)
                        union all
                        select r.to_no, ((x.label >> 31) + r.cost + (r.cost & 1) * fading) << 31 | hop
                        from unnest(level, level_label) x(no, label)
                        cross join lateral (select r.to_no, r.cost from crm.relationships r
                                            where r.user_id = uid and r.from_no = x.no and r.cost < bound - (x.label >> 31) offset 0) r
                        where (x.label >> 31) + r.cost + (r.cost & 1) * fading < bound) u
                  group by u.no order by label limit most + 1) n;
            select array_agg(o.no), array_agg(o.label) into level, level_label
            from unnest(near, label) o(no, label) where o.label & mask = hop;
            exit when level is null;
        end loop;
        truncated := cardinality(near) > most;
        exit when truncated or radius >= last_radius;
        radius := least(radius * 2, last_radius);
    end loop;
    near := near[:most]; label := label[:most];

    select array_agg('"' || c.id || '"' order by o.i),
        string_agg('{"id":"' || c.id || '","name":' || to_json(c.name) || ',"company":' || coalesce(to_json(c.company)::text, 'null')
               || ',"tags":' || array_to_json(c.tags) || ',"hops":' || (o.label & mask) || ',"strength":' || crm.strength_of(o.label >> 31) || '}',
               ',' order by o.i)
    into ids, nodes
    from unnest(near, label) with ordinality o(no, label, i)
    cross join lateral (select c.id, c.name, c.company, c.tags from crm.contacts c where c.user_id = uid and c.no = o.no offset 0) c;

    select string_agg('{"source":' || f.id || ',"target":' || g.id || ',"strength":' || crm.strength_of(t.cost)
               || ',"mutual":' || t.mutual || '}', ',')
    into links
    from crm.ties_among(uid, near, fading) t
    join unnest(near, ids) f(no, id) on f.no = t.from_no join unnest(near, ids) g(no, id) on g.no = t.to_no;

    return '{"nodes":[' || nodes || '],"links":[' || coalesce(links, '') || '],"truncated":' || truncated || '}';
end $$;

-- What the network tells beyond paths; each item says in one sentence of data why it is there.
--
-- Statements are fenced as in the search for paths, so that their plans do not depend on statistics.

-- A contact as lists of insights name it: JSON.
create or replace function crm.brief(id uuid, name text, company text, title text) returns text
    language sql stable parallel safe
    return json_build_object('id', id, 'name', name, 'company', company, 'title', title)::text;

-- Whom two contacts (the first null: the self contact) both know, where a tie in either direction counts; strongest product first. JSON,
-- null when one is not the user's.
create or replace function crm.find_mutual(first_id uuid, second_id uuid, most integer, at timestamptz default now()) returns text
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan set jit = off
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_nestloop = off
as $$
declare
    uid constant uuid := crm.acting_user();
    fading constant bigint := crm.fading(at);
    one crm.contacts; other crm.contacts;
    items text; total integer;
begin
    if first_id is null then
        select c.* into one from crm.contacts c where c.user_id = uid and c.is_self;
    else
        select c.* into one from crm.contacts c where c.user_id = uid and c.id = first_id;
    end if;
    select c.* into other from crm.contacts c where c.user_id = uid and c.id = second_id;
    if one.id is null or other.id is null then return null; end if;

    with known as (
        select r.to_no as no, r.cost + (r.cost & 1) * fading as cost, true as of_one from crm.relationships r where r.user_id = uid and r.from_no = one.no
        union all select r.from_no, r.cost + (r.cost & 1) * fading, true from crm.relationships r where r.user_id = uid and r.to_no = one.no
        union all select r.to_no, r.cost + (r.cost & 1) * fading, false from crm.relationships r where r.user_id = uid and r.from_no = other.no
        union all select r.from_no, r.cost + (r.cost & 1) * fading, false from crm.relationships r where r.user_id = uid and r.to_no = other.no),
    mutual as (
        select k.no, min(k.cost) filter (where k.of_one) as cost_one, min(k.cost) filter (where not k.of_one) as cost_other,
            count(*) over () as total
        from known k group by k.no
        having bool_or(k.of_one) and bool_or(not k.of_one)
        order by min(k.cost) filter (where k.of_one) + min(k.cost) filter (where not k.of_one), k.no limit most)
    select string_agg('{"contact":' || crm.brief(c.id, c.name, c.company, c.title) || ',"strengths":[' || crm.strength_of(m.cost_one) || ',' || crm.strength_of(m.cost_other)
               || '],"strength":' || crm.strength_of(m.cost_one + m.cost_other) || ',"sentence":'
               || to_json(format('%s knows %s (%s) and %s (%s).', c.name, one.name, round(crm.strength_of(m.cost_one)::numeric, 2),
                   other.name, round(crm.strength_of(m.cost_other)::numeric, 2))) || '}', ',' order by m.cost_one + m.cost_other, m.no),
           max(m.total)
    into items, total
    from mutual m cross join lateral (select c.* from crm.contacts c where c.user_id = uid and c.no = m.no offset 0) c;
    return '{"items":[' || coalesce(items, '') || '],"total":' || coalesce(total, 0) || ',"sentence":'
        || to_json(format('%s and %s both know %s.', one.name, other.name,
            case coalesce(total, 0) when 0 then 'nobody you know of' when 1 then '1 contact' else total || ' contacts' end)) || '}';
end $$;

-- The contacts through whom the most people are reached that nobody else leads to: those two hops away whom exactly one direct contact
-- knows. With a company, only its people count. JSON; the cost is the ties of all direct contacts.
create or replace function crm.find_connectors(at_company text, most integer, at timestamptz default now()) returns text
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan set jit = off set work_mem = '64MB'
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_nestloop = off
as $$
#variable_conflict use_variable
declare
    uid constant uuid := crm.acting_user();
    fading constant bigint := crm.fading(at);
    everybody constant boolean := at_company is null;
    place constant text := coalesce(' at ' || at_company, '');
    self_no integer; staff integer[]; items text; reached integer;
begin
    select c.no into self_no from crm.contacts c where c.user_id = uid and c.is_self;
    if not everybody then
        select coalesce(array_agg(c.no), '{}') into staff from crm.contacts c
        where c.user_id = uid and c.company_key = left(crm.fold(at_company), 200) and not c.is_self;
    end if;
    with direct as materialized (
        select r.to_no as no, min(r.cost + (r.cost & 1) * fading) as cost from crm.relationships r
        where r.user_id = uid and r.from_no = self_no group by r.to_no),
    known as (
        select d.no as via, r.to_no as no
        from direct d
        cross join lateral (select r.to_no from crm.relationships r where r.user_id = uid and r.from_no = d.no offset 0) r
        where r.to_no <> self_no and (everybody or r.to_no in (select unnest(staff)))),
    ways as (
        -- a direct contact is reached without anybody
        select k.no, min(k.via) as via, count(*) as ways, bool_or(d.no is not null) as is_direct
        from known k left join direct d on d.no = k.no group by k.no),
    totals as (
        select k.via, count(*) as knows from known k group by k.via),
    best as (
        select t.via, t.knows, coalesce(o.only_them, 0) as only_them, d.cost, (select count(*) from ways w where not w.is_direct) as reached
        from totals t
        join direct d on d.no = t.via
        left join (select w.via, count(*) as only_them from ways w where w.ways = 1 and not w.is_direct group by w.via) o on o.via = t.via
        order by only_them desc, t.knows desc, d.cost, t.via limit most)
    select string_agg('{"contact":' || crm.brief(c.id, c.name, c.company, c.title) || ',"knows":' || b.knows || ',"only_through_them":' || b.only_them
               || ',"strength":' || crm.strength_of(b.cost) || ',"sentence":'
               || to_json(format('%s knows %s%s; you reach %s of them only this way.', c.name,
                   case b.knows when 1 then '1 person' else b.knows || ' people' end, place, b.only_them)) || '}',
               ',' order by b.only_them desc, b.knows desc, b.cost, b.via), max(b.reached)
    into items, reached
    from best b cross join lateral (select c.* from crm.contacts c where c.user_id = uid and c.no = b.via offset 0) c;
    return '{"items":[' || coalesce(items, '') || '],"reached":' || coalesce(reached, 0) || ',"sentence":'
        || to_json(format('Your contacts lead to %s%s whom you do not know directly.',
            case coalesce(reached, 0) when 0 then 'nobody' when 1 then '1 person' else reached || ' people' end, place)) || '}';
end $$;

-- Ties that are likely but missing: those with the most contacts in common, where somebody who knows few counts more (Adamic and Adar),
-- and a common company adds as much as two exclusive acquaintances. JSON; null when the contact is not the user's.
create or replace function crm.suggest_ties(contact_id uuid, most integer) returns text
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan set jit = off set work_mem = '64MB'
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_nestloop = off
as $$
declare
    uid constant uuid := crm.acting_user();
    -- acquaintances looked at, strongest first, and how many of their ties: bounds the work for somebody who knows everybody
    acquaintances constant integer := 500;
    ties_of_each constant integer := 500;
    same_company_bonus constant double precision := 2 / ln(2);
    person crm.contacts; items text;
begin
    if contact_id is null then
        select c.* into person from crm.contacts c where c.user_id = uid and c.is_self;
    else
        select c.* into person from crm.contacts c where c.user_id = uid and c.id = contact_id;
    end if;
    if person.id is null then return null; end if;

    with tied as materialized (
        select r.to_no as no from crm.relationships r where r.user_id = uid and r.from_no = person.no
        union select r.from_no from crm.relationships r where r.user_id = uid and r.to_no = person.no
        union select person.no),
    friends as materialized (
        select r.to_no as no from crm.relationships r where r.user_id = uid and r.from_no = person.no order by r.cost limit acquaintances),
    around as materialized (
        select f.no as via, r.to_no as no, count(*) over (partition by f.no) as ties
        from friends f
        cross join lateral (select r.to_no from crm.relationships r where r.user_id = uid and r.from_no = f.no
                            order by r.cost limit ties_of_each) r),
    candidates as (
        select a.no, count(*) as common, sum(1 / ln(a.ties + 1)) as score, min(a.via) as example
        from around a where a.no not in (select t.no from tied t) group by a.no order by score desc, a.no limit most * 4),
    colleagues as (
        select c.no from crm.contacts c
        where c.user_id = uid and c.company_key = person.company_key and person.company is not null and not c.is_self
            and c.no not in (select t.no from tied t)
        order by c.id limit most),
    scored as (
        select s.no, max(s.common) as common, min(s.example) as example, sum(s.score) as score
        from (select k.no, k.common, k.example, k.score from candidates k
              union all select g.no, 0, null, 0 from colleagues g) s group by s.no),
    best as (
        select s.*, c.id, c.name, c.company, c.title, c.company_key = person.company_key and person.company is not null as same_company,
            s.score + case when c.company_key = person.company_key and person.company is not null then same_company_bonus else 0 end as total
        from scored s cross join lateral (select c.* from crm.contacts c where c.user_id = uid and c.no = s.no offset 0) c
        order by total desc, s.no limit most)
    select string_agg('{"contact":' || crm.brief(b.id, b.name, b.company, b.title) || ',"common_contacts":' || b.common || ',"same_company":' || b.same_company
               || ',"score":' || round(b.total::numeric, 3) || ',"sentence":'
               || to_json(concat_ws(' and ',
                   b.name || case when b.same_company then format(' works at %s like %s', person.company, person.name) end,
                   case when b.common > 0 then case when b.same_company then '' else b.name || ' ' end
                       || format('shares %s with %s', case b.common when 1 then '1 contact' else b.common || ' contacts' end, person.name)
                       || coalesce(format(', %s among them', e.name), '') end) || '.') || '}', ',' order by b.total desc, b.no)
    into items
    from best b
    left join lateral (select c.name from crm.contacts c where c.user_id = uid and c.no = b.example offset 0) e on true;
    return '{"items":[' || coalesce(items, '') || ']}';
end $$;

-- Paths through colleagues: me -> a colleague -> ... -> the person, the part behind the colleague in the colleague's own address book.
--
-- The wall. Reading somebody else's rows happens in the two functions below and nowhere else. Who may be looked at is asked in them, of the
-- same snapshot as the ties: whoever has left, stopped sharing or hidden a contact before the statement began is not in its answer.
-- What comes out is a colleague as the team knows them, and their contacts by name, title and company, with strengths in three steps.
--
-- A person is the same in two address books when an e-mail or a LinkedIn profile is: the contact's first e-mail there against any here.

-- How a colleague's strength is told: strong, fair or weak.
create or replace function crm.strength_step(strength real) returns real
    language sql immutable parallel safe
    return case when strength >= 0.6 then 0.8 when strength >= 0.3 then 0.5 else 0.2 end::real;

-- How somebody else's contact is called: an address in the place of a name is contact data.
create or replace function crm.shown_text(text text) returns text
    language sql immutable parallel safe
    return case when position('@' in text) = 0 then nullif(text, '') end;

-- The best paths through colleagues who share their ties, to whoever has one of `keys` (addresses in lower case) or the `profile` in their
-- book: hops, product of the strengths, and how it is told. `proven` false: time ran out before longer ones were looked for.
--
-- A path has at most four hops: the tie between colleagues and three in the colleague's book. So few that no levels are needed: the ties of the
-- target are read, theirs, and what of it the colleague knows. All books that hold the target take part in each statement, and a colleague
-- without costs a look-up by each key. `bound` is what a path must cost less than to be among the wanted: what the caller's own paths leave to
-- win, then what has been found. In the order by strength the last statement mostly finds nothing below it any more. How the statements are written is explained above nearest_path.
create or replace function crm.paths_through_colleagues(
    uid uuid, keys text[], profile text, max_hops integer, by_strength boolean, wanted integer, bound bigint,
    at timestamptz, deadline timestamptz)
    returns table (hops integer, strength float8, document text, proven boolean)
    language plpgsql stable parallel safe
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set jit = off set work_mem = '64MB'
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_nestloop = off
as $$
#variable_conflict use_variable
declare
    fading constant bigint := crm.fading(at);
    -- between colleagues where the caller has no tie of their own to them
    team_strength constant real := 0.5;
    team_cost constant bigint := 2 * round(-ln(team_strength::float8) * 8388608);
    my_keys text[]; my_profile text; my_no integer; my_document text;
    members uuid[]; member_selves integer[];
    -- the colleagues whose books hold the target: user, node of themselves, strength and cost of the tie to them
    users uuid[]; selves integer[]; ties real[]; tie_costs bigint[];
    -- the target in their books: index of the colleague, node
    of_user integer[]; targets integer[]; target_users uuid[]; target_selves integer[];
    barred bigint[];  -- index << 31 | node: whom no path visits on its way
    near integer[]; near_of integer[]; near_to integer[]; near_cost bigint[];  -- who knows the target: node, index, which target, cost from there
    best_cost bigint[] := '{}'; best_books integer[] := '{}'; best_walk text[] := '{}'; best_hops integer[] := '{}';
    cost bigint[]; books integer[]; walk text[];
begin
    proven := true;
    select array(select distinct lower(e) from unnest(array[c.email, u.email] || c.emails) e where e is not null), c.linkedin_slug, c.no,
        json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'title', c.title)::text
    into my_keys, my_profile, my_no, my_document
    from crm.users u
    cross join lateral (select c.* from crm.contacts c where c.user_id = uid and c.is_self offset 0) c where u.id = uid;
    if keys && my_keys or profile = my_profile then return; end if;  -- oneself

    select array_agg(m.user_id), array_agg(m.self_no) into members, member_selves
    from (select me.team_id from crm.team_members me where me.user_id = uid) me
    cross join lateral (select m.user_id, m.self_no from crm.team_members m
                        where m.team_id = me.team_id and m.user_id <> uid and m.shares_ties offset 0) m;
    if cardinality(keys) > 0 then
        select array_agg(m.user_id), array_agg(m.self_no), array_agg(c.no) into target_users, target_selves, targets
        from unnest(members, member_selves) m(user_id, self_no)
        cross join lateral (select c.no from crm.contacts c
                            where c.user_id = m.user_id and c.email_key is not null and c.email_key = any(keys) and not c.is_self
                              and c.email_key <> all(my_keys) offset 0) c
        left join lateral (select true as hidden from crm.hidden_contacts h where h.user_id = m.user_id and h.contact_no = c.no offset 0) h on true
        where h.hidden is null;
    end if;
    if profile is not null then
        select target_users || array_agg(m.user_id), target_selves || array_agg(m.self_no), targets || array_agg(c.no)
        into target_users, target_selves, targets
        from unnest(members, member_selves) m(user_id, self_no)
        cross join lateral (select c.no, c.email_key from crm.contacts c
                            where c.user_id = m.user_id and c.linkedin_slug is not null and c.linkedin_slug = profile and not c.is_self
                              and (c.email_key is null or c.email_key <> all(my_keys)) offset 0) c
        left join lateral (select true as hidden from crm.hidden_contacts h where h.user_id = m.user_id and h.contact_no = c.no offset 0) h on true
        -- who was found by address already
        where h.hidden is null and (c.email_key is null or c.email_key <> all(keys));
    end if;
    if targets is null then return; end if;

    select array_agg(x.user_id), array_agg(x.no), array_agg(coalesce(x.strength, team_strength)), array_agg(coalesce(x.cost, team_cost))
    into users, selves, ties, tie_costs
    from (
        select u.user_id, u.no, k.strength, k.cost
        from (select distinct u.user_id, u.no from unnest(target_users, target_selves) u(user_id, no)) u
        left join lateral (
            select crm.strength_at(r.strength, r.fades_from_s, at) as strength, r.cost + (r.cost & 1) * fading as cost
            from crm.users cu
            cross join lateral (select c.no from crm.contacts c
                                where c.user_id = uid and c.email_key is not null and c.email_key = lower(cu.email) offset 0) c
            cross join lateral (select r.strength, r.fades_from_s, r.cost from crm.relationships r
                                where r.user_id = uid and r.from_no = my_no and r.to_no = c.no offset 0) r
            where cu.id = u.user_id) k on true) x;
    select array_agg(array_position(users, t.user_id) order by t.i) into of_user from unnest(target_users) with ordinality t(user_id, i);
    for h in 2..least(max_hops, 4) loop
        if h = 2 then  -- the colleague knows the target
            select array_agg(z.cost), array_agg(z.i), array_agg(z.walk) into cost, books, walk
            from (select tie_costs[t.i] + r.cost + (r.cost & 1) * fading as cost, t.i, t.no::text as walk
                  from unnest(of_user, targets) t(i, no)
                  cross join lateral (select r.cost from crm.relationships r
                                      where r.user_id = users[t.i] and r.from_no = selves[t.i] and r.to_no = t.no offset 0) r
                  where tie_costs[t.i] + r.cost + (r.cost & 1) * fading < bound
                  order by 1 limit wanted) z;
        elsif h = 3 then  -- and somebody who does
            select array_agg(b.i << 31 | b.no) into barred
            from (
                select u.i, h.contact_no as no from unnest(users) with ordinality u(user_id, i)
                cross join lateral (select h.contact_no from crm.hidden_contacts h where h.user_id = u.user_id offset 0) h
                union all
                select u.i, c.no from unnest(users) with ordinality u(user_id, i)
                cross join lateral (select c.no from crm.contacts c
                                    where c.user_id = u.user_id and c.email_key is not null and c.email_key = any(my_keys) offset 0) c
                union all
                select u.i, c.no from unnest(users) with ordinality u(user_id, i)
                cross join lateral (select c.no from crm.contacts c
                                    where c.user_id = u.user_id and c.linkedin_slug is not null and c.linkedin_slug = my_profile offset 0) c
                union all select t.i::bigint, t.no from unnest(of_user, targets) t(i, no)
                union all select s.i, s.no from unnest(selves) with ordinality s(no, i)) b;
            select array_agg(z.i), array_agg(z.no), array_agg(z.target), array_agg(z.cost) into near_of, near, near_to, near_cost
            from (select t.i, r.from_no as no, t.no as target, r.cost + (r.cost & 1) * fading as cost
                  from unnest(of_user, targets) t(i, no)
                  cross join lateral (select r.from_no, r.cost from crm.relationships r
                                      where r.user_id = users[t.i] and r.to_no = t.no and r.cost < bound - tie_costs[t.i] offset 0) r) z
            where not exists (select from unnest(barred) b(node) where b.node = z.i::bigint << 31 | z.no);
            exit when near is null;
            select array_agg(z.cost), array_agg(z.i), array_agg(z.walk) into cost, books, walk
            from (select tie_costs[y.i] + y.cost + r.cost + (r.cost & 1) * fading as cost, y.i, y.no || ',' || y.target as walk
                  from unnest(near_of, near, near_to, near_cost) y(i, no, target, cost)
                  cross join lateral (select r.cost from crm.relationships r
                                      where r.user_id = users[y.i] and r.from_no = selves[y.i] and r.to_no = y.no offset 0) r
                  where tie_costs[y.i] + y.cost + r.cost + (r.cost & 1) * fading < bound
                  order by 1 limit wanted) z;
        else  -- and somebody who knows such a person
            if clock_timestamp() > deadline then
                proven := false;
                exit;
            end if;
            select array_agg(z.cost), array_agg(z.i), array_agg(z.walk) into cost, books, walk
            from (select o.cost + y.cost as cost, y.i, o.no || ',' || y.no || ',' || y.target as walk
                  from (select y.i, y.no, y.target, r.from_no as before, y.cost + r.cost + (r.cost & 1) * fading as cost
                        from unnest(near_of, near, near_to, near_cost) y(i, no, target, cost)
                        cross join lateral (select r.from_no, r.cost from crm.relationships r
                                            where r.user_id = users[y.i] and r.to_no = y.no
                                              and r.cost < bound - tie_costs[y.i] - y.cost offset 0) r offset 0) y
                  join (select k.i, k.no, k.cost
                        from (select s.i::integer as i, r.to_no as no, tie_costs[s.i] + r.cost + (r.cost & 1) * fading as cost
                              from unnest(selves) with ordinality s(no, i)
                              cross join lateral (select r.to_no, r.cost from crm.relationships r
                                                  where r.user_id = users[s.i] and r.from_no = s.no
                                                    and r.cost < bound - tie_costs[s.i] offset 0) r) k
                        where not exists (select from unnest(barred) b(node) where b.node = k.i::bigint << 31 | k.no) offset 0) o
                      on o.i = y.i and o.no = y.before
                  where o.cost + y.cost < bound
                  order by 1 limit wanted) z;
        end if;
        if cost is not null then
            select array_agg(x.cost), array_agg(x.book), array_agg(x.walk), array_agg(x.hops) into best_cost, best_books, best_walk, best_hops
            from (select x.cost, x.book, x.walk, x.hops
                  from (select b.cost, b.book, b.walk, b.hops from unnest(best_cost, best_books, best_walk, best_hops) b(cost, book, walk, hops)
                        union all select n.cost, n.book, n.walk, h from unnest(cost, books, walk) n(cost, book, walk)) x
                  order by case when by_strength then 0 else x.hops end, x.cost, x.hops limit wanted) x;
        end if;
        if cardinality(best_cost) >= wanted then
            exit when not by_strength;
            bound := best_cost[wanted];  -- which is below what it was
        end if;
    end loop;

    return query
        select p.hops, ties[p.book] * s.product,
            '{"contacts":[' || my_document || ',' || s.contacts || '],"strengths":[' || ties[p.book] || ',' || s.told || '],"hops":' || p.hops
            || ',"strength":' || (ties[p.book] * s.told_product)::real
            || ',"colleague":' || json_build_object('id', u.id, 'name', s.name, 'email', u.email) || '}',
            proven
        from unnest(best_books, best_walk, best_hops) p(book, walk, hops)
        cross join lateral (select selves[p.book] || string_to_array(p.walk, ',')::integer[] as path) l
        cross join lateral (select u.id, u.name, u.email from crm.users u where u.id = users[p.book] offset 0) u
        cross join lateral (
            select string_agg(json_build_object('id', c.id, 'name', v.name,
                    'company', case n.i when 1 then c.company else crm.shown_text(c.company) end,
                    'title', case n.i when 1 then c.title else crm.shown_text(c.title) end)::text, ',' order by n.i) as contacts,
                min(v.name) filter (where n.i = 1) as name, string_agg(crm.strength_step(t.strength)::text, ',' order by n.i) filter (where n.i > 1) as told,
                exp(sum(ln(crm.strength_step(t.strength)::float8)) filter (where n.i > 1)) as told_product, exp(sum(ln(t.strength::float8))) as product
            from unnest(l.path) with ordinality n(no, i)
            join lateral (select c.id, c.name, c.company, c.title from crm.contacts c
                          where c.user_id = users[p.book] and c.no = n.no offset 0) c on true
            cross join lateral (select case n.i when 1 then coalesce(nullif(u.name, ''), nullif(c.name, ''), u.email)
                                else coalesce(crm.shown_text(c.name), 'a contact without a name') end as name) v
            left join lateral (select crm.strength_at(r.strength, r.fades_from_s, at) as strength from crm.relationships r
                          where r.user_id = users[p.book] and r.from_no = l.path[n.i - 1] and r.to_no = n.no offset 0) t on true) s;
    if not proven and not found then return next; end if;
end $$;

-- The answer to GET /graph/path?through_team=true as JSON: the caller's own paths and those through colleagues, best first. Null when the
-- contact is not the caller's.
--
-- to_id, or to_email or to_profile (a slug): the person; need not be among the caller's contacts unless by id.
--
-- Nothing is set here, for what is set where another function is called is what its statements are planned with, once for the session.
create or replace function crm.find_team_paths(
    to_id uuid, to_email text, to_profile text, max_hops integer, by_strength boolean, wanted integer,
    at timestamptz default now(), budget interval default '2 s')
    returns text
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    uid constant uuid := crm.acting_user();
    deadline constant timestamptz := clock_timestamp() + budget;
    keys text[]; profile text := to_profile; mine uuid := to_id;
    own jsonb := '{"paths": []}';
    -- a path through a colleague must be better than the last of as many own ones as are wanted
    last jsonb; most_hops integer := max_hops; bound bigint := 1::bigint << 40;
    proven boolean;
    answer text;
begin
    if to_id is not null then
        select array(select distinct lower(e) from unnest(array[c.email] || c.emails) e where e is not null), c.linkedin_slug
        into keys, profile from crm.contacts c where c.user_id = uid and c.id = to_id;
        if not found then return null; end if;
    elsif to_email is not null then
        keys := array[lower(to_email)];
        select c.id into mine from crm.contacts c where c.user_id = uid and c.email_key = keys[1];
    else
        keys := '{}';
        select c.id into mine from crm.contacts c where c.user_id = uid and c.linkedin_slug = profile;
    end if;
    if mine is not null then
        own := crm.find_paths(null, mine, null, max_hops, by_strength, wanted, at, budget)::jsonb;
        last := own -> 'paths' -> wanted - 1;
        if not by_strength then
            most_hops := least(max_hops, (last ->> 'hops')::integer);
        elsif last is not null then  -- its strength is told with six digits, so a little more than its cost
            bound := 2 * ceil(-ln((last ->> 'strength')::float8) * 8388608) + 64;
        end if;
    end if;
    -- sorted by what is true, told in steps
    select string_agg(p.document, ',' order by p.place) filter (where p.place <= wanted), bool_and(p.proven) into answer, proven
    from (
        select p.document, p.proven, row_number() over (
            order by case when by_strength then -p.strength else p.hops end, case when by_strength then p.hops else -p.strength end) as place
        from (
            select (o.path ->> 'hops')::integer as hops, (o.path ->> 'strength')::float8 as strength, o.path::text as document, true as proven
            from jsonb_array_elements(own -> 'paths') o(path)
            union all
            select t.hops, t.strength, t.document, t.proven
            from crm.paths_through_colleagues(uid, keys, profile, most_hops, by_strength, wanted, bound, at, deadline) t) p) p;
    return '{"paths":[' || coalesce(answer, '') || ']'
        || case when coalesce(proven, true) and not coalesce((own ->> 'partial')::boolean, false) then '}' else ',"partial":true}' end;
end $$;

-- Whoever writes a strength has said it: the release before, which knows nothing of the column, as well.
create or replace function crm.say_strength() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.imported := false;
    return new;
end $$;

-- Open to the deployed functions; the other functions here are called by functions alone.
grant execute on function crm.fading, crm.strength_at, crm.find_paths, crm.begin_relationship_import, crm.merge_imported_ties,
    crm.strength_of, crm.find_network, crm.find_mutual, crm.find_connectors, crm.suggest_ties, crm.find_team_paths to crm_app;
