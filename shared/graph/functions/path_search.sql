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

-- Open to the deployed functions; the other functions here are called by functions alone.
grant execute on function crm.find_paths to crm_app;
