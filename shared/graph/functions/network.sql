-- The network around a contact, for drawing.

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
    -- label = cost << 31 | hops: the least one wins, and holds both
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
            -- one more than wanted shows whether others are left
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

-- Open to the deployed functions; the other functions here are called by functions alone.
grant execute on function crm.find_network to crm_app;
