-- Wishes: whom a user wants to reach, and whether a way has opened; and the fewest connectors to many.

-- The best way to whom a wish means now, as GET /graph/path answers it; null where nobody is found.
create or replace function crm.way_of_wish(wish crm.wishes, at timestamptz) returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    most_hops constant integer := 4;
    budget constant interval := '1 s';
    uid constant uuid := crm.acting_user();
    meant uuid := wish.contact_id;
    self_id uuid; answer text;
begin
    if meant is not null and not exists (select from crm.contacts c where c.user_id = uid and c.id = meant) then
        -- a contact that was merged is its survivor
        select c.id into meant from crm.merged_into(uid, array[meant]) m join crm.contacts c on c.user_id = uid and c.no = m.contact_no;
    end if;
    if meant is null and wish.name is not null and wish.email is null and wish.linkedin_slug is null then
        select (array_agg(c.id))[1] into meant from crm.contacts c
            where c.user_id = uid and c.name_key = left(crm.fold(wish.name), 200) and not c.is_self
                and (wish.company is null or c.company_key = left(crm.fold(wish.company), 200))
            having count(*) = 1;
    end if;
    if meant is not null then
        answer := crm.find_team_ways(meant, null, null, most_hops, 'likely', 1, at, budget);
    elsif wish.email is not null or wish.linkedin_slug is not null then
        answer := crm.find_team_ways(null, wish.email, case when wish.email is null then wish.linkedin_slug end, most_hops, 'likely', 1, at, budget);
    elsif wish.name is null and wish.company is not null then
        answer := crm.find_ways(null, null, wish.company, null, most_hops, 'likely', 1, at, budget);
    end if;
    return answer::jsonb -> 'paths' -> 0;
end $$;

-- Look for ways to the wishes of the acting user that wait, or to one; return those to which one has opened now. Each opens once.
create or replace function crm.check_wishes(one_id uuid, at timestamptz) returns setof uuid
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    wish crm.wishes; way jsonb; likelihood real;
begin
    for wish in
        select w.* from crm.wishes w where w.user_id = uid and w.opened_at is null and (one_id is null or w.id = one_id) order by w.created_at for update skip locked
    loop
        way := crm.way_of_wish(wish, at);
        likelihood := (way ->> 'likelihood')::real;
        -- also a way of one hop: somebody whom a colleague or a source has made known
        if likelihood >= wish.least_likelihood then
            update crm.wishes w set checked_at = at, opened_at = at, opened_likelihood = likelihood where w.user_id = uid and w.id = wish.id;
            return next wish.id;
        else
            update crm.wishes w set checked_at = at where w.user_id = uid and w.id = wish.id;
        end if;
    end loop;
end $$;

-- The wishes of the acting user as a JSON array, newest first, or one. The way is that of today, so that nobody who was hidden or forgotten since
-- stands in it.
create or replace function crm.list_wishes(one_id uuid, at timestamptz) returns text
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- a search for each; more are listed without
    most_ways constant integer := 50;
    uid constant uuid := crm.acting_user();
begin
    return (
        select coalesce(json_agg(json_build_object(
                'id', w.id, 'contact_id', w.contact_id, 'name', coalesce(w.name, w.contact_name), 'email', w.email,
                'linkedin_url', 'https://www.linkedin.com/in/' || w.linkedin_slug, 'company', w.company, 'min_likelihood', w.least_likelihood,
                'created_at', w.created_at, 'checked_at', w.checked_at, 'opened_at', w.opened_at, 'opened_likelihood', w.opened_likelihood,
                'path', case when w.opened_at is not null and w.place <= most_ways then crm.way_of_wish(w.wish, at) end) order by w.created_at desc, w.id), '[]')::text
        from (select i as wish, i.*, c.name as contact_name, row_number() over (order by i.opened_at desc nulls last) as place
              from crm.wishes i left join crm.contacts c on c.user_id = uid and c.id = i.contact_id
              where i.user_id = uid and (one_id is null or i.id = one_id)) w);
end $$;

-- The users with wishes that wait: those not looked at since something was done to the user's book or a source was read, or for a day.
create or replace function crm.users_with_wishes(at timestamptz, most integer) returns table (user_id uuid)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select w.user_id
    from crm.wishes w
    where w.opened_at is null and (w.checked_at is null or w.checked_at < at - interval '1 day'
        or exists (select from crm.operations o where o.user_id = w.user_id and o.at > w.checked_at)
        or exists (select from crm.sources s where s.user_id = w.user_id and s.last_run_at > w.checked_at))
    group by w.user_id
    order by min(w.checked_at) nulls first limit most;
end;

-- The direct contacts of the acting user who know some of these contacts, each with the strength of the tie to it and the places in `ids` of those
-- it knows. With a null number: -1 as strength and the places of those who are known directly, -2 and the places of unknown ids.
create or replace function crm.find_openers(ids uuid[], at timestamptz) returns table (no integer, strength double precision, opens integer[])
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set jit = off set work_mem = '64MB'
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_nestloop = off
as $$
#variable_conflict use_column
declare
    uid constant uuid := crm.acting_user();
    fading constant bigint := crm.fading(at);
    any_cost constant bigint := 1::bigint << 32;
    self_no integer; nos integer[]; places integer[]; direct integer[]; machines integer[];
begin
    select c.no into self_no from crm.contacts c where c.user_id = uid and c.is_self;
    select array_agg(c.no), array_agg(i.i::integer) into nos, places
    from unnest(ids) with ordinality i(id, i)
    cross join lateral (select c.no from crm.contacts c where c.user_id = uid and c.id = i.id and not c.is_self offset 0) c;
    return query select null::integer, -2::float8, array_agg(i.i::integer order by i.i) from unnest(ids) with ordinality i(id, i)
        left join unnest(places) p(place) on p.place = i.i where p.place is null having count(*) > 0;
    select array_agg(t.no) into direct from unnest(nos) t(no)
    cross join lateral (select r.cost from crm.relationships r where r.user_id = uid and r.from_no = self_no and r.to_no = t.no offset 0) r;
    return query select null::integer, -1::float8, array_agg(t.place order by t.place) from unnest(nos, places) t(no, place)
        join unnest(direct) d(no) on d.no = t.no having count(*) > 0;
    return query
        select o.no, exp(-o.cost / 16777216.0::float8), o.opens
        from (
            select k.no, k.cost, array_agg(e.place order by e.place) as opens
            from (select r.no, t.place
                  from unnest(nos, places) t(no, place)
                  cross join lateral crm.ties_to(uid, t.no, any_cost, fading) r
                  where t.no <> all (coalesce(direct, '{}')) offset 0) e
            join (select r.no, r.cost from crm.ties_from(uid, self_no, any_cost, fading) r offset 0) k on k.no = e.no
            group by k.no, k.cost) o;
end $$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.brief, crm.check_wishes, crm.list_wishes, crm.users_with_wishes, crm.find_openers to crm_app;
