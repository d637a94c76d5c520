-- Paths through colleagues: me -> a colleague -> ... -> the person, the part behind the colleague in the colleague's own address book.
--
-- The wall. Only the functions below read another user's rows. They look up in the same snapshot as the ties which rows they may read, so
-- a colleague who left, stopped sharing or hid a contact before the statement began is not in its answer.
-- Answers hold a colleague as the team knows them, and their contacts by name, title and company, with strengths in three steps.
--
-- As in path_search.sql, the functions that paths_through_colleagues is made of set nothing: it sets for them.
--
-- A person is the same in two address books when an e-mail or a LinkedIn profile is: the contact's first e-mail there against any here.

-- A colleague's strength as it is shown: strong, fair or weak.
create or replace function crm.strength_step(strength real) returns real
    language sql immutable parallel safe
    return case when strength >= 0.6 then 0.8 when strength >= 0.3 then 0.5 else 0.2 end::real;

-- How somebody else's contact is called: an address in the place of a name is contact data.
create or replace function crm.shown_text(text text) returns text
    language sql immutable parallel safe
    return case when position('@' in text) = 0 then nullif(text, '') end;

-- Where a person stands in the books of colleagues who share their ties: the colleague, the colleague's self contact, the contact. Null where
-- nobody has it, or only hidden.
--
-- keys, profile: who is looked for, as in paths_through_colleagues. my_keys: those of the caller, who is nobody's target.
create or replace function crm.targets_in_books(
    for_user uuid, keys text[], profile text, my_keys text[], out users uuid[], out selves integer[], out targets integer[])
    language plpgsql stable parallel safe
as $$
#variable_conflict use_variable
declare
    members uuid[]; member_selves integer[];
begin
    select array_agg(m.user_id), array_agg(m.self_no) into members, member_selves
    from (select me.team_id from crm.team_members me where me.user_id = for_user) me
    cross join lateral (select m.user_id, m.self_no from crm.team_members m
                        where m.team_id = me.team_id and m.user_id <> for_user and m.shares_ties offset 0) m;
    if cardinality(keys) > 0 then
        select array_agg(m.user_id), array_agg(m.self_no), array_agg(c.no) into users, selves, targets
        from unnest(members, member_selves) m(user_id, self_no)
        cross join lateral (select c.no from crm.contacts c
                            where c.user_id = m.user_id and c.email_key is not null and c.email_key = any(keys) and not c.is_self
                              and c.email_key <> all(my_keys)
                            union
                            -- who alone has one of the addresses among their further ones
                            (select min(c.no) from crm.contact_keys k
                            cross join lateral (select c.* from crm.contacts c where c.user_id = m.user_id and c.id = k.contact_id offset 0) c
                            where k.user_id = m.user_id and k.key = any(keys) and not c.is_self
                              and (c.email_key is null or c.email_key <> all(my_keys) and c.email_key <> all(keys))
                            group by k.key having count(*) = 1) offset 0) c
        left join lateral (select true as hidden from crm.hidden_contacts h where h.user_id = m.user_id and h.contact_no = c.no offset 0) h on true
        where h.hidden is null;
    end if;
    if profile is not null then
        select users || array_agg(m.user_id), selves || array_agg(m.self_no), targets || array_agg(c.no)
        into users, selves, targets
        from unnest(members, member_selves) m(user_id, self_no)
        cross join lateral (select c.no, c.email_key from crm.contacts c
                            where c.user_id = m.user_id and c.linkedin_slug is not null and c.linkedin_slug = profile and not c.is_self
                              and (c.email_key is null or c.email_key <> all(my_keys)) offset 0) c
        left join lateral (select true as hidden from crm.hidden_contacts h where h.user_id = m.user_id and h.contact_no = c.no offset 0) h on true
        -- who was found by address already
        where h.hidden is null and (c.email_key is null or c.email_key <> all(keys)) and c.no <> all(coalesce(targets, '{}'));
    end if;
end $$;

-- The colleagues of a search, each once, with strength and cost of the caller's tie to each: `unsaid` and `unsaid_cost` where a tie is missing.
create or replace function crm.ties_to_colleagues(
    for_user uuid, my_no integer, unsaid real, unsaid_cost bigint, fading bigint, at timestamptz,
    inout users uuid[], inout selves integer[], out ties real[], out tie_costs bigint[])
    language plpgsql stable parallel safe
as $$
#variable_conflict use_variable
begin
    select array_agg(x.user_id), array_agg(x.no), array_agg(coalesce(x.strength, unsaid)), array_agg(coalesce(x.cost, unsaid_cost))
    into users, selves, ties, tie_costs
    from (
        select u.user_id, u.no, k.strength, k.cost
        from (select distinct u.user_id, u.no from unnest(users, selves) u(user_id, no)) u
        left join lateral (
            select crm.strength_at(r.strength, r.fades_from_s, at) as strength, r.cost + (r.cost & 1) * fading as cost
            from crm.users cu
            cross join lateral (select a.contact_no as no from crm.contacts_of_addresses(for_user, array[lower(cu.email)]) a
                                where a.contact_no is not null offset 0) c
            cross join lateral (select r.strength, r.fades_from_s, r.cost from crm.relationships r
                                where r.user_id = for_user and r.from_no = my_no and r.to_no = c.no offset 0) r
            where cu.id = u.user_id) k on true) x;
end $$;

-- The contacts that no path visits on its way, in any of the books: hidden contacts, the caller, the targets, and the colleagues themselves. Each as
-- index of the book << 31 | no.
create or replace function crm.barred_in_books(
    users uuid[], selves integer[], of_user integer[], targets integer[], my_keys text[], my_profile text, out barred bigint[])
    language plpgsql stable parallel safe
as $$
#variable_conflict use_variable
begin
    select array_agg(b.i << 31 | b.no) into barred
    from (
        select u.i, h.contact_no as no from unnest(users) with ordinality u(user_id, i)
        cross join lateral (select h.contact_no from crm.hidden_contacts h where h.user_id = u.user_id offset 0) h
        union all
        select u.i, c.no from unnest(users) with ordinality u(user_id, i)
        cross join lateral (select c.no from crm.contacts c
                            where c.user_id = u.user_id and c.email_key is not null and c.email_key = any(my_keys)
                            union
                            select c.no from crm.contact_keys k
                            cross join lateral (select c.no from crm.contacts c where c.user_id = u.user_id and c.id = k.contact_id offset 0) c
                            where k.user_id = u.user_id and k.key = any(my_keys) offset 0) c
        union all
        select u.i, c.no from unnest(users) with ordinality u(user_id, i)
        cross join lateral (select c.no from crm.contacts c
                            where c.user_id = u.user_id and c.linkedin_slug is not null and c.linkedin_slug = my_profile offset 0) c
        union all select t.i::bigint, t.no from unnest(of_user, targets) t(i, no)
        union all select s.i, s.no from unnest(selves) with ordinality s(no, i)) b;
end $$;

-- A path in a colleague's book as it is shown: names and companies without addresses, strengths in steps; and the product it is ordered by.
-- unsaid: counts in the place of each strength where the colleague shares only that ties exist; else null.
-- The planner puts the body in the place of the call.
create or replace function crm.told_path(book_of uuid, colleague_name text, colleague_email text, path integer[], unsaid real, at timestamptz)
    returns table (contacts text, name text, told text, told_product double precision, product double precision)
    language sql stable parallel safe rows 1
begin atomic
    select string_agg(json_build_object('id', c.id, 'name', v.name,
            'company', case n.i when 1 then c.company else crm.shown_text(c.company) end,
            'title', case n.i when 1 then c.title else crm.shown_text(c.title) end)::text, ',' order by n.i) as contacts,
        min(v.name) filter (where n.i = 1) as name, string_agg(crm.strength_step(t.strength)::text, ',' order by n.i) filter (where n.i > 1) as told,
        exp(sum(ln(crm.strength_step(t.strength)::float8)) filter (where n.i > 1)) as told_product, exp(sum(ln(t.strength::float8))) as product
    from unnest(path) with ordinality n(no, i)
    join lateral (select c.id, c.name, c.company, c.title from crm.contacts c
                  where c.user_id = book_of and c.no = n.no offset 0) c on true
    cross join lateral (select case n.i when 1 then coalesce(nullif(colleague_name, ''), nullif(c.name, ''), colleague_email)
                        else coalesce(crm.shown_text(c.name), 'a contact without a name') end as name) v
    left join lateral (select coalesce(unsaid, crm.strength_at(r.strength, r.fades_from_s, at)) as strength from crm.relationships r
                  where r.user_id = book_of and r.from_no = path[n.i - 1] and r.to_no = n.no offset 0) t on true;
end;

-- The best paths through colleagues who share their ties, to the contacts that have one of `keys` (addresses in lower case) or the `profile`
-- in their book: hops, product of the strengths, and the path as it is shown. `proven` false: time ran out before longer ones were looked for.
-- step_price: what each tie costs beside its strength where paths are ordered by likelihood, as `price` counts it then; else price is 0.
--
-- A path has at most four hops: the tie between colleagues and three in the colleague's book. So few that no levels are needed: the ties of the
-- target are read, theirs, and what of it the colleague knows. All books that hold the target take part in each statement, and a colleague
-- without costs a look-up by each key. `bound` is what a path must cost less than to be among the wanted: what the caller's own paths leave to
-- win, then what has been found. In the order by strength the last statement mostly finds nothing below it any more. How the
-- statements are written is explained at the beginning of path_search.sql.
create or replace function crm.paths_through_colleagues(
    uid uuid, keys text[], profile text, max_hops integer, by_hops boolean, wanted integer, bound bigint, step_price bigint, price bigint,
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
    found_in record; colleagues record;  -- as crm.targets_in_books and crm.ties_to_colleagues say
    -- the colleagues whose books hold the target: user, node of themselves, strength and cost of the tie to them
    users uuid[]; selves integer[]; ties real[]; tie_costs bigint[];
    -- the target in their books: index of the colleague, node
    of_user integer[]; targets integer[];
    -- whether each shares ties between others that are computed, which are those with an odd cost
    seen_ties boolean[];
    -- whether each shares only that ties exist: all of them count alike then, so that neither answers nor their order say more
    unsaid boolean[];
    every constant bigint := 1::bigint << 40;  -- no tie costs as much
    barred bigint[];  -- index << 31 | node: whom no path visits on its way
    near integer[]; near_of integer[]; near_to integer[]; near_cost bigint[];  -- who knows the target: node, index, which target, cost from there
    best_cost bigint[] := '{}'; best_books integer[] := '{}'; best_walk text[] := '{}'; best_hops integer[] := '{}';
    cost bigint[]; books integer[]; walk text[];
    machines bigint[] := '{}'; more bigint[];  -- of the paths that were found, as `barred`
    most constant bigint := bound;
    below bigint;  -- bound without the price of so many ties
begin
    proven := true;
    select array(select distinct lower(e) from unnest(array[c.email, u.email] || c.emails) e
        where e is not null and (e in (c.email, u.email) or not crm.is_nobodys_mailbox(e))), c.linkedin_slug, c.no,
        json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'title', c.title)::text
    into my_keys, my_profile, my_no, my_document
    from crm.users u
    cross join lateral (select c.* from crm.contacts c where c.user_id = uid and c.is_self offset 0) c where u.id = uid;
    if keys && my_keys or profile = my_profile then return; end if;  -- oneself

    found_in := crm.targets_in_books(uid, keys, profile, my_keys);
    targets := found_in.targets;
    if targets is null then return; end if;

    colleagues := crm.ties_to_colleagues(uid, my_no, team_strength, team_cost, fading, at, found_in.users, found_in.selves);
    users := colleagues.users; selves := colleagues.selves; ties := colleagues.ties; tie_costs := colleagues.tie_costs;
    select array_agg(coalesce(m.shares_seen_ties, false) order by u.i), array_agg(not coalesce(m.shares_strengths, false) order by u.i)
    into seen_ties, unsaid
    from unnest(users) with ordinality u(user_id, i)
    left join lateral (select m.shares_seen_ties, m.shares_strengths from crm.team_members m where m.user_id = u.user_id offset 0) m on true;
    select array_agg(array_position(users, t.user_id) order by t.i) into of_user from unnest(found_in.users) with ordinality t(user_id, i);

    loop
        best_cost := '{}'; best_books := '{}'; best_walk := '{}'; best_hops := '{}';
        bound := most;
        for h in 2..least(max_hops, 4) loop
            below := bound - h * price;
            if h = 2 then  -- the colleague knows the target
                select array_agg(z.cost), array_agg(z.i), array_agg(z.walk) into cost, books, walk
                from (select tie_costs[t.i] + r.cost as cost, t.i, t.no::text as walk
                      from unnest(of_user, targets) t(i, no)
                      cross join lateral (select case when unsaid[t.i] then team_cost else r.cost + (r.cost & 1) * fading end as cost
                                          from crm.relationships r
                                          where r.user_id = users[t.i] and r.from_no = selves[t.i] and r.to_no = t.no offset 0) r
                      where tie_costs[t.i] + r.cost < below
                      order by 1, 2, 3 limit wanted) z;
            elsif h = 3 then  -- and somebody who does
                barred := crm.barred_in_books(users, selves, of_user, targets, my_keys, my_profile) || machines;
                select array_agg(z.i), array_agg(z.no), array_agg(z.target), array_agg(z.cost) into near_of, near, near_to, near_cost
                from (select t.i, r.no, t.no as target, case when unsaid[t.i] then team_cost else r.cost end as cost
                      from unnest(of_user, targets) t(i, no)
                      cross join lateral crm.ties_to(users[t.i], t.no, case when unsaid[t.i] then every else below - tie_costs[t.i] end, fading) r
                      where r.cost & 1 = 0 or seen_ties[t.i]) z
                where not exists (select from unnest(barred) b(node) where b.node = z.i::bigint << 31 | z.no);
                exit when near is null;
                select array_agg(z.cost), array_agg(z.i), array_agg(z.walk) into cost, books, walk
                from (select tie_costs[y.i] + y.cost + r.cost as cost, y.i, y.no || ',' || y.target as walk
                      from unnest(near_of, near, near_to, near_cost) y(i, no, target, cost)
                      cross join lateral (select case when unsaid[y.i] then team_cost else r.cost + (r.cost & 1) * fading end as cost
                                          from crm.relationships r
                                          where r.user_id = users[y.i] and r.from_no = selves[y.i] and r.to_no = y.no offset 0) r
                      where tie_costs[y.i] + y.cost + r.cost < below
                      order by 1, 2, 3 limit wanted) z;
            else  -- and somebody who knows such a person
                if clock_timestamp() > deadline then
                    proven := false;
                    exit;
                end if;
                select array_agg(z.cost), array_agg(z.i), array_agg(z.walk) into cost, books, walk
                from (select o.cost + y.cost as cost, y.i, o.no || ',' || y.no || ',' || y.target as walk
                      from (select y.i, y.no, y.target, r.no as before,
                                y.cost + case when unsaid[y.i] then team_cost else r.cost end as cost
                            from unnest(near_of, near, near_to, near_cost) y(i, no, target, cost)
                            cross join lateral crm.ties_to(users[y.i], y.no, case when unsaid[y.i] then every else below - tie_costs[y.i] - y.cost end, fading) r
                            where r.cost & 1 = 0 or seen_ties[y.i] offset 0) y
                      join (select k.i, k.no, k.cost
                            from (select s.i::integer as i, r.no, tie_costs[s.i] + case when unsaid[s.i] then team_cost else r.cost end as cost
                                  from unnest(selves) with ordinality s(no, i)
                                  cross join lateral crm.ties_from(users[s.i], s.no, case when unsaid[s.i] then every else below - tie_costs[s.i] end, fading) r) k
                            where not exists (select from unnest(barred) b(node) where b.node = k.i::bigint << 31 | k.no) offset 0) o
                          on o.i = y.i and o.no = y.before
                      where o.cost + y.cost < below
                      order by 1, 2, 3 limit wanted) z;
            end if;
            if cost is not null then
                select array_agg(x.cost), array_agg(x.book), array_agg(x.walk), array_agg(x.hops) into best_cost, best_books, best_walk, best_hops
                from (select x.cost, x.book, x.walk, x.hops
                      from (select b.cost, b.book, b.walk, b.hops from unnest(best_cost, best_books, best_walk, best_hops) b(cost, book, walk, hops)
                            union all select n.cost + h * price, n.book, n.walk, h from unnest(cost, books, walk) n(cost, book, walk)) x
                      order by case when by_hops then x.hops else 0 end, x.cost, x.hops limit wanted) x;
            end if;
            if cardinality(best_cost) >= wanted then
                exit when by_hops;
                bound := best_cost[wanted];  -- which is below what it was
            end if;
        end loop;
        -- as in `crm.find_paths`
        select array_agg(p.book::bigint << 31 | c.no) into more from (
            select w.book, crm.machines_among(users[w.book], (string_to_array(w.walk, ',')::integer[])[:w.hops - 2]) as nos
            from unnest(best_books, best_walk, best_hops) w(book, walk, hops) where w.hops > 2) p cross join lateral unnest(p.nos) c(no);
        exit when more is null;
        machines := machines || more;
        if clock_timestamp() > deadline then
            proven := false;
            select array_agg(w.book), array_agg(w.walk), array_agg(w.hops) into best_books, best_walk, best_hops
            from unnest(best_books, best_walk, best_hops) w(book, walk, hops)
            where not exists (select from unnest(string_to_array(w.walk, ',')::integer[]) n(no) where w.book::bigint << 31 | n.no = any (machines));
            exit;
        end if;
    end loop;

    return query
        select p.hops, ties[p.book] * s.product,
            '{"contacts":[' || my_document || ',' || s.contacts || '],"strengths":[' || ties[p.book] || ',' || s.told || '],"hops":' || p.hops
            || ',"strength":' || (ties[p.book] * s.told_product)::real
            || ',"likelihood":' || (ties[p.book] * s.told_product * exp(-p.hops * step_price / 16777216.0::float8))::real
            || ',"ties":' || (select json_agg(json_build_object('kind', null, 'strength', t.told::real, 'evidence', null))
                              from unnest(array[ties[p.book]::text] || string_to_array(s.told, ',')) t(told))
            || ',"advice":' || json_build_object('do', 'ask', 'why', s.name || ' is your colleague and shares who knows whom', 'how', 'by e-mail', 'when', null)
            || ',"colleague":' || json_build_object('id', u.id, 'name', s.name, 'email', u.email, 'shares_strengths', not unsaid[p.book]) || '}',
            proven
        from unnest(best_books, best_walk, best_hops) p(book, walk, hops)
        cross join lateral (select selves[p.book] || string_to_array(p.walk, ',')::integer[] as path) l
        cross join lateral (select u.id, u.name, u.email from crm.users u where u.id = users[p.book] offset 0) u
        cross join lateral crm.told_path(users[p.book], u.name, u.email, l.path,
            case when unsaid[p.book] then team_strength end, at) s;
    if not proven and not found then return next; end if;
end $$;

-- The answer to GET /graph/path?through_team=true as JSON: the caller's own paths and those through colleagues, best first. Null when the
-- contact is not the caller's.
--
-- to_id, or to_email or to_profile (a slug): the person; need not be among the caller's contacts unless by id.
-- ordering: as in crm.find_ways. How ready colleagues are is not asked: who shares ties does it to be asked.
--
-- Nothing is set here, for what is set where another function is called is what its statements are planned with, once for the session.
create or replace function crm.find_team_ways(
    to_id uuid, to_email text, to_profile text, max_hops integer, ordering text, wanted integer,
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
    price constant bigint := (select round(-ln(r.rate) * 16777216) from crm.answer_rates r where r.readiness = 'fresh');
    proven boolean;
    answer text;
begin
    if to_id is not null then
        -- an office's address among those of a person leads to others in another book
        select array(select distinct lower(e) from unnest(array[c.email] || c.emails) e
            where e is not null and (e = c.email or not crm.is_nobodys_mailbox(e))), c.linkedin_slug
        into keys, profile from crm.contacts c where c.user_id = uid and c.id = to_id;
        if not found then return null; end if;
    elsif to_email is not null then
        keys := array[lower(to_email)];
        select c.id into mine from crm.contacts_of_addresses(uid, keys) a join crm.contacts c on c.user_id = uid and c.no = a.contact_no;
    else
        keys := '{}';
        select c.id into mine from crm.contacts c where c.user_id = uid and c.linkedin_slug = profile;
    end if;
    if mine is not null then
        own := crm.find_ways(null, mine, null, null, max_hops, ordering, wanted, at, budget)::jsonb;
        last := own -> 'paths' -> wanted - 1;
        if ordering = 'shortest' then
            most_hops := least(max_hops, (last ->> 'hops')::integer);
        elsif last is not null then  -- what is shown has six digits, so a little more than its cost
            bound := 2 * ceil(-ln((last ->> case ordering when 'likely' then 'likelihood' else 'strength' end)::float8) * 8388608) + 64;
        end if;
    end if;
    -- sorted by the true product, shown in steps
    select string_agg(p.document, ',' order by p.place) filter (where p.place <= wanted), bool_and(p.proven) into answer, proven
    from (
        select p.document, p.proven, row_number() over (order by crm.path_rank(ordering, p.hops, p.strength, p.likelihood)) as place
        from (
            select (o.path ->> 'hops')::integer as hops, (o.path ->> 'strength')::float8 as strength, (o.path ->> 'likelihood')::float8 as likelihood,
                o.path::text as document, true as proven
            from jsonb_array_elements(own -> 'paths') o(path)
            union all
            select t.hops, t.strength, t.strength * exp(-t.hops * price / 16777216.0::float8), t.document, t.proven
            from crm.paths_through_colleagues(uid, keys, profile, most_hops, ordering = 'shortest', wanted, bound,
                price, case when ordering = 'likely' then price else 0 end, at, deadline) t) p) p;
    return '{"paths":[' || coalesce(answer, '') || ']'
        || case when coalesce(proven, true) and not coalesce((own ->> 'partial')::boolean, false) then '}' else ',"partial":true}' end;
end $$;

-- The same in one of two orders, as the release before asks.
create or replace function crm.find_team_paths(
    to_id uuid, to_email text, to_profile text, max_hops integer, by_strength boolean, wanted integer,
    at timestamptz default now(), budget interval default '2 s')
    returns text
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return crm.find_team_ways(to_id, to_email, to_profile, max_hops, case when by_strength then 'strongest' else 'shortest' end, wanted, at, budget);
end $$;

-- Open to the deployed functions; the other functions here are called by functions alone.
grant execute on function crm.find_team_ways, crm.find_team_paths to crm_app;
