-- The search for introduction paths; docs/path-search.md draws it.
--
-- nearest_path and cheapest_paths grow levels of contacts from both ends, always the smaller side, and ask after each level which ties
-- join the two. A level holds for each contact one label: the least cost of a walk of exactly that many hops, and the contact before it, in
-- one number (cost << 31 | no), so that min() finds both. Costs are explained in migrations/0010_relationships.sql. A path is a walk that
-- visits nobody twice.
--
-- How the statements are written decides their plans, whatever the statistics say. Ties are read by ties_from and ties_to: always an
-- index-only scan for each contact of the frontier. Everything else joins or groups by hashing: nested loops over two frontiers would
-- never end. A contact that may not be visited again takes part in the grouping as a label without predecessor (label & 2147483647 = 0),
-- which is cheaper than an anti-join.
--
-- The steps of the searches come first: reading ties, joining, growing, unrolling, tracing. These functions set nothing, for setting
-- costs time in every call: their statements are planned with what the search that calls them sets. A call costs some ten microseconds,
-- which cheapest_paths does not notice; nearest_path, whose questions take a millisecond, has its statements written out.
--
-- The two directions differ in the index that is read, which a plan cannot choose as it runs. So a statement that reads ties stands
-- twice, once with ties_from and once with ties_to; what comes before and behind it is written once.

-- The ties that lead from a contact and cost less than `below` (fading left aside: it only makes dearer), with what they cost now.
-- Of this and the next function the planner puts the body in the place of the call; `offset 0` keeps it from being joined otherwise.
create or replace function crm.ties_from(for_user uuid, contact_no integer, below bigint, fading bigint)
    returns table (no integer, cost bigint)
    language sql stable parallel safe rows 10
begin atomic
    select r.to_no, r.cost + (r.cost & 1) * fading from crm.relationships r
    where r.user_id = for_user and r.from_no = contact_no and r.cost < below offset 0;
end;

-- The ties that lead to a contact, likewise.
create or replace function crm.ties_to(for_user uuid, contact_no integer, below bigint, fading bigint)
    returns table (no integer, cost bigint)
    language sql stable parallel safe rows 10
begin atomic
    select r.from_no, r.cost + (r.cost & 1) * fading from crm.relationships r
    where r.user_id = for_user and r.to_no = contact_no and r.cost < below offset 0;
end;

-- Joining: the ties that lead from the frontier ahead to the frontier behind, those first over which the cheapest walks go; at most `most`.
--
-- The label of a contact says the best half walk to it, so the best walk over a tie is known: its ends at the tie, what it costs in all, and
-- `rest`, without the half ahead.
--
-- forward: the ties of the frontier ahead are read, which ought to be the smaller one. below: what a walk must cost less than.
create or replace function crm.joining_walks(
    for_user uuid, forward boolean, ahead integer[], ahead_label bigint[], back integer[], back_label bigint[], below bigint, fading bigint, most integer,
    out head integer[], out tail integer[], out total bigint[], out rest bigint[])
    language plpgsql stable parallel safe
as $$
#variable_conflict use_column
declare
    least bigint;  -- the other half costs at least so much
begin
    if forward then
        select min(y.label) >> 31 into least from unnest(back_label) y(label);
        select array_agg(q.head), array_agg(q.tail), array_agg(q.total), array_agg(q.rest) into head, tail, total, rest
        from (select x.no as head, y.no as tail, x.cost + (y.label >> 31) as total, x.tie + (y.label >> 31) as rest
              from (select x.no, r.no as met, r.cost as tie, (x.label >> 31) + r.cost as cost
                    from unnest(ahead, ahead_label) x(no, label)
                    cross join lateral crm.ties_from(for_user, x.no, below - least - (x.label >> 31), fading) r offset 0) x
              join unnest(back, back_label) y(no, label) on y.no = x.met
              where x.cost + (y.label >> 31) < below
              order by total limit most) q;
    else
        select min(x.label) >> 31 into least from unnest(ahead_label) x(label);
        select array_agg(q.head), array_agg(q.tail), array_agg(q.total), array_agg(q.rest) into head, tail, total, rest
        from (select x.no as head, y.no as tail, y.rest + (x.label >> 31) as total, y.rest
              from (select y.no, r.no as met, (y.label >> 31) + r.cost as rest
                    from unnest(back, back_label) y(no, label)
                    cross join lateral crm.ties_to(for_user, y.no, below - least - (y.label >> 31), fading) r offset 0) y
              join unnest(ahead, ahead_label) x(no, label) on x.no = y.met
              where y.rest + (x.label >> 31) < below
              order by total limit most) q;
    end if;
end $$;

-- Growing: whom the frontier of a side knows, each with the label of the cheapest way there; at most `most`, the cheapest. Null for nobody.
--
-- forward: the side ahead grows, along ties; else the side behind, against them. below: what a label must cost less than.
-- barred: whom the level may not hold. seen, seen_label: whom it may hold only when arriving is cheaper now.
create or replace function crm.next_level(
    for_user uuid, forward boolean, frontier integer[], frontier_label bigint[], barred integer[], seen integer[], seen_label bigint[],
    below bigint, fading bigint, most integer, out level integer[], out label bigint[])
    language plpgsql stable parallel safe
as $$
#variable_conflict use_column
declare
    mask constant bigint := 2147483647;
begin
    if forward then
        select array_agg(z.no), array_agg(z.label) into level, label
        from (select u.no, min(u.label) as label
              from (select r.no, ((x.label >> 31) + r.cost) << 31 | x.no as label
                    from unnest(frontier, frontier_label) x(no, label)
                    cross join lateral crm.ties_from(for_user, x.no, below - (x.label >> 31), fading) r
                    union all select o.no, 0 from unnest(barred) o(no)
                    union all select o.no, o.label & ~mask from unnest(seen, seen_label) o(no, label)) u
              group by u.no having min(u.label) & mask <> 0
              order by label limit most) z;
    else
        select array_agg(z.no), array_agg(z.label) into level, label
        from (select u.no, min(u.label) as label
              from (select r.no, ((x.label >> 31) + r.cost) << 31 | x.no as label
                    from unnest(frontier, frontier_label) x(no, label)
                    cross join lateral crm.ties_to(for_user, x.no, below - (x.label >> 31), fading) r
                    union all select o.no, 0 from unnest(barred) o(no)
                    union all select o.no, o.label & ~mask from unnest(seen, seen_label) o(no, label)) u
              group by u.no having min(u.label) & mask <> 0
              order by label limit most) z;
    end if;
end $$;

-- Unrolling: walks made longer by one contact of a level, in front of the head or behind the tail; at most `most`, the cheapest. Null for none.
--
-- walk: the contacts, as text. head, tail: its ends. rest: its cost without the half that is not unrolled yet, for which the labels of the
-- level stand. total: its cost in all, below `below`. A contact of a walk is not added to it again.
create or replace function crm.unroll(
    for_user uuid, in_front boolean, level integer[], label bigint[], below bigint, fading bigint, most integer,
    inout walk text[], inout head integer[], inout tail integer[], inout rest bigint[], out total bigint[])
    language plpgsql stable parallel safe
as $$
#variable_conflict use_column
declare
    least bigint;
begin
    if cardinality(level) <= greatest(40, 3000 / cardinality(walk)) then  -- few pairs of a walk and a contact: each tie is looked up
        select array_agg(z.walk), array_agg(z.head), array_agg(z.tail), array_agg(z.rest), array_agg(z.total) into walk, head, tail, rest, total
        from (select case when in_front then o.no || ',' || x.walk else x.walk || ',' || o.no end as walk,
                  case when in_front then o.no else x.head end as head, case when in_front then x.tail else o.no end as tail,
                  x.rest + r.tie as rest, x.rest + r.tie + (o.label >> 31) as total
              from unnest(walk, head, tail, rest) x(walk, head, tail, rest)
              cross join unnest(level, label) o(no, label)
              cross join lateral (select r.cost + (r.cost & 1) * fading as tie from crm.relationships r
                                  where r.user_id = for_user and r.from_no = case when in_front then o.no else x.tail end
                                      and r.to_no = case when in_front then x.head else o.no end offset 0) r
              where x.rest + r.tie + (o.label >> 31) < below and o.no <> all(string_to_array(x.walk, ',')::integer[])
              order by total limit most) z;
        return;
    end if;
    -- many: the ties of the walks' ends are read
    select min(o.label) >> 31 into least from unnest(label) o(label);
    if in_front then
        select array_agg(z.walk), array_agg(z.no), array_agg(z.tail), array_agg(z.rest), array_agg(z.total) into walk, head, tail, rest, total
        from (select o.no || ',' || x.walk as walk, o.no, x.tail, x.rest, x.rest + (o.label >> 31) as total
              from (select x.walk, r.no as met, x.tail, x.rest + r.cost as rest
                    from unnest(walk, head, tail, rest) x(walk, head, tail, rest)
                    cross join lateral crm.ties_to(for_user, x.head, below - least - x.rest, fading) r offset 0) x
              join unnest(level, label) o(no, label) on o.no = x.met
              where x.rest + (o.label >> 31) < below and o.no <> all(string_to_array(x.walk, ',')::integer[])
              order by total limit most) z;
    else
        select array_agg(z.walk), array_agg(z.head), array_agg(z.no), array_agg(z.rest), array_agg(z.total) into walk, head, tail, rest, total
        from (select x.walk || ',' || o.no as walk, x.head, o.no, x.rest, x.rest + (o.label >> 31) as total
              from (select x.walk, x.head, r.no as met, x.rest + r.cost as rest
                    from unnest(walk, head, tail, rest) x(walk, head, tail, rest)
                    cross join lateral crm.ties_from(for_user, x.tail, below - least - x.rest, fading) r offset 0) x
              join unnest(level, label) o(no, label) on o.no = x.met
              where x.rest + (o.label >> 31) < below and o.no <> all(string_to_array(x.walk, ',')::integer[])
              order by total limit most) z;
    end if;
end $$;

-- The half of a path between a contact in the last level of a side and that side's end, by the predecessors in the labels.
--
-- all_nos, all_labels: the levels one after the other. level_from: the index at which each begins. in_front: the end comes first.
create or replace function crm.trace(contact_no integer, all_nos integer[], all_labels bigint[], level_from integer[], in_front boolean)
    returns integer[]
    language plpgsql immutable parallel safe
as $$
declare
    traced integer[] := array[contact_no];
begin
    for q in reverse cardinality(level_from) - 1..1 loop
        contact_no := all_labels[array_position(all_nos, contact_no, level_from[q + 1])] & 2147483647;
        traced := case when in_front then contact_no || traced else traced || contact_no end;
    end loop;
    return traced;
end $$;

-- The path of fewest hops from `source` to any of `targets`; of these the one with the highest product. Without a path, no row.
--
-- passed_over: whom no path visits on its way.
create or replace function crm.nearest_path(
    for_user uuid, source integer, targets integer[], max_hops integer, fading bigint, passed_over integer[])
    returns table (hops integer, cost bigint, path integer[])
    language plpgsql stable parallel safe rows 1
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set jit = off set work_mem = '64MB'
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_nestloop = off
as $$
#variable_conflict use_column
declare
    mask constant bigint := 2147483647;
    any_cost constant bigint := 1::bigint << 32;
    -- the frontiers, and all levels one after the other with the index at which each begins
    ahead integer[] := array[source]; ahead_label bigint[] := array[0];
    back integer[] := targets; back_label bigint[] := array_fill(0::bigint, array[cardinality(targets)]);
    -- whom to pass over stands before the first level, as if visited already
    all_ahead integer[] := passed_over || ahead;
    all_ahead_label bigint[] := array_fill(0::bigint, array[cardinality(passed_over)]) || ahead_label;
    ahead_from integer[] := array[cardinality(passed_over) + 1];
    all_back integer[] := passed_over || back;
    all_back_label bigint[] := array_fill(0::bigint, array[cardinality(passed_over)]) || back_label;
    back_from integer[] := ahead_from;
    level integer[]; label bigint[];
    forward boolean; head integer; tail integer; total bigint;
begin
    if source = any(targets) then return; end if;
    for h in 1..max_hops loop
        forward := cardinality(ahead) <= cardinality(back);

        -- The cheapest tie that joins the two sides: of all paths of h hops, the best.
        if forward then
            select x.no, y.no, x.cost + (y.label >> 31) into head, tail, total
            from (select x.no, r.no as met, (x.label >> 31) + r.cost as cost
                  from unnest(ahead, ahead_label) x(no, label)
                  cross join lateral crm.ties_from(for_user, x.no, any_cost, fading) r offset 0) x
            join unnest(back, back_label) y(no, label) on y.no = x.met
            order by 3 limit 1;
        else
            select x.no, y.no, y.cost + (x.label >> 31) into head, tail, total
            from (select y.no, r.no as met, (y.label >> 31) + r.cost as cost
                  from unnest(back, back_label) y(no, label)
                  cross join lateral crm.ties_to(for_user, y.no, any_cost, fading) r offset 0) y
            join unnest(ahead, ahead_label) x(no, label) on x.no = y.met
            order by 3 limit 1;
        end if;
        if head is not null then
            hops := h;
            cost := total;
            path := crm.trace(head, all_ahead, all_ahead_label, ahead_from, true) || crm.trace(tail, all_back, all_back_label, back_from, false);
            return next;
            return;
        end if;
        exit when h = max_hops;

        -- The next level of the smaller side: whom its frontier knows and nobody of that side before.
        if forward then
            select array_agg(z.no), array_agg(z.label) into level, label
            from (select u.no, min(u.label) as label
                  from (select r.no, ((x.label >> 31) + r.cost) << 31 | x.no as label
                        from unnest(ahead, ahead_label) x(no, label)
                        cross join lateral crm.ties_from(for_user, x.no, any_cost, fading) r
                        union all select seen.no, 0 from unnest(all_ahead) seen(no)) u
                  group by u.no having min(u.label) & mask <> 0) z;
        else
            select array_agg(z.no), array_agg(z.label) into level, label
            from (select u.no, min(u.label) as label
                  from (select r.no, ((y.label >> 31) + r.cost) << 31 | y.no as label
                        from unnest(back, back_label) y(no, label)
                        cross join lateral crm.ties_to(for_user, y.no, any_cost, fading) r
                        union all select seen.no, 0 from unnest(all_back) seen(no)) u
                  group by u.no having min(u.label) & mask <> 0) z;
        end if;
        exit when level is null;
        if forward then
            ahead_from := ahead_from || cardinality(all_ahead) + 1;
            all_ahead := all_ahead || level; all_ahead_label := all_ahead_label || label;
            ahead := level; ahead_label := label;
        else
            back_from := back_from || cardinality(all_back) + 1;
            all_back := all_back || level; all_back_label := all_back_label || label;
            back := level; back_label := label;
        end if;
    end loop;
end $$;

-- Numbers that belong to contacts, each with the surcharge of its contact added, if there is one; `shift` as in labels, or 0.
create or replace function crm.with_surcharges(nos integer[], numbers bigint[], dear integer[], surcharges bigint[], shift integer) returns bigint[]
    language plpgsql stable parallel safe
as $$
begin
    return (select array_agg(n.number + (coalesce(d.surcharge, 0) << shift) order by n.i)
        from unnest(nos, numbers) with ordinality n(no, number, i)
        left join unnest(dear, surcharges) d(no, surcharge) on d.no = n.no);
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
-- passed_over: whom no path visits on its way.
-- price: what each tie costs beside its strength, 0 or more.
-- dear, surcharges: what a path costs more when it visits one of these contacts, or ends there; 0 or more, and not the source's.
-- Ends early at `deadline` with what it has, `complete` false (and path null when it has nothing).
create or replace function crm.cheapest_paths(
    for_user uuid, source integer, targets integer[], least_hops integer, most_hops integer, wanted integer,
    fading bigint, deadline timestamptz, passed_over integer[], guess bigint default 1 << 21, room integer default 512,
    price bigint default 0, dear integer[] default '{}', surcharges bigint[] default '{}')
    returns table (hops integer, cost bigint, path integer[], complete boolean)
    language plpgsql stable parallel safe rows 1
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set jit = off set work_mem = '64MB'
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_nestloop = off
as $$
#variable_conflict use_column
declare
    everything constant bigint := 1::bigint << 32;
    single constant boolean := wanted = 1 and least_hops = 1;  -- then the cheapest walk is a path, and predecessors suffice
    uneven constant boolean := cardinality(dear) > 0;
    at_targets constant bigint[] := case when uneven then crm.with_surcharges(targets, array_fill(0::bigint, array[cardinality(targets)]), dear, surcharges, 31)
        else array_fill(0::bigint, array[cardinality(targets)]) end;
    -- of a round
    attempt bigint := guess;    -- the ceiling it starts with
    ceiling bigint;             -- everything cheaper is seen in this round
    bound bigint;               -- the ceiling, or the cost of the worst path in hand
    below bigint;               -- the same without the price of this many ties
    crowded boolean;            -- whether a level had to leave somebody out
    barred integer[];           -- whom no later level may hold
    ahead integer[]; ahead_label bigint[]; all_ahead integer[]; all_ahead_label bigint[]; ahead_from integer[];
    back integer[]; back_label bigint[]; all_back integer[]; all_back_label bigint[]; back_from integer[];
    -- of a number of hops
    forward boolean;            -- whether the side ahead is the smaller one: its ties are read, and it grows
    level integer[]; label bigint[]; least bigint;
    levels_ahead integer; levels_back integer; at integer;
    walk text[]; head integer[]; tail integer[]; rest bigint[]; total bigint[];  -- as crm.unroll says
    joined record; longer record; grown record;
    width integer; widest integer := 0;  -- how many walks are kept; the most that were needed
    sure bigint;                -- the cheapest walk that was cut off
    found integer;
    best_hops integer[] := '{}'; best_cost bigint[] := '{}'; best_walk text[] := '{}';
begin
    complete := true;
    if source = any(targets) then return; end if;
    <<rounds>> loop
        ceiling := attempt;
        bound := least(ceiling, best_cost[wanted]);
        crowded := false;
        ahead := array[source]; ahead_label := array[0]; all_ahead := ahead; all_ahead_label := ahead_label; ahead_from := array[1];
        back := targets; back_label := at_targets;
        all_back := back; all_back_label := back_label; back_from := array[1];
        barred := source || targets || passed_over;
        for h in 1..most_hops loop
            forward := cardinality(ahead) <= cardinality(back);
            levels_ahead := cardinality(ahead_from) - 1;
            levels_back := cardinality(back_from) - 1;
            found := 0;
            -- From four hops on, walks may visit somebody twice; where they did, they will again.
            width := case when h < 4 or single then wanted else greatest(2 * wanted + 8, widest) end;
            while h >= least_hops loop
                if clock_timestamp() > deadline then complete := false; exit rounds; end if;
                found := 0;
                below := bound - h * price;
                -- One more than are kept, here and in each step: what it costs is what is cut off.
                joined := crm.joining_walks(for_user, forward, ahead, ahead_label, back, back_label, below, fading, width + 1);
                head := joined.head; tail := joined.tail; total := joined.total; rest := joined.rest;
                exit when head is null;
                if single then
                    walk := array[array_to_string(crm.trace(head[1], all_ahead, all_ahead_label, ahead_from, true)
                        || crm.trace(tail[1], all_back, all_back_label, back_from, false), ',')];
                    total := total[:1];
                    -- Where somebody is in it twice, a shorter one, as cheap, was left out for want of room.
                    select (count(*) = count(distinct v))::integer from string_to_array(walk[1], ',') s(a), unnest(s.a) v into found;
                    exit;
                end if;

                -- Unrolling, a level a step: towards the source in front of the head, then towards a target behind the tail.
                sure := total[width + 1];
                select array_agg(case when q.head <> q.tail then q.head || ',' || q.tail end) into walk
                from unnest(head[:width], tail[:width]) q(head, tail);
                -- The labels hold the surcharges of their contacts; `rest` gets that of an end that leaves the labels.
                if uneven then rest := crm.with_surcharges(head, rest, dear, surcharges, 0); end if;
                for step in 1..levels_ahead + levels_back loop
                    if step <= levels_ahead then
                        at := levels_ahead - step;
                        level := all_ahead[ahead_from[at + 1]:ahead_from[at + 2] - 1];
                        label := all_ahead_label[ahead_from[at + 1]:ahead_from[at + 2] - 1];
                    else
                        if step = levels_ahead + 1 then  -- From here on, it is the half behind the tail that is missing in `rest`.
                            select array_agg(x.total - (o.label >> 31) order by x.i) into rest
                            from unnest(total[:width], tail[:width]) with ordinality x(total, tail, i)
                            join unnest(back, back_label) o(no, label) on o.no = x.tail;
                            if uneven then rest := crm.with_surcharges(tail[:width], rest, dear, surcharges, 0); end if;
                        end if;
                        at := levels_ahead + levels_back - step;
                        level := all_back[back_from[at + 1]:back_from[at + 2] - 1];
                        label := all_back_label[back_from[at + 1]:back_from[at + 2] - 1];
                    end if;
                    longer := crm.unroll(for_user, step <= levels_ahead, level, label, below, fading, width + 1,
                        walk, head[:width], tail[:width], rest[:width]);
                    walk := longer.walk; head := longer.head; tail := longer.tail; rest := longer.rest; total := longer.total;
                    exit when walk is null;
                    if uneven then
                        rest := crm.with_surcharges(case when step <= levels_ahead then head else tail end, rest, dear, surcharges, 0);
                    end if;
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
                            union select h, o.cost + h * price, o.walk from unnest(total, walk) o(cost, walk)) x
                      order by x.cost, x.hops limit wanted) x;
                if cardinality(best_cost) = wanted then bound := least(bound, best_cost[wanted]); end if;
            end if;
            exit when h = most_hops;

            -- Growing the smaller side. In a search for a single path, arriving later is only worth it when cheaper than before.
            select min(y.label) >> 31 into least from unnest(case when forward then back_label else ahead_label end) y(label);
            below := bound - (h + 1) * price - least;
            if forward then
                grown := crm.next_level(for_user, true, ahead, ahead_label, barred,
                    case when single then all_ahead end, case when single then all_ahead_label end, below, fading, room + 1);
            else
                grown := crm.next_level(for_user, false, back, back_label, barred,
                    case when single then all_back end, case when single then all_back_label end, below, fading, room + 1);
            end if;
            level := grown.level; label := grown.label;
            exit when level is null;
            if cardinality(level) > room then  -- A walk that is left out costs at least the label at the cut, so only cheaper paths are final.
                crowded := true;
                ceiling := least(ceiling, (h + 1) * price + least + (label[room + 1] >> 31));
                level := level[:room]; label := label[:room];
            end if;
            if uneven then label := crm.with_surcharges(level, label, dear, surcharges, 31); end if;
            bound := least(bound, ceiling);
            if forward then
                ahead_from := ahead_from || cardinality(all_ahead) + 1;
                all_ahead := all_ahead || level; all_ahead_label := all_ahead_label || label;
                ahead := level; ahead_label := label;
            else
                back_from := back_from || cardinality(all_back) + 1;
                all_back := all_back || level; all_back_label := all_back_label || label;
                back := level; back_label := label;
            end if;
            -- A level of one contact: every further path passes it there, so nowhere else.
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

        -- Enough, or the next round gets what this one lacked.
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

-- Up to `wanted` paths of the fewest hops, each as text of an array; where they are too few, then of one hop more, and so on. proven: false when
-- the time ran out before the list was complete. passed_over: whom no path visits on its way.
create or replace function crm.paths_by_hops(
    for_user uuid, source integer, targets integer[], max_hops integer, wanted integer, fading bigint, deadline timestamptz, passed_over integer[],
    out paths text[], out proven boolean)
    language plpgsql stable parallel safe
as $$
#variable_conflict use_variable
declare
    fewest integer; guess bigint; more text[];
begin
    proven := true;
    -- the cost of the best path gives an estimate of the next best
    select array[p.path::text], p.hops, p.cost + p.cost / 4 + (1 << 20) into paths, fewest, guess
    from crm.nearest_path(for_user, source, targets, max_hops, fading, passed_over) p;
    if wanted = 1 or fewest is null then return; end if;
    paths := '{}';
    -- The levels for the fewest hops were just read in full, and for three there is one on each side: no rounds needed there.
    for hops in fewest..max_hops loop
        select array_agg(p.path::text) filter (where p.path is not null), coalesce(bool_and(p.complete), true) into more, proven
        from crm.cheapest_paths(for_user, source, targets, hops, hops, wanted - cardinality(paths), fading, deadline, passed_over,
            guess => case when hops <= greatest(fewest, 3) then 1::bigint << 32 else guess end,
            room => case when hops <= greatest(fewest, 3) then 1 << 30 else 512 end) p;
        paths := paths || coalesce(more, '{}');
        exit when cardinality(paths) >= wanted or not proven;
    end loop;
end $$;

-- The contacts among these that are programs, lists or offices; null for none.
create or replace function crm.machines_among(for_user uuid, nos integer[]) returns integer[]
    language plpgsql stable parallel safe
as $$
begin
    return (select array_agg(c.no) from unnest(nos) n(no)
        cross join lateral (select c.no, c.name, c.email, c.emails from crm.contacts c where c.user_id = for_user and c.no = n.no and not c.is_self offset 0) c
        where crm.is_machine(c.name, c.email, c.emails));
end $$;
