-- The answer to GET /graph/path: the search of path_search.sql in one of three orders, and the description of each path.

-- The evidence of ties, by their place in the two arrays: `counts` as the API shows them; the seconds since 2020-01-01 of the last; messages of
-- chats, which are counted as sent and received too, and of all else. No row for a tie without evidence.
--
-- The same numbers as crm.evidence_of has, for many ties with one plan: fenced like the statements of the search.
create or replace function crm.facts_of_ties(for_user uuid, self_no integer, from_nos integer[], to_nos integer[])
    returns table (i integer, counts text, last_s integer, chats integer, letters integer)
    language plpgsql stable parallel safe rows 5
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set jit = off
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_nestloop = off
as $$
#variable_conflict use_column
begin
    return query
        select t.i::integer,
            json_build_object('sent', case when t.own and t.back then e.received else e.sent end, 'received', case when t.own and t.back then e.sent else e.received end,
                'together', e.together, 'meetings', e.meetings, 'calls', e.calls,
                'first_at', crm.time_of(e.first_s), 'last_at', crm.time_of(e.last_s))::text,
            e.last_s, e.chats::integer, e.letters::integer
        from (select u.f, u.t, u.i, self_no in (u.f, u.t) as own, u.t = self_no as back, u.f + u.t - self_no as other
              from unnest(from_nos, to_nos) with ordinality u(f, t, i)) t
        cross join lateral (
            select sum(x.sent) as sent, sum(x.received) as received, sum(x.together) as together, sum(x.meetings) as meetings, sum(x.calls) as calls,
                min(x.first_s) as first_s, max(x.last_s) as last_s, sum(x.sent + x.received) filter (where x.chat) as chats,
                sum(x.sent + x.received) filter (where not x.chat) as letters
            from (
                select e.n_ab as sent, e.n_ba as received, e.n_co as together, e.meetings, e.calls, e.first_s, e.last_s, coalesce(s.chat, false) as chat
                from (select k.no from crm.correspondents k where k.user_id = for_user and k.contact_no = t.other and t.own offset 0) k
                cross join lateral (select e.* from crm.evidence e where e.user_id = for_user and e.a = 0 and e.b = k.no and e.earlier = 0 offset 0) e
                left join lateral (select s.kind = 'chat_file' as chat from crm.sources s where s.user_id = for_user and s.no = e.source_no offset 0) s on true
                union all
                select (n.kind in ('email', 'message') and n.direction <> 'in')::integer, (n.kind in ('email', 'message') and n.direction <> 'out')::integer, 0,
                    (n.kind = 'meeting')::integer, (n.kind = 'call')::integer, crm.seconds_of(n.at), crm.seconds_of(n.at), n.kind = 'message'
                from (select n.kind, n.direction, n.at from crm.interactions n where n.user_id = for_user and n.contact_no = t.other and t.own offset 0) n
                union all
                select case when kf.no < kt.no then e.n_ab else e.n_ba end, case when kf.no < kt.no then e.n_ba else e.n_ab end, e.n_co, e.meetings, e.calls,
                    e.first_s, e.last_s, false
                from (select k.no from crm.correspondents k where k.user_id = for_user and k.contact_no = t.f and not t.own offset 0) kf
                cross join lateral (select k.no from crm.correspondents k where k.user_id = for_user and k.contact_no = t.t offset 0) kt
                cross join lateral (select e.* from crm.evidence e
                                    where e.user_id = for_user and e.a = least(kf.no, kt.no) and e.b = greatest(kf.no, kt.no) and e.earlier = 0 offset 0) e) x
            having count(*) > 0) e;
end $$;

-- On which weekday somebody has answered most, in words; null below three answers, or where no day has two fifths of them.
create or replace function crm.answering_day(for_user uuid, contact_no integer) returns text
    language plpgsql stable parallel safe
as $$
#variable_conflict use_column
begin
    return (
        select 'on a ' || to_char('2024-01-01'::date + d.weekday, 'FMDay') || format(' (%s of %s answers)', d.answers, d.total)
        from (select a.weekday, count(*) as answers, sum(count(*)) over () as total
              from (select extract(isodow from n.at at time zone 'UTC')::integer - 1 as weekday
                    from (select n.at, n.direction from crm.interactions n where n.user_id = for_user and n.contact_no = answering_day.contact_no
                          order by n.at desc limit 200) n where n.direction = 'in'
                    union all
                    select extract(isodow from s.decided_at at time zone 'UTC')::integer - 1
                    from (select c.id from crm.contacts c where c.user_id = for_user and c.no = answering_day.contact_no offset 0) c
                    cross join lateral (select s.decided_at, s.decision from crm.introduction_steps s
                                        where s.user_id = for_user and s.contact_id = c.id offset 0) s
                    where s.decision in ('accept', 'decline', 'not_now')) a
              group by a.weekday) d
        where d.total >= 3 and d.answers * 5 >= d.total * 2
        order by d.answers desc, d.weekday limit 1);
end $$;

-- The advice about a path, as JSON: whom to wait for, whom to write to first, or to ask now.
--
-- first: the contact after the source. slowest, readiness, asked, slow_at: of the least ready person on the path. strength, kind, last_s, chats,
-- letters: of the first tie. day: as crm.answering_day says.
create or replace function crm.path_advice(
    hops integer, first text, first_email text, slowest text, readiness text, asked integer, slow_at timestamptz,
    strength double precision, kind text, last_s integer, chats integer, letters integer, day text, at timestamptz) returns text
    language plpgsql stable parallel safe
as $$
declare
    quiet constant interval := interval '180 days';
    last_at constant timestamptz := crm.time_of(last_s);
    months constant integer := extract(epoch from at - last_at) / (30.4 * 86400);
    how constant text := case when coalesce(chats, 0) > coalesce(letters, 0) then 'by message, as you mostly write' when first_email is null then 'by message: no e-mail address is known' else 'by e-mail' end;
begin
    if readiness <> 'fresh' and readiness <> 'asked_lately' then
        return json_build_object('do', 'wait',
            'why', case readiness
                when 'asked_often' then format('%s was asked %s in the last 30 days', slowest, case asked when 2 then 'twice' else asked || ' times' end)
                when 'postponed' then format('%s answered "not now" on %s', slowest, crm.told_day(slow_at, at))
                when 'silent' then format('%s left your last question unanswered, on %s', slowest, crm.told_day(slow_at, at))
                when 'declined' then format('%s declined your last question, on %s', slowest, crm.told_day(slow_at, at))
                else format('%s cannot be asked', slowest) end,
            'how', case when readiness = 'unavailable' then 'choose another path' else 'choose another path, or ask later' end,
            'when', case readiness
                when 'asked_often' then 'in a month'
                when 'postponed' then 'after ' || crm.told_day(slow_at + interval '90 days', at)
                when 'silent' then 'after ' || crm.told_day(slow_at + interval '365 days', at)
                when 'declined' then 'after ' || crm.told_day(slow_at + interval '365 days', at) end)::text;
    end if;
    if last_at < at - quiet then
        return json_build_object('do', 'warm_up',
            'why', format('your last word with %s was %s ago, on %s', first, case when months >= 24 then months / 12 || ' years' else months || ' months' end, crm.told_day(last_at, at)),
            'how', 'write to ' || first || ' first, ' || how, 'when', day)::text;
    end if;
    if last_at is null and strength < 0.2 then
        return json_build_object('do', 'warm_up',
            'why', format('nothing says that you and %s have been in touch', first), 'how', 'write to ' || first || ' first, ' || how, 'when', day)::text;
    end if;
    return json_build_object('do', 'ask',
        'why', case when hops = 1 then format('you know %s yourself', first)
            when readiness = 'asked_lately' then format('%s was asked once in the last 30 days', slowest)
            when last_at is not null then format('your last word with %s was on %s', first, crm.told_day(last_at, at))
            else format('you say that you know %s well enough', first) end,
        'how', how, 'when', day)::text;
end $$;

-- The order of paths in an answer, the least first.
create or replace function crm.path_rank(ordering text, hops integer, strength double precision, likelihood double precision) returns double precision[]
    language sql immutable parallel safe
    return case ordering when 'likely' then array[-likelihood, hops] when 'strongest' then array[-strength, hops] else array[hops, -strength] end;

-- Paths as JSON objects with commas between them, best first; null without paths. People see strengths, so products are those of the strengths,
-- not of the rounded costs.
--
-- ready_nos, classes, asked, last_ats: how ready those on the paths are. rates: of the classes, by crm.answer_rates.
create or replace function crm.ways_as_json(
    for_user uuid, self_no integer, paths text[], ordering text, ready_nos integer[], classes text[], asked integer[], last_ats timestamptz[],
    names text[], rates double precision[], at timestamptz) returns text
    language plpgsql stable parallel safe
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set jit = off
    set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
    from_nos integer[]; to_nos integer[]; tie_strengths real[]; kinds text[];
    facts text[]; lasts integer[]; chats integer[]; letters integer[];
begin
    select array_agg(e.f), array_agg(e.t), array_agg(r.strength), array_agg(r.kind) into from_nos, to_nos, tie_strengths, kinds
    from (select distinct l.path[i - 1] as f, l.path[i] as t from unnest(paths) p(path) cross join lateral (select p.path::integer[] as path) l
          cross join lateral generate_series(2, cardinality(l.path)) i) e
    cross join lateral (select crm.strength_at(r.strength, r.fades_from_s, at) as strength,
                            case when r.fades_from_s is not null then 'seen' else 'stated' end as kind
                        from crm.relationships r where r.user_id = for_user and r.from_no = e.f and r.to_no = e.t offset 0) r;
    select array_agg(f.counts order by n.i), array_agg(f.last_s order by n.i), array_agg(f.chats order by n.i), array_agg(f.letters order by n.i)
    into facts, lasts, chats, letters
    from generate_subscripts(from_nos, 1) n(i) left join crm.facts_of_ties(for_user, self_no, from_nos, to_nos) f on f.i = n.i;

    return (
        select string_agg('{"contacts":[' || w.contacts || '],"strengths":[' || w.strengths || '],"hops":' || w.hops || ',"strength":' || w.strength::real
                || ',"likelihood":' || w.likelihood::real || ',"ties":[' || w.ties || '],"advice":'
                || crm.path_advice(w.hops, w.first, w.first_email, s.name, s.class, s.asked, s.last_at, tie_strengths[w.first_tie], kinds[w.first_tie],
                       lasts[w.first_tie], chats[w.first_tie], letters[w.first_tie], crm.answering_day(for_user, w.first_no), at) || '}',
            ',' order by crm.path_rank(ordering, w.hops, w.strength, w.likelihood))
        from (
            select l.path, cardinality(l.path) - 1 as hops, l.path[2] as first_no, s.strength, s.contacts, s.strengths, s.ties, s.first, s.first_email, s.first_tie,
                s.strength * s.chance as likelihood, s.slowest
            from unnest(paths) p(path)
            cross join lateral (select p.path::integer[] as path) l
            cross join lateral (
                select string_agg(json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'title', c.title)::text, ',' order by n.i) as contacts,
                    string_agg(tie_strengths[e.at]::text, ',' order by n.i) as strengths,
                    string_agg('{"kind":"' || kinds[e.at] || '","strength":' || tie_strengths[e.at] || ',"evidence":' || coalesce(facts[e.at], 'null') || '}', ',' order by n.i) as ties,
                    exp(sum(ln(tie_strengths[e.at]::text::float8))) as strength,
                    exp(sum(ln(rates[array_position(names, classes[e.who])])) filter (where n.i > 1)) as chance,
                    min(coalesce(nullif(c.name, ''), c.email, 'this contact')) filter (where n.i = 2) as first, min(c.email) filter (where n.i = 2) as first_email,
                    min(e.at) filter (where n.i = 2) as first_tie,
                    -- the least ready, of equals the first
                    (array_agg(e.who order by array_position(names, classes[e.who]) desc, n.i) filter (where n.i > 1))[1] as slowest
                from unnest(l.path) with ordinality n(no, i)
                cross join lateral (select c.id, c.name, c.company, c.title, c.email from crm.contacts c where c.user_id = for_user and c.no = n.no offset 0) c
                left join lateral (
                    select (select q.i from unnest(from_nos, to_nos) with ordinality q(f, t, i) where q.f = l.path[n.i - 1] and q.t = n.no) as at,
                        array_position(ready_nos, n.no) as who) e on n.i > 1) s) w
        cross join lateral (
            select classes[w.slowest] as class, asked[w.slowest] as asked, last_ats[w.slowest] as last_at,
                coalesce((select coalesce(nullif(c.name, ''), c.email) from crm.contacts c where c.user_id = for_user and c.no = ready_nos[w.slowest]), 'this contact') as name) s);
end $$;

-- The answer to GET /graph/path as JSON: {"paths": [...]}, with "partial": true when `budget` ran out before the list was proven.
-- Null when a contact is not the user's.
--
-- from_id: null is the self contact.
-- to_id, to_company, to_circle: one of them; a path to a company or a circle ends at the first of its people that it reaches.
-- ordering: likely, strongest or shortest. wanted: how many paths at most.
create or replace function crm.find_ways(
    from_id uuid, to_id uuid, to_company text, to_circle uuid, max_hops integer, ordering text, wanted integer,
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
    source integer; targets integer[]; self_no integer;
    paths text[]; proven boolean := true;
    passed_over integer[] := '{}'; more integer[]; on_paths integer[];
    -- how ready the people are who were looked at, and what that costs those who are not fresh
    names text[]; rates float8[]; price bigint := 0;
    ready_nos integer[] := '{}'; classes text[] := '{}'; asked integer[] := '{}'; last_ats timestamptz[] := '{}';
    dear integer[] := '{}'; surcharges bigint[] := '{}'; grown boolean;
begin
    select c.no into self_no from crm.contacts c where c.user_id = uid and c.is_self;
    if from_id is null then
        source := self_no;
    else
        select c.no into source from crm.contacts c where c.user_id = uid and c.id = from_id;
    end if;
    if to_id is not null then
        select array_agg(c.no) into targets from crm.contacts c where c.user_id = uid and c.id = to_id;
        if targets is null then return null; end if;
    elsif to_circle is not null then
        execute 'select array_agg(c.no) from crm.contacts c where c.user_id = $1 and not c.is_self' || crm.in_circle(to_circle) into targets using uid;
    else
        select array_agg(c.no) into targets from crm.contacts c
        where c.user_id = uid and c.company_key = left(crm.fold(to_company), 200) and c.no <> source;
    end if;
    if source is null then return null; end if;
    if targets is null or source = any(targets) then  -- nobody to be introduced to
        return '{"paths":[]}';
    end if;

    select array_agg(r.readiness order by r.place), array_agg(r.rate order by r.place) into names, rates from crm.answer_rates r;
    if ordering = 'likely' then
        price := round(-ln(rates[1]) * 16777216);
        select coalesce(array_agg(b.no), '{}'), coalesce(array_agg(round(-ln(rates[array_position(names, b.class)] / rates[1]) * 16777216)::bigint), '{}')
        into dear, surcharges
        from (select b.no, crm.readiness_class(b.decision, b.decided_at, b.asked, at) as class from crm.asked_before(uid, at) b) b
        where b.class <> 'fresh' and b.no <> source;
    end if;
    loop
        if ordering = 'shortest' then
            select p.paths, p.proven into paths, proven
            from crm.paths_by_hops(uid, source, targets, max_hops, wanted, fading, deadline, passed_over) p;
        else
            select array_agg(p.path::text) filter (where p.path is not null), coalesce(bool_and(p.complete), true) into paths, proven
            from crm.cheapest_paths(uid, source, targets, 1, max_hops, wanted, fading, deadline, passed_over,
                guess => (1 << 21) + 2 * price, price => price, dear => dear, surcharges => surcharges) p;
        end if;
        exit when paths is null;
        -- A program, a list or an office introduces nobody, and mailboxes know of other users' questions. Few contacts are concerned, so the search
        -- learns of them by the paths it finds.
        more := crm.machines_among(uid, array(select distinct n.no from unnest(paths) p(path)
            cross join lateral (select p.path::integer[] as nos) l cross join lateral unnest(l.nos[2:cardinality(l.nos) - 1]) n(no)));
        on_paths := array(select distinct n.no from unnest(paths) p(path) cross join lateral unnest(p.path::integer[]) n(no)
            where n.no <> source and n.no <> all(ready_nos));
        grown := false;
        if cardinality(on_paths) > 0 then
            select ready_nos || array_agg(r.no), classes || array_agg(r.readiness), asked || array_agg(r.asked), last_ats || array_agg(r.last_at)
            into ready_nos, classes, asked, last_ats from crm.readiness_of(uid, on_paths, at) r;
            if ordering = 'likely' then
                select coalesce(array_agg(x.no), '{}'), coalesce(array_agg(x.surcharge), '{}'), coalesce(bool_or(x.is_new), false) into dear, surcharges, grown
                from (select coalesce(o.no, d.no) as no, coalesce(o.surcharge, d.surcharge) as surcharge, o.surcharge is not null and o.surcharge is distinct from d.surcharge as is_new
                      from (select r.no, round(-ln(rates[array_position(names, r.class)] / rates[1]) * 16777216)::bigint as surcharge
                            from unnest(ready_nos, classes) r(no, class) where r.class <> 'fresh') o
                      full join unnest(dear, surcharges) d(no, surcharge) on d.no = o.no) x;
            end if;
        end if;
        exit when more is null and not grown;
        passed_over := passed_over || coalesce(more, '{}');
        if clock_timestamp() > deadline then
            proven := false;
            select array_agg(p.path) into paths from unnest(paths) p(path)
            cross join lateral (select p.path::integer[] as nos) l where not l.nos[2:cardinality(l.nos) - 1] && passed_over;
            exit;
        end if;
    end loop;
    return '{"paths":[' || coalesce(crm.ways_as_json(uid, self_no, paths, ordering, ready_nos, classes, asked, last_ats, names, rates, at), '') || ']'
        || case when proven then '}' else ',"partial":true}' end;
end $$;

-- The same in one of two orders, as the release before asks.
create or replace function crm.find_paths(
    from_id uuid, to_id uuid, to_company text, max_hops integer, by_strength boolean, wanted integer,
    at timestamptz default now(), budget interval default '2 s')
    returns text
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return crm.find_ways(from_id, to_id, to_company, null, max_hops, case when by_strength then 'strongest' else 'shortest' end, wanted, at, budget);
end $$;

-- Open to the deployed functions; the other functions here are called by functions alone.
grant execute on function crm.find_ways, crm.find_paths to crm_app;
