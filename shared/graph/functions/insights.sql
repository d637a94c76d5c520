-- Insights of the network beside paths: mutual contacts and suggestions, each with the data that explains it.
--
-- Statements are fenced as in the search for paths, so that their plans do not depend on statistics.

-- A contact as lists of insights name it: JSON.
create or replace function crm.brief(id uuid, name text, company text, title text) returns text
    language sql stable parallel safe
    return json_build_object('id', id, 'name', name, 'company', company, 'title', title)::text;

-- The contacts that two contacts (the first null: the self contact) both know; a tie in either direction counts; strongest product first. JSON,
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
        -- a program or a list introduces nobody
        where not exists (select from crm.contacts c where c.user_id = uid and c.no = t.via and crm.is_machine(c.name, c.email, c.emails))
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
            and not crm.is_machine(c.name, c.email, c.emails) and c.no not in (select t.no from tied t)
        order by c.id limit most),
    scored as (
        select s.no, max(s.common) as common, min(s.example) as example, sum(s.score) as score
        from (select k.no, k.common, k.example, k.score from candidates k
              union all select g.no, 0, null, 0 from colleagues g) s group by s.no),
    best as (
        select s.*, c.id, c.name, c.company, c.title, c.company_key = person.company_key and person.company is not null as same_company,
            s.score + case when c.company_key = person.company_key and person.company is not null then same_company_bonus else 0 end as total
        from scored s cross join lateral (select c.* from crm.contacts c where c.user_id = uid and c.no = s.no offset 0) c
        where not crm.is_machine(c.name, c.email, c.emails)
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

-- Open to the deployed functions; the other functions here are called by functions alone.
grant execute on function crm.find_mutual, crm.find_connectors, crm.suggest_ties to crm_app;
